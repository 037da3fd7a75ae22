"""What a person owes, as rows of an inbox. Every row and every count passes the gate of `access`."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from models import Case, CaseState, Decision, Post, SameMatter, Tenure, Unit
from triage.casework.access import Viewer, cases_of, handles
from triage.casework.auditing import awaiting
from triage.casework.calendars import calendars_of
from triage.casework.clocks import standing
from triage.casework.marking import covered, insulting
from triage.casework.narrowing import WHOLE, Narrowing, Order, conditions
from triage.casework.same_matter import not_following
from triage.casework.searching import Hits, find, replies_to
from triage.routing.routes import Reason
from vietnamese.calendar import NATIONAL, WorkCalendar
from vietnamese.matching import Span, Wanted, has_all, spans_of

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
    ALL = "all"


@dataclass(frozen=True)
class Why:
    """Why a case lies where it lies: what the routing said, or that a person handed it over since."""

    reasons: tuple[Reason, ...]
    handed: bool


@dataclass(frozen=True)
class Excerpt:
    """A stretch of a text on one line; `found` are the places in it where searched words stand."""

    text: str = ""
    found: tuple[Span, ...] = ()


@dataclass(frozen=True)
class InboxRow:
    """One case on the desk; `opening` is empty for a restricted one, whose text needs a reason, and foul words in it
    are covered.

    `standing` is overdue, soon or in_time, for closed cases on_time or late, by the `calendar` of its unit. `to_judge`:
    drawn by lot, so nobody is told what the classifier said before its handler judged. `confirmable`: this viewer may
    say with one word that the reading is right. `answer` shows what was found in the answer alone.
    """

    reference: str
    version: int
    kind: str
    topic: str
    urgent: bool
    accuses_staff: bool
    confidential: bool
    superior: bool
    unsorted: bool
    to_judge: bool
    confirmable: bool
    opening: str
    found: tuple[Span, ...]
    answer: Excerpt
    state: str
    standing: str
    calendar: WorkCalendar
    due_at: datetime
    closed_at: datetime | None
    post: str
    unit: str
    why: Why


@dataclass(frozen=True)
class Pile:
    """One page of a heap, most pressing first; `total` counts the whole heap, `more` that pages follow.

    `older`: only so many cases, the newest ones, were searched for words, and there are more; 0 where all were.
    """

    heap: Heap
    rows: tuple[InboxRow, ...]
    total: int
    page: int
    more: bool
    older: int = 0


def get_pile(
    session: Session,
    viewer: Viewer,
    heap: Heap,
    now: datetime,
    page: int = 1,
    size: int = PAGE,
    *,
    narrowing: Narrowing = WHOLE,
) -> Pile:
    """The `page`-th `size` cases of a heap that this viewer may know of; pages count from 1.

    A search is newest first, and whoever types a reference finds that case wherever it lies.
    """
    chosen = cases_of(viewer).where(_CONDITIONS[heap](viewer, now), *conditions(narrowing, now))
    hits = None
    if narrowing.search:
        hits = find(session, chosen, narrowing.search.wanted)
        found = chosen.with_only_columns(Case.id).order_by(None).where(Case.id.in_(hits.ids))
        chosen = cases_of(viewer).where(Case.id.in_(found) | (Case.reference == narrowing.search.reference))
    total = session.scalar(sa.select(sa.func.count()).select_from(chosen.order_by(None).subquery())) or 0
    ordered = _in_order(chosen, heap, narrowing)
    shown = ordered.options(joinedload(Case.entry), joinedload(Case.post)).offset((page - 1) * size).limit(size)
    rows = _rows(session, viewer, session.scalars(shown).all(), narrowing.search.wanted, now)
    return Pile(heap, rows, total, page, more=page * size < total, older=_left_out(hits))


def held_posts(session: Session, viewer: Viewer) -> dict[int, str]:
    """The posts by which a leader can narrow a pile, as (id, title); nobody else sees other posts' cases.

    Those that somebody of the unit holds on the day: with whom cases lie says nothing here.
    """
    if not viewer.signs or viewer.provincial:
        return {}
    held = sa.exists().where(Tenure.post_id == Post.id, Tenure.on(viewer.day))
    query = sa.select(Post.id, Post.title).where(Post.unit_id == viewer.unit_id, held).order_by(Post.id)
    return {post_id: title for post_id, title in session.execute(query)}


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


def excerpt_of(text: str, wanted: Wanted, most: int = OPENING) -> Excerpt:
    """The first words of a text, or those around the first wanted one where that stands later."""
    line = " ".join(text.split())
    spans = spans_of(line, wanted)
    if spans and spans[0][1] > most - 1:
        # A few words before it, so that the sentence can be understood.
        start = line.rfind(" ", 0, max(0, spans[0][0] - most // 3)) + 1
        line = f"… {line[start:]}"
    opening = opening_of(line, most)
    return Excerpt(opening, tuple(spans_of(opening, wanted)))


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
    Heap.ALL: lambda _viewer, _now: sa.true(),
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


def _in_order(chosen: sa.Select[Case], heap: Heap, narrowing: Narrowing) -> sa.Select[Case]:
    if narrowing.order is Order.NEWEST or (narrowing.order is None and narrowing.search):
        return chosen.order_by(None).order_by(Case.opened_at.desc(), Case.reference)
    if heap is Heap.CLOSED and narrowing.order is None:
        return chosen.order_by(None).order_by(Case.closed_at.desc(), Case.reference)
    if heap is Heap.ALL:
        # Open and closed ones lie together; nothing presses about the latter.
        return chosen.order_by(None).order_by(Case.closed_at.is_not(None), Case.due_at, Case.reference)
    return chosen


def _left_out(hits: Hits | None) -> int:
    return hits.searched if hits is not None and hits.older else 0


def _rows(
    session: Session, viewer: Viewer, cases: Sequence[Case], wanted: Wanted, now: datetime
) -> tuple[InboxRow, ...]:
    """The rows of one page, with as many queries for fifty cases as for one."""
    decisions = _decisions(session, cases)
    units, drawn = _unit_names(session, cases), awaiting(session, cases)
    calendars = calendars_of(session, {case.unit_id for case in cases})
    foul, followers = insulting(session, (case.entry_id for case in cases)), _followers(session, cases)
    answers = _answers(session, cases, wanted)
    return tuple(
        _row(
            case, units[case.unit_id], explain(case, decisions[case.entry_id, case.matter]), case.id in drawn,
            _opening(case, case.entry_id in foul, wanted), now, calendars[case.unit_id],
            answers.get(case.id, Excerpt()),
            confirmable=_is_confirmable(viewer, case) and case.id not in drawn | followers,
        )
        for case in cases
    )  # fmt: skip


def _followers(session: Session, cases: Iterable[Case]) -> set[UUID]:
    ids = [case.id for case in cases]
    return set(session.scalars(sa.select(SameMatter.case_id).where(SameMatter.case_id.in_(ids))))


def _is_confirmable(viewer: Viewer, case: Case) -> bool:
    return case.is_open and not case.confirmed and not case.confidential and handles(viewer, case)


def _answers(session: Session, cases: Iterable[Case], wanted: Wanted) -> dict[UUID, Excerpt]:
    """What was found in answers only, by case; nothing of restricted ones."""
    if not wanted:
        return {}
    lacking = [case.id for case in cases if not case.confidential and not has_all(wanted, _part(case))]
    replies = replies_to(session, lacking)
    excerpts = {case_id: excerpt_of(text, wanted) for case_id, text in replies.items()}
    return {case_id: excerpt for case_id, excerpt in excerpts.items() if excerpt.found}


def _part(case: Case) -> str:
    return case.entry.text[case.part_start : case.part_end]


def _opening(case: Case, foul: bool, wanted: Wanted) -> Excerpt:
    if case.confidential:
        return Excerpt()
    text = _part(case)
    return excerpt_of(covered(text) if foul else text, wanted)


def _row(
    case: Case, unit: str, why: Why, to_judge: bool, opening: Excerpt, now: datetime, calendar: WorkCalendar,
    answer: Excerpt, confirmable: bool,
) -> InboxRow:  # fmt: skip
    return InboxRow(
        reference=case.reference,
        version=case.version,
        kind=case.kind,
        topic=case.topic,
        urgent=case.urgent,
        accuses_staff=case.accuses_staff,
        confidential=case.confidential,
        superior=case.superior,
        unsorted=case.route == "reception" and not case.confirmed,
        to_judge=to_judge,
        confirmable=confirmable,
        opening=opening.text,
        found=opening.found,
        answer=answer,
        state=case.state.value,
        standing=standing_of(case, now, calendar),
        calendar=calendar,
        due_at=case.due_at,
        closed_at=case.closed_at,
        post=case.post.title,
        unit=unit,
        why=why,
    )


def standing_of(case: Case, now: datetime, calendar: WorkCalendar = NATIONAL) -> str:
    """overdue, soon, in_time, or paused while the sender is asked; for a closed case on_time or late."""
    if case.closed_at is None and case.paused_at is not None:
        return "paused"
    if case.closed_at is None:
        return standing(case.due_at, now, calendar)
    return "on_time" if case.closed_at <= case.due_at else "late"
