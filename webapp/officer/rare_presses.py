"""The buttons of acts that are needed now and then: each hands what was typed to its verb."""

from datetime import datetime

from sqlalchemy.orm import Session

from models import Case, Finding
from triage.casework import acts
from triage.casework.access import Viewer
from triage.casework.acts import NotAllowed
from triage.casework.forwarding import Letter
from webapp.officer.forms import Typed, read_number


def forward(session: Session, viewer: Viewer, case: Case, typed: Typed, at: datetime) -> None:
    """To another authority."""
    rare = typed.rare
    letter = Letter(rare["authority"], rare["letter_number"], rare["sent"], rare["contact_basis"])
    acts.forward(session, viewer, case, letter, at)


def follow(session: Session, viewer: Viewer, case: Case, typed: Typed, at: datetime) -> None:
    """The same matter as another case."""
    acts.follow_lead(session, viewer, case, typed.rare["lead"], at)


def unfollow(session: Session, viewer: Viewer, case: Case, typed: Typed, at: datetime) -> None:
    """A case of its own again."""
    acts.unfollow(session, viewer, case, at)


def recuse(session: Session, viewer: Viewer, case: Case, typed: Typed, at: datetime) -> None:
    """Step back."""
    acts.recuse(session, viewer, case, typed.rare["recusing_reason"], at)


def extend(session: Session, viewer: Viewer, case: Case, typed: Typed, at: datetime) -> None:
    """More time within the law."""
    acts.extend(session, viewer, case, typed.rare["extending_reason"], at)


def pause(session: Session, viewer: Viewer, case: Case, typed: Typed, at: datetime) -> None:
    """Ask the sender and wait."""
    acts.pause(session, viewer, case, typed.rare["asked"], at)


def resume(session: Session, viewer: Viewer, case: Case, typed: Typed, at: datetime) -> None:
    """Go on."""
    acts.resume(session, viewer, case, at)


def find(session: Session, viewer: Viewer, case: Case, typed: Typed, at: datetime) -> None:
    """What the verification found."""
    if typed.rare["finding"] not in set(Finding):
        raise NotAllowed("finding_missing")
    acts.find(session, viewer, case, Finding(typed.rare["finding"]), typed.rare["finding_reason"], at)


def invite(session: Session, viewer: Viewer, case: Case, typed: Typed, at: datetime) -> None:
    """Tell the accused, once it was proved false, and ask for an answer."""
    acts.invite(session, viewer, case, read_number(typed.rare["accused"]), typed.rare["told"], at)


def accept_withdrawal(session: Session, viewer: Viewer, case: Case, typed: Typed, at: datetime) -> None:
    """File what its sender took back."""
    acts.accept_withdrawal(session, viewer, case, typed.rare["withdrawal_reason"], at)


def reopen(session: Session, viewer: Viewer, case: Case, typed: Typed, at: datetime) -> None:
    """Take a closed case up again."""
    acts.reopen(session, viewer, case, typed.rare["reopening_reason"], at)
