"""Searching and narrowing what a viewer may know of."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from models import Case, Post
from tests.fixtures.casework import do, the, viewer_of
from tests.fixtures.officers import ANSWER, BRIBE, HOLE, JUNK, ROAD, Opened, open_entry
from tests.fixtures.releases import draw
from tests.fixtures.world import World
from triage.casework import acts, searching
from triage.casework.inbox import Heap, Pile, excerpt_of, get_pile, held_posts
from triage.casework.narrowing import Due, Narrowing, Order
from triage.casework.opening import Labels
from triage.casework.searching import read_search
from vietnamese.calendar import local_day, start_of
from vietnamese.matching import read_wanted

RUBBISH = "Rác ở ngõ 5 ba ngày chưa dọn, mùi rất khó chịu."


def pile(world: World, who: str, heap: Heap = Heap.ALL, **narrowing: object) -> Pile:
    with world.database.reading() as session:
        return get_pile(session, viewer_of(session, world, who), heap, world.clock(),
                        narrowing=Narrowing(**narrowing))  # type: ignore[arg-type]  # fmt: skip


def found(world: World, who: str, typed: str, **narrowing: object) -> list[str]:
    return [row.reference for row in pile(world, who, search=read_search(typed), **narrowing).rows]


def references(world: World, **narrowing: object) -> set[str]:
    return {row.reference for row in pile(world, "chairperson", **narrowing).rows}


@pytest.mark.parametrize("typed", ["rác", "RAC", "rac ngo 5", "ngõ   rác", "mùi, khó"])
def test_words_find_the_case_with_and_without_marks(world: World, typed: str) -> None:
    rubbish, _road = open_entry(world, RUBBISH, ROAD), open_entry(world, HOLE, ROAD)
    assert found(world, "chairperson", typed) == [rubbish.reference]


def test_marks_are_respected_where_they_are_typed(world: World) -> None:
    open_entry(world, RUBBISH, ROAD)
    assert found(world, "chairperson", "rạc") == []
    assert found(world, "chairperson", "rác mưa") == []


def test_the_answer_is_searched_together_with_the_text(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    do(world, "economy_department_head", acts.save_draft, opened, ANSWER)
    assert found(world, "chairperson", "đổ đá") == [opened.reference]
    (row,) = pile(world, "chairperson", search=read_search("giảng lắc đá")).rows
    assert [row.opening[start:end] for start, end in row.found] == ["Giảng", "Lắc"]
    assert [row.answer.text[start:end] for start, end in row.answer.found] == ["đá"]


@pytest.mark.parametrize("closed", [False, True])
def test_a_reference_finds_its_case_wherever_it_lies(world: World, closed: bool) -> None:
    opened = open_entry(world, HOLE, ROAD)
    if closed:
        do(world, "chairperson", acts.sign, opened, ANSWER)
    for typed in (opened.reference, opened.reference.lower(), opened.reference.replace("-", " ")):
        assert found(world, "economy_department_head", typed) == [opened.reference]
        assert found(world, "justice_officer", typed) == []
    assert found(world, "chairperson", opened.reference, kind="praise") == [opened.reference]
    assert found(world, "chairperson", opened.reference[:-1]) == []


def test_a_restricted_text_is_never_searched(world: World) -> None:
    opened = open_entry(world, "Cán bộ đòi tôi năm triệu mới chịu làm sổ.", BRIBE)
    for who in ("chairperson", "restricted_intake"):
        assert found(world, who, "năm triệu") == []
        assert found(world, who, opened.reference) == [opened.reference]
    (row,) = pile(world, "chairperson", search=read_search(opened.reference)).rows
    assert (row.opening, row.answer.text, row.confirmable) == ("", "", False)


def test_only_the_part_of_the_matter_is_searched(world: World) -> None:
    opened = open_entry(world, f"{RUBBISH} {HOLE}", ROAD)
    with world.database.writing() as session:
        case = the(session, opened)
        case.part_start, case.part_end = 0, len(RUBBISH)
    assert found(world, "chairperson", "rác") == [opened.reference]
    assert found(world, "chairperson", "Giảng Lắc") == []


def test_foul_words_stay_covered_in_what_is_found(world: World) -> None:
    opened = open_entry(world, "Đường hỏng, cán bộ ngu như chó.", ROAD)
    do(world, "chairperson", _mark_insult, opened)
    (row,) = pile(world, "chairperson", search=read_search("duong")).rows
    assert "[…]" in row.opening
    assert "ngu như" not in row.opening
    assert [row.opening[start:end] for start, end in row.found] == ["Đường"]


def _mark_insult(session: object, viewer: object, case: object, at: object) -> None:
    from models import MarkKind
    from triage.casework.marking import set_mark

    set_mark(session, viewer, case, MarkKind.INSULT, at)  # type: ignore[arg-type]


def test_newest_first_and_the_oldest_left_out_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    for number in range(5):
        opened.append(open_entry(world, f"Ổ gà số {number}", ROAD).reference)
        world.clock.move(timedelta(hours=1))
    assert found(world, "chairperson", "o ga") == opened[::-1]
    monkeypatch.setattr(searching, "BATCH", 2)
    monkeypatch.setattr(searching.find, "__defaults__", (3,))
    narrow = pile(world, "chairperson", search=read_search("o ga"))
    assert ([row.reference for row in narrow.rows], narrow.total, narrow.older) == (opened[:1:-1], 3, 3)
    monkeypatch.setattr(searching.find, "__defaults__", (5,))
    assert pile(world, "chairperson", search=read_search("o ga")).older == 0


def test_a_search_goes_on_page_by_page(world: World) -> None:
    opened = []
    for number in range(3):
        opened.append(open_entry(world, f"Ổ gà số {number}", ROAD).reference)
        world.clock.move(timedelta(hours=1))
    with world.database.reading() as session:
        viewer, wanted = viewer_of(session, world, "chairperson"), Narrowing(search=read_search("ga"))
        pages = [get_pile(session, viewer, Heap.ALL, world.clock(), n, 2, narrowing=wanted) for n in (1, 2)]
    assert [[row.reference for row in one.rows] for one in pages] == [opened[:0:-1], opened[:1]]
    assert [(one.total, one.more) for one in pages] == [(3, True), (3, False)]


def test_the_opening_comes_to_the_word() -> None:
    text = "Kính gửi phường. " * 12 + "Đèn đường tắt cả tháng nay, tối không ai dám đi."
    excerpt = excerpt_of(text, read_wanted("den tat"))
    assert excerpt.text.startswith("… ")
    assert [excerpt.text[start:end] for start, end in excerpt.found] == ["Đèn", "tắt"]
    assert excerpt_of("Đèn tắt", read_wanted("den")).text == "Đèn tắt"


# --- narrowing ---


def test_each_choice_takes_cases_away(world: World) -> None:
    road = open_entry(world, HOLE, ROAD).reference
    danger = open_entry(world, "Dây điện đứt", Labels("petition", "infrastructure", True, False)).reference
    praise = open_entry(world, "Cảm ơn cán bộ", Labels("praise", "staff_attitude", False, False)).reference
    answered = open_entry(world, "Cầu treo gãy", ROAD)
    do(world, "chairperson", acts.sign, answered, ANSWER)
    everything = {road, danger, praise, answered.reference}
    assert references(world) == everything
    assert references(world, kind="praise") == {praise}
    assert references(world, topic="infrastructure") == everything - {praise}
    assert references(world, topic="infrastructure", urgent=True) == {danger}
    assert references(world, unconfirmed=True) == everything - {answered.reference}
    with world.database.reading() as session:
        post = session.scalars(sa.select(Case.post_id).where(Case.reference == road)).one()
        assert held_posts(session, viewer_of(session, world, "economy_department_head")) == {}
        assert held_posts(session, viewer_of(session, world, "superior")) == {}
        offered = held_posts(session, viewer_of(session, world, "chairperson"))
        assert set(offered.values()) >= {"Trưởng phòng Kinh tế", "Chủ tịch UBND"}
    assert references(world, post_id=post) == {road, answered.reference}


def test_when_it_is_due(world: World) -> None:
    monday = start_of(local_day(world.clock())) + timedelta(hours=2)
    dues = {Due.OVERDUE: -1, Due.TODAY: 5, Due.THIS_WEEK: 6 * 24, Due.LATER: 7 * 24}
    opened = {due: open_entry(world, f"Ổ gà {due.value}", ROAD) for due in dues}
    closed, waiting = open_entry(world, "Đã trả lời", ROAD), open_entry(world, "Đang chờ", ROAD)
    do(world, "chairperson", acts.sign, closed, ANSWER)
    do(world, "chairperson", acts.pause, waiting, "Xin cho biết số nhà")
    with world.database.writing() as session:
        for due, hours in dues.items():
            the(session, opened[due]).due_at = monday + timedelta(hours=hours)
        for one in (closed, waiting):
            the(session, one).due_at = monday - timedelta(days=1)
    world.clock.at = monday
    assert {due: references(world, due=due) for due in dues} == {
        Due.OVERDUE: {opened[Due.OVERDUE].reference},
        Due.TODAY: {opened[Due.TODAY].reference},
        Due.THIS_WEEK: {opened[Due.TODAY].reference, opened[Due.THIS_WEEK].reference},
        Due.LATER: {opened[Due.LATER].reference},
    }


def test_the_order_can_be_chosen(world: World) -> None:
    first = open_entry(world, HOLE, ROAD).reference
    world.clock.move(timedelta(hours=1))
    danger = open_entry(world, "Dây điện đứt", Labels("petition", "infrastructure", True, False)).reference
    world.clock.move(timedelta(hours=1))
    last = open_entry(world, RUBBISH, ROAD).reference
    orders = {
        order: [row.reference for row in pile(world, "chairperson", order=order).rows] for order in (None, *Order)
    }
    assert orders[Order.NEWEST] == [last, danger, first]
    assert orders[Order.PRESSING] == orders[None]
    assert orders[None][0] == danger


@pytest.mark.parametrize("narrowing", [{"kind": "other"}, {"topic": "other"}])
def test_what_is_judged_blind_is_not_found_by_what_the_classifier_said(world: World, narrowing: dict) -> None:
    opened: Opened = open_entry(world, "abc xyz", JUNK)
    assert references(world, **narrowing) == {opened.reference}
    draw(world, opened)
    assert references(world, **narrowing) == set()
    assert references(world) == {opened.reference}
    with world.database.writing() as session:
        the(session, opened).confirmed = True
    assert references(world, **narrowing) == {opened.reference}


def test_nobody_finds_by_narrowing_what_is_hidden(world: World) -> None:
    opened = open_entry(world, "Ông Hoàng Minh Tuấn phòng kinh tế quát mắng dân.",
                        Labels("petition", "staff_attitude", False, True))  # fmt: skip
    with world.database.writing() as session:
        the(session, opened).post_id = session.scalars(
            sa.select(Post.id).where(Post.unit_id == world.commune_id, Post.code == "economy_department_head")
        ).one()
    for typed in ("quát mắng", opened.reference, "dan"):
        assert found(world, "economy_department_head", typed) == []
        assert found(world, "chairperson", typed) == [opened.reference]
