"""Several cases confirmed by one press, each as if it were confirmed on its own page."""

import threading

import sqlalchemy as sa

from models import Case, Decision, DecisionSource
from tests.fixtures.casework import case_in, do, events, version_in, viewer_of
from tests.fixtures.officers import ANSWER, BRIBE, HOLE, ROAD, Opened, open_entry
from tests.fixtures.releases import draw
from tests.fixtures.world import World
from triage.casework import acts
from triage.casework.confirming import MOST, Confirmations, Ticked, confirm_several
from triage.casework.inbox import Heap, get_pile
from triage.casework.opening import Labels
from triage.casework.record import verify_all

HANDLER = "economy_department_head"


def ticked(world: World, *opened: Opened) -> list[Ticked]:
    return [Ticked(one.reference, version_in(world, one)) for one in opened]


def confirm(world: World, who: str, chosen: list[Ticked]) -> Confirmations:
    with world.database.writing() as session:
        done = confirm_several(session, viewer_of(session, world, who), chosen, world.clock())
    with world.database.reading() as session:
        assert verify_all(session).faults == []
    return done


def test_each_gets_its_own_event_and_its_own_label(world: World) -> None:
    opened = [open_entry(world, f"Ổ gà số {number}", ROAD) for number in range(3)]
    done = confirm(world, HANDLER, ticked(world, *opened))
    assert done == Confirmations(tuple(one.reference for one in opened), ())
    for one in opened:
        assert events(world, one) == ["opened", "confirmed"]
        assert case_in(world, one).confirmed
    with world.database.reading() as session:
        people = sa.select(sa.func.count()).where(Decision.source == DecisionSource.PERSON)
        assert session.scalar(people) == 3


def test_what_changed_meanwhile_is_left_and_told(world: World) -> None:
    one, other, third = (open_entry(world, f"Ổ gà số {number}", ROAD) for number in range(3))
    chosen = ticked(world, one, other, third)
    do(world, "chairperson", acts.save_draft, other, ANSWER)
    do(world, "chairperson", acts.confirm, third, ROAD)
    done = confirm(world, HANDLER, chosen)
    assert done.confirmed == (one.reference,)
    assert dict(done.refused) == {other.reference: "changed", third.reference: "confirmed_before"}
    assert events(world, other) == ["opened", "drafted"]
    assert not case_in(world, other).confirmed


def test_a_second_press_does_nothing_twice(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    chosen = ticked(world, opened)
    confirm(world, HANDLER, [*chosen, *chosen])
    assert confirm(world, HANDLER, chosen).refused == ((opened.reference, "confirmed_before"),)
    assert events(world, opened) == ["opened", "confirmed"]


def test_what_must_be_looked_at_one_by_one_is_refused(world: World) -> None:
    drawn, restricted = open_entry(world, HOLE, ROAD), open_entry(world, "Cán bộ đòi tôi năm triệu.", BRIBE)
    closed, following, lead = (open_entry(world, f"Ổ gà số {number}", ROAD) for number in range(3))
    draw(world, drawn)
    do(world, "chairperson", acts.sign, closed, ANSWER)
    do(world, "chairperson", acts.follow_lead, following, lead.reference)
    done = confirm(world, "chairperson", ticked(world, drawn, restricted, closed, following))
    assert done.confirmed == ()
    assert dict(done.refused) == {
        drawn.reference: "audit_unjudged", restricted.reference: "restricted",
        closed.reference: "closed_or_not_yours", following.reference: "follows_another",
    }  # fmt: skip
    assert "confirmed" not in [act for one in (drawn, restricted, closed, following) for act in events(world, one)]


def test_the_hidden_the_unknown_and_anothers_are_one(world: World) -> None:
    hidden = open_entry(world, "Ông Hoàng Minh Tuấn phòng kinh tế quát mắng dân.",
                        Labels("petition", "staff_attitude", False, True))  # fmt: skip
    elsewhere = open_entry(world, HOLE, ROAD, box=world.other_box_code)
    chosen = [*ticked(world, hidden, elsewhere), Ticked("ZZZZ-ZZZZ", 1)]
    done = confirm(world, HANDLER, chosen)
    assert done == Confirmations((), tuple((one.reference, "unknown") for one in chosen))
    assert events(world, hidden) == events(world, elsewhere) == ["opened"]


def test_what_fails_half_way_undoes_itself_alone(world: World) -> None:
    """The act finds a follower held after it changed its own case: that case stays as it was, the others do not."""
    first, lead, follower, last = (open_entry(world, f"Ổ gà số {number}", ROAD) for number in range(4))
    do(world, HANDLER, acts.follow_lead, follower, lead.reference)
    chosen = ticked(world, first, lead, last)
    if world.database.is_sqlite:
        assert confirm(world, HANDLER, chosen).refused == ()
        return
    before = events(world, lead), version_in(world, lead)
    with world.database.writing() as session:
        session.scalars(sa.select(Case).where(Case.reference == follower.reference).with_for_update()).one()
        done = confirm(world, HANDLER, chosen)
    assert done == Confirmations((first.reference, last.reference), ((lead.reference, "changed"),))
    assert (events(world, lead), version_in(world, lead)) == before
    assert not case_in(world, lead).confirmed


def test_more_than_one_press_takes_are_told(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    many = [Ticked(f"ZZZZ-{number:04}", 1) for number in range(MOST)]
    done = confirm(world, HANDLER, [*many, *ticked(world, opened)])
    assert done.refused[-1] == (opened.reference, "too_many")
    assert events(world, opened) == ["opened"]


def test_a_case_somebody_holds_is_left_and_nobody_waits(world: World) -> None:
    """On SQLite one writer works at a time; on PostgreSQL a held row is passed over."""
    free, held = open_entry(world, HOLE, ROAD), open_entry(world, "Ổ gà", ROAD)
    chosen = ticked(world, free, held)
    if world.database.is_sqlite:
        assert confirm(world, HANDLER, chosen).refused == ()
        return
    done = list[Confirmations]()
    with world.database.writing() as session:
        session.scalars(sa.select(Case).where(Case.reference == held.reference).with_for_update()).one()
        other = threading.Thread(target=lambda: done.append(confirm(world, HANDLER, chosen)))
        other.start()
        other.join(5)
        assert not other.is_alive()
    assert done == [Confirmations((free.reference,), ((held.reference, "changed"),))]


def test_a_row_offers_a_tick_exactly_where_one_word_would_do(world: World) -> None:
    fine, drawn = open_entry(world, HOLE, ROAD), open_entry(world, "Ổ gà", ROAD)
    done, following = open_entry(world, "Đèn đường", ROAD), open_entry(world, "Hố ga", ROAD)
    restricted = open_entry(world, "Cán bộ đòi tôi năm triệu.", BRIBE)
    draw(world, drawn)
    do(world, HANDLER, acts.confirm, done, ROAD)
    do(world, "chairperson", acts.follow_lead, following, fine.reference)
    everything = (fine, drawn, done, following, restricted)
    for who in ("chairperson", "vice_chairperson", HANDLER):
        with world.database.reading() as session:
            viewer = viewer_of(session, world, who)
            rows = get_pile(session, viewer, Heap.ALL, world.clock()).rows
        offered = {row.reference for row in rows if row.confirmable}
        assert offered == {fine.reference}, who
        for row in rows:
            assert row.version == next(version_in(world, one) for one in everything if one.reference == row.reference)
        with world.database.writing() as session:
            viewer = viewer_of(session, world, who)
            taken = confirm_several(session, viewer, ticked(world, *everything), world.clock())
            assert set(taken.confirmed) == offered, who
            session.rollback()
