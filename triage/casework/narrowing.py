"""What a list is narrowed to: conditions over the gate's, each of which can only take cases away."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from models import AuditedCase, Case
from triage.casework.searching import NO_SEARCH, Search
from vietnamese.calendar import local_day, start_of


class Due(StrEnum):
    """When the answer is due, of open cases whose clock runs. A week ends on Sunday."""

    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"


class Order(StrEnum):
    """Which case stands first."""

    PRESSING = "pressing"
    NEWEST = "newest"


@dataclass(frozen=True)
class Narrowing:
    """What somebody chose to see of a heap; None and empty choose nothing.

    By kind and topic nothing is found that is drawn by lot to be judged blind: it would tell what the classifier said.
    """

    kind: str = ""
    topic: str = ""
    due: Due | None = None
    urgent: bool = False
    unconfirmed: bool = False
    post_id: int | None = None
    search: Search = NO_SEARCH
    order: Order | None = None


WHOLE = Narrowing()
"""Nothing chosen."""


def conditions(narrowing: Narrowing, now: datetime) -> list[sa.ColumnElement[bool]]:
    """The conditions on `Case`; the words of a search are no condition of a query, they are found by a scan."""
    chosen: list[sa.ColumnElement[bool]] = []
    if narrowing.kind:
        chosen += [Case.kind == narrowing.kind, ~_to_judge()]
    if narrowing.topic:
        chosen += [Case.topic == narrowing.topic, ~_to_judge()]
    if narrowing.due is not None:
        chosen += [Case.closed_at.is_(None), Case.paused_at.is_(None), _DUE[narrowing.due](now)]
    if narrowing.urgent:
        chosen.append(Case.urgent.is_(True))
    if narrowing.unconfirmed:
        chosen += [Case.closed_at.is_(None), ~Case.confirmed]
    if narrowing.post_id is not None:
        chosen.append(Case.post_id == narrowing.post_id)
    return chosen


def _to_judge() -> sa.ColumnElement[bool]:
    return ~Case.confirmed & sa.exists().where(AuditedCase.case_id == Case.id)


def _due_between(first: datetime, end: datetime) -> sa.ColumnElement[bool]:
    return (Case.due_at >= first) & (Case.due_at < end)


def _tomorrow(now: datetime) -> datetime:
    return start_of(local_day(now) + timedelta(days=1))


def _next_week(now: datetime) -> datetime:
    today = local_day(now)
    return start_of(today + timedelta(days=7 - today.weekday()))


_DUE: dict[Due, Callable[[datetime], sa.ColumnElement[bool]]] = {
    Due.OVERDUE: lambda now: Case.due_at < now,
    Due.TODAY: lambda now: _due_between(now, _tomorrow(now)),
    Due.THIS_WEEK: lambda now: _due_between(now, _next_week(now)),
    Due.LATER: lambda now: Case.due_at >= _next_week(now),
}
