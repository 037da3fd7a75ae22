"""Web and worker are killed at random instants while people send: nothing acknowledged is lost or doubled."""

import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa

from models import Case, CaseEvent, Database, Decision, Entry, Response, Submission
from tests.fixtures.network import free_port
from tests.fixtures.world import build_world
from triage.casework.record import verify_all

TEXTS = (
    "Đèn đường ngõ {} tắt đã hai tuần, tối đi lại nguy hiểm",
    "Cho hoi thu tuc lam lai giay khai sinh so {} can giay to gi",
    "Cán bộ quầy số {} nói năng cáu gắt với người già",
    "Cảm ơn bộ phận một cửa đã giải quyết hồ sơ số {} rất nhanh",
    "Đèn đường ngõ {} tắt hai tuần nay. Ngoài ra cho hỏi thủ tục làm lại giấy khai sinh cần giấy tờ gì?",
)


@dataclass
class Service:
    """Web and worker as processes of their own, started again whenever they were killed."""

    environment: dict[str, str]
    port: int
    running: dict[str, subprocess.Popen] = field(default_factory=dict)

    def keep_running(self) -> None:
        """Start what is not running."""
        for name in ("serve", "worker"):
            process = self.running.get(name)
            if process is None or process.poll() is not None:
                self.running[name] = subprocess.Popen(
                    [sys.executable, "-m", "webapp.commands", name],
                    env=self.environment, start_new_session=True, stderr=subprocess.DEVNULL,
                )  # fmt: skip

    def kill(self, name: str) -> None:
        """kill -9 the process and its children: its whole group."""
        process = self.running.pop(name, None)
        if process is not None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def _service(database: Database, folder: Path) -> Iterator[Service]:
    keys = folder / "keys.json"
    database.keyring.save(keys)
    port = free_port()
    environment = os.environ | {
        "LANGNGHE_DATA_DIR": str(folder),
        "LANGNGHE_KEYS_FILE": str(keys),
        "LANGNGHE_DATABASE_URL": database.url.render_as_string(hide_password=False),
        "LANGNGHE_PORT": str(port),
        "LANGNGHE_WORKER_PAUSE": "0.05",
    }
    service = Service(environment, port)
    try:
        yield service
    finally:
        for name in list(service.running):
            service.kill(name)


def _post(port: int, code: str, submission_id: uuid.UUID, text: str) -> bool:
    """One try; True only when the thank-you page came back whole."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        body = urlencode({"submission_id": str(submission_id), "overall": "4", "comment": text})
        connection.request("POST", f"/q/{code}", body, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        answer.read()
        return answer.status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _send_all(service: Service, code: str, texts: list[str], acknowledged: dict[uuid.UUID, str]) -> None:
    """Eight phones that retry with the same id until they hear thanks."""
    waiting = [(uuid.uuid4(), text) for text in texts]
    lock = threading.Lock()

    def phone() -> None:
        while True:
            with lock:
                if not waiting:
                    return
                submission_id, text = waiting.pop()
            while not _post(service.port, code, submission_id, text):
                time.sleep(0.05)
            acknowledged[submission_id] = text
            # An impatient thumb: some send once more after the thanks.
            if submission_id.int % 5 == 0:
                _post(service.port, code, submission_id, text)

    phones = [threading.Thread(target=phone) for _ in range(8)]
    for thread in phones:
        thread.start()
    for thread in phones:
        thread.join()


def _count(database: Database, table: type) -> int:
    with database.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table))


def _storm(database: Database, folder: Path, many: int, at_least_kills: int) -> None:
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    draw = random.Random(seed)
    world = build_world(database, folder)
    texts = [TEXTS[number % len(TEXTS)].format(number) for number in range(many)]
    acknowledged: dict[uuid.UUID, str] = {}
    kills = {"serve": 0, "worker": 0}
    with _service(database, folder) as service:
        service.keep_running()
        sender = threading.Thread(target=_send_all, args=(service, world.survey_code, texts, acknowledged))
        sender.start()
        # Killing goes on past the last thanks until enough kills fell among the sorting as well.
        while sender.is_alive() or min(kills.values()) < at_least_kills:
            name = draw.choice(["serve", "worker"])
            time.sleep(draw.uniform(0.3, 3.0))
            service.kill(name)
            kills[name] += 1
            service.keep_running()
        sender.join()
        _wait_sorted(database, service)
    print(f"seed {seed}: {many} submissions, kills {kills}")
    _check(database, acknowledged, many)


def _wait_sorted(database: Database, service: Service) -> None:
    # A claim of a killed worker holds for its lease; here the lease is ended instead of waited for.
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        service.keep_running()
        with database.writing() as session:
            session.execute(sa.update(Entry).where(Entry.sorted_at.is_(None)).values(claimed_until=None))
            left = session.scalar(sa.select(sa.func.count()).select_from(Entry).where(Entry.sorted_at.is_(None)))
        if not left:
            return
        time.sleep(2)
    raise AssertionError(f"{left} entries were never sorted")


def _check(database: Database, acknowledged: dict[uuid.UUID, str], many: int) -> None:
    with database.reading() as session:
        stored = dict(session.execute(sa.select(Entry.id, Entry.text)).all())
        opened = session.scalar(sa.select(sa.func.count()).select_from(CaseEvent).where(CaseEvent.act == "opened"))
        cases = session.scalars(sa.select(Case).order_by(Case.entry_id, Case.matter)).all()
        decisions = session.execute(sa.select(Decision.entry_id, Decision.matter, Decision.number)).all()
        walk = verify_all(session)
    assert len(acknowledged) == many
    assert stored == acknowledged, "an acknowledged entry is lost, doubled or changed"
    assert [_count(database, table) for table in (Submission, Response, Entry)] == [many] * 3
    by_entry = {entry: list(found) for entry, found in groupby(cases, key=lambda case: case.entry_id)}
    assert by_entry.keys() == stored.keys()
    assert all(_is_all_of(found, stored[entry]) for entry, found in by_entry.items()), "half of an entry was opened"
    assert sorted(decisions) == sorted((case.entry_id, case.matter, case.matter) for case in cases)
    assert opened == len(cases) > many, "no letter of two matters was divided"
    assert walk.faults == []


def _is_all_of(cases: list[Case], text: str) -> bool:
    """Whether the cases of an entry are numbered from 1 and their parts together are its text."""
    parts = [text[case.part_start : case.part_end] for case in cases]
    return [case.matter for case in cases] == list(range(1, len(cases) + 1)) and "".join(parts) == text


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_killed_at_random_loses_and_doubles_nothing(database: Database, tmp_path: Path) -> None:
    _storm(database, tmp_path, many=80, at_least_kills=2)


@pytest.mark.deep
def test_killed_at_random_during_500_submissions(database: Database, tmp_path: Path) -> None:
    _storm(database, tmp_path, many=500, at_least_kills=10)
