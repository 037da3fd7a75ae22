"""The terms of `terms.yaml`: dated, with their source; who is reminded when. Pure.

The file is checked as a whole when it is loaded: a term that two rows give, or none, is an error at the start and
not on the day when it matters.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args, get_type_hints

import yaml

from vietnamese.calendar import Term, Unit

URGENT = "urgent"
"""Stands for every kind where there is danger."""


class BadTerms(ValueError):
    """The file of terms cannot be used; says which row and why."""


class NoTerm(LookupError):
    """No row gives this term on this day."""


class TooManyExtensions(ValueError):
    """The law, or our default, allows fewer extensions."""


class Clock(StrEnum):
    """What a term is for."""

    INTAKE = "intake"
    ANSWER = "answer"
    FORWARD = "forward"
    DECIDE = "decide"


class Recipient(StrEnum):
    """Who is reminded. The leader is whoever is on duty, the next leader another than was told before."""

    HANDLER = "handler"
    LEADER = "leader"
    NEXT_LEADER = "next_leader"
    SUPERIOR = "superior"


class StepName(StrEnum):
    """The steps of reminding; each is taken once for each instant at which a term ends."""

    BEFORE = "before"
    DUE = "due"
    AFTER = "after"
    LEADER = "leader"
    SUPERIOR = "superior"


@dataclass(frozen=True)
class Extension:
    """How often a term may be extended, and by how much each time, in its own unit."""

    times: int
    amount: int


@dataclass(frozen=True)
class TermRow:
    """One term as it stands from `valid_from` to `valid_to`, both days included; an open end is None.

    `remote` is the amount in remote areas, `verify` whether the figure must be compared with the law first.
    """

    clock: Clock
    kind: str
    amount: int
    unit: Unit
    valid_from: date
    source: str
    verify: bool
    valid_to: date | None = None
    remote: int | None = None
    extension: Extension | None = None

    @property
    def name(self) -> str:
        """The row in an error: 'decide complaint from 2026-07-01'."""
        return f"{self.clock} {self.kind} from {self.valid_from}"

    @property
    def extensions(self) -> int:
        """How often the term may be extended."""
        return self.extension.times if self.extension else 0

    def term(self, remote: bool = False, extensions: int = 0) -> Term:
        """The term, extended so many times. Raises TooManyExtensions beyond what is allowed."""
        if not 0 <= extensions <= self.extensions:
            raise TooManyExtensions(f"{self.name}: {extensions} extensions, {self.extensions} allowed")
        amount = self.remote if remote and self.remote is not None else self.amount
        more = self.extension.amount * extensions if self.extension else 0
        return Term(amount + more, self.unit)


@dataclass(frozen=True)
class Step:
    """One reminder: `offset` is in working days from the day a term ends, for urgent cases in minutes from its end."""

    step: StepName
    to: Recipient
    offset: int


@dataclass(frozen=True)
class TermTable:
    """All terms and both tables of reminders, checked."""

    rows: tuple[TermRow, ...]
    ordinary: tuple[Step, ...]
    urgent: tuple[Step, ...]

    def row(self, clock: Clock, kind: str, day: date) -> TermRow:
        """The row for what was received on `day`. Raises NoTerm where there is none."""
        for row in self.rows:
            if (row.clock, row.kind) == (clock, kind) and row.valid_from <= day <= (row.valid_to or date.max):
                return row
        raise NoTerm(f"no term to {clock} {kind} received on {day}")

    def kinds(self, clock: Clock) -> tuple[str, ...]:
        """The kinds that have this clock, urgent among them, in the order of the file."""
        return tuple(dict.fromkeys(row.kind for row in self.rows if row.clock == clock))


@lru_cache(maxsize=1)
def standard_terms() -> TermTable:
    """The table that comes with the program."""
    return read_terms(Path(__file__).with_name("terms.yaml").read_text("utf-8"))


def read_terms(text: str) -> TermTable:
    """The table a YAML text holds. Raises BadTerms with the row that is wrong."""
    try:
        loaded = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise BadTerms(f"not YAML: {error}") from error
    if not isinstance(loaded, dict) or set(loaded) != {"terms", "reminders"}:
        raise BadTerms("terms and reminders are expected, nothing else")
    rows = tuple(_term_row(raw) for raw in _list(loaded["terms"], "terms"))
    _without_overlap_or_gap(rows)
    reminders = loaded["reminders"]
    if not isinstance(reminders, dict) or set(reminders) != {"ordinary", "urgent"}:
        raise BadTerms("reminders are expected for ordinary and urgent cases")
    return TermTable(rows, _steps(reminders["ordinary"], "ordinary"), _steps(reminders["urgent"], "urgent"))


def _term_row(raw: object) -> TermRow:
    row: TermRow = _read(TermRow, raw)
    amounts = [row.amount, row.remote, *((row.extension.times, row.extension.amount) if row.extension else ())]
    if any(amount is not None and amount < 1 for amount in amounts):
        raise BadTerms(f"{row.name}: amounts begin at 1")
    if not row.source.strip():
        raise BadTerms(f"{row.name}: where is it from?")
    if row.valid_to is not None and row.valid_to < row.valid_from:
        raise BadTerms(f"{row.name}: ends on {row.valid_to}, before it begins")
    return row


def _without_overlap_or_gap(rows: Sequence[TermRow]) -> None:
    dated: dict[tuple[str, str], list[TermRow]] = {}
    for row in sorted(rows, key=lambda row: row.valid_from):
        dated.setdefault((row.clock, row.kind), []).append(row)
    for of_one in dated.values():
        for before, after in pairwise(of_one):
            if before.valid_to is None or before.valid_to >= after.valid_from:
                raise BadTerms(f"{before.name} and {after.name} overlap: end the first on the day before the second")
            if before.valid_to + timedelta(days=1) < after.valid_from:
                raise BadTerms(f"no row between {before.name}, which ends on {before.valid_to}, and {after.name}")
        if of_one[-1].valid_to is not None:
            raise BadTerms(f"no row after {of_one[-1].name}, which ends on {of_one[-1].valid_to}")


def _steps(raw: object, name: str) -> tuple[Step, ...]:
    steps: tuple[Step, ...] = tuple(_read(Step, one) for one in _list(raw, f"reminders {name}"))
    if len({step.step for step in steps}) < len(steps):
        raise BadTerms(f"reminders {name}: a step stands twice")
    return tuple(sorted(steps, key=lambda step: step.offset))


def _list(raw: object, name: str) -> list[object]:
    if not isinstance(raw, list):
        raise BadTerms(f"{name}: a list is expected")
    return raw


def _read(kind: type, raw: object) -> Any:
    """A dataclass from a mapping of plain values, each of exactly the type its field says."""
    if not isinstance(raw, dict):
        raise BadTerms(f"{kind.__name__}: a mapping is expected, not {raw!r}")
    hints = get_type_hints(kind)
    if unknown := set(raw) - set(hints):
        raise BadTerms(f"{raw}: unknown {', '.join(sorted(map(str, unknown)))}")
    try:
        return kind(**{name: _value(hints[name], value, raw) for name, value in raw.items()})
    except TypeError as error:
        raise BadTerms(f"{raw}: {error}") from error


def _value(hint: Any, value: object, raw: Mapping[str, object]) -> object:
    if value is None and type(None) in get_args(hint):
        return None
    wanted = _first_type(get_args(hint) or (hint,))
    if issubclass(wanted, StrEnum):
        try:
            return wanted(str(value))
        except ValueError as error:
            raise BadTerms(f"{raw}: {error}") from error
    if wanted is Extension:
        return _read(Extension, value)
    if type(value) is not wanted:
        raise BadTerms(f"{raw}: {value!r} is no {wanted.__name__}")
    return value


def _first_type(types: Iterable[Any]) -> type:
    return next(one for one in types if one is not type(None))
