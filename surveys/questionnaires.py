"""The life of a questionnaire: draft → published (frozen) → retired."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Questionnaire, QuestionnaireStatus
from surveys.questions import read_document
from surveys.standard import STANDARD_DOCUMENT, STANDARD_SERIES


class NotADraft(Exception):
    """Only a draft can be published."""


def draft_questionnaire(
    session: Session, series: str, title: str, document: Mapping[str, Any], unit_id: int | None = None
) -> Questionnaire:
    """A new draft version of a series; raises InvalidDocument."""
    read_document(document)
    last = session.scalar(sa.select(sa.func.max(Questionnaire.version)).where(Questionnaire.series == series))
    questionnaire = Questionnaire(
        series=series,
        title=title,
        document=dict(document),
        unit_id=unit_id,
        version=(last or 0) + 1,
        status=QuestionnaireStatus.DRAFT,
    )
    session.add(questionnaire)
    session.flush()
    return questionnaire


def publish_questionnaire(session: Session, questionnaire: Questionnaire, at: datetime) -> None:
    """Freeze a draft: from here on the database refuses to change its document."""
    if questionnaire.status is not QuestionnaireStatus.DRAFT:
        raise NotADraft(f"questionnaire {questionnaire.series} version {questionnaire.version} is not a draft")
    read_document(questionnaire.document)
    questionnaire.status = QuestionnaireStatus.PUBLISHED
    questionnaire.digest = document_digest(questionnaire.document)
    questionnaire.published_at = at
    session.flush()


def get_standard_questionnaire(session: Session, at: datetime) -> Questionnaire:
    """The newest published version of the standard questionnaire; published at the first call."""
    found = session.scalars(
        sa.select(Questionnaire)
        .where(Questionnaire.series == STANDARD_SERIES, Questionnaire.status == QuestionnaireStatus.PUBLISHED)
        .order_by(Questionnaire.version.desc())
    ).first()
    if found:
        return found
    title = "Đánh giá sau giao dịch"
    questionnaire = draft_questionnaire(session, STANDARD_SERIES, title, STANDARD_DOCUMENT)
    publish_questionnaire(session, questionnaire, at)
    return questionnaire


def document_digest(document: Mapping[str, Any]) -> str:
    """SHA-256 over the one byte form of a document."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
