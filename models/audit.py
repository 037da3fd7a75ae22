"""The record of a case: a chain of events that cannot be rewritten unnoticed.

Each event carries the digest of the one before and a salted digest of its payload. The payload, with the
salt, lives in its own row under the case's own key: lawful erasure deletes that row (or the key) and the
chain still verifies. One chain a case, not one for all, so that no lock is shared by every writer.
"""

import hashlib
import json
import secrets
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from cryptography.fernet import Fernet
from sqlalchemy.orm import Mapped, Session, relationship

from models.base import Base, EncryptedText, Located, UtcDateTime, column
from models.cases import Case

GENESIS = "0" * 64


class CaseEvent(Base, Located):
    """One act on a case; never updated, never deleted (a trigger refuses)."""

    __tablename__ = "case_events"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "sequence"),
        sa.CheckConstraint("sequence >= 1", name="sequence_positive"),
    )

    id: Mapped[uuid.UUID] = column("derived from case and sequence", sa.Uuid, primary_key=True)
    case_id: Mapped[uuid.UUID] = column("case", sa.ForeignKey("cases.id"))
    sequence: Mapped[int] = column("1, 2, 3 … without gap")
    act: Mapped[str] = column("what was done: opened, confirmed, reassigned, drafted, …", sa.String(40))
    at: Mapped[datetime] = column("when", UtcDateTime)
    account_id: Mapped[int | None] = column("who; empty for the worker", sa.ForeignKey("accounts.id"))
    previous_digest: Mapped[str] = column("digest of the event before", sa.String(64))
    payload_digest: Mapped[str] = column("salted SHA-256 of the payload", sa.String(64))
    digest: Mapped[str] = column("SHA-256 over all of the above", sa.String(64))

    payload: Mapped["CaseEventPayload | None"] = relationship()


class CaseEventPayload(Base, Located):
    """The words of an act; erasable."""

    __tablename__ = "case_event_payloads"

    event_id: Mapped[uuid.UUID] = column("event", sa.ForeignKey("case_events.id"), primary_key=True)
    salt: Mapped[str] = column("random, so that a short payload cannot be guessed from its digest", sa.String(64))
    body: Mapped[bytes] = column("JSON, encrypted with the case's key", sa.LargeBinary, personal="free_text")


class CaseKey(Base, Located):
    """The key of one case, sealed by the key ring. Deleting it erases all payloads of the case at once."""

    __tablename__ = "case_keys"

    case_id: Mapped[uuid.UUID] = column("case", sa.ForeignKey("cases.id"), primary_key=True)
    key: Mapped[str] = column("Fernet key", EncryptedText, personal="credential")


def append_event(
    session: Session, case: Case, act: str, at: datetime, account_id: int | None = None, **payload: Any
) -> CaseEvent:
    """Add one act to the case's chain. Two writers at once meet the unique (case, sequence)."""
    last = session.scalars(
        sa.select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.sequence.desc()).limit(1)
    ).first()
    sequence = last.sequence + 1 if last else 1
    salt, body = secrets.token_hex(32), canonical(payload)
    event = CaseEvent(
        id=uuid.uuid5(case.id, f"event {sequence}"),
        case_id=case.id,
        province_code=case.province_code,
        unit_id=case.unit_id,
        sequence=sequence,
        act=act,
        at=at,
        account_id=account_id,
        previous_digest=last.digest if last else GENESIS,
        payload_digest=payload_digest(salt, body),
    )
    event.digest = event_digest(event)
    sealed = Fernet(_case_key(session, case)).encrypt(body)
    event.payload = CaseEventPayload(
        event_id=event.id, province_code=case.province_code, unit_id=case.unit_id, salt=salt, body=sealed
    )
    session.add(event)
    session.flush()
    return event


class Head(NamedTuple):
    """Where a chain stands: number and digest of its last event. It stands for every event before it."""

    sequence: int
    digest: str


def read_heads(session: Session) -> tuple[dict[str, Head], int]:
    """Head of every chain by the case's id (hexadecimal), and the number of all events.

    One statement, so it sees one instant, and it takes no lock: whoever writes meanwhile neither waits nor is seen.
    """
    last = (
        sa.select(CaseEvent.case_id, sa.func.max(CaseEvent.sequence).label("sequence"), sa.func.count().label("events"))
        .group_by(CaseEvent.case_id)
        .subquery()
    )
    rows = session.execute(
        sa.select(CaseEvent.case_id, CaseEvent.sequence, CaseEvent.digest, last.c.events).join(
            last, sa.and_(last.c.case_id == CaseEvent.case_id, last.c.sequence == CaseEvent.sequence)
        )
    ).all()
    heads = {case_id.hex: Head(sequence, digest) for case_id, sequence, digest, _events in rows}
    return heads, sum(events for *_head, events in rows)


def open_payload(session: Session, event: CaseEvent) -> Mapping[str, Any] | None:
    """The words of an act, or None once they were erased."""
    key = session.get(CaseKey, event.case_id)
    if event.payload is None or key is None:
        return None
    return dict(json.loads(Fernet(key.key).decrypt(event.payload.body)))


def canonical(payload: Mapping[str, Any]) -> bytes:
    """The one byte form of a payload that digests are made of."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def payload_digest(salt: str, body: bytes) -> str:
    """Digest that hides a payload until its salt is known."""
    return hashlib.sha256(bytes.fromhex(salt) + body).hexdigest()


def event_digest(event: CaseEvent) -> str:
    """Digest over everything an event says, in one fixed form."""
    fields: Sequence[Any] = (
        event.case_id.hex,
        event.sequence,
        event.act,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.account_id,
        event.previous_digest,
        event.payload_digest,
    )
    return hashlib.sha256(json.dumps(fields).encode()).hexdigest()


def _case_key(session: Session, case: Case) -> str:
    row = session.get(CaseKey, case.id)
    if row is None:
        row = CaseKey(
            case_id=case.id,
            province_code=case.province_code,
            unit_id=case.unit_id,
            key=Fernet.generate_key().decode(),
        )
        session.add(row)
        session.flush()
    return row.key
