"""Searching what a viewer may know of: texts are opened for the search alone, and no index of their words is kept.

The scan goes through cases that passed the gate, newest first, and stops after `SEARCHED` of them. What is restricted
is never read by it: such a case is found by its reference and nothing else, because its reader says why first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Case, Entry, Reply
from models.codes import read_typed_code
from vietnamese.matching import NOTHING, Wanted, has_all, read_wanted

SEARCHED = 5_000
"""Of how many cases, the newest ones, the words are searched."""
BATCH = 500
"""Texts that are open at once."""
LONGEST = 200
"""Letters of a search that are looked at."""
_REFERENCE = 8
"""Letters of a reference."""


@dataclass(frozen=True)
class Search:
    """What somebody looks for: words, and the reference it may be instead. `typed` is shown again as it was."""

    typed: str = ""
    wanted: Wanted = NOTHING
    reference: str = ""

    def __bool__(self) -> bool:
        return bool(self.wanted)


NO_SEARCH = Search()


@dataclass(frozen=True)
class Hits:
    """The cases found, newest first, how many were searched, and whether older ones were left out."""

    ids: tuple[UUID, ...]
    searched: int
    older: bool


def read_search(typed: str) -> Search:
    """A search as it was typed; without a letter or digit it is none."""
    typed = " ".join(typed[:LONGEST].split())
    wanted = read_wanted(typed)
    return Search(typed, wanted, _reference(typed)) if wanted else NO_SEARCH


def find(session: Session, chosen: sa.Select[Case], wanted: Wanted, most: int = SEARCHED) -> Hits:
    """The cases of `chosen`, which passed the gate, whose text and answer together hold every word.

    Of a letter with several matters only the part of the case is searched.
    """
    open_to_all = chosen.where(~Case.confidential)
    newest = open_to_all.order_by(None).order_by(Case.opened_at.desc(), Case.reference).with_only_columns(Case.id)
    ids = list(session.scalars(newest.limit(most + 1)))
    searched = ids[:most]
    batches = (searched[start : start + BATCH] for start in range(0, len(searched), BATCH))
    found = tuple(case_id for batch in batches for case_id in _holding(session, open_to_all, batch, wanted))
    return Hits(found, len(searched), older=len(ids) > most)


def replies_to(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The newest revision of the answer to each case that has one."""
    rows = session.execute(
        sa.select(Reply.case_id, Reply.text).where(Reply.case_id.in_(case_ids)).order_by(Reply.revision)
    )
    return {case_id: text for case_id, text in rows}


def _reference(typed: str) -> str:
    """The reference that somebody may have typed, with or without its hyphen, in capitals or not; empty for none."""
    code = read_typed_code(typed)
    letters = sum(char.isalnum() for char in typed)
    return f"{code[:4]}-{code[4:]}" if len(code) == letters == _REFERENCE else ""


def _holding(session: Session, chosen: sa.Select[Case], ids: Sequence[UUID], wanted: Wanted) -> list[UUID]:
    """Those of the cases that hold every word, in the order given."""
    texts = _texts(session, chosen, ids)
    held = {case_id for case_id, text in texts.items() if has_all(wanted, text)}
    replies = replies_to(session, [case_id for case_id in texts if case_id not in held])
    held |= {case_id for case_id, reply in replies.items() if has_all(wanted, texts[case_id], reply)}
    return [case_id for case_id in ids if case_id in held]


def _texts(session: Session, chosen: sa.Select[Case], ids: Sequence[UUID]) -> dict[UUID, str]:
    # Through the gate once more: what was sent up or restricted since the list was made is not opened.
    rows = session.execute(
        chosen.join(Entry, Entry.id == Case.entry_id)
        .where(Case.id.in_(ids))
        .order_by(None)
        .with_only_columns(Case.id, Case.part_start, Case.part_end, Entry.text)
    )
    return {case_id: text[start:end] for case_id, start, end, text in rows}
