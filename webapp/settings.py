"""Settings: read once from LANGNGHE_* variables, frozen, every problem reported at once.

Beneath the environment lies `settings.env` in the data folder, lines of `NAME=value` with the same names:
what `langnghe setup` must remember between two starts. The environment wins.
"""

import ipaddress
import logging
import os
import re
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

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
    Setting("ROUTE_ACCURACY", "0.95", "share (0–1) of right posts promised of entries routed without a person"),
    Setting("RELEASES_DIR", "", "folder of the classifiers built here; empty: classifiers in the data folder"),
    Setting("CHECKPOINTS_DIR", "", "folder of the record's signed checkpoints; empty: checkpoints in the data folder"),
    Setting("CHECKPOINT_MINUTES", "15", "minutes between two checkpoints that the worker takes"),
    Setting("AUDIT_SHARE", "0.05", "share (0–1) of the cases routed without a person that a handler must judge"),
    Setting("SESSION_HOURS", "12", "hours after which everybody signs in again, however busy"),
    Setting("SESSION_IDLE_MINUTES", "60", "minutes without a page asked for after which one signs in again"),
    Setting("TRUSTED_PROXIES", "0", "number of reverse proxies whose X-Forwarded headers are believed"),
    Setting(
        "MAIL_SERVER", "", "smtp://[user:password@]host[:port] or smtps://…; empty: notices stay inside the service"
    ),
    Setting("MAIL_FROM", "", "sender of mail; empty: langnghe@ the host of the base address"),
)
FILE_NAME = "settings.env"


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
    route_accuracy: float
    releases_dir: Path
    checkpoints_dir: Path
    checkpoint_minutes: int
    audit_share: float
    session_hours: int
    session_idle_minutes: int
    trusted_proxies: int
    mail_server: str
    mail_from: str

    @property
    def is_https(self) -> bool:
        """Whether people reach the service over TLS; then cookies are sent over nothing else."""
        return self.base_url.startswith("https://")


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the environment and the file beneath it; raises BadSettings naming everything that is wrong."""
    environment = os.environ if environment is None else environment
    problems: list[str] = []
    raw = _read_all(environment, problems)
    for name in strays(environment):
        log.warning("%s is not a setting and is ignored: a typing error?", name)
    numbers = {
        name: _number(name, raw[name], kind, low, high, problems)
        for name, kind, low, high in (
            ("PORT", int, 1, 65535),
            ("WEB_WORKERS", int, 1, 64),
            ("WEB_THREADS", int, 1, 64),
            ("WORKER_PAUSE", float, 0.01, 3600),
            ("ROUTE_ACCURACY", float, 0.5, 0.99),
            ("CHECKPOINT_MINUTES", int, 1, 1440),
            ("AUDIT_SHARE", float, 0, 1),
            ("SESSION_HOURS", int, 1, 24),
            ("SESSION_IDLE_MINUTES", int, 5, 480),
            ("TRUSTED_PROXIES", int, 0, 5),
        )
    }
    data_dir = Path(raw["DATA_DIR"]).absolute()
    database_url = raw["DATABASE_URL"] or f"sqlite:///{data_dir / 'langnghe.sqlite'}"
    base_url = (raw["BASE_URL"] or f"http://{_reachable(raw['HOST'])}:{raw['PORT']}").rstrip("/").lower()
    _check_database_url(database_url, problems)
    _check_base_url(base_url, problems)
    _check_mail_server(raw["MAIL_SERVER"], problems)
    if problems:
        raise BadSettings("; ".join(problems))
    return Settings(
        data_dir=data_dir,
        database_url=database_url,
        keys_file=Path(raw["KEYS_FILE"] or data_dir / "keys.json"),
        host=raw["HOST"],
        base_url=base_url,
        classifier=Path(raw["CLASSIFIER"] or Path(sys.prefix) / "share" / "langnghe" / "classifier.npz"),
        releases_dir=Path(raw["RELEASES_DIR"] or data_dir / "classifiers"),
        checkpoints_dir=Path(raw["CHECKPOINTS_DIR"] or data_dir / "checkpoints"),
        mail_server=raw["MAIL_SERVER"],
        mail_from=raw["MAIL_FROM"] or f"langnghe@{urlsplit(base_url).hostname}",
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


def _read_all(environment: Mapping[str, str], problems: list[str]) -> dict[str, str]:
    """Name after LANGNGHE_ → text: environment, else file, else default."""
    given = {s.name: environment.get(s.variable, "").strip() for s in SETTINGS}
    data_dir = Path(given["DATA_DIR"] or SETTINGS[0].default).absolute()
    kept = read_file(data_dir / FILE_NAME, problems)
    for variable in strays(kept):
        log.warning("%s in %s is not a setting and is ignored: a typing error?", variable, FILE_NAME)
    if kept.pop(SETTINGS[0].variable, None) is not None:
        log.warning("%s in %s is ignored: the file lies in that folder", SETTINGS[0].variable, FILE_NAME)
    return {s.name: given[s.name] or kept.get(s.variable, "") or s.default for s in SETTINGS}


def read_file(path: Path, problems: list[str]) -> dict[str, str]:
    """Lines `NAME=value` of a settings file, # begins a comment line; bad lines become problems."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as problem:
        problems.append(f"{path} cannot be read ({problem})")
        return {}
    kept: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        name, equals, value = line.partition("=")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not equals or not name.strip().startswith("LANGNGHE_"):
            problems.append(f"{path} line {number} must look like LANGNGHE_NAME=value")
            continue
        kept[name.strip()] = _unquoted(value.strip())
    return kept


def keep_in_file(path: Path, values: Mapping[str, str]) -> None:
    """Set lines of a settings file, whole or not at all; other lines stay, only the owner may read it."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else list(_FILE_HEAD)
    kept = [line for line in lines if line.partition("=")[0].strip() not in values]
    half = path.with_suffix(".half")
    with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write("\n".join([*kept, *(f"{name}={value}" for name, value in values.items())]) + "\n")
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)


_FILE_HEAD = (
    "# Settings that `langnghe setup` remembers. One NAME=value a line; names as in docs/operations.md.",
    "# A variable of the environment wins over its line here.",
)


def _unquoted(value: str) -> str:
    quoted = len(value) >= 2 and value[0] == value[-1] and value[0] in "'\""
    return value[1:-1] if quoted else value


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
    if not is_base_url(url):
        problems.append(f"LANGNGHE_BASE_URL must look like https://host, not {url!r}")


def is_base_url(url: str) -> bool:
    """Whether `url` is scheme, host and perhaps a port, and nothing else."""
    parts = _split(url)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return False
    return url == f"{parts.scheme}://{parts.netloc}" and re.fullmatch(r"[\w.:\[\]-]+", parts.netloc) is not None


def _check_mail_server(url: str, problems: list[str]) -> None:
    parts = _split(url)
    if url and (parts is None or parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path):
        # The value may hold a password: it is not repeated.
        problems.append("LANGNGHE_MAIL_SERVER must look like smtp://user:password@host:587")


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


class Unreachable(StrEnum):
    """Why citizens' phones cannot open an address."""

    LOOPBACK = "it means this machine only"
    UNSPECIFIED = "it is no address to open"
    LINK_LOCAL = "it works on one cable or Wi-Fi only"
    PRIVATE = "it works inside one office network only"
    LOCAL_NAME = "the name is known inside one network only"


_LOCAL_ENDINGS = ("local", "localhost", "localdomain", "lan", "internal", "invalid", "home.arpa")


def why_unreachable(base_url: str) -> Unreachable | None:
    """Why no phone on the mobile network reaches this address; None when nothing speaks against it.

    Looks at the address only (RFC 1918, 4193, 6761, 6762, 8375): asks no name server.
    """
    host = (urlsplit(base_url).hostname or "").rstrip(".").lower()
    address = _ip_address(host)
    if address is not None:
        return _why_no_phone(address)
    if host == "localhost" or host.endswith(".localhost"):
        return Unreachable.LOOPBACK
    local = "." not in host or any(host.endswith(f".{ending}") for ending in _LOCAL_ENDINGS)
    return Unreachable.LOCAL_NAME if local else None


def _why_no_phone(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> Unreachable | None:
    address = getattr(address, "ipv4_mapped", None) or address
    for reason, holds in (
        (Unreachable.LOOPBACK, address.is_loopback),
        (Unreachable.UNSPECIFIED, address.is_unspecified or address.is_multicast),
        (Unreachable.LINK_LOCAL, address.is_link_local),
        (Unreachable.PRIVATE, not address.is_global),
    ):
        if holds:
            return reason
    return None


def _ip_address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    if not re.fullmatch(r"0x[0-9a-f]*|[0-9]+", host.rpartition(".")[2]):
        return None
    try:
        # Browsers read 127.1 and 2130706433 as addresses, too.
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        return None


assert {f.name for f in fields(Settings)} == {s.name.lower() for s in SETTINGS}
