"""Units side by side with their doubt, and topics by their number."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.figures import HARD_SPACE, percent, whole
from reports.measures import MINIMUM_ANSWERS, topic_share
from reports.svg import (
    ACCENT,
    NOT_PUBLISHED,
    WIDE,
    Key,
    drawing,
    element,
    error_bar,
    legend,
    letter_size,
    rule,
    text,
    text_width,
    words,
    wrap,
)

_TICKS = (0, 25, 50, 75, 100)
_LEADING = 1.25  # height of a line of text in letters


@dataclass(frozen=True)
class BarRow:
    """One unit in a comparison: percent with its interval, the answers ``n``, and a link within this site."""

    label: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    n: int
    href: str | None = None


@dataclass(frozen=True)
class TopicRow:
    """One topic, the number of entries that are mainly about it, and a link within this site."""

    label: str
    count: int
    href: str | None = None


@dataclass(frozen=True)
class _Bar:
    """A row ready to be drawn; lengths are shares of the scale (0 to 1), None where nothing may be read."""

    label: str
    figure: str
    detail: str
    href: str | None
    length: float | None = None
    reach: tuple[float, float] | None = None


@dataclass(frozen=True)
class _Sheet:
    """Columns of the picture: names, bars, figures; stacked (on a phone) the bars stand below the others."""

    width: float
    size: float
    stacked: bool
    names: float  # room for a name
    left: float  # the bars begin
    right: float  # the scale ends
    figures: float  # the column of figures ends; that of details ends at the edge
    ticks: tuple[int, ...]
    reference: float | None

    def x(self, share: float) -> float:
        return self.left + (self.right - self.left) * share


@dataclass(frozen=True)
class _Slot:
    """Where a row stands: its ends, top of its name, baseline of its figures, middle of its bar and grid."""

    bar: _Bar
    lines: Sequence[str]
    top: float
    bottom: float
    name: float
    baseline: float
    middle: float
    grid: tuple[float, float]


def ranked_bars(
    rows: Sequence[BarRow],
    title: str = "So sánh giữa các đơn vị",
    width: int = WIDE,
    unit: str = "phiếu",
    minimum: int = MINIMUM_ANSWERS,
    reference: tuple[str, Decimal] | None = None,
) -> str:
    """Percentages from high to low with error bars (95 %), as an ``<svg>`` element.

    Rows with fewer than ``minimum`` answers stand apart below, unranked and without a value; so do those
    whose value is None although there are answers enough, as not published. ``reference`` is a named
    percentage drawn as a dashed line, such as the province's. Raises ValueError for a link off this site.
    """
    ranked = [_rated_bar(row, unit) for row in _ranked(rows, minimum)]
    apart = [_unrated_bar(row, unit, minimum) for row in rows if not _readable(row, minimum)]
    sheet = _lay_out([*ranked, *apart], width, _TICKS, None if reference is None else _share(reference[1]))
    drawn, y = _rows(sheet, ranked, sheet.size * 2.2 if ranked else sheet.size * 0.5)
    layers = [_scale(sheet) if ranked else "", *drawn]
    if apart:
        few = all(row.n < minimum for row in rows if row.value is None)
        layers.append(_heading(sheet, f"Chưa đủ {unit}, không xếp hạng" if few else "Không xếp hạng", y))
        drawn, y = _rows(sheet, apart, y + sheet.size * 2.4)
        layers.extend(drawn)
    keys, y = legend(_keys(ranked, reference), sheet.size, y + sheet.size * 1.4, width)
    return _finish("ranked", title, sheet, [*ranked, *apart], [*layers, keys], y)


def topic_bars(
    rows: Sequence[TopicRow],
    title: str = "Chủ đề được nói đến",
    width: int = WIDE,
    unit: str = "ý kiến",
    total: int | None = None,
) -> str:
    """Number of entries per topic, most first, with each one's share, as an ``<svg>`` element.

    Shares are of ``total`` entries, or of the rows' sum where it is not given. Raises ValueError for a topic
    larger than the total and for a link that leads off this site.
    """
    whole_of = sum(row.count for row in rows) if total is None else total
    top = max((row.count for row in rows), default=0)
    bars = [_topic_bar(row, whole_of, top, unit) for row in sorted(rows, key=lambda row: -row.count)]
    sheet = _lay_out(bars, width)
    drawn, bottom = _rows(sheet, bars, sheet.size * 0.5)
    return _finish("topics", title, sheet, bars, drawn, bottom)


def _ranked(rows: Sequence[BarRow], minimum: int) -> list[BarRow]:
    return sorted((row for row in rows if _readable(row, minimum)), key=lambda row: -(row.value or Decimal(0)))


def _readable(row: BarRow, minimum: int) -> bool:
    return row.value is not None and row.n >= minimum


def _rated_bar(row: BarRow, unit: str) -> _Bar:
    value = row.value or Decimal(0)
    reach = None if row.low is None or row.high is None else (_share(row.low), _share(row.high))
    return _Bar(row.label, percent(value), f"{whole(row.n)} {unit}", row.href, _share(value), reach)


def _unrated_bar(row: BarRow, unit: str, minimum: int) -> _Bar:
    why = f"{whole(row.n)} {unit}" if row.n else f"không có {unit}"
    return _Bar(row.label, "", why if row.n < minimum else NOT_PUBLISHED, row.href)


def _topic_bar(row: TopicRow, total: int, top: int, unit: str) -> _Bar:
    share = topic_share(row.count, total).value
    said = "" if share is None else percent(share)
    return _Bar(row.label, f"{whole(row.count)} {unit}", said, row.href, row.count / top if top else 0.0)


def _share(value: Decimal) -> float:
    return min(max(float(value) / 100, 0.0), 1.0)


def _lay_out(bars: Sequence[_Bar], width: float, ticks: tuple[int, ...] = (), reference: float | None = None) -> _Sheet:
    size = letter_size(width)
    # A row without a bar leaves the figures' column empty, so its longer words may run into that.
    figures = max((text_width(bar.figure, size * 1.05) for bar in bars), default=0)
    details = max((text_width(bar.detail, size) for bar in bars if bar.length is not None), default=0)
    column = width - details - size
    room = column - figures - size
    if width < 600:
        return _Sheet(width, size, True, room, 0, width - 1, column, ticks, reference)
    names = min(max((text_width(bar.label, size) for bar in bars), default=0), width * 0.4)
    return _Sheet(width, size, False, names, names + size, room - size * 0.5, column, ticks, reference)


def _rows(sheet: _Sheet, bars: Sequence[_Bar], top: float) -> tuple[list[str], float]:
    """The rows under each other from ``top``, and where they end."""
    drawn, y = [], top
    for bar in bars:
        slot = _stacked_slot(sheet, bar, y) if sheet.stacked else _level_slot(sheet, bar, y)
        drawn.append(_row(sheet, slot))
        y = slot.bottom
    return drawn, y


def _stacked_slot(sheet: _Sheet, bar: _Bar, top: float) -> _Slot:
    size, lines = sheet.size, wrap(bar.label, sheet.names, sheet.size, 2)
    written = top + max(len(lines), 1) * size * _LEADING
    middle = written + size * 0.8
    bottom = written + size * (0.5 if bar.length is None else 2)
    return _Slot(bar, lines, top, bottom, top, top + size, middle, (middle - size * 0.7, middle + size * 0.7))


def _level_slot(sheet: _Sheet, bar: _Bar, top: float) -> _Slot:
    size, lines = sheet.size, wrap(bar.label, sheet.names, sheet.size, 2)
    written = max(len(lines), 1) * size * _LEADING
    bottom = top + max(written + size * 0.5, size * 2)
    middle = (top + bottom) / 2
    return _Slot(bar, lines, top, bottom, middle - written / 2, middle + size * 0.35, middle, (top, bottom))


def _row(sheet: _Sheet, slot: _Slot) -> str:
    bar, height = slot.bar, slot.bottom - slot.top
    content = (
        element("title", text(_spoken(bar))),
        # Unseen, but it makes the whole row a target for mouse and thumb.
        element("rect", x=0, y=slot.top, width=sheet.width, height=height, fill="none", pointer_events="all"),
        _name(sheet, slot),
        words(sheet.figures, slot.baseline, bar.figure, "end", bold=True) if bar.figure else "",
        words(sheet.width, slot.baseline, bar.detail, "end"),
        _bar(sheet, slot),
    )
    if bar.href is None:
        return element("g", *content, class_="chart-row")
    return element("a", *content, href=_local(bar.href), class_="chart-row")


def _name(sheet: _Sheet, slot: _Slot) -> str:
    first, step = slot.name + sheet.size, sheet.size * _LEADING
    written = (words(0, first + step * index, line) for index, line in enumerate(slot.lines))
    return element("g", *written, text_decoration="underline" if slot.bar.href else None)


def _bar(sheet: _Sheet, slot: _Slot) -> str:
    """The bar over its share of the grid, then the reference and, on top, the doubt."""
    bar, half = slot.bar, sheet.size * 0.38
    if bar.length is None:
        return ""
    drawn = [_upright(sheet, slot, tick / 100, 1, stroke_opacity=0.18) for tick in sheet.ticks]
    box = {
        "x": sheet.left,
        "y": slot.middle - half,
        "width": sheet.x(bar.length) - sheet.left,
        "height": half * 2,
    }
    drawn.append(element("rect", **box, fill=ACCENT, fill_opacity=0.7, class_="chart-bar"))
    if sheet.reference is not None:
        drawn.append(_upright(sheet, slot, sheet.reference, 1.5, stroke_dasharray="4 3", class_="chart-reference"))
    if bar.reach is not None:
        low, high = map(sheet.x, bar.reach)
        drawn.append(error_bar(slot.middle, low, high, half * 0.8, upright=False))
    return "".join(drawn)


def _upright(sheet: _Sheet, slot: _Slot, share: float, width: float, **attributes: str | float | None) -> str:
    x = sheet.x(share)
    return rule(x, slot.grid[0], x, slot.grid[1], width, **attributes)


def _scale(sheet: _Sheet) -> str:
    anchors = dict.fromkeys(sheet.ticks, "middle") | {0: "start", 100: "end"}
    names = (
        words(sheet.x(tick / 100), sheet.size * 1.3, f"{tick}{HARD_SPACE}%", anchors[tick]) for tick in sheet.ticks
    )
    return element("g", *names, class_="chart-axis")


def _heading(sheet: _Sheet, said: str, top: float) -> str:
    y = top + sheet.size * 0.6
    return rule(0, y, sheet.width, y, stroke_opacity=0.4) + words(0, y + sheet.size * 1.4, said, bold=True)


def _keys(ranked: Sequence[_Bar], reference: tuple[str, Decimal] | None) -> list[tuple[Key, str]]:
    keys: list[tuple[Key, str]] = []
    if any(bar.reach for bar in ranked):
        keys.append((_doubt_key, f"Khoảng tin cậy 95{HARD_SPACE}%"))
    if ranked and reference is not None:
        keys.append((_reference_key, f"{reference[0]}: {percent(reference[1])}"))
    return keys


def _doubt_key(x: float, y: float, size: float) -> str:
    return error_bar(y, x, x + size * 1.5, size * 0.3, upright=False)


def _reference_key(x: float, y: float, size: float) -> str:
    return rule(x + size * 0.75, y - size * 0.6, x + size * 0.75, y + size * 0.6, 1.5, stroke_dasharray="4 3")


def _local(href: str) -> str:
    """The link, if it stays on this site; browsers drop blanks and turn backslashes, so neither may occur."""
    if not href.startswith(("/", "?", "#")) or href.startswith("//") or "\\" in href or any(c <= " " for c in href):
        raise ValueError(f"not a link within this site: {href!r}")
    return href


def _spoken(bar: _Bar) -> str:
    return f"{bar.label}: " + ", ".join(filter(None, (bar.figure, bar.detail)))


def _finish(kind: str, title: str, sheet: _Sheet, bars: Sequence[_Bar], layers: Sequence[str], bottom: float) -> str:
    if not bars:
        layers, bottom = ([words(0, sheet.size * 1.6, "Chưa có dữ liệu")], sheet.size * 2.4)
    description = "; ".join(map(_spoken, bars)) or "Chưa có dữ liệu"
    linked = any(bar.href for bar in bars)
    return drawing(kind, title, f"{description}.", sheet.width, bottom, layers, linked)
