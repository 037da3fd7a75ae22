"""Releases of the classifier: what each was learned from, how it measured, and which one serves."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import Base, UtcDateTime, column, enum_of


class ReleaseState(StrEnum):
    """Where a release stands. One serves at a time."""

    CANDIDATE = "candidate"
    REFUSED = "refused"
    """A safety figure fell against the one that served."""
    SERVING = "serving"
    RETIRED = "retired"


class ClassifierRelease(Base):
    """One classifier that was built for this installation; its file stands in the folder of releases."""

    __tablename__ = "classifier_releases"
    __table_args__ = (
        sa.Index("uq_classifier_releases_serving", "state", unique=True, sqlite_where=sa.text("state = 'serving'"),
                 postgresql_where=sa.text("state = 'serving'")),
    )  # fmt: skip

    number: Mapped[int] = column("1, 2, 3 … in order of building", primary_key=True)
    release: Mapped[str] = column("digest of what it learned, as in decisions", sa.String(40), unique=True)
    state: Mapped[ReleaseState] = column("candidate, refused, serving or retired", enum_of(ReleaseState))
    made_at: Mapped[datetime] = column("when it was built", UtcDateTime)
    corpus: Mapped[str] = column("digest of the texts and labels it learned from", sa.String(40))
    entries: Mapped[int] = column("number of texts of the corpus")
    corrections: Mapped[int] = column("number of texts that people confirmed or corrected", default=0)
    figures: Mapped[dict[str, Any]] = column("what it measured: {set: {figure: {k, n}}}", sa.JSON)
    reason: Mapped[str] = column("why it was promoted or refused", sa.String(1000), default="")
    decided_at: Mapped[datetime | None] = column("when it was promoted, refused or retired", UtcDateTime)
