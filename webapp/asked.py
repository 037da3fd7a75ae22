"""Which period a page is asked for, and which others it leads to. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from reports.periods import Kind, Period, is_closed, last_periods, months_of, parse_period, period_of
from webapp.words import marked

CHOICES: Mapping[Kind, tuple[str, int]] = {
    "quarter": (marked("Quý"), 9),
    "month": (marked("Tháng"), 13),
    "year": (marked("Năm"), 4),
}
"""How many periods of each kind the list of a page offers, the running one first."""


@dataclass(frozen=True)
class Asked:
    """A period as seen on a day; ``earlier`` and ``later`` are its neighbours, later only when begun."""

    period: Period
    today: date

    @property
    def running(self) -> bool:
        """Whether the period goes on: no figure is told then, or its daily change would tell of one person."""
        return not is_closed(self.period, self.today)

    @property
    def earlier(self) -> Period:
        """The period just before."""
        return self.period.previous()

    @property
    def later(self) -> Period | None:
        """The period just after, once it has begun."""
        following = self.period.following()
        return following if following.first <= self.today else None

    @property
    def parts(self) -> tuple[Period, ...]:
        """Months of a quarter, quarters of a year, as far as begun."""
        inside = months_of(self.period) if self.period.kind == "quarter" else ()
        if self.period.kind == "year":
            inside = last_periods(period_of(self.period.last, "quarter"), 4)
        return tuple(part for part in inside if part.first <= self.today)

    @property
    def wholes(self) -> tuple[Period, ...]:
        """The quarter and the year that hold the period."""
        kinds: dict[str, tuple[Kind, ...]] = {"month": ("quarter", "year"), "quarter": ("year",)}
        return tuple(period_of(self.period.first, kind) for kind in kinds.get(self.period.kind, ()))

    @cached_property
    def choices(self) -> tuple[tuple[str, tuple[Period, ...]], ...]:
        """What the list offers, newest first, by kind; the period itself is always among them."""
        return tuple((title, self._newest(kind, count)) for kind, (title, count) in CHOICES.items())

    def is_running(self, period: Period) -> bool:
        """Whether another period is not over."""
        return not is_closed(period, self.today)

    def _newest(self, kind: Kind, count: int) -> tuple[Period, ...]:
        offered = list(reversed(last_periods(period_of(self.today, kind), count)))
        if self.period.kind == kind and self.period not in offered:
            offered.append(self.period)
        return tuple(offered)


def read_asked(code: str, today: date) -> Asked | None:
    """The period of an address; the last quarter that has ended when none is named, None for a useless one.

    Days are not offered: with few ratings a day, they would tell of single people.
    """
    if not code:
        return Asked(period_of(today, "quarter").previous(), today)
    try:
        period = parse_period(code)
    except ValueError:
        return None
    return Asked(period, today) if period.kind in CHOICES and period.first <= today else None
