"""Loading what the facts say of units and periods: the one object behind a screen, its CSV and its workbook.

Everything is added up from ``rating_facts``, ``case_facts`` and ``transaction_facts``, and every figure is computed by
``reports.measures``. Facts never hold a text or a name, nor anything of a confidential case, so nothing here
can either.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import (
    CaseFact,
    Questionnaire,
    QuestionnaireStatus,
    RatingFact,
    Stratum,
    Unit,
    UnitKind,
    UnitSuccession,
)
from reports.dossier_cells import DOSSIER_HEADERS, dossier_counts, dossier_punctuality_cells, participation_cells
from reports.dossiers import load_dossiers
from reports.exports import MEASURE_HEADERS, Cell, Table, measure_cells
from reports.facts import OVERALL
from reports.measures import (
    DOSSIER_PUNCTUALITY,
    FORMULAS,
    MEAN_SCORE,
    MINIMUM_ANSWERS,
    PARTICIPATION,
    PUNCTUALITY,
    SATISFACTION_RATE,
    CaseCounts,
    Change,
    RatingCounts,
)
from reports.periods import Period, last_periods
from reports.unit_figures import (
    NO_DOSSIERS,
    NO_RATINGS,
    Comparison,
    Dossiers,
    PeriodFigures,
    Rating,
    ReportedUnit,
    UnitSummary,
    joint_rating,
    withheld_parts,
)

COMMUNE_KINDS = (UnitKind.COMMUNE, UnitKind.WARD, UnitKind.SPECIAL_ZONE)
TREND_LENGTH = {"day": 12, "month": 12, "quarter": 8, "year": 6}
SHORTEST_TREND = {"day": 6, "month": 6, "quarter": 6, "year": 2}

_SCALE = (*(f"level_{level}" for level in range(1, 6)), "not_applicable", "blank")
_CASE_COLUMNS = ("received", "answered", "answered_on_time", "overdue_open")
_VALUE, _LOW, _HIGH, _N, _BLANK, _NOT_APPLICABLE, _FORMULA = MEASURE_HEADERS
_FIGURES = (
    ("Tỷ lệ hài lòng (%)", MEASURE_HEADERS),
    ("Điểm trung bình (0–100)", (_VALUE, _LOW, _HIGH, _FORMULA)),
    ("Trả lời đúng hạn (%)", (_VALUE, _LOW, _HIGH, _N, _FORMULA)),
    ("Tỷ lệ tham gia (%)", (_VALUE, _N, _FORMULA)),
    ("Hồ sơ không trễ hẹn (%)", (_VALUE, _N, _FORMULA)),
)
_FORMULAS = SATISFACTION_RATE, MEAN_SCORE, PUNCTUALITY, PARTICIPATION, DOSSIER_PUNCTUALITY
_STANDINGS = {
    Change.HIGHER: "cao hơn rõ rệt",
    Change.LOWER: "thấp hơn rõ rệt",
    Change.SAME: "không khác",
    Change.UNCLEAR: "chưa rõ",
}

_Ratings = dict[tuple[Stratum, str], RatingCounts]
_Topics = dict[str, CaseCounts]
K = TypeVar("K")
C = TypeVar("C", RatingCounts, CaseCounts)
_Which = sa.ColumnElement[bool] | None


def units_under(session: Session, unit: Unit, day: date) -> list[Unit]:
    """The communes an account of ``unit`` may look at, as they existed on ``day``, by name.

    A province sees its communes, a commune itself.
    """
    own = Unit.id == unit.id
    if unit.kind is UnitKind.PROVINCE:
        own = (Unit.province_code == unit.province_code) & Unit.kind.in_(COMMUNE_KINDS)
    begun = Unit.valid_from.is_(None) | (Unit.valid_from <= day)
    lasting = Unit.valid_to.is_(None) | (Unit.valid_to > day)
    return list(session.scalars(sa.select(Unit).where(own, begun, lasting).order_by(Unit.name, Unit.id)))


def summarise(session: Session, unit: Unit, period: Period) -> UnitSummary:
    """One unit in one period, with up to twelve periods of the same kind that end with it.

    Periods before anything was received are left out of the trend while more than six remain (two of years).
    Facts of units that were merged whole into this one count for it; of a divided unit no share can be known.
    """
    heirs = _heirs(session, [unit.id], period.last)
    periods = last_periods(period, TREND_LENGTH[period.kind])
    steps = [_figures(session, [unit], heirs, step)[0] for step in periods]
    while len(steps) > SHORTEST_TREND[period.kind] and steps[0].is_empty:
        steps.pop(0)
    return UnitSummary(tuple(steps))


def compare(session: Session, units: Sequence[Unit], period: Period, shown: frozenset[int] | None = None) -> Comparison:
    """Units beside each other in one period, without their items; ``shown`` (ids) narrows which are listed."""
    heirs = _heirs(session, [unit.id for unit in units], period.last)
    now, before = (
        _figures(session, units, heirs, step, RatingFact.question == OVERALL) for step in (period, period.previous())
    )
    return Comparison(period, tuple(now), joint_rating(before), shown)


def comparison_table(session: Session, period: Period, units: Sequence[Unit] | None = None) -> Table:
    """The comparison as a table for export; without ``units``, all that were rated in the period."""
    return table_of(compare(session, _rated(session, period) if units is None else units, period))


def table_of(comparison: Comparison) -> Table:
    """The rows of a comparison, ranked units first, with everything that must stand beside a figure."""
    rows = [_row(comparison, unit) for unit in (*comparison.ranked, *comparison.apart)]
    return Table(f"Mức hài lòng, {comparison.period.label}", comparison_notes(), _headers(), rows)


def comparison_notes() -> tuple[str, ...]:
    """How the figures of a comparison are made and what stays out of them."""
    return (
        *(f"{formula}: {FORMULAS[formula]}" for formula in _FORMULAS),
        f"Dưới {MINIMUM_ANSWERS} phiếu thì không nêu số và không xếp hạng. "
        "Ý kiến thuộc diện giữ bí mật theo luật không được đếm ở đây.",
        "“So với các nơi khác” đặt mỗi nơi bên cạnh tất cả các nơi đủ phiếu còn lại. "
        "Dù mọi nơi thật ra như nhau, cứ 20 nơi vẫn có chừng một nơi khác rõ rệt chỉ do ngẫu nhiên.",
    )


def standing_words(change: Change | None) -> str:
    """How a unit stands against the others, in words; nothing where it cannot be said."""
    return "" if change is None else _STANDINGS[change]


def item_wordings(session: Session) -> dict[str, str]:
    """The wording of every item ever asked, in the order of the newest questionnaire that asks it."""
    asked = sa.select(Questionnaire.document).where(Questionnaire.status != QuestionnaireStatus.DRAFT)
    newest_first = Questionnaire.published_at.desc(), Questionnaire.id.desc()
    wordings: dict[str, str] = {}
    for document in session.scalars(asked.order_by(*newest_first)):
        for question in document["questions"]:
            if question["kind"] == "item":
                wordings.setdefault(question["key"], question["wording"])
    return wordings


def _figures(
    session: Session, units: Sequence[Unit], heirs: Mapping[int, int], period: Period, questions: _Which = None
) -> list[PeriodFigures]:
    ratings = _rating_counts(session, heirs, period, questions)
    topics = _case_counts(session, heirs, period)
    dossiers = load_dossiers(session, heirs, period)
    merged = _mergers(session, [unit.id for unit in units], period.last)
    return [
        _figures_of(
            ReportedUnit(unit.id, unit.code or "", unit.name, merged.get(unit.id)),
            period,
            ratings.get(unit.id, {}),
            topics.get(unit.id, {}),
            dossiers.get(unit.id, NO_DOSSIERS),
        )
        for unit in units
    ]


def _figures_of(
    unit: ReportedUnit, period: Period, ratings: _Ratings, topics: _Topics, dossiers: Dossiers
) -> PeriodFigures:
    parts = {str(stratum): ratings[stratum, OVERALL] for stratum in Stratum if (stratum, OVERALL) in ratings}
    items: dict[str, RatingCounts] = {}
    for (_stratum, question), counts in ratings.items():
        if question != OVERALL:
            _add(items, question, counts)
    withheld = withheld_parts(parts)
    return PeriodFigures(
        unit,
        period,
        Rating(sum(parts.values(), start=NO_RATINGS)),
        {stratum: Rating(counts, stratum in withheld) for stratum, counts in parts.items()},
        {question: Rating(counts) for question, counts in items.items()},
        dict(sorted(topics.items(), key=lambda found: (-found[1].received, found[0]))),
        dossiers,
    )


def _rating_counts(
    session: Session, heirs: Mapping[int, int], period: Period, questions: _Which
) -> dict[int, _Ratings]:
    key = RatingFact.unit_id, RatingFact.stratum, RatingFact.question
    totals = (sa.func.sum(getattr(RatingFact, name)) for name in _SCALE)
    wanted = RatingFact.unit_id.in_(heirs) & RatingFact.day.between(period.first, period.last)
    query = sa.select(*key, *totals).where(wanted).group_by(*key)
    found: dict[int, _Ratings] = defaultdict(dict)
    for unit_id, stratum, question, *counts in session.execute(query if questions is None else query.where(questions)):
        _add(found[heirs[unit_id]], (stratum, question), RatingCounts(*counts))
    return found


def _case_counts(session: Session, heirs: Mapping[int, int], period: Period) -> dict[int, _Topics]:
    key = CaseFact.unit_id, CaseFact.topic
    totals = (sa.func.sum(getattr(CaseFact, name)) for name in _CASE_COLUMNS)
    wanted = CaseFact.unit_id.in_(heirs) & CaseFact.day.between(period.first, period.last)
    found: dict[int, _Topics] = defaultdict(dict)
    for unit_id, topic, *counts in session.execute(sa.select(*key, *totals).where(wanted).group_by(*key)):
        received, answered, on_time, overdue = counts
        # Facts do not tell open cases from those filed without a reply: both are "not answered".
        counted = CaseCounts(received, answered, on_time, overdue, received - answered)
        _add(found[heirs[unit_id]], topic, counted)
    return found


def _add(counted: dict[K, C], key: K, more: C) -> None:
    """Add to what is there; only units that took over others have anything there."""
    counted[key] = counted[key] + more if key in counted else more


def _heirs(session: Session, unit_ids: Sequence[int], day: date) -> dict[int, int]:
    """Whose facts count for whom on ``day``: each unit's for itself, a wholly merged one's for its heir."""
    heirs = {unit_id: unit_id for unit_id in unit_ids}
    newest = list(unit_ids)
    while newest:
        found = session.execute(
            sa.select(UnitSuccession.predecessor_id, UnitSuccession.successor_id).where(
                UnitSuccession.successor_id.in_(newest), UnitSuccession.on <= day, ~UnitSuccession.part
            )
        )
        fresh = {gone: heirs[successor] for gone, successor in found if gone not in heirs}
        heirs |= fresh
        newest = list(fresh)
    return heirs


def _mergers(session: Session, unit_ids: Sequence[int], day: date) -> dict[int, date]:
    found = session.execute(
        sa.select(UnitSuccession.successor_id, sa.func.max(UnitSuccession.on))
        .where(UnitSuccession.successor_id.in_(unit_ids), UnitSuccession.on <= day)
        .group_by(UnitSuccession.successor_id)
    )
    return {successor: on for successor, on in found}


def _rated(session: Session, period: Period) -> list[Unit]:
    ids = sa.select(RatingFact.unit_id).where(RatingFact.day.between(period.first, period.last))
    return list(session.scalars(sa.select(Unit).where(Unit.id.in_(ids)).order_by(Unit.name, Unit.id)))


def _headers() -> tuple[str, ...]:
    named = (f"{title}: {name.lower()}" for title, names in _FIGURES for name in names)
    return (
        "Mã đơn vị", "Đơn vị", "Kỳ", "So với các nơi khác", *named,
        "Ý kiến đã nhận", "Đã trả lời", "Đã trả lời đúng hạn", "Quá hạn chưa trả lời", *DOSSIER_HEADERS,
    )  # fmt: skip


def _row(comparison: Comparison, unit: PeriodFigures) -> tuple[Cell, ...]:
    found = (
        measure_cells(unit.overall.rate),
        measure_cells(unit.overall.mean),
        measure_cells(unit.punctuality, "chưa đủ ý kiến"),
        participation_cells(unit),
        dossier_punctuality_cells(unit.dossiers),
    )
    cells = (
        cell
        for of_one, (_title, names) in zip(found, _FIGURES, strict=True)
        for header, cell in zip(MEASURE_HEADERS, of_one, strict=True)
        if header in names
    )
    return (
        unit.unit.code, unit.unit.name, comparison.period.code, standing_words(comparison.standing(unit)),
        *cells,
        unit.cases.received, unit.cases.answered, unit.cases.answered_on_time, unit.cases.overdue_open,
        *dossier_counts(unit.dossiers),
    )  # fmt: skip
