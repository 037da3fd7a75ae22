"""QR symbols as SVG."""

import io

import qrcode
from markupsafe import Markup
from qrcode.image.svg import SvgPathImage

QUICK_MASK = 2
"""One mask of the standard's eight; trying all costs five milliseconds of every receipt."""


def qr_svg(link: str, for_print: bool = True) -> Markup:
    """An inline SVG of a link. Links in capitals give a coarser symbol that old cameras read.

    For print all eight masks are tried and the most even one is taken; a receipt on a screen takes one.
    """
    symbol = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_Q, border=4, mask_pattern=None if for_print else QUICK_MASK
    )
    symbol.add_data(_capitals(link))
    image = symbol.make_image(image_factory=SvgPathImage)
    out = io.BytesIO()
    image.save(out)
    svg = out.getvalue().decode()
    return Markup(svg[svg.index("<svg") :])  # noqa: S704 (made by the library from our own link)


def qr_terminal(link: str) -> str:
    """A QR symbol in half-block characters, for a terminal."""
    symbol = qrcode.QRCode(border=2)
    symbol.add_data(_capitals(link))
    out = io.StringIO()
    symbol.print_ascii(out=out, invert=True)
    return out.getvalue()


def _capitals(link: str) -> str:
    # Scheme and host do not mind capitals, and our paths are served in capitals too.
    return link.upper()


def link_of(base_url: str, code: str) -> str:
    """The address that a printed code opens, all in capitals."""
    return f"{base_url}/q/{code}".upper()
