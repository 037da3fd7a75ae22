"""The page about the classifier: which release reads, how right it is, who corrected it. From stored rows only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask import current_app
from markupsafe import Markup

from models import ClassifierRelease, ReleaseState
from reports.charts import NARROW, TrendPoint, trend
from reports.hundred_bar import hundred_bar
from reports.measures import MINIMUM_ANSWERS
from triage.casework.auditing import load_outcomes
from triage.casework.tallies import kept_labels, routed_alone
from triage.reading.shares import Share
from triage.releasing.comparing import FROZEN, bare_of, figures_from_json
from triage.releasing.registry import all_releases
from triage.releasing.running import Outcome, Week, by_release, weeks
from webapp.admin import admin
from webapp.admin.classifier_words import (
    IN_HUNDRED,
    STATES,
    between,
    in_hundred,
    learned_sentence,
    release_name,
    serving_sentence,
    why_sentence,
)
from webapp.admin.desk import today
from webapp.auth import now
from webapp.db import page, session
from webapp.reasons import kind_words, topic_words
from webapp.words import _

LOOKS_BACK = timedelta(days=90)
JUDGED = 20
"""Below so many judged cases no sentence is made of them: the table shows them with their wide intervals."""
DESK = 900
"""Width of the larger drawing."""


@dataclass(frozen=True)
class Told:
    """One figure in a hundred letters: number, words after it, interval, the same without diacritics, a bar."""

    number: str
    words: str
    between: str
    bare: str
    bar: Markup


@dataclass(frozen=True)
class Line:
    """One release in the list."""

    number: int
    made_on: Any
    learned: str
    state: str
    stands: str
    why: str


@admin.get("/may-doc-thu")
def classifier() -> Any:
    """Which release of the classifier reads, and how right it is."""
    releases = all_releases(session())
    serving = next((row for row in releases if row.state is ReleaseState.SERVING), None)
    outcomes = load_outcomes(session())
    numbers = {row.release: row.number for row in releases}
    accuracies = [(release_name(numbers, release), found) for release, found in by_release(outcomes).items()]
    return page(
        "admin/classifier.html",
        serving=serving,
        serving_words=serving_sentence(serving) if serving else "",
        learned=learned_sentence(serving) if serving else "",
        why=why_sentence(serving) if serving else "",
        figures=told_figures(serving) if serving else [],
        accuracies=accuracies,
        picture=_picture(outcomes, numbers, today()),
        audit_share=current_app.extensions["settings"].audit_share,
        alone=routed_alone(session(), now() - LOOKS_BACK),
        kept=_kept(),
        lines=[_line(row) for row in releases],
        least=MINIMUM_ANSWERS,
        judged=JUDGED,
        enough=_is_enough,
        in_hundred=in_hundred,
        between=between,
    )


def told_figures(row: ClassifierRelease) -> list[Told]:
    """The figures of a release on the frozen letters, in words."""
    figures = figures_from_json(row.figures)
    typed, bare = figures.get(FROZEN, {}), figures.get(bare_of(FROZEN), {})
    known = [name for name in IN_HUNDRED if name in typed and typed[name].n]
    return [_told(IN_HUNDRED[name], typed[name], bare.get(name)) for name in known]


def _told(words: str, share: Share, bare: Share | None) -> Told:
    value = share.value or 0.0
    # The drawing is made of numbers alone.
    drawn = Markup(hundred_bar(value, *share.interval))  # noqa: S704
    without = in_hundred(bare.value) if bare is not None and bare.value is not None else ""
    return Told(in_hundred(value), _(words), between(share), without, drawn)


def _is_enough(share: Share) -> bool:
    return share.n >= MINIMUM_ANSWERS


def _picture(outcomes: Sequence[Outcome], numbers: Mapping[str, int], day: date) -> dict[str, Markup] | None:
    """How right it was over the weeks; nothing to draw before one week has cases enough."""
    found = weeks(outcomes, day)
    if not any(_is_enough(week.whole) for week in found):
        return None
    points = [_point(week, before, numbers) for before, week in zip([None, *found], found, strict=False)]
    title = _("Việc máy tự chuyển mà người giữ nguyên, tám tuần gần nhất tính đến từng tuần")
    # The drawings escape every word that comes from outside (reports.svg).
    return {
        name: Markup(trend(points, title, width, unit=_("việc")))  # noqa: S704
        for name, width in (("narrow", NARROW), ("wide", DESK))
    }


def _point(week: Week, before: Week | None, numbers: Mapping[str, int]) -> TrendPoint:
    changed = before is not None and before.release != week.release
    said = release_name(numbers, week.release) if changed else ""
    if not _is_enough(week.whole):
        return TrendPoint(f"{week.monday:%d/%m}", None, None, None, week.whole.n, said)
    low, high = map(_percent, week.whole.interval)
    return TrendPoint(f"{week.monday:%d/%m}", _percent(week.whole.value or 0.0), low, high, week.whole.n, said)


def _percent(share: float) -> Decimal:
    return Decimal(f"{100 * share:.1f}")


def _kept() -> list[tuple[str, list[tuple[str, Share]]]]:
    """By kind and by topic: label and what people left of it."""
    words = {"kind": (_("Loại ý kiến"), kind_words), "topic": (_("Chủ đề"), topic_words)}
    found = kept_labels(session())
    return [
        (title, [(label(one.label), one.share) for one in found[what]])
        for what, (title, label) in words.items()
        if found[what]
    ]


def _line(row: ClassifierRelease) -> Line:
    state = row.state.value
    return Line(row.number, row.made_at, learned_sentence(row), state, _(STATES[state]), why_sentence(row))
