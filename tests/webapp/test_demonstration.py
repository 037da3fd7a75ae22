"""The demonstration's year: what it promises to show, and that its texts are each written for it."""

import csv
from collections import Counter
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest

from models import CodePurpose
from models.codes import read_typed_code
from triage.reading.labels import KIND_IDS, TOPIC_IDS
from vietnamese.calendar import is_working_day, local_day
from vietnamese.text import fold
from webapp.demonstration import ALL, code_of, entries
from webapp.demonstration.living import deeds
from webapp.demonstration.numbers import dossiers, ratings
from webapp.demonstration.people import YEAR
from webapp.demonstration.plan import COMMUNES, FORMER, STAYING, Commune, Dates

TODAY = date(2026, 11, 22)
DAYS = [TODAY, date(2027, 1, 1), date(2027, 2, 28), date(2028, 2, 29), date(2027, 6, 30), date(2027, 10, 15)]
EVERYWHERE = pytest.mark.parametrize("commune", ALL, ids=lambda commune: commune.code)


def staff(commune: Commune) -> list[dict[str, str]]:
    with (YEAR / f"{commune.code}.staff.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_twelve_communes_of_four_provinces_and_one_that_was_merged() -> None:
    assert len(COMMUNES) == 12
    assert {commune.code[:2] for commune in COMMUNES} >= {"03", "10", "07", "05"}
    assert sum(len(entries(commune.code)) for commune in ALL) >= 400


def test_every_text_is_one_of_its_own() -> None:
    texts = [row["text"] for commune in ALL for row in entries(commune.code)]
    assert len(set(map(fold, texts))) == len(texts)
    openings = Counter(" ".join(fold(text).split()[:4]) for text in texts)
    assert len(openings) >= 0.97 * len(texts), openings.most_common(5)
    long_ones = [(text, _grams(text)) for text in texts if len(text) > 40]
    assert not [(a[0], b[0]) for a, b in combinations(long_ones, 2) if len(a[1] & b[1]) > 0.5 * len(a[1] | b[1])]


def _grams(text: str) -> set[str]:
    line = fold(text)
    return {line[place : place + 5] for place in range(len(line) - 4)}


def test_every_answer_is_one_of_its_own() -> None:
    answers = [row["reply"]["text"] for commune in ALL for row in entries(commune.code) if "reply" in row]
    assert len(set(answers)) == len(answers)


@EVERYWHERE
def test_entries_carry_labels_of_the_taxonomy(commune: Commune) -> None:
    for row in entries(commune.code):
        assert row["kind"] in KIND_IDS, row
        assert row["topic"] in TOPIC_IDS, row
        assert (row["via"] == "counter") == ("face" in row), row
        assert not ("reply" in row and "state" in row), row
        assert ("state" in row) == ("draft" in row), row


@EVERYWHERE
def test_no_answer_names_a_person_whom_the_entry_may_accuse(commune: Commune) -> None:
    # Who takes complaints in may be named: that is where the sender is told to go.
    names = {row["full_name"] for row in staff(commune) if row["post"] != "restricted_intake"}
    for row in entries(commune.code):
        if row.get("accuses") and "reply" in row:
            assert not [name for name in names if name in row["reply"]["text"]], row["reply"]


@EVERYWHERE
def test_every_post_the_routing_needs_is_held(commune: Commune) -> None:
    posts = {row["post"] for row in staff(commune)}
    assert {"chairperson", "reception_clerk", "restricted_intake", "office_chief", "public_service_center_director",
            "culture_social_department_head", "economy_department_head", "justice_officer"} <= posts  # fmt: skip


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_year_ends_yesterday_whenever_it_is_built(today: date) -> None:
    dates = Dates(today)
    happening = deeds(ALL, dates)
    assert all(local_day(deed.at) < today for deed in happening)
    sent = [local_day(deed.at) for deed in happening if deed.do.__name__ == "_send"]
    assert len(sent) >= 400
    assert min(sent) >= today - timedelta(days=480)
    assert len({day.month for day in sent}) == 12
    assert dates.first < dates.merger < today
    for commune in ALL:
        for row in entries(commune.code):
            day = dates.day_of(row["on"], commune, row["via"])
            assert row["via"] == "box" or is_working_day(day)


def test_what_came_lately_came_on_an_office_day_before_today_on_every_day_of_the_year() -> None:
    """Around a weekend the way to an office day once turned back and forth for ever: on Thursdays nothing was built."""
    recent = {row["on"] for commune in ALL for row in entries(commune.code) if row["on"].startswith("recent")}
    assert len(recent) > 5
    for days in range(366):
        dates = Dates(TODAY + timedelta(days=days))
        for said in recent:
            day = dates.day_of(said, COMMUNES[0], "counter")
            assert is_working_day(day), (dates.today, said)
            assert dates.today - timedelta(days=45) < day < dates.today


def test_the_same_day_gives_the_same_year() -> None:
    one, two = Dates(TODAY), Dates(TODAY)
    for commune in (COMMUNES[0], FORMER):
        assert list(ratings(commune, one)) == list(ratings(commune, two))
        assert list(dossiers(commune, one, 7)) == list(dossiers(commune, two, 7))
    assert [(d.at, d.submission_id) for d in deeds(ALL, one)] == [(d.at, d.submission_id) for d in deeds(ALL, two)]


def test_the_bad_month_is_bad_and_over() -> None:
    dates = Dates(TODAY)
    worst = next(commune for commune in COMMUNES if commune.code == "10525")
    start = dates.bad_start(worst)
    assert start.weekday() == 0
    faces = {True: [0, 0], False: [0, 0]}
    for _id, _counter, filled, at in ratings(worst, dates):
        inside = dates.in_bad_month(worst, local_day(at))
        faces[inside][0] += filled.overall >= 4
        faces[inside][1] += 1
    inside, outside = (good / all_ for good, all_ in (faces[True], faces[False]))
    assert inside < 0.35 < 0.7 < outside
    told = [row for row in entries("10525") if row["on"].startswith("bad")]
    assert len(told) >= 10


def test_the_padded_week_shows_its_signs() -> None:
    padded = [commune for commune in COMMUNES if commune.padded]
    assert len(padded) == 1
    given = sorted(ratings(padded[0], Dates(TODAY)), key=lambda rating: rating[3])
    quick = [b[2].overall for a, b in pairwise(given) if (b[3] - a[3]).total_seconds() < 10]
    assert quick.count(5) > 100
    assert quick.count(5) > 0.97 * len(quick)


def test_one_commune_has_too_few_answers_to_tell() -> None:
    quiet = next(commune for commune in COMMUNES if commune.code == "03862")
    dates = Dates(TODAY)
    with_face = [dates.day_of(row["on"], quiet, row["via"]) for row in entries(quiet.code) if "face" in row]
    days = [local_day(at) for *_rest, at in ratings(quiet, dates)] + with_face
    quarters = Counter((day.year, (day.month - 1) // 3) for day in days)
    assert any(0 < count < 5 for count in quarters.values())


def test_the_codes_on_the_walls_are_typeable() -> None:
    for commune in ALL:
        for purpose in CodePurpose:
            code = code_of(commune.code, purpose)
            assert read_typed_code(code) == code


def test_who_stays_after_the_merger_is_on_the_list() -> None:
    assert set(STAYING) <= {row["staff_code"] for row in staff(FORMER)}
