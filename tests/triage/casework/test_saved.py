"""Saved replies: whose they are, how many, and that no half-empty letter goes out."""

import pytest

from models import SavedReply
from models.refusals import Refused
from tests.fixtures.casework import do, refused, viewer_of
from tests.fixtures.officers import ANSWER, HOLE, ROAD, open_entry
from tests.fixtures.world import World
from triage.casework import acts, saved
from triage.casework.saved import (
    LONGEST_TITLE,
    LONGEST_WORDS,
    MOST_KEPT,
    SavedNotFound,
    add_saved,
    change_saved,
    filled,
    get_saved,
    has_gaps,
    put_after,
    remove_saved,
    saved_for,
)

OFFICER, COLLEAGUE, LEADER = "economy_department_head", "justice_officer", "vice_chairperson"
WORDS = "Kính gửi Ông/Bà, {ten_don_vi} đã nhận. Xin chờ đến {han}."


def keep(world: World, who: str, title: str = "Đã nhận", text: str = WORDS, of_unit: bool = False) -> int:
    with world.database.writing() as session:
        return add_saved(session, viewer_of(session, world, who), title, text, of_unit, world.clock()).id


def titles(world: World, who: str) -> list[tuple[str, bool, bool]]:
    with world.database.reading() as session:
        found = saved_for(session, viewer_of(session, world, who))
        return [(one.title, one.of_unit, one.changeable) for one in found]


def test_each_sees_the_own_ones_and_the_units_of_the_own_unit(world: World) -> None:
    keep(world, OFFICER, "Của tôi")
    keep(world, LEADER, "Của đơn vị", of_unit=True)
    assert titles(world, OFFICER) == [("Của tôi", False, True), ("Của đơn vị", True, False)]
    assert titles(world, COLLEAGUE) == [("Của đơn vị", True, False)]
    assert titles(world, "chairperson") == [("Của đơn vị", True, True)]
    assert titles(world, f"b.{OFFICER}") == []
    assert titles(world, "superior") == []


def test_only_who_signs_keeps_words_for_the_whole_unit(world: World) -> None:
    with pytest.raises(Refused, match="unit_is_leaders"):
        keep(world, OFFICER, of_unit=True)
    assert titles(world, LEADER) == []


def test_anothers_cannot_be_read_changed_or_deleted(world: World) -> None:
    own, units = keep(world, OFFICER), keep(world, LEADER, of_unit=True)
    at = world.clock()
    for who, number in ((COLLEAGUE, own), (LEADER, own), (f"b.{LEADER}", units), (OFFICER, 10**9)):
        with world.database.writing() as session, pytest.raises(SavedNotFound):
            get_saved(session, viewer_of(session, world, who), number)
    for who, number in ((COLLEAGUE, own), (OFFICER, units)):
        with world.database.writing() as session:
            viewer = viewer_of(session, world, who)
            with pytest.raises(SavedNotFound):
                change_saved(session, viewer, number, "x", "y", at)
            with pytest.raises(SavedNotFound):
                remove_saved(session, viewer, number)
    with world.database.reading() as session:
        assert session.get_one(SavedReply, own).text == WORDS
        assert session.get_one(SavedReply, units).text == WORDS


def test_changing_and_deleting(world: World) -> None:
    own, units = keep(world, OFFICER), keep(world, LEADER, of_unit=True)
    with world.database.writing() as session:
        change_saved(session, viewer_of(session, world, OFFICER), own, "Mới", "Lời mới", world.clock())
        remove_saved(session, viewer_of(session, world, "chairperson"), units)
    assert titles(world, OFFICER) == [("Mới", False, True)]


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [("", WORDS, "title_missing"), ("Tên", "", "words_missing"), ("t" * (LONGEST_TITLE + 1), WORDS, "title_too_long"),
     ("Tên", "x" * (LONGEST_WORDS + 1), "words_too_long")],
)  # fmt: skip
def test_what_is_missing_or_too_long_is_refused(world: World, title: str, text: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        keep(world, OFFICER, title, text)
    keep(world, OFFICER, "t" * LONGEST_TITLE, "x" * LONGEST_WORDS)


def test_the_own_ones_and_the_units_are_counted_apart(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_KEPT >= 20
    monkeypatch.setattr(saved, "MOST_KEPT", 2)
    for number in range(2):
        keep(world, LEADER, f"Câu {number}")
    with pytest.raises(Refused, match="too_many"):
        keep(world, LEADER)
    keep(world, LEADER, of_unit=True)
    keep(world, COLLEAGUE)


def test_places_are_filled_and_other_braces_stay() -> None:
    places = {"ten_don_vi": "Phường Tô Hiệu", "han": "26/10/2026", "ma": "AB{han}"}
    assert filled(WORDS, places) == "Kính gửi Ông/Bà, Phường Tô Hiệu đã nhận. Xin chờ đến 26/10/2026."
    assert filled("{ten} {0} {ma}", places) == "{ten} {0} AB{han}"
    assert filled("{}%s", places) == "{}%s"


def test_words_come_after_what_was_typed() -> None:
    assert put_after("", "Lời mẫu") == "Lời mẫu"
    assert put_after("Chào bà.\n", "Lời mẫu") == "Chào bà.\n\nLời mẫu"


@pytest.mark.parametrize("text", ["Đã vá ở […].", "Đã vá ở [...].", "Xin chờ đến {han}.", "{ten_don_vi}", "việc {ma}"])
def test_an_answer_with_a_gap_does_not_go_out_and_stays_a_draft(world: World, text: str) -> None:
    assert has_gaps(text)
    opened = open_entry(world, HOLE, ROAD)
    assert refused(world, OFFICER, acts.submit, opened, text) == "reply_has_gaps"
    assert refused(world, LEADER, acts.sign, opened, text) == "reply_has_gaps"
    do(world, OFFICER, acts.save_draft, opened, text)
    do(world, OFFICER, acts.submit, opened, ANSWER)


@pytest.mark.parametrize("text", [ANSWER, "Điều 3 [sửa đổi] {a}", "Chờ… rồi [xong]."])
def test_other_brackets_are_no_gap(text: str) -> None:
    assert not has_gaps(text)
