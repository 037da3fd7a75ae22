"""What a person owes, as rows of an inbox. Every row and every count passes the gate of `access`."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from models import Case, CaseState, Decision, Unit
from triage.casework.access import Viewer, cases_of
from triage.casework.auditing import awaiting
from triage.casework.clocks import standing
from triage.casework.marking import covered, insulting
from triage.casework.same_matter import not_following
from triage.routing.routes import Reason

PAGE = 50
"""Rows on one page."""
OPENING = 150
"""Letters of a text that a row shows."""
CLOSED = (CaseState.ISSUED, CaseState.FILED)


class Heap(StrEnum):
    """A pile on the desk: cases in one state, or those that lie with the viewer's own posts."""

    MINE = "mine"
    UNIT = "unit"
    WAITING = "waiting"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    OVERDUE = "overdue"
    CLOSED = "closed"


@dataclass(frozen=True)
class Why:
    """Why a case lies where it lies: what the routing said, or that a person handed it over since."""

    reasons: tuple[Reason, ...]
    handed: bool


@dataclass(frozen=True)
class InboxRow:
    """One case on the desk; `opening` is empty for a restricted one, whose text needs a reason, and foul words in it
    are covered.

    `standing` is overdue, soon or in_time, for closed cases on_time or late. `to_judge`: drawn by lot, so nobody is
    told what the classifier said before its handler judged.
    """

    reference: str
    kind: str
    topic: str
    urgent: bool
    confidential: bool
    superior: bool
    unsorted: bool
    to_judge: bool
    opening: str
    state: str
    standing: str
    due_at: datetime
    closed_at: datetime | None
    post: str
    unit: str
    why: Why


@dataclass(frozen=True)
class Pile:
    """One page of a heap, most pressing first; `total` counts the whole heap, `more` that pages follow."""

    heap: Heap
    rows: tuple[InboxRow, ...]
    total: int
    page: int
    more: bool


def get_pile(session: Session, viewer: Viewer, heap: Heap, now: datetime, page: int = 1, size: int = PAGE) -> Pile:
    """The `page`-th `size` cases of a heap that this viewer may know of; pages count from 1."""
    chosen = cases_of(viewer).where(_CONDITIONS[heap](viewer, now))
    total = session.scalar(sa.select(sa.func.count()).select_from(chosen.order_by(None).subquery())) or 0
    if heap is Heap.CLOSED:
        chosen = chosen.order_by(None).order_by(Case.closed_at.desc(), Case.reference)
    shown = chosen.options(joinedload(Case.entry), joinedload(Case.post)).offset((page - 1) * size).limit(size)
    cases = session.scalars(shown).all()
    decisions = _decisions(session, cases)
    units, drawn = _unit_names(session, cases), awaiting(session, cases)
    foul = insulting(session, (case.entry_id for case in cases))
    rows = tuple(
        _row(
            case, units[case.unit_id], explain(case, decisions[case.entry_id, case.matter]), case.id in drawn,
            _opening(case, case.entry_id in foul), now,
        )
        for case in cases
    )  # fmt: skip
    return Pile(heap, rows, total, page, more=page * size < total)


def explain(case: Case, decisions: Sequence[Decision]) -> Why:
    """Why a case lies where it lies. `decisions` are those on its matter, oldest first.

    A confirmation carries no reasons of its own, so the newest decision that gave some tells; when the case
    lies elsewhere by now, somebody handed it over.
    """
    told = next((decision for decision in reversed(decisions) if json.loads(decision.reasons)), None)
    if told is None:
        return Why((), handed=bool(decisions) and decisions[-1].route != case.route)
    return Why(reasons_of(told), handed=told.route != case.route)


def reasons_of(decision: Decision) -> tuple[Reason, ...]:
    """The reasons stored with a decision."""
    return tuple(
        Reason(reason["code"], reason["words"], tuple((start, end) for start, end in reason.get("spans", ())))
        for reason in json.loads(decision.reasons)
    )


def opening_of(text: str, most: int = OPENING) -> str:
    """The first words of a text on one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most + 1].rsplit(" ", 1)[0]
    return f"{cut[:most].rstrip(',;:.')}…"


Condition = Callable[[Viewer, datetime], sa.ColumnElement[bool]]
_open = Case.state.not_in(CLOSED)
_owed = _open & not_following()
"""What an answer is written for: a follower is answered with its lead."""
_CONDITIONS: dict[Heap, Condition] = {
    Heap.MINE: lambda viewer, _now: _on_my_desk(viewer),
    Heap.UNIT: lambda viewer, _now: _owed & ~_mine(viewer) & (Case.state != CaseState.SUBMITTED),
    Heap.WAITING: lambda _viewer, _now: _owed & (Case.state == CaseState.WAITING),
    Heap.SUBMITTED: lambda _viewer, _now: Case.state == CaseState.SUBMITTED,
    Heap.RETURNED: lambda _viewer, _now: Case.state == CaseState.RETURNED,
    Heap.OVERDUE: lambda _viewer, now: _open & (Case.due_at < now) & Case.paused_at.is_(None),
    Heap.CLOSED: lambda _viewer, _now: Case.state.in_(CLOSED),
}


def _mine(viewer: Viewer) -> sa.ColumnElement[bool]:
    return Case.post_id.in_(viewer.post_ids)


def _on_my_desk(viewer: Viewer) -> sa.ColumnElement[bool]:
    # What was submitted waits for a leader and is nobody's next act but the leader's.
    return _owed & _mine(viewer) & Case.state.in_((CaseState.WAITING, CaseState.RETURNED))


def _decisions(session: Session, cases: Sequence[Case]) -> dict[tuple[UUID, int], list[Decision]]:
    """The decisions on each matter, by entry and number of the matter."""
    entries = [case.entry_id for case in cases]
    found: dict[tuple[UUID, int], list[Decision]] = {(case.entry_id, case.matter): [] for case in cases}
    query = sa.select(Decision).where(Decision.entry_id.in_(entries)).order_by(Decision.number)
    for decision in session.scalars(query):
        found.setdefault((decision.entry_id, decision.matter), []).append(decision)
    return found


def _unit_names(session: Session, cases: Iterable[Case]) -> dict[int, str]:
    query = sa.select(Unit.id, Unit.name).where(Unit.id.in_({case.unit_id for case in cases}))
    return {unit_id: name for unit_id, name in session.execute(query)}


def _opening(case: Case, foul: bool) -> str:
    if case.confidential:
        return ""
    text = case.entry.text[case.part_start : case.part_end]
    return opening_of(covered(text) if foul else text)


def _row(case: Case, unit: str, why: Why, to_judge: bool, opening: str, now: datetime) -> InboxRow:
    return InboxRow(
        reference=case.reference,
        kind=case.kind,
        topic=case.topic,
        urgent=case.urgent,
        confidential=case.confidential,
        superior=case.superior,
        unsorted=case.route == "reception" and not case.confirmed,
        to_judge=to_judge,
        opening=opening,
        state=case.state.value,
        standing=standing_of(case, now),
        due_at=case.due_at,
        closed_at=case.closed_at,
        post=case.post.title,
        unit=unit,
        why=why,
    )


def standing_of(case: Case, now: datetime) -> str:
    """overdue, soon, in_time, or paused while the sender is asked; for a closed case on_time or late."""
    if case.closed_at is None and case.paused_at is not None:
        return "paused"
    if case.closed_at is None:
        return standing(case.due_at, now)
    return "on_time" if case.closed_at <= case.due_at else "late"
