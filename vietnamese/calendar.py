"""Local time and working days of Vietnam. Pure.

All days that people see are days in Asia/Ho_Chi_Minh. Working days are Monday to Friday less public
holidays (Labour Code 2019, Article 112, by the `holidays` library) with an editable table of swaps over
them, because the Government moves days off year by year.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
CLOSING = time(17, 0)
"""End of the office day; a deadline in working days falls at this hour. Verify with the commune's hours."""

SWAPS: Mapping[date, bool] = {
    # Reported in the press of 26 December 2025; the library (0.109) does not have it. Verify each year.
    date(2026, 1, 2): False,
    date(2026, 1, 10): True,
}
"""Day → whether it is a working day, over and above the library."""


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
    return datetime.combine(day, time(), VIETNAM).astimezone(UTC)


def is_working_day(day: date, swaps: Mapping[date, bool] = SWAPS) -> bool:
    """Whether offices work on `day`; `swaps` wins over the library."""
    if day in swaps:
        return swaps[day]
    return bool(_public_holidays(day.year).is_working_day(day))


def add_working_days(day: date, count: int, swaps: Mapping[date, bool] = SWAPS) -> date:
    """The `count`-th working day after `day`; the day itself does not count (Civil Code 2015, Article 147)."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day, swaps)
    return day


def due_after_working_days(at: datetime, count: int, swaps: Mapping[date, bool] = SWAPS) -> datetime:
    """The instant (UTC) at which a term of working days ends: closing hour of its last day."""
    last = add_working_days(local_day(at), count, swaps)
    return datetime.combine(last, CLOSING, VIETNAM).astimezone(UTC)


@lru_cache(maxsize=32)
def _public_holidays(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("VN", years=year)
