"""Administrative procedures and the transactions imported from the province's one-stop system.

A transaction tells who could have been asked: participation is answers over transactions. No row here can
hold who the applicant was.
"""

import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import Base, Located, column

FIELDS = (
    "civil_status",
    "certification",
    "land",
    "construction",
    "social_welfare",
    "residence",
    "business",
    "other",
)
"""Fields of procedures: the choices of the standard questionnaire's question `procedure_field`."""


class Procedure(Base):
    """One administrative procedure of the national catalogue."""

    __tablename__ = "procedures"

    code: Mapped[str] = column("such as 1.001193.000.00.00.H41", sa.String(40), primary_key=True)
    name: Mapped[str] = column("official name", sa.String(300))
    field: Mapped[str] = column("field it belongs to, as the questionnaire offers it", sa.String(60))


class Transaction(Base, Located):
    """One dossier received: when, until when it was promised, when it was returned."""

    __tablename__ = "transactions"
    __table_args__ = (
        sa.UniqueConstraint("unit_id", "dossier_code"),
        sa.CheckConstraint("finished_on IS NULL OR finished_on >= received_on", name="finished_after_received"),
        sa.Index("ix_transactions_unit_day", "unit_id", "received_on"),
    )

    id: Mapped[uuid.UUID] = column("derived from unit and dossier code", sa.Uuid, primary_key=True)
    dossier_code: Mapped[str] = column(
        "unit-YYMMDD-XXXX (Circular 01/2018 Art. 19)", sa.String(40), personal="linkable"
    )
    procedure_code: Mapped[str | None] = column("procedure, when known", sa.ForeignKey("procedures.code"))
    field: Mapped[str] = column("field of the procedure", sa.String(60))
    received_on: Mapped[date] = column("local calendar day of receipt")
    due_on: Mapped[date | None] = column("day promised on the receipt slip")
    finished_on: Mapped[date | None] = column("day the result was ready; empty while open")
