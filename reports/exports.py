"""One description of a table, two files of it: CSV for programs, a workbook for people.

Text that a spreadsheet could take for a formula is made harmless: citizens write into these tables.
"""

import csv
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.measures import Measure, enough

Cell = str | int | Decimal | date | None

MEASURE_HEADERS = (
    "Giá trị", "Cận dưới 95 %", "Cận trên 95 %", "n", "Bỏ trống", "Không áp dụng", "Cách tính",
)  # fmt: skip
NOT_ENOUGH = "chưa đủ phiếu"

_LONGEST_TEXT = 32_767  # letters in a cell of a workbook
_MOST_ROWS = 1_048_576
# A spreadsheet set to Vietnamese splits lines at semicolons, not at commas, and so may begin a cell in the
# middle of a text: a sign is disarmed there too, also behind blanks and quotes, also in its wide form.
_FORMULA = re.compile(r"^(?=[\t\r\n])|(^|[;\t\r\n])(?=(?:[^\S\t\r\n]|[\"\ufeff\u200b])*[=+\-@＝＋－＠])")
_DAY_ONE = datetime(2000, 1, 1)  # the same table must give the same bytes on any day


@dataclass(frozen=True)
class Table:
    """A table ready for export: what it is, what to know about it, names of columns, rows.

    ``notes`` say how the figures were made (formula ids, n, what was left out). Cells are text, whole
    numbers, decimals, dates or None for nothing. Raises ValueError for a row of another length than the
    headers and TypeError for a cell of another kind: a float has no fixed digits, a moment no agreed day.
    """

    title: str
    notes: tuple[str, ...]
    headers: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.headers):
                raise ValueError(f"a row of {len(row)} cells under {len(self.headers)} headers")
            for cell in row:
                _check(cell)


def measure_cells(measure: Measure, few: str = NOT_ENOUGH) -> tuple[Cell, ...]:
    """A measure under ``MEASURE_HEADERS``; with too few answers the value is the words ``few``, never a number."""
    shown: tuple[Cell, ...] = (measure.value, measure.low, measure.high)
    if not enough(measure):
        shown = (few, None, None)
    return (*shown, measure.n, measure.blank, measure.not_applicable, measure.formula)


def to_csv(table: Table) -> bytes:
    """Headers and rows as CSV: UTF-8 with its mark, so that spreadsheets keep the accents, and NFC.

    Numbers are written plainly (``-87.2``), dates as ``2026-10-05``. The title and the notes stay out: the
    first line is the header for whoever reads it by program.
    """
    written = StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([_harmless(header) for header in table.headers])
    writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    return written.getvalue().encode("utf-8-sig", errors="replace")


def to_xlsx(table: Table) -> bytes:
    """A workbook of one sheet: title, notes, header row (bold, frozen), rows; the same bytes every time.

    Text is typed as text, so nothing in it is ever run. Raises ValueError when a sheet cannot hold the rows.
    """
    top = len(table.notes) + 2
    if top + len(table.rows) >= _MOST_ROWS:
        raise ValueError(f"a sheet holds {_MOST_ROWS} rows; export fewer at a time")
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": _fitting(table.title), "created": _DAY_ONE})
        sheet = book.add_worksheet("Bảng")
        formats = _formats(book)
        _write_head(sheet, table, formats, top)
        for at, row in enumerate(table.rows, start=top + 1):
            for column, cell in enumerate(row):
                _write(sheet, at, column, cell, formats)
        _set_up_page(sheet, table, top)
    return file.getvalue()


def _check(cell: Cell) -> None:
    if isinstance(cell, (bool, datetime)) or not isinstance(cell, (str, int, Decimal, date, type(None))):
        raise TypeError(f"no cell holds a {type(cell).__name__}")
    if isinstance(cell, Decimal) and not cell.is_finite():
        raise TypeError("no cell holds an infinite or missing number; use None")


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _harmless(cell)
    return cell.isoformat() if isinstance(cell, date) else format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def _harmless(content: str) -> str:
    """Text in NFC in which an apostrophe stands before whatever a spreadsheet would take for a formula."""
    return _FORMULA.sub(r"\1'", unicodedata.normalize("NFC", content))


def _fitting(content: str) -> str:
    composed = unicodedata.normalize("NFC", content).encode(errors="replace").decode()
    # The workbook's writer drops longer texts without a word; a cut one at least shows that it is cut.
    return composed if len(composed) <= _LONGEST_TEXT else composed[: _LONGEST_TEXT - 1] + "…"


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    top = {"valign": "top"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "note": book.add_format({"italic": True}),
        "header": book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1}),
        "text": book.add_format({**top, "text_wrap": True, "num_format": "@"}),
        "whole": book.add_format({**top, "num_format": "#,##0"}),
        "tenths": book.add_format({**top, "num_format": "#,##0.0"}),
        "exact": book.add_format({**top, "num_format": "General"}),
        "day": book.add_format({**top, "num_format": "dd/mm/yyyy", "align": "left"}),
    }


def _write_head(sheet: Worksheet, table: Table, formats: dict[str, Format], top: int) -> None:
    sheet.write_string(0, 0, _fitting(table.title), formats["title"])
    for at, note in enumerate(table.notes, start=1):
        sheet.write_string(at, 0, _fitting(note), formats["note"])
    for column, header in enumerate(table.headers):
        sheet.write_string(top, column, _fitting(header), formats["header"])


def _write(sheet: Worksheet, at: int, column: int, cell: Cell, formats: dict[str, Format]) -> None:
    if isinstance(cell, str):
        sheet.write_string(at, column, _fitting(cell), formats["text"])
    elif isinstance(cell, date):
        sheet.write_datetime(at, column, cell, formats["day"])
    elif isinstance(cell, int):
        sheet.write_number(at, column, cell, formats["whole"])
    elif isinstance(cell, Decimal):
        tenths = cell == round(cell, 1)
        sheet.write_number(at, column, float(cell), formats["tenths" if tenths else "exact"])


def _set_up_page(sheet: Worksheet, table: Table, top: int) -> None:
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for column, header in enumerate(table.headers):
        longest = max((len(str(row[column])) for row in table.rows[:200] if row[column] is not None), default=0)
        sheet.set_column(column, column, min(max(longest, min(len(header), 16), 8) + 2, 60))
    if table.headers:
        sheet.autofilter(top, 0, top + max(len(table.rows), 1), len(table.headers) - 1)
