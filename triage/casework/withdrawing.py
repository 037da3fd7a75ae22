"""A sender takes back what was sent, by the follow-up code alone.

A suspected denunciation goes on all the same until a leader decides: a wish to withdraw may be fear, and a crime is
not the sender's to forgive (Law 25/2018 Art. 33).
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Case, CaseEvent, Submission
from models.audit import append_event
from models.cases import JOINED
from triage.casework.access import Viewer
from triage.casework.changing import check, check_sender, count_again, enter, require, touch
from triage.casework.same_matter import part
from triage.casework.states import Act

ASKED, WITHDRAWN = "withdrawal_asked", "withdrawn"


def withdraw(session: Session, code_hash: str, at: datetime) -> int:
    """Take back every open matter of the submission with this follow-up hash; returns how many there were.

    Twice is once: what is closed or asked for already stays as it is.
    """
    cases = _open_cases(session, code_hash, for_change=True)
    for case in cases:
        if not _leader_decides(case):
            state = check_sender(session, case, Act.WITHDRAW)
            part(session, case, at)
            enter(session, case, state, at)
            append_event(session, case, WITHDRAWN, at)
            count_again(session, case, at)
        elif not is_withdrawal_asked(session, case):
            check_sender(session, case, Act.ASK_WITHDRAWAL)
            touch(case)
            append_event(session, case, ASKED, at)
    return len(cases)


def may_withdraw(session: Session, code_hash: str) -> bool:
    """Whether something is left to take back."""
    return any(not is_withdrawal_asked(session, case) for case in _open_cases(session, code_hash))


def accept_withdrawal(session: Session, viewer: Viewer, case: Case, reason: str, at: datetime) -> None:
    """A leader files what its sender took back; needs the reason why nothing is left to pursue."""
    state = check(session, viewer, case, Act.ACCEPT_WITHDRAWAL)
    require(is_withdrawal_asked(session, case), "withdrawal_not_asked")
    require(bool(reason.strip()), "reason_missing")
    part(session, case, at, viewer.account_id)
    enter(session, case, state, at)
    append_event(session, case, WITHDRAWN, at, viewer.account_id, reason=reason)
    count_again(session, case, at)


def is_withdrawal_asked(session: Session, case: Case) -> bool:
    """Whether the sender of a suspected denunciation asked to take it back."""
    asked = sa.exists().where(CaseEvent.case_id == case.id, CaseEvent.act == ASKED)
    return bool(session.scalar(sa.select(asked)))


def _leader_decides(case: Case) -> bool:
    # What the machine abstained on may be one: it lies with people first.
    unread = case.route == "reception" and not case.confirmed
    return case.kind == "denunciation" or case.confidential or case.accuses_staff or unread


def _open_cases(session: Session, code_hash: str, for_change: bool = False) -> list[Case]:
    of_code = sa.select(Case).join(Submission, Submission.id == Case.entry_id)
    query = of_code.where(Submission.follow_up_hash == code_hash, Case.route != JOINED).order_by(Case.id)
    query = query.with_for_update(of=Case) if for_change else query
    return [case for case in session.scalars(query) if case.is_open]
