"""What the table of today does not show: a remote area's own terms to answer and to tell, danger after acceptance."""

from datetime import UTC, date, datetime, timedelta

import pytest

from triage.casework import clocks
from triage.casework.clocks import decision_due_at, due_at, intake_due_at, term_row
from triage.casework.terms import Clock, TermRow, TermTable
from vietnamese.calendar import Unit

RECEIVED = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
SINCE = date(2020, 1, 1)


def hours(clock: Clock, kind: str, amount: int, remote: int | None = None) -> TermRow:
    return TermRow(clock, kind, amount, Unit.HOURS, SINCE, "test", False, remote=remote)


@pytest.fixture(autouse=True)
def table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Terms by the hour, so that every difference is seen."""
    rows = (
        hours(Clock.ANSWER, "petition", 20, remote=30), hours(Clock.INTAKE, "petition", 10, remote=25),
        hours(Clock.ANSWER, "other", 20, remote=15), hours(Clock.INTAKE, "other", 18, remote=18),
        hours(Clock.DECIDE, "complaint", 40, remote=60), hours(Clock.DECIDE, "urgent", 1),
    )  # fmt: skip
    monkeypatch.setattr(clocks, "standard_terms", lambda: TermTable(rows, (), ()))


def after(count: int) -> datetime:
    return RECEIVED + timedelta(hours=count)


def test_a_remote_area_has_its_own_term_only_where_it_is_said() -> None:
    assert due_at("petition", False, RECEIVED) == after(20)
    assert due_at("petition", False, RECEIVED, remote=True) == after(30)
    assert intake_due_at("petition", False, RECEIVED) == after(10)
    assert intake_due_at("petition", False, RECEIVED, remote=True) == after(25)
    assert decision_due_at("complaint", RECEIVED) == after(40)
    assert decision_due_at("complaint", RECEIVED, remote=True) == after(60)


def test_what_is_told_is_never_later_than_a_remote_areas_answer() -> None:
    assert intake_due_at("other", False, RECEIVED) == after(18)
    assert intake_due_at("other", False, RECEIVED, remote=True) == after(15)


def test_an_accepted_complaint_keeps_its_term_whatever_the_danger() -> None:
    assert term_row(Clock.DECIDE, "complaint", True, RECEIVED).kind == "urgent"
    assert decision_due_at("complaint", RECEIVED) == after(40)
