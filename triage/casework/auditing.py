"""Cases drawn by lot: their handler says what they are before seeing what the classifier said.

Only what it routed alone to an ordinary post, and is kept from nobody, is drawn. A case once drawn stays in the count
whatever becomes of it: a count that drops when a case turns out to be restricted would tell more than one that stays,
and leaving out the letters that it took for harmless would flatter it where it matters most.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from models import AuditedCase, Case, CaseEvent, CaseExclusion, Decision, DecisionSource
from models.base import keyring_of
from triage.lots import is_drawn
from triage.releasing.running import Outcome
from triage.routing.routes import DUTY_LEADER, RECEPTION, RESTRICTED_INTAKE, SUPERIOR
from vietnamese.calendar import local_day

NO_POSTS = (DUTY_LEADER, RECEPTION, RESTRICTED_INTAKE, SUPERIOR)
"""Routes by which a person or the law decides, not the topic's table."""


def draw(session: Session, case: Case, abstained: bool, release: str, share: float, at: datetime) -> None:
    """Let the lot fall on a case just opened, in the transaction that opens it; `share` is 0–1."""
    alone = not abstained and case.route not in NO_POSTS and _is_everybodys(session, case)
    if alone and is_drawn(keyring_of(session.get_bind().dialect), "audit", case.id.bytes, share):
        session.add(
            AuditedCase(
                case_id=case.id, release=release, drawn_at=at, province_code=case.province_code, unit_id=case.unit_id
            )
        )
        session.flush()


def nobody_kept_out() -> sa.ColumnElement[bool]:
    """Condition on cases: everybody of the unit may know that it exists, so that counts of them tell nothing."""
    excluded = sa.exists().where(CaseExclusion.case_id == Case.id)
    return ~Case.confidential & ~Case.accuses_staff & ~excluded


def _is_everybodys(session: Session, case: Case) -> bool:
    return bool(session.scalar(sa.select(sa.exists().where(Case.id == case.id, nobody_kept_out()))))


def awaits_judgement(session: Session, case: Case) -> bool:
    """Whether the lot fell on the case and nobody has said yet what it is."""
    return not case.confirmed and session.get(AuditedCase, case.id) is not None


def awaiting(session: Session, cases: Iterable[Case]) -> set[UUID]:
    """Those of the cases whose handler must still say what they are."""
    ids = [case.id for case in cases if not case.confirmed]
    return set(session.scalars(sa.select(AuditedCase.case_id).where(AuditedCase.case_id.in_(ids))))


def newest_word() -> sa.ScalarSelect[int]:
    """The number of the last decision that a person made on a case, to be joined to cases."""
    return (
        sa.select(sa.func.max(Decision.number))
        .where(
            Decision.entry_id == Case.entry_id,
            Decision.matter == Case.matter,
            Decision.source == DecisionSource.PERSON,
        )
        .correlate(Case)
        .scalar_subquery()
    )


def load_outcomes(session: Session) -> list[Outcome]:
    """Every case that was ever drawn, as counts need it: no text, no reference, no unit."""
    machine, person = aliased(Decision), aliased(Decision)
    handed = sa.exists().where(CaseEvent.case_id == Case.id, CaseEvent.act == "reassigned")
    of_machine = (machine.entry_id == Case.entry_id) & (machine.matter == Case.matter)
    rows = session.execute(
        sa.select(
            AuditedCase.drawn_at, AuditedCase.release, person.id,
            machine.kind == person.kind, machine.topic == person.topic, (machine.route == person.route) & ~handed,
        )
        .select_from(AuditedCase)
        .join(Case, Case.id == AuditedCase.case_id)
        .join(machine, of_machine & (machine.source == DecisionSource.CLASSIFIER))
        .outerjoin(person, (person.entry_id == Case.entry_id) & (person.number == newest_word()))
        .order_by(AuditedCase.drawn_at)
    )  # fmt: skip
    return [
        Outcome(local_day(at), release)
        if judged is None
        else Outcome(local_day(at), release, bool(kind), bool(topic), bool(post))
        for at, release, judged, kind, topic, post in rows
    ]
