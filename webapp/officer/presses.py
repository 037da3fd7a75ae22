"""The buttons of a case page: what each does in its one transaction, and where it leads.

A press never loses words: a confirmation keeps the draft beside it, and a correction that would send the
case away stops an answer from being half sent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models import Case, CaseState, MarkKind
from triage.casework import acts
from triage.casework.access import CaseNotFound, Viewer, get_case, handles
from triage.casework.acts import NotAllowed
from triage.casework.auditing import awaits_judgement
from triage.casework.marking import lift_mark, set_mark
from webapp.officer import rare_presses
from webapp.officer.forms import Typed, labels_of

Verb = Callable[[Session, Viewer, Case, Typed, datetime], None]


@dataclass(frozen=True)
class Press:
    """A button. `acts` are the events by which a second click is known; `stays` keeps the page open after it."""

    verb: Verb
    acts: tuple[str, ...]
    stays: bool = False


def is_visible(session: Session, viewer: Viewer, reference: str) -> bool:
    """Whether the viewer may still know of the case."""
    try:
        get_case(session, viewer, reference)
    except CaseNotFound:
        return False
    return True


def _confirm(session: Session, viewer: Viewer, case: Case, typed: Typed, at: datetime) -> None:
    if awaits_judgement(session, case) and not typed.has_chosen:
        raise NotAllowed("audit_unjudged")
    acts.confirm(session, viewer, case, typed.labels_for(case), at)
    if is_visible(session, viewer, case.reference) and handles(viewer, case):
        _keep_draft(session, viewer, case, typed, at)


def _draft(session: Session, viewer: Viewer, case: Case, typed: Typed, at: datetime) -> None:
    _correct(session, viewer, case, typed, at)
    acts.save_draft(session, viewer, case, typed.text, at)


def _submit(session: Session, viewer: Viewer, case: Case, typed: Typed, at: datetime) -> None:
    _correct(session, viewer, case, typed, at)
    acts.submit(session, viewer, case, typed.text, at)


def _sign(session: Session, viewer: Viewer, case: Case, typed: Typed, at: datetime) -> None:
    _correct(session, viewer, case, typed, at)
    acts.sign(session, viewer, case, typed.text, at)


def _return(session: Session, viewer: Viewer, case: Case, typed: Typed, at: datetime) -> None:
    acts.return_reply(session, viewer, case, typed.note, at)


def _hand_over(session: Session, viewer: Viewer, case: Case, typed: Typed, at: datetime) -> None:
    _keep_draft(session, viewer, case, typed, at)
    acts.reassign(session, viewer, case, typed.post_id, typed.handing_reason, at)


def _one_matter(session: Session, viewer: Viewer, case: Case, typed: Typed, at: datetime) -> None:
    acts.say_one_matter(session, viewer, case, at)
    _keep_draft(session, viewer, case, typed, at)


def _file(session: Session, viewer: Viewer, case: Case, typed: Typed, at: datetime) -> None:
    acts.file_without_action(session, viewer, case, typed.filing_reason, at)


def _marking(change: Callable[[Session, Viewer, Case, MarkKind, datetime], None], mark: MarkKind) -> Verb:
    def verb(session: Session, viewer: Viewer, case: Case, typed: Typed, at: datetime) -> None:
        change(session, viewer, case, mark, at)
        _keep_draft(session, viewer, case, typed, at)

    return verb


def _and_draft(act: Verb) -> Verb:
    def verb(session: Session, viewer: Viewer, case: Case, typed: Typed, at: datetime) -> None:
        act(session, viewer, case, typed, at)
        _keep_draft(session, viewer, case, typed, at)

    return verb


PRESSES = {
    "xac-nhan": Press(_confirm, ("confirmed", "corrected", "drafted"), stays=True),
    "luu-nhap": Press(_draft, ("drafted",), stays=True),
    "trinh": Press(_submit, ("submitted",)),
    "ky": Press(_sign, ("issued",)),
    "tra-lai": Press(_return, ("returned",)),
    "chuyen": Press(_hand_over, ("reassigned",)),
    "luu-lai": Press(_file, ("filed",)),
    "mot-viec": Press(_one_matter, ("took_in", "drafted"), stays=True),
    "la-rac": Press(_marking(set_mark, MarkKind.JUNK), ("marked_junk", "drafted"), stays=True),
    "khong-la-rac": Press(_marking(lift_mark, MarkKind.JUNK), ("lifted_junk", "drafted"), stays=True),
    "nang-loi": Press(_marking(set_mark, MarkKind.INSULT), ("marked_insult", "drafted"), stays=True),
    "khong-nang-loi": Press(_marking(lift_mark, MarkKind.INSULT), ("lifted_insult", "drafted"), stays=True),
    "sang-noi-khac": Press(rare_presses.forward, ("forwarded",)),
    "gop": Press(rare_presses.follow, ("follows",), stays=True),
    "tach": Press(rare_presses.unfollow, ("parted",), stays=True),
    "xin-thoi": Press(rare_presses.recuse, ("recused", "passed_over")),
    "gia-han": Press(rare_presses.extend, ("extended",), stays=True),
    "cho-nguoi-gui": Press(_and_draft(rare_presses.pause), ("paused", "drafted"), stays=True),
    "tinh-tiep": Press(_and_draft(rare_presses.resume), ("resumed", "drafted"), stays=True),
    "ket-luan": Press(rare_presses.find, ("found",), stays=True),
    "moi-trinh-bay": Press(rare_presses.invite, ("invited",), stays=True),
    "dong-y-rut": Press(rare_presses.accept_withdrawal, ("withdrawn",)),
    "mo-lai": Press(rare_presses.reopen, ("reopened",), stays=True),
}


def _correct(session: Session, viewer: Viewer, case: Case, typed: Typed, at: datetime) -> None:
    """Store labels changed on the same page; raises NotAllowed when they would take the case away.

    In a case drawn by lot also labels that are the classifier's own are a judgement.
    """
    drawn = awaits_judgement(session, case)
    if drawn and not typed.has_chosen:
        return
    labels = typed.labels_for(case)
    if labels == labels_of(case) and not drawn:
        return
    acts.confirm(session, viewer, case, labels, at)
    if not is_visible(session, viewer, case.reference) or not handles(viewer, case):
        raise NotAllowed("would_move")


def _keep_draft(session: Session, viewer: Viewer, case: Case, typed: Typed, at: datetime) -> None:
    """Keep what was typed beside another act; what lies before a leader stays untouched."""
    reply = acts.current_reply(session, case)
    new = typed.text and typed.text != (reply.text if reply else "")
    if new and case.state in (CaseState.WAITING, CaseState.RETURNED):
        acts.save_draft(session, viewer, case, typed.text, at)
