"""Everybody who may come to a door, and a case in every state, told by hand: what `rules` judges by.

Nothing here is read from rows; `test_the_scene_is_as_told` notices where the service made something else of it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from models import Role
from tests.fixtures.world import START
from vietnamese.calendar import local_day

TODAY = local_day(START)
LONG_AGO = date(2025, 7, 1)
ONE_DAY = timedelta(days=1)
HEAD, JUSTICE, LAND, SOCIAL = "economy_department_head", "justice_officer", "land_officer", "social_officer"
CHAIR, VICE, DIRECTOR, INTAKE = (
    "chairperson", "vice_chairperson", "public_service_center_director", "restricted_intake",
)  # fmt: skip
CLERK, POLICE, CULTURE, CHIEF = (
    "reception_clerk", "commune_police_chief", "culture_social_department_head", "office_chief",
)  # fmt: skip
SUPERIOR, BESIDE = "superior_handler", "province_clerk"
SIGNERS = (CHAIR, VICE, DIRECTOR)
HEADS = {HEAD: "economy", CULTURE: "culture"}
DEPARTMENTS = {HEAD: "economy", LAND: "economy", CULTURE: "culture", SOCIAL: "culture"}
"""Departments of posts, as far as anybody is over anybody in them."""


@dataclass(frozen=True)
class Person:
    """An account as a person would tell of it. `posts` are (unit, post) held today, `late`: came after the cases."""

    username: str
    unit: str
    role: Role = Role.OFFICER
    posts: frozenset[tuple[str, str]] = frozenset()
    late: bool = False
    gone: bool = False
    """Held posts and holds none any more: the account is closed."""

    @property
    def codes(self) -> frozenset[str]:
        """Posts held in the own unit."""
        return frozenset(post for unit, post in self.posts if unit == self.unit)


def _staff(prefix: str, unit: str, *posts: str) -> list[Person]:
    return [Person(f"{prefix}.{post}", unit, posts=frozenset({(unit, post)})) for post in posts]


def _holding(username: str, unit: str, *posts: tuple[str, str], late: bool = False) -> Person:
    return Person(username, unit, posts=frozenset(posts), late=late)


OUT = Person("", "")
"""Nobody is signed in."""
PEOPLE = {
    person.username: person
    for person in (
        *_staff("a", "A", CHAIR, VICE, DIRECTOR, JUSTICE, HEAD, CULTURE, POLICE, CLERK, INTAKE),
        _holding("a.office_chief", "A", ("A", CHIEF), ("A", VICE), late=True),
        *_staff("b", "B", CHAIR, VICE, HEAD, JUSTICE, INTAKE),
        *_staff("c", "C", CHAIR, HEAD),
        _holding("a.superior", "14", ("14", SUPERIOR)),
        _holding("c.superior", "27", ("27", SUPERIOR)),
        _holding("p.beside", "14", ("14", BESIDE)),
        _holding("p.chair", "14", ("14", CHAIR)),
        _holding("a.land", "A", ("A", LAND)),
        _holding("a.social", "A", ("A", SOCIAL)),
        _holding("a.acting", "A", ("A", CHAIR)),
        _holding("a.standin", "A", ("A", HEAD), ("A", CLERK)),
        _holding("a.was_standin", "A", ("A", POLICE)),
        _holding("a.will_standin", "A", ("A", POLICE)),
        _holding("a.moved", "A", ("A", POLICE)),
        _holding("a.joined", "A", ("A", HEAD), ("A", JUSTICE), ("A", INTAKE), late=True),
        _holding("a.joined_leader", "A", ("A", VICE), late=True),
        _holding("a.above", "A", ("14", SUPERIOR)),
        _holding("a.nothing", "A"),
        Person("a.former", "A", gone=True),
        Person("a.yesterday", "A", gone=True),
        Person("a.board", "14", Role.BOARD),
        Person("xa.board", "A", Role.BOARD),
        Person("a.admin", "14", Role.ADMINISTRATOR),
        Person("xa.admin", "A", Role.ADMINISTRATOR),
    )
}


@dataclass(frozen=True)
class Told:
    """A case as a person would tell of it. `out`: kept out by name; `accused`: those of them who are accused."""

    unit: str
    post: str
    state: str = "waiting"
    kind: str = "petition"
    blames: bool = False
    kept: bool = False
    superior: bool = False
    unread: bool = False
    accused: frozenset[str] = frozenset()
    out: frozenset[str] = frozenset()
    joined: bool = False
    follows: bool = False
    paused: bool = False
    finding: str = ""
    withdrawal_asked: bool = False
    invited: bool = False
    led: frozenset[str] = frozenset()
    """Who of the accused leads the unit today."""


TUAN = frozenset({"a.economy_department_head"})
_accusing = partial(Told, "A", blames=True)
_bribe = partial(_accusing, INTAKE, kind="denunciation", kept=True, accused=TUAN, out=TUAN)
CASES = {
    "road": Told("A", HEAD),
    "asked": Told("A", JUSTICE, kind="question"),
    "suggested": Told("A", HEAD, kind="suggestion"),
    "praised": Told("A", DIRECTOR, kind="praise"),
    "submitted": Told("A", HEAD, "submitted"),
    "returned": Told("A", HEAD, "returned"),
    "paused": Told("A", HEAD, paused=True),
    "issued": Told("A", HEAD, "issued"),
    "nothing": Told("A", CHIEF, kind="other"),
    "filed": Told("A", CHIEF, "filed_no_action", kind="other"),
    "forwarded": Told("A", HEAD, "filed_forwarded"),
    "withdrawn": Told("A", HEAD, "filed_withdrawn"),
    "reopened": Told("A", HEAD),
    "lead": Told("A", HEAD),
    "follower": Told("A", HEAD, follows=True),
    "whole": Told("A", HEAD),
    "joined": Told("A", JUSTICE, "filed_no_action", kind="question", joined=True),
    "matter": Told("A", HEAD),
    "beside": Told("A", JUSTICE, kind="question"),
    "recused": Told("A", DIRECTOR, kind="question", out=frozenset({"a.justice_officer"})),
    "unread": Told("A", CLERK, kind="question", unread=True),
    "rude": _accusing(DIRECTOR, accused=TUAN, out=TUAN),
    "false": _accusing(DIRECTOR, "issued", accused=TUAN, out=TUAN, finding="false"),
    "told": _accusing(DIRECTOR, "issued", accused=TUAN, out=TUAN, finding="false", invited=True),
    "bribe": _bribe(),
    "bribe_submitted": _bribe("submitted"),
    "bribe_issued": _bribe("issued"),
    "taken_back": _bribe(withdrawal_asked=True),
    "doubt": Told("A", LAND, out=TUAN),
    "late_accused": Told("A", LAND, accused=TUAN, out=TUAN),
    "own_accused": Told("A", HEAD, accused=TUAN, out=TUAN),
    "own_doubt": Told("A", HEAD, out=TUAN),
    "vice_recused": Told("A", JUSTICE, kind="question", out=frozenset({"a.vice_chairperson"})),
    "leading": _accusing(DIRECTOR, accused=frozenset({"a.office_chief"}), out=frozenset({"a.office_chief"}),
                         led=frozenset({"a.office_chief"})),
    "chair_leading": Told("A", HEAD, accused=frozenset({"a.acting"}), out=frozenset({"a.acting"}),
                          led=frozenset({"a.acting"})),
    "up": Told("A", SUPERIOR, kind="denunciation", blames=True, kept=True, superior=True,
               accused=frozenset({"a.chairperson"}), out=frozenset({"a.chairperson"})),
    "elsewhere": Told("B", HEAD),
    "elsewhere_bribe": Told("B", INTAKE, kind="denunciation", blames=True, kept=True),
    "far": Told("C", HEAD),
    "far_up": Told("C", SUPERIOR, kind="denunciation", blames=True, kept=True, superior=True,
                   accused=frozenset({"c.chairperson"}), out=frozenset({"c.chairperson"})),
}  # fmt: skip
