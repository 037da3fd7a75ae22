"""Finding the phrases of `lexicon.yaml` in an entry, typed with marks, without, or half (pure)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product
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


class _Node:
    """A place in the tree of phrases, which branches by words without marks."""

    __slots__ = ("after", "bare", "half", "marked")

    def __init__(self) -> None:
        self.after: dict[str, _Node] = {}
        # Groups of the phrases that end here: by their keys, by the keys of careless typing, and by none.
        self.marked: dict[str, tuple[str, ...]] = {}
        self.half: dict[str, tuple[str, ...]] = {}
        self.bare: tuple[str, ...] = ()


class Lexicon:
    """Phrases by group. Finding never overlaps: at each word the longest phrase wins."""

    def __init__(self, groups: Mapping[str, str]) -> None:
        self._root = _Node()
        for group, listed in groups.items():
            for phrase in filter(None, (part.strip() for part in listed.split(","))):
                self._add(group, phrase)

    def _add(self, group: str, phrase: str) -> None:
        words = read_words(phrase.lstrip("="))
        node = self._root
        for fold in words.folds:
            node = node.after.setdefault(fold, _Node())
        _put(node.marked, " ".join(words.keys), group)
        if phrase.startswith("="):
            return
        if group not in node.bare:
            node.bare = (*node.bare, group)
        # Hurried fingers drop the tone of a word, or all its marks.
        careless = ({key, key.rstrip("12345"), fold} for key, fold in zip(words.keys, words.folds, strict=True))
        for forms in product(*careless):
            _put(node.half, " ".join(forms), group)

    def find(self, words: Words) -> list[Found]:
        """The phrases of an entry in order."""
        found: list[Found] = []
        begins, free = self._root.after, 0
        for place, (fold, following) in enumerate(pairwise([*words.folds, ""])):
            node = begins.get(fold)
            # Nearly every word begins some phrase; few are followed by its second word.
            if node is None or place < free or not (node.marked or following in node.after):
                continue
            length, groups = self._longest(words, place, node)
            if length:
                free = place + length
                negated = _is_negated(words, place, free)
                found += [Found(group, place, free, negated) for group in groups if group != SHADOW]
        return found

    @staticmethod
    def _longest(words: Words, place: int, node: _Node) -> tuple[int, tuple[str, ...]]:
        """Length and groups of the longest phrase from word `place`, which leads to `node`; (0, ()) for none."""
        best: tuple[int, tuple[str, ...]] = (0, ())
        for end in range(place + 1, len(words) + 1):
            groups = _ending_here(node, words, place, end) if node.marked else ()
            if groups:
                best = (end - place, groups)
            following = node.after.get(words.folds[end]) if end < len(words) else None
            if following is None:
                break
            node = following
        return best


def _ending_here(node: _Node, words: Words, start: int, end: int) -> tuple[str, ...]:
    if words.marked < BARE_BELOW and node.bare:
        return node.bare
    typed = " ".join(words.keys[start:end])
    # A word or two typed bare among marked ones are most likely other words.
    careless = words.marked < HALF_BELOW or end - start > 2
    if careless and typed in node.half:
        return node.half[typed]
    # In a bare text a strict phrase counts only if it was typed with its marks after all.
    strict = words.marked < BARE_BELOW and words.keys[start:end] == words.folds[start:end]
    return () if strict else node.marked.get(typed, ())


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
