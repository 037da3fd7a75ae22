"""How well personal details are blacked out: figures with counts and intervals on texts marked by hand (pure)."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from triage.reading.evaluation import Share
from vietnamese.redaction import MARKS, Detail, Kind, find_details
from vietnamese.text import nfc, strip_marks


class BadMarking(ValueError):
    """A line of a marked file that cannot be used; says which and why."""


@dataclass(frozen=True, slots=True)
class MarkedEntry:
    """A text in NFC and the details that people marked in it, in order."""

    id: str
    text: str
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class RedactionFigures:
    """Per kind: details found (every character hidden), found as what they are, and rightly hidden.

    `right` counts what was hidden as this kind and is by half or more of its characters a marked detail of any kind.
    `untouched` counts entries without details in which nothing was hidden.
    """

    found: dict[Kind, Share]
    exact: dict[Kind, Share]
    right: dict[Kind, Share]
    untouched: Share


def load_marked(path: Path) -> list[MarkedEntry]:
    """Entries of JSON lines {"id", "text", "spans": [{"text", "kind"}]}, spans in the order of the text.

    Raises `BadMarking` for a line that is none, a kind that is unknown and a span that does not occur.
    """
    lines = path.read_text("utf-8").splitlines()
    return [_parsed(line, number) for number, line in enumerate(lines, 1) if line.strip()]


def _parsed(line: str, number: int) -> MarkedEntry:
    try:
        row = json.loads(line)
        text = nfc(row["text"])
        return MarkedEntry(str(row["id"]), text, tuple(_details(text, row["spans"])))
    except (ValueError, KeyError, TypeError) as problem:
        raise BadMarking(f"line {number}: {problem}") from problem


def _details(text: str, spans: Iterable[dict[str, Any]]) -> Iterable[Detail]:
    place = 0
    for span in spans:
        written, kind = nfc(span["text"]), span["kind"]
        if kind not in MARKS:
            raise ValueError(f"unknown kind {kind!r}")
        start = text.index(written, place)
        place = start + len(written)
        yield Detail(kind, start, place)


def stripped(entries: Iterable[MarkedEntry]) -> list[MarkedEntry]:
    """The entries as typed without diacritics; positions stay."""
    return [MarkedEntry(entry.id, strip_marks(entry.text), entry.details) for entry in entries]


def measure(entries: Sequence[MarkedEntry], find: Callable[[str], Sequence[Detail]] = find_details) -> RedactionFigures:
    """Figures of `find` on `entries`."""
    pairs = [(entry, find(entry.text)) for entry in entries]
    return RedactionFigures(
        {kind: _share(_is_covered(marked, got) for marked, got in _marked(pairs, kind)) for kind in MARKS},
        {kind: _share(_is_exact(marked, got) for marked, got in _marked(pairs, kind)) for kind in MARKS},
        {kind: _share(_is_right(detail, entry) for entry, got in pairs for detail in got if detail.kind == kind)
         for kind in MARKS},
        _share(not got for entry, got in pairs if not entry.details),
    )  # fmt: skip


def _marked(
    pairs: Iterable[tuple[MarkedEntry, Sequence[Detail]]], kind: Kind
) -> Iterable[tuple[Detail, Sequence[Detail]]]:
    return ((marked, got) for entry, got in pairs for marked in entry.details if marked.kind == kind)


def _is_covered(marked: Detail, got: Sequence[Detail]) -> bool:
    return all(any(one.start <= place < one.end for one in got) for place in range(marked.start, marked.end))


def _is_exact(marked: Detail, got: Sequence[Detail]) -> bool:
    return any(one.kind == marked.kind and one.start <= marked.start and marked.end <= one.end for one in got)


def _is_right(got: Detail, entry: MarkedEntry) -> bool:
    shared = sum(max(0, min(got.end, marked.end) - max(got.start, marked.start)) for marked in entry.details)
    return 2 * shared >= got.end - got.start


def _share(answers: Iterable[bool]) -> Share:
    answered = list(answers)
    return Share(sum(answered), len(answered))


def as_table(name: str, figures: RedactionFigures) -> str:
    """The figures for people to read, with counts and the 95 % interval of what was found."""
    lines = [f"{name:<14}{'found':>16}{'interval':>14}{'of this kind':>16}{'rightly hidden':>18}"]
    for kind in MARKS:
        found = figures.found[kind]
        low, high = found.interval
        lines.append(
            f"{kind:<14}{_said(found):>16}{f'{low:.3f}–{high:.3f}':>14}"
            f"{_said(figures.exact[kind]):>16}{_said(figures.right[kind]):>18}"
        )
    return "\n".join([*lines, f"untouched where nothing is marked: {_said(figures.untouched)}"])


def _said(share: Share) -> str:
    return f"{'–' if share.value is None else f'{share.value:.3f}'} {share.k}/{share.n}"
