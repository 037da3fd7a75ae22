"""Checkpoints as files outside the database: one a month, one line a checkpoint, only ever longer.

Making one takes no lock that a writer of cases could wait for; a lock file keeps two makers apart.
"""

import fcntl
import logging
import mmap
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import CaseEvent, Database, Keyring
from models.audit import Head, read_heads
from triage.casework.checkpoints import (
    BadCheckpoint,
    Checkpoint,
    Restored,
    heads_after,
    is_signed,
    next_checkpoint,
    read_line,
    signed_line,
)
from triage.casework.testimony import Heard, hear, unfulfilled
from vietnamese.calendar import local_day

RETRY = timedelta(minutes=1)
log = logging.getLogger(__name__)


def take_checkpoint(database: Database, folder: Path, at: datetime, restored: str = "") -> Checkpoint:
    """Sign where all chains stand and add it to this month's file. Raises BadCheckpoint, OSError.

    `restored`: why the database was put back to an earlier state; what is lost is then named and told for ever.
    """
    with _turn(folder):
        return _take(database, folder, at, restored)


class RegularCheckpoints:
    """Takes a checkpoint when the last one is older than `every`; for a worker's rounds."""

    def __init__(self, database: Database, folder: Path, every: timedelta) -> None:
        self.database, self.folder, self.every = database, folder, every
        self._look_again: datetime | None = None

    def take_if_due(self, now: datetime) -> Checkpoint | None:
        """The checkpoint that was due, else None. What keeps it from being taken is logged: cases go on."""
        if self._look_again and now < self._look_again:
            return None
        try:
            return self._take_if_due(now)
        except (BadCheckpoint, OSError) as problem:
            log.error("no checkpoint of the record could be taken: %s", problem)
            self._look_again = now + RETRY
            return None

    def _take_if_due(self, now: datetime) -> Checkpoint | None:
        with _turn(self.folder):
            last = newest_checkpoint(self.folder, self.database.keyring)
            # Also when a clock was put back: the last one then lies in the future.
            due = last is None or abs(now - last.at) >= self.every
            taken = _take(self.database, self.folder, now) if due else last
        assert taken is not None
        self._look_again = taken.at + self.every
        if taken.contradicted:
            log.error("chains are not as checkpoints recorded them: run `langnghe audit verify`")
        return taken if due else None


def newest_checkpoint(folder: Path, keyring: Keyring) -> Checkpoint | None:
    """The last checkpoint, None when there is none; raises BadCheckpoint when it cannot be read or is not ours."""
    files = month_files(folder)
    return _genuine(files[-1], _last_line(files[-1]), keyring) if files else None


def find_checkpoint(folder: Path, keyring: Keyring, number: int) -> Checkpoint | None:
    """The checkpoint of that number; raises BadCheckpoint."""
    for path in month_files(folder):
        for line in _lines(path):
            if read_line(line)[0].number == number:
                return _genuine(path, line, keyring)
    return None


def hear_folder(folder: Path, keyring: Keyring) -> Heard:
    """What all checkpoints kept here say."""
    places = ((f"{path.name} line {n}", line) for path in month_files(folder) for n, line in enumerate(_lines(path), 1))
    return hear(places, keyring)


def hear_copy(path: Path, keyring: Keyring) -> Heard:
    """What a file of checkpoints kept elsewhere says."""
    places = [(f"{path.name} line {number}", line) for number, line in enumerate(_lines(path), 1)]
    return hear(places, keyring, from_first=False)


def month_files(folder: Path) -> list[Path]:
    """The files of a folder that hold a checkpoint, oldest month first."""
    return sorted(path for path in folder.glob("[0-9][0-9][0-9][0-9]-[0-9][0-9].jsonl") if _whole(path))


def _take(database: Database, folder: Path, at: datetime, restored: str = "") -> Checkpoint:
    files = month_files(folder)
    month = f"{local_day(at):%Y-%m}.jsonl"
    # A clock that was put back does not write into a month that is over.
    path = folder / max([month, *(file.name for file in files[-1:])])
    last, known = _known(files[-1], database.keyring) if files else (None, {})
    with database.snapshot() as session:
        heads, events = read_heads(session)
        lost = Restored(restored, _lost(session, hear_folder(folder, database.keyring))) if restored else None
    checkpoint = next_checkpoint(
        last, known, heads, events, at, database.keyring.public_key, whole=path not in files, restored=lost
    )
    _append(path, signed_line(checkpoint, database.keyring))
    return checkpoint


def _known(path: Path, keyring: Keyring) -> tuple[Checkpoint | None, dict[str, Head]]:
    """The last checkpoint of a month's file and all heads that it and those before it hold."""
    last, known = None, dict[str, Head]()
    for line in _lines(path):
        last = _genuine(path, line, keyring)
        known = heads_after(known, last)
    return last, known


def _lost(session: Session, heard: Heard) -> dict[str, int]:
    """Case → its first event that a checkpoint recorded and that is not there."""
    digests: dict[str, dict[int, str]] = {}
    for case_id, sequence, digest in session.execute(
        sa.select(CaseEvent.case_id, CaseEvent.sequence, CaseEvent.digest)
    ):
        digests.setdefault(case_id.hex, {})[sequence] = digest
    missed = {case: unfulfilled(marks, digests.get(case, {})) for case, marks in heard.marks.items()}
    return {case: marks[0].sequence for case, marks in missed.items() if marks}


def _genuine(path: Path, line: str, keyring: Keyring) -> Checkpoint:
    try:
        checkpoint, signature = read_line(line)
    except BadCheckpoint as problem:
        raise BadCheckpoint(f"{path}: {problem}; run `langnghe audit verify`") from problem
    if not is_signed(checkpoint, signature, keyring):
        raise BadCheckpoint(f"{path}: checkpoint {checkpoint.number} is not signed by a key of the key file")
    return checkpoint


def _lines(path: Path) -> Iterator[str]:
    """Whole lines. One without an end was being written when the machine stopped, and was never told to anybody."""
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            if line.endswith("\n"):
                yield line.rstrip("\n")


def _last_line(path: Path) -> str:
    """The last whole line of a file that has one; a month's file is long."""
    whole = _whole(path)
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        begin = content.rfind(b"\n", 0, whole - 1) + 1
        return content[begin : whole - 1].decode(errors="replace")


def _whole(path: Path) -> int:
    """Bytes up to the end of the last whole line."""
    if path.stat().st_size == 0:
        return 0  # nothing to map
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.rfind(b"\n") + 1


def _append(path: Path, line: str) -> None:
    """Add a line, whole and on the disk; half a line of a stop in the middle is cut first."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        file.truncate(_whole(path))
        file.seek(0, os.SEEK_END)
        file.write(line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """Two makers at once wait for each other; nobody else does."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)
