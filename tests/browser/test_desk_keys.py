"""The desk by single keys, several cases by one press; while typing no key is taken, and keys can be turned off."""

import time
import urllib.parse
import urllib.request
import uuid

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.fixtures.browser import Demonstration, follow, opened_page, sign_in
from tests.fixtures.examples import LEADER

pytestmark = pytest.mark.browser
OFFICER = "economy_department_head"
LAMP = "Đèn đường cuối ngõ {} tổ 3 tắt ba hôm nay, tối đi lại khó lắm. Nhờ phường cho người thay bóng."
FOCUSED = "document.activeElement.closest('.pile li')?.querySelector('.ref').innerText ?? ''"


def send(demonstration: Demonstration, number: int) -> None:
    """A citizen's words, by the shortest way."""
    fields = {"submission_id": str(uuid.uuid4()), "comment": LAMP.format(number)}
    urllib.request.urlopen(
        demonstration.listing["pages"]["box"], urllib.parse.urlencode(fields).encode(), timeout=10
    ).close()


def search_for(page: Page, demonstration: Demonstration, count: int) -> int:
    """Two letters about a lamp, found by a number that no other letter holds, once the worker brought them."""
    number = uuid.uuid4().int % 1_000_000 + 1_000_000
    for _letter in range(count):
        send(demonstration, number)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        page.goto(f"{demonstration.listing['base_url']}/can-bo/?tim=den duong {number}")
        if page.locator(".pile li").count() == count:
            return number
        time.sleep(0.3)
    raise AssertionError("the worker did not bring the entries")


def test_keys_walk_open_tick_and_search(chromium: Browser, demonstration: Demonstration) -> None:
    with opened_page(chromium, width=1280) as page:
        sign_in(page, demonstration, OFFICER)
        number = search_for(page, demonstration, 2)
        keys = page.keyboard
        known = [one.inner_text() for one in page.locator(".pile .ref").all()]
        assert page.locator(".pile mark").first.inner_text() == "Đèn"
        keys.press("k")
        seen = [page.evaluate(FOCUSED)]
        for key in "jjk":
            keys.press(key)
            seen.append(page.evaluate(FOCUSED))
        assert seen == [known[0], known[1], known[1], known[0]]
        keys.press("x")
        boxes = page.locator(".tick input")
        assert [box.is_checked() for box in boxes.all()] == [True, False]
        keys.press("/")
        expect(page.locator("#tim")).to_be_focused()
        keys.type("jxk/?")
        assert page.locator("#tim").input_value() == "jxk/?"
        expect(page.locator("#tim")).to_be_focused()
        keys.press("Control+A")
        keys.type(f"{number} tat")
        with page.expect_navigation():
            keys.press("Enter")
        keys.press("j")
        with page.expect_navigation():
            keys.press("Enter")
        assert "/can-bo/viec/" in page.url
        keys.press("t")
        expect(page.locator("#text")).to_be_focused()
        keys.type("vpt")
        assert page.locator("#text").input_value() == "vpt"
        page.locator("#text").fill("")
        page.locator("h1").click()
        with page.expect_navigation():
            keys.press("v")
        assert page.url.endswith("/can-bo/")


def test_keys_can_be_turned_off_and_stay_so(chromium: Browser, demonstration: Demonstration) -> None:
    with opened_page(chromium, width=1280) as page:
        sign_in(page, demonstration, OFFICER)
        search_for(page, demonstration, 1)
        page.keyboard.press("?")
        expect(page.locator("#phim-tat dl")).to_be_visible()
        page.get_by_label("Dùng phím tắt một chữ").uncheck()
        page.keyboard.press("Escape")
        expect(page.locator("#phim-tat dl")).not_to_be_visible()
        for _visit in range(2):
            for key in ("j", "/", "?"):
                page.keyboard.press(key)
            assert page.evaluate(FOCUSED) == ""
            expect(page.locator("#tim")).not_to_be_focused()
            expect(page.locator("#phim-tat dl")).not_to_be_visible()
            page.reload()
        page.locator("#phim-tat summary").click()
        page.get_by_label("Dùng phím tắt một chữ").check()
        page.reload()
        page.keyboard.press("j")
        assert page.evaluate(FOCUSED) != ""


@pytest.mark.parametrize("script", [True, False])
def test_several_are_confirmed_by_one_press(chromium: Browser, demonstration: Demonstration, script: bool) -> None:
    with opened_page(chromium, java_script_enabled=script) as page:
        sign_in(page, demonstration, OFFICER)
        search_for(page, demonstration, 2)
        everything = page.get_by_role("button", name="Đánh dấu cả danh sách")
        if script:
            everything.click()
            assert all(box.is_checked() for box in page.locator(".tick input").all())
            page.get_by_role("button", name="Bỏ đánh dấu").click()
        assert everything.is_visible() is script
        for box in page.locator(".tick input").all():
            box.check()
        follow(page, page.get_by_role("button", name="Xác nhận phân loại các việc đã đánh dấu"))
        expect(page.locator(".notice.good")).to_contain_text("Đã xác nhận phân loại 2 việc.")
        assert "tim=" in page.url
        assert page.locator(".tick").count() == 0
        assert not page.locator("#phim-tat").is_visible() or script


def test_a_chord_never_signs_by_itself(chromium: Browser, demonstration: Demonstration) -> None:
    with opened_page(chromium, width=1280) as page:
        sign_in(page, demonstration, LEADER)
        search_for(page, demonstration, 1)
        follow(page, page.locator(".pile a"))
        case = page.url
        # The one main act of the page is told by its looks; where the sorting comes first, it is that.
        main = page.locator("#form .button:not(.second, .plain)")
        words = main.first.inner_text()
        page.locator("#text").fill("Mai thợ đến thay bóng.")
        page.locator("#text").press("Control+Enter")
        expect(main.first).to_be_focused()
        assert page.url == case
        assert words in ("Ký và gửi", "Xác nhận phân loại")
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
        expect(page.locator(".notice.good")).to_be_visible()
