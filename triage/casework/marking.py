"""Marks on an entry: junk, and foul words. Rules set them, people set and lift them; the text always stays.

A mark is a remark for whoever reads the entry. It closes nothing and hides nothing: foul words stand covered until
somebody opens them, and what looks like junk lies at reception until a person files or sorts it.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from models import Case, Entry, EntryMark, MarkKind
from models.audit import append_event
from triage.casework.access import Viewer, handles
from triage.casework.acts import NotAllowed
from triage.reading.foul import cover

COVER = "[…]"
"""Stands for foul words; read aloud it says that something was left out."""


@dataclass(frozen=True)
class Marks:
    """The marks that stand on an entry. `covered` is the text without its foul words, where these are covered."""

    junk: bool
    insult: bool
    covered: str | None


def store_marks(session: Session, entry: Entry, marks: Iterable[str], at: datetime) -> None:
    """Store what the rules say of an entry, in the transaction that opens its cases."""
    for mark in marks:
        session.add(_mark(entry, MarkKind(mark), at, None))
    session.flush()


def set_mark(session: Session, viewer: Viewer, case: Case, mark: MarkKind, at: datetime) -> None:
    """Mark the entry of a case by hand. Raises NotAllowed for whoever does not answer it, and for a closed case."""
    _require_changeable(viewer, case)
    found = session.get(EntryMark, (case.entry_id, mark))
    if found is not None and found.lifted_at is None:
        return
    if found is None:
        session.add(_mark(case.entry, mark, at, viewer.account_id))
    else:
        found.set_at, found.set_by, found.lifted_at, found.lifted_by = at, viewer.account_id, None, None
    _record(session, case, f"marked_{mark.value}", viewer, at)


def lift_mark(session: Session, viewer: Viewer, case: Case, mark: MarkKind, at: datetime) -> None:
    """Take a mark back; its row stays, with who lifted it. Raises NotAllowed as `set_mark` does."""
    _require_changeable(viewer, case)
    found = session.get(EntryMark, (case.entry_id, mark))
    if found is None or found.lifted_at is not None:
        return
    found.lifted_at, found.lifted_by = at, viewer.account_id
    _record(session, case, f"lifted_{mark.value}", viewer, at)


def get_marks(session: Session, case: Case) -> Marks:
    """The marks that stand on the entry of `case`."""
    insult = is_insulting(session, case.entry_id)
    hidden = covered(case.entry.text) if insult else ""
    return Marks(
        junk=_stands(session, case.entry_id, MarkKind.JUNK),
        insult=insult,
        covered=hidden if insult and hidden != case.entry.text else None,
    )


def is_insulting(session: Session, entry_id: uuid.UUID) -> bool:
    """Whether foul words of an entry are covered."""
    return _stands(session, entry_id, MarkKind.INSULT)


def insulting(session: Session, entry_ids: Iterable[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Of some entries those whose foul words are covered."""
    stands = (EntryMark.mark == MarkKind.INSULT) & EntryMark.lifted_at.is_(None)
    return frozenset(
        session.scalars(sa.select(EntryMark.entry_id).where(EntryMark.entry_id.in_(set(entry_ids)), stands))
    )


def covered(text: str) -> str:
    """`text` with `COVER` for each of its foul words."""
    return "".join(COVER if piece.foul else piece.text for piece in cover(text))


def _stands(session: Session, entry_id: uuid.UUID, mark: MarkKind) -> bool:
    found = session.get(EntryMark, (entry_id, mark))
    return found is not None and found.lifted_at is None


def _mark(entry: Entry, mark: MarkKind, at: datetime, account_id: int | None) -> EntryMark:
    return EntryMark(
        entry_id=entry.id, mark=mark, province_code=entry.province_code, unit_id=entry.unit_id,
        set_at=at, set_by=account_id,
    )  # fmt: skip


def _require_changeable(viewer: Viewer, case: Case) -> None:
    if not (case.is_open and handles(viewer, case)):
        raise NotAllowed("closed_or_not_yours")


def _record(session: Session, case: Case, act: str, viewer: Viewer, at: datetime) -> None:
    # A mark changes no column of the case, yet a second person must be told.
    flag_modified(case, "state")
    session.flush()
    append_event(session, case, act, at, viewer.account_id)
