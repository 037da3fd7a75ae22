"""The demonstration: built by worker and verbs, continued when cut short, kept at the second start."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from models import Case, CaseState, Database, Decision, Entry, Keyring, Response
from tests.fixtures.databases import Databases
from triage.casework.record import verify_all
from triage.deciding import Decided, Decider
from triage.reading.artefact import default_path, load
from triage.reading.labels import default_posts
from webapp.backups import count_rows
from webapp.demonstration import ALL, SMALL, build, entries
from webapp.demonstration.plan import Commune

PAGES = {"home", "survey", "box", "follow", "officer", "board"}
ROLES = {"officer", "leader", "reception", "restricted_intake", "superior", "board", "administrator"}


def _command(folder: Path, url: str, *options: str) -> tuple[list[str], dict[str, str]]:
    environment = os.environ | {"LANGNGHE_DATA_DIR": str(folder), "LANGNGHE_DATABASE_URL": url}
    return [sys.executable, "-m", "webapp.commands", "demo", "--no-serve", *options], environment


def _build(folder: Path, url: str, *options: str) -> None:
    command, environment = _command(folder, url, *options)
    built = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600)
    assert built.returncode == 0, built.stderr


def _prepared(new_database: Databases, folder: Path) -> str:
    """A database with its keys where the command looks for them."""
    database = new_database()
    database.keyring.save(folder / "keys.json")
    return database.url.render_as_string(hide_password=False)


def _opened(folder: Path, url: str) -> Database:
    return Database(url, Keyring.load(folder / "keys.json"))


def _is_whole(database: Database, communes: Sequence[Commune]) -> None:
    many = sum(len(entries(commune.code)) for commune in communes)
    with database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Entry)) == many
        # A letter of two matters has two cases, the first of which every letter has.
        assert session.scalar(sa.select(sa.func.count()).select_from(Case).where(Case.matter == 1)) == many
        assert session.scalar(sa.select(sa.func.count()).select_from(Response)) > 500
        first = sa.select(sa.func.count()).select_from(Decision).where(Decision.number == 1)
        assert session.scalar(first) == many
        issued = session.scalar(sa.select(sa.func.count()).select_from(Case).where(Case.state == CaseState.ISSUED))
        assert issued >= 10
        assert session.scalars(sa.select(Case.superior).where(Case.superior)).first()
        assert verify_all(session).faults == []


# On PostgreSQL the whole year is built among the deep tests.
@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_build_and_second_start(new_database: Databases, tmp_path: Path) -> None:
    url = _prepared(new_database, tmp_path)
    _build(tmp_path, url, "--small")
    listing = json.loads((tmp_path / "demo.json").read_text())
    assert set(listing["pages"]) >= PAGES
    assert {account["role"] for account in listing["accounts"]} == ROLES
    assert all(account["password"] for account in listing["accounts"])
    assert oct((tmp_path / "demo.json").stat().st_mode)[-3:] == "600"
    database = _opened(tmp_path, url)
    _is_whole(database, SMALL)
    before = count_rows(database)
    # Computing time, not waiting time: other tests share the two cores.
    before_work = resource.getrusage(resource.RUSAGE_CHILDREN)
    _build(tmp_path, url, "--small")
    after_work = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after_work.ru_utime - before_work.ru_utime < 5
    assert count_rows(database) == before
    assert json.loads((tmp_path / "demo.json").read_text()) == listing
    database.dispose()


@pytest.mark.deep
def test_whole_build_that_was_killed_is_continued(new_database: Databases, tmp_path: Path) -> None:
    url = _prepared(new_database, tmp_path)
    command, environment = _command(tmp_path, url)
    for patience in (5, 20, 40):
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        time.sleep(patience)
        process.send_signal(signal.SIGKILL)
        process.wait()
    _build(tmp_path, url)
    database = _opened(tmp_path, url)
    _is_whole(database, ALL)
    database.dispose()


class Killed(BaseException):
    """What no handler of errors catches, like the end of the process."""


class DiesOnce:
    """A classifier whose process ends at its n-th look, after the worker has claimed what it was to read."""

    def __init__(self, decider: Decider, at: int) -> None:
        self.release, self._decider, self._left = decider.release, decider, at

    def decide(self, *asked: Any) -> list[Decided]:
        """As the real one, but for one time."""
        self._left -= 1
        if self._left == 0:
            raise Killed
        return self._decider.decide(*asked)


@pytest.mark.deep
def test_what_a_killed_worker_had_claimed_is_read_at_the_next_start(database: Database) -> None:
    decider = DiesOnce(Decider(load(default_path()), default_posts()), at=20)
    today, password = date(2026, 11, 22), "no password fits"
    with pytest.raises(Killed):
        build(database, decider, today, password, print, SMALL)
    build(database, decider, today, password, print, SMALL)
    _is_whole(database, SMALL)


def test_real_installation_is_never_filled_with_inventions(world, tmp_path: Path) -> None:
    world.database.keyring.save(tmp_path / "keys.json")
    command, environment = _command(tmp_path, world.database.url.render_as_string(hide_password=False))
    refused = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert refused.returncode == 1
    assert "real installation" in refused.stderr
