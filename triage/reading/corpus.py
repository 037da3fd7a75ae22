"""Labelled entries, as the corpus and the lists of accepted labels write them (pure apart from reading files)."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from triage.reading.labels import DENUNCIATION, KIND_IDS, SENTIMENTS, TOPIC_IDS

CORPUS = Path(__file__).with_name("corpus")
LESSONS = Path(__file__).with_name("lessons.jsonl")
"""Short entries in the corpus format, written where cross-validation showed the corpus to be thin."""

HELD_OUT, FROZEN = "heldout", "frozen"
"""Never learned from: entries that choices were made on, and entries for measuring alone."""


class BadEntry(ValueError):
    """A line that is no labelled entry; the message names file, line and fault."""


@dataclass(frozen=True, slots=True)
class LabelledEntry:
    """A text and every label a fair reader could give it, the best first.

    `topics` are accepted primary topics. `accused` holds person ids of `roster`, or what the citizen called the
    accused where there is no roster; None where nobody labelled it. `tolerated` may be kept out without being wrong.
    `about` holds every topic it speaks of, the primary one first; `sentiment` is empty, `traps`, `register` and
    `mood` too, where nobody noted them.
    """

    id: str
    persona: str
    text: str
    kinds: tuple[str, ...]
    topics: tuple[str, ...]
    urgent: tuple[bool, ...]
    accuses_staff: tuple[bool, ...]
    accused: tuple[str, ...] | None = None
    superior: bool | None = None
    roster: Mapping[str, Any] | None = None
    tolerated: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    sentiment: str = ""
    register: str = ""
    mood: str = ""
    traps: tuple[str, ...] = ()

    @property
    def is_denunciation(self) -> bool:
        """Whether the best label says so."""
        return self.kinds[:1] == (DENUNCIATION,)


def load_corpus(folder: Path = CORPUS, but: Sequence[str] = (HELD_OUT, FROZEN)) -> list[LabelledEntry]:
    """The entries of every `*.jsonl` in `folder`, files in order of name, without those named in `but`.

    Our own corpus comes with the lessons. Raises BadEntry for a line that is none, and for an id that stands twice.
    """
    paths = [path for path in sorted(folder.glob("*.jsonl")) if path.stem not in but]
    entries = [entry for path in (*paths, *([LESSONS] if folder == CORPUS else ())) for entry in load_file(path)]
    known: set[str] = set()
    for entry in entries:
        if entry.id in known:
            raise BadEntry(f"{folder}: id {entry.id!r} stands twice")
        if not entry.kinds:
            raise BadEntry(f"{folder}: {entry.id!r} has no kind to learn from")
        known.add(entry.id)
    return entries


def load_file(path: Path) -> list[LabelledEntry]:
    """The entries of one file, in order. Raises BadEntry."""
    entries = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    entries.append(read_entry(json.loads(line)))
                except (ValueError, LookupError, TypeError, AttributeError) as problem:
                    raise BadEntry(f"{path}, line {number}: {_said(problem)}") from problem
    return entries


def _said(problem: Exception) -> str:
    return f"no {problem}" if isinstance(problem, KeyError) else str(problem)


def read_entry(row: Mapping[str, Any]) -> LabelledEntry:
    """An entry from a row of the corpus, or from one with lists of accepted labels.

    `also` is an object of further labels ({"kind": [...], "topics": [...], "urgent": [...], "accuses_staff": [...]}),
    or a list of ids that may be kept out too.
    Raises LookupError, TypeError or ValueError for what it cannot read.
    """
    said = row.get("also") or {}
    also, tolerated = (said, ()) if isinstance(said, Mapping) else ({}, tuple(said))
    if "kinds" in row:
        kinds, topics = row["kinds"], row["topics"]
    elif "kind" not in row and "accused" in row:
        return _of_people(row, tolerated)
    else:
        kinds = [row["kind"], *also.get("kind", ())]
        topics = [row["topics"][0], *also.get("topics", ())]
    return LabelledEntry(
        id=str(row["id"]),
        persona=str(row.get("persona") or row["id"]),
        text=row["text"],
        kinds=_checked(kinds, KIND_IDS, "kind"),
        topics=_checked(topics, TOPIC_IDS, "topic"),
        urgent=_flags(row["urgent"], also.get("urgent", ())),
        accuses_staff=_flags(row["accuses_staff"], also.get("accuses_staff", ())),
        accused=tuple(row["accused"]) if "accused" in row else None,
        superior=row.get("superior"),
        roster=row["roster"] if isinstance(row.get("roster"), Mapping) else None,
        tolerated=tolerated,
        about=_checked([topics[0], *row["topics"]], TOPIC_IDS, "topic") if "sentiment" in row else (),
        sentiment=_checked([row["sentiment"]], SENTIMENTS, "sentiment")[0] if row.get("sentiment") else "",
        register=row.get("register", ""),
        mood=row.get("mood", ""),
        traps=tuple(row.get("traps", ())),
    )


def _of_people(row: Mapping[str, Any], tolerated: tuple[str, ...]) -> LabelledEntry:
    """An entry labelled with who is accused and nothing else: it measures that, and teaches nothing."""
    return LabelledEntry(
        id=str(row["id"]),
        persona=str(row["id"]),
        text=row["text"],
        kinds=(),
        topics=(),
        urgent=(),
        accuses_staff=_flags(row["accuses_staff"]) if "accuses_staff" in row else (),
        accused=tuple(row["accused"]),
        superior=row.get("superior"),
        roster=row["roster"] if isinstance(row.get("roster"), Mapping) else None,
        tolerated=tolerated,
    )


def _checked(labels: Iterable[str], known: tuple[str, ...], what: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(labels))
    unknown = [label for label in found if label not in known]
    if unknown or not found:
        raise ValueError(f"unknown {what} {unknown[0]!r}" if unknown else f"no {what}")
    return found


def _flags(value: Any, others: Sequence[bool] = ()) -> tuple[bool, ...]:
    best = tuple(value) if isinstance(value, list | tuple) else (value,)
    flags = tuple(dict.fromkeys((*best, *others)))
    if not flags or not all(isinstance(flag, bool) for flag in flags):
        raise ValueError(f"a flag is true or false, not {value!r}")
    return flags


def digest(entries: Iterable[LabelledEntry]) -> str:
    """A short name for exactly these texts and labels, whatever their order."""
    rows = sorted(
        json.dumps(
            [e.id, e.text, e.kinds, e.topics, e.urgent, e.accuses_staff, e.about, e.sentiment], ensure_ascii=False
        )
        for e in entries
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:12]
