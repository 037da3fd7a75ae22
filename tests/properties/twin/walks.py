"""Walking through an installation as everybody who must not know of the entry, and comparing with its twin."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import sqlalchemy as sa

from models import CaseFact, CaseState, Role
from tests.properties.twin.addresses import endpoint_of, known_in, links_in, pages_for, references_in
from tests.properties.twin.asking import Answer, Browser, compare
from tests.properties.twin.installations import SECRET, Installation, Leak, insiders
from vietnamese.calendar import local_day

Walk = dict[str, Answer]
PUBLIC = "the public"
FORBIDDEN_WORDS = ("quát mắng", "hai triệu", "phong bì", "ném trả", "lò nổ", "hẹn ba lần")
"""Words of the hidden entries: a restricted one shows them to nobody who did not say why he opens it."""


@dataclass(frozen=True)
class Reach:
    """How far a walk goes: every value of every query, who opens all pages (None: everybody), links to a depth
    and at most so many pages a route by them, who walks at all (None: everybody)."""

    whole: bool = False
    full: tuple[str, ...] | None = None
    depth: int = 0
    most: int = 3
    only: tuple[str, ...] | None = None


@dataclass
class Tally:
    """What was compared."""

    people: set[str] = field(default_factory=set)
    endpoints: set[str] = field(default_factory=set)
    compared: int = 0

    def __str__(self) -> str:
        return f"{len(self.endpoints)} routes, {len(self.people)} people, {self.compared} comparisons"


def compare_everybody(without: Installation, twins: Sequence[Installation], reach: Reach, tally: Tally) -> None:
    """Everybody who must not know of a twin's entry finds the same in it as in the installation without it."""
    references = references_of(without, twins, reach)
    for who in reach.only or (*without.accounts, PUBLIC):
        strange = [made for made in twins if who not in insiders(made)]
        if not strange:
            continue
        walked = walk_of(without, who, references, reach)
        for made in strange:
            if without.accounts.get(who) is Role.BOARD and _is_counted(made):
                with counted(without, made):
                    expected = walk_of(without, who, references, reach)
            else:
                expected = walked
            compare_walks(who, walk_of(made, who, references, reach), expected)
        tally.people.add(who)
        tally.endpoints |= {endpoint_of(without, address) for address in walked}
        tally.compared += len(walked) * len(strange)


def references_of(without: Installation, twins: Sequence[Installation], reach: Reach) -> set[str]:
    """The hidden references and those of ordinary cases, of these only two unless the walk is whole."""
    ordinary = sorted(references_in(without))
    hidden = set().union(*(references_in(made) for made in twins)) - set(ordinary)
    return hidden | set(ordinary if reach.whole else ordinary[:2])


def walk_of(made: Installation, who: str, references: Iterable[str], reach: Reach) -> Walk:
    """Everything somebody can open: addresses from the table of routes, then links in the pages."""
    role = made.accounts.get(who)
    full = reach.full is None or who in reach.full
    pages = pages_for(made, role, known_in(made, references, reach.whole), reach.whole, full)
    return crawl(Browser(made, None if who == PUBLIC else who), pages, reach if full else replace(reach, depth=0))


def crawl(browser: Browser, pages: Iterable[str], reach: Reach) -> Walk:
    """Answers of these pages and of what they lead to, `depth` links far, at most `most` pages a route by links."""
    walk: Walk = {}
    steps = [*pages]
    by_links: Counter[str] = Counter()
    for depth in range(reach.depth + 1):
        for address in steps:
            walk[address] = browser.get(address)
        if depth == reach.depth:
            break
        led = dict.fromkeys(link for address in steps for link in links_in(walk[address].text) if link not in walk)
        steps = []
        for address in led:
            by_links[endpoint_of(browser.made, address)] += 1
            if by_links[endpoint_of(browser.made, address)] <= reach.most:
                steps.append(address)
    return walk


def compare_walks(who: str, one: Walk, other: Walk) -> None:
    """Raise Leak at the first page that differs; a link that is there in one twin only is a difference."""
    for address in other:
        if address in one:
            compare(who, address, one[address], other[address])
    if one.keys() != other.keys():
        raise Leak(f"{who}: addresses in one twin only: {sorted(one.keys() ^ other.keys())[:5]}")


def _is_counted(made: Installation) -> bool:
    case = made.case()
    return case is not None and not case.confidential


@contextmanager
def counted(without: Installation, made: Installation) -> Iterator[None]:
    """The installation without the entry, with one more in the count of its topic: all a board may see of it."""
    case = made.case()
    assert case is not None
    now = made.world.clock()
    answered = case.state is CaseState.ISSUED and case.closed_at is not None
    more = {
        "received": 1,
        "answered": int(answered),
        "answered_on_time": int(answered and case.closed_at <= case.due_at),  # type: ignore[operator]
        "overdue_open": int(case.is_open and case.due_at < now),
    }
    ((unit_id,),) = made.read(sa.text("SELECT unit_id FROM entries WHERE id = :id").bindparams(
        sa.bindparam("id", SECRET, sa.Uuid)))  # fmt: skip
    place = (unit_id, local_day(case.opened_at), case.topic)
    _add_facts(without, place, more, 1)
    try:
        yield
    finally:
        _add_facts(without, place, more, -1)


def _add_facts(made: Installation, place: tuple[int, object, str], more: dict[str, int], sign: int) -> None:
    with made.world.database.writing() as session:
        fact = session.get(CaseFact, place)
        if fact is None:
            unit_id, day, topic = place
            fact = CaseFact(unit_id=unit_id, province_code="14", day=day, topic=topic, **dict.fromkeys(more, 0))
            session.add(fact)
        for name, count in more.items():
            setattr(fact, name, getattr(fact, name) + sign * count)
        if not fact.received:
            session.delete(fact) if sa.inspect(fact).persistent else session.expunge(fact)


def somebody_knows(made: Installation) -> None:
    """The comparison can fail: whoever may know of the case does open it."""
    case, may = made.case(), insiders(made)
    assert case is not None
    assert may, "nobody at all may know of the case"
    for who in sorted(may):
        answer = Browser(made, who).get(f"/can-bo/viec/{case.reference}")
        assert answer.status == 200, f"{who} may know of {made.hidden} and does not"


def nothing_shown_unasked(made: Installation, reach: Reach) -> None:
    """A restricted text stands on no page, also of those who handle it, before somebody says why he opens it."""
    case = made.case()
    if case is None or not case.confidential:
        return
    for who in sorted(insiders(made)):
        for address, answer in walk_of(made, who, {case.reference}, reach).items():
            shown = [word for word in FORBIDDEN_WORDS if word in answer.text]
            if shown:
                raise Leak(f"{who} reads {shown} at {address} without saying why")
