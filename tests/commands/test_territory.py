"""Imports name every bad line and change nothing unless all is good."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from models import Database, Officer, Unit, UnitKind, UnitSuccession
from models.imports import BadLines
from models.staffing import import_duty, import_staff
from models.territory import import_units

STAFF_HEADER = "unit_code,staff_code,full_name,gender,phone,department,post,title,signs,starts_on,ends_on,stand_in\n"
GOOD = "03646,cb01,Lò Văn An,nam,,Phòng Kinh tế,economy_department_head,Trưởng phòng Kinh tế,no,2025-07-01,,no\n"


def _count(database: Database, table: type) -> int:
    with database.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table))


@pytest.fixture
def territory(database: Database) -> Database:
    """A database with the pilot units."""
    with database.writing() as session:
        import_units(session)
    return database


def test_pilot_units_come_with_provinces_and_succession(territory: Database) -> None:
    with territory.reading() as session:
        kinds = dict(session.execute(sa.select(Unit.kind, sa.func.count()).group_by(Unit.kind)).all())
        to_hieu = session.scalars(sa.select(Unit).where(Unit.code == "03646")).one()
        former = session.scalars(
            sa.select(Unit.name)
            .join(UnitSuccession, UnitSuccession.predecessor_id == Unit.id)
            .where(UnitSuccession.successor_id == to_hieu.id)
        ).all()
        split = session.scalar(sa.select(sa.func.count()).select_from(UnitSuccession).where(UnitSuccession.part))
    assert kinds[UnitKind.COMMUNE] + kinds[UnitKind.WARD] == 244
    assert kinds[UnitKind.PROVINCE] == 4
    assert "Phường Chiềng Lề (Thành phố Sơn La), Tỉnh Sơn La" in former
    assert len(former) == 4
    assert split > 0


def test_import_again_adds_nothing(territory: Database) -> None:
    with territory.writing() as session:
        assert import_units(session) == 0


def test_every_bad_unit_line_is_named_and_nothing_changes(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text(
        "code,full_name,province_code,province,former_province,former_units\n"
        "00001,Xã Tốt,14,Tỉnh Sơn La,Tỉnh Sơn La,\n"
        "1,Xã Mất Số,14,Tỉnh Sơn La,Tỉnh Sơn La,\n"
        "00001,Xã Trùng,14,Tỉnh Sơn La,Tỉnh Sơn La,\n"
        "00002,Thôn Sai,1,Tỉnh Sơn La,Tỉnh Sơn La,\n",
        encoding="utf-8",
    )
    with pytest.raises(BadLines) as problem, database.writing() as session:
        import_units(session, file)
    said = str(problem.value)
    assert all(f"line {line}:" in said for line in (3, 4, 5))
    assert "line 2:" not in said
    assert _count(database, Unit) == 0


def test_staff_import_is_whole_or_not_at_all(territory: Database, tmp_path: Path) -> None:
    file = tmp_path / "staff.csv"
    bad = (
        "99999,cb02,Ai Đó,nam,,,x,Y,no,2025-07-01,,no\n"
        "03646,cb03,,nam,,,x,Y,no,01/07/2025,,no\n"
        "03646,cb04,Cà Thị B,gái,,,x,Y,maybe,2025-07-01,2025-06-01,no\n"
    )
    file.write_text(STAFF_HEADER + GOOD + bad, encoding="utf-8-sig")
    with pytest.raises(BadLines) as problem, territory.writing() as session:
        import_staff(session, file)
    assert {line for line in range(2, 6) if f"line {line}:" in str(problem.value)} == {3, 4, 5}
    assert _count(territory, Officer) == 0
    file.write_text(STAFF_HEADER + GOOD, encoding="utf-8")
    for _again in range(2):
        with territory.writing() as session:
            assert [officer.full_name for officer in import_staff(session, file)] == ["Lò Văn An"]
    assert _count(territory, Officer) == 1


def test_duty_roster_needs_known_people(territory: Database, tmp_path: Path) -> None:
    staff, duty = tmp_path / "staff.csv", tmp_path / "duty.csv"
    staff.write_text(STAFF_HEADER + GOOD, encoding="utf-8")
    duty.write_text("unit_code,day,staff_code\n03646,2026-11-01,cb01\n03646,2026-11-02,cb77\n", encoding="utf-8")
    with territory.writing() as session:
        import_staff(session, staff)
    with pytest.raises(BadLines, match="line 3"), territory.writing() as session:
        import_duty(session, duty)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"code\n", b"a,b\n1,2\n"])
def test_files_that_are_no_table_are_refused_in_words(database: Database, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "units.csv"
    file.write_bytes(content)
    with pytest.raises(BadLines), database.writing() as session:
        import_units(session, file)
