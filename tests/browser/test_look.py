"""What only a browser can measure: targets, lines, the next act in sight, colours people chose, zoom, paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.fixtures.browser import Demonstration, follow, opened_page, picture, sign_in

pytestmark = pytest.mark.browser
CITIZEN = ("/", "/q/DG03646", "/q/HM03646", "/theo-doi")
PRESSED = "button, summary, select, textarea, input:not([type=hidden]), a.button, a.reach, .pick, .choice, .end li a"
SMALL = """([pressed, least]) => [...document.querySelectorAll(pressed)]
  .filter(e => e.checkVisibility() && !e.closest('.pick *, .choice *, .skip'))
  .map(e => [e.className || e.tagName, Math.round(e.getBoundingClientRect().height * 10) / 10])
  .filter(([, height]) => height < least)"""
CLOSE = """() => [...document.querySelectorAll('.pick, .calls a')].filter(e => e.checkVisibility())
  .map(e => e.getBoundingClientRect())
  .flatMap((one, at, all) => all.slice(at + 1).map(other => Math.max(
    other.left - one.right, one.left - other.right, other.top - one.bottom, one.top - other.bottom)))
  .filter(room => room < 7.9)"""
LONGEST_LINE = """() => Math.max(...[...document.querySelectorAll('main p, main dd, main li')]
  .filter(e => e.checkVisibility() && !e.closest('table')).map(e => {
    const walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT), lines = new Map(), range = document.createRange();
    for (let node; (node = walk.nextNode());) for (let at = 0; at < node.length; at++) {
      range.setStart(node, at); range.setEnd(node, at + 1);
      const box = range.getBoundingClientRect();
      if (box.width) lines.set(Math.round(box.bottom / 8), (lines.get(Math.round(box.bottom / 8)) || 0) + 1);
    }
    return Math.max(0, ...lines.values());
  }))"""


def _thanked(page: Page, demonstration: Demonstration) -> None:
    page.goto(demonstration.listing["pages"]["box"])
    page.locator("textarea[name=comment]").fill("Ghế chờ ở quầy số 1 gãy chân, xin thay.")
    follow(page, page.get_by_role("button", name="Gửi ý kiến"))


def _no_wider_than_the_screen(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, page.url


@pytest.mark.parametrize("width", [320, 360, 768])
def test_a_thumb_meets_every_target(chromium: Browser, demonstration: Demonstration, width: int) -> None:
    with opened_page(chromium, width=width) as page:
        for path in CITIZEN:
            page.goto(demonstration.listing["base_url"] + path)
            for more in page.locator("summary").all():
                more.click()
            assert page.evaluate(SMALL, [PRESSED, 47.9]) == [], path
            assert page.evaluate(CLOSE) == [], path
        _thanked(page, demonstration)
        assert page.evaluate(SMALL, [PRESSED, 47.9]) == []


@pytest.mark.parametrize("width", [768, 1280])
def test_a_citizens_line_is_no_longer_than_sixty_letters(
    chromium: Browser, demonstration: Demonstration, width: int
) -> None:
    with opened_page(chromium, width=width) as page:
        for path in CITIZEN:
            page.goto(demonstration.listing["base_url"] + path)
            for more in page.locator("summary").all():
                more.click()
            assert page.evaluate(LONGEST_LINE) <= 60, path
        _thanked(page, demonstration)
        assert page.evaluate(LONGEST_LINE) <= 60


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 800)])
@pytest.mark.parametrize("post", ["economy_department_head", "chairperson", "restricted_intake"])
def test_the_next_act_is_seen_without_scrolling(
    chromium: Browser, demonstration: Demonstration, post: str, width: int, height: int
) -> None:
    with opened_page(chromium, width=width, height=height) as page:
        sign_in(page, demonstration, post)
        # What somebody was reminded of stands above the lists; whether anything is depends on the hour.
        first = page.locator(".reminded a, .pile a").first
        expect(first).to_be_in_viewport(ratio=1)
        assert page.evaluate(SMALL, ["button, select, .filters a, .bar a", 31.9]) == []
        follow(page, first)
        if page.url.endswith("/mo") or page.get_by_role("button", name="Ghi lý do và mở").count():
            expect(page.get_by_role("button", name="Ghi lý do và mở")).to_be_in_viewport(ratio=1)
            return
        expect(page.locator(".next")).to_be_in_viewport(ratio=1)
        if width > 1000:
            expect(page.locator(".doing .button:not(.second)").first).to_be_in_viewport(ratio=1)
        assert page.evaluate(SMALL, ["button, select, summary, .next a, .checks label", 31.9]) == []


@pytest.mark.parametrize("scheme", [{"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_the_receipt_in_the_colours_people_chose(chromium: Browser, demonstration: Demonstration, scheme: dict) -> None:
    with opened_page(chromium, bypass_csp=True, **scheme) as page:
        _thanked(page, demonstration)
        assert [v["id"] for v in Axe().run(page).response["violations"]] == []


def test_letters_twice_as_large_break_nothing(chromium: Browser, demonstration: Demonstration) -> None:
    with opened_page(chromium, width=640, height=800, device_scale_factor=2) as page:
        # What the browser's own setting does: rem grows, in style rules and in the widths they ask for.
        page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32}})

        def enlarged(path: str) -> None:
            page.goto(demonstration.listing["base_url"] + path)
            assert page.locator("body").evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 32
            _no_wider_than_the_screen(page)

        for path in (*CITIZEN, "/giao-dien"):
            enlarged(path)
        sign_in(page, demonstration, "chairperson")
        enlarged("/can-bo/")
        enlarged(page.locator(".pile a").first.get_attribute("href") or "")


def test_nothing_moves_for_those_who_asked_for_calm(chromium: Browser, demonstration: Demonstration) -> None:
    for motion, seconds in (("reduce", "0s"), ("no-preference", "0.12s")):
        with opened_page(chromium, reduced_motion=motion) as page:
            page.goto(demonstration.listing["pages"]["survey"])
            moving = page.locator(".button").first.evaluate("e => getComputedStyle(e).transitionDuration")
            assert moving.split(", ")[0] == seconds


def test_paper_holds_what_is_kept_and_nothing_to_press(chromium: Browser, demonstration: Demonstration) -> None:
    with opened_page(chromium, width=794, color_scheme="dark") as page:
        _thanked(page, demonstration)
        page.emulate_media(media="print", color_scheme="dark")
        for kept in ("h1", ".code", ".qr svg", ".steps"):
            expect(page.locator(kept).first).to_be_visible()
        assert page.locator("button:visible, .end:visible, .skip:visible").count() == 0
        ground, ink = page.evaluate(
            "(s => [s.backgroundColor, s.color])(getComputedStyle(document.body))",
        )
        assert (ground, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")
        linked = page.evaluate("[...document.querySelectorAll('a')].map(a => getComputedStyle(a, '::after').content)")
        assert not any("http" in said or "attr" in said for said in linked)
        picture(page, "citizen-thanks-print")
    with opened_page(chromium, width=794) as page:
        sign_in(page, demonstration, "chairperson")
        follow(page, page.locator(".pile a").first)
        page.emulate_media(media="print")
        assert page.locator(".bar nav:visible, button:visible, select:visible, .next:visible").count() == 0
        expect(page.locator("blockquote")).to_be_visible()
