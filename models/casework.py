"""What happens around a case besides replies: letters to other authorities, reminders, statements, saved answers."""

import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import Base, EncryptedText, Located, UtcDateTime, column, enum_of


class Transfer(Base, Located):
    """A case handed to another authority, with what was sent along."""

    __tablename__ = "transfers"

    case_id: Mapped[uuid.UUID] = column("case", sa.ForeignKey("cases.id"), primary_key=True)
    number: Mapped[int] = column("1, 2, 3 … of this case", primary_key=True)
    authority: Mapped[str] = column("name of the authority that is to answer", sa.String(200))
    letter_number: Mapped[str] = column("number of the covering letter, or empty", sa.String(60), default="")
    sent: Mapped[str] = column("what was sent: the words as they went out", EncryptedText, personal="free_text")
    with_contact: Mapped[bool] = column("whether the sender's name and telephone went along", default=False)
    at: Mapped[datetime] = column("when", UtcDateTime)
    account_id: Mapped[int] = column("who sent it", sa.ForeignKey("accounts.id"))


class SameMatter(Base, Located):
    """A case that is the same matter as another, whose reply answers both; each sender keeps the own code."""

    __tablename__ = "same_matters"
    __table_args__ = (sa.CheckConstraint("case_id <> lead_id", name="not_itself"),)

    case_id: Mapped[uuid.UUID] = column("case that follows", sa.ForeignKey("cases.id"), primary_key=True)
    lead_id: Mapped[uuid.UUID] = column("case whose reply answers both", sa.ForeignKey("cases.id"), index=True)
    at: Mapped[datetime] = column("since when", UtcDateTime)
    account_id: Mapped[int] = column("who said so", sa.ForeignKey("accounts.id"))


class ReminderStep(StrEnum):
    """Who is told that a term nears, is there, or has passed."""

    BEFORE = "before"
    DUE = "due"
    AFTER = "after"
    LEADER = "leader"
    SUPERIOR = "superior"


class Reminder(Base, Located):
    """One step of one clock of a case was taken; each is taken once for each due instant."""

    __tablename__ = "reminders"
    __table_args__ = (sa.CheckConstraint("clock IN ('intake', 'answer')", name="clock"),)

    case_id: Mapped[uuid.UUID] = column("case", sa.ForeignKey("cases.id"), primary_key=True)
    clock: Mapped[str] = column("intake or answer", sa.String(16), primary_key=True)
    step: Mapped[ReminderStep] = column("which step", enum_of(ReminderStep), primary_key=True)
    due_at: Mapped[datetime] = column("the instant it reminds of", UtcDateTime, primary_key=True)
    at: Mapped[datetime] = column("when it was sent", UtcDateTime)


class PraisedOfficer(Base, Located):
    """An officer whom an entry of praise names: it is shown to that officer."""

    __tablename__ = "praised_officers"

    case_id: Mapped[uuid.UUID] = column("case", sa.ForeignKey("cases.id"), primary_key=True)
    officer_id: Mapped[int] = column("officer named", sa.ForeignKey("officers.id"), primary_key=True, index=True)


class Statement(Base, Located):
    """What an officer says to an accusation that was verified as false."""

    __tablename__ = "statements"

    case_id: Mapped[uuid.UUID] = column("case", sa.ForeignKey("cases.id"), primary_key=True)
    officer_id: Mapped[int] = column("officer who was accused", sa.ForeignKey("officers.id"), primary_key=True)
    invited_at: Mapped[datetime] = column("when a leader asked for it", UtcDateTime)
    invited_by: Mapped[int] = column("account that asked", sa.ForeignKey("accounts.id"))
    told: Mapped[str] = column(
        "what the leader tells of the accusation, without a word of who wrote", EncryptedText, personal="free_text"
    )
    text: Mapped[str | None] = column("the officer's answer", EncryptedText, personal="free_text")
    answered_at: Mapped[datetime | None] = column("when it was given", UtcDateTime)


class SavedReply(Base):
    """Words for an answer that come back often, of one officer or of the whole unit."""

    __tablename__ = "saved_replies"

    id: Mapped[int] = column("surrogate key", primary_key=True)
    unit_id: Mapped[int] = column("unit", sa.ForeignKey("units.id"), index=True)
    officer_id: Mapped[int | None] = column("whose; empty: the whole unit's", sa.ForeignKey("officers.id"), index=True)
    title: Mapped[str] = column("what it is called", sa.String(120))
    text: Mapped[str] = column("the words", sa.Text)
    made_at: Mapped[datetime] = column("when it was last changed", UtcDateTime)


class SigningRule(Base):
    """Who signs answers to entries of one kind in a unit, where it is not a leader."""

    __tablename__ = "signing_rules"

    unit_id: Mapped[int] = column("unit", sa.ForeignKey("units.id"), primary_key=True)
    kind: Mapped[str] = column("label of the taxonomy", sa.String(40), primary_key=True)
    officer_signs: Mapped[bool] = column("whether the officer who answers issues the answer alone")
