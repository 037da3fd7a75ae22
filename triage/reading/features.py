"""An entry as numbers: word, character and meaning views in one sparse row (pure).

Each view is weighted by rarity, brought to length one and added with its own weight, so that a view of many
features (characters) cannot drown one of few (meanings).
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from triage.reading.lexicon import Found, default_lexicon
from triage.reading.views import ALONE, NEXT, Batch, GramSight, Hits, LabelSight, Observed, Shown, Sight, WordSight
from triage.reading.words import number_class, read_words


def observe(text: str) -> Observed:
    """Words and phrases of `text`."""
    words = read_words(text)
    return Observed(words, tuple(default_lexicon().find(words)))


# --- labels of an entry, repeated as often as they hold ---


def _groups(observed: Observed) -> list[str]:
    return [group_name(one) for one in observed.found]


def group_name(one: Found) -> str:
    """The label of a phrase: its group, and whether it is denied."""
    return f"not {one.group}" if one.negated else one.group


def _families(observed: Observed) -> list[str]:
    return [one.family for one in observed.found]


_NO_TOPIC = ("plain", "danger", "accuse", "kind.")


def _places(observed: Observed) -> list[str]:
    """Which topic is named first, last, most and alone: the matter itself mostly opens or closes an entry."""
    families = _families(observed)
    topics = [family for family in families if not family.startswith(_NO_TOPIC)]
    kinds = [family for family in families if family.startswith("kind.")]
    names = [f"first {kinds[0]}", f"last {kinds[-1]}"] if kinds else []
    if not topics:
        return [*names, "no topic"]
    names += [f"first {topics[0]}", f"last {topics[-1]}", f"most {max(topics, key=topics.count)}"]
    return [*names, f"only {topics[0]}"] if len(set(topics)) == 1 else names


def _shape(observed: Observed) -> list[str]:
    """Length, how the entry begins and ends, and its stops: a question is known by its last word."""
    words = observed.words
    names = [f"length {min(7, len(words).bit_length())}", *(f"has {stop}" for stop in set(words.stops))]
    if words.stops:
        names.append(f"last {words.stops[-1]}")
        if words.stops[-1] == "?" and words.ends[-1] >= len(words) - 1:
            names.append("ends asking")
    names += [f"head {fold}" for fold in words.folds[:4]] + [f"tail {fold}" for fold in words.folds[-4:]]
    return [*names, "head " + " ".join(words.folds[:2]), "tail " + " ".join(words.folds[-2:])]


# --- views ---


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at an entry. Features seen in fewer than `least` entries are left out."""

    name: str
    sight: Sight
    weight: float
    by_rarity: bool
    least: int


MARKED, BARE, GRAMS, GROUPS = "words", "bare words", "characters", "groups"

VIEWS: tuple[View, ...] = (
    View(MARKED, WordSight("keys", (ALONE, NEXT)), 1.0, True, 2),
    View(BARE, WordSight("folds", (ALONE, NEXT)), 1.0, True, 2),
    # Two words with one or two between them: "không … xuống" however it is filled.
    View("distant pairs", WordSight("folds", (NEXT + 1, NEXT + 2)), 0.7, True, 2),
    View(GRAMS, GramSight(), 1.0, True, 3),
    View(GROUPS, LabelSight(_groups), 1.0, False, 1),
    View("families", LabelSight(_families), 1.0, False, 1),
    View("places", LabelSight(_places), 0.7, False, 1),
    View("shape", LabelSight(_shape), 1.0, True, 2),
)
_WEIGHTS = np.array([view.weight for view in VIEWS])
_READABLE = np.array([view.name in (MARKED, BARE, GROUPS) for view in VIEWS])
_FEWEST_PAIRS = 3


@dataclass(frozen=True, slots=True)
class Seen:
    """Entries as a space sees them: one row of `rows` and one number of each array an entry.

    `letters`: how many words are no numbers; `known`: how many of these were met in training; `familiarity`: share
    (0–1) of the pairs of neighbouring words that were met, 1 where there are hardly any. Everybody uses the same words;
    what people of another world write about shows in how they go together.
    """

    rows: csr_matrix
    letters: np.ndarray
    known: np.ndarray
    familiarity: np.ndarray


class FeatureSpace:
    """The columns learned from training texts, and entries as rows of them.

    `names` by view, and the rarity of every column in the same order; ValueError where their numbers differ.
    """

    def __init__(self, names: Mapping[str, Sequence[str]], rarity: np.ndarray) -> None:
        self._names_of = {view.name: list(names[view.name]) for view in VIEWS}
        self._finders = {view.name: view.sight.finder(self._names_of[view.name]) for view in VIEWS}
        self._known = frozenset(name for name in names.get(BARE, ()) if " " not in name)
        self.rarity = np.asarray(rarity, dtype=float)
        self._view_of = np.repeat(np.arange(len(VIEWS)), list(map(len, self._names_of.values())))
        self._starts: list[int] = np.searchsorted(self._view_of, np.arange(len(VIEWS))).tolist()
        if len(self._view_of) != len(self.rarity):
            raise ValueError(f"{len(self._view_of)} names for {len(self.rarity)} columns")

    @classmethod
    def learned(cls, observed: Sequence[Observed], sources: Sequence[int]) -> "FeatureSpace":
        """Columns from texts; `sources[i]` numbers the entry that text i shows (copies share a number)."""
        batch, source_of = Batch(observed), np.asarray(sources)
        names: dict[str, list[str]] = {}
        rarities = []
        for view in VIEWS:
            learned = _learned(view, view.sight.show(batch), source_of)
            names[view.name] = sorted(learned)
            counts = np.array([learned[name] for name in names[view.name]], dtype=float)
            rarity = np.log((1 + len(observed)) / (1 + counts)) + 1
            rarities.append(rarity if view.by_rarity else np.ones_like(rarity))
        return cls(names, np.concatenate(rarities))

    def names(self) -> dict[str, list[str]]:
        """Names of the columns by view, in order."""
        return self._names_of

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rarity)

    def rows(self, observed: Iterable[Observed]) -> csr_matrix:
        """One row an entry."""
        batch = Batch(list(observed))
        return self._rows(batch, self._hits(batch))

    def see(self, observed: Iterable[Observed]) -> Seen:
        """The rows of entries, and how familiar their words are."""
        batch = Batch(list(observed))
        hits = self._hits(batch)
        return Seen(self._rows(batch, hits), *_acquaintance(batch, hits[BARE]))

    def _hits(self, batch: Batch) -> dict[str, Hits]:
        return {view: find(batch) for view, find in self._finders.items()}

    def _rows(self, batch: Batch, hits: Mapping[str, Hits]) -> csr_matrix:
        rows = self._counted(batch, list(hits.values()))
        row_of = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
        values = (1 + np.log(rows.data)) * self.rarity[rows.indices]
        views = self._view_of[rows.indices]
        length_of = row_of * len(VIEWS) + views
        lengths = np.sqrt(np.bincount(length_of, values**2, minlength=rows.shape[0] * len(VIEWS)))
        rows.data = values * _WEIGHTS[views] / lengths[length_of]
        return rows

    def _counted(self, batch: Batch, hits: Sequence[Hits]) -> csr_matrix:
        """How often each column occurs in each entry."""
        entries, places = (np.concatenate(parts) for parts in zip(*hits, strict=True))
        columns = places + np.repeat(self._starts, [len(places) for _, places in hits])
        found = places >= 0
        # A cell of the matrix is one number: to sort numbers is quicker than to sort each row.
        cells, counts = np.unique(entries[found] * self.width + columns[found], return_counts=True)
        ends = np.searchsorted(cells, np.arange(len(batch) + 1) * self.width).astype(np.int32)
        columns = (cells % self.width).astype(np.int32)
        return csr_matrix((counts.astype(float), columns, ends), shape=(len(batch), self.width))

    def knows(self, fold: str) -> bool:
        """Whether a word without marks was met in training."""
        return number_class(fold) in self._known

    def readable(self, columns: np.ndarray) -> np.ndarray:
        """Which columns stand for words of the entry, as a mask."""
        mask: np.ndarray = _READABLE[self._view_of[columns]]
        return mask

    def name_of(self, column: int) -> tuple[str, str]:
        """View and name of a column."""
        view = bisect_right(self._starts, column) - 1
        return VIEWS[view].name, self._names_of[VIEWS[view].name][column - self._starts[view]]


def _acquaintance(batch: Batch, hits: Hits) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Letters, known and familiarity of `Seen` from what was found of the bare words and then of their pairs."""
    words, size = len(batch.folds), len(batch)
    entries, met = hits[0], hits[1] >= 0
    letters = np.fromiter(map(str.isalpha, batch.folds), bool, words)
    spelled, known = np.bincount(batch.entry[letters], minlength=size), batch.entry[letters & met[:words]]
    pairs, of_known = np.bincount(entries[words:], minlength=size), entries[words:][met[words:]]
    share = np.bincount(of_known, minlength=size) / np.maximum(pairs, 1)
    return spelled, np.bincount(known, minlength=size), np.where(pairs >= _FEWEST_PAIRS, share, 1.0)


def _learned(view: View, shown: Shown, source_of: np.ndarray) -> dict[str, int]:
    """The features of a view that enough entries show, each with the number of texts (copies count) that show it."""
    numbers, feature = np.unique(shown.numbers, return_inverse=True)
    texts, entries = (_document_counts(rows, feature) for rows in (shown.entries, source_of[shown.entries]))
    enough = entries >= view.least
    return dict(zip(shown.spell(numbers[enough]), texts[enough].tolist(), strict=True))


def _document_counts(documents: np.ndarray, features: np.ndarray) -> np.ndarray:
    """In how many documents each feature occurs."""
    if not len(features):
        return np.zeros(0, dtype=np.int64)
    once = csr_matrix((np.ones(len(features), dtype=np.int32), (documents, features)))
    return np.bincount(once.indices)
