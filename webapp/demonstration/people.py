"""Units, staff, duty, codes and sign-ins of the demonstration; all may be called again."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import AccessCode, Account, CodePurpose, DutyShift, Officer, Post, Role, Tenure, Unit, UnitKind
from models.staffing import import_staff
from models.territory import import_units
from surveys.questionnaires import get_standard_questionnaire
from triage.casework.placing import superior_post
from webapp.demonstration.numbers import COUNTERS
from webapp.demonstration.plan import FORMER, FORMER_GOES_TO, FORMER_NAME, Commune, Dates

YEAR = Path(__file__).with_name("year")
BEGAN = date(2025, 7, 1)
SUPERIORS = {"14": "Đinh Thị Hạnh", "24": "Ngô Quang Lịch", "25": "Phùng Thị Nhã", "31": "Vũ Hải Đăng"}
"""Province → the invented person who receives what a commune's leaders may not."""
MAIN_PROVINCE = "14"
_ROLE_NAMES = {Role.BOARD: "hoidong", Role.ADMINISTRATOR: "quantri"}


def code_of(unit_code: str, purpose: CodePurpose, counter: int = 1) -> str:
    """The demonstration's QR codes are fixed, so that a printed one stays good."""
    if purpose is CodePurpose.BOX:
        return f"HM{unit_code}"
    return f"DG{unit_code}" + (str(counter) if counter > 1 else "")


def found(session: Session, communes: Sequence[Commune], dates: Dates, at: datetime, password_hash: str) -> None:
    """Everything that must be there before the first citizen comes."""
    import_units(session)
    if FORMER in communes:
        _keep_former(session)
    units = living_units(session)
    for province in sorted({units[commune.code].province_code for commune in communes}):
        _keep_province(session, units[province], password_hash)
    for commune in communes:
        unit = units[commune.code]
        unit.hotline, unit.address = commune.hotline, f"Trụ sở UBND {unit.name}"
        if _has_staff(session, unit):
            continue
        for officer in import_staff(session, YEAR / f"{commune.code}.staff.csv"):
            _keep_account(session, _name_of(session, officer, unit), Role.OFFICER, unit, password_hash, officer.id)
        _keep_duty(session, unit, dates)
        _keep_codes(session, unit, at)


def living_units(session: Session) -> dict[str, Unit]:
    """Units by code."""
    return {unit.code: unit for unit in session.scalars(sa.select(Unit).where(Unit.code.is_not(None))) if unit.code}


def accounts(session: Session) -> Sequence[Account]:
    """All sign-ins of the demonstration."""
    return session.scalars(sa.select(Account).where(Account.demonstration).order_by(Account.id)).all()


def _has_staff(session: Session, unit: Unit) -> bool:
    return session.scalars(sa.select(Post.id).where(Post.unit_id == unit.id).limit(1)).first() is not None


def _keep_former(session: Session) -> None:
    if session.scalars(sa.select(Unit).where(Unit.code == FORMER.code)).first() is None:
        heir = session.scalars(sa.select(Unit).where(Unit.code == FORMER_GOES_TO)).one()
        session.add(
            Unit(code=FORMER.code, name=FORMER_NAME, kind=UnitKind.COMMUNE, province_code=heir.province_code,
                 parent_id=heir.parent_id, valid_from=BEGAN)
        )  # fmt: skip
        session.flush()


def _keep_province(session: Session, province: Unit, password_hash: str) -> None:
    code = province.code or ""
    suffix = "" if code == MAIN_PROVINCE else f".{code}"
    for role, name in _ROLE_NAMES.items():
        _keep_account(session, name + suffix, role, province, password_hash)
    post = superior_post(session, code)
    post.title = "Thanh tra tỉnh" if province.name.startswith("Tỉnh") else "Thanh tra thành phố"
    officer = session.scalars(
        sa.select(Officer).where(Officer.unit_id == province.id, Officer.staff_code == "tt01")
    ).first()
    if officer is None:
        officer = Officer(unit_id=province.id, staff_code="tt01", full_name=SUPERIORS[code], gender="unknown")
        session.add(officer)
        session.flush()
        session.add(Tenure(post_id=post.id, officer_id=officer.id, starts_on=BEGAN))
        session.flush()
    _keep_account(session, f"superior_handler.{code}", Role.OFFICER, province, password_hash, officer.id)


def _name_of(session: Session, officer: Officer, unit: Unit) -> str:
    """Post and unit, so that a visitor sees whose eyes he borrows: `chairperson.03646`; a second holder is `…_2`."""
    known = session.scalars(sa.select(Account.username).where(Account.officer_id == officer.id)).first()
    if known is not None:
        return known
    post = session.scalars(
        sa.select(Post.code).join(Tenure).where(Tenure.officer_id == officer.id, ~Tenure.stand_in).order_by(Post.id)
    ).first()
    base = post or officer.staff_code
    taken = set(session.scalars(sa.select(Account.username).where(Account.unit_id == unit.id)))
    names = (f"{base}{suffix}.{unit.code}" for suffix in ("", "_2", "_3", "_4"))
    return next(name for name in names if name not in taken)


def _keep_account(
    session: Session, username: str, role: Role, unit: Unit, password_hash: str, officer_id: int | None = None
) -> None:
    if session.scalars(sa.select(Account).where(Account.username == username)).first() is None:
        session.add(
            Account(username=username, role=role, unit_id=unit.id, officer_id=officer_id,
                    password_hash=password_hash, demonstration=True)
        )  # fmt: skip
        session.flush()


def _keep_duty(session: Session, unit: Unit, dates: Dates) -> None:
    leaders = session.scalars(
        sa.select(Tenure.officer_id).join(Post).where(Post.unit_id == unit.id, Post.signs).order_by(Tenure.id)
    ).all()
    day = dates.first
    while day < dates.today + timedelta(days=60):
        session.add(DutyShift(unit_id=unit.id, day=day, officer_id=leaders[day.toordinal() % len(leaders)]))
        day += timedelta(days=1)
    session.flush()


def _keep_codes(session: Session, unit: Unit, at: datetime) -> None:
    questionnaire = get_standard_questionnaire(session, at)
    code = unit.code or ""
    wanted = [(CodePurpose.SURVEY, number, f"Quầy tiếp nhận số {number}") for number in COUNTERS]
    for purpose, number, place in [*wanted, (CodePurpose.BOX, 1, "Hòm thư góp ý điện tử")]:
        if session.get(AccessCode, code_of(code, purpose, number)) is None:
            session.add(
                AccessCode(
                    code=code_of(code, purpose, number), purpose=purpose, place=place, unit_id=unit.id,
                    province_code=unit.province_code, created_at=at,
                    questionnaire_id=questionnaire.id if purpose is CodePurpose.SURVEY else None,
                )
            )  # fmt: skip
    session.flush()
