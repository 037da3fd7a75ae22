"""A case leaves hands that may not hold it: to the next leader who may know of it, else to the superior level."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Case, Post, Tenure
from models.audit import append_event
from models.facts import mark_stale
from triage.casework.placing import kept_out, place, somebody_may_hold
from triage.routing.routes import SUPERIOR, Reason, Routing
from vietnamese.calendar import local_day


def is_held(session: Session, case: Case, day: date) -> bool:
    """Whether somebody who may know of the case holds its post."""
    return somebody_may_hold(session, case.post_id, kept_out(session, case, day), day)


def send_up(session: Session, case: Case, at: datetime, day: date) -> None:
    """To the superior level: nobody in the unit may judge it."""
    up = Routing(SUPERIOR, (), (), superior=True, confidential=True, reasons=(Reason("leader_accused"),))
    place(session, case, up, at, day)
    append_event(session, case, "sent_up", at)
    # It is confidential from now on, and leaves every count.
    mark_stale(session, case.entry.unit_id, local_day(case.opened_at), at)


def pass_on(session: Session, case: Case, at: datetime, day: date) -> None:
    """To the next leader who may know, else to the superior level."""
    leader = next_leader(session, case, day)
    if leader is None:
        send_up(session, case, at, day)
        return
    before, case.post_id, case.route = case.route, leader.id, leader.code
    append_event(session, case, "passed_over", at, before=before, after=leader.code)


def next_leader(session: Session, case: Case, day: date) -> Post | None:
    """The post of a leader of the unit who may know of the case."""
    return session.scalars(
        sa.select(Post)
        .join(Tenure, Tenure.post_id == Post.id)
        .where(Post.unit_id == case.unit_id, Post.signs, Tenure.on(day),
               Tenure.officer_id.not_in(kept_out(session, case, day)))
        .order_by(Post.id.desc())
    ).first()  # fmt: skip
