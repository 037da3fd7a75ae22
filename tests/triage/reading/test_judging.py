import numpy as np
import pytest

from triage.reading.explaining import Places, heaviest_columns, spans_of
from triage.reading.features import observe
from triage.reading.heads import LABELS
from triage.reading.judging import post_probabilities
from triage.reading.labels import default_posts


def test_topics_of_one_post_count_together_to_the_last_digit():
    """Thresholds are such sums: another order of adding would move an entry that stands right on one."""
    p, posts, topics = np.random.default_rng(0).random((500, len(LABELS["topic"]))), default_posts(), LABELS["topic"]
    expected = []
    for row in p:
        post = posts[topics[row.argmax()]]
        expected.append(
            sum(value for topic, value in zip(topics, row, strict=True) if posts[topic] == post) / row.sum()
        )
    assert post_probabilities(p, posts).tolist() == expected
    assert post_probabilities(p[7:8], posts).tolist() == expected[7:8]


def test_the_heaviest_columns_are_those_of_each_entry_alone(whole, corpus):
    space, weights = whole.space_, whole.machines_.weights
    rows = space.rows(observe(entry.text) for entry in corpus[::50])
    entries, answers = np.divmod(np.arange(3 * rows.shape[0]), 3)
    found = heaviest_columns(space, weights, rows, entries, answers)
    assert sum(map(bool, found)) > 50
    for entry, answer, columns in zip(entries, answers, found, strict=True):
        start, end = rows.indptr[entry : entry + 2]
        shares = weights[rows.indices[start:end], answer] * rows.data[start:end]
        speaking = [
            int(at) for at in np.argsort(-shares, kind="stable")
            if shares[at] >= 0.04 and space.readable(rows.indices[start:end])[at]
        ][:12]  # fmt: skip
        assert columns == [int(rows.indices[start + at]) for at in speaking]


@pytest.mark.parametrize(
    ("view", "name", "span"),
    [
        ("words", "đường1 xấu", (0, 0)),
        ("bare words", "duong xau", (3, 5)),
        ("bare words", "duong", (0, 1)),
        ("bare words", "#", (2, 3)),
        ("groups", "no such group", (0, 0)),
    ],
)
def test_words_are_shown_where_they_stand_first(view, name, span):
    assert Places(observe("đường số 5 đường xấu")).find(view, name) == span


def test_words_shown_never_overlap():
    places = Places(observe("đường số 5 đường xấu"))
    names = [("bare words", name) for name in ("duong xau", "xau", "so", "duong", "#")]
    assert spans_of(places, names) == [(3, 5), (1, 2), (0, 1)]
