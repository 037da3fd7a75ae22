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
from triage.aside import is_aside, set_aside
from triage.casework.auditing import draw
from triage.casework.marking import store_marks
from triage.casework.opening import Labels, open_case
from triage.casework.placing import get_roster, topic_posts
from triage.deciding import Decided
from triage.reading.junk import INSULT, JUNK, marks_of
from triage.reading.readings import Reading
from triage.routing.roster import Roster
from triage.routing.routes import Reason, Routing
from triage.splitting import with_matters
from vietnamese.calendar import local_day

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 5
BATCH = 50

Part = tuple[int, int] | None
"""Where a matter stands in the text of its entry; None: all of it."""

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


def sort_entries(
    database: Database, decider: Decides, now: Callable[[], datetime], batch: int = BATCH, audit_share: float = 0.0
) -> int:
    """Sort up to `batch` waiting entries; returns how many were claimed (0: nothing to do).

    `audit_share` (0–1) of the cases that are routed without a person are drawn by lot for their handlers to judge.
    """
    with database.writing() as session:
        claimed = _claim(session, now(), batch)
    for group in _by_roster(claimed):
        decisions = _decide(decider, group)
        for item, decided in zip(group, decisions, strict=True):
            _store(database, item, decided, decider.release, now(), audit_share)
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
    texts, roster, posts = [item.entry.text for item in group], group[0].roster, group[0].posts

    def decide(parts: Sequence[str]) -> list[Decided]:
        return decider.decide(parts, roster, posts)

    try:
        return list(with_matters(decide, texts, decide(texts), posts))
    except Exception as problem:
        if len(group) == 1:
            # The kind of fault only: its message may quote the citizen's text.
            log.error("entry %s could not be read: %s", group[0].entry.id, type(problem).__name__)
            return [None]
        return [decided for item in group for decided in _decide(decider, [item])]


def _store(
    database: Database, item: Claimed, decided: Decided | None, release: str, at: datetime, audit_share: float
) -> None:
    entry = item.entry
    if decided is None and entry.attempts < MOST_ATTEMPTS:
        return
    # Read before a case is opened: what is sealed for the superior level has no text afterwards.
    marks = marks_of(entry.text)
    decided = set_aside(decided) if decided and JUNK in marks else decided
    try:
        with database.writing() as session:
            mine = session.scalars(
                sa.select(Entry).where(Entry.id == entry.id, Entry.sorted_at.is_(None)).with_for_update()
            ).first()
            if mine is not None:
                opened = _open(session, mine, decided, release, at, item.staff_version)
                store_marks(session, mine, _marks_to_store(marks, decided), at)
                for case, abstained in opened:
                    draw(session, case, abstained, release, audit_share, at)
    except IntegrityError:
        # Another worker stored the same decision between our look and our insert.
        log.info("entry %s was sorted twice; the first decision stands", entry.id)


def _marks_to_store(marks: Sequence[str], decided: Decided | None) -> list[str]:
    """The marks of the rules; junk only where the decision was made accordingly."""
    return [mark for mark in marks if mark == INSULT or (decided is not None and is_aside(decided))]


def _open(
    session: Session, entry: Entry, decided: Decided | None, release: str, at: datetime, staff_version: int
) -> list[tuple[Case, bool]]:
    """The cases of an entry, one a matter, each with whether the reading abstained on it."""
    if decided is None:
        return [(open_case(session, entry, *_unreadable(), (), True, release, at, staff_version), True)]

    def one(reading: Reading, routing: Routing, accuses: bool, number: int = 1, part: Part = None) -> tuple[Case, bool]:
        labels = Labels(reading.kind, reading.topic, reading.urgent, accuses)
        topics = [{"id": guess.id, "p": round(guess.p, 4)} for guess in reading.topics]
        reasons, unsure = (*routing.reasons, *reading.reasons), reading.abstained
        case = open_case(session, entry, labels, routing, reasons, topics, unsure, release, at, staff_version,
                         number, part, reading.sentiment)  # fmt: skip
        return case, unsure

    if not decided.matters or is_aside(decided):
        return [one(decided.reading, decided.routing, decided.accuses_staff)]
    return [
        one(matter.reading, matter.routing, False, number, (matter.start, matter.end))
        for number, matter in enumerate(decided.matters, 1)
    ]


def _unreadable() -> tuple[Labels, Routing, tuple[Reason, ...]]:
    # Unreadable may still be a denunciation: it goes to the one intake person, not to the clerk.
    reasons = (Reason("unreadable"),)
    routing = Routing("restricted_intake", (), (), superior=False, confidential=True, reasons=reasons)
    return Labels("other", "other", False, False), routing, reasons
