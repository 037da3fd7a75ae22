"""What an event of the record costs under eight writers on PostgreSQL, and a checkpoint of 100,000 cases."""

import contextlib
import multiprocessing
import shutil
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

import sqlalchemy as sa

from benchmarks.rows import Row
from models import Case, Database, Keyring
from models.audit import append_event
from models.migrations import upgrade
from tests.fixtures import postgresql
from tests.fixtures.sorting import sort_all
from tests.fixtures.world import World, build_world
from triage.casework.checkpoint_files import month_files, take_checkpoint

WRITERS, CASES_EACH = 8, 4
ROUNDS, SECONDS = 5, 3.0
WORDS = "Đã kiểm tra cống trước chợ, giao tổ môi trường nạo vét trong tuần này và báo lại cho người dân. " * 4
GLOBAL_CHAIN = "SELECT pg_advisory_xact_lock(1)"
"""What one chain for all cases would need: every writer waits for the one before it to be on the disk."""


class _Bare:
    """Stands where Fernet does and leaves a payload readable: only to see what encryption costs."""

    def __init__(self, _key: str) -> None:
        pass

    def encrypt(self, body: bytes) -> bytes:
        return body


@contextmanager
def _office() -> Iterator[tuple[World, Keyring]]:
    """A PostgreSQL of its own on a disk, every commit written through, with a case for every writer."""
    with mock.patch.object(postgresql, "_place", return_value=None):
        server = postgresql.PostgresqlServer()
    folder, ring = Path(tempfile.mkdtemp(prefix="bench-")), Keyring.generate()
    try:
        outside = sa.create_engine(
            sa.make_url(server.url("postgres")).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
        )
        with outside.connect() as connection:
            for statement in ("ALTER SYSTEM SET fsync = on", "SELECT pg_reload_conf()", "CREATE DATABASE bench"):
                connection.execute(sa.text(statement))
        outside.dispose()
        database = Database(server.url("bench"), ring)
        upgrade(database)
        world = build_world(database, folder)
        for number in range(WRITERS * CASES_EACH):
            world.send_box(f"Đèn ngõ {number} tắt đã hai tuần")
        sort_all(world)
        yield world, ring
        database.dispose()
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def events_per_second() -> Iterator[Row]:
    """Eight processes, each adding events to cases of its own, a transaction an event."""
    ways = {
        "events a second, 8 writers": (True, ""),
        "the same, payloads not encrypted": (False, ""),
        "the same, one lock for all cases": (True, GLOBAL_CHAIN),
    }
    samples: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    with _office() as (world, ring):
        for _round in range(ROUNDS):
            # In turn, so that what else the machine does falls on all alike.
            for name, (sealed, before) in ways.items():
                samples[name].append(_measured(world, ring, sealed, before))
    for name, found in samples.items():
        yield Row(name, "1/s", [rate for rate, _work in found])
        yield Row("  work of the writer an event", "ms", [work for _rate, work in found])


def _measured(world: World, ring: Keyring, sealed: bool, before: str) -> tuple[float, float]:
    """Events a second of all writers together, and milliseconds of processor time that a writer spends on one."""
    with world.database.reading() as session:
        cases = list(session.scalars(sa.select(Case.id).order_by(Case.id)))
    world.database.dispose()
    url = world.database.url.render_as_string(hide_password=False)
    jobs = [(url, ring, cases[number::WRITERS], sealed, before) for number in range(WRITERS)]
    with multiprocessing.get_context("fork").Pool(WRITERS) as pool:
        done = pool.starmap(_write, jobs, chunksize=1)
    written = sum(count for count, _work in done)
    return written / SECONDS, 1000 * sum(work for _count, work in done) / written


def _write(url: str, ring: Keyring, cases: list[uuid.UUID], sealed: bool, before: str) -> tuple[int, float]:
    database, written = Database(url, ring), 0
    with contextlib.nullcontext() if sealed else mock.patch("models.audit.Fernet", _Bare):
        _add(database, cases[0], before)  # connecting and compiling is not what is measured
        began, end = time.process_time(), time.monotonic() + SECONDS
        while time.monotonic() < end:
            _add(database, cases[written % len(cases)], before)
            written += 1
    database.dispose()
    return written, time.process_time() - began


def _add(database: Database, case: uuid.UUID, before: str) -> None:
    with database.writing() as session:
        if before:
            session.execute(sa.text(before))
        append_event(session, session.get_one(Case, case), "drafted", datetime.now(UTC), note=WORDS)


def checkpoint_of_100k() -> Iterator[Row]:
    """A checkpoint of 100,000 cases of ten events: the month's first, and one after it."""
    with _office() as (world, _ring):
        _fill(world.database)
        folder = Path(tempfile.mkdtemp(prefix="bench-"))
        try:
            for name in ("month's first checkpoint, 100,000 cases", "a checkpoint after it"):
                began = time.monotonic()
                take_checkpoint(world.database, folder, datetime.now(UTC))
                yield Row(name, "s", [time.monotonic() - began], note=f"{_size(folder):.1f} MB so far")
        finally:
            shutil.rmtree(folder)


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in month_files(folder)) / 1e6


def _fill(database: Database) -> None:
    """A million events that only look like such: what is measured reads their heads alone."""
    fill = """
        INSERT INTO case_events (id, case_id, sequence, act, at, previous_digest, payload_digest, digest,
                                 province_code, unit_id)
        SELECT gen_random_uuid(), md5(c::text)::uuid, s, 'drafted', now(), repeat('0', 64), repeat('0', 64),
               md5((c * 10 + s)::text) || md5((c * 10 + s)::text), '14', (SELECT min(id) FROM units)
        FROM generate_series(1, 100000) c, generate_series(1, 10) s"""
    with database.write_engine.connect() as connection:
        for statement in ("SET session_replication_role = replica", "SET statement_timeout = 0", fill):
            connection.execute(sa.text(statement))
        connection.commit()
        connection.execute(sa.text("ANALYZE case_events"))
        connection.commit()
        connection.invalidate()
