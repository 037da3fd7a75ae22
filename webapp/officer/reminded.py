"""What an officer is reminded of at the top of the inbox."""

from typing import Any

from triage.casework.reminding import Reminders, reminders_for
from webapp.auth import now, viewer
from webapp.db import session
from webapp.officer import officer


@officer.context_processor
def reminders() -> dict[str, Any]:
    """Asked for by the inbox alone, so that no other page waits for it."""
    return {"reminders_now": _reminders_now}


def _reminders_now() -> Reminders:
    return reminders_for(session(), viewer(), now())
