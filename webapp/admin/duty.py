"""The duty roster of a month: who is reached when something cannot wait."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask import request

from models.duty import DutyDay, get_month, save_month, take_turns
from models.refusals import Refused
from webapp.admin import admin
from webapp.admin.desk import (
    LATEST_YEAR,
    basis_of,
    check_basis,
    get_unit,
    go_on,
    read_number,
    status_of,
    today,
    undo,
    unit_for_change,
)
from webapp.db import page, session


@admin.get("/<unit_code>/truc")
def duty(unit_code: str) -> Any:
    """The roster of a month, day by day; `thang` in the address names another month."""
    return _page(unit_code)


@admin.post("/<unit_code>/truc")
def duty_save(unit_code: str) -> Any:
    """Store the whole month in one act, or only fill its empty working days in turn and show that."""
    unit = unit_for_change(unit_code)
    first = read_month(request.form.get("thang", ""), today())
    month = get_month(session(), unit, first)
    chosen = read_chosen(month, request.form, today())
    try:
        check_basis(_basis(month))
        if request.form.get("viec") == "lan_luot":
            return _page(unit_code, chosen=take_turns(month, chosen, today()))
        save_month(session(), unit, month, chosen, today())
    except Refused as refused:
        return _page(unit_code, refused, chosen)
    return go_on("duty_saved", "admin.duty", unit_code=unit_code, thang=f"{first:%Y-%m}", _month=f"{first:%m/%Y}")


def read_month(raw: str, day: date) -> date:
    """The first day of a month written 2026-12; the present month for anything else."""
    year, _dash, number = raw.partition("-")
    year_number, month_number = read_number(year), read_number(number)
    if 2000 <= year_number <= LATEST_YEAR and 1 <= month_number <= 12:
        return date(year_number, month_number, 1)
    return day.replace(day=1)


def read_chosen(month: Sequence[DutyDay], form: Mapping[str, str], since: date) -> dict[date, int | None]:
    """Who was chosen for each day; days that are over stay as they are stored."""
    return {
        line.day: line.chosen if line.day < since else read_number(form.get(f"ngay-{line.day:%d}", "")) or None
        for line in month
    }


def _basis(month: Sequence[DutyDay]) -> str:
    return basis_of([(line.day, line.chosen) for line in month])


def _page(unit_code: str, refused: Refused | None = None, chosen: Mapping[date, int | None] | None = None) -> Any:
    problem = undo(refused)
    unit = get_unit(unit_code)
    first = read_month(request.values.get("thang", ""), today())
    month = get_month(session(), unit, first)
    if chosen is None or (refused is not None and refused.code == "changed_meanwhile"):
        chosen = {line.day: line.chosen for line in month}
    return page(
        "admin/duty.html",
        status=status_of(refused),
        unit=unit,
        month=month,
        first=first,
        before=first - timedelta(days=1),
        after=month[-1].day + timedelta(days=1),
        today=today(),
        chosen=chosen,
        unsaved=any(chosen.get(line.day) != line.chosen for line in month),
        leaders=any(line.leaders for line in month),
        empty=sum(line.working and line.day >= today() and not chosen.get(line.day) for line in month),
        basis=_basis(month),
        problem=problem,
    )
