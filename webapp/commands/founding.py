"""What `langnghe setup` finds in an installation and what it stores there, in one transaction."""

import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import (
    AccessCode,
    Account,
    Base,
    CodePurpose,
    Database,
    Keyring,
    Post,
    Role,
    Tenure,
    Unit,
    UnitKind,
)
from models.duty import get_month, save_month, take_turns
from models.imports import BadLines, read_table
from models.rosters import add_standard_post
from models.staffing import import_staff
from models.tenures import person_named, take_post
from models.territory import PILOT_UNITS, REFORM, import_units, kind_of
from triage.casework.access import CHAIR
from vietnamese.calendar import local_day
from webapp.commands.answers import Answers, Known, PersonAnswer, UnitChoice
from webapp.commands.asking import Wrong
from webapp.commands.qr import keep_code
from webapp.invitations import invite, keep_account

BOX = "Hòm thư góp ý điện tử"


@dataclass(frozen=True)
class Founded:
    """What was stored: how many, and the invitation of a new administrator ("" when there was one already)."""

    unit: Unit
    people: int
    duty_days: int
    codes: int
    administrator: str
    invitation: str


def known_from_list() -> Known:
    """What is known before there is a database: the communes that come with the program."""
    rows = [row for _line, row in read_table(PILOT_UNITS, ("code", "full_name", "province_code", "province"))]
    return Known(
        tuple(UnitChoice(row["code"], row["full_name"], row["province_code"], row["province"]) for row in rows)
    )


def known_from(session: Session, today: date) -> Known:
    """What a database holds, with the communes of the list that it does not."""
    living = list(session.scalars(sa.select(Unit).where(Unit.code.is_not(None), Unit.valid_to.is_(None))))
    provinces = {unit.province_code: unit.name for unit in living if unit.kind is UnitKind.PROVINCE}
    counters, held = _counters(session), _held(session, today)
    here = [
        UnitChoice(
            unit.code or "", unit.name, unit.province_code, provinces.get(unit.province_code, ""), unit.address or "",
            unit.hotline or "", tuple(counters.get(unit.id, ())), frozenset(held.get(unit.id, ())),
        )
        for unit in living
        if unit.kind is not UnitKind.PROVINCE
    ]  # fmt: skip
    codes = {unit.code for unit in here}
    accounts = list(session.scalars(sa.select(Account).order_by(Account.id)))
    of_unit = {unit.id: unit.code or "" for unit in living}
    return Known(
        (*here, *(unit for unit in known_from_list().units if unit.code not in codes)),
        frozenset(account.username for account in accounts),
        {of_unit.get(a.unit_id, ""): a.username for a in accounts if a.role is Role.ADMINISTRATOR},
    )


def _counters(session: Session) -> dict[int, list[str]]:
    living = sa.select(AccessCode).where(AccessCode.retired_at.is_(None), AccessCode.purpose == CodePurpose.SURVEY)
    places: dict[int, list[str]] = {}
    for code in session.scalars(living):
        places.setdefault(code.unit_id, []).append(code.place)
    return places


def _held(session: Session, today: date) -> dict[int, set[str]]:
    held: dict[int, set[str]] = {}
    in_force = sa.select(Post.unit_id, Post.code).join(Tenure, Tenure.post_id == Post.id).where(Tenure.on(today))
    for unit_id, code in session.execute(in_force):
        held.setdefault(unit_id, set()).add(code)
    return held


def check_staff_file(path: Path, unit: UnitChoice) -> None:
    """Import a staff file into a database that is thrown away; raises Wrong with every bad line."""
    try:
        rows = read_table(path, ("unit_code",))
        with tempfile.TemporaryDirectory() as folder:
            _try_import(Path(folder), path, unit)
    except BadLines as problem:
        raise Wrong("Tệp chưa dùng được:\n    " + "\n    ".join(map(in_vietnamese, problem.problems))) from None
    except OSError as problem:
        raise Wrong(f"Không mở được tệp {path} ({problem.strerror}). Xin gõ lại đường dẫn.") from None
    if unit.code not in {row["unit_code"] for _line, row in rows}:
        raise Wrong(f"Tệp không có dòng nào của {unit.name}: cột unit_code phải là {unit.code}.")


def _try_import(folder: Path, path: Path, unit: UnitChoice) -> None:
    database = Database(f"sqlite:///{folder / 'trial.sqlite'}", Keyring.generate())
    try:
        Base.metadata.create_all(database.write_engine)
        with database.writing() as session:
            keep_unit(session, unit)
            import_staff(session, path)
    finally:
        database.dispose()


_PHRASES = (
    (r"(.*) line (\d+): ", r"\1 dòng \2: "),
    (r"(\w+) is empty", r"thiếu \1"),
    (r"(\w+) must be a day like (\S+), not (.*)", r"\1 phải là ngày như \2, không phải \3"),
    (r"(\w+) must be one of (.*), not (.*)", r"\1 phải là một trong \2, không phải \3"),
    (r"unit (\S+) is unknown; import units first", r"chưa biết đơn vị \1"),
    (r"staff_code (\S+) already belongs to (.*)", r"staff_code \1 đã là của \2"),
    (r"ends_on must be after starts_on", "ends_on phải sau starts_on"),
    (r"not UTF-8; save it as .*", "chưa phải UTF-8, xin lưu lại kiểu 'CSV UTF-8'"),
    (r"missing column", "thiếu cột"),
    (r"no lines after the header", "chưa có dòng nào dưới dòng tiêu đề"),
)


def in_vietnamese(problem: str) -> str:
    """A problem of an import in the language of the questions."""
    for english, vietnamese in _PHRASES:
        problem = re.sub(english, vietnamese, problem)
    return problem


def found(session: Session, keyring: Keyring, answers: Answers, at: datetime) -> Founded:
    """Store the answers; what is there already stays as it is. The caller's transaction commits."""
    today = local_day(at)
    import_units(session)
    unit = keep_unit(session, answers.unit)
    unit.hotline = unit.hotline or answers.hotline or None
    unit.address = unit.address or answers.address or None
    people = len(import_staff(session, answers.staff_file)) if answers.staff_file else 0
    people += _keep_people(session, unit, answers.people, today)
    _keep_chair(session, unit)
    for place in answers.counters:
        keep_code(session, unit, place, CodePurpose.SURVEY)
    keep_code(session, unit, BOX, CodePurpose.BOX)
    codes = session.scalar(sa.select(sa.func.count()).where(AccessCode.unit_id == unit.id)) or 0
    duty = _share_duty(session, unit, today)
    invitation = _administrator(session, keyring, unit, answers.administrator, at) if answers.administrator else ""
    return Founded(unit, people, duty, codes, answers.administrator, invitation)


def keep_unit(session: Session, choice: UnitChoice) -> Unit:
    """The commune of this code; a new one is put under its province, which is made when it is missing."""
    query = sa.select(Unit).where(Unit.valid_to.is_(None))
    known = session.scalars(query.where(Unit.code == choice.code)).first()
    if known is not None:
        return known
    province = session.scalars(query.where(Unit.code == choice.province_code)).first()
    if province is None:
        province = _new_unit(session, choice.province_code, choice.province, UnitKind.PROVINCE, choice, None)
    kind = kind_of(choice.name)
    assert kind is not None, "the name was read by read_unit_name or stands in the list"
    return _new_unit(session, choice.code, choice.name, kind, choice, province)


def _new_unit(session: Session, code: str, name: str, kind: UnitKind, choice: UnitChoice, parent: Unit | None) -> Unit:
    unit = Unit(code=code, name=name, kind=kind, province_code=choice.province_code, valid_from=REFORM,
                parent_id=parent.id if parent else None)  # fmt: skip
    session.add(unit)
    session.flush()
    return unit


def _keep_people(session: Session, unit: Unit, people: Iterable[PersonAnswer], today: date) -> int:
    """Give each post to its person; the same full name is the same person. Returns the tenures added."""
    posts = {post.code: post for post in session.scalars(sa.select(Post).where(Post.unit_id == unit.id))}
    added = 0
    for person in people:
        officer = person_named(session, unit, person.name, person.gender or "unknown")
        if person.post not in posts:
            posts[person.post] = add_standard_post(session, unit, person.post)
        take_post(session, officer, posts[person.post], today)
        added += 1
    return added


def _keep_chair(session: Session, unit: Unit) -> None:
    """What has no other post falls to the chairperson's, so that post is there even while nobody holds it."""
    query = sa.select(Post.id).where(Post.unit_id == unit.id, Post.code == CHAIR)
    if session.scalars(query).first() is None:
        add_standard_post(session, unit, CHAIR)


def _share_duty(session: Session, unit: Unit, today: date) -> int:
    """Fill the empty working days of this and the next month in turn among those who sign; returns how many."""
    first = today.replace(day=1)
    count = 0
    for month_start in (first, (first + timedelta(days=32)).replace(day=1)):
        month = get_month(session, unit, month_start)
        before = {day.day: day.chosen for day in month}
        after = take_turns(month, before, today)
        save_month(session, unit, month, after, today)
        count += sum(after[day] != chosen for day, chosen in before.items())
    return count


def _administrator(session: Session, keyring: Keyring, unit: Unit, username: str, at: datetime) -> str:
    return invite(session, keyring, keep_account(session, username, Role.ADMINISTRATOR, unit), at)
