"""Keeping dossiers from the province's one-stop system: when received, promised, finished; never whose.

A dossier that comes again is updated. The days whose counts change are marked in the same transaction.
"""

import csv
import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.facts import mark_days_stale
from models.imports import BadLines, LineProblems, read_table
from models.procedures import FIELDS, Procedure, Transaction
from models.units import Unit
from vietnamese.calendar import local_day
from vietnamese.text import fold

TRANSACTION_COLUMNS = (
    "unit_code",
    "dossier_code",
    "procedure_code",
    "field",
    "received_on",
    "due_on",
    "finished_on",
)
EARLIEST = date(2000, 1, 1)
"""No one-stop system is older; an earlier day is a typing error."""

_NAMESPACE = uuid.UUID("8f1c1f0e-6f0b-4e0b-9c9f-2c7a4b1d5e63")
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z./_-]{0,39}")
_PERSONAL_NUMBER = re.compile(r"\d{9,12}")  # identity card, citizen's number, telephone
_BATCH = 1_000  # within what SQLite takes as parameters of one statement
_FIELDS = {field: field for field in FIELDS}
# Words in the name of a column, without marks, that tell of the applicant.
_OF_APPLICANT = re.compile(
    r"\b(name|ten|ho|applicant|citizen|nguoi|chu|phone|mobile|tel|sdt|dien thoai|dt|email|mail|cccd|cmnd|cmt|can cuoc|"
    r"ho chieu|passport|identity|dia chi|address|birth|dob|sinh|gender|sex|gioi tinh|dan toc|ethnic)\b"
)


@dataclass(frozen=True, slots=True)
class TransactionRow:
    """One dossier of a unit: ``due_on`` None when no day was promised, ``finished_on`` None while it is open.

    ``field`` is one of ``models.procedures.FIELDS``; ``procedure_code`` must be in the catalogue or None.
    """

    unit_id: int
    dossier_code: str
    field: str
    received_on: date
    due_on: date | None = None
    finished_on: date | None = None
    procedure_code: str | None = None

    @property
    def key(self) -> tuple[int, str]:
        """What makes it the same dossier."""
        return self.unit_id, self.dossier_code


_Key = tuple[int, str]
"""Unit and dossier code."""


def import_transactions(session: Session, path: Path, at: datetime) -> int:
    """Keep the dossiers of a CSV file; returns how many are new or changed.

    Raises BadLines, which names every bad line, and changes nothing then.
    """
    return keep_transactions(session, read_transactions(session, path, at), at)


def read_transactions(session: Session, path: Path, at: datetime) -> list[TransactionRow]:
    """Dossiers of a CSV file with the columns TRANSACTION_COLUMNS and no other; writes nothing.

    A procedure that the catalogue does not know is left empty. Raises BadLines for a column that could tell of
    the applicant, and naming every bad line.
    """
    rows = read_table(path, TRANSACTION_COLUMNS)
    _refuse_other_columns(path)
    reader = _Reader(session, path, local_day(at))
    read = [row for line, raw in rows if (row := reader.read(line, raw)) is not None]
    reader.problems.stop_if_any()
    return read


def keep_transactions(session: Session, rows: Iterable[TransactionRow], at: datetime) -> int:
    """Add dossiers or update those of the same unit and code; returns how many are new or changed.

    Marks the days of receipt whose counts change, also the former day of a dossier that moved. A dossier
    given twice is kept as the last one says.
    """
    given = {row.key: row for row in rows}
    provinces = _provinces(session, {unit_id for unit_id, _code in given})
    days: set[tuple[int, date]] = set()
    changed = 0
    # In one order, so that two imports at a time cannot lock each other.
    for batch in _batches(sorted(given)):
        known = _known(session, batch)
        fresh = [given[key] for key in batch if known.get(key) != given[key]]
        _store(session, [_values(row, provinces[row.unit_id]) for row in fresh])
        days.update((row.unit_id, row.received_on) for row in fresh)
        days.update((row.unit_id, known[row.key].received_on) for row in fresh if row.key in known)
        changed += len(fresh)
    # Last, because citizens who rate today wait for the mark of today.
    mark_days_stale(session, days, at)
    return changed


class _Reader:
    """Reads lines one by one and collects what is wrong with them."""

    def __init__(self, session: Session, path: Path, today: date) -> None:
        self.today, self.problems = today, LineProblems(path.name)
        self.procedures = frozenset(session.scalars(sa.select(Procedure.code)))
        self.units: dict[str, list[Unit]] = {}
        for unit in session.scalars(sa.select(Unit).where(Unit.code.is_not(None)).order_by(Unit.id)):
            self.units.setdefault(unit.code or "", []).append(unit)
        self.seen: dict[tuple[int, str], int] = {}

    def read(self, line: int, raw: dict[str, str]) -> TransactionRow | None:
        """The dossier of one line, or None when something in it is wrong."""
        before = len(self.problems.problems)
        received, due, finished = (
            self.problems.read_day(line, raw, name) for name in ("received_on", "due_on", "finished_on")
        )
        self._check_days(line, raw, received, due, finished)
        self.problems.read_choice(line, raw, "field", _FIELDS)
        unit = self._unit(line, raw, received)
        self._check_codes(line, raw, unit)
        if len(self.problems.problems) > before or unit is None or received is None:
            return None
        code = raw["procedure_code"] if raw["procedure_code"] in self.procedures else None
        return TransactionRow(unit.id, raw["dossier_code"], raw["field"], received, due, finished, code)

    def _check_days(
        self, line: int, raw: dict[str, str], received: date | None, due: date | None, finished: date | None
    ) -> None:
        self.problems.require(line, raw, "received_on")
        if received is None:
            return
        if not EARLIEST <= received <= self.today:
            self.problems.add(line, f"received_on must lie between {EARLIEST} and today, not {received}")
        if due and due < received:
            self.problems.add(line, f"due_on {due} lies before received_on {received}")
        if finished and not received <= finished <= self.today:
            self.problems.add(line, f"finished_on must lie between received_on and today, not {finished}")

    def _unit(self, line: int, raw: dict[str, str], received: date | None) -> Unit | None:
        """The unit of that code on the day; else the living one, which took over the open dossiers."""
        units = self.units.get(raw["unit_code"], [])
        there = [unit for unit in units if received and _existed(unit, received)]
        living = [unit for unit in units if unit.valid_to is None]
        found = next(iter(there or living), None)
        if found is None:
            self.problems.add(line, f"unit {raw['unit_code']!r} is unknown; import units first")
        return found

    def _check_codes(self, line: int, raw: dict[str, str], unit: Unit | None) -> None:
        code = raw["dossier_code"]
        if not _CODE.fullmatch(code):
            self.problems.add(line, "dossier_code must be 1 to 40 letters without marks, figures, and . / _ -")
        elif _PERSONAL_NUMBER.fullmatch(code):
            self.problems.add(line, "dossier_code is a bare number as of an identity card or telephone; give the code")
        elif unit and self.seen.setdefault((unit.id, code), line) != line:
            self.problems.add(line, f"dossier_code {code} stands already in line {self.seen[unit.id, code]}")
        if raw["procedure_code"] and not _CODE.fullmatch(raw["procedure_code"]):
            self.problems.add(line, "procedure_code must be like 1.001193.000.00.00.H41, or empty")


def _refuse_other_columns(path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    problems = []
    for name in header:
        if name not in TRANSACTION_COLUMNS:
            problems.append(f"{path.name}: column {name!r} {_why_refused(name)}; delete it from the file")
        elif header.count(name) > 1:
            problems.append(f"{path.name}: column {name} stands there twice")
    if problems:
        raise BadLines(list(dict.fromkeys(problems)))


def _why_refused(name: str) -> str:
    if _OF_APPLICANT.search(fold(name).replace("_", " ")):
        return "may tell who the applicant is, which is never kept here"
    return f"is not one of {', '.join(TRANSACTION_COLUMNS)}"


def _existed(unit: Unit, day: date) -> bool:
    begun = unit.valid_from is None or unit.valid_from <= day
    return begun and (unit.valid_to is None or day < unit.valid_to)


def _batches(items: Sequence[_Key]) -> Iterator[Sequence[_Key]]:
    return (items[at : at + _BATCH] for at in range(0, len(items), _BATCH))


def _provinces(session: Session, unit_ids: set[int]) -> dict[int, str]:
    found = session.execute(sa.select(Unit.id, Unit.province_code).where(Unit.id.in_(unit_ids)))
    return {unit_id: province_code for unit_id, province_code in found}


def _known(session: Session, keys: Sequence[_Key]) -> dict[_Key, TransactionRow]:
    """Dossiers that are there already, by key; also some others whose code occurs in two units."""
    found = session.execute(
        sa.select(
            Transaction.unit_id, Transaction.dossier_code, Transaction.field, Transaction.received_on,
            Transaction.due_on, Transaction.finished_on, Transaction.procedure_code,
        ).where(
            Transaction.unit_id.in_({unit_id for unit_id, _code in keys}),
            Transaction.dossier_code.in_({code for _unit_id, code in keys}),
        )
    )  # fmt: skip
    return {(row[0], row[1]): TransactionRow(*row) for row in found}


def _values(row: TransactionRow, province_code: str) -> dict[str, Any]:
    return {
        "id": uuid.uuid5(_NAMESPACE, f"{row.unit_id} {row.dossier_code}"), "unit_id": row.unit_id,
        "province_code": province_code, "dossier_code": row.dossier_code, "field": row.field,
        "received_on": row.received_on, "due_on": row.due_on, "finished_on": row.finished_on,
        "procedure_code": row.procedure_code,
    }  # fmt: skip


def _store(session: Session, rows: list[dict[str, Any]]) -> None:
    """Insert, or replace what may change of a dossier; another import may have brought it meanwhile."""
    if not rows:
        return
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(Transaction)
    may_change = ("field", "received_on", "due_on", "finished_on", "procedure_code")
    new = {name: statement.excluded[name] for name in may_change}
    same = ["unit_id", "dossier_code"]
    session.connection().execute(statement.on_conflict_do_update(index_elements=same, set_=new), rows)
