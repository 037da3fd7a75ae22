"""What became of the cases of a person's own posts, as counts: for nobody but that person, and through the gate.

Counted by the day of receipt, as the board counts; no share is computed here (`reports.measures` does).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median_low

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Case, CaseState, Reply, ReplyState, Tenure
from triage.casework.access import Viewer, cases_of
from triage.casework.calendars import calendars_of
from triage.casework.inbox import standing_of
from triage.casework.praising import count_praises
from vietnamese.calendar import local_day, start_of

Days = tuple[date, date]
"""First and last day, both within."""


@dataclass(frozen=True)
class OwnCase:
    """One case as counting needs it. `standing` as in the inbox; `answered` and `closed` are local days."""

    received: date
    answered: date | None
    closed: date | None
    standing: str
    returned: bool


@dataclass(frozen=True)
class Results:
    """Counts of cases received within some days, as they stand now.

    `half_within`: half of the answers came within so many days of receipt; None without answers. `ended` are closed
    without an answer of ours. `returned` were sent back by a leader at least once.
    """

    received: int
    answered: int
    answered_on_time: int
    overdue_open: int
    open: int
    ended: int
    returned: int
    half_within: int | None


@dataclass(frozen=True)
class Desk:
    """What lies with the own posts today and is not answered."""

    open: int
    overdue: int
    soon: int
    paused: int


@dataclass(frozen=True)
class OwnResults:
    """Results of each period asked for, in order, and the desk of today; `praises` name the person in the last one."""

    periods: tuple[Results, ...]
    desk: Desk
    praises: int


def own_results(session: Session, viewer: Viewer, periods: Sequence[Days], now: datetime) -> OwnResults:
    """The results of `periods` (oldest first, at least one), for posts the viewer holds today.

    What somebody else answered while holding the post is not the viewer's.
    """
    first, last = min(first for first, _last in periods), max(last for _first, last in periods)
    cases = _own_cases(session, viewer, (first, last), now)
    praised_from, praised_to = periods[-1]
    return OwnResults(
        tuple(count_results(_within(cases, days)) for days in periods),
        _desk(session, viewer, now),
        count_praises(session, viewer, start_of(praised_from), _end_of(praised_to)),
    )


def count_results(cases: Iterable[OwnCase]) -> Results:
    """Pure: the counts of some cases."""
    cases = tuple(cases)
    answered = [case for case in cases if case.answered is not None]
    opened = [case for case in cases if case.closed is None]
    waits = [(case.answered - case.received).days for case in answered if case.answered is not None]
    return Results(
        received=len(cases),
        answered=len(answered),
        answered_on_time=sum(case.standing == "on_time" for case in answered),
        overdue_open=sum(case.standing == "overdue" for case in opened),
        open=len(opened),
        ended=len(cases) - len(answered) - len(opened),
        returned=sum(case.returned for case in cases),
        half_within=median_low(waits) if waits else None,
    )


def _own_cases(session: Session, viewer: Viewer, days: Days, now: datetime) -> list[OwnCase]:
    received = Case.opened_at >= start_of(days[0]), Case.opened_at < _end_of(days[1])
    cases = session.scalars(cases_of(viewer).where(Case.post_id.in_(viewer.post_ids), *received)).all()
    sent_back = sa.select(Reply.case_id).where(Reply.state == ReplyState.RETURNED)
    returned = set(session.scalars(sent_back.where(Reply.case_id.in_([case.id for case in cases]))))
    tenures = _tenures(session, viewer)
    found = ((case, _own_case(case, case.id in returned, now)) for case in cases)
    return [own for case, own in found if own.closed is None or _held(tenures, case.post_id, own.closed)]


def _own_case(case: Case, returned: bool, now: datetime) -> OwnCase:
    closed = local_day(case.closed_at) if case.closed_at is not None else None
    return OwnCase(
        received=local_day(case.opened_at),
        answered=closed if case.state is CaseState.ISSUED else None,
        closed=closed,
        standing=standing_of(case, now),
        returned=returned,
    )


def _within(cases: Iterable[OwnCase], days: Days) -> list[OwnCase]:
    return [case for case in cases if days[0] <= case.received <= days[1]]


def _tenures(session: Session, viewer: Viewer) -> list[Tenure]:
    return list(session.scalars(sa.select(Tenure).where(Tenure.officer_id == viewer.officer_id)))


def _held(tenures: Iterable[Tenure], post_id: int, day: date) -> bool:
    """Whether one of the tenures is of this post and in force on that day; as `Tenure.on`, for rows already read."""
    return any(
        tenure.post_id == post_id and tenure.starts_on <= day and (tenure.ends_on is None or day < tenure.ends_on)
        for tenure in tenures
    )


def _desk(session: Session, viewer: Viewer, now: datetime) -> Desk:
    mine = cases_of(viewer).where(Case.post_id.in_(viewer.post_ids), Case.closed_at.is_(None))
    cases = session.scalars(mine).all()
    calendars = calendars_of(session, {case.unit_id for case in cases})
    standings = [standing_of(case, now, calendars[case.unit_id]) for case in cases]
    return Desk(len(standings), *(standings.count(name) for name in ("overdue", "soon", "paused")))


def _end_of(day: date) -> datetime:
    return start_of(day + timedelta(days=1))
