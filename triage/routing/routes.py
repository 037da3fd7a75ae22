"""Where an entry goes and why: conflict of interest before convenience (pure).

The order of the rules is the order of the law. A denunciation of a chairperson or vice-chairperson belongs
to the superior level (Law 25/2018 Art. 12–13); a first complaint against the chairperson's own decision is
decided by the chairperson first (Law 02/2011 Art. 7, 17–18), unless it accuses as well.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from triage.routing.accused import Finding, weigh
from triage.routing.roster import CHAIRPERSON, LEADERS, VICE_CHAIRPERSON, Person, Roster

SUPERIOR = "superior"
DUTY_LEADER = "duty_leader"
RESTRICTED_INTAKE = "restricted_intake"
RECEPTION = "reception"

RESTRICTED_KINDS = frozenset({"complaint", "denunciation"})
QUIET_KINDS = frozenset({"praise", "question", "suggestion", "other"})
COUNTER_TOPICS = frozenset({"staff_attitude", "waiting_time", "paperwork", "fees", "online_services"})
CENTER_DIRECTOR = "public_service_center_director"

# Posts behind the routes that are no post ids themselves.
_POSTS_OF_ROUTE = {RECEPTION: frozenset({"reception_clerk"}), DUTY_LEADER: LEADERS}
_HEAD_ENDINGS = ("_head", "_chief", "_director")


@dataclass(frozen=True, slots=True)
class Matter:
    """What the reading said of an entry: labels of the taxonomy, flags, and whether it would not decide."""

    kind: str
    topic: str
    urgent: bool = False
    accuses_staff: bool = False
    abstained: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the decision: a code, and the citizen's words or the post it speaks of.

    Codes: leader_accused, urgent, restricted_kind, abstained, topic_post, no_post, conflict (a post passed
    over, since everyone who holds it is excluded), none_left (nobody in the commune may handle it),
    first_complaint, accused, family (a relative of an officer is blamed), in_doubt (excluded without being
    accused), nobody_resolved (staff is accused, but nobody of the roster could be found).
    """

    code: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Routing:
    """`route` is a post id, or superior, duty_leader, restricted_intake, reception.

    `accused` are person ids; `excluded` contains them and those in doubt: none of them may see or handle the
    entry. Whoever resolves the route to a person must leave out `excluded`; somebody always remains where
    the roster has a holder. `confidential` entries are shown to named people only.
    """

    route: str
    accused: tuple[str, ...]
    excluded: tuple[str, ...]
    superior: bool
    confidential: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Charges:
    """Findings that accuse, findings that only exclude, and whether a leader must not judge."""

    accusing: tuple[Finding, ...]
    doubtful: tuple[Finding, ...]
    superior: bool

    @property
    def accused(self) -> tuple[str, ...]:
        return _ids(self.accusing)

    @property
    def excluded(self) -> tuple[str, ...]:
        return _ids(self.accusing + self.doubtful)


def decide(matter: Matter, text: str, roster: Roster, posts: Mapping[str, str]) -> Routing:
    """The route of an entry, from its labels, its text, the staff and the table of topic → post.

    A topic missing from `posts` goes where `other` goes, else to reception. With an empty roster nobody can
    be excluded, but an accused chairperson or vice-chairperson is still recognised by title.
    """
    charges = _charges(matter, weigh(text, roster))
    route, steps = _route(matter, charges, roster, posts)
    superior = route == SUPERIOR
    return Routing(
        route=route,
        accused=charges.accused,
        excluded=charges.excluded,
        superior=superior,
        confidential=superior or matter.kind in RESTRICTED_KINDS,
        reasons=(*steps, *_about_people(matter, charges)),
    )


# --- who is accused, given what kind of entry it is ---


def _charges(matter: Matter, findings: tuple[Finding, ...]) -> _Charges:
    suspects = tuple(finding for finding in findings if finding.accused)
    if not matter.accuses_staff and matter.kind in QUIET_KINDS and not matter.abstained:
        return _Charges((), (), superior=False)
    direct = tuple(finding for finding in suspects if not finding.mention.family)
    family = tuple(finding for finding in suspects if finding.mention.family)
    if matter.accuses_staff:
        accusing = direct or family or _last_resort(findings)  # nobody else can be the one blamed
        doubtful = family if direct else ()
    else:
        accusing = tuple(finding for finding in direct if _accuses_unasked(matter, finding))
        doubtful = tuple(f for f in suspects if f not in accusing and _excludes_unasked(matter, f))
    return _Charges(accusing, doubtful, superior=any(_goes_up(matter, finding) for finding in accusing))


def _last_resort(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Offices named without a clear reproach, where staff is blamed and nobody else is in sight."""
    return tuple(finding for finding in findings if finding.vague)


def _accuses_unasked(matter: Matter, finding: Finding) -> bool:
    """Whether the text accuses although the reading saw no accusation of staff."""
    return finding.misconduct if matter.kind == "complaint" else finding.blamed


def _excludes_unasked(matter: Matter, finding: Finding) -> bool:
    """Whether a mention without blame is enough to be kept from an entry that accuses no staff.

    A first complaint is decided by those who made the decision: they are not kept from it for that alone.
    In an ordinary petition only a relative's interest counts, or the post that must answer would be passed
    over for having been named.
    """
    return matter.abstained or matter.kind == "denunciation" or finding.mention.family


def _goes_up(matter: Matter, finding: Finding) -> bool:
    misconduct = matter.accuses_staff or matter.kind == "denunciation" or finding.misconduct
    return finding.mention.leads and misconduct


def _ids(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(holder.person.id for finding in findings for holder in finding.mention.holders))


# --- which post ---


def _route(matter: Matter, charges: _Charges, roster: Roster, posts: Mapping[str, str]) -> tuple[str, list[Reason]]:
    if charges.superior:
        words = next(f.words for f in charges.accusing if _goes_up(matter, f))
        return SUPERIOR, [Reason("leader_accused", words)]
    first, reason = _first_choice(matter, posts)
    return _climb(first, matter, frozenset(charges.excluded), roster, [reason])


def _first_choice(matter: Matter, posts: Mapping[str, str]) -> tuple[str, Reason]:
    if matter.urgent:
        return DUTY_LEADER, Reason("urgent")
    if matter.kind in RESTRICTED_KINDS:
        return RESTRICTED_INTAKE, Reason("restricted_kind", matter.kind)
    if matter.abstained:
        return RECEPTION, Reason("abstained")
    post = posts.get(matter.topic) or posts.get("other")
    return (post, Reason("topic_post", matter.topic)) if post else (RECEPTION, Reason("no_post", matter.topic))


def _climb(
    first: str, matter: Matter, excluded: frozenset[str], roster: Roster, steps: list[Reason]
) -> tuple[str, list[Reason]]:
    """`first`, unless all who hold it are excluded: then the next above that somebody else holds."""
    if not _blocked(first, excluded, roster):
        return first, steps
    steps.append(Reason("conflict", first))
    for post in _ladder(first, matter, roster):
        if not _blocked(post, excluded, roster) and _holders(post, roster):
            return post, steps
        if _holders(post, roster):
            steps.append(Reason("conflict", post))
    return SUPERIOR, [*steps, Reason("none_left")]


def _ladder(first: str, matter: Matter, roster: Roster) -> Iterator[str]:
    if first not in (DUTY_LEADER, RESTRICTED_INTAKE):
        yield from (post for post in _heads_above(first, roster) if post != first)
        if matter.topic in COUNTER_TOPICS and first != CENTER_DIRECTOR:
            yield CENTER_DIRECTOR
    yield from (post for post in (VICE_CHAIRPERSON, CHAIRPERSON) if post != first)


def _heads_above(post: str, roster: Roster) -> list[str]:
    """Posts of the heads of the departments in which `post` is held."""
    departments = {person.department for person in _holders(post, roster) if person.department}
    above = [
        person.post
        for person in roster.staff
        if person.department in departments and person.post.endswith(_HEAD_ENDINGS)
    ]
    return list(dict.fromkeys(above))


def _holders(route: str, roster: Roster) -> tuple[Person, ...]:
    wanted = _POSTS_OF_ROUTE.get(route, frozenset({route}))
    return tuple(person for person in roster.staff if person.post in wanted)


def _blocked(route: str, excluded: frozenset[str], roster: Roster) -> bool:
    """Whether somebody holds the post and all who do are excluded."""
    holders = _holders(route, roster)
    return bool(holders) and all(person.id in excluded for person in holders)


# --- why ---


def _about_people(matter: Matter, charges: _Charges) -> Iterator[Reason]:
    yield from (Reason("accused", finding.words) for finding in charges.accusing)
    for finding in charges.doubtful:
        yield Reason("family" if finding.mention.family else "in_doubt", finding.words)
    if matter.accuses_staff and not charges.accused:
        yield Reason("nobody_resolved")
    if matter.kind == "complaint" and not matter.accuses_staff and not charges.superior:
        yield Reason("first_complaint")
