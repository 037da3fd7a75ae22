"""Loading what the facts say of dossiers, and whether all of them were imported."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import RatingFact, TransactionFact
from reports.facts import OVERALL
from reports.measures import DossierCounts
from reports.periods import Period, months_of
from reports.unit_figures import Dossiers

_Month = tuple[int, int]
_Covered = dict[int, set[_Month]]


def load_dossiers(session: Session, heirs: Mapping[int, int], period: Period) -> dict[int, Dossiers]:
    """Dossiers received in the period, by the unit they count for; a unit without any is not in it.

    ``heirs`` says whose facts count for whom.
    """
    found: dict[int, Dossiers] = {}
    covered: _Covered = defaultdict(set)
    for unit_id, month, dossiers in _by_month(session, heirs, period):
        covered[unit_id].add(month)
        heir = heirs[unit_id]
        found[heir] = _together(found[heir], dossiers) if heir in found else dossiers
    length = len(months_of(period))
    doubtful = {heir for heir in found if len(covered[heir]) < length}
    lacking = _lacking(session, heirs, doubtful, period, covered) if doubtful else set()
    return {
        heir: Dossiers(dossiers.counts, dossiers.first, dossiers.last, heir not in lacking)
        for heir, dossiers in found.items()
    }


def _by_month(session: Session, heirs: Mapping[int, int], period: Period) -> Iterable[tuple[int, _Month, Dossiers]]:
    fact = TransactionFact
    key = fact.unit_id, sa.extract("year", fact.day), sa.extract("month", fact.day)
    totals = (sa.func.sum(column) for column in (fact.received, fact.early, fact.on_time, fact.late))
    wanted = fact.unit_id.in_(heirs) & fact.day.between(period.first, period.last)
    ends = sa.func.min(fact.day), sa.func.max(fact.day)
    rows = session.execute(sa.select(*key, *ends, *totals).where(wanted).group_by(*key))
    for unit_id, year, month, first, last, *counts in rows:
        yield unit_id, (int(year), int(month)), Dossiers(DossierCounts(*counts), first, last)


def _lacking(
    session: Session, heirs: Mapping[int, int], doubtful: set[int], period: Period, covered: _Covered
) -> set[int]:
    """Units with a month in which people answered and no dossier was imported, neither for the unit that was rated
    nor for the one that took it over."""
    fact = RatingFact
    month = fact.unit_id, sa.extract("year", fact.day), sa.extract("month", fact.day)
    answered = sa.or_(*(getattr(fact, f"level_{level}") > 0 for level in range(1, 6)))
    wanted = fact.unit_id.in_([unit_id for unit_id, heir in heirs.items() if heir in doubtful])
    within = fact.day.between(period.first, period.last) & (fact.question == OVERALL)
    rows = session.execute(sa.select(*month).where(wanted, within, answered).distinct())
    rated = [(unit_id, (int(year), int(number))) for unit_id, year, number in rows]
    return {heirs[unit_id] for unit_id, at in rated if at not in covered[unit_id] and at not in covered[heirs[unit_id]]}


def _together(one: Dossiers, other: Dossiers) -> Dossiers:
    days = [day for day in (one.first, one.last, other.first, other.last) if day]
    return Dossiers(one.counts + other.counts, min(days), max(days))
