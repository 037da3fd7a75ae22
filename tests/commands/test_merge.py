"""`langnghe units merge` and `move-staff` as people run them."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from models import Case, Database, Officer, Unit, UnitSuccession
from models.base import utc_now
from tests.fixtures.officers import open_entry
from tests.fixtures.world import World
from triage.casework.opening import Labels
from vietnamese.calendar import local_day
from webapp.backups import count_rows
from webapp.commands import langnghe

ROAD = Labels("petition", "infrastructure", False, False)
BRIBE = Labels("denunciation", "integrity", False, True)
TODAY = local_day(utc_now())


@pytest.fixture
def installed(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """The world as the installation that commands open; its clock is the real one."""
    world.clock.at = utc_now()
    keys = tmp_path / "command-keys.json"
    world.database.keyring.save(keys)
    for name in [name for name in os.environ if name.startswith("LANGNGHE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LANGNGHE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LANGNGHE_KEYS_FILE", str(keys))
    monkeypatch.setenv("LANGNGHE_DATABASE_URL", world.database.url.render_as_string(hide_password=False))
    return world


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(langnghe, ["units", *arguments], input=typed)


def merge(*more: str, typed: str = "", into: str = "03646", on: str = TODAY.isoformat()) -> Result:
    return run("merge", "--into", into, "--on", on, *more, typed=typed)


def units_of_cases(database: Database) -> set[int]:
    with database.reading() as session:
        return set(session.scalars(sa.select(Case.unit_id)))


def test_it_asks_with_a_summary_that_counts_nothing_confidential(installed: World) -> None:
    for text, labels in (("Đường sụt.", ROAD), ("Đường sụt nữa.", ROAD), ("Kế toán đòi tiền.", BRIBE)):
        open_entry(installed, text, labels, box=installed.other_box_code)
    before = count_rows(installed.database)
    answer = merge("03664", typed="n\n")
    assert answer.exit_code == 1
    assert "Phường Chiềng An (03664): 10 tenures end, 2 open cases move" in answer.output
    assert "1 codes on walls go on" in answer.output
    assert count_rows(installed.database) == before
    done = merge("03664", typed="y\n")
    assert done.exit_code == 0, done.output
    assert "10 tenures end" in done.output
    assert units_of_cases(installed.database) == {installed.commune_id}


def test_a_second_run_says_that_nothing_changed(installed: World) -> None:
    open_entry(installed, "Đường sụt.", ROAD, box=installed.other_box_code)
    assert merge("03664", "--yes").exit_code == 0
    before = count_rows(installed.database)
    again = merge("03664", "--yes")
    assert again.exit_code == 0
    assert "nothing changed" in again.output
    assert count_rows(installed.database) == before


def test_a_new_unit_may_take_an_old_code(installed: World) -> None:
    refused = merge("03646", "03664", "--yes")
    assert refused.exit_code == 1
    assert "--name" in refused.output
    for said in ("Phường Sơn La on", "nothing changed"):
        done = merge("03646", "03664", "--name", "Phường Sơn La", "--hotline", "0212 399 9999", "--yes")
        assert done.exit_code == 0, done.output
        assert said in done.output
    with installed.database.reading() as session:
        new = session.scalars(sa.select(Unit).where(Unit.name == "Phường Sơn La")).one()
        assert (new.code, new.valid_from, new.hotline) == ("03646", TODAY, "0212 399 9999")
        heirs = session.scalars(sa.select(UnitSuccession.successor_id)).all()
        assert heirs == [new.id, new.id]


def test_a_day_ahead_is_recorded_and_moves_no_case_yet(installed: World) -> None:
    open_entry(installed, "Đường sụt.", ROAD, box=installed.other_box_code)
    done = merge("03664", "--yes", on=(TODAY + timedelta(days=10)).isoformat())
    assert "cases move when the day comes" in done.output
    assert units_of_cases(installed.database) == {installed.other_id}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["99999"], "no commune had the code 99999"),
        (["14"], "no commune had the code 14"),
        (["03646"], "cannot end and go on"),
        (["03664", "--name", "Phường Khác"], "03646 is Phường Tô Hiệu"),
        (["03664", "--into", "99999"], "no commune has the code 99999"),
        (["03664", "--into", "99999", "--name", "Thị trấn X"], "begins with Xã, Phường or Đặc khu"),
        (["03664", "--into", "9", "--name", "Xã X"], "five digits"),
        (["03664", "--on", "2206-01-01"], "check the year"),
    ],
)
def test_what_is_not_possible_is_one_clear_sentence(installed: World, arguments: list[str], said: str) -> None:
    before = count_rows(installed.database)
    answer = merge(*arguments, "--yes")
    assert answer.exit_code == 1
    assert said in answer.output
    assert "Traceback" not in answer.output
    assert count_rows(installed.database) == before


def test_people_are_moved_by_name_or_all(installed: World) -> None:
    assert "has ended" in run("move-staff", "03664").output
    merge("03664", "--yes")
    assert "nobody with the staff code" in run("move-staff", "03664", "xx").output
    assert "1 people of Phường Chiềng An now serve Phường Tô Hiệu" in run("move-staff", "03664", "cb04").output
    assert "9 people" in run("move-staff", "03664").output
    assert "0 people" in run("move-staff", "03664").output
    with installed.database.reading() as session:
        left = session.scalar(sa.select(sa.func.count()).where(Officer.unit_id == installed.other_id))
    assert left == 0
