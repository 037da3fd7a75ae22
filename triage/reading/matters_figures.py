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
    """One matter as a person labelled it: its words where they stand in the text, from `start` to `end`.

    `kinds` and `topics` are all that a fair reader could give it, the best first.
    """

    start: int
    end: int
    kinds: tuple[str, ...]
    topics: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The best kind."""
        return self.kinds[0]

    @property
    def topic(self) -> str:
        """The best topic."""
        return self.topics[0]


@dataclass(frozen=True, slots=True)
class LabelledLetter:
    """An entry of which it is known how many matters it holds; no `matters`: one.

    `grave` ones blame, denounce or complain and must stay whole; `urgent` ones must not lose their danger.
    """

    text: str
    grave: bool
    urgent: bool
    matters: tuple[LabelledMatter, ...]

    def is_mixed(self, posts: Mapping[str, str]) -> bool:
        """Whether it holds ordinary matters for several posts of the table, or praise beside a wish."""
        kinds = {matter.kind for matter in self.matters}
        several = len({posts[matter.topic] for matter in self.matters}) > 1
        return not (self.grave or self.urgent) and (several or (PRAISE in kinds and len(kinds) > 1))


class ReadMatter(Protocol):
    """What figures ask of the reading of a matter."""

    kind: str
    topic: str
    urgent: bool
    abstained: bool


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

    "divided, rightly": of the divided entries, those that hold several matters, are cut between them, and have each
    part read as a fair reader could or left to a person. "divided, mixed": those that hold several matters, wherever
    they were cut. "mixed, divided": of the entries with several ordinary matters, those divided rightly.
    "parts, post right": of the parts of divided mixed entries that go to a post, those whose post is that of the
    labelled matter they cover most; "parts, kind right" likewise; "parts, left to a person": the others.
    "grave, divided": of the entries that blame, denounce or complain, those divided; it must be none. "urgent, lost":
    of the urgent ones, those divided into parts none of which is urgent; it must be none.
    """
    pairs = list(zip(letters, divide([letter.text for letter in letters]), strict=True))
    divided = [(letter, one) for letter, one in pairs if one.matters]
    of_mixed = [(letter, one) for letter, one in divided if letter.is_mixed(posts)]
    right = sum(_is_right(letter, one.matters, posts) for letter, one in of_mixed)
    every = [(part, _covered(part, letter)) for letter, one in of_mixed for part in one.matters]
    parts = [(part, matter) for part, matter in every if not part.reading.abstained]
    return {
        "divided, rightly": Share(right, len(divided)),
        "divided, mixed": Share(len(of_mixed), len(divided)),
        "mixed, divided": Share(right, sum(letter.is_mixed(posts) for letter in letters)),
        "parts, post right": Share(sum(_has_post(part, matter, posts) for part, matter in parts), len(parts)),
        "parts, kind right": Share(sum(part.reading.kind in matter.kinds for part, matter in parts), len(parts)),
        "parts, left to a person": Share(len(every) - len(parts), len(every)),
        "grave, divided": _share_of([bool(one.matters) for letter, one in pairs if letter.grave]),
        "urgent, lost": _share_of([_is_lost(one.matters) for letter, one in pairs if letter.urgent]),
    }


def _share_of(flags: Sequence[bool]) -> Share:
    return Share(sum(flags), len(flags))


def _is_lost(parts: Sequence[FoundMatter]) -> bool:
    """Whether an entry was divided, and no part of it is urgent."""
    return bool(parts) and not any(part.reading.urgent for part in parts)


def _letter(row: Mapping[str, Any]) -> LabelledLetter:
    text = nfc(row["text"])
    matters = tuple(_matter(text, matter) for matter in row.get("matters") or ())
    kinds = {row["kind"], *(matter.kind for matter in matters)}
    grave = bool(row["accuses_staff"]) or not kinds.isdisjoint(GRAVE_KINDS)
    return LabelledLetter(text, grave, bool(row["urgent"]), matters)


def _matter(text: str, row: Mapping[str, Any]) -> LabelledMatter:
    words, also = nfc(row["text"]), row.get("also") or {}
    start = text.index(words)
    kinds, topics = (row["kind"], *also.get("kind", ())), (row["topic"], *also.get("topics", ()))
    return LabelledMatter(start, start + len(words), kinds, topics)


def _is_right(letter: LabelledLetter, parts: Sequence[FoundMatter], posts: Mapping[str, str]) -> bool:
    """Whether no labelled matter is cut, and each part is read as one that lies in it may be, or left to a person."""
    inside = [[matter for matter in letter.matters if _lies_in(matter, part)] for part in parts]
    return sum(map(len, inside)) == len(letter.matters) and all(
        any(part.reading.abstained or _is_read_as(part, matter, posts) for matter in matters)
        for part, matters in zip(parts, inside, strict=True)
    )


def _is_read_as(part: FoundMatter, matter: LabelledMatter, posts: Mapping[str, str]) -> bool:
    return part.reading.kind in matter.kinds and _has_post(part, matter, posts)


def _lies_in(matter: LabelledMatter, part: FoundMatter) -> bool:
    return part.start <= matter.start and matter.end <= part.end


def _covered(part: FoundMatter, letter: LabelledLetter) -> LabelledMatter:
    """The labelled matter that a part covers most."""
    return max(letter.matters, key=lambda matter: min(part.end, matter.end) - max(part.start, matter.start))


def _has_post(part: FoundMatter, matter: LabelledMatter, posts: Mapping[str, str]) -> bool:
    return posts[part.reading.topic] in {posts[topic] for topic in matter.topics}
