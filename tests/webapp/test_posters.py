"""Sheets with codes: right when phones can open them, refused when not, marked in a demonstration."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from models import AccessCode, Account, Unit
from tests.fixtures.world import World
from webapp.qr import NotPrinted, qr_svg, refuse_unreachable
from webapp.settings import BadSettings, Unreachable, is_base_url, load_settings, why_unreachable
from webapp.sheets import sheets_html, write_sheets

PUBLIC = "https://gopy.phuong.gov.vn"


def sheet(world: World, code: str, base_url: str = PUBLIC) -> str:
    client = world.client("admin")
    world.app.extensions["settings"] = replace(world.app.extensions["settings"], base_url=base_url)
    answer = client.get(f"/quan-tri/ma/{code}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def make_demonstration(world: World) -> None:
    with world.database.writing() as session:
        session.execute(sa.update(Account).values(demonstration=True))


# --- which addresses phones reach ---


@pytest.mark.parametrize(("url", "why"), [
    ("http://127.0.0.1:8000", "LOOPBACK"), ("http://127.8.9.1", "LOOPBACK"), ("http://[::1]:8000", "LOOPBACK"),
    ("http://localhost", "LOOPBACK"), ("http://LocalHost.", "LOOPBACK"), ("http://a.localhost:80", "LOOPBACK"),
    ("http://127.1", "LOOPBACK"), ("http://2130706433", "LOOPBACK"), ("http://0x7f.0.0.1", "LOOPBACK"),
    ("http://0.0.0.0:8000", "UNSPECIFIED"), ("http://[::]", "UNSPECIFIED"), ("http://224.0.0.1", "UNSPECIFIED"),
    ("http://169.254.3.4", "LINK_LOCAL"), ("http://[fe80::1]", "LINK_LOCAL"),
    ("http://10.1.2.3", "PRIVATE"), ("http://172.16.0.9", "PRIVATE"), ("http://192.168.1.20:8000", "PRIVATE"),
    ("http://100.64.0.1", "PRIVATE"), ("http://[fd00::2]", "PRIVATE"), ("http://[::ffff:192.168.1.1]", "PRIVATE"),
    ("http://maychu", "LOCAL_NAME"), ("http://maychu.local", "LOCAL_NAME"), ("https://ubnd.lan", "LOCAL_NAME"),
    ("HTTP://MAYCHU/Q/ABC", "LOCAL_NAME"),
])  # fmt: skip
def test_addresses_that_no_phone_opens(url: str, why: str) -> None:
    assert why_unreachable(url) is Unreachable[why]


@pytest.mark.parametrize("url", [
    PUBLIC, "http://8.8.8.8:8000", "https://[2001:4860:4860::8888]", "https://10.0.0.1.vn",
    "https://localhost.gov.vn", "https://xn--phng-0bc.vn", "HTTPS://X.VN/Q/AB",
])  # fmt: skip
def test_addresses_that_nothing_speaks_against(url: str) -> None:
    assert why_unreachable(url) is None


@pytest.mark.parametrize("url", [
    "x.vn", "ftp://x.vn", "https://", "https://x.vn/a", "https://x.vn?a=1", "https://a@x.vn", "http://[::1",
    "http://x:99999", "https://x y.vn", "https://x.vn#a", 'https://x".vn',
])  # fmt: skip
def test_what_is_no_base_address_is_no_setting(url: str) -> None:
    assert not is_base_url(url)
    with pytest.raises(BadSettings, match="LANGNGHE_BASE_URL"):
        load_settings({"LANGNGHE_BASE_URL": url})


def test_a_refusal_says_what_to_do() -> None:
    with pytest.raises(NotPrinted, match=r"one office network.*set LANGNGHE_BASE_URL"):
        refuse_unreachable("http://192.168.1.4", is_demonstration=False)
    refuse_unreachable("http://192.168.1.4", is_demonstration=True)
    refuse_unreachable(PUBLIC, is_demonstration=False)


# --- the page of one sheet ---


def test_a_sheet_carries_the_symbol_and_its_address_in_words(world: World) -> None:
    page = sheet(world, world.survey_code)
    link = f"{PUBLIC.upper()}/Q/{world.survey_code}"
    assert str(qr_svg(link)) in page
    # Written over two lines it breaks before the code and nowhere else.
    assert f'<p class="poster-link">{link.replace("/Q/", "/Q/<wbr>")}</p>' in page
    for words in ("Ủy ban nhân dân phường Tô Hiệu", "<h1>Quét mã để đánh giá</h1>", "Quầy số 1", "Chọn một khuôn mặt."):
        assert words in page
    assert world.client().get(link.removeprefix(PUBLIC.upper())).status_code == 200
    assert "trình diễn" not in page


def test_a_box_sheet_asks_to_write(world: World) -> None:
    page = sheet(world, world.box_code)
    assert "<h1>Quét mã để góp ý</h1>" in page
    assert "Viết điều muốn nói." in page
    assert "khuôn mặt" not in page


@pytest.mark.parametrize("base_url", ["http://localhost", "http://192.168.1.4:8000", "http://maychu.local"])
def test_a_sheet_that_no_phone_could_use_is_not_shown(world: World, base_url: str) -> None:
    page = sheet(world, world.box_code, base_url)
    assert "Chưa in được tờ này." in page
    assert "LANGNGHE_BASE_URL" in page
    assert "<svg" not in page[page.index("<main") :]
    assert world.box_code not in page


def test_a_demonstration_shows_its_sheet_marked(world: World) -> None:
    make_demonstration(world)
    page = sheet(world, world.box_code, "http://127.0.0.1:8000")
    assert "poster-code" in page
    assert "Bản trình diễn – không dùng để thu ý kiến thật" in page[page.index("<article") :]
    assert "LANGNGHE_BASE_URL" in page


# --- the file of sheets ---


def test_the_file_holds_everything_and_one_page_a_code(world: World, tmp_path: Path) -> None:
    with world.database.reading() as session:
        unit = session.get_one(Unit, world.commune_id)
        codes = [session.get_one(AccessCode, code) for code in (world.survey_code, world.box_code)]
    write_sheets(tmp_path / "sheets.html", unit, codes, PUBLIC)
    page = (tmp_path / "sheets.html").read_text(encoding="utf-8")
    assert page.count("<article>") == 2
    assert not re.search(r"<link|<script|src=|@import|url\(", page)
    assert "size: A4" in page
    for code in codes:
        link = f"{PUBLIC.upper()}/Q/{code.code}"
        assert str(qr_svg(link)) in page
        assert link.replace("/Q/", "/Q/<wbr>") in page
    assert "trình diễn" not in page
    assert "Bản trình diễn" in sheets_html(unit, codes, PUBLIC, is_demonstration=True)


def test_a_file_is_not_written_for_nothing(world: World, tmp_path: Path) -> None:
    with world.database.reading() as session:
        unit = session.get_one(Unit, world.commune_id)
    with pytest.raises(NotPrinted):
        write_sheets(tmp_path / "sheets.html", unit, [], "http://10.0.0.2")
    assert not any(tmp_path.glob("*.html"))


def test_names_cannot_break_out_of_the_file(world: World) -> None:
    with world.database.reading() as session:
        unit = session.get_one(Unit, world.commune_id)
        code = session.get_one(AccessCode, world.box_code)
    unit.name, code.place = "Xã <b>A</b>", "<script>alert(1)</script>"
    page = sheets_html(unit, [code], PUBLIC, is_demonstration=False)
    assert "<script" not in page
    assert "<b>" not in page
