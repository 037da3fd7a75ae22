"""Walking the record: every chain of events is checked link by link."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy.orm import Session, selectinload

from models import Case, CaseEvent, CaseKey
from models.audit import GENESIS, event_digest, payload_digest


@dataclass(frozen=True)
class Fault:
    """One thing that cannot be so in an unbroken record."""

    reference: str
    sequence: int
    what: str


@dataclass
class Walk:
    """What a walk over all chains found."""

    cases: int = 0
    events: int = 0
    erased: int = 0
    faults: list[Fault] = field(default_factory=list)


def verify_all(session: Session) -> Walk:
    """Walk every chain. What was cut off at the end of a chain cannot be seen from inside the database."""
    walk = Walk()
    keys = {key.case_id: key.key for key in session.scalars(sa.select(CaseKey))}
    chained = set()
    events = session.scalars(
        sa.select(CaseEvent).options(selectinload(CaseEvent.payload)).order_by(CaseEvent.case_id, CaseEvent.sequence)
    )
    references = dict(session.execute(sa.select(Case.id, Case.reference)).all())
    for case_id, chain in groupby(events, key=lambda event: event.case_id):
        chained.add(case_id)
        walk.faults += _walk_chain(references.get(case_id, str(case_id)), list(chain), keys.get(case_id), walk)
    walk.cases = len(references)
    walk.faults += [Fault(ref, 1, "no events at all") for case_id, ref in references.items() if case_id not in chained]
    return walk


def _walk_chain(reference: str, chain: list[CaseEvent], key: str | None, walk: Walk) -> Iterator[Fault]:
    previous = GENESIS
    for expected, event in enumerate(chain, start=1):
        walk.events += 1
        if event.sequence != expected:
            yield Fault(reference, expected, "missing: the sequence has a gap")
            return
        if event.previous_digest != previous:
            yield Fault(reference, event.sequence, "does not follow the event before it")
        if event.digest != event_digest(event):
            yield Fault(reference, event.sequence, "was changed: its digest does not fit")
        if event.payload is None or key is None:
            walk.erased += 1
        elif not _payload_fits(event, key):
            yield Fault(reference, event.sequence, "its payload was changed")
        previous = event.digest


def _payload_fits(event: CaseEvent, key: str) -> bool:
    assert event.payload is not None
    try:
        body = Fernet(key).decrypt(event.payload.body)
    except InvalidToken:
        return False
    return payload_digest(event.payload.salt, body) == event.payload_digest
