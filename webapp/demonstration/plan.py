"""What is invented about each commune of the demonstration: how many come, how they rate, what befalls them.

Pure. Days are counted from the day of building: a month-day is its latest return, so that seasons stay true.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from vietnamese.calendar import add_working_days, is_working_day

DAYS_BACK = 365
"""Length of the demonstration's year."""
SETTLED = 21
"""A season's entry lies at least this many days back: what came since is told by `recent-n`."""
MERGER_MONTHS_BACK = 6

Chances = tuple[int, int, int, int, int]
"""Weights of the faces 1–5."""


@dataclass(frozen=True)
class Commune:
    """One commune: `answers` and `dossiers` are means of a working day."""

    code: str
    chances: Chances
    answers: float
    dossiers: float
    hotline: str
    bad_month: str = "04-06"
    bad_chances: Chances | None = None
    later: tuple[str, Chances] | None = None
    """A month-day from which people rate otherwise, and how."""
    padded: bool = False
    """Whether one week holds bursts of best ratings that nobody gave honestly."""


COMMUNES = (
    Commune("03646", (3, 6, 12, 42, 37), 5.0, 16, "0212 000 046", bad_month="06-01", bad_chances=(12, 20, 24, 30, 14)),
    Commune("03664", (2, 4, 9, 40, 45), 3.5, 11, "0212 000 064"),
    Commune("03862", (2, 8, 20, 45, 25), 0.02, 3, "0212 000 862"),
    Commune("10525", (3, 5, 11, 43, 38), 5.0, 20, "0220 000 525", bad_chances=(34, 30, 20, 12, 4)),
    Commune("10756", (3, 7, 14, 44, 32), 2.5, 9, "0220 000 756"),
    Commune("10552", (4, 8, 16, 42, 30), 2.5, 9, "0220 000 552", padded=True),
    Commune("07777", (6, 12, 22, 38, 22), 4.5, 18, "0204 000 777", later=("05-19", (3, 6, 13, 42, 36))),
    Commune("07420", (4, 8, 15, 43, 30), 2.5, 9, "0204 000 420"),
    Commune("07594", (3, 7, 14, 46, 30), 2.0, 7, "0204 000 594"),
    Commune("05047", (4, 8, 16, 43, 29), 2.0, 8, "0218 000 047"),
    Commune("05134", (4, 9, 17, 42, 28), 1.5, 6, "0218 000 134", bad_month="10-05", bad_chances=(10, 20, 28, 30, 12)),
    Commune("04897", (4, 8, 15, 43, 30), 2.0, 8, "0218 000 897"),
)
FORMER = Commune("99001", (1, 3, 9, 45, 42), 1.2, 4, "0218 000 901")
"""The hypothetical commune that is merged into `FORMER_GOES_TO` in the middle of the year."""
FORMER_NAME = "Xã Đồi Thông (giả định)"
FORMER_GOES_TO = "05047"
STAYING = {
    "cb02": "vice_chairperson", "cb04": "justice_officer", "cb05": "reception_clerk", "cb07": "land_officer",
    "cb08": "welfare_officer", "cb10": "one_stop_officer", "cb11": "counter_clerk_2",
}  # fmt: skip
"""Who of the former commune goes on to serve in the other, and in which post."""


@dataclass(frozen=True)
class Dates:
    """The days of a demonstration that is built on `today`."""

    today: date
    first: date = field(init=False)
    merger: date = field(init=False)

    def __post_init__(self) -> None:
        months = self.today.year * 12 + self.today.month - 1 - MERGER_MONTHS_BACK
        object.__setattr__(self, "first", self.today - timedelta(days=DAYS_BACK))
        object.__setattr__(self, "merger", date(months // 12, months % 12 + 1, 1))

    def bad_start(self, commune: Commune) -> date:
        """The Monday on which a commune's bad month begins."""
        start = self._latest(commune.bad_month, before=70)
        return start - timedelta(days=start.weekday())

    def in_bad_month(self, commune: Commune, day: date) -> bool:
        """Whether `day` lies in the commune's bad month."""
        return commune.bad_chances is not None and 0 <= (day - self.bad_start(commune)).days < 28

    def chances(self, commune: Commune, day: date) -> Chances:
        """How people rate on a day."""
        if commune.bad_chances is not None and self.in_bad_month(commune, day):
            return commune.bad_chances
        if commune.later is not None and day >= self._latest(commune.later[0], before=SETTLED):
            return commune.later[1]
        return commune.chances

    def day_of(self, said: str, commune: Commune, via: str) -> date:
        """The day an entry says it came: month-day, `bad+n`, `merger±n` or `recent-n`; counters keep office days."""
        day = self._day_said(said, commune)
        if via != "counter" or is_working_day(day):
            return day
        later = add_working_days(day, 1)
        if later < self.today - timedelta(days=4):
            return later
        # So near to today its story would not fit in: the last working day before.
        while not is_working_day(day):
            day -= timedelta(days=1)
        return day

    def office_days(self, until: date | None = None) -> Iterator[date]:
        """Working days of the demonstration's year, oldest first, up to the day before `until` (or today)."""
        day = self.first
        while day < (until or self.today):
            if is_working_day(day):
                yield day
            day += timedelta(days=1)

    def _day_said(self, said: str, commune: Commune) -> date:
        for word, start in (("bad", self.bad_start(commune)), ("merger", self.merger), ("recent", self.today)):
            if said.startswith(word):
                return start + timedelta(days=int(said[len(word) :]))
        return self._latest(said, before=SETTLED)

    def _latest(self, month_day: str, before: int) -> date:
        """The latest return of a month-day that lies at least `before` days back."""
        month, day = map(int, month_day.split("-"))
        last = self.today - timedelta(days=before)
        this_year = date(last.year, month, day)
        return this_year if this_year <= last else date(last.year - 1, month, day)


def season(day: date) -> float:
    """How many come to the counter in comparison with an ordinary day: schools, Tết and the year's end."""
    return {1: 1.15, 2: 0.8, 6: 1.15, 7: 1.25, 8: 1.3, 9: 1.1, 12: 1.1}.get(day.month, 1.0)
