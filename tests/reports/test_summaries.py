"""Summaries: what is added up, what stands apart, and what may not be told."""

import random
import time
import uuid
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from models import (
    AccessCode,
    Answer,
    CaseFact,
    Database,
    RatingFact,
    Response,
    Stratum,
    Submission,
    Unit,
    UnitKind,
    UnitSuccession,
)
from models.facts import mark_stale
from reports.exports import NOT_ENOUGH
from reports.facts import refresh_day, refresh_stale_days
from reports.measures import CaseCounts, Change, RatingCounts, mean_score, satisfaction_rate
from reports.periods import days_of, parse_period
from reports.summaries import compare, comparison_table, item_wordings, summarise, units_under
from reports.unit_figures import NO_CASES, NO_RATINGS, Rating, withheld_parts
from tests.fixtures.world import World
from vietnamese.calendar import local_day

Q3, Q2 = parse_period("2026-Q3"), parse_period("2026-Q2")
COUNTERS = dict(stratum=Stratum.OPEN_QR, question="overall")


def rate_day(session: Session, unit_id: int, day: date, counts: RatingCounts, **key: object) -> None:
    """Put one day's counts straight into the facts."""
    levels = {f"level_{level}": count for level, count in enumerate(counts.scale, start=1)}
    session.add(
        RatingFact(
            unit_id=unit_id, province_code="14", day=day, not_applicable=counts.not_applicable,
            blank=counts.blank, **{**COUNTERS, **levels, **key},
        )
    )  # fmt: skip


def add_cases(session: Session, unit_id: int, day: date, topic: str, counts: CaseCounts) -> None:
    session.add(
        CaseFact(
            unit_id=unit_id, province_code="14", day=day, topic=topic, received=counts.received,
            answered=counts.answered, answered_on_time=counts.answered_on_time,
            overdue_open=counts.overdue_open,
        )
    )  # fmt: skip


def unit(session: Session, unit_id: int) -> Unit:
    return session.get_one(Unit, unit_id)


def respond(session: Session, world: World, at: datetime, level: int | None, **items: int | None) -> None:
    """One raw answer, as intake stores it."""
    access = session.get_one(AccessCode, world.survey_code)
    place = {"unit_id": access.unit_id, "province_code": "14"}
    number = uuid.uuid4()
    session.add(
        Submission(
            id=number, code=access.code, received_at=at, content_digest="", follow_up_hash=number.hex, **place
        )
    )  # fmt: skip
    session.flush()
    stratum = random.Random(number.bytes).choice([Stratum.OPEN_QR, Stratum.RECEIPT, Stratum.PAPER])
    session.add(
        Response(
            id=number, questionnaire_id=access.questionnaire_id, code=access.code, stratum=stratum,
            overall=level, received_at=at, received_on=local_day(at), **place,
        )
    )  # fmt: skip
    session.flush()
    for question, chosen in items.items():
        said = {"level": chosen, "not_applicable": chosen is None}
        session.add(Answer(response_id=number, question=question, **said, **place))
    mark_stale(session, access.unit_id, local_day(at), at)


def test_a_summary_adds_up_days_and_strata_of_its_period_only(world: World) -> None:
    few, many = RatingCounts(1, 0, 2, 3, 4, blank=1), RatingCounts(0, 2, 0, 9, 9, not_applicable=1)
    with world.database.writing() as session:
        rate_day(session, world.commune_id, date(2026, 7, 1), few)
        rate_day(session, world.commune_id, date(2026, 9, 30), many)
        rate_day(session, world.commune_id, date(2026, 9, 30), many, stratum=Stratum.PAPER)
        rate_day(session, world.commune_id, date(2026, 9, 30), few, question="attitude")
        rate_day(session, world.commune_id, date(2026, 6, 30), many)
        rate_day(session, world.commune_id, date(2026, 10, 1), many)
        rate_day(session, world.other_id, date(2026, 9, 1), many)
    with world.database.reading() as session:
        now = summarise(session, unit(session, world.commune_id), Q3).now
    assert now.overall.counts == few + many + many
    assert {key: part.counts for key, part in now.strata.items()} == {"open_qr": few + many, "paper": many}
    assert now.items["attitude"].counts == few
    assert now.overall.rate == satisfaction_rate(few + many + many)
    assert now.overall.mean == mean_score(few + many + many)


def test_every_figure_is_the_measure_of_the_raw_rows(world: World) -> None:
    draw = random.Random(4)
    raw: list[int | None] = []
    attitudes: list[int | None] = []
    with world.database.writing() as session:
        for _ in range(60):
            at = datetime(2026, 7, 1, tzinfo=UTC) + timedelta(hours=draw.randrange(24 * 90))
            raw.append(draw.choice([None, 1, 2, 3, 4, 4, 5, 5, 5]))
            attitudes.append(draw.choice([None, 3, 4, 5]))
            respond(session, world, at, raw[-1], attitude=attitudes[-1])
    while refresh_stale_days(world.database, world.clock):
        pass
    with world.database.reading() as session:
        now = summarise(session, unit(session, world.commune_id), Q3).now
    counts = RatingCounts(*(raw.count(level) for level in range(1, 6)), blank=raw.count(None))
    assert now.overall.rate == satisfaction_rate(counts)
    assert now.overall.mean == mean_score(counts)
    assert sum((part.counts for part in now.strata.values()), start=NO_RATINGS) == counts
    item = RatingCounts(*(attitudes.count(level) for level in range(1, 6)), not_applicable=attitudes.count(None))
    assert now.items["attitude"].rate == satisfaction_rate(item)
    assert now.items["guidance"].counts.blank == 60  # asked, never answered


def test_counting_again_changes_nothing(world: World) -> None:
    day = date(2026, 9, 1)
    with world.database.writing() as session:
        for level in (1, 4, 4, 5, 5, 5):
            respond(session, world, datetime(2026, 9, 1, 3, tzinfo=UTC), level)
    seen = []
    for _ in range(2):
        with world.database.writing() as session:
            refresh_day(session, world.commune_id, day, world.clock())
        with world.database.reading() as session:
            seen.append(summarise(session, unit(session, world.commune_id), Q3))
    assert seen[0] == seen[1]
    assert seen[0].now.overall.counts.answers == 6


def test_half_an_hour_around_midnight_decides_the_quarter(world: World) -> None:
    with world.database.writing() as session:
        respond(session, world, datetime(2026, 9, 30, 16, 30, tzinfo=UTC), 5)  # 23:30 in Vietnam
        respond(session, world, datetime(2026, 9, 30, 17, 30, tzinfo=UTC), 1)  # 00:30 on 1 October
    refresh_stale_days(world.database, world.clock)
    with world.database.reading() as session:
        commune = unit(session, world.commune_id)
        third = summarise(session, commune, Q3).now.overall.counts
        fourth = summarise(session, commune, Q3.following()).now.overall.counts
    assert third == RatingCounts(0, 0, 0, 0, 1)
    assert fourth == RatingCounts(1, 0, 0, 0, 0)


def test_four_answers_tell_nothing_and_five_do(world: World) -> None:
    with world.database.writing() as session:
        rate_day(session, world.commune_id, date(2026, 8, 1), RatingCounts(0, 0, 0, 0, 5))
        rate_day(session, world.other_id, date(2026, 8, 1), RatingCounts(4, 0, 0, 0, 0, blank=2))
    with world.database.reading() as session:
        enough, few = (
            summarise(session, unit(session, unit_id), Q3).now.overall for unit_id in (world.commune_id, world.other_id)
        )
    assert enough.told
    assert enough.rate.value == 100
    assert enough.faces == (0, 0, 0, 0, 5)
    for measure in (few.rate, few.mean):
        assert (measure.value, measure.low, measure.high, measure.numerator) == (None, None, None, None)
        assert (measure.n, measure.blank) == (4, 2)  # how many answered is no secret, what they said is
    assert few.faces is None


def test_a_small_stratum_takes_the_next_smallest_along(world: World) -> None:
    day = date(2026, 8, 1)
    with world.database.writing() as session:
        rate_day(session, world.commune_id, day, RatingCounts(0, 0, 0, 10, 30))
        rate_day(session, world.commune_id, day, RatingCounts(0, 0, 5, 1, 1), stratum=Stratum.RECEIPT)
        rate_day(session, world.commune_id, day, RatingCounts(2, 0, 0, 0, 0), stratum=Stratum.PHONE)
    with world.database.reading() as session:
        strata = summarise(session, unit(session, world.commune_id), Q3).now.strata
    assert {key: rating.told for key, rating in strata.items()} == {
        "receipt": False, "open_qr": True, "phone": False,
    }  # fmt: skip
    assert strata["receipt"].rate.value is None


@given(st.dictionaries(st.sampled_from([str(s) for s in Stratum]), st.integers(0, 12), max_size=6))
def test_what_is_untold_never_adds_up_to_fewer_than_five_people(sizes: dict[str, int]) -> None:
    parts = {key: RatingCounts(0, 0, 0, size, 0) for key, size in sizes.items()}
    told = {key: size for key, size in sizes.items() if Rating(parts[key], key in withheld_parts(parts)).told}
    untold = sum(sizes.values()) - sum(told.values())
    assert all(size >= 5 for size in told.values())
    assert untold == 0 or untold >= 5 or not told
    if not any(0 < size < 5 for size in sizes.values()):
        assert sum(told.values()) == sum(sizes.values())  # nothing is held back without need


def test_cases_are_counted_by_topic_most_first(world: World) -> None:
    with world.database.writing() as session:
        add_cases(session, world.commune_id, date(2026, 7, 3), "fees", CaseCounts(2, 1, 1, 1, 1))
        add_cases(session, world.commune_id, date(2026, 8, 3), "fees", CaseCounts(1, 1, 0, 0, 0))
        add_cases(session, world.commune_id, date(2026, 8, 3), "environment", CaseCounts(5, 4, 4, 0, 1))
        add_cases(session, world.commune_id, date(2026, 6, 3), "other", CaseCounts(9, 0, 0, 9, 9))
    with world.database.reading() as session:
        summary = summarise(session, unit(session, world.commune_id), Q3)
    assert list(summary.now.topics) == ["environment", "fees"]
    assert summary.now.topics["fees"] == CaseCounts(3, 2, 1, 1, 1)
    assert summary.now.cases == CaseCounts(8, 6, 5, 1, 2)
    assert (summary.now.punctuality.numerator, summary.now.punctuality.n) == (5, 7)
    assert summary.before.cases.overdue_open == 9


def test_silence_is_no_figure(world: World) -> None:
    with world.database.reading() as session:
        now = summarise(session, unit(session, world.commune_id), Q3).now
    assert now.is_empty
    assert now.overall.rate.value is None
    assert now.cases == NO_CASES


def test_a_trend_ends_with_its_period_and_starts_where_something_was_said(world: World) -> None:
    with world.database.writing() as session:
        rate_day(session, world.commune_id, date(2025, 8, 1), RatingCounts(0, 0, 0, 3, 3))
        rate_day(session, world.other_id, date(2024, 12, 1), RatingCounts(0, 0, 0, 3, 3))
    with world.database.reading() as session:
        young = summarise(session, unit(session, world.commune_id), Q3).trend
        old = summarise(session, unit(session, world.other_id), Q3).trend
        months = summarise(session, unit(session, world.commune_id), parse_period("2026-07")).trend
        years = summarise(session, unit(session, world.commune_id), parse_period("2025")).trend
    assert [step.period.code for step in young] == [
        "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3",
    ]  # fmt: skip
    assert len(old) == 8
    assert old[0].overall.counts.answers == 6
    assert [step.period.code for step in months] == [f"2025-{m:02}" for m in range(8, 13)] + [
        f"2026-{m:02}" for m in range(1, 8)
    ]
    assert [step.period.code for step in years] == ["2024", "2025"]


def _former(session: Session, world: World, code: str, part: bool) -> int:
    merger = date(2026, 8, 1)
    gone = Unit(code=code, name=f"Xã Cũ {code}", kind=UnitKind.COMMUNE, province_code="14", valid_to=merger)
    session.add(gone)
    session.flush()
    heir = world.commune_id
    session.add(UnitSuccession(predecessor_id=gone.id, successor_id=heir, on=merger, part=part))
    return gone.id


def test_a_merged_unit_counts_for_its_heir_and_the_trend_says_so(world: World) -> None:
    six = RatingCounts(0, 0, 0, 3, 3)
    with world.database.writing() as session:
        whole, part = _former(session, world, "00001", False), _former(session, world, "00002", True)
        for unit_id in (world.commune_id, whole, part):
            rate_day(session, unit_id, date(2026, 5, 1), six)
            rate_day(session, unit_id, date(2026, 7, 1), six)
    with world.database.reading() as session:
        summary = summarise(session, unit(session, world.commune_id), Q3)
        past = summarise(session, unit(session, world.commune_id), Q2)
        province = unit(session, world.province_id)
        third = compare(session, units_under(session, province, Q3.last), Q3)
        second = compare(session, units_under(session, province, Q2.last), Q2)
    assert summary.now.overall.counts == six + six  # its own and the whole one's; never the divided one's
    assert summary.before.overall.counts == six + six
    assert summary.break_at == Q3
    assert past.now.overall.counts == six  # told of that quarter as it was then
    assert past.break_at is None
    assert whole not in {figures.unit.id for figures in third.units}
    assert third.joint.counts == six + six
    assert second.joint.counts == six + six + six  # three units of their own


def test_a_comparison_ranks_those_with_answers_and_sets_the_others_apart(world: World) -> None:
    with world.database.writing() as session:
        third = Unit(code="03700", name="Xã Mường Bú", kind=UnitKind.COMMUNE, province_code="14",
                     parent_id=world.province_id, valid_from=date(2025, 7, 1))  # fmt: skip
        session.add(third)
        session.flush()
        rate_day(session, world.commune_id, date(2026, 8, 1), RatingCounts(40, 0, 0, 30, 30))
        rate_day(session, world.other_id, date(2026, 8, 1), RatingCounts(5, 0, 0, 45, 50))
        rate_day(session, third.id, date(2026, 8, 1), RatingCounts(0, 0, 0, 0, 4))
        rate_day(session, third.id, date(2026, 5, 1), RatingCounts(0, 0, 0, 0, 8))
    with world.database.reading() as session:
        units = units_under(session, unit(session, world.province_id), Q3.last)
        comparison = compare(session, units, Q3)
    assert [u.unit.name for u in comparison.ranked] == ["Phường Chiềng An", "Phường Tô Hiệu"]
    assert [u.unit.name for u in comparison.apart] == ["Xã Mường Bú"]
    assert comparison.joint.counts == RatingCounts(45, 0, 0, 75, 80)  # without the four
    assert comparison.before.counts == RatingCounts(0, 0, 0, 0, 8)
    assert [comparison.standing(u) for u in comparison.ranked] == [Change.HIGHER, Change.LOWER]
    assert comparison.standing(comparison.apart[0]) is None


def test_a_lone_unit_stands_against_nobody(world: World) -> None:
    with world.database.writing() as session:
        rate_day(session, world.commune_id, date(2026, 8, 1), RatingCounts(1, 1, 1, 30, 30))
    with world.database.reading() as session:
        comparison = compare(session, [unit(session, world.commune_id)], Q3)
    assert comparison.standing(comparison.ranked[0]) is None


def test_a_province_sees_its_communes_and_a_commune_itself(world: World) -> None:
    with world.database.writing() as session:
        session.add_all([
            Unit(code="99999", name="Xã Tỉnh Khác", kind=UnitKind.COMMUNE, province_code="15"),
            Unit(code=None, name="Xã Xưa", kind=UnitKind.FORMER, province_code="14"),
            Unit(code="03999", name="Xã Mai Sau", kind=UnitKind.COMMUNE, province_code="14",
                 valid_from=date(2026, 9, 30)),
        ])  # fmt: skip
    with world.database.reading() as session:
        province, commune = unit(session, world.province_id), unit(session, world.commune_id)
        assert [u.name for u in units_under(session, province, date(2026, 9, 29))] == [
            "Phường Chiềng An", "Phường Tô Hiệu",
        ]  # fmt: skip
        assert len(units_under(session, province, date(2026, 9, 30))) == 3
        assert units_under(session, province, date(2020, 1, 1)) == []
        assert units_under(session, commune, date(2026, 9, 30)) == [commune]


def test_the_exported_table_holds_every_part_of_a_figure_or_the_word_for_none(world: World) -> None:
    counts = RatingCounts(1, 2, 3, 20, 30, not_applicable=2, blank=4)
    with world.database.writing() as session:
        rate_day(session, world.commune_id, date(2026, 8, 1), counts)
        rate_day(session, world.other_id, date(2026, 8, 1), RatingCounts(3, 0, 0, 0, 0))
    with world.database.reading() as session:
        table = comparison_table(session, Q3)
        one = comparison_table(session, Q3, [unit(session, world.commune_id)])
    rows = [dict(zip(table.headers, row, strict=True)) for row in table.rows]
    rate = satisfaction_rate(counts)
    assert rows[0]["Mã đơn vị"] == "03646"
    assert rows[0]["Tỷ lệ hài lòng (%): giá trị"] == rate.value
    assert rows[0]["Tỷ lệ hài lòng (%): cận dưới 95 %"] == rate.low
    assert (rows[0]["Tỷ lệ hài lòng (%): n"], rows[0]["Tỷ lệ hài lòng (%): bỏ trống"]) == (56, 4)
    assert rows[0]["Điểm trung bình (0–100): giá trị"] == mean_score(counts).value
    assert rows[1]["Tỷ lệ hài lòng (%): giá trị"] == NOT_ENOUGH
    assert rows[1]["Tỷ lệ hài lòng (%): n"] == 3
    assert len(table.rows) == 2
    assert [row[1] for row in one.rows] == ["Phường Tô Hiệu"]


def test_items_have_the_wording_that_citizens_saw(world: World) -> None:
    with world.database.reading() as session:
        wordings = item_wordings(session)
    assert list(wordings) == ["attitude", "guidance", "answers", "publicity", "on_time"]
    assert wordings["on_time"] == "Kết quả được trả đúng hẹn"


def test_a_province_of_75_communes_is_compared_at_once(database: Database) -> None:
    some = {f"level_{level}": 3 * level for level in range(1, 6)} | {"not_applicable": 0, "blank": 1}
    keys = [(day, stratum, question) for day in days_of(Q3) for stratum in (Stratum.OPEN_QR, Stratum.PAPER)
            for question in ("overall", "attitude")]  # fmt: skip
    with database.writing() as session:
        session.add_all(
            Unit(code=f"{n:05}", name=f"Xã {n}", kind=UnitKind.COMMUNE, province_code="14") for n in range(75)
        )
        session.flush()
        units = session.scalars(sa.select(Unit)).all()
        rows = [
            dict(unit_id=u.id, province_code="14", day=day, stratum=stratum, question=question, **some)
            for u in units
            for day, stratum, question in keys
        ]
        session.execute(sa.insert(RatingFact), rows)
    began = time.perf_counter()
    with database.reading() as session:
        comparison = compare(session, units, Q3)
        assert {comparison.standing(u) for u in comparison.ranked} == {Change.SAME}
    assert len(comparison.ranked) == 75
    assert time.perf_counter() - began < 1.5
