"""Scores: known values, honest silence, intervals that keep their promise."""

import random
from decimal import ROUND_CEILING, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from reports import measures
from reports.measures import (
    FORMULAS,
    CaseCounts,
    Change,
    DossierCounts,
    Measure,
    NoParticipation,
    RatingCounts,
    difference,
    dossier_punctuality,
    enough,
    mean_score,
    participation,
    punctuality,
    satisfaction_rate,
    topic_share,
    why_no_participation,
)

small = st.integers(0, 400)
ratings = st.builds(RatingCounts, small, small, small, small, small, small, small)


def rate(content: int, n: int) -> Measure:
    return satisfaction_rate(RatingCounts(n - content, 0, 0, content, 0))


def test_rate_counts_the_two_best_faces_only() -> None:
    measure = satisfaction_rate(RatingCounts(1, 2, 3, 10, 4))
    assert (measure.value, measure.numerator, measure.n) == (Decimal("70.0"), 14, 20)
    assert measure.formula == "satisfaction_rate/1"


def test_not_applicable_and_blank_leave_the_denominator_but_are_reported() -> None:
    with_gaps = satisfaction_rate(RatingCounts(1, 0, 0, 2, 1, not_applicable=50, blank=7))
    without = satisfaction_rate(RatingCounts(1, 0, 0, 2, 1))
    assert (with_gaps.value, with_gaps.low, with_gaps.high) == (without.value, without.low, without.high)
    assert (with_gaps.n, with_gaps.not_applicable, with_gaps.blank) == (4, 50, 7)


@pytest.mark.parametrize(
    "measure",
    [
        satisfaction_rate(RatingCounts(0, 0, 0, 0, 0, not_applicable=9, blank=3)),
        mean_score(RatingCounts(0, 0, 0, 0, 0, not_applicable=9, blank=3)),
        punctuality(CaseCounts(received=4, answered=0, answered_on_time=0, overdue_open=0, open=4)),
        participation(3, 0),
        topic_share(0, 0),
    ],
)
def test_silence_is_none_and_never_zero(measure: Measure) -> None:
    assert (measure.value, measure.low, measure.high, measure.n) == (None, None, None, 0)
    assert not enough(measure)


def test_everybody_unhappy_is_zero_and_not_none() -> None:
    assert satisfaction_rate(RatingCounts(3, 2, 5, 0, 0)).value == Decimal("0.0")
    assert mean_score(RatingCounts(10, 0, 0, 0, 0)).value == Decimal("0.0")


def test_values_round_half_up_to_one_decimal() -> None:
    assert rate(7, 16).value == Decimal("43.8")  # 43.75
    assert rate(1, 32).value == Decimal("3.1")  # 3.125
    assert rate(1, 80).value == Decimal("1.3")  # 1.25, where half-even would give 1.2
    assert str(rate(1, 1).value) == "100.0"


@given(st.integers(0, 500), st.integers(1, 500))
def test_rate_has_the_interval_of_wilson(content: int, n: int) -> None:
    content = min(content, n)
    expected = stats.binomtest(content, n).proportion_ci(0.95, method="wilson")
    measure = rate(content, n)
    assert float(measure.low or 0) == pytest.approx(100 * expected.low, abs=0.0501)
    assert float(measure.high or 0) == pytest.approx(100 * expected.high, abs=0.0501)


@given(ratings)
def test_every_interval_holds_its_value_within_the_scale(counts: RatingCounts) -> None:
    for measure in (satisfaction_rate(counts), mean_score(counts)):
        if measure.low is not None and measure.high is not None and measure.value is not None:
            assert 0 <= measure.low <= measure.value <= measure.high <= 100


@given(ratings)
def test_mean_is_the_mean_of_the_scale(counts: RatingCounts) -> None:
    points = [25 * step for step, count in enumerate(counts.scale) for _ in range(count)]
    value = mean_score(counts).value
    if not points:
        assert value is None
    else:
        assert abs(Decimal(sum(points)) / len(points) - (value or 0)) <= Decimal("0.05")


def test_mean_of_one_answer_has_no_interval_and_of_two_has_one() -> None:
    one, two = mean_score(RatingCounts(0, 0, 0, 1, 0)), mean_score(RatingCounts(0, 0, 0, 2, 0))
    assert (one.value, one.low, one.high) == (Decimal("75.0"), None, None)
    assert two.low is not None
    assert two.high is not None


@given(ratings)
def test_mean_interval_is_students_with_one_answer_added_at_each_end(counts: RatingCounts) -> None:
    measure = mean_score(counts)
    if counts.answers < 2:
        return
    points = [25 * step for step, count in enumerate(counts.scale) for _ in range(count)] + [0, 100]
    reach = stats.t.ppf(0.975, counts.answers - 1) * stats.sem(points)
    centre = sum(points) / len(points)
    assert float(measure.low or 0) == pytest.approx(max(0, min(float(measure.value or 0), centre - reach)), abs=0.11)
    assert float(measure.high or 0) == pytest.approx(min(100, max(float(measure.value or 0), centre + reach)), abs=0.11)


def test_mean_of_equal_answers_still_admits_doubt() -> None:
    measure = mean_score(RatingCounts(0, 0, 0, 0, 12))
    assert measure.value == measure.high == 100
    assert measure.low is not None
    assert measure.low < 90


@pytest.mark.parametrize("n", [5, 10, 30, 100])
@pytest.mark.parametrize("shares", [(2, 3, 5, 30, 60), (5, 0, 0, 0, 95), (20, 20, 20, 20, 20), (2, 0, 3, 5, 90)])
def test_mean_interval_holds_the_truth_as_often_as_it_says(shares: tuple[int, ...], n: int) -> None:
    draw = random.Random(2026)
    truth = sum(25 * step * share for step, share in enumerate(shares)) / 100
    held = 0
    for _ in range(400):
        drawn = draw.choices(range(5), shares, k=n)
        measure = mean_score(RatingCounts(*(drawn.count(step) for step in range(5))))
        held += float(measure.low or 0) <= truth <= float(measure.high or 0)
    assert held / 400 > 0.92


@given(st.integers(1, 3000))
def test_student_points_agree_with_scipy(freedom: int) -> None:
    assert float(measures._student(freedom)) == pytest.approx(stats.t.ppf(0.975, freedom), abs=1e-4)


@given(ratings)
def test_the_callers_decimal_settings_change_nothing(counts: RatingCounts) -> None:
    with localcontext() as context:
        context.prec, context.rounding = 5, ROUND_CEILING
        careless = satisfaction_rate(counts), mean_score(counts)
    assert careless == (satisfaction_rate(counts), mean_score(counts))


@given(st.lists(ratings, max_size=6))
def test_counts_add_up_field_by_field(parts: list[RatingCounts]) -> None:
    total = sum(parts, start=RatingCounts(0, 0, 0, 0, 0))
    assert total.answers == sum(part.answers for part in parts)
    assert total.blank == sum(part.blank for part in parts)
    assert total.not_applicable == sum(part.not_applicable for part in parts)
    if parts:
        assert sum(parts) == total


def test_counts_of_different_things_do_not_add() -> None:
    with pytest.raises(TypeError):
        RatingCounts(0, 0, 0, 0, 0) + CaseCounts(0, 0, 0, 0, 0)  # type: ignore[operator]
    with pytest.raises(TypeError):
        5 + RatingCounts(0, 0, 0, 0, 0)


@pytest.mark.parametrize("wrong", [-1, 1.5, True, None])
def test_counts_are_whole_numbers_from_zero(wrong: object) -> None:
    with pytest.raises(ValueError, match="blank"):
        RatingCounts(0, 0, 0, 0, 0, blank=wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("parts", [(0, 3, 4, 0, 0), (0, 0, 0, 2, 1)])
def test_a_part_is_no_larger_than_its_whole(parts: tuple[int, int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="larger"):
        CaseCounts(*parts)


def test_open_late_cases_count_as_not_on_time() -> None:
    counts = CaseCounts(received=20, answered=10, answered_on_time=9, overdue_open=5, open=10)
    measure = punctuality(counts)
    assert (measure.value, measure.n, measure.numerator) == (Decimal("60.0"), 15, 9)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(1, 50))
def test_leaving_a_late_case_open_never_beats_answering_it_late(on_time: int, late: int, waiting: int) -> None:
    left = CaseCounts(0, on_time + late, on_time, waiting, waiting)
    done = CaseCounts(0, on_time + late + waiting, on_time, 0, 0)
    assert punctuality(left).value == punctuality(done).value


def test_participation_is_a_ratio_without_interval() -> None:
    measure = participation(467, 3100)
    assert (measure.value, measure.low, measure.high, measure.n) == (Decimal("15.1"), None, None, 3100)
    assert participation(120, 100).value == Decimal("120.0")
    with pytest.raises(ValueError, match="negative"):
        participation(-1, 5)


@pytest.mark.parametrize(
    ("answers", "dossiers", "whole", "why_not"),
    [
        (3, 0, True, NoParticipation.NO_DOSSIERS),
        (3, 0, False, NoParticipation.NO_DOSSIERS),
        (3, 500, False, NoParticipation.GAPS),
        (3, 4, True, NoParticipation.FEW),
        (6, 5, True, NoParticipation.MORE_ANSWERS),
        (5, 5, True, None),
        (0, 3100, True, None),
    ],
)
def test_what_forbids_to_tell_participation(
    answers: int, dossiers: int, whole: bool, why_not: NoParticipation | None
) -> None:
    assert why_no_participation(participation(answers, dossiers), whole) is why_not


def test_open_dossiers_are_no_part_of_their_punctuality() -> None:
    measure = dossier_punctuality(DossierCounts(received=20, early=6, on_time=3, late=1))
    assert (measure.value, measure.n, measure.numerator, measure.low) == (Decimal("90.0"), 10, 9, None)
    assert dossier_punctuality(DossierCounts(20, 0, 0, 0)).value is None
    with pytest.raises(ValueError, match="larger"):
        DossierCounts(received=2, early=1, on_time=1, late=1)


def test_topic_share_of_all_entries() -> None:
    assert topic_share(34, 120).value == Decimal("28.3")
    with pytest.raises(ValueError, match="more entries"):
        topic_share(3, 2)


def test_four_answers_are_too_few_and_five_are_enough() -> None:
    assert not enough(rate(4, 4))
    assert enough(rate(5, 5))
    assert not enough(rate(5, 5), minimum=6)


@pytest.mark.parametrize(
    ("a", "b", "low", "high"),
    [  # Newcombe 1998, table II, method 10
        ((56, 70), (48, 80), 5.24, 33.39),
        ((9, 10), (3, 10), 17.05, 80.90),
        ((10, 10), (0, 10), 60.75, 100.0),
        ((5, 56), (0, 29), -3.81, 19.26),
    ],
)
def test_difference_is_newcombes(a: tuple[int, int], b: tuple[int, int], low: float, high: float) -> None:
    found = difference(rate(*a), rate(*b))
    assert float(found.low) == pytest.approx(low, abs=0.051)
    assert float(found.high) == pytest.approx(high, abs=0.051)


@pytest.mark.parametrize(
    ("now", "before", "change"),
    [
        ((900, 1000), (800, 1000), Change.HIGHER),
        ((800, 1000), (900, 1000), Change.LOWER),
        ((872, 1000), (869, 1000), Change.SAME),
        ((8, 10), (7, 10), Change.UNCLEAR),
    ],
)
def test_what_two_rates_allow_to_say(now: tuple[int, int], before: tuple[int, int], change: Change) -> None:
    found = difference(rate(*now), rate(*before))
    assert found.change is change
    assert found.significant == (change in (Change.HIGHER, Change.LOWER))


@given(st.integers(0, 300), st.integers(1, 300), st.integers(0, 300), st.integers(1, 300))
def test_difference_seen_from_the_other_side(x: int, n: int, y: int, m: int) -> None:
    a, b = rate(min(x, n), n), rate(min(y, m), m)
    there, back = difference(a, b), difference(b, a)
    opposite = {Change.HIGHER: Change.LOWER, Change.LOWER: Change.HIGHER}
    assert back.change is opposite.get(there.change, there.change)
    assert abs(there.points + back.points) <= Decimal("0.1")  # half up is not symmetric
    assert there.low <= there.points <= there.high


def test_a_difference_needs_two_rates_of_one_formula() -> None:
    some, none = rate(5, 10), rate(0, 0)
    for a, b in (
        (some, none),
        (none, some),
        (some, punctuality(CaseCounts(9, 9, 5, 0, 0))),
        (mean_score(RatingCounts(1, 1, 1, 1, 1)), mean_score(RatingCounts(1, 1, 1, 1, 1))),
        (participation(3, 9), participation(3, 9)),
    ):
        with pytest.raises(ValueError, match="difference"):
            difference(a, b)


def test_every_formula_is_explained_in_words() -> None:
    made = [
        rate(1, 2),
        mean_score(RatingCounts(1, 1, 1, 1, 1)),
        participation(1, 2),
        punctuality(CaseCounts(2, 2, 1, 0, 0)),
        dossier_punctuality(DossierCounts(2, 1, 1, 0)),
        topic_share(1, 2),
    ]
    assert {measure.formula for measure in made} == set(FORMULAS)
    assert all(name.rpartition("/")[2].isdigit() for name in FORMULAS)
