"""What `langnghe doctor` looks at in the database: schema, durability, clock, keys, worker, people."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import (
    AccessCode,
    Account,
    CaseEvent,
    Database,
    Entry,
    Post,
    Submission,
    Tenure,
    Unit,
    WorkerHeartbeat,
)
from models.encryption import CannotUnseal
from models.migrations import current_revision, head_revision
from triage.casework.access import CHAIR
from vietnamese.calendar import local_day
from webapp.commands.findings import BAD, OK, WARN, Finding

SAFE_SQLITE = (3, 51, 3)
FULL = 2
"""SQLite's number of synchronous=FULL: a commit is on the disk before it is told."""
AHEAD = timedelta(minutes=5)
APART = timedelta(minutes=1)
SILENT_AFTER = timedelta(minutes=2)
WAITS_LONG, WAITS_TOO_LONG = timedelta(minutes=10), timedelta(hours=1)
"""Urgent entries must be seen within the hour."""
INTAKE = "restricted_intake"


def schema(database: Database) -> Iterator[Finding]:
    """Whether the database is at this program's revision."""
    revision = current_revision(database)
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    if revision == head_revision():
        yield Finding(OK, "schema", f"{kind}, revision {revision}")
    else:
        yield Finding(BAD, "schema", f"{kind} at {revision}, needs {head_revision()}", "run `langnghe db upgrade`")


def sqlite_file(database: Database) -> Iterator[Finding]:
    """Version, journal and locks of SQLite; nothing on PostgreSQL."""
    if not database.is_sqlite:
        return
    with database.write_engine.connect() as connection:
        journal, synchronous = (connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                                for name in ("journal_mode", "synchronous"))  # fmt: skip
    yield from judge_sqlite(sqlite3.sqlite_version_info, str(journal), int(synchronous))
    yield from _lock(database)


def judge_sqlite(version: tuple[int, ...], journal: str, synchronous: int) -> Iterator[Finding]:
    """Findings on what SQLite says of itself."""
    if version < SAFE_SQLITE:
        said = ".".join(map(str, version))
        yield Finding(
            WARN, "sqlite", f"{said} has a reported WAL-reset fault, mended in 3.51.3; every writer here takes one "
            "lock, which keeps writers and checkpoints apart", "update SQLite when the system offers it"
        )  # fmt: skip
    if journal != "wal" or synchronous != FULL:
        yield Finding(BAD, "sqlite", f"journal {journal}, synchronous {synchronous} instead of wal and {FULL}",
                      "keep the database on a local disk, not on a network folder")  # fmt: skip
    else:
        yield Finding(OK, "sqlite", "journal wal, synchronous full")


def _lock(database: Database) -> Iterator[Finding]:
    """Whether a held lock really keeps others out: some network folders only pretend."""
    assert database.path is not None, "SQLite is a file"
    with database.write_turn():
        file = os.open(database.path.with_name(database.path.name + ".lock"), os.O_RDWR)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield Finding(BAD, "lock", "two writers hold the lock file at once", "move the data folder to a local disk")
        except BlockingIOError:
            yield Finding(OK, "lock", "the lock file keeps writers apart")
        finally:
            os.close(file)


def clock(session: Session, database: Database, now: datetime) -> Iterator[Finding]:
    """The clock against the newest stored instant and, on PostgreSQL, against the server's."""
    newest = max((at for at in _instants(session) if at is not None), default=None)
    if newest is not None and newest > now + AHEAD:
        said = f"behind what is stored: now {now:%Y-%m-%d %H:%M}, newest {newest:%Y-%m-%d %H:%M} UTC"
        yield Finding(BAD, "clock", said, "set the clock before anything is accepted: terms are counted from it")
    else:
        yield Finding(OK, "clock", f"{now:%Y-%m-%d %H:%M} UTC, not behind what is stored")
    if not database.is_sqlite:
        server = session.scalar(sa.text("SELECT clock_timestamp()"))
        apart = abs(server - now) if server else timedelta()
        if apart > APART:
            yield Finding(WARN, "clock", f"{apart.total_seconds():.0f} s apart from the database server's",
                          "let both machines follow the same time server")  # fmt: skip


def _instants(session: Session) -> Iterator[datetime | None]:
    for stamp in (Submission.received_at, CaseEvent.at, WorkerHeartbeat.at, AccessCode.created_at):
        yield session.scalar(sa.select(sa.func.max(stamp)))


def stored_text(session: Session) -> Iterator[Finding]:
    """Whether the keys open the newest stored text; it is opened, not shown."""
    newest = sa.select(Entry.id).order_by(Entry.received_at.desc()).limit(1).scalar_subquery()
    try:
        opened = session.scalars(sa.select(Entry.text).where(Entry.id == newest)).first()
    except CannotUnseal:
        yield Finding(BAD, "keys", "they do not open the newest stored text",
                      "put the right key file back; with another one the texts stay closed")  # fmt: skip
        return
    yield Finding(OK, "keys", "nothing is stored yet" if opened is None else "they open the newest stored text")


def worker(session: Session, now: datetime) -> Iterator[Finding]:
    """Whether a worker is alive, how many entries wait and how long."""
    beat = session.scalar(sa.select(sa.func.max(WorkerHeartbeat.at)))
    alive = beat is not None and now - beat < SILENT_AFTER
    said = f"last seen {beat:%Y-%m-%d %H:%M} UTC" if beat else "never seen"
    yield Finding(OK, "worker", said) if alive else Finding(WARN, "worker", said, "start `langnghe worker`")
    waiting = sa.select(sa.func.count(), sa.func.min(Entry.received_at)).where(Entry.sorted_at.is_(None))
    many, oldest = session.execute(waiting).one()
    age = now - oldest if oldest else timedelta()
    said = f"{many} wait to be sorted" + (f", the oldest for {age.total_seconds() // 60:.0f} minutes" if many else "")
    if age > WAITS_LONG:
        grade = BAD if age > WAITS_TOO_LONG else WARN
        yield Finding(grade, "entries", said, "start `langnghe worker` and look at its messages")
    else:
        yield Finding(OK, "entries", said)


def demonstration_accounts(session: Session) -> Iterator[Finding]:
    """Published passwords have no place in a real installation."""
    kinds = set(session.scalars(sa.select(Account.demonstration).distinct()))
    if kinds == {True, False}:
        said = "demonstration accounts, whose passwords are printed, beside real ones"
        mend = "start a real installation in a data folder of its own: LANGNGHE_DATA_DIR, `langnghe setup`"
        yield Finding(BAD, "accounts", said, mend)
    elif kinds == {True}:
        yield Finding(OK, "accounts", "this is a demonstration; its people are invented")
    elif not kinds:
        yield Finding(WARN, "accounts", "nobody can sign in", "run `langnghe setup`")
    else:
        yield Finding(OK, "accounts", "no demonstration accounts")


def people(session: Session, now: datetime) -> Iterator[Finding]:
    """Whether each commune with living codes has somebody for accusations and somebody for all the rest."""
    today = local_day(now)
    with_codes = sa.select(AccessCode.unit_id).where(AccessCode.retired_at.is_(None))
    units = session.scalars(sa.select(Unit).where(Unit.id.in_(with_codes)).order_by(Unit.code)).all()
    if not units:
        yield Finding(WARN, "people", "no commune has a code yet", "run `langnghe setup`")
    for unit in units:
        held = sa.select(Post.code).join(Tenure, Tenure.post_id == Post.id).where(Post.unit_id == unit.id)
        yield _people_of(unit, set(session.scalars(held.where(Tenure.on(today)))))


def _people_of(unit: Unit, held: set[str]) -> Finding:
    mend = f"name somebody on the page /quan-tri/{unit.code}, or by `langnghe staff import`"
    if CHAIR not in held:
        return Finding(
            BAD, "people", f"{unit.name} has nobody as chairperson: what no other post takes lies unread", mend
        )
    if INTAKE not in held:
        return Finding(WARN, "people", f"{unit.name} has no named intake person: what looks like an accusation "
                       "goes to the chairperson", mend)  # fmt: skip
    return Finding(OK, "people", f"{unit.name} has a chairperson and an intake person")
