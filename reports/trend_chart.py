"""A percentage over time with its doubt: line, band, gaps and marks for what is not known."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import ceil

from reports.figures import HARD_SPACE, percent, whole
from reports.measures import MINIMUM_ANSWERS
from reports.svg import (
    ACCENT,
    NOT_PUBLISHED,
    WIDE,
    Box,
    Key,
    drawing,
    element,
    error_bar,
    legend,
    letter_size,
    path,
    rule,
    text,
    text_width,
    words,
    wrap,
)

_FULL = Decimal(100)
_LEAST_SPAN = Decimal(20)  # points on the upright axis: less would turn noise into mountains
_STEPS = (Decimal(5), Decimal(10), Decimal(20), Decimal(25))


@dataclass(frozen=True)
class TrendPoint:
    """One period of a trend: percent with its interval, and the answers ``n`` it rests on.

    ``break_before`` names what changed just before this period (a merger, a new questionnaire): the line
    stops there, because the figures on its two sides are not of the same thing.
    """

    label: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    n: int
    break_before: str = ""


@dataclass(frozen=True)
class _Place:
    """Where a point stands; ``y`` is None when its value may not be read."""

    point: TrendPoint
    x: float
    y: float | None
    y_low: float
    y_high: float


@dataclass(frozen=True)
class _Chart:
    places: Sequence[_Place]
    box: Box
    ticks: Sequence[Decimal]
    size: float
    unit: str
    minimum: int

    @property
    def spacing(self) -> float:
        return self.box.width / len(self.places)

    @property
    def strip(self) -> float:
        """Height of the row under the scale where periods without a figure are marked."""
        return self.box.bottom + self.size

    @property
    def known(self) -> list[_Place]:
        return [place for place in self.places if place.y is not None]


def trend(
    points: Sequence[TrendPoint],
    title: str = "Diễn biến qua các kỳ",
    width: int = WIDE,
    unit: str = "phiếu",
    minimum: int = MINIMUM_ANSWERS,
) -> str:
    """A line of percentages with the band of its 95 % intervals, oldest first, as an ``<svg>`` element.

    The line stops where nothing was answered; a period with fewer than ``minimum`` answers is a hollow mark
    below the scale, at no height, because its value is not to be read; so is one whose value is None although
    there are answers enough, as not published. ``unit`` is what ``n`` counts.
    """
    if not points:
        size = letter_size(width)
        nothing = words(0, size * 1.6, "Chưa có dữ liệu")
        return drawing("trend", title, "Chưa có dữ liệu.", width, size * 2.4, [nothing], linked=False)
    chart = _lay_out(points, width, unit, minimum)
    keys, height = legend(_keys(chart), chart.size, chart.strip + chart.size * 3.7, width)
    layers = (_grid(chart), _breaks(chart), _runs(chart), _marks(chart), _values(chart), _axis(chart), keys)
    return drawing("trend", title, _description(chart), width, height, layers, linked=False)


def _lay_out(points: Sequence[TrendPoint], width: int, unit: str, minimum: int) -> _Chart:
    size = letter_size(width)
    top = size * (3.4 if any(point.break_before for point in points) else 1.2)
    left = text_width(f"100{HARD_SPACE}%", size) + 6
    right = width - text_width(f"100,0{HARD_SPACE}%", size)
    box = Box(left, top, right, top + (190 if width < 600 else 320))
    ticks = _ticks([point for point in points if _readable(point, minimum)])
    places = [_place(point, (index + 0.5) / len(points), box, ticks, minimum) for index, point in enumerate(points)]
    return _Chart(places, box, ticks, size, unit, minimum)


def _readable(point: TrendPoint, minimum: int) -> bool:
    return point.value is not None and point.n >= minimum


def _place(point: TrendPoint, along: float, box: Box, ticks: Sequence[Decimal], minimum: int) -> _Place:
    def height(value: Decimal) -> float:
        return box.bottom - box.height * float((value - ticks[0]) / (ticks[-1] - ticks[0]))

    x = box.left + box.width * along
    if point.value is None or not _readable(point, minimum):
        return _Place(point, x, None, box.bottom, box.bottom)
    low = point.value if point.low is None else point.low
    high = point.value if point.high is None else point.high
    return _Place(point, x, height(point.value), height(low), height(high))


def _ticks(points: Sequence[TrendPoint]) -> list[Decimal]:
    """Round percentages that hold every interval: at most six of them, 20 points or more from end to end."""
    edges = [edge for point in points for edge in (point.value, point.low, point.high) if edge is not None]
    high = min(max(edges, default=_FULL), _FULL)
    low = max(min([*edges, high - _LEAST_SPAN]), Decimal(0)) if edges else Decimal(0)
    high = max(high, low + _LEAST_SPAN)
    for step in _STEPS:
        first = (low / step).to_integral_value(ROUND_FLOOR) * step
        last = (high / step).to_integral_value(ROUND_CEILING) * step
        if last - first <= 5 * step:
            break
    return [first + step * index for index in range(int((last - first) / step) + 1)]


def _grid(chart: _Chart) -> str:
    gap = chart.box.height / (len(chart.ticks) - 1)
    lines = []
    for index, tick in enumerate(chart.ticks):
        y = chart.box.bottom - index * gap
        lines.append(rule(chart.box.left, y, chart.box.right, y, stroke_opacity=0.18))
        lines.append(words(chart.box.left - 6, y + chart.size * 0.35, f"{tick}{HARD_SPACE}%", "end"))
    return element("g", *lines, class_="chart-grid")


def _breaks(chart: _Chart) -> str:
    return "".join(_break(chart, place) for place in chart.places if place.point.break_before)


def _break(chart: _Chart, place: _Place) -> str:
    x, size, box = place.x - chart.spacing / 2, chart.size, chart.box
    leftwards = x > (box.left + box.right) / 2
    room = (x - box.left if leftwards else box.right - x) - 8
    note = "".join(
        words(x - 6 if leftwards else x + 6, size * (1 + 1.2 * row), line, "end" if leftwards else "start")
        for row, line in enumerate(wrap(place.point.break_before, room, size, 2))
    )
    return rule(x, size * 0.2, x, box.bottom, stroke_dasharray="2 4", class_="chart-break") + note


def _runs(chart: _Chart) -> str:
    """Stretches of known periods without a gap or a break, a band and a line each; the lines lie on top."""
    runs: list[list[_Place]] = [[]]
    for place in chart.places:
        if place.y is None or place.point.break_before:
            runs.append([])
        if place.y is not None:
            runs[-1].append(place)
    return "".join(map(_band, filter(None, runs))) + "".join(map(_line, filter(None, runs)))


def _band(run: Sequence[_Place]) -> str:
    lows, highs = ([(place.x, place.y_low) for place in run], [(place.x, place.y_high) for place in run])
    if len(run) == 1:
        return error_bar(run[0].x, run[0].y_low, run[0].y_high, 4, upright=True)
    area = path(*highs, *reversed(lows), closed=True)
    # The edges carry the band where a printer drops the tint.
    edges = path(*highs) + path(*lows)
    return element("path", d=area, fill=ACCENT, fill_opacity=0.25, class_="chart-band") + element(
        "path", d=edges, fill="none", stroke=ACCENT, stroke_dasharray="2 3", class_="chart-edge"
    )


def _line(run: Sequence[_Place]) -> str:
    way = path(*((place.x, place.y) for place in run if place.y is not None))
    return element(
        "path",
        d=way,
        fill="none",
        stroke="currentColor",
        stroke_width=2,
        stroke_linejoin="round",
        class_="chart-line",
    )


def _marks(chart: _Chart) -> str:
    return element("g", *(_mark(chart, place) for place in chart.places), class_="chart-marks")


def _mark(chart: _Chart, place: _Place) -> str:
    y = chart.strip if place.y is None else place.y
    shape = _known_mark if place.y is not None else _few_mark if place.point.n else _none_mark
    # An unseen disc makes the words of the mark easy to reach with a mouse.
    target = element("circle", cx=place.x, cy=y, r=chart.size, fill="none", pointer_events="all")
    return element("g", element("title", text(_spoken(chart, place))), shape(place.x, y, chart.size), target)


def _known_mark(x: float, y: float, size: float) -> str:
    return element("circle", cx=x, cy=y, r=size * 0.27)


def _few_mark(x: float, y: float, size: float) -> str:
    return element(
        "circle",
        cx=x,
        cy=y,
        r=size * 0.27,
        fill="none",
        stroke="currentColor",
        stroke_width=1.5,
        class_="chart-few",
    )


def _none_mark(x: float, y: float, size: float) -> str:
    return rule(x - size * 0.27, y, x + size * 0.27, y, 1.5, class_="chart-none")


def _values(chart: _Chart) -> str:
    """The last figure in words beside its mark, and the others above the band where there is room."""
    known = chart.known
    room = chart.spacing > text_width(f"100,0{HARD_SPACE}%", chart.size) + 8
    written = [_value(chart, place) for place in known[:-1] if room]
    return element("g", *written, *(_last_value(chart, place) for place in known[-1:]), class_="chart-values")


def _value(chart: _Chart, place: _Place) -> str:
    return words(place.x, _crest(chart, place) - chart.size * 0.45, _figure(place), "middle")


def _crest(chart: _Chart, place: _Place) -> float:
    """How high the band reaches over the width of a figure, so that the figure clears a steep edge."""
    here = chart.places.index(place)
    reach = text_width(_figure(place), chart.size) / 2 / chart.spacing
    sides = (chart.places[at] for at in (here - 1, here + 1) if 0 <= at < len(chart.places))
    return min(
        [place.y_high] + [place.y_high + (side.y_high - place.y_high) * reach for side in sides if side.y is not None]
    )


def _last_value(chart: _Chart, place: _Place) -> str:
    if place is not chart.places[-1] or place.y is None:
        return words(place.x, _crest(chart, place) - chart.size * 0.45, _figure(place), "middle", bold=True)
    return words(place.x + chart.size * 0.6, place.y + chart.size * 0.35, _figure(place), bold=True)


def _axis(chart: _Chart) -> str:
    """Names of the periods, thinned so that they never touch; the last one always stands."""
    widest = max(text_width(place.point.label, chart.size) for place in chart.places)
    every = max(1, ceil((widest + chart.size * 0.6) / chart.spacing))
    shown = list(reversed(chart.places))[::every]
    y = chart.strip + chart.size * 1.7
    names = [
        words(place.x, y, line, "middle")
        for place in shown
        for line in wrap(place.point.label, chart.spacing * every, chart.size, 1)
    ]
    return element("g", *reversed(names), class_="chart-axis")


def _keys(chart: _Chart) -> list[tuple[Key, str]]:
    keys: list[tuple[Key, str]] = (
        [(_line_key, "Tỷ lệ"), (_band_key, f"Khoảng tin cậy 95{HARD_SPACE}%")] if chart.known else []
    )
    unknown = [place.point.n for place in chart.places if place.y is None]
    reasons = [f"chưa đủ {chart.unit} (dưới {chart.minimum})"] if any(0 < n < chart.minimum for n in unknown) else []
    reasons += [NOT_PUBLISHED] if any(n >= chart.minimum for n in unknown) else []
    if reasons:
        said = " hoặc ".join(reasons)
        keys.append((_few_key, said[0].upper() + said[1:]))
    if 0 in unknown:
        keys.append((_none_key, f"Không có {chart.unit}"))
    if chart.ticks[0] > 0:
        keys.append((_cut_key, f"Trục đứng bắt đầu từ {chart.ticks[0]}{HARD_SPACE}%"))
    return keys


def _line_key(x: float, y: float, size: float) -> str:
    return rule(x, y, x + size * 1.5, y, 2) + _known_mark(x + size * 0.75, y, size)


def _band_key(x: float, y: float, size: float) -> str:
    return element("rect", x=x, y=y - size * 0.45, width=size * 1.5, height=size * 0.9, fill=ACCENT, fill_opacity=0.3)


def _few_key(x: float, y: float, size: float) -> str:
    return _few_mark(x + size * 0.75, y, size)


def _none_key(x: float, y: float, size: float) -> str:
    return _none_mark(x + size * 0.75, y, size)


def _cut_key(x: float, y: float, size: float) -> str:
    zigzag = path(
        *((x + size * (0.75 + 0.25 * side), y + size * 0.2 * (row - 2)) for row, side in enumerate((0, 1, -1, 1, 0)))
    )
    return element("path", d=zigzag, fill="none", stroke="currentColor", stroke_width=1.5)


def _figure(place: _Place) -> str:
    return "" if place.point.value is None else percent(place.point.value)


def _spoken(chart: _Chart, place: _Place) -> str:
    """One period in words: 'Quý III: 87,2 % (từ 84,9 % đến 89,1 %), 970 phiếu'."""
    point, unit = place.point, chart.unit
    if place.y is None:
        few = f"chưa đủ {unit} ({whole(point.n)})" if point.n else f"không có {unit}"
        return f"{point.label}: {few if point.n < chart.minimum else NOT_PUBLISHED}"
    between = ""
    if point.low is not None and point.high is not None:
        between = f" (từ {percent(point.low)} đến {percent(point.high)})"
    return f"{point.label}: {_figure(place)}{between}, {whole(point.n)} {unit}"


def _description(chart: _Chart) -> str:
    """All periods in words, for those who do not see the picture."""
    changes = [
        f"{place.point.break_before} (trước {place.point.label})" for place in chart.places if place.point.break_before
    ]
    spoken = "; ".join(_spoken(chart, place) for place in chart.places)
    return f"{spoken}." + (f" Không so sánh qua mốc: {'; '.join(changes)}." if changes else "")
