"""Walking the record: every chain of events link by link, and held against what checkpoints testify."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy.orm import Session, selectinload

from models import Case, CaseEvent, CaseEventPayload, CaseKey
from models.audit import GENESIS, event_digest, payload_digest
from models.base import keyring_of
from models.encryption import CannotUnseal
from triage.casework.testimony import Fault, Heard, Mark, fault_of, restored_since, unfulfilled

BATCH = 1000
"""Events read at once: a province's record does not fit into memory."""


@dataclass
class Walk:
    """What a walk over all chains found."""

    cases: int = 0
    events: int = 0
    erased: int = 0
    faults: list[Fault] = field(default_factory=list)
    broken: list[tuple[str, Mark]] = field(default_factory=list)
    """What checkpoints say of a case (hexadecimal id) and its chain does not bear out."""
    restored_since: int | None = None
    """The checkpoint after which everything is gone: a backup was restored, or all of it was cut off."""


def verify_all(session: Session, heard: Heard | None = None) -> Walk:
    """Walk every chain of a snapshot; `heard` was read before the snapshot was taken.

    Without checkpoints, what was cut off at the end of a chain or removed with its case cannot be seen.
    """
    heard = heard or Heard()
    walk, chained = Walk(faults=list(heard.faults)), set[str]()
    references = {case_id.hex: reference for case_id, reference in session.execute(sa.select(Case.id, Case.reference))}
    keys = _sealed_keys(session)
    for case, chain in _chains(session):
        chained.add(case)
        reference = references.get(case, _unknown(case))
        if case not in references:
            walk.faults.append(Fault(reference, 1, "its case was removed"))
        digests: dict[int, str] = {}
        walk.faults += _walk_chain(reference, chain, _opened(session, keys.get(case)), walk, digests)
        _hold(walk, heard, case, reference, digests)
    for case in sorted({*references, *heard.marks} - chained):
        if not _hold(walk, heard, case, references.get(case, _unknown(case)), {}) and case in references:
            walk.faults.append(Fault(references[case], 1, "no events at all"))
    walk.cases = len(references)
    walk.restored_since = restored_since(heard, walk.broken)
    return walk


def _unknown(case: str) -> str:
    return f"case {uuid.UUID(case)}"


def _hold(walk: Walk, heard: Heard, case: str, reference: str, digests: Mapping[int, str]) -> bool:
    """Hold a chain against its marks; returns whether it does not bear them out."""
    marks = heard.marks.get(case, [])
    missed = unfulfilled(marks, digests)
    walk.broken += [(case, mark) for mark in missed]
    if missed:
        walk.faults.append(fault_of(reference, marks, missed, digests, heard))
    return bool(missed)


def _chains(session: Session) -> Iterator[tuple[str, Iterable[CaseEvent]]]:
    query = sa.select(CaseEvent).options(selectinload(CaseEvent.payload))
    events = session.scalars(query.order_by(CaseEvent.case_id, CaseEvent.sequence).execution_options(yield_per=BATCH))
    return groupby(events, key=lambda event: event.case_id.hex)


def _sealed_keys(session: Session) -> dict[str, bytes]:
    # Read as they lie there: a key that was changed is a fault to name, not a reason to stop.
    rows = session.execute(sa.select(CaseKey.case_id, sa.type_coerce(CaseKey.key, sa.LargeBinary)))
    return {case_id.hex: bytes(key) for case_id, key in rows}


def _opened(session: Session, sealed: bytes | None) -> str | None:
    """A case's key; None once it was erased, empty when it cannot be opened."""
    try:
        return None if sealed is None else keyring_of(session.get_bind().dialect).unseal(sealed)
    except CannotUnseal:
        return ""


def _walk_chain(
    reference: str, chain: Iterable[CaseEvent], key: str | None, walk: Walk, digests: dict[int, str]
) -> Iterator[Fault]:
    """Faults of one chain; puts the digest of each event into `digests`."""
    previous, gap = GENESIS, False
    for expected, event in enumerate(chain, start=1):
        walk.events += 1
        digests[event.sequence] = event.digest
        if gap:
            continue  # the rest would only repeat it
        if event.sequence != expected:
            gap = True
            yield Fault(reference, expected, "missing: the sequence has a gap")
            continue
        if event.previous_digest != previous:
            yield Fault(reference, event.sequence, "does not follow the event before it")
        if event.digest != event_digest(event):
            yield Fault(reference, event.sequence, "was changed: its digest does not fit")
        if event.payload is None or key is None:
            walk.erased += 1
        elif not _payload_fits(event, event.payload, key):
            yield Fault(reference, event.sequence, "its payload was changed")
        previous = event.digest


def _payload_fits(event: CaseEvent, payload: CaseEventPayload, key: str) -> bool:
    try:
        body = Fernet(key).decrypt(payload.body)
    except (InvalidToken, ValueError):
        return False
    return payload_digest(payload.salt, body) == event.payload_digest
