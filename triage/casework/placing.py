"""Where a case lies: the roster of a unit, the post a route means, and who is kept out."""

from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import (
    Case,
    CaseExclusion,
    Department,
    DutyShift,
    ExclusionReason,
    Officer,
    Post,
    RoutingRule,
    Tenure,
    Unit,
    UnitKind,
)
from triage.casework.access import CHAIR, SUPERIOR
from triage.casework.sealing import seal_for_superior
from triage.reading.labels import default_posts
from triage.routing.roster import Person, Roster
from triage.routing.routes import Matter, Routing, decide
from vietnamese.calendar import local_day

ROUTE_POSTS = {"reception": "reception_clerk", "restricted_intake": "restricted_intake"}


class NoPost(Exception):
    """The unit has no post at all, so nobody could answer."""


def get_roster(session: Session, unit: Unit, day: date) -> Roster:
    """Who serves the unit on `day`; a person with two posts stands twice."""
    rows = session.execute(
        sa.select(Officer, Post, Department)
        .select_from(Tenure)
        .join(Officer, Tenure.officer_id == Officer.id)
        .join(Post, Tenure.post_id == Post.id)
        .outerjoin(Department, Post.department_id == Department.id)
        .where(Post.unit_id == unit.id, Tenure.on(day))
        .order_by(Officer.id, Post.id)
    )
    return Roster(
        commune=unit.name,
        staff=tuple(
            Person(
                id=str(officer.id),
                name=officer.full_name,
                title=post.title,
                post=post.code,
                department=department.name if department else "",
                gender=officer.gender,
            )
            for officer, post, department in rows
        ),
    )


def place(session: Session, case: Case, routing: Routing, at: datetime, day: date) -> None:
    """Give the case to the post its route means and keep the accused out, in one transaction."""
    case.route = routing.route
    case.superior = routing.superior
    case.confidential = routing.confidential
    case.post_id = post_of_route(session, case, day, routing.excluded).id
    session.add(case)
    session.flush()
    keep_out(session, case, routing, at)
    if case.superior:
        seal_for_superior(session, case, at)


def hold_against_staff(session: Session, case: Case, matter: Matter, day: date) -> Routing:
    """Where the case's text belongs on `day`, with everybody to be kept out.

    Held against the people of the unit that received it on the day of receipt. Whoever joined since is meant only
    when the text calls him by name: "cán bộ địa chính" of March is not the land officer who came in June.
    """
    unit, received_by = session.get_one(Unit, case.unit_id), session.get_one(Unit, case.entry.unit_id)
    posts = topic_posts(session, unit)
    then = get_roster(session, received_by, local_day(case.opened_at))
    everybody = Roster(then.commune, tuple(dict.fromkeys((*then.staff, *get_roster(session, unit, day).staff))))
    of_then, of_all = (decide(matter, case.entry.text, roster, posts) for roster in (then, everybody))
    accused = (*of_then.accused, *(person for person in of_all.named if person in of_all.accused))
    return replace(
        of_then,
        accused=tuple(dict.fromkeys(accused)),
        excluded=tuple(dict.fromkeys((*of_then.excluded, *of_all.named))),
    )


def kept_out(session: Session, case: Case, day: date) -> set[int]:
    """Officers who may not know of the case on `day`: the excluded and whoever serves under one accused."""
    rows = session.execute(
        sa.select(CaseExclusion.officer_id, CaseExclusion.reason).where(CaseExclusion.case_id == case.id)
    ).all()
    accused = {officer_id for officer_id, reason in rows if reason is ExclusionReason.ACCUSED}
    return {officer_id for officer_id, _reason in rows} | subordinates(session, accused, day)


def subordinates(session: Session, officers: set[int], day: date) -> set[int]:
    """Who serves on `day` in a department that one of these officers heads."""
    heading = sa.select(Post.department_id).join(Tenure, Tenure.post_id == Post.id)
    headed = heading.where(Post.heads, Post.department_id.is_not(None), Tenure.on(day), Tenure.officer_id.in_(officers))
    serving = sa.select(Tenure.officer_id).join(Post, Post.id == Tenure.post_id)
    return set(session.scalars(serving.where(Tenure.on(day), ~Post.heads, Post.department_id.in_(headed)))) - officers


def keep_out(session: Session, case: Case, routing: Routing, at: datetime) -> set[int]:
    """Keep out whom a routing found, the accused and those in doubt; returns those who were not kept out before."""
    newly = exclude(session, case, routing.accused, at)
    doubtful = tuple(person for person in routing.excluded if person not in routing.accused)
    return newly | exclude(session, case, doubtful, at, ExclusionReason.DOUBTFUL)


def exclude(
    session: Session,
    case: Case,
    person_ids: tuple[str, ...],
    at: datetime,
    reason: ExclusionReason = ExclusionReason.ACCUSED,
) -> set[int]:
    """Keep these officers from ever learning of the case; returns those who were not kept out before.

    An exclusion is never lifted by a later reading; a doubt may become an accusation.
    """
    rows = session.scalars(sa.select(CaseExclusion).where(CaseExclusion.case_id == case.id))
    known = {row.officer_id: row for row in rows}
    wanted = {int(person) for person in person_ids}
    for officer_id in sorted(wanted & known.keys()):
        if reason is ExclusionReason.ACCUSED and known[officer_id].reason is ExclusionReason.DOUBTFUL:
            known[officer_id].reason = reason
    for officer_id in sorted(wanted - known.keys()):
        session.add(
            CaseExclusion(
                case_id=case.id,
                officer_id=officer_id,
                reason=reason,
                at=at,
                province_code=case.province_code,
                unit_id=case.unit_id,
            )
        )
    session.flush()
    return wanted - known.keys()


def post_of_route(session: Session, case: Case, day: date, excluded: tuple[str, ...] = ()) -> Post:
    """The post that a route means in the case's unit on `day`; never one that only the excluded hold."""
    if case.route == "superior":
        return superior_post(session, case.province_code)
    accused = {int(person) for person in excluded}
    out = sorted(accused | subordinates(session, accused, day))
    if case.route == "duty_leader":
        on_duty = _duty_post(session, case.unit_id, day, out) or _leader_post(session, case.unit_id, day, out)
        if on_duty:
            return on_duty
    code = ROUTE_POSTS.get(case.route, case.route)
    post = find_post(session, case.unit_id, code) or _chair_post(session, case.unit_id)
    if not somebody_may_hold(session, post.id, set(out), day):
        return _leader_post(session, case.unit_id, day, out) or post
    return post


def somebody_may_hold(session: Session, post_id: int, out: set[int], day: date) -> bool:
    """Whether somebody not among `out` holds the post on `day`; a post nobody holds waits for its holder."""
    holders = set(session.scalars(sa.select(Tenure.officer_id).where(Tenure.post_id == post_id, Tenure.on(day))))
    return not holders or bool(holders - out)


def find_post(session: Session, unit_id: int, code: str) -> Post | None:
    """The post of a unit by its identifier."""
    return session.scalars(sa.select(Post).where(Post.unit_id == unit_id, Post.code == code)).first()


def superior_post(session: Session, province_code: str) -> Post:
    """The provincial post that receives what a commune's own leaders may not; made when it is missing."""
    province = session.scalars(sa.select(Unit).where(Unit.kind == UnitKind.PROVINCE, Unit.code == province_code)).one()
    post = find_post(session, province.id, SUPERIOR)
    if post is None:
        # An accusation must never wait in the commune for a missing row: nobody sees it until it has a holder.
        post = Post(unit_id=province.id, code=SUPERIOR, title="Người tiếp nhận cấp tỉnh", signs=True)
        session.add(post)
        session.flush()
    return post


def topic_posts(session: Session | None = None, unit: Unit | None = None) -> dict[str, str]:
    """The routing table, topic → post: the taxonomy's, or with a unit its own lines over the taxonomy's."""
    table = dict(default_posts())
    if session is not None and unit is not None:
        own = sa.select(RoutingRule).where(RoutingRule.unit_id == unit.id)
        table |= {rule.topic: rule.post_code for rule in session.scalars(own) if rule.topic in table}
    return table


def _duty_post(session: Session, unit_id: int, day: date, out: list[int]) -> Post | None:
    """The first post of whoever is on duty today."""
    on_duty = sa.select(DutyShift.officer_id).where(DutyShift.unit_id == unit_id, DutyShift.day == day)
    return session.scalars(_held(unit_id, day, out).where(Tenure.officer_id.in_(on_duty))).first()


def _leader_post(session: Session, unit_id: int, day: date, out: list[int]) -> Post | None:
    """Any leader's post: when the one on duty may not know, the next leader is told."""
    return session.scalars(_held(unit_id, day, out).where(Post.signs)).first()


def _held(unit_id: int, day: date, out: list[int]) -> sa.Select[Post]:
    return (
        sa.select(Post)
        .join(Tenure, Tenure.post_id == Post.id)
        .where(Post.unit_id == unit_id, Tenure.on(day), Tenure.officer_id.not_in(out))
        .order_by(Post.signs.desc(), Post.id)
    )


def _chair_post(session: Session, unit_id: int) -> Post:
    post = find_post(session, unit_id, CHAIR)
    if post is None:
        raise NoPost(f"unit {unit_id} has no {CHAIR} post; import its staff")
    return post
