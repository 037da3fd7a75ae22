"""The calendar of the coming twelve months as the service counts it: what to confirm, and what is not known yet."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

import holidays

from vietnamese.calendar import SWAPS, is_working_day

_NEW_YEAR = "Tết Nguyên Đán"
ANNOUNCED_FROM = 11
"""The Government announces the days moved in a year late in the year before: from this month on they are due."""


@dataclass(frozen=True)
class Stretch:
    """Closed days in a row with weekends beside them, or weekend days on which offices work; `name` says why."""

    first: date
    last: date
    name: str
    works: bool


def year_ahead(today: date) -> list[Stretch]:
    """Exceptions to Monday–Friday from `today` for 365 days, in order."""
    days = [today + timedelta(days=n) for n in range(365)]
    names = _holidays(days)
    rows = [list(row) for _works, row in groupby(days, is_working_day)]
    closed = [row for row in rows if not is_working_day(row[0]) and any(day.weekday() < 5 for day in row)]
    made_up = [[day] for day in days if day.weekday() >= 5 and is_working_day(day)]
    return [_stretch(row, names) for row in sorted(closed + made_up)]


def _stretch(row: list[date], names: Mapping[date, str]) -> Stretch:
    works = is_working_day(row[0])
    said = dict.fromkeys(names[day] for day in row if day in names)
    usual = "làm bù" if works else "theo thông báo của Chính phủ"
    name = _NEW_YEAR if _NEW_YEAR in said else next(iter(said), usual)
    return Stretch(row[0], row[-1], name, works)


def _holidays(days: Sequence[date]) -> Mapping[date, str]:
    return dict(holidays.country_holidays("VN", years={day.year for day in days}, language="vi"))


def unknown_years(today: date, said: Collection[date] = ()) -> list[int]:
    """Years of the coming twelve months for which no moved day is known although the Government has announced them.

    `said`: days that administrators put into the calendar of the installation.
    """
    years = {today.year, (today + timedelta(days=364)).year}
    due = {year for year in years if year <= today.year or today.month >= ANNOUNCED_FROM}
    return sorted(due - {day.year for day in (*SWAPS, *said)})


def knows_new_year(today: date) -> bool:
    """Whether a Tết of several days lies ahead: without it every term of spring is wrong."""
    names = _holidays(days := [today + timedelta(days=n) for n in range(400)])
    return sum("nguyên đán" in names.get(day, "").lower() or "tết" in names.get(day, "").lower() for day in days) >= 4
