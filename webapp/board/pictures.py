"""Figures as pictures, each in two drawings: one for a phone, one for a desk and for paper.

The style sheet shows the fitting one, so letters keep their size without a script.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from reports.charts import NARROW, BarRow, TopicRow, TrendPoint, ranked_bars, topic_bars, trend
from reports.measures import Measure
from reports.unit_figures import Comparison, PeriodFigures, Rating, UnitSummary
from webapp.board.words import item_ratings, stratum_ratings, topic_counts
from webapp.words import day, gettext

DESK = 960
"""Width of the larger drawing: its letters are 16 px on a screen and above 8 pt on A4."""
ROWS_A_SHEET = 25
"""Bars in one drawing: a browser cuts a taller one in two when it prints."""


@dataclass(frozen=True)
class Picture:
    """One picture, drawn twice."""

    narrow: Markup
    wide: Markup


def ranking(comparison: Comparison) -> list[Picture]:
    """Units by rate with their doubt, in sheets; those without answers enough stand apart on the last.

    Those without any answer stand only in the table: dozens of empty rows would hide the picture.
    """
    figures = [*comparison.ranked, *(unit for unit in comparison.apart if unit.overall.rate.n)]
    rows = [_bar(unit.unit.name, unit.overall.rate, _link(unit)) for unit in figures]
    joint = comparison.joint.rate.value
    reference = None if joint is None else (gettext("Cộng các nơi đủ phiếu"), joint)
    title = gettext("Tỷ lệ hài lòng từng nơi, {period}").format(period=comparison.period.label)
    sheets = [rows[at : at + ROWS_A_SHEET] for at in range(0, len(rows), ROWS_A_SHEET)]

    def draw(sheet: Sequence[BarRow]) -> Picture:
        return _draw(lambda width: ranked_bars(sheet, title, width, reference=reference))

    return [draw(sheet) for sheet in sheets]


def of_unit(summary: UnitSummary, wordings: Mapping[str, str]) -> dict[str, Picture]:
    """The pictures of a unit's page."""
    now = summary.now
    return {
        "trend": satisfaction_trend(summary),
        "strata": ratings_beside(gettext("Tỷ lệ hài lòng theo cách thu phiếu"), stratum_ratings(now)),
        "items": ratings_beside(gettext("Tỷ lệ hài lòng theo nội dung"), item_ratings(now, wordings)),
        "topics": topics(topic_counts(now)),
        "punctuality": punctuality_trend(summary),
    }


def satisfaction_trend(summary: UnitSummary) -> Picture:
    """The satisfaction rate over the periods."""
    points = [_point(summary, step, step.overall.rate) for step in summary.trend]
    return _draw(lambda width: trend(points, gettext("Tỷ lệ hài lòng qua các kỳ"), width))


def punctuality_trend(summary: UnitSummary) -> Picture:
    """The share of entries answered on time over the periods."""
    points = [_point(summary, step, step.punctuality) for step in summary.trend]
    title = gettext("Tỷ lệ trả lời đúng hạn qua các kỳ")
    return _draw(lambda width: trend(points, title, width, unit=gettext("ý kiến")))


def ratings_beside(title: str, ratings: Mapping[str, Rating]) -> Picture:
    """Strata or items beside each other; what is withheld for another's sake is not drawn."""
    rows = [_bar(label, rating.rate) for label, rating in ratings.items() if not rating.withheld]
    return _draw(lambda width: ranked_bars(rows, title, width))


def topics(labelled: Sequence[tuple[str, int]]) -> Picture:
    """Entries by topic."""
    rows = [TopicRow(label, count) for label, count in labelled]
    return _draw(lambda width: topic_bars(rows, gettext("Ý kiến theo chủ đề"), width))


def _draw(draw: Callable[[int], str]) -> Picture:
    # The drawings escape every word that comes from outside (reports.svg).
    return Picture(Markup(draw(NARROW)), Markup(draw(DESK)))  # noqa: S704


def _bar(label: str, rate: Measure, href: str | None = None) -> BarRow:
    return BarRow(label, rate.value, rate.low, rate.high, rate.n, href)


def _point(summary: UnitSummary, step: PeriodFigures, measure: Measure) -> TrendPoint:
    merged = step.unit.merged_on
    said = ""
    if merged and summary.break_at == step.period:
        said = gettext("Sáp nhập ngày {day}").format(day=day(merged))
    return TrendPoint(step.period.axis_label, measure.value, measure.low, measure.high, measure.n, said)


def _link(unit: PeriodFigures) -> str:
    return url_for("board.unit", unit_code=unit.unit.code, ky=unit.period.code)
