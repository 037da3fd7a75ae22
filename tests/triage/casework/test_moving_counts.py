"""Cases of a commune that ended are counted once, for the day and the unit that received them."""

import uuid
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import (
    CaseFact,
    Entry,
    RatingFact,
    Response,
    Submission,
    Unit,
)
from models.facts import mark_stale
from reports.facts import refresh_stale_days
from reports.periods import parse_period
from reports.summaries import compare, summarise, units_under
from tests.fixtures.mergers import (
    EVE,
    MERGER,
    MORNING,
    OTHER_SURVEY,
    add_survey,
    cases,
    merge,
    old_home,
    work,
)
from tests.fixtures.officers import press
from tests.fixtures.world import World
from triage.casework.opening import Labels

ROAD = Labels("petition", "infrastructure", False, False)
HOLE = "Đoạn đường vào bản sụt một mét, xe máy ngã mấy lần rồi."


def _totals(session: Session) -> tuple[list[int], list[int]]:
    ratings = [getattr(RatingFact, f"level_{level}") for level in range(1, 6)] + [RatingFact.blank]
    counts = [CaseFact.received, CaseFact.answered, CaseFact.answered_on_time, CaseFact.overdue_open]
    rated = session.execute(sa.select(*map(sa.func.sum, ratings)).where(RatingFact.question == "overall")).one()
    counted = session.execute(sa.select(*map(sa.func.sum, counts))).one()
    return list(rated), list(counted)


def _rate(world: World, code: str, overall: int, comment: str = "") -> uuid.UUID:
    number = uuid.uuid4()
    form = {"submission_id": str(number), "overall": str(overall), "comment": comment}
    assert world.client().post(f"/q/{code}", data=form).status_code == 200
    return number


def test_no_row_is_lost_to_a_count_nor_counted_twice(world: World) -> None:
    add_survey(world)
    for level in (1, 3, 4, 5, 5, 5):
        _rate(world, OTHER_SURVEY, level, HOLE)
        _rate(world, world.survey_code, level, "")
    work(world)
    answered, *_rest = (case for case in cases(world))
    page = f"/can-bo/viec/{answered.reference}"
    version = {"version": str(answered.version), "text": "Đã vá."}
    assert world.client("chairperson", "b").post(f"{page}/ky", data=version).status_code == 303
    work(world)
    quarter = parse_period("2026-Q4")
    with world.database.reading() as session:
        before = _totals(session)
        assert before[1] == [6, 1, 1, 0]
        both = [session.get_one(Unit, unit_id) for unit_id in (world.commune_id, world.other_id)]
        parts = [summarise(session, unit, quarter).now for unit in both]
    world.clock.at = MORNING
    merge(world)
    work(world)
    with world.database.reading() as session:
        assert _totals(session) == before
        province = session.get_one(Unit, world.province_id)
        units = units_under(session, province, quarter.last)
        assert [unit.id for unit in units] == [world.commune_id]
        found = compare(session, units, quarter)
        whole = summarise(session, units[0], quarter).now
    assert whole.overall.counts == parts[0].overall.counts + parts[1].overall.counts
    assert whole.cases == parts[0].cases + parts[1].cases
    assert found.units[0].overall.counts == whole.overall.counts
    # Everything is counted anew from what happened: the same again.
    with world.database.writing() as session:
        for unit_id in (world.commune_id, world.other_id):
            for day in range(5, 16):
                mark_stale(session, unit_id, date(2026, 10, day), world.clock())
    while refresh_stale_days(world.database, world.clock):
        pass
    with world.database.reading() as session:
        assert _totals(session) == before


def test_an_answer_of_the_successor_counts_for_the_day_the_old_unit_received_it(world: World) -> None:
    opened = old_home(world, HOLE, ROAD)
    world.clock.at = MORNING
    merge(world)
    work(world)
    press(world.client("chairperson"), opened, "ky", text="Đã vá.")
    work(world)
    with world.database.reading() as session:
        facts = session.execute(sa.select(CaseFact.unit_id, CaseFact.received, CaseFact.answered)).all()
    assert facts == [(world.other_id, 1, 1)]


def test_a_moved_case_that_falls_overdue_is_counted_where_it_was_received(world: World) -> None:
    old_home(world, HOLE, ROAD)
    world.clock.at = MORNING
    merge(world)
    work(world)
    world.clock.move(timedelta(days=40))
    work(world)
    with world.database.reading() as session:
        facts = session.execute(sa.select(CaseFact.unit_id, CaseFact.received, CaseFact.overdue_open)).all()
    assert facts == [(world.other_id, 1, 1)]


def test_ratings_of_an_old_code_count_for_the_unit_of_the_day(world: World) -> None:
    add_survey(world)
    merge(world)
    world.clock.at = EVE
    before = _rate(world, OTHER_SURVEY, 5)
    world.clock.at = EVE + timedelta(hours=1)
    after = _rate(world, OTHER_SURVEY, 4, "Chờ hơi lâu.")
    with world.database.reading() as session:
        assert [session.get_one(Response, number).unit_id for number in (before, after)] == [
            world.other_id,
            world.commune_id,
        ]
        assert session.get_one(Submission, after).unit_id == session.get_one(Entry, after).unit_id == world.commune_id
    # A retry after midnight of what was sent before changes nothing.
    form = {"submission_id": str(before), "overall": "5"}
    assert world.client().post(f"/q/{OTHER_SURVEY}", data=form).status_code == 200
    work(world)
    with world.database.reading() as session:
        facts = session.execute(
            sa.select(RatingFact.unit_id, RatingFact.day).where(RatingFact.question == "overall")
        ).all()
    assert sorted(facts) == sorted([(world.other_id, date(2026, 10, 14)), (world.commune_id, MERGER)])
