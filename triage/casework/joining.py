"""Several matters of one entry become one case again: by a person's word, or because the entry is no longer ordinary.

Whoever answers one matter reads the whole entry. So as soon as one of its cases blames somebody or becomes
confidential, the others are taken into it: from then on the entry is one case, and only who may know of that one may
know of any. A case that was taken in is nobody's to see (`access.visible_to`); what it had answered the citizen keeps.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Case, CaseExclusion, CaseState, Reply
from models.audit import append_event
from models.cases import JOINED
from models.facts import mark_stale
from triage.casework.access import Viewer, cases_of, handles
from triage.casework.praising import note_praised
from triage.casework.same_matter import part
from vietnamese.calendar import local_day

JOINED_ACT, TOOK_IN = "joined", "took_in"


def keep_whole(session: Session, case: Case, at: datetime, account_id: int | None = None) -> None:
    """Take the other matters of the entry into `case` where it is no longer ordinary; else do nothing."""
    excluded = sa.exists().where(CaseExclusion.case_id == case.id)
    if case.accuses_staff or case.confidential or case.superior or session.scalar(sa.select(excluded)):
        take_in(session, case, at, account_id)


def hold_sisters(session: Session, case: Case) -> None:
    """Lock the other matters of the entry before `case` may change its nature: nobody adds words to them meanwhile."""
    _sisters(session, case, for_change=True)


def sisters_of(session: Session, viewer: Viewer, case: Case) -> list[Case]:
    """The other matters of the entry that this viewer may know of, in order."""
    others = cases_of(viewer).where(Case.entry_id == case.entry_id, Case.id != case.id)
    return list(session.scalars(others.order_by(None).order_by(Case.matter)))


def may_take_in(session: Session, viewer: Viewer, case: Case) -> bool:
    """Whether this viewer may say that the entry is one matter, this one: all is known to them and nothing answered."""
    known = sisters_of(session, viewer, case)
    return (
        bool(known)
        and handles(viewer, case)
        and len(known) == len(_sisters(session, case))
        and all(_is_untouched(session, one) for one in (case, *known))
    )


def take_in(session: Session, case: Case, at: datetime, account_id: int | None = None) -> None:
    """Make `case` the case of the whole entry: the open ones among the others are filed, all are hidden.

    The answer is due when the first of them was due.
    """
    sisters = _sisters(session, case, for_change=True)
    if not sisters:
        return
    case.part_start = case.part_end = None
    for sister in sisters:
        if sister.is_open:
            case.due_at = min(case.due_at, sister.due_at)
            sister.state, sister.closed_at = CaseState.FILED, at
        part(session, sister, at, account_id, wait=True)
        sister.route = JOINED
        note_praised(session, sister)
        append_event(session, sister, JOINED_ACT, at, account_id, into=case.reference)
    note_praised(session, case)
    append_event(session, case, TOOK_IN, at, account_id, references=[sister.reference for sister in sisters])
    mark_stale(session, case.entry.unit_id, local_day(case.opened_at), at)


def _sisters(session: Session, case: Case, for_change: bool = False) -> list[Case]:
    query = sa.select(Case).where(Case.entry_id == case.entry_id, Case.id != case.id, Case.route != JOINED)
    query = query.order_by(Case.matter)
    return list(session.scalars(query.with_for_update(of=Case) if for_change else query))


def _is_untouched(session: Session, case: Case) -> bool:
    answered = sa.exists().where(Reply.case_id == case.id)
    return case.state is CaseState.WAITING and not session.scalar(sa.select(answered))
