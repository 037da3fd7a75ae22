"""Reading what is restricted: each look has a reason, and both are in the case's record.

Law 25/2018 Art. 8, 56: whoever handles a denunciation answers for who learned of it. A look lasts for one
sitting; after half an hour without an act on the case the reason is asked again.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Case, CaseEvent
from models.audit import append_event, open_payload
from triage.casework.access import Viewer

SITTING = timedelta(minutes=30)
OPENED = "restricted_opened"


class ReasonNeeded(Exception):
    """A restricted case that this person has not opened with a reason in this sitting."""


def open_restricted(session: Session, viewer: Viewer, case: Case, reason: str, at: datetime) -> None:
    """Record that this person opens a restricted case, and why. The caller commits before the text is shown."""
    if not reason.strip():
        raise ReasonNeeded(case.reference)
    append_event(session, case, OPENED, at, viewer.account_id, reason=reason.strip())


def require_reason(session: Session, viewer: Viewer, case: Case, at: datetime) -> None:
    """Raise ReasonNeeded unless the case is open to all its handlers, or was opened in this sitting."""
    if not case.confidential:
        return
    mine = sa.select(sa.func.max(CaseEvent.at)).where(
        CaseEvent.case_id == case.id, CaseEvent.account_id == viewer.account_id
    )
    opened, latest = session.scalar(mine.where(CaseEvent.act == OPENED)), session.scalar(mine)
    if opened is None or latest is None or at - latest > SITTING:
        raise ReasonNeeded(case.reference)


def reason_given(session: Session, viewer: Viewer, case: Case) -> str:
    """Why this person last opened a restricted case; empty for a case that nobody needs a reason for."""
    mine = (CaseEvent.case_id == case.id) & (CaseEvent.account_id == viewer.account_id) & (CaseEvent.act == OPENED)
    newest = session.scalars(sa.select(CaseEvent).where(mine).order_by(CaseEvent.sequence.desc()).limit(1)).first()
    said = open_payload(session, newest) if newest is not None and case.confidential else None
    return str((said or {}).get("reason", ""))
