"""The answer to a case: drafted, submitted, returned, or signed and issued. One answer serves every follower."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Case, Officer, Post, Reply, ReplyState, Tenure
from models.audit import append_event
from triage.casework.access import Viewer
from triage.casework.auditing import awaits_judgement
from triage.casework.changing import check, count_again, enter, require, touch
from triage.casework.naming import tells_sender
from triage.casework.same_matter import hold_followers
from triage.casework.saved import has_gaps
from triage.casework.states import Act, NotAllowed, State
from vietnamese.calendar import local_day


def save_draft(session: Session, viewer: Viewer, case: Case, text: str, at: datetime) -> Reply:
    """Keep the answer as far as it is written."""
    check(session, viewer, case, Act.DRAFT)
    return _draft(session, viewer, case, text, at)


def submit(session: Session, viewer: Viewer, case: Case, text: str, at: datetime) -> Reply:
    """Save and lay the answer before a leader."""
    state = check(session, viewer, case, Act.SUBMIT)
    require(not awaits_judgement(session, case), "audit_unjudged")
    require(not has_gaps(text), "reply_has_gaps")
    reply = _draft(session, viewer, case, text, at)
    reply.state = ReplyState.SUBMITTED
    enter(session, case, state, at)
    append_event(session, case, "submitted", at, viewer.account_id, revision=reply.revision)
    return reply


def return_reply(session: Session, viewer: Viewer, case: Case, note: str, at: datetime) -> None:
    """Send the answer back to its drafter with what is missing."""
    state = check(session, viewer, case, Act.RETURN)
    require(bool(note.strip()), "reason_missing")
    reply = current_reply(session, case)
    if reply is None:
        raise NotAllowed("reply_empty")
    reply.state, reply.note = ReplyState.RETURNED, note.strip()
    enter(session, case, state, at)
    append_event(session, case, "returned", at, viewer.account_id, revision=reply.revision, note=note)


def sign(session: Session, viewer: Viewer, case: Case, text: str, at: datetime) -> None:
    """Sign and issue: the senders read it from this moment. A leader may mend words before signing."""
    state = check(session, viewer, case, Act.SIGN)
    require(not awaits_judgement(session, case), "audit_unjudged")
    require(bool(text.strip()), "reply_empty")
    require(not has_gaps(text), "reply_has_gaps")
    followers = hold_followers(session, case)
    # One answer to several senders tells none of them who the others are.
    told = followers and any(tells_sender(session, one, text) for one in (case, *followers))
    require(not told, "reply_tells_sender")
    reply = current_reply(session, case)
    if reply is None or reply.text != text.strip():
        reply = _signed_revision(session, viewer, case, reply, text, at)
    # Asked before the reply changes: a query in between would store it signed but without its time.
    reply.signer_title = _title(session, viewer, case, at)
    reply.signed_by, reply.signed_at, reply.state = viewer.account_id, at, ReplyState.SIGNED
    append_event(session, case, "signed", at, viewer.account_id, revision=reply.revision, text=reply.text)
    reply.state = ReplyState.ISSUED
    enter(session, case, state, at)
    append_event(session, case, "issued", at, viewer.account_id, revision=reply.revision)
    count_again(session, case, at)
    for follower in followers:
        _issue_alike(session, viewer, case, follower, reply, state, at)


def current_reply(session: Session, case: Case) -> Reply | None:
    """The newest revision of the answer."""
    newest = sa.select(Reply).where(Reply.case_id == case.id).order_by(Reply.revision.desc()).limit(1)
    return session.scalars(newest).first()


def _draft(session: Session, viewer: Viewer, case: Case, text: str, at: datetime) -> Reply:
    require(bool(text.strip()), "reply_empty")
    reply = current_reply(session, case)
    if reply is None or reply.state is not ReplyState.DRAFT:
        reply = _new_reply(case, viewer, reply)
        session.add(reply)
    reply.text, reply.drafted_at, reply.drafted_by = text.strip(), at, viewer.account_id
    session.flush()
    touch(case)
    append_event(session, case, "drafted", at, viewer.account_id, revision=reply.revision)
    return reply


def _issue_alike(
    session: Session, viewer: Viewer, lead: Case, follower: Case, issued: Reply, state: State, at: datetime
) -> None:
    """The same words as an answer of the follower's own: its sender reads them, and they stay with its record."""
    reply = _signed_revision(session, viewer, follower, current_reply(session, follower), issued.text, at)
    reply.signer_title, reply.signed_by, reply.signed_at = issued.signer_title, issued.signed_by, issued.signed_at
    reply.state = ReplyState.ISSUED
    enter(session, follower, state, at)
    append_event(session, follower, "answered_with", at, viewer.account_id, lead=lead.reference, text=issued.text)
    count_again(session, follower, at)


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
    with session.no_autoflush:
        session.add(reply)
    return reply


def _title(session: Session, viewer: Viewer, case: Case, at: datetime) -> str:
    """Title and name of the signer: a leader's, or of the post that answers where its officer issues alone."""
    day = local_day(at)
    row = session.execute(
        sa.select(Post.title, Officer.full_name)
        .join(Tenure, Tenure.post_id == Post.id)
        .join(Officer, Tenure.officer_id == Officer.id)
        .where(Officer.id == viewer.officer_id, Post.signs | (Post.id == case.post_id), Tenure.on(day))
        .order_by(Post.signs.desc(), Post.id)
    ).first()
    return f"{row.title} {row.full_name}" if row else ""
