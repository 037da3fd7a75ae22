"""Friendly pages for everything that can go wrong; what a citizen typed is never lost."""

import logging

import sqlalchemy as sa
from flask import Flask, g, render_template, request
from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge

from models import DatabaseBusy
from models.encryption import CannotUnseal

log = logging.getLogger(__name__)


def handle_errors(app: Flask) -> None:
    """Install the handlers."""
    for problem in (DatabaseBusy, sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError):
        app.register_error_handler(problem, try_again)
    app.register_error_handler(sa.exc.DataError, unusable)
    app.register_error_handler(HTTPException, http_problem)
    app.register_error_handler(Exception, surprise)


def try_again(problem: Exception) -> tuple[str, int, dict[str, str]]:
    """The database is busy or away: keep the text in the page and offer to send it again.

    This page needs no database, because there is none just now.
    """
    # Only the class: a driver's message may quote a statement's values.
    log.error("database away or busy: %s", type(problem).__name__)
    g.database_away = True
    body = render_template("errors/try_again.html", form=_typed(), target=request.full_path.rstrip("?"))
    return body, 503, {"Retry-After": "5"}


def unusable(_problem: sa.exc.DataError) -> tuple[str, int] | HTTPException:
    """A value no database can hold (a NUL in an address, an endless number): such a thing is not found."""
    return http_problem(NotFound())


def http_problem(problem: HTTPException) -> tuple[str, int] | HTTPException:
    """404, 403, 405, 413, …: say where to go, and give back what was written."""
    if problem.code is None or problem.code < 400:
        return problem
    return render_template("errors/problem.html", code=problem.code, typed=_typed()), problem.code


def surprise(problem: Exception) -> tuple[str, int]:
    """A fault of ours: logged by its kind and place, told plainly, text kept where there is one."""
    quiet = isinstance(problem, CannotUnseal)
    log.error("fault on %s %s", request.method, request.endpoint, exc_info=None if quiet else problem)
    return render_template("errors/fault.html", form=_typed(), target=request.full_path.rstrip("?")), 500


def _typed() -> dict[str, list[str]]:
    """What the form held, field by field; nothing when there is none, or when it is too large to read."""
    if request.method != "POST":
        return {}
    try:
        return dict(request.form.lists())
    except RequestEntityTooLarge:
        return {}
