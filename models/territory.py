"""Importing units: provinces, communes, and the former units they succeeded."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.imports import LineProblems, read_table
from models.people import SUPERIOR_POST, Post
from models.refusals import Refused
from models.units import Unit, UnitKind, UnitSuccession

PILOT_UNITS = Path(__file__).parent / "data" / "pilot_units.csv"
"""244 communes of four former provinces (thanglequoc/vietnamese-provinces-database, MIT; see NOTICE)."""
REFORM = date(2025, 7, 1)
"""Districts ended and communes merged on this day (Resolution 202/2025/QH15, Law 72/2025/QH15)."""
SUPERIOR_TITLE = "Người tiếp nhận cấp tỉnh"
COLUMNS = ("code", "full_name", "province_code", "province", "former_province", "former_units")
_KINDS = {"Xã": UnitKind.COMMUNE, "Phường": UnitKind.WARD, "Đặc khu": UnitKind.SPECIAL_ZONE}


def import_units(session: Session, path: Path = PILOT_UNITS) -> int:
    """Add provinces, communes and successions of a CSV file; known codes keep their rows.

    Returns how many units are new. Raises BadLines and changes nothing when a line is wrong.
    """
    rows = read_table(path, COLUMNS)
    _check(path, rows)
    before = session.scalar(sa.select(sa.func.count()).select_from(Unit)) or 0
    # A later merger may have reused a code: the file speaks of the first unit that bore it, which stands last here.
    coded = sa.select(Unit).where(Unit.code.is_not(None)).order_by(Unit.valid_from.desc(), Unit.id.desc())
    known = {unit.code: unit for unit in session.scalars(coded)}
    for _line, row in rows:
        if row["province_code"] not in known:
            known[row["province_code"]] = _new_province(session, row)
    session.flush()
    for _line, row in rows:
        if row["code"] not in known:
            unit = _new(session, row["code"], row["full_name"], kind_of(row["full_name"]), row)
            unit.parent_id = known[row["province_code"]].id
            known[row["code"]] = unit
    session.flush()
    _import_successions(session, rows, known)
    return (session.scalar(sa.select(sa.func.count()).select_from(Unit)) or 0) - before


def found_commune(
    session: Session, code: str, full_name: str, beside: Unit, on: date, hotline: str | None = None
) -> Unit:
    """A commune that exists from `on`, in the province of `beside`; raises Refused for an impossible code or name."""
    kind = kind_of(full_name)
    if not re.fullmatch(r"\d{5}", code):
        raise Refused("code_odd", unit_code=code)
    if kind is None:
        raise Refused("name_odd", unit=full_name)
    unit = Unit(code=code, name=full_name, kind=kind, province_code=beside.province_code,
                parent_id=beside.parent_id, valid_from=on, hotline=hotline)  # fmt: skip
    session.add(unit)
    session.flush()
    return unit


def kind_of(full_name: str) -> UnitKind | None:
    """Type of a commune-level unit by its official name, or None."""
    return next((kind for word, kind in _KINDS.items() if full_name.startswith(word + " ")), None)


def _check(path: Path, rows: list[tuple[int, dict[str, str]]]) -> None:
    problems = LineProblems(path.name)
    seen: dict[str, int] = {}
    for line, row in rows:
        problems.require(line, row, "full_name", "province")
        if not re.fullmatch(r"\d{5}", row["code"]):
            problems.add(line, f"code must be five digits (keep leading zeros), not {row['code']!r}")
        elif row["code"] in seen:
            problems.add(line, f"code {row['code']} stands already in line {seen[row['code']]}")
        seen.setdefault(row["code"], line)
        if not re.fullmatch(r"\d{2}", row["province_code"]):
            problems.add(line, f"province_code must be two digits, not {row['province_code']!r}")
        if row["full_name"] and kind_of(row["full_name"]) is None:
            problems.add(line, f"full_name must begin with Xã, Phường or Đặc khu, not {row['full_name']!r}")
    problems.stop_if_any()


def _new_province(session: Session, row: dict[str, str]) -> Unit:
    """A province with its superior's post: made when it is needed, it would tell that it was needed."""
    province = _new(session, row["province_code"], row["province"], UnitKind.PROVINCE, row)
    session.flush()
    session.add(Post(unit_id=province.id, code=SUPERIOR_POST, title=SUPERIOR_TITLE, signs=True))
    return province


def _new(session: Session, code: str | None, name: str, kind: UnitKind | None, row: dict[str, str]) -> Unit:
    former = kind is UnitKind.FORMER
    unit = Unit(
        code=code,
        name=name,
        kind=kind,
        province_code=row["province_code"],
        valid_from=None if former else REFORM,
        valid_to=REFORM if former else None,
    )
    session.add(unit)
    return unit


def _import_successions(
    session: Session, rows: list[tuple[int, dict[str, str]]], known: dict[str | None, Unit]
) -> None:
    """Former units have no codes of their own here: name, district and old province tell them apart."""
    shares = Counter(name for _line, row in rows for name in _former_names(row))
    former = {u.name: u for u in session.scalars(sa.select(Unit).where(Unit.kind == UnitKind.FORMER))}
    for _line, row in rows:
        for name in _former_names(row):
            if name not in former:
                former[name] = _new(session, None, name, UnitKind.FORMER, row)
    session.flush()
    links = {(link.predecessor_id, link.successor_id): link for link in session.scalars(sa.select(UnitSuccession))}
    for _line, row in rows:
        for name in _former_names(row):
            before, after = former[name].id, known[row["code"]].id
            if (before, after) not in links:
                session.add(UnitSuccession(predecessor_id=before, successor_id=after, on=REFORM, part=shares[name] > 1))
    session.flush()


def _former_names(row: dict[str, str]) -> list[str]:
    names = dict.fromkeys(part.strip() for part in row["former_units"].split(";") if part.strip())
    return [f"{name}, {row['former_province']}" for name in names]
