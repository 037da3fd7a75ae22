"""Importing who serves a unit: departments, posts, officers, tenures, stand-ins, and the duty roster."""

from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.imports import LineProblems, read_table
from models.people import HEAD_POST_ENDINGS, Department, DutyShift, Officer, Post, Tenure
from models.units import Unit
from vietnamese.text import fold

STAFF_COLUMNS = (
    "unit_code",
    "staff_code",
    "full_name",
    "gender",
    "department",
    "post",
    "title",
    "signs",
    "starts_on",
)
DUTY_COLUMNS = ("unit_code", "day", "staff_code")
GENDERS = {"nam": "male", "nữ": "female", "": "unknown"}
YES_NO = {"yes": True, "no": False, "": False}

Row = dict[str, Any]


def import_staff(session: Session, path: Path) -> list[Officer]:
    """Add or update staff of a CSV file, one line a tenure; returns the officers named in it.

    Columns: unit_code, staff_code, full_name, gender (nam/nữ/empty), phone, department, post, title, signs
    (yes/no), starts_on, ends_on, stand_in (yes/no). Raises BadLines and changes nothing when a line is wrong.
    """
    rows = read_table(path, STAFF_COLUMNS)
    units = _units(session)
    read = _check_staff(path, rows, units)
    officers: dict[tuple[int, str], Officer] = {}
    for row in read:
        unit = units[row["unit_code"]]
        officer = _keep_officer(session, unit, row)
        officers[unit.id, officer.staff_code] = officer
        _keep_tenure(session, _keep_post(session, unit, row), officer, row)
    return list(officers.values())


def import_duty(session: Session, path: Path) -> int:
    """Replace the duty of the days that a CSV file names: unit_code, day, staff_code. Returns the lines used."""
    rows = read_table(path, DUTY_COLUMNS)
    units, problems = _units(session), LineProblems(path.name)
    staff = {(o.unit_id, o.staff_code): o for o in session.scalars(sa.select(Officer))}
    shifts: dict[tuple[int, date], int] = {}
    for line, row in rows:
        unit, day = units.get(row["unit_code"]), problems.read_day(line, row, "day")
        officer = staff.get((unit.id, row["staff_code"])) if unit else None
        if unit is None:
            problems.add(line, f"unit {row['unit_code']!r} is unknown; import units first")
        elif officer is None:
            problems.add(line, f"staff_code {row['staff_code']!r} is unknown in {unit.name}")
        elif day is None:
            problems.require(line, row, "day")
        else:
            shifts[unit.id, day] = officer.id
    problems.stop_if_any()
    for (unit_id, day), officer_id in shifts.items():
        session.merge(DutyShift(unit_id=unit_id, day=day, officer_id=officer_id))
    session.flush()
    return len(rows)


def department_code(name: str) -> str:
    """Stable identifier of a department by its name: `Phòng Kinh tế` → `phong_kinh_te`."""
    return fold(name).replace(" ", "_")[:60]


def _units(session: Session) -> dict[str, Unit]:
    living = sa.select(Unit).where(Unit.code.is_not(None), Unit.valid_to.is_(None))
    return {unit.code: unit for unit in session.scalars(living) if unit.code}


def _check_staff(path: Path, rows: list[tuple[int, dict[str, str]]], units: dict[str, Unit]) -> list[Row]:
    problems, read = LineProblems(path.name), list[Row]()
    names: dict[tuple[str, str], str] = {}
    for line, row in rows:
        problems.require(line, row, "staff_code", "full_name", "post", "title", "starts_on")
        if row["unit_code"] not in units:
            problems.add(line, f"unit {row['unit_code']!r} is unknown; import units first")
        who = (row["unit_code"], row["staff_code"])
        if names.setdefault(who, row["full_name"]) != row["full_name"]:
            problems.add(line, f"staff_code {row['staff_code']} already belongs to {names[who]}")
        starts = problems.read_day(line, row, "starts_on")
        ends = problems.read_day(line, row, "ends_on")
        if starts and ends and ends <= starts:
            problems.add(line, "ends_on must be after starts_on")
        read.append({
            **row, "starts_on": starts, "ends_on": ends,
            "gender": problems.read_choice(line, row, "gender", GENDERS),
            "signs": problems.read_choice(line, row, "signs", YES_NO),
            "stand_in": problems.read_choice(line, row, "stand_in", YES_NO),
        })  # fmt: skip
    problems.stop_if_any()
    return read


def _keep_officer(session: Session, unit: Unit, row: Row) -> Officer:
    query = sa.select(Officer).where(Officer.unit_id == unit.id, Officer.staff_code == row["staff_code"])
    officer = session.scalars(query).first() or Officer(unit_id=unit.id, staff_code=row["staff_code"])
    officer.full_name, officer.gender, officer.phone = (
        row["full_name"],
        row["gender"],
        row.get("phone") or None,
    )
    session.add(officer)
    session.flush()
    return officer


def _keep_post(session: Session, unit: Unit, row: Row) -> Post:
    query = sa.select(Post).where(Post.unit_id == unit.id, Post.code == row["post"])
    post = session.scalars(query).first()
    if post is None:
        post = Post(unit_id=unit.id, code=row["post"], heads=row["post"].endswith(HEAD_POST_ENDINGS))
    post.title, post.signs = row["title"], row["signs"]
    post.department_id = keep_department(session, unit, row["department"]) if row["department"] else None
    session.add(post)
    session.flush()
    return post


def keep_department(session: Session, unit: Unit, name: str) -> int:
    """The id of a unit's department of this name, made when there is none; marks and case do not count."""
    code = department_code(name)
    query = sa.select(Department).where(Department.unit_id == unit.id, Department.code == code)
    department = session.scalars(query).first() or Department(unit_id=unit.id, code=code)
    department.name = name
    session.add(department)
    session.flush()
    return department.id


def _keep_tenure(session: Session, post: Post, officer: Officer, row: Row) -> None:
    query = sa.select(Tenure).where(
        Tenure.post_id == post.id, Tenure.officer_id == officer.id, Tenure.starts_on == row["starts_on"]
    )
    tenure = session.scalars(query).first() or Tenure(
        post_id=post.id, officer_id=officer.id, starts_on=row["starts_on"]
    )
    tenure.ends_on, tenure.stand_in = row["ends_on"], row["stand_in"]
    session.add(tenure)
    session.flush()
