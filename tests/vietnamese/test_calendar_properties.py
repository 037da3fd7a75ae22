"""What holds of every term, calendar and wait: monotone, never on a day off, what was waited is given back."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from vietnamese.calendar import (
    VIETNAM,
    Term,
    Unit,
    WorkCalendar,
    Worked,
    add_working_days,
    due,
    half_days_between,
    is_working_day,
    local,
    local_day,
    paused,
    start_of,
)

WORKING, CALENDAR, HALVES = Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.HALF_DAYS
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
# Whole minutes, and often the very ones on which halves begin and end.
CLOCK = st.sampled_from([time(0), time(7, 30), time(11, 30), time(13, 30), time(17), time(23, 30)]) | st.times().map(
    lambda one: one.replace(second=0, microsecond=0)
)
INSTANTS = st.builds(lambda day, hour: datetime.combine(day, hour, VIETNAM).astimezone(UTC), DAYS, CLOCK)
UNITS = st.sampled_from(list(Unit))
OFFICE_UNITS = st.sampled_from([WORKING, CALENDAR, HALVES])
AMOUNTS = st.integers(1, 45)
NEAR = st.integers(0, 60).map(lambda n: date(2026, 1, 20) + timedelta(days=n))
CALENDARS = st.dictionaries(NEAR, st.sampled_from(list(Worked)), max_size=25).map(WorkCalendar)
IN_TET = st.builds(lambda day, hour: datetime.combine(day, hour, VIETNAM).astimezone(UTC), NEAR, CLOCK)
"""Instants among the days that `CALENDARS` changes."""
ANY = INSTANTS | IN_TET


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


@given(ANY, AMOUNTS, OFFICE_UNITS, CALENDARS)
def test_a_term_is_never_due_on_a_day_off(received: datetime, amount: int, unit: Unit, calendar: WorkCalendar) -> None:
    end = local(due(received, Term(amount, unit), calendar))
    assert end.time() in [last for _first, last in calendar.half_days(end.date())]
    assert end > received


@given(ANY, AMOUNTS, CALENDARS)
def test_a_term_of_working_days_holds_as_many_half_days(received: datetime, amount: int, cal: WorkCalendar) -> None:
    end, begins = due(received, Term(amount, WORKING), cal), start_of(local_day(received) + timedelta(days=1))
    held = half_days_between(begins, end, cal)
    assert 2 * amount <= held <= 2 * amount + 1, "a last day of which one half was enough is worked to its end"
    assert held - len(cal.half_days(local_day(end))) < 2 * amount, "the day before was not enough"


@given(ANY, AMOUNTS, CALENDARS)
def test_a_term_of_calendar_days_moves_only_over_days_off(received: datetime, amount: int, cal: WorkCalendar) -> None:
    last, end = local_day(received) + timedelta(days=amount), local_day(due(received, Term(amount, CALENDAR), cal))
    assert last <= end
    assert not any(is_working_day(last + timedelta(days=n), cal) for n in range((end - last).days))


@given(ANY, AMOUNTS, CALENDARS)
def test_a_term_of_half_days_holds_as_many(received: datetime, amount: int, calendar: WorkCalendar) -> None:
    held = half_days_between(received, due(received, Term(amount, HALVES), calendar), calendar)
    assert held == amount + calendar.is_open(received), "the half-day of the event is not one of them"


@given(ANY, ANY, AMOUNTS, AMOUNTS, UNITS, CALENDARS)
def test_terms_are_monotone(one: datetime, two: datetime, less: int, more: int, unit: Unit, cal: WorkCalendar) -> None:
    one, two = sorted((one, two))
    less, more = sorted((less, more))
    assert due(one, Term(less, unit), cal) <= due(two, Term(less, unit), cal)
    assert due(one, Term(less, unit), cal) <= due(one, Term(more, unit), cal)


@given(ANY, ANY, ANY, CALENDARS)
def test_half_days_add_up(one: datetime, two: datetime, three: datetime, calendar: WorkCalendar) -> None:
    one, two, three = sorted((one, two, three))
    both = half_days_between(one, two, calendar) + half_days_between(two, three, calendar)
    assert half_days_between(one, three, calendar) == both


WAITS = st.lists(st.integers(0, 40 * 24 * 60), min_size=3, max_size=3).map(sorted)
"""Minutes after receipt at which somebody asks, asks again, is told."""


def _moments(received: datetime, minutes: list[int]) -> list[datetime]:
    return [received + timedelta(minutes=n) for n in minutes]


@given(ANY, AMOUNTS, st.sampled_from([WORKING, HALVES]), WAITS, CALENDARS)
def test_as_many_half_days_are_left_after_a_wait_as_before(
    received: datetime, amount: int, unit: Unit, waits: list[int], calendar: WorkCalendar
) -> None:
    term = Term(amount, unit)
    end = due(received, term, calendar)
    since, until, _later = _moments(received, waits)
    resumed = paused(end, since, until, term, calendar)
    if since >= end:
        assert resumed == end
        return
    left = half_days_between(since, end, calendar)
    assert half_days_between(until, resumed, calendar) == left
    assert half_days_between(end, resumed, calendar) == half_days_between(since, until, calendar)
    assert local(resumed).time() in [last for _first, last in calendar.half_days(local_day(resumed))]


@given(ANY, AMOUNTS, WAITS, CALENDARS)
def test_as_many_days_are_left_after_a_wait_as_before(
    received: datetime, amount: int, waits: list[int], calendar: WorkCalendar
) -> None:
    term, last = Term(amount, CALENDAR), local_day(received) + timedelta(days=amount)
    since, until, _later = _moments(received, waits)
    resumed = local_day(due(received, term, calendar, [(since, until)]))
    if local_day(since) > last:
        assert resumed >= local_day(due(received, term, calendar))
        return
    shifted = last + (local_day(until) - local_day(since))
    assert shifted <= resumed
    assert not any(is_working_day(shifted + timedelta(days=n), calendar) for n in range((resumed - shifted).days))


@given(ANY, AMOUNTS, UNITS, WAITS, CALENDARS)
def test_waits_that_follow_one_another_add_up(
    received: datetime, amount: int, unit: Unit, waits: list[int], calendar: WorkCalendar
) -> None:
    term = Term(amount, unit)
    one, two, three = _moments(received, waits)
    end = due(received, term, calendar, [(one, three)])
    assert due(received, term, calendar, [(one, two), (two, three)]) == end
    assert due(received, term, calendar) <= due(received, term, calendar, [(one, two)]) <= end
    if unit is not CALENDAR:
        stored = due(received, term, calendar)
        assert paused(stored, one, three, term, calendar) == end
        assert paused(paused(stored, one, two, term, calendar), two, three, term, calendar) == end


@given(ANY, AMOUNTS, UNITS, CALENDARS, st.sampled_from(["UTC", "America/Los_Angeles", "Pacific/Kiritimati"]))
def test_the_zone_an_instant_is_written_in_does_not_matter(
    received: datetime, amount: int, unit: Unit, calendar: WorkCalendar, zone: str
) -> None:
    abroad = received.astimezone(ZoneInfo(zone))
    end = due(received, Term(amount, unit), calendar)
    assert due(abroad, Term(amount, unit), calendar) == end
    assert due(received, Term(amount, unit), calendar, [(abroad, end.astimezone(ZoneInfo(zone)))]) >= end
