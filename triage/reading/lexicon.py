"""Finding the phrases of `lexicon.yaml` in an entry, typed with marks, without, or half (pure)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path

import yaml

from triage.reading.words import Words, read_words

NEGATIONS = frozenset({"khong", "chua", "chang"})
_NEGATION_REACH = 3

SHADOW = "plain/shadow"
"""Phrases found only so that a word of theirs is not: "gọi điện" says nothing of electricity."""

# Share of marked words below which a text counts as typed without marks, or with half of them.
BARE_BELOW, HALF_BELOW = 0.25, 0.65


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of group `group` at words `start` to `end` (exclusive); `negated` when "không" stands before it."""

    group: str
    start: int
    end: int
    negated: bool

    @property
    def family(self) -> str:
        """The first part of the group's name: a topic, `kind.<kind>`, danger, accuse or plain."""
        return self.group.partition("/")[0]


class Lexicon:
    """Phrases by group. Finding never overlaps: at each word the longest phrase wins."""

    def __init__(self, groups: Mapping[str, str]) -> None:
        self._marked: dict[str, tuple[str, ...]] = {}
        self._half: dict[str, tuple[str, ...]] = {}
        self._bare: dict[str, tuple[str, ...]] = {}
        self._longest: dict[str, int] = {}
        for group, listed in groups.items():
            for phrase in filter(None, (part.strip() for part in listed.split(","))):
                self._add(group, phrase)

    def _add(self, group: str, phrase: str) -> None:
        words = read_words(phrase.lstrip("="))
        first = words.folds[0]
        self._longest[first] = max(self._longest.get(first, 0), len(words))
        _put(self._marked, " ".join(words.keys), group)
        if not phrase.startswith("="):
            _put(self._bare, " ".join(words.folds), group)
            # Hurried fingers drop the tone of a word, or all its marks.
            careless = ({key, key.rstrip("12345"), fold} for key, fold in zip(words.keys, words.folds, strict=True))
            for forms in product(*careless):
                _put(self._half, " ".join(forms), group)

    def find(self, words: Words) -> list[Found]:
        """The phrases of an entry in order."""
        found: list[Found] = []
        place, size = 0, len(words)
        while place < size:
            length, groups = self._at(words, place, size)
            if length:
                negated = _is_negated(words, place, place + length)
                found.extend(Found(g, place, place + length, negated) for g in groups if g != SHADOW)
            place += max(1, length)
        return found

    def _at(self, words: Words, place: int, size: int) -> tuple[int, tuple[str, ...]]:
        for length in range(min(self._longest.get(words.folds[place], 0), size - place), 0, -1):
            groups = self._of(words, place, place + length)
            if groups:
                return length, groups
        return 0, ()

    def _of(self, words: Words, start: int, end: int) -> tuple[str, ...]:
        typed = " ".join(words.keys[start:end])
        if words.marked < BARE_BELOW:
            return self._bare.get(" ".join(words.folds[start:end]), ())
        # A word or two typed bare among marked ones are most likely other words.
        careless = words.marked < HALF_BELOW or end - start > 2
        return (self._half if careless else self._marked).get(typed, ())


def _put(table: dict[str, tuple[str, ...]], phrase: str, group: str) -> None:
    if group not in table.get(phrase, ()):
        table[phrase] = (*table.get(phrase, ()), group)


def _is_negated(words: Words, start: int, end: int) -> bool:
    before = words.folds[max(0, start - _NEGATION_REACH) : start]
    # "không phong bì thì chờ dài cổ" is a condition, not a denial.
    return not NEGATIONS.isdisjoint(before) and "thi" not in words.folds[end : end + 2]


def _flatten(tree: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    for family, groups in tree.items():
        for group, phrases in groups.items():
            yield f"{family}/{group}", phrases


@lru_cache(maxsize=1)
def default_lexicon() -> Lexicon:
    """The lexicon beside this module; groups are named `family/group`."""
    tree = yaml.safe_load(Path(__file__).with_name("lexicon.yaml").read_text("utf-8"))
    return Lexicon(dict(_flatten(tree)))
