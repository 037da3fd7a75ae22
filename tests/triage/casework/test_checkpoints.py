"""Checkpoints outside the database: what a chain alone cannot show is found, what is lawful is not."""

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from models import Case, CaseEventPayload, CaseKey, Keyring
from tests.fixtures import tampering
from tests.fixtures.tampering import Attack, act_on_all, intruder, some_case, three_cases
from tests.fixtures.world import START, World
from triage.casework.checkpoint_files import (
    RegularCheckpoints,
    find_checkpoint,
    hear_copy,
    hear_folder,
    month_files,
    newest_checkpoint,
    take_checkpoint,
)
from triage.casework.checkpoints import BadCheckpoint, Checkpoint, printed, read_line, signed_line
from triage.casework.record import Walk, verify_all
from triage.casework.testimony import joined

MINUTE = timedelta(minutes=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "checkpoints"


@pytest.fixture
def office(world: World) -> World:
    return three_cases(world)


def sign(world: World, folder: Path, restored: str = "") -> Checkpoint:
    """Take a checkpoint a minute later."""
    world.clock.move(MINUTE)
    return take_checkpoint(world.database, folder, world.clock(), restored)


def verify(world: World, folder: Path, *copies: Path) -> Walk:
    here = hear_folder(folder, world.database.keyring)
    heard = joined(here, [hear_copy(copy, world.database.keyring) for copy in copies])
    with world.database.snapshot() as session:
        return verify_all(session, heard)


def told(walk: Walk) -> list[str]:
    return [str(fault) for fault in walk.faults]


def attack(world: World, by: Attack) -> str:
    """Tamper with one case; returns its reference."""
    case, reference = some_case(world)
    with intruder(world.database) as session:
        by(session, case)
    return reference


ATTACKS = {
    # name: (attack, what is told without a checkpoint, what is told besides with one)
    "changed": (tampering.changed, "event 2: was changed", ""),
    "removed": (tampering.removed, "event 2: missing", ""),
    "reordered": (tampering.reordered, "event 2: does not follow", ""),
    "truncated": (tampering.truncated, "", "event 3: cut off: checkpoint 1 of 05/10/2026"),
    "rehashed": (tampering.rehashed, "", "event 4: is not the one checkpoint 1 of 05/10/2026"),
    "emptied": (tampering.emptied, "event 1: no events at all", "event 1: the whole chain was removed: checkpoint 1"),
    "case removed": (tampering.case_removed, "", "event 1: the whole chain was removed: checkpoint 1"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_what_is_done_to_a_chain_is_found(office: World, folder: Path, name: str) -> None:
    by, alone, with_checkpoint = ATTACKS[name]
    sign(office, folder)
    case, _reference = some_case(office)
    reference = attack(office, by)
    named = f"case {case}" if name == "case removed" else reference
    from_inside = told(verify(office, folder / "none"))
    assert [line.startswith(f"{named}: {alone}") for line in from_inside[:1]] == ([True] if alone else [])
    found = told(verify(office, folder))
    assert all(line.startswith(f"{named}: event ") for line in found), found
    assert any(line.startswith(f"{named}: {with_checkpoint or alone}") for line in found), found


def test_what_was_rewritten_before_the_newest_checkpoint_is_found(office: World, folder: Path) -> None:
    sign(office, folder)
    reference = attack(office, tampering.rehashed)
    assert sign(office, folder).contradicted == 1
    act_on_all(office, "sau")
    assert sign(office, folder).contradicted == 0, "the newest signs the rewritten chain"
    (line,) = told(verify(office, folder))
    assert line.startswith(f"{reference}: event 4: is not the one checkpoint 1 of ")


def test_events_after_a_checkpoint_and_lawful_erasure_are_no_faults(office: World, folder: Path) -> None:
    sign(office, folder)
    act_on_all(office, "sau")
    with office.database.writing() as session:
        session.execute(sa.delete(CaseEventPayload))
    walk = verify(office, folder)
    assert (told(walk), walk.events, walk.erased) == ([], 15, 15)
    with office.database.writing() as session:
        session.execute(sa.delete(CaseKey))
    assert sign(office, folder).contradicted == 0
    assert told(verify(office, folder)) == []


def test_a_case_key_that_was_changed_is_named(office: World, folder: Path) -> None:
    case, reference = some_case(office)
    with intruder(office.database) as session:
        session.execute(
            sa.update(CaseKey).where(CaseKey.case_id == case).values(key=sa.literal(b"x", sa.LargeBinary()))
        )
    found = told(verify(office, folder))
    assert found[0] == f"{reference}: event 1: its payload was changed"
    assert len(found) == 4


# --- the checkpoints themselves ---


def lines_of(folder: Path) -> list[str]:
    return [line for path in month_files(folder) for line in path.read_text().splitlines()]


def put(folder: Path, lines: list[str]) -> None:
    month_files(folder)[0].write_text("".join(f"{line}\n" for line in lines))


def four(office: World, folder: Path) -> list[str]:
    for number in range(4):
        act_on_all(office, str(number))
        sign(office, folder)
    assert told(verify(office, folder)) == []
    return lines_of(folder)


def test_a_forged_checkpoint_is_found(office: World, folder: Path) -> None:
    """Whoever may write the folder and has no key cannot make the checkpoints fit a rewritten chain."""
    lines = four(office, folder)
    reference = attack(office, tampering.truncated)
    case = some_case(office)[0].hex
    forged = []
    for line in lines:
        checkpoint = read_line(line)[0]
        heads = {known: head for known, head in checkpoint.heads.items() if known != case}
        forged.append(signed_line(replace(checkpoint, heads=heads), Keyring.generate()))
    put(folder, forged)
    found = told(verify(office, folder))
    assert found == [
        f"checkpoint {n} (2026-10.jsonl line {n}): forged or changed: no signature of this installation's keys fits it"
        for n in (1, 2, 3, 4)
    ]
    with pytest.raises(BadCheckpoint, match="not signed by a key"):
        sign(office, folder)
    put(folder, [lines[0], lines[1].replace('"cases":3', '"cases":2'), *lines[2:]])
    found = told(verify(office, folder))
    assert any(line.startswith("checkpoint 2 (2026-10.jsonl line 2): forged") for line in found)
    assert any(line.startswith(f"{reference}: event 3: cut off: checkpoint 4") for line in found)


@pytest.mark.parametrize(("kept", "said"), [
    ([0, 2, 3], "checkpoint 2: missing"),
    ([2, 3], "checkpoints 1-2: missing"),
    ([0, 2, 1, 3], "checkpoint 2: stands after checkpoint 3: the order was changed"),
    ([0, 1, 1, 2, 3], "checkpoint 2: stands after checkpoint 2: the order was changed"),
])  # fmt: skip
def test_checkpoints_missing_or_reordered_are_found(office: World, folder: Path, kept: list[int], said: str) -> None:
    lines = four(office, folder)
    put(folder, [lines[number] for number in kept])
    assert said in told(verify(office, folder))


def test_a_line_that_cannot_be_read_is_found(office: World, folder: Path) -> None:
    lines = four(office, folder)
    put(folder, [lines[0], "\x00 rác", *lines[2:]])
    assert told(verify(office, folder))[0] == "2026-10.jsonl line 2: no checkpoint can be read (JSONDecodeError)"


def test_the_newest_ones_removed_are_found_against_a_copy(office: World, folder: Path, tmp_path: Path) -> None:
    """With the folder and the database cut alike only a copy kept elsewhere knows."""
    lines = four(office, folder)
    copy = tmp_path / "copy.jsonl"
    shutil.copy(month_files(folder)[0], copy)
    put(folder, lines[:1])
    with intruder(office.database) as session:
        for case in session.scalars(sa.select(Case.id)).all():
            tampering.delete(session, tampering.events_of(session, case)[5:])
    assert told(verify(office, folder)) == [], "from here nothing can be seen"
    found = told(verify(office, folder, copy))
    assert found[:3] == [f"checkpoint {n}: is missing here; a copy is kept elsewhere" for n in (2, 3, 4)]
    assert sum("event 6: cut off: checkpoint 4" in line for line in found) == 3
    sign(office, folder)
    assert "checkpoint 2: is another one here than the copy kept elsewhere" in told(verify(office, folder, copy))


def test_a_key_ring_that_was_replaced_is_found_against_a_copy(office: World, folder: Path, tmp_path: Path) -> None:
    four(office, folder)
    stranger = replace(office.database.keyring, signing=Keyring.generate().signing)
    heard = joined(hear_folder(folder, stranger), [])
    assert len(heard.faults) == 4
    rotated = replace(stranger, signing=stranger.signing + office.database.keyring.signing)
    assert hear_folder(folder, rotated).faults == []
    newest = newest_checkpoint(folder, rotated)
    assert newest is not None
    assert newest.key == office.database.keyring.public_key


def test_a_new_month_begins_a_file_that_stands_alone(office: World, folder: Path, tmp_path: Path) -> None:
    sign(office, folder)
    act_on_all(office, "tháng mười", first=2)
    second = sign(office, folder)
    assert (second.whole, len(second.heads), second.cases, second.events) == (False, 1, 3, 13)
    office.clock.move(timedelta(days=30))
    third = sign(office, folder)
    assert (third.whole, len(third.heads), third.number, third.previous) == (True, 3, 3, second.digest)
    assert [path.name for path in month_files(folder)] == ["2026-10.jsonl", "2026-11.jsonl"]
    office.clock.move(timedelta(days=-30))
    assert not sign(office, folder).whole, "a clock that was put back does not write into a month that is over"
    reference = attack(office, tampering.truncated)
    assert len(told(verify(office, folder))) == 1
    (line,) = told(verify(office, tmp_path / "none", folder / "2026-11.jsonl"))[2:]
    assert line.startswith(f"{reference}: event 3: cut off: checkpoint 3")


def test_half_a_line_of_a_stopped_machine_is_no_fault(office: World, folder: Path) -> None:
    lines = four(office, folder)
    path = month_files(folder)[0]
    whole = path.read_bytes()
    path.write_bytes(whole[:-40])
    assert told(verify(office, folder)) == []
    newest = newest_checkpoint(folder, office.database.keyring)
    assert newest is not None
    assert newest.number == 3
    assert sign(office, folder).number == 4
    assert lines_of(folder)[:3] == lines[:3]
    assert told(verify(office, folder)) == []
    path.write_bytes(whole[:100])
    assert sign(office, folder).whole, "nothing but half a line: begun anew"


def test_files_are_the_owners_alone_and_hold_no_word_and_no_name(office: World, folder: Path) -> None:
    sign(office, folder)
    (path,) = month_files(folder)
    assert (oct(path.stat().st_mode)[-3:], oct(folder.stat().st_mode)[-3:]) == ("600", "700")
    text = path.read_text()
    _case, reference = some_case(office)
    assert reference not in text
    body = json.loads(text)["checkpoint"]
    told_keys = {"number", "at", "cases", "events", "previous", "whole", "heads", "contradicted", "restored", "key"}
    assert body.keys() == told_keys
    assert all(len(case) == 32 and isinstance(head[0], int) and len(head[1]) == 64
               for case, head in body["heads"].items())  # fmt: skip


def test_the_printed_line_tells_number_time_and_digest_only(office: World, folder: Path) -> None:
    taken = sign(office, folder)
    letters = " ".join(taken.digest[i : i + 4] for i in range(0, 20, 4))
    assert printed(taken) == f"Lắng Nghe · chốt sổ số 1 · 05/10/2026 09:01 · {letters}"
    found = find_checkpoint(folder, office.database.keyring, 1)
    assert found == taken
    assert find_checkpoint(folder, office.database.keyring, 2) is None


# --- restored from a backup ---


def cut_back(office: World, keep: int) -> None:
    """Every chain as it was: what restoring a backup does."""
    with intruder(office.database) as session:
        for case in session.scalars(sa.select(Case.id)).all():
            tampering.delete(session, tampering.events_of(session, case)[keep:])


def test_a_restored_backup_is_told_as_such_until_somebody_says_so(office: World, folder: Path, tmp_path: Path) -> None:
    four(office, folder)
    cut_back(office, keep=6)
    walk = verify(office, folder)
    assert walk.restored_since == 2
    assert len(walk.faults) == 3
    assert sign(office, folder).contradicted == 3
    copy = tmp_path / "copy.jsonl"
    shutil.copy(month_files(folder)[0], copy)
    office.clock.move(MINUTE)
    told_of = take_checkpoint(office.database, folder, office.clock(), "đĩa hỏng, lấy bản sao lưu đêm qua")
    assert told_of.restored is not None
    assert set(told_of.restored.lost.values()) == {7}
    act_on_all(office, "sau khi khôi phục")
    sign(office, folder)
    walk = verify(office, folder)
    assert (told(walk), walk.restored_since) == ([], None)
    (note,) = hear_folder(folder, office.database.keyring).notes
    assert "checkpoint 6" in note
    assert "đĩa hỏng" in note
    assert "3 cases" in note
    found = told(verify(office, folder, copy))
    assert len(found) == 3, "a copy taken before still knows"
    reference = attack(office, tampering.rehashed)
    assert [line.partition(":")[0] for line in told(verify(office, folder))] == [reference]


def test_one_chain_cut_off_is_not_taken_for_a_restored_backup(office: World, folder: Path) -> None:
    four(office, folder)
    attack(office, tampering.truncated)
    assert verify(office, folder).restored_since is None
    assert verify(office, folder / "none").restored_since is None


def test_telling_of_a_restored_backup_hides_no_rewriting_of_what_is_still_there(office: World, folder: Path) -> None:
    """What is let go is named by case and event in the signed checkpoint."""
    four(office, folder)
    attack(office, tampering.rehashed)
    told_of = sign(office, folder, restored="x")
    assert told_of.restored is not None
    assert told_of.restored.lost == {some_case(office)[0].hex: 5}
    assert len(hear_folder(folder, office.database.keyring).notes) == 1


# --- the worker's rounds ---


def test_a_worker_takes_one_when_the_last_is_old(office: World, folder: Path) -> None:
    regular, another = (RegularCheckpoints(office.database, folder, 15 * MINUTE) for _ in range(2))
    assert regular.take_if_due(START) is not None
    assert another.take_if_due(START) is None
    assert regular.take_if_due(START + 14 * MINUTE) is None
    taken = another.take_if_due(START + 15 * MINUTE)
    assert taken is not None
    assert taken.number == 2
    assert taken.heads == {}, "by the clock, whether anything happened or not"
    assert regular.take_if_due(START + 15 * MINUTE) is None
    put_back = RegularCheckpoints(office.database, folder, 15 * MINUTE).take_if_due(START - timedelta(days=1))
    assert put_back is not None


def test_a_folder_that_cannot_be_used_stops_no_worker(
    office: World, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder.write_text("a file")
    regular = RegularCheckpoints(office.database, folder, 15 * MINUTE)
    assert regular.take_if_due(START) is None
    assert "no checkpoint of the record could be taken" in caplog.text
    folder.unlink()
    assert regular.take_if_due(START) is None, "not in every round of a second"
    assert regular.take_if_due(START + MINUTE) is not None


def test_a_worker_tells_what_does_not_fit(office: World, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    regular = RegularCheckpoints(office.database, folder, 15 * MINUTE)
    regular.take_if_due(START)
    attack(office, tampering.truncated)
    regular.take_if_due(START + 15 * MINUTE)
    assert "langnghe audit verify" in caplog.text
