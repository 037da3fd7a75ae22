"""Reminders: the worker takes each step that is owed once; people find at the top of their inbox what they should do.

Nobody is sent anything yet. A step is a row and an event in the case's chain; who is meant by it is asked when
somebody looks, so it follows the staff and the gate of that day. Cases whose clocks wait for the sender rest.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from models import Case, CaseExclusion, CaseState, Database, DutyShift, Reminder, ReminderStep, Unit
from models.audit import append_event
from models.cases import JOINED
from triage.casework.access import CHAIR, Viewer, cases_of
from triage.casework.calendars import calendar_of, calendars_of
from triage.casework.clocks import owed_steps, standing
from triage.casework.terms import Recipient, Step, standard_terms
from vietnamese.calendar import WorkCalendar

BATCH = 100
EVERY = timedelta(minutes=1)
"""How often the worker looks: urgent steps are minutes apart."""
HORIZON = timedelta(days=30)
"""No end farther away than this has a step: two working days before it, Tết between."""
REMINDED = "reminded"
INTAKE, ANSWER = "intake", "answer"
MOST_SHOWN = 5

_open = Case.closed_at.is_(None) & (Case.route != JOINED)
_running = _open & Case.paused_at.is_(None)
_intake_owed = Case.intake_done_at.is_(None) & ~Case.confirmed & (Case.intake_due_at < Case.due_at)
"""Not where somebody confirmed what the entry is, nor where both clocks end at once: the answer's reminder does."""

Sent = dict[tuple[UUID, str, datetime], set[str]]
"""(case, clock, its end) → steps taken."""


class Reminding:
    """The worker's job; looks at most once in a while, unless more was waiting than it takes at once."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database, self._now = database, now
        self._rest_until: datetime | None = None

    def work(self) -> int:
        """Take the steps that are owed; returns of how many cases."""
        at = self._now()
        if self._rest_until is not None and at < self._rest_until:
            return 0
        reminded = remind(self._database, self._now)
        self._rest_until = None if reminded else at + EVERY
        return reminded


def remind(database: Database, now: Callable[[], datetime], most: int = BATCH) -> int:
    """Take what is owed of up to `most` cases, soonest due first; returns of how many. Running twice finds nothing."""
    at = now()
    with database.reading() as session:
        waiting = _waiting(session, at, most)
    if not waiting:
        return 0
    with database.writing() as session:
        # Locked and looked at again: somebody may have answered, or another worker reminded, meanwhile.
        mine = sa.select(Case).where(Case.id.in_(waiting), _running).with_for_update(of=Case, skip_locked=True)
        cases = session.scalars(mine.order_by(Case.due_at, Case.id)).all()
        return sum(_take(session, case, owed, at) for case, owed in _owed(session, cases, at))


@dataclass(frozen=True)
class Owed:
    """Steps of one clock of a case, which ends at `due_at`."""

    clock: str
    due_at: datetime
    steps: tuple[Step, ...]


def _waiting(session: Session, at: datetime, most: int) -> list[UUID]:
    soon = at + HORIZON
    near = (Case.due_at <= soon) | (_intake_owed & (Case.intake_due_at <= soon))
    cases = session.scalars(sa.select(Case).where(_running, near).order_by(Case.due_at, Case.id)).all()
    return [case.id for case, _owed_now in _owed(session, cases, at)][:most]


def _owed(session: Session, cases: Sequence[Case], at: datetime) -> list[tuple[Case, list[Owed]]]:
    """The cases of which something is owed, with what."""
    sent, calendars = _sent(session, cases), dict[int, WorkCalendar]()
    found = []
    for case in cases:
        if case.unit_id not in calendars:
            calendars[case.unit_id] = calendar_of(session, case.unit_id)
        owed = [
            Owed(clock, end, steps)
            for clock, end in _clocks(case)
            if (steps := owed_steps(end, case.urgent, sent.get((case.id, clock, end), ()), at, calendars[case.unit_id]))
        ]
        if owed:
            found.append((case, owed))
    return found


def _clocks(case: Case) -> Iterable[tuple[str, datetime]]:
    told = case.intake_done_at is not None or case.confirmed
    if not told and case.intake_due_at is not None and case.intake_due_at < case.due_at:
        yield INTAKE, case.intake_due_at
    yield ANSWER, case.due_at


def _sent(session: Session, cases: Sequence[Case]) -> Sent:
    sent: Sent = {}
    known = {case.id for case in cases}
    # Of all running cases, not by a list of thousands of keys.
    rows = session.execute(
        sa.select(Reminder.case_id, Reminder.clock, Reminder.due_at, Reminder.step).join(Case).where(_running)
    )
    for case_id, clock, due_at, step in rows:
        if case_id in known:
            sent.setdefault((case_id, clock, due_at), set()).add(step.value)
    return sent


def _take(session: Session, case: Case, owed: Sequence[Owed], at: datetime) -> int:
    for one in owed:
        session.add_all(
            Reminder(
                case_id=case.id, clock=one.clock, step=ReminderStep(step.step), due_at=one.due_at, at=at,
                province_code=case.province_code, unit_id=case.unit_id,
            )
            for step in one.steps
        )  # fmt: skip
        append_event(
            session, case, REMINDED, at, clock=one.clock, due_at=one.due_at.isoformat(),
            steps=[step.step.value for step in one.steps], to=[step.to.value for step in one.steps],
        )  # fmt: skip
    return 1


@dataclass(frozen=True)
class Reminded:
    """A case somebody is reminded of: its clock (intake or answer), when it ends, how it stands, since when.

    Neither its words nor what the classifier said: some are restricted, some wait for a judgement by lot.
    """

    reference: str
    urgent: bool
    clock: str
    due_at: datetime
    standing: str
    calendar: WorkCalendar
    at: datetime
    post: str


@dataclass(frozen=True)
class LateUnit:
    """A commune in which answers are so late that the superior level is told how many, and nothing else."""

    name: str
    cases: int


@dataclass(frozen=True)
class Reminders:
    """What a viewer is reminded of, most pressing first, and how much more there is."""

    rows: tuple[Reminded, ...]
    more: int
    late_units: tuple[LateUnit, ...]


def reminders_for(session: Session, viewer: Viewer, now: datetime, most: int = MOST_SHOWN) -> Reminders:
    """What this viewer should do at once, among the cases the gate lets them know of."""
    rows = session.execute(
        cases_of(viewer)
        .add_columns(Reminder.clock, Reminder.due_at, sa.func.max(Reminder.at))
        .join(Reminder, Reminder.case_id == Case.id)
        .where(_running, _still_owed(), _meant_for(session, viewer))
        .group_by(Case.id, Reminder.clock, Reminder.due_at)
        .order_by(None)
        .order_by(Reminder.due_at, Case.reference)
        .options(selectinload(Case.post))
    ).all()
    # One line a case: whoever answers has told the sender everything.
    lines = {row[0].id: row for row in sorted(rows, key=lambda row: row[1] == ANSWER)}
    shown = sorted(lines.values(), key=lambda row: (row[2], row[0].reference))
    calendars = calendars_of(session, {row[0].unit_id for row in shown[:most]})
    return Reminders(
        tuple(
            _reminded(case, clock, due_at, at, now, calendars[case.unit_id]) for case, clock, due_at, at in shown[:most]
        ),
        len(shown[most:]),
        _late_units(session, viewer) if viewer.is_superior else (),
    )


def _still_owed() -> sa.ColumnElement[bool]:
    """That a reminder is of an end that still stands."""
    of_answer = (Reminder.clock == ANSWER) & (Reminder.due_at == Case.due_at)
    of_intake = (Reminder.clock == INTAKE) & (Reminder.due_at == Case.intake_due_at) & _intake_owed
    return of_answer | of_intake


def _meant_for(session: Session, viewer: Viewer) -> sa.ColumnElement[bool]:
    """That a step is this viewer's: of whoever acts next, of the chair and the leader on duty, of every leader."""
    leads = CHAIR in viewer.post_codes or viewer.is_superior or _on_duty(session, viewer)
    to: dict[Recipient, sa.ColumnElement[bool]] = {
        Recipient.HANDLER: _acts_next(viewer),
        Recipient.LEADER: sa.literal(leads),
        Recipient.NEXT_LEADER: sa.literal(viewer.signs),
        Recipient.SUPERIOR: sa.false(),
    }
    tables = ((False, standard_terms().ordinary), (True, standard_terms().urgent))
    return sa.or_(*(
        (Case.urgent == urgent) & (Reminder.step == ReminderStep(step.step)) & to[step.to]
        for urgent, steps in tables
        for step in steps
    ))  # fmt: skip


def _acts_next(viewer: Viewer) -> sa.ColumnElement[bool]:
    submitted = Case.state == CaseState.SUBMITTED
    return (~submitted & Case.post_id.in_(viewer.post_ids)) | (submitted & sa.literal(viewer.signs))


def _on_duty(session: Session, viewer: Viewer) -> bool:
    shift = session.get(DutyShift, (viewer.unit_id, viewer.day))
    return shift is not None and shift.officer_id == viewer.officer_id


def _reminded(
    case: Case, clock: str, due_at: datetime, at: datetime, now: datetime, calendar: WorkCalendar
) -> Reminded:
    stands = standing(due_at, now, calendar)
    return Reminded(case.reference, case.urgent, clock, due_at, stands, calendar, at, case.post.title)


def _late_units(session: Session, viewer: Viewer) -> tuple[LateUnit, ...]:
    """Communes of the superior's province with cases that reached the last step: a number, never a case.

    Only of cases that blame nobody: a number that grew by an accusation would tell that there is one.
    """
    accused = sa.exists().where(CaseExclusion.case_id == Case.id)
    unread = (Case.route == "reception") & ~Case.confirmed
    harmless = ~Case.superior & ~Case.confidential & ~Case.accuses_staff & ~accused & ~unread
    late = (Reminder.step == ReminderStep.SUPERIOR) & (Reminder.clock == ANSWER) & (Reminder.due_at == Case.due_at)
    rows = session.scalars(
        sa.select(Unit.name)
        .select_from(Case)
        .join(Reminder, Reminder.case_id == Case.id)
        .join(Unit, Unit.id == Case.unit_id)
        .where(late, _running, harmless, Case.province_code == viewer.province_code)
    )
    return tuple(LateUnit(name, cases) for name, cases in sorted(Counter(rows).items()))
