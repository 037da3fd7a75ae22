"""An entry as numbers: word, character and meaning views in one sparse row (pure).

Each view is weighted by rarity, brought to length one and added with its own weight, so that a view of many
features (characters) cannot drown one of few (meanings).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix

from triage.reading.lexicon import Found, default_lexicon
from triage.reading.words import Words, number_class, read_words


@dataclass(frozen=True, slots=True)
class Observed:
    """What every view, rule and reason is made from: the words of an entry and the phrases found in them."""

    words: Words
    found: tuple[Found, ...]


def observe(text: str) -> Observed:
    """Words and phrases of `text`."""
    words = read_words(text)
    return Observed(words, tuple(default_lexicon().find(words)))


# --- views: names of features, repeated as often as they occur ---


def _marked_words(observed: Observed) -> list[str]:
    return _with_pairs([number_class(key) for key in observed.words.keys])


def _bare_words(observed: Observed) -> list[str]:
    return _with_pairs([number_class(fold) for fold in observed.words.folds])


def _with_pairs(words: list[str]) -> list[str]:
    return words + [f"{first} {second}" for first, second in pairwise(words)]


def _distant_pairs(observed: Observed) -> list[str]:
    """Two words with one or two between them: "không … xuống" however it is filled."""
    words = [number_class(fold) for fold in observed.words.folds]
    return [f"{one} {gap} {two}" for gap in (1, 2) for one, two in zip(words, words[gap + 1 :], strict=False)]


def _characters(observed: Observed) -> list[str]:
    return [gram for fold in observed.words.folds for gram in _grams(fold)]


def _grams(word: str) -> tuple[str, ...]:
    edged = f"<{word}>"
    return tuple(edged[at : at + size] for size in (3, 4, 5) for at in range(len(edged) - size + 1))


def _groups(observed: Observed) -> list[str]:
    return [_group_name(one) for one in observed.found]


def _group_name(one: Found) -> str:
    return f"not {one.group}" if one.negated else one.group


def _families(observed: Observed) -> list[str]:
    return [one.family for one in observed.found]


_NO_TOPIC = ("plain", "danger", "accuse", "kind.")


def _places(observed: Observed) -> list[str]:
    """Which topic is named first, last, most and alone: the matter itself mostly opens or closes an entry."""
    families = [one.family for one in observed.found]
    topics = [family for family in families if not family.startswith(_NO_TOPIC)]
    kinds = [family for family in families if family.startswith("kind.")]
    names = [f"first {kinds[0]}", f"last {kinds[-1]}"] if kinds else []
    if not topics:
        return [*names, "no topic"]
    names += [f"first {topics[0]}", f"last {topics[-1]}", f"most {Counter(topics).most_common(1)[0][0]}"]
    return [*names, f"only {topics[0]}"] if len(set(topics)) == 1 else names


def _shape(observed: Observed) -> list[str]:
    """Length, how the entry begins and ends, and its stops: a question is known by its last word."""
    words = observed.words
    names = [f"length {min(7, len(words).bit_length())}", *(f"has {stop}" for stop in sorted(set(words.stops)))]
    if words.stops:
        names.append(f"last {words.stops[-1]}")
        if words.stops[-1] == "?" and words.ends[-1] >= len(words) - 1:
            names.append("ends asking")
    names += [f"head {fold}" for fold in words.folds[:4]] + [f"tail {fold}" for fold in words.folds[-4:]]
    return [*names, "head " + " ".join(words.folds[:2]), "tail " + " ".join(words.folds[-2:])]


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at an entry. Features seen in fewer than `least` entries are left out."""

    name: str
    features: Callable[[Observed], list[str]]
    weight: float
    by_rarity: bool
    least: int


MARKED, BARE, GRAMS, GROUPS = "words", "bare words", "characters", "groups"

VIEWS: tuple[View, ...] = (
    View(MARKED, _marked_words, 1.0, True, 2),
    View(BARE, _bare_words, 1.0, True, 2),
    View("distant pairs", _distant_pairs, 0.7, True, 2),
    View(GRAMS, _characters, 1.0, True, 3),
    View(GROUPS, _groups, 1.0, False, 1),
    View("families", _families, 1.0, False, 1),
    View("places", _places, 0.7, False, 1),
    View("shape", _shape, 1.0, True, 2),
)
_WEIGHTS = np.array([view.weight for view in VIEWS])
_READABLE = np.array([view.name in (MARKED, BARE, GROUPS) for view in VIEWS])
_MOST_CACHED = 50_000
_FEWEST_PAIRS = 3


class FeatureSpace:
    """The columns learned from training texts, and entries as rows of them.

    `names` by view, and the rarity of every column in the same order; ValueError where their numbers differ.
    """

    def __init__(self, names: Mapping[str, Sequence[str]], rarity: np.ndarray) -> None:
        self.columns: dict[str, dict[str, int]] = {}
        offset = 0
        for view in VIEWS:
            self.columns[view.name] = {name: offset + place for place, name in enumerate(names[view.name])}
            offset += len(names[view.name])
        self.rarity = np.asarray(rarity, dtype=float)
        self._view_of = np.repeat(np.arange(len(VIEWS)), [len(names[view.name]) for view in VIEWS])
        self._names = [name for view in VIEWS for name in names[view.name]]
        self._gram_columns: dict[str, list[int]] = {}
        if len(self._names) != len(self.rarity):
            raise ValueError(f"{len(self._names)} names for {len(self.rarity)} columns")

    @classmethod
    def learned(cls, observed: Sequence[Observed], sources: Sequence[int]) -> "FeatureSpace":
        """Columns from texts; `sources[i]` numbers the entry that text i shows (copies share a number)."""
        names: dict[str, list[str]] = {}
        rarities = []
        for view in VIEWS:
            entries, texts = _document_counts(view, observed, sources)
            names[view.name] = sorted(name for name, count in entries.items() if count >= view.least)
            counts = np.array([texts[name] for name in names[view.name]], dtype=float)
            rarity = np.log((1 + len(observed)) / (1 + counts)) + 1
            rarities.append(rarity if view.by_rarity else np.ones_like(rarity))
        return cls(names, np.concatenate(rarities))

    def names(self) -> dict[str, list[str]]:
        """Names of the columns by view, in order."""
        return {view: list(columns) for view, columns in self.columns.items()}

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rarity)

    def rows(self, observed: Iterable[Observed]) -> csr_matrix:
        """One row an entry."""
        flat: list[int] = []
        ends = [0]
        for one in observed:
            self._add_columns(one, flat)
            ends.append(len(flat))
        columns = np.array(flat, dtype=np.int32)
        rows = csr_matrix((np.ones(len(flat)), columns, ends), shape=(len(ends) - 1, self.width))
        rows.sum_duplicates()
        row_of = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
        values = (1 + np.log(rows.data)) * self.rarity[rows.indices]
        views = self._view_of[rows.indices]
        length_of = row_of * len(VIEWS) + views
        lengths = np.sqrt(np.bincount(length_of, values**2, minlength=rows.shape[0] * len(VIEWS)))
        rows.data = values * _WEIGHTS[views] / lengths[length_of]
        return rows

    def _add_columns(self, observed: Observed, flat: list[int]) -> None:
        """Add the columns of every feature of an entry, one that occurs twice twice."""
        for view in VIEWS:
            if view.name == GRAMS:
                known = self._gram_columns
                for fold in observed.words.folds:
                    flat += known.get(fold) or self._columns_of_grams(fold)
                continue
            columns = self.columns[view.name]
            flat += [columns[name] for name in view.features(observed) if name in columns]

    def _columns_of_grams(self, fold: str) -> list[int]:
        """Columns of a word's characters, kept: people use the same few thousand words."""
        known = self.columns[GRAMS]
        columns = [known[gram] for gram in _grams(fold) if gram in known]
        if len(self._gram_columns) < _MOST_CACHED:
            self._gram_columns[fold] = columns
        return columns

    def knows(self, fold: str) -> bool:
        """Whether a word without marks was met in training."""
        return number_class(fold) in self.columns[BARE]

    def familiarity(self, observed: Observed) -> float:
        """Share (0–1) of the pairs of neighbouring words that were met in training; 1 where there are hardly any.

        Everybody uses the same words; what people of another world write about shows in how they go together.
        """
        known = self.columns[BARE]
        pairs = [f"{one} {two}" in known for one, two in pairwise(map(number_class, observed.words.folds))]
        return sum(pairs) / len(pairs) if len(pairs) >= _FEWEST_PAIRS else 1.0

    def readable(self, columns: np.ndarray) -> np.ndarray:
        """Which columns stand for words of the entry, as a mask."""
        mask: np.ndarray = _READABLE[self._view_of[columns]]
        return mask

    def name_of(self, column: int) -> tuple[str, str]:
        """View and name of a column."""
        return VIEWS[self._view_of[column]].name, self._names[column]


class Places:
    """Where the words of an entry stand that its readable columns name."""

    def __init__(self, observed: Observed) -> None:
        self._found = observed.found
        self._words = {
            MARKED: [number_class(key) for key in observed.words.keys],
            BARE: [number_class(fold) for fold in observed.words.folds],
        }

    def find(self, view: str, name: str) -> tuple[int, int]:
        """First word and the one after the last; (0, 0) where it is not found."""
        if view == GROUPS:
            return next(((one.start, one.end) for one in self._found if _group_name(one) == name), (0, 0))
        words, wanted = self._words[view], name.split(" ")
        place = -1
        for _ in range(words.count(wanted[0])):
            place = words.index(wanted[0], place + 1)
            if words[place : place + len(wanted)] == wanted:
                return place, place + len(wanted)
        return 0, 0


def _document_counts(
    view: View, observed: Sequence[Observed], sources: Sequence[int]
) -> tuple[Counter[str], Counter[str]]:
    """How many entries, and how many texts (copies count), show each feature of a view."""
    entries: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    last_seen: dict[str, set[int]] = {}
    for one, source in zip(observed, sources, strict=True):
        for name in set(view.features(one)):
            texts[name] += 1
            seen = last_seen.setdefault(name, set())
            if source not in seen:
                seen.add(source)
                entries[name] += 1
    return entries, texts
