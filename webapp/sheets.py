"""Sheets to print without a running service: one HTML file with everything in it, one A4 page a code."""

from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

from jinja2 import Environment, PackageLoader

from models import AccessCode, Unit
from webapp.qr import DEMONSTRATION, link_of, qr_svg, refuse_unreachable
from webapp.words import gettext

STATIC = Path(__file__).parent / "static"


def write_sheets(
    file: Path, unit: Unit, codes: Sequence[AccessCode], base_url: str, is_demonstration: bool = False
) -> None:
    """Write the file whole or not at all. Raises NotPrinted for an address that no phone opens."""
    refuse_unreachable(base_url, is_demonstration)
    half = file.with_suffix(".half")
    half.write_text(sheets_html(unit, codes, base_url, is_demonstration), encoding="utf-8")
    half.replace(file)


def sheets_html(unit: Unit, codes: Sequence[AccessCode], base_url: str, is_demonstration: bool) -> str:
    """The page: for each code place, symbol, address in words, and three steps."""
    rows = [(code, link_of(base_url, code.code), qr_svg(link_of(base_url, code.code))) for code in codes]
    body = _environment().get_template("admin/sheets.html").render(
        unit=unit, rows=rows, demonstration=DEMONSTRATION if is_demonstration else ""
    )  # fmt: skip
    style = (STATIC / "sheets.css").read_text(encoding="utf-8")
    # Assembled here: templates of the service carry no style of their own, which its policy forbids.
    return (
        '<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(unit.name)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("webapp"), autoescape=True, trim_blocks=True, extensions=["jinja2.ext.i18n"]
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, lambda one, many, n: gettext(one if n == 1 else many), newstyle=True
    )
    return environment
