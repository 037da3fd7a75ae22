"""What the classifier said of an entry, and what a person said after it. Corrections are labels to learn from."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import Base, EncryptedText, Located, UtcDateTime, column, enum_of


class DecisionSource(StrEnum):
    """Who decided."""

    CLASSIFIER = "classifier"
    PERSON = "person"


class Decision(Base, Located):
    """One reading of one matter of an entry.

    The classifier's come first, numbered as the matters are; later ones are people's.
    """

    __tablename__ = "decisions"
    __table_args__ = (sa.UniqueConstraint("entry_id", "number"),)

    id: Mapped[uuid.UUID] = column("derived from entry and number", sa.Uuid, primary_key=True)
    entry_id: Mapped[uuid.UUID] = column("entry read", sa.ForeignKey("entries.id"))
    matter: Mapped[int] = column("which of the entry's matters, from 1", default=1, server_default="1")
    number: Mapped[int] = column("1, 2, 3 … in order of time")
    source: Mapped[DecisionSource] = column("classifier or person", enum_of(DecisionSource))
    account_id: Mapped[int | None] = column("person who confirmed or corrected", sa.ForeignKey("accounts.id"))
    release: Mapped[str] = column("release of the classifier, or empty", sa.String(40), default="")
    made_at: Mapped[datetime] = column("when", UtcDateTime)
    kind: Mapped[str] = column("label of the taxonomy", sa.String(40))
    topic: Mapped[str] = column("primary topic", sa.String(40))
    topics: Mapped[list[dict[str, Any]]] = column("suggestions with probabilities, best first", sa.JSON)
    sentiment: Mapped[str | None] = column("negative, neutral or positive; empty where a person decided", sa.String(16))
    urgent: Mapped[bool] = column("danger now")
    accuses_staff: Mapped[bool] = column("blames the conduct of someone who serves the authority")
    abstained: Mapped[bool] = column("too unsure to route alone", default=False)
    route: Mapped[str] = column("post, reception, restricted_intake, duty_leader or superior", sa.String(60))
    reasons: Mapped[str] = column("why, as JSON; quotes the text", EncryptedText, personal="free_text")


class AuditedCase(Base, Located):
    """A case drawn by lot among those routed without a person: its handler must confirm or correct the labels.

    Confirmations that people give of themselves come mostly where the classifier erred; only cases drawn by lot tell
    how often it is right.
    """

    __tablename__ = "audited_cases"

    case_id: Mapped[uuid.UUID] = column("case", sa.ForeignKey("cases.id"), primary_key=True)
    release: Mapped[str] = column("release of the classifier that routed it", sa.String(40), index=True)
    drawn_at: Mapped[datetime] = column("when the lot fell on it", UtcDateTime)
