"""Backup and restore of both databases, with a manifest that a restore is checked against.

A backup is a ZIP: `manifest.json` and the database as its own tool writes it (SQLite's online backup under
the write lock; `pg_dump` in custom format). Keys are never inside: whoever finds a backup finds no text.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from models import Base, Database
from models.migrations import current_revision

LAST_BACKUP = "last-backup.json"


class BackupFailed(Exception):
    """A backup could not be made or restored; the message says why and what to do."""


def write_backup(database: Database, file: Path) -> dict[str, Any]:
    """Write a consistent backup while the service runs; returns its manifest. Replaces `file` only when whole."""
    with tempfile.TemporaryDirectory(dir=file.absolute().parent) as folder:
        dump = Path(folder) / "database"
        counts = _dump_sqlite(database, dump) if database.is_sqlite else _dump_postgresql(database, dump)
        manifest = {
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "database": "sqlite" if database.is_sqlite else "postgresql",
            "revision": current_revision(database),
            "rows": sum(counts.values()),
            "tables": counts,
            "sha256": _digest(dump),
        }
        whole = Path(folder) / "backup.zip"
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("manifest.json", json.dumps(manifest, indent=1))
            archive.write(dump, "database")
        os.chmod(whole, 0o600)
        os.replace(whole, file)
    return manifest


def remember_backup(data_dir: Path, file: Path, manifest: dict[str, Any]) -> None:
    """Note in the data folder when a backup was last made and where it went; `langnghe doctor` reads it."""
    note = data_dir / LAST_BACKUP
    half = note.with_suffix(".half")
    said = {"made_at": manifest["made_at"], "file": str(file.absolute()), "rows": manifest["rows"]}
    half.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
    half.replace(note)


def last_backup(data_dir: Path) -> tuple[datetime, Path] | None:
    """When the last backup was made and its file; None when none is known (or the note is damaged)."""
    try:
        said = json.loads((data_dir / LAST_BACKUP).read_text(encoding="utf-8"))
        return datetime.fromisoformat(said["made_at"]).astimezone(UTC), Path(said["file"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def restore_backup(database: Database, file: Path, replace: bool = False) -> dict[str, Any]:
    """Put a backup in place of the configured database and check it against its manifest."""
    with tempfile.TemporaryDirectory() as folder:
        manifest = _unpack(file, Path(folder))
        kind = "sqlite" if database.is_sqlite else "postgresql"
        if manifest["database"] != kind:
            raise BackupFailed(f"the backup is of a {manifest['database']} database, the settings name {kind}")
        if not replace and _holds_rows(database):
            raise BackupFailed("the database already holds rows; use --replace to put the backup in its place")
        dump = Path(folder) / "database"
        with database.write_turn():
            (_load_sqlite if database.is_sqlite else _load_postgresql)(database, dump)
    counts = count_rows(database)
    if counts != manifest["tables"]:
        raise BackupFailed("the restored database does not match its manifest; do not use it")
    return manifest


def count_rows(database: Database) -> dict[str, int]:
    """Rows of every table."""
    with database.read_engine.connect() as connection:
        return _count(connection)


def _count(connection: sa.Connection) -> dict[str, int]:
    tables = Base.metadata.sorted_tables
    return {t.name: connection.scalar(sa.select(sa.func.count()).select_from(t)) or 0 for t in tables}


def _dump_sqlite(database: Database, dump: Path) -> dict[str, int]:
    with database.write_turn():
        source, target = sqlite3.connect(str(database.path)), sqlite3.connect(dump)
        try:
            source.backup(target)
        finally:
            source.close()
            target.close()
    copy = sa.create_engine(f"sqlite:///{dump}")
    try:
        with copy.connect() as connection:
            return _count(connection)
    finally:
        copy.dispose()


def _dump_postgresql(database: Database, dump: Path) -> dict[str, int]:
    # One exported snapshot for the counts and the dump, so that the manifest is of the same instant.
    engine = database.write_engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with engine.connect() as connection:
        snapshot = connection.scalar(sa.text("SELECT pg_export_snapshot()"))
        counts = _count(connection)
        _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={dump}", _libpq_url(database))
    return counts


def _load_sqlite(database: Database, dump: Path) -> None:
    database.dispose()
    source, target = sqlite3.connect(dump), sqlite3.connect(str(database.path))
    try:
        if source.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupFailed("the backup's database is damaged")
        # Through SQLite, not by copying files: a reader that is still open stays safe.
        source.backup(target)
    finally:
        source.close()
        target.close()


def _load_postgresql(database: Database, dump: Path) -> None:
    database.dispose()
    _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error",
         f"--dbname={_libpq_url(database)}", str(dump))  # fmt: skip


def _libpq_url(database: Database) -> str:
    return database.url.set(drivername="postgresql").render_as_string(hide_password=False)


def _run(program: str, *arguments: str) -> None:
    if shutil.which(program) is None:
        raise BackupFailed(f"{program} is missing: install PostgreSQL's client programs")
    result = subprocess.run([program, *arguments], capture_output=True, text=True)  # noqa: S603
    if result.returncode:
        # The last line names the fault; the URL with its password stands in none of them.
        raise BackupFailed(f"{program} failed: {(result.stderr.strip().splitlines() or ['no message'])[-1]}")


def _unpack(file: Path, folder: Path) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(file) as archive:
            manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
            with archive.open("database") as source, open(folder / "database", "wb") as target:
                shutil.copyfileobj(source, target)
    except (zipfile.BadZipFile, KeyError, ValueError) as problem:
        raise BackupFailed(f"{file} is not a whole backup ({problem})") from problem
    if _digest(folder / "database") != manifest["sha256"]:
        raise BackupFailed(f"{file} is damaged: its digest does not fit")
    return manifest


def _holds_rows(database: Database) -> bool:
    if current_revision(database) is None:
        return False
    return any(count_rows(database).values())


def _digest(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
