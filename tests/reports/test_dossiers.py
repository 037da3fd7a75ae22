"""Dossiers: counted by day as the raw rows say, told only where the figure is honest."""

import random
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Database, RatingFact, Stratum, TransactionFact, Unit, UnitKind, UnitSuccession
from models.procedures import FIELDS
from models.transactions import TransactionRow, keep_transactions
from reports.facts import refresh_day, refresh_stale_days
from reports.measures import DossierCounts, NoParticipation
from reports.periods import days_of, parse_period
from reports.summaries import compare, comparison_table, summarise
from reports.unit_figures import NO_DOSSIERS, PeriodFigures
from tests.fixtures.world import World

Q3, YEAR, AUGUST = parse_period("2026-Q3"), parse_period("2026"), parse_period("2026-08")
NOW = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)


def keep(world: World, *rows: TransactionRow) -> None:
    """Keep dossiers and count their days."""
    with world.database.writing() as session:
        keep_transactions(session, rows, NOW)
    while refresh_stale_days(world.database, world.clock):
        pass


def some(world: World, day: date, count: int, unit_id: int = 0, took: int | None = 3) -> list[TransactionRow]:
    """Dossiers of a day promised for three days."""
    unit_id = unit_id or world.commune_id
    return [
        TransactionRow(unit_id, f"{day:%y%m%d}-{number}-{took}", "land", day, day + timedelta(3),
                       None if took is None else day + timedelta(took))
        for number in range(count)
    ]  # fmt: skip


def rate(world: World, day: date, answers: int, unit_id: int = 0) -> None:
    """Answers of a day, straight into the facts."""
    unit_id = unit_id or world.commune_id
    levels = {"level_1": 0, "level_2": 0, "level_3": 0, "level_4": answers, "level_5": 0}
    with world.database.writing() as session:
        session.add(RatingFact(unit_id=unit_id, province_code="14", day=day, stratum=Stratum.OPEN_QR,
                               question="overall", not_applicable=0, blank=0, **levels))  # fmt: skip


def figures(world: World, period: object = Q3, unit_id: int = 0) -> PeriodFigures:
    with world.database.reading() as session:
        unit = session.get_one(Unit, unit_id or world.commune_id)
        return summarise(session, unit, period).now  # type: ignore[arg-type]


def facts_of(session: Session) -> list[tuple[object, ...]]:
    fact = TransactionFact
    columns = fact.unit_id, fact.day, fact.field, fact.received, fact.early, fact.on_time, fact.late
    return [tuple(row) for row in session.execute(sa.select(*columns).order_by(*columns[:3]))]


def test_facts_are_what_the_raw_dossiers_say_and_counting_twice_is_counting_once(world: World) -> None:
    draw = random.Random(9)
    rows = [
        TransactionRow(world.commune_id, f"a-{number}", draw.choice(FIELDS[:3]), start,
                       draw.choice([None, start + timedelta(2)]),
                       draw.choice([None, start + timedelta(draw.randrange(5))]))
        for number in range(150)
        for start in [date(2026, 8, 1) + timedelta(draw.randrange(4))]
    ]  # fmt: skip
    keep(world, *rows)
    seen = []
    for _ in range(2):
        with world.database.writing() as session:
            for day in {row.received_on for row in rows}:
                refresh_day(session, world.commune_id, day, NOW)
            seen.append(facts_of(session))
    assert seen[0] == seen[1]
    for _unit, day, field, *counts in seen[0]:
        mine = [row for row in rows if (row.received_on, row.field) == (day, field)]
        done = [row for row in mine if row.finished_on]
        early = [row for row in done if row.due_on and row.finished_on < row.due_on]  # type: ignore[operator]
        late = [row for row in done if row.due_on and row.finished_on > row.due_on]  # type: ignore[operator]
        assert counts == [len(mine), len(early), len(done) - len(early) - len(late), len(late)]
    assert sum(row[3] for row in seen[0]) == 150  # type: ignore[misc]


def test_an_open_dossier_counts_as_received_and_moves_when_it_ends(world: World) -> None:
    day = date(2026, 8, 3)
    keep(world, *some(world, day, 6, took=None))
    assert figures(world).dossiers.counts == DossierCounts(6, 0, 0, 0)
    assert figures(world).dossiers.punctuality.value is None
    keep(world, *(TransactionRow(r.unit_id, r.dossier_code, r.field, day, r.due_on, day + timedelta(number))
                  for number, r in enumerate(some(world, day, 6, took=None))))  # fmt: skip
    found = figures(world).dossiers
    assert found.counts == DossierCounts(received=6, early=3, on_time=1, late=2)
    assert (found.punctuality.numerator, found.punctuality.n, found.punctuality.value) == (4, 6, Decimal("66.7"))
    assert (found.first, found.last) == (day, day)


def test_without_dossiers_there_is_no_figure(world: World) -> None:
    rate(world, date(2026, 8, 3), 8)
    found = figures(world)
    assert found.dossiers == NO_DOSSIERS
    assert (found.participation.value, found.no_participation) == (None, NoParticipation.NO_DOSSIERS)
    with world.database.reading() as session:
        table = comparison_table(session, Q3)
    row = dict(zip(table.headers, table.rows[0], strict=True))
    told = [cell for name, cell in row.items() if ("ồ sơ" in name or "tham gia" in name or "Xong" in name)
            and "cách tính" not in name]  # fmt: skip
    assert set(told) == {"chưa có số hồ sơ", None}


def test_participation_is_answers_over_dossiers_of_the_same_units_and_period(world: World) -> None:
    for month in (7, 8, 9):
        keep(world, *some(world, date(2026, month, 3), 40), *some(world, date(2026, month, 3), 9, world.other_id))
        rate(world, date(2026, month, 5), 8)
    keep(world, *some(world, date(2026, 6, 30), 5), *some(world, date(2026, 10, 1), 5))
    found = figures(world)
    assert (found.participation.numerator, found.participation.n) == (24, 120)
    assert found.participation.value == 20
    assert (found.participation.low, found.participation.high) == (None, None)
    assert found.no_participation is None


def test_a_month_that_was_rated_and_not_imported_forbids_the_figure(world: World) -> None:
    keep(world, *some(world, date(2026, 8, 3), 40))
    for day in (date(2026, 7, 1), date(2026, 8, 5)):
        rate(world, day, 6)
    assert figures(world).no_participation is NoParticipation.GAPS
    assert figures(world).participation.value is None
    assert figures(world, AUGUST).participation.value == 15
    keep(world, *some(world, date(2026, 7, 20), 8))
    assert figures(world).participation.value == 25  # September has neither: nothing is missing there
    assert figures(world).dossiers.counts.received == 48


@pytest.mark.parametrize(
    ("dossiers", "answers", "why_not"),
    [(4, 3, NoParticipation.FEW), (9, 10, NoParticipation.MORE_ANSWERS), (9, 9, None), (5, 0, None)],
)
def test_few_dossiers_or_more_answers_tell_no_percentage(
    world: World, dossiers: int, answers: int, why_not: NoParticipation | None
) -> None:
    keep(world, *some(world, date(2026, 8, 3), dossiers))
    rate(world, date(2026, 8, 3), answers)
    found = figures(world)
    assert found.no_participation is why_not
    assert (found.participation.value is None) == (why_not is not None)
    assert found.dossiers.told == (dossiers >= 5)
    assert found.dossiers.punctuality.value == (100 if dossiers >= 5 else None)


def test_dossiers_of_a_merged_unit_count_for_its_heir(world: World) -> None:
    merger = date(2026, 8, 1)
    gone = []
    with world.database.writing() as session:
        for code, part in (("00001", False), ("00002", True)):
            former = Unit(code=code, name=f"Xã {code}", kind=UnitKind.COMMUNE, province_code="14", valid_to=merger)
            session.add(former)
            session.flush()
            session.add(UnitSuccession(predecessor_id=former.id, successor_id=world.commune_id, on=merger, part=part))
            gone.append(former.id)
    whole, divided = gone
    keep(world, *some(world, date(2026, 7, 1), 10, whole), *some(world, date(2026, 7, 2), 30, divided),
         *some(world, date(2026, 9, 1), 20))  # fmt: skip
    rate(world, date(2026, 7, 1), 6, whole)
    rate(world, date(2026, 9, 2), 6)
    found = figures(world)
    assert found.dossiers.counts.received == 30
    assert (found.dossiers.first, found.dossiers.last) == (date(2026, 7, 1), date(2026, 9, 1))
    assert found.participation.value == 40


def test_a_merged_unit_that_was_rated_and_never_imported_forbids_the_figure(world: World) -> None:
    with world.database.writing() as session:
        former = Unit(code="00001", name="Xã Cũ", kind=UnitKind.COMMUNE, province_code="14", valid_to=date(2026, 8, 1))
        session.add(former)
        session.flush()
        session.add(UnitSuccession(predecessor_id=former.id, successor_id=world.commune_id, on=date(2026, 8, 1)))
    rate(world, date(2026, 7, 1), 6, former.id)
    keep(world, *some(world, date(2026, 8, 3), 40), *some(world, date(2026, 9, 3), 40))
    assert figures(world).no_participation is NoParticipation.GAPS
    keep(world, *some(world, date(2026, 7, 9), 40))  # the heir's own export may hold the old dossiers
    assert figures(world).no_participation is None


def test_a_year_of_75_communes_and_a_communes_years_are_added_up_at_once(database: Database) -> None:
    some_ = {f"level_{level}": 1 for level in range(1, 6)} | {"not_applicable": 0, "blank": 0}
    with database.writing() as session:
        session.add_all(
            Unit(code=f"{n:05}", name=f"Xã {n}", kind=UnitKind.COMMUNE, province_code="14") for n in range(75)
        )
        session.flush()
        units = session.scalars(sa.select(Unit)).all()
        place = [{"unit_id": unit.id, "province_code": "14", "day": day} for unit in units for day in days_of(YEAR)]
        rated = [at | some_ | {"stratum": Stratum.OPEN_QR, "question": "overall"} for at in place]
        received = [at | {"field": field, "received": 9, "early": 5, "on_time": 3, "late": 1}
                    for at in place for field in FIELDS[:4]]  # fmt: skip
        for table, rows in ((RatingFact, rated), (TransactionFact, received)):
            for at in range(0, len(rows), 20_000):
                session.execute(sa.insert(table), rows[at : at + 20_000])
    with database.reading() as session:
        began = time.perf_counter()
        comparison = compare(session, units, YEAR)
        compared = time.perf_counter() - began
        began = time.perf_counter()
        summary = summarise(session, units[0], YEAR)
        added_up = time.perf_counter() - began
    assert {unit.participation.n for unit in comparison.units} == {365 * 4 * 9}
    assert summary.now.participation.value == Decimal("13.9")
    assert compared < 4
    assert added_up < 1
    print(f"compared {compared:.3f} s, one commune {added_up:.3f} s")
