"""A case goes to another authority, because answering it is not this one's to do.

What went out stands word for word in a row of its own. Who wrote is protected: the way to reach the sender goes along
only with the sender's consent or where a law says so (Law 25/2018 Art. 8, 9, 56).
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Case, Transfer
from models.audit import append_event
from triage.casework.access import Viewer
from triage.casework.auditing import awaits_judgement
from triage.casework.changing import check, count_again, enter, require
from triage.casework.naming import has_contact, tells_sender
from triage.casework.same_matter import part
from triage.casework.states import Act

CONSENT, BY_LAW = "consent", "law"
BASES = (CONSENT, BY_LAW)
"""On what ground the way to reach the sender may go along."""


@dataclass(frozen=True)
class Letter:
    """What goes to the other authority. `contact_basis` is empty where the sender's name and telephone stay here."""

    authority: str
    number: str
    sent: str
    contact_basis: str = ""


def forward(session: Session, viewer: Viewer, case: Case, letter: Letter, at: datetime) -> Transfer:
    """Hand the case to another authority and file it; its sender reads by the code where it went."""
    state = check(session, viewer, case, Act.FORWARD)
    require(not awaits_judgement(session, case), "audit_unjudged")
    require(bool(letter.authority.strip()), "authority_missing")
    require(bool(letter.sent.strip()), "sent_missing")
    require(letter.contact_basis in ("", *BASES), "contact_basis_missing")
    require(not letter.contact_basis or has_contact(session, case), "no_contact")
    # Also with a ground: what was sent stays in the record for all to read, name and telephone do not.
    require(not tells_sender(session, case, letter.sent), "sent_tells_sender")
    transfer = Transfer(
        case_id=case.id, number=_next_number(session, case), province_code=case.province_code, unit_id=case.unit_id,
        authority=letter.authority.strip(), letter_number=letter.number.strip(), sent=letter.sent.strip(),
        with_contact=bool(letter.contact_basis), at=at, account_id=viewer.account_id,
    )  # fmt: skip
    session.add(transfer)
    # Each sender's words go out on their own: the others' cases are answered here or sent on one by one.
    part(session, case, at, viewer.account_id)
    enter(session, case, state, at)
    append_event(session, case, "forwarded", at, viewer.account_id, authority=transfer.authority,
                 letter_number=transfer.letter_number, sent=transfer.sent,
                 contact_basis=letter.contact_basis)  # fmt: skip
    count_again(session, case, at)
    return transfer


def newest_transfer(session: Session, case: Case) -> Transfer | None:
    """The last letter that went out with the case."""
    of_case = sa.select(Transfer).where(Transfer.case_id == case.id)
    return session.scalars(of_case.order_by(Transfer.number.desc()).limit(1)).first()


def _next_number(session: Session, case: Case) -> int:
    last = newest_transfer(session, case)
    return last.number + 1 if last else 1
