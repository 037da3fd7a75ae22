"""Pages of citizens. A view parses, calls one verb, renders."""

import uuid
from datetime import timedelta
from typing import Any

from flask import current_app, request
from sqlalchemy.orm import Session

from models import AccessCode, Unit
from models.codes import follow_up_hash, grouped, is_follow_up_code, read_typed_code
from models.mergers import unit_on
from surveys.intake import Receipt, accept, find_access_code
from surveys.questions import LEVELS, Filled, read_form
from triage.casework.changing import ChangedMeanwhile
from triage.casework.following import follow
from triage.casework.withdrawing import withdraw
from vietnamese.calendar import local_day
from webapp.auth import now
from webapp.citizen import citizen
from webapp.citizen.forms import CitizenForm, questions_of, read_sender, read_submission_id, sentence
from webapp.db import database, page, reader, session
from webapp.qr import qr_svg

GRACE = timedelta(days=1)
"""A form opened before its code was retired is still accepted this long after."""


@citizen.get("/")
def home() -> Any:
    """What this is."""
    return page("citizen/home.html")


# Links in QR codes are in capitals; the address nearest to the function is the one url_for gives.
@citizen.get("/Q/<code>")
@citizen.get("/q/<code>")
def form(code: str) -> Any:
    """The questionnaire or box of a code. Writes nothing: a chat app's preview spends nothing."""
    access = find_access_code(session(), read_typed_code(code))
    if access is None or access.retired_at is not None:
        return _no_such_form(access)
    return page("citizen/form.html", form=CitizenForm(access, _unit_of(access), questions_of(access), uuid.uuid4()))


@citizen.post("/Q/<code>")
@citizen.post("/q/<code>")
def send(code: str) -> Any:
    """Accept a filled form, or show it again with everything that was typed."""
    access = find_access_code(reader(), read_typed_code(code))
    if access is None or (access.retired_at is not None and now() > access.retired_at + GRACE):
        return _no_such_form(access, request.form.get("comment", ""))
    submission_id, questions = read_submission_id(request.form), questions_of(access)
    filled = read_form(questions, request.form)
    if filled.problems:
        problems = {problem.key: sentence(problem) for problem in filled.problems}
        again = CitizenForm(access, _unit_of(access), questions, submission_id, request.form, problems)
        return page("citizen/form.html", status=422, form=again)
    sender = read_sender(request.form)
    receipt = accept(session(), database().keyring, submission_id, access, filled, now(), sender)
    return _thanks(access, filled, receipt)


def _thanks(access: AccessCode, filled: Filled, receipt: Receipt) -> Any:
    return page(
        "citizen/thanks.html",
        access=access,
        unit=_unit_of(access),
        receipt=receipt,
        rating=filled.overall,
        rating_words=LEVELS.get(filled.overall or 0, ""),
        code=grouped(receipt.code),
        qr=qr_svg(_link(f"/T/{receipt.code}"), for_print=False),
        address=_link("/theo-doi").partition("://")[2],
        new_id=uuid.uuid4() if receipt.changed else None,
        form=request.form,
    )


@citizen.get("/THEO-DOI")
@citizen.get("/theo-doi")
def follow_up() -> Any:
    """Where a citizen types the code."""
    return page("citizen/follow.html", typed="", problem=None, progress=None)


@citizen.post("/theo-doi")
def follow_up_typed() -> Any:
    """Look a typed code up; sent by POST so that it stays out of the address and the history."""
    return _progress(request.form.get("code", ""))


@citizen.post("/theo-doi/rut")
def take_back() -> Any:
    """Take back what was sent: the first press asks once more, the second does it."""
    typed = request.form.get("code", "")
    code = read_typed_code(typed)
    if not is_follow_up_code(code) or "chac-chan" not in request.form:
        return _progress(typed, asking=True)
    try:
        withdraw(session(), follow_up_hash(database().keyring, code), now())
        session().flush()
    except ChangedMeanwhile:
        # Somebody works on it at this moment: the citizen presses once more.
        session().rollback()
        return _progress(typed, asking=True)
    return _progress(typed, after=session())


@citizen.get("/T/<code>")
@citizen.get("/t/<code>")
def follow_up_link(code: str) -> Any:
    """The link in the receipt's QR."""
    return _progress(code)


def _progress(typed: str, asking: bool = False, after: Session | None = None) -> Any:
    code = read_typed_code(typed)
    if not is_follow_up_code(code):
        return page("citizen/follow.html", status=422, typed=typed, problem="mistyped", progress=None)
    progress = follow(after or reader(), follow_up_hash(database().keyring, code), local_day(now()))
    if progress is None:
        return page("citizen/follow.html", status=404, typed=typed, problem="unknown", progress=None)
    return page("citizen/follow.html", typed=grouped(code), problem=None, progress=progress, now=now(), asking=asking)


def _no_such_form(access: AccessCode | None, text: str = "") -> Any:
    unit = _unit_of(access) if access else None
    return page("citizen/no_form.html", status=410 if access else 404, access=access, unit=unit, text=text)


def _unit_of(access: AccessCode) -> Unit:
    """The unit that stands today behind a code: its own, or whoever took that over."""
    return unit_on(reader(), access.unit, local_day(now()))


def _link(path: str) -> str:
    return str(current_app.extensions["settings"].base_url) + path
