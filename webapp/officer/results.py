"""What became of the own cases: for whoever is signed in, and for nobody else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import dropwhile
from typing import Any

from flask import request
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from reports.charts import NARROW, TrendPoint, trend
from reports.measures import FORMULAS, CaseCounts, Measure, enough, punctuality
from reports.periods import Period, last_periods, period_of
from reports.sentences import punctuality_sentence
from triage.casework.results import Results, own_results
from vietnamese.calendar import local_day
from webapp.asked import Asked, read_asked
from webapp.auth import now, viewer
from webapp.db import page, session
from webapp.officer import officer
from webapp.words import gettext

TREND = 6
"""Periods of a trend, the one asked for last."""
DESK = 960
"""Width of the larger drawing, as on the board's pages."""


@dataclass(frozen=True)
class Step:
    """One period: its counts, and what share of them was in time, by the board's own formula."""

    period: Period
    counts: Results
    punctuality: Measure


@dataclass(frozen=True)
class Drawn:
    """One picture in two widths; the style sheet shows the fitting one."""

    narrow: Markup
    wide: Markup


@officer.get("/ket-qua-cua-toi")
def results() -> Any:
    """The own results of a month, quarter or year; the running quarter when none is named."""
    today = local_day(now())
    asked = read_asked(request.args.get("ky", "") or period_of(today, "quarter").code, today)
    if asked is None:
        raise NotFound
    return _results(asked)


def _results(asked: Asked) -> Any:
    periods = last_periods(asked.period, TREND)
    found = own_results(session(), viewer(), [(period.first, period.last) for period in periods], now())
    steps = [_step(period, counts) for period, counts in zip(periods, found.periods, strict=True)]
    before, step = steps[-2:]
    return page(
        "officer/results.html",
        asked=asked,
        step=step,
        steps=_begun(steps),
        desk=found.desk,
        praises=found.praises,
        sentence=punctuality_sentence(step.period, _counts(step.counts), _counts(before.counts), before.period),
        drawn=_trend(_begun(steps)) if sum(enough(one.punctuality) for one in steps) > 1 else None,
        enough=enough,
        formula=FORMULAS[step.punctuality.formula],
        version=step.punctuality.formula.rpartition("/")[2],
    )


def _step(period: Period, counts: Results) -> Step:
    return Step(period, counts, punctuality(_counts(counts)))


def _begun(steps: Sequence[Step]) -> Sequence[Step]:
    """Without the empty periods before the first in which anything came."""
    return list(dropwhile(lambda step: not step.counts.received, steps))


def _counts(own: Results) -> CaseCounts:
    return CaseCounts(own.received, own.answered, own.answered_on_time, own.overdue_open, own.open)


def _trend(steps: Sequence[Step]) -> Drawn:
    points = [_point(step.period, step.punctuality) for step in steps]
    title = gettext("Tỷ lệ trả lời đúng hạn qua các kỳ")
    return _draw(lambda width: trend(points, title, width, unit=gettext("ý kiến")))


def _point(period: Period, measure: Measure) -> TrendPoint:
    return TrendPoint(period.axis_label, measure.value, measure.low, measure.high, measure.n)


def _draw(draw: Callable[[int], str]) -> Drawn:
    # The drawings escape every word that comes from outside (reports.svg).
    return Drawn(Markup(draw(NARROW)), Markup(draw(DESK)))  # noqa: S704
