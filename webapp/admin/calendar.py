"""The year's days that differ from Monday to Friday, where each is from, and what a change would move."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import holidays
import sqlalchemy as sa
from flask import request

from models import CalendarDay, Unit, UnitKind
from models.refusals import Refused
from triage.casework.calendars import calendar_of
from triage.casework.redating import DayChange, Shift, change_days, changed_calendar, own_days, shifts
from vietnamese.calendar import NATIONAL, SWAPS, WorkCalendar, Worked, local_day
from vietnamese.text import fold
from webapp.admin import admin
from webapp.admin.calendar_lines import LONGEST_SOURCE, MOST_LINES, PastedCalendar, read_calendar
from webapp.admin.desk import (
    LATEST_YEAR,
    basis_of,
    check_basis,
    get_unit,
    go_on,
    read_day,
    read_number,
    status_of,
    today,
    typed,
    undo,
    unit_for_change,
)
from webapp.auth import current_account, now
from webapp.db import page, session
from webapp.reasons import kind_words
from webapp.words import day as day_words

PASTING = ("dan", "xem_dan")


@dataclass(frozen=True)
class CalendarLine:
    """One day that differs: how it is worked, why, by whom it was said: own, province or built_in."""

    day: date
    worked: Worked
    name: str
    said_by: str
    source: str
    verified: bool


@dataclass(frozen=True)
class Previewed:
    """What was asked for and not stored yet: the days, and whose answers would be due on another day."""

    changes: tuple[DayChange, ...]
    shifts: tuple[Shift, ...]


@admin.get("/<unit_code>/lich")
def calendar(unit_code: str) -> Any:
    """The days of a year; `nam` in the address names another year, `ngay` a day to change."""
    return _page(unit_code)


@admin.post("/<unit_code>/lich")
def calendar_change(unit_code: str) -> Any:
    """Say how one day or several are worked, take one back, or mark the unit as remote; `xem` only shows."""
    unit = unit_for_change(unit_code)
    pasted = read_calendar(request.form.get("danh_sach", ""), _is_verified())
    try:
        check_basis(_basis(unit, _year()))
        if request.form.get("viec") == "vung":
            unit.remote = request.form.get("vung_xa") == "on" and unit.kind is not UnitKind.PROVINCE
            return go_on("remote_saved", "admin.calendar", unit_code=unit_code)
        changes = _pasted_changes(pasted) if request.form.get("viec") in PASTING else _one_change(unit)
        if request.form.get("viec") in ("xem", "xem_dan"):
            return _page(unit_code, pasted=pasted, previewed=_preview(unit, changes))
        change_days(session(), unit, changes, current_account().id, now())
    except Refused as refused:
        return _page(unit_code, refused, pasted)
    return go_on("calendar_saved", "admin.calendar", unit_code=unit_code, nam=changes[0].day.year, _count=len(changes))


def year_lines(
    unit: Unit, own: dict[date, CalendarDay], above: dict[date, CalendarDay], year: int
) -> list[CalendarLine]:
    """Days of a year that are not worked as Monday to Friday are, and those somebody said something of."""
    names = holidays.country_holidays("VN", years=year, language="vi")
    lines = []
    for day in (date(year, 1, 1) + timedelta(days=n) for n in range(366)):
        usual = Worked.BOTH if day.weekday() < 5 else Worked.NONE
        row = own.get(day) or above.get(day)
        worked = row.worked if row else NATIONAL.worked(day)
        if day.year == year and (row or worked is not usual):
            said_by = "own" if day in own else "province" if row else "built_in"
            lines.append(CalendarLine(day, worked, names.get(day, ""), said_by, row.source if row else "",
                                      row.verified if row else False))  # fmt: skip
    return lines


def _pasted_changes(pasted: PastedCalendar) -> tuple[DayChange, ...]:
    if not pasted.lines:
        raise Refused("calendar_empty", "danh_sach")
    if len(pasted.lines) > MOST_LINES:
        raise Refused("too_many_lines", "danh_sach", most=MOST_LINES)
    if request.form.get("viec") == "dan" and not pasted.good:
        raise Refused("lines_bad", "danh_sach")
    return pasted.changes


def _one_change(unit: Unit) -> tuple[DayChange, ...]:
    day = read_day(request.form, "ngay")
    assert day is not None
    if request.form.get("viec") == "bo":
        if session().get(CalendarDay, (unit.id, day)) is None:
            raise Refused("calendar_day_unknown")
        return (DayChange(day, None),)
    return (DayChange(day, _worked(), _source(), _is_verified()),)


def _is_verified() -> bool:
    return request.form.get("doi_chieu") == "on"


def _worked() -> Worked:
    raw = request.form.get("lam", "")
    if raw not in list(Worked):
        raise Refused("worked_unknown", "lam")
    return Worked(raw)


def _source() -> str:
    source = typed(request.form, "nguon")
    if not fold(source):
        raise Refused("source_missing", "nguon")
    if len(source) > LONGEST_SOURCE:
        raise Refused("too_long", "nguon", most=LONGEST_SOURCE)
    return source


def _preview(unit: Unit, changes: Sequence[DayChange]) -> Previewed:
    before = calendar_of(session(), unit.id)
    beneath = WorkCalendar() if unit.kind is UnitKind.PROVINCE else _province_calendar(unit)
    after = changed_calendar(before, changes, beneath)
    return Previewed(tuple(changes), tuple(shifts(before, after, today(), now())))


def _province_of(unit: Unit) -> list[int]:
    if unit.kind is UnitKind.PROVINCE:
        return []
    provinces = sa.select(Unit.id).where(Unit.kind == UnitKind.PROVINCE, Unit.province_code == unit.province_code)
    return list(session().scalars(provinces.order_by(Unit.id)))


def _province_calendar(unit: Unit) -> WorkCalendar:
    rows = sa.select(CalendarDay.day, CalendarDay.worked).where(CalendarDay.unit_id.in_(_province_of(unit)))
    return WorkCalendar({day: worked for day, worked in session().execute(rows)})


def _above(unit: Unit, year: int) -> dict[date, CalendarDay]:
    above: dict[date, CalendarDay] = {}
    for province in _province_of(unit):
        above |= own_days(session(), province, year)
    return above


def _year() -> int:
    asked = read_number(request.values.get("nam", ""))
    return asked if 2020 <= asked <= LATEST_YEAR else today().year


def _basis(unit: Unit, year: int) -> str:
    own, above = own_days(session(), unit.id, year), _above(unit, year)
    said = [(row.day, row.worked, row.source, row.verified) for rows in (own, above) for row in rows.values()]
    return basis_of(unit.remote, sorted(said))


def _typed_day(lines: Sequence[CalendarLine]) -> dict[str, str]:
    """What the form begins with: the day the address names, as it stands."""
    raw = request.args.get("ngay", "")
    line = next((line for line in lines if line.day.isoformat() == raw), None)
    if line is None:
        return {"lam": Worked.NONE}
    return {"ngay": line.day.strftime("%d/%m/%Y"), "lam": line.worked, "nguon": line.source}


def _page(
    unit_code: str,
    refused: Refused | None = None,
    pasted: PastedCalendar | None = None,
    previewed: Previewed | None = None,
) -> Any:
    problem = undo(refused)
    unit, year = get_unit(unit_code), _year()
    lines = year_lines(unit, own_days(session(), unit.id, year), _above(unit, year), year)
    return page(
        "admin/calendar.html",
        status=status_of(refused),
        unit=unit,
        year=year,
        today=today(),
        lines=lines,
        unknown=year >= today().year and not any(day.year == year for day in SWAPS) and not _has_rows(lines),
        province=unit.kind is UnitKind.PROVINCE,
        values=request.form if request.form else _typed_day(lines),
        pasted=pasted,
        previewed=previewed,
        basis=_basis(unit, year),
        kind_words=kind_words,
        due_day=lambda due: day_words(local_day(due)),
        problem=problem,
    )


def _has_rows(lines: Sequence[CalendarLine]) -> bool:
    return any(line.said_by != "built_in" for line in lines)
