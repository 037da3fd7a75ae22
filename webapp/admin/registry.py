"""What an administrator looks after, loaded: units, posts and holders, codes, workers. Never an entry."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from models import AccessCode, DutyShift, Entry, Post, Tenure, Unit, UnitKind, WorkerHeartbeat
from models.mergers import with_predecessors
from models.rosters import standard_posts
from models.standard_posts import StandardPost
from reports.summaries import units_under
from triage.casework.placing import ROUTE_POSTS, topic_posts
from vietnamese.text import fold

QUIET_AFTER = timedelta(minutes=2)
"""A worker gives a sign of life every half minute; after this long without one it is taken to be down."""


@dataclass(frozen=True)
class Worker:
    """One background worker: when it was last seen, and whether that is recent."""

    name: str
    seen_at: datetime
    alive: bool


@dataclass(frozen=True)
class Queue:
    """Entries nobody has read yet: how many, and since when the oldest waits."""

    waiting: int
    since: datetime | None


@dataclass(frozen=True)
class UnitLine:
    """One unit in the list: its posts, how many of them nobody holds today, its living codes."""

    code: str
    name: str
    posts: int
    vacant: int
    codes: int

    @property
    def in_use(self) -> bool:
        """Whether anything was set up there."""
        return bool(self.posts or self.codes)


@dataclass(frozen=True)
class Holder:
    """Who holds a post today."""

    officer_id: int
    name: str
    stand_in: bool


@dataclass(frozen=True)
class PostLine:
    """One post and who holds it today; nobody: entries routed to it wait for whoever stands in by rule."""

    id: int
    code: str
    title: str
    department: str
    signs: bool
    heads: bool
    holders: tuple[Holder, ...]


def units_of(session: Session, unit: Unit, day: date) -> list[Unit]:
    """The units an administrator of `unit` looks after: its own level first, then what lies under it."""
    own = [unit] if unit.kind is UnitKind.PROVINCE else []
    return own + units_under(session, unit, day)


def list_units(session: Session, units: Sequence[Unit], day: date) -> list[UnitLine]:
    """The list of units with what is set up in each."""
    ids = [unit.id for unit in units]
    posts = _count(session, sa.select(Post.unit_id).where(Post.unit_id.in_(ids)))
    in_force = sa.select(Post.unit_id).join(Tenure).where(Post.unit_id.in_(ids), Tenure.on(day))
    held = _count(session, in_force.group_by(Post.id, Post.unit_id))
    living = AccessCode.unit_id.in_(ids) & AccessCode.retired_at.is_(None)
    codes = _count(session, sa.select(AccessCode.unit_id).where(living))
    return [
        UnitLine(unit.code or "", unit.name, posts[unit.id], posts[unit.id] - held[unit.id], codes[unit.id])
        for unit in units
    ]


def posts_of(session: Session, unit: Unit, day: date) -> list[PostLine]:
    """Posts of a unit, those who sign first, with who holds each on `day`."""
    holders: dict[int, list[Holder]] = {}
    in_force = (
        sa.select(Tenure)
        .join(Post)
        .where(Post.unit_id == unit.id, Tenure.on(day))
        .options(joinedload(Tenure.officer))
        .order_by(Tenure.stand_in, Tenure.id)
    )
    for tenure in session.scalars(in_force):
        holders.setdefault(tenure.post_id, []).append(
            Holder(tenure.officer_id, tenure.officer.full_name, tenure.stand_in)
        )
    query = sa.select(Post).where(Post.unit_id == unit.id).options(joinedload(Post.department))
    return [
        PostLine(post.id, post.code, post.title, post.department.name if post.department else "", post.signs,
                 post.heads, tuple(holders.get(post.id, ())))
        for post in session.scalars(query.order_by(Post.signs.desc(), Post.id))
    ]  # fmt: skip


def addable_posts(unit: Unit, lines: Sequence[PostLine]) -> list[StandardPost]:
    """Standard posts the unit does not have, neither by identifier nor by title."""
    codes, titles = {line.code for line in lines}, {fold(line.title) for line in lines}
    return [post for post in standard_posts(unit) if post.code not in codes and fold(post.title) not in titles]


def unheld(session: Session, unit: Unit, lines: Sequence[PostLine]) -> dict[str, str]:
    """Posts that work goes to and nobody holds today, whether or not the unit has them yet: identifier → title."""
    vacant = {line.code: line.title for line in lines if not line.holders}
    wanted = {*topic_posts(session, unit).values(), *ROUTE_POSTS.values()}
    return vacant | {post.code: post.title for post in addable_posts(unit, lines) if post.code in wanted}


def on_duty(session: Session, unit: Unit, day: date) -> str | None:
    """Name of the leader on duty, or None when the roster names nobody."""
    shift = session.get(DutyShift, (unit.id, day), options=[joinedload(DutyShift.officer)])
    return shift.officer.full_name if shift else None


def codes_of(session: Session, unit: Unit, day: date) -> list[AccessCode]:
    """All codes of a unit and of those it took over, living ones first: retired ones still hang on walls."""
    query = sa.select(AccessCode).where(AccessCode.unit_id.in_(with_predecessors(session, [unit.id], day)))
    order = AccessCode.retired_at.is_not(None), AccessCode.purpose.desc(), AccessCode.place, AccessCode.code
    return list(session.scalars(query.order_by(*order)))


def find_code(session: Session, code: str, units: Sequence[Unit], day: date) -> AccessCode | None:
    """A code of one of these units, or of one they took over."""
    of_units = AccessCode.unit_id.in_(with_predecessors(session, [unit.id for unit in units], day))
    query = sa.select(AccessCode).where(AccessCode.code == code, of_units)
    return session.scalars(query.options(joinedload(AccessCode.unit))).first()


def workers(session: Session, now: datetime) -> list[Worker]:
    """Background workers, last seen first."""
    beats = session.scalars(sa.select(WorkerHeartbeat).order_by(WorkerHeartbeat.at.desc()))
    return [Worker(beat.name, beat.at, now - beat.at < QUIET_AFTER) for beat in beats]


def queue(session: Session, units: Sequence[Unit]) -> Queue:
    """How many entries of these units wait to be read by the worker; a number, never a text."""
    unread = Entry.sorted_at.is_(None) & Entry.unit_id.in_([unit.id for unit in units])
    waiting, since = session.execute(sa.select(sa.func.count(), sa.func.min(Entry.received_at)).where(unread)).one()
    return Queue(waiting, since)


def _count(session: Session, query: sa.Select[int]) -> Counter[int]:
    return Counter(session.scalars(query))
