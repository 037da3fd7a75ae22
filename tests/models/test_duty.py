"""Whose turn it is: every empty working day gets somebody who leads that day, and nothing that was set is changed."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from models.duty import DutyDay, Leader, month_days, take_turns
from vietnamese.calendar import is_working_day

FIRST = date(2026, 9, 1)
LEADERS = (Leader(1, "A"), Leader(2, "B"), Leader(3, "C"))


def month(leaders: tuple[Leader, ...] = LEADERS, first: date = FIRST) -> list[DutyDay]:
    return [DutyDay(day, is_working_day(day), leaders, None) for day in month_days(first)]


def test_months_have_their_days() -> None:
    assert len(month_days(date(2026, 2, 1))) == 28
    assert month_days(date(2026, 12, 1))[-1] == date(2026, 12, 31)


def test_turns_go_round_and_skip_days_off() -> None:
    filled = take_turns(month(), {}, FIRST)
    assert date(2026, 9, 2) not in filled  # National Day
    assert date(2026, 9, 5) not in filled  # a Saturday
    working = [filled[day.day] for day in month() if day.working]
    assert working[:4] == [1, 2, 3, 1]
    assert max(map(working.count, (1, 2, 3))) - min(map(working.count, (1, 2, 3))) <= 1


def test_the_turn_goes_on_from_whoever_was_set_by_hand() -> None:
    set_by_hand: dict[date, int | None] = {date(2026, 9, 1): 2}
    assert take_turns(month(), set_by_hand, FIRST)[date(2026, 9, 3)] == 3


def test_nobody_leads_nobody_is_on_duty() -> None:
    assert take_turns(month(()), {}, FIRST) == {}


@given(
    st.dictionaries(st.sampled_from(month_days(FIRST)), st.sampled_from([1, 2, 3, None])),
    st.sampled_from(month_days(FIRST)),
    st.lists(st.sets(st.sampled_from(LEADERS)), min_size=30, max_size=30),
)
def test_turns_only_fill(chosen: dict[date, int | None], since: date, leading: list[set[Leader]]) -> None:
    days = [
        DutyDay(day, is_working_day(day), tuple(sorted(leaders, key=lambda leader: leader.id)), None)
        for day, leaders in zip(month_days(FIRST), leading, strict=True)
    ]
    filled = take_turns(days, chosen, since)
    for day in days:
        before, after = chosen.get(day.day), filled.get(day.day)
        may = {leader.id for leader in day.leaders}
        if before is not None or day.day < since or not day.working or not may:
            assert after == before
        else:
            assert after in may
