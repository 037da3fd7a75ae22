"""From an empty folder to the first answered entry, as a commune's people do it on their first day.

Real processes, a real terminal, a real Chromium: a clerk (PC, 1280 px) answers `langnghe setup`, mends what the
administrator's pages say is missing, invites an officer and a leader and prints the sheets; a citizen (phone,
360 px, no script) scans the printed sheet and writes; the worker sorts; the officer (PC) answers; the leader
signs on the phone; the citizen reads the answer by the code.

The time is a model of slow hands plus measured machines. Typing takes 0.3 s a character, every click, tap or
Enter 2 s, every new page or question 6 s of reading, the first of its kind 20 s for each person anew. Scanning
a code is two taps. What would really be copied or pasted is counted as typed. Walking to printer and counter is
not counted, nor is the start of the worker, which goes on while the clerk reads the invitation. The people's part
must stay within 850 seconds and so leave the machine 50 of the fifteen minutes; the second factors of
administrator and leader are in them (installing an application on the telephone is not). What the machine needed
is measured and written beside it, and bounded apart, since tests share their machine. The table is kept in
var/pictures/first-day.txt, a picture of every page beside it.
"""

import contextlib
import io
import os
import re
import shutil
import sqlite3
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyotp
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from models.base import utc_now
from tests.fixtures.browser import FLAGS, PICTURES
from tests.fixtures.clerk import Hands, Step, Terminal, Watch, picture_of_terminal, running
from tests.fixtures.network import free_port
from vietnamese.calendar import local_day

pytestmark = pytest.mark.browser
LONGEST_OF_PEOPLE = 15 * 60 - 50
LONGEST_OF_MACHINE = 150
HOST = "gopy.example.vn"
UNIT = "03646"
CHAIR, VICE, OFFICER = "Nguyễn Hữu Thắng", "Lò Thị Xuân", "Hoàng Văn Tuấn"
STAFF = {
    "Giám đốc Trung tâm Phục vụ hành chính công": "Cầm Thịnh",
    "Chánh Văn phòng HĐND và UBND": "Quàng Văn Sơn",
    "Công chức Tư pháp – Hộ tịch": "Phạm Thị Mai",
    "Trưởng phòng Kinh tế": OFFICER,
    "Trưởng phòng Văn hóa – Xã hội": "Cà Văn Inh",
    "Trưởng Công an": "Lường Văn Hặc",
    "Văn thư, tiếp nhận ý kiến": "Cầm Thị Yến",
}
"""Posts that setup left empty → who holds them."""
ONE_MORE = "Tòng Thị Phương; Công chức tiếp nhận hồ sơ"
TEXT = "Đèn đường đầu ngõ 9 tổ 4 tắt ba hôm nay, tối các cháu đi học về sợ lắm. Nhờ phường cho người thay bóng."
REPLY = "Cảm ơn Ông/Bà đã báo. Sáng mai tổ điện sẽ thay bóng đèn ngõ 9 tổ 4; nếu tối mai chưa sáng, xin báo lại."


@dataclass
class Day:
    """What the story's people share: the place of the data, the watch, browsers at the same address."""

    folder: Path
    base_url: str
    environment: dict[str, str]
    watch: Watch
    browser: Browser

    @contextlib.contextmanager
    def at(self, width: int, **options: object) -> Iterator[Hands]:
        """A browser of somebody; script errors and requests to anybody else fail the story."""
        height = 740 if width < 500 else 900
        context = self.browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN", **options)
        context.set_default_timeout(10_000)
        page, strays = context.new_page(), []
        page.on("pageerror", lambda problem: strays.append(str(problem)))
        own = (self.base_url, "http://" + HOST.upper(), "data:", "file:")
        page.on("request", lambda asked: strays.append(asked.url) if not asked.url.startswith(own) else None)
        yield Hands(page, self.watch)
        context.close()
        assert strays == []


@pytest.fixture
def day(tmp_path: Path, chromium: Browser) -> Iterator[Day]:
    """An empty folder, and a Chromium for which the commune's public name is this machine."""
    for old in PICTURES.glob("first-day*"):
        old.unlink()
    port = free_port()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LANGNGHE_")}
    # The lot that makes a handler judge first would fall on this one entry once in twenty days.
    own = {"LANGNGHE_DATA_DIR": str(tmp_path / "data"), "LANGNGHE_PORT": str(port), "LANGNGHE_AUDIT_SHARE": "0"}
    environment = clean | own
    executable = shutil.which("chromium")
    browser = chromium.browser_type.launch(
        executable_path=executable, args=[*FLAGS, f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
    )
    yield Day(tmp_path, f"http://{HOST}:{port}", environment, Watch("first-day"), browser)
    browser.close()


def scan(picture: bytes) -> str:
    """What a phone's camera reads."""
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    assert found, "no code can be read from the picture"
    return found[0].text


# --- the clerk at the terminal ---


def set_up(day: Day) -> str:
    """Answer the questions; returns the administrator's invitation link."""
    day.watch.begin("clerk", "answers langnghe setup")
    terminal = Terminal("setup", day.environment, day.watch)
    terminal.answer("Tên hoặc mã của xã", "to hieu")
    terminal.answer("Địa chỉ trang", day.base_url)
    terminal.answer("đường dây nóng", "0212 385 1111")
    terminal.answer("Địa chỉ nơi tiếp dân", "Số 1 đường Tô Hiệu")
    name_people(terminal)
    terminal.answer("Tên các quầy")
    terminal.answer("Ghi lại tất cả?")
    screen = terminal.finish()
    with day.at(1280) as hands:
        picture_of_terminal(hands.page, day.watch, screen.replace(str(day.folder), "/srv/langnghe"), "setup")
    link = re.search(rf"{day.base_url}/moi/[0-9A-Z-]+", screen)
    assert link, screen
    return link[0]


def name_people(terminal: Terminal) -> None:
    """Those without whom nothing is received; the others are added on the pages."""
    for post, name in (
        ("Chủ tịch UBND", f"{CHAIR}, nam"), ("Phó Chủ tịch UBND", VICE), ("Người tiếp nhận đơn thư", "Quàng Văn Sơn")
    ):  # fmt: skip
        terminal.answer(post, name)


@contextlib.contextmanager
def service(day: Day) -> Iterator[None]:
    """`langnghe serve` and `langnghe worker`, each typed in a window of its own."""
    day.watch.begin("clerk", "starts serve and worker")
    with contextlib.ExitStack() as stack:
        for command in ("serve", "worker"):
            day.watch.type(f"langnghe {command}")
            day.watch.press()
            stack.enter_context(running(command, day.environment, day.folder / f"{command}.log"))
        with day.watch.machine():
            wait_for_pages(day)
        # Not on the watch: the worker gets ready while the clerk reads the invitation.
        wait_for_worker(day)
        yield


def wait_for_pages(day: Day) -> None:
    """Until the web server answers."""
    deadline, port = time.monotonic() + 60, day.environment["LANGNGHE_PORT"]
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2)
            return
        except OSError:
            assert time.monotonic() < deadline, (day.folder / "serve.log").read_text()
            time.sleep(0.1)


def wait_for_worker(day: Day) -> None:
    """Until the worker gave its first sign of life."""
    deadline = time.monotonic() + 60
    with contextlib.closing(sqlite3.connect(day.folder / "data" / "langnghe.sqlite")) as database:
        while not database.execute("SELECT count(*) FROM worker_heartbeats").fetchone()[0]:
            assert time.monotonic() < deadline, (day.folder / "worker.log").read_text()
            time.sleep(0.2)


# --- the clerk as administrator ---


def accept(hands: Hands, link: str, password: str, home: str, typed: bool = True, second_factor: bool = False) -> None:
    """Open an invitation, set a password, and be in, with a second factor where it is demanded."""
    hands.open(link, "invitation", typed)
    hands.write("Mật khẩu mới", password)
    if not second_factor:
        hands.press("Đặt mật khẩu và vào làm việc", home)
        return
    hands.watch.steps.append(Step(hands.watch.steps[-1].who, "sets up the second factor"))
    hands.press("Đặt mật khẩu và vào làm việc", "second-factor")
    hands.watch.press(3)  # open the application, add, scan
    application = pyotp.parse_uri(scan(hands.page.locator(".qr").screenshot()))
    hands.write("Mã sáu số", application.now())
    hands.watch.press(2)  # print the recovery codes
    hands.press("Đã cất mã dự phòng, vào làm việc", home)


def mend(hands: Hands) -> None:
    """What the check list says is missing: who holds the other posts, a list begun for the clerk, and one more."""
    hands.watch.begin("clerk", "adds the people who are missing")
    hands.press("Ghi ai giữ:", "paste", role="link")
    box = hands.field("Mỗi người một dòng")
    titles = [line.removeprefix("; ") for line in box.input_value().splitlines()]
    assert set(titles) == set(STAFF)
    for typed in (*STAFF.values(), ONE_MORE):
        hands.watch.press()  # go to the line
        hands.watch.type(typed)
    box.fill("\n".join([f"{STAFF[title]}; {title}" for title in titles] + [ONE_MORE]))
    hands.press("Lưu", "people")
    expect(hands.page.locator("main")).to_contain_text("Đã thêm 8 người")


def name_duty(hands: Hands) -> None:
    """Setup has filled the working days of this month; who is on duty today is named by hand."""
    hands.watch.begin("clerk", "names who is on duty today")
    hands.press("Lịch trực", "duty", role="link")
    hands.pick(hands.page.locator(f"#ngay-{today():%d}"), VICE)
    hands.press("Lưu cả tháng", "duty")
    hands.press("Tổng quan", "unit", role="link")
    expect(hands.page.locator("main")).to_contain_text("Đã sẵn sàng nhận ý kiến")
    expect(hands.page.locator("main")).to_contain_text(f"Lãnh đạo trực hôm nay: {VICE}.")


def today() -> date:
    """The day in Vietnam."""
    return local_day(utc_now())


def invite(hands: Hands) -> dict[str, str]:
    """Invite everybody at once; returns name → link, as a phone reads it from each slip."""
    hands.watch.begin("clerk", "invites everybody")
    hands.press("Mời 10 người chưa được mời", "slips")
    links = {}
    for slip in hands.page.locator(".slips > li").all():
        link = slip.locator(".link").inner_text()
        assert scan(slip.locator(".qr").screenshot()).lower() == link.lower()
        links[slip.locator("h2").inner_text()] = link
    return links


# --- paper ---


def print_sheets(day: Day) -> str:
    """Print the file that setup wrote; returns what a phone reads from the first sheet."""
    day.watch.begin("clerk", "prints the sheets")
    sheets = day.folder / "data" / f"ma-qr-{UNIT}.html"
    paper = day.folder / "sheets.pdf"
    with day.at(1280) as hands:
        hands.watch.press()
        hands.page.goto(sheets.as_uri())
        hands.read("sheets")
        hands.watch.press(2)
        hands.page.pdf(path=paper, prefer_css_page_size=True)
    pages = paper.read_bytes()
    assert len(re.findall(rb"/Type /Page\b", pages)) == 2, "one page a code: a counter and the box"
    assert {tuple(map(round, map(float, box.split()))) for box in re.findall(rb"/MediaBox \[([^]]+)\]", pages)} == {
        (0, 0, 595, 842)
    }
    counter, _box = (picture_of_sheet(day, paper, number) for number in (1, 2))
    return counter


def picture_of_sheet(day: Day, paper: Path, number: int) -> str:
    """Look at one page of the paper, and scan it from there."""
    context = day.browser.new_context(viewport={"width": 840, "height": 1188})
    page = context.new_page()
    page.goto(f"{paper.as_uri()}#page={number}&toolbar=0&navpanes=0&view=Fit")
    link = wait_for_code(page)
    day.watch.picture_of(page, f"paper-{number}")
    context.close()
    return link


def wait_for_code(page: Page) -> str:
    """What a phone reads once the viewer has drawn the page."""
    deadline = time.monotonic() + 20
    while not (found := zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))):
        assert time.monotonic() < deadline, "no code can be read from the paper"
        page.wait_for_timeout(300)
    return found[0].text


# --- citizen, officer, leader ---


def rate(day: Day, link: str) -> str:
    """A citizen scans the paper, rates and writes; returns the code of the receipt."""
    day.watch.begin("citizen", "scans, rates, writes")
    with day.at(360, java_script_enabled=False) as hands:
        hands.open(link, "citizen-form", typed=False)
        hands.choose("Không hài lòng")
        hands.watch.press()
        hands.watch.type(TEXT)
        hands.page.locator("textarea[name=comment]").fill(TEXT)
        hands.press("Gửi đánh giá", "citizen-thanks")
        expect(hands.page.get_by_role("heading", level=1)).to_contain_text("Đã nhận")
        code = hands.page.locator("input[name=code]").first.get_attribute("value")
        assert code
        return code


def answer(day: Day, link: str) -> None:
    """The officer comes in by the invitation and answers what has been sorted by then."""
    day.watch.begin("officer", "accepts the invitation")
    with day.at(1280) as hands:
        accept(hands, link, "nương ngô sau nhà", "officer-inbox")
        day.watch.begin("officer", "answers")
        wait_for_case(hands)
        hands.press("Đèn đường đầu ngõ 9", "officer-case", role="link")
        hands.write("Câu trả lời cho người dân", REPLY)
        hands.press("Trình ký", "officer-inbox")
        expect(hands.page.locator("main")).to_contain_text("Đã trình ký")


def wait_for_case(hands: Hands) -> None:
    """Until the worker has sorted: it does so while the officer is still at the door."""
    deadline = time.monotonic() + 60
    with hands.watch.machine():
        while not hands.page.get_by_role("link", name="Đèn đường đầu ngõ 9").count():
            assert time.monotonic() < deadline, "the worker did not bring the entry to the officer"
            time.sleep(0.5)
            hands.page.reload()


def sign(day: Day, link: str) -> None:
    """The leader comes in by scanning the invitation, and signs."""
    day.watch.begin("leader", "accepts the invitation")
    with day.at(360) as hands:
        accept(hands, link, "suối trong đầu bản", "leader-inbox", typed=False, second_factor=True)
        day.watch.begin("leader", "reads and signs")
        hands.press("Đèn đường đầu ngõ 9", "leader-case", role="link")
        hands.press("Ký và gửi", "leader-inbox")
        expect(hands.page.locator("main")).to_contain_text("Đã ký và gửi")


def read_answer(day: Day, code: str) -> str:
    """The citizen types address and code; returns what the page says."""
    day.watch.begin("citizen", "reads the answer by the code")
    with day.at(360, java_script_enabled=False) as hands:
        hands.open(f"{day.base_url}/theo-doi", "follow-up")
        hands.write("Mã Ông/Bà đã lưu", code.lower())
        hands.press("Xem", "answered")
        return hands.page.locator("main").inner_text()


def test_from_an_empty_folder_to_the_first_answer(day: Day) -> None:
    assert not (day.folder / "data").exists()
    invitation = set_up(day)
    with service(day):
        with day.at(1280) as hands:
            day.watch.begin("clerk", "accepts the invitation")
            accept(hands, invitation, "mưa rào trên nương", "unit", second_factor=True)
            mend(hands)
            links = invite(hands)
            name_duty(hands)
        code = rate(day, print_sheets(day))
        answer(day, links[OFFICER])
        sign(day, links[CHAIR])
        said = read_answer(day, code)
    assert REPLY in said
    assert CHAIR in said
    (PICTURES / "first-day.txt").write_text(day.watch.table(), encoding="utf-8")
    print("\n" + day.watch.table())
    machine = sum(step.machine for step in day.watch.steps)
    assert day.watch.seconds - machine <= LONGEST_OF_PEOPLE, day.watch.table()
    assert machine <= LONGEST_OF_MACHINE, day.watch.table()
