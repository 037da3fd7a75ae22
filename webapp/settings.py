"""Settings: read once from LANGNGHE_* variables, frozen, every problem reported at once."""

import logging
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa

log = logging.getLogger(__name__)


class BadSettings(Exception):
    """One or more settings cannot be used; the message lists all of them."""


@dataclass(frozen=True)
class Setting:
    """One variable: its name after LANGNGHE_, default as text, and what it is for."""

    name: str
    default: str
    meaning: str

    @property
    def variable(self) -> str:
        """Name in the environment."""
        return f"LANGNGHE_{self.name}"


SETTINGS = (
    Setting("DATA_DIR", "var", "folder for database, keys and generated files"),
    Setting(
        "DATABASE_URL",
        "",
        "sqlite:///path or postgresql://user:password@host/name; empty: langnghe.sqlite in the data folder",
    ),
    Setting(
        "KEYS_FILE",
        "",
        "file with the keys; empty: keys.json in the data folder. Never back it up with the data",
    ),
    Setting("HOST", "127.0.0.1", "address the web server listens on"),
    Setting("PORT", "8000", "port the web server listens on"),
    Setting("BASE_URL", "", "address that phones reach, printed in QR codes; empty: http://HOST:PORT"),
    Setting("WEB_WORKERS", "2", "web processes"),
    Setting("WEB_THREADS", "4", "threads a web process"),
    Setting("WORKER_PAUSE", "1.0", "seconds the background worker sleeps when there is nothing to do"),
    Setting("CLASSIFIER", "", "classifier file; empty: the one built at installation"),
    Setting("TRUSTED_PROXIES", "0", "number of reverse proxies whose X-Forwarded headers are believed"),
)


@dataclass(frozen=True)
class Settings:
    """All settings of one process."""

    data_dir: Path
    database_url: str
    keys_file: Path
    host: str
    port: int
    base_url: str
    web_workers: int
    web_threads: int
    worker_pause: float
    classifier: Path
    trusted_proxies: int

    @property
    def is_https(self) -> bool:
        """Whether people reach the service over TLS; then cookies are sent over nothing else."""
        return self.base_url.startswith("https://")


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the environment; raises BadSettings naming every bad or unknown variable."""
    environment = os.environ if environment is None else environment
    raw = {s.name: environment.get(s.variable, "").strip() or s.default for s in SETTINGS}
    problems: list[str] = []
    for name in strays(environment):
        log.warning("%s is not a setting and is ignored: a typing error?", name)
    numbers = {
        name: _number(name, raw[name], kind, low, high, problems)
        for name, kind, low, high in (
            ("PORT", int, 1, 65535),
            ("WEB_WORKERS", int, 1, 64),
            ("WEB_THREADS", int, 1, 64),
            ("WORKER_PAUSE", float, 0.01, 3600),
            ("TRUSTED_PROXIES", int, 0, 5),
        )
    }
    data_dir = Path(raw["DATA_DIR"]).absolute()
    database_url = raw["DATABASE_URL"] or f"sqlite:///{data_dir / 'langnghe.sqlite'}"
    base_url = (raw["BASE_URL"] or f"http://{_reachable(raw['HOST'])}:{raw['PORT']}").rstrip("/")
    _check_database_url(database_url, problems)
    _check_base_url(base_url, problems)
    if problems:
        raise BadSettings("; ".join(problems))
    return Settings(
        data_dir=data_dir,
        database_url=database_url,
        keys_file=Path(raw["KEYS_FILE"] or data_dir / "keys.json"),
        host=raw["HOST"],
        base_url=base_url,
        classifier=Path(raw["CLASSIFIER"] or Path(sys.prefix) / "share" / "langnghe" / "classifier.skops"),
        **{name.lower(): value for name, value in numbers.items()},
    )


def _reachable(host: str) -> str:
    """An address to open in a browser: listening everywhere is no address."""
    if host in ("0.0.0.0", "::"):  # noqa: S104
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def strays(environment: Mapping[str, str]) -> list[str]:
    """Variables that look like settings and are none."""
    known = {s.variable for s in SETTINGS}
    return sorted(name for name in environment if name.startswith("LANGNGHE_") and name not in known)


def _number(name: str, raw: str, kind: Any, low: float, high: float, problems: list[str]) -> Any:
    try:
        value = kind(raw)
    except ValueError:
        value = None
    if value is None or not low <= value <= high:
        problems.append(f"LANGNGHE_{name} must be a number from {low} to {high}, not {raw!r}")
    return value


def _check_database_url(url: str, problems: list[str]) -> None:
    try:
        backend = sa.make_url(url).get_backend_name()
    except sa.exc.ArgumentError:
        backend = ""
    if backend not in ("sqlite", "postgresql"):
        problems.append("LANGNGHE_DATABASE_URL must begin with sqlite:/// or postgresql://")


def _check_base_url(url: str, problems: list[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path:
        problems.append(f"LANGNGHE_BASE_URL must look like https://host, not {url!r}")


assert {f.name for f in fields(Settings)} == {s.name.lower() for s in SETTINGS}
