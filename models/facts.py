"""Integer counts a day, replaced when the day changed; every figure that people see is computed from these."""

from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session

from models.base import Base, Located, UtcDateTime, column, enum_of
from models.responses import Stratum


class RatingFact(Base, Located):
    """How often each level was chosen for one question of one unit on one day."""

    __tablename__ = "rating_facts"

    unit_id: Mapped[int] = column("unit", sa.ForeignKey("units.id"), primary_key=True)
    day: Mapped[date] = column("local calendar day", primary_key=True)
    stratum: Mapped[Stratum] = column("how answers were got", enum_of(Stratum), primary_key=True)
    question: Mapped[str] = column("key of the question; `overall` for the face", sa.String(40), primary_key=True)
    level_1: Mapped[int] = column("very dissatisfied", default=0)
    level_2: Mapped[int] = column("dissatisfied", default=0)
    level_3: Mapped[int] = column("neutral", default=0)
    level_4: Mapped[int] = column("satisfied", default=0)
    level_5: Mapped[int] = column("very satisfied", default=0)
    not_applicable: Mapped[int] = column("said not to apply", default=0)
    blank: Mapped[int] = column("asked and left empty", default=0)


class CaseFact(Base, Located):
    """Cases received on one day, by topic, and what became of them. Confidential cases are never counted."""

    __tablename__ = "case_facts"

    unit_id: Mapped[int] = column("unit", sa.ForeignKey("units.id"), primary_key=True)
    day: Mapped[date] = column("local calendar day of receipt", primary_key=True)
    topic: Mapped[str] = column("primary topic", sa.String(40), primary_key=True)
    received: Mapped[int] = column("entries received", default=0)
    answered: Mapped[int] = column("answered by now", default=0)
    answered_on_time: Mapped[int] = column("answered by the due time", default=0)
    overdue_open: Mapped[int] = column("due time past, not answered", default=0)


class TransactionFact(Base, Located):
    """Dossiers received on one day, by field of procedure, and how they ended."""

    __tablename__ = "transaction_facts"

    unit_id: Mapped[int] = column("unit", sa.ForeignKey("units.id"), primary_key=True)
    day: Mapped[date] = column("local calendar day of receipt", primary_key=True)
    field: Mapped[str] = column("field of the procedure", sa.String(60), primary_key=True)
    received: Mapped[int] = column("dossiers received", default=0)
    early: Mapped[int] = column("finished before the promised day", default=0)
    on_time: Mapped[int] = column("finished on the promised day, or none was promised", default=0)
    late: Mapped[int] = column("finished after the promised day", default=0)


class StaleFact(Base):
    """A day of a unit whose facts must be made again; written in the transaction that changed the day."""

    __tablename__ = "stale_facts"

    unit_id: Mapped[int] = column("unit", sa.ForeignKey("units.id"), primary_key=True)
    day: Mapped[date] = column("local calendar day", primary_key=True)
    marked_at: Mapped[datetime] = column("when it was last marked", UtcDateTime)


def mark_stale(session: Session, unit_id: int, day: date, at: datetime) -> None:
    """Say, in the transaction that changes a day, that its facts must be made again."""
    mark_days_stale(session, [(unit_id, day)], at)


def mark_days_stale(session: Session, days: Iterable[tuple[int, date]], at: datetime) -> None:
    """The same of many days, each a unit and a day; in one order, so that two who mark cannot lock each other."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(StaleFact).on_conflict_do_update(
        index_elements=["unit_id", "day"], set_={"marked_at": insert(StaleFact).excluded.marked_at}
    )
    rows = [{"unit_id": unit_id, "day": day, "marked_at": at} for unit_id, day in sorted(set(days))]
    if rows:
        session.connection().execute(statement, rows)
