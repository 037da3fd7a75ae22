"""Whether a candidate may take the place of the release that serves (pure).

The rule, in words:

* *Safety.* Of the entries that every fair reader would call a denunciation, blame of staff, either, or urgent, a
  candidate must find at least as many as the release that serves: as typed and without diacritics, on the frozen
  entries and on the fresh corrections. One entry fewer is a fall. No gain elsewhere makes up for it.
* *Kind, topic and what it routes alone to the right post* may not fall beyond noise. Both read the same entries, so
  only those that exactly one of them gets right say anything; were the two equally good, each of these would be a
  toss of a coin. A fall is beyond noise when as many losses or more would come by such tosses less than once in a
  hundred (one-sided sign test; three figures in four sets are asked, so once in twenty would refuse too many by
  chance). The last of the three keeps a candidate from finding more by flagging everything.
* *Slices* are shown and kept. They bar nothing: a dozen more tests would refuse good candidates by chance, and
  every entry of theirs is in the frozen set already.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import comb
from typing import Any

from triage.reading.shares import Share

FROZEN, FRESH = "frozen", "fresh"
"""Sets of entries: the frozen ones of the corpus, and corrections that nothing learned from."""

SAFETY = ("denunciation, recall", "accuses_staff, recall", "grave, recall", "urgent, recall")
KIND, TOPIC, ALONE = "kind", "topic", "routed alone, rightly"
CHANCE = 0.01

Shares = Mapping[str, Mapping[str, Share]]
"""Figures by set and name."""


def bare_of(name: str) -> str:
    """What the set of the same entries without diacritics is called."""
    return f"{name}, bare"


BARRING = (FROZEN, bare_of(FROZEN), FRESH, bare_of(FRESH))


@dataclass(frozen=True)
class Measured:
    """What a classifier measured: figures by set, and which entries of a set it read rightly, in order."""

    figures: Shares
    rights: Mapping[str, Mapping[str, Sequence[bool]]]


@dataclass(frozen=True)
class Fall:
    """A figure that is lower than that of the release that serves."""

    set: str
    figure: str
    before: Share
    after: Share

    @property
    def is_of_safety(self) -> bool:
        """Whether people may come to harm by it."""
        return self.figure in SAFETY

    def __str__(self) -> str:
        return f"{self.figure} on {self.set}: {_said(self.before)} → {_said(self.after)}"


def falls(candidate: Measured, serving: Measured) -> list[Fall]:
    """Everything that bars the candidate, safety first; both must have read the same entries.

    Raises ValueError where they did not.
    """
    return [*_safety_falls(candidate.figures, serving.figures), *_falls_beyond_noise(candidate, serving)]


def _safety_falls(candidate: Shares, serving: Shares) -> Iterator[Fall]:
    for name in BARRING:
        for figure in SAFETY if name in candidate else ():
            before, after = serving[name][figure], candidate[name][figure]
            if before.n != after.n:
                raise ValueError(f"{figure} on {name} was measured on other entries")
            if after.k < before.k:
                yield Fall(name, figure, before, after)


def _falls_beyond_noise(candidate: Measured, serving: Measured) -> Iterator[Fall]:
    for name in BARRING:
        for figure in (KIND, TOPIC, ALONE) if name in candidate.rights else ():
            pairs = list(zip(serving.rights[name][figure], candidate.rights[name][figure], strict=True))
            lost = sum(before and not after for before, after in pairs)
            won = sum(after and not before for before, after in pairs)
            if lost > won and by_chance(lost, lost + won) < CHANCE:
                yield Fall(name, figure, *(Share(sum(right), len(pairs)) for right in zip(*pairs, strict=True)))


def by_chance(losses: int, tosses: int) -> float:
    """How likely `losses` or more of `tosses` fair coins show a loss (0–1)."""
    return sum(comb(tosses, k) for k in range(losses, tosses + 1)) / (1 << tosses)


def _said(share: Share) -> str:
    return f"{share.k}/{share.n}"


# --- as plain values, for a row ---


def figures_as_json(figures: Shares) -> dict[str, Any]:
    """{set: {figure: {k, n}}}."""
    return {
        name: {figure: {"k": share.k, "n": share.n} for figure, share in shares.items()}
        for name, shares in figures.items()
    }


def figures_from_json(content: Mapping[str, Any]) -> dict[str, dict[str, Share]]:
    """Figures of a row."""
    return {
        name: {figure: Share(counts["k"], counts["n"]) for figure, counts in shares.items()}
        for name, shares in content.items()
    }


def falls_as_json(found: Sequence[Fall]) -> list[list[Any]]:
    """[set, figure, k and n before, k and n after] each."""
    return [[fall.set, fall.figure, fall.before.k, fall.before.n, fall.after.k, fall.after.n] for fall in found]


def falls_from_json(rows: Sequence[Sequence[Any]]) -> list[Fall]:
    """Falls of a row."""
    return [Fall(name, figure, Share(*counts[:2]), Share(*counts[2:])) for name, figure, *counts in rows]
