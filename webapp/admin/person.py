"""The page of one person: name, posts held and held before, standing in, leaving, the invitation."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import abort, request

from models import Officer, Tenure, Unit
from models.refusals import Refused
from models.tenures import change_person, end_tenure, leave, move_to, strike, take_post
from webapp.admin import admin
from webapp.admin.desk import (
    basis_of,
    check_basis,
    get_unit,
    go_on,
    read_day,
    read_number,
    status_of,
    today,
    undo,
    unit_for_change,
)
from webapp.admin.inviting import slip_of
from webapp.admin.people import chosen_post, read_person
from webapp.admin.registry import posts_of
from webapp.admin.staff import PersonLine, person_of, tenure_of
from webapp.auth import now
from webapp.db import page, session


@admin.get("/<unit_code>/nguoi/<person>")
def person(unit_code: str, person: str) -> Any:
    """One person."""
    return _page(unit_code, person)


@admin.post("/<unit_code>/nguoi/<person>")
def person_change(unit_code: str, person: str) -> Any:
    """One act on a person; `viec` names it."""
    unit = unit_for_change(unit_code)
    officer = _officer(unit, person)
    act = ACTS.get(request.form.get("viec", "")) or abort(404)
    try:
        check_basis(_basis(_line(unit, person)))
        code, words = act(unit, officer)
    except Refused as refused:
        return _page(unit_code, person, refused)
    return go_on(code, "admin.person", unit_code=unit_code, person=person, **words)


@admin.post("/<unit_code>/nguoi/<person>/moi")
def person_invite(unit_code: str, person: str) -> Any:
    """A new one-time invitation, shown this once; the one before ends."""
    unit = unit_for_change(unit_code)
    officer = _officer(unit, person)
    try:
        if not _line(unit, person).held:
            raise Refused("no_post_held", "moi")
        slip = slip_of(unit, officer, _line(unit, person))
    except Refused as refused:
        return _page(unit_code, person, refused)
    return page("admin/invited.html", unit=unit, person=_line(unit, person), slip=slip)


def _rename(unit: Unit, officer: Officer) -> tuple[str, dict[str, Any]]:
    wanted = read_person(request.form)
    if wanted != (officer.full_name, officer.gender, officer.phone or ""):
        change_person(session(), officer, *wanted)
    return "person_saved", {"_name": officer.full_name}


def _take(unit: Unit, officer: Officer) -> tuple[str, dict[str, Any]]:
    chosen, first = chosen_post(unit, request.form), _day("tu")
    before = _tenure(officer, "thay_cho") if request.form.get("thay_cho") else None
    if before is None:
        take_post(session(), officer, chosen, first)
    else:
        move_to(session(), before, chosen, first)
    return "post_taken", {"_name": officer.full_name, "_title": chosen.title, "_first": first}


def _stand_in(unit: Unit, officer: Officer) -> tuple[str, dict[str, Any]]:
    chosen, first = chosen_post(unit, request.form), _day("tu")
    last = read_day(request.form, "den", required=False)
    if last is None:
        raise Refused("last_missing", "den")
    take_post(session(), officer, chosen, first, last, stand_in=True)
    return "standing_in", {"_name": officer.full_name, "_title": chosen.title, "_first": first, "_last": last}


def _end(unit: Unit, officer: Officer) -> tuple[str, dict[str, Any]]:
    tenure, last = _tenure(officer, "dong"), _day("den")
    end_tenure(session(), tenure, last)
    return "tenure_ended", {"_name": officer.full_name, "_title": tenure.post.title, "_last": last}


def _strike(unit: Unit, officer: Officer) -> tuple[str, dict[str, Any]]:
    strike(session(), _tenure(officer, "dong"), today())
    return "tenure_struck", {}


def _leave(unit: Unit, officer: Officer) -> tuple[str, dict[str, Any]]:
    last = _day("den")
    leave(session(), officer, last, today())
    return "person_left", {"_name": officer.full_name, "_last": last}


Act = Callable[[Unit, Officer], tuple[str, dict[str, Any]]]
ACTS: dict[str, Act] = {
    "ten": _rename, "giu": _take, "thay": _stand_in, "thoi": _end, "bo": _strike, "roi": _leave,
}  # fmt: skip


def _day(name: str) -> date:
    day = read_day(request.form, name)
    if day is None:
        raise Refused("day_missing", name)
    return day


def _tenure(officer: Officer, name: str) -> Tenure:
    found = tenure_of(session(), officer.id, read_number(request.form.get(name, "")))
    if found is None:
        raise Refused("tenure_unknown")
    return found


def _officer(unit: Unit, raw: str) -> Officer:
    officer = session().get(Officer, read_number(raw))
    return officer if officer is not None and officer.unit_id == unit.id else abort(404)


def _line(unit: Unit, raw: str) -> PersonLine:
    return person_of(session(), unit, read_number(raw), now(), today()) or abort(404)


def _basis(line: PersonLine) -> str:
    # Not the invitation: whether it was accepted meanwhile changes nothing here.
    return basis_of(line.name, line.gender, line.phone, line.tenures)


def _page(unit_code: str, person: str, refused: Refused | None = None) -> Any:
    act = request.form.get("viec", "")
    problem = undo(refused, f"{act}{request.form['dong']}-" if request.form.get("dong") else f"{act}-")
    unit = get_unit(unit_code)
    line = _line(unit, person)
    stored = {"ten": line.name, "gioi": line.gender, "dien_thoai": line.phone}
    return page(
        "admin/person.html",
        status=status_of(refused),
        unit=unit,
        person=line,
        posts=posts_of(session(), unit, today()),
        act=act,
        typed=request.form if refused else {},
        stored=stored,
        today=today(),
        basis=_basis(line),
        problem=problem,
    )
