"""Own results: counts of the own posts' cases, by the board's formula, and of nobody else's."""

from datetime import date, timedelta

import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from models import Case, Tenure
from reports.facts import refresh_stale_days
from reports.measures import CaseCounts, punctuality
from tests.fixtures.casework import do, viewer_of
from tests.fixtures.officers import ACCUSING, ANSWER, HOLE, ROAD, RUDE, appoint, open_entry
from tests.fixtures.world import World
from triage.casework import acts
from triage.casework.opening import Labels
from triage.casework.rechecking import recheck_people
from triage.casework.results import OwnCase, OwnResults, count_results, own_results

HEAD, LEADER = "economy_department_head", "vice_chairperson"
QUARTER = (date(2026, 10, 1), date(2026, 12, 31))
BEFORE = (date(2026, 7, 1), date(2026, 9, 30))
STANDINGS = ("overdue", "soon", "in_time", "paused")


def results_of(world: World, who: str) -> OwnResults:
    with world.database.reading() as session:
        return own_results(session, viewer_of(session, world, who), [BEFORE, QUARTER], world.clock())


def test_what_was_answered_and_what_is_owed(world: World) -> None:
    first, late, _open = (open_entry(world, HOLE, ROAD) for _n in range(3))
    world.clock.move(timedelta(days=3))
    do(world, HEAD, acts.submit, first, ANSWER)
    do(world, LEADER, acts.return_reply, first, "Nêu rõ ngày")
    do(world, HEAD, acts.submit, first, ANSWER + " Chậm nhất 12/10.")
    do(world, LEADER, acts.sign, first, ANSWER)
    world.clock.move(timedelta(days=30))
    do(world, LEADER, acts.sign, late, ANSWER)
    before, now = results_of(world, HEAD).periods
    assert before.received == before.answered == 0
    assert before.half_within is None
    assert (now.received, now.answered, now.answered_on_time, now.overdue_open, now.open) == (3, 2, 1, 1, 1)
    assert now.returned == 1
    assert now.half_within == 3
    desk = results_of(world, HEAD).desk
    assert (desk.open, desk.overdue, desk.soon, desk.paused) == (1, 1, 0, 0)


def test_the_same_counts_as_the_boards(world: World) -> None:
    opened = [open_entry(world, HOLE, ROAD) for _n in range(4)]
    do(world, LEADER, acts.sign, opened[0], ANSWER)
    world.clock.move(timedelta(days=40))
    do(world, LEADER, acts.sign, opened[1], ANSWER)
    with world.database.writing() as session:
        session.execute(sa.text("UPDATE stale_facts SET marked_at = marked_at"))
    while refresh_stale_days(world.database, world.clock):
        pass
    with world.database.reading() as session:
        row = session.execute(
            sa.text("SELECT SUM(received), SUM(answered), SUM(answered_on_time), SUM(overdue_open) FROM case_facts")
        ).one()
    own = results_of(world, HEAD).periods[-1]
    assert tuple(row) == (own.received, own.answered, own.answered_on_time, own.overdue_open) == (4, 2, 1, 2)
    counts = CaseCounts(own.received, own.answered, own.answered_on_time, own.overdue_open, own.open)
    assert (punctuality(counts).numerator, punctuality(counts).n) == (1, 4)


def test_of_others_posts_nothing_is_counted_not_even_for_a_leader(world: World) -> None:
    open_entry(world, HOLE, ROAD)
    assert results_of(world, LEADER).periods[-1].received == 0
    assert results_of(world, LEADER).desk.open == 0
    assert results_of(world, "justice_officer").periods[-1].received == 0


def test_a_case_that_accuses_the_officer_changes_no_count(world: World) -> None:
    open_entry(world, HOLE, ROAD)
    before = results_of(world, HEAD)
    hidden = open_entry(world, ACCUSING, RUDE)
    with world.database.writing() as session:
        own = session.scalars(sa.select(Tenure.post_id).where(Tenure.officer_id == world.officers[HEAD])).one()
        session.execute(sa.update(Case).where(Case.reference == hidden.reference).values(post_id=own))
    assert results_of(world, HEAD) == before


def test_what_somebody_else_answered_in_that_post_is_not_the_newcomers(world: World) -> None:
    answered, _open = open_entry(world, HOLE, ROAD), open_entry(world, HOLE, ROAD)
    do(world, LEADER, acts.sign, answered, ANSWER)
    assert results_of(world, HEAD).periods[-1].answered == 1
    world.clock.move(timedelta(days=2))
    with world.database.writing() as session:
        appoint(session, world, world.officers["office_chief"], HEAD)
    recheck_people(world.database, world.clock)
    newcomer = results_of(world, "office_chief")
    assert (newcomer.periods[-1].received, newcomer.periods[-1].answered) == (1, 0)
    assert newcomer.desk.open == 1
    assert results_of(world, HEAD).desk.open == 0


def test_praise_is_counted_by_the_period_it_came_in(world: World) -> None:
    world.clock.at -= timedelta(days=20)
    open_entry(world, "Khen anh Hoàng Minh Tuấn tận tình", Labels("praise", "other", False, False))
    world.clock.at += timedelta(days=20)
    assert results_of(world, HEAD).praises == 0
    open_entry(world, "Cảm ơn anh Hoàng Minh Tuấn", Labels("praise", "other", False, False))
    assert results_of(world, HEAD).praises == 1


@st.composite
def own_cases(draw: st.DrawFn) -> OwnCase:
    received, returned = date(2026, 10, draw(st.integers(1, 31))), draw(st.booleans())
    if draw(st.booleans()):
        return OwnCase(received, None, None, draw(st.sampled_from(STANDINGS)), returned)
    closed = received + timedelta(days=draw(st.integers(0, 60)))
    answered = closed if draw(st.booleans()) else None
    return OwnCase(received, answered, closed, draw(st.sampled_from(("on_time", "late"))), returned)


@given(st.lists(own_cases()))
def test_counts_add_up_and_half_really_came_within(cases: list[OwnCase]) -> None:
    found = count_results(cases)
    assert found.received == found.answered + found.open + found.ended
    assert found.answered_on_time <= found.answered
    assert found.overdue_open <= found.open
    waits = [(case.answered - case.received).days for case in cases if case.answered]
    if found.half_within is None:
        assert not waits
        return
    assert 2 * sum(wait <= found.half_within for wait in waits) >= len(waits)
    assert 2 * sum(wait < found.half_within for wait in waits) < len(waits)
