"""The clock of a case by people's acts: waiting for the sender, going on, more time within the law."""

from datetime import datetime

from sqlalchemy.orm import Session

from models import Case
from models.audit import append_event
from triage.casework.access import Viewer
from triage.casework.calendars import PAUSED
from triage.casework.changing import check, count_again, end_pause, reckon, require
from triage.casework.clocks import term_row
from triage.casework.states import Act
from triage.casework.terms import Clock

EXTENDED = "extended"


def pause(session: Session, viewer: Viewer, case: Case, asked: str, at: datetime) -> None:
    """The clocks wait for the sender from now on. `asked`: what is missing; the sender reads it by the code.

    A term that has ended is not revived: whoever is late asks without stopping the clock.
    """
    check(session, viewer, case, Act.PAUSE)
    require(at <= case.due_at, "overdue")
    require(bool(asked.strip()), "reason_missing")
    case.paused_at = at
    append_event(session, case, PAUSED, at, viewer.account_id, reason=asked.strip())
    count_again(session, case, at)


def resume(session: Session, viewer: Viewer, case: Case, at: datetime) -> None:
    """The sender answered, or will not: the clocks run again, by what was waited longer."""
    check(session, viewer, case, Act.RESUME)
    end_pause(session, case, at, viewer.account_id)
    count_again(session, case, at)


def extend(session: Session, viewer: Viewer, case: Case, reason: str, at: datetime) -> None:
    """One more of the extensions the law allows this kind (`terms.yaml`); the sender reads the reason by the code."""
    check(session, viewer, case, Act.EXTEND)
    require(extensions_left(case) > 0, "no_extension")
    require(at <= case.due_at, "overdue")
    require(bool(reason.strip()), "reason_missing")
    case.extensions += 1
    reckon(session, case)
    append_event(session, case, EXTENDED, at, viewer.account_id, reason=reason.strip(), number=case.extensions)
    count_again(session, case, at)


def extensions_left(case: Case) -> int:
    """How often the term to answer may still be extended."""
    return term_row(Clock.ANSWER, case.kind, case.urgent, case.opened_at).extensions - case.extensions
