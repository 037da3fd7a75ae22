"""What all imports share: read a whole table, name every bad line, change nothing unless all is good."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path


class BadLines(Exception):
    """Lines of an import that cannot be used; the message names each with its number and the mend."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_table(path: Path, required: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """Rows of a UTF-8 CSV file (with or without BOM) with their line numbers; raises BadLines."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadLines([f"{path.name}: not UTF-8; save it as 'CSV UTF-8'"]) from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in required if name not in (reader.fieldnames or ())]
    if missing:
        raise BadLines([f"{path.name}: missing column {', '.join(missing)}"])
    rows = []
    for raw in reader:
        rows.append((reader.line_num, {key: (value or "").strip() for key, value in raw.items() if key}))
    if not rows:
        raise BadLines([f"{path.name}: no lines after the header"])
    return rows


class LineProblems:
    """Collects problems line by line; raises them all together."""

    def __init__(self, file: str) -> None:
        self.file, self.problems = file, list[str]()

    def add(self, line: int, problem: str) -> None:
        """One more thing wrong in one line."""
        self.problems.append(f"{self.file} line {line}: {problem}")

    def require(self, line: int, row: Mapping[str, str], *names: str) -> None:
        """Columns that may not be empty."""
        for name in names:
            if not row.get(name):
                self.add(line, f"{name} is empty")

    def read_day(self, line: int, row: Mapping[str, str], name: str) -> date | None:
        """A day written 2025-07-01, or None when empty or wrong (then a problem is noted)."""
        raw = row.get(name, "")
        try:
            return date.fromisoformat(raw) if raw else None
        except ValueError:
            self.add(line, f"{name} must be a day like 2025-07-01, not {raw!r}")
            return None

    def read_choice(self, line: int, row: Mapping[str, str], name: str, choices: Mapping[str, object]) -> object:
        """One of some words; a problem is noted for another."""
        raw = row.get(name, "")
        if raw not in choices:
            self.add(line, f"{name} must be one of {', '.join(repr(c) for c in choices)}, not {raw!r}")
            return None
        return choices[raw]

    def stop_if_any(self) -> None:
        """Raise what was found."""
        if self.problems:
            raise BadLines(self.problems)
