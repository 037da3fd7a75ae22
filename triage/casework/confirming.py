"""One word of confirmation for several cases at once, each as if it were confirmed on its own page.

All in one transaction, as every request is, and each case in a savepoint of its own: what is refused undoes itself
alone, and a server that dies half-way leaves nothing half done. Nobody waits while holding a case: those that somebody
else has at this moment are left out and told.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from models import Case
from triage.casework.access import CaseNotFound, Viewer, cases_of, get_case
from triage.casework.acts import confirm
from triage.casework.auditing import awaits_judgement
from triage.casework.changing import ChangedMeanwhile, NotAllowed
from triage.casework.inbox import PAGE
from triage.casework.opening import Labels

MOST = PAGE
"""Cases that one press confirms at most."""


@dataclass(frozen=True)
class Ticked:
    """A case that somebody ticked, as it was when the page was shown."""

    reference: str
    version: int


@dataclass(frozen=True)
class Confirmations:
    """The references of what was confirmed, and of what was not with the code of why, both in the order ticked.

    Codes are those of a single confirmation, and besides: unknown (no such case for this viewer), restricted,
    confirmed_before, too_many.
    """

    confirmed: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


def confirm_several(session: Session, viewer: Viewer, ticked: Sequence[Ticked], at: datetime) -> Confirmations:
    """Confirm the reading of each case that is still as it was when it was ticked."""
    once = list({one.reference: one for one in ticked}.values())
    free = _lock(session, viewer, [one.reference for one in once[:MOST]])
    refusals = {one.reference: _refusal(session, viewer, one, free, at) for one in once[:MOST]}
    refusals |= {one.reference: "too_many" for one in once[MOST:]}
    return Confirmations(
        tuple(reference for reference, why in refusals.items() if not why),
        tuple((reference, why) for reference, why in refusals.items() if why),
    )


def _lock(session: Session, viewer: Viewer, references: Collection[str]) -> set[str]:
    """The references of those cases, of all the viewer may know of, that nobody else holds; they are held now."""
    mine = cases_of(viewer).where(Case.reference.in_(references)).order_by(None).order_by(Case.opened_at, Case.id)
    return {case.reference for case in session.scalars(mine.with_for_update(of=Case, skip_locked=True))}


def _refusal(session: Session, viewer: Viewer, one: Ticked, free: Collection[str], at: datetime) -> str:
    """Confirm one case; returns the code of why not, empty when it was done."""
    try:
        with session.begin_nested():
            # Asked again for each: confirming one matter of a letter can take another away.
            case = get_case(session, viewer, one.reference)
            why = _why_not(session, case, one, one.reference in free)
            if not why:
                confirm(session, viewer, case, Labels(case.kind, case.topic, case.urgent, case.accuses_staff), at)
            return why
    except CaseNotFound:
        return "unknown"
    except (ChangedMeanwhile, OperationalError):
        # The latter from a row that an act waits for, another matter of the letter: the database gave up.
        return "changed"
    except NotAllowed as problem:
        return str(problem)


def _why_not(session: Session, case: Case, one: Ticked, is_free: bool) -> str:
    if case.confirmed:
        return "confirmed_before"
    if case.confidential:
        return "restricted"
    if not is_free or case.version != one.version:
        return "changed"
    return "audit_unjudged" if awaits_judgement(session, case) else ""
