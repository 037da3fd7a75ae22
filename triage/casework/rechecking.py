"""Cases follow the staff: after a change, each is held once more against the people, and lies where it may.

`access` already keeps a newcomer from every case that was not yet held against him, and whoever serves under
an accused; here the exclusions are written down, and a case is taken from hands that may not hold it.
"""

import uuid
from collections.abc import Callable
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Case, CaseExclusion, Database, ExclusionReason, Post, Tenure, Unit
from models.audit import append_event
from models.cases import JOINED
from triage.casework.access import LEADERS, PRAISE, may_blame
from triage.casework.joining import hold_sisters, keep_whole
from triage.casework.moving import keep_out_namesakes
from triage.casework.passing import is_held, pass_on, send_up
from triage.casework.placing import hold_against_staff, keep_out
from triage.casework.praising import note_praised
from triage.casework.same_matter import settle
from triage.routing.routes import Matter
from vietnamese.calendar import local_day

BATCH = 100


def recheck_people(database: Database, now: Callable[[], datetime], most: int = BATCH) -> int:
    """Hold up to `most` cases against a staff that changed since; returns how many."""
    with database.reading() as session:
        waiting = session.scalars(_outdated().limit(most)).all()
    if not waiting:
        return 0
    with database.writing() as session:
        for case in session.scalars(sa.select(Case).where(Case.id.in_(waiting)).with_for_update(skip_locked=True)):
            recheck(session, case, now())
    return len(waiting)


def recheck(session: Session, case: Case, at: datetime) -> None:
    """Keep out whom the staff of today or of the day of receipt shows to be accused; move the case if it must."""
    day, unit = local_day(at), session.get_one(Unit, case.unit_id)
    version = unit.staff_version
    if not case.superior:
        hold_sisters(session, case)
        matter = Matter(case.kind, case.topic, case.urgent, case.accuses_staff, abstained=False)
        routing = hold_against_staff(session, case, matter, day)
        newly = keep_out(session, case, routing, at) | keep_out_namesakes(session, case, at)
        if newly:
            append_event(session, case, "people_checked", at, officers=sorted(newly))
        if routing.superior or _leads_now(session, case, day):
            send_up(session, case, at, day)
        elif case.is_open and not is_held(session, case, day):
            pass_on(session, case, at, day)
        keep_whole(session, case, at)
        settle(session, case, at, wait=True)
    note_praised(session, case)
    # Not through the object: a page somebody has open is still good.
    session.flush()
    session.execute(sa.update(Case).where(Case.id == case.id).values(staff_version=version))


def _outdated() -> sa.Select[uuid.UUID]:
    return (
        sa.select(Case.id)
        .join(Unit, Unit.id == Case.unit_id)
        .where(Case.staff_version < Unit.staff_version, may_blame() | (Case.kind == PRAISE), Case.route != JOINED)
        .order_by(Case.opened_at.desc())
    )


def _leads_now(session: Session, case: Case, day: date) -> bool:
    """Whether somebody accused in the case leads the unit today: nobody there may judge him any more."""
    leader = (
        sa.select(CaseExclusion.officer_id)
        .join(Tenure, Tenure.officer_id == CaseExclusion.officer_id)
        .join(Post, Post.id == Tenure.post_id)
        .where(
            CaseExclusion.case_id == case.id,
            CaseExclusion.reason == ExclusionReason.ACCUSED,
            Tenure.on(day),
            Post.code.in_(LEADERS),
            Post.unit_id == case.unit_id,
        )
    )
    return case.is_open and session.scalars(leader).first() is not None
