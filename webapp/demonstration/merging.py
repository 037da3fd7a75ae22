"""The middle of the demonstration's year: a hypothetical commune becomes part of another, with work in hand."""

import sqlalchemy as sa

from models import Post, Tenure, Unit
from models.mergers import former_staff, merge_units, move_officer
from triage.casework.moving import move_open_cases
from webapp.demonstration.living import Stage
from webapp.demonstration.numbers import instant
from webapp.demonstration.plan import FORMER, FORMER_GOES_TO, STAYING, Dates


def merge(stage: Stage, dates: Dates) -> None:
    """Merge once; a demonstration that is continued finds it done."""
    stage.clock.at = at = instant(dates.merger, 7)
    with stage.database.writing() as session:
        former, heir = (
            session.scalars(sa.select(Unit).where(Unit.code == code)).one() for code in (FORMER.code, FORMER_GOES_TO)
        )
        if former.valid_to is not None:
            return
        merge_units(session, [former], heir, dates.merger, at)
        for officer in former_staff(session, former):
            if officer.staff_code in STAYING:
                post = STAYING[officer.staff_code]
                move_officer(session, officer, at)
                home = session.scalars(sa.select(Post.id).where(Post.unit_id == heir.id, Post.code == post)).one()
                session.add(Tenure(post_id=home, officer_id=officer.id, starts_on=dates.merger))
        session.flush()
        move_open_cases(session, at)
