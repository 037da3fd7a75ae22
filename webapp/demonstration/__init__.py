"""A small living demonstration: four real communes with invented people, ratings and entries.

Only raw people, responses and entries are put in; the worker and the ordinary verbs make everything else,
under a clock that walks through the past. Building again continues where it stopped: ids are derived.
"""

import random
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import yaml
from sqlalchemy.orm import Session

from models import (
    AccessCode,
    Account,
    Case,
    CaseExclusion,
    CodePurpose,
    Database,
    DutyShift,
    Officer,
    Post,
    Role,
    Tenure,
    Unit,
)
from models.staffing import import_staff
from models.territory import import_units
from surveys.intake import accept
from surveys.questionnaires import get_standard_questionnaire
from surveys.questions import Filled
from triage.casework import acts
from triage.casework.access import get_viewer, visible_to
from triage.casework.placing import superior_post
from triage.sorting import Decides
from vietnamese.calendar import VIETNAM, is_working_day, local_day
from webapp.worker import Worker

HERE = Path(__file__).parent
NAMESPACE = uuid.UUID("5d3a2b34-8c1e-4f0e-9b57-0f6d1c6f2a11")
MAIN_UNIT = "03646"
DAYS_BACK = 270
PROVINCE = "14"
SUPERIOR_NAME = "Đinh Thị Hạnh"
_ITEMS = ("attitude", "guidance", "answers", "publicity", "on_time")
_FIELDS = ("civil_status", "certification", "land", "social_welfare", "residence")
# Unit → chances of faces 1–5 and answers a working day: communes differ, as they do.
_MOODS: dict[str, tuple[tuple[int, int, int, int, int], int]] = {
    "03646": ((3, 6, 12, 42, 37), 6),
    "03664": ((2, 4, 10, 40, 44), 4),
    "03670": ((6, 10, 18, 40, 26), 4),
    "03679": ((3, 7, 15, 45, 30), 1),
}

Say = Callable[[str], None]


@dataclass
class WalkingClock:
    """A clock that the demonstration moves through the past."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class Deed:
    """Something that happens at an instant of the demonstration."""

    at: datetime
    number: int
    act: str
    row: dict[str, Any]


def build(database: Database, decider: Decides, today: date, hash_of: Callable[[str], str], say: Say) -> None:
    """Build or finish the demonstration; `hash_of` gives the password hash of an account name."""
    clock = WalkingClock(_instant(today - timedelta(days=DAYS_BACK), 7))
    with database.writing() as session:
        _found(session, clock(), today, hash_of)
    say("people and codes are in")
    _rate(database, today, say)
    _live(database, decider, clock, today, say)
    Worker(database, decider, clock).run_until_idle()


def exists(session: Session) -> bool:
    """Whether this database holds a demonstration, finished or not."""
    return session.scalars(sa.select(Account.id).where(Account.demonstration).limit(1)).first() is not None


def code_of(unit_code: str, purpose: CodePurpose) -> str:
    """The demonstration's QR codes are fixed, so that a printed one stays good."""
    return ("DG" if purpose is CodePurpose.SURVEY else "HM") + unit_code


def submission_id_of(number: int) -> uuid.UUID:
    """Id of the n-th entry."""
    return uuid.uuid5(NAMESPACE, f"entry {number}")


def entries() -> list[dict[str, Any]]:
    """The hand-written entries."""
    rows: list[dict[str, Any]] = yaml.safe_load((HERE / "entries.yaml").read_text(encoding="utf-8"))
    return rows


def accounts(session: Session) -> Sequence[Account]:
    """All sign-ins of the demonstration."""
    return session.scalars(sa.select(Account).where(Account.demonstration).order_by(Account.id)).all()


def _found(session: Session, at: datetime, today: date, hash_of: Callable[[str], str]) -> None:
    import_units(session)
    officers = import_staff(session, HERE / "staff.csv")
    units = {unit.code: unit for unit in session.scalars(sa.select(Unit).where(Unit.valid_to.is_(None)))}
    province = units[PROVINCE]
    for officer in [*officers, _superior(session, province)]:
        unit = session.get_one(Unit, officer.unit_id)
        _keep_account(session, username_of(session, officer, unit), Role.OFFICER, unit, hash_of, officer.id)
    _keep_account(session, "hoidong", Role.BOARD, province, hash_of)
    _keep_account(session, "quantri", Role.ADMINISTRATOR, province, hash_of)
    questionnaire = get_standard_questionnaire(session, at)
    for code in _MOODS:
        unit = units[code]
        unit.hotline, unit.address = "0212 000 000", f"Trụ sở UBND {unit.name}"
        _keep_duty(session, unit, today)
        for purpose, place in (
            (CodePurpose.SURVEY, "Quầy tiếp nhận số 1"),
            (CodePurpose.BOX, "Hòm thư góp ý điện tử"),
        ):
            session.merge(
                AccessCode(
                    code=code_of(code, purpose), purpose=purpose, place=place, unit_id=unit.id,
                    province_code=unit.province_code, created_at=at,
                    questionnaire_id=questionnaire.id if purpose is CodePurpose.SURVEY else None,
                )
            )  # fmt: skip


def username_of(session: Session, officer: Officer, unit: Unit) -> str:
    """Post and unit, so that a visitor sees whose eyes he borrows: `chairperson.03646`."""
    post = session.scalars(
        sa.select(Post).join(Tenure).where(Tenure.officer_id == officer.id).order_by(Post.id)
    ).first()
    return f"{post.code if post else officer.staff_code}.{unit.code}"


def _superior(session: Session, province: Unit) -> Officer:
    post = superior_post(session, PROVINCE)
    post.title = "Thanh tra tỉnh"
    query = sa.select(Officer).where(Officer.unit_id == province.id, Officer.staff_code == "tt01")
    officer = session.scalars(query).first()
    if officer is None:
        officer = Officer(unit_id=province.id, staff_code="tt01", full_name=SUPERIOR_NAME, gender="female")
        session.add(officer)
        session.flush()
        session.add(Tenure(post_id=post.id, officer_id=officer.id, starts_on=date(2025, 7, 1)))
        session.flush()
    return officer


def _keep_account(
    session: Session,
    username: str,
    role: Role,
    unit: Unit,
    hash_of: Callable[[str], str],
    officer_id: int | None = None,
) -> None:
    if session.scalars(sa.select(Account).where(Account.username == username)).first() is None:
        session.add(
            Account(username=username, role=role, unit_id=unit.id, officer_id=officer_id,
                    password_hash=hash_of(username), demonstration=True)
        )  # fmt: skip
        session.flush()


def _keep_duty(session: Session, unit: Unit, today: date) -> None:
    leaders = session.scalars(
        sa.select(Tenure.officer_id).join(Post).where(Post.unit_id == unit.id, Post.signs).order_by(Tenure.id)
    ).all()
    for offset in range(-DAYS_BACK, 60):
        day = today + timedelta(days=offset)
        session.merge(DutyShift(unit_id=unit.id, day=day, officer_id=leaders[day.toordinal() % len(leaders)]))


def _rate(database: Database, today: date, say: Say) -> None:
    """Ratings of the past months, drawn with a fixed seed."""
    for unit_code in _MOODS:
        with database.writing() as session:
            access = session.get_one(AccessCode, code_of(unit_code, CodePurpose.SURVEY))
            for submission_id, filled, at in _ratings(unit_code, today):
                accept(session, database.keyring, submission_id, access, filled, at)
        say(f"ratings of {unit_code} are in")


def _ratings(unit_code: str, today: date) -> Iterator[tuple[uuid.UUID, Filled, datetime]]:
    chances, a_day = _MOODS[unit_code]
    draw = random.Random(f"ratings {unit_code}")  # noqa: S311
    for back in range(DAYS_BACK, 0, -1):
        day = today - timedelta(days=back)
        if not is_working_day(day):
            continue
        for number in range(draw.randint(0, 2 * a_day)):
            overall = draw.choices((1, 2, 3, 4, 5), chances)[0]
            items = {key: _item(draw, overall) for key in _ITEMS if draw.random() < 0.35}
            choices = {"procedure_field": draw.choice(_FIELDS)} if draw.random() < 0.5 else {}
            at = _instant(day, 8) + timedelta(minutes=draw.randint(0, 500))
            submission_id = uuid.uuid5(NAMESPACE, f"rating {unit_code} {day} {number}")
            yield submission_id, Filled(overall, "", items, choices, ()), at


def _item(draw: random.Random, overall: int) -> int | None:
    return None if draw.random() < 0.08 else min(5, max(1, overall + draw.choice((-1, 0, 0, 0, 1))))


def _live(database: Database, decider: Decides, clock: WalkingClock, today: date, say: Say) -> None:
    """Let entries come in, the worker sort them, officers answer and leaders sign, in order of time."""
    deeds = _deeds(today)
    worker = Worker(database, decider, clock)
    for done, deed in enumerate(deeds, start=1):
        clock.at = deed.at
        if deed.act == "send":
            _send(database, deed)
            clock.at += timedelta(minutes=2)
            worker.run_until_idle()
        else:
            _answer(database, deed)
        if done % 10 == 0 or done == len(deeds):
            say(f"{done} of {len(deeds)} events")


def _deeds(today: date) -> list[Deed]:
    deeds = []
    for number, row in enumerate(entries()):
        at = _instant(today - timedelta(days=row["days_ago"]), row["hour"])
        deeds.append(Deed(at, number, "send", row))
        if "reply" in row:
            deeds.append(Deed(at + timedelta(days=row["reply"]["after"]), number, "reply", row))
    return sorted(deeds, key=lambda deed: (deed.at, deed.number))


def _send(database: Database, deed: Deed) -> None:
    row = deed.row
    purpose = CodePurpose.SURVEY if row["via"] == "survey" else CodePurpose.BOX
    filled = Filled(row.get("face"), row["text"], {}, {}, ())
    with database.writing() as session:
        access = session.get_one(AccessCode, code_of(row["unit"], purpose))
        accept(session, database.keyring, submission_id_of(deed.number), access, filled, deed.at)


def _answer(database: Database, deed: Deed) -> None:
    """The holder of the case's post drafts and submits; a leader who may see the case signs."""
    text = deed.row["reply"]["text"]
    with database.writing() as session:
        case = session.scalars(sa.select(Case).where(Case.entry_id == submission_id_of(deed.number))).one()
        if not case.is_open:
            return
        day = local_day(deed.at)
        for act, who in ((acts.submit, Post.id == case.post_id), (acts.sign, Post.signs.is_(True))):
            account = _somebody(session, case, who, day)
            if account is None:
                return
            act(session, get_viewer(session, account, day), case, text, deed.at)


def _somebody(session: Session, case: Case, who: sa.ColumnElement[bool], day: date) -> Account | None:
    excluded = sa.select(CaseExclusion.officer_id).where(CaseExclusion.case_id == case.id)
    candidates = session.scalars(
        sa.select(Account)
        .join(Tenure, Tenure.officer_id == Account.officer_id)
        .join(Post, Tenure.post_id == Post.id)
        .where(who, Tenure.on(day), Account.unit_id == case.unit_id, Account.officer_id.not_in(excluded))
        .order_by(Account.id)
    )
    for account in candidates:
        seen = sa.select(Case.id).where(Case.id == case.id, visible_to(get_viewer(session, account, day)))
        if session.scalars(seen).first():
            return account
    return None


def _instant(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), VIETNAM)
