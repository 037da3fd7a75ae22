"""How well a classifier reads texts nobody trained on: figures with counts and intervals (pure).

An answer is right when a fair reader could have given it. A flag that two readers would set differently is left
out of its row; blame that one of them sees is no false alarm.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any, Protocol

import numpy as np

from triage.reading.calibration import calibration_error
from triage.reading.corpus import LabelledEntry
from triage.reading.labels import DENUNCIATION
from triage.reading.readings import Reading
from triage.reading.variants import bare

_Z = 1.959964


class Routed(Protocol):
    """What evaluation asks of a routing."""

    route: str
    excluded: tuple[str, ...]
    superior: bool


class Decided(Protocol):
    """A reading and its routing; the caller joins them, since reading knows nothing of routing."""

    reading: Reading
    routing: Routed
    accuses_staff: bool


Decide = Callable[[Sequence[str], Sequence[LabelledEntry]], Sequence[Decided]]
"""Decides on texts, each with the roster of the entry it is a form of."""


@dataclass(frozen=True, slots=True)
class Share:
    """`k` of `n`; `value` is None where n is 0."""

    k: int
    n: int

    @property
    def value(self) -> float | None:
        """k/n."""
        return self.k / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval; (0, 1) where n is 0."""
        if not self.n:
            return 0.0, 1.0
        p, n, z = self.k / self.n, self.n, _Z
        middle, spread = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return (middle - spread) / (1 + z * z / n), (middle + spread) / (1 + z * z / n)


@dataclass(frozen=True)
class Report:
    """Figures of one set of entries: shares by name, as typed and without diacritics, and plain numbers."""

    entries: int
    shares: dict[str, Share] = field(default_factory=dict)
    bare: dict[str, Share] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        return {
            "entries": self.entries,
            "as_typed": {name: _share_as_json(share) for name, share in self.shares.items()},
            "without_diacritics": {name: _share_as_json(share) for name, share in self.bare.items()},
            "numbers": self.numbers,
        }

    def values(self) -> dict[str, float]:
        """Shares and numbers by name, those without entries left out: what an artefact keeps as its scores."""
        known = {name: round(share.value, 4) for name, share in self.shares.items() if share.value is not None}
        return known | {name: round(number, 4) for name, number in self.numbers.items()}


def _share_as_json(share: Share) -> dict[str, Any]:
    low, high = share.interval
    return {"value": share.value, "k": share.k, "n": share.n, "low": round(low, 4), "high": round(high, 4)}


def evaluate(
    decide: Decide,
    entries: Sequence[LabelledEntry],
    posts: Mapping[str, str],
    clock: Callable[[], float] = time.perf_counter,
) -> Report:
    """Figures on labelled entries, with `posts` as the table topic → post. `clock` (seconds) measures speed."""
    texts = [entry.text for entry in entries]
    decided = decide(texts, entries)
    without = decide([bare(text) for text in texts], entries)
    numbers = (
        calibration(decided, entries) | _wrongly_excluded(decided, entries) | _speed(decide, texts, entries, clock)
    )
    return Report(len(entries), shares(decided, entries, posts), shares(without, entries, posts), numbers)


# --- shares ---


def shares(decided: Sequence[Decided], entries: Sequence[LabelledEntry], posts: Mapping[str, str]) -> dict[str, Share]:
    """Every figure that is a share of something, by name."""
    everything = list(zip(decided, entries, strict=True))
    # An entry may be labelled with who is accused and nothing else.
    pairs = [(d, e) for d, e in everything if e.kinds]
    blaming = [(d, e) for d, e in everything if e.accuses_staff]
    return {
        "kind": _share(d.reading.kind in e.kinds for d, e in pairs),
        "kind, best label only": _share(d.reading.kind == e.kinds[0] for d, e in pairs),
        "topic": _share(d.reading.topic in e.topics for d, e in pairs),
        "topic, best label only": _share(d.reading.topic == e.topics[0] for d, e in pairs),
        "topic among three": _share(any(g.id in e.topics for g in d.reading.topics) for d, e in pairs),
        **_flag_shares("grave", [(_is_grave(d), _must_be_grave(e), _could_be_grave(e)) for d, e in pairs]),
        **_flag_shares("denunciation", [
            (d.reading.kind == DENUNCIATION, e.is_denunciation, DENUNCIATION in e.kinds) for d, e in pairs
        ]),
        **_flag_shares("accuses_staff", [
            (d.accuses_staff, all(e.accuses_staff), True in e.accuses_staff) for d, e in blaming
        ]),
        **_flag_shares("urgent", [(d.reading.urgent, all(e.urgent), True in e.urgent) for d, e in pairs]),
        **_route_shares(pairs, posts),
        **_accused_shares(everything),
    }  # fmt: skip


def _share(rights: Iterable[bool]) -> Share:
    answers = [bool(right) for right in rights]
    return Share(sum(answers), len(answers))


def _is_grave(decided: Decided) -> bool:
    return decided.reading.kind == DENUNCIATION or decided.accuses_staff


def _must_be_grave(entry: LabelledEntry) -> bool:
    return entry.is_denunciation or all(entry.accuses_staff)


def _could_be_grave(entry: LabelledEntry) -> bool:
    return DENUNCIATION in entry.kinds or True in entry.accuses_staff


def _flag_shares(name: str, rows: Sequence[tuple[bool, bool, bool]]) -> dict[str, Share]:
    """Recall over those every fair reader would flag, precision over those flagged: (said, required, acceptable)."""
    return {
        f"{name}, recall": _share(said for said, required, _ in rows if required),
        f"{name}, precision": _share(acceptable for said, _, acceptable in rows if said),
    }


def _route_shares(pairs: Sequence[tuple[Decided, LabelledEntry]], posts: Mapping[str, str]) -> dict[str, Share]:
    """Entries that went to a topic's post without a person: how many of those that could, and how many rightly.

    Dangers, denunciations and complaints go to named people by law and are no part of this.
    """
    ordinary = [(d, e) for d, e in pairs if not e.urgent[0] and e.kinds[0] not in ("denunciation", "complaint")]
    routed = [(d, e) for d, e in pairs if _is_routed(d, posts)]
    return {
        "routed without a person": _share(_is_routed(d, posts) for d, _ in ordinary),
        "routed, of all": Share(len(routed), len(pairs)),
        "routed, post right": _share(posts[d.reading.topic] in {posts[x] for x in e.topics} for d, e in routed),
    }


def _is_routed(decided: Decided, posts: Mapping[str, str]) -> bool:
    return decided.routing.route in posts.values() and not decided.reading.abstained


Judged = tuple[set[str], set[str], set[str]]
"""Who is kept from an entry, who must be, and who may be."""


def _judged(pairs: Sequence[tuple[Decided, LabelledEntry]]) -> list[Judged]:
    """Entries whose accused are labelled by ids of a roster."""
    return [
        (set(d.routing.excluded), set(e.accused), {*e.accused, *e.tolerated})
        for d, e in pairs
        if e.roster and e.accused is not None
    ]


def _accused_shares(pairs: Sequence[tuple[Decided, LabelledEntry]]) -> dict[str, Share]:
    """Per entry: every accused person kept out; nobody else. Only where a roster says who is who."""
    judged = _judged(pairs)
    if not judged:
        return {}
    above = [(d.routing.superior, bool(e.superior)) for d, e in pairs if e.superior is not None]
    return {
        "accused, recall": _share(wanted <= found for found, wanted, _ in judged if wanted),
        "accused, precision": _share(found <= may for found, _, may in judged if found),
        "superior missed": _share(not found for found, wanted in above if wanted),
        "wrongly sent up": _share(found for found, wanted in above if not wanted),
    }


# --- numbers ---


def calibration(decided: Sequence[Decided], entries: Sequence[LabelledEntry]) -> dict[str, float]:
    """Expected calibration error of each question (0–1).

    A denunciation is left out of kind: a rule or a low threshold decides there, not the probability.
    """
    pairs = [(d, e) for d, e in zip(decided, entries, strict=True) if e.kinds]
    chosen = [(d, e) for d, e in pairs if d.reading.kind != DENUNCIATION]
    answers: dict[str, list[tuple[float, bool]]] = {
        "kind": [(d.reading.kind_p, d.reading.kind in e.kinds) for d, e in chosen],
        "topic": [(d.reading.topics[0].p, d.reading.topic in e.topics) for d, e in pairs],
        "urgent": [(d.reading.urgent_p, e.urgent[0]) for d, e in pairs],
        "accuses_staff": [(d.reading.accuses_p, e.accuses_staff[0]) for d, e in pairs],
    }
    return {f"calibration error, {head}": _calibration_error(rows) for head, rows in answers.items() if rows}


def _wrongly_excluded(decided: Sequence[Decided], entries: Sequence[LabelledEntry]) -> dict[str, float]:
    """Officers kept from 100 entries without need, where a roster says who is who."""
    judged = _judged(list(zip(decided, entries, strict=True)))
    if not judged:
        return {}
    return {"wrongly excluded in 100": 100 * sum(len(found - may) for found, _, may in judged) / len(judged)}


def _calibration_error(answers: Sequence[tuple[float, bool]]) -> float:
    p, right = np.array(answers, dtype=float).T
    return calibration_error(p, right)


def _speed(
    decide: Decide, texts: Sequence[str], entries: Sequence[LabelledEntry], clock: Callable[[], float]
) -> dict[str, float]:
    """One entry's median and 99th percentile in milliseconds, and entries a second in a batch."""
    singles = [_seconds(decide, [text], [entry], clock) * 1000 for text, entry in zip(texts, entries, strict=True)]
    seconds = _seconds(decide, texts, entries, clock)
    if not singles or not seconds:
        return {}
    return {
        "one entry, median ms": float(np.median(singles)),
        "one entry, p99 ms": float(np.percentile(singles, 99)),
        "entries a second": len(texts) / seconds,
    }


def _seconds(
    decide: Decide, texts: Sequence[str], entries: Sequence[LabelledEntry], clock: Callable[[], float]
) -> float:
    start = clock()
    decide(texts, entries)
    return clock() - start


# --- as a table ---


def as_table(title: str, report: Report) -> str:
    """The report for people to read: value, counts, interval, the same without diacritics, the loss."""
    head = f"{'':26}{'as typed':>10} {'k/n':>11} {'95 %':>14}{'bare':>8}{'loss':>7}"
    lines = [f"{title}: {report.entries} entries", head]
    for name, share in report.shares.items():
        lines.append(f"{name:26}{_row(share, report.bare[name])}")
    lines += [f"{name:26}{number:>10.3f}" for name, number in report.numbers.items()]
    return "\n".join(lines)


def _row(share: Share, without: Share) -> str:
    if share.value is None or without.value is None:
        return f"{'–':>10} {'0/0':>11}"
    low, high = share.interval
    counts, interval = f"{share.k}/{share.n}", f"{low:.3f}–{high:.3f}"
    return f"{share.value:>10.3f} {counts:>11} {interval:>14}{without.value:>8.3f}{share.value - without.value:>+7.3f}"
