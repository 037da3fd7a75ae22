"""Days of a calendar as people write them: "10/01/2026 làm bù – Công văn 1234/BNV", one a line (pure)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from models.refusals import Refused
from surveys.questions import clean_text
from triage.casework.redating import DayChange
from vietnamese.calendar import ONE_DAY, Worked
from vietnamese.text import fold
from webapp.admin.desk import read_day
from webapp.words import _, marked

MOST_LINES = 60
MOST_DAYS = 31
LONGEST_SOURCE = 300
SAYINGS: Mapping[str, Worked] = {
    "nghi sang": Worked.AFTERNOON,
    "nghi chieu": Worked.MORNING,
    "nghi": Worked.NONE,
    "lam bu sang": Worked.MORNING,
    "lam bu chieu": Worked.AFTERNOON,
    "lam bu": Worked.BOTH,
    "lam sang": Worked.MORNING,
    "lam chieu": Worked.AFTERNOON,
    "lam viec buoi sang": Worked.MORNING,
    "lam viec buoi chieu": Worked.AFTERNOON,
    "lam viec": Worked.BOTH,
    "di lam": Worked.BOTH,
    "lam": Worked.BOTH,
}
"""What may stand behind a day, without marks; the longest that fits is meant."""
PROBLEMS = {
    "day": marked("chưa đọc được ngày. Xin ghi như 10/01/2026"),
    "order": marked("ngày cuối phải sau ngày đầu, nhiều nhất {most} ngày"),
    "saying": marked("xin ghi nghỉ, nghỉ sáng, nghỉ chiều, làm bù, làm sáng hoặc làm chiều sau ngày"),
    "source": marked("xin ghi văn bản nào quy định, sau dấu gạch ngang"),
    "source_long": marked("tên văn bản dài quá {most} chữ cái"),
    "twice": marked("ngày này đã có ở dòng {line}"),
}
_DAY = r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}"
_LINE = re.compile(
    rf"\s*(?P<first>{_DAY})(?:\s*(?:-|–|đến(?: hết)?)\s*(?P<last>{_DAY}))?\s*[:;,]?\s*(?P<rest>.*)", re.I
)


@dataclass(frozen=True)
class CalendarLine:
    """One line: the days it speaks of, or what is wrong; `line` counts from 1 as people see it."""

    line: int
    raw: str
    changes: tuple[DayChange, ...]
    problem: str


@dataclass(frozen=True)
class PastedCalendar:
    """All lines of one paste."""

    lines: tuple[CalendarLine, ...]

    @property
    def good(self) -> bool:
        """Whether every line can be used."""
        return bool(self.lines) and not self.bad

    @property
    def bad(self) -> tuple[CalendarLine, ...]:
        """The lines that must be mended."""
        return tuple(line for line in self.lines if line.problem)

    @property
    def changes(self) -> tuple[DayChange, ...]:
        """What all lines say together."""
        return tuple(change for line in self.lines for change in line.changes)


def read_calendar(text: str, verified: bool) -> PastedCalendar:
    """Read a paste; `verified` says that somebody compared it with the notices."""
    known: dict[date, int] = {}
    lines = []
    for number, raw in enumerate(clean_text(text).split("\n"), start=1):
        if raw.strip():
            lines.append(_read_line(number, raw.strip(), verified, known))
    return PastedCalendar(tuple(lines))


def _read_line(number: int, raw: str, verified: bool, known: dict[date, int]) -> CalendarLine:
    try:
        days, worked, source = _parts(raw)
    except _Unread as problem:
        return CalendarLine(number, raw, (), str(problem))
    for day in days:
        if day in known:
            return CalendarLine(number, raw, (), _(PROBLEMS["twice"]).format(line=known[day]))
    known.update(dict.fromkeys(days, number))
    return CalendarLine(number, raw, tuple(DayChange(day, worked, source, verified) for day in days), "")


class _Unread(Exception):
    """Why a line cannot be used, as a sentence."""


def _parts(raw: str) -> tuple[list[date], Worked, str]:
    found = _LINE.fullmatch(raw)
    if found is None:
        raise _Unread(_(PROBLEMS["day"]))
    days = _days(found["first"], found["last"] or found["first"])
    said, _dash, source = (
        part.strip() for part in re.sub(r"\s+[-–—]\s*|[–—;:]", "\0", found["rest"], count=1).partition("\0")
    )
    worked = SAYINGS.get(fold(said))
    if worked is None:
        raise _Unread(_(PROBLEMS["saying"]))
    if not fold(source):
        raise _Unread(_(PROBLEMS["source"]))
    if len(source) > LONGEST_SOURCE:
        raise _Unread(_(PROBLEMS["source_long"]).format(most=LONGEST_SOURCE))
    return days, worked, source


def _days(first: str, last: str) -> list[date]:
    try:
        begins, ends = read_day({"x": first}, "x"), read_day({"x": last}, "x")
    except Refused as refused:
        raise _Unread(_(PROBLEMS["day"])) from refused
    if begins is None or ends is None:
        raise _Unread(_(PROBLEMS["day"]))
    if not timedelta(0) <= ends - begins < timedelta(days=MOST_DAYS):
        raise _Unread(_(PROBLEMS["order"]).format(most=MOST_DAYS))
    return [begins + n * ONE_DAY for n in range((ends - begins).days + 1)]
