"""Ratings and dossiers of the demonstration's year, drawn with fixed seeds."""

import random
import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from models.transactions import TransactionRow
from surveys.questions import Filled
from vietnamese.calendar import VIETNAM, add_working_days
from webapp.demonstration.plan import Commune, Dates, season

NAMESPACE = uuid.UUID("5d3a2b34-8c1e-4f0e-9b57-0f6d1c6f2a11")
COUNTERS = (1, 2, 3)
_ITEMS = ("attitude", "guidance", "answers", "publicity", "on_time")
_FIELDS = {"civil_status": 28, "certification": 32, "land": 14, "social_welfare": 12, "residence": 9, "business": 5}
_TERMS = {"civil_status": 3, "certification": 1, "land": 20, "social_welfare": 10, "residence": 5, "business": 3}
"""Working days promised, by field; invented."""

Rating = tuple[uuid.UUID, int, Filled, datetime]
"""Submission, counter, what was filled in, when."""


def ratings(commune: Commune, dates: Dates, until: date | None = None) -> Iterator[Rating]:
    """Ratings at the counters, day by day."""
    draw = random.Random(f"ratings {commune.code}")  # noqa: S311
    for day in dates.office_days(until):
        for number in range(_count(draw, commune.answers * season(day))):
            overall = draw.choices((1, 2, 3, 4, 5), dates.chances(commune, day))[0]
            items = {key: _item(draw, overall) for key in _ITEMS if draw.random() < 0.3}
            choices = {"procedure_field": _field(draw)} if draw.random() < 0.5 else {}
            at = instant(day, 8) + timedelta(minutes=draw.randint(0, 500), seconds=draw.randint(0, 59))
            number_id = uuid.uuid5(NAMESPACE, f"rating {commune.code} {day} {number}")
            yield number_id, draw.choice(COUNTERS), Filled(overall, "", items, choices, ()), at
    if commune.padded:
        yield from _padding(commune, dates)


def _padding(commune: Commune, dates: Dates) -> Iterator[Rating]:
    """A week in which somebody pressed the best face over and over: same counter, seconds apart."""
    draw = random.Random(f"padding {commune.code}")  # noqa: S311
    monday = dates.today - timedelta(days=dates.today.weekday() + 56)
    items: dict[str, int | None] = dict.fromkeys(_ITEMS, 5)
    for day in (monday + timedelta(days=number) for number in range(5)):
        at = instant(day, 11) + timedelta(minutes=38)
        for number in range(24):
            at += timedelta(seconds=draw.randint(3, 9))
            yield uuid.uuid5(NAMESPACE, f"padding {day} {number}"), 2, Filled(5, "", items, {}, ()), at


def dossiers(commune: Commune, dates: Dates, unit_id: int, until: date | None = None) -> Iterator[TransactionRow]:
    """Dossiers received, promised and finished, day by day; what is due after today is still open."""
    draw = random.Random(f"dossiers {commune.code}")  # noqa: S311
    for day in dates.office_days(until):
        slow = dates.in_bad_month(commune, day)
        for number in range(_count(draw, commune.dossiers * season(day))):
            kind = _field(draw)
            due = add_working_days(day, _TERMS[kind])
            finished = _finished(draw, day, due, slow)
            yield TransactionRow(
                unit_id=unit_id, dossier_code=f"{commune.code}-{day:%y%m%d}-{number + 1:04}", procedure_code=None,
                field=kind, received_on=day, due_on=due, finished_on=finished if finished <= dates.today else None,
            )  # fmt: skip


def _finished(draw: random.Random, received: date, due: date, slow: bool) -> date:
    late = draw.random() < (0.42 if slow else 0.04)
    if late:
        return due + timedelta(days=draw.randint(1, 12))
    return max(received, due - timedelta(days=draw.choice((0, 0, 1, 1, 2, 3))))


def _count(draw: random.Random, mean: float) -> int:
    """A day's number around `mean`; communes with next to nobody have most days empty."""
    return int(draw.random() < mean) if mean < 1 else max(0, round(draw.gauss(mean, mean**0.5)))


def _field(draw: random.Random) -> str:
    return draw.choices(list(_FIELDS), list(_FIELDS.values()))[0]


def _item(draw: random.Random, overall: int) -> int | None:
    return None if draw.random() < 0.08 else min(5, max(1, overall + draw.choice((-1, 0, 0, 0, 1))))


def instant(day: date, hour: int) -> datetime:
    """An hour of the Vietnamese clock."""
    return datetime.combine(day, time(hour), VIETNAM)
