"""Cases of the unit that may be about the same matter as one a person looks at.

Only what the gate lets this viewer know of is compared, so that a hidden case changes nothing on a page, not even
which words count as common. Texts are decrypted for the comparison alone; the first words of a restricted case are
not shown, because its reader says why first.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Case, Entry
from triage.casework.access import Viewer, cases_of
from triage.casework.inbox import CLOSED, opening_of
from triage.casework.marking import covered, is_insulting
from triage.reading.alike import Told, likely_same

COMPARED = 500
"""The newest cases that are compared."""
CLOSED_WITHIN = timedelta(days=60)
"""A case that was closed longer ago is another occasion."""


@dataclass(frozen=True)
class AlikeCase:
    """A case worth a look; `opening` is empty for a restricted one."""

    reference: str
    state: str
    unsorted: bool
    confidential: bool
    opening: str
    opened_at: datetime


def get_alike(session: Session, viewer: Viewer, case: Case, now: datetime) -> tuple[AlikeCase, ...]:
    """At most three cases of the unit that may tell of the matter of `case`, the most alike first; often none.

    The gate let the viewer see `case` already; every other one passes it here.
    """
    told = Told(part_of(case.entry.text, case.part_start, case.part_end), case.topic)
    if not told.text.strip():
        return ()
    rows = session.execute(_newest(viewer, case, now)).all()
    others = [Told(part_of(row.text, row.part_start, row.part_end), row.topic) for row in rows]
    return tuple(_shown(session, rows[one.index], others[one.index].text) for one in likely_same(told, others))


def part_of(text: str, start: int | None, end: int | None) -> str:
    """The part of an entry's text that a case is about; the whole where no part is named."""
    return text[start:end]


def _newest(viewer: Viewer, case: Case, now: datetime) -> sa.Select[*tuple[Any, ...]]:
    live = Case.state.not_in(CLOSED) | (Case.closed_at >= now - CLOSED_WITHIN)
    return (
        cases_of(viewer)
        .join(Entry, Entry.id == Case.entry_id)
        .where(Case.unit_id == case.unit_id, Case.entry_id != case.entry_id, live)
        .order_by(None)
        .order_by(Case.opened_at.desc(), Case.reference)
        .limit(COMPARED)
        .with_only_columns(
            Case.reference, Case.state, Case.route, Case.confirmed, Case.confidential, Case.opened_at, Case.topic,
            Case.part_start, Case.part_end, Case.entry_id, Entry.text,
        )
    )  # fmt: skip


def _shown(session: Session, row: Any, text: str) -> AlikeCase:
    words = covered(text) if is_insulting(session, row.entry_id) else text
    return AlikeCase(
        reference=row.reference,
        state=row.state.value,
        unsorted=row.route == "reception" and not row.confirmed,
        confidential=row.confidential,
        opening="" if row.confidential else opening_of(words),
        opened_at=row.opened_at,
    )
