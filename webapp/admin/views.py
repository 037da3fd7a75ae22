"""Pages of administrators. A view parses, calls one verb, renders."""

from typing import Any

from webapp.admin import admin
from webapp.db import page


@admin.get("/")
def overview() -> Any:
    """What is set up."""
    return page("admin/overview.html")
