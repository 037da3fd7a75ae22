"""The rule by which a candidate may serve."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fixtures.releases import measured
from triage.reading.shares import Share
from triage.releasing.comparing import (
    ALONE,
    BARRING,
    KIND,
    SAFETY,
    TOPIC,
    Fall,
    Measured,
    by_chance,
    falls,
    falls_as_json,
    falls_from_json,
    figures_as_json,
    figures_from_json,
)

SIDES = st.lists(st.booleans(), min_size=1, max_size=60)


def changed(found: Measured, name: str, figure: str, share: Share) -> Measured:
    figures = {of: dict(shares) for of, shares in found.figures.items()}
    figures[name][figure] = share
    return replace(found, figures=figures)


@pytest.mark.parametrize("figure", SAFETY)
@pytest.mark.parametrize("name", BARRING)
def test_one_entry_fewer_of_any_safety_figure_bars_whatever_else_is_won(name: str, figure: str) -> None:
    serving, better = measured(90, BARRING, kind=[False] * 50), measured(99, BARRING, kind=[True] * 50)
    (fall,) = falls(changed(better, name, figure, Share(89, 100)), serving)
    assert (fall.set, fall.figure, fall.is_of_safety) == (name, figure, True)
    assert str(fall) == f"{figure} on {name}: 90/100 → 89/100"


def test_equal_is_no_fall() -> None:
    same = measured(90, BARRING, kind=[True, False] * 30, topic=[True] * 60)
    assert falls(same, same) == []


def test_slices_bar_nothing() -> None:
    serving, worse = measured(90, ("frozen", "short")), measured(90, ("frozen", "short"))
    assert falls(changed(worse, "short", SAFETY[0], Share(0, 100)), serving) == []


def test_a_set_that_was_not_there_bars_nothing() -> None:
    assert falls(measured(90), measured(90, ("frozen", "fresh"))) == []


def test_figures_of_other_entries_are_not_compared() -> None:
    with pytest.raises(ValueError, match="other entries"):
        falls(changed(measured(90), "frozen", SAFETY[0], Share(95, 101)), measured(90))


@pytest.mark.parametrize("figure", [KIND, TOPIC, ALONE])
@pytest.mark.parametrize(("lost", "won", "bars"), [(6, 0, False), (7, 0, True), (13, 2, True), (10, 3, False),
                                                  (30, 20, False), (33, 15, True), (5, 40, False)])  # fmt: skip
def test_other_figures_may_fall_within_noise(figure: str, lost: int, won: int, bars: bool) -> None:
    before = [True] * lost + [False] * won + [True] * 500
    after = [False] * lost + [True] * won + [True] * 500
    found = falls(measured(90, **{figure: after}), measured(90, **{figure: before}))
    told = [Fall("frozen", figure, Share(500 + lost, len(before)), Share(500 + won, len(before)))]
    assert found == (told if bars else [])


def test_flagging_everything_finds_more_and_is_refused() -> None:
    """What is flagged is not routed alone: that figure falls although every safety figure rises."""
    serving, eager = measured(90, **{ALONE: [True] * 400 + [False] * 600}), measured(100, **{ALONE: [False] * 1000})
    assert [fall.figure for fall in falls(eager, serving)] == [ALONE]


def test_chance_is_that_of_coins() -> None:
    assert by_chance(0, 7) == 1
    assert by_chance(5, 5) == 1 / 32
    assert by_chance(9, 10) == 11 / 1024


@given(SIDES)
def test_two_that_read_alike_never_bar_each_other(rights: list[bool]) -> None:
    one, other = measured(50, kind=rights), measured(50, kind=rights)
    assert falls(one, other) == []


@given(SIDES, st.randoms(use_true_random=False))
def test_never_both_are_worse_than_the_other(before: list[bool], random) -> None:
    after = [random.random() < 0.5 for _ in before]
    one, other = measured(50, topic=before), measured(50, topic=after)
    assert not (falls(one, other) and falls(other, one))


def test_figures_and_falls_survive_a_row() -> None:
    found = measured(90, BARRING, kind=[True, False])
    assert figures_from_json(figures_as_json(found.figures)) == found.figures
    fall = Fall("fresh, bare", "urgent, recall", Share(5, 7), Share(4, 7))
    assert falls_from_json(falls_as_json([fall])) == [fall]
