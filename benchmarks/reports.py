"""Adding up 100,000 answers: counting a year of one unit anew, and reading its summary."""

import random
import time
import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as clock

import sqlalchemy as sa

from benchmarks.rows import Row
from benchmarks.web import scratch_world
from models import Questionnaire, Response, Stratum, Submission, Unit
from reports.facts import refresh_day
from reports.periods import parse_period
from reports.summaries import summarise
from tests.fixtures.world import World
from vietnamese.calendar import VIETNAM

ANSWERS = 100_000
YEAR = 2026


def summary_of_100k() -> Iterator[Row]:
    """A year of 100,000 ratings in one ward."""
    with scratch_world() as (world, _folder):
        _fill(world)
        with world.database.writing() as session:
            began = time.monotonic()
            for number in range(365):
                refresh_day(session, world.commune_id, date(YEAR, 1, 1) + timedelta(days=number), world.clock())
            counting = time.monotonic() - began
        samples = []
        with world.database.reading() as session:
            unit = session.get_one(Unit, world.commune_id)
            for _round in range(5):
                began = time.monotonic()
                figures = summarise(session, unit, parse_period(str(YEAR)))
                samples.append((time.monotonic() - began) * 1000)
        assert figures is not None
    yield Row("count a year of 100,000 answers anew", "s", [counting])
    yield Row("summary of 100,000 answers", "ms", samples, "≤ 100", "LimeSurvey 6.14: 360–550")


def _fill(world: World) -> None:
    draw = random.Random(1)
    with world.database.writing() as session:
        questionnaire_id = session.scalars(sa.select(Questionnaire.id)).one()
        place = {"province_code": "14", "unit_id": world.commune_id, "code": world.survey_code}
        for _batch in range(ANSWERS // 10_000):
            responses, submissions = [], []
            for _number in range(10_000):
                day = date(YEAR, 1, 1) + timedelta(days=draw.randrange(365))
                at = datetime.combine(day, clock(9), VIETNAM)
                key = uuid.UUID(int=draw.getrandbits(128), version=4)
                submissions.append(place | {"id": key, "received_at": at, "content_digest": "0" * 64,
                                            "follow_up_hash": key.hex * 2})  # fmt: skip
                responses.append(place | {"id": key, "questionnaire_id": questionnaire_id, "received_at": at,
                                          "stratum": Stratum.OPEN_QR, "received_on": day,
                                          "overall": draw.choices((1, 2, 3, 4, 5), (3, 6, 12, 42, 37))[0]})  # fmt: skip
            session.execute(sa.insert(Submission), submissions)
            session.execute(sa.insert(Response), responses)
