"""The life of a case: which act is allowed to whom, in which state, and where it leads. Pure.

One table, `RULES`, says it all; every act asks `next_state` before it changes a row. What depends on more than state
and person (a reason that is missing, a post that does not exist) the act checks itself.
`docs/casework.md` shows the table; a test notices when it no longer does.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class NotAllowed(Exception):
    """The act does not fit the person or the state of the case; the code names why."""


class State(StrEnum):
    """Where a case stands; a filed one with its ending."""

    WAITING = "waiting"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ISSUED = "issued"
    NO_ACTION = "filed_no_action"
    FORWARDED = "filed_forwarded"
    WITHDRAWN = "filed_withdrawn"


class Who(StrEnum):
    """In what capacity somebody acts; one person may have several."""

    HANDLER = "handler"
    """Drafts the answer: holds the post the case lies with, or is a leader who may sign it."""
    SIGNER = "signer"
    """Issues the answer: a leader, or the handler alone where the unit's signing rule says so."""
    LEADER = "leader"
    """Leads the unit, or receives for the superior level."""
    SENDER = "sender"
    """Holds the follow-up code."""
    INVITED = "invited"
    """The officer a leader invited to answer an accusation that was proved false."""


class Act(StrEnum):
    """What can be done on a case."""

    CONFIRM = "confirm"
    REASSIGN = "reassign"
    DRAFT = "draft"
    SUBMIT = "submit"
    RETURN = "return"
    SIGN = "sign"
    FILE = "file"
    FORWARD = "forward"
    ONE_MATTER = "one_matter"
    FOLLOW = "follow"
    LEAD = "lead"
    UNFOLLOW = "unfollow"
    RECUSE = "recuse"
    EXTEND = "extend"
    PAUSE = "pause"
    RESUME = "resume"
    FIND = "find"
    INVITE = "invite"
    STATE = "state"
    WITHDRAW = "withdraw"
    ASK_WITHDRAWAL = "ask_withdrawal"
    ACCEPT_WITHDRAWAL = "accept_withdrawal"
    REOPEN = "reopen"
    OPEN_CONTACT = "open_contact"


OPEN = (State.WAITING, State.SUBMITTED, State.RETURNED)
CLOSED = (State.ISSUED, State.NO_ACTION, State.FORWARDED, State.WITHDRAWN)
CLOSED_OR_NOT_YOURS = "closed_or_not_yours"


@dataclass(frozen=True)
class Standing:
    """A case as the machine sees it. `follows`: another case's answer will be this one's too."""

    state: State
    paused: bool = False
    follows: bool = False

    @property
    def is_open(self) -> bool:
        """Whether an answer is still owed."""
        return self.state in OPEN


@dataclass(frozen=True)
class Rule:
    """One act: who may, from which state to which, and the reason codes of a refusal.

    `paused` and `follows` say what the act needs of that condition: True, False, or None where it does not matter.
    """

    who: Who
    to: Mapping[State, State]
    stranger: str = CLOSED_OR_NOT_YOURS
    refusal: str = CLOSED_OR_NOT_YOURS
    refusals: Mapping[State, str] = field(default_factory=dict)
    paused: bool | None = None
    follows: bool | None = False


def _stay(*states: State) -> Mapping[State, State]:
    return {state: state for state in states}


def _go(to: State, *states: State) -> Mapping[State, State]:
    return dict.fromkeys(states, to)


_LEADERS_WORK = {State.SUBMITTED: "already_submitted"}
"""What lies before a leader stays as it was submitted until it is returned."""

RULES: Mapping[Act, Rule] = {
    Act.CONFIRM: Rule(Who.HANDLER, _stay(*OPEN)),
    Act.REASSIGN: Rule(Who.HANDLER, _stay(*OPEN)),
    Act.DRAFT: Rule(Who.HANDLER, _stay(State.WAITING, State.RETURNED), refusals=_LEADERS_WORK),
    Act.SUBMIT: Rule(Who.HANDLER, _go(State.SUBMITTED, State.WAITING, State.RETURNED), refusals=_LEADERS_WORK),
    Act.RETURN: Rule(Who.LEADER, _go(State.RETURNED, State.SUBMITTED),
                     "not_submitted_or_not_leader", "not_submitted_or_not_leader"),
    Act.SIGN: Rule(Who.SIGNER, _go(State.ISSUED, *OPEN), stranger="not_leader"),
    Act.FILE: Rule(Who.HANDLER, _go(State.NO_ACTION, *OPEN)),
    Act.FORWARD: Rule(Who.LEADER, _go(State.FORWARDED, *OPEN), stranger="leader_only"),
    Act.ONE_MATTER: Rule(Who.HANDLER, _stay(State.WAITING), refusal="not_one_matter"),
    Act.FOLLOW: Rule(Who.HANDLER, _stay(State.WAITING, State.RETURNED), refusals=_LEADERS_WORK),
    Act.LEAD: Rule(Who.HANDLER, _stay(*OPEN), "lead_unknown", "lead_closed"),
    Act.UNFOLLOW: Rule(Who.HANDLER, _stay(*OPEN), follows=True),
    Act.RECUSE: Rule(Who.HANDLER, _stay(*OPEN), follows=None),
    Act.EXTEND: Rule(Who.LEADER, _stay(*OPEN), stranger="leader_only", paused=False),
    Act.PAUSE: Rule(Who.HANDLER, _stay(State.WAITING, State.RETURNED), refusals=_LEADERS_WORK, paused=False),
    Act.RESUME: Rule(Who.HANDLER, _stay(*OPEN), paused=True),
    Act.FIND: Rule(Who.LEADER, _stay(*OPEN, State.ISSUED), stranger="leader_only"),
    Act.INVITE: Rule(Who.LEADER, _stay(*OPEN, *CLOSED), stranger="leader_only"),
    Act.STATE: Rule(Who.INVITED, _stay(*OPEN, *CLOSED), follows=None),
    Act.WITHDRAW: Rule(Who.SENDER, _go(State.WITHDRAWN, *OPEN), follows=None),
    Act.ASK_WITHDRAWAL: Rule(Who.SENDER, _stay(*OPEN), follows=None),
    Act.ACCEPT_WITHDRAWAL: Rule(Who.LEADER, _go(State.WITHDRAWN, *OPEN), stranger="leader_only"),
    Act.REOPEN: Rule(Who.LEADER, _go(State.WAITING, *CLOSED), stranger="leader_only", refusal="not_closed"),
    Act.OPEN_CONTACT: Rule(Who.HANDLER, _stay(*OPEN, *CLOSED), follows=None),
}  # fmt: skip


def next_state(act: Act, standing: Standing, roles: Collection[Who]) -> State:
    """Where an act leads; raises NotAllowed with the code of why it may not be done."""
    rule = RULES[act]
    if rule.who not in roles:
        raise NotAllowed(rule.stranger)
    if standing.state not in rule.to:
        raise NotAllowed(rule.refusals.get(standing.state, rule.refusal))
    if rule.follows is not None and standing.follows is not rule.follows:
        raise NotAllowed("follows_another" if standing.follows else "follows_none")
    if rule.paused is not None and standing.paused is not rule.paused:
        raise NotAllowed("paused" if standing.paused else "not_paused")
    return rule.to[standing.state]


def may(act: Act, standing: Standing, roles: Collection[Who]) -> bool:
    """Whether an act is allowed."""
    try:
        next_state(act, standing, roles)
    except NotAllowed:
        return False
    return True


def as_table() -> str:
    """The machine as a table in Markdown: a row an act, a column a state, in a cell the next state or the refusal."""
    head = ["act", "who", *(state.value for state in State), "paused", "follows another"]
    lines = [head, ["---"] * len(head)]
    for act, rule in RULES.items():
        cells = [_cell(rule, state) for state in State]
        lines.append([act.value, rule.who.value, *cells, _condition(rule.paused), _condition(rule.follows)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _cell(rule: Rule, state: State) -> str:
    if state not in rule.to:
        return f"*{rule.refusals.get(state, rule.refusal)}*"
    return "stays" if rule.to[state] is state else f"→ {rule.to[state].value}"


def _condition(needed: bool | None) -> str:
    return {None: "either", True: "only", False: "never"}[needed]
