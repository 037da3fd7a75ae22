"""Days and quarters turn at midnight in Vietnam, not in London."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.periods import (
    Kind,
    Period,
    days_of,
    instants,
    is_closed,
    last_periods,
    local_day,
    months_of,
    parse_period,
    period_of,
)

days = st.dates(date(2000, 1, 1), date(2999, 12, 31))
kinds: st.SearchStrategy[Kind] = st.sampled_from(("day", "month", "quarter", "year"))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("moment", "day", "quarter"),
    [
        ("2026-09-30T23:30:00+07:00", date(2026, 9, 30), "2026-Q3"),
        ("2026-10-01T00:30:00+07:00", date(2026, 10, 1), "2026-Q4"),
        ("2026-09-30T16:30:00+00:00", date(2026, 9, 30), "2026-Q3"),
        ("2026-09-30T17:30:00+00:00", date(2026, 10, 1), "2026-Q4"),
        ("2026-12-31T23:30:00+07:00", date(2026, 12, 31), "2026-Q4"),
        ("2027-01-01T00:30:00+07:00", date(2027, 1, 1), "2027-Q1"),
        ("2026-12-31T17:00:00+00:00", date(2027, 1, 1), "2027-Q1"),
        ("2028-02-29T23:59:59.999999+07:00", date(2028, 2, 29), "2028-Q1"),
    ],
)
def test_the_day_turns_at_midnight_in_vietnam(moment: str, day: date, quarter: str) -> None:
    assert local_day(at(moment)) == day
    assert period_of(local_day(at(moment)), "quarter").code == quarter


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        local_day(datetime(2026, 9, 30, 23, 30))


@given(days, kinds)
def test_codes_are_read_back(day: date, kind: Kind) -> None:
    period = period_of(day, kind)
    assert parse_period(period.code) == period
    assert period.first <= day <= period.last


@pytest.mark.parametrize(
    ("code", "first", "last", "label", "name", "axis"),
    [
        ("2026-Q3", "2026-07-01", "2026-09-30", "Quý III năm 2026", "Quý III", "Q3/26"),
        ("2026-Q4", "2026-10-01", "2026-12-31", "Quý IV năm 2026", "Quý IV", "Q4/26"),
        ("2026-09", "2026-09-01", "2026-09-30", "Tháng 9 năm 2026", "Tháng 9", "T9/26"),
        ("2028-02", "2028-02-01", "2028-02-29", "Tháng 2 năm 2028", "Tháng 2", "T2/28"),
        ("2026", "2026-01-01", "2026-12-31", "Năm 2026", "Năm 2026", "2026"),
        ("2026-10-05", "2026-10-05", "2026-10-05", "Ngày 05/10/2026", "Ngày 05/10/2026", "05/10"),
    ],
)
def test_periods_by_code(code: str, first: str, last: str, label: str, name: str, axis: str) -> None:
    period = parse_period(code)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    assert (period.code, period.label, period.name, period.axis_label) == (code, label, name, axis)


@pytest.mark.parametrize(
    "text",
    ["", "26", "2026-Q5", "2026-Q0", "2026-13", "2026-00", "2026-9", "2026-02-30", "2026-09-00", "0000",
     "2026-q3", "2026-Q3 ", "２０２６", "2026-Q3-01", "2026-Q4\n", "../2026", "0001", "9999-12-31", "1999"],
)  # fmt: skip
def test_other_codes_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a period|month must|day is out"):
        parse_period(text)


def test_a_period_is_exactly_one_of_its_kind() -> None:
    for kind, first, last in (
        ("quarter", date(2026, 8, 1), date(2026, 10, 31)),
        ("month", date(2026, 9, 1), date(2026, 9, 29)),
        ("day", date(2026, 9, 1), date(2026, 9, 2)),
        ("week", date(2026, 9, 1), date(2026, 9, 7)),
    ):
        with pytest.raises(ValueError, match="is not one whole"):
            Period(kind, first, last)  # type: ignore[arg-type]


@given(days, kinds)
def test_periods_follow_each_other_without_gap(day: date, kind: Kind) -> None:
    period = period_of(day, kind)
    before, after = period.previous(), period.following()
    assert before.kind == after.kind == kind
    assert before.last + timedelta(days=1) == period.first
    assert period.last + timedelta(days=1) == after.first
    assert after.previous() == before.following() == period


def test_the_quarter_before_the_first_is_last_years_fourth() -> None:
    assert parse_period("2027-Q1").previous().code == "2026-Q4"


def test_the_axis_of_a_trend_ends_with_the_period() -> None:
    run = last_periods(parse_period("2027-Q1"), 3)
    assert [period.code for period in run] == ["2026-Q3", "2026-Q4", "2027-Q1"]


@pytest.mark.parametrize(
    ("code", "months"),
    [("2026-Q3", ["2026-07", "2026-08", "2026-09"]), ("2026-09", ["2026-09"]), ("2026-09-30", [])],
)
def test_months_of_a_period(code: str, months: list[str]) -> None:
    assert [month.code for month in months_of(parse_period(code))] == months


@given(days, kinds)
def test_months_and_days_tile_the_period(day: date, kind: Kind) -> None:
    period = period_of(day, kind)
    listed = days_of(period)
    assert (listed[0], listed[-1], len(set(listed))) == (period.first, period.last, len(listed))
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(listed))
    if kind != "day":
        assert sum((days_of(month) for month in months_of(period)), ()) == listed


@given(days, kinds, st.integers(-1, 1), st.timezones())
def test_a_moment_lies_between_the_instants_of_its_own_period_only(
    day: date, kind: Kind, nudge: int, zone: ZoneInfo
) -> None:
    period = period_of(day, kind)
    begin, end = instants(period)
    for edge in (begin, end):
        moment = (edge + nudge * timedelta(microseconds=1)).astimezone(zone)
        assert (begin <= moment < end) == (period_of(local_day(moment), kind) == period)


def test_instants_are_in_utc() -> None:
    begin, end = instants(parse_period("2026-Q3"))
    assert (begin.isoformat(), end.isoformat()) == ("2026-06-30T17:00:00+00:00", "2026-09-30T17:00:00+00:00")


def test_a_period_closes_when_its_last_day_is_over() -> None:
    quarter = parse_period("2026-Q3")
    assert not is_closed(quarter, date(2026, 9, 30))
    assert is_closed(quarter, date(2026, 10, 1))
