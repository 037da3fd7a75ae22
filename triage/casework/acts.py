"""What people do on a case: confirm, reassign, draft, submit, return, sign, file, open the contact.

Every act takes the case from the gate, checks that it is allowed in this state, changes rows and appends
one event. The caller commits.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from models import (
    Case,
    CaseState,
    Decision,
    DecisionSource,
    EntryContact,
    Officer,
    Post,
    Reply,
    ReplyState,
    Tenure,
    Unit,
)
from models.audit import append_event
from models.facts import mark_stale
from triage.casework.access import CaseNotFound, Viewer, get_case, handles, may_sign
from triage.casework.auditing import awaits_judgement
from triage.casework.clocks import due_at
from triage.casework.joining import hold_sisters, keep_whole, may_take_in, take_in
from triage.casework.opening import Labels, store_decision
from triage.casework.placing import ROUTE_POSTS, hold_against_staff, kept_out, place
from triage.routing.routes import Matter, Reason
from vietnamese.calendar import local_day


class NotAllowed(Exception):
    """The act does not fit the person or the state of the case; the code names why."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the case since this person opened it."""


def take(session: Session, viewer: Viewer, reference: str, version: int | None = None) -> Case:
    """The case for an act, locked; raises CaseNotFound, or ChangedMeanwhile when `version` is old."""
    case = get_case(session, viewer, reference, for_change=True)
    if version is not None and case.version != version:
        raise ChangedMeanwhile(reference)
    return case


def confirm(session: Session, viewer: Viewer, case: Case, labels: Labels, at: datetime) -> None:
    """Confirm or correct the classifier's reading; kept as a label.

    A correction that changes what decides the route sends the case where it belongs now. A person's word
    never lifts an exclusion and never brings a case back from the superior level.
    """
    _require(case.is_open and handles(viewer, case), "closed_or_not_yours")
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
    mark_stale(session, case.entry.unit_id, local_day(case.opened_at), at)


def _reroute(session: Session, case: Case, labels: Labels, at: datetime) -> tuple[Reason, ...]:
    case.kind, case.topic = labels.kind, labels.topic
    case.urgent, case.accuses_staff = labels.urgent, labels.accuses_staff
    case.due_at = due_at(labels.kind, labels.urgent, case.opened_at)
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
    _require(case.is_open and not case.superior and handles(viewer, case), "closed_or_not_yours")
    _require(bool(reason.strip()), "reason_missing")
    post = session.get(Post, post_id)
    if post is None or post not in posts_to_reassign(session, case, local_day(at)):
        raise NotAllowed("post_unknown")
    _require(not case.confidential or may_hold_confidential(post), "post_not_confidential")
    _require(_somebody_may_answer(session, case, post, local_day(at)), "post_excluded")
    before, case.post_id, case.route = case.route, post.id, post.code
    append_event(session, case, "reassigned", at, viewer.account_id, reason=reason, before=before, after=post.code)


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


def save_draft(session: Session, viewer: Viewer, case: Case, text: str, at: datetime) -> Reply:
    """Keep the answer as far as it is written."""
    _require(case.is_open and handles(viewer, case), "closed_or_not_yours")
    # What lies before a leader stays as it was submitted until it is returned.
    _require(case.state is not CaseState.SUBMITTED, "already_submitted")
    _require(bool(text.strip()), "reply_empty")
    reply = _current_reply(session, case)
    if reply is None or reply.state is not ReplyState.DRAFT:
        reply = _new_reply(case, viewer, reply)
        session.add(reply)
    reply.text, reply.drafted_at, reply.drafted_by = text.strip(), at, viewer.account_id
    session.flush()
    _touch(case)
    append_event(session, case, "drafted", at, viewer.account_id, revision=reply.revision)
    return reply


def submit(session: Session, viewer: Viewer, case: Case, text: str, at: datetime) -> Reply:
    """Save and lay the answer before a leader."""
    _require(not awaits_judgement(session, case), "audit_unjudged")
    reply = save_draft(session, viewer, case, text, at)
    reply.state, case.state = ReplyState.SUBMITTED, CaseState.SUBMITTED
    append_event(session, case, "submitted", at, viewer.account_id, revision=reply.revision)
    return reply


def return_reply(session: Session, viewer: Viewer, case: Case, note: str, at: datetime) -> None:
    """Send the answer back to its drafter with what is missing."""
    _require(may_sign(viewer, case) and case.state is CaseState.SUBMITTED, "not_submitted_or_not_leader")
    _require(bool(note.strip()), "reason_missing")
    reply = _get_reply(session, case)
    reply.state, reply.note, case.state = ReplyState.RETURNED, note.strip(), CaseState.RETURNED
    append_event(session, case, "returned", at, viewer.account_id, revision=reply.revision, note=note)


def sign(session: Session, viewer: Viewer, case: Case, text: str, at: datetime) -> None:
    """Sign and issue: the citizen reads it from this moment. A leader may mend words before signing."""
    _require(case.is_open and may_sign(viewer, case), "not_leader")
    _require(not awaits_judgement(session, case), "audit_unjudged")
    _require(bool(text.strip()), "reply_empty")
    reply = _current_reply(session, case)
    if reply is None or reply.text != text.strip():
        reply = _signed_revision(session, viewer, case, reply, text, at)
    # Asked before the reply changes: a query in between would store it signed but without its time.
    reply.signer_title = _title(session, viewer, at)
    reply.signed_by, reply.signed_at, reply.state = viewer.account_id, at, ReplyState.SIGNED
    append_event(session, case, "signed", at, viewer.account_id, revision=reply.revision, text=reply.text)
    reply.state = ReplyState.ISSUED
    case.state, case.closed_at = CaseState.ISSUED, at
    append_event(session, case, "issued", at, viewer.account_id, revision=reply.revision)
    mark_stale(session, case.entry.unit_id, local_day(case.opened_at), at)


def file_without_action(session: Session, viewer: Viewer, case: Case, reason: str, at: datetime) -> None:
    """Close an entry that says nothing to answer (empty, test, advertisement); the reason stays."""
    _require(case.is_open and handles(viewer, case) and case.kind == "other", "only_other")
    _require(not awaits_judgement(session, case), "audit_unjudged")
    _require(bool(reason.strip()), "reason_missing")
    case.state, case.closed_at = CaseState.FILED, at
    append_event(session, case, "filed", at, viewer.account_id, reason=reason)
    mark_stale(session, case.entry.unit_id, local_day(case.opened_at), at)


def say_one_matter(session: Session, viewer: Viewer, case: Case, at: datetime) -> None:
    """Say that the entry is one matter, this one: the other cases opened from it are taken in."""
    _require(may_take_in(session, viewer, case), "not_one_matter")
    take_in(session, case, at, viewer.account_id)


def open_contact(session: Session, viewer: Viewer, case: Case, at: datetime) -> EntryContact | None:
    """Show how to reach the sender; that it was looked at is recorded."""
    _require(handles(viewer, case), "closed_or_not_yours")
    contact = session.get(EntryContact, case.entry_id)
    if contact is not None:
        append_event(session, case, "contact_opened", at, viewer.account_id)
    return contact


def current_reply(session: Session, case: Case) -> Reply | None:
    """The newest revision of the answer."""
    return _current_reply(session, case)


def _current_reply(session: Session, case: Case) -> Reply | None:
    newest = sa.select(Reply).where(Reply.case_id == case.id).order_by(Reply.revision.desc()).limit(1)
    return session.scalars(newest).first()


def _get_reply(session: Session, case: Case) -> Reply:
    reply = _current_reply(session, case)
    if reply is None:
        raise NotAllowed("reply_empty")
    return reply


def _new_reply(case: Case, viewer: Viewer, before: Reply | None) -> Reply:
    return Reply(
        case_id=case.id,
        province_code=case.province_code,
        unit_id=case.unit_id,
        revision=before.revision + 1 if before else 1,
        state=ReplyState.DRAFT,
        drafted_by=viewer.account_id,
    )


def _signed_revision(
    session: Session, viewer: Viewer, case: Case, before: Reply | None, text: str, at: datetime
) -> Reply:
    # What the officer submitted stays as it was; the leader's wording is a revision of its own.
    reply = _new_reply(case, viewer, before)
    reply.text, reply.drafted_at = text.strip(), at
    session.add(reply)
    return reply


def _title(session: Session, viewer: Viewer, at: datetime) -> str:
    day = local_day(at)
    row = session.execute(
        sa.select(Post.title, Officer.full_name)
        .join(Tenure, Tenure.post_id == Post.id)
        .join(Officer, Tenure.officer_id == Officer.id)
        .where(Officer.id == viewer.officer_id, Post.signs, Tenure.on(day))
        .order_by(Post.id)
    ).first()
    return f"{row.title} {row.full_name}" if row else ""


def _touch(case: Case) -> None:
    # A draft changes no column of the case, yet a second drafter must be told.
    flag_modified(case, "state")


def _require(condition: bool, why: str) -> None:
    if not condition:
        raise NotAllowed(why)


__all__ = [
    "CaseNotFound", "ChangedMeanwhile", "NotAllowed", "confirm", "current_reply", "file_without_action",
    "open_contact", "posts_to_reassign", "reassign", "return_reply", "save_draft", "say_one_matter", "sign", "submit",
    "take",
]  # fmt: skip
