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
    """One reading of one entry; number 1 is the classifier's, later ones are people's."""

    __tablename__ = "decisions"
    __table_args__ = (sa.UniqueConstraint("entry_id", "number"),)

    id: Mapped[uuid.UUID] = column("derived from entry and number", sa.Uuid, primary_key=True)
    entry_id: Mapped[uuid.UUID] = column("entry read", sa.ForeignKey("entries.id"))
    number: Mapped[int] = column("1, 2, 3 … in order of time")
    source: Mapped[DecisionSource] = column("classifier or person", enum_of(DecisionSource))
    account_id: Mapped[int | None] = column("person who confirmed or corrected", sa.ForeignKey("accounts.id"))
    release: Mapped[str] = column("release of the classifier, or empty", sa.String(40), default="")
    made_at: Mapped[datetime] = column("when", UtcDateTime)
    kind: Mapped[str] = column("label of the taxonomy", sa.String(40))
    topic: Mapped[str] = column("primary topic", sa.String(40))
    topics: Mapped[list[dict[str, Any]]] = column("suggestions with probabilities, best first", sa.JSON)
    urgent: Mapped[bool] = column("danger now")
    accuses_staff: Mapped[bool] = column("blames the conduct of someone who serves the authority")
    abstained: Mapped[bool] = column("too unsure to route alone", default=False)
    route: Mapped[str] = column("post, reception, restricted_intake, duty_leader or superior", sa.String(60))
    reasons: Mapped[str] = column("why, as JSON; quotes the text", EncryptedText, personal="free_text")
