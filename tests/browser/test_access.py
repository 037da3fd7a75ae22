"""axe finds nothing on any page, nothing runs off a narrow phone, and the keyboard reaches every act."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.fixtures.browser import Demonstration, opened_page, sign_in

pytestmark = pytest.mark.browser
CITIZEN = ("/", "/q/DG03646", "/q/HM03646", "/theo-doi", "/q/0000000", "/dang-nhap")
STAFF = {
    "economy_department_head": ("/can-bo/",),
    "chairperson": ("/can-bo/", "/can-bo/?trang_thai=da-xong"),
    "superior_handler": ("/can-bo/",),
    "board": ("/hoi-dong/", "/hoi-dong/03646"),
    "administrator": (
        "/quan-tri/",
        "/quan-tri/03646",
        "/quan-tri/ma/DG03646",
        "/quan-tri/03646/chuc-danh",
        "/quan-tri/03646/nguoi",
        "/quan-tri/03646/nguoi/dan",
        "/quan-tri/03646/nguoi/1",
        "/quan-tri/03646/truc",
        "/quan-tri/03646/ma",
        "/quan-tri/03646/ma/DG03646",
        "/quan-tri/03646/phieu",
        "/quan-tri/03646/phan-viec",
    ),
}


def _examine(page: Page, address: str) -> None:
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in violations] == [], address
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{address} runs {wide} px off the screen"


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_citizens_pages(chromium: Browser, demonstration: Demonstration, width: int) -> None:
    # axe itself is a script the policy refuses, so the policy is lifted for the examination only.
    with opened_page(chromium, width=width, bypass_csp=True) as page:
        for path in CITIZEN:
            page.goto(demonstration.listing["base_url"] + path)
            _examine(page, path)
        code = demonstration.listing["codes"]["follow"].replace("-", "")
        page.goto(f"{demonstration.listing['base_url']}/T/{code}")
        _examine(page, "follow-up")


@pytest.mark.parametrize("post", list(STAFF))
@pytest.mark.parametrize("width", [360, 1280])
def test_staff_pages(chromium: Browser, demonstration: Demonstration, post: str, width: int) -> None:
    with opened_page(chromium, width=width, bypass_csp=True) as page:
        sign_in(page, demonstration, post)
        for path in STAFF[post]:
            page.goto(demonstration.listing["base_url"] + path)
            _examine(page, path)
        case = page.locator("a[href*='/viec/']").first
        if case.count():
            with page.expect_navigation():
                case.click()
            _examine(page, page.url)


def test_rating_by_keyboard_alone(chromium: Browser, demonstration: Demonstration) -> None:
    with opened_page(chromium, java_script_enabled=False) as page:
        page.goto(demonstration.listing["pages"]["survey"])
        page.locator("input[name=overall]").first.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        assert page.locator("input[name=overall]:checked").get_attribute("value") in ("2", "3")
        for _tab in range(12):
            page.keyboard.press("Tab")
            if page.locator("button:focus").count():
                break
        page.keyboard.press("Enter")
        # Waits for the answer: pressing Enter returns before the next page is there.
        expect(page.locator("h1")).to_contain_text("Đã nhận")


@pytest.mark.parametrize("scheme", [{"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_dark_and_forced_colours_keep_contrast(chromium: Browser, demonstration: Demonstration, scheme: dict) -> None:
    with opened_page(chromium, bypass_csp=True, **scheme) as page:
        for path in CITIZEN:
            page.goto(demonstration.listing["base_url"] + path)
            _examine(page, path)
