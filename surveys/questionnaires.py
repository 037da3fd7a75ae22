"""The life of a questionnaire: draft → published (frozen) → retired."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import AccessCode, Questionnaire, QuestionnaireStatus, Unit
from models.refusals import Refused
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
    _check_draft(questionnaire)
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


def own_series(unit_code: str) -> str:
    """The series that all versions of a commune's own questionnaire share."""
    return f"{STANDARD_SERIES}-{unit_code}"


def own_questionnaires(session: Session, unit: Unit) -> list[Questionnaire]:
    """The versions of a commune's own questionnaire, newest first."""
    query = sa.select(Questionnaire).where(Questionnaire.unit_id == unit.id)
    return list(session.scalars(query.order_by(Questionnaire.version.desc(), Questionnaire.id.desc())))


def standard_questionnaires(session: Session) -> list[Questionnaire]:
    """The published versions of the common questionnaire, newest first."""
    published = Questionnaire.status == QuestionnaireStatus.PUBLISHED
    query = sa.select(Questionnaire).where(Questionnaire.unit_id.is_(None), published)
    return list(session.scalars(query.order_by(Questionnaire.version.desc())))


def new_own_draft(session: Session, unit: Unit, basis: Questionnaire) -> Questionnaire:
    """A draft of the commune's own series, copied from another version; one draft at a time."""
    drafts = (q for q in own_questionnaires(session, unit) if q.status is QuestionnaireStatus.DRAFT)
    if next(drafts, None) is not None:
        raise Refused("draft_there")
    if basis.unit_id not in (None, unit.id):
        raise Refused("questionnaire_unknown")
    return draft_questionnaire(session, own_series(unit.code or ""), basis.title, basis.document, unit.id)


def change_draft(session: Session, questionnaire: Questionnaire, title: str, document: Mapping[str, Any]) -> None:
    """New title and questions of a draft; raises NotADraft, InvalidDocument, or Refused for an empty title."""
    _check_draft(questionnaire)
    if not title.strip():
        raise Refused("title_missing", "ten")
    read_document(document)
    questionnaire.title, questionnaire.document = title.strip(), dict(document)
    session.flush()


def discard_draft(session: Session, questionnaire: Questionnaire) -> None:
    """Throw a draft away; nobody ever saw it."""
    _check_draft(questionnaire)
    session.delete(questionnaire)
    session.flush()


def retire_questionnaire(session: Session, questionnaire: Questionnaire, at: datetime) -> None:
    """Stop a published version for good; raises Refused while a living code asks with it."""
    if questionnaire.status is not QuestionnaireStatus.PUBLISHED:
        raise Refused("not_published")
    asking = sa.select(AccessCode.code).where(
        AccessCode.questionnaire_id == questionnaire.id, AccessCode.retired_at.is_(None)
    )
    if session.scalars(asking.limit(1)).first() is not None:
        raise Refused("questionnaire_in_use")
    questionnaire.status, questionnaire.retired_at = QuestionnaireStatus.RETIRED, at
    session.flush()


def _check_draft(questionnaire: Questionnaire) -> None:
    if questionnaire.status is not QuestionnaireStatus.DRAFT:
        raise NotADraft(f"questionnaire {questionnaire.series} version {questionnaire.version} is not a draft")
