"""One matter of an entry that holds several, as its handler sees it: its part marked in the whole letter."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from models import Case
from triage.casework.access import Viewer
from triage.casework.joining import may_take_in, sisters_of
from triage.casework.marking import covered, is_insulting


@dataclass(frozen=True)
class OtherMatter:
    """Another case of the same entry that this viewer may open."""

    reference: str
    post: str


@dataclass(frozen=True)
class MatterOf:
    """The letter around one matter, foul words covered where they are covered, and the other matters in view.

    `others` are those the viewer may know of; how many there are besides is not told. `joinable`: this person may say
    that the letter is one matter.
    """

    before: str
    part: str
    after: str
    others: tuple[OtherMatter, ...]
    joinable: bool


def get_matter(session: Session, viewer: Viewer, case: Case) -> MatterOf | None:
    """The matter a case is about, or None where it is about the whole entry."""
    start, end, text = case.part_start, case.part_end, case.entry.text
    if start is None or end is None or not text:
        return None
    shown = covered if is_insulting(session, case.entry_id) else str
    others = tuple(OtherMatter(one.reference, one.post.title) for one in sisters_of(session, viewer, case))
    joinable = may_take_in(session, viewer, case)
    return MatterOf(shown(text[:start]), shown(text[start:end]), shown(text[end:]), others, joinable)
