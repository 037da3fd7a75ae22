"""What a citizen wrote. The row is the message: an entry without a decision is work for the worker."""

import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import Base, EncryptedText, Located, UtcDateTime, column, enum_of


class EntrySource(StrEnum):
    """Where a text came from."""

    SURVEY = "survey"
    BOX = "box"


class Entry(Base, Located):
    """A text, encrypted: intake cannot know yet what is restricted."""

    __tablename__ = "entries"
    __table_args__ = (sa.Index("ix_entries_unsorted", "sorted_at", "received_at"),)

    id: Mapped[uuid.UUID] = column("the submission", sa.ForeignKey("submissions.id"), primary_key=True)
    source: Mapped[EntrySource] = column("questionnaire comment or suggestion box", enum_of(EntrySource))
    text: Mapped[str] = column("what was written, NFC", EncryptedText, personal="free_text")
    received_at: Mapped[datetime] = column("when it was accepted", UtcDateTime)
    sorted_at: Mapped[datetime | None] = column("when a decision was made; empty is work to do", UtcDateTime)
    claimed_until: Mapped[datetime | None] = column("a worker has it until then; past is free again", UtcDateTime)
    attempts: Mapped[int] = column("how often sorting was begun", default=0)


class EntryContact(Base, Located):
    """How to reach the sender, apart from the text; only who answers may open it, and that is recorded."""

    __tablename__ = "entry_contacts"

    entry_id: Mapped[uuid.UUID] = column("entry", sa.ForeignKey("entries.id"), primary_key=True)
    name: Mapped[str | None] = column("name, when given", EncryptedText, personal="identity")
    contact: Mapped[str | None] = column("telephone or e-mail, when given", EncryptedText, personal="contact")


class MarkKind(StrEnum):
    """What an entry is marked as; the text stays, and every mark can be lifted."""

    JUNK = "junk"
    """Advertisement, keyboard noise, the same thing over and over: nothing to answer."""
    INSULT = "insult"
    """Foul words: shown covered until somebody opens them. What the entry says is answered all the same."""


class EntryMark(Base, Located):
    """A mark on an entry, set by a rule or a person and lifted by a person."""

    __tablename__ = "entry_marks"
    __table_args__ = (sa.CheckConstraint("(lifted_at IS NULL) = (lifted_by IS NULL)", name="lifted_by_somebody"),)

    entry_id: Mapped[uuid.UUID] = column("entry", sa.ForeignKey("entries.id"), primary_key=True)
    mark: Mapped[MarkKind] = column("junk or insult", enum_of(MarkKind), primary_key=True)
    set_at: Mapped[datetime] = column("since when", UtcDateTime)
    set_by: Mapped[int | None] = column("account that set it; empty: the service", sa.ForeignKey("accounts.id"))
    lifted_at: Mapped[datetime | None] = column("when a person took it back", UtcDateTime)
    lifted_by: Mapped[int | None] = column("account that took it back", sa.ForeignKey("accounts.id"))
