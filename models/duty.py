"""The duty roster of a month: which leader is reached on which day."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from models.people import DutyShift, Officer, Post, Tenure
from models.refusals import Refused
from models.units import Unit
from vietnamese.calendar import is_working_day


@dataclass(frozen=True)
class Leader:
    """One who may be on duty: officer id and name."""

    id: int
    name: str


@dataclass(frozen=True)
class DutyDay:
    """One day of a month: whether offices work, who may be on duty, who is."""

    day: date
    working: bool
    leaders: tuple[Leader, ...]
    chosen: int | None


def month_days(first: date) -> list[date]:
    """All days of the month that `first` begins."""
    return [first + timedelta(days=n) for n in range(calendar.monthrange(first.year, first.month)[1])]


def get_month(session: Session, unit: Unit, first: date) -> tuple[DutyDay, ...]:
    """The roster of a month. Who no longer leads but stands in the roster is listed on that day too."""
    days = month_days(first)
    tenures = _leading(session, unit, days[0], days[-1])
    shifts = _shifts(session, unit, days)
    known = {officer.id: officer.full_name for officer in session.scalars(_named(shifts))}
    month = []
    for day in days:
        leaders = {t.officer_id: t.officer.full_name for t in tenures if _on(t, day)}
        chosen = shifts.get(day)
        if chosen is not None:
            leaders.setdefault(chosen, known[chosen])
        month.append(DutyDay(day, is_working_day(day), tuple(Leader(*pair) for pair in leaders.items()), chosen))
    return tuple(month)


def take_turns(month: Sequence[DutyDay], chosen: Mapping[date, int | None], since: date) -> dict[date, int | None]:
    """`chosen` with each empty working day from `since` on given to the next leader in turn."""
    filled = dict(chosen)
    order = list(dict.fromkeys(leader.id for day in month for leader in day.leaders))
    last: int | None = None
    for day in month:
        free = day.working and day.day >= since and filled.get(day.day) is None
        if free and day.leaders:
            filled[day.day] = _next(order, last, {leader.id for leader in day.leaders})
        last = filled.get(day.day) or last
    return filled


def save_month(
    session: Session, unit: Unit, month: Sequence[DutyDay], chosen: Mapping[date, int | None], since: date
) -> None:
    """Store the whole month from `since` on in one act; days before it stay as they were."""
    for day in month:
        if day.day < since:
            continue
        officer = chosen.get(day.day)
        if officer is not None and officer not in {leader.id for leader in day.leaders}:
            raise Refused("not_a_leader", f"ngay-{day.day:%d}", day=day.day)
        _set(session, unit, day.day, officer)
    session.flush()


def _set(session: Session, unit: Unit, day: date, officer_id: int | None) -> None:
    shift = session.get(DutyShift, (unit.id, day))
    if officer_id is None:
        if shift is not None:
            session.delete(shift)
    elif shift is None:
        session.add(DutyShift(unit_id=unit.id, day=day, officer_id=officer_id))
    else:
        shift.officer_id = officer_id


def _next(order: list[int], last: int | None, may: set[int]) -> int:
    start = order.index(last) + 1 if last in order else 0
    return next(officer for officer in order[start:] + order[:start] if officer in may)


def _leading(session: Session, unit: Unit, first: date, last: date) -> list[Tenure]:
    """Tenures of posts that sign, in force on some day between; chairpersons first."""
    meets = (Tenure.starts_on <= last) & (Tenure.ends_on.is_(None) | (Tenure.ends_on > first))
    query = sa.select(Tenure).join(Post).where(Post.unit_id == unit.id, Post.signs, meets)
    return list(session.scalars(query.options(joinedload(Tenure.officer)).order_by(Post.id, Tenure.id)))


def _shifts(session: Session, unit: Unit, days: Sequence[date]) -> dict[date, int]:
    query = sa.select(DutyShift).where(DutyShift.unit_id == unit.id, DutyShift.day.between(days[0], days[-1]))
    return {shift.day: shift.officer_id for shift in session.scalars(query)}


def _named(shifts: Mapping[date, int]) -> sa.Select[Officer]:
    return sa.select(Officer).where(Officer.id.in_(set(shifts.values())))


def _on(tenure: Tenure, day: date) -> bool:
    return tenure.starts_on <= day and (tenure.ends_on is None or tenure.ends_on > day)
