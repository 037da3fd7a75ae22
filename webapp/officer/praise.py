"""Praise that names whoever is signed in."""

from typing import Any

from triage.casework.praising import MOST_SHOWN, count_new, count_praises, praises_of
from triage.casework.verifying import invitations_of
from webapp.auth import current_account, now, viewer
from webapp.db import page, session
from webapp.officer import officer


@officer.get("/loi-khen")
def praise() -> Any:
    """What people wrote in praise of this officer: words, day and place, never who."""
    found, total = praises_of(session(), viewer(), now()), count_praises(session(), viewer())
    return page("officer/praise.html", praises=found, total=total, most=MOST_SHOWN)


@officer.context_processor
def new_praise() -> dict[str, Any]:
    """Asked for by the inbox, and by the own pages for the way to an invitation."""
    return {
        "new_praises": lambda: count_new(session(), viewer(), now()),
        "was_invited": lambda: bool(invitations_of(session(), current_account())),
    }
