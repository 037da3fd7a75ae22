"""A submission counts once, however often and however concurrently it is sent."""

import threading
import uuid
from collections import Counter
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from models import Answer, Database, Entry, EntryContact, Response, Submission
from models.codes import follow_up_code, is_follow_up_code, read_typed_code
from surveys.intake import Receipt, Sender, accept, find_access_code
from surveys.questions import Filled
from tests.fixtures.world import World

AT = datetime(2026, 10, 5, 3, 0, tzinfo=UTC)


def _send(world: World, submission_id: uuid.UUID, filled: Filled, code: str | None = None, **more) -> Receipt:
    with world.database.writing() as session:
        access = find_access_code(session, code or world.survey_code)
        return accept(session, world.database.keyring, submission_id, access, filled, AT, **more)


def _count(database: Database, table: type) -> int:
    with database.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table))


def test_rating_with_text_becomes_response_answers_and_entry(world: World) -> None:
    items = {"attitude": 2, "guidance": None}
    receipt = _send(world, uuid.uuid4(), Filled(4, "Cần thêm ghế", items, {"procedure_field": "land"}, ()))
    assert receipt.has_text
    assert not receipt.changed
    with world.database.reading() as session:
        response = session.scalars(sa.select(Response)).one()
        assert (response.overall, response.procedure_field, str(response.received_on)) == (
            4,
            "land",
            "2026-10-05",
        )
        assert session.scalars(sa.select(Entry)).one().text == "Cần thêm ghế"
        answers = {a.question: (a.level, a.not_applicable) for a in session.scalars(sa.select(Answer))}
    assert answers == {"attitude": (2, False), "guidance": (None, True)}


def test_text_and_contact_are_unreadable_in_the_database_itself(world: World) -> None:
    sender = Sender("Nguyễn Thị Bí Mật", "0900000000")
    _send(world, uuid.uuid4(), Filled(None, "chuyện rất riêng", {}, {}, ()), world.box_code, sender=sender)
    with world.database.read_engine.connect() as connection:
        raw = connection.execute(sa.text("SELECT text FROM entries")).scalar()
        name, contact = connection.execute(sa.text("SELECT name, contact FROM entry_contacts")).one()
    for stored, word in ((raw, "riêng"), (name, "Bí Mật"), (contact, "0900000000")):
        assert word.encode() not in bytes(stored)
    assert _count(world.database, EntryContact) == 1


def test_twenty_at_once_give_one_row_and_one_receipt(world: World) -> None:
    submission_id, receipts, start = uuid.uuid4(), [], threading.Barrier(20)

    def post() -> None:
        start.wait()
        receipts.append(_send(world, submission_id, Filled(5, "Tốt lắm", {}, {}, ())))

    threads = [threading.Thread(target=post) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receipts) == 20
    assert len({(r.code, r.received_at, r.changed) for r in receipts}) == 1
    assert [_count(world.database, table) for table in (Submission, Response, Entry)] == [1, 1, 1]


def test_changed_answers_under_one_id_are_told_and_not_lost_silently(world: World) -> None:
    submission_id = uuid.uuid4()
    first = _send(world, submission_id, Filled(5, "Tốt", {}, {}, ()))
    second = _send(world, submission_id, Filled(1, "Nghĩ lại thì chưa tốt", {}, {}, ()))
    assert second.code == first.code
    assert second.changed
    assert _count(world.database, Response) == 1


def test_only_the_hash_of_the_code_is_stored(world: World) -> None:
    receipt = _send(world, uuid.uuid4(), Filled(3, "", {}, {}, ()))
    with world.database.read_engine.connect() as connection:
        for table in sa.inspect(connection).get_table_names():
            for row in connection.execute(sa.text(f"SELECT * FROM {table}")):
                assert receipt.code not in " ".join(str(value) for value in row)


def test_form_with_problems_is_refused(world: World) -> None:
    from surveys.questions import Problem

    with pytest.raises(ValueError, match="problems"):
        _send(world, uuid.uuid4(), Filled(None, "", {}, {}, (Problem("overall", "missing"),)))


def test_codes_have_a_check_character_and_survive_reading_aloud(keyring) -> None:
    codes = [follow_up_code(keyring, uuid.uuid4()) for _ in range(200)]
    assert len(set(codes)) == 200
    for code in codes:
        spoken = "-".join([code[:4], code[4:8].lower(), code[8:]]).replace("0", "o").replace("1", "l")
        assert read_typed_code(f"  {spoken} ") == code
        for place in range(16):
            wrong = "7" if code[place] != "7" else "8"
            assert not is_follow_up_code(code[:place] + wrong + code[place + 1 :])
    assert max(Counter(code[0] for code in codes).values()) < 40, "letters are spread evenly"


def test_code_depends_on_id_and_key(keyring) -> None:
    submission_id = uuid.uuid4()
    assert follow_up_code(keyring, submission_id) == follow_up_code(keyring, submission_id)
    other = type(keyring).generate()
    assert follow_up_code(keyring, submission_id) != follow_up_code(other, submission_id)
