"""How well a classifier reads texts nobody trained on: figures with counts and intervals (pure).

An answer is right when a fair reader could have given it. A flag that two readers would set differently is left
out of its row; blame that one of them sees is no false alarm.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from triage.reading.calibration import calibration_error
from triage.reading.corpus import LabelledEntry
from triage.reading.labels import DENUNCIATION
from triage.reading.readings import Reading
from triage.reading.shares import Share
from triage.reading.slices import SLICES, slices_of
from triage.reading.variants import bare

CHIEF = (
    "kind", "topic", "topic among three", "grave, recall", "grave, precision", "urgent, recall", "urgent, precision",
    "routed, post right",
)  # fmt: skip
"""Figures that every slice tells."""

COVERAGES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


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


@dataclass(frozen=True)
class Report:
    """Figures of one set of entries: shares by name, as typed and without diacritics, and plain numbers.

    `slices` holds the chief shares of each part of the set; `curve` how many posts are right among the surest part
    (0–1) of what could go to a topic's post.
    """

    entries: int
    shares: dict[str, Share] = field(default_factory=dict)
    bare: dict[str, Share] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)
    slices: dict[str, dict[str, Share]] = field(default_factory=dict)
    curve: dict[float, Share] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        return {
            "entries": self.entries,
            "as_typed": {name: _share_as_json(share) for name, share in self.shares.items()},
            "without_diacritics": {name: _share_as_json(share) for name, share in self.bare.items()},
            "numbers": self.numbers,
            "slices": {part: {name: _share_as_json(share) for name, share in those.items()}
                       for part, those in self.slices.items()},
            "coverage": {str(part): _share_as_json(share) for part, share in self.curve.items()},
        }  # fmt: skip

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
    return Report(
        len(entries),
        shares(decided, entries, posts),
        shares(without, entries, posts),
        numbers,
        _slices(decided, entries, posts),
        coverage_curve(decided, entries, posts),
    )


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
        **_topic_sets(pairs),
        "sentiment": _share(d.reading.sentiment == e.sentiment for d, e in pairs if e.sentiment),
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


def _topic_sets(pairs: Sequence[tuple[Decided, LabelledEntry]]) -> dict[str, Share]:
    """All topics an entry speaks of, where somebody noted them: found, and rightly named."""
    noted = [({*d.reading.about}, {*e.about}, {*e.about, *e.topics}) for d, e in pairs if e.about]
    if not noted:
        return {}
    return {
        "all topics, recall": _share(topic in said for said, wanted, _ in noted for topic in wanted),
        "all topics, precision": _share(topic in may for said, _, may in noted for topic in said),
    }


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


def coverage_curve(
    decided: Sequence[Decided], entries: Sequence[LabelledEntry], posts: Mapping[str, str]
) -> dict[float, Share]:
    """Right posts among the surest 50, 60 … 100 % of the entries that no law sends to a named person."""
    ordinary = [
        (d.reading.post_p, posts[d.reading.topic] in {posts[topic] for topic in e.topics})
        for d, e in zip(decided, entries, strict=True)
        if e.kinds and not e.urgent[0] and e.kinds[0] not in ("denunciation", "complaint")
    ]
    ranked = [right for _, right in sorted(ordinary, key=lambda one: -one[0])]
    return {part: _share(ranked[: round(part * len(ranked))]) for part in COVERAGES}


def _slices(
    decided: Sequence[Decided], entries: Sequence[LabelledEntry], posts: Mapping[str, str]
) -> dict[str, dict[str, Share]]:
    parts = [slices_of(entry) for entry in entries]
    found: dict[str, dict[str, Share]] = {}
    for name in SLICES:
        mine = [place for place, part in enumerate(parts) if name in part]
        if mine:
            everything = shares([decided[at] for at in mine], [entries[at] for at in mine], posts)
            found[name] = {figure: everything[figure] for figure in CHIEF}
    return found


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
        "sentiment": [(d.reading.sentiment_p, d.reading.sentiment == e.sentiment) for d, e in pairs if e.sentiment],
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
    return "\n".join([*lines, "", *_curve_lines(report), "", *_slice_lines(report)])


def _curve_lines(report: Report) -> Iterator[str]:
    yield "right posts among the surest part of what could be routed alone"
    for part, share in report.curve.items():
        if share.value is not None:
            low, high = share.interval
            yield f"{part:>26.0%}{share.value:>10.3f} {f'{share.k}/{share.n}':>11} {f'{low:.3f}–{high:.3f}':>14}"


def _slice_lines(report: Report) -> Iterator[str]:
    yield f"{'':12}" + "".join(f"{figure:>19}" for figure in CHIEF)
    for part, those in report.slices.items():
        cells = (f"{s.value:.3f} {f'{s.k}/{s.n}':>9}" if s.value is not None else "–" for s in those.values())
        yield f"{part:12}" + "".join(f"{cell:>19}" for cell in cells)


def _row(share: Share, without: Share) -> str:
    if share.value is None or without.value is None:
        return f"{'–':>10} {'0/0':>11}"
    low, high = share.interval
    counts, interval = f"{share.k}/{share.n}", f"{low:.3f}–{high:.3f}"
    return f"{share.value:>10.3f} {counts:>11} {interval:>14}{without.value:>8.3f}{share.value - without.value:>+7.3f}"
