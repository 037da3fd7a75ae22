"""Cases of a unit that was merged away go on in its successor: same clock, same history, same exclusions.

A case lies with the unit that owes the answer; its entry stays for ever with the unit that received it, and what
is counted follows the entry. So a case can change hands without a count changing. What the superior level holds
stays there.
"""

from collections.abc import Callable
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Case, CaseExclusion, Database, Officer, Post, Unit, UnitSuccession
from models.audit import append_event
from models.cases import JOINED
from models.mergers import unit_on
from triage.casework.access import CHAIR
from triage.casework.acts import may_hold_confidential
from triage.casework.placing import exclude, find_post, get_roster, kept_out, post_of_route, topic_posts
from triage.routing.routes import DUTY_LEADER, Matter, decide
from vietnamese.calendar import local_day
from vietnamese.text import fold

BATCH = 100
MOVED = "moved_to_successor"
NEVER_CHECKED = -1
"""A `staff_version` no unit has: before anybody new sees a case, it is held against the successor's people."""


def move_waiting_cases(database: Database, now: Callable[[], datetime], most: int = BATCH) -> int:
    """Move up to `most` cases that lie with merged units, open ones first; returns how many.

    Also those of entries that were sent before the day of a merger and sorted after it.
    """
    at = now()
    with database.reading() as session:
        waiting = session.scalars(_left_behind(local_day(at)).with_only_columns(Case.id).limit(1)).first()
    if waiting is None:
        return 0
    with database.writing() as session:
        return move_cases(session, at, most)


def move_open_cases(session: Session, at: datetime) -> int:
    """Move every open case at once, with the merger itself; what is closed follows by the worker."""
    return _move(session, _left_behind(local_day(at)).where(Case.closed_at.is_(None)), at)


def move_cases(session: Session, at: datetime, most: int = BATCH) -> int:
    """Move up to `most` cases of merged units; returns how many."""
    return _move(session, _left_behind(local_day(at)).limit(most), at)


def move_case(session: Session, case: Case, successor: Unit, at: datetime) -> None:
    """The successor owes the answer from now on. Clock, state, replies, exclusions and entry stay as they are."""
    former, before, day = session.get_one(Unit, case.unit_id), case.post, local_day(at)
    case.unit_id, case.staff_version = successor.id, NEVER_CHECKED
    case.post = _post_in(session, case, successor, before.code, day)
    append_event(session, case, MOVED, at, former=former.name, unit=successor.name,
                 before=before.code, after=case.post.code)  # fmt: skip


def keep_out_namesakes(session: Session, case: Case, at: datetime) -> set[int]:
    """Keep out whoever serves the case's unit under the name of somebody excluded who served another unit.

    After a merger the same person may stand on the successor's list as a new row, and an exclusion is by row.
    A wrong guess costs a colleague's time; the other mistake would cost the citizen's trust.
    """
    kept = session.execute(
        sa.select(Officer, CaseExclusion.reason)
        .join(CaseExclusion, CaseExclusion.officer_id == Officer.id)
        .where(CaseExclusion.case_id == case.id, Officer.unit_id != case.unit_id)
    ).all()
    if not kept:
        return set()
    known = set(session.scalars(sa.select(CaseExclusion.officer_id).where(CaseExclusion.case_id == case.id)))
    staff = session.scalars(sa.select(Officer).where(Officer.unit_id == case.unit_id, Officer.id.not_in(known))).all()
    newly: set[int] = set()
    for officer, reason in kept:
        alike = {person.id for person in staff if _may_be_same(person, officer)} - newly
        exclude(session, case, tuple(str(person) for person in sorted(alike)), at, reason)
        newly |= alike
    return newly


def _may_be_same(one: Officer, other: Officer) -> bool:
    genders = {one.gender, other.gender} - {"unknown"}
    return fold(one.full_name) == fold(other.full_name) and len(genders) < 2


def _left_behind(day: date) -> sa.Select[Case]:
    ended = (
        sa.select(Unit.id)
        .join(UnitSuccession, UnitSuccession.predecessor_id == Unit.id)
        .where(Unit.valid_to <= day, UnitSuccession.on <= day, ~UnitSuccession.part)
    )
    left = sa.select(Case).where(Case.unit_id.in_(ended), ~Case.superior, Case.route != JOINED)
    return left.order_by(Case.closed_at.is_not(None), Case.opened_at, Case.id)


def _move(session: Session, left: sa.Select[Case], at: datetime) -> int:
    day, moved = local_day(at), 0
    heirs: dict[int, Unit] = {}
    for case in session.scalars(left.with_for_update(of=Case)).all():
        if case.unit_id not in heirs:
            heirs[case.unit_id] = unit_on(session, session.get_one(Unit, case.unit_id), day)
        move_case(session, case, heirs[case.unit_id], at)
        moved += 1
    return moved


def _post_in(session: Session, case: Case, unit: Unit, code: str, day: date) -> Post:
    """The post of the same identifier; for danger whoever is on duty; else by the rules of placing."""
    if case.route == DUTY_LEADER and case.is_open:
        return _by_route(session, case, day)
    same = find_post(session, unit.id, code)
    if same is not None and (not case.confidential or may_hold_confidential(same)):
        return same
    if case.confidential:
        # Restricted ones fall to the chair, never to a topic's post.
        return _restricted_post(session, case, unit, day)
    matter = Matter(case.kind, case.topic, case.urgent, case.accuses_staff, abstained=False)
    routing = decide(matter, case.entry.text, get_roster(session, unit, day), topic_posts(session, unit))
    case.route = CHAIR if routing.superior else routing.route
    return _by_route(session, case, day)


def _by_route(session: Session, case: Case, day: date) -> Post:
    out = sorted(kept_out(session, case, day))
    return post_of_route(session, case, day, tuple(str(officer) for officer in out))


def _restricted_post(session: Session, case: Case, unit: Unit, day: date) -> Post:
    intake = find_post(session, unit.id, "restricted_intake")
    if intake is not None:
        return intake
    case.route = CHAIR
    return post_of_route(session, case, day)
