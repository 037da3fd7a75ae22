"""Questionnaires: one row a version, its questions one document, frozen once published.

Answers point at a version, so a later edit can never rewrite what people were asked. A trigger in the
database, not only this code, refuses to change a published document.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import Base, UtcDateTime, column, enum_of


class QuestionnaireStatus(StrEnum):
    """Life of a version."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class Questionnaire(Base):
    """One version of one questionnaire."""

    __tablename__ = "questionnaires"
    __table_args__ = (
        sa.UniqueConstraint("series", "version"),
        sa.CheckConstraint("version >= 1", name="version_positive"),
        sa.CheckConstraint("(status = 'draft') = (digest IS NULL)", name="published_has_digest"),
    )

    id: Mapped[int] = column("surrogate key", primary_key=True)
    unit_id: Mapped[int | None] = column("owner; empty for the common one", sa.ForeignKey("units.id"))
    series: Mapped[str] = column("identifier that all versions share", sa.String(60))
    version: Mapped[int] = column("1, 2, 3 …", default=1)
    status: Mapped[QuestionnaireStatus] = column("draft, published or retired", enum_of(QuestionnaireStatus))
    title: Mapped[str] = column("title that citizens see", sa.String(200))
    document: Mapped[dict[str, Any]] = column("the questions in order, see surveys.questions", sa.JSON)
    digest: Mapped[str | None] = column("SHA-256 of the document when published", sa.String(64))
    published_at: Mapped[datetime | None] = column("when it was published", UtcDateTime)
    retired_at: Mapped[datetime | None] = column("when it was retired", UtcDateTime)
