"""What goes wrong on a phone: answers are kept, the problem is named, nothing is lost or counted twice."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.fixtures.browser import Demonstration, follow, opened_page, picture

pytestmark = pytest.mark.browser


@pytest.fixture
def form(chromium: Browser, demonstration: Demonstration):
    """The questionnaire on a phone without script."""
    with opened_page(chromium, java_script_enabled=False) as page:
        page.goto(demonstration.listing["pages"]["survey"])
        yield page


def _send(page: Page) -> None:
    follow(page, page.get_by_role("button", name="Gửi đánh giá"))


def test_missing_face_keeps_the_words(form: Page) -> None:
    form.locator("textarea[name=comment]").fill("Chờ lâu quá")
    _send(form)
    expect(form.locator("main")).to_contain_text("chọn một khuôn mặt")
    expect(form.locator("textarea[name=comment]")).to_have_value("Chờ lâu quá")
    picture(form, "citizen-form-problem")


def test_back_button_and_changed_words_are_told(form: Page) -> None:
    form.locator("label", has_text="Bình thường").first.click()
    form.locator("textarea[name=comment]").fill("Lời thứ nhất")
    _send(form)
    form.go_back()
    form.locator("textarea[name=comment]").fill("Lời thứ hai, đã sửa")
    _send(form)
    expect(form.locator("main")).to_contain_text("chưa")
    expect(form.locator("textarea").first).to_have_value("Lời thứ hai, đã sửa")
    picture(form, "citizen-changed")


def test_double_click_sends_once(chromium: Browser, demonstration: Demonstration) -> None:
    with opened_page(chromium) as page:
        page.goto(demonstration.listing["pages"]["box"])
        page.locator("textarea[name=comment]").fill("Bấm hai lần liền")
        page.get_by_role("button", name="Gửi").first.dblclick()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Đã nhận")


@pytest.mark.parametrize("path", ["/q/0000000", "/khong-co-trang-nay", "/T/ABC"])
def test_wrong_addresses_say_where_to_go(chromium: Browser, demonstration: Demonstration, path: str) -> None:
    with opened_page(chromium, java_script_enabled=False) as page:
        page.goto(demonstration.listing["base_url"] + path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.locator("body a:not(.skip), main form").count() >= 1
