"""`langnghe doctor` with each part broken on purpose: the line that says so, its grade, and what to do."""

import fcntl
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections import namedtuple
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfoNotFoundError

import pytest
import sqlalchemy as sa

from models import AccessCode, Account, CalendarDay, Keyring, Post, Tenure, WorkerHeartbeat
from models.migrations import downgrade
from surveys.intake import accept
from surveys.questions import Filled
from tests.fixtures.mail import mail_server
from tests.fixtures.network import free_port
from tests.fixtures.releases import add_release
from tests.fixtures.world import START, World
from triage.reading import artefact
from triage.releasing.registry import file_of
from webapp.backups import remember_backup, write_backup
from webapp.commands import database_checks, machine_checks
from webapp.commands.database_checks import judge_sqlite
from webapp.commands.doctor import examine
from webapp.commands.findings import Finding
from webapp.settings import FILE_NAME, Settings, load_settings

ONE_HOUR = timedelta(hours=1)


REALLY_LOAD, REALLY_RUN, REALLY_APART = artefact.load, machine_checks._run, database_checks.APART


@pytest.fixture
def settings(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An installation in good order: everything doctor looks at is as it should be."""
    # Loading the classifier takes a second, and the story's clock is not the database server's.
    monkeypatch.setattr(artefact, "load", lambda _path: SimpleNamespace(release="stand-in"))
    monkeypatch.setattr(machine_checks, "_run", lambda *_command: "yes")
    monkeypatch.setattr(database_checks, "APART", timedelta.max)
    data = tmp_path / "data"
    data.mkdir()
    world.database.keyring.save(data / "keys.json")
    with world.database.writing() as session:
        session.add(WorkerHeartbeat(name="w", at=world.clock()))
    found = load_settings({
        "LANGNGHE_DATA_DIR": str(data), "LANGNGHE_BASE_URL": "https://gopy.phuong.gov.vn",
        "LANGNGHE_DATABASE_URL": world.database.url.render_as_string(hide_password=False),
    })  # fmt: skip
    remember_backup(data, tmp_path / "b.zip", {"made_at": world.clock().isoformat(), "rows": 1})
    return found


def send(world: World) -> None:
    """An entry in the box."""
    with world.database.writing() as session:
        filled = Filled(None, "Cống tắc ở ngõ 3", {}, {}, ())
        access = session.get_one(AccessCode, world.box_code)
        accept(session, world.database.keyring, uuid.uuid4(), access, filled, world.clock())


def findings(settings: Settings, now: datetime = START, **asked: str) -> list[Finding]:
    return list(examine(settings, now, **asked))


def told(settings: Settings, subject: str, now: datetime = START, **asked: str) -> Finding:
    """The worst finding on a subject."""
    mine = [finding for finding in findings(settings, now, **asked) if finding.subject == subject]
    return max(mine, key=lambda finding: ("ok", "warn", "bad").index(finding.grade))


def is_told(finding: Finding, grade: str, said: str, mend: str = "") -> None:
    assert (finding.grade, said in finding.said, mend in finding.mend) == (grade, True, True), str(finding)
    assert bool(finding.mend) is (grade != "ok"), "whatever is wrong comes with what to do"


def test_an_installation_in_good_order_has_nothing_bad(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 3))
    seen = findings(settings)
    assert [str(finding) for finding in seen if finding.grade != "ok"] == []
    assert {finding.subject for finding in seen} >= {
        "settings", "disk", "time zone", "clock", "calendar", "classifier", "address", "mail", "keys", "schema",
        "worker", "entries", "accounts", "people", "backups",
    }  # fmt: skip


# --- settings, files, machine ---


def test_settings_that_are_none(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGNGHE_PROT", "1")
    is_told(told(settings, "settings"), "warn", "LANGNGHE_PROT is not a setting")
    monkeypatch.delenv("LANGNGHE_PROT")
    file = settings.data_dir / FILE_NAME
    file.write_text("LANGNGHE_BASE_ULR=https://x.vn\n")
    file.chmod(0o600)
    is_told(told(settings, "settings"), "warn", "LANGNGHE_BASE_ULR is not a setting")
    file.write_text("# nothing\n")
    file.chmod(0o644)
    is_told(told(settings, "settings"), "warn", "open to others (mode 644)", "chmod 600")


@pytest.mark.parametrize(("free", "grade"), [(10_000_000, "bad"), (900_000_000, "warn"), (9_000_000_000, "ok")])
def test_disk(settings: Settings, monkeypatch: pytest.MonkeyPatch, free: int, grade: str) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage(0, 0, free))
    is_told(told(settings, "disk"), grade, "MB free")


def test_time_zone(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    class Lost:
        @staticmethod
        def no_cache(key: str) -> None:
            raise ZoneInfoNotFoundError(key)

    monkeypatch.setattr(machine_checks, "ZoneInfo", Lost)
    is_told(told(settings, "time zone"), "bad", "Asia/Ho_Chi_Minh", "tzdata")


@pytest.mark.parametrize(("says", "grade"), [("echo no", "warn"), ("echo yes", "ok"), ("exit 1", "ok")])
def test_time_server(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, says: str, grade: str
) -> None:
    monkeypatch.setattr(machine_checks, "_run", REALLY_RUN)
    program = tmp_path / "bin" / "timedatectl"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{says}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    is_told(told(settings, "clock"), grade, "time server" if grade == "warn" else "")


def test_calendar(settings: Settings) -> None:
    late, far = datetime(2026, 12, 1, tzinfo=UTC), datetime(2150, 6, 1, tzinfo=UTC)
    is_told(told(settings, "calendar", late), "warn", "2027", "notice")
    is_told(told(settings, "calendar", far), "bad", "no Tết")
    is_told(told(settings, "calendar", START), "ok", "known")


def test_days_that_administrators_put_in_make_a_year_known(settings: Settings, world: World) -> None:
    with world.database.writing() as session:
        day = CalendarDay(unit_id=world.province_id, day=date(2027, 1, 4), worked="none", source="x", changed_at=START)
        session.add(day)
    is_told(told(settings, "calendar", datetime(2026, 12, 1, tzinfo=UTC)), "ok", "known")


def test_classifier(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(artefact, "load", REALLY_LOAD)
    missing, broken = tmp_path / "none", tmp_path / "broken.npz"
    broken.write_bytes(b"no zip")
    is_told(told(replace(settings, classifier=missing), "classifier"), "bad", "missing", "triage train")
    is_told(told(replace(settings, classifier=broken), "classifier"), "bad", "damaged", "triage train")
    is_told(told(settings, "classifier"), "ok", "release")


def _stand_in(release: str) -> SimpleNamespace:
    return SimpleNamespace(release=release, read=lambda texts: texts)


def test_releases(world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    is_told(told(settings, "releases"), "ok", "none yet")
    loaded = {"file of 1": "first", "file of 2": "second"}
    monkeypatch.setattr(artefact, "load", lambda path: _stand_in(loaded.get(path.read_text(), "newer")))
    monkeypatch.setattr("triage.releasing.serving.load", artefact.load)
    settings.releases_dir.mkdir()
    first, second = (file_of(settings.releases_dir, release) for release in ("first", "second"))
    first.write_text("file of 1")
    add_release(world, "first")
    installed = replace(settings, classifier=settings.data_dir / "installed.npz")
    installed.classifier.write_text("file of 1")
    is_told(told(installed, "releases"), "ok", "release 1 (first) serves")
    second.write_text("file of 1")
    add_release(world, "second", "no_fall", corrections=40)
    is_told(told(installed, "releases"), "warn", "holds release first", "triage rollback")
    second.write_text("file of 2")
    is_told(told(installed, "releases"), "ok", "release 2 (second) serves")
    second.unlink()
    is_told(told(installed, "releases"), "warn", "is missing; the installed classifier reads", "put the file back")
    second.write_text("file of 2")
    first.unlink()
    is_told(told(installed, "releases"), "warn", "for 1, which served once", "put the files back")
    first.write_text("file of 1")
    installed.classifier.write_text("of another corpus")
    is_told(told(installed, "releases"), "warn", "a newer classifier (newer) than release 2", "triage candidate")


def test_address(settings: Settings) -> None:
    local, plain = "http://192.168.1.4", "http://gopy.phuong.gov.vn"
    is_told(told(replace(settings, base_url=local), "address"), "warn", "reaches no phone", "LANGNGHE_BASE_URL")
    is_told(told(replace(settings, base_url=plain), "address"), "warn", "not encrypted", "TLS")


def test_keys(settings: Settings) -> None:
    settings.keys_file.chmod(0o640)
    is_told(told(settings, "keys"), "bad", "mode 640", "chmod 600")
    settings.keys_file.write_text('{"sealing": ["short"], "codes": "00", "cookies": "c"}')
    settings.keys_file.chmod(0o600)
    is_told(told(settings, "keys"), "bad", "no usable keys", "restore")
    settings.keys_file.write_text("{")
    assert told(settings, "keys").grade == "bad"
    settings.keys_file.unlink()
    assert "no key file" in told(settings, "keys").said


def test_keys_of_another_installation(world: World, settings: Settings) -> None:
    is_told(told(settings, "keys"), "ok", "keys")
    send(world)
    assert any(f.said == "they open the newest stored text" for f in findings(settings))
    Keyring.generate().save(settings.keys_file)
    finding = told(settings, "keys")
    is_told(finding, "bad", "do not open the newest stored text", "right key file")
    assert "Cống" not in str(finding)


# --- mail ---


def test_no_mail_is_fine_until_a_message_is_asked_for(settings: Settings) -> None:
    is_told(told(settings, "mail"), "ok", "notices stay inside the service")
    is_told(told(settings, "mail", mail_to="a@x.vn"), "warn", "no server", "LANGNGHE_MAIL_SERVER")


def test_a_mail_server_that_answers_is_sent_a_message_only_when_asked(settings: Settings) -> None:
    with mail_server() as server:
        mine = replace(settings, mail_server=server.url)
        is_told(told(mine, "mail"), "ok", "answers")
        assert "NOOP" in [line.upper() for line in server.said]
        assert server.messages == []
        is_told(told(mine, "mail", mail_to="a@x.vn"), "ok", "handed over for a@x.vn")
    (message,) = server.messages
    assert "From: langnghe@gopy.phuong.gov.vn" in message
    assert "To: a@x.vn" in message


def test_mail_servers_that_refuse_or_are_away(settings: Settings) -> None:
    with mail_server(refuse="454 not now") as server:
        is_told(told(replace(settings, mail_server=server.url), "mail"), "bad", "answers 454", "mail server")
        open_wire = server.url.replace("//", "//u:geheim@")
        finding = told(replace(settings, mail_server=open_wire), "mail")
        is_told(finding, "bad", "the password was not sent", "LANGNGHE_MAIL_SERVER")
        assert not any("geheim" in line or line.startswith("AUTH") for line in server.said)
    away = f"smtp://u:geheim@127.0.0.1:{free_port()}"
    finding = told(replace(settings, mail_server=away), "mail")
    is_told(finding, "bad", "does not work", "LANGNGHE_MAIL_SERVER")
    assert "geheim" not in str(finding)


# --- the database ---


def test_database_away(settings: Settings, tmp_path: Path) -> None:
    gone = replace(settings, database_url=f"postgresql://nobody@127.0.0.1:{free_port()}/none")
    is_told(told(gone, "database"), "bad", "refused", "LANGNGHE_DATABASE_URL")
    none = replace(settings, database_url=f"sqlite:///{tmp_path / 'none.sqlite'}")
    is_told(told(none, "database"), "bad", "no file", "langnghe setup")
    assert not (tmp_path / "none.sqlite").exists(), "looking makes nothing"


def test_schema(world: World, settings: Settings) -> None:
    downgrade(world.database, "0001")
    is_told(told(settings, "schema"), "bad", "at 0001", "langnghe db upgrade")


@pytest.mark.parametrize(("version", "journal", "synchronous", "grades"), [
    ((3, 51, 3), "wal", 2, ["ok"]), ((3, 40, 1), "wal", 2, ["warn", "ok"]), ((3, 52, 0), "delete", 2, ["bad"]),
    ((3, 52, 0), "wal", 1, ["bad"]),
])  # fmt: skip
def test_sqlite(version: tuple[int, ...], journal: str, synchronous: int, grades: list[str]) -> None:
    assert [finding.grade for finding in judge_sqlite(version, journal, synchronous)] == grades


def test_a_lock_that_does_not_lock(world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    subjects = {finding.subject for finding in findings(settings)}
    assert {"lock", "sqlite"} <= subjects if world.database.is_sqlite else not {"lock", "sqlite"} & subjects
    if world.database.is_sqlite:
        monkeypatch.setattr(fcntl, "flock", lambda *_: None)
        is_told(told(settings, "lock"), "bad", "two writers", "local disk")


def test_a_lock_that_somebody_keeps(world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    if not world.database.is_sqlite:
        return
    patient = database_checks.Database
    monkeypatch.setattr("webapp.commands.doctor.Database", lambda url, ring: patient(url, ring, patience=0.1))
    with world.database.write_turn():
        is_told(told(settings, "sqlite"), "bad", "holds the database", "end it")


def test_a_clock_that_went_back(world: World, settings: Settings) -> None:
    send(world)
    is_told(told(settings, "clock", START - ONE_HOUR), "bad", "behind what is stored", "set the clock")


def test_a_clock_apart_from_the_servers(world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    if world.database.is_sqlite:
        return
    monkeypatch.setattr(database_checks, "APART", REALLY_APART)
    now = datetime.now(UTC)
    assert "apart" not in told(settings, "clock", now).said
    is_told(
        told(settings, "clock", now + timedelta(minutes=10)), "warn", "apart from the database server's", "time server"
    )


def test_worker_that_is_silent_or_never_came(world: World, settings: Settings) -> None:
    is_told(told(settings, "worker", START + timedelta(minutes=1)), "ok", "last seen")
    is_told(told(settings, "worker", START + timedelta(minutes=3)), "warn", "last seen", "langnghe worker")
    with world.database.writing() as session:
        session.execute(sa.delete(WorkerHeartbeat))
    is_told(told(settings, "worker"), "warn", "never seen", "langnghe worker")


@pytest.mark.parametrize(("minutes", "grade"), [(5, "ok"), (30, "warn"), (90, "bad")])
def test_entries_that_wait(world: World, settings: Settings, minutes: int, grade: str) -> None:
    send(world)
    is_told(told(settings, "entries", START + timedelta(minutes=minutes)), grade, f"the oldest for {minutes} minutes")


def test_demonstration_accounts_beside_real_ones(world: World, settings: Settings) -> None:
    is_told(told(settings, "accounts"), "ok", "no demonstration")
    one = Account.username == "a.board"
    with world.database.writing() as session:
        session.execute(sa.update(Account).where(one).values(demonstration=True))
    is_told(told(settings, "accounts"), "bad", "beside real ones", "LANGNGHE_DATA_DIR")
    with world.database.writing() as session:
        session.execute(sa.update(Account).values(demonstration=True))
    is_told(told(settings, "accounts"), "ok", "this is a demonstration")


@pytest.mark.parametrize(("post", "grade", "said"), [
    ("chairperson", "bad", "nobody as chairperson"), ("restricted_intake", "warn", "no named intake person"),
    ("justice_officer", "ok", "a chairperson and an intake person"),
])  # fmt: skip
def test_people_without_whom_entries_lie(world: World, settings: Settings, post: str, grade: str, said: str) -> None:
    with world.database.writing() as session:
        held = sa.select(Tenure).join(Post).where(Post.code == post, Post.unit_id == world.commune_id)
        session.scalars(held).one().ends_on = START.date()
    is_told(told(settings, "people"), grade, said, "/quan-tri/03646" if grade != "ok" else "")


def test_backups(world: World, settings: Settings, tmp_path: Path) -> None:
    is_told(told(settings, "backups", START + timedelta(hours=25)), "ok", "b.zip")
    is_told(told(settings, "backups", START + timedelta(hours=27)), "warn", "last 2026-10-05", "langnghe backup")
    note = settings.data_dir / "last-backup.json"
    for damaged in ("{", "[]", '{"made_at": 3}'):
        note.write_text(damaged)
        assert told(settings, "backups").grade == "bad"
    note.unlink()
    is_told(told(settings, "backups"), "bad", "none was ever made", "langnghe backup")
    with world.database.writing() as session:
        session.execute(sa.update(Account).values(demonstration=True))
    is_told(told(settings, "backups"), "ok", "none")
    remember_backup(settings.data_dir, tmp_path / "c.zip", write_backup(world.database, tmp_path / "c.zip"))
    assert json.loads(note.read_text())["file"] == str(tmp_path / "c.zip")


def test_a_look_that_breaks_hides_no_other(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_settings: Settings) -> None:
        raise RuntimeError("odd")

    monkeypatch.setattr(machine_checks, "classifier", breaks)
    seen = findings(settings)
    is_told(next(f for f in seen if f.subject == "classifier"), "bad", "RuntimeError: odd")
    assert seen[-1].subject == "backups"


def test_looking_writes_nothing(world: World, settings: Settings) -> None:
    from webapp.backups import count_rows

    before, files = count_rows(world.database), sorted(path.name for path in settings.data_dir.iterdir())
    findings(settings)
    assert count_rows(world.database) == before
    assert sorted(path.name for path in settings.data_dir.iterdir()) == files


# --- as a program ---


def _doctor(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LANGNGHE_")}
    return subprocess.run(
        [sys.executable, "-m", "webapp.commands", "doctor"], capture_output=True, text=True, timeout=120,
        env=clean | {"LANGNGHE_DATA_DIR": str(folder)} | environment,
    )  # fmt: skip


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_exit_1_when_something_is_bad_and_0_otherwise(settings: Settings) -> None:
    fine = _doctor(settings.data_dir, LANGNGHE_DATABASE_URL=settings.database_url, LANGNGHE_BASE_URL=settings.base_url)
    lines = fine.stdout.splitlines()
    assert all(line[:5].strip() in ("ok", "warn", "bad") for line in lines)
    # The real clock runs: the backup of the story's day is old and its worker silent, which is no more than a warning.
    assert fine.returncode == int(any(line.startswith("bad") for line in lines))
    empty = _doctor(settings.data_dir / "none", LANGNGHE_CLASSIFIER="/none")
    assert empty.returncode == 1
    assert empty.stdout.count("bad ") == 2
    assert not (settings.data_dir / "none").exists()
    wrong = _doctor(settings.data_dir, LANGNGHE_PORT="zero")
    assert wrong.returncode == 1
    assert "bad   settings: LANGNGHE_PORT" in wrong.stdout
    assert "Traceback" not in wrong.stderr
