"""QR symbols as SVG, and the sheets that carry them: none is printed with an address no phone can open."""

import io
import re

import qrcode
from flask import Flask
from markupsafe import Markup
from qrcode.image.svg import SvgPathImage

from webapp.settings import Unreachable, why_unreachable
from webapp.words import marked

QUICK_MASK = 2
"""One mask of the standard's eight; trying all costs five milliseconds of every receipt."""

WHY_NO_PHONE = {
    Unreachable.LOOPBACK: marked("Địa chỉ này chỉ mở được trên chính máy chủ, điện thoại của người dân không mở được."),
    Unreachable.UNSPECIFIED: marked("Đây không phải là địa chỉ mở được trên điện thoại."),
    Unreachable.LINK_LOCAL: marked("Địa chỉ này chỉ dùng trong một đường dây hoặc một mạng Wi-Fi."),
    Unreachable.PRIVATE: marked(
        "Địa chỉ này chỉ dùng trong mạng nội bộ của cơ quan, điện thoại ngoài mạng không mở được."
    ),
    Unreachable.LOCAL_NAME: marked("Tên này chỉ dùng trong mạng nội bộ, điện thoại ngoài mạng không mở được."),
}
HOW_TO_REACH = marked(
    "Hỏi người quản lý mạng của tỉnh hoặc của xã tên miền công khai trỏ về máy này, rồi đặt LANGNGHE_BASE_URL "
    "(ví dụ: LANGNGHE_BASE_URL=https://gopy.phuong.gov.vn) và khởi động lại."
)
DEMONSTRATION = marked("Bản trình diễn – không dùng để thu ý kiến thật")


class NotPrinted(Exception):
    """The address of a code opens on no phone; the message says why and what to do."""


def install(app: Flask) -> None:
    """Let the page of a sheet ask whether it may be printed."""
    app.jinja_env.globals |= {
        "why_unreachable": why_unreachable, "why_no_phone": WHY_NO_PHONE, "how_to_reach": HOW_TO_REACH,
        "demonstration_sheet": DEMONSTRATION,
    }  # fmt: skip


def refuse_unreachable(base_url: str, is_demonstration: bool) -> None:
    """Raise NotPrinted when codes with this address would hang on walls in vain; a demonstration may show them."""
    why = why_unreachable(base_url)
    if why and not is_demonstration:
        raise NotPrinted(
            f"{base_url} reaches no phone ({why}), so nothing is printed: set LANGNGHE_BASE_URL to the public "
            "address of this service, such as https://gopy.phuong.gov.vn, in the environment or settings.env"
        )


def qr_svg(link: str, for_print: bool = True) -> Markup:
    """An inline SVG of a link. Links in capitals give a coarser symbol that old cameras read."""
    return symbol_svg(_capitals(link), for_print)


def symbol_svg(text: str, for_print: bool = True) -> Markup:
    """An inline SVG of any text, as it is.

    For print all eight masks are tried and the most even one is taken; a receipt on a screen takes one.
    """
    symbol = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_Q, border=4, mask_pattern=None if for_print else QUICK_MASK
    )
    symbol.add_data(text)
    image = symbol.make_image(image_factory=SvgPathImage)
    out = io.BytesIO()
    image.save(out)
    svg = out.getvalue().decode()
    return Markup(svg[svg.index("<svg") :])  # noqa: S704 (made by the library from our own text)


def qr_terminal(link: str) -> str:
    """A QR symbol in half-block characters, for a terminal."""
    symbol = qrcode.QRCode(border=2)
    symbol.add_data(_capitals(link))
    out = io.StringIO()
    symbol.print_ascii(out=out, invert=True)
    return out.getvalue()


def marked_svg(link: str, words: str) -> str:
    """The symbol with a line of words beneath it, inside the drawing: they cannot be cut off unnoticed."""
    svg = str(qr_svg(link))
    box = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    assert box is not None, "the library draws a viewBox"
    width, height = int(box[1]), int(box[2])
    svg = svg.replace(box[0], f'viewBox="0 0 {width} {height + 6}"', 1)
    svg = re.sub(r' (width|height)="[^"]*mm"', "", svg, count=2)
    text = f'<text x="{width / 2}" y="{height + 3}" font-size="{width / 24:.2f}" text-anchor="middle">{words}</text>'
    return svg.replace("</svg>", f"{text}</svg>")


def _capitals(link: str) -> str:
    # Scheme and host do not mind capitals, and our paths are served in capitals too.
    return link.upper()


def link_of(base_url: str, code: str) -> str:
    """The address that a printed code opens, all in capitals."""
    return f"{base_url}/q/{code}".upper()
