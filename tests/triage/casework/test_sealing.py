"""Where a commune runs alone, what accuses its leader is readable to the province only."""

import json
import re
from dataclasses import replace

import pytest
import sqlalchemy as sa

from models import Base, Case, Database, SealedPackage
from models.audit import CaseEvent
from models.codes import follow_up_code
from models.sealing import BadKey, CannotOpen, fingerprint, new_key_pair, open_bundle, seal, unseal
from tests.fixtures.sorting import reading, sort_all
from tests.fixtures.world import World
from triage.casework.record import verify_all
from triage.casework.sealing import bundle, seal_waiting

ACCUSING = "Ông Chủ tịch phường nhận phong bì của công ty cát sỏi ở bãi Nà Coóng."
WORDS = ("Nà Coóng", "phong bì", "0912000111", "Lò Thị Mây")


@pytest.fixture
def keys() -> tuple[str, str]:
    return new_key_pair()


def alone(world: World, public: str) -> World:
    """The world, trusting a province's key."""
    for engine in (world.database.write_engine, world.database.read_engine):
        engine.dialect.langnghe_keyring = replace(world.database.keyring, superior=public)
    return world


def accuse(world: World) -> str:
    number = world.send_box(ACCUSING, sender_name="Lò Thị Mây", sender_contact="0912000111")
    sort_all(world, lambda _text: reading("denunciation", "integrity", accuses_staff=True))
    return follow_up_code(world.database.keyring, number)


def everything_readable(database: Database) -> str:
    """Every column of every row, opened with every key of the installation."""
    with database.reading() as session:
        rows = [row for table in Base.metadata.sorted_tables for row in session.execute(sa.select(table))]
    return repr(rows)


def test_nothing_of_it_can_be_read_here_any_more(world: World, keys: tuple[str, str]) -> None:
    accuse(alone(world, keys[1]))
    left = everything_readable(world.database)
    assert not [word for word in WORDS if word in left]
    with world.database.reading() as session:
        assert session.scalars(sa.select(Case.superior)).all() == [True]


def test_without_a_trusted_key_the_superior_account_reads_it_here(world: World) -> None:
    accuse(world)
    assert all(word in everything_readable(world.database) for word in WORDS)
    with world.database.reading() as session:
        assert session.scalars(sa.select(SealedPackage)).first() is None


def test_the_province_reads_it_whole(world: World, keys: tuple[str, str]) -> None:
    accuse(alone(world, keys[1]))
    with world.database.writing() as session:
        text = bundle(session, keys[1], world.clock())
        reference = session.scalars(sa.select(Case.reference)).one()
    assert not [word for word in WORDS if word in text]
    content = open_bundle(keys[0], text)[reference]
    assert content["text"] == ACCUSING
    assert (content["name"], content["contact"]) == ("Lò Thị Mây", "0912000111")
    assert content["unit"] == {"code": "03646", "name": "Phường Tô Hiệu"}


def test_a_bundle_does_not_tell_whether_anything_is_in_it(world: World, keys: tuple[str, str]) -> None:
    alone(world, keys[1])
    with world.database.writing() as session:
        empty = bundle(session, keys[1], world.clock())
    accuse(world)
    with world.database.writing() as session:
        full = bundle(session, keys[1], world.clock())
        after = bundle(session, keys[1], world.clock())
        again = bundle(session, keys[1], world.clock(), again=True)
    assert len(empty) == len(full) == len(after)
    assert [len(open_bundle(keys[0], text)) for text in (empty, full, after, again)] == [0, 1, 0, 1]


def test_the_record_says_erased_and_handed_over_never_tampered(world: World, keys: tuple[str, str]) -> None:
    accuse(alone(world, keys[1]))
    with world.database.writing() as session:
        bundle(session, keys[1], world.clock())
    with world.database.reading() as session:
        assert session.scalars(sa.select(CaseEvent.act).order_by(CaseEvent.sequence)).all() == ["opened", "handed_over"]
        walk = verify_all(session)
    assert walk.faults == []


def test_the_citizen_is_told_where_it_went(world: World, keys: tuple[str, str]) -> None:
    code = accuse(alone(world, keys[1]))
    page = world.client().get(f"/t/{code}").get_data(as_text=True)
    assert "niêm phong" in page
    assert "chậm nhất ngày" not in page, "nobody here can promise a day"
    assert not [word for word in WORDS if word in page]


def test_what_came_before_the_key_is_sealed_when_it_is_trusted(world: World, keys: tuple[str, str]) -> None:
    accuse(world)
    with alone(world, keys[1]).database.writing() as session:
        assert seal_waiting(session, world.clock()) == 1
        assert seal_waiting(session, world.clock()) == 0
    with world.database.reading() as session:
        walk = verify_all(session)
    assert (walk.erased, walk.faults) == (1, [])
    assert not [word for word in WORDS if word in everything_readable(world.database)]


def test_another_key_or_a_changed_package_opens_nothing(keys: tuple[str, str]) -> None:
    sealed = seal(keys[1], {"text": "x"}, "AAAA-BBBB")
    assert unseal(keys[0], sealed, "AAAA-BBBB") == {"text": "x"}
    with pytest.raises(CannotOpen):
        unseal(new_key_pair()[0], sealed, "AAAA-BBBB")
    with pytest.raises(CannotOpen):
        unseal(keys[0], sealed, "AAAA-CCCC")
    with pytest.raises(CannotOpen):
        unseal(keys[0], sealed[:-1] + bytes([sealed[-1] ^ 1]), "AAAA-BBBB")
    for bad in ("", "abc", "x" * 44):
        with pytest.raises(BadKey):
            fingerprint(bad)
    for bad in ("", "{}", json.dumps({"sealed": "AAAA"}), "[]"):
        with pytest.raises(CannotOpen):
            open_bundle(keys[0], bad)


def test_fingerprints_are_short_enough_to_say(keys: tuple[str, str]) -> None:
    assert re.fullmatch(r"([0-9a-f]{4}-){3}[0-9a-f]{4}", fingerprint(keys[1]))
    assert fingerprint(keys[1]) != fingerprint(new_key_pair()[1])
