"""An entry of several ordinary matters becomes several decisions; everything else stays one (pure).

Whoever answers one matter reads the whole entry. So an entry is divided only where the whole and every part of it are
ordinary: nobody is blamed, nothing is suspected, nothing is urgent, nobody is kept out. And only where the cut is sure:
the parts are for different posts, neither speaks of what is the other's, and the writer marks where the second begins,
or plainly begins anew. A part whose post is less sure than SURE_ALONE goes to a person who sorts it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from triage.deciding import SUSPECT, Decided, DecidedMatter
from triage.reading.labels import OTHER, PRAISE
from triage.reading.matters import Cut, Part, divide, find_cuts
from triage.reading.readings import Reading, Reason
from triage.routing.routes import RECEPTION, RESTRICTED_KINDS
from triage.routing.routes import Reason as Step
from vietnamese.text import nfc

SURE_OF_KIND = 0.85
"""From this probability praise and a wish are two matters, and no polite way to begin one."""

LIKELY = 0.5
"""From this probability of blame by the reading alone, an entry is not divided, whomever the roster knows."""

SURE_ALONE = 0.6
"""How sure its post must be for a part to go there without a person: it is read without what stands around it."""

SURER = 0.7
"""How sure at least one of the two posts must be, and go there without a person."""

OF_OTHER = 0.2
"""How much each part may speak of what the other's post answers, where the writer marks the second."""

SURE_UNMARKED, KIND_UNMARKED, OF_OTHER_UNMARKED, OF_BOTH = 0.4, 0.7, 0.05, 0.05
"""Where nothing is marked: how sure both posts and both kinds must be, how much each part may speak of the other's post
at most, and the whole of both at least."""

SURE_OF_ONE = 0.85
"""From here on the whole is so surely for one post that only what the writer marks is looked at."""

MOST_UNMARKED = 4
"""The same in an entry with more places to cut: a story moves on at every sentence."""

_GRAVE_TOPIC = "integrity"
_ASKING = ("petition", "suggestion", "question")
_BEGINS_ANEW = {
    ("question", "petition"),
    ("question", "suggestion"),
    ("suggestion", "petition"),
    ("suggestion", "question"),
}
_BEGINS_ANEW |= {(PRAISE, kind) for kind in _ASKING}
"""Who has asked and then tells, or has praised and then asks, begins anew without a mark.

Who tells and then asks mostly asks about what was told."""

Decide = Callable[[Sequence[str]], Sequence[Decided]]


def with_matters(
    decide: Decide, texts: Sequence[str], decided: Sequence[Decided], posts: Mapping[str, str]
) -> list[Decided]:
    """The decisions on `texts`, each with the matters it holds where it holds several.

    `decide` decides on parts as it did on the whole; `posts` is the unit's routing table, topic → post.
    """
    return [
        replace(whole, matters=_matters(decide, text, whole, posts)) if is_ordinary(whole) else whole
        for text, whole in zip(texts, decided, strict=True)
    ]


def is_ordinary(decided: Decided) -> bool:
    """Whether nothing in a text must be kept from anybody of the office."""
    reading, routing = decided.reading, decided.routing
    blames = decided.accuses_staff or reading.accuses_p >= LIKELY
    grave = reading.urgent or blames or reading.kind in RESTRICTED_KINDS or reading.topic == _GRAVE_TOPIC
    ruled = any(reason.code.startswith("rule.") for reason in reading.reasons)
    return not (grave or ruled or routing.superior or routing.confidential or routing.excluded)


def _matters(decide: Decide, text: str, whole: Decided, posts: Mapping[str, str]) -> tuple[DecidedMatter, ...]:
    if nfc(text) != text:
        return ()  # places in another text would be wrong in this one
    cuts = find_cuts(text)
    if len(cuts) > MOST_UNMARKED or whole.reading.post_p >= SURE_OF_ONE:
        cuts = tuple(cut for cut in cuts if cut.marked or cut.turn)
    if not cuts:
        return ()
    parts = divide(text, whole, cuts, decide, lambda all_, one, other, cut: _apart(all_, one, other, cut, posts))
    seen = [part.seen for part in parts]
    if len(parts) < 2 or not all(_are_two(one, other, posts) for one, other in combinations(seen, 2)):
        return ()
    return tuple(_matter(part, posts) for part in parts)


def _apart(whole: Decided, before: Decided, after: Decided, cut: Cut, posts: Mapping[str, str]) -> float:
    """How far apart two parts of a text are; 0 where they may be one matter, or one of them is not ordinary."""
    if not (_may_stand_alone(before) and _may_stand_alone(after) and _are_two(before, after, posts)):
        return 0.0
    one, other = before.reading, after.reading
    mine, yours = posts.get(one.topic), posts.get(other.topic)
    marked = cut.marked or (cut.turn and one.kind == PRAISE and other.kind in _ASKING)
    if mine == yours:
        return float(marked and not (one.abstained or other.abstained))
    crossing = max(_share(one, yours, posts), _share(other, mine, posts))
    least = min(one.post_p, other.post_p)
    goes = any(part.post_p >= SURER and not part.abstained for part in (one, other))
    # Two questions, two thanks: more of one matter, unless both posts are sure.
    sure = goes and crossing <= OF_OTHER and (one.kind != other.kind or least >= SURE_ALONE)
    if not (sure and (marked or _begins_anew(whole.reading, one, other, crossing, posts))):
        return 0.0
    return 1.0 + marked + least - crossing


def _begins_anew(whole: Reading, one: Reading, other: Reading, crossing: float, posts: Mapping[str, str]) -> bool:
    """Whether the second of two parts is another matter although nothing marks it."""
    spoken = min(_share(whole, posts.get(part.topic), posts) for part in (one, other))
    return (
        (one.kind, other.kind) in _BEGINS_ANEW
        and min(one.kind_p, other.kind_p) >= KIND_UNMARKED
        and min(one.post_p, other.post_p) >= SURE_UNMARKED
        and crossing <= OF_OTHER_UNMARKED
        and spoken >= OF_BOTH
    )


def _may_stand_alone(decided: Decided) -> bool:
    """Whether a part is ordinary, says something, and may go to a person who sorts it where its post is unsure."""
    reading = decided.reading
    doubted = reading.post_p < SURE_ALONE and reading.restricted_p >= SUSPECT
    return is_ordinary(decided) and reading.kind != OTHER and not doubted


def _are_two(one: Decided, other: Decided, posts: Mapping[str, str]) -> bool:
    """Whether two parts are for two posts, or one surely praises and the other surely asks."""
    if posts.get(one.reading.topic) != posts.get(other.reading.topic):
        return True
    return (_praises(one) and _asks(other)) or (_asks(one) and _praises(other))


def _praises(decided: Decided) -> bool:
    return decided.reading.kind == PRAISE and decided.reading.kind_p >= SURE_OF_KIND


def _asks(decided: Decided) -> bool:
    return decided.reading.kind in _ASKING and decided.reading.kind_p >= SURE_OF_KIND


def _share(reading: Reading, post: str | None, posts: Mapping[str, str]) -> float:
    """How much a text speaks of what a post answers."""
    return sum(guess.p for guess in reading.topics if posts.get(guess.id) == post)


def _matter(part: Part[Decided], posts: Mapping[str, str]) -> DecidedMatter:
    reading, routing = part.seen.reading, part.seen.routing
    if not reading.abstained and reading.post_p < SURE_ALONE:
        unsure = Reason("unsure.topic", ", ".join(guess.id for guess in reading.topics[:2]))
        reading = replace(reading, abstained=True, reasons=(*reading.reasons, unsure))
        routing = replace(routing, route=RECEPTION, reasons=(Step("abstained"),))
    return DecidedMatter(part.start, part.end, _in_whole(reading, part.start), routing)


def _in_whole(reading: Reading, start: int) -> Reading:
    """The reading of a part, with its words where they stand in the whole text."""
    reasons = (
        replace(reason, spans=tuple((begin + start, end + start) for begin, end in reason.spans))
        for reason in reading.reasons
    )
    return replace(reading, reasons=tuple(reasons))
