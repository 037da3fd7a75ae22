"""Several senders, one matter: their cases follow one lead, whose answer is everybody's; each keeps the own code.

Only cases that the same people may know of go together: of one unit, both restricted or neither. Whoever is kept out
of one is kept out of all, and all lie with the post of the lead. As soon as a later reading parts them, each is a
case of its own again. Nothing a person sees of one tells of another that is hidden from that person.
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Case, CaseExclusion, SameMatter
from models.audit import append_event
from triage.casework.access import CaseNotFound, Viewer, cases_of, get_case
from triage.casework.changing import check, lock_beside, require, standing_in_life, touch
from triage.casework.passing import is_held, pass_on
from triage.casework.placing import exclude
from triage.casework.states import Act
from vietnamese.calendar import local_day

FOLLOWS, LED, PARTED = "follows", "led", "parted"


def follow_lead(session: Session, viewer: Viewer, case: Case, reference: str, at: datetime) -> None:
    """Say that `case` is the same matter as another this viewer may open, whose answer will be its answer too."""
    check(session, viewer, case, Act.FOLLOW)
    lead = _take_lead(session, viewer, case, reference)
    check(session, viewer, lead, Act.LEAD)
    require(not _followers(session, case), "leads_others")
    require(_go_together(case, lead), "not_alike")
    session.add(
        SameMatter(case_id=case.id, lead_id=lead.id, province_code=case.province_code, unit_id=case.unit_id,
                   at=at, account_id=viewer.account_id)
    )  # fmt: skip
    append_event(session, case, FOLLOWS, at, viewer.account_id, lead=lead.reference)
    # Whoever has the lead open must read again: the answer is now for one sender more.
    touch(lead)
    append_event(session, lead, LED, at, viewer.account_id, follower=case.reference)
    _share(session, lead, [case], at)
    require(is_held(session, lead, local_day(at)), "not_alike")


def unfollow(session: Session, viewer: Viewer, case: Case, at: datetime) -> None:
    """Undo it before the answer: the case is owed an answer of its own again, with its own clock."""
    check(session, viewer, case, Act.UNFOLLOW)
    part(session, case, at, viewer.account_id)


def part(session: Session, case: Case, at: datetime, account_id: int | None = None, wait: bool = False) -> None:
    """Undo every tie of a case, as follower and as lead; those that were answered together stay as they are."""
    _lock(session, case, _followers(session, case), wait)
    own = session.get(SameMatter, case.id)
    if own is not None:
        _undo(session, own, case, at, account_id)
    for follower in _followers(session, case):
        _undo(session, session.get_one(SameMatter, follower.id), follower, at, account_id)
    session.flush()


def settle(session: Session, case: Case, at: datetime, wait: bool = False) -> None:
    """After a reading, a hand-over or a newly kept out person: all go the same way, or each its own."""
    session.flush()
    own = session.get(SameMatter, case.id)
    lead = session.get_one(Case, own.lead_id) if own is not None else case
    followers = _followers(session, lead)
    if not lead.is_open or not followers:
        return
    _lock(session, case, [lead, *followers], wait)
    followers = _followers(session, lead)
    for follower in followers:
        if not _go_together(follower, lead):
            _undo(session, session.get_one(SameMatter, follower.id), follower, at, None)
    session.flush()
    staying = _followers(session, lead)
    _share(session, lead, staying, at)
    if is_held(session, lead, local_day(at)):
        return
    # Somebody kept out of one was the only one to answer all.
    pass_on(session, lead, at, local_day(at))
    if lead.superior:
        part(session, lead, at, wait=wait)
        for follower in staying:
            pass_on(session, follower, at, local_day(at))
    else:
        _share(session, lead, staying, at)


def hold_followers(session: Session, lead: Case) -> list[Case]:
    """The cases an answer of `lead` answers too, locked; raises ChangedMeanwhile where somebody holds one."""
    held = lock_beside(session, lead, [case.id for case in _followers(session, lead)])
    # Asked again: one may have been parted while we came.
    still = {case.id for case in _followers(session, lead)}
    return [case for case in held if case.id in still]


def lead_of(session: Session, viewer: Viewer, case: Case) -> Case | None:
    """The case whose answer is this one's too, where the viewer may know of it."""
    if not standing_in_life(session, case).follows:
        return None
    link = session.get_one(SameMatter, case.id)
    return session.scalars(cases_of(viewer).where(Case.id == link.lead_id)).first()


def followers_of(session: Session, viewer: Viewer, case: Case) -> Sequence[Case]:
    """The followers of a case that the viewer may know of, oldest first."""
    following = sa.select(SameMatter.case_id).where(SameMatter.lead_id == case.id)
    return session.scalars(cases_of(viewer).where(Case.id.in_(following)).order_by(None).order_by(Case.opened_at)).all()


def not_following() -> sa.ColumnElement[bool]:
    """Condition on cases: the answer is drafted here and not with another case."""
    return ~sa.exists().where(SameMatter.case_id == Case.id)


def _take_lead(session: Session, viewer: Viewer, case: Case, reference: str) -> Case:
    try:
        lead = get_case(session, viewer, reference.strip().upper())
    except CaseNotFound:
        # The same words for a case that never was and for one that is not this person's to know.
        lead = None
    require(lead is not None and lead.id != case.id, "lead_unknown")
    assert lead is not None
    return lock_beside(session, case, [lead.id])[0]


def _go_together(case: Case, lead: Case) -> bool:
    same = case.unit_id == lead.unit_id and case.confidential == lead.confidential and case.superior == lead.superior
    # Sealed words lie with the province, each package for itself.
    return same and not case.superior and case.entry_id != lead.entry_id


def _followers(session: Session, lead: Case) -> list[Case]:
    """The open followers of a case."""
    link = SameMatter.case_id == Case.id
    found = session.scalars(sa.select(Case).join(SameMatter, link).where(SameMatter.lead_id == lead.id))
    return sorted((case for case in found if case.is_open), key=lambda case: case.id)


def _lock(session: Session, case: Case, others: Sequence[Case], wait: bool) -> None:
    lock_beside(session, case, [one.id for one in others if one.id != case.id], wait)


def _undo(session: Session, link: SameMatter, case: Case, at: datetime, account_id: int | None) -> None:
    if case.is_open:
        touch(case)
        append_event(session, case, PARTED, at, account_id)
    session.delete(link)


def _share(session: Session, lead: Case, followers: Sequence[Case], at: datetime) -> None:
    """Exclusions of all count for all, and all lie with the post of the lead."""
    together = [lead, *followers]
    rows = session.scalars(sa.select(CaseExclusion).where(CaseExclusion.case_id.in_([case.id for case in together])))
    kept = [(str(row.officer_id), row.reason) for row in rows]
    for case in together:
        for officer, reason in kept:
            exclude(session, case, (officer,), at, reason)
    for follower in followers:
        follower.post_id, follower.route = lead.post_id, lead.route
    session.flush()
