"""SQLite and PostgreSQL behind two doors: `reading` cannot write, `writing` commits whole or not at all.

On SQLite every writer takes one lock file first (web, worker, commands, backup). SQLite's own busy
handler sleeps and starves; a queue in front of it gave the same throughput at a tenth of the tail
latency, and keeps writers and checkpoints from racing.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from models.encryption import Keyring

PATIENCE_SECONDS = 10.0
"""How long a writer waits for its turn before it tells the person to try again."""


class DatabaseBusy(Exception):
    """The one write lock was not free in time."""


class Database:
    """One installation's database: engines, key ring, and the write lock where SQLite needs it."""

    def __init__(self, url: str, keyring: Keyring, patience: float = PATIENCE_SECONDS) -> None:
        self.url = sa.make_url(url)
        self.keyring = keyring
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            path = Path(self.url.database or "").absolute()
            path.parent.mkdir(parents=True, exist_ok=True)
            self.path: Path | None = path
            self._lock: WriteLock | None = WriteLock(path.with_name(path.name + ".lock"), patience)
            self.write_engine = _sqlite_engine(self.url, "BEGIN IMMEDIATE", query_only=False)
            self.read_engine = _sqlite_engine(self.url, "BEGIN", query_only=True)
        else:
            self.path, self._lock = None, None
            self.write_engine = _postgresql_engine(self.url, patience)
            self.read_engine = self.write_engine.execution_options(postgresql_readonly=True)
        for engine in (self.write_engine, self.read_engine):
            engine.dialect.langnghe_keyring = keyring  # type: ignore[attr-defined]

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session in which the database itself refuses to write."""
        with Session(self.read_engine, autoflush=False, expire_on_commit=False) as session:
            # Closed, not rolled back: a rollback would expire what was read, and pages show it afterwards.
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """A reading session in which every statement sees the same instant, while others go on writing."""
        # SQLite's readers see one instant anyway; PostgreSQL's see a new one with each statement unless asked.
        engine = self.read_engine
        if not self.is_sqlite:
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with Session(engine, autoflush=False, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: returning commits, raising rolls back. Raises DatabaseBusy."""
        with self.write_turn(), Session(self.write_engine, expire_on_commit=False) as session:
            yield session
            session.commit()

    @contextmanager
    def write_turn(self) -> Iterator[None]:
        """Hold the one write lock (SQLite); on PostgreSQL nothing needs holding."""
        if self._lock is None:
            yield
            return
        with self._lock:
            yield

    def dispose(self) -> None:
        """Close all connections."""
        self.write_engine.dispose()
        self.read_engine.dispose()


class WriteLock:
    """One lock for all threads and processes that write to one SQLite file."""

    def __init__(self, path: Path, patience: float) -> None:
        self.path, self.patience = path, patience
        self._turn = threading.Lock()
        self._file: int | None = None

    def __enter__(self) -> None:
        deadline = time.monotonic() + self.patience
        if not self._turn.acquire(timeout=self.patience):
            raise DatabaseBusy("another writer holds the database")
        try:
            self._file = _flock(self.path, deadline)
        except BaseException:
            self._turn.release()
            raise

    def __exit__(self, *_: object) -> None:
        # Closing releases the lock, also when the process is killed.
        file, self._file = self._file, None
        if file is not None:
            os.close(file)
        self._turn.release()


def _flock(path: Path, deadline: float) -> int:
    # Few processes stand here, one thread of each, so that a short sleep between tries is fair enough.
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return file
        except BlockingIOError:
            if time.monotonic() > deadline:
                os.close(file)
                raise DatabaseBusy("another process holds the database") from None
            time.sleep(0.0005)


_SQLITE_ARGS = {"timeout": PATIENCE_SECONDS, "check_same_thread": False}


def _sqlite_engine(url: sa.URL, begin: str, query_only: bool) -> sa.Engine:
    engine = sa.create_engine(url, hide_parameters=True, connect_args=_SQLITE_ARGS)

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        # The driver must not begin transactions by itself: BEGIN IMMEDIATE is ours to say.
        connection.isolation_level = None
        # secure_delete: words that were sealed away or erased must not linger in free pages of the file.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
        if query_only:
            connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgresql_engine(url: sa.URL, patience: float) -> sa.Engine:
    options = f"-c statement_timeout=15000 -c lock_timeout={int(patience * 1000)} -c timezone=UTC"
    return sa.create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=5,
        pool_timeout=patience,
        connect_args={"connect_timeout": 5, "options": options},
    )
