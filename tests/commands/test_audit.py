"""`langnghe audit` as the machine's administrator runs it, and what doctor says of checkpoints."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from models import Case, CaseEvent
from models.audit import append_event
from tests.fixtures import tampering
from tests.fixtures.sorting import ReadsAsTold
from tests.fixtures.tampering import act_on_all, intruder, some_case, three_cases
from tests.fixtures.world import START, World
from triage.casework.checkpoint_files import RegularCheckpoints, month_files, take_checkpoint
from webapp.commands import langnghe
from webapp.commands.checkpoint_checks import checkpoints
from webapp.commands.findings import Finding
from webapp.settings import Settings, load_settings
from webapp.worker import Worker

Run = Callable[..., Result]


@pytest.fixture
def office(world: World) -> World:
    return three_cases(world)


@pytest.fixture
def settings(office: World, tmp_path: Path) -> Settings:
    office.database.keyring.save(tmp_path / "keys.json")
    return load_settings({
        "LANGNGHE_DATA_DIR": str(tmp_path),
        "LANGNGHE_DATABASE_URL": office.database.url.render_as_string(hide_password=False),
    })  # fmt: skip


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`langnghe` with this installation's settings."""
    monkeypatch.setenv("LANGNGHE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("LANGNGHE_DATABASE_URL", settings.database_url)
    return lambda *arguments: CliRunner().invoke(langnghe, list(arguments))


def test_a_record_in_good_order(run: Run, office: World, settings: Settings) -> None:
    nothing = run("audit", "verify")
    assert nothing.exit_code == 0
    assert "no checkpoints: what was cut off" in nothing.stdout
    assert "run `langnghe audit checkpoint`" in run("audit", "line").stderr
    first = run("audit", "checkpoint").stdout
    second = run("audit", "checkpoint").stdout
    assert (run("audit", "line").stdout, run("audit", "line", "1").stdout) == (second, first)
    assert run("audit", "line", "3").exit_code == 1
    good = run("audit", "verify")
    assert good.exit_code == 0
    assert "12 events of 3 cases walked" in good.stdout
    assert f"held against 2 checkpoints, the newest: {second}" in good.stdout


def test_a_record_that_was_tampered_with(run: Run, office: World, settings: Settings) -> None:
    run("audit", "checkpoint")
    copy = settings.data_dir / "elsewhere.jsonl"
    shutil.copy(month_files(settings.checkpoints_dir)[0], copy)
    case, reference = some_case(office)
    with intruder(office.database) as session:
        tampering.truncated(session, case)
    bad = run("audit", "verify")
    assert bad.exit_code == 1
    assert f"{reference}: event 3: cut off: checkpoint 1 of " in bad.stderr
    again = run("audit", "checkpoint")
    assert again.exit_code == 1
    assert "audit verify" in again.stderr
    shutil.rmtree(settings.checkpoints_dir)
    assert run("audit", "verify").exit_code == 0, "nothing is left that knows"
    against = run("audit", "verify", "--against", str(copy))
    assert against.exit_code == 1
    assert "checkpoint 1: is missing here; a copy is kept elsewhere" in against.stderr
    assert f"{reference}: event 3: cut off" in against.stderr


def test_restoring_a_backup_is_told_by_the_command_itself(run: Run, office: World, settings: Settings) -> None:
    backup = str(settings.data_dir / "b.zip")
    run("audit", "checkpoint")
    assert run("backup", backup).exit_code == 0
    act_on_all(office, "sau bản sao lưu", first=1)
    run("audit", "checkpoint")
    office.database.dispose()
    assert run("restore", backup, "--replace").exit_code == 0
    told = run("audit", "verify")
    assert told.exit_code == 0, told.stderr
    assert "the database was put back (backup of 20" in told.stderr
    assert "gone from 2 cases" in told.stderr


def test_restoring_by_hand_is_recognised_and_can_be_told(run: Run, office: World, settings: Settings) -> None:
    run("audit", "checkpoint")
    act_on_all(office, "sẽ mất")
    run("audit", "checkpoint")
    with intruder(office.database) as session:
        for case in session.scalars(sa.select(CaseEvent.case_id).distinct()).all():
            tampering.delete(session, tampering.events_of(session, case)[4:])
    found = run("audit", "verify")
    assert found.exit_code == 1
    assert "The database stands as at checkpoint 1 of " in found.stderr
    assert "audit checkpoint --restored WHY" in found.stderr
    assert run("audit", "checkpoint", "--restored", "đĩa hỏng").exit_code == 0
    assert run("audit", "verify").exit_code == 0


def test_the_worker_signs_the_record(office: World, settings: Settings) -> None:
    regular = RegularCheckpoints(office.database, settings.checkpoints_dir, timedelta(minutes=15))
    worker = Worker(office.database, ReadsAsTold(), office.clock, checkpoints=regular)
    worker.run_until_idle()
    office.clock.move(timedelta(minutes=15))
    worker.run_until_idle()
    (path,) = month_files(settings.checkpoints_dir)
    assert len(path.read_text().splitlines()) == 2


# --- doctor ---


def looked(office: World, settings: Settings, minutes: int) -> Finding:
    with office.database.reading() as session:
        found = list(checkpoints(session, settings, START + timedelta(minutes=minutes)))
    return max(found, key=lambda finding: ("ok", "warn", "bad").index(finding.grade))


def test_doctor_on_checkpoints(office: World, settings: Settings) -> None:
    assert (looked(office, settings, 60).grade, looked(office, settings, 180).grade) == ("ok", "warn")
    take_checkpoint(office.database, settings.checkpoints_dir, START)
    assert (looked(office, settings, 110).grade, looked(office, settings, 130).grade) == ("ok", "warn")
    assert looked(office, replace(settings, checkpoint_minutes=60), 170).grade == "ok"
    (path,) = month_files(settings.checkpoints_dir)
    path.chmod(0o644)
    assert "open to others (mode 644)" in looked(office, settings, 1).said
    path.chmod(0o600)
    good = path.read_text()
    path.write_text(good.replace('"cases":3', '"cases":4'))
    assert (looked(office, settings, 1).grade, "not signed" in looked(office, settings, 1).said) == ("warn", True)
    path.write_text("{}\n")
    assert "no checkpoint can be read" in looked(office, settings, 1).said
    path.write_text(good)
    with intruder(office.database) as session:
        tampering.emptied(session, some_case(office)[0])
    take_checkpoint(office.database, settings.checkpoints_dir, START)
    finding = looked(office, settings, 1)
    assert (finding.grade, "audit verify" in finding.mend) == ("bad", True)


def test_doctor_tells_nothing_of_how_many_cases_there_are(office: World, settings: Settings) -> None:
    take_checkpoint(office.database, settings.checkpoints_dir, START)
    before = str(looked(office, settings, 1))
    assert before == "ok    checkpoints: number 1 of 05/10/2026 09:00"
    shutil.rmtree(settings.checkpoints_dir)
    with office.database.writing() as session:
        append_event(session, session.get_one(Case, some_case(office)[0]), "drafted", START)
    take_checkpoint(office.database, settings.checkpoints_dir, START)
    assert str(looked(office, settings, 1)) == before
