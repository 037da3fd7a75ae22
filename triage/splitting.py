"""An entry of several ordinary matters becomes several decisions; everything else stays one (pure).

Whoever answers one matter reads the whole entry. So an entry is divided only where the whole and every part of it are
ordinary: nobody is blamed, nothing is suspected, nothing is urgent, nobody is kept out. And only where it is sure: each
part alone would have gone to a topic's post without a person, and no two to the same post unless one of them praises.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from triage.deciding import Decided, DecidedMatter
from triage.reading.labels import OTHER, PRAISE
from triage.reading.matters import Part, divide
from triage.reading.readings import Reading
from triage.routing.routes import RECEPTION, RESTRICTED_KINDS
from vietnamese.text import nfc

SURE_OF_KIND = 0.85
"""From this probability praise and a wish are two matters, and no polite way to begin one."""

LIKELY = 0.5
"""From this probability of blame by the reading alone, an entry is not divided, whomever the roster knows."""

_GRAVE_TOPIC = "integrity"
_ASKING = ("petition", "suggestion", "question")

Decide = Callable[[Sequence[str]], Sequence[Decided]]


def with_matters(
    decide: Decide, texts: Sequence[str], decided: Sequence[Decided], posts: Mapping[str, str]
) -> list[Decided]:
    """The decisions on `texts`, each with the matters it holds where it holds several.

    `decide` decides on parts as it did on the whole; `posts` is the unit's routing table, topic → post.
    """
    return [
        replace(whole, matters=_matters(decide, text, posts)) if is_ordinary(whole) else whole
        for text, whole in zip(texts, decided, strict=True)
    ]


def is_ordinary(decided: Decided) -> bool:
    """Whether nothing in a text must be kept from anybody of the office."""
    reading, routing = decided.reading, decided.routing
    blames = decided.accuses_staff or reading.accuses_p >= LIKELY
    grave = reading.urgent or blames or reading.kind in RESTRICTED_KINDS or reading.topic == _GRAVE_TOPIC
    ruled = any(reason.code.startswith("rule.") for reason in reading.reasons)
    return not (grave or ruled or routing.superior or routing.confidential or routing.excluded)


def _matters(decide: Decide, text: str, posts: Mapping[str, str]) -> tuple[DecidedMatter, ...]:
    if nfc(text) != text:
        return ()  # places in another text would be wrong in this one
    parts: tuple[Part[Decided], ...] = divide(text, decide, lambda one, two, turn: _apart(one, two, turn, posts))
    if not all(is_ordinary(part.seen) for part in parts):
        return ()
    return tuple(
        DecidedMatter(part.start, part.end, _in_whole(part.seen.reading, part.start), part.seen.routing)
        for part in parts
    )


def _in_whole(reading: Reading, start: int) -> Reading:
    """The reading of a part, with its words where they stand in the whole text."""
    reasons = (
        replace(reason, spans=tuple((begin + start, end + start) for begin, end in reason.spans))
        for reason in reading.reasons
    )
    return replace(reading, reasons=tuple(reasons))


def _apart(before: Decided, after: Decided, turn: bool, posts: Mapping[str, str]) -> bool:
    if not (_is_sure(before, posts) and _is_sure(after, posts)):
        return False
    other_post = before.routing.route != after.routing.route
    if turn:
        return other_post and _praises(before) and _asks(after)
    return other_post or (_praises(before) and _asks(after)) or (_asks(before) and _praises(after))


def _praises(decided: Decided) -> bool:
    return decided.reading.kind == PRAISE and decided.reading.kind_p >= SURE_OF_KIND


def _asks(decided: Decided) -> bool:
    return decided.reading.kind in _ASKING and decided.reading.kind_p >= SURE_OF_KIND


def _is_sure(decided: Decided, posts: Mapping[str, str]) -> bool:
    """Whether a part alone would have gone to a topic's post without a person."""
    reading, route = decided.reading, decided.routing.route
    by_post = route != RECEPTION and route in posts.values()
    return is_ordinary(decided) and by_post and not reading.abstained and reading.kind != OTHER
