"""What the classifier and people did to cases, as counts: never a text, a reference or a unit.

Only cases are counted that the whole unit may know of: none that is confidential, accuses staff or is kept from
anybody, and no kind that would make one so. A number of them, or a change of it, would tell that somebody was accused.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from models import Case, Decision, DecisionSource
from triage.casework.auditing import NO_POSTS, newest_word, nobody_kept_out
from triage.reading.shares import Share
from triage.routing.routes import RESTRICTED_KINDS

LEAST = 5
"""Fewer cases than these are not told: one that comes or goes could be known by somebody."""


@dataclass(frozen=True)
class Kept:
    """Of the cases that the classifier gave a label and a person looked at, how many kept it."""

    label: str
    share: Share


def routed_alone(session: Session, since: datetime) -> Share:
    """Of the cases opened since then, those that went to a post without a person."""
    alone = ~Decision.abstained & Decision.route.not_in(NO_POSTS)
    return Share(*session.execute(
        sa.select(sa.func.coalesce(sa.func.sum(sa.cast(alone, sa.Integer)), 0), sa.func.count())
        .select_from(Case)
        .join(Decision, (Decision.entry_id == Case.entry_id) & (Decision.matter == Case.matter))
        .where(nobody_kept_out(), Decision.source == DecisionSource.CLASSIFIER, Case.opened_at >= since)
    ).one())  # fmt: skip


def kept_labels(session: Session) -> dict[str, list[Kept]]:
    """By `kind` and by `topic`: what people left of each label the classifier gave, the most frequent first.

    Labels given fewer than `LEAST` times are left out.
    """
    return {what: _kept(session, what) for what in ("kind", "topic")}


def _kept(session: Session, what: str) -> list[Kept]:
    machine, person = aliased(Decision), aliased(Decision)
    said, meant = getattr(machine, what), getattr(person, what)
    rows = session.execute(
        sa.select(said, sa.func.count(), sa.func.sum(sa.cast(said == meant, sa.Integer)))
        .select_from(Case)
        .join(machine, (machine.entry_id == Case.entry_id) & (machine.matter == Case.matter))
        .join(person, (person.entry_id == Case.entry_id) & (person.number == newest_word()))
        .where(nobody_kept_out(), machine.source == DecisionSource.CLASSIFIER, *_ordinary(machine, person))
        .group_by(said)
    )
    counted = sorted(((label, Share(kept, n)) for label, n, kept in rows), key=lambda one: (-one[1].n, one[0]))
    return [Kept(label, share) for label, share in counted if share.n >= LEAST]


def _ordinary(*decisions: type[Decision]) -> list[sa.ColumnElement[bool]]:
    return [decision.kind.not_in(RESTRICTED_KINDS) for decision in decisions]
