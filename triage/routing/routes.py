"""Where an entry goes and why: conflict of interest before convenience (pure).

The order of the rules is the order of the law. A denunciation of a chairperson or vice-chairperson belongs
to the superior level (Law 25/2018 Art. 12–13); a first complaint against the chairperson's own decision is
decided by the chairperson first (Law 02/2011 Art. 7, 17–18), unless it accuses as well.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from triage.routing.accused import Finding, kept_out, weigh
from triage.routing.roster import CHAIRPERSON, LEADERS, VICE_CHAIRPERSON, Person, Roster, is_head

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


@dataclass(frozen=True, slots=True)
class Matter:
    """What the reading said of an entry: labels of the taxonomy, flags, and whether it would not decide.

    `suspicious` says that an entry may be a complaint or a denunciation although its kind says otherwise.
    """

    kind: str
    topic: str
    urgent: bool = False
    accuses_staff: bool = False
    abstained: bool = False
    suspicious: bool = False

    @property
    def restricted(self) -> bool:
        """Whether only named people may see the entry: by its kind, or because the reading is unsure and suspects."""
        doubted = self.abstained and (self.suspicious or self.accuses_staff)
        return self.kind in RESTRICTED_KINDS or doubted


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the decision: a code, and the citizen's words or the post it speaks of.

    Codes: leader_accused, urgent, restricted_kind, suspected (unsure, and it may be a complaint or a denunciation
    or accuse staff), abstained, topic_post, no_post, conflict (a post passed
    over, since everyone who holds it is excluded), none_left (nobody in the commune may handle it),
    first_complaint, accused, family (a relative of an officer is blamed), in_doubt (excluded without being
    accused), nobody_resolved (staff is accused, but nobody of the roster could be found). Of a reading's reasons
    `spans` says where the words stand in the NFC text.
    """

    code: str
    words: str = ""
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Routing:
    """`route` is a post id, or superior, duty_leader, restricted_intake, reception.

    `accused` are person ids; `excluded` contains them and those in doubt: none of them may see or handle the
    entry. Whoever resolves the route to a person must leave out `excluded`; somebody always remains where
    the roster has a holder. `confidential` entries are shown to named people only. `subordinates` work under
    somebody excluded and must not handle the entry either. `named` are those of `excluded` found by (part of) their
    name, not by a title or desk alone.
    """

    route: str
    accused: tuple[str, ...]
    excluded: tuple[str, ...]
    superior: bool
    confidential: bool
    reasons: tuple[Reason, ...]
    subordinates: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Charges:
    """Findings that accuse, findings that only exclude, and whether a leader must not judge."""

    accusing: tuple[Finding, ...] = ()
    doubtful: tuple[Finding, ...] = ()
    superior: bool = False

    @property
    def accused(self) -> tuple[str, ...]:
        return _ids(self.accusing)

    @property
    def excluded(self) -> tuple[str, ...]:
        return _ids(self.accusing + self.doubtful)

    @property
    def named(self) -> tuple[str, ...]:
        return _ids(finding for finding in self.accusing + self.doubtful if finding.mention.by_name)


def decide(matter: Matter, text: str, roster: Roster, posts: Mapping[str, str]) -> Routing:
    """The route of an entry, from its labels, its text, the staff and the table of topic → post.

    A topic missing from `posts` goes where `other` goes, else to reception. With an empty roster nobody can
    be excluded, but an accused chairperson or vice-chairperson is still recognised by title.
    """
    return route_findings(matter, weigh(text, roster), roster, posts)


def route_findings(matter: Matter, findings: Sequence[Finding], roster: Roster, posts: Mapping[str, str]) -> Routing:
    """As `decide`, for a text already weighed."""
    charges = _charges(matter, findings)
    subordinates = _subordinates(charges.excluded, roster)
    route, steps = _route(matter, charges, subordinates, roster, posts)
    superior = route == SUPERIOR
    return Routing(
        route=route,
        accused=charges.accused,
        excluded=charges.excluded,
        superior=superior,
        confidential=superior or matter.restricted,
        reasons=(*steps, *_about_people(matter, charges)),
        subordinates=subordinates,
        named=charges.named,
    )


# --- who is accused, given what kind of entry it is ---


def _charges(matter: Matter, findings: Sequence[Finding]) -> _Charges:
    """Staff must be accused for anybody to be kept out, or a restricted text tell misconduct of somebody."""
    found = kept_out(findings)
    if not matter.accuses_staff:
        if matter.kind not in RESTRICTED_KINDS:
            return _Charges()
        found = tuple(f for f in found if f.blamed and (f.misconduct or matter.kind == "denunciation"))
    accusing = tuple(finding for finding in found if finding.blamed) or found
    doubtful = tuple(finding for finding in found if finding not in accusing)
    return _Charges(accusing, doubtful, superior=any(finding.mention.leads for finding in found))


def _ids(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(holder.person.id for finding in findings for holder in finding.mention.holders))


def _subordinates(excluded: Sequence[str], roster: Roster) -> tuple[str, ...]:
    """Everybody else of the departments that somebody excluded heads."""
    heads = [person for person in roster.staff if person.id in excluded and is_head(person) and person.department]
    departments = {person.department for person in heads}
    return tuple(p.id for p in roster.staff if p.department in departments and p.id not in excluded)


# --- which post ---


def _route(
    matter: Matter, charges: _Charges, subordinates: tuple[str, ...], roster: Roster, posts: Mapping[str, str]
) -> tuple[str, list[Reason]]:
    if charges.superior:
        words = next(f.words for f in (*charges.accusing, *charges.doubtful) if f.mention.leads)
        return SUPERIOR, [Reason("leader_accused", words)]
    first, reason = _first_choice(matter, posts)
    return _climb(first, matter, frozenset((*charges.excluded, *subordinates)), roster, [reason])


def _first_choice(matter: Matter, posts: Mapping[str, str]) -> tuple[str, Reason]:
    if matter.urgent:
        return DUTY_LEADER, Reason("urgent")
    if matter.kind in RESTRICTED_KINDS:
        return RESTRICTED_INTAKE, Reason("restricted_kind", matter.kind)
    if matter.restricted:
        return RESTRICTED_INTAKE, Reason("suspected")
    if matter.abstained:
        return RECEPTION, Reason("abstained")
    post = posts.get(matter.topic) or posts.get("other")
    return (post, Reason("topic_post", matter.topic)) if post else (RECEPTION, Reason("no_post", matter.topic))


def _climb(
    first: str, matter: Matter, barred: frozenset[str], roster: Roster, steps: list[Reason]
) -> tuple[str, list[Reason]]:
    """`first`, unless all who hold it are barred: then the next above that somebody else holds."""
    if not _blocked(first, barred, roster):
        return first, steps
    steps.append(Reason("conflict", first))
    for post in _ladder(first, matter, roster):
        if not _blocked(post, barred, roster) and _holders(post, roster):
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
    above = [person.post for person in roster.staff if person.department in departments and is_head(person)]
    return list(dict.fromkeys(above))


def _holders(route: str, roster: Roster) -> tuple[Person, ...]:
    wanted = _POSTS_OF_ROUTE.get(route, frozenset({route}))
    return tuple(person for person in roster.staff if person.post in wanted)


def _blocked(route: str, barred: frozenset[str], roster: Roster) -> bool:
    """Whether somebody holds the post and all who do are barred."""
    holders = _holders(route, roster)
    return bool(holders) and all(person.id in barred for person in holders)


# --- why ---


def _about_people(matter: Matter, charges: _Charges) -> Iterator[Reason]:
    yield from (Reason("family" if f.mention.family else "accused", f.words) for f in charges.accusing)
    yield from (Reason("family" if f.mention.family else "in_doubt", f.words) for f in charges.doubtful)
    if matter.accuses_staff and not charges.accused:
        yield Reason("nobody_resolved")
    if matter.kind == "complaint" and not matter.accuses_staff and not charges.superior:
        yield Reason("first_complaint")
