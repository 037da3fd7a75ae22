"""How one person signs in, as the administrator may mend it: end all sessions, take a lost second factor away."""

import logging
from typing import Any

import sqlalchemy as sa
from flask import abort, request

from models import Account, Officer, Unit
from webapp import second_factors, sign_ins
from webapp.admin import admin
from webapp.admin.desk import get_unit, go_on, read_number, today, unit_for_change
from webapp.admin.staff import person_of
from webapp.auth import begun_after, current_account, now
from webapp.db import page, session

log = logging.getLogger(__name__)


@admin.get("/<unit_code>/nguoi/<person>/dang-nhap")
def person_sign_in(unit_code: str, person: str) -> Any:
    """At how many places the person is signed in, and whether a second factor is set up; never where."""
    unit = get_unit(unit_code)
    account = _account(unit, person)
    return page(
        "admin/person_sign_in.html",
        unit=unit,
        person=person_of(session(), unit, read_number(person), now(), today()),
        places=len(sign_ins.living(session(), account, begun_after())),
        enrolled=second_factors.has_second_factor(session(), account.id),
        demanded=second_factors.needs_second_factor(session(), account, today()),
    )


@admin.post("/<unit_code>/nguoi/<person>/dang-nhap")
def person_sign_in_change(unit_code: str, person: str) -> Any:
    """End all sessions, and with `viec=go` take the second factor away too; the log keeps who did it."""
    account = _account(unit_for_change(unit_code), person)
    done = "sessions_ended"
    if request.form.get("viec") == "go":
        done = "second_factor_removed"
        second_factors.remove(session(), account.id)
    sign_ins.end_all(session(), account, now())
    log.warning("%s: account %s, by account %s", done, account.id, current_account().id)
    name = account.officer.full_name if account.officer else account.username
    return go_on(done, "admin.person_sign_in", unit_code=unit_code, person=person, _name=name)


def _account(unit: Unit, raw: str) -> Account:
    """The account of a person of the unit; anybody else's looks like none."""
    mine = sa.select(Account).join(Officer, Officer.id == Account.officer_id)
    of_unit = mine.where(Officer.id == read_number(raw), Officer.unit_id == unit.id)
    return session().scalars(of_unit).first() or abort(404)
