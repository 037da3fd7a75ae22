"""Every page of the route table, in every width and every colouring people use: axe finds nothing, nothing runs
off the screen, a heading says what it is, the head says whose it is, and one act stands out.

Pages that only a form leads to (receipts, refusals, previews) are examined after the examples of the table.
"""

import io
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pyotp
import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, CDPSession, Page, Route

from models import DatabaseBusy
from tests.fixtures.browser import Demonstration, follow, opened_page, sign_in
from tests.fixtures.examples import ADMINISTRATOR, BOARD, MAIN, RESTRICTED, Example, examples_of, furnish
from webapp import create_app
from webapp.settings import load_settings

pytestmark = pytest.mark.browser
PUBLISHED = Path(__file__).parents[1] / "architecture" / "published_routes.txt"
FILES = ("/hoi-dong/so-sanh.csv", "/hoi-dong/so-sanh.xlsx", f"/hoi-dong/{MAIN}/bang.csv", f"/hoi-dong/{MAIN}/bang.xlsx")
STYLE = "/static/base.css"
WIDTHS = (320, 360, 1280)
COLOURS: tuple[dict, ...] = (
    {"color_scheme": "light", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "none"},
    {"color_scheme": "light", "forced_colors": "active"},
)
AXE = "chosen => axe.run({resultTypes: ['violations'], rules: {'color-contrast': {enabled: !chosen}}})"
"""Colours that somebody forced are that person's own, their contrast too; it is by far the longest to measure."""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ACTS = """() => [...new Set([...document.querySelectorAll('main .button:not(.second, .plain)')]
  .filter(e => e.checkVisibility()).map(e => e.innerText.trim()))]"""
HEADINGS = "[...document.querySelectorAll('h1')].filter(e => e.checkVisibility()).map(e => e.innerText.trim())"
WHERE = "[...document.querySelectorAll('.where strong, .bar .place strong')].map(e => e.innerText.trim()).join()"


class Examiner:
    """Looks at pages one after another, each in all widths.

    A quick look lets axe examine one width and colouring of each page, a thorough one every width, each in another
    colouring; the pairs of both take turns.
    """

    def __init__(self, page: Page, thorough: bool = True) -> None:
        self.page, self.turn, self.thorough = page, 0, thorough
        self.devtools: CDPSession = page.context.new_cdp_session(page)

    def examine(self, name: str) -> list[str]:
        """What is wrong with the page that is open."""
        self.turn += 1
        wrong = [*self._said(), *self._enlarged()]
        self.page.evaluate(Axe().axe_script)
        for number, width in enumerate(WIDTHS):
            self.page.set_viewport_size({"width": width, "height": 740})
            colours = COLOURS[(number + self.turn) % 3]
            self.page.emulate_media(**colours)
            whole = self.thorough or number == self.turn // 3 % 3
            wrong += [
                f"{width} {colours}: {problem}" for problem in (self._seen(colours) if whole else self._sideways())
            ]
        self.page.emulate_media(**COLOURS[0])
        return [f"{name}: {problem}" for problem in wrong]

    def _seen(self, colours: dict[str, str]) -> Iterator[str]:
        found = self.page.evaluate(AXE, colours["forced_colors"] == "active")["violations"]
        yield from (f"{v['id']} {[node['html'] for node in v['nodes']]}" for v in found)
        yield from self._sideways()

    def _sideways(self) -> Iterator[str]:
        wide = self.page.evaluate(SIDEWAYS)
        if wide > 0:
            yield f"runs {wide} px off the screen"

    def _enlarged(self) -> list[str]:
        """Letters twice as large, as the browser's own setting makes them, on half a desk's width."""
        self.page.set_viewport_size({"width": 640, "height": 400})
        self._letters(32)
        grown = self.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
        wrong = [f"letters twice as large: {problem}" for problem in self._sideways()]
        self._letters(16)
        return wrong if grown == 32 else [*wrong, f"letters do not follow the browser's setting: {grown}"]

    def _letters(self, size: int) -> None:
        self.devtools.send("Page.setFontSizes", {"fontSizes": {"standard": size}})

    def _said(self) -> Iterator[str]:
        headings = self.page.evaluate(HEADINGS)
        if len(headings) != 1 or not headings[0]:
            yield f"headings of level 1: {headings}"
        if not self.page.evaluate(WHERE):
            yield "does not say where one is"
        acts = self.page.evaluate(ACTS)
        if len(acts) > 1:
            yield f"more than one main act: {acts}"


@pytest.fixture(scope="module")
def examples(chromium: Browser, demonstration: Demonstration) -> list[Example]:
    """Examples of all pages."""
    with opened_page(chromium, width=1280) as page:
        made = furnish(page, demonstration)
    return examples_of(demonstration, made)


AUDIENCES: dict[str, Callable[[Example], bool]] = {
    "citizens": lambda example: not example.who,
    "officers": lambda example: example.who not in ("", BOARD, ADMINISTRATOR),
    "board": lambda example: example.who == BOARD,
    "administrators": lambda example: example.who == ADMINISTRATOR,
}


def _rules() -> list[str]:
    lines = PUBLISHED.read_text(encoding="utf-8").split("\n")
    return [line.removeprefix("GET ") for line in lines if line.startswith("GET ")]


def _reaches(rule: str, path: str) -> bool:
    """Whether a path is an example of a rule; an address with a rule of its own is no example of another's."""
    if "<" not in rule or path in _rules():
        return rule == path
    return re.fullmatch(re.sub(r"<path:[^>]+>", ".+", re.sub(r"<\w+>", "[^/]+", rule)), path) is not None


def test_no_page_is_without_an_example(examples: list[Example]) -> None:
    paths = [example.path.partition("?")[0] for example in examples if example.status == 200] + [*FILES, STYLE]
    missing = [rule for rule in _rules() if not any(_reaches(rule, path) for path in paths)]
    assert missing == [], "add an example to tests/fixtures/examples.py"


@pytest.mark.parametrize("thorough", [False, pytest.param(True, marks=pytest.mark.deep)], ids=["quick", "thorough"])
@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_page(
    chromium: Browser, demonstration: Demonstration, examples: list[Example], audience: str, thorough: bool
) -> None:
    mine = [example for example in examples if AUDIENCES[audience](example)]
    wrong: list[str] = []
    for who in dict.fromkeys(example.who for example in mine):
        # axe itself is a script the policy refuses, so the policy is lifted for the examination only. A colour on
        # its way to another has no contrast worth measuring, so nothing moves.
        with opened_page(chromium, bypass_csp=True, reduced_motion="reduce") as page:
            if who:
                sign_in(page, demonstration, who)
            examiner = Examiner(page, thorough)
            for example in mine:
                if example.who == who:
                    wrong += _visit(examiner, demonstration.listing["base_url"], example)
    assert wrong == [], "\n".join(wrong)


def _visit(examiner: Examiner, base_url: str, example: Example) -> list[str]:
    answer = examiner.page.goto(base_url + example.path)
    name = f"{example.who} {example.path}"
    if answer is None or answer.status != example.status:
        return [f"{name}: answers {answer and answer.status}, not {example.status}"]
    return examiner.examine(name)


def _submit(page: Page, name: str) -> None:
    follow(page, page.get_by_role("button", name=name).first)


def test_what_a_citizens_form_leads_to(chromium: Browser, demonstration: Demonstration) -> None:
    survey = demonstration.listing["pages"]["survey"]
    with opened_page(chromium, bypass_csp=True, reduced_motion="reduce") as page:
        examiner, wrong = Examiner(page), []
        page.goto(survey)
        page.locator("textarea[name=comment]").fill("Chờ lâu quá")
        _submit(page, "Gửi đánh giá")
        wrong += examiner.examine("a form without a face")
        page.locator("label", has_text="Bình thường").first.click()
        _submit(page, "Gửi đánh giá")
        wrong += examiner.examine("receipt")
        page.goto(survey)
        page.locator("label", has_text="Bình thường").first.click()
        page.locator("textarea[name=comment]").fill("Lời thứ nhất")
        _submit(page, "Gửi đánh giá")
        page.go_back()
        page.locator("textarea[name=comment]").fill("Lời khác hẳn")
        _submit(page, "Gửi đánh giá")
        wrong += examiner.examine("other words sent once more")
        page.goto(demonstration.listing["base_url"] + "/dang-nhap")
        page.get_by_label("Tên đăng nhập").fill("khong-co")
        page.get_by_label("Mật khẩu").fill("sai")
        _submit(page, "Đăng nhập")
        wrong += examiner.examine("wrong password")
    assert wrong == [], "\n".join(wrong)


def test_what_a_cases_forms_lead_to(chromium: Browser, demonstration: Demonstration) -> None:
    with opened_page(chromium, bypass_csp=True, reduced_motion="reduce") as page:
        sign_in(page, demonstration, RESTRICTED)
        examiner = Examiner(page)
        follow(page, page.locator(".pile a").first)
        page.evaluate("document.querySelectorAll('[required]').forEach(e => e.required = false)")
        _submit(page, "Ghi lý do và mở")
        wrong = examiner.examine("no reason given")
        page.locator(".choice").first.click()
        _submit(page, "Ghi lý do và mở")
        wrong += examiner.examine("restricted case, open")
        page.locator("textarea[name=text]").fill("Lời đang viết")
        page.evaluate("document.querySelector('[name=version]').value = 0")
        _submit(page, "Lưu nháp")
        assert "Lời đang viết" in page.locator("main").inner_text() or page.locator("textarea").first.input_value()
        wrong += examiner.examine("changed meanwhile")
    assert wrong == [], "\n".join(wrong)


def test_what_an_administrators_forms_lead_to(chromium: Browser, demonstration: Demonstration) -> None:
    base = f"{demonstration.listing['base_url']}/quan-tri/{MAIN}"
    with opened_page(chromium, bypass_csp=True, reduced_motion="reduce") as page:
        sign_in(page, demonstration, ADMINISTRATOR)
        examiner, wrong = Examiner(page), []
        for pasted in ("Cầm Văn Dán; Công chức Tư pháp – Hộ tịch; nam", "Cầm Văn Dán; không có; nam"):
            page.goto(f"{base}/nguoi/dan")
            page.locator("#danh_sach").fill(pasted)
            _submit(page, "Xem trước")
            wrong += examiner.examine(f"pasted {pasted}")
        page.goto(f"{base}/phan-viec")
        page.get_by_label("Lời thử").fill("Chị ở quầy số 2 gắt gỏng với bà con.")
        _submit(page, "Thử xem việc đi đâu")
        wrong += examiner.examine("dry run")
        page.goto(f"{base}/nguoi")
        page.goto(demonstration.listing["base_url"] + str(page.locator("main tbody th a").last.get_attribute("href")))
        _submit(page, "Tạo lời mời")
        wrong += examiner.examine("invitation shown once")
        page.goto(f"{base}/ma")
        _submit(page, "Tạo mã")
        wrong += examiner.examine("code without a place")
    assert wrong == [], "\n".join(wrong)


def test_what_the_second_step_leads_to(chromium: Browser, demonstration: Demonstration) -> None:
    account = demonstration.account("culture_social_department_head")
    with opened_page(chromium, bypass_csp=True, reduced_motion="reduce") as page:
        sign_in(page, demonstration, "culture_social_department_head")
        examiner, wrong = Examiner(page), []
        page.goto(demonstration.listing["base_url"] + "/tai-khoan/buoc-hai/dat")
        # As a telephone's camera reads it, and as a hand would type it.
        (scanned,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.locator(".qr").screenshot(scale="device"))))
        page.locator("summary", has_text="Gõ khóa bằng tay").click()
        code = pyotp.parse_uri(scanned.text)
        assert code.secret == "".join(page.locator(".secret").inner_text().split())
        page.get_by_label("Mã sáu số").fill("000000")
        page.get_by_label("Mật khẩu hiện tại").fill(account["password"])
        offered = page.locator(".spare li").all_inner_texts()
        _submit(page, "Đã cất mã dự phòng, vào làm việc")
        wrong += examiner.examine("a first code that does not fit")
        assert page.locator(".spare li").all_inner_texts() == offered
        page.emulate_media(media="print")
        assert page.locator(".spare").is_visible()
        assert not page.locator(".qr").is_visible()
        page.emulate_media(media="screen")
        page.get_by_label("Mã sáu số").fill(code.now())
        page.get_by_label("Mật khẩu hiện tại").fill(account["password"])
        _submit(page, "Đã cất mã dự phòng, vào làm việc")
        page.goto(demonstration.listing["base_url"] + "/tai-khoan/buoc-hai")
        page.locator("summary", has_text="Làm mười mã dự phòng mới").click()
        page.locator("details[open] input[type=password]").fill(account["password"])
        _submit(page, "Làm mã mới")
        spare = page.locator(".spare li").all_inner_texts()
        assert len(set(spare) | set(offered)) == 20
        wrong += examiner.examine("recovery codes")
        first = spare[0]
        follow(page, page.get_by_role("link", name="Tôi đã cất mã"))
        page.goto(demonstration.listing["base_url"] + "/tai-khoan/buoc-hai")
        wrong += examiner.examine("second factor, on")
        follow(page, page.get_by_role("button", name="Đăng xuất"))
        sign_in(page, demonstration, "culture_social_department_head")
        page.get_by_label("Mã sáu số").fill("000000")
        _submit(page, "Xác nhận")
        wrong += examiner.examine("a wrong code")
        follow(page, page.get_by_role("link", name="Dùng mã dự phòng"))
        page.get_by_label("Mã dự phòng").fill(first.lower())
        _submit(page, "Xác nhận")
        assert "còn 9 mã" in page.locator("main").inner_text()
        wrong += examiner.examine("nine left")
        page.locator("summary", has_text="Tắt bước này").click()
        page.locator("details[open] input[type=password]").fill(account["password"])
        _submit(page, "Tắt bước xác nhận thứ hai")
        assert "Chưa bật" in page.locator("main").inner_text()
    assert wrong == [], "\n".join(wrong)


def test_faults_of_ours(chromium: Browser, demonstration: Demonstration) -> None:
    with demonstration.database() as database:
        app = create_app(load_settings({"LANGNGHE_DATA_DIR": str(demonstration.folder)}), database)
        app.add_url_rule("/hong", view_func=lambda: 1 // 0, methods=["GET", "POST"])
        app.add_url_rule("/ban", view_func=_busy, methods=["GET", "POST"])
        told = {path: app.test_client().post(path, data={"comment": "Lời đã viết"}) for path in ("/hong", "/ban")}
    assert [answer.status_code for answer in told.values()] == [500, 503]
    with opened_page(chromium, bypass_csp=True, reduced_motion="reduce") as page:
        examiner, wrong = Examiner(page), []
        for path, answer in told.items():
            address, body = demonstration.listing["base_url"] + path, answer.get_data(as_text=True)
            page.route(address, partial(_answer, body))
            page.goto(address)
            assert "Lời đã viết" in page.content()
            wrong += examiner.examine(path)
    assert wrong == [], "\n".join(wrong)


def _answer(body: str, route: Route) -> None:
    route.fulfill(body=body, content_type="text/html")


def _busy() -> str:
    raise DatabaseBusy("busy")
