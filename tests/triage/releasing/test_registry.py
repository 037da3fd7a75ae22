"""Releases as rows: one serves, the others are kept, one can go back."""

import pytest
from sqlalchemy.exc import IntegrityError

from models import ClassifierRelease, ReleaseState
from tests.fixtures.releases import add_release, state_of
from tests.fixtures.world import World
from triage.reading.shares import Share
from triage.releasing.comparing import SAFETY, Fall
from triage.releasing.registry import (
    NoSuchRelease,
    find_serving,
    get_earlier,
    get_release,
    put_in_service,
    reason_of,
)

FALL = Fall("frozen", SAFETY[0], Share(90, 100), Share(89, 100))


def states(world: World) -> list[str]:
    return [state_of(world, number) for number in (1, 2, 3)]


def test_a_better_one_serves_and_the_one_before_retires(world: World) -> None:
    add_release(world, "a")
    add_release(world, "b", "no_fall", 30)
    add_release(world, "c", "fell", 40, [FALL])
    assert states(world) == ["retired", "serving", "refused"]
    with world.database.reading() as session:
        serving = find_serving(session)
        assert serving is not None
        assert (serving.number, serving.release, serving.corrections) == (2, "b", 30)
        assert reason_of(get_release(session, 3)).falls == (FALL,)


def test_going_back_goes_to_the_nearest_that_served(world: World) -> None:
    for release, code in (("a", "program"), ("b", "fell"), ("c", "no_fall")):
        add_release(world, release, code)
    with world.database.writing() as session:
        put_in_service(session, get_earlier(session), "rolled_back", world.clock())
    assert states(world) == ["serving", "refused", "retired"]
    with world.database.reading() as session, pytest.raises(NoSuchRelease):
        get_earlier(session)


def test_a_refused_one_put_in_service_keeps_what_barred_it(world: World) -> None:
    add_release(world, "a")
    add_release(world, "b", "fell", falls=[FALL])
    with world.database.writing() as session:
        put_in_service(session, get_release(session, 2), "by_hand", world.clock())
        reason = reason_of(get_release(session, 2))
    assert (reason.code, reason.falls) == ("by_hand", (FALL,))
    assert state_of(world, 1) == "retired"


def test_one_kept_for_a_person_serves_nobody_yet(world: World) -> None:
    add_release(world, "a")
    add_release(world, "b", "held")
    assert [state_of(world, number) for number in (1, 2)] == ["serving", "candidate"]


def test_the_same_learning_is_stored_once(world: World) -> None:
    add_release(world, "a")
    with pytest.raises(IntegrityError):
        add_release(world, "a", "fell")


def test_the_database_itself_lets_only_one_serve(world: World) -> None:
    add_release(world, "a")
    add_release(world, "b", "held")
    with pytest.raises(IntegrityError), world.database.writing() as session:
        session.get_one(ClassifierRelease, 2).state = ReleaseState.SERVING


def test_a_long_list_of_falls_fits_its_column(world: World) -> None:
    many = [Fall("fresh, bare", figure, Share(1000 + n, 2000), Share(999, 2000)) for n in range(9) for figure in SAFETY]
    number = add_release(world, "a", "fell", falls=many)
    with world.database.reading() as session:
        row = get_release(session, number)
        assert len(row.reason) <= 1000
        assert reason_of(row).falls == tuple(many[: len(reason_of(row).falls)])
        assert len(reason_of(row).falls) > 5


def test_an_unknown_number_says_how_to_see_them(world: World) -> None:
    with world.database.reading() as session, pytest.raises(NoSuchRelease, match="triage releases"):
        get_release(session, 7)
