"""What people confirmed or corrected, as entries to learn from.

The texts are decrypted by whoever calls this (a command, never a page), and leave it only without personal
details. What belongs to the superior level is never touched, nor is what was sealed.
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Case, Decision, DecisionSource, Entry, Keyring, SealedPackage
from triage.lots import is_drawn
from triage.reading.corpus import LabelledEntry
from triage.reading.labels import KIND_IDS, TOPIC_IDS
from vietnamese.calendar import local_day
from vietnamese.text import fold

FRESH_SHARE = 0.2
"""The part of all corrections that nothing ever learns from."""

Redact = Callable[[str], str]


@dataclass(frozen=True)
class Lessons:
    """Corrections to learn from, and others to measure by."""

    learned: tuple[LabelledEntry, ...]
    fresh: tuple[LabelledEntry, ...]


def load_corrections(session: Session, redact: Redact) -> list[LabelledEntry]:
    """The last word of people on each matter, with its text as `redact` leaves it, oldest first.

    A sender is taken to be one unit's one day: whoever writes twice mostly does so at once.
    Raises CannotUnseal where the keys do not fit.
    """
    newest = (
        sa.select(Decision.entry_id, Decision.matter, sa.func.max(Decision.number).label("number"))
        .where(Decision.source == DecisionSource.PERSON)
        .group_by(Decision.entry_id, Decision.matter)
        .subquery()
    )
    same = (Decision.entry_id == newest.c.entry_id) & (Decision.number == newest.c.number)
    superiors = sa.select(Case.entry_id).where(Case.superior)
    rows = session.execute(
        sa.select(
            Case.id, Case.part_start, Case.part_end, Entry.unit_id, Entry.received_at, Entry.text,
            Decision.kind, Decision.topic, Decision.urgent, Decision.accuses_staff,
        )
        .select_from(Decision)
        .join(newest, same)
        .join(Case, (Case.entry_id == Decision.entry_id) & (Case.matter == Decision.matter))
        .join(Entry, Entry.id == Case.entry_id)
        .where(Case.entry_id.not_in(superiors), Case.id.not_in(sa.select(SealedPackage.case_id)))
        .order_by(Entry.received_at, Case.id)
    )  # fmt: skip
    found = (
        _as_entry(case_id, unit_id, local_day(at), redact(text[start:end]), kind, topic, urgent, accuses)
        for case_id, start, end, unit_id, at, text, kind, topic, urgent, accuses in rows
    )
    return [entry for entry in found if entry is not None]


def _as_entry(
    case_id: uuid.UUID, unit_id: int, day: date, text: str, kind: str, topic: str, urgent: bool, accuses: bool
) -> LabelledEntry | None:
    """The entry, or None where there are no words, or labels that the taxonomy dropped since."""
    if not text.strip() or kind not in KIND_IDS or topic not in TOPIC_IDS:
        return None
    return LabelledEntry(
        id=f"confirmed/{case_id}",
        persona=f"confirmed/{unit_id}/{day}",
        text=text,
        kinds=(kind,),
        topics=(topic,),
        urgent=(urgent,),
        accuses_staff=(accuses,),
    )


def part(corrections: Sequence[LabelledEntry], keyring: Keyring) -> Lessons:
    """Hide a fifth of the senders by a lot that never changes; what repeats a hidden text is not learned from either.

    The lot falls on the sender and not on the case: two letters of one person, or two matters of one letter, never
    stand on both sides.
    """
    fresh = tuple(entry for entry in corrections if _is_fresh(keyring, entry))
    hidden = _folded(fresh)
    learned = (entry for entry in corrections if not _is_fresh(keyring, entry) and fold(entry.text) not in hidden)
    return Lessons(tuple(learned), fresh)


def _is_fresh(keyring: Keyring, entry: LabelledEntry) -> bool:
    return is_drawn(keyring, "fresh corrections", entry.persona.encode(), FRESH_SHARE)


def _folded(entries: Iterable[LabelledEntry]) -> set[str]:
    return {fold(entry.text) for entry in entries}
