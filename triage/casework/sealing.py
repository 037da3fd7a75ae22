"""A commune that runs alone keeps nothing readable of what belongs to the superior level.

Law 25/2018 Art. 8, 12–13: the accused leader's own administrator must not be able to read the denunciation.
As soon as a case is known to be the superior's, its words are sealed to the province's key and forgotten here.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import (
    Case,
    CaseEvent,
    CaseEventPayload,
    Decision,
    Entry,
    EntryContact,
    Reply,
    SealedPackage,
    Transfer,
    Unit,
)
from models.audit import append_event
from models.base import keyring_of
from models.sealing import fingerprint, seal, seal_bundle


def seal_for_superior(session: Session, case: Case, at: datetime) -> None:
    """Seal the words of a superior's case and forget them, where a province's key is trusted; else do nothing."""
    public = keyring_of(session.get_bind().dialect).superior
    if not public or session.get(SealedPackage, case.id) is not None:
        return
    entry = session.get_one(Entry, case.entry_id)
    content = _content(session, case, entry)
    session.add(
        SealedPackage(
            case_id=case.id, province_code=case.province_code, unit_id=case.unit_id, recipient=fingerprint(public),
            sealed=seal(public, content, case.reference), sealed_at=at,
        )
    )  # fmt: skip
    _forget(session, entry)


def seal_waiting(session: Session, at: datetime) -> int:
    """Seal the superior's cases that came before the province's key was trusted; returns how many."""
    cases = session.scalars(
        sa.select(Case).where(Case.superior, Case.id.not_in(sa.select(SealedPackage.case_id)))
    ).all()
    for case in cases:
        seal_for_superior(session, case, at)
    return len(cases)


def bundle(session: Session, public: str, at: datetime, again: bool = False) -> str:
    """What waits for the province as one text, marked as handed over; with `again` also what was before.

    There is always a bundle, and its size tells nothing: whoever carries it must not learn whether a case exists.
    """
    query = sa.select(SealedPackage, Case).join(Case, Case.id == SealedPackage.case_id)
    if not again:
        query = query.where(SealedPackage.handed_over_at.is_(None))
    packages = {}
    for package, case in session.execute(query.order_by(Case.opened_at)).all():
        packages[case.reference] = package.sealed
        package.handed_over_at = at
        append_event(session, case, "handed_over", at)
    return seal_bundle(public, packages)


def _content(session: Session, case: Case, entry: Entry) -> dict[str, Any]:
    unit, contact = session.get_one(Unit, case.unit_id), session.get(EntryContact, entry.id)
    of_entry = sa.select(Case.id).where(Case.entry_id == entry.id)
    replies = session.scalars(sa.select(Reply).where(Reply.case_id.in_(of_entry)).order_by(Reply.drafted_at))
    return {
        "reference": case.reference,
        "unit": {"code": unit.code, "name": unit.name},
        "received_at": entry.received_at.isoformat(),
        "due_at": case.due_at.isoformat(),
        "kind": case.kind,
        "topic": case.topic,
        "urgent": case.urgent,
        "text": entry.text,
        "name": contact.name if contact else None,
        "contact": contact.contact if contact else None,
        "drafts": [reply.text for reply in replies],
    }


def _forget(session: Session, entry: Entry) -> None:
    """Delete every word of the entry in this installation; the chains of its cases go on verifying as erased."""
    session.flush()
    entry.text = ""
    of_entry = sa.select(Case.id).where(Case.entry_id == entry.id)
    events = sa.select(CaseEvent.id).where(CaseEvent.case_id.in_(of_entry))
    session.execute(sa.delete(CaseEventPayload).where(CaseEventPayload.event_id.in_(events)))
    session.execute(sa.delete(EntryContact).where(EntryContact.entry_id == entry.id))
    session.execute(sa.update(Decision).where(Decision.entry_id == entry.id).values(reasons="[]"))
    session.execute(sa.update(Transfer).where(Transfer.case_id.in_(of_entry)).values(sent=""))
    session.execute(sa.update(Reply).where(Reply.case_id.in_(of_entry)).values(text="", note=None))
    session.flush()
