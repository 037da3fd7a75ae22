"""Database busy or away: people see "try again" and keep every word; nothing is half stored."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from werkzeug.test import TestResponse

from models import Database, Entry, Keyring
from tests.fixtures.world import World
from webapp import create_app
from webapp.settings import load_settings

TEXT = "Một lời dài mà người viết không muốn mất"


def test_busy_lock_keeps_the_words_and_the_retry_arrives_once(world: World) -> None:
    form = {"submission_id": str(uuid.uuid4()), "comment": TEXT}
    impatient = Database(world.database.url.render_as_string(hide_password=False), world.database.keyring, patience=0.1)
    app = create_app(load_settings({"LANGNGHE_BASE_URL": "http://localhost"}), impatient, world.clock)
    with _held(world.database):
        _is_kept(app.test_client().post(f"/q/{world.box_code}", data=form), form)
    impatient.dispose()
    _arrives_once(world, form)


@contextmanager
def _held(database: Database) -> Iterator[None]:
    """Somebody else holds the write lock (SQLite) or the table (PostgreSQL)."""
    if database.is_sqlite:
        with database.write_turn():
            yield
        return
    with database.write_engine.connect() as holder:
        holder.execute(sa.text("LOCK TABLE submissions IN ACCESS EXCLUSIVE MODE"))
        yield


def test_database_that_is_gone_keeps_the_words(tmp_path: Path) -> None:
    gone = Database("postgresql://nobody@127.0.0.1:1/none", Keyring.generate())
    app = create_app(load_settings({"LANGNGHE_DATA_DIR": str(tmp_path)}), gone)
    form = {"submission_id": str(uuid.uuid4()), "overall": "2", "comment": TEXT}
    _is_kept(app.test_client().post("/q/SVEY001", data=form), form)
    assert app.test_client().get("/q/SVEY001").status_code == 503
    assert app.test_client().post("/dang-nhap", data={"username": "x", "password": "bí mật"}).status_code == 503


def _is_kept(answer: TestResponse, form: dict[str, str]) -> None:
    page = answer.get_data(as_text=True)
    assert answer.status_code == 503
    assert all(value in page for value in form.values())


def _arrives_once(world: World, form: dict[str, str]) -> None:
    for _again in range(2):
        assert world.client().post(f"/q/{world.box_code}", data=form).status_code == 200
    with world.database.reading() as session:
        assert session.scalars(sa.select(Entry.text)).all() == [TEXT]


def test_password_is_never_written_back(tmp_path: Path) -> None:
    gone = Database("postgresql://nobody@127.0.0.1:1/none", Keyring.generate())
    app = create_app(load_settings({"LANGNGHE_DATA_DIR": str(tmp_path)}), gone)
    page = app.test_client().post("/dang-nhap", data={"username": "x", "password": "mật khẩu riêng"})
    assert "mật khẩu riêng" not in page.get_data(as_text=True)
