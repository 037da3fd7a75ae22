"""Invitations: one person's, or everybody's on one page of slips to cut and hand over."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import current_app, redirect, request, url_for
from markupsafe import Markup

from models import Account, Officer, Role, Unit
from webapp.admin import admin
from webapp.admin.desk import get_unit, today, unit_for_change
from webapp.admin.staff import Access, PersonLine, people_of
from webapp.auth import now
from webapp.db import database, page, session
from webapp.invitations import invite, keep_account, link_of_invitation
from webapp.qr import qr_svg


@dataclass(frozen=True)
class Slip:
    """What is handed to one person: link, its QR, the sign-in name for later; all of it shown once."""

    name: str
    title: str
    username: str
    link: str
    qr: Markup
    until: datetime | None


@admin.get("/<unit_code>/nguoi/moi")
def invite_all_again(unit_code: str) -> Any:
    """Slips are shown once; whoever opens their address later finds the list of people."""
    return redirect(url_for("admin.people", unit_code=get_unit(unit_code).code))


@admin.post("/<unit_code>/nguoi/moi")
def invite_all(unit_code: str) -> Any:
    """Invite everybody who holds a post and was not invited; with `lai` also those who have not come in yet."""
    unit = unit_for_change(unit_code)
    chosen = uninvited(people_of(session(), unit, now(), today()), again="lai" in request.form)
    slips = [slip_of(unit, session().get_one(Officer, line.id), line) for line in chosen]
    if not slips:
        return redirect(url_for("admin.people", unit_code=unit_code), 303)
    return page("admin/slips.html", unit=unit, slips=slips)


def uninvited(people: list[PersonLine], again: bool = False) -> list[PersonLine]:
    """Who holds a post and needs an invitation; `again`: or has not used one yet."""
    wanted = {Access.NONE, Access.ENDED} | ({Access.INVITED} if again else set())
    return [line for line in people if line.held and line.access in wanted]


def slip_of(unit: Unit, officer: Officer, line: PersonLine) -> Slip:
    """A new one-time invitation; the one before ends."""
    account = _account(unit, officer)
    link = link_of_invitation(
        current_app.extensions["settings"].base_url, invite(session(), database().keyring, account, now())
    )
    titles = "; ".join(held.title for held in line.held)
    return Slip(line.name, titles, account.username, link, qr_svg(link, for_print=False), account.invited_until)


def _account(unit: Unit, officer: Officer) -> Account:
    """The account a person has, whatever its name; else a new one named after unit and staff code."""
    known = session().scalars(sa.select(Account).where(Account.officer_id == officer.id)).first()
    if known is not None:
        return known
    wanted = f"{unit.code}.{officer.staff_code}".lower()
    taken = set(session().scalars(sa.select(Account.username).where(Account.username.startswith(wanted))))
    free = next(name for n in range(len(taken) + 1) if (name := f"{wanted}{n or ''}") not in taken)
    return keep_account(session(), free, Role.OFFICER, unit, officer)
