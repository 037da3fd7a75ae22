"""Text → reading → routing, without a database: what the worker, the commands and the tests share (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from triage.accusation import accuses
from triage.reading.readings import Reading
from triage.routing.accused import Weighed, weigh_text
from triage.routing.roles import Scorer
from triage.routing.roster import Roster
from triage.routing.routes import Matter, Routing, route_findings
from triage.routing.unnamed import UNNAMED

SUSPECT = 0.2
"""From this probability of a complaint or a denunciation, an entry the reading is unsure of is not for the clerk."""


class Reads(Protocol):
    """What reads texts: `triage.reading.classifier.EntryClassifier`, or a stand-in in tests."""

    release: str

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading a text, in order; never raises on a text."""
        ...


@dataclass(frozen=True, slots=True)
class DecidedMatter:
    """One matter of an entry that holds several: its part of the text from `start` to `end`. It accuses nobody."""

    start: int
    end: int
    reading: Reading
    routing: Routing


@dataclass(frozen=True, slots=True)
class Decided:
    """What an entry is and where it goes. `accuses_staff` is decided by the reading and the roster together.

    `matters`: the two or more matters the entry holds, in order, where `triage.splitting` found it to hold several.
    """

    reading: Reading
    routing: Routing
    accuses_staff: bool
    matters: tuple[DecidedMatter, ...] = ()

    def as_row(self, id: str | int) -> dict[str, Any]:
        """The decision as one row of JSON under the caller's `id`; probabilities with four decimals."""
        reading, routing = self.reading, self.routing
        return {
            "id": id,
            "kind": reading.kind,
            "topic": reading.topic,
            "topics": [{"id": guess.id, "p": round(guess.p, 4)} for guess in reading.topics],
            "urgent": reading.urgent,
            "accuses_staff": self.accuses_staff,
            # Everybody to be kept out: whoever reads this row must not tell apart an accused from one in doubt.
            "accused": list(routing.excluded),
            "superior": routing.superior,
            "abstained": reading.abstained,
            "route": routing.route,
            "reasons": [_said(reason.code, reason.words) for reason in routing.reasons]
            + [_said(reason.code, reason.words) for reason in reading.reasons],
            **({"matters": [_matter_as_row(one) for one in self.matters]} if self.matters else {}),
        }


def _matter_as_row(matter: DecidedMatter) -> dict[str, Any]:
    reading = matter.reading
    labels = {"kind": reading.kind, "topic": reading.topic, "route": matter.routing.route}
    return {"start": matter.start, "end": matter.end, **labels}


def _said(code: str, words: str) -> str:
    return f"{code}: {words}" if words else code


def matter_of(reading: Reading, weighed: Weighed, scorer: Scorer | None = None) -> Matter:
    """What routing must know of an entry; whether it accuses staff is asked of the reading and the roster together.

    `scorer` stands for the weights of `accusation` where others are tried.
    """
    return Matter(
        kind=reading.kind,
        topic=reading.topic,
        urgent=reading.urgent,
        accuses_staff=accuses(reading, weighed, scorer),
        abstained=reading.abstained,
        suspicious=reading.restricted_p >= SUSPECT,
    )


class Decider:
    """A classifier and a routing table (topic → post) joined; `release` names the classifier."""

    def __init__(self, classifier: Reads, posts: Mapping[str, str]) -> None:
        self.classifier = classifier
        self.posts = posts
        self.release = classifier.release

    def decide(self, texts: Sequence[str], roster: Roster, posts: Mapping[str, str] | None = None) -> list[Decided]:
        """One decision a text, in order; `posts` is the unit's own routing table, where it has one."""
        readings = self.classifier.read(texts)
        table = self.posts if posts is None else posts
        return [_decided(reading, text, roster, table) for reading, text in zip(readings, texts, strict=True)]


def _decided(reading: Reading, text: str, roster: Roster, posts: Mapping[str, str]) -> Decided:
    weighed = weigh_text(text, roster)
    matter = matter_of(reading, weighed if roster.staff else weigh_text(text, UNNAMED))
    return Decided(reading, route_findings(matter, weighed.findings, roster, posts), matter.accuses_staff)


def decide_each(decider: Decider, texts: Sequence[str], rosters: Sequence[Roster]) -> list[Decided]:
    """Decisions on texts that each come with their own roster, in order; texts of one roster go together."""
    places_of: dict[Roster, list[int]] = {}
    for place, roster in enumerate(rosters):
        places_of.setdefault(roster, []).append(place)
    decided: dict[int, Decided] = {}
    for roster, places in places_of.items():
        decided |= zip(places, decider.decide([texts[place] for place in places], roster), strict=True)
    return [decided[place] for place in range(len(texts))]
