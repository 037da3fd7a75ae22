"""Paper: every kind of page on A4, by day and night: nothing to press, black first, nothing wider than the sheet."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.fixtures.browser import Demonstration, follow, opened_page, sign_in
from tests.fixtures.examples import ADMINISTRATOR, BOARD, LEADER, MAIN

pytestmark = pytest.mark.browser
SHEET, PAPER = 794, 662
"""Width of A4 in CSS pixels, which rules of style go by, and less the board's margins, which are the widest."""
MOST_SHEETS = 10
PRINTED = {
    "": ("/", "/q/DG03646", "/q/HM03646", "/theo-doi", "/giao-dien", "/q/0000000"),
    LEADER: ("/can-bo/", "/can-bo/?trang_thai=da-xong", "@.pile a"),
    BOARD: ("/hoi-dong/", f"/hoi-dong/{MAIN}", "/hoi-dong/03862"),
    ADMINISTRATOR: (
        "/quan-tri/", *(f"/quan-tri/{MAIN}{room}" for room in ("", "/chuc-danh", "/nguoi", "/truc", "/ma", "/phieu",
                                                               "/phan-viec")),
    ),
}  # fmt: skip
PRESSED = "button, .skip, nav, .end, .button, .back, .filters"
SEEN = """chosen => [...document.querySelectorAll(chosen)]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height > 1 && !e.closest('.looking, .unseen, .calls'))
  .map(e => e.outerHTML.slice(0, 120))"""
PALE = """() => {
  const s = getComputedStyle(document.body), found = [];
  if (s.color !== 'rgb(0, 0, 0)') found.push(s.color);
  if (s.backgroundColor !== 'rgb(255, 255, 255)') found.push(s.backgroundColor);
  for (const e of document.querySelectorAll('h1, h2, p, li, td, th, a, label')) {
    const colour = getComputedStyle(e).color;
    if (e.checkVisibility() && colour !== 'rgb(0, 0, 0)' && !e.closest('.looking')) found.push([e.innerText, colour]);
  }
  return found;
}"""
CUT = """paper => [...document.querySelectorAll('main *')]
  .filter(e => e.checkVisibility() && !e.closest('.unseen, .looking'))
  .filter(e => e.getBoundingClientRect().right > paper + 1
    || e.clientWidth && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible')
  .map(e => [e.outerHTML.slice(0, 120), e.getBoundingClientRect().right, e.scrollWidth - e.clientWidth])"""
SPLIT = """() => [['h1, h2, h3, caption', 'breakAfter'], ['tr, .pile li, .card, .picture', 'breakInside']]
  .flatMap(([chosen, rule]) => [...document.querySelectorAll(chosen)]
    .filter(e => e.checkVisibility() && getComputedStyle(e)[rule] !== 'avoid')
    .map(e => [rule, e.innerText.slice(0, 60)]))"""


def _on_paper(page: Page) -> None:
    page.set_viewport_size({"width": SHEET, "height": 1000})
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate(f"document.documentElement.style.width = '{PAPER}px'")
    here = page.url
    assert page.evaluate(SEEN, PRESSED) == [], here
    assert page.evaluate(PALE) == [], here
    assert page.evaluate(CUT, PAPER) == [], here
    assert page.evaluate(SPLIT) == [], here
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    sheets = _sheets(page.pdf(prefer_css_page_size=True, format="A4"))
    assert all(abs(width - 595) <= 1 and abs(height - 842) <= 1 for width, height in sheets), here
    assert len(sheets) <= MOST_SHEETS, here
    page.evaluate("document.documentElement.style.width = ''")
    page.emulate_media(media="screen", color_scheme="light")


def _sheets(paper: bytes) -> list[tuple[int, int]]:
    """Width and height of each sheet in points."""
    boxes = re.findall(rb"/MediaBox \[([^]]+)\]", paper)
    return [tuple(round(float(side)) for side in box.split())[2:] for box in boxes]  # type: ignore[misc]


@pytest.mark.parametrize("who", PRINTED)
def test_every_kind_of_page_on_a4(chromium: Browser, demonstration: Demonstration, who: str) -> None:
    with opened_page(chromium, width=1280) as page:
        if who:
            sign_in(page, demonstration, who)
        for path in PRINTED[who]:
            if path.startswith("@"):
                page.goto(f"{demonstration.listing['base_url']}/can-bo/")
                path = page.locator(path[1:]).first.get_attribute("href") or ""
            page.goto(demonstration.listing["base_url"] + path)
            _on_paper(page)


def test_a_receipt_on_paper_keeps_code_and_symbol(chromium: Browser, demonstration: Demonstration) -> None:
    with opened_page(chromium, width=360, java_script_enabled=False) as page:
        page.goto(demonstration.listing["pages"]["box"])
        page.locator("textarea[name=comment]").fill("Ghế chờ ở quầy số 1 gãy chân, xin thay.")
        follow(page, page.get_by_role("button", name="Gửi ý kiến"))
        _on_paper(page)
        page.emulate_media(media="print")
        for kept in (".code", ".qr svg", ".steps"):
            expect(page.locator(kept).first).to_be_visible()


@pytest.mark.parametrize("code", ["DG03646", "HM03646"])
def test_a_sheet_to_hang_up_is_one_page_of_a5(chromium: Browser, demonstration: Demonstration, code: str) -> None:
    with opened_page(chromium, width=1280) as page:
        sign_in(page, demonstration, ADMINISTRATOR)
        page.goto(f"{demonstration.listing['base_url']}/quan-tri/ma/{code}")
        assert _sheets(page.pdf(prefer_css_page_size=True)) == [(420, 595)]
        page.emulate_media(media="print", color_scheme="dark")
        assert page.evaluate(SEEN, f"{PRESSED}, .bar, .beside") == []
        expect(page.locator(".poster-code svg")).to_be_visible()
        lines = page.locator(".poster-link").evaluate("e => e.getClientRects().length && e.offsetHeight")
        assert lines < 40, "the address stands on one line"
