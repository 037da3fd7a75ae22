"""`langnghe doctor`: what is wrong with this installation, and what to do about it."""

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import CalendarDay, Database, Keyring
from models.base import utc_now
from models.encryption import KeysMissing
from vietnamese.calendar import local_day
from webapp import demonstration
from webapp.commands import checkpoint_checks, database_checks, machine_checks, release_checks
from webapp.commands.findings import BAD, OK, WARN, Finding, looked
from webapp.settings import FILE_NAME, BadSettings, Settings, load_settings, read_file, strays


@click.command()
@click.option("--mail-to", default="", metavar="ADDRESS", help="Also send a test message there.")
def doctor(mail_to: str) -> None:
    """Look at everything a running installation needs; exit 1 when something is broken.

    Each line: a grade (ok, warn, bad), what was looked at, what is, and what to do.
    """
    try:
        settings = load_settings()
    except BadSettings as problem:
        click.echo(Finding(BAD, "settings", str(problem), "see docs/operations.md"))
        raise click.ClickException("settings cannot be used; nothing else was looked at") from problem
    grades = []
    for finding in examine(settings, utc_now(), mail_to):
        click.echo(finding)
        grades.append(finding.grade)
    if BAD in grades:
        raise click.ClickException("something is broken; see the lines marked bad")


def examine(settings: Settings, now: datetime, mail_to: str = "") -> Iterator[Finding]:
    """Look at everything in order; a part that is broken never hides the others."""
    yield from looked("settings", lambda: _settings(settings))
    for subject, look in (
        ("disk", lambda: machine_checks.disk(settings)),
        ("time zone", lambda: machine_checks.time_zone(now)),
        ("clock", machine_checks.clock_service),
        ("classifier", lambda: machine_checks.classifier(settings)),
        ("address", lambda: machine_checks.address(settings)),
        ("mail", lambda: machine_checks.mail(settings, mail_to)),
        ("keys", lambda: machine_checks.keys(settings)),
    ):
        yield from looked(subject, look)
    yield from _stored(settings, now)


def _settings(settings: Settings) -> Iterator[Finding]:
    kept = read_file(settings.data_dir / FILE_NAME, [])
    for name in [*strays(os.environ), *strays(kept)]:
        yield Finding(WARN, "settings", f"{name} is not a setting and is ignored", "a typing error?")
    beneath = f", {len(kept)} remembered in {FILE_NAME}" if kept else ""
    yield Finding(OK, "settings", f"data folder {settings.data_dir}{beneath}")
    yield from machine_checks.settings_file(settings)


def _stored(settings: Settings, now: datetime) -> Iterator[Finding]:
    try:
        keyring = Keyring.load(settings.keys_file)
    except KeysMissing:
        # Said already; without keys no text can be opened, and a new database must not be made by looking.
        return
    url = sa.make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        yield Finding(BAD, "database", f"no file at {url.database}", "run `langnghe setup`, or restore a backup")
        return
    database = Database(settings.database_url, keyring)
    try:
        yield from _database(settings, database, now)
    finally:
        database.dispose()


def _database(settings: Settings, database: Database, now: datetime) -> Iterator[Finding]:
    reached = list(looked("database", lambda: database_checks.schema(database)))
    yield from reached
    if any(finding.grade == BAD for finding in reached):
        return
    yield from looked("sqlite", lambda: database_checks.sqlite_file(database))

    today = local_day(now)

    def inside(look: Callable[[Session], Iterable[Finding]]) -> Callable[[], list[Finding]]:
        def looking() -> list[Finding]:
            with database.reading() as session:
                return list(look(session))

        return looking

    for subject, look in (
        ("clock", lambda session: database_checks.clock(session, database, now)),
        ("keys", database_checks.stored_text),
        ("calendar", lambda session: machine_checks.calendar(today, session.scalars(sa.select(CalendarDay.day)).all())),
        ("worker", lambda session: database_checks.worker(session, now)),
        ("releases", lambda session: release_checks.releases(session, settings)),
        ("checkpoints", lambda session: checkpoint_checks.checkpoints(session, settings, now)),
        ("accounts", database_checks.demonstration_accounts),
        ("people", lambda session: database_checks.people(session, now)),
        ("backups", lambda session: machine_checks.backups(settings, now, demonstration.exists(session))),
    ):
        yield from looked(subject, inside(look))
