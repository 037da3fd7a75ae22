"""Who signs answers in a unit: a leader, but for the kinds a commune lets its officers answer alone."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Case, Decision, DecisionSource, SigningRule
from triage.casework.access import Viewer

ALONE = ("question", "praise")
"""Kinds an officer may answer alone where the unit's rule says so: nobody is blamed and nothing is owed by law."""


def alone_in(session: Session, unit_id: int) -> frozenset[str]:
    """The kinds that officers of a unit answer alone."""
    rules = sa.select(SigningRule.kind).where(SigningRule.unit_id == unit_id, SigningRule.officer_signs)
    return frozenset(session.scalars(rules)) & frozenset(ALONE)


def set_alone(session: Session, unit_id: int, kinds: Collection[str]) -> None:
    """Say which of `ALONE` the officers of a unit answer alone; all others need a leader."""
    for kind in ALONE:
        rule = session.get(SigningRule, (unit_id, kind)) or SigningRule(unit_id=unit_id, kind=kind)
        rule.officer_signs = kind in kinds
        session.add(rule)
    session.flush()


def signs_alone(session: Session, viewer: Viewer, case: Case) -> bool:
    """Whether the officer who answers a case issues the answer without a leader.

    Nobody's own correction opens the way round the leader: the kind is then another person's word or the machine's.
    """
    ordinary = not (case.confidential or case.superior or case.accuses_staff or case.urgent)
    if case.post_id not in viewer.post_ids or not ordinary or case.kind not in alone_in(session, case.unit_id):
        return False
    of_matter = sa.select(Decision).where(Decision.entry_id == case.entry_id, Decision.matter == case.matter)
    said = session.scalars(of_matter.where(Decision.kind == case.kind)).all()
    return any(one.source is DecisionSource.CLASSIFIER or one.account_id != viewer.account_id for one in said)
