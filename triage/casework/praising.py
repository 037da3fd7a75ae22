"""Praise that names an officer reaches that officer: the words, the day and the place, never who wrote.

Only who is plainly called by name in praise that blames nobody is praised. Whoever may read it is asked when somebody
looks (`access.praise_shown_to`), so it follows the staff, the reading and the exclusions of that day.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from models import (
    AccessCode,
    AuditedCase,
    Case,
    CaseExclusion,
    EntryMark,
    ExclusionReason,
    Officer,
    PraisedOfficer,
    Submission,
    Unit,
)
from models.cases import JOINED
from triage.casework.access import PRAISE, Viewer, praise_shown_to
from triage.casework.placing import get_roster
from triage.routing.accused import Finding, weigh
from triage.routing.roster import Roster
from vietnamese.calendar import local_day, start_of
from vietnamese.redaction import MARKS, Detail, find_details
from vietnamese.text import fold, nfc

NEW_FOR = timedelta(days=7)
"""How long praise is new: nothing is stored of who read it."""
MOST_SHOWN = 50
LEFT_OUT = "…"
"""Stands for sentences about others."""
_END = re.compile(r"(?<=[.!?…])\s+|\n+")


@dataclass(frozen=True)
class Praise:
    """What an officer reads: words without personal details of others, the day and the place it was written at."""

    day: date
    place: str
    text: str
    new: bool


def note_praised(session: Session, case: Case) -> None:
    """Store whom the case praises, and nobody else: run again whenever its reading or its people change."""
    wanted = _praised(session, case) if _is_plain_praise(session, case) else set()
    rows = {row.officer_id: row for row in session.scalars(_rows_of(case))}
    for officer_id in rows.keys() - wanted:
        session.delete(rows[officer_id])
    session.add_all(
        PraisedOfficer(case_id=case.id, officer_id=officer_id, province_code=case.province_code, unit_id=case.unit_id)
        for officer_id in sorted(wanted - rows.keys())
    )
    session.flush()


def plainly_praised(text: str, roster: Roster, part: tuple[int, int] | None = None) -> tuple[str, ...]:
    """Ids of the staff whom praise calls by name, in order; nobody where the text may blame somebody of the staff.

    A name that two of them bear means neither. Of a letter with several matters only names within `part` count.
    """
    found = weigh(text, roster)
    if any(one.mention.ours and (one.blamed or one.misconduct) for one in found):
        return ()
    start, end = part or (0, len(text))
    named = [one for one in found if one.mention.by_name and not one.mention.family and start <= one.start < end]
    plain = [_people(one) for one in named]
    return tuple(dict.fromkeys(people[0] for people in plain if len(people) == 1))


def praises_of(session: Session, viewer: Viewer, now: datetime, most: int = MOST_SHOWN) -> tuple[Praise, ...]:
    """The newest praise that names the viewer."""
    if viewer.officer_id is None:
        return ()
    name = session.get_one(Officer, viewer.officer_id).full_name
    query = (
        _shown(viewer)
        .add_columns(AccessCode.place)
        .join(Submission, Submission.id == Case.entry_id)
        .outerjoin(AccessCode, AccessCode.code == Submission.code)
        .options(joinedload(Case.entry))
        .order_by(Case.opened_at.desc(), Case.id)
        .limit(most)
    )
    since = _new_since(now)
    return tuple(
        Praise(local_day(case.opened_at), place or "", _words(case, name), case.opened_at >= since)
        for case, place in session.execute(query)
    )


def count_praises(session: Session, viewer: Viewer, first: datetime | None = None, end: datetime | None = None) -> int:
    """How many praises name the viewer, received from `first` to before `end`."""
    found = _shown(viewer)
    found = found.where(Case.opened_at >= first) if first else found
    found = found.where(Case.opened_at < end) if end else found
    return session.scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0


def count_new(session: Session, viewer: Viewer, now: datetime) -> int:
    """How many praises of the last days name the viewer."""
    return count_praises(session, viewer, _new_since(now))


def without_details(text: str, name: str) -> str:
    """`text` as `name`, whom it praises, may read it: nobody else's details, and no sentence that is about them.

    A sentence in which somebody is told by name, number or address is left out (`LEFT_OUT`), unless it also names the
    praised; then marks stand for the details. A story can still tell who lived it.
    """
    text, own = nfc(text), fold(name).split()
    details = find_details(text)
    hidden = [detail for detail in details if not _is_own(text, detail, own)]
    told = [_sentence(text, start, end, hidden, details) for start, end in _sentences(text)]
    kept = [words for place, words in enumerate(told) if words != LEFT_OUT or told[place - 1 : place] != [LEFT_OUT]]
    return " ".join(kept)


def _sentences(text: str) -> list[tuple[int, int]]:
    ends = [match.end() for match in _END.finditer(text)]
    bounds = [0, *ends, len(text)]
    return [(start, end) for start, end in pairwise(bounds) if text[start:end].strip()]


def _sentence(text: str, start: int, end: int, hidden: Sequence[Detail], details: Sequence[Detail]) -> str:
    inside = [one for one in hidden if one.start < end and one.end > start]
    named = any(start <= one.start < end for one in details if one not in hidden)
    if inside and not named:
        return LEFT_OUT
    pieces, done = [], start
    for kind, first, last in inside:
        pieces += [text[done : max(first, start)], MARKS[kind]]
        done = min(last, end)
    return ("".join(pieces) + text[done:end]).strip()


def _is_own(text: str, detail: Detail, own: list[str]) -> bool:
    """Whether a detail is the praised person's own name, whole or its last words."""
    called = fold(text[detail.start : detail.end]).split()
    return detail.kind == "name" and bool(called) and own[-len(called) :] == called


def _shown(viewer: Viewer) -> sa.Select[Case]:
    # What was drawn by lot waits until its handler said what it is; what looks like junk or abuse is no gift.
    drawn = sa.exists().where(AuditedCase.case_id == Case.id) & ~Case.confirmed
    marked = sa.exists().where(EntryMark.entry_id == Case.entry_id, EntryMark.lifted_at.is_(None))
    return sa.select(Case).where(praise_shown_to(viewer), ~drawn, ~marked)


def _new_since(now: datetime) -> datetime:
    return start_of(local_day(now - NEW_FOR))


def _words(case: Case, name: str) -> str:
    return without_details(case.entry.text[case.part_start : case.part_end].strip(), name)


def _people(finding: Finding) -> list[str]:
    return list(dict.fromkeys(holder.person.id for holder in finding.mention.holders))


def _rows_of(case: Case) -> sa.Select[PraisedOfficer]:
    return sa.select(PraisedOfficer).where(PraisedOfficer.case_id == case.id)


def _is_plain_praise(session: Session, case: Case) -> bool:
    blames = case.accuses_staff or case.confidential or case.superior
    if case.kind != PRAISE or blames or case.route == JOINED:
        return False
    kept = CaseExclusion.case_id == case.id, CaseExclusion.reason != ExclusionReason.RECUSED
    return not session.scalar(sa.select(sa.exists().where(*kept)))


def _praised(session: Session, case: Case) -> set[int]:
    """By the staff of the day and the unit of receipt: whoever came since did not earn it."""
    received_by = session.get_one(Unit, case.entry.unit_id)
    roster = get_roster(session, received_by, local_day(case.opened_at))
    part = None if case.part_start is None or case.part_end is None else (case.part_start, case.part_end)
    return {int(person) for person in plainly_praised(case.entry.text, roster, part)}
