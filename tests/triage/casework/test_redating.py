"""A changed day moves the ends of open cases that lie ahead and no other; a commune goes before its province."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from models import Account, CalendarDay, Case, Unit
from tests.fixtures.officers import ANSWER, HOLE, ROAD, Opened, acts_of, open_entry, press
from tests.fixtures.world import World
from triage.casework.calendars import calendar_of, is_remote
from triage.casework.record import verify_all
from triage.casework.redating import DayChange, change_days, changed_calendar, moved, shifts
from vietnamese.calendar import NATIONAL, WorkCalendar, Worked, is_working_day, local_day

OFF, MADE_UP = date(2026, 10, 12), date(2026, 10, 10)
"""A Monday, and the Saturday before it."""
DUE = datetime(2026, 10, 26, 10, 0, tzinfo=UTC)
NOW = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
ENDS = st.datetimes(datetime(2026, 9, 1), datetime(2026, 12, 1), timezones=st.just(UTC))


def say(world: World, worked: Worked | None, day: date = OFF, unit: int | None = None) -> int:
    with world.database.writing() as session:
        account = session.scalars(sa.select(Account.id).where(Account.username == "a.admin")).one()
        place = session.get_one(Unit, unit or world.commune_id)
        return change_days(session, place, [DayChange(day, worked, "Công văn 1", True)], account, world.clock())


def ends(world: World, opened: Opened) -> tuple[datetime, datetime | None]:
    with world.database.reading() as session:
        return tuple(session.execute(_case(opened).with_only_columns(Case.due_at, Case.intake_due_at)).one())  # type: ignore[return-value]


def _case(opened: Opened) -> sa.Select[Case]:
    return sa.select(Case).where(Case.reference == opened.reference)


def store(session: Session, unit: int, day: date, worked: Worked) -> None:
    session.add(CalendarDay(unit_id=unit, day=day, worked=worked, source="x", changed_at=NOW))


def test_a_communes_own_day_goes_before_its_provinces(world: World) -> None:
    with world.database.writing() as session:
        store(session, world.province_id, OFF, Worked.NONE)
        store(session, world.province_id, MADE_UP, Worked.BOTH)
        store(session, world.commune_id, OFF, Worked.MORNING)
    with world.database.reading() as session:
        own, other = (calendar_of(session, unit) for unit in (world.commune_id, world.other_id))
        province = calendar_of(session, world.province_id)
        assert not is_remote(session, world.commune_id)
    assert [own.worked(day) for day in (OFF, MADE_UP)] == [Worked.MORNING, Worked.BOTH]
    assert [other.worked(day) for day in (OFF, MADE_UP)] == [Worked.NONE, Worked.BOTH]
    assert other == province


def test_a_case_is_opened_by_its_units_calendar(world: World) -> None:
    with world.database.writing() as session:
        store(session, world.commune_id, OFF, Worked.NONE)
    opened = open_entry(world, HOLE, ROAD)
    other = open_entry(world, HOLE, ROAD, world.other_box_code)
    assert ends(world, opened) == (DUE + timedelta(days=1), datetime(2026, 10, 20, 10, tzinfo=UTC))
    assert ends(world, other)[0] == DUE


def test_the_receipt_promises_a_day_of_that_calendar(world: World) -> None:
    def promised() -> str:
        form = {"submission_id": str(uuid.uuid4()), "comment": HOLE}
        return world.client().post(f"/q/{world.box_code}", data=form).get_data(as_text=True)

    assert "26/10/2026" in promised()
    say(world, Worked.NONE)
    assert "27/10/2026" in promised()


def test_a_day_off_moves_open_cases_and_stands_in_their_chain(world: World) -> None:
    opened, other = open_entry(world, HOLE, ROAD), open_entry(world, HOLE, ROAD, world.other_box_code)
    page = world.client("economy_department_head").get(opened.page)
    assert say(world, Worked.NONE) == 1
    assert ends(world, opened)[0] == DUE + timedelta(days=1)
    assert ends(world, other)[0] == DUE
    assert acts_of(world, opened)[-1] == "redated"
    assert say(world, Worked.NONE) == 0, "said twice moves nothing"
    assert say(world, None) == 1, "taken back"
    assert ends(world, opened)[0] == DUE
    with world.database.reading() as session:
        assert verify_all(session).faults == []
    version = page.get_data(as_text=True).split('name="version" value="')[1].split('"')[0]
    kept = press(world.client("economy_department_head"), opened, "luu-nhap", text=ANSWER, version=version)
    assert kept.status_code == 303, "a page that was open is still good"


def test_the_province_moves_all_its_communes_but_where_one_said_otherwise(world: World) -> None:
    opened, other = open_entry(world, HOLE, ROAD), open_entry(world, HOLE, ROAD, world.other_box_code)
    assert say(world, Worked.BOTH, unit=world.other_id) == 0
    assert say(world, Worked.NONE, unit=world.province_id) == 1
    assert (ends(world, opened)[0], ends(world, other)[0]) == (DUE + timedelta(days=1), DUE)


def test_what_is_over_or_answered_stays(world: World) -> None:
    late, done = open_entry(world, HOLE, ROAD), open_entry(world, f"{HOLE} 2", ROAD)
    assert press(world.client("chairperson"), done, "ky", text=ANSWER).status_code == 303
    world.clock.at = DUE + timedelta(hours=1)
    assert say(world, Worked.NONE) == 0, "nobody makes an overdue case timely by a day off in the past"
    assert (ends(world, late)[0], ends(world, done)[0]) == (DUE, DUE)
    assert "redated" not in acts_of(world, late)


def test_nobody_is_made_late_by_a_made_up_day(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    world.clock.at = DUE - timedelta(hours=2)
    assert say(world, Worked.BOTH, MADE_UP) == 0
    assert ends(world, opened)[0] == DUE


@given(ENDS, ENDS, ENDS, ENDS)
def test_moving_never_makes_late_and_never_revives(end: datetime, old: datetime, new: datetime, now: datetime) -> None:
    there = moved(end, old, new, now)
    assert (there > now) is (end > now)
    assert there in (end, new)
    assert there <= end or end == old, "only what follows from the calendar is moved later"


def test_the_preview_says_which_days_of_receipt_move() -> None:
    after = changed_calendar(NATIONAL, [DayChange(OFF, Worked.NONE, "x")], NATIONAL)
    found = shifts(NATIONAL, after, local_day(NOW), NOW)
    petition = next(shift for shift in found if "petition" in shift.kinds)
    assert (petition.last, petition.later) == (date(2026, 10, 5), True)
    assert (local_day(petition.before), local_day(petition.after)) == (date(2026, 10, 26), date(2026, 10, 27))
    assert not any("urgent" in shift.kinds for shift in found)
    assert shifts(NATIONAL, NATIONAL, local_day(NOW), NOW) == []


@pytest.mark.parametrize("worked", [*Worked, None])
def test_what_is_taken_back_is_as_beneath(worked: Worked | None) -> None:
    beneath = WorkCalendar({OFF: Worked.AFTERNOON})
    mine = changed_calendar(beneath, [DayChange(OFF, worked)], beneath)
    assert mine.worked(OFF) is (worked or Worked.AFTERNOON)
    assert changed_calendar(mine, [DayChange(OFF, None)], NATIONAL) == NATIONAL
    assert is_working_day(OFF)
