"""`langnghe units merge` and `langnghe units move-staff`: communes are merged, with work open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import AccessCode, Case, Entry, Officer, Post, Tenure, Unit
from models.base import utc_now
from models.mergers import check_merger, find_unit_of_code, former_staff, merge_units, move_officer, unit_on
from models.refusals import Refused
from models.territory import found_commune
from triage.casework.moving import move_open_cases
from vietnamese.calendar import local_day
from webapp.commands.installation import opened

DAY = timedelta(days=1)
DAY_TYPE = click.DateTime(["%Y-%m-%d"])
REFUSALS = {
    "nothing_to_merge": "name at least one unit that ends",
    "day_far": "{day} is more than a month ahead or a year ago; check the year",
    "not_a_commune": "{unit} is no living commune, ward or special zone",
    "other_province": "{unit} and {successor} are in different provinces; only communes of one province are merged",
    "successor_absent": "{unit} does not exist on {day}",
    "into_itself": "{unit} cannot end and go on; if a new unit takes its code, give the new one its --name",
    "begins_later": "{unit} exists only from {day}; the merger must be later",
    "ended_already": "{unit} ended already on {day}, otherwise than asked for now",
    "nobody_to_answer": "{unit} has no chairperson's post, so nobody could answer its cases; "
    "add its posts first (administrator's pages or `langnghe staff import`)",
    "no_successor": "{unit} ended and no unit took it over whole",
    "code_odd": "a unit's code is five digits, not {unit_code!r}",
    "name_odd": "a unit's name begins with Xã, Phường or Đặc khu, not {unit!r}",
}


@dataclass(frozen=True)
class Asked:
    """What the command line said."""

    codes: tuple[str, ...]
    into: str
    on: date
    name: str | None
    hotline: str | None


@click.command("merge")
@click.argument("codes", nargs=-1, required=True)
@click.option("--into", required=True, help="Code of the unit that takes over.")
@click.option("--on", "on", required=True, type=DAY_TYPE, help="First day of the merged unit: 2026-11-01.")
@click.option("--name", help="Official name of a unit that begins on that day (its code may be an old unit's).")
@click.option("--hotline", help="Published telephone number of a unit that begins on that day.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def units_merge(
    codes: tuple[str, ...], into: str, on: datetime, name: str | None, hotline: str | None, yes: bool
) -> None:
    """Merge the units CODES whole into another one from a day on, with everything that is open.

    Their validity, tenures and duty end; open cases, codes on walls and follow-up codes go on in the successor;
    figures of the past stay theirs. All of it or nothing happens; run again, it changes nothing. A day ahead (up
    to a month) may be recorded: cases then move when the day comes, by the worker.
    """
    asked = Asked(tuple(dict.fromkeys(codes)), into, on.date(), name, hotline)
    with opened() as (_settings, database):
        if not yes:
            with database.reading() as session:
                click.echo("\n".join(_foresee(session, asked, utc_now())))
            click.confirm("Merge?", abort=True)
        with database.writing() as session, _told():
            said = _merge(session, asked, utc_now())
    click.echo(said)


@click.command("move-staff")
@click.argument("former")
@click.argument("staff_codes", nargs=-1)
def units_move_staff(former: str, staff_codes: tuple[str, ...]) -> None:
    """People of the ended unit FORMER go on to serve its successor: STAFF_CODES, or all who held a post to the end.

    The same person keeps the same row and sign-in, so that whoever is blamed in a case stays kept out of it. They
    hold no post until they are given one.
    """
    with opened() as (_settings, database), database.writing() as session, _told():
        at = utc_now()
        ended = _ended_unit(session, former, local_day(at))
        people = [_person(session, ended, code) for code in staff_codes] or former_staff(session, ended)
        for officer in people:
            move_officer(session, officer, at)
        successor = unit_on(session, ended, local_day(at))
    click.echo(f"{len(people)} people of {ended.name} now serve {successor.name}; give them their posts there")


class _told:
    """Refusals of verbs as one sentence."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, problem: BaseException | None, _trace: object) -> None:
        if isinstance(problem, Refused):
            raise click.ClickException(REFUSALS[problem.code].format(**problem.words)) from problem


def _merge(session: Session, asked: Asked, at: datetime) -> str:
    ending = _ending(session, asked)
    successor = _successor(session, asked, ending) or found_commune(
        session, asked.into, asked.name or "", ending[0], asked.on, asked.hotline
    )
    merger = merge_units(session, ending, successor, asked.on, at)
    moved = move_open_cases(session, at)
    if not merger.ended and not moved:
        return f"nothing changed: {_names(ending)} went into {successor.name} on {asked.on} already"
    ahead = "; cases move when the day comes" if asked.on > local_day(at) else ""
    return f"{_names(ending)} → {successor.name} on {asked.on}: {merger.tenures} tenures end{ahead}"


def _foresee(session: Session, asked: Asked, at: datetime) -> Iterator[str]:
    """What would move. Cases that are kept confidential move too and are in no count."""
    with _told():
        ending, today = _ending(session, asked), local_day(at)
        successor = _successor(session, asked, ending)
        if successor is not None:
            check_merger(session, ending, successor, asked.on, today)
    yield f"From {asked.on}, {_new_name(asked, successor)} takes over:"
    for unit in ending:
        yield f"  {unit.name} ({unit.code}): " + ", ".join(_counts(session, unit, asked.on))
    yield from _warnings(session, asked, ending, successor)


def _counts(session: Session, unit: Unit, on: date) -> Iterator[str]:
    held = sa.select(Tenure.id).join(Post).where(Post.unit_id == unit.id, Tenure.on(on - DAY))
    open_cases = sa.select(Case.id).where(Case.unit_id == unit.id, Case.closed_at.is_(None), ~Case.confidential)
    codes = sa.select(AccessCode.code).where(AccessCode.unit_id == unit.id, AccessCode.retired_at.is_(None))
    unread = sa.select(Entry.id).where(Entry.unit_id == unit.id, Entry.sorted_at.is_(None))
    yield f"{_count(session, held)} tenures end"
    yield f"{_count(session, open_cases)} open cases move (confidential ones move too and are not counted here)"
    yield f"{_count(session, unread)} entries wait to be read"
    yield f"{_count(session, codes)} codes on walls go on"


def _warnings(session: Session, asked: Asked, ending: Sequence[Unit], successor: Unit | None) -> Iterator[str]:
    of_old = sa.select(Post.code).where(Post.unit_id.in_([unit.id for unit in ending]))
    own = set(session.scalars(sa.select(Post.code).where(Post.unit_id == (successor.id if successor else None))))
    if not own:
        yield "  it has no posts: it is given theirs, without holders"
    elif missing := sorted(set(session.scalars(of_old)) - own):
        yield f"  it has no post {', '.join(missing)}: cases lying there are placed by its own routing"
    if not (successor.hotline if successor else asked.hotline):
        yield "  it has no hotline: citizens with old codes will find no number to call"
    yield "  people get posts there afterwards: `langnghe units move-staff`, then posts as for anybody"


def _ending(session: Session, asked: Asked) -> list[Unit]:
    found = [(code, find_unit_of_code(session, code, asked.on - DAY)) for code in asked.codes]
    unknown = [code for code, unit in found if unit is None]
    if unknown:
        raise click.ClickException(f"no commune had the code {', '.join(unknown)} before {asked.on}")
    return [unit for _code, unit in found if unit is not None]


def _successor(session: Session, asked: Asked, ending: Sequence[Unit]) -> Unit | None:
    """The unit that takes over, or None when it is to be founded under its name."""
    found = find_unit_of_code(session, asked.into, asked.on)
    takes_the_code = found is not None and found.id in {unit.id for unit in ending}
    if found is not None and asked.name in (None, found.name):
        return found
    if found is not None and not takes_the_code:
        raise click.ClickException(f"{asked.into} is {found.name}; leave --name out, or give the new unit its own code")
    if found is None and asked.name is None:
        raise click.ClickException(
            f"no commune has the code {asked.into} on {asked.on}: import it, or give its --name if it begins that day"
        )
    return None


def _ended_unit(session: Session, code: str, today: date) -> Unit:
    ended = sa.select(Unit).where(Unit.code == code, Unit.valid_to <= today).order_by(Unit.valid_to.desc())
    unit = session.scalars(ended).first()
    if unit is None:
        raise click.ClickException(f"no unit with the code {code} has ended; `langnghe units merge` ends units")
    return unit


def _person(session: Session, unit: Unit, staff_code: str) -> Officer:
    named = sa.select(Officer).where(Officer.unit_id == unit.id, Officer.staff_code == staff_code)
    officer = session.scalars(named).first()
    if officer is None:
        raise click.ClickException(f"{unit.name} has nobody with the staff code {staff_code} (any more)")
    return officer


def _new_name(asked: Asked, successor: Unit | None) -> str:
    return f"{successor.name} ({successor.code})" if successor else f"the new {asked.name} ({asked.into})"


def _names(units: Sequence[Unit]) -> str:
    return ", ".join(unit.name for unit in units)


def _count(session: Session, query: sa.Select[Any]) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
