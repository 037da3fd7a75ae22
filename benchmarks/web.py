"""Size of the first visit, and complete responses a second on SQLite with full durability."""

import gzip
import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.rows import Row
from models import Database, Keyring
from models.migrations import upgrade
from tests.fixtures.network import free_port
from tests.fixtures.world import World, build_world

CLIENTS = 8
SECONDS = 5.0


@contextmanager
def scratch_world() -> Iterator[tuple[World, Path]]:
    """A fresh SQLite installation in a temporary folder."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        keyring = Keyring.generate()
        keyring.save(folder / "keys.json")
        database = Database(f"sqlite:///{folder / 'langnghe.sqlite'}", keyring)
        upgrade(database)
        yield build_world(database, folder), folder
        database.dispose()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def first_visit() -> Iterator[Row]:
    """Bytes on the wire of the questionnaire page and its one style sheet."""
    with scratch_world() as (world, _folder):
        client = world.client()
        html = client.get(f"/q/{world.survey_code}").get_data()
        css = client.get("/static/base.css").get_data()
    size = sum(len(gzip.compress(part)) for part in (html, css))
    yield Row(
        "first visit, compressed",
        "B",
        [size],
        "≤ 14336 in ≤ 2 requests",
        "LimeSurvey 6.14: 476,000–1,230,000 in 28–36",
    )


def responses_per_second() -> Iterator[Row]:
    """Eight phones posting complete questionnaires to two web processes."""
    with scratch_world() as (world, folder), _server(folder) as port:
        rates, latencies = [], []
        for _round in range(3):
            times = _load(port, world.survey_code)
            rates.append(len(times) / SECONDS)
            latencies.append(sorted(times)[int(len(times) * 0.99)] * 1000)
    yield Row("complete responses a second, 2 processes", "1/s", rates, "≥ 100", "LimeSurvey 6.14: 8.6–14.8")
    yield Row("the same, p99 of one response", "ms", latencies)


@contextmanager
def _server(folder: Path) -> Iterator[int]:
    port = free_port()
    environment = os.environ | {"LANGNGHE_DATA_DIR": str(folder), "LANGNGHE_PORT": str(port)}
    process = subprocess.Popen([sys.executable, "-m", "webapp.commands", "serve"], env=environment)
    try:
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _load(port: int, code: str) -> list[float]:
    times: list[float] = []
    end = time.monotonic() + SECONDS

    def phone() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        while time.monotonic() < end:
            body = urlencode({"submission_id": str(uuid.uuid4()), "overall": "4", "comment": "Cần thêm ghế chờ"})
            began = time.monotonic()
            connection.request("POST", f"/q/{code}", body, {"Content-Type": "application/x-www-form-urlencoded"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"status {answer.status}")
            times.append(time.monotonic() - began)

    phones = [threading.Thread(target=phone) for _ in range(CLIENTS)]
    for thread in phones:
        thread.start()
    for thread in phones:
        thread.join()
    return times
