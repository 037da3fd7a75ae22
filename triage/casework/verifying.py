"""What a verification found, and the word of an officer who was accused without reason.

Until it is proved false the accused never learns of the accusation; then a leader may tell of it, in words of the
leader's own, and ask for an answer. What was proved false does not count against anybody (Circular 01/2018).
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Account, Case, CaseExclusion, ExclusionReason, Finding, Officer, Statement
from models.audit import append_event
from triage.casework.access import Viewer
from triage.casework.changing import check, count_again, require, standing_in_life, touch
from triage.casework.naming import tells_sender
from triage.casework.states import Act, NotAllowed, Who, next_state

ACCUSING_KINDS = ("complaint", "denunciation")


@dataclass(frozen=True)
class Invitation:
    """What an invited officer sees: nothing of the case but what the leader tells. `id` betrays nothing."""

    id: str
    told: str
    invited_at: datetime
    text: str | None
    answered_at: datetime | None


def is_accusation(case: Case) -> bool:
    """Whether a verification has something to find out."""
    return case.accuses_staff or case.kind in ACCUSING_KINDS


def find(session: Session, viewer: Viewer, case: Case, finding: Finding, reason: str, at: datetime) -> None:
    """Keep what the verification of an accusation found: true, partly or false; needs its grounds."""
    check(session, viewer, case, Act.FIND)
    require(is_accusation(case), "no_accusation")
    require(bool(reason.strip()), "reason_missing")
    require(finding is Finding.FALSE or not _invited(session, case), "already_invited")
    case.finding = finding
    touch(case)
    append_event(session, case, "found", at, viewer.account_id, finding=finding.value, reason=reason)
    count_again(session, case, at)


def invite(session: Session, viewer: Viewer, case: Case, officer_id: int, told: str, at: datetime) -> Statement:
    """Tell an officer of an accusation that was proved false, and ask for an answer. Raises NotAllowed otherwise."""
    check(session, viewer, case, Act.INVITE)
    require(case.finding is Finding.FALSE, "not_false")
    require(officer_id in {officer.id for officer in accused_in(session, case)}, "not_accused")
    require(bool(told.strip()), "told_missing")
    require(not tells_sender(session, case, told), "told_tells_sender")
    require(session.get(Statement, (case.id, officer_id)) is None, "invited_before")
    statement = Statement(
        case_id=case.id, officer_id=officer_id, province_code=case.province_code, unit_id=case.unit_id,
        invited_at=at, invited_by=viewer.account_id, told=told.strip(),
    )  # fmt: skip
    session.add(statement)
    touch(case)
    append_event(session, case, "invited", at, viewer.account_id, officer=officer_id, told=statement.told)
    return statement


def accused_in(session: Session, case: Case) -> list[Officer]:
    """Whom a case accuses, by name."""
    kept = CaseExclusion.case_id == case.id, CaseExclusion.reason == ExclusionReason.ACCUSED
    officers = sa.select(Officer).join(CaseExclusion, CaseExclusion.officer_id == Officer.id)
    return list(session.scalars(officers.where(*kept).order_by(Officer.full_name, Officer.id)))


def statements_on(session: Session, case: Case) -> list[tuple[str, Statement]]:
    """Who was invited to answer, by name, with what was told and answered; for whoever the gate let see the case."""
    rows = session.execute(
        sa.select(Officer.full_name, Statement)
        .join(Officer, Officer.id == Statement.officer_id)
        .where(Statement.case_id == case.id)
        .order_by(Statement.invited_at, Officer.id)
    )
    return [(name, statement) for name, statement in rows]


def invitations_of(session: Session, account: Account) -> list[Invitation]:
    """What an officer was invited to answer, newest first."""
    if account.officer_id is None:
        return []
    own = sa.select(Statement).where(Statement.officer_id == account.officer_id)
    found = session.scalars(own.order_by(Statement.invited_at.desc(), Statement.case_id))
    return [
        Invitation(_name_of(one), one.told, one.invited_at, one.text, one.answered_at)
        for one in found
    ]  # fmt: skip


def is_invited(session: Session, account: Account) -> bool:
    """Whether an invitation waits for this officer's answer."""
    return any(one.answered_at is None for one in invitations_of(session, account))


def make_statement(session: Session, account: Account, invitation: str, text: str, at: datetime) -> None:
    """Keep the answer of an invited officer; once, and of the own invitation only."""
    own = sa.select(Statement).where(Statement.officer_id == account.officer_id).with_for_update()
    statement = next((one for one in session.scalars(own) if _name_of(one) == invitation), None)
    if statement is None:
        raise NotAllowed("not_invited")
    case = session.get_one(Case, statement.case_id, with_for_update=True)
    next_state(Act.STATE, standing_in_life(session, case), {Who.INVITED})
    require(statement.answered_at is None, "stated_before")
    require(bool(text.strip()), "statement_empty")
    statement.text, statement.answered_at = text.strip(), at
    touch(case)
    append_event(session, case, "stated", at, account.id, text=statement.text)


def _invited(session: Session, case: Case) -> bool:
    return bool(session.scalar(sa.select(sa.exists().where(Statement.case_id == case.id))))


def _name_of(statement: Statement) -> str:
    """An invitation's own name: the accused must not learn the reference of the case."""
    return uuid.uuid5(statement.case_id, f"statement {statement.officer_id}").hex
