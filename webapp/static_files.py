"""Static files carry the digest of their content in their address: kept for a year, never stale after an upgrade."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask


def install(app: Flask) -> None:
    """Add the digest to every address of a static file."""
    folder = Path(app.static_folder or "")

    @cache
    def digest(name: str) -> str | None:
        path = folder / name
        return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else None

    @app.url_defaults
    def add_digest(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "v" not in values:
            values["v"] = digest(values["filename"])
