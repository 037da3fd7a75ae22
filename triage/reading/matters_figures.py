"""How well entries are divided into matters: figures on entries labelled with theirs (pure but for reading files)."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from triage.reading.labels import PRAISE
from triage.reading.shares import Share
from vietnamese.text import nfc

GRAVE_KINDS = ("complaint", "denunciation")


@dataclass(frozen=True, slots=True)
class LabelledMatter:
    """One matter as a person labelled it: its words where they stand in the text, from `start` to `end`."""

    start: int
    end: int
    kind: str
    topic: str


@dataclass(frozen=True, slots=True)
class LabelledLetter:
    """An entry of which it is known how many matters it holds; no `matters`: one. `grave` ones must stay whole."""

    text: str
    grave: bool
    matters: tuple[LabelledMatter, ...]

    def is_mixed(self, posts: Mapping[str, str]) -> bool:
        """Whether it holds ordinary matters for several posts of the table, or praise beside a wish."""
        kinds = {matter.kind for matter in self.matters}
        several = len({posts[matter.topic] for matter in self.matters}) > 1
        return not self.grave and (several or (PRAISE in kinds and len(kinds) > 1))


class ReadMatter(Protocol):
    """What figures ask of the reading of a matter."""

    topic: str


class FoundMatter(Protocol):
    """A matter as it was found."""

    start: int
    end: int
    reading: ReadMatter


class Divided(Protocol):
    """A decision with the matters found in its text; none: it is one."""

    matters: Sequence[FoundMatter]


Divide = Callable[[Sequence[str]], Sequence[Divided]]
"""Decides on texts and divides them."""


def load_letters(paths: Iterable[Path]) -> list[LabelledLetter]:
    """The entries of files whose labels say how many matters each holds; files that do not say are left out.

    Raises ValueError or KeyError for a line that is no labelled entry.
    """
    letters: list[LabelledLetter] = []
    for path in paths:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        if any(row.get("matters") for row in rows):
            letters += [_letter(row) for row in rows]
    return letters


def matter_shares(divide: Divide, letters: Sequence[LabelledLetter], posts: Mapping[str, str]) -> dict[str, Share]:
    """Figures by name, with `posts` as the table topic → post.

    "divided, rightly": of the divided entries, those that hold several matters. "mixed, divided": of the entries with
    several ordinary matters, those divided. "parts, post right": of the parts of rightly divided ones, those whose
    post is that of the labelled matter they cover most. "grave, divided": of the entries that blame, denounce,
    complain or are urgent, those divided; it must be none.
    """
    found = divide([letter.text for letter in letters])
    pairs = list(zip(letters, found, strict=True))
    divided = [(letter, one) for letter, one in pairs if one.matters]
    right = [(letter, one) for letter, one in divided if letter.is_mixed(posts)]
    mixed = sum(letter.is_mixed(posts) for letter in letters)
    parts = [_has_post(part, letter, posts) for letter, one in right for part in one.matters]
    return {
        "divided, rightly": Share(len(right), len(divided)),
        "mixed, divided": Share(len(right), mixed),
        "parts, post right": Share(sum(parts), len(parts)),
        "grave, divided": Share(
            sum(letter.grave for letter, _ in divided), sum(letter.grave for letter in letters)
        ),
    }  # fmt: skip


def _letter(row: Mapping[str, Any]) -> LabelledLetter:
    text = nfc(row["text"])
    matters = tuple(_matter(text, matter) for matter in row.get("matters") or ())
    grave = bool(row["urgent"] or row["accuses_staff"]) or row["kind"] in GRAVE_KINDS
    return LabelledLetter(text, grave or any(matter.kind in GRAVE_KINDS for matter in matters), matters)


def _matter(text: str, row: Mapping[str, Any]) -> LabelledMatter:
    words = nfc(row["text"])
    start = text.index(words)
    return LabelledMatter(start, start + len(words), row["kind"], row["topic"])


def _has_post(part: FoundMatter, letter: LabelledLetter, posts: Mapping[str, str]) -> bool:
    def shared(matter: LabelledMatter) -> int:
        return max(0, min(part.end, matter.end) - max(part.start, matter.start))

    covered = max(letter.matters, key=shared)
    return posts[part.reading.topic] == posts[covered.topic]
