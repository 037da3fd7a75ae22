"""The one gate: who may know of which case.

Every list, count, search and page asks here; nobody else queries cases for people to see. An excluded
person gets no row, no count and no difference: the gate adds its condition to the query itself, and an
unknown case and a forbidden one raise the same error.

Who is kept out follows the staff of the day of looking: the accused, whoever serves under one who is accused,
and whoever joined the staff after the case was last held against its people.
"""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import (
    Account,
    Case,
    CaseExclusion,
    ExclusionReason,
    Officer,
    Post,
    PraisedOfficer,
    Role,
    Tenure,
    Unit,
    UnitKind,
)
from models.cases import JOINED
from models.people import SUPERIOR_POST

CHAIR = "chairperson"
LEADERS = (CHAIR, "vice_chairperson")
SUPERIOR = SUPERIOR_POST
PRAISE = "praise"
QUIET_KINDS = (PRAISE, "question", "suggestion", "other")
"""Kinds that blame nobody unless the reading says so."""


class CaseNotFound(Exception):
    """No such case for this viewer: it does not exist, or it must look as if it did not."""


@dataclass(frozen=True)
class Viewer:
    """Who looks, with the posts held on the day of looking."""

    account_id: int
    officer_id: int | None
    unit_id: int
    province_code: str
    post_ids: frozenset[int]
    post_codes: frozenset[str]
    signs: bool
    provincial: bool
    """Whether the account belongs to the province level."""
    serves_in: frozenset[int]
    """Departments in which the viewer holds a post that does not head them."""
    listed_version: int
    """The unit's staff_version when the viewer last joined, was renamed or got a post."""
    day: date

    @property
    def is_superior(self) -> bool:
        """Whether the viewer receives what a commune's own leaders may not."""
        return self.provincial and SUPERIOR in self.post_codes


def get_viewer(session: Session, account: Account, day: date) -> Viewer:
    """The viewer an account is on `day`: rights follow the posts held that day, also as a stand-in."""
    posts: list[Post] = []
    if account.role is Role.OFFICER and account.officer_id is not None:
        # A post of another unit gives no rights in one's own.
        mine = Post.unit_id == account.unit_id, Tenure.officer_id == account.officer_id
        held = sa.select(Post).join(Tenure).where(*mine, Tenure.on(day))
        posts = list(session.scalars(held.distinct().order_by(Post.id)))
    unit = session.get_one(Unit, account.unit_id)
    officer = session.get(Officer, account.officer_id) if account.officer_id is not None else None
    return Viewer(
        account_id=account.id,
        officer_id=account.officer_id,
        unit_id=unit.id,
        province_code=unit.province_code,
        post_ids=frozenset(post.id for post in posts),
        post_codes=frozenset(post.code for post in posts),
        signs=any(post.signs for post in posts),
        provincial=unit.kind is UnitKind.PROVINCE,
        serves_in=frozenset(post.department_id for post in posts if post.department_id and not post.heads),
        listed_version=officer.listed_version if officer else 0,
        day=day,
    )


def visible_to(viewer: Viewer) -> sa.ColumnElement[bool]:
    """The condition on `Case` that holds for exactly the cases this viewer may know of.

    Law 25/2018 Art. 8, 9, 12–13, 56: nobody handles or learns of a denunciation against himself, and one
    against the Chairman or a Vice-Chairman is the next superior's alone.
    """
    if viewer.officer_id is None or not viewer.post_ids:
        return sa.false()
    excluded = sa.exists().where(CaseExclusion.case_id == Case.id, CaseExclusion.officer_id == viewer.officer_id)
    reach = ~excluded & (Case.route != JOINED) & _in_scope(viewer)
    if viewer.is_superior:
        return reach
    return reach & ~_under_an_accused(viewer) & ~(may_blame() & (Case.staff_version < viewer.listed_version))


def may_blame() -> sa.ColumnElement[bool]:
    """Cases whose text can turn out to blame somebody who joins the staff later."""
    unread = (Case.route == "reception") & ~Case.confirmed
    return Case.accuses_staff | Case.confidential | unread | Case.kind.not_in(QUIET_KINDS)


def praise_shown_to(viewer: Viewer) -> sa.ColumnElement[bool]:
    """The condition on `Case` for praise that names the viewer, whoever answers it.

    The words are shown then, never the case. Nothing from which anybody is kept out, the viewer least of all; nothing
    that accuses or is restricted; nothing the reading was unsure of before a person said that it is praise.
    """
    if viewer.officer_id is None or not viewer.post_ids:
        return sa.false()
    named = sa.exists().where(PraisedOfficer.case_id == Case.id, PraisedOfficer.officer_id == viewer.officer_id)
    stepped_back = (CaseExclusion.reason == ExclusionReason.RECUSED) & (CaseExclusion.officer_id != viewer.officer_id)
    kept_out = sa.exists().where(CaseExclusion.case_id == Case.id, ~stepped_back)
    unread = (Case.route == "reception") & ~Case.confirmed
    blames = Case.accuses_staff | Case.confidential | Case.superior
    return named & (Case.kind == PRAISE) & (Case.route != JOINED) & ~blames & ~unread & ~kept_out


def _under_an_accused(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Whether somebody accused heads the viewer's department, or leads the unit, on the day of looking."""
    heads = Post.heads & Post.department_id.in_(viewer.serves_in)
    leads = Post.code.in_(LEADERS) & (Post.unit_id == viewer.unit_id)
    return sa.exists().where(
        CaseExclusion.case_id == Case.id,
        CaseExclusion.reason == ExclusionReason.ACCUSED,
        Tenure.officer_id == CaseExclusion.officer_id,
        Tenure.on(viewer.day),
        Post.id == Tenure.post_id,
        heads | leads,
    )


def _in_scope(viewer: Viewer) -> sa.ColumnElement[bool]:
    if viewer.provincial:
        if not viewer.is_superior:
            return sa.false()
        return Case.superior & (Case.province_code == viewer.province_code)
    own = Case.post_id.in_(viewer.post_ids)
    if CHAIR in viewer.post_codes:
        reach: sa.ColumnElement[bool] = sa.true()
    elif viewer.signs:
        reach = own | ~Case.confidential
    else:
        reach = own
    return (Case.unit_id == viewer.unit_id) & ~Case.superior & reach


def get_case(session: Session, viewer: Viewer, reference: str, for_change: bool = False) -> Case:
    """The case a viewer may open; raises CaseNotFound, the same for unknown and forbidden ones."""
    query = sa.select(Case).where(Case.reference == reference, visible_to(viewer))
    if for_change:
        query = query.with_for_update(of=Case)
    case = session.scalars(query).first()
    if case is None:
        raise CaseNotFound(reference)
    return case


def cases_of(viewer: Viewer) -> sa.Select[Case]:
    """All cases a viewer may know of, most pressing first; narrow it, never widen it."""
    return sa.select(Case).where(visible_to(viewer)).order_by(Case.due_at, Case.reference)


def may_sign(viewer: Viewer, case: Case) -> bool:
    """Whether this viewer signs replies on this case (which the gate already let them see)."""
    return viewer.signs and (case.superior == viewer.is_superior)


def handles(viewer: Viewer, case: Case) -> bool:
    """Whether the answer is this viewer's to draft."""
    return case.post_id in viewer.post_ids or may_sign(viewer, case)
