"""Pages of administrators. A view parses, calls one verb, renders."""

from typing import Any

from flask import abort, current_app, request

from models import Unit
from models.codes import read_typed_code
from vietnamese.calendar import local_day
from vietnamese.text import fold
from webapp.admin import admin
from webapp.admin.registry import codes_of, find_code, list_units, on_duty, posts_of, queue, units_of, workers
from webapp.auth import current_account, now
from webapp.db import page, session
from webapp.qr import link_of, qr_svg

NO_PHONE = ("127.0.0.1", "localhost", "0.0.0.0", "[::1]")  # noqa: S104
"""Hosts that no phone reaches."""


@admin.get("/")
def overview() -> Any:
    """Whether all runs, and the units with what is set up in each."""
    units, typed = _units(), request.args.get("tim", "")
    shown = [unit for unit in units if fold(typed) in fold(unit.name) or typed.strip() == unit.code]
    return page(
        "admin/overview.html",
        workers=workers(session(), now()),
        queue=queue(session(), units),
        lines=list_units(session(), shown, local_day(now())),
        total=len(units),
        typed=typed,
    )


@admin.get("/<unit_code>")
def unit(unit_code: str) -> Any:
    """Posts and who holds them today, the leader on duty, the codes."""
    chosen = next((unit for unit in _units() if unit.code == unit_code), None)
    if chosen is None:
        abort(404)
    today = local_day(now())
    return page(
        "admin/unit.html",
        unit=chosen,
        today=today,
        posts=posts_of(session(), chosen, today),
        on_duty=on_duty(session(), chosen, today),
        codes=codes_of(session(), chosen),
    )


@admin.get("/ma/<code>")
def poster(code: str) -> Any:
    """A code as a sheet to hang up."""
    found = find_code(session(), read_typed_code(code), _units())
    if found is None:
        abort(404)
    base_url = current_app.extensions["settings"].base_url
    link = link_of(base_url, found.code)
    reachable = not any(host in base_url for host in NO_PHONE)
    return page("admin/poster.html", code=found, link=link, qr=qr_svg(link), reachable=reachable)


def _units() -> list[Unit]:
    return units_of(session(), current_account().unit, local_day(now()))
