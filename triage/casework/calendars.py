"""Which days an office works, and the clocks of its cases by them.

A unit's own changed days stand over its province's, these over the built-in calendar. Read anew by each request and
job: an administrator may have changed a day meanwhile.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from models import CalendarDay, Case, CaseEvent, Unit, UnitKind
from triage.casework.clocks import due_at, intake_due_at, term_row
from triage.casework.terms import Clock
from vietnamese.calendar import NATIONAL, Pause, WorkCalendar, Worked

PAUSED, RESUMED = "paused", "resumed"
"""Acts in a case's chain between which its clocks wait for the sender."""


@dataclass(frozen=True)
class Ends:
    """When the clocks of a case end (UTC): its answer, and word of what became of the intake."""

    answer: datetime
    intake: datetime


def calendar_of(session: Session, unit_id: int) -> WorkCalendar:
    """The calendar of a unit, its own days over those its province changed for all; one query."""
    return calendars_of(session, (unit_id,))[unit_id]


def calendars_of(session: Session, unit_ids: Collection[int]) -> dict[int, WorkCalendar]:
    """The same of several units; one query however many they are."""
    province = aliased(Unit)
    for_all = (province.kind == UnitKind.PROVINCE) & (province.province_code == Unit.province_code)
    rows = session.execute(
        sa.select(Unit.id, CalendarDay.day, CalendarDay.worked)
        .join(province, (province.id == Unit.id) | for_all)
        .join(CalendarDay, CalendarDay.unit_id == province.id)
        .where(Unit.id.in_(unit_ids))
        # The unit's own last: what is said later goes before.
        .order_by(province.id == Unit.id, province.id)
    )
    changed: dict[int, dict[date, Worked]] = {unit_id: {} for unit_id in unit_ids}
    for unit_id, day, worked in rows:
        changed[unit_id][day] = worked
    return {unit_id: WorkCalendar(days) for unit_id, days in changed.items()}


def is_remote(session: Session, unit_id: int) -> bool:
    """Whether the terms for remote areas count in the unit (Law 02/2011 Art. 28)."""
    return session.scalars(sa.select(Unit.remote).where(Unit.id == unit_id)).one()


def set_clocks(session: Session, case: Case) -> None:
    """Give a case the ends its kind, urgency, extensions and ended pauses have by its unit's calendar.

    For a case that is opened, read otherwise, extended, or resumed after the act stands in its chain.
    """
    ends = ends_of(case, calendar_of(session, case.unit_id), is_remote(session, case.unit_id), pauses_of(session, case))
    case.due_at, case.intake_due_at = ends.answer, ends.intake


def ends_of(case: Case, calendar: WorkCalendar = NATIONAL, remote: bool = False, pauses: Sequence[Pause] = ()) -> Ends:
    """When the clocks of a case end by a calendar. An extension its kind does not know is not counted."""
    kind, urgent, since = case.kind, case.urgent, case.opened_at
    extensions = min(case.extensions or 0, term_row(Clock.ANSWER, kind, urgent, since).extensions)
    return Ends(
        due_at(kind, urgent, since, remote=remote, extensions=extensions, pauses=pauses, calendar=calendar),
        intake_due_at(kind, urgent, since, remote=remote, pauses=pauses, calendar=calendar),
    )


def pauses_of(session: Session, case: Case) -> list[Pause]:
    """From when until when the case waited for its sender, oldest first; a wait that goes on is not among them."""
    acts = session.execute(
        sa.select(CaseEvent.act, CaseEvent.at)
        .where(CaseEvent.case_id == case.id, CaseEvent.act.in_((PAUSED, RESUMED)))
        .order_by(CaseEvent.sequence)
    )
    pauses: list[Pause] = []
    since: datetime | None = None
    for act, at in acts:
        if act == PAUSED:
            since = since or at
        elif since is not None:
            pauses.append((since, at))
            since = None
    return pauses
