"""What is late and why, for whoever leads: every case that is overdue or nearly so, by where it hangs and with whom.

All of it comes through the gate: a leader who is kept out of a case gets the page of a unit in which there is none.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from models import Account, Case, CaseEvent, CaseState, Ending, Officer, Post, Reply, Role, SameMatter, Tenure
from triage.casework.access import Viewer, cases_of, get_viewer, may_sign
from triage.casework.auditing import awaiting
from triage.casework.calendars import calendars_of
from triage.casework.clocks import DUE_SOON
from triage.casework.inbox import standing_of
from vietnamese.calendar import WorkCalendar, add_working_days, local_day, start_of

OLDEST = 3
"""Cases named with each post."""
FIRST_THINGS = 3
FORWARDED_WITHIN = timedelta(days=30)
"""How long what went to another authority is still shown: nobody here owes it, somebody may ask."""


class Hangs(StrEnum):
    """Where a case waits, in the order in which a leader can do something about it."""

    SIGNATURE = "signature"
    SORTING = "sorting"
    NOT_BEGUN = "not_begun"
    DRAFTING = "drafting"
    RETURNED = "returned"
    MERGED = "merged"
    """Answered together with another."""
    SENDER = "sender"
    """Paused until the sender adds something."""
    FORWARDED = "forwarded"


@dataclass(frozen=True)
class LateCase:
    """A case of the board. `idle` is whole days since a person last did something on it, or since it was received.

    `standing` is as in the inbox, by the `calendar` of the case's unit.
    """

    reference: str
    standing: str
    calendar: WorkCalendar
    due_at: datetime
    urgent: bool
    confidential: bool
    idle: int


@dataclass(frozen=True)
class Holding:
    """What hangs with one post; for signatures with all who may sign, and then without a post.

    `holders` are names; `mine`: the viewer is among them; `oldest` the first due, at most `OLDEST`.
    """

    post: str
    holders: tuple[str, ...]
    mine: bool
    total: int
    overdue: int
    oldest: tuple[LateCase, ...]


@dataclass(frozen=True)
class Group:
    """Everything that hangs in one place, the post with most overdue first."""

    hangs: Hangs
    total: int
    overdue: int
    holdings: tuple[Holding, ...]


@dataclass(frozen=True)
class FirstThing:
    """One thing to do today: what hangs where, with whom, how many (overdue), and the case that was due first."""

    hangs: Hangs
    holding: Holding
    urgent: bool


@dataclass(frozen=True)
class Overview:
    """A leader's board. `overdue` and `soon` count all of the viewer's cases, `open` those not answered."""

    open: int
    overdue: int
    soon: int
    groups: tuple[Group, ...]
    first: tuple[FirstThing, ...]


@dataclass(frozen=True)
class _Hung:
    """A case with where it hangs: `key` tells whose it is, the post's or that of who may sign."""

    case: LateCase
    hangs: Hangs
    post: str
    holders: tuple[str, ...]
    mine: bool


def get_overview(session: Session, viewer: Viewer, now: datetime) -> Overview:
    """The board of a viewer who signs."""
    opened = session.scalars(cases_of(viewer).where(Case.closed_at.is_(None)).options(selectinload(Case.post))).all()
    gone = session.scalars(_forwarded(viewer, now)).all()
    calendars = calendars_of(session, {case.unit_id for case in (*opened, *gone)})
    standings = {case.id: standing_of(case, now, calendars[case.unit_id]) for case in opened}
    near = _nearly(now, calendars)
    late = [case for case in opened if case.due_at < near[case.unit_id]]
    hung = _hang(session, viewer, late, gone, calendars, now)
    groups = tuple(group for hangs in Hangs if (group := _group(hangs, hung)) is not None)
    counts = list(standings.values())
    return Overview(len(opened), counts.count("overdue"), counts.count("soon"), groups, first_things(groups))


def first_things(groups: Iterable[Group], most: int = FIRST_THINGS) -> tuple[FirstThing, ...]:
    """Pure: at most `most` things to do first. Danger, then what is overdue, then the rest; a leader's own act first.

    Nothing is done here about what waits for the sender, was forwarded or is answered with another.
    """
    doable = (Hangs.SIGNATURE, Hangs.SORTING, Hangs.NOT_BEGUN, Hangs.RETURNED, Hangs.DRAFTING)
    things = [
        FirstThing(group.hangs, holding, any(case.urgent for case in holding.oldest))
        for group in groups
        if group.hangs in doable
        for holding in group.holdings
    ]
    return tuple(sorted(things, key=lambda thing: _weight(thing, doable))[:most])


def _weight(thing: FirstThing, order: Sequence[Hangs]) -> tuple[bool, bool, int, int, datetime]:
    late = thing.holding.overdue
    return not thing.urgent, not late, order.index(thing.hangs), -late, thing.holding.oldest[0].due_at


def _nearly(now: datetime, calendars: Mapping[int, WorkCalendar]) -> dict[int, datetime]:
    """By unit: what is due before this instant is overdue or nearly so, or would be if it did not wait."""
    return {
        unit: start_of(add_working_days(local_day(now), DUE_SOON, calendar) + timedelta(days=1))
        for unit, calendar in calendars.items()
    }


def _forwarded(viewer: Viewer, now: datetime) -> sa.Select[Case]:
    sent = Case.ending == Ending.FORWARDED, Case.closed_at > now - FORWARDED_WITHIN
    return cases_of(viewer).where(*sent).options(selectinload(Case.post))


def _hang(
    session: Session,
    viewer: Viewer,
    late: Sequence[Case],
    gone: Sequence[Case],
    calendars: Mapping[int, WorkCalendar],
    now: datetime,
) -> list[_Hung]:
    cases = [*late, *gone]
    acted, holders = _last_acts(session, cases), _holders(session, cases, viewer.day)
    where = _where(session, late)
    signers = _signers(session, viewer, [case for case in late if where[case.id] is Hangs.SIGNATURE])
    hung = []
    for case in cases:
        hangs = where.get(case.id, Hangs.FORWARDED)
        idle = (local_day(now) - local_day(acted.get(case.id, case.opened_at))).days
        calendar = calendars[case.unit_id]
        standing = standing_of(case, now, calendar)
        shown = LateCase(case.reference, standing, calendar, case.due_at, case.urgent, case.confidential, idle)
        if hangs is Hangs.SIGNATURE:
            hung.append(_Hung(shown, hangs, "", signers[case.id], mine=True))
        else:
            mine = case.post_id in viewer.post_ids
            hung.append(_Hung(shown, hangs, case.post.title, holders.get(case.post_id, ()), mine))
    return hung


def _where(session: Session, cases: Sequence[Case]) -> dict[UUID, Hangs]:
    """Where each open case hangs; the first that fits."""
    drawn, ids = awaiting(session, cases), [case.id for case in cases]
    begun = set(session.scalars(sa.select(Reply.case_id).where(Reply.case_id.in_(ids))))
    merged = set(session.scalars(sa.select(SameMatter.case_id).where(SameMatter.case_id.in_(ids))))
    rules: tuple[tuple[Hangs, Callable[[Case], bool]], ...] = (
        (Hangs.MERGED, lambda case: case.id in merged),
        (Hangs.SENDER, lambda case: case.paused_at is not None),
        (Hangs.SIGNATURE, lambda case: case.state is CaseState.SUBMITTED),
        (Hangs.RETURNED, lambda case: case.state is CaseState.RETURNED),
        (Hangs.SORTING, lambda case: case.id in drawn or (case.route == "reception" and not case.confirmed)),
        (Hangs.DRAFTING, lambda case: case.id in begun),
    )
    return {case.id: next((hangs for hangs, fits in rules if fits(case)), Hangs.NOT_BEGUN) for case in cases}


def _group(hangs: Hangs, hung: Iterable[_Hung]) -> Group | None:
    held: dict[tuple[str, tuple[str, ...], bool], list[LateCase]] = {}
    for one in hung:
        if one.hangs is hangs:
            held.setdefault((one.post, one.holders, one.mine), []).append(one.case)
    holdings = [_holding(*whose, cases) for whose, cases in held.items()]
    if not holdings:
        return None
    holdings.sort(key=lambda one: (-one.overdue, -one.total, one.post, one.holders))
    total, overdue = sum(one.total for one in holdings), sum(one.overdue for one in holdings)
    return Group(hangs, total, overdue, tuple(holdings))


def _holding(post: str, holders: tuple[str, ...], mine: bool, cases: list[LateCase]) -> Holding:
    cases.sort(key=lambda case: (not case.urgent, case.due_at, case.reference))
    overdue = sum(case.standing == "overdue" for case in cases)
    return Holding(post, holders, mine, len(cases), overdue, tuple(cases[:OLDEST]))


def _last_acts(session: Session, cases: Sequence[Case]) -> dict[UUID, datetime]:
    """When a person last did something on each; reminders and looks at restricted ones move nothing."""
    acts = CaseEvent.account_id.is_not(None) & CaseEvent.act.not_in(("restricted_opened", "contact_opened"))
    newest: dict[UUID, datetime] = {}
    rows = sa.select(CaseEvent.case_id, CaseEvent.at).where(CaseEvent.case_id.in_([case.id for case in cases]), acts)
    for case_id, at in session.execute(rows):
        newest[case_id] = max(at, newest.get(case_id, at))
    return newest


def _holders(session: Session, cases: Iterable[Case], day: date) -> Mapping[int, tuple[str, ...]]:
    """Who holds each post today, stand-ins last."""
    rows = session.execute(
        sa.select(Tenure.post_id, Officer.full_name)
        .join(Officer, Officer.id == Tenure.officer_id)
        .where(Tenure.post_id.in_({case.post_id for case in cases}), Tenure.on(day))
        .order_by(Tenure.post_id, Tenure.stand_in, Officer.id)
    )
    found: dict[int, tuple[str, ...]] = {}
    for post_id, name in rows:
        found[post_id] = (*(held for held in found.get(post_id, ()) if held != name), name)
    return found


def _signers(session: Session, viewer: Viewer, cases: Sequence[Case]) -> dict[UUID, tuple[str, ...]]:
    """Who may sign each: leaders of the viewer's unit who may know of it, by their own gate."""
    found: dict[UUID, tuple[str, ...]] = {case.id: () for case in cases}
    if not cases:
        return found
    for account, name in _leaders(session, viewer):
        leader = get_viewer(session, account, viewer.day)
        for case in session.scalars(cases_of(leader).where(Case.id.in_(found))):
            if may_sign(leader, case):
                found[case.id] = (*found[case.id], name)
    return found


def _leaders(session: Session, viewer: Viewer) -> list[tuple[Account, str]]:
    """Accounts of who signs in the viewer's unit today, by the order of their posts."""
    rows = session.execute(
        sa.select(Account, Officer.full_name, Post.id)
        .join(Officer, Officer.id == Account.officer_id)
        .join(Tenure, Tenure.officer_id == Officer.id)
        .join(Post, Post.id == Tenure.post_id)
        .where(Post.unit_id == viewer.unit_id, Post.signs, Tenure.on(viewer.day), Account.role == Role.OFFICER)
        .order_by(Post.id, Tenure.stand_in, Officer.id)
    )
    return list({account.id: (account, name) for account, name, _post in rows}.values())
