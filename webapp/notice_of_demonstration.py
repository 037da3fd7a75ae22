"""A demonstration says on every page that it is one: its people and events are invented."""

import sqlalchemy as sa
from flask import Flask, current_app, g

from models import Account
from webapp.db import reader


def install(app: Flask) -> None:
    """Let templates ask whether this installation is a demonstration."""
    app.jinja_env.globals["is_demonstration"] = is_demonstration


def is_demonstration() -> bool:
    """Whether the database holds demonstration accounts; asked once, and no longer once the answer is yes.

    While the database is away nobody asks it: that page must work without.
    """
    known: dict[str, bool] = current_app.extensions.setdefault("demonstration", {})
    if not known.get("yes") and "database_away" not in g:
        known["yes"] = bool(reader().scalar(sa.select(sa.exists().where(Account.demonstration))))
    return known.get("yes", False)
