"""How right the classifier is, as an administrator's phone and desk show it, in a demonstration that really ran."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.fixtures.browser import Demonstration, opened_page, picture, sign_in

pytestmark = pytest.mark.browser
PAGE = "/quan-tri/may-doc-thu"


@pytest.mark.parametrize("width", [360, 1280])
def test_how_right_it_is_can_be_read_on_a_phone_and_at_a_desk(
    chromium: Browser, demonstration: Demonstration, width: int
) -> None:
    with opened_page(chromium, width=width) as page:
        sign_in(page, demonstration, "administrator")
        # The worker of the demonstration puts the classifier on record when it is first idle.
        for _ in range(60):
            page.goto(demonstration.listing["base_url"] + PAGE)
            if page.get_by_text("đang đọc thư, từ").count():
                break
            page.wait_for_timeout(1000)
        expect(page.get_by_role("heading", name=re.compile("Bản số 1 đang đọc thư"))).to_be_visible()
        expect(page.get_by_text("trong 100 thư tố cáo, máy nhận ra")).to_be_visible()
        expect(page.locator(".in-hundred svg").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        assert [found["id"] for found in Axe().run(page).response["violations"]] == []
        picture(page, f"classifier-{width}")
