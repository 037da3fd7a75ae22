"""Tables re-read from their files: nothing runs, nothing is garbled, numbers stay numbers."""

import csv
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.exports import MEASURE_HEADERS, NOT_ENOUGH, Table, measure_cells, to_csv, to_xlsx
from reports.measures import RatingCounts, mean_score, satisfaction_rate

FORMULAS = ['=HYPERLINK("http://x")', "+84912", "-1+2", "@SUM(A1)", "\rx", "\tx", " =1", "＝1+1", "\ufeff=1"]
TABLE = Table(
    "Mức độ hài lòng Quý III năm 2026",
    ("Cách tính satisfaction_rate/1", "n = 970"),
    ("Đơn vị", "Tỷ lệ hài lòng", "Số phiếu", "Ngày", "Ghi chú"),
    [
        ("Xã Mường Giôn", Decimal("87.2"), 970, date(2026, 10, 5), None),
        ("01234", Decimal("-3.5"), -2, None, "=1+1"),
    ],
)


def read_csv(content: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def read_sheet(content: bytes) -> Worksheet:
    sheet = load_workbook(BytesIO(content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def one_cell(content: Any) -> Table:
    return Table("t", (), ("a",), [(content,)])


def test_csv_begins_with_its_mark_and_then_the_headers() -> None:
    content = to_csv(TABLE)
    assert content.startswith(b"\xef\xbb\xbf" + "Đơn vị,".encode())
    assert not content.startswith(b"\xef\xbb\xbf\xef\xbb\xbf")


def test_csv_keeps_numbers_as_numbers_and_text_as_text() -> None:
    rows = read_csv(to_csv(TABLE))
    assert rows[1:] == [
        ["Xã Mường Giôn", "87.2", "970", "2026-10-05", ""],
        ["01234", "-3.5", "-2", "", "'=1+1"],
    ]


def test_csv_never_writes_a_number_with_an_exponent() -> None:
    assert read_csv(to_csv(one_cell(Decimal("1E+3"))))[1] == ["1000"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_csv_disarms_formulas_in_cells_and_headers(formula: str) -> None:
    rows = read_csv(to_csv(Table("t", (), (formula,), [(formula,)])))
    assert [row[0][0] for row in rows] == ["'", "'"]
    assert rows[1][0] == "'" + unicodedata.normalize("NFC", formula)


@pytest.mark.parametrize("text", ["đúng hẹn", "a=b", "x - y", "12", "'=1", "", "e-mail@x", "Ủy ban; Hội đồng"])
def test_csv_leaves_other_text_alone(text: str) -> None:
    assert read_csv(to_csv(one_cell(text)))[1:] == ([[text]] if text else [[""]])


tricky = st.text("=+-@;,\t\r\n \"'a1") | st.text()


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.tuples(tricky, tricky), max_size=4))
@example([("x", 'a;"=1;b')])
@example([("x", "a\r\n=1")])
def test_csv_has_no_live_cell_however_a_spreadsheet_splits_it(texts: list[tuple[str, str]]) -> None:
    content = to_csv(Table("t", (), ("a", "b"), texts))
    rows = read_csv(content)
    assert len(rows) == len(texts) + 1
    assert not [cell for row in rows for cell in row if cell.startswith(("\t", "\r", "\n"))]
    for delimiter in (",", ";", "\t"):
        cells = [cell for row in read_csv(content, delimiter) for cell in row]
        assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    ("written", "read"),
    [("tốt;=1+1\n-2\r\n@x", "tốt;'=1+1\n'-2\r\n'@x"), ("\t=1", "'\t'=1"), ('x; "=1"', 'x;\' "=1"')],
)
def test_csv_disarms_a_formula_that_begins_a_part_of_a_text(written: str, read: str) -> None:
    assert read_csv(to_csv(one_cell(written)))[1] == [read]


def test_text_is_composed_in_both_files() -> None:
    apart = unicodedata.normalize("NFD", "Ủy ban nhân dân")
    table = Table(apart, (apart,), (apart,), [(apart,)])
    assert read_csv(to_csv(table)) == [["Ủy ban nhân dân"]] * 2
    assert [cell.value for (cell,) in read_sheet(to_xlsx(table)).iter_rows() if cell.value] == ["Ủy ban nhân dân"] * 4


def test_workbook_has_title_notes_bold_frozen_header_and_rows() -> None:
    sheet = read_sheet(to_xlsx(TABLE))
    assert [sheet.cell(row, 1).value for row in (1, 2, 3, 4)] == [TABLE.title, *TABLE.notes, None]
    headers = [cell for cell in sheet[5]]
    assert tuple(cell.value for cell in headers) == TABLE.headers
    assert all(cell.font.bold for cell in headers)
    assert sheet.freeze_panes == "A6"
    assert sheet.auto_filter.ref == "A5:E7"
    assert sheet.max_row == 7


def test_workbook_types_numbers_as_numbers_and_text_as_text() -> None:
    first, second = list(read_sheet(to_xlsx(TABLE)).iter_rows(min_row=6))
    assert [cell.data_type for cell in first] == ["s", "n", "n", "d", "n"]
    assert [cell.value for cell in first] == ["Xã Mường Giôn", 87.2, 970, datetime(2026, 10, 5), None]
    assert [(cell.value, cell.data_type) for cell in (second[0], second[4])] == [
        ("01234", "s"),
        ("=1+1", "s"),
    ]
    assert first[1].number_format == "#,##0.0"
    assert first[2].number_format == "#,##0"
    assert first[3].number_format == "dd/mm/yyyy"


@pytest.mark.parametrize("formula", [*FORMULAS, "{=1}", "http://example.org", "mailto:a@b", "internal:A1"])
def test_workbook_runs_and_links_nothing(formula: str) -> None:
    sheet = read_sheet(to_xlsx(Table(formula, (formula,), (formula,), [(formula,)])))
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert len(cells) == 4
    assert {(cell.data_type, cell.hyperlink) for cell in cells} == {("s", None)}


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])), min_size=1, max_size=5))
def test_workbook_gives_every_text_back(texts: list[str]) -> None:
    sheet = read_sheet(to_xlsx(Table("t", (), ("a",), [(text,) for text in texts])))
    read = [sheet.cell(row, 1).value or "" for row in range(4, 4 + len(texts))]
    assert read == [unicodedata.normalize("NFC", text) for text in texts]


def test_workbook_cuts_an_endless_text_where_one_can_see_it() -> None:
    cut = read_sheet(to_xlsx(one_cell("ý" * 40_000))).cell(4, 1).value
    assert isinstance(cut, str)
    assert len(cut) == 32_767
    assert cut.endswith("ý…")


@pytest.mark.parametrize("strange", ["a\x00b", "a\ud800b", "\x1f"])
def test_strange_letters_break_neither_file(strange: str) -> None:
    assert read_sheet(to_xlsx(one_cell(strange))).cell(4, 1).value
    assert len(read_csv(to_csv(one_cell(strange)))) == 2


def test_the_same_table_gives_the_same_bytes_on_any_day() -> None:
    assert (to_xlsx(TABLE), to_csv(TABLE)) == (to_xlsx(TABLE), to_csv(TABLE))
    book = load_workbook(BytesIO(to_xlsx(TABLE)))
    assert book.properties.created == book.properties.modified == datetime(2000, 1, 1)
    with ZipFile(BytesIO(to_xlsx(TABLE))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_empty_table_still_has_its_headers() -> None:
    empty = Table("t", (), ("a", "b"), [])
    assert read_csv(to_csv(empty)) == [["a", "b"]]
    assert [cell.value for cell in read_sheet(to_xlsx(empty))[3]] == ["a", "b"]


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells under 1 headers"):
        Table("t", (), ("a",), [("x", "y")])


@pytest.mark.parametrize("cell", [1.5, True, datetime(2026, 1, 1), b"x", Decimal("NaN"), Decimal("Infinity")])
def test_cells_without_fixed_meaning_are_refused(cell: object) -> None:
    with pytest.raises(TypeError, match="no cell holds"):
        one_cell(cell)


def test_a_sheet_that_cannot_hold_the_rows_is_refused() -> None:
    class Endless(tuple[Any, ...]):
        def __len__(self) -> int:
            return 1_048_576

    with pytest.raises(ValueError, match="a sheet holds"):
        to_xlsx(Table("t", (), ("a",), Endless()))


def test_a_measure_is_exported_with_everything_beside_it() -> None:
    counts = RatingCounts(0, 0, 2, 10, 8, not_applicable=3, blank=1)
    for measure in (satisfaction_rate(counts), mean_score(counts)):
        cells = measure_cells(measure)
        assert len(cells) == len(MEASURE_HEADERS)
        assert cells == (measure.value, measure.low, measure.high, 20, 1, 3, measure.formula)


def test_a_measure_on_too_few_answers_exports_a_word_and_no_figure() -> None:
    few = measure_cells(satisfaction_rate(RatingCounts(0, 0, 0, 4, 0)))
    none = measure_cells(satisfaction_rate(RatingCounts(0, 0, 0, 0, 0)))
    assert few[:4] == (NOT_ENOUGH, None, None, 4)
    assert none[:4] == (NOT_ENOUGH, None, None, 0)
