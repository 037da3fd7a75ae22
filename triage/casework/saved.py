"""Words for an answer that come back often: an officer's own, and those leaders keep for the whole unit.

They are a start, never a duty. Gaps (`[…]`) say what must be written by hand; an answer that still holds one does not
go out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import SavedReply
from models.refusals import Refused
from triage.casework.access import Viewer
from vietnamese.text import fold

MOST_KEPT = 40
"""Saved replies of one officer, and of one unit."""
LONGEST_TITLE = 120
LONGEST_WORDS = 4_000
"""Letters of one saved reply."""
GAPS = ("[…]", "[...]")
PLACES = ("ten_don_vi", "han", "ma")
"""What a saved reply may name in braces: the unit that answers, the day the answer is due, the case's reference."""


class SavedNotFound(Exception):
    """No such saved reply for this person: it does not exist, or it is another's."""


@dataclass(frozen=True)
class Saved:
    """One saved reply. `changeable`: this person may change or delete it."""

    id: int
    title: str
    text: str
    of_unit: bool
    changeable: bool


def saved_for(session: Session, viewer: Viewer) -> tuple[Saved, ...]:
    """Those a person may use: the own ones first, then the unit's, each by title."""
    found = session.scalars(sa.select(SavedReply).where(_usable_by(viewer)))
    shown = [_shown(one, viewer) for one in found]
    return tuple(sorted(shown, key=lambda one: (one.of_unit, fold(one.title), one.id)))


def get_saved(session: Session, viewer: Viewer, number: int) -> Saved:
    """One that this person may use; raises SavedNotFound, the same for unknown ones and others'."""
    found = session.scalars(sa.select(SavedReply).where(SavedReply.id == number, _usable_by(viewer))).first()
    if found is None:
        raise SavedNotFound(number)
    return _shown(found, viewer)


def add_saved(session: Session, viewer: Viewer, title: str, text: str, of_unit: bool, at: datetime) -> SavedReply:
    """Keep words under a title; raises Refused for what is missing, too long or too much.

    The unit's are kept by who signs there.
    """
    if of_unit and not viewer.signs:
        raise Refused("unit_is_leaders", "cua_don_vi")
    owner = None if of_unit else viewer.officer_id
    _check(title, text)
    if _kept(session, viewer.unit_id, owner) >= MOST_KEPT:
        raise Refused("too_many")
    made = SavedReply(unit_id=viewer.unit_id, officer_id=owner, title=title, text=text, made_at=at)
    session.add(made)
    session.flush()
    return made


def change_saved(session: Session, viewer: Viewer, number: int, title: str, text: str, at: datetime) -> None:
    """New title and words; raises SavedNotFound for one that is not this person's to change, Refused as `add_saved`."""
    found = _take(session, viewer, number)
    _check(title, text)
    found.title, found.text, found.made_at = title, text, at


def remove_saved(session: Session, viewer: Viewer, number: int) -> None:
    """Delete one; raises SavedNotFound for one that is not this person's to change."""
    session.delete(_take(session, viewer, number))


def filled(text: str, places: Mapping[str, str]) -> str:
    """`text` with what stands in `places` (keys of `PLACES`) for their names in braces; other braces stay."""
    for name in PLACES:
        text = text.replace(f"{{{name}}}", places[name])
    return text


def put_after(typed: str, words: str) -> str:
    """What was typed, and the words after it as a paragraph of their own."""
    return f"{typed.rstrip()}\n\n{words}" if typed.strip() else words


def has_gaps(text: str) -> bool:
    """Whether a gap or a place in braces was left unfilled."""
    return any(mark in text for mark in (*GAPS, *(f"{{{name}}}" for name in PLACES)))


def _usable_by(viewer: Viewer) -> sa.ColumnElement[bool]:
    own = sa.false() if viewer.officer_id is None else SavedReply.officer_id == viewer.officer_id
    return (SavedReply.unit_id == viewer.unit_id) & (own | SavedReply.officer_id.is_(None))


def _shown(one: SavedReply, viewer: Viewer) -> Saved:
    of_unit = one.officer_id is None
    return Saved(one.id, one.title, one.text, of_unit, changeable=viewer.signs or not of_unit)


def _take(session: Session, viewer: Viewer, number: int) -> SavedReply:
    if not get_saved(session, viewer, number).changeable:
        raise SavedNotFound(number)
    return session.get_one(SavedReply, number, with_for_update=True)


def _check(title: str, text: str) -> None:
    if not title:
        raise Refused("title_missing", "tieu_de")
    if len(title) > LONGEST_TITLE:
        raise Refused("title_too_long", "tieu_de")
    if not text:
        raise Refused("words_missing", "loi")
    if len(text) > LONGEST_WORDS:
        raise Refused("words_too_long", "loi")


def _kept(session: Session, unit_id: int, officer_id: int | None) -> int:
    whose = SavedReply.officer_id.is_(None) if officer_id is None else SavedReply.officer_id == officer_id
    query = sa.select(sa.func.count()).select_from(SavedReply).where(SavedReply.unit_id == unit_id, whose)
    return session.scalar(query) or 0
