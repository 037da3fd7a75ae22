"""A unit's page as one table for export: every figure of the page, each with all that stands beside it."""

from collections.abc import Iterator, Mapping

from reports.dossier_cells import (
    DOSSIER_HEADERS,
    dossier_counts,
    dossier_punctuality_cells,
    participation_cells,
)
from reports.exports import MEASURE_HEADERS, NOT_ENOUGH, Cell, Table, measure_cells
from reports.measures import (
    DOSSIER_PUNCTUALITY,
    FORMULAS,
    MEAN_SCORE,
    MINIMUM_ANSWERS,
    PARTICIPATION,
    PUNCTUALITY,
    SATISFACTION_RATE,
    TOPIC_SHARE,
    Measure,
    topic_share,
)
from reports.unit_figures import PeriodFigures, Rating, UnitSummary
from webapp.board.words import item_ratings, stratum_ratings, topic_counts
from webapp.words import gettext, marked

FEW_ENTRIES, UNTOLD = marked("chưa đủ ý kiến"), marked("không nêu")
Row = tuple[Cell, ...]


def unit_table(summary: UnitSummary, wordings: Mapping[str, str]) -> Table:
    """All figures of a unit and a period, then its trend; `wordings` are those of the items."""
    headers = gettext("Phần"), gettext("Nội dung"), gettext("Kỳ"), gettext("Số đếm"), *MEASURE_HEADERS
    title = f"{summary.now.unit.name} ({summary.now.unit.code}), {summary.now.period.label}"
    notes = gettext("Số đếm là tử số của tỷ lệ; n là mẫu số."), *unit_notes()
    return Table(title, notes, headers, tuple(_all_rows(summary, wordings)))


def unit_notes() -> tuple[str, ...]:
    """How the figures of a unit's page are made and what stays out of them."""
    used = SATISFACTION_RATE, MEAN_SCORE, TOPIC_SHARE, PUNCTUALITY, PARTICIPATION, DOSSIER_PUNCTUALITY
    return (
        *(f"{formula}: {FORMULAS[formula]}" for formula in used),
        gettext(
            "Dưới {least} phiếu thì không nêu số. Khi một cách thu phiếu quá ít, cách ít phiếu kế tiếp "
            "cũng không nêu số, để không ai lấy tổng trừ đi mà suy ra được."
        ).format(least=MINIMUM_ANSWERS),
        gettext("Ý kiến được tính vào kỳ nhận; ý kiến thuộc diện giữ bí mật theo luật không được đếm ở đây."),
    )


def _all_rows(summary: UnitSummary, wordings: Mapping[str, str]) -> Iterator[Row]:
    yield from _rows(summary.now, wordings)
    for step in summary.trend:
        yield from _step(step)


def _rows(now: PeriodFigures, wordings: Mapping[str, str]) -> Iterator[Row]:
    yield from _rated(gettext("Chung"), gettext("Tất cả phiếu"), now.overall, now)
    for label, rating in stratum_ratings(now).items():
        yield from _rated(gettext("Theo cách thu phiếu"), label, rating, now)
    for label, rating in item_ratings(now, wordings).items():
        yield from _rated(gettext("Theo nội dung"), label, rating, now)
    counted = topic_counts(now)
    for label, count in counted:
        share = topic_share(count, sum(number for _label, number in counted))
        yield _row(gettext("Ý kiến theo chủ đề"), label, share, now, FEW_ENTRIES)
    yield _row(gettext("Trả lời ý kiến"), gettext("Đúng hạn"), now.punctuality, now, FEW_ENTRIES)
    yield from _dossiers(gettext("Hồ sơ"), now)
    for title, number in zip(DOSSIER_HEADERS, dossier_counts(now.dossiers), strict=True):
        yield (gettext("Hồ sơ"), title, now.period.code, number, *(None for _header in MEASURE_HEADERS))


def _step(step: PeriodFigures) -> Iterator[Row]:
    yield from _rated(gettext("Qua các kỳ"), gettext("Tất cả phiếu"), step.overall, step)
    yield _row(gettext("Qua các kỳ"), gettext("Trả lời ý kiến đúng hạn"), step.punctuality, step, FEW_ENTRIES)
    yield from _dossiers(gettext("Qua các kỳ"), step)


def _dossiers(part: str, step: PeriodFigures) -> Iterator[Row]:
    taking_part, on_time = step.participation, step.dossiers.punctuality
    counted = taking_part.numerator if step.dossiers.counts.received else None
    yield (part, gettext("Tỷ lệ tham gia"), step.period.code, counted, *participation_cells(step))
    told = on_time.numerator if step.dossiers.told else None
    yield (part, gettext("Hồ sơ không trễ hẹn"), step.period.code, told, *dossier_punctuality_cells(step.dossiers))


def _rated(part: str, label: str, rating: Rating, step: PeriodFigures) -> Iterator[Row]:
    few = UNTOLD if rating.withheld else NOT_ENOUGH
    yield _row(part, gettext("{label}: tỷ lệ hài lòng").format(label=label), rating.rate, step, few)
    yield _row(part, gettext("{label}: điểm trung bình").format(label=label), rating.mean, step, few)


def _row(part: str, label: str, measure: Measure, step: PeriodFigures, few: str) -> Row:
    value, *rest = measure_cells(measure)
    told = gettext(few) if value == NOT_ENOUGH else value
    return (part, label, step.period.code, measure.numerator, told, *rest)
