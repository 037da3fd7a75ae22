"""The calendars of several units at once: each its own days over its province's, never another's."""

from datetime import date

import sqlalchemy as sa

from models import CalendarDay
from tests.fixtures.world import World
from triage.casework.calendars import calendar_of, calendars_of
from vietnamese.calendar import NATIONAL, Worked

MONDAY, TUESDAY, SUNDAY = date(2026, 10, 12), date(2026, 10, 13), date(2026, 10, 18)


def change(world: World, unit_id: int, day: date, worked: Worked) -> None:
    with world.database.writing() as session:
        session.add(CalendarDay(unit_id=unit_id, day=day, worked=worked, changed_at=world.clock()))


def test_each_unit_has_its_own_days_over_its_provinces(world: World) -> None:
    change(world, world.province_id, MONDAY, Worked.NONE)
    change(world, world.province_id, TUESDAY, Worked.NONE)
    change(world, world.commune_id, TUESDAY, Worked.MORNING)
    change(world, world.other_id, SUNDAY, Worked.BOTH)
    units = (world.commune_id, world.other_id, world.province_id)
    asked: list[str] = []
    sa.event.listen(world.database.read_engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    with world.database.reading() as session:
        found = calendars_of(session, units)
        assert sum(said.startswith("SELECT") for said in asked) == 1
        assert found == {unit: calendar_of(session, unit) for unit in units}
    days = {unit: [found[unit].worked(day) for day in (MONDAY, TUESDAY, SUNDAY)] for unit in units}
    assert days == {
        world.commune_id: [Worked.NONE, Worked.MORNING, Worked.NONE],
        world.other_id: [Worked.NONE, Worked.NONE, Worked.BOTH],
        world.province_id: [Worked.NONE, Worked.NONE, Worked.NONE],
    }


def test_where_nobody_changed_a_day_the_national_calendar_counts(world: World) -> None:
    change(world, world.other_id, MONDAY, Worked.NONE)
    with world.database.reading() as session:
        assert calendars_of(session, [world.commune_id]) == {world.commune_id: NATIONAL}
        assert calendars_of(session, []) == {}
