"""Cases about the same matter are suggested from what the viewer may know of, and from nothing else."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Account, Case
from tests.fixtures.officers import ANSWER, BRIBE, ROAD, RUDE, Opened, open_entry, press, state_of
from tests.fixtures.world import World
from triage.casework.access import Viewer, get_case, get_viewer
from triage.casework.alike import AlikeCase, get_alike
from vietnamese.calendar import local_day

LAMP = "Đèn đường ngã ba bản Nà Sàng, chỗ quán bà Tím, tắt gần một tháng, tối om."
SAME = "den cho quan ba Tim nga ba na sang van tat, toi om ca thang"
ELSEWHERE = "Đèn đường ngã ba bản Huổi Co, chỗ quán nhà Sơn Lụa, tắt nửa tháng, tối om."
HEAD, CHAIR = "economy_department_head", "chairperson"


def seen_by(world: World, post: str, opened: Opened) -> tuple[AlikeCase, ...]:
    with world.database.reading() as session:
        viewer = viewer_of(session, world, post)
        return get_alike(session, viewer, get_case(session, viewer, opened.reference), world.clock())


def viewer_of(session: Session, world: World, post: str) -> Viewer:
    account = session.scalars(sa.select(Account).where(Account.username == f"a.{post}")).one()
    return get_viewer(session, account, local_day(world.clock()))


def test_a_neighbour_who_wrote_before_is_found(world: World) -> None:
    first, _other = open_entry(world, LAMP, ROAD), open_entry(world, ELSEWHERE, ROAD)
    again = open_entry(world, SAME, ROAD)
    (found,) = seen_by(world, HEAD, again)
    assert (found.reference, found.state, found.opening) == (first.reference, "waiting", LAMP)
    assert [one.reference for one in seen_by(world, HEAD, first)] == [again.reference]


def test_alone_it_shows_nothing(world: World) -> None:
    assert seen_by(world, HEAD, open_entry(world, LAMP, ROAD)) == ()


def test_a_case_closed_lately_is_shown_and_one_closed_long_ago_is_not(world: World) -> None:
    first = open_entry(world, LAMP, ROAD)
    press(world.client(CHAIR), first, "ky", ROAD, text=ANSWER)
    assert state_of(world, first) == "issued"
    again = open_entry(world, SAME, ROAD)
    assert [one.state for one in seen_by(world, HEAD, again)] == ["issued"]
    world.clock.move(timedelta(days=61))
    assert seen_by(world, HEAD, again) == ()


def test_a_restricted_case_is_shown_without_words_to_whoever_may_see_both(world: World) -> None:
    told = "Anh đo đất ở Nà Sàng đòi nhà ông Tính năm triệu mới làm sổ."
    bribe = open_entry(world, told, BRIBE)
    again = open_entry(world, "do dat o na sang doi ong Tinh nam trieu moi lam so, bao gio xong", ROAD)
    (found,) = seen_by(world, CHAIR, again)
    assert (found.reference, found.confidential, found.opening) == (bribe.reference, True, "")
    assert seen_by(world, HEAD, again) == ()


def test_whoever_is_kept_out_sees_what_he_saw_without_the_hidden_case(world: World) -> None:
    first, second = open_entry(world, LAMP, ROAD), open_entry(world, SAME, ROAD)
    before = seen_by(world, HEAD, first), seen_by(world, HEAD, second)
    hidden = open_entry(world, f"Ông Hoàng Minh Tuấn quát mắng dân khi hỏi {LAMP.lower()}", RUDE)
    assert (seen_by(world, HEAD, first), seen_by(world, HEAD, second)) == before
    assert hidden.reference in [one.reference for one in seen_by(world, CHAIR, first)]


def test_matters_of_one_entry_are_not_shown_to_each_other_and_parts_are_compared_alone(world: World) -> None:
    both = f"{LAMP} Xin hỏi lệ phí khai sinh."
    mixed, lamp = open_entry(world, both, ROAD), open_entry(world, SAME, ROAD)
    with world.database.writing() as session:
        case = session.scalars(sa.select(Case).where(Case.reference == mixed.reference)).one()
        case.part_start, case.part_end = len(LAMP) + 1, len(both)
    assert seen_by(world, HEAD, lamp) == ()
    with world.database.writing() as session:
        case = session.scalars(sa.select(Case).where(Case.reference == mixed.reference)).one()
        case.part_start, case.part_end = 0, len(LAMP)
    assert [one.opening for one in seen_by(world, HEAD, lamp)] == [LAMP]
