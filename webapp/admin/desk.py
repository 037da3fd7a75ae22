"""What every act of an administrator shares: his units, the lock, whether the form is still true, the way on."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from models import Unit
from models.refusals import Refused
from surveys.questions import clean_text
from vietnamese.calendar import local_day
from webapp.admin.registry import units_of
from webapp.admin.sentences import Problem, tell_done, tell_refused
from webapp.auth import current_account, now
from webapp.db import session

LATEST_YEAR = 2099


def today() -> date:
    """The day in Vietnam."""
    return local_day(now())


def my_units() -> list[Unit]:
    """The units the administrator of this request looks after."""
    return units_of(session(), current_account().unit, today())


def get_unit(unit_code: str) -> Unit:
    """One of them by its code; any other unit looks like none."""
    chosen = next((unit for unit in my_units() if unit.code == unit_code), None)
    return chosen or abort(404)


def unit_for_change(unit_code: str) -> Unit:
    """The unit for an act: one act at a time, so that nobody changes what somebody else is changing."""
    unit = get_unit(unit_code)
    # FOR NO KEY UPDATE: citizens' rows that point at the unit need not wait.
    mine = sa.select(Unit).where(Unit.id == unit.id).with_for_update(key_share=True)
    return session().scalars(mine.execution_options(populate_existing=True)).one()


def typed(form: Mapping[str, str], name: str) -> str:
    """One field as it is kept: cleaned, on one line."""
    return " ".join(clean_text(form.get(name, "")).split())


def read_number(raw: str) -> int:
    """A number of an address or a form; 0, which nothing has, when it is none."""
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 10 else 0


def read_day(form: Mapping[str, str], name: str, required: bool = True) -> date | None:
    """A day as people type it (1/12/2026, 1.12.2026) or as files have it (2026-12-01); raises Refused for another."""
    raw = typed(form, name)
    if not raw and not required:
        return None
    parts = [read_number(part) for part in re.split(r"[-/. ]+", raw)]
    if len(parts) == 3 and parts[0] < 100:
        parts.reverse()
    try:
        day = date(*parts) if len(parts) == 3 else None
    except ValueError:
        day = None
    if day is None or not 1970 <= day.year <= LATEST_YEAR:
        raise Refused("day_unreadable" if raw else "day_missing", name)
    return day


def basis_of(*shown: Any) -> str:
    """A mark of what a form was based on; it differs when what was shown differs."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def check_basis(now_shown: str) -> None:
    """Raises Refused when somebody else changed what this form was based on."""
    if request.form.get("can_cu", "") != now_shown:
        raise Refused("changed_meanwhile")


def undo(refused: Refused | None, prefix: str = "") -> Problem | None:
    """Drop what the refused act had begun, and say why; what a page shows is loaded only after this."""
    if refused is None:
        return None
    session().rollback()
    return tell_refused(refused, prefix)


def go_on(done: str, endpoint: str, /, **values: Any) -> Response:
    """The page after an act, which says once what was done; words for the sentence start with an underscore."""
    words = {name[1:]: values.pop(name) for name in list(values) if name.startswith("_") and name != "_anchor"}
    flash(tell_done(done, **words), "done")
    return redirect(url_for(endpoint, **values), 303)


def status_of(refused: Refused | None) -> int:
    """409 when somebody was faster, 422 when something must be mended."""
    if refused is None:
        return 200
    return 409 if refused.code == "changed_meanwhile" else 422
