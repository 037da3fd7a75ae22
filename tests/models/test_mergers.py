"""Merging units: what ends, what goes on, what is refused, what a second run does."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from models import Account, DutyShift, Officer, Post, Tenure, Unit, UnitKind, UnitSuccession
from models.mergers import (
    find_unit_of_code,
    former_staff,
    merge_units,
    move_officer,
    unit_on,
    with_predecessors,
)
from models.refusals import Refused
from models.territory import found_commune
from tests.fixtures.mergers import EVE, MERGER, MORNING, merge, officer_of, post_of
from tests.fixtures.world import World
from triage.casework.access import get_viewer
from webapp.backups import count_rows


def _refused(world: World, ending: list[str], into: str, on: date = MERGER) -> str:
    with pytest.raises(Refused) as problem, world.database.writing() as session:
        codes = {unit.code: unit for unit in session.scalars(sa.select(Unit))}
        merge_units(session, [codes[code] for code in ending], codes[into], on, world.clock())
    return problem.value.code


def test_validity_tenures_and_duty_end_and_posts_stay(world: World) -> None:
    with world.database.writing() as session:
        chair = officer_of(session, world.other_id, "chairperson")
        session.add_all(
            DutyShift(unit_id=world.other_id, day=day, officer_id=chair.id)
            for day in (MERGER - timedelta(days=1), MERGER, MERGER + timedelta(days=5))
        )
        posts = session.scalars(sa.select(sa.func.count()).where(Post.unit_id == world.other_id)).one()
    done = merge(world)
    assert done.tenures == posts
    with world.database.reading() as session:
        former = session.get_one(Unit, world.other_id)
        assert former.valid_to == MERGER
        assert session.get_one(UnitSuccession, (world.other_id, world.commune_id, MERGER)).part is False
        ends = session.scalars(sa.select(Tenure.ends_on).join(Post).where(Post.unit_id == world.other_id)).all()
        assert set(ends) == {MERGER}
        assert len(ends) == posts
        assert session.scalars(sa.select(DutyShift.day).where(DutyShift.unit_id == world.other_id)).all() == [
            MERGER - timedelta(days=1)
        ]
        untouched = sa.select(Tenure.id).join(Post).where(Post.unit_id == world.commune_id, Tenure.ends_on.is_(None))
        assert len(session.scalars(untouched).all()) == posts


def test_who_stands_for_a_unit_changes_at_midnight_and_over_two_mergers(world: World) -> None:
    merge(world)
    with world.database.writing() as session:
        first, second = session.get_one(Unit, world.other_id), session.get_one(Unit, world.commune_id)
        third = found_commune(session, "03700", "Xã Mới", second, MERGER + timedelta(days=5))
        world.clock.at = MORNING
        merge_units(session, [second], third, MERGER + timedelta(days=5), world.clock())
        days = [MERGER + timedelta(days=step) for step in (-1, 0, 4, 5)]
        assert [unit_on(session, first, day).id for day in days] == [first.id, second.id, second.id, third.id]
        assert with_predecessors(session, [third.id], days[3]) == sorted({first.id, second.id, third.id})
        assert with_predecessors(session, [third.id], days[2]) == [third.id]


def test_a_divided_unit_stands_for_itself(world: World) -> None:
    with world.database.writing() as session:
        former = session.get_one(Unit, world.other_id)
        former.valid_to = MERGER
        session.add(
            UnitSuccession(predecessor_id=former.id, successor_id=world.commune_id, on=MERGER, part=True),
        )
        session.flush()
        assert unit_on(session, former, MERGER).id == former.id


def test_a_second_run_changes_nothing(world: World) -> None:
    world.clock.at = MORNING
    merge(world)
    with world.database.reading() as session:
        before = count_rows(world.database), session.scalars(sa.select(Unit.staff_version).order_by(Unit.id)).all()
    done = merge(world)
    assert (done.ended, done.tenures, done.posts) == ((), 0, 0)
    with world.database.reading() as session:
        after = count_rows(world.database), session.scalars(sa.select(Unit.staff_version).order_by(Unit.id)).all()
    assert after == before


def test_what_cannot_be_is_refused_and_changes_nothing(world: World) -> None:
    with world.database.writing() as session:
        home = session.get_one(Unit, world.commune_id)
        found_commune(session, "03701", "Xã Sau", home, MERGER + timedelta(days=1))
        elsewhere = found_commune(session, "11111", "Xã Xa", home, date(2025, 7, 1))
        elsewhere.province_code = "31"
    before = count_rows(world.database)
    assert _refused(world, [], "03646") == "nothing_to_merge"
    assert _refused(world, ["03646"], "03646") == "into_itself"
    assert _refused(world, ["14"], "03646") == "not_a_commune"
    assert _refused(world, ["11111"], "03646") == "other_province"
    assert _refused(world, ["03664"], "03701") == "successor_absent"
    assert _refused(world, ["03701"], "03646") == "begins_later"
    assert _refused(world, ["03664"], "03646", date(2206, 10, 15)) == "day_far"
    assert count_rows(world.database) == before
    merge(world)
    assert _refused(world, ["03664"], "03646", MERGER + timedelta(days=1)) == "ended_already"
    assert _refused(world, ["03646"], "03664") == "successor_absent"


def test_a_successor_nobody_could_answer_for_is_refused(world: World) -> None:
    with world.database.writing() as session:
        home = session.get_one(Unit, world.commune_id)
        new = found_commune(session, "03700", "Xã Mới", home, MERGER)
        session.add(Post(unit_id=new.id, code="accountant", title="Kế toán"))
    assert _refused(world, ["03664"], "03700") == "nobody_to_answer"


def test_a_new_unit_is_given_the_posts_of_the_old_ones_and_may_bear_an_old_code(world: World) -> None:
    world.clock.at = MORNING
    with world.database.writing() as session:
        old = [session.get_one(Unit, unit_id) for unit_id in (world.commune_id, world.other_id)]
        new = found_commune(session, "03646", "Phường Sơn La", old[0], MERGER)
        done = merge_units(session, old, new, MERGER, world.clock())
        assert done.posts == 10
        copied = post_of(session, new.id, "economy_department_head")
        assert (copied.title, copied.heads, copied.department.name) == ("Trưởng phòng Kinh tế", True, "Phòng Kinh tế")
        assert post_of(session, new.id, "chairperson").signs
        assert find_unit_of_code(session, "03646", MERGER - timedelta(days=1)).name == "Phường Tô Hiệu"
        assert find_unit_of_code(session, "03646", MERGER).name == "Phường Sơn La"
        assert (new.kind, new.province_code, new.parent_id) == (UnitKind.WARD, "14", world.province_id)


def test_a_post_that_was_to_begin_later_never_does(world: World) -> None:
    with world.database.writing() as session:
        chair = officer_of(session, world.other_id, "chairperson")
        clerk = post_of(session, world.other_id, "reception_clerk")
        session.add(Tenure(post_id=clerk.id, officer_id=chair.id, starts_on=MERGER + timedelta(days=3)))
    merge(world)
    with world.database.reading() as session:
        late = sa.select(Tenure.id).join(Post).where(Post.unit_id == world.other_id, Tenure.starts_on >= MERGER)
        assert session.scalars(late).all() == []


def test_a_merger_told_late_ends_what_began_in_between(world: World) -> None:
    began = MERGER + timedelta(days=3)
    with world.database.writing() as session:
        chair = officer_of(session, world.other_id, "chairperson")
        clerk = post_of(session, world.other_id, "reception_clerk")
        session.add(Tenure(post_id=clerk.id, officer_id=chair.id, starts_on=began))
    world.clock.at = MORNING + timedelta(days=20)
    merge(world)
    with world.database.reading() as session:
        kept = session.scalars(sa.select(Tenure).where(Tenure.starts_on == began)).one()
        assert kept.ends_on == began + timedelta(days=1)


def test_staff_of_an_ended_unit_sees_nothing_and_moved_people_keep_row_and_sign_in(world: World) -> None:
    world.clock.at = EVE
    merge(world)
    with world.database.writing() as session:
        clerk = officer_of(session, world.other_id, "justice_officer")
        assert move_officer(session, clerk, EVE).id == world.other_id, "not before the day"
        assert clerk.unit_id == world.other_id
        account = session.scalars(sa.select(Account).where(Account.officer_id == clerk.id)).one()
        assert get_viewer(session, account, MERGER - timedelta(days=1)).post_ids
        assert get_viewer(session, account, MERGER).post_ids == frozenset()
        version = session.get_one(Unit, world.commune_id).staff_version
        assert len(former_staff(session, session.get_one(Unit, world.other_id))) == 10
        assert move_officer(session, clerk, MORNING).id == world.commune_id
        session.refresh(session.get_one(Unit, world.commune_id))
        assert clerk.listed_version == session.get_one(Unit, world.commune_id).staff_version == version + 1
        # `cb03` is taken in the first commune.
        assert clerk.staff_code == "cb03-03664"
        assert (account.unit_id, account.username) == (world.commune_id, "b.justice_officer")
        assert move_officer(session, clerk, MORNING).id == world.commune_id, "again changes nothing"
        assert clerk.staff_code == "cb03-03664"
        assert len(former_staff(session, session.get_one(Unit, world.other_id))) == 9


def test_nobody_is_moved_from_a_unit_that_nobody_took_over(world: World) -> None:
    with world.database.writing() as session:
        session.get_one(Unit, world.other_id).valid_to = MERGER
        officer = session.scalars(sa.select(Officer).where(Officer.unit_id == world.other_id).limit(1)).one()
        with pytest.raises(Refused, match="no_successor"):
            move_officer(session, officer, MORNING)
