"""Figures of dividing count what they say."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from triage.reading.corpus import CORPUS
from triage.reading.labels import KIND_IDS, TOPIC_IDS, default_posts
from triage.reading.matters_figures import load_letters, matter_shares

LAMP, BIRTH, THANKS = "Đèn đường tắt.", "Xin hỏi khai sinh.", "Cảm ơn xã."


@dataclass(frozen=True)
class Read:
    topic: str


@dataclass(frozen=True)
class Found:
    start: int
    end: int
    reading: Read


@dataclass(frozen=True)
class Divided:
    matters: Sequence[Found]


def row(text: str, kind: str = "petition", **more: object) -> str:
    given = {"text": text, "kind": kind, "topics": ["infrastructure"], "urgent": False, "accuses_staff": False} | more
    return json.dumps(given, ensure_ascii=False)


def matter(text: str, kind: str, topic: str) -> dict[str, str]:
    return {"text": text, "kind": kind, "topic": topic}


def by_stops(texts: Sequence[str]) -> list[Divided]:
    """Divides at the first stop; reads everything as infrastructure."""
    found = []
    for text in texts:
        at = text.index(".") + 2
        parts = [Found(0, at, Read("infrastructure")), Found(at, len(text), Read("infrastructure"))]
        found.append(Divided(parts if at < len(text) else []))
    return found


def test_what_is_counted(tmp_path: Path) -> None:
    lamp, birth = matter(LAMP, "petition", "infrastructure"), matter(BIRTH, "question", "civil_status")
    thanks = matter(THANKS, "praise", "infrastructure")
    labelled = tmp_path / "labelled.jsonl"
    labelled.write_text("\n".join([
        row(f"{LAMP} {BIRTH}", matters=[lamp, birth]),
        row(f"{THANKS} {LAMP}", matters=[thanks, lamp]),
        row(f"{LAMP} {LAMP}", matters=[lamp, lamp]),
        row(f"{LAMP} {BIRTH}", urgent=True, matters=[lamp, birth]),
        row(LAMP),
    ]), "utf-8")  # fmt: skip
    silent = tmp_path / "silent.jsonl"
    silent.write_text(row(f"{LAMP} {BIRTH}"), "utf-8")
    letters = load_letters([labelled, silent])
    assert len(letters) == 5, "a file that does not say how many matters its entries hold says nothing of one"
    shares = matter_shares(by_stops, letters, default_posts())
    assert {name: (share.k, share.n) for name, share in shares.items()} == {
        "divided, rightly": (2, 4),
        "mixed, divided": (2, 2),
        "parts, post right": (3, 4),
        "grave, divided": (1, 1),
    }


def test_every_labelled_matter_of_the_corpus_stands_in_its_entry() -> None:
    letters = load_letters(sorted(CORPUS.glob("*.jsonl")))
    labelled = [matter for letter in letters for matter in letter.matters]
    assert len(labelled) > 600
    assert {matter.kind for matter in labelled} <= set(KIND_IDS)
    assert {matter.topic for matter in labelled} <= set(TOPIC_IDS)
