"""One transaction a request: a GET cannot write, a POST commits whole and only then renders.

Views that end in a page return `Page`; it is rendered after the commit, so that nobody waits for a
template while the write lock is held, and a citizen never reads a receipt that was not stored.
"""

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, cast

from flask import Flask, Response, current_app, g, render_template, request
from sqlalchemy.orm import Session

from models import Database


@dataclass(frozen=True)
class Page:
    """A template and what it shows, rendered after the transaction ended."""

    template: str
    values: dict[str, Any] = field(default_factory=dict)
    status: int = 200


def page(template: str, status: int = 200, **values: Any) -> Page:
    """What a view returns."""
    return Page(template, values, status)


def database() -> Database:
    """The database of this application."""
    return cast(Database, current_app.extensions["database"])


def session() -> Session:
    """The session of this request: read-only for GET, one write transaction otherwise.

    It begins when first asked for, so that a view can do slow work (checking a password) before it takes
    the write turn.
    """
    if "session" not in g:
        stack: ExitStack = g.writing if "writing" in g else g.setdefault("readings", ExitStack())
        door = database().writing if "writing" in g else database().reading
        g.session = stack.enter_context(door())
    return cast(Session, g.session)


def reader() -> Session:
    """A read-only session, also in a POST that changes nothing."""
    if "reader" not in g:
        g.reader = g.setdefault("readings", ExitStack()).enter_context(database().reading())
    return cast(Session, g.reader)


def close_session(_problem: BaseException | None = None) -> None:
    """End the reading sessions of a request."""
    g.pop("session", None)
    g.pop("reader", None)
    readings: ExitStack | None = g.pop("readings", None)
    if readings is not None:
        readings.close()


class UnitOfWork(Flask):
    """Flask whose dispatch is one transaction."""

    def dispatch_request(self) -> Any:
        """Run the view; returning commits, raising rolls back."""
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return super().dispatch_request()
        close_session()
        try:
            with ExitStack() as g.writing:
                return super().dispatch_request()
        finally:
            g.pop("writing", None)
            g.pop("session", None)

    def make_response(self, rv: Any) -> Response:
        """Render pages, now that the transaction is over."""
        if isinstance(rv, Page):
            rv = (render_template(rv.template, **rv.values), rv.status)
        return super().make_response(rv)
