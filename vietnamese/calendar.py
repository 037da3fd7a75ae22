"""Local time, working days and the end of terms in Vietnam. Pure.

All days that people see are days in Asia/Ho_Chi_Minh; instants come and go in UTC. Working days are Monday to
Friday less public holidays (Labour Code 2019, Article 112, by the `holidays` library) with days moved by the
Government over them and what an administrator changed over both; each has two half-days.

How a term runs: Civil Code 2015, Articles 147 and 148. The day of the event does not count, a term in days ends with
its last day, and where that is a day off, with the next working day. The law's day ends at midnight (Article 148(6));
ours ends when the office closes, some hours earlier, because nobody answers after that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

import holidays

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
ONE_DAY = timedelta(days=1)

SWAPS: Mapping[date, bool] = {
    # Reported in the press of 26 December 2025; the library (0.109) does not have it. Verify each year.
    date(2026, 1, 2): False,
    date(2026, 1, 10): True,
}
"""Day → whether it is a working day, over and above the library."""


class Worked(StrEnum):
    """Which of a day's two half-days are worked."""

    BOTH = "both"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    NONE = "none"


class Unit(StrEnum):
    """What a term is counted in."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    HALF_DAYS = "half_days"
    HOURS = "hours"
    """By the clock, day and night: for danger."""


@dataclass(frozen=True)
class Term:
    """How long somebody has: at least one of a unit. Raises ValueError for less."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"a term of {self.amount} {self.unit} ends before it begins")


HalfDay = tuple[time, time]
"""First and last moment of a half-day on a Vietnamese wall clock."""


@dataclass(frozen=True)
class OfficeHours:
    """The two half-days of an office day; the default is common and not law: verify with the commune's hours.

    Raises ValueError when the four times do not follow one another.
    """

    morning: HalfDay = (time(7, 30), time(11, 30))
    afternoon: HalfDay = (time(13, 30), time(17, 0))

    def __post_init__(self) -> None:
        times = self.morning + self.afternoon
        if list(times) != sorted(set(times)):
            raise ValueError("office hours must follow one another: " + ", ".join(f"{one:%H:%M}" for one in times))

    def halves(self, worked: Worked) -> tuple[HalfDay, ...]:
        """The half-days worked, in order."""
        if worked is Worked.BOTH:
            return (self.morning, self.afternoon)
        if worked is Worked.NONE:
            return ()
        return (self.morning,) if worked is Worked.MORNING else (self.afternoon,)


@dataclass(frozen=True)
class WorkCalendar:
    """When an office works: the national calendar, and over it the days that were `changed`.

    `changed` may hold the plain words of `Worked`; another word raises ValueError.
    """

    changed: Mapping[date, Worked] = field(default_factory=dict)
    hours: OfficeHours = OfficeHours()

    def __post_init__(self) -> None:
        changed = {day: Worked(worked) for day, worked in self.changed.items()}
        object.__setattr__(self, "changed", MappingProxyType(changed))

    def worked(self, day: date) -> Worked:
        """Which half-days of `day` are worked."""
        changed = self.changed.get(day)
        if changed is not None:
            return changed
        return Worked.BOTH if day in _national_working_days(day.year) else Worked.NONE

    def half_days(self, day: date) -> tuple[HalfDay, ...]:
        """The half-days worked on `day`, in order; empty on a day off."""
        return self.hours.halves(self.worked(day))

    def opening(self, day: date) -> datetime:
        """The instant (UTC) at which work begins on `day`; on a day off, at which it would begin."""
        return _instant(day, (self.half_days(day) or (self.hours.morning,))[0][0])

    def closing(self, day: date) -> datetime:
        """The instant (UTC) at which work ends on `day`; on a day off, at which it would end."""
        return _instant(day, (self.half_days(day) or (self.hours.afternoon,))[-1][1])

    def is_open(self, at: datetime) -> bool:
        """Whether `at` lies in office hours; the closing minute itself does not."""
        here = local(at)
        return any(start <= here.time() < end for start, end in self.half_days(here.date()))


NATIONAL = WorkCalendar()
"""The calendar where nobody changed a day."""

Pause = tuple[datetime, datetime]
"""From when until when an office waited for the citizen."""


def local(at: datetime) -> datetime:
    """The instant on a Vietnamese wall clock; an instant without a zone is a programming error."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(VIETNAM)


def local_day(at: datetime) -> date:
    """The calendar day in Vietnam at an instant."""
    return local(at).date()


def start_of(day: date) -> datetime:
    """The instant (UTC) at which a Vietnamese calendar day begins."""
    return _instant(day, time())


def is_working_day(day: date, calendar: WorkCalendar = NATIONAL) -> bool:
    """Whether offices work on `day`, at least one half of it."""
    return calendar.worked(day) is not Worked.NONE


def add_working_days(day: date, count: int, calendar: WorkCalendar = NATIONAL) -> date:
    """The day on which `count` working days after `day` are full; the day itself does not count (Article 147).

    A day of which one half is worked counts as half a day.
    """
    half_days = 2 * count
    while half_days > 0:
        day += ONE_DAY
        half_days -= len(calendar.half_days(day))
    return day


def working_day_from(day: date, offset: int, calendar: WorkCalendar = NATIONAL) -> date:
    """The day `offset` working days after `day`, before it where negative; each day with work counts as one."""
    step = ONE_DAY if offset > 0 else -ONE_DAY
    for _each in range(abs(offset)):
        day += step
        while not is_working_day(day, calendar):
            day += step
    return day


def due_after_working_days(at: datetime, count: int, calendar: WorkCalendar = NATIONAL) -> datetime:
    """The instant (UTC) at which a term of working days ends: the office's closing hour on its last day."""
    return calendar.closing(add_working_days(local_day(at), count, calendar))


def half_days_between(since: datetime, until: datetime, calendar: WorkCalendar = NATIONAL) -> int:
    """How many worked half-days ended after `since` and up to `until`: what was lost to whoever waited between.

    Counted by their ends, so that waits that follow one another add up.
    """
    first, last = local(since).replace(tzinfo=None), local(until).replace(tzinfo=None)
    days = (first.date() + timedelta(days=n) for n in range((last.date() - first.date()).days + 1))
    ends = (datetime.combine(day, end) for day in days for _start, end in calendar.half_days(day))
    return sum(first < end <= last for end in ends)


def due(received_at: datetime, term: Term, calendar: WorkCalendar = NATIONAL, pauses: Iterable[Pause] = ()) -> datetime:
    """The instant (UTC) at which a term ends that an event at `received_at` began.

    Working days: closing hour of the day on which they are full. Calendar days: closing hour of the last one, or of
    the next working day where that is a day off (Article 148(5)). Half-days, our own unit: end of the last one; the
    half-day of the event does not count. Hours run by the clock, day and night.
    `pauses`, oldest first, shift the end by what was waited; see `paused`.
    """
    end = _first_end(received_at, term, calendar)
    for since, until in pauses:
        end = _shifted(end, since, until, term, calendar)
    return _settled(end, term, calendar)


def paused(
    due_at: datetime, since: datetime, until: datetime, term: Term, calendar: WorkCalendar = NATIONAL
) -> datetime:
    """The end of a running term (UTC) after waiting for the citizen from `since` until `until`.

    Shifted by exactly the working half-days, calendar days or time waited, each by its term's unit; a term that had
    ended before is not revived. Raises ValueError for a wait that ends before it begins.
    A calendar-day term whose end was moved off a day off goes on from where it was moved to; to shift what the law
    counted instead, give all its pauses to `due`. That a clock stops while the citizen is asked is practice, not a
    figure of the law: verify.
    """
    return _settled(_shifted(due_at.astimezone(UTC), since, until, term, calendar), term, calendar)


def _first_end(received_at: datetime, term: Term, calendar: WorkCalendar) -> datetime:
    """Where the count ends, for calendar days perhaps on a day off."""
    day = local_day(received_at)
    if term.unit is Unit.HOURS:
        return received_at.astimezone(UTC) + timedelta(hours=term.amount)
    if term.unit is Unit.WORKING_DAYS:
        return due_after_working_days(received_at, term.amount, calendar)
    if term.unit is Unit.CALENDAR_DAYS:
        return start_of(day + timedelta(days=term.amount))
    begun = [_instant(day, end) for start, end in calendar.half_days(day) if _instant(day, start) <= received_at]
    return _half_days_later(max([received_at, *begun]), term.amount, calendar)


def _shifted(end: datetime, since: datetime, until: datetime, term: Term, calendar: WorkCalendar) -> datetime:
    if until < since:
        raise ValueError(f"a wait from {since} cannot end at {until}")
    if term.unit is Unit.CALENDAR_DAYS:
        return _shifted_by_days(end, local_day(since), local_day(until), calendar)
    if since >= end:
        return end
    if term.unit is Unit.HOURS:
        return end + (until - since)
    return _half_days_later(end, half_days_between(since, until, calendar), calendar)


def _shifted_by_days(end: datetime, since: date, until: date, calendar: WorkCalendar) -> datetime:
    # By whole days: the law's last day runs to midnight, so a wait that begins on its evening still counts.
    last, settled = local_day(end), _working_day_on_or_after(local_day(end), calendar)
    if since > settled:
        return end
    base = last if since <= last else settled
    return start_of(base + (until - since))


def _settled(end: datetime, term: Term, calendar: WorkCalendar) -> datetime:
    if term.unit is not Unit.CALENDAR_DAYS:
        return end
    return calendar.closing(_working_day_on_or_after(local_day(end), calendar))


def _half_days_later(after: datetime, count: int, calendar: WorkCalendar) -> datetime:
    """The end of the `count`-th worked half-day that ends later than `after`; `after` itself for none."""
    if count == 0:
        return after
    here = local(after)
    day = here.date()
    rest = [half for half in calendar.half_days(day) if half[1] > here.time()]
    while len(rest) < count:
        count -= len(rest)
        day += ONE_DAY
        rest = list(calendar.half_days(day))
    return _instant(day, rest[count - 1][1])


def _working_day_on_or_after(day: date, calendar: WorkCalendar) -> date:
    while not is_working_day(day, calendar):
        day += ONE_DAY
    return day


def _instant(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, VIETNAM).astimezone(UTC)


@lru_cache(maxsize=32)
def _national_working_days(year: int) -> frozenset[date]:
    national = holidays.country_holidays("VN", years=year)
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    return frozenset(day for day in days if SWAPS.get(day, national.is_working_day(day)) and day.year == year)
