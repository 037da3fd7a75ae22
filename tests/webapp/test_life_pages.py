"""Pages of the life of a case: the officers' rare acts, the invited officer's page, taking back by the code."""

import re

import pytest

from models import CaseState, Ending, Finding
from tests.fixtures.casework import case_in, do, events
from tests.fixtures.officers import (
    ACCUSING,
    ANSWER,
    BRIBE,
    HOLE,
    ROAD,
    RUDE,
    open_entry,
    press,
    say_why,
    text_of,
    version_of,
)
from tests.fixtures.world import World
from tests.webapp.test_hostile import ODD
from triage.casework import acts
from triage.casework.opening import Labels
from webapp.officer.forms import RARE_FIELDS

RARE = ("sang-noi-khac", "gop", "tach", "xin-thoi", "gia-han", "ket-luan", "moi-trinh-bay", "dong-y-rut", "mo-lai")
HANDLER, LEADER, CHAIR = "economy_department_head", "vice_chairperson", "chairperson"


def test_pausing_tells_the_sender_what_is_missing_and_keeps_the_draft(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    officer = world.client(HANDLER)
    assert press(officer, opened, "cho-nguoi-gui", text=ANSWER, asked="Đoạn nào, gần nhà ai?").status_code == 303
    assert events(world, opened) == ["opened", "paused", "drafted"]
    shown = text_of(officer.get(opened.page))
    assert "Đang chờ người gửi" in shown
    assert "Tính tiếp hạn" in shown
    told = text_of(world.client().get(f"/t/{opened.code}"))
    assert "Đoạn nào, gần nhà ai?" in told
    assert press(officer, opened, "tinh-tiep").status_code == 303
    assert "Đoạn nào" not in text_of(world.client().get(f"/t/{opened.code}"))


def test_forwarding_and_what_the_sender_reads(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD, name="Lò Văn Ngọc")
    leader = world.client(LEADER)
    missing = press(leader, opened, "sang-noi-khac", authority="", sent="Đường sụt ở bản.")
    assert missing.status_code == 409
    assert "Xin viết tên cơ quan nhận." in text_of(missing)
    assert "Đường sụt ở bản." in text_of(missing)
    sent = press(leader, opened, "sang-noi-khac", authority="Sở Xây dựng", letter_number="7/UBND", sent="Đường sụt.")
    assert sent.status_code == 303
    told = text_of(world.client().get(f"/t/{opened.code}"))
    assert "Sở Xây dựng" in told
    assert "7/UBND" in told
    assert "Không gửi kèm" in told
    assert "Đường sụt." in text_of(leader.get(opened.page))
    officer = world.client(HANDLER)
    assert press(officer, open_entry(world, HOLE, ROAD), "sang-noi-khac", authority="Sở", sent="x").status_code == 409


def test_merging_parting_and_one_answer(world: World) -> None:
    lead, follower = open_entry(world, HOLE, ROAD), open_entry(world, "Đường sụt nặng lắm.", ROAD)
    officer = world.client(HANDLER)
    assert press(officer, follower, "gop", lead=lead.reference.lower()).status_code == 303
    assert lead.reference in text_of(officer.get(follower.page))
    assert follower.reference in text_of(officer.get(lead.page))
    assert press(officer, follower, "tach").status_code == 303
    assert press(officer, follower, "gop", lead=lead.reference).status_code == 303
    press(world.client(LEADER), lead, "ky", text=ANSWER)
    for opened in (lead, follower):
        assert ANSWER in text_of(world.client().get(f"/t/{opened.code}"))


def test_a_hidden_case_and_none_are_refused_with_the_same_words(world: World) -> None:
    hidden, mine = open_entry(world, ACCUSING, RUDE), open_entry(world, HOLE, ROAD)
    officer = world.client(HANDLER)
    one, other = (
        re.sub(r"[0-9A-Z]{4}-[0-9A-Z]{4}", "", text_of(press(officer, mine, "gop", lead=reference)))
        for reference in (hidden.reference, "ZZZZ-ZZZZ")
    )
    assert one == other


def test_who_steps_back_is_led_away_and_finds_nothing(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    officer = world.client(HANDLER)
    gone = press(officer, opened, "xin-thoi", recusing_reason="Người viết là anh tôi")
    assert gone.status_code == 303
    assert gone.headers["Location"].endswith("/can-bo/")
    assert officer.get(opened.page).status_code == 404
    assert opened.reference not in text_of(officer.get("/can-bo/")).replace(f"việc {opened.reference}", "")


def test_the_accused_reads_what_the_leader_tells_and_nothing_else(world: World) -> None:
    opened = open_entry(world, ACCUSING, RUDE)
    accused, leader = world.client(HANDLER), world.client(CHAIR)
    before = text_of(accused.get("/can-bo/trinh-bay"))
    assert "Không có lời mời nào" in before
    assert press(leader, opened, "ket-luan", finding="", finding_reason="x").status_code == 409
    assert press(leader, opened, "ket-luan", finding="false", finding_reason="Ông ấy đi họp").status_code == 303
    assert text_of(accused.get("/can-bo/trinh-bay")) == before
    officer_id = str(world.officers[HANDLER])
    told = press(leader, opened, "moi-trinh-bay", accused=officer_id, told="Có phản ánh về thái độ, không đúng.")
    assert told.status_code == 303
    shown = text_of(accused.get("/can-bo/trinh-bay"))
    assert "Có phản ánh về thái độ" in shown
    assert opened.reference not in shown
    assert "quát mắng" not in shown
    assert "/can-bo/trinh-bay" in text_of(accused.get("/can-bo/"))
    address = re.search(r'action="(/can-bo/trinh-bay/\w+)"', shown)
    assert address
    assert world.client("office_chief").post(address[1], data={"text": "Tôi"}).status_code == 409
    empty = accused.post(address[1], data={"text": " "})
    assert empty.status_code == 409
    assert "Xin viết vài lời" in text_of(empty)
    assert accused.post(address[1], data={"text": "Hôm ấy tôi đi họp."}).status_code == 303
    assert "Hôm ấy tôi đi họp." in text_of(leader.get(opened.page))
    assert accused.get(opened.page).status_code == 404


def test_taking_back_asks_once_more(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    citizen = world.client()
    assert "Rút ý kiến" in text_of(citizen.get(f"/t/{opened.code}"))
    asked = citizen.post("/theo-doi/rut", data={"code": opened.code})
    assert "chắc chắn" in text_of(asked)
    assert case_in(world, opened).is_open, "the first press does nothing"
    done = citizen.post("/theo-doi/rut", data={"code": opened.code, "chac-chan": "1"})
    assert "Ông/Bà đã rút ý kiến này" in text_of(done)
    case = case_in(world, opened)
    assert (case.state, case.ending) == (CaseState.FILED, Ending.WITHDRAWN)
    again = citizen.post("/theo-doi/rut", data={"code": opened.code, "chac-chan": "1"})
    assert again.status_code == 200
    assert "Rút ý kiến</button>" not in text_of(again)
    assert citizen.post("/theo-doi/rut", data={"code": "0" * 16, "chac-chan": "1"}).status_code in (404, 422)


def test_a_denunciation_goes_on_and_a_leader_files_it(world: World) -> None:
    opened = open_entry(world, "Cán bộ đất đai nhận 5 triệu.", BRIBE)
    told = text_of(world.client().post("/theo-doi/rut", data={"code": opened.code, "chac-chan": "1"}))
    assert "Ông/Bà đã xin rút" in told
    assert case_in(world, opened).is_open
    leader = world.client(CHAIR)
    say_why(leader, opened)
    assert "Người gửi xin rút ý kiến" in text_of(leader.get(opened.page))
    assert press(leader, opened, "dong-y-rut", withdrawal_reason="Đã xem, không có việc").status_code == 303
    assert case_in(world, opened).ending is Ending.WITHDRAWN


def test_a_closed_case_is_reopened_on_its_page(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    leader = world.client(LEADER)
    press(leader, opened, "ky", text=ANSWER)
    assert "Mở lại việc" in text_of(leader.get(opened.page))
    assert "Mở lại việc" not in text_of(world.client(HANDLER).get(opened.page))
    assert press(leader, opened, "mo-lai", reopening_reason="").status_code == 409
    assert press(leader, opened, "mo-lai", reopening_reason="Đường lại sụt").status_code == 303
    assert case_in(world, opened).is_open


@pytest.mark.parametrize("finding", [Finding.TRUE, Finding.PARTLY])
def test_nobody_is_invited_by_any_other_finding(world: World, finding: Finding) -> None:
    opened = open_entry(world, ACCUSING, RUDE)
    do(world, CHAIR, acts.find, opened, finding, "Có người làm chứng")
    assert "Mời cán bộ trình bày" not in text_of(world.client(CHAIR).get(opened.page))


def test_the_administrator_says_what_officers_answer_alone(world: World) -> None:
    question = Labels("question", "infrastructure", False, False)
    opened = open_entry(world, "Đường vào bản bao giờ sửa?", question)
    officer, admin = world.client(HANDLER), world.client("admin")
    assert "Ký và gửi" not in text_of(officer.get(opened.page))
    assert press(officer, opened, "ky", text=ANSWER).status_code == 409
    unit = "/quan-tri/03646"
    assert "Ai ký trả lời" in text_of(admin.get(unit))
    assert admin.post(f"{unit}/ky", data={"tu_ky": ["question", "petition"]}).status_code == 303
    assert re.search(r'value="question"[^>]* checked', text_of(admin.get(unit)))
    assert not re.search(r'value="praise"[^>]* checked', text_of(admin.get(unit)))
    assert press(officer, open_entry(world, HOLE, ROAD), "ky", text=ANSWER).status_code == 409
    assert "Ký và gửi" in text_of(officer.get(opened.page))
    assert press(officer, opened, "ky", text=ANSWER).status_code == 303
    assert "Trưởng phòng Kinh tế Hoàng Minh Tuấn" in text_of(world.client().get(f"/t/{opened.code}"))
    assert admin.post(f"{unit}/ky").status_code == 303
    assert "checked" not in text_of(admin.get(unit)).partition("Ai ký trả lời")[2]
    assert officer.post(f"{unit}/ky", data={"tu_ky": "praise"}).status_code in (403, 404)


def test_odd_values_in_the_rare_forms(world: World) -> None:
    """Each field of each form once, with the values taking turns."""
    opened = open_entry(world, ACCUSING, RUDE)
    leader = world.client(CHAIR)
    version = version_of(leader.get(opened.page))
    for p, button in enumerate(RARE):
        for f, field in enumerate(RARE_FIELDS):
            odd = ODD[(p + f) % len(ODD)]
            answer = leader.post(f"{opened.page}/{button}", data={"version": version, field: odd})
            assert answer.status_code in (303, 404, 409, 422), (button, field, odd)
            assert "<script>alert" not in text_of(answer)
