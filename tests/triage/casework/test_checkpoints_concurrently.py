"""Eight writers at once: a checkpoint sees one instant, nobody waits for it, and no case waits for another."""

import threading
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from models import Case, CaseEvent, Database
from models.audit import append_event
from tests.fixtures.sorting import sort_all
from tests.fixtures.world import START, World
from triage.casework.checkpoint_files import hear_folder, take_checkpoint
from triage.casework.checkpoints import Checkpoint
from triage.casework.record import verify_all

WRITERS = 8
ROUNDS = 12
PATIENCE = 20.0


@pytest.fixture
def pairs(world: World) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Two cases for each writer."""
    for number in range(2 * WRITERS):
        world.send_box(f"Đèn ngõ {number} tắt đã hai tuần")
    sort_all(world)
    with world.database.reading() as session:
        ids = list(session.scalars(sa.select(Case.id).order_by(Case.id)))
    return list(zip(ids[:WRITERS], ids[WRITERS:], strict=True))


def at_once(work: Callable[[int], None]) -> list[threading.Thread]:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    return threads


def add(database: Database, cases: tuple[uuid.UUID, ...]) -> None:
    """One event in each of the cases, in one transaction."""
    with database.writing() as session:
        for case in cases:
            append_event(session, session.get_one(Case, case), "drafted", START, note="viết")


def test_each_checkpoint_is_one_instant_and_what_comes_after_is_no_fault(
    world: World, pairs: list[tuple[uuid.UUID, uuid.UUID]], tmp_path: Path
) -> None:
    failed: list[Exception] = []

    def write(number: int) -> None:
        try:
            for _round in range(ROUNDS):
                add(world.database, pairs[number])
        except Exception as problem:
            failed.append(problem)

    threads = at_once(write)
    taken: list[Checkpoint] = []
    while any(thread.is_alive() for thread in threads) or not taken:
        taken.append(take_checkpoint(world.database, tmp_path, START))
        heard = hear_folder(tmp_path, world.database.keyring)
        with world.database.snapshot() as session:
            assert verify_all(session, heard).faults == [], "while they write"
    for thread in threads:
        thread.join()
    taken.append(take_checkpoint(world.database, tmp_path, START))
    assert failed == []
    known: dict[str, int] = {}
    for checkpoint in taken:
        known |= {case: head.sequence for case, head in checkpoint.heads.items()}
        assert sum(known.values()) == checkpoint.events
        for one, other in pairs:
            assert known[one.hex] == known[other.hex], "half a transaction was seen"
    assert taken[-1].events == 2 * WRITERS * (ROUNDS + 1)
    assert len(taken) > 3
    with world.database.snapshot() as session:
        assert verify_all(session, hear_folder(tmp_path, world.database.keyring)).faults == []


def test_a_checkpoint_does_not_wait_for_a_writer(
    world: World, pairs: list[tuple[uuid.UUID, uuid.UUID]], tmp_path: Path
) -> None:
    with world.database.writing() as session:
        append_event(session, session.get_one(Case, pairs[0][0]), "drafted", START)
        taken = take_checkpoint(world.database, tmp_path, START)
    assert taken.events == 2 * WRITERS, "what is not committed is not seen"
    assert take_checkpoint(world.database, tmp_path, START).events == 2 * WRITERS + 1


@pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)
def test_cases_do_not_wait_for_each_other(
    world: World, pairs: list[tuple[uuid.UUID, uuid.UUID]], tmp_path: Path
) -> None:
    """Eight transactions each hold an event of their own case, none committed, all at the same instant."""
    all_hold = threading.Barrier(WRITERS + 1)
    failed: list[Exception] = []

    def hold(number: int) -> None:
        try:
            with world.database.writing() as session:
                append_event(session, session.get_one(Case, pairs[number][0]), "drafted", START)
                all_hold.wait(PATIENCE)
                all_hold.wait(PATIENCE)
        except Exception as problem:
            failed.append(problem)

    threads = at_once(hold)
    all_hold.wait(PATIENCE)
    with world.database.reading() as session:
        blocked = "SELECT count(*) FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0"
        assert session.scalar(sa.text(blocked)) == 0
    assert take_checkpoint(world.database, tmp_path, START).events == 2 * WRITERS
    all_hold.wait(PATIENCE)
    for thread in threads:
        thread.join()
    assert failed == []
    with world.database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(CaseEvent)) == 3 * WRITERS


@pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)
def test_two_writers_of_one_case_leave_one_chain(
    world: World, pairs: list[tuple[uuid.UUID, uuid.UUID]], tmp_path: Path
) -> None:
    """They do wait, and the second is told: the guard of the test above can see a wait."""
    refused: list[Exception] = []

    def write(_number: int) -> None:
        for _round in range(ROUNDS):
            try:
                add(world.database, pairs[0][:1])
            except sa.exc.IntegrityError as problem:
                refused.append(problem)

    for thread in at_once(write):
        thread.join()
    assert refused
    with world.database.snapshot() as session:
        walk = verify_all(session)
    assert walk.faults == []
    assert walk.events == 2 * WRITERS + WRITERS * ROUNDS - len(refused)
