"""Exactly-once acceptance: one submission id gives one row and one receipt, however often it is sent."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, joinedload

from models import (
    AccessCode,
    Answer,
    CodePurpose,
    Entry,
    EntryContact,
    EntrySource,
    Keyring,
    Response,
    Stratum,
    Submission,
)
from models.codes import follow_up_code, follow_up_hash
from models.facts import mark_stale
from models.mergers import unit_on
from surveys.questions import Filled, Question, QuestionKind
from vietnamese.calendar import local_day

Place = dict[str, Any]
"""Province and unit that a row belongs to."""
BOX_QUESTION = Question("comment", QuestionKind.TEXT, "Ông/Bà muốn nói điều gì?", required=True)


@dataclass(frozen=True)
class Sender:
    """How to reach the sender, when they chose to say so."""

    name: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Receipt:
    """What the citizen gets. `changed` tells that this id was accepted before with other answers."""

    code: str
    received_at: datetime
    has_text: bool
    changed: bool


def accept(
    session: Session,
    keyring: Keyring,
    submission_id: uuid.UUID,
    access: AccessCode,
    filled: Filled,
    at: datetime,
    sender: Sender = Sender(),
    stratum: Stratum = Stratum.OPEN_QR,
) -> Receipt:
    """Store a filled form once. A retry, also a concurrent one, gets the receipt of the first.

    The form must have no problems. The caller commits; only then is the receipt true. What is stored belongs to
    the unit of the day: the code's, or whoever took that over (the paper on the wall outlives a commune).
    """
    if filled.problems:
        raise ValueError("a form with problems cannot be accepted")
    code = follow_up_code(keyring, submission_id)
    digest = _content_digest(keyring, filled, sender)
    unit = unit_on(session, access.unit, local_day(at))
    place = {"province_code": unit.province_code, "unit_id": unit.id}
    if not _claim(session, keyring, submission_id, access, code, digest, at, place):
        first = session.get_one(Submission, submission_id)
        return Receipt(code, first.received_at, bool(filled.text), first.content_digest != digest)
    if access.purpose is CodePurpose.SURVEY:
        _store_response(session, submission_id, access, filled, at, stratum, place)
    if filled.text:
        _store_entry(session, submission_id, access, filled.text, sender, at, place)
    return Receipt(code, at, bool(filled.text), changed=False)


def _claim(
    session: Session,
    keyring: Keyring,
    submission_id: uuid.UUID,
    access: AccessCode,
    code: str,
    digest: str,
    at: datetime,
    place: Place,
) -> bool:
    # The insert is the decision: of many at once one wins, the others wait for it and see its row.
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = (
        insert(Submission)
        .values(
            id=submission_id,
            code=access.code,
            received_at=at,
            content_digest=digest,
            follow_up_hash=follow_up_hash(keyring, code),
            **place,
        )
        .on_conflict_do_nothing(index_elements=["id"])
        .returning(Submission.id)
    )
    return session.scalar(statement) is not None


def _store_response(
    session: Session,
    submission_id: uuid.UUID,
    access: AccessCode,
    filled: Filled,
    at: datetime,
    stratum: Stratum,
    place: Place,
) -> None:
    day = local_day(at)
    session.add(
        Response(
            id=submission_id,
            questionnaire_id=access.questionnaire_id,
            code=access.code,
            stratum=stratum,
            overall=filled.overall,
            procedure_field=filled.choices.get("procedure_field"),
            received_at=at,
            received_on=day,
            **place,
        )
    )
    session.flush()
    for key, level in filled.items.items():
        session.add(Answer(response_id=submission_id, question=key, level=level, not_applicable=level is None, **place))
    mark_stale(session, place["unit_id"], day, at)


def _store_entry(
    session: Session,
    submission_id: uuid.UUID,
    access: AccessCode,
    text: str,
    sender: Sender,
    at: datetime,
    place: Place,
) -> None:
    source = EntrySource.BOX if access.purpose is CodePurpose.BOX else EntrySource.SURVEY
    session.add(Entry(id=submission_id, source=source, text=text, received_at=at, **place))
    session.flush()
    if sender.name or sender.contact:
        session.add(
            EntryContact(entry_id=submission_id, name=sender.name or None, contact=sender.contact or None, **place)
        )


def _content_digest(keyring: Keyring, filled: Filled, sender: Sender) -> str:
    content = [filled.overall, filled.text, sorted(filled.items.items()), sorted(filled.choices.items())]
    content += [sender.name, sender.contact]
    return keyring.digest("submission content", json.dumps(content).encode()).hex()


def find_access_code(session: Session, code: str) -> AccessCode | None:
    """The QR code a link ends in, also a retired one; None when it never existed."""
    return session.scalars(
        sa.select(AccessCode)
        .where(AccessCode.code == code)
        .options(joinedload(AccessCode.unit), joinedload(AccessCode.questionnaire))
    ).first()


def find_submission(session: Session, keyring: Keyring, code: str) -> Submission | None:
    """The submission a follow-up code belongs to."""
    return session.scalars(
        sa.select(Submission).where(Submission.follow_up_hash == follow_up_hash(keyring, code))
    ).first()
