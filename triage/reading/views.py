"""What the views of an entry show, for many entries at once (pure).

A feature is a word, a pair of words, a run of characters or a label. Words are told apart by numbers and pairs by one
number made of two, so that a batch is a few arrays: no string is glued together, and what was learned is found by one
search in a sorted array. Names ("cầu hỏng", "không 1 xuống") are spelled only for what is learned and kept.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

import numpy as np

from triage.reading.lexicon import Found
from triage.reading.words import Words, number_class

ALONE, NEXT = 0, 1
"""Gaps: a word by itself, and two words beside each other; with gap n + 1 there are n words between the two."""

_SIZES = (3, 4, 5)
_MOST_KEPT, _LONGEST_KEPT = 50_000, 20


@dataclass(frozen=True, slots=True)
class Observed:
    """What every view, rule and reason is made from: the words of an entry and the phrases found in them."""

    words: Words
    found: tuple[Found, ...]


class Batch:
    """The words of many entries one after the other: `keys` and `folds`, and for each the entry it stands in."""

    def __init__(self, observed: Sequence[Observed]) -> None:
        self.observed = observed
        self.keys = list(chain.from_iterable([one.words.keys for one in observed]))
        self.folds = list(chain.from_iterable([one.words.folds for one in observed]))
        self.entry = np.repeat(np.arange(len(observed)), [len(one.words) for one in observed])

    def __len__(self) -> int:
        return len(self.observed)


@dataclass(frozen=True, slots=True)
class Shown:
    """Every feature of a view in a batch: the entry it stands in and its number; `spell` gives names for numbers.

    `entries` and `numbers` are as long as there are features, one that occurs twice counted twice.
    """

    entries: np.ndarray
    numbers: np.ndarray
    spell: Callable[[np.ndarray], list[str]]


Hits = tuple[np.ndarray, np.ndarray]
"""Features in a batch: the entry each stands in, and its place among the names looked for, −1 for none of them."""

Finder = Callable[[Batch], Hits]


class Sight(Protocol):
    """A way to look at entries."""

    def show(self, batch: Batch) -> Shown:
        """Every feature of a batch, to learn from."""
        ...

    def finder(self, names: Sequence[str]) -> Finder:
        """What finds the features of these names in a batch."""
        ...


# --- words, alone and in pairs ---


class _Numbers(dict[str, int]):
    """Numbers of words. A number, an amount or a date has that of its class, any other word has 0."""

    def __missing__(self, word: str) -> int:
        return self.get(number_class(word), 0)


class Alphabet:
    """Words by number, from 1 in the order given; a pair of words and its gap make one number, its code."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = ["", *dict.fromkeys(map(number_class, filter(None, dict.fromkeys(words))))]
        self._numbers = _Numbers(zip(self.words, range(len(self.words)), strict=True))

    def numbers(self, words: Sequence[str]) -> np.ndarray:
        """One number a word."""
        return np.fromiter(map(self._numbers.__getitem__, words), np.int64, len(words))

    def codes(self, gap: int | np.ndarray, first: np.ndarray, second: int | np.ndarray) -> np.ndarray:
        """The codes of pairs of numbers; a word alone has no second (0)."""
        codes: np.ndarray = (gap * len(self.words) + first) * len(self.words) + second
        return codes

    def spell(self, codes: np.ndarray) -> list[str]:
        """The names of codes: a word, two words, or two words with the number of those between."""
        rest, second = np.divmod(codes, len(self.words))
        gaps, first = np.divmod(rest, len(self.words))
        pairs = zip(gaps.tolist(), first.tolist(), second.tolist(), strict=True)
        return [_name(gap, self.words[one], self.words[two]) for gap, one, two in pairs]


def _name(gap: int, first: str, second: str) -> str:
    if gap == ALONE:
        return first
    return f"{first} {second}" if gap == NEXT else f"{first} {gap - 1} {second}"


@dataclass(frozen=True, slots=True)
class WordSight:
    """Words of one form (`keys` or `folds`) that stand together with one of these gaps."""

    form: str
    gaps: tuple[int, ...]

    def show(self, batch: Batch) -> Shown:
        """Every word or pair of a batch."""
        alphabet = Alphabet(getattr(batch, self.form))
        return Shown(*self._codes(batch, alphabet), alphabet.spell)

    def finder(self, names: Sequence[str]) -> Finder:
        """What finds words and pairs: first all of the first gap, then all of the next."""
        alphabet, codes = _coded(names)
        order = np.argsort(codes)
        # One more than all, so that whatever is searched for has a place.
        ranked, places = np.append(codes[order], np.iinfo(np.int64).max), np.append(order, -1).astype(np.int32)

        def find(batch: Batch) -> Hits:
            entries, codes = self._codes(batch, alphabet)
            # Looked for in order, neighbours are found in the same piece of memory.
            order = np.argsort(codes)
            at = np.empty_like(order)
            at[order] = np.searchsorted(ranked, codes[order])
            return entries, np.where(ranked[at] == codes, places[at], -1)

        return find

    def _codes(self, batch: Batch, alphabet: Alphabet) -> tuple[np.ndarray, np.ndarray]:
        numbers, entries, codes = alphabet.numbers(getattr(batch, self.form)), [], []
        for gap in self.gaps:
            if gap == ALONE:
                entries.append(batch.entry)
                codes.append(alphabet.codes(gap, numbers, 0))
                continue
            together = batch.entry[gap:] == batch.entry[:-gap]
            entries.append(batch.entry[gap:][together])
            codes.append(alphabet.codes(gap, numbers[:-gap][together], numbers[gap:][together]))
        return np.concatenate(entries), np.concatenate(codes)


def _coded(names: Sequence[str]) -> tuple[Alphabet, np.ndarray]:
    """The alphabet of names as `Alphabet.spell` writes them, and their codes. ValueError for other names."""
    words = " ".join(names).split(" ")
    alphabet = Alphabet(words)
    sizes = np.array([name.count(" ") + 1 for name in names], dtype=np.int64)
    ends, numbers = np.cumsum(sizes), alphabet.numbers(words)
    gaps, apart = sizes - 1, np.flatnonzero(sizes > 2)
    gaps[apart] = [int(words[end - 2]) + 1 for end in ends[apart].tolist()]
    return alphabet, alphabet.codes(gaps, numbers[ends - sizes], np.where(sizes > 1, numbers[ends - 1], 0))


# --- characters ---


def grams_of(fold: str) -> list[str]:
    """The runs of three to five characters of a word with its edges."""
    edged = f"<{fold}>"
    return [edged[at : at + size] for size in _SIZES for at in range(len(edged) - size + 1)]


class GramSight:
    """Runs of characters within the words without marks."""

    def show(self, batch: Batch) -> Shown:
        """Every run of characters of a batch."""
        names = list(dict.fromkeys(gram for fold in dict.fromkeys(batch.folds) for gram in grams_of(fold)))
        return Shown(*self.finder(names)(batch), _speller(names))

    def finder(self, names: Sequence[str]) -> Finder:
        """What finds these runs. Those of a word are kept: people use the same few thousand words."""
        place_of = {name: place for place, name in enumerate(names)}
        kept: dict[str, np.ndarray] = {}

        def places(fold: str) -> np.ndarray:
            found = np.array([place_of[gram] for gram in grams_of(fold) if gram in place_of], dtype=np.int32)
            if len(kept) < _MOST_KEPT and len(fold) <= _LONGEST_KEPT:
                kept[fold] = found
            return found

        def find(batch: Batch) -> Hits:
            found = [kept[fold] if fold in kept else places(fold) for fold in batch.folds]
            return np.repeat(batch.entry, list(map(len, found))), np.concatenate([_NOWHERE, *found])

        return find


_NOWHERE = np.zeros(0, dtype=np.int32)


# --- labels ---


@dataclass(frozen=True, slots=True)
class LabelSight:
    """What a function says of an entry: names, repeated as often as they hold."""

    labels: Callable[[Observed], list[str]]

    def show(self, batch: Batch) -> Shown:
        """Every label of a batch."""
        names = list(dict.fromkeys(label for one in batch.observed for label in self.labels(one)))
        return Shown(*self.finder(names)(batch), _speller(names))

    def finder(self, names: Sequence[str]) -> Finder:
        """What finds these labels."""
        place_of = {name: place for place, name in enumerate(names)}

        def find(batch: Batch) -> Hits:
            found = [[place_of[label] for label in self.labels(one) if label in place_of] for one in batch.observed]
            places = np.fromiter(chain.from_iterable(found), np.int32)
            return np.repeat(np.arange(len(batch)), list(map(len, found))), places

        return find


def _speller(names: Sequence[str]) -> Callable[[np.ndarray], list[str]]:
    return lambda numbers: [names[number] for number in numbers.tolist()]
