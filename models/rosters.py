"""Posts of a unit: added, changed, and removed only while nothing ever lay with them."""

import re

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.cases import Case
from models.people import RESTRICTED_POSTS, Post, RoutingRule, Tenure
from models.refusals import Refused
from models.staffing import keep_department
from models.standard_posts import COMMUNE_POSTS, PROVINCE_POSTS, StandardPost
from models.units import Unit, UnitKind
from vietnamese.text import fold

LONGEST_TITLE = 200
_OWN = "own_"


def standard_posts(unit: Unit) -> tuple[StandardPost, ...]:
    """The standard posts of a unit's level."""
    return PROVINCE_POSTS if unit.kind is UnitKind.PROVINCE else COMMUNE_POSTS


def add_standard_post(session: Session, unit: Unit, code: str) -> Post:
    """Add a standard post; raises Refused for an unknown one and for one that is there already."""
    chosen = next((post for post in standard_posts(unit) if post.code == code), None)
    if chosen is None:
        raise Refused("post_unknown", "mau")
    if session.scalars(sa.select(Post.id).where(Post.unit_id == unit.id, Post.code == code)).first() is not None:
        raise Refused("post_there", "mau", title=chosen.title)
    return _keep(session, unit, Post(unit_id=unit.id, code=code), chosen)


def add_own_post(session: Session, unit: Unit, wanted: StandardPost) -> Post:
    """Add a post of the unit's own; its identifier is made from the title, whatever `wanted.code` says."""
    _check_title(session, unit, wanted.title)
    return _keep(session, unit, Post(unit_id=unit.id, code=_own_code(session, unit, wanted)), wanted)


def change_post(session: Session, unit: Unit, post: Post, wanted: StandardPost) -> None:
    """New title, department, right to sign, heading; the identifier stays, because cases and rules name it."""
    _check_title(session, unit, wanted.title, besides=post.id)
    _keep(session, unit, post, wanted)


def remove_post(session: Session, post: Post) -> None:
    """Take away a post added by mistake; raises Refused once it ever held or received anything."""
    if not is_unused(session, post):
        raise Refused("post_used")
    session.delete(post)
    session.flush()


def is_unused(session: Session, post: Post) -> bool:
    """Whether nobody ever held the post, no case ever lay with it and no routing rule names it.

    A post with which confidential cases may lie is never unused: a button that comes and goes would tell of one.
    """
    if post.signs or post.code in RESTRICTED_POSTS:
        return False
    traces = (
        sa.select(Tenure.id).where(Tenure.post_id == post.id),
        sa.select(Case.id).where(Case.post_id == post.id),
        sa.select(RoutingRule.topic).where(RoutingRule.unit_id == post.unit_id, RoutingRule.post_code == post.code),
    )
    return all(session.scalars(trace.limit(1)).first() is None for trace in traces)


def _keep(session: Session, unit: Unit, post: Post, wanted: StandardPost) -> Post:
    if wanted.heads and not wanted.department:
        raise Refused("heads_nothing", "phong")
    post.title, post.signs, post.heads = wanted.title, wanted.signs, wanted.heads
    post.department_id = keep_department(session, unit, wanted.department) if wanted.department else None
    session.add(post)
    session.flush()
    return post


def _check_title(session: Session, unit: Unit, title: str, besides: int = 0) -> None:
    if not fold(title):
        raise Refused("title_missing", "ten")
    others = session.scalars(sa.select(Post.title).where(Post.unit_id == unit.id, Post.id != besides))
    if fold(title) in map(fold, others):
        raise Refused("title_taken", "ten", title=title)


def _own_code(session: Session, unit: Unit, wanted: StandardPost) -> str:
    stem = _OWN + "_".join(re.findall("[a-z0-9]+", fold(wanted.title)))[:40]
    # Routing knows the head of a department by the end of the identifier.
    end = "_head" if wanted.heads else ""
    taken = set(session.scalars(sa.select(Post.code).where(Post.unit_id == unit.id)))
    tries = (f"{stem}{number or ''}{end}" for number in range(len(taken) + 1))
    return next(code for code in tries if code not in taken)
