"""Every task of every audience without a mouse: focus always drawn, order as one reads, no trap, Enter sends."""

import time
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from models.base import utc_now
from tests.fixtures.browser import Demonstration, opened_page, sign_in
from tests.fixtures.examples import ADMINISTRATOR, BOARD, LEADER, OWN, RESTRICTED
from tests.fixtures.keyboard import Keys
from vietnamese.calendar import local_day

pytestmark = pytest.mark.browser
OFFICER, UNIT = "economy_department_head", "03862"
"""Who answers; the commune whose settings are changed here, so that other tests keep theirs."""
LAMP = "Đèn đường cuối ngõ {} tổ 3 tắt ba hôm nay, tối đi lại khó lắm. Nhờ phường cho người thay bóng."
PAGES = {
    "": ("/", "/q/DG03646", "/q/HM03646", "/theo-doi", "/t/ABC", "/dang-nhap", "/giao-dien"),
    OFFICER: (
        "/can-bo/", "/can-bo/?trang_thai=da-xong", "/can-bo/cau-tra-loi-mau", "/can-bo/ket-qua-cua-toi", *OWN,
    ),
    BOARD: ("/hoi-dong/", "/hoi-dong/03646"),
    ADMINISTRATOR: (
        "/quan-tri/", *(f"/quan-tri/03646{room}" for room in ("", "/chuc-danh", "/nguoi/dan", "/truc", "/phan-viec")),
        "/quan-tri/ma/DG03646",
    ),
}  # fmt: skip


@contextmanager
def at_the_keys(browser: Browser, demonstration: Demonstration, post: str = "", width: int = 360) -> Iterator[Keys]:
    """A page whose owner came in by the keyboard."""
    with opened_page(browser, width=width) as page:
        keys = Keys(page)
        if post:
            account = demonstration.account(post)
            page.goto(f"{demonstration.listing['base_url']}/dang-nhap")
            keys.write("Tên đăng nhập", account["username"])
            keys.write("Mật khẩu", account["password"])
            keys.send()
        yield keys


def _send(demonstration: Demonstration, text: str) -> None:
    """A citizen's words, by the shortest way."""
    fields = {"submission_id": str(uuid.uuid4()), "comment": text}
    url = demonstration.listing["pages"]["box"]
    urllib.request.urlopen(url, urllib.parse.urlencode(fields).encode(), timeout=10).close()


def _open_case(keys: Keys, words: str) -> None:
    """Open the case with these words, once the worker brought it."""
    deadline = time.monotonic() + 60
    case = keys.page.locator(".pile a", has_text=words)
    while not case.count():
        assert time.monotonic() < deadline, "the worker did not bring the entry"
        time.sleep(0.3)
        keys.page.reload()
    keys.reach(case)
    keys.send()


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.deep)])
@pytest.mark.parametrize("who", PAGES)
def test_tab_leads_through_every_page_and_out(
    chromium: Browser, demonstration: Demonstration, who: str, width: int
) -> None:
    with opened_page(chromium, width=width) as page:
        if who:
            sign_in(page, demonstration, who)
        for path in PAGES[who]:
            page.goto(demonstration.listing["base_url"] + path)
            # After a refusal the focus stands at its summary already.
            fresh = page.evaluate("document.activeElement === document.body")
            stops = Keys(page).walk()
            assert not fresh or stops[0] == "Đến thẳng nội dung", path
            assert len(stops) > 2, path


def test_a_citizen_rates_writes_and_follows(chromium: Browser, demonstration: Demonstration) -> None:
    with at_the_keys(chromium, demonstration) as keys:
        keys.page.goto(demonstration.listing["pages"]["survey"])
        keys.choose("overall", "Không hài lòng")
        keys.write("Ông/Bà muốn nói thêm điều gì?", "Ghế ở quầy chờ bị gãy một chân.")
        keys.enter("Gửi đánh giá")
        expect(keys.page.get_by_role("heading", level=1)).to_contain_text("Đã nhận")
        code = keys.page.locator("input[name=code]").first.get_attribute("value") or ""
        keys.page.goto(demonstration.listing["pages"]["follow"])
        keys.write("Mã Ông/Bà đã lưu", code.lower())
        keys.send()
        expect(keys.page.locator("main")).to_contain_text("Ghế ở quầy chờ bị gãy một chân.")


def test_an_answer_goes_to_the_leader_back_and_out(chromium: Browser, demonstration: Demonstration) -> None:
    words = LAMP.format(uuid.uuid4().int % 1000)
    _send(demonstration, words)
    with (
        at_the_keys(chromium, demonstration, OFFICER) as officer,
        at_the_keys(chromium, demonstration, LEADER) as leader,
    ):
        _open_case(officer, words[:30])
        case = officer.page.url
        officer.enter("Xác nhận phân loại")
        officer.write("Câu trả lời cho người dân", "Mai thợ đến thay bóng.")
        officer.enter("Lưu nháp")
        officer.enter("Trình ký")
        leader.page.goto(case)
        leader.unfold("Trả lại để sửa")
        leader.write("Cần sửa gì", "Nói rõ buổi nào.")
        leader.enter("Trả lại")
        officer.page.goto(case)
        expect(officer.page.locator("main")).to_contain_text("Nói rõ buổi nào.")
        officer.write("Câu trả lời cho người dân", "Sáng mai thợ đến thay bóng.")
        officer.enter("Trình ký")
        leader.page.goto(case)
        leader.enter("Ký và gửi")
        leader.page.goto(case)
        expect(leader.page.locator("main")).to_contain_text("Câu trả lời người dân đã nhận")


def test_a_case_is_handed_to_another_post(chromium: Browser, demonstration: Demonstration) -> None:
    words = LAMP.format(uuid.uuid4().int % 1000)
    _send(demonstration, words)
    with at_the_keys(chromium, demonstration, OFFICER, width=1280) as keys:
        _open_case(keys, words[:30])
        keys.unfold("Chuyển cho vị trí khác")
        keys.pick("Nơi nhận", "Chánh Văn phòng")
        keys.write("Lý do chuyển", "Việc của Văn phòng.")
        keys.enter("Chuyển")
        expect(keys.page.locator(".notice.good").first).to_be_visible()


def test_a_restricted_case_opens_with_a_reason(chromium: Browser, demonstration: Demonstration) -> None:
    with at_the_keys(chromium, demonstration, RESTRICTED) as keys:
        keys.reach(keys.page.locator(".pile a").last)  # the first may lie open since another test
        keys.send()
        keys.choose("ly_do", "Tôi được giao xử lý hoặc trả lời việc này")
        keys.enter("Ghi lý do và mở")
        expect(keys.page.locator("blockquote")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_board_changes_the_period_and_opens_a_unit(
    chromium: Browser, demonstration: Demonstration, width: int
) -> None:
    with at_the_keys(chromium, demonstration, BOARD, width) as keys:
        if width == 360:
            keys.unfold("Đổi kỳ")
        keys.page.keyboard.press("Tab")
        before = keys.page.get_by_role("heading", level=1).inner_text()
        keys.pick("Kỳ", _earlier_quarter())
        keys.enter("Xem")
        expect(keys.page.get_by_role("heading", level=1)).to_contain_text(_earlier_quarter())
        assert before != keys.page.get_by_role("heading", level=1).inner_text()
        keys.reach(keys.page.locator(".figures").get_by_role("link", name="Phường Tô Hiệu"))
        keys.send()
        expect(keys.page.get_by_role("heading", level=1)).to_contain_text("Phường Tô Hiệu")


def _earlier_quarter() -> str:
    """The quarter before the last one that has ended."""
    first = local_day(utc_now()).replace(day=1) - timedelta(days=185)
    return f"Quý {('I', 'II', 'III', 'IV')[(first.month - 1) // 3]} năm {first.year}"


def _done(keys: Keys) -> None:
    """The page says that something was stored."""
    expect(keys.page.locator(".notice.good").first).to_be_visible()


def _room(keys: Keys, demonstration: Demonstration, room: str) -> None:
    keys.page.goto(f"{demonstration.listing['base_url']}/quan-tri/{UNIT}{room}")


def test_the_administrator_adds_people_and_invites_one(chromium: Browser, demonstration: Demonstration) -> None:
    with at_the_keys(chromium, demonstration, ADMINISTRATOR) as keys:
        _room(keys, demonstration, "/nguoi")
        keys.write("Họ và tên", "Lường Thị Phím")
        keys.pick("Chức danh", "Công chức Tư pháp")
        keys.enter("Thêm người này")
        _done(keys)
        _room(keys, demonstration, "/nguoi/dan")
        keys.reach(keys.page.locator("#danh_sach"))
        keys.page.keyboard.insert_text("Cầm Văn Dán; Công chức Tư pháp – Hộ tịch; nam")
        keys.enter("Xem trước")
        expect(keys.page.locator("tr", has_text="Cầm Văn Dán")).to_contain_text("được")
        keys.enter("Lưu")
        _done(keys)
        _room(keys, demonstration, "/nguoi")
        keys.enter("Lường Thị Phím", "link")
        keys.enter("Tạo lời mời")
        link = keys.page.locator(".link").first.inner_text()
    with opened_page(chromium) as page:
        page.goto(link.lower())
        guest = Keys(page)
        guest.write("Mật khẩu mới", "ruộng bậc thang mùa nước")
        box = page.get_by_label("Mật khẩu mới")
        guest.reach(page.get_by_role("button", name="Hiện mật khẩu"))
        for shown_as in ("text", "password"):
            page.keyboard.press("Space")
            expect(box).to_have_attribute("type", shown_as)
        guest.enter("Đặt mật khẩu và vào làm việc")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Việc cần làm")


def test_the_administrator_fills_a_month(chromium: Browser, demonstration: Demonstration) -> None:
    month = (local_day(utc_now()).replace(day=1) + timedelta(days=95)).strftime("%Y-%m")
    with at_the_keys(chromium, demonstration, ADMINISTRATOR) as keys:
        _room(keys, demonstration, f"/truc?thang={month}")
        keys.enter("Xếp lần lượt ngày trống")
        keys.enter("Lưu cả tháng")
        _done(keys)


def test_the_administrator_makes_and_retires_a_code(chromium: Browser, demonstration: Demonstration) -> None:
    with at_the_keys(chromium, demonstration, ADMINISTRATOR) as keys:
        _room(keys, demonstration, "/ma")
        keys.write("Nơi treo", "Quầy bàn phím")
        keys.enter("Tạo mã")
        _room(keys, demonstration, "/ma")
        keys.enter("Quầy bàn phím", "link")
        keys.unfold("Ngừng dùng mã này")
        keys.tick("Tôi muốn ngừng mã này")
        keys.enter("Ngừng dùng")
        expect(keys.page.locator("tr", has_text="Quầy bàn phím")).to_contain_text("ngừng dùng lúc")


def test_the_administrator_drafts_and_publishes_a_questionnaire(
    chromium: Browser, demonstration: Demonstration
) -> None:
    with at_the_keys(chromium, demonstration, ADMINISTRATOR) as keys:
        _room(keys, demonstration, "/phieu")
        keys.enter("Bản nháp mới từ phiếu chung")
        keys.write("Thêm câu của đơn vị", "Chỗ ngồi chờ sạch sẽ, đủ ghế")
        keys.enter("Thêm câu này")
        keys.tick("Tôi đã xem phiếu như người dân thấy")
        keys.enter("Ban hành bản này")
        expect(keys.page.locator("main")).to_contain_text("không sửa được nữa")


def test_the_administrator_changes_who_gets_what_and_tries_it(chromium: Browser, demonstration: Demonstration) -> None:
    with at_the_keys(chromium, demonstration, ADMINISTRATOR, width=1280) as keys:
        _room(keys, demonstration, "/phan-viec")
        keys.pick("Môi trường, rác thải, chăn nuôi", "Chánh Văn phòng")
        keys.enter("Lưu bảng phân việc")
        _done(keys)
        keys.write("Lời thử", "Rác ở đầu bản ba ngày chưa ai dọn.")
        keys.pick("Chủ đề", "Môi trường, rác thải, chăn nuôi")
        keys.enter("Thử xem việc đi đâu")
        expect(keys.page.locator(".outcome h3").first).to_contain_text("Chánh Văn phòng")
