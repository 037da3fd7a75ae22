"""Local days and working days around midnight, quarter ends, Tết and make-up days."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese.calendar import (
    add_working_days,
    due_after_working_days,
    is_working_day,
    local,
    local_day,
    start_of,
)


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        ("2026-09-30T16:30", "2026-09-30"),  # 23:30 on the last evening of the quarter
        ("2026-09-30T17:30", "2026-10-01"),  # 00:30 on the first night of the next
        ("2026-12-31T16:59", "2026-12-31"),
        ("2026-12-31T17:00", "2027-01-01"),
    ],
)
def test_days_are_days_in_vietnam(utc: str, day: str) -> None:
    assert local_day(datetime.fromisoformat(utc).replace(tzinfo=UTC)) == date.fromisoformat(day)


def test_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_day(datetime(2026, 1, 1))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-20", True),
        ("2026-11-21", False),  # Saturday
        ("2026-02-17", False),  # first day of Tết Bính Ngọ
        ("2025-01-29", False),  # first day of Tết Ất Tỵ
        ("2027-02-06", False),  # first day of Tết Đinh Mùi
        ("2026-01-02", False),  # swapped by the Government …
        ("2026-01-10", True),  # … for this Saturday
        ("2026-09-02", False),  # National Day
    ],
)
def test_working_days(day: str, works: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) is works


def test_terms_skip_days_off() -> None:
    assert add_working_days(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert add_working_days(date(2026, 11, 20), 0) == date(2026, 11, 20)
    due = due_after_working_days(datetime(2026, 11, 20, 15, 0, tzinfo=UTC), 1)
    assert local(due).isoformat() == "2026-11-23T17:00:00+07:00"


DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(DAYS, st.integers(1, 40))
def test_a_term_ends_on_a_working_day_and_grows(day: date, count: int) -> None:
    last = add_working_days(day, count)
    assert is_working_day(last)
    assert add_working_days(day, count - 1) < last
    assert sum(is_working_day(date.fromordinal(o)) for o in range(day.toordinal() + 1, last.toordinal() + 1)) == count


@given(DAYS)
def test_a_day_begins_where_it_says(day: date) -> None:
    assert local_day(start_of(day)) == day
    assert local(start_of(day)).hour == 0
