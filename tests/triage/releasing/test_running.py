"""Running accuracy, from cases drawn by lot."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from triage.reading.shares import Share
from triage.releasing.running import WINDOW, Outcome, accuracy, by_release, weeks

MONDAY = date(2026, 10, 5)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def right(on: date = MONDAY, release: str = "a") -> Outcome:
    return Outcome(on, release, True, True, True)


def wrong(on: date = MONDAY, release: str = "a", what: str = "topic") -> Outcome:
    return Outcome(on, release, **{"kind": True, "topic": True, "post": True, what: False})


def waiting(on: date = MONDAY, release: str = "a") -> Outcome:
    return Outcome(on, release)


OUTCOMES = st.lists(
    st.builds(
        lambda days, release, answers: Outcome(MONDAY - days * DAY, release, *answers),
        st.integers(0, 400),
        st.sampled_from("ab"),
        st.one_of(st.just(()), st.tuples(st.booleans(), st.booleans(), st.booleans())),
    ),
    max_size=40,
)


def test_what_waits_is_told_and_not_counted() -> None:
    found = accuracy([right(), wrong(what="kind"), wrong(what="post"), waiting(), waiting()])
    assert (found.whole, found.kind, found.topic, found.post) == (Share(1, 3), Share(2, 3), Share(3, 3), Share(2, 3))
    assert found.waiting == 2


def test_nothing_drawn_is_nothing_known() -> None:
    assert accuracy([]).whole.value is None
    assert weeks([], MONDAY) == []
    assert by_release([]) == {}


def test_releases_stand_apart_the_last_drawn_from_first() -> None:
    found = by_release([right(release="b"), wrong(MONDAY - DAY), right(MONDAY - WEEK), waiting(MONDAY + DAY, "b")])
    assert [(name, one.whole, one.waiting) for name, one in found.items()] == [
        ("b", Share(1, 1), 1), ("a", Share(1, 2), 0),
    ]  # fmt: skip


def test_a_week_looks_back_and_never_over_a_change_of_release() -> None:
    drawn = [wrong(MONDAY - 10 * WEEK), right(MONDAY - 3 * WEEK), wrong(MONDAY - WEEK, "b"), right(MONDAY, "b")]
    found = weeks(drawn, MONDAY + DAY)
    assert [week.monday for week in found] == [MONDAY - n * WEEK for n in range(10, -1, -1)]
    assert [week.whole for week in found[-4:]] == [Share(1, 2), Share(1, 1), Share(0, 1), Share(1, 2)]
    assert found[WINDOW - 1].whole == Share(1, 2)
    assert [week.release for week in found[-3:]] == ["a", "b", "b"]


@given(OUTCOMES)
def test_every_week_stands_once_in_order(drawn: list[Outcome]) -> None:
    found = weeks(drawn, MONDAY)
    assert len(found) <= 26
    assert [week.monday for week in found] == sorted({week.monday for week in found})
    assert all(week.monday.weekday() == 0 for week in found)
    assert not drawn or found[-1].monday == MONDAY


@given(OUTCOMES)
def test_releases_add_up_to_everything(drawn: list[Outcome]) -> None:
    parts = by_release(drawn).values()
    whole = accuracy(drawn)
    assert sum(one.whole.k for one in parts) == whole.whole.k
    assert sum(one.whole.n + one.waiting for one in parts) == len(drawn)
    assert whole.whole.k <= min(whole.kind.k, whole.topic.k, whole.post.k)
