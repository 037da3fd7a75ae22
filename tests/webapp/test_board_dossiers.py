"""Dossiers and participation on the board's pages: the same on screen and in files, never a false zero."""

import re
from datetime import date, timedelta

import pytest

from models.transactions import TransactionRow, keep_transactions
from reports.dossier_cells import DOSSIER_HEADERS
from tests.fixtures.world import World
from tests.webapp.test_board_pages import COMMUNE, START, csv_of, put, settle, table_of, text_of, xlsx_of

DAY = date(2026, 8, 3)
FACES = (1, 1, 2, 12, 9)
NO_DOSSIERS = "chưa có số hồ sơ"


def receive(world: World, received: int, early: int, on_time: int, late: int, day: date = DAY) -> None:
    """Dossiers of a day; what is neither early nor on time nor late is open."""
    ends = [day + timedelta(1)] * early + [day + timedelta(3)] * on_time + [day + timedelta(9)] * late
    rows = [
        TransactionRow(world.commune_id, f"{day}-{number}", "land", day, day + timedelta(3), end)
        for number, end in enumerate([*ends, *[None] * (received - len(ends))])
    ]
    with world.database.writing() as session:
        keep_transactions(session, rows, world.clock())
    settle(world)


def number(cell: object) -> float | str | None:
    """A cell of either file as a number where it is one."""
    if cell is None or cell == "":
        return None
    return float(str(cell)) if re.fullmatch(r"[\d.]+", str(cell)) else str(cell)


def test_screen_csv_and_workbook_tell_the_same(world: World) -> None:
    receive(world, 210, 120, 60, 20)
    put(world, world.commune_id, DAY, FACES)
    client = world.client("board")
    row, other = table_of(client, START, "Từng nơi, Quý III năm 2026")
    assert (row["Tham"], other["Tham"]) == ("11,9\N{NO-BREAK SPACE}% 210 hồ sơ", NO_DOSSIERS)
    for lines in (csv_of(client, "/hoi-dong/so-sanh.csv"), xlsx_of(client, "/hoi-dong/so-sanh.xlsx")):
        told = [number(cell) for name, cell in lines[0].items()
                if ("ham gia" in name or "ồ sơ" in name or "Xong" in name) and "cách" not in name]  # fmt: skip
        assert told == [11.9, 210, 90.0, 200, 210, 120, 60, 20, 10]
        silent = [number(cell) for name, cell in lines[1].items() if "Xong" in name or "ồ sơ" in name or "gia:" in name]
        assert {cell for cell in silent if cell is not None and "/1" not in str(cell)} == {NO_DOSSIERS}


def test_a_communes_page_and_its_files_tell_the_same(world: World) -> None:
    receive(world, 210, 120, 60, 20)
    put(world, world.commune_id, DAY, FACES)
    client = world.client("board")
    page = text_of(client, COMMUNE).replace("\N{NO-BREAK SPACE}", " ")
    assert "Quý III: 25 phiếu trên 210 hồ sơ, tỷ lệ tham gia 11,9 %." in page
    assert "Quý III: 90,0 % hồ sơ đã xong không trễ hẹn (180 trên 200); còn 10 hồ sơ đang giải quyết." in page
    assert "n = 200; cách tính “Hồ sơ không trễ hẹn”, bản 1" in page
    assert "Hồ sơ nhận từ 03/08/2026 đến 03/08/2026" in page
    trend = table_of(client, COMMUNE, "Hồ sơ và tỷ lệ tham gia qua các kỳ")
    assert (trend[0]["Tham"], trend[0]["Không"]) == (
        "11,9\N{NO-BREAK SPACE}% 210 hồ sơ",
        "90,0\N{NO-BREAK SPACE}% 200 đã xong",
    )
    assert (trend[1]["Tham"], trend[1]["Không"]) == (NO_DOSSIERS, NO_DOSSIERS)
    for lines in (csv_of(client, f"{COMMUNE}/bang.csv"), xlsx_of(client, f"{COMMUNE}/bang.xlsx")):
        names = "Số đếm", "Giá trị", "n"
        told = {(line["Phần"], line["Nội dung"], line["Kỳ"]): [number(line[name]) for name in names] for line in lines}
        for part in ("Hồ sơ", "Qua các kỳ"):
            assert told[part, "Tỷ lệ tham gia", "2026-Q3"] == [25, 11.9, 210]
            assert told[part, "Hồ sơ không trễ hẹn", "2026-Q3"] == [180, 90.0, 200]
        assert told["Qua các kỳ", "Tỷ lệ tham gia", "2026-Q2"] == [None, NO_DOSSIERS, None]
        counts = [told["Hồ sơ", label, "2026-Q3"][0] for label in DOSSIER_HEADERS]
        assert counts == [210, 120, 60, 20, 10]


def test_more_answers_than_dossiers_is_no_percentage_anywhere(world: World) -> None:
    receive(world, 20, 10, 10, 0)
    put(world, world.commune_id, DAY, FACES)
    client = world.client("board")
    assert "25 phiếu, nhiều hơn số hồ sơ (20), nên không nêu tỷ lệ tham gia" in text_of(client, COMMUNE)
    assert table_of(client, START, "Từng nơi, Quý III năm 2026")[0]["Tham"] == "nhiều hơn số hồ sơ 20 hồ sơ"
    line = csv_of(client, "/hoi-dong/so-sanh.csv")[0]
    assert (line["Tỷ lệ tham gia (%): giá trị"], line["Tỷ lệ tham gia (%): n"]) == ("nhiều hơn số hồ sơ", "20")
    for address in (START, COMMUNE, "/hoi-dong/so-sanh.csv", f"{COMMUNE}/bang.csv"):
        assert not re.search(r"125[.,]0", text_of(client, address))


@pytest.mark.parametrize("address", [START, COMMUNE])
def test_without_imports_pages_say_so_and_show_no_zero(world: World, address: str) -> None:
    put(world, world.commune_id, DAY, FACES)
    page = re.sub(r"<svg.*?</svg>", "", text_of(world.client("board"), address), flags=re.S)
    assert NO_DOSSIERS in page
    assert not re.search(r">\s*0 hồ sơ|0,0", page)


def test_how_few_dossiers_ended_is_not_told(world: World) -> None:
    receive(world, 30, 2, 1, 1)
    client = world.client("board")
    page = text_of(client, COMMUNE)
    assert "đã nhận 30 hồ sơ, chưa đủ hồ sơ đã xong" in page
    assert page.count('<span class="soft">không nêu</span>') == 3
    line = csv_of(client, "/hoi-dong/so-sanh.csv")[0]
    assert line["Đơn vị"] == "Phường Chiềng An" or line["Xong trễ hẹn"] == ""
    told = {line["Nội dung"]: line for line in csv_of(client, f"{COMMUNE}/bang.csv") if line["Phần"] == "Hồ sơ"}
    assert [told[label]["Số đếm"] for label in ("Xong trước hẹn", "Xong đúng hẹn", "Xong trễ hẹn")] == ["", "", ""]
    assert told["Hồ sơ không trễ hẹn"]["Giá trị"] == "chưa đủ hồ sơ"
