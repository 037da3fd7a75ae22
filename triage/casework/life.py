"""Where a case stands in its life, as its page tells it: which acts are open, whom it waits for, how it ended."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models import Case, Finding
from triage.casework.access import Viewer
from triage.casework.changing import roles_of, standing_in_life
from triage.casework.forwarding import newest_transfer
from triage.casework.same_matter import followers_of, lead_of
from triage.casework.states import Act, may
from triage.casework.verifying import accused_in, is_accusation, statements_on
from triage.casework.waiting import extensions_left
from triage.casework.withdrawing import is_withdrawal_asked


@dataclass(frozen=True)
class Sent:
    """What went to another authority, word for word."""

    authority: str
    letter_number: str
    sent: str
    with_contact: bool
    at: datetime


@dataclass(frozen=True)
class Word:
    """What an officer was told of an accusation proved false, and answered."""

    name: str
    told: str
    text: str | None


@dataclass(frozen=True)
class Life:
    """Acts by their names in `states.Act`; of other cases only those this viewer may know of."""

    may: frozenset[str]
    follows: bool
    lead: str
    followers: tuple[str, ...]
    ending: str
    finding: str
    withdrawal_asked: bool
    sent: Sent | None
    accused: tuple[tuple[int, str], ...]
    """Who may still be invited to answer: (officer, name)."""
    words: tuple[Word, ...]


def get_life(session: Session, viewer: Viewer, case: Case) -> Life:
    """The life of a case that the gate let this viewer see."""
    standing, lead = standing_in_life(session, case), lead_of(session, viewer, case)
    acts, transfer = _acts(session, viewer, case), newest_transfer(session, case)
    followers = tuple(one.reference for one in followers_of(session, viewer, case))
    words = tuple(Word(name, one.told, one.text) for name, one in statements_on(session, case))
    told = {one.name for one in words}
    return Life(
        may=frozenset(act.value for act in acts if not (act is Act.FOLLOW and followers)),
        follows=standing.follows,
        lead=lead.reference if lead else "",
        followers=followers,
        ending=case.ending.value if case.ending else "",
        finding=case.finding.value if case.finding else "",
        withdrawal_asked=is_withdrawal_asked(session, case),
        sent=Sent(transfer.authority, transfer.letter_number, transfer.sent, transfer.with_contact, transfer.at)
        if transfer
        else None,
        accused=tuple((one.id, one.full_name) for one in accused_in(session, case) if one.full_name not in told)
        if Act.INVITE in acts
        else (),
        words=words,
    )


def _acts(session: Session, viewer: Viewer, case: Case) -> set[Act]:
    """What the state machine allows, without what would be refused for another reason anyway."""
    standing, roles = standing_in_life(session, case), roles_of(session, viewer, case)
    acts = {act for act in Act if may(act, standing, roles)}
    needs = {
        Act.EXTEND: extensions_left(case) > 0,
        Act.FIND: is_accusation(case),
        Act.INVITE: case.finding is Finding.FALSE,
        Act.ACCEPT_WITHDRAWAL: is_withdrawal_asked(session, case),
        Act.FOLLOW: not case.superior,
    }
    return {act for act in acts if needs.get(act, True)}
