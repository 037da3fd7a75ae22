"""Ratings. Anonymous by construction: nothing here can hold who answered."""

import uuid
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, relationship

from models.base import Base, Located, UtcDateTime, column, enum_of


class Stratum(StrEnum):
    """How the answer was got; ratings at the desk flatter, so strata are never mixed silently."""

    RECEIPT = "receipt"
    OPEN_QR = "open_qr"
    KIOSK = "kiosk"
    ASSISTED = "assisted"
    PAPER = "paper"
    PHONE = "phone"


class Response(Base, Located):
    """One filled questionnaire."""

    __tablename__ = "responses"
    __table_args__ = (
        sa.CheckConstraint("overall BETWEEN 1 AND 5", name="overall_on_scale"),
        sa.Index("ix_responses_unit_day", "unit_id", "received_on"),
    )

    id: Mapped[uuid.UUID] = column("the submission", sa.ForeignKey("submissions.id"), primary_key=True)
    questionnaire_id: Mapped[int] = column("version answered", sa.ForeignKey("questionnaires.id"))
    code: Mapped[str] = column("QR code, hence counter", sa.ForeignKey("access_codes.code"))
    stratum: Mapped[Stratum] = column("how the answer was got", enum_of(Stratum))
    overall: Mapped[int | None] = column(
        "1 very dissatisfied … 5 very satisfied; empty when left blank", sa.SmallInteger
    )
    procedure_field: Mapped[str | None] = column("field of the procedure, when told", sa.String(60))
    received_at: Mapped[datetime] = column("when it was accepted", UtcDateTime)
    received_on: Mapped[date] = column("local calendar day of acceptance (Asia/Ho_Chi_Minh)")

    answers: Mapped[list["Answer"]] = relationship()


class Answer(Base, Located):
    """One item: a level, or not applicable. An item left blank has no row."""

    __tablename__ = "answers"
    __table_args__ = (
        sa.CheckConstraint("level BETWEEN 1 AND 5", name="level_on_scale"),
        sa.CheckConstraint("(level IS NULL) = not_applicable", name="level_or_not_applicable"),
    )

    response_id: Mapped[uuid.UUID] = column("response", sa.ForeignKey("responses.id"), primary_key=True)
    question: Mapped[str] = column("key of the question in its version", sa.String(40), primary_key=True)
    level: Mapped[int | None] = column("1 … 5", sa.SmallInteger)
    not_applicable: Mapped[bool] = column("said not to apply; leaves the denominator", default=False)
