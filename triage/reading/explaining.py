"""Why an answer was given: the words of an entry that speak for it most (pure)."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix

from triage.reading.features import BARE, GROUPS, MARKED, FeatureSpace, Observed, group_name
from triage.reading.words import number_class

Span = tuple[int, int]
"""First word and the one after the last."""

_MOST_WORDS, _MOST_TRIED = 3, 12
_LEAST_SHARE = 0.04


def heaviest_columns(
    space: FeatureSpace, weights: np.ndarray, rows: csr_matrix, entries: np.ndarray, answers: np.ndarray
) -> list[list[int]]:
    """The readable columns that weigh most, heaviest first, for each of `entries` (rows) with one of `answers`.

    `weights` has a row a column of the space and a column an answer. What weighs next to nothing is left out.
    """
    readable = np.flatnonzero(space.readable(rows.indices))
    bounds = np.searchsorted(readable, rows.indptr)
    first, sizes = bounds[entries], np.diff(bounds)[entries]
    asked = np.repeat(np.arange(len(entries)), sizes)
    # For each of the pairs its entry's readable places, one after the other.
    at = readable[np.arange(len(asked)) + np.repeat(first - np.cumsum(sizes) + sizes, sizes)]
    columns = rows.indices[at]
    shares = weights[columns, answers[asked]] * rows.data[at]
    enough = np.flatnonzero(shares >= _LEAST_SHARE)
    ranked = enough[np.lexsort((-shares[enough], asked[enough]))]
    ends = np.searchsorted(asked[ranked], np.arange(len(entries) + 1))
    return [columns[ranked[start : min(end, start + _MOST_TRIED)]].tolist() for start, end in pairwise(ends.tolist())]


def spans_of(places: "Places", names: Iterable[tuple[str, str]]) -> list[Span]:
    """Where the first few of these features (view and name) stand, none of them overlapping."""
    found: list[Span] = []
    taken: set[int] = set()
    for view, name in names:
        if len(found) == _MOST_WORDS:
            break
        start, end = places.find(view, name)
        if start < end and taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            found.append((start, end))
    return found


class Places:
    """Where the words of an entry stand that its readable columns name."""

    def __init__(self, observed: Observed) -> None:
        self._found = observed.found
        self._words: dict[str, Sequence[str]] = {
            MARKED: list(map(number_class, observed.words.keys)),
            BARE: list(map(number_class, observed.words.folds)),
        }

    def find(self, view: str, name: str) -> Span:
        """The words of a feature where it stands first; (0, 0) where it is not found."""
        if view == GROUPS:
            return next(((one.start, one.end) for one in self._found if group_name(one) == name), (0, 0))
        words, wanted = self._words[view], name.split(" ")
        place = -1
        for _ in range(words.count(wanted[0])):
            place = words.index(wanted[0], place + 1)
            if words[place : place + len(wanted)] == wanted:
                return place, place + len(wanted)
        return 0, 0
