"""Pages of an officer's own: saved replies, praise, results; and the leader's board."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from models import Reply, SavedReply
from tests.fixtures.casework import do, events
from tests.fixtures.officers import (
    ACCUSING,
    ANSWER,
    BRIBE,
    HOLE,
    ROAD,
    RUDE,
    Opened,
    open_entry,
    press,
    say_why,
    text_of,
    version_of,
)
from tests.fixtures.world import World
from triage.casework import acts
from triage.casework.opening import Labels
from triage.casework.saved import LONGEST_WORDS

OFFICER, LEADER, CHAIR = "economy_department_head", "vice_chairperson", "chairperson"
SAVED = "/can-bo/cau-tra-loi-mau"
WORDS = "Kính gửi Ông/Bà, {ten_don_vi} đã nhận việc {ma}, sẽ trả lời trước {han}."
PRAISE = Labels("praise", "infrastructure", False, False)


def keep(world: World, who: str, title: str = "Đã nhận", text: str = WORDS, **more: str) -> int:
    """Keep a saved reply by its page; returns its number."""
    answer = world.client(who).post(SAVED, data={"tieu_de": title, "loi": text, **more})
    assert answer.status_code == 303, text_of(answer)
    with world.database.reading() as session:
        return session.scalars(sa.select(sa.func.max(SavedReply.id))).one()


def box_of(page: str) -> str:
    found = re.search(r'<textarea name="text"[^>]*>\n(.*?)</textarea>', page, re.S)
    assert found, page
    return found[1]


def test_saved_replies_are_kept_changed_and_deleted(world: World) -> None:
    client = world.client(OFFICER)
    assert "Chưa có câu nào" in text_of(client.get(SAVED))
    number = keep(world, OFFICER, "  Đã   nhận ")
    shown = text_of(client.get(SAVED))
    assert "<summary>Đã nhận</summary>" in shown
    assert f'href="{SAVED}/{number}"' in shown
    assert client.post(f"{SAVED}/{number}", data={"tieu_de": "Mới", "loi": "Lời mới"}).status_code == 303
    assert "Đã lưu câu mẫu." in text_of(client.get(SAVED))
    assert "Lời mới" in text_of(client.get(f"{SAVED}/{number}"))
    assert client.post(f"{SAVED}/{number}", data={"viec": "xoa"}).status_code == 303
    assert "Chưa có câu nào" in text_of(client.get(SAVED))


def test_a_mistake_is_told_beside_its_field_and_keeps_what_was_typed(world: World) -> None:
    client = world.client(OFFICER)
    for data, told in (
        ({"tieu_de": "", "loi": WORDS}, "Xin đặt tên"),
        ({"tieu_de": "Tên", "loi": " "}, "Câu mẫu còn trống"),
        ({"tieu_de": "Tên", "loi": "x" * (LONGEST_WORDS + 1)}, "dài quá 4.000 chữ cái"),
        ({"tieu_de": "Tên", "loi": WORDS, "cua_don_vi": "on"}, "do lãnh đạo giữ"),
    ):
        answer = client.post(SAVED, data=data)
        assert answer.status_code == 409
        assert told in text_of(answer)
        assert data["loi"].strip() in text_of(answer)
    assert text_of(client.get(SAVED)).count("<summary>") == 0
    number = keep(world, OFFICER)
    wrong = client.post(f"{SAVED}/{number}", data={"tieu_de": "", "loi": "Lời mới"})
    assert wrong.status_code == 409
    assert "Lời mới" in text_of(wrong)


def test_anothers_and_one_that_never_was_answer_with_the_same_bytes(world: World) -> None:
    own, units = keep(world, OFFICER), keep(world, LEADER, cua_don_vi="on")
    opened = open_entry(world, HOLE, ROAD)
    stranger = world.client("justice_officer")
    for method in ("get", "post"):
        never = getattr(stranger, method)(f"{SAVED}/99999")
        assert never.status_code == 404
        for number in (own, units):
            other = getattr(stranger, method)(f"{SAVED}/{number}", data={"viec": "xoa"})
            assert (other.status_code, other.data) == (404, never.data)
    leader = world.client(LEADER)
    never = leader.get(f"{opened.page}?mau=99999")
    assert never.status_code == 404
    assert leader.get(f"{opened.page}?mau={own}").data == never.data
    assert "Đã nhận" in text_of(world.client(OFFICER).get(SAVED))


def test_words_are_put_after_the_draft_with_their_places_filled(world: World) -> None:
    opened, number = open_entry(world, HOLE, ROAD), keep(world, OFFICER)
    client = world.client(OFFICER)
    press(client, opened, "luu-nhap", text="Chào bà Ngọc.")
    drafts = events(world, opened)
    filled = f"Kính gửi Ông/Bà, Phường Tô Hiệu đã nhận việc {opened.reference}, sẽ trả lời trước 26/10/2026."
    assert box_of(text_of(client.get(f"{opened.page}?mau={number}"))) == f"Chào bà Ngọc.\n\n{filled}"
    assert box_of(text_of(client.get(opened.page))) == "Chào bà Ngọc."
    assert f'data-words="{filled}"' in text_of(client.get(opened.page))
    assert events(world, opened) == drafts


def test_without_script_nothing_typed_is_lost_and_nothing_is_stored(world: World) -> None:
    opened, number = open_entry(world, HOLE, ROAD), keep(world, OFFICER, text="Xin chờ […] ngày.")
    client = world.client(OFFICER)
    version = version_of(client.get(opened.page))
    typed = {"version": version, "text": "Chưa lưu dòng này.", "kind": "petition", "topic": "environment",
             "handing_reason": "Đúng lĩnh vực"}  # fmt: skip
    answer = client.post(f"{opened.page}/chen-mau", data=typed | {"mau": str(number)})
    assert answer.status_code == 200
    shown = text_of(answer)
    assert box_of(shown) == "Chưa lưu dòng này.\n\nXin chờ […] ngày."
    assert "Đúng lĩnh vực" in shown
    assert re.search(r'value="environment"[^>]* selected', shown)
    assert version_of(answer) == version
    assert events(world, opened) == ["opened"]
    with world.database.reading() as session:
        assert session.scalars(sa.select(Reply)).all() == []
    none = client.post(f"{opened.page}/chen-mau", data=typed | {"mau": ""})
    assert box_of(text_of(none)) == "Chưa lưu dòng này."


def test_an_old_page_is_told_before_words_go_in(world: World) -> None:
    opened, number = open_entry(world, HOLE, ROAD), keep(world, OFFICER)
    client = world.client(OFFICER)
    old = version_of(client.get(opened.page))
    press(world.client(LEADER), opened, "luu-nhap", text="Lời của lãnh đạo.")
    answer = client.post(f"{opened.page}/chen-mau", data={"version": old, "text": "Lời tôi.", "mau": str(number)})
    assert answer.status_code == 409
    assert "Có người vừa thay đổi" in text_of(answer)
    assert box_of(text_of(answer)) == "Lời tôi."


def test_a_half_empty_letter_does_not_go_out(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    client = world.client(OFFICER)
    for button, who in (("trinh", client), ("ky", world.client(LEADER))):
        answer = press(who, opened, button, text="Sẽ vá xong ngày […].")
        assert answer.status_code == 409
        assert "Câu trả lời còn chỗ trống" in text_of(answer)
        assert "Sẽ vá xong ngày […]." in text_of(answer)
    assert press(client, opened, "luu-nhap", text="Sẽ vá xong ngày […].").status_code == 303
    assert press(client, opened, "trinh", text=ANSWER).status_code == 303


def test_a_restricted_case_asks_why_before_words_go_in(world: World) -> None:
    opened, number = open_entry(world, "Cán bộ đòi tôi năm triệu.", BRIBE), keep(world, "restricted_intake")
    intake = world.client("restricted_intake")
    data = {"version": "1", "text": "Lời tôi viết.", "mau": str(number)}
    asked = intake.post(f"{opened.page}/chen-mau", data=data)
    assert "Ông/Bà mở việc này để làm gì?" in text_of(asked)
    assert "năm triệu" not in text_of(asked)
    assert "Lời tôi viết." in text_of(asked)
    say_why(intake, opened)
    version = version_of(intake.get(opened.page))
    assert intake.post(f"{opened.page}/chen-mau", data=data | {"version": version}).status_code == 200
    assert world.client(OFFICER).post(f"{opened.page}/chen-mau", data=data).status_code == 404


def test_praise_is_told_in_the_inbox_and_read_on_its_page(world: World) -> None:
    praised, other = world.client(OFFICER), world.client("justice_officer")
    quiet = text_of(praised.get("/can-bo/"))
    assert "lời khen mới" not in quiet
    assert "Chưa có lời khen nào" in text_of(praised.get("/can-bo/loi-khen"))
    open_entry(world, "Tôi là Lò Văn Ngọc, 0912345678: khen anh Hoàng Minh Tuấn tận tình.", PRAISE, name="Lò Văn Ngọc")
    open_entry(world, "Cảm ơn anh Hoàng Minh Tuấn.", PRAISE)
    assert "Có 2 lời khen mới nhắc tên Ông/Bà" in text_of(praised.get("/can-bo/"))
    shown = text_of(praised.get("/can-bo/loi-khen"))
    assert "Tôi là [tên], [số điện thoại]: khen anh Hoàng Minh Tuấn tận tình." in shown
    assert "05/10/2026" in shown
    assert "Quầy số 1" in shown
    assert "Lò Văn Ngọc" not in shown
    assert "/can-bo/viec/" not in shown
    assert "lời khen mới" not in text_of(other.get("/can-bo/"))


def test_own_results_tell_counts_and_no_share_of_few(world: World) -> None:
    client = world.client(OFFICER)
    assert "chưa có ý kiến nào thuộc phần việc" in text_of(client.get("/can-bo/ket-qua-cua-toi"))
    opened = [open_entry(world, HOLE, ROAD) for _n in range(6)]
    for one in opened[:2]:
        press(world.client(LEADER), one, "ky", text=ANSWER)
    shown = text_of(client.get("/can-bo/ket-qua-cua-toi"))
    assert "Quý IV năm 2026" in shown
    assert "<b>2</b> trên 2 ý kiến" in shown
    assert "Số ý kiến còn ít" in shown
    assert "100,0" not in shown
    world.clock.move(timedelta(days=40))
    for one in opened[2:5]:
        press(world.client(LEADER), one, "ky", text=ANSWER)
    shown = text_of(world.client(OFFICER).get("/can-bo/ket-qua-cua-toi?ky=2026-Q4"))
    assert "<b>2</b> trên 6 ý kiến" in shown
    assert "33,3" in shown
    assert "<svg" not in shown.partition("<main")[2]
    assert "cách tính bản 1" in shown


def test_two_periods_with_answers_enough_make_a_picture(world: World) -> None:
    for _month in range(2):
        for opened in [open_entry(world, HOLE, ROAD) for _n in range(5)]:
            press(world.client(LEADER), opened, "ky", text=ANSWER)
        world.clock.move(timedelta(days=30))
    shown = text_of(world.client(OFFICER).get("/can-bo/ket-qua-cua-toi?ky=2026-11"))
    assert "<svg" in shown.partition("<main")[2]
    assert "Tháng 10 năm 2026" in shown
    assert "Tháng 9 năm 2026</a>" not in shown.partition("Từng kỳ")[2]


@pytest.mark.parametrize("period", ["x", "2026-10-05", "2031", "1999"])
def test_results_of_no_period_are_not_found(world: World, period: str) -> None:
    assert world.client(OFFICER).get(f"/can-bo/ket-qua-cua-toi?ky={period}").status_code == 404


def test_the_board_is_for_who_signs_alone(world: World) -> None:
    for who in (CHAIR, LEADER, "superior"):
        client = world.client(who)
        assert client.get("/can-bo/tong-quan").status_code == 200
        assert 'href="/can-bo/tong-quan"' in text_of(client.get("/can-bo/"))
    officer = world.client(OFFICER)
    never = officer.get("/can-bo/khong-co")
    assert officer.get("/can-bo/tong-quan").status_code == never.status_code == 404
    assert 'href="/can-bo/tong-quan"' not in text_of(officer.get("/can-bo/"))


def test_the_board_says_where_things_hang_and_leads_to_them(world: World) -> None:
    leader = world.client(CHAIR)
    assert "Không có việc nào đang mở" in text_of(leader.get("/can-bo/tong-quan"))
    waiting, submitted = open_entry(world, HOLE, ROAD), open_entry(world, HOLE, ROAD)
    do(world, OFFICER, acts.submit, submitted, ANSWER)
    world.clock.move(timedelta(days=40))
    leader = world.client(CHAIR)
    shown = text_of(leader.get("/can-bo/tong-quan"))
    assert 'href="/can-bo/?trang_thai=qua-han"' in shown
    assert "2 việc quá hạn" in shown
    assert "Ký 1 câu trả lời" in shown
    assert "Nhắc Trưởng phòng Kinh tế (Hoàng Minh Tuấn) bắt đầu 1 việc" in shown
    assert "40 ngày chưa ai làm gì" in shown
    assert "Nguyễn Văn Thành, Lò Thị Hương hoặc Trần Quốc Bảo" in shown
    for one in (waiting, submitted):
        assert one.page in shown


def test_no_own_page_of_the_accused_changes_by_the_accusation(world: World) -> None:
    open_entry(world, HOLE, ROAD)
    pages = ("/can-bo/ket-qua-cua-toi", "/can-bo/loi-khen", SAVED, "/can-bo/")
    accused = world.client(OFFICER)
    before = [accused.get(page).data for page in pages]
    hidden: Opened = open_entry(world, ACCUSING, RUDE)
    assert [accused.get(page).data for page in pages] == before
    assert hidden.reference in text_of(world.client(CHAIR).get("/can-bo/"))


def test_the_invitation_to_answer_is_reached_from_the_own_pages(world: World) -> None:
    """An accusation that was proved false: only who is invited is led there."""
    opened = open_entry(world, ACCUSING, RUDE)
    leader, accused = world.client(CHAIR), world.client(OFFICER)
    way = 'href="/can-bo/trinh-bay"'
    assert way not in text_of(accused.get("/can-bo/ket-qua-cua-toi"))
    press(leader, opened, "ket-luan", finding="false", finding_reason="Ông ấy đi họp")
    press(leader, opened, "moi-trinh-bay", accused=str(world.officers[OFFICER]), told="Có phản ánh, không đúng.")
    for page in ("/can-bo/", "/can-bo/ket-qua-cua-toi", "/can-bo/loi-khen"):
        assert way in text_of(accused.get(page)), page
    assert way not in text_of(world.client("justice_officer").get("/can-bo/ket-qua-cua-toi"))
