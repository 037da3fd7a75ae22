"""Who may know of which case and who may do what on it, from the law and the design; knows nothing of the gate's code.

Law 25/2018 Art. 8, 9, 56: who handles a denunciation learns of it, and nobody else; Art. 12–13: what is held against
the Chairman or a Vice-Chairman is the next superior's. DOMAIN.md, "Who may not handle, who may see"; docs/casework.md.
"""

from dataclasses import dataclass

from models import Role
from tests.access.told import CHAIR, DEPARTMENTS, HEADS, PEOPLE, SIGNERS, SUPERIOR, Person, Told

PROVINCE_OF = {"A": "14", "B": "14", "C": "27", "14": "14", "27": "27"}
QUIET = ("question", "praise", "suggestion", "other")
"""Kinds that blame nobody."""


def may_know(person: Person, case: Told) -> bool:
    """Whether the person may learn that the case exists."""
    if person.role is not Role.OFFICER or not person.posts or person.gone or case.joined:
        return False
    if person.username in case.out:
        return False
    if person.unit in ("14", "27"):
        return case.superior and SUPERIOR in person.codes and person.unit == PROVINCE_OF[case.unit]
    if case.superior or person.unit != case.unit or case.led or _serves_under_an_accused(person, case):
        return False
    if person.late and _may_turn_out_to_blame(case):
        return False
    if CHAIR in person.codes or case.post in person.codes:
        return True
    return not case.kept and any(post in SIGNERS for post in person.codes)


def _serves_under_an_accused(person: Person, case: Told) -> bool:
    headed = {HEADS[post] for name in case.accused for post in PEOPLE[name].codes if post in HEADS}
    return any(DEPARTMENTS.get(post) in headed for post in person.codes if post not in HEADS)


def _may_turn_out_to_blame(case: Told) -> bool:
    return case.blames or case.kept or case.unread or case.kind not in QUIET


# --- acts ---

WAITING, SUBMITTED, RETURNED, ISSUED = "waiting", "submitted", "returned", "issued"
OPEN = (WAITING, SUBMITTED, RETURNED)
AT_THE_DESK = (WAITING, RETURNED)
FILED = ("filed_no_action", "filed_forwarded", "filed_withdrawn")
CLOSED = (ISSUED, *FILED)
HANDLER, LEADER, SIGNER, WHOEVER_KNOWS = "handler", "leader", "signer", "whoever knows"


@dataclass(frozen=True)
class Allowed:
    """An act: whose, in which states, and what else the case must be (names of properties of `Told`, ! for not).

    `sure`: whoever may do it by this can, with the form of the walk; else something else may still stand against it.
    """

    who: str
    states: tuple[str, ...]
    needs: tuple[str, ...] = ("!follows",)
    sure: bool = True


ACTS = {
    "mo": Allowed(WHOEVER_KNOWS, (*OPEN, *CLOSED), ()),
    "chen-mau": Allowed(WHOEVER_KNOWS, (*OPEN, *CLOSED), ()),
    "lien-he": Allowed(HANDLER, (*OPEN, *CLOSED), ()),
    "xac-nhan": Allowed(HANDLER, OPEN),
    "luu-nhap": Allowed(HANDLER, AT_THE_DESK),
    "trinh": Allowed(HANDLER, AT_THE_DESK),
    "ky": Allowed(SIGNER, OPEN),
    "tra-lai": Allowed(LEADER, (SUBMITTED,)),
    "chuyen": Allowed(HANDLER, OPEN, ("!follows", "!superior")),
    "luu-lai": Allowed(HANDLER, OPEN, ("!follows", "empty")),
    "mot-viec": Allowed(HANDLER, (WAITING,), sure=False),
    "la-rac": Allowed(HANDLER, OPEN, ()),
    "khong-la-rac": Allowed(HANDLER, OPEN, ()),
    "nang-loi": Allowed(HANDLER, OPEN, ()),
    "khong-nang-loi": Allowed(HANDLER, OPEN, ()),
    "sang-noi-khac": Allowed(LEADER, OPEN),
    "gop": Allowed(HANDLER, AT_THE_DESK, ("!follows", "!superior"), sure=False),
    "tach": Allowed(HANDLER, OPEN, ("follows",)),
    "xin-thoi": Allowed(HANDLER, OPEN, (), sure=False),
    "gia-han": Allowed(LEADER, OPEN, ("!follows", "!paused"), sure=False),
    "cho-nguoi-gui": Allowed(HANDLER, AT_THE_DESK, ("!follows", "!paused")),
    "tinh-tiep": Allowed(HANDLER, OPEN, ("!follows", "paused")),
    "ket-luan": Allowed(LEADER, (*OPEN, ISSUED), ("!follows", "accusing")),
    "moi-trinh-bay": Allowed(LEADER, (*OPEN, *CLOSED), ("!follows", "proved_false", "!invited")),
    "dong-y-rut": Allowed(LEADER, OPEN, ("!follows", "withdrawal_asked")),
    "mo-lai": Allowed(LEADER, CLOSED),
}  # fmt: skip
"""Every button of a case by the end of its address."""


def may_do(person: Person, case: Told, button: str) -> bool:
    """Whether an act is somebody's to do on a case that this person may know of."""
    act = ACTS[button]
    return act.who in roles_of(person, case) and case.state in act.states and all(_is(case, it) for it in act.needs)


def roles_of(person: Person, case: Told) -> set[str]:
    """In what capacities somebody who may know of the case acts on it."""
    # What went up is the superior's to sign, everything else a leader's of the unit.
    leads = SUPERIOR in person.codes if case.superior else any(post in SIGNERS for post in person.codes)
    holds = case.post in person.codes
    # The unit of the scene lets its officers answer questions alone.
    alone = holds and case.unit == "A" and case.kind == "question" and not (case.kept or case.blames)
    return {WHOEVER_KNOWS} | ({HANDLER} if holds or leads else set()) | ({LEADER, SIGNER} if leads else set()) | (
        {SIGNER} if alone else set()
    )  # fmt: skip


def _is(case: Told, what: str) -> bool:
    if what.startswith("!"):
        return not _is(case, what[1:])
    meant = {
        "empty": case.kind == "other",
        "accusing": case.blames or case.kind in ("complaint", "denunciation"),
        "proved_false": case.finding == "false",
    }
    return meant[what] if what in meant else bool(getattr(case, what))
