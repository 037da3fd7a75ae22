"""Who serves a unit and who holds which post when. Nothing that was in force is ever rewritten or deleted."""

import re
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.accounts import Account
from models.people import DutyShift, Officer, Post, Tenure
from models.refusals import Refused
from models.units import Unit
from vietnamese.names import name_words
from vietnamese.text import fold, spelling_key

LONGEST_NAME = 120
GENDERS = ("male", "female", "unknown")
_EARLIEST = date(1970, 1, 1)
_LATEST = date(2099, 12, 31)
_DAY = timedelta(days=1)


def add_person(session: Session, unit: Unit, full_name: str, gender: str, phone: str = "") -> Officer:
    """A person who serves the unit from now on; the staff code is made from the name, as offices write it."""
    check_name(full_name)
    officer = Officer(unit_id=unit.id, staff_code=_staff_code(session, unit, full_name))
    session.add(officer)
    change_person(session, officer, full_name, gender, phone)
    return officer


def person_named(session: Session, unit: Unit, full_name: str, gender: str) -> Officer:
    """The one person of the unit with this full name, or a new one: in a list, one name in two lines is one person.

    All accepted spellings of a name are one (Hoà and Hòa), other marks are not (Hoa). Who shares the name with
    somebody is added on a page of their own.
    """
    staff = session.scalars(sa.select(Officer).where(Officer.unit_id == unit.id))
    here = [officer for officer in staff if _name_key(officer.full_name) == _name_key(full_name)]
    return here[0] if len(here) == 1 else add_person(session, unit, full_name, gender)


def _name_key(full_name: str) -> tuple[str, ...]:
    return tuple(map(spelling_key, name_words(full_name)))


def change_person(session: Session, officer: Officer, full_name: str, gender: str, phone: str = "") -> None:
    """Mend name, gender or telephone number."""
    check_name(full_name)
    if gender not in GENDERS:
        raise Refused("gender_unknown", "gioi")
    officer.full_name, officer.gender, officer.phone = " ".join(name_words(full_name)), gender, phone or None
    session.flush()


def check_name(full_name: str) -> None:
    """Raises Refused for what is no name."""
    if not fold(full_name):
        raise Refused("name_missing", "ten")
    if len(full_name) > LONGEST_NAME or any(c.isdigit() or c in ";:@/<>" for c in full_name):
        raise Refused("name_odd", "ten", name=full_name[:40])


def take_post(
    session: Session, officer: Officer, post: Post, first: date, last: date | None = None, stand_in: bool = False
) -> Tenure:
    """The officer holds the post from `first` to the end of `last` (open when None)."""
    if not _EARLIEST <= first <= _LATEST:
        raise Refused("day_far", "tu")
    if last is not None and last < first:
        raise Refused("last_before_first", "den")
    ends = last + _DAY if last else None
    mine = sa.select(Tenure).where(Tenure.officer_id == officer.id, Tenure.post_id == post.id)
    meets = (Tenure.ends_on.is_(None) | (Tenure.ends_on > first)) & (Tenure.starts_on < ends if ends else sa.true())
    if session.scalars(mine.where(meets)).first() is not None:
        raise Refused("holds_already", "chuc_danh", title=post.title)
    tenure = Tenure(post_id=post.id, officer_id=officer.id, starts_on=first, ends_on=ends, stand_in=stand_in)
    session.add(tenure)
    session.flush()
    return tenure


def move_to(session: Session, tenure: Tenure, post: Post, first: date) -> Tenure:
    """Another post from `first` on; the one held before ends the day before."""
    if post.id == tenure.post_id:
        raise Refused("same_post", "chuc_danh", title=post.title)
    end_tenure(session, tenure, first - _DAY, "tu")
    return take_post(session, session.get_one(Officer, tenure.officer_id), post, first, stand_in=tenure.stand_in)


def end_tenure(session: Session, tenure: Tenure, last: date, field: str = "den") -> None:
    """The post is held to the end of `last`."""
    if last < tenure.starts_on:
        raise Refused("ends_before_start", field, first=tenure.starts_on)
    if tenure.ends_on is not None and tenure.ends_on <= last + _DAY:
        raise Refused("ended_already", field, last=tenure.ends_on - _DAY)
    tenure.ends_on = last + _DAY
    session.flush()


def strike(session: Session, tenure: Tenure, today: date) -> None:
    """Take back a line entered by mistake, while it began today or has not begun; older ones are ended instead."""
    if tenure.starts_on < today:
        raise Refused("begun_already")
    session.delete(tenure)
    session.flush()


def leave(session: Session, officer: Officer, last: date, today: date) -> None:
    """The officer serves the unit to the end of `last`: every post and every later duty ends with it."""
    for tenure in session.scalars(sa.select(Tenure).where(Tenure.officer_id == officer.id)):
        if tenure.starts_on > last:
            if tenure.starts_on < today:
                raise Refused("ends_before_start", "den", first=tenure.starts_on)
            session.delete(tenure)
        elif tenure.ends_on is None or tenure.ends_on > last + _DAY:
            tenure.ends_on = last + _DAY
    session.execute(sa.delete(DutyShift).where(DutyShift.officer_id == officer.id, DutyShift.day > last))
    if last < today:
        _close_account(session, officer)
    session.flush()


def _close_account(session: Session, officer: Officer) -> None:
    """End sessions and the invitation; with no post the account sees nothing anyway."""
    account = session.scalars(sa.select(Account).where(Account.officer_id == officer.id)).first()
    if account is not None:
        account.epoch += 1
        account.invitation_hash = account.invited_until = None


def _staff_code(session: Session, unit: Unit, full_name: str) -> str:
    """Given name and initials: Phạm Thị Mai → `maipt`; a number after it when it is taken."""
    *before, given = re.sub(r"[^a-z0-9 ]", "", fold(full_name)).split() or ["cb"]
    stem = (given + "".join(word[0] for word in before))[:30]
    taken = set(session.scalars(sa.select(Officer.staff_code).where(Officer.unit_id == unit.id)))
    return next(code for n in range(1, len(taken) + 3) if (code := f"{stem}{n if n > 1 else ''}") not in taken)
