"""One entry's way through the whole house, in a real Chromium, step by step as people take them.

Citizen (phone of 360 px, no script) → worker → officer → leader → citizen → board. Every act is counted;
pictures of each page are kept in var/pictures for people to look at.
"""

import io
import time

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.fixtures.browser import Demonstration, follow, opened_page, picture, sign_in

pytestmark = pytest.mark.browser
TEXT = "Đèn đường đầu ngõ 9 tổ 4 tắt ba hôm nay, tối các cháu đi học về sợ lắm. Nhờ phường cho người thay bóng."
REPLY = "Cảm ơn Ông/Bà đã báo. Sáng mai tổ điện sẽ thay bóng đèn ngõ 9 tổ 4; nếu tối mai chưa sáng, xin báo lại."


class Acts:
    """Counts what a person does: each tap, click or typed field is one act."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, role: str, name: str, exact: bool = True) -> None:
        """Tap a button or link and wait for the page it leads to."""
        follow(self.page, self.page.get_by_role(role, name=name, exact=exact).first)  # type: ignore[arg-type]
        self.count += 1

    def choose(self, words: str) -> None:
        """Tap the words of a choice."""
        self.page.locator("label").filter(has=self.page.get_by_text(words, exact=True)).first.click()
        self.count += 1

    def write(self, field: str, text: str) -> None:
        """Type into a field."""
        self.page.locator(field).fill(text)
        self.count += 1


def _rate_only(chromium: Browser, demonstration: Demonstration) -> None:
    """The shortest way: one tap on a face, one on send."""
    with opened_page(chromium, java_script_enabled=False) as page:
        page.goto(demonstration.listing["pages"]["survey"])
        acts = Acts(page)
        acts.choose("Hài lòng")
        acts.press("button", "Gửi đánh giá")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Đã nhận")
        assert acts.count <= 2 + 1


def _write(chromium: Browser, demonstration: Demonstration) -> str:
    """A citizen rates and writes; returns the follow-up code."""
    with opened_page(chromium, java_script_enabled=False) as page:
        page.goto(demonstration.listing["pages"]["survey"])
        picture(page, "citizen-form")
        acts = Acts(page)
        acts.choose("Không hài lòng")
        acts.write("textarea[name=comment]", TEXT)
        picture(page, "citizen-form-filled")
        acts.press("button", "Gửi đánh giá")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Đã nhận")
        picture(page, "citizen-thanks")
        code = page.locator("input[name=code]").first.get_attribute("value")
        assert code
        assert len(code.replace("-", "")) == 16
        assert _scanned(page).upper().endswith(f"/T/{code.replace('-', '')}")
        return code


def _scanned(page: Page) -> str:
    """What another phone's camera reads from the receipt."""
    shot = Image.open(io.BytesIO(page.locator(".qr").screenshot()))
    return zxingcpp.read_barcodes(shot)[0].text


def _follow(chromium: Browser, demonstration: Demonstration, code: str, name: str) -> str:
    with opened_page(chromium, java_script_enabled=False) as page:
        page.goto(demonstration.listing["pages"]["follow"])
        page.locator("input[name=code]").fill(code.lower().replace("-", " "))
        follow(page, page.locator("main").get_by_role("button").first)
        picture(page, name)
        return page.locator("main").inner_text()


def _wait_until_routed(chromium: Browser, demonstration: Demonstration, code: str) -> None:
    deadline = time.monotonic() + 30
    while "Phòng Kinh tế" not in _follow(chromium, demonstration, code, "citizen-follow-routed"):
        assert time.monotonic() < deadline, "the worker did not route the entry to the economy department"
        time.sleep(0.5)


def _answer(chromium: Browser, demonstration: Demonstration) -> None:
    with opened_page(chromium) as page:
        sign_in(page, demonstration, "economy_department_head")
        picture(page, "officer-inbox")
        acts = Acts(page)
        follow(page, page.locator("a", has_text="Đèn đường đầu ngõ 9").first)
        acts.count += 1
        picture(page, "officer-case")
        acts.press("button", "Xác nhận phân loại")
        acts.write("textarea[name=text]", REPLY)
        acts.press("button", "Trình ký")
        assert acts.count <= 5
        expect(page.locator("main")).to_contain_text("trình")


def _sign(chromium: Browser, demonstration: Demonstration) -> None:
    with opened_page(chromium) as page:
        sign_in(page, demonstration, "chairperson")
        picture(page, "leader-inbox")
        acts = Acts(page)
        follow(page, page.locator("a", has_text="Đèn đường đầu ngõ 9").first)
        acts.count += 1
        picture(page, "leader-case")
        acts.press("button", "Ký và gửi")
        assert acts.count <= 2


def _look_up_quarter(chromium: Browser, demonstration: Demonstration) -> None:
    with opened_page(chromium, width=1280, height=900) as page:
        sign_in(page, demonstration, "board")
        picture(page, "board-comparison")
        acts = Acts(page)
        acts.press("link", "Phường Tô Hiệu")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Phường Tô Hiệu")
        assert acts.count <= 3
        expect(page.locator("main")).to_contain_text("Quý")
        picture(page, "board-unit")


def test_one_entry_through_the_whole_house(chromium: Browser, demonstration: Demonstration) -> None:
    _rate_only(chromium, demonstration)
    code = _write(chromium, demonstration)
    _wait_until_routed(chromium, demonstration, code)
    _answer(chromium, demonstration)
    assert REPLY not in _follow(chromium, demonstration, code, "citizen-follow-waiting"), "not before it is signed"
    _sign(chromium, demonstration)
    said = _follow(chromium, demonstration, code, "citizen-follow-answered")
    assert REPLY in said
    assert "Hà Văn Thành" in said
    _look_up_quarter(chromium, demonstration)
