"""The state machine over every act, state, person and condition; its table in the docs is the real one."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import CaseState, Ending
from triage.casework.states import (
    CLOSED,
    OPEN,
    RULES,
    Act,
    NotAllowed,
    Standing,
    State,
    Who,
    as_table,
    may,
    next_state,
)
from webapp.officer.sentences import PROBLEMS

DOCUMENT = Path(__file__).parents[3] / "docs" / "casework.md"
STANDINGS = [
    Standing(state, paused, follows)
    for state, paused, follows in itertools.product(State, (False, True), (False, True))
    if state in OPEN or not (paused or follows)
]
ROLES = [frozenset(some) for size in range(len(Who) + 1) for some in itertools.combinations(Who, size)]
CONDITIONS = {"paused", "not_paused", "follows_another", "follows_none"}
CLOSING = {
    Act.SIGN: State.ISSUED, Act.FILE: State.NO_ACTION, Act.FORWARD: State.FORWARDED,
    Act.WITHDRAW: State.WITHDRAWN, Act.ACCEPT_WITHDRAWAL: State.WITHDRAWN,
}  # fmt: skip


def test_every_act_has_one_rule_and_every_refusal_a_sentence() -> None:
    assert set(RULES) == set(Act)
    said = set(PROBLEMS)
    for rule in RULES.values():
        assert {rule.stranger, rule.refusal, *rule.refusals.values()} <= said
    assert said >= CONDITIONS


def test_the_states_are_those_of_the_tables() -> None:
    filed = {f"filed_{ending.value}" for ending in Ending}
    assert {state.value for state in State} == {state.value for state in CaseState} - {"filed"} | filed


@pytest.mark.parametrize("act", Act)
def test_the_whole_product_leads_to_a_state_or_is_refused_with_a_code(act: Act) -> None:
    rule, led = RULES[act], 0
    for standing, roles in itertools.product(STANDINGS, ROLES):
        if not may(act, standing, roles):
            with pytest.raises(NotAllowed) as refused:
                next_state(act, standing, roles)
            assert str(refused.value) in {rule.stranger, rule.refusal, *rule.refusals.values(), *CONDITIONS}
            continue
        state = next_state(act, standing, roles)
        led += 1
        assert rule.who in roles
        assert state is CLOSING.get(act, state)
    assert led, "an act nobody can ever do"


def test_closed_cases_change_by_reopening_alone() -> None:
    for act, standing, roles in itertools.product(Act, STANDINGS, ROLES):
        if standing.state in CLOSED and act is not Act.REOPEN and may(act, standing, roles):
            assert next_state(act, standing, roles) is standing.state
            assert act in (Act.FIND, Act.INVITE, Act.STATE, Act.OPEN_CONTACT)


def test_the_sender_alone_withdraws_and_does_nothing_else() -> None:
    for act, standing in itertools.product(Act, STANDINGS):
        assert may(act, standing, {Who.SENDER}) == (act in (Act.WITHDRAW, Act.ASK_WITHDRAWAL) and standing.is_open)


def test_nobody_may_do_anything_without_a_role() -> None:
    assert not any(may(act, standing, ()) for act, standing in itertools.product(Act, STANDINGS))


def test_a_follower_is_not_answered_nor_handed_on_by_itself() -> None:
    everybody = frozenset(Who)
    allowed = {act for act in Act if may(act, Standing(State.WAITING, follows=True), everybody)}
    assert allowed == {Act.UNFOLLOW, Act.RECUSE, Act.STATE, Act.WITHDRAW, Act.ASK_WITHDRAWAL, Act.OPEN_CONTACT}


@given(st.lists(st.tuples(st.sampled_from(Act), st.sampled_from(ROLES)), max_size=30))
def test_whatever_people_do_only_a_signature_answers(acts: list[tuple[Act, frozenset[Who]]]) -> None:
    state = State.WAITING
    for act, roles in acts:
        standing = Standing(state)
        if not may(act, standing, roles):
            continue
        after = next_state(act, standing, roles)
        if after is State.ISSUED and state is not State.ISSUED:
            assert act is Act.SIGN
            assert Who.SIGNER in roles
        if state in CLOSED and after in OPEN:
            assert act is Act.REOPEN
            assert Who.LEADER in roles
        state = after


def test_the_documents_table_is_the_machines() -> None:
    assert as_table() in DOCUMENT.read_text(), (
        "docs/casework.md shows an old table: run "
        'python -c "from triage.casework.states import as_table; print(as_table())" and paste it'
    )
