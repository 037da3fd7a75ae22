"""Pieces of SVG as text: no style attribute, no script, so the strictest content policy lets them through.

Everything that comes from outside goes through ``element`` or ``text``, which escape it; children are markup.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

NARROW = 328  # a phone of 360 px less its margins
WIDE = 1200
ACCENT = "#0a5a61"  # the one accent of the pages too; reports know no style sheet, so a test compares both
NOT_PUBLISHED = "không công bố"  # answers enough, but the figure would betray those of a smaller group

# Draws a key of the legend from (x, y) in letters of that size, one and a half letters wide.
Key = Callable[[float, float, float], str]

ELLIPSIS = "…"
_LONGEST = 400  # letters of a label worth measuring; no drawing shows more

_FONTS = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
_NARROW_LETTERS = frozenset("iljtfrI.,:;'’!|()[] \N{NO-BREAK SPACE}-–·")
_WIDE_LETTERS = frozenset("mwMWOQĐ%@—")


@dataclass(frozen=True)
class Box:
    """A rectangle of the drawing, in its units; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top


def letter_size(width: float) -> int:
    """Letters for a drawing of that width: 13 on a phone, 16 on a desk."""
    return 13 if width < 600 else 16


def drawing(
    kind: str, title: str, description: str, width: float, height: float, layers: Sequence[str], linked: bool
) -> str:
    """The ``<svg>`` element around the layers, with title and description for those who listen.

    It has no ids, so any number of drawings can stand on one page. ``linked`` keeps its links reachable:
    an element with the role of an image hides what is inside.
    """
    return element(
        "svg",
        element("title", text(title)),
        element("desc", text(description)),
        *layers,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"chart chart-{kind}",
        role="group" if linked else "img",
        aria_label=title,
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        fill="currentColor",
        font_family=_FONTS,
        font_size=letter_size(width),
    )


def words(x: float, y: float, content: str, anchor: str = "start", bold: bool = False) -> str:
    """One line of text; ``anchor`` start, middle or end stands at ``x``, the baseline at ``y``."""
    return element(
        "text",
        text(content),
        x=x,
        y=y,
        text_anchor=None if anchor == "start" else anchor,
        font_weight="600" if bold else None,
    )


def rule(x1: float, y1: float, x2: float, y2: float, width: float = 1, **attributes: str | float | None) -> str:
    """A straight line in ink."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke="currentColor", stroke_width=width, **attributes)


def legend(keys: Sequence[tuple[Key, str]], size: float, top: float, width: float) -> tuple[str, float]:
    """Keys with their words in as many rows as needed, the first at ``top``; also where they end."""
    x, y, drawn = size * 0.5, top, []
    for key, said in keys:
        length = size * 3 + text_width(said, size)
        if x > size and x + length > width:
            x, y = size * 0.5, y + size * 1.5
        drawn.append(key(x, y - size * 0.35, size) + words(x + size * 2, y, said))
        x += length
    return element("g", *drawn, class_="chart-legend"), y + size * 0.7


def error_bar(at: float, low: float, high: float, cap: float, upright: bool) -> str:
    """An interval as a line with a cap at both ends, through ``at`` on the other axis."""
    corners = [(at - cap, low), (at + cap, low), (at, low), (at, high), (at - cap, high), (at + cap, high)]
    strokes = [corners[:2], corners[2:4], corners[4:]]
    drawn = "".join(path(*(stroke if upright else [(y, x) for x, y in stroke])) for stroke in strokes)
    return element("path", d=drawn, fill="none", stroke="currentColor", stroke_width=1.5, class_="chart-error")


def element(tag: str, *children: str, **attributes: str | float | None) -> str:
    """One element; ``stroke_width=2`` becomes ``stroke-width="2"``, None is left out, ``class_`` is class.

    Attribute values are escaped; children are markup and are not.
    """
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}>{''.join(children)}</{tag}>" if children else f"<{tag}{written}/>"


def text(content: str) -> str:
    """Text as markup: escaped, and without the characters that XML 1.0 cannot carry."""
    return escape(_printable(content), quote=True)


def path(*points: tuple[float, float], closed: bool = False) -> str:
    """The ``d`` of a path of straight lines through the points."""
    return "M" + "L".join(f"{number(x)},{number(y)}" for x, y in points) + ("Z" if closed else "")


def number(value: float) -> str:
    """A coordinate or an opacity with at most two decimals: finer than any screen shows."""
    shown = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def text_width(content: str, size: float) -> float:
    """About how wide the text runs in a common sans serif of that size; errs on the wide side."""
    return size * sum(_letter_width(letter) for letter in content)


def wrap(content: str, width: float, size: float, lines: int) -> tuple[str, ...]:
    """The text in at most ``lines`` lines of about ``width``, broken at spaces; an ellipsis for the rest."""
    words = content[:_LONGEST].split()
    wrapped: list[str] = []
    while words and len(wrapped) < lines:
        last = len(wrapped) == lines - 1
        wrapped.append(_clip(" ".join(words), width, size) if last else _take_line(words, width, size))
        words = [] if last else words
    return tuple(wrapped)


def _take_line(words: list[str], width: float, size: float) -> str:
    line = words.pop(0)
    while words and text_width(f"{line} {words[0]}", size) <= width:
        line = f"{line} {words.pop(0)}"
    return _clip(line, width, size)


def _clip(line: str, width: float, size: float) -> str:
    if text_width(line, size) <= width:
        return line
    while line and text_width(line + ELLIPSIS, size) > width:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS


def _letter_width(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in _NARROW_LETTERS:
        return 0.34
    if letter in _WIDE_LETTERS:
        return 0.86
    return 0.7 if letter.isupper() else 0.57


def _attribute(value: str | float) -> str:
    return text(value) if isinstance(value, str) else number(value)


def _printable(content: str) -> str:
    return "".join(letter if _allowed(ord(letter)) else "\N{REPLACEMENT CHARACTER}" for letter in content)


def _allowed(point: int) -> bool:
    """XML 1.0, production 2 (Char)."""
    return (
        point in (0x9, 0xA, 0xD) or 0x20 <= point <= 0xD7FF or 0xE000 <= point <= 0xFFFD or 0x10000 <= point <= 0x10FFFF
    )
