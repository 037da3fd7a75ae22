"""Merging units: predecessors end on a day, one successor takes them over whole.

Nothing of the past is rewritten. What a unit received stays its own for ever (entries, answers, facts), and the
figures of a successor add its predecessors' when they are read. What is to be done from that day on is the
successor's: `unit_on` tells who stands for a unit on a day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.accounts import Account
from models.people import Department, DutyShift, Officer, Post, Tenure
from models.refusals import Refused
from models.staffing import keep_department
from models.units import Unit, UnitKind, UnitSuccession
from vietnamese.calendar import local_day

COMMUNE_KINDS = (UnitKind.COMMUNE, UnitKind.WARD, UnitKind.SPECIAL_ZONE)
LONGEST_AHEAD = timedelta(days=31)
LONGEST_AGO = timedelta(days=366)
"""A day further away is taken for a typing error."""
_CHAIR = "chairperson"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Merger:
    """What a merger changed: units that ended by it, tenures that end with them, posts the successor was given."""

    ended: tuple[Unit, ...] = ()
    tenures: int = 0
    posts: int = 0


def unit_on(session: Session, unit: Unit, day: date) -> Unit:
    """Who stands for a unit on `day`: the unit itself while it exists, then whoever took it over whole.

    A unit that ended without such a successor (divided, or none recorded) stands for itself.
    """
    while unit.valid_to is not None and unit.valid_to <= day:
        heir = session.scalars(
            sa.select(Unit)
            .join(UnitSuccession, UnitSuccession.successor_id == Unit.id)
            .where(UnitSuccession.predecessor_id == unit.id, UnitSuccession.on <= day, ~UnitSuccession.part)
            .order_by(UnitSuccession.on, Unit.id)
        ).first()
        if heir is None:
            break
        unit = heir
    return unit


def with_predecessors(session: Session, unit_ids: Sequence[int], day: date) -> list[int]:
    """These units' ids and those of all they had taken over whole by `day`: whose codes and entries are theirs."""
    found = newest = set(unit_ids)
    while newest:
        gone = sa.select(UnitSuccession.predecessor_id).where(
            UnitSuccession.successor_id.in_(newest), UnitSuccession.on <= day, ~UnitSuccession.part
        )
        newest = set(session.scalars(gone)) - found
        found = found | newest
    return sorted(found)


def find_unit_of_code(session: Session, code: str, day: date) -> Unit | None:
    """The commune-level unit of a code as it existed on `day`; a merged unit may take the code of an old one."""
    begun = Unit.valid_from.is_(None) | (Unit.valid_from <= day)
    lasting = Unit.valid_to.is_(None) | (Unit.valid_to > day)
    query = sa.select(Unit).where(Unit.code == code, Unit.kind.in_(COMMUNE_KINDS), begun, lasting)
    return session.scalars(query.order_by(Unit.valid_from.desc(), Unit.id.desc())).first()


def merge_units(session: Session, predecessors: Sequence[Unit], successor: Unit, on: date, at: datetime) -> Merger:
    """`successor` takes over `predecessors` whole on the day `on`; run again, it changes nothing.

    Their validity, tenures and duty end on that day; posts stay as history. A successor without any post is
    given theirs, so that cases have somewhere to lie. Raises Refused and changes nothing when it cannot be.
    """
    _lock(session, [*predecessors, successor])
    today = local_day(at)
    check_merger(session, predecessors, successor, on, today)
    new = [unit for unit in predecessors if not _is_done(session, unit, successor, on)]
    posts = _give_posts(session, predecessors, successor)
    tenures = sum(_end(session, unit, successor, on, today) for unit in new)
    session.flush()
    return Merger(tuple(new), tenures, posts)


def check_merger(session: Session, predecessors: Sequence[Unit], successor: Unit, on: date, today: date) -> None:
    """Raises Refused, with the code of the reason and the name of the unit it speaks of."""
    if not predecessors:
        raise Refused("nothing_to_merge")
    if not today - LONGEST_AGO <= on <= today + LONGEST_AHEAD:
        raise Refused("day_far", day=on)
    for unit in (*predecessors, successor):
        if unit.kind not in COMMUNE_KINDS:
            raise Refused("not_a_commune", unit=unit.name)
        if unit.province_code != successor.province_code:
            raise Refused("other_province", unit=unit.name, successor=successor.name)
    if (successor.valid_from and successor.valid_from > on) or (successor.valid_to and successor.valid_to <= on):
        raise Refused("successor_absent", unit=successor.name, day=on)
    for unit in predecessors:
        _check_predecessor(session, unit, successor, on)
    if not any(_CHAIR in _post_codes(session, unit) for unit in _givers(session, predecessors, successor)):
        raise Refused("nobody_to_answer", unit=successor.name)


def former_staff(session: Session, unit: Unit) -> list[Officer]:
    """Everybody who held a post of an ended unit until its last day and is still on its list."""
    held = sa.select(Tenure.officer_id).join(Post).where(Post.unit_id == unit.id, Tenure.ends_on == unit.valid_to)
    return list(
        session.scalars(sa.select(Officer).where(Officer.unit_id == unit.id, Officer.id.in_(held)).order_by(Officer.id))
    )


def move_officer(session: Session, officer: Officer, at: datetime) -> Unit:
    """The person goes on to serve the successor of the unit: the same row, so every exclusion goes along.

    Gives no post; those are given as to anybody of the unit. Returns the unit served from now on: the same as
    before while that still exists, then nothing changes. Raises Refused when nobody took over a unit that ended.
    """
    former, today = session.get_one(Unit, officer.unit_id), local_day(at)
    successor = unit_on(session, former, today)
    if successor.id == former.id:
        if former.valid_to is not None and former.valid_to <= today:
            raise Refused("no_successor", unit=former.name)
        return former
    officer.unit_id, officer.staff_code = successor.id, _free_staff_code(session, officer, former, successor)
    account = session.scalars(sa.select(Account).where(Account.officer_id == officer.id)).first()
    if account is not None:
        account.unit_id = successor.id
    # A newcomer to this staff, as the database says of everybody who is added to it.
    raised = sa.update(Unit).where(Unit.id == successor.id).values(staff_version=Unit.staff_version + 1)
    officer.listed_version = session.scalars(
        raised.returning(Unit.staff_version).execution_options(synchronize_session=False)
    ).one()
    session.flush()
    return successor


def _lock(session: Session, units: Sequence[Unit]) -> None:
    # FOR NO KEY UPDATE, always in the same order: citizens' rows that point at the units need not wait.
    mine = sa.select(Unit).where(Unit.id.in_({unit.id for unit in units})).order_by(Unit.id)
    session.scalars(mine.with_for_update(key_share=True).execution_options(populate_existing=True)).all()


def _check_predecessor(session: Session, unit: Unit, successor: Unit, on: date) -> None:
    if unit.id == successor.id:
        raise Refused("into_itself", unit=unit.name)
    if unit.valid_from and unit.valid_from >= on:
        raise Refused("begins_later", unit=unit.name, day=unit.valid_from)
    if unit.valid_to is not None and not _is_done(session, unit, successor, on):
        raise Refused("ended_already", unit=unit.name, day=unit.valid_to)


def _is_done(session: Session, unit: Unit, successor: Unit, on: date) -> bool:
    link = session.get(UnitSuccession, (unit.id, successor.id, on))
    return link is not None and not link.part and unit.valid_to == on


def _end(session: Session, unit: Unit, successor: Unit, on: date, today: date) -> int:
    unit.valid_to = on
    session.add(UnitSuccession(predecessor_id=unit.id, successor_id=successor.id, on=on, part=False))
    session.execute(sa.delete(DutyShift).where(DutyShift.unit_id == unit.id, DutyShift.day >= max(on, today)))
    held = sa.select(Tenure).join(Post).where(Post.unit_id == unit.id)
    open_still = list(session.scalars(held.where(Tenure.ends_on.is_(None) | (Tenure.ends_on > on))))
    for tenure in open_still:
        _end_tenure(session, tenure, on, today)
    return len(open_still)


def _end_tenure(session: Session, tenure: Tenure, on: date, today: date) -> None:
    """Ends with the unit; what was to begin later never does. What began in between, before anybody recorded the
    merger, was in force and stays for its first day."""
    if tenure.starts_on < on:
        tenure.ends_on = on
    elif tenure.starts_on > today:
        session.delete(tenure)
    else:
        tenure.ends_on = tenure.starts_on + _DAY


def _post_codes(session: Session, unit: Unit) -> set[str]:
    return set(session.scalars(sa.select(Post.code).where(Post.unit_id == unit.id)))


def _givers(session: Session, predecessors: Sequence[Unit], successor: Unit) -> Sequence[Unit]:
    """Whose posts the successor will have: its own, or the predecessors' while it has none."""
    return [successor] if _post_codes(session, successor) else predecessors


def _give_posts(session: Session, predecessors: Sequence[Unit], successor: Unit) -> int:
    if _post_codes(session, successor):
        return 0
    given: set[str] = set()
    for unit in predecessors:
        query = sa.select(Post, Department.name).outerjoin(Department).where(Post.unit_id == unit.id)
        for post, department in session.execute(query.order_by(Post.id)).all():
            if post.code not in given:
                _copy_post(session, post, department, successor)
            given.add(post.code)
    return len(given)


def _copy_post(session: Session, post: Post, department: str | None, successor: Unit) -> None:
    home = keep_department(session, successor, department) if department else None
    session.add(Post(unit_id=successor.id, code=post.code, title=post.title, signs=post.signs, heads=post.heads,
                     department_id=home))  # fmt: skip
    session.flush()


def _free_staff_code(session: Session, officer: Officer, former: Unit, successor: Unit) -> str:
    taken = set(session.scalars(sa.select(Officer.staff_code).where(Officer.unit_id == successor.id)))
    tries = (f"{officer.staff_code[:28]}-{former.code}{n or ''}" for n in range(len(taken) + 1))
    return officer.staff_code if officer.staff_code not in taken else next(c for c in tries if c not in taken)
