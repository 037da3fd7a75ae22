"""The first pages of administrators: all units, one unit, a sheet to print. A view parses, calls one verb, renders."""

from typing import Any

from flask import abort, current_app, request

from models import Unit
from models.codes import read_typed_code
from models.contacts import change_contact
from models.refusals import Refused
from triage.casework.signing import alone_in, set_alone
from vietnamese.text import fold
from webapp.admin import admin
from webapp.admin.checklist import checks_of
from webapp.admin.desk import basis_of, check_basis, get_unit, go_on, my_units, status_of, today, typed, undo
from webapp.admin.desk import unit_for_change as for_change
from webapp.admin.registry import find_code, list_units, on_duty, posts_of, queue, workers
from webapp.auth import now
from webapp.db import page, session
from webapp.qr import link_of, qr_svg


@admin.get("/")
def overview() -> Any:
    """Whether all runs, and the units with what is set up in each."""
    units, looked_for = my_units(), request.args.get("tim", "")
    shown = [unit for unit in units if fold(looked_for) in fold(unit.name) or looked_for.strip() == unit.code]
    return page(
        "admin/overview.html",
        workers=workers(session(), now()),
        queue=queue(session(), units),
        lines=list_units(session(), shown, today()),
        total=len(units),
        typed=looked_for,
    )


@admin.get("/<unit_code>")
def unit(unit_code: str) -> Any:
    """What is missing before the unit can receive, who holds what today, how citizens reach it."""
    return _unit(unit_code)


@admin.post("/<unit_code>")
def unit_change(unit_code: str) -> Any:
    """Store address and hotline."""
    chosen = for_change(unit_code)
    try:
        check_basis(_basis(chosen))
        change_contact(session(), chosen, typed(request.form, "dia_chi"), typed(request.form, "duong_day_nong"))
    except Refused as refused:
        return _unit(unit_code, refused)
    return go_on("unit_saved", "admin.unit", unit_code=unit_code)


@admin.post("/<unit_code>/ky")
def signing_save(unit_code: str) -> Any:
    """Store which kinds officers answer without a leader's signature."""
    chosen = for_change(unit_code)
    set_alone(session(), chosen.id, request.form.getlist("tu_ky"))
    return go_on("signing_saved", "admin.unit", unit_code=unit_code, _anchor="ky")


@admin.get("/ma/<code>")
def poster(code: str) -> Any:
    """A code as a sheet to hang up."""
    found = find_code(session(), read_typed_code(code), my_units(), today())
    if found is None:
        abort(404)
    link = link_of(current_app.extensions["settings"].base_url, found.code)
    return page("admin/poster.html", code=found, link=link, qr=qr_svg(link))


def _unit(unit_code: str, refused: Refused | None = None) -> Any:
    problem = undo(refused)
    chosen = get_unit(unit_code)
    stored = {"dia_chi": chosen.address or "", "duong_day_nong": chosen.hotline or ""}
    keep_typed = refused is not None and refused.code != "changed_meanwhile"
    return page(
        "admin/unit.html",
        status=status_of(refused),
        unit=chosen,
        today=today(),
        workers=workers(session(), now()),
        checks=checks_of(session(), chosen, now(), today()),
        posts=posts_of(session(), chosen, today()),
        on_duty=on_duty(session(), chosen, today()),
        values=request.form if keep_typed else stored,
        meant=request.form if refused and not keep_typed else {},
        basis=_basis(chosen),
        alone=alone_in(session(), chosen.id),
        problem=problem,
    )


def _basis(chosen: Unit) -> str:
    return basis_of(chosen.address, chosen.hotline)
