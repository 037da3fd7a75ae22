"""What the holder of a follow-up code may know: how far it is, in words that betray nothing, and the answer."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import (
    Case,
    CaseEvent,
    CaseState,
    Department,
    Ending,
    Entry,
    Post,
    Reply,
    ReplyState,
    Response,
    SealedPackage,
    Submission,
    Unit,
)
from models.audit import open_payload
from models.cases import JOINED
from models.mergers import unit_on
from triage.casework.calendars import PAUSED
from triage.casework.forwarding import newest_transfer
from triage.casework.waiting import EXTENDED
from triage.casework.withdrawing import is_withdrawal_asked, may_withdraw
from vietnamese.calendar import local_day

LEGAL_WAY = ("complaint", "denunciation")
STAGES = ("rated", "received", "waiting", "assigned", "drafted", "answered", "forwarded", "withdrawn", "filed")
"""How far a submission or one of its matters can be, the least first."""


@dataclass(frozen=True)
class Answered:
    """An issued reply; `unit` is the one that stood for the office on the day it was signed."""

    unit: str
    text: str
    signer: str
    at: datetime


@dataclass(frozen=True)
class Forwarded:
    """Another authority that has the case now. `with_contact`: the sender's name and telephone went along."""

    authority: str
    letter_number: str
    at: datetime
    with_contact: bool


@dataclass(frozen=True)
class Told:
    """What the office told of a case besides its answer."""

    forwarded: Forwarded | None = None
    asked: str = ""
    """What the office asks of the sender, while it waits for it."""
    extended_because: str = ""
    withdrawal_asked: bool = False


@dataclass(frozen=True)
class MatterProgress:
    """How far one matter of a submission is. `stage`: one of `STAGES` from waiting on; `words`: its part."""

    words: str
    stage: str
    handler: str | None
    due_at: datetime | None
    answers: tuple[Answered, ...]
    told: Told


@dataclass(frozen=True)
class Progress:
    """How far a submission is. `stage`: one of `STAGES`.

    With several `matters`, `stage` is that of the one that is least far, and the rest is told of each.
    """

    unit: str
    former: str | None
    """The unit that received it, when another has taken that over since."""
    hotline: str | None
    received_at: datetime
    rated: bool
    text: str | None
    stage: str
    handler: str | None
    due_at: datetime | None
    legal_way: str | None
    """`complaint` or `denunciation` when the text shows signs of one: say how to lodge it properly."""
    sealed: bool
    """Whether the text was sealed for the superior level, so that nobody here can read it any more."""
    answers: tuple[Answered, ...]
    told: Told = Told()
    """With several matters it is told of each."""
    withdrawable: bool = False
    """Whether something is left that the sender may take back."""
    matters: tuple[MatterProgress, ...] = ()
    """The two or more matters of the submission, in order; empty where it is one."""


def follow(session: Session, code_hash: str, day: date) -> Progress | None:
    """Progress of the submission with this follow-up hash, or None; asked on `day`, told by the unit of that day."""
    submission = session.scalars(sa.select(Submission).where(Submission.follow_up_hash == code_hash)).first()
    if submission is None:
        return None
    received = session.get_one(Unit, submission.unit_id)
    unit = unit_on(session, received, day)
    entry = session.get(Entry, submission.id)
    found = list(session.scalars(sa.select(Case).where(Case.entry_id == submission.id).order_by(Case.matter)))
    cases = [case for case in found if case.route != JOINED]
    matters = tuple(_matter(session, case, entry.text if entry else "", received) for case in cases)
    one, case = (matters[0], cases[0]) if len(cases) == 1 else (None, None)
    return Progress(
        unit=unit.name,
        former=received.name if received.id != unit.id else None,
        hotline=unit.hotline,
        received_at=submission.received_at,
        rated=session.get(Response, submission.id) is not None,
        text=(entry.text or None) if entry else None,
        stage=min((matter.stage for matter in matters), key=STAGES.index, default="received" if entry else "rated"),
        handler=one.handler if one else None,
        due_at=one.due_at if one else None,
        legal_way=case.kind if case and case.kind in LEGAL_WAY else None,
        sealed=case is not None and session.get(SealedPackage, case.id) is not None,
        # What a matter had answered before another took it in was promised to the citizen too.
        answers=tuple(answer for case in found for answer in _answers(session, case, received)) if one else (),
        told=one.told if one else Told(),
        withdrawable=may_withdraw(session, code_hash),
        matters=matters if one is None else (),
    )


def _matter(session: Session, case: Case, text: str, received: Unit) -> MatterProgress:
    return MatterProgress(
        words=text[case.part_start : case.part_end].strip(),
        stage=_stage(case),
        handler=_handler(session, case),
        due_at=case.due_at if case.is_open else None,
        answers=_answers(session, case, received),
        told=_told(session, case),
    )


def _stage(case: Case) -> str:
    if case.ending in (Ending.FORWARDED, Ending.WITHDRAWN):
        return case.ending.value
    if case.is_open and case.paused_at is not None:
        return "waiting"
    stages = {CaseState.ISSUED: "answered", CaseState.FILED: "filed", CaseState.SUBMITTED: "drafted"}
    return stages.get(case.state, "assigned")


def _told(session: Session, case: Case) -> Told:
    sent = newest_transfer(session, case) if case.ending is Ending.FORWARDED else None
    return Told(
        forwarded=Forwarded(sent.authority, sent.letter_number, sent.at, sent.with_contact) if sent else None,
        asked=_newest_reason(session, case, PAUSED) if case.is_open and case.paused_at else "",
        extended_because=_newest_reason(session, case, EXTENDED) if case.is_open and case.extensions else "",
        withdrawal_asked=case.is_open and is_withdrawal_asked(session, case),
    )


def _newest_reason(session: Session, case: Case, act: str) -> str:
    acts = sa.select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.act == act)
    event = session.scalars(acts.order_by(CaseEvent.sequence.desc()).limit(1)).first()
    return str((open_payload(session, event) or {}).get("reason", "")) if event else ""


def _handler(session: Session, case: Case) -> str | None:
    """The department or post that answers; for confidential cases nobody is named."""
    if case.confidential:
        return None
    post = session.get_one(Post, case.post_id)
    department = session.get(Department, post.department_id) if post.department_id else None
    return department.name if department else post.title


def _answers(session: Session, case: Case, received: Unit) -> tuple[Answered, ...]:
    replies = session.scalars(
        sa.select(Reply).where(Reply.case_id == case.id, Reply.state == ReplyState.ISSUED).order_by(Reply.revision)
    )
    return tuple(
        Answered(unit_on(session, received, local_day(r.signed_at)).name, r.text, r.signer_title or "", r.signed_at)
        for r in replies
        if r.signed_at
    )
