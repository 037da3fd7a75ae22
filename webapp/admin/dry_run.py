"""Where an entry would go and who would be kept from it, by the rules that are in force today. Writes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Case, Officer, Post, Tenure, Unit, UnitKind
from triage.casework.access import LEADERS
from triage.casework.access import SUPERIOR as SUPERIOR_POST
from triage.casework.placing import NoPost, find_post, get_roster, post_of_route, subordinates, topic_posts
from triage.routing.accused import weigh
from triage.routing.roster import Roster
from triage.routing.routes import SUPERIOR, Matter, Routing, decide
from webapp.reasons import routing_sentence
from webapp.words import _, marked

ACCUSED = marked("bị chê trách trong lời “{words}”")
IN_DOUBT = marked("có thể là người được nhắc trong lời “{words}”")
UNDER = marked("đang làm việc dưới quyền người không được biết việc")
EVERYBODY = marked("Mọi người khác ở đơn vị")


@dataclass(frozen=True)
class KeptOut:
    """Somebody who would not know of the entry, and why."""

    name: str
    why: str


@dataclass(frozen=True)
class Outcome:
    """What would happen: the post (empty when there is none), who holds it today and may act, steps, kept out."""

    post: str
    unit: str
    holders: tuple[str, ...]
    confidential: bool
    superior: bool
    steps: tuple[str, ...]
    kept_out: tuple[KeptOut, ...]


def try_out(
    session: Session, unit: Unit, text: str, kind: str, topic: str, urgent: bool, accuses: bool, day: date
) -> Outcome:
    """Route words under labels that a person gave; nothing is stored."""
    roster = get_roster(session, unit, day)
    routing = decide(Matter(kind, topic, urgent, accuses), text, roster, topic_posts(session, unit))
    accused, excluded = ({int(person) for person in people} for people in (routing.accused, routing.excluded))
    # As the gate does: whoever is kept out keeps out whom he heads, and a leader keeps out the whole unit.
    leads = not routing.superior and _leads(session, unit, excluded, day)
    under = _everybody(session, unit, day) - excluded if leads else subordinates(session, excluded, day)
    post, level = _post(session, unit, routing, day)
    below = [_(EVERYBODY)] if leads else _names(session, under)
    out = _told(excluded, accused, text, roster) + [KeptOut(name, _(UNDER)) for name in below]
    steps = dict.fromkeys(routing_sentence(reason) for reason in routing.reasons)
    return Outcome(
        post=post.title if post else "",
        unit=level.name,
        holders=_holders(session, post, excluded | under, day),
        confidential=routing.confidential,
        superior=routing.superior,
        steps=tuple(steps),
        kept_out=tuple(out),
    )


def _post(session: Session, unit: Unit, routing: Routing, day: date) -> tuple[Post | None, Unit]:
    if routing.route == SUPERIOR:
        # Not `superior_post`: that one makes the post when it is missing.
        of_province = (Unit.kind == UnitKind.PROVINCE) & (Unit.code == unit.province_code)
        province = session.scalars(sa.select(Unit).where(of_province)).first()
        return (find_post(session, province.id, SUPERIOR_POST), province) if province else (None, unit)
    imagined = Case(unit_id=unit.id, province_code=unit.province_code, route=routing.route)
    try:
        return post_of_route(session, imagined, day, routing.excluded), unit
    except NoPost:
        return None, unit


def _leads(session: Session, unit: Unit, officers: set[int], day: date) -> bool:
    """Whether one of these officers leads the unit today."""
    leading = sa.select(Tenure.id).join(Post).where(Post.unit_id == unit.id, Post.code.in_(LEADERS), Tenure.on(day))
    return session.scalars(leading.where(Tenure.officer_id.in_(officers)).limit(1)).first() is not None


def _everybody(session: Session, unit: Unit, day: date) -> set[int]:
    serving = sa.select(Tenure.officer_id).join(Post).where(Post.unit_id == unit.id, Tenure.on(day))
    return set(session.scalars(serving))


def _holders(session: Session, post: Post | None, out: set[int], day: date) -> tuple[str, ...]:
    if post is None:
        return ()
    holding = sa.select(Officer.full_name).join(Tenure, Tenure.officer_id == Officer.id)
    mine = holding.where(Tenure.post_id == post.id, Tenure.on(day), Officer.id.not_in(out))
    return tuple(session.scalars(mine.order_by(Tenure.stand_in, Tenure.id)))


def _told(excluded: set[int], accused: set[int], text: str, roster: Roster) -> list[KeptOut]:
    names = {int(person.id): person.name for person in roster.staff}
    words: dict[int, str] = {}
    for finding in weigh(text, roster):
        for holder in finding.mention.holders:
            words.setdefault(int(holder.person.id), finding.words)
    return [
        KeptOut(names[person], _(ACCUSED if person in accused else IN_DOUBT).format(words=words.get(person, "")))
        for person in sorted(excluded)
        if person in names
    ]


def _names(session: Session, officers: Iterable[int]) -> list[str]:
    return list(session.scalars(sa.select(Officer.full_name).where(Officer.id.in_(set(officers))).order_by("id")))
