"""What people do on a case: who answers it, what it is, and how it ends; the other acts are named here too.

Every act takes the case from the gate, asks the state machine (`states`), changes rows and appends one event to each
chain it touches. The caller commits.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Case, Decision, DecisionSource, EntryContact, ExclusionReason, Post, Tenure, Unit
from models.audit import append_event
from triage.casework.access import CaseNotFound, Viewer
from triage.casework.answering import current_reply, return_reply, save_draft, sign, submit
from triage.casework.auditing import awaits_judgement
from triage.casework.changing import ChangedMeanwhile, NotAllowed, check, count_again, enter, reckon, require, take
from triage.casework.forwarding import forward
from triage.casework.joining import hold_sisters, keep_whole, may_take_in, take_in
from triage.casework.opening import Labels, store_decision
from triage.casework.passing import is_held, next_leader, pass_on
from triage.casework.placing import ROUTE_POSTS, exclude, hold_against_staff, kept_out, place
from triage.casework.praising import note_praised
from triage.casework.same_matter import follow_lead, part, settle, unfollow
from triage.casework.states import Act
from triage.casework.verifying import find, invite
from triage.casework.viewing import reason_given, require_reason
from triage.casework.waiting import extend, pause, resume
from triage.casework.withdrawing import accept_withdrawal
from triage.routing.routes import Matter, Reason
from vietnamese.calendar import local_day


def confirm(session: Session, viewer: Viewer, case: Case, labels: Labels, at: datetime) -> None:
    """Confirm or correct the classifier's reading; kept as a label.

    A correction that changes what decides the route sends the case where it belongs now. A person's word
    never lifts an exclusion and never brings a case back from the superior level.
    """
    check(session, viewer, case, Act.CONFIRM)
    before = Labels(case.kind, case.topic, case.urgent, case.accuses_staff)
    case.confirmed = True
    number = 1 + (
        session.scalar(sa.select(sa.func.max(Decision.number)).where(Decision.entry_id == case.entry_id)) or 0
    )
    reasons: tuple[Reason, ...] = ()
    if labels != before or case.route == "reception":
        hold_sisters(session, case)
        reasons = _reroute(session, case, labels, at)
    store_decision(session, case.entry, number, DecisionSource.PERSON, labels, case.route, reasons, at,
                   account_id=viewer.account_id, matter=case.matter)  # fmt: skip
    act = "confirmed" if labels == before else "corrected"
    append_event(session, case, act, at, viewer.account_id, before=vars(before), after=vars(labels), route=case.route)
    keep_whole(session, case, at, viewer.account_id)
    note_praised(session, case)
    settle(session, case, at)
    count_again(session, case, at)


def _reroute(session: Session, case: Case, labels: Labels, at: datetime) -> tuple[Reason, ...]:
    case.kind, case.topic = labels.kind, labels.topic
    case.urgent, case.accuses_staff = labels.urgent, labels.accuses_staff
    reckon(session, case)
    if case.superior:
        return ()
    day, unit = local_day(at), session.get_one(Unit, case.unit_id)
    matter = Matter(labels.kind, labels.topic, labels.urgent, labels.accuses_staff, abstained=False)
    routing = hold_against_staff(session, case, matter, day)
    case.staff_version = unit.staff_version
    place(session, case, routing, at, day)
    return tuple(routing.reasons)


def reassign(session: Session, viewer: Viewer, case: Case, post_id: int, reason: str, at: datetime) -> None:
    """Hand the case to another post of the unit; needs a reason, keeps clock and history."""
    check(session, viewer, case, Act.REASSIGN)
    require(not case.superior, "closed_or_not_yours")
    require(bool(reason.strip()), "reason_missing")
    post = session.get(Post, post_id)
    if post is None or post not in posts_to_reassign(session, case, local_day(at)):
        raise NotAllowed("post_unknown")
    require(not case.confidential or may_hold_confidential(post), "post_not_confidential")
    require(_somebody_may_answer(session, case, post, local_day(at)), "post_excluded")
    before, case.post_id, case.route = case.route, post.id, post.code
    append_event(session, case, "reassigned", at, viewer.account_id, reason=reason, before=before, after=post.code)
    settle(session, case, at)


def posts_to_reassign(session: Session, case: Case, day: date) -> list[Post]:
    """Posts of the unit that somebody holds."""
    held = sa.select(Tenure.post_id).where(Tenure.on(day))
    return list(
        session.scalars(sa.select(Post).where(Post.unit_id == case.unit_id, Post.id.in_(held)).order_by(Post.id))
    )


def may_hold_confidential(post: Post) -> bool:
    """Whether a suspected complaint or denunciation may lie with this post: leaders and the intake person."""
    return post.signs or post.code == ROUTE_POSTS["restricted_intake"]


def _somebody_may_answer(session: Session, case: Case, post: Post, day: date) -> bool:
    out = kept_out(session, case, day)
    held = sa.select(Tenure.id).where(Tenure.post_id == post.id, Tenure.on(day), Tenure.officer_id.not_in(out))
    return session.scalars(held).first() is not None


def recuse(session: Session, viewer: Viewer, case: Case, reason: str, at: datetime) -> None:
    """An officer steps back: from now on the case does not exist for that person, and goes to who may know of it.

    At the superior level somebody else must hold the post: there is nobody above to take the case.
    """
    check(session, viewer, case, Act.RECUSE)
    require(bool(reason.strip()), "reason_missing")
    day = local_day(at)
    if viewer.officer_id is None:
        raise NotAllowed("closed_or_not_yours")
    exclude(session, case, (str(viewer.officer_id),), at, ExclusionReason.RECUSED)
    require(not case.superior or _somebody_may_answer(session, case, case.post, day), "nobody_else")
    append_event(session, case, "recused", at, viewer.account_id, reason=reason)
    hold_sisters(session, case)
    if not case.superior and not is_held(session, case, day):
        # The superior level never learns of an ordinary case because an officer has too many relatives.
        require(case.confidential or next_leader(session, case, day) is not None, "nobody_else")
        pass_on(session, case, at, day)
    keep_whole(session, case, at, viewer.account_id)
    settle(session, case, at)
    count_again(session, case, at)


def file_without_action(session: Session, viewer: Viewer, case: Case, reason: str, at: datetime) -> None:
    """Close an entry that says nothing to answer (empty, test, advertisement); the reason stays."""
    state = check(session, viewer, case, Act.FILE)
    require(case.kind == "other", "only_other")
    require(not awaits_judgement(session, case), "audit_unjudged")
    require(bool(reason.strip()), "reason_missing")
    part(session, case, at, viewer.account_id)
    enter(session, case, state, at)
    append_event(session, case, "filed", at, viewer.account_id, reason=reason)
    count_again(session, case, at)


def reopen(session: Session, viewer: Viewer, case: Case, reason: str, at: datetime) -> None:
    """Take a closed case up again. Its clock stays as it was: the sender has waited since the beginning."""
    state = check(session, viewer, case, Act.REOPEN)
    require(bool(reason.strip()), "reason_missing")
    part(session, case, at, viewer.account_id)
    enter(session, case, state, at)
    append_event(session, case, "reopened", at, viewer.account_id, reason=reason)
    if not case.superior and not is_held(session, case, local_day(at)):
        pass_on(session, case, at, local_day(at))
    count_again(session, case, at)


def say_one_matter(session: Session, viewer: Viewer, case: Case, at: datetime) -> None:
    """Say that the entry is one matter, this one: the other cases opened from it are taken in."""
    check(session, viewer, case, Act.ONE_MATTER)
    require(may_take_in(session, viewer, case), "not_one_matter")
    take_in(session, case, at, viewer.account_id)


def open_contact(session: Session, viewer: Viewer, case: Case, at: datetime) -> EntryContact | None:
    """Show how to reach the sender. Recorded: who looked, when, as who answers or as a leader, and for a restricted
    case the reason it was opened with; raises ReasonNeeded where none was given in this sitting."""
    check(session, viewer, case, Act.OPEN_CONTACT)
    require_reason(session, viewer, case, at)
    contact = session.get(EntryContact, case.entry_id)
    if contact is not None:
        capacity = "handler" if case.post_id in viewer.post_ids else "leader"
        reason = reason_given(session, viewer, case)
        append_event(session, case, "contact_opened", at, viewer.account_id, capacity=capacity, reason=reason)
    return contact


__all__ = [
    "CaseNotFound", "ChangedMeanwhile", "NotAllowed", "accept_withdrawal", "confirm", "current_reply", "extend",
    "file_without_action", "find", "follow_lead", "forward", "invite", "may_hold_confidential", "open_contact",
    "pause", "posts_to_reassign", "reassign", "recuse", "reopen", "resume", "return_reply", "save_draft",
    "say_one_matter", "sign", "submit", "take", "unfollow",
]  # fmt: skip
