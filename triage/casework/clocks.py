"""When something is due, and who is reminded of it. Pure.

The figures, their sources and what must be verified stand in `terms.yaml`, the counting in `vietnamese.calendar`.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from triage.casework.terms import URGENT, Clock, Step, TermRow, standard_terms
from vietnamese.calendar import (
    NATIONAL,
    Pause,
    WorkCalendar,
    add_working_days,
    due,
    local_day,
    working_day_from,
)

DUE_SOON = 2
"""Working days ahead from which a deadline is near: on a Friday, Monday's and Tuesday's are."""


def term_row(clock: Clock, kind: str, urgent: bool, since: datetime) -> TermRow:
    """The row of a clock that started at `since`: its source, whether to verify it, how often it may be extended.

    Danger goes before the kind, where there is such a clock for it. Raises NoTerm where no row stands.
    """
    terms = standard_terms()
    danger = urgent and URGENT in terms.kinds(clock)
    return terms.row(clock, URGENT if danger else kind, local_day(since))


def due_at(
    kind: str,
    urgent: bool,
    received_at: datetime,
    *,
    remote: bool = False,
    extensions: int = 0,
    pauses: Iterable[Pause] = (),
    calendar: WorkCalendar = NATIONAL,
) -> datetime:
    """The instant (UTC) by which an entry received at `received_at` must be answered.

    Raises TooManyExtensions where the term may not be extended so often.
    """
    term = term_row(Clock.ANSWER, kind, urgent, received_at).term(remote, extensions)
    return due(received_at, term, calendar, pauses)


def intake_due_at(
    kind: str,
    urgent: bool,
    received_at: datetime,
    *,
    remote: bool = False,
    pauses: Iterable[Pause] = (),
    calendar: WorkCalendar = NATIONAL,
) -> datetime:
    """The instant (UTC) by which the sender must know what became of an entry received at `received_at`.

    Never later than the answer: whoever has the answer knows. A kind without such a clock is told by the answer.
    """
    pauses = tuple(pauses)
    answer = due_at(kind, urgent, received_at, remote=remote, pauses=pauses, calendar=calendar)
    if kind not in standard_terms().kinds(Clock.INTAKE):
        return answer
    term = term_row(Clock.INTAKE, kind, urgent, received_at).term(remote)
    return min(answer, due(received_at, term, calendar, pauses))


def decision_due_at(
    kind: str,
    accepted_at: datetime,
    *,
    remote: bool = False,
    extensions: int = 0,
    pauses: Iterable[Pause] = (),
    calendar: WorkCalendar = NATIONAL,
) -> datetime:
    """The instant (UTC) by which a complaint or denunciation formally accepted at `accepted_at` must be decided."""
    term = term_row(Clock.DECIDE, kind, False, accepted_at).term(remote, extensions)
    return due(accepted_at, term, calendar, pauses)


def latest_answer_due(received_at: datetime, calendar: WorkCalendar = NATIONAL) -> datetime:
    """When an entry is answered at the latest, whatever it turns out to be (UTC): what may be promised unread."""
    kinds = standard_terms().kinds(Clock.ANSWER)
    return max(due_at(kind, False, received_at, calendar=calendar) for kind in kinds)


def standing(due: datetime, now: datetime, calendar: WorkCalendar = NATIONAL) -> str:
    """`overdue`, `soon` or `in_time`: always shown with a word, never by colour alone."""
    if now > due:
        return "overdue"
    return "soon" if local_day(due) <= add_working_days(local_day(now), DUE_SOON, calendar) else "in_time"


def owed_steps(
    due: datetime,
    urgent: bool,
    sent: Collection[str],
    now: datetime,
    calendar: WorkCalendar = NATIONAL,
) -> tuple[Step, ...]:
    """The reminders to send at `now` for a term that ends at `due`, earliest first.

    `sent`: names of the steps taken for this end. Each recipient gets only the newest step reached, so whoever
    catches up after a pause sends no stack of old ones. Ordinary steps wait for office hours; danger does not.
    """
    if not urgent and not calendar.is_open(now):
        return ()
    steps = standard_terms().urgent if urgent else standard_terms().ordinary
    reached = [step for step in steps if reached_at(step, due, urgent, calendar) <= now]
    newest = {step.to: step for step in reached}
    return tuple(step for step in reached if newest[step.to] is step and step.step not in sent)


def reached_at(step: Step, due: datetime, urgent: bool, calendar: WorkCalendar = NATIONAL) -> datetime:
    """From when on a step is owed (UTC): for danger minutes from `due`, else as the office opens days from it."""
    if urgent:
        return due + timedelta(minutes=step.offset)
    return calendar.opening(working_day_from(local_day(due), step.offset, calendar))
