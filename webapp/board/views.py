"""Pages of the emulation board. A view parses, calls one verb, renders."""

from typing import Any

from webapp.board import board
from webapp.db import page


@board.get("/")
def comparison() -> Any:
    """All communes beside each other."""
    return page("board/comparison.html")
