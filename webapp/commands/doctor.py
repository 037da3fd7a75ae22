"""`langnghe doctor`: what is wrong with this installation, and what to do about it."""

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import click
import sqlalchemy as sa

from models import Database, Keyring, WorkerHeartbeat
from models.base import utc_now
from models.encryption import KeysMissing
from models.migrations import current_revision, head_revision
from triage.sorting import count_waiting
from webapp.settings import Settings, load_settings

SAFE_SQLITE = (3, 51, 3)
LEAST_FREE = 500_000_000


@dataclass(frozen=True)
class Finding:
    """One thing looked at: `ok`, `warn` or `bad`, and what to do."""

    grade: str
    subject: str
    said: str


@click.command()
def doctor() -> None:
    """Check settings, keys, database, classifier, worker and disk; exit 1 when something is broken."""
    settings = load_settings()
    findings = list(examine(settings))
    for finding in findings:
        click.echo(f"{finding.grade:5} {finding.subject}: {finding.said}")
    if any(finding.grade == "bad" for finding in findings):
        raise click.ClickException("something is broken; see the lines marked bad")


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything; never raises for a broken part."""
    yield _disk(settings)
    yield _classifier(settings)
    yield _address(settings)
    try:
        keyring = Keyring.load(settings.keys_file)
    except KeysMissing as problem:
        yield Finding("bad", "keys", str(problem))
        return
    yield Finding("ok", "keys", f"{len(keyring.sealing)} sealing keys")
    database = Database(settings.database_url, keyring)
    try:
        yield from _database(database)
    except (sa.exc.OperationalError, sa.exc.ProgrammingError) as problem:
        yield Finding("bad", "database", f"cannot be reached ({problem.orig}): check LANGNGHE_DATABASE_URL")
    finally:
        database.dispose()


def _disk(settings: Settings) -> Finding:
    folder = settings.data_dir if settings.data_dir.exists() else settings.data_dir.parent
    free = shutil.disk_usage(folder).free
    grade = "ok" if free > LEAST_FREE else "bad"
    return Finding(grade, "disk", f"{free // 1_000_000} MB free in {folder}")


def _classifier(settings: Settings) -> Finding:
    if settings.classifier.exists():
        return Finding("ok", "classifier", f"{settings.classifier.stat().st_size // 1000} kB")
    return Finding("bad", "classifier", "missing: entries wait unsorted; run `langnghe triage train`")


def _address(settings: Settings) -> Finding:
    if any(local in settings.base_url for local in ("127.0.0.1", "localhost", "0.0.0.0")):  # noqa: S104
        return Finding(
            "warn", "address", f"{settings.base_url} reaches no phone: set LANGNGHE_BASE_URL before printing"
        )
    return Finding("ok", "address", settings.base_url)


def _database(database: Database) -> Iterator[Finding]:
    revision = current_revision(database)
    if revision != head_revision():
        yield Finding("bad", "schema", f"at {revision}, needs {head_revision()}: run `langnghe db upgrade`")
        return
    yield Finding("ok", "schema", f"revision {revision}")
    if database.is_sqlite and sqlite3.sqlite_version_info < SAFE_SQLITE:
        yield Finding(
            "warn", "sqlite", f"{sqlite3.sqlite_version} has a reported WAL-reset fault, mended in 3.51.3; "
            "every writer here takes one lock, which keeps writers and checkpoints apart"
        )  # fmt: skip
    with database.reading() as session:
        beat = session.scalar(sa.select(sa.func.max(WorkerHeartbeat.at)))
        waiting = count_waiting(session)
    alive = beat is not None and utc_now() - beat < timedelta(minutes=2)
    said = f"last seen {beat:%Y-%m-%d %H:%M} UTC" if beat else "never seen"
    yield Finding("ok" if alive else "warn", "worker", said + ("" if alive else ": start `langnghe worker`"))
    yield Finding("ok" if waiting < 100 else "warn", "entries", f"{waiting} wait to be sorted")
