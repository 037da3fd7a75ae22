"""When a case is due and who is reminded: by kind, danger and place, through Tết, the night and office hours."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.casework.clocks import (
    decision_due_at,
    due_at,
    intake_due_at,
    latest_answer_due,
    owed_steps,
    reached_at,
    standing,
    term_row,
)
from triage.casework.terms import Clock, NoTerm, TooManyExtensions, standard_terms
from triage.reading.labels import KIND_IDS
from vietnamese.calendar import (
    NATIONAL,
    VIETNAM,
    OfficeHours,
    WorkCalendar,
    Worked,
    due_after_working_days,
    local,
    paused,
)


def at(text: str) -> datetime:
    """A moment on a Vietnamese wall clock, as the instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM).astimezone(UTC)


def shown(instant: datetime) -> str:
    """An instant as a Vietnamese wall clock shows it."""
    return local(instant).strftime("%Y-%m-%dT%H:%M")


MONDAY = "2026-10-05T09:00"


@pytest.mark.parametrize(
    ("kind", "urgent", "received", "intake", "answer"),
    [
        ("petition", False, MONDAY, "2026-10-19T17:00", "2026-10-26T17:00"),
        ("complaint", False, MONDAY, "2026-10-15T17:00", "2026-10-15T17:00"),
        # Registering may take seven days; but the answer, due after five, tells more.
        ("denunciation", False, MONDAY, "2026-10-12T17:00", "2026-10-12T17:00"),
        ("praise", False, MONDAY, "2026-10-12T17:00", "2026-10-12T17:00"),
        ("question", False, MONDAY, "2026-10-12T17:00", "2026-10-12T17:00"),
        # Danger by the clock, whatever the kind, on the night of Tết and at the year's end.
        ("petition", True, "2026-02-16T23:30", "2026-02-17T00:30", "2026-02-17T00:30"),
        ("praise", True, "2026-12-31T23:30", "2027-01-01T00:30", "2027-01-01T00:30"),
        ("denunciation", True, "2026-10-10T03:00", "2026-10-10T04:00", "2026-10-10T04:00"),
        # Through Tết and over ends of quarters.
        ("petition", False, "2026-02-10T09:00", "2026-03-03T17:00", "2026-03-10T17:00"),
        ("complaint", False, "2026-02-10T09:00", "2026-02-23T17:00", "2026-02-23T17:00"),
        ("praise", False, "2025-01-24T16:30", "2025-02-07T17:00", "2025-02-07T17:00"),
        ("praise", False, "2027-02-03T09:00", "2027-02-17T17:00", "2027-02-17T17:00"),
        ("praise", False, "2026-01-08T09:00", "2026-01-14T17:00", "2026-01-14T17:00"),  # a Saturday made up
        ("praise", False, "2026-09-30T23:30", "2026-10-07T17:00", "2026-10-07T17:00"),
        ("praise", False, "2026-10-01T00:30", "2026-10-08T17:00", "2026-10-08T17:00"),
    ],
)
def test_intake_and_answer(kind: str, urgent: bool, received: str, intake: str, answer: str) -> None:
    assert shown(intake_due_at(kind, urgent, at(received))) == intake
    assert shown(due_at(kind, urgent, at(received))) == answer


@pytest.mark.parametrize(
    ("kind", "remote", "extensions", "end"),
    [
        # Accepted on Thursday 1 October 2026.
        ("complaint", False, 0, "2026-11-02T17:00"),  # 31 October is a Saturday
        ("complaint", False, 1, "2026-11-16T17:00"),  # 15 November is a Sunday
        ("complaint", True, 0, "2026-11-16T17:00"),
        ("complaint", True, 1, "2026-11-30T17:00"),
        ("denunciation", False, 0, "2026-11-02T17:00"),
        ("denunciation", False, 1, "2026-11-30T17:00"),
        ("denunciation", True, 2, "2026-12-30T17:00"),
    ],
)
def test_what_was_formally_accepted_is_decided_in_the_laws_term(
    kind: str, remote: bool, extensions: int, end: str
) -> None:
    assert shown(decision_due_at(kind, at("2026-10-01T09:00"), remote=remote, extensions=extensions)) == end


def test_no_more_extensions_than_allowed() -> None:
    received = at(MONDAY)
    for refused in (
        lambda: due_at("petition", False, received, extensions=1),
        lambda: due_at("praise", False, received, extensions=1),
        lambda: due_at("petition", True, received, extensions=1),
        lambda: decision_due_at("complaint", received, extensions=2),
        lambda: decision_due_at("denunciation", received, extensions=3),
    ):
        with pytest.raises(TooManyExtensions):
            refused()


def test_the_day_of_receipt_picks_the_row_in_vietnam() -> None:
    rows = [
        term_row(Clock.DECIDE, "complaint", True, at(moment)) for moment in ("2026-06-30T23:30", "2026-07-01T00:30")
    ]
    assert [row.verify for row in rows] == [False, True]
    assert term_row(Clock.ANSWER, "petition", True, at(MONDAY)).kind == "urgent"
    assert term_row(Clock.FORWARD, "petition", True, at(MONDAY)).kind == "petition", "no such clock for danger"
    with pytest.raises(NoTerm):
        decision_due_at("praise", at(MONDAY))


def test_the_communes_own_calendar_and_waits_count() -> None:
    calendar = WorkCalendar({date(2026, 10, 7): Worked.NONE}, OfficeHours())
    wait = (at("2026-10-06T10:00"), at("2026-10-06T14:00"))
    received = at(MONDAY)
    assert shown(due_at("praise", False, received, calendar=calendar)) == "2026-10-13T17:00"
    assert shown(due_at("praise", False, received, calendar=calendar, pauses=[wait])) == "2026-10-14T11:30"
    assert shown(intake_due_at("petition", False, received, calendar=calendar, pauses=[wait])) == "2026-10-21T11:30"
    assert shown(intake_due_at("praise", False, received, calendar=calendar, pauses=iter([wait]))) == "2026-10-14T11:30"
    assert shown(decision_due_at("complaint", at("2026-10-01T09:00"), calendar=calendar, pauses=[wait])) == (
        "2026-11-02T17:00"
    )
    assert shown(latest_answer_due(received, calendar)) == "2026-10-27T17:00"
    term = term_row(Clock.ANSWER, "praise", False, received).term()
    assert paused(due_at("praise", False, received, calendar=calendar), *wait, term, calendar) == due_at(
        "praise", False, received, calendar=calendar, pauses=[wait]
    )


INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@given(INSTANTS, st.sampled_from(KIND_IDS), st.booleans())
def test_promises_hold(received: datetime, kind: str, urgent: bool) -> None:
    answer = due_at(kind, urgent, received)
    assert received < intake_due_at(kind, urgent, received) <= answer <= latest_answer_due(received)
    assert latest_answer_due(received) == due_after_working_days(received, 15), "as the receipt says"
    assert due_at(kind, True, received) <= due_at(kind, False, received) + timedelta(hours=1)


@pytest.mark.parametrize(
    ("due", "now", "said"),
    [
        ("2026-10-12T17:00", "2026-10-12T17:01", "overdue"),
        ("2026-10-12T17:00", "2026-10-12T17:00", "soon"),
        ("2026-10-13T17:00", "2026-10-09T08:00", "soon"),  # on a Friday, Tuesday's
        ("2026-10-14T17:00", "2026-10-09T08:00", "in_time"),
        ("2026-02-24T17:00", "2026-02-13T23:59", "soon"),  # on the eve of Tết, the second day after it
        ("2026-02-25T17:00", "2026-02-13T23:59", "in_time"),
    ],
)
def test_standing(due: str, now: str, said: str) -> None:
    assert standing(at(due), at(now)) == said
    closed = WorkCalendar({date(2026, 10, 12): Worked.NONE})
    assert standing(at("2026-10-14T17:00"), at("2026-10-09T08:00"), closed) == "soon"


# --- reminders ---

DUE = "2026-10-16T17:00"  # a Friday


def _owed(now: str, *sent: str, urgent: bool = False, due: str = DUE, calendar: WorkCalendar | None = None) -> str:
    steps = owed_steps(at(due), urgent, set(sent), at(now), calendar or WorkCalendar())
    return " ".join(f"{step.step}→{step.to}" for step in steps)


@pytest.mark.parametrize(
    ("now", "sent", "owed"),
    [
        ("2026-10-13T16:59", "", ""),
        ("2026-10-14T07:29", "", ""),
        ("2026-10-14T07:30", "", "before→handler"),  # two working days before, as the office opens
        ("2026-10-14T07:30", "before", ""),
        ("2026-10-14T12:00", "", ""),  # lunch
        ("2026-10-14T20:00", "", ""),
        ("2026-10-15T09:00", "", "before→handler"),  # nobody ran yesterday
        ("2026-10-16T07:30", "before", "due→handler"),
        ("2026-10-16T07:30", "", "due→handler"),  # the older one would say nothing more
        ("2026-10-16T16:59", "before due", ""),
        ("2026-10-17T09:00", "before due", ""),  # a Saturday
        ("2026-10-19T07:30", "before due", "after→handler leader→leader"),
        ("2026-10-19T07:30", "before due after", "leader→leader"),
        ("2026-10-22T17:00", "before due after leader", ""),
        ("2026-10-23T07:30", "before due after leader", "superior→superior"),
        ("2026-10-23T07:30", "", "after→handler leader→leader superior→superior"),
        ("2026-10-26T09:00", "before due after leader superior", ""),
    ],
)
def test_ordinary_reminders_come_in_office_hours(now: str, sent: str, owed: str) -> None:
    assert _owed(now, *sent.split()) == owed


@pytest.mark.parametrize(
    ("now", "sent", "owed"),
    [
        # Received on New Year's Eve of Tết at 23:30: due at 00:30.
        ("2026-02-16T23:29", "", ""),
        ("2026-02-16T23:30", "", "before→handler leader→leader"),
        ("2026-02-16T23:30", "leader", "before→handler"),
        ("2026-02-17T00:29", "before leader", ""),
        ("2026-02-17T00:30", "before leader", "due→next_leader"),
        ("2026-02-17T01:00", "before leader due", "after→leader"),
        ("2026-02-17T01:30", "before leader due after", "superior→superior"),
        ("2026-02-17T01:30", "", "before→handler due→next_leader after→leader superior→superior"),
        ("2026-02-17T09:00", "before leader due after superior", ""),
    ],
)
def test_danger_is_told_day_and_night(now: str, sent: str, owed: str) -> None:
    assert _owed(now, *sent.split(), urgent=True, due="2026-02-17T00:30") == owed


def test_reminders_follow_the_calendar() -> None:
    # Due on the second day after Tết Bính Ngọ: the reminder before comes on the last day of work before it.
    tet = "2026-02-24T17:00"
    assert _owed("2026-02-13T07:29", due=tet) == ""
    assert _owed("2026-02-13T07:30", due=tet) == "before→handler"
    assert _owed("2026-02-18T09:00", due=tet) == ""
    afternoon = WorkCalendar({date(2026, 10, 16): Worked.AFTERNOON})
    assert _owed("2026-10-16T09:00", "before", calendar=afternoon) == ""
    assert _owed("2026-10-16T13:30", "before", calendar=afternoon) == "due→handler"
    saturday = WorkCalendar({date(2026, 10, 17): Worked.MORNING})
    assert _owed("2026-10-17T07:30", "before", "due", calendar=saturday) == "after→handler leader→leader"


@given(
    INSTANTS,
    st.booleans(),
    st.lists(st.integers(-8 * 24 * 60, 12 * 24 * 60), max_size=40).map(sorted),
)
def test_each_recipient_is_told_in_order_and_of_nothing_twice(
    received: datetime, urgent: bool, runs: list[int]
) -> None:
    due = due_at("petition", urgent, received)
    sent: list[str] = []
    told: dict[str, list[datetime]] = {}
    for minutes in runs:
        now = due + timedelta(minutes=minutes)
        for step in owed_steps(due, urgent, sent, now):
            reached = reached_at(step, due, urgent)
            assert reached <= now
            assert urgent or NATIONAL.is_open(now)
            assert reached >= max(told.get(step.to, [reached])), "nobody is told an older step after a newer one"
            told.setdefault(step.to, []).append(reached)
            sent.append(step.step)
        assert owed_steps(due, urgent, sent, now) == ()
    assert len(sent) == len(set(sent))


@given(INSTANTS, st.booleans())
def test_in_the_end_everybody_was_told(received: datetime, urgent: bool) -> None:
    due = due_at("petition", urgent, received)
    sent: list[str] = []
    for hour in range(-24 * 14, 24 * 21):
        now = due + timedelta(hours=hour, minutes=30 if not urgent else 0)
        sent += [step.step for step in owed_steps(due, urgent, sent, now)]
    table = standard_terms().urgent if urgent else standard_terms().ordinary
    missed = {step.to for step in table} - {step.to for step in table if step.step in sent}
    assert missed == set()
