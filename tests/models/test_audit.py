"""The record of a case: five sorts of tampering are found, lawful erasure is not taken for one."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Case, CaseEvent, CaseEventPayload, CaseKey
from models.audit import append_event, open_payload
from tests.fixtures.sorting import sort_all
from tests.fixtures.world import START, World
from triage.casework.record import verify_all


@pytest.fixture
def with_case(world: World) -> World:
    """A world with one case of four events."""
    world.send_box("Cống đầu ngõ tắc, nước tràn vào nhà")
    sort_all(world)
    with world.database.writing() as session:
        case = session.scalars(sa.select(Case)).one()
        for number in range(3):
            append_event(session, case, "drafted", START, note=f"lần {number}")
    return world


def _faults(world: World) -> list[str]:
    with world.database.reading() as session:
        return [f"{fault.sequence} {fault.what}" for fault in verify_all(session).faults]


def _tamper(world: World, *statements: str) -> None:
    """Change rows as somebody with the database's own rights could: guards dropped first."""
    with world.database.writing() as session:
        for name in ("update", "delete"):
            on = "" if world.database.is_sqlite else " ON case_events"
            session.execute(sa.text(f"DROP TRIGGER guard_case_events_{name}{on}"))
        for statement in statements:
            session.execute(sa.text(statement))


def test_whole_record_has_no_faults(with_case: World) -> None:
    assert _faults(with_case) == []


@pytest.mark.parametrize("change", ["UPDATE case_events SET act = 'signed'", "DELETE FROM case_events"])
def test_database_refuses_to_change_events(with_case: World, change: str) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), with_case.database.writing() as session:
        session.execute(sa.text("DELETE FROM case_event_payloads"))
        session.execute(sa.text(change))


def test_changed_event_is_found(with_case: World) -> None:
    _tamper(with_case, "UPDATE case_events SET act = 'signed' WHERE sequence = 2")
    assert _faults(with_case) == ["2 was changed: its digest does not fit"]


def test_removed_event_is_found(with_case: World) -> None:
    _tamper(
        with_case,
        "DELETE FROM case_event_payloads WHERE event_id IN (SELECT id FROM case_events WHERE sequence = 2)",
        "DELETE FROM case_events WHERE sequence = 2",
    )
    assert _faults(with_case) == ["2 missing: the sequence has a gap"]


def test_reordered_events_are_found(with_case: World) -> None:
    _tamper(
        with_case,
        "UPDATE case_events SET sequence = 99 WHERE sequence = 2",
        "UPDATE case_events SET sequence = 2 WHERE sequence = 3",
        "UPDATE case_events SET sequence = 3 WHERE sequence = 99",
    )
    assert any(fault.startswith("2 ") for fault in _faults(with_case))


def test_rehashed_event_breaks_the_next_link(with_case: World) -> None:
    from models.audit import event_digest

    with with_case.database.reading() as session:
        event = session.scalars(sa.select(CaseEvent).where(CaseEvent.sequence == 2)).one()
        event.act = "signed"
        digest = event_digest(event)
        session.expunge_all()
    _tamper(with_case, f"UPDATE case_events SET act = 'signed', digest = '{digest}' WHERE sequence = 2")
    assert _faults(with_case) == ["3 does not follow the event before it"]


def test_changed_payload_is_found(with_case: World) -> None:
    with with_case.database.writing() as session:
        one, other = session.scalars(sa.select(CaseEventPayload).order_by(CaseEventPayload.event_id).limit(2))
        one.body = other.body
    assert len(_faults(with_case)) == 1


@pytest.mark.parametrize("erased", [CaseEventPayload, CaseKey])
def test_lawful_erasure_verifies_as_erasure(with_case: World, erased: type) -> None:
    with with_case.database.writing() as session:
        session.execute(sa.delete(erased))
    with with_case.database.reading() as session:
        walk = verify_all(session)
        assert walk.faults == []
        assert walk.erased == walk.events == 4
        assert open_payload(session, session.scalars(sa.select(CaseEvent)).first()) is None


def test_case_without_any_event_is_found(with_case: World) -> None:
    _tamper(with_case, "DELETE FROM case_event_payloads", "DELETE FROM case_events")
    assert _faults(with_case) == ["1 no events at all"]


def test_payload_is_unreadable_without_the_key(with_case: World) -> None:
    with with_case.database.reading() as session:
        _check_sealed(session)


def _check_sealed(session: Session) -> None:
    event = session.scalars(sa.select(CaseEvent).where(CaseEvent.sequence == 2)).one()
    assert open_payload(session, event) == {"note": "lần 0"}
    assert "lần".encode() not in event.payload.body
