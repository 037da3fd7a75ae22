"""An officer's acts: nothing typed is lost, nothing is done twice, and who may not act changes nothing."""

import pytest

from models import CaseState
from tests.fixtures.officers import (
    ANSWER,
    HOLE,
    ROAD,
    acts_of,
    open_entry,
    press,
    state_of,
    text_of,
    textarea_of,
    version_of,
)
from tests.fixtures.world import World


def test_somebody_else_changed_the_case_meanwhile(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    officer, leader = world.client("economy_department_head"), world.client("chairperson")
    version = version_of(officer.get(opened.page))
    press(leader, opened, "luu-nhap", text="Bản của lãnh đạo")
    late = press(officer, opened, "trinh", version=version, text=ANSWER)
    assert late.status_code == 409
    assert "Có người vừa thay đổi việc này" in text_of(late)
    assert textarea_of(late) == ANSWER
    assert "Bản của lãnh đạo" in text_of(late)
    assert state_of(world, opened) is CaseState.WAITING
    again = press(officer, opened, "trinh", version=version_of(late), text=textarea_of(late))
    assert again.status_code == 303


def test_a_form_without_a_version_changes_nothing(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    officer = world.client("economy_department_head")
    for version in ("", "0", "x", "-1", "9" * 40):
        assert press(officer, opened, "trinh", version=version, text=ANSWER).status_code == 409
    assert acts_of(world, opened) == ["opened"]


def test_text_is_given_back_when_the_case_was_closed_meanwhile(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    officer, leader = world.client("economy_department_head"), world.client("chairperson")
    version = version_of(officer.get(opened.page))
    press(leader, opened, "ky", text="Đã vá đường.")
    late = press(officer, opened, "trinh", version=version, text=ANSWER)
    assert late.status_code == 409
    assert textarea_of(late) == ANSWER
    assert "formaction" not in text_of(late)


def test_an_empty_answer_is_named(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    leader = world.client("chairperson")
    for button in ("luu-nhap", "trinh", "ky"):
        refused = press(leader, opened, button, text="  \n ")
        assert refused.status_code == 409
        assert "Câu trả lời còn trống" in text_of(refused)
        assert 'id="text-problem"' in text_of(refused)
    assert acts_of(world, opened) == ["opened"]


def test_an_endless_answer_is_named_and_kept(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    refused = press(world.client("chairperson"), opened, "ky", text="a" * 10_001)
    assert refused.status_code == 409
    assert "dài quá 10.000" in text_of(refused)
    assert textarea_of(refused) == "a" * 10_001


@pytest.mark.parametrize(("button", "who", "act"), [
    ("xac-nhan", "economy_department_head", "confirmed"),
    ("luu-nhap", "economy_department_head", "drafted"),
    ("trinh", "economy_department_head", "submitted"),
    ("ky", "chairperson", "issued"),
])  # fmt: skip
def test_a_double_click_is_one_act(world: World, button: str, who: str, act: str) -> None:
    opened = open_entry(world, HOLE, ROAD)
    client = world.client(who)
    version = version_of(client.get(opened.page))
    text = {} if button == "xac-nhan" else {"text": ANSWER}
    answers = [press(client, opened, button, ROAD, version=version, **text) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert acts_of(world, opened).count(act) == 1


def test_a_double_click_with_other_words_is_a_conflict(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    officer = world.client("economy_department_head")
    version = version_of(officer.get(opened.page))
    press(officer, opened, "trinh", version=version, text=ANSWER)
    second = press(officer, opened, "trinh", version=version, text=ANSWER + " Thêm một câu.")
    assert second.status_code == 409
    assert "Thêm một câu." in text_of(second)


def test_an_officer_does_not_sign(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    officer = world.client("economy_department_head")
    assert "Ký và gửi" not in text_of(officer.get(opened.page))
    refused = press(officer, opened, "ky", text=ANSWER)
    assert refused.status_code == 409
    assert "Chỉ lãnh đạo có quyền ký" in text_of(refused)
    assert textarea_of(refused) == ANSWER
    assert ANSWER not in text_of(world.client().get(f"/t/{opened.code}"))


def test_what_lies_before_a_leader_stays_as_it_was_laid(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    officer, leader = world.client("economy_department_head"), world.client("chairperson")
    press(officer, opened, "trinh", text=ANSWER)
    assert '<textarea name="text"' not in text_of(officer.get(opened.page))
    refused = press(officer, opened, "luu-nhap", text="Lời khác")
    assert refused.status_code == 409
    assert textarea_of(leader.get(opened.page)) == ANSWER
