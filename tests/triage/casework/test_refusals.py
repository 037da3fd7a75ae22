"""Which refusal whoever hears of it is told, and what a wait and a lead allow: the state machine word by word."""

import itertools
from pathlib import Path

import pytest

from triage.casework.states import CLOSED, OPEN, RULES, Act, NotAllowed, Standing, State, Who, as_table, may, next_state

EVERYBODY = frozenset(Who)
STRANGERS = {
    # what whoever has no part in the act is told; all other acts: closed_or_not_yours
    Act.RETURN: "not_submitted_or_not_leader", Act.SIGN: "not_leader", Act.FORWARD: "leader_only",
    Act.LEAD: "lead_unknown", Act.EXTEND: "leader_only", Act.FIND: "leader_only", Act.INVITE: "leader_only",
    Act.ACCEPT_WITHDRAWAL: "leader_only", Act.REOPEN: "leader_only",
}  # fmt: skip
ONLY_RUNNING, ONLY_WAITING = {Act.PAUSE, Act.EXTEND}, {Act.RESUME}
ONLY_FOLLOWERS = {Act.UNFOLLOW}
FOLLOWERS_TOO = {Act.RECUSE, Act.STATE, Act.WITHDRAW, Act.ASK_WITHDRAWAL, Act.OPEN_CONTACT}


def refusal(act: Act, standing: Standing, roles: frozenset[Who] = EVERYBODY) -> str:
    with pytest.raises(NotAllowed) as refused:
        next_state(act, standing, roles)
    return str(refused.value)


@pytest.mark.parametrize("act", Act)
def test_a_stranger_is_told_whose_the_act_is(act: Act) -> None:
    others = EVERYBODY - {RULES[act].who}
    for state in State:
        assert refusal(act, Standing(state), others) == STRANGERS.get(act, "closed_or_not_yours")


@pytest.mark.parametrize("act", Act)
def test_a_wait_stops_and_opens_what_it_should(act: Act) -> None:
    for state, follows in itertools.product(OPEN, (False, True)):
        running, waiting = Standing(state, False, follows), Standing(state, True, follows)
        if act in ONLY_RUNNING and may(act, running, EVERYBODY):
            assert refusal(act, waiting) == "paused"
        elif act in ONLY_WAITING and may(act, waiting, EVERYBODY):
            assert refusal(act, running) == "not_paused"
        else:
            assert may(act, running, EVERYBODY) == may(act, waiting, EVERYBODY)


@pytest.mark.parametrize("act", Act)
def test_a_lead_stops_and_opens_what_it_should(act: Act) -> None:
    for state in OPEN:
        alone, follower = Standing(state, act in ONLY_WAITING), Standing(state, act in ONLY_WAITING, True)
        if not (may(act, alone, EVERYBODY) or may(act, follower, EVERYBODY)):
            assert refusal(act, alone) == refusal(act, follower)
        elif act in ONLY_FOLLOWERS:
            assert refusal(act, alone) == "follows_none"
        elif act not in FOLLOWERS_TOO:
            assert refusal(act, follower) == "follows_another"
        else:
            assert may(act, alone, EVERYBODY)
            assert may(act, follower, EVERYBODY)


def test_a_case_neither_waits_nor_follows_unless_it_is_said() -> None:
    assert Standing(State.WAITING) == Standing(State.WAITING, paused=False, follows=False)


def test_open_and_closed_are_all_states() -> None:
    assert {*OPEN, *CLOSED} == set(State)
    assert not {*OPEN} & {*CLOSED}
    assert [Standing(state).is_open for state in State] == [state in OPEN for state in State]


def test_the_table_has_a_head_and_a_row_for_every_act() -> None:
    lines = as_table().splitlines()
    assert lines[0].startswith("| act | who | waiting |")
    assert set(lines[1]) == set("| -")
    assert [line.split(" | ")[0] for line in lines[2:]] == [f"| {act.value}" for act in RULES]
    document = (Path(__file__).parents[3] / "docs" / "casework.md").read_text(encoding="utf-8")
    assert f"\n\n{as_table()}\n" in document
