"""The people of a unit as administrators see them: posts held, history, and how far their invitation is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from models import Account, Officer, Post, Tenure, Unit
from vietnamese.text import fold
from webapp.invitations import has_password


class Access(StrEnum):
    """How far somebody is on the way into the service."""

    NONE = "none"
    INVITED = "invited"
    ENDED = "ended"
    ACTIVE = "active"


@dataclass(frozen=True)
class TenureLine:
    """One line of the history of who held which post. `last` is the last day of holding it."""

    id: int
    post_id: int
    title: str
    first: date
    last: date | None
    stand_in: bool
    state: str
    """now, later or over."""
    may_strike: bool


@dataclass(frozen=True)
class PersonLine:
    """One person: what is held today, and the account."""

    id: int
    name: str
    gender: str
    phone: str
    tenures: tuple[TenureLine, ...]
    access: Access
    username: str
    invited_until: datetime | None

    @property
    def held(self) -> tuple[TenureLine, ...]:
        """The posts held today."""
        return tuple(line for line in self.tenures if line.state == "now")

    @property
    def serves(self) -> bool:
        """Whether the person holds a post today or will, or never held any yet."""
        return not self.tenures or any(line.state != "over" for line in self.tenures)


def people_of(session: Session, unit: Unit, at: datetime, day: date) -> list[PersonLine]:
    """Everybody who serves or served the unit, by name."""
    officers = session.scalars(sa.select(Officer).where(Officer.unit_id == unit.id)).all()
    lines = _lines(session, [officer.id for officer in officers], at, day, officers)
    return sorted(lines, key=lambda line: fold(line.name).split()[::-1])


def person_of(session: Session, unit: Unit, officer_id: int, at: datetime, day: date) -> PersonLine | None:
    """One person of the unit."""
    officer = session.get(Officer, officer_id)
    if officer is None or officer.unit_id != unit.id:
        return None
    return _lines(session, [officer.id], at, day, [officer])[0]


def tenure_of(session: Session, officer_id: int, tenure_id: int) -> Tenure | None:
    """One line of a person's history, for an act."""
    query = sa.select(Tenure).where(Tenure.id == tenure_id, Tenure.officer_id == officer_id)
    return session.scalars(query.options(joinedload(Tenure.post))).first()


def post_of(session: Session, unit: Unit, post_id: int) -> Post | None:
    """A post of the unit."""
    query = sa.select(Post).where(Post.id == post_id, Post.unit_id == unit.id)
    return session.scalars(query.options(joinedload(Post.department))).first()


def _lines(session: Session, ids: list[int], at: datetime, day: date, officers: Iterable[Officer]) -> list[PersonLine]:
    tenures: dict[int, list[TenureLine]] = {}
    query = sa.select(Tenure).where(Tenure.officer_id.in_(ids)).options(joinedload(Tenure.post))
    for tenure in session.scalars(query.order_by(Tenure.starts_on.desc(), Tenure.id.desc())):
        tenures.setdefault(tenure.officer_id, []).append(_tenure_line(tenure, day))
    accounts = {a.officer_id: a for a in session.scalars(sa.select(Account).where(Account.officer_id.in_(ids)))}
    return [_line(officer, tuple(tenures.get(officer.id, ())), accounts.get(officer.id), at) for officer in officers]


def _line(officer: Officer, tenures: tuple[TenureLine, ...], account: Account | None, at: datetime) -> PersonLine:
    return PersonLine(
        id=officer.id, name=officer.full_name, gender=officer.gender, phone=officer.phone or "", tenures=tenures,
        access=access_of(account, at), username=account.username if account else "",
        invited_until=account.invited_until if account else None,
    )  # fmt: skip


def access_of(account: Account | None, at: datetime) -> Access:
    """How far an account is; one with a password is active, also while a new invitation waits."""
    if account is None:
        return Access.NONE
    if has_password(account):
        return Access.ACTIVE
    if account.invited_until is None:
        return Access.NONE
    return Access.INVITED if account.invited_until > at else Access.ENDED


def _tenure_line(tenure: Tenure, day: date) -> TenureLine:
    last = tenure.ends_on - timedelta(days=1) if tenure.ends_on else None
    state = "later" if tenure.starts_on > day else "over" if last is not None and last < day else "now"
    return TenureLine(
        tenure.id, tenure.post_id, tenure.post.title, tenure.starts_on, last, tenure.stand_in, state,
        may_strike=tenure.starts_on >= day,
    )  # fmt: skip
