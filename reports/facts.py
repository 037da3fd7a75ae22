"""Counting: a day of a unit is counted anew and replaces what was counted before, never added to."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import (
    Answer,
    Case,
    CaseFact,
    CaseState,
    Database,
    Entry,
    Questionnaire,
    RatingFact,
    Response,
    StaleFact,
    Transaction,
    TransactionFact,
    Unit,
)
from models.cases import JOINED
from models.facts import mark_stale
from vietnamese.calendar import local_day, start_of

OVERALL = "overall"


def refresh_stale_days(database: Database, now: Callable[[], datetime], most: int = 50) -> int:
    """Count the days that changed since they were last counted; returns how many."""
    with database.reading() as session:
        waiting = session.scalar(sa.select(sa.func.count()).select_from(StaleFact)) or 0
    if not waiting:
        return 0
    with database.writing() as session:
        stale = session.scalars(
            sa.select(StaleFact).order_by(StaleFact.marked_at).limit(most).with_for_update(skip_locked=True)
        ).all()
        for row in stale:
            refresh_day(session, row.unit_id, row.day, now())
            # Marked again meanwhile: the row stays and the day is counted once more.
            session.execute(
                sa.delete(StaleFact).where(
                    StaleFact.unit_id == row.unit_id,
                    StaleFact.day == row.day,
                    StaleFact.marked_at == row.marked_at,
                )
            )
        return len(stale)


def mark_newly_overdue(database: Database, since: datetime, now: datetime) -> int:
    """Mark the days whose open cases fell due between two instants: time passes without anybody writing."""
    with database.reading() as session:
        rows = _fallen_due(session, since, now)
    if not rows:
        return 0
    with database.writing() as session:
        for unit_id, opened_at in rows:
            mark_stale(session, unit_id, local_day(opened_at), now)
    return len(rows)


def refresh_day(session: Session, unit_id: int, day: date, now: datetime) -> None:
    """Replace all facts of one unit and one local day."""
    unit = session.get_one(Unit, unit_id)
    for table in (RatingFact, CaseFact, TransactionFact):
        session.execute(sa.delete(table).where(table.unit_id == unit_id, table.day == day))
    session.add_all(_rating_facts(session, unit, day))
    session.add_all(_case_facts(session, unit, day, now))
    session.add_all(_transaction_facts(session, unit, day))
    session.flush()


def _rating_facts(session: Session, unit: Unit, day: date) -> list[RatingFact]:
    of_day = (Response.unit_id == unit.id) & (Response.received_on == day)
    facts: dict[tuple[Any, str], RatingFact] = {}

    def fact(stratum: Any, question: str) -> RatingFact:
        key = (stratum, question)
        if key not in facts:
            zeros = {f"level_{level}": 0 for level in range(1, 6)}
            facts[key] = RatingFact(
                unit_id=unit.id, province_code=unit.province_code, day=day, stratum=stratum, question=question,
                not_applicable=0, blank=0, **zeros,
            )  # fmt: skip
        return facts[key]

    overall = sa.select(Response.stratum, Response.overall, sa.func.count()).where(of_day)
    for stratum, level, count in session.execute(overall.group_by(Response.stratum, Response.overall)):
        _count(fact(stratum, OVERALL), level, False, count)
    items = (
        sa.select(Response.stratum, Answer.question, Answer.level, Answer.not_applicable, sa.func.count())
        .join(Response, Answer.response_id == Response.id)
        .where(of_day)
        .group_by(Response.stratum, Answer.question, Answer.level, Answer.not_applicable)
    )
    for stratum, question, level, not_applicable, count in session.execute(items):
        _count(fact(stratum, question), level, not_applicable, count)
    for stratum, question, asked in _asked(session, of_day):
        found = fact(stratum, question)
        answered = found.not_applicable + sum(getattr(found, f"level_{level}") for level in range(1, 6))
        found.blank = asked - answered
    return list(facts.values())


def _asked(session: Session, of_day: sa.ColumnElement[bool]) -> list[tuple[Any, str, int]]:
    """How many were asked each item: blanks are what was asked and not answered."""
    rows = session.execute(
        sa.select(Response.stratum, Response.questionnaire_id, sa.func.count())
        .where(of_day)
        .group_by(Response.stratum, Response.questionnaire_id)
    )
    asked: dict[tuple[Any, str], int] = {}
    for stratum, questionnaire_id, count in rows:
        document = session.get_one(Questionnaire, questionnaire_id).document
        for question in document["questions"]:
            if question["kind"] == "item":
                asked[stratum, question["key"]] = asked.get((stratum, question["key"]), 0) + count
    return [(stratum, question, count) for (stratum, question), count in asked.items()]


def _count(fact: RatingFact, level: int | None, not_applicable: bool, count: int) -> None:
    name = "not_applicable" if not_applicable else "blank" if level is None else f"level_{level}"
    setattr(fact, name, getattr(fact, name) + count)


def _case_facts(session: Session, unit: Unit, day: date, now: datetime) -> list[CaseFact]:
    # Confidential cases are left out altogether: the board must not see that one exists. A case counts for the
    # unit that received its entry, also when another owes the answer since a merger.
    cases = session.scalars(
        sa.select(Case)
        .join(Entry, Entry.id == Case.entry_id)
        .where(
            Entry.unit_id == unit.id,
            ~Case.confidential,
            Case.route != JOINED,
            Case.opened_at >= start_of(day),
            Case.opened_at < start_of(day + timedelta(days=1)),
        )
    ).all()
    facts: dict[str, CaseFact] = {}
    for case in cases:
        if case.topic not in facts:
            facts[case.topic] = CaseFact(
                unit_id=unit.id, province_code=unit.province_code, day=day, topic=case.topic,
                received=0, answered=0, answered_on_time=0, overdue_open=0,
            )  # fmt: skip
        fact = facts[case.topic]
        fact.received += 1
        answered = case.state is CaseState.ISSUED and case.closed_at is not None
        fact.answered += answered
        fact.answered_on_time += answered and case.closed_at <= case.due_at  # type: ignore[operator]
        # While the sender is asked the clock stands, and nothing falls due.
        fact.overdue_open += case.is_open and case.paused_at is None and case.due_at < now
    return list(facts.values())


def _transaction_facts(session: Session, unit: Unit, day: date) -> list[TransactionFact]:
    """Dossiers of the day by field. An open one is received and nothing else."""
    finished, due = Transaction.finished_on, Transaction.due_on
    early, late = finished < due, finished > due
    on_time = (finished == due) | (finished.is_not(None) & due.is_(None))
    rows = session.execute(
        sa.select(Transaction.field, sa.func.count(), *(sa.func.count().filter(how) for how in (early, on_time, late)))
        .where(Transaction.unit_id == unit.id, Transaction.received_on == day)
        .group_by(Transaction.field)
    )
    place = {"unit_id": unit.id, "province_code": unit.province_code, "day": day}
    names = "field", "received", "early", "on_time", "late"
    return [TransactionFact(**place, **dict(zip(names, row, strict=True))) for row in rows]


def _fallen_due(session: Session, since: datetime, now: datetime) -> Sequence[tuple[int, datetime]]:
    rows = session.execute(
        sa.select(Entry.unit_id, Case.opened_at)
        .join(Entry, Entry.id == Case.entry_id)
        .where(Case.state.not_in([CaseState.ISSUED, CaseState.FILED]), Case.due_at >= since, Case.due_at < now)
    )
    return [(unit_id, opened_at) for unit_id, opened_at in rows]
