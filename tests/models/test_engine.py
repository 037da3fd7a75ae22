"""The two doors of a database: reading cannot write, writing is whole or not at all."""

import multiprocessing
import time

import pytest
import sqlalchemy as sa

from models import Database, DatabaseBusy, Unit, UnitKind
from models.engine import WriteLock


def _unit(code: str) -> Unit:
    return Unit(code=code, name="Xã Thử", kind=UnitKind.COMMUNE, province_code="14")


def test_reading_cannot_write(database: Database) -> None:
    with pytest.raises(sa.exc.DBAPIError), database.reading() as session:
        session.add(_unit("00001"))
        session.flush()


def test_writing_rolls_back_whole(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing() as session:
        session.add(_unit("00001"))
        session.flush()
        raise RuntimeError("stop")
    with database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Unit)) == 0


def test_busy_lock_is_told_in_time(tmp_path) -> None:
    path = tmp_path / "x.lock"
    held = multiprocessing.get_context("spawn").Process(target=_hold, args=(str(path),))
    held.start()
    try:
        while not path.exists():
            time.sleep(0.02)
        time.sleep(0.1)
        began = time.monotonic()
        with pytest.raises(DatabaseBusy), WriteLock(path, patience=0.2):
            pass
        assert time.monotonic() - began < 2
    finally:
        held.kill()
        held.join()
    with WriteLock(path, patience=2):
        pass  # the kill freed it


def _hold(path: str) -> None:
    import pathlib

    with WriteLock(pathlib.Path(path), patience=1):
        time.sleep(60)
