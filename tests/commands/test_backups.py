"""A backup taken while people write, restored elsewhere, holds everything and verifies."""

import threading
import uuid
import zipfile
from pathlib import Path

import pytest

from models import Database
from models.migrations import current_revision
from tests.fixtures.databases import Databases
from tests.fixtures.sorting import sort_all
from tests.fixtures.world import World
from triage.casework.record import verify_all
from webapp.backups import BackupFailed, count_rows, restore_backup, write_backup


def _texts(database: Database) -> list[str]:
    import sqlalchemy as sa

    from models import Entry

    with database.reading() as session:
        return sorted(session.scalars(sa.select(Entry.text)))


def test_backup_and_restore_give_the_same_installation(world: World, new_database: Databases, tmp_path: Path) -> None:
    for text in ("Cống tắc ở ngõ 3", "Xin hỏi giờ làm việc thứ bảy"):
        world.send_box(text)
    sort_all(world)
    manifest = write_backup(world.database, tmp_path / "b.zip")
    assert manifest["tables"]["cases"] == 2
    empty = new_database()
    assert restore_backup(empty, tmp_path / "b.zip")["rows"] == manifest["rows"]
    assert _texts(empty) == _texts(world.database)
    assert current_revision(empty) == manifest["revision"]
    with empty.reading() as session:
        walk = verify_all(session)
    assert walk.faults == []
    assert walk.cases == 2


def test_backup_while_people_write_is_consistent(world: World, new_database: Databases, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            world.send_box("Đường ổ gà", uuid.uuid4())

    writers = [threading.Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()
    try:
        manifest = write_backup(world.database, tmp_path / "b.zip")
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert manifest["tables"]["entries"] == manifest["tables"]["submissions"]
    restored = new_database()
    restore_backup(restored, tmp_path / "b.zip")
    assert count_rows(restored) == manifest["tables"]
    assert len(_texts(restored)) == manifest["tables"]["entries"]


def test_restore_never_overwrites_unasked(world: World, tmp_path: Path) -> None:
    world.send_box("Một ý kiến")
    write_backup(world.database, tmp_path / "b.zip")
    world.send_box("Ý kiến đến sau bản sao")
    with pytest.raises(BackupFailed, match="--replace"):
        restore_backup(world.database, tmp_path / "b.zip")
    assert len(_texts(world.database)) == 2
    restore_backup(world.database, tmp_path / "b.zip", replace=True)
    assert _texts(world.database) == ["Một ý kiến"]


def test_damaged_backup_is_refused(world: World, new_database: Databases, tmp_path: Path) -> None:
    write_backup(world.database, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as whole, zipfile.ZipFile(tmp_path / "c.zip", "w") as changed:
        changed.writestr("manifest.json", whole.read("manifest.json"))
        changed.writestr("database", whole.read("database")[:-10] + b"0123456789")
    (tmp_path / "d.zip").write_bytes(b"not a zip")
    target = new_database()
    before = count_rows(target)
    for name in ("c.zip", "d.zip"):
        with pytest.raises(BackupFailed):
            restore_backup(target, tmp_path / name)
    assert count_rows(target) == before


def test_backup_holds_no_key_and_no_plain_text(world: World, tmp_path: Path) -> None:
    world.send_box("câu chữ không được lộ")
    write_backup(world.database, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert sorted(archive.namelist()) == ["database", "manifest.json"]
        content = archive.read("database")
    assert "không được lộ".encode() not in content
    for key in (*world.database.keyring.sealing, world.database.keyring.codes):
        assert key.encode() not in content
