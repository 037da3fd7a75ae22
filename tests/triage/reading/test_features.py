"""Arrays of numbers say the same as names of features counted one by one."""

from collections import Counter
from itertools import pairwise
from math import log, sqrt

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from triage.reading.features import BARE, GRAMS, MARKED, VIEWS, FeatureSpace, observe
from triage.reading.variants import bare
from triage.reading.words import number_class

ODD = [
    "",
    "?!",
    "đường",
    "không 1 xuống 2",
    "1 2 3",
    "5tr 12h 3/4 8:30",
    "đường đường đường đường",
    "x" * 5_000,
    "ông #name",
]


def with_pairs(words):
    return words + [f"{first} {second}" for first, second in pairwise(words)]


def distant_pairs(words):
    return [f"{one} {gap} {two}" for gap in (1, 2) for one, two in zip(words, words[gap + 1 :], strict=False)]


def characters(word):
    edged = f"<{word}>"
    return [edged[at : at + size] for size in (3, 4, 5) for at in range(len(edged) - size + 1)]


PLAIN = {
    MARKED: lambda words: with_pairs([number_class(key) for key in words.keys]),
    BARE: lambda words: with_pairs([number_class(fold) for fold in words.folds]),
    "distant pairs": lambda words: distant_pairs([number_class(fold) for fold in words.folds]),
    GRAMS: lambda words: [gram for fold in words.folds for gram in characters(fold)],
}


def names_shown(view, observed):
    return PLAIN[view.name](observed.words) if view.name in PLAIN else view.sight.labels(observed)


class PlainSpace:
    """Rows made name by name, from the columns of a space."""

    def __init__(self, space):
        names = [(view, name) for view, listed in space.names().items() for name in listed]
        self.column_of = {one: column for column, one in enumerate(names)}
        self.rarity = space.rarity

    def row(self, observed):
        """{column: value}"""
        row = {}
        for view in VIEWS:
            counts = Counter(
                self.column_of[view.name, name]
                for name in names_shown(view, observed)
                if (view.name, name) in self.column_of
            )
            values = {column: (1 + log(count)) * self.rarity[column] for column, count in counts.items()}
            length = sqrt(sum(value * value for value in values.values()))
            row |= {column: value * view.weight / length for column, value in values.items()}
        return row


@pytest.fixture(scope="module")
def plain(whole):
    return PlainSpace(whole.space_)


def assert_same(rows, place, expected):
    start, end = rows.indptr[place : place + 2]
    assert rows.indices[start:end].tolist() == sorted(expected)
    assert rows.data[start:end] == pytest.approx([expected[column] for column in sorted(expected)], rel=1e-9)


def test_the_rows_of_a_batch_are_those_made_name_by_name(whole, plain, corpus):
    texts = [form(entry.text) for entry in corpus[::20] for form in (str, bare)] + ODD
    observed = [observe(text) for text in texts]
    assert len(texts) > 500
    rows = whole.space_.rows(observed)
    assert rows.shape == (len(texts), whole.space_.width)
    for place, one in enumerate(observed):
        assert_same(rows, place, plain.row(one))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=120)
    | st.lists(st.sampled_from(["không", "1", "2", "đường", "xấu", "5tr", "?"])).map(" ".join)
)
def test_any_text_has_the_row_made_name_by_name(whole, plain, text):
    observed = observe(text)
    assert_same(whole.space_.rows([observed]), 0, plain.row(observed))


def test_what_is_known_is_counted_by_entry(whole, corpus):
    space = whole.space_
    observed = [
        observe(text) for text in [*(entry.text for entry in corpus[::40]), *ODD, "zxqv đường wkjh", "đường xấu"]
    ]
    seen, pairs = space.see(observed), set(space.names()[BARE])
    for place, one in enumerate(observed):
        words = [fold for fold in one.words.folds if fold.isalpha()]
        beside = [f"{a} {b}" in pairs for a, b in pairwise(map(number_class, one.words.folds))]
        assert seen.letters[place] == len(words)
        assert seen.known[place] == sum(map(space.knows, words))
        assert seen.familiarity[place] == (sum(beside) / len(beside) if len(beside) > 2 else 1.0)


def test_columns_are_learned_from_what_enough_entries_show(corpus):
    texts = [(source, form(entry.text)) for source, entry in enumerate(corpus[::40]) for form in (str, bare)]
    sources, observed = [source for source, _ in texts], [observe(text) for _, text in texts]
    space = FeatureSpace.learned(observed, sources)
    rarity = []
    for view in VIEWS:
        shown = [set(names_shown(view, one)) for one in observed]
        in_texts = Counter(name for names in shown for name in names)
        in_entries = Counter(
            name for name, _ in {(n, s) for names, s in zip(shown, sources, strict=True) for n in names}
        )
        kept = sorted(name for name, count in in_entries.items() if count >= view.least)
        assert space.names()[view.name] == kept
        rarity += [log((1 + len(texts)) / (1 + in_texts[name])) + 1 if view.by_rarity else 1.0 for name in kept]
    assert space.rarity == pytest.approx(rarity)


def test_every_column_has_its_name(whole):
    space = whole.space_
    names = [(view, name) for view, listed in space.names().items() for name in listed]
    assert all(space.name_of(column) == names[column] for column in range(0, space.width, 97))
    assert space.name_of(space.width - 1) == names[-1]


def test_names_and_rarity_must_fit():
    with pytest.raises(ValueError, match="1 names for 2 columns"):
        FeatureSpace({view.name: ["đường"] if view.name == MARKED else [] for view in VIEWS}, np.ones(2))


def test_no_entries_have_no_rows(whole):
    assert whole.space_.rows([]).shape == (0, whole.space_.width)
