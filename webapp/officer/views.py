"""Pages of officers and leaders. A view parses, calls one verb, renders."""

from typing import Any

from webapp.db import page
from webapp.officer import officer


@officer.get("/")
def inbox() -> Any:
    """What is owed, most pressing first."""
    return page("officer/inbox.html")
