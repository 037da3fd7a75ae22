"""A changed calendar and the cases it finds: whose ends move, and whose do not (docs/decisions/0019-calendar.md).

What is over stays over, and nobody is made late by a pen: an end moves only while it lies ahead, and only to an
instant that lies ahead. Each case that moves says so in its chain.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import CalendarDay, Case, Unit, UnitKind
from models.audit import append_event
from models.cases import JOINED
from triage.casework.calendars import calendar_of, ends_of, is_remote, pauses_of
from triage.casework.clocks import due_at
from triage.casework.terms import URGENT, Clock, standard_terms
from vietnamese.calendar import WorkCalendar, Worked, start_of

REDATED = "redated"
LOOKED_BACK = 60
"""Days of receipt a preview looks at: the longest term of an answer is fifteen working days."""
MORNING = timedelta(hours=9)


@dataclass(frozen=True)
class DayChange:
    """What is to be said of one day of a unit; `worked` None takes back what was said."""

    day: date
    worked: Worked | None
    source: str = ""
    verified: bool = False


@dataclass(frozen=True)
class Shift:
    """Entries of `kinds` received from `first` to `last`, both included, end `later` or earlier than before.

    `before` and `after` are when the last of them ends (UTC).
    """

    kinds: tuple[str, ...]
    first: date
    last: date
    before: datetime
    after: datetime

    @property
    def later(self) -> bool:
        """Whether the term ends later than before."""
        return self.after > self.before


def own_days(session: Session, unit_id: int, year: int) -> dict[date, CalendarDay]:
    """What a unit itself said of days of a year."""
    of_year = CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31))
    rows = session.scalars(sa.select(CalendarDay).where(CalendarDay.unit_id == unit_id, of_year))
    return {row.day: row for row in rows}


def change_days(session: Session, unit: Unit, changes: Sequence[DayChange], account_id: int, at: datetime) -> int:
    """Store what is said of days, and move the ends of open cases by it; returns how many cases moved."""
    units = _units_with_open_cases(session, unit)
    before = {unit_id: calendar_of(session, unit_id) for unit_id in units}
    for change in changes:
        _store(session, unit, change, account_id, at)
    session.flush()
    after = {unit_id: calendar_of(session, unit_id) for unit_id in units}
    moving = [unit_id for unit_id in units if before[unit_id] != after[unit_id]]
    return sum(_redate(session, unit_id, before[unit_id], after[unit_id], account_id, at) for unit_id in moving)


def changed_calendar(calendar: WorkCalendar, changes: Iterable[DayChange], beneath: WorkCalendar) -> WorkCalendar:
    """A calendar as it would be after `changes`; what is taken back is as in `beneath`. Pure."""
    days = dict(calendar.changed)
    for change in changes:
        worked = change.worked or beneath.changed.get(change.day)
        days.pop(change.day, None)
        if worked is not None:
            days[change.day] = worked
    return WorkCalendar(days, calendar.hours)


def moved(end: datetime, before: datetime, after: datetime, now: datetime) -> datetime:
    """Where the end of a running clock lies after a change of the calendar from which it follows. Pure.

    `before` and `after` are what the old and the new calendar give, `now` the instant of the change, or since when
    the clock waits. An end that another act set earlier is never moved later.
    """
    if end <= now:
        return end
    new = after if end == before else min(end, after)
    return new if new > now else end


def shifts(before: WorkCalendar, after: WorkCalendar, today: date, now: datetime) -> list[Shift]:
    """What a change would do to answers that are not due yet, by kind and day of receipt. Pure.

    Said of days of receipt and never of cases: whoever keeps the calendar may not learn which cases there are.
    """
    kinds: dict[tuple[tuple[date, datetime, datetime], ...], list[str]] = {}
    for kind in standard_terms().kinds(Clock.ANSWER):
        changed = () if kind == URGENT else _changed_ends(kind, before, after, today, now)
        if changed:
            kinds.setdefault(changed, []).append(kind)
    found = []
    for changed, alike in kinds.items():
        for later in (True, False):
            days = [(day, old, new) for day, old, new in changed if (new > old) is later]
            if days:
                found.append(Shift(tuple(alike), days[0][0], *days[-1]))
    return found


def _changed_ends(
    kind: str, before: WorkCalendar, after: WorkCalendar, today: date, now: datetime
) -> tuple[tuple[date, datetime, datetime], ...]:
    changed = []
    for day in (today - timedelta(days=n) for n in range(LOOKED_BACK, -1, -1)):
        received = start_of(day) + MORNING
        old, new = (due_at(kind, False, received, calendar=calendar) for calendar in (before, after))
        new = moved(old, old, new, now)
        if new != old:
            changed.append((day, old, new))
    return tuple(changed)


def _units_with_open_cases(session: Session, unit: Unit) -> list[int]:
    units = sa.select(Case.unit_id).where(Case.closed_at.is_(None)).distinct().order_by(Case.unit_id)
    under = Case.province_code == unit.province_code if unit.kind is UnitKind.PROVINCE else Case.unit_id == unit.id
    return list(session.scalars(units.where(under)))


def _store(session: Session, unit: Unit, change: DayChange, account_id: int, at: datetime) -> None:
    row = session.get(CalendarDay, (unit.id, change.day))
    if change.worked is None:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = CalendarDay(unit_id=unit.id, day=change.day)
        session.add(row)
    row.worked, row.source, row.verified = change.worked, change.source, change.verified
    row.changed_at, row.changed_by = at, account_id


def _redate(
    session: Session, unit_id: int, before: WorkCalendar, after: WorkCalendar, account_id: int, at: datetime
) -> int:
    remote, count = is_remote(session, unit_id), 0
    running = Case.closed_at.is_(None) & (Case.route != JOINED) & (Case.unit_id == unit_id)
    for case in session.scalars(sa.select(Case).where(running).order_by(Case.id).with_for_update(of=Case)).all():
        pauses, since = pauses_of(session, case), case.paused_at or at
        old, new = ends_of(case, before, remote, pauses), ends_of(case, after, remote, pauses)
        ends = {"due_at": moved(case.due_at, old.answer, new.answer, since)}
        if case.intake_due_at is not None and case.intake_done_at is None:
            ends["intake_due_at"] = moved(case.intake_due_at, old.intake, new.intake, since)
        count += _move(session, case, ends, account_id, at)
    return count


def _move(session: Session, case: Case, ends: Mapping[str, datetime], account_id: int, at: datetime) -> bool:
    moving = {name: end for name, end in ends.items() if end != getattr(case, name)}
    if not moving:
        return False
    before = {name: getattr(case, name).isoformat() for name in moving}
    # Not through the object: a page somebody has open is still good.
    session.execute(
        sa.update(Case).where(Case.id == case.id).values(**moving).execution_options(synchronize_session=False)
    )
    session.expire(case, list(moving))
    after = {name: end.isoformat() for name, end in moving.items()}
    append_event(session, case, REDATED, at, account_id, before=before, after=after)
    return True
