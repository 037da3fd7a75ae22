"""What every act shares: the case taken under a lock, who acts, where it stands, and the one way to a new state."""

import uuid
from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from models import Case, CaseState, Ending, SameMatter
from models.audit import append_event
from models.cases import JOINED
from models.facts import mark_stale
from triage.casework.access import Viewer, get_case, handles, may_sign
from triage.casework.calendars import RESUMED, calendar_of, ends_of, is_remote, pauses_of, set_clocks
from triage.casework.signing import signs_alone
from triage.casework.states import Act, NotAllowed, Standing, State, Who, next_state
from vietnamese.calendar import local_day

_SENDER = frozenset({Who.SENDER})


class ChangedMeanwhile(Exception):
    """Somebody else changed the case since this person opened it."""


def take(session: Session, viewer: Viewer, reference: str, version: int | None = None) -> Case:
    """The case for an act, locked; raises CaseNotFound, or ChangedMeanwhile when `version` is old."""
    case = get_case(session, viewer, reference, for_change=True)
    if version is not None and case.version != version:
        raise ChangedMeanwhile(reference)
    return case


def lock_beside(session: Session, case: Case, others: Collection[uuid.UUID], wait: bool = False) -> list[Case]:
    """Further cases of the same act, locked in order and read anew; raises ChangedMeanwhile where one is held.

    A person's act never waits: two people who each hold the case the other wants would wait for ever. The worker may.
    """
    session.flush()
    query = sa.select(Case).where(Case.id.in_(others)).order_by(Case.id).with_for_update(nowait=not wait)
    try:
        return list(session.scalars(query, execution_options={"populate_existing": True}))
    except OperationalError as held:
        raise ChangedMeanwhile(case.reference) from held


def standing_in_life(session: Session, case: Case) -> Standing:
    """Where the case stands in the state machine."""
    link = case.is_open and session.get(SameMatter, case.id) is not None
    return Standing(state_of(case), case.paused_at is not None, link)


def state_of(case: Case) -> State:
    """State and ending as one."""
    if case.state is CaseState.FILED:
        return State(f"filed_{(case.ending or Ending.NO_ACTION).value}")
    return State(case.state.value)


def roles_of(session: Session, viewer: Viewer, case: Case) -> frozenset[Who]:
    """In what capacities this viewer, whom the gate let through, acts on the case."""
    roles = set()
    if handles(viewer, case):
        roles.add(Who.HANDLER)
    if may_sign(viewer, case):
        roles |= {Who.LEADER, Who.SIGNER}
    elif signs_alone(session, viewer, case):
        roles.add(Who.SIGNER)
    return frozenset(roles)


def check(session: Session, viewer: Viewer, case: Case, act: Act) -> State:
    """Where the act leads this viewer's case; raises NotAllowed."""
    return next_state(act, standing_in_life(session, case), roles_of(session, viewer, case))


def check_sender(session: Session, case: Case, act: Act) -> State:
    """The same for the holder of the follow-up code."""
    return next_state(act, standing_in_life(session, case), _SENDER)


def enter(session: Session, case: Case, state: State, at: datetime) -> None:
    """Put the case into a state; the clocks of a closed one no longer wait."""
    name, _filed, ending = state.value.partition("_")
    case.state, case.ending = CaseState(name), Ending(ending) if ending else None
    if case.is_open:
        case.closed_at = None
        return
    case.closed_at = at
    if case.paused_at is not None:
        end_pause(session, case, at)


def end_pause(session: Session, case: Case, at: datetime, account_id: int | None = None) -> None:
    """The clocks run again; the term is longer by what was waited."""
    case.paused_at = None
    append_event(session, case, RESUMED, at, account_id)
    reckon(session, case)


def reckon(session: Session, case: Case) -> None:
    """Set the clocks of a case anew, by the waits in its chain and its extensions.

    The answer to a letter whose matters became one case stays due when the first of them was.
    """
    set_clocks(session, case)
    matters = sa.select(Case).where(Case.entry_id == case.entry_id, Case.id != case.id, Case.route == JOINED)
    open_when_joined = Case.state == CaseState.FILED, Case.ending.is_(None)
    for matter in session.scalars(matters.where(*open_when_joined)) if case.part_start is None else ():
        calendar, remote = calendar_of(session, case.unit_id), is_remote(session, case.unit_id)
        case.due_at = min(case.due_at, ends_of(matter, calendar, remote, pauses_of(session, case)).answer)


def touch(case: Case) -> None:
    """Raise the version of a case none of whose columns changed: a second person must be told."""
    flag_modified(case, "state")


def require(condition: bool, why: str) -> None:
    """Raise NotAllowed with the code of why."""
    if not condition:
        raise NotAllowed(why)


def count_again(session: Session, case: Case, at: datetime) -> None:
    """Say that what is counted of the case's day must be counted anew."""
    mark_stale(session, case.entry.unit_id, local_day(case.opened_at), at)


__all__ = [
    "ChangedMeanwhile", "NotAllowed", "check", "check_sender", "count_again", "end_pause", "enter",
    "lock_beside", "reckon", "require", "roles_of", "standing_in_life", "state_of", "take", "touch",
]  # fmt: skip
