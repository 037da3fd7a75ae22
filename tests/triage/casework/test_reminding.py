"""Reminders: each step once, to whom the gate lets know, never while a case waits for its sender."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
import sqlalchemy as sa

from models import Case, CaseEvent, CaseExclusion, DutyShift, Reminder
from models.audit import append_event
from tests.fixtures.admin import words
from tests.fixtures.officers import ANSWER, BRIBE, HOLE, ROAD, Opened, acts_of, open_entry, press, text_of
from tests.fixtures.world import World
from triage.casework import reminding
from triage.casework.opening import Labels
from triage.casework.record import verify_all
from triage.casework.reminding import EVERY, Reminding, remind

DANGER = Labels("petition", "security_order", True, False)
BLAST = "Sát trường học có người chứa thuốc nổ, xin xử lý gấp."
DUE = datetime(2026, 10, 26, 10, 0, tzinfo=UTC)
"""17:00 in Vietnam, fifteen working days after the world's Monday."""
INTAKE_DUE = datetime(2026, 10, 19, 10, 0, tzinfo=UTC)
BRIBED = "Ông Hoàng Minh Tuấn đòi tôi hai triệu mới nhận hồ sơ."


def steps(world: World) -> list[tuple[str, str]]:
    with world.database.reading() as session:
        rows = session.execute(sa.select(Reminder.clock, Reminder.step).order_by(Reminder.at, Reminder.step))
        return [(clock, step.value) for clock, step in rows]


def change(world: World, opened: Opened, **values: object) -> None:
    with world.database.writing() as session:
        session.execute(sa.update(Case).where(Case.reference == opened.reference).values(**values))


def at(world: World, day: int, hour: int = 2) -> int:
    """Let the job run on a day of October 2026, by default at 09:00 in Vietnam."""
    world.clock.at = datetime(2026, 10, day, hour, tzinfo=UTC)
    return remind(world.database, world.clock)


def block(world: World, who: str) -> str:
    found = re.search(r'<section class="reminded".*?</section>', text_of(world.client(who).get("/can-bo/")), re.S)
    return found.group(0) if found else ""


def test_opening_stores_both_ends(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    with world.database.reading() as session:
        case = session.scalars(sa.select(Case).where(Case.reference == opened.reference)).one()
    assert (case.due_at, case.intake_due_at) == (DUE, INTAKE_DUE)


def test_each_step_is_taken_once_and_stands_in_the_chain(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    assert at(world, 14) == 0, "three working days ahead nobody is bothered"
    for day, clock, step in (
        (15, "intake", {"before"}), (19, "intake", {"due"}), (20, "intake", {"after", "leader"}),
        (22, "answer", {"before"}), (26, "answer", {"due"}), (27, "answer", {"after", "leader"}),
    ):  # fmt: skip
        before = steps(world)
        assert at(world, day) == 1, day
        assert remind(world.database, world.clock) == 0, "a second run finds nothing"
        news = steps(world)[len(before) :]
        assert {name for which, name in news if which == clock} == step, day
    with world.database.reading() as session:
        told = session.scalars(sa.select(CaseEvent.act).where(CaseEvent.act == "reminded")).all()
        assert verify_all(session).faults == []
    assert len(told) == acts_of(world, opened).count("reminded") == len(set(steps(world))) - 2


def test_ordinary_steps_wait_for_office_hours_and_danger_does_not(world: World) -> None:
    open_entry(world, HOLE, ROAD)
    assert at(world, 15, hour=0) == 0, "07:00"
    world.clock.at = datetime(2026, 10, 10, 17, 0, tzinfo=UTC)  # Sunday, midnight
    open_entry(world, BLAST, DANGER)
    assert remind(world.database, world.clock) == 1
    assert steps(world) == [("answer", "before"), ("answer", "leader")]


def test_what_waits_for_its_sender_or_is_done_is_not_reminded(world: World) -> None:
    waiting, done, told, read = (open_entry(world, f"{HOLE} {n}", ROAD) for n in range(4))
    change(world, waiting, paused_at=world.clock())
    change(world, told, intake_done_at=world.clock())
    change(world, read, confirmed=True)
    assert press(world.client("chairperson"), done, "ky", text=ANSWER).status_code == 303
    assert at(world, 19) == 0
    assert at(world, 26) == 2
    assert steps(world) == [("answer", "due")] * 2


def test_another_end_is_reminded_anew(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    change(world, opened, intake_done_at=world.clock())
    assert at(world, 26) == 1
    change(world, opened, due_at=DUE + timedelta(days=2))
    assert block(world, "economy_department_head") == "", "an end that no longer stands is not shown"
    assert at(world, 26, hour=3) == 1
    assert steps(world) == [("answer", "due"), ("answer", "before")]


def test_who_acts_next_sees_it_and_the_leader_from_the_day_after(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    change(world, opened, intake_done_at=world.clock())
    at(world, 26)
    assert opened.reference in block(world, "economy_department_head")
    assert "Trả lời việc" in block(world, "economy_department_head")
    assert block(world, "justice_officer") == block(world, "chairperson") == ""
    at(world, 27)
    assert opened.reference in block(world, "chairperson")
    assert block(world, "vice_chairperson") == "", "not on duty"
    with world.database.writing() as session:
        on = world.clock.at.date()
        session.add(DutyShift(unit_id=world.commune_id, day=on, officer_id=world.officers["vice_chairperson"]))
    assert opened.reference in block(world, "vice_chairperson")
    press(world.client("economy_department_head"), opened, "trinh", text=ANSWER)
    assert block(world, "economy_department_head") == "", "what was submitted waits for a leader"
    assert opened.reference in block(world, "vice_chairperson")
    press(world.client("chairperson"), opened, "ky", text=ANSWER)
    assert block(world, "chairperson") == ""


def test_a_restricted_case_is_reminded_only_to_who_may_know(world: World) -> None:
    opened = open_entry(world, BRIBED, BRIBE)
    for day in (12, 13, 20):
        at(world, day)
    everybody = ("restricted_intake", "chairperson", "vice_chairperson", "economy_department_head", "superior",
                 "reception_clerk", "public_service_center_director")  # fmt: skip
    told = {who for who in everybody if opened.reference in words(world.client(who).get("/can-bo/"))}
    assert told == {"restricted_intake", "chairperson"}
    assert "trễ nhiều ngày" not in words(world.client("superior").get("/can-bo/")), "not even as a number"
    assert "hai triệu" not in block(world, "chairperson")


def test_the_superior_level_is_told_a_number_and_nothing_else(world: World) -> None:
    ordinary, blamed, kept = open_entry(world, HOLE, ROAD), open_entry(world, f"{HOLE} a", ROAD), BRIBED
    open_entry(world, kept, Labels("petition", "staff_attitude", False, True))
    with world.database.writing() as session:
        case = session.scalars(sa.select(Case).where(Case.reference == blamed.reference)).one()
        session.add(
            CaseExclusion(
                case_id=case.id, officer_id=world.officers["office_chief"], reason="doubtful", at=world.clock(),
                province_code=case.province_code, unit_id=case.unit_id,
            )
        )  # fmt: skip
    world.clock.at = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
    while remind(world.database, world.clock):
        pass
    page = words(world.client("superior").get("/can-bo/"))
    assert "Phường Tô Hiệu: 1 việc đã quá hạn nhiều ngày" in page, "those that blame somebody are not counted"
    assert ordinary.reference not in page
    assert ordinary.reference in block(world, "chairperson")


def test_a_job_killed_before_its_end_leaves_nothing_and_goes_on(world: World) -> None:
    for number in range(3):
        open_entry(world, f"{HOLE} {number}", ROAD)
    world.clock.at = INTAKE_DUE - timedelta(hours=2)
    with pytest.raises(KeyboardInterrupt), mock.patch.object(reminding, "append_event", _dies_at_the_second()):
        remind(world.database, world.clock)
    assert steps(world) == []
    assert remind(world.database, world.clock, most=2) == 2
    assert remind(world.database, world.clock, most=2) == 1
    assert remind(world.database, world.clock, most=2) == 0
    assert len(steps(world)) == 3


def _dies_at_the_second() -> Callable[..., object]:
    left = iter((append_event,))

    def dies(*arguments: object, **payload: object) -> object:
        for append in left:
            return append(*arguments, **payload)
        raise KeyboardInterrupt

    return dies


def test_workers_at_once_take_each_step_once(world: World) -> None:
    for number in range(6):
        open_entry(world, f"{HOLE} {number}", ROAD)
    world.clock.at = INTAKE_DUE - timedelta(hours=2)
    with ThreadPoolExecutor(4) as workers:
        taken = list(workers.map(lambda _n: remind(world.database, world.clock), range(8)))
    assert sum(taken) + remind(world.database, world.clock) == 6
    assert steps(world) == [("intake", "due")] * 6
    with world.database.reading() as session:
        assert verify_all(session).faults == []


def test_the_worker_looks_once_a_minute(world: World) -> None:
    open_entry(world, HOLE, ROAD)
    job = Reminding(world.database, world.clock)
    world.clock.at = INTAKE_DUE - timedelta(hours=2)
    assert (job.work(), job.work()) == (1, 0)
    open_entry(world, BLAST, DANGER)
    assert job.work() == 0
    world.clock.move(EVERY)
    assert job.work() == 1
