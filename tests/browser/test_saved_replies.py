"""A saved reply goes into the box of an answer: at the cursor with script, after the draft without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.fixtures.browser import Demonstration, follow, opened_page, sign_in

pytestmark = pytest.mark.browser
OFFICER = "economy_department_head"
WORDS = "Phòng Kinh tế đã đến xem ngày […]."


@pytest.fixture(scope="module")
def kept(chromium: Browser, demonstration: Demonstration) -> Iterator[str]:
    """The title of a saved reply of the officer's, deleted afterwards."""
    base, title = demonstration.listing["base_url"], "Đã đến xem"
    with opened_page(chromium, width=1280) as page:
        sign_in(page, demonstration, OFFICER)
        page.goto(f"{base}/can-bo/cau-tra-loi-mau")
        page.get_by_label("Tên câu mẫu").fill(title)
        page.get_by_label("Lời mẫu").fill(WORDS)
        follow(page, page.get_by_role("button", name="Giữ câu mẫu này"))
        expect(page.get_by_role("status")).to_contain_text("Đã giữ câu mẫu")
        yield title
        page.locator("summary", has_text=title).click()
        follow(page, page.locator("details[open] a"))
        page.locator("summary", has_text="Xoá câu mẫu này").click()
        follow(page, page.get_by_role("button", name="Xoá", exact=True))
        expect(page.get_by_role("status")).to_contain_text("Đã xoá câu mẫu")


def _open_case(page: Page, demonstration: Demonstration) -> None:
    """A case that waits for this officer's answer."""
    sign_in(page, demonstration, OFFICER)
    page.goto(f"{demonstration.listing['base_url']}/can-bo/?trang_thai=cho-tra-loi")
    page.goto(demonstration.listing["base_url"] + str(page.locator(".pile a").first.get_attribute("href")))


@pytest.mark.parametrize("width", [360, 1280])
def test_words_go_in_where_the_cursor_stands_and_the_gap_is_chosen(
    chromium: Browser, demonstration: Demonstration, kept: str, width: int
) -> None:
    with opened_page(chromium, width=width) as page:
        _open_case(page, demonstration)
        address, box = page.url, page.locator("#text")
        box.fill("Kính gửi bà Ngọc.")
        box.press("Home")
        page.get_by_label("Câu mẫu").select_option(label=kept)
        page.get_by_role("button", name="Đưa vào ô").click()
        expect(box).to_have_value(f"{WORDS}Kính gửi bà Ngọc.")
        expect(box).to_be_focused()
        page.keyboard.type("08/10")
        expect(box).to_have_value(f"{WORDS.replace('[…]', '08/10')}Kính gửi bà Ngọc.")
        assert page.url == address
        box.fill("")  # so that leaving asks nothing


def test_without_script_the_page_comes_back_with_the_words_after_the_draft(
    chromium: Browser, demonstration: Demonstration, kept: str
) -> None:
    with opened_page(chromium, width=360, java_script_enabled=False) as page:
        _open_case(page, demonstration)
        page.locator("#text").fill("Kính gửi bà Ngọc.")
        page.get_by_label("Câu mẫu").select_option(label=kept)
        page.get_by_role("button", name="Đưa vào ô").click()
        expect(page.locator("#text")).to_have_value(f"Kính gửi bà Ngọc.\n\n{WORDS}")


def test_paper_offers_no_saved_reply(chromium: Browser, demonstration: Demonstration, kept: str) -> None:
    with opened_page(chromium, width=794) as page:
        _open_case(page, demonstration)
        expect(page.get_by_label("Câu mẫu")).to_be_visible()
        page.emulate_media(media="print")
        expect(page.locator("blockquote")).to_be_visible()
        assert page.locator("button:visible, select:visible").count() == 0, f"{kept} is offered on paper"
