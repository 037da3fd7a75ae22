"""Days, months, quarters and years as Vietnam counts them.

A rating given at 23:30 on 30 September belongs to quarter III, whatever day it is in London.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, Self, get_args

from vietnamese import calendar

Kind = Literal["day", "month", "quarter", "year"]

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_ROMAN = ("I", "II", "III", "IV")
# Codes come from addresses anybody can type; the calendar's arithmetic overflows at the years 1 and 9999.
_CODE = re.compile(r"(2[0-9]{3})(?:-Q([1-4])|-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True)
class Period:
    """A whole day, month, quarter or year; both ends belong to it.

    Raises ValueError when the dates are not exactly one such period.
    """

    kind: Kind
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind) or (self.first, self.last) != _ends(self.kind, self.first):
            raise ValueError(f"{self.first} to {self.last} is not one whole {self.kind}")

    @property
    def code(self) -> str:
        """The period as '2026', '2026-Q3', '2026-09' or '2026-09-30'; ``parse_period`` reads it back."""
        if self.kind == "quarter":
            return f"{self.first.year:04}-Q{_quarter(self.first)}"
        return self.first.isoformat()[: {"year": 4, "month": 7, "day": 10}[self.kind]]

    @property
    def name(self) -> str:
        """The period as one says it: 'Quý III', 'Tháng 9', 'Năm 2026', 'Ngày 30/09/2026'."""
        return {
            "day": f"Ngày {self.first:%d/%m/%Y}",
            "month": f"Tháng {self.first.month}",
            "quarter": f"Quý {_ROMAN[_quarter(self.first) - 1]}",
            "year": f"Năm {self.first.year}",
        }[self.kind]

    @property
    def label(self) -> str:
        """The period with its year: 'Quý III năm 2026', 'Tháng 9 năm 2026', 'Năm 2026', 'Ngày 30/09/2026'."""
        return f"{self.name} năm {self.first.year}" if self.kind in ("month", "quarter") else self.name

    @property
    def axis_label(self) -> str:
        """The period under a chart's axis: '30/09', 'T9/26', 'Q3/26', '2026'."""
        return {
            "day": f"{self.first:%d/%m}",
            "month": f"T{self.first.month}/{self.first:%y}",
            "quarter": f"Q{_quarter(self.first)}/{self.first:%y}",
            "year": f"{self.first.year}",
        }[self.kind]

    def previous(self) -> Self:
        """The period of the same kind just before."""
        return type(self)(self.kind, *_ends(self.kind, self.first - timedelta(days=1)))

    def following(self) -> Self:
        """The period of the same kind just after."""
        return type(self)(self.kind, *_ends(self.kind, self.last + timedelta(days=1)))


def local_day(moment: datetime) -> date:
    """The calendar day in Vietnam at ``moment``; raises ValueError for a time without its zone."""
    if moment.utcoffset() is None:
        raise ValueError("a time without its zone belongs to no day")
    return calendar.local_day(moment)


def period_of(day: date, kind: Kind) -> Period:
    """The period of that kind which contains ``day``."""
    return Period(kind, *_ends(kind, day))


def parse_period(text: str) -> Period:
    """Read '2026', '2026-Q3', '2026-09' or '2026-09-30', from the year 2000 on; raises ValueError else."""
    found = _CODE.fullmatch(text)
    if not found:
        raise ValueError(f"not a period: {text!r}")
    year, quarter, month, day = found.groups()
    if quarter:
        return period_of(date(int(year), 3 * int(quarter), 1), "quarter")
    kind: Kind = "day" if day else "month" if month else "year"
    return period_of(date(int(year), int(month or 1), int(day or 1)), kind)


def last_periods(period: Period, count: int) -> tuple[Period, ...]:
    """``count`` periods of the same kind, oldest first, the last being ``period``: the axis of a trend."""
    run = [period]
    while len(run) < count:
        run.append(run[-1].previous())
    return tuple(reversed(run))


def months_of(period: Period) -> tuple[Period, ...]:
    """The whole months inside the period, oldest first; none in a day."""
    if period.kind == "day":
        return ()
    months = [period_of(period.first, "month")]
    while months[-1].last < period.last:
        months.append(months[-1].following())
    return tuple(months)


def days_of(period: Period) -> tuple[date, ...]:
    """Every day of the period, oldest first."""
    length = (period.last - period.first).days + 1
    return tuple(period.first + timedelta(days=step) for step in range(length))


def instants(period: Period) -> tuple[datetime, datetime]:
    """The period's beginning and the moment just after its end, in UTC: ``begin <= t < end``."""
    return calendar.start_of(period.first), calendar.start_of(period.last + timedelta(days=1))


def is_closed(period: Period, today: date) -> bool:
    """Whether the period is over on the (Vietnamese) day ``today``; only closed periods are sealed."""
    return period.last < today


def _quarter(day: date) -> int:
    return (day.month + 2) // 3


def _ends(kind: Kind, day: date) -> tuple[date, date]:
    if kind == "day":
        return day, day
    length = _MONTHS[kind]
    first_month = (day.month - 1) // length * length + 1
    last_month = first_month + length - 1
    return date(day.year, first_month, 1), date(day.year, last_month, monthrange(day.year, last_month)[1])
