from dataclasses import dataclass

import pytest

from triage.reading.corpus import read_entry
from triage.reading.evaluation import Share, as_table, evaluate
from triage.reading.labels import default_posts
from triage.reading.readings import Reading, TopicGuess

POSTS = default_posts()


@dataclass(frozen=True)
class Routed:
    route: str
    excluded: tuple[str, ...] = ()
    superior: bool = False


@dataclass(frozen=True)
class Decided:
    reading: Reading
    routing: Routed
    accuses_staff: bool = False


def said(kind, topic, urgent=False, accuses=False, abstained=False, excluded=(), superior=False):
    guesses = (TopicGuess(topic, 0.9), TopicGuess("other", 0.06), TopicGuess("fees", 0.04))
    reading = Reading(kind, 0.9, topic, guesses, urgent, float(urgent), accuses, float(accuses), abstained, ())
    return Decided(reading, Routed("reception" if abstained else POSTS[topic], excluded, superior), accuses)


def entry(number, kind="petition", topics=("environment",), urgent=False, accuses=False, also=None, **more):
    row = {"id": number, "text": f"việc {number}", "kind": kind, "topics": list(topics), "urgent": urgent,
           "accuses_staff": accuses, "also": also or {}}  # fmt: skip
    return read_entry(row | more)


def report_of(decided, entries):
    by_text = {e.text: d for d, e in zip(decided, entries, strict=True)}
    return evaluate(
        lambda _texts, asked: [by_text[e.text] for e in asked], entries, POSTS, clock=iter(range(10_000)).__next__
    )


def test_a_fair_label_is_right_and_the_best_label_is_counted_beside():
    entries = [entry(1, also={"kind": ["question"]}), entry(2), entry(3)]
    decided = [said("question", "environment"), said("praise", "environment"), said("petition", "environment")]
    shares = report_of(decided, entries).shares
    assert (shares["kind"].k, shares["kind"].n) == (2, 3)
    assert (shares["kind, best label only"].k, shares["kind, best label only"].n) == (1, 3)


def test_topic_among_three_counts_any_guess():
    shares = report_of([said("petition", "environment")], [entry(1, topics=["fees"])]).shares
    assert shares["topic"].k == 0
    assert shares["topic among three"].k == 1


def test_grave_is_denunciation_or_blame_by_either_side():
    entries = [entry(1, "denunciation"), entry(2, accuses=True), entry(3), entry(4, also={"kind": ["denunciation"]})]
    decided = [
        said("petition", "environment", accuses=True),  # flagged another way: found
        said("petition", "environment"),  # missed
        said("denunciation", "environment"),  # false alarm
        said("denunciation", "environment"),  # a fair reader sees it too: no false alarm
    ]
    shares = report_of(decided, entries).shares
    assert (shares["grave, recall"].k, shares["grave, recall"].n) == (1, 2)
    assert (shares["grave, precision"].k, shares["grave, precision"].n) == (2, 3)


def test_a_flag_that_two_readers_would_set_differently_is_asked_of_nobody():
    row = {"id": 1, "text": "việc 1", "kinds": ["petition"], "topics": ["fees"], "urgent": [False],
           "accuses_staff": [True, False]}  # fmt: skip
    silent, loud = said("petition", "fees"), said("petition", "fees", accuses=True)
    assert report_of([silent], [read_entry(row)]).shares["accuses_staff, recall"] == Share(0, 0)
    assert report_of([loud], [read_entry(row)]).shares["accuses_staff, precision"] == Share(1, 1)


def test_only_ordinary_entries_ask_for_a_post():
    entries = [entry(1), entry(2), entry(3, urgent=True), entry(4, "complaint")]
    decided = [said("petition", "infrastructure"), said("petition", "other", abstained=True)]
    decided += [said("petition", "environment", abstained=True), said("complaint", "environment", abstained=True)]
    shares = report_of(decided, entries).shares
    assert (shares["routed without a person"].k, shares["routed without a person"].n) == (1, 2)
    assert shares["routed, post right"] == Share(1, 1)  # both topics belong to one post


def test_accused_are_judged_entry_by_entry_where_a_roster_says_who_is_who():
    roster = {"commune": "x", "staff": [{"id": "a", "name": "An"}, {"id": "b", "name": "Bình"}]}
    entries = [entry(n, roster=roster, accused=who, superior=False) for n, who in enumerate([["a", "b"], ["a"], []])]
    decided = [
        said("petition", "fees", excluded=("a",)),
        said("petition", "fees", excluded=("a",)),
        said("praise", "fees"),
    ]
    shares = report_of(decided, entries).shares
    assert shares["accused, recall"] == Share(1, 2)
    assert shares["accused, precision"] == Share(2, 2)
    assert "accused, recall" not in report_of(decided[:1], [entry(9, accused=["ông An"])]).shares


def test_who_may_be_kept_out_is_no_mistake_and_who_may_not_is_counted():
    roster = {"commune": "x", "staff": [{"id": "a", "name": "An"}, {"id": "b", "name": "Bình"}]}
    rows = [{"id": n, "text": f"việc {n}", "kinds": ["petition"], "topics": ["fees"], "urgent": [False],
             "accuses_staff": [True], "roster": roster, "accused": ["a"], "superior": n == 3,
             "also": ["b"] if n == 0 else []} for n in range(4)]  # fmt: skip
    decided = [said("petition", "fees", excluded=("a", "b"), superior=n in (1, 3)) for n in range(4)]
    report = report_of(decided, [read_entry(row) for row in rows])
    assert report.shares["accused, precision"] == Share(1, 4)
    assert report.shares["wrongly sent up"] == Share(1, 3)
    assert report.shares["superior missed"] == Share(0, 1)
    assert report.numbers["wrongly excluded in 100"] == 75


def test_whether_staff_is_accused_is_what_was_decided_not_what_was_read():
    decided = Decided(said("petition", "fees").reading, Routed("reception"), accuses_staff=True)
    assert report_of([decided], [entry(1, accuses=True)]).shares["accuses_staff, recall"] == Share(1, 1)


def test_wilson_interval():
    low, high = Share(45, 50).interval
    assert (low, high) == (pytest.approx(0.7864, abs=1e-3), pytest.approx(0.9565, abs=1e-3))
    assert Share(0, 0).interval == (0.0, 1.0)
    assert Share(0, 0).value is None


def test_speed_comes_from_the_clock():
    numbers = report_of([said("petition", "fees")] * 4, [entry(n) for n in range(4)]).numbers
    assert numbers["one entry, median ms"] == 1000  # the clock ticks a second a look
    assert numbers["entries a second"] == 4


def test_the_table_shows_counts_and_the_json_keeps_them():
    report = report_of([said("petition", "fees")], [entry(1, topics=["fees"])])
    table = as_table("some", report)
    assert "1/1" in table
    assert "calibration error, topic" in table
    assert report.as_json()["as_typed"]["kind"] == {"value": 1.0, "k": 1, "n": 1, "low": 0.2065, "high": 1.0}
    assert report.values()["kind"] == 1.0
