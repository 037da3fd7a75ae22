"""The leader's board: where what is late hangs, with whom, and that nobody excluded can tell a difference."""

from datetime import datetime, timedelta

import pytest

from models import ExclusionReason
from tests.fixtures.casework import do, the, viewer_of
from tests.fixtures.officers import ANSWER, BRIBE, HOLE, JUNK, ROAD, Opened, open_entry
from tests.fixtures.sorting import reading, sort_all
from tests.fixtures.world import World
from triage.casework import acts
from triage.casework.access import cases_of
from triage.casework.forwarding import Letter
from triage.casework.inbox import Heap, get_pile
from triage.casework.opening import Labels
from triage.casework.overview import Group, Hangs, Overview, get_overview
from triage.casework.placing import exclude

HEAD, LEADER, CHAIR = "economy_department_head", "vice_chairperson", "chairperson"
BIRTH = Labels("question", "civil_status", False, False)
DANGER = Labels("petition", "security_order", True, False)
LATE = timedelta(days=40)


def board(world: World, who: str = CHAIR) -> Overview:
    with world.database.reading() as session:
        return get_overview(session, viewer_of(session, world, who), world.clock())


def group(found: Overview, hangs: Hangs) -> Group:
    return next(one for one in found.groups if one.hangs is hangs)


def named(found: Overview) -> set[str]:
    return {case.reference for one in found.groups for holding in one.holdings for case in holding.oldest}


def test_every_late_case_hangs_in_one_place(world: World) -> None:
    fresh, drafted, returned, submitted, paused, gone, lead, follower = (
        open_entry(world, HOLE, ROAD) for _n in range(8)
    )
    world.send_box("Xin hỏi việc này ạ")
    sort_all(world, lambda _text: reading("question", "other", abstained=True))
    do(world, HEAD, acts.save_draft, drafted, ANSWER)
    do(world, HEAD, acts.submit, returned, ANSWER)
    do(world, LEADER, acts.return_reply, returned, "Nêu rõ ngày")
    do(world, HEAD, acts.submit, submitted, ANSWER)
    do(world, HEAD, acts.pause, paused, "Đoạn nào?")
    do(world, HEAD, acts.follow_lead, follower, lead.reference)
    world.clock.move(LATE)
    do(world, LEADER, acts.forward, gone, Letter("Sở Xây dựng", "", "Đường sụt.", ""))
    found = board(world)
    where = {one.hangs: [c.reference for h in one.holdings for c in h.oldest] for one in found.groups}
    assert where[Hangs.SIGNATURE] == [submitted.reference]
    assert where[Hangs.DRAFTING] == [drafted.reference]
    assert where[Hangs.RETURNED] == [returned.reference]
    assert where[Hangs.SENDER] == [paused.reference]
    assert where[Hangs.MERGED] == [follower.reference]
    assert where[Hangs.FORWARDED] == [gone.reference]
    assert set(where[Hangs.NOT_BEGUN]) == {fresh.reference, lead.reference}
    assert len(where[Hangs.SORTING]) == 1
    assert set(where) == set(Hangs)


def test_counts_are_those_of_the_desk_and_only_the_oldest_are_named(world: World) -> None:
    opened = []
    for _n in range(5):
        opened.append(open_entry(world, HOLE, ROAD))
        world.clock.move(timedelta(days=1))
    world.clock.move(LATE)
    found = board(world)
    with world.database.reading() as session:
        pile = get_pile(session, viewer_of(session, world, CHAIR), Heap.OVERDUE, world.clock())
    (holding,) = group(found, Hangs.NOT_BEGUN).holdings
    assert found.overdue == found.open == holding.total == holding.overdue == pile.total == 5
    assert [case.reference for case in holding.oldest] == [one.reference for one in opened[:3]]
    assert holding.post == "Trưởng phòng Kinh tế"
    assert holding.holders == ("Hoàng Minh Tuấn",)
    assert not holding.mine


def test_what_is_in_time_is_only_counted(world: World) -> None:
    open_entry(world, HOLE, ROAD)
    found = board(world)
    assert (found.open, found.overdue, found.soon, found.groups, found.first) == (1, 0, 0, (), ())
    world.clock.at = _due(world) - timedelta(days=1)
    found = board(world)
    assert (found.overdue, found.soon) == (0, 1)
    assert group(found, Hangs.NOT_BEGUN).overdue == 0


def _due(world: World) -> datetime:
    with world.database.reading() as session:
        return session.scalars(cases_of(viewer_of(session, world, CHAIR))).one().due_at


def test_days_since_a_person_did_something(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    world.clock.move(LATE)
    assert group(board(world), Hangs.NOT_BEGUN).holdings[0].oldest[0].idle == 40
    do(world, HEAD, acts.save_draft, opened, ANSWER)
    assert group(board(world), Hangs.DRAFTING).holdings[0].oldest[0].idle == 0
    world.clock.move(timedelta(days=2))
    assert group(board(world), Hangs.DRAFTING).holdings[0].oldest[0].idle == 2


def test_who_may_sign_is_named_by_the_gate(world: World) -> None:
    plain = _submitted(world, open_entry(world, HOLE, ROAD))
    restricted = open_entry(world, "Cán bộ đòi tiền", BRIBE)
    do(world, "restricted_intake", acts.submit, restricted, ANSWER)
    kept = _submitted(world, open_entry(world, HOLE, ROAD))
    with world.database.writing() as session:
        out = (str(world.officers[LEADER]),)
        exclude(session, the(session, kept), out, world.clock(), ExclusionReason.RECUSED)
    world.clock.move(LATE)
    holders = {h.oldest[0].reference: h.holders for h in group(board(world), Hangs.SIGNATURE).holdings}
    assert holders[restricted.reference] == ("Nguyễn Văn Thành",)
    assert holders[plain.reference] == ("Nguyễn Văn Thành", "Lò Thị Hương", "Trần Quốc Bảo")
    assert holders[kept.reference] == ("Nguyễn Văn Thành", "Trần Quốc Bảo")


def _submitted(world: World, opened: Opened) -> Opened:
    do(world, HEAD, acts.submit, opened, ANSWER)
    return opened


def test_three_things_first_danger_then_what_a_leader_can_do(world: World) -> None:
    for _n in range(2):
        open_entry(world, HOLE, ROAD)
    open_entry(world, "Hỏi giấy khai sinh", BIRTH)
    open_entry(world, "Hỏi thêm", JUNK)
    _submitted(world, open_entry(world, HOLE, ROAD))
    danger = open_entry(world, "Cột điện sắp đổ", DANGER)
    world.clock.move(LATE)
    first = board(world).first
    assert len(first) == 3
    assert first[0].urgent
    assert first[0].holding.oldest[0].reference == danger.reference
    assert first[1].hangs is Hangs.SIGNATURE
    assert (first[2].hangs, first[2].holding.total) == (Hangs.NOT_BEGUN, 2)
    assert board(world, LEADER).first[0].holding.mine


@pytest.mark.parametrize("reason", [ExclusionReason.DOUBTFUL, ExclusionReason.RECUSED])
def test_the_excluded_leaders_board_is_that_of_a_unit_without_the_case(world: World, reason: ExclusionReason) -> None:
    for _n in range(2):
        open_entry(world, HOLE, ROAD)
    world.clock.move(LATE)
    at = world.clock.at
    without = board(world, LEADER)
    world.clock.at = at - LATE
    hidden = open_entry(world, HOLE, ROAD)
    world.clock.at = at
    with world.database.writing() as session:
        exclude(session, the(session, hidden), (str(world.officers[LEADER]),), at, reason)
    assert board(world, LEADER) == without
    assert hidden.reference in named(board(world))
    assert board(world).overdue == without.overdue + 1


def test_another_units_and_the_superiors_boards(world: World) -> None:
    open_entry(world, HOLE, ROAD)
    up = open_entry(world, "Chủ tịch Nguyễn Văn Thành nhận tiền", BRIBE)
    world.clock.move(LATE)
    assert board(world, f"b.{CHAIR}").open == 0
    assert named(board(world, "superior")) == {up.reference}
    assert up.reference not in named(board(world))


def test_a_closed_case_hangs_nowhere(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    world.clock.move(LATE)
    do(world, LEADER, acts.sign, opened, ANSWER)
    found = board(world)
    assert (found.open, found.groups) == (0, ())
