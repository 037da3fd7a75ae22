"""Pictures are sound XML, honest about doubt, and stay inside their frame."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.charts import ACCENT, NARROW, WIDE, BarRow, TopicRow, TrendPoint, ranked_bars, topic_bars, trend
from reports.svg import text_width, wrap

SVG = "{http://www.w3.org/2000/svg}"
WIDTHS = pytest.mark.parametrize("width", [NARROW, WIDE])


def point(label: str, value: str | None, n: int = 100, reach: int = 4, break_before: str = "") -> TrendPoint:
    if value is None:
        return TrendPoint(label, None, None, None, n, break_before)
    middle = Decimal(value)
    return TrendPoint(
        label, middle, max(middle - reach, Decimal(0)), min(middle + reach, Decimal(100)), n, break_before
    )


def row(label: str, value: str | None, n: int = 100, href: str | None = None) -> BarRow:
    made = point(label, value, n)
    return BarRow(label, made.value, made.low, made.high, n, href)


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def of_class(svg: str, name: str) -> list[ElementTree.Element]:
    return [node for node in parsed(svg).iter() if node.get("class") == name]


def texts(svg: str) -> list[str]:
    return [node.text or "" for node in parsed(svg).iter(f"{SVG}text")]


def everything(svg: str) -> str:
    root = parsed(svg)
    return " ".join([*root.itertext(), *(value for node in root.iter() for value in node.attrib.values())])


def corners(path: ElementTree.Element) -> list[tuple[float, float]]:
    pairs = re.findall(r"(-?[\d.]+),(-?[\d.]+)", path.get("d", ""))
    return [(float(x), float(y)) for x, y in pairs]


QUARTERS = [point("Q3/25", "80.0"), point("Q4/25", "82.5"), point("Q1/26", "85.0"), point("Q2/26", "87.2")]
UNITS = [
    row("Xã A", "70.0"),
    row("Xã B", "90.0", href="/don-vi/2"),
    row("Xã C", "33.3", n=4),
    row("Xã D", None, n=0),
]
TOPICS = [TopicRow("Phí, lệ phí", 5), TopicRow("Khác", 20), TopicRow("Đường", 0)]
PICTURES: list[Callable[[int], str]] = [
    lambda width: trend(QUARTERS, width=width),
    lambda width: trend([], width=width),
    lambda width: trend([point("a", None, 0), point("b", "50", 4, break_before="Sáp nhập")], width=width),
    lambda width: ranked_bars(UNITS, width=width, reference=("Toàn tỉnh", Decimal("85.1"))),
    lambda width: ranked_bars([], width=width),
    lambda width: ranked_bars(UNITS[2:], width=width),
    lambda width: topic_bars(TOPICS, width=width),
    lambda width: topic_bars([], width=width),
]


def drawn_texts(svg: str) -> Iterator[tuple[float, float, float]]:
    """Left end, right end and baseline of every line of text, as wide as the drawing takes it to be."""
    root = parsed(svg)
    size = float(root.get("font-size", "0"))
    for node in root.iter(f"{SVG}text"):
        x, wide = float(node.get("x", "0")), text_width(node.text or "", size)
        left = {"middle": x - wide / 2, "end": x - wide}.get(node.get("text-anchor", ""), x)
        yield left, left + wide, float(node.get("y", "0"))


@WIDTHS
@pytest.mark.parametrize("picture", PICTURES)
def test_nothing_that_a_strict_content_policy_forbids(picture: Callable[[int], str], width: int) -> None:
    svg = picture(width)
    root = parsed(svg)
    names = {key.rpartition("}")[2].lower() for node in root.iter() for key in node.attrib}
    assert not names & {"style", "id"}
    assert not any(name.startswith("on") for name in names)
    assert {node.tag.removeprefix(SVG) for node in root.iter()} <= {
        "svg", "title", "desc", "g", "a", "path", "line", "rect", "circle", "text",
    }  # fmt: skip
    assert svg.count("http") == 1
    assert "url(" not in svg


@WIDTHS
@pytest.mark.parametrize("picture", PICTURES)
def test_every_picture_has_a_title_a_description_and_its_own_width(picture: Callable[[int], str], width: int) -> None:
    root = parsed(picture(width))
    assert [node.tag for node in list(root)[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert all(node.text for node in list(root)[:2])
    assert root.get("aria-label") == root[0].text
    assert root.get("viewBox") == f"0 0 {width} {root.get('height')}"
    assert root.get("fill") == "currentColor"


@WIDTHS
@pytest.mark.parametrize("picture", PICTURES)
def test_text_stays_inside_the_frame(picture: Callable[[int], str], width: int) -> None:
    svg = picture(width)
    height = float(parsed(svg).get("height", "0"))
    for left, right, baseline in drawn_texts(svg):
        assert left >= 0
        assert right <= width + 1
        assert 0 < baseline < height


def test_letters_keep_a_readable_size_at_both_widths() -> None:
    sizes = [float(parsed(trend(QUARTERS, width=width)).get("font-size", "0")) for width in (NARROW, WIDE)]
    assert sizes == [13, 16]


@settings(deadline=None)  # a busy machine is no failure
@given(label=st.text(), title=st.text(), unit=st.text(), note=st.text(), width=st.sampled_from((NARROW, WIDE)))
def test_any_text_gives_sound_xml(label: str, title: str, unit: str, note: str, width: int) -> None:
    pictures = [
        trend([point(label, "80", break_before=note), point(label, None, 0)], title, width, unit),
        ranked_bars([row(label, "80"), row(label, "20", 1)], title, width, unit, reference=(note, Decimal(50))),
        topic_bars([TopicRow(label, 3)], title, width, unit),
    ]
    for svg in pictures:
        root = parsed(svg)
        assert not [node for node in root.iter() if node.tag.removeprefix(SVG) in ("script", "style")]
    assert parsed(pictures[0])[0].text is not None or title == ""


def test_markup_in_a_name_is_text_in_the_picture() -> None:
    nasty = '<script>alert("1")</script>&amp;'
    svg = topic_bars([TopicRow(nasty, 3)], title=nasty)
    assert "<script" not in svg
    assert parsed(svg)[0].text == nasty
    assert nasty in everything(svg)


def test_letters_that_xml_cannot_carry_are_replaced() -> None:
    assert "a\ufffdb\ufffdc" in texts(topic_bars([TopicRow("a\x00b\ud800c", 3)]))


def test_figures_have_decimal_commas() -> None:
    written = {said.replace("\N{NO-BREAK SPACE}", " ") for said in texts(trend(QUARTERS))}
    assert {"80,0 %", "82,5 %", "87,2 %", "90 %", "Q2/26"} <= written
    assert not [said for said in written if re.search(r"\d\.\d", said)]


def test_the_line_and_its_band_stand_at_their_values() -> None:
    svg = trend([point("a", "60.0", reach=10), point("b", "80.0", reach=10)])
    (line,), (band,) = of_class(svg, "chart-line"), of_class(svg, "chart-band")
    (x1, sixty), (x2, eighty) = corners(line)
    per_point = (sixty - eighty) / 20
    assert per_point > 0
    assert x2 > x1
    expected = [(x1, 70), (x2, 90), (x2, 70), (x1, 50)]
    for (x, y), (at, value) in zip(corners(band), expected, strict=True):
        assert x == pytest.approx(at, abs=0.1)
        assert y == pytest.approx(sixty - (value - 60) * per_point, abs=0.1)


def test_the_line_stops_at_a_gap_and_at_too_few_answers() -> None:
    points = [*QUARTERS[:2], point("x", None, 0), *QUARTERS[:2], point("y", "50.0", 4), *QUARTERS[:2]]
    svg = trend(points)
    assert [len(corners(line)) for line in of_class(svg, "chart-line")] == [2, 2, 2]
    assert len(of_class(svg, "chart-band")) == 3
    assert len([node for node in of_class(svg, "chart-few")]) == 2  # the mark and its key
    assert {"Chưa đủ phiếu (dưới 5)", "Không có phiếu"} <= set(texts(svg))


def test_the_line_stops_where_the_series_changes_and_says_why() -> None:
    svg = trend([*QUARTERS[:2], point("Q1/26", "70.0", break_before="Sáp nhập xã"), QUARTERS[3]])
    assert [len(corners(line)) for line in of_class(svg, "chart-line")] == [2, 2]
    assert "Sáp nhập xã" in texts(svg)
    assert "Không so sánh qua mốc: Sáp nhập xã (trước Q1/26)" in everything(svg)


def test_a_lone_period_shows_its_doubt_as_a_bar() -> None:
    svg = trend([point("Q3/26", "87.2")])
    assert not of_class(svg, "chart-band")
    assert len(of_class(svg, "chart-error")) == 1


@WIDTHS
def test_a_value_on_too_few_answers_is_written_nowhere(width: int) -> None:
    line = trend([QUARTERS[0], point("Q4/25", "33.3", 4, reach=7)], width=width)
    bars = ranked_bars(UNITS, width=width)
    for svg in (line, bars):
        assert not re.search(r"33[.,]3|26[.,]3|40[.,]3|29[.,]3|37[.,]3", everything(svg))
    # Nor does it move the scale: the axis is that of the known period alone.
    marks = {said for said in texts(line) if said.endswith("%")}
    assert marks == {
        said for said in texts(trend([QUARTERS[0], point("Q4/25", None, 4)], width=width)) if said.endswith("%")
    }


@WIDTHS
def test_a_figure_held_back_is_not_called_too_few(width: int) -> None:
    line = trend([QUARTERS[0], point("Q4/25", None, 777)], width=width)
    bars = ranked_bars([row("Xã A", "70.0"), row("Xã B", None, 777)], width=width)
    assert "Không công bố" in texts(line)
    assert {"Không xếp hạng", "không công bố"} <= set(texts(bars))
    for svg in (line, bars):
        assert not re.search("777|[Cc]hưa đủ", everything(svg))
    both = trend([point("a", None, 3), point("b", None, 120)], width=width)
    assert "Chưa đủ phiếu (dưới 5) hoặc không công bố" in texts(both)


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 300), st.integers(0, 20)), max_size=30))
def test_every_interval_lies_on_the_scale(drawn: list[tuple[int, int, int]]) -> None:
    points = [point(f"T{at}", str(Decimal(value) / 10), n, reach) for at, (value, reach, n) in enumerate(drawn)]
    svg = trend(points)
    lines = [float(node.get("y1", "0")) for group in of_class(svg, "chart-grid") for node in group if node.get("y1")]
    for path in of_class(svg, "chart-band") + of_class(svg, "chart-line") + of_class(svg, "chart-error"):
        for _, y in corners(path):
            assert min(lines) - 0.02 <= y <= max(lines) + 0.02
    if lines:
        assert 2 <= len(lines) <= 6


def test_a_scale_that_does_not_begin_at_zero_says_so() -> None:
    assert any("Trục đứng bắt đầu từ" in said for said in texts(trend(QUARTERS)))
    from_zero = trend([point("a", "3.0"), point("b", "90.0")])
    assert not any("Trục đứng" in said for said in texts(from_zero))


@WIDTHS
@settings(deadline=None)  # a busy machine is no failure
@given(count=st.integers(1, 60))
def test_names_under_the_axis_never_touch_and_the_last_stands(width: int, count: int) -> None:
    svg = trend([point(f"T{at % 12 + 1}/26", "80") for at in range(count)], width=width)
    (axis,) = of_class(svg, "chart-axis")
    named = [(node.text or "", float(node.get("x", "0"))) for node in axis]
    assert named[-1][0] == f"T{(count - 1) % 12 + 1}/26"
    for (left, x1), (right, x2) in pairwise(named):
        assert x2 - x1 > (text_width(left, 13) + text_width(right, 13)) / 2


def test_bars_go_from_high_to_low_and_the_unknown_stand_apart() -> None:
    written = texts(ranked_bars(UNITS))
    order = [written.index(name) for name in ("Xã B", "Xã A", "Chưa đủ phiếu, không xếp hạng", "Xã C", "Xã D")]
    assert order == sorted(order)
    assert {"4 phiếu", "không có phiếu"} <= set(written)


def test_only_enough_answers_get_a_bar() -> None:
    svg = ranked_bars(UNITS)
    assert len(of_class(svg, "chart-bar")) == 2
    assert len(of_class(svg, "chart-row")) == 4
    assert len(of_class(ranked_bars(UNITS, minimum=3), "chart-bar")) == 3


@WIDTHS
def test_lengths_and_error_bars_stand_at_their_values(width: int) -> None:
    svg = ranked_bars([row("Xã A", "50.0"), row("Xã B", "100.0")], width=width)
    longer, shorter = of_class(svg, "chart-bar")
    left, whole = float(longer.get("x", "0")), float(longer.get("width", "0"))
    assert float(shorter.get("width", "0")) == pytest.approx(whole / 2, abs=0.1)
    error = of_class(svg, "chart-error")[1]
    ends = sorted({x for x, _ in corners(error)})
    assert ends == pytest.approx([left + 0.46 * whole, left + 0.54 * whole], abs=0.1)


def test_the_reference_is_drawn_and_named() -> None:
    svg = ranked_bars(UNITS, reference=("Toàn tỉnh", Decimal("85.1")))
    marks = of_class(svg, "chart-reference")
    bar = of_class(svg, "chart-bar")[0]
    scale = float(bar.get("width", "0")) / 0.9
    expected = float(bar.get("x", "0")) + 0.851 * scale
    assert [float(mark.get("x1", "0")) for mark in marks] == pytest.approx([expected] * 2, abs=0.1)
    assert "Toàn tỉnh: 85,1\N{NO-BREAK SPACE}%" in texts(svg)


def test_topics_go_from_most_to_least_with_their_share() -> None:
    svg = topic_bars(TOPICS)
    written = texts(svg)
    assert [name for name in written if name in ("Phí, lệ phí", "Khác", "Đường")] == [
        "Khác",
        "Phí, lệ phí",
        "Đường",
    ]
    assert {"20 ý kiến", "80,0\N{NO-BREAK SPACE}%", "5 ý kiến", "20,0\N{NO-BREAK SPACE}%"} <= set(written)
    widths = [float(bar.get("width", "0")) for bar in of_class(svg, "chart-bar")]
    assert widths[1] == pytest.approx(widths[0] / 4, abs=0.1)
    assert widths[2] == 0


def test_topic_shares_may_be_of_more_than_the_rows_shown() -> None:
    assert "5,0\N{NO-BREAK SPACE}%" in texts(topic_bars(TOPICS[:1], total=100))
    with pytest.raises(ValueError, match="more entries"):
        topic_bars(TOPICS, total=3)


def test_a_linked_row_is_a_link_and_keeps_the_picture_open_to_it() -> None:
    root = parsed(ranked_bars(UNITS))
    assert [node.get("href") for node in root.iter(f"{SVG}a")] == ["/don-vi/2"]
    assert root.get("role") == "group"
    assert parsed(ranked_bars(UNITS[2:])).get("role") == "img"


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "https://example.org/", "//example.org", "/\\example.org", "/\t/example.org", "",
     "x", " /a", "data:text/html,x"],
)  # fmt: skip
def test_links_that_leave_the_site_are_refused(href: str) -> None:
    with pytest.raises(ValueError, match="within this site"):
        topic_bars([TopicRow("a", 1, href)])


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(max_size=80), st.floats(20, 400), st.integers(1, 3))
def test_wrapped_lines_fit_and_lose_no_word_without_an_ellipsis(content: str, width: float, lines: int) -> None:
    wrapped = wrap(content, width, 13, lines)
    assert len(wrapped) <= lines
    assert all(text_width(line, 13) <= width for line in wrapped)
    if not any("…" in line for line in wrapped):
        assert " ".join(wrapped).split() == content.split()


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_accent_shows_on_white() -> None:
    # By night the pages' style sheets give drawings the accent of the night: tests/webapp/test_look.py.
    assert (luminance("#ffffff") + 0.05) / (luminance(ACCENT) + 0.05) > 7
