"""The conductor: finds entries without a decision, has them read and routed, opens their cases.

Only the worker and commands import this module. An entry is claimed under a lease, read outside any
transaction, and decided in one transaction: killed anywhere, the lease runs out and the work is done again
to the same rows.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models import Case, Database, Entry, Unit
from triage.casework.opening import Labels, open_case
from triage.casework.placing import get_roster, topic_posts
from triage.deciding import Decided
from triage.routing.roster import Roster
from triage.routing.routes import Reason, Routing
from vietnamese.calendar import local_day

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 5
BATCH = 50

log = logging.getLogger(__name__)


class Decides(Protocol):
    """What reads and routes texts: `triage.deciding.Decider`, or a stand-in in tests."""

    @property
    def release(self) -> str:
        """The classifier's release, stored with each decision."""
        ...

    def decide(self, texts: Sequence[str], roster: Roster, posts: Mapping[str, str] | None = None) -> list[Decided]:
        """One decision a text, in order; `posts` is the unit's own routing table."""
        ...


@dataclass(frozen=True)
class Claimed:
    """An entry in a worker's hands."""

    entry: Entry
    roster: Roster
    posts: Mapping[str, str]
    """The unit's routing table, topic → post."""
    staff_version: int
    """The unit's staff_version the roster was read at."""


def sort_entries(database: Database, decider: Decides, now: Callable[[], datetime], batch: int = BATCH) -> int:
    """Sort up to `batch` waiting entries; returns how many were claimed (0: nothing to do)."""
    with database.writing() as session:
        claimed = _claim(session, now(), batch)
    for group in _by_roster(claimed):
        decisions = _decide(decider, group)
        for item, decided in zip(group, decisions, strict=True):
            _store(database, item, decided, decider.release, now())
    return len(claimed)


def count_waiting(session: Session) -> int:
    """Entries nobody has sorted yet."""
    return session.scalar(sa.select(sa.func.count()).select_from(Entry).where(Entry.sorted_at.is_(None))) or 0


def _claim(session: Session, now: datetime, batch: int) -> list[Claimed]:
    free = Entry.claimed_until.is_(None) | (Entry.claimed_until < now)
    entries = session.scalars(
        sa.select(Entry)
        .where(Entry.sorted_at.is_(None), free)
        .order_by(Entry.received_at)
        .limit(batch)
        .with_for_update(skip_locked=True)
    ).all()
    staffs: dict[int, tuple[Roster, Mapping[str, str], int]] = {}
    for entry in entries:
        entry.claimed_until, entry.attempts = now + LEASE, entry.attempts + 1
        if entry.unit_id not in staffs:
            unit = session.get_one(Unit, entry.unit_id)
            roster = get_roster(session, unit, _last_staffed(unit, now))
            staffs[entry.unit_id] = roster, topic_posts(session, unit), unit.staff_version
    return [Claimed(entry, *staffs[entry.unit_id]) for entry in entries]


def _last_staffed(unit: Unit, now: datetime) -> date:
    """Today, or the last day of a unit that was merged before its entry was sorted."""
    today = local_day(now)
    return today if unit.valid_to is None else min(today, unit.valid_to - timedelta(days=1))


def _by_roster(claimed: Sequence[Claimed]) -> list[list[Claimed]]:
    groups: dict[int, list[Claimed]] = {}
    for item in claimed:
        groups.setdefault(item.entry.unit_id, []).append(item)
    return list(groups.values())


def _decide(decider: Decides, group: Sequence[Claimed]) -> list[Decided | None]:
    """Decisions for a group; an entry that cannot be read is tried alone, and given up after some attempts."""
    try:
        return list(decider.decide([item.entry.text for item in group], group[0].roster, group[0].posts))
    except Exception as problem:
        if len(group) == 1:
            # The kind of fault only: its message may quote the citizen's text.
            log.error("entry %s could not be read: %s", group[0].entry.id, type(problem).__name__)
            return [None]
        return [decided for item in group for decided in _decide(decider, [item])]


def _store(database: Database, item: Claimed, decided: Decided | None, release: str, at: datetime) -> None:
    entry = item.entry
    if decided is None and entry.attempts < MOST_ATTEMPTS:
        return
    try:
        with database.writing() as session:
            mine = session.scalars(
                sa.select(Entry).where(Entry.id == entry.id, Entry.sorted_at.is_(None)).with_for_update()
            ).first()
            if mine is not None:
                _open(session, mine, decided, release, at, item.staff_version)
    except IntegrityError:
        # Another worker stored the same decision between our look and our insert.
        log.info("entry %s was sorted twice; the first decision stands", entry.id)


def _open(
    session: Session, entry: Entry, decided: Decided | None, release: str, at: datetime, staff_version: int
) -> Case:
    if decided is None:
        return open_case(session, entry, *_unreadable(), (), True, release, at, staff_version)
    reading, routing = decided.reading, decided.routing
    labels = Labels(reading.kind, reading.topic, reading.urgent, decided.accuses_staff)
    topics = [{"id": guess.id, "p": round(guess.p, 4)} for guess in reading.topics]
    reasons = (*routing.reasons, *reading.reasons)
    return open_case(session, entry, labels, routing, reasons, topics, reading.abstained, release, at, staff_version)


def _unreadable() -> tuple[Labels, Routing, tuple[Reason, ...]]:
    # Unreadable may still be a denunciation: it goes to the one intake person, not to the clerk.
    reasons = (Reason("unreadable"),)
    routing = Routing("restricted_intake", (), (), superior=False, confidential=True, reasons=reasons)
    return Labels("other", "other", False, False), routing, reasons
