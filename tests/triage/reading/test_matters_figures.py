"""Figures of dividing count what they say."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from triage.deciding import Decided, Decider
from triage.reading.classifier import EntryClassifier
from triage.reading.corpus import CORPUS, load_file
from triage.reading.labels import KIND_IDS, TOPIC_IDS, default_posts
from triage.reading.matters_figures import load_letters, matter_shares
from triage.routing.roster import Roster
from triage.splitting import with_matters

LAMP, BIRTH, THANKS = "Đèn đường tắt.", "Xin hỏi khai sinh.", "Cảm ơn xã."


@dataclass(frozen=True)
class Read:
    topic: str
    kind: str = "petition"
    urgent: bool = False
    abstained: bool = False


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
    either = birth | {"also": {"kind": ["petition"], "topics": ["infrastructure"]}}
    thanks = matter(THANKS, "praise", "infrastructure")
    labelled = tmp_path / "labelled.jsonl"
    labelled.write_text("\n".join([
        row(f"{LAMP} {BIRTH}", matters=[lamp, birth]),
        row(f"{LAMP} {BIRTH}", matters=[lamp, either]),
        row(f"{THANKS} {LAMP}", matters=[thanks, lamp]),
        row(f"{LAMP} {LAMP}", matters=[lamp, lamp]),
        row(f"{LAMP} {BIRTH}", urgent=True, matters=[lamp, birth]),
        row(f"{LAMP} {BIRTH}", accuses_staff=True, matters=[lamp, birth]),
        row(LAMP),
    ]), "utf-8")  # fmt: skip
    silent = tmp_path / "silent.jsonl"
    silent.write_text(row(f"{LAMP} {BIRTH}"), "utf-8")
    letters = load_letters([labelled, silent])
    assert len(letters) == 7, "a file that does not say how many matters its entries hold says nothing of one"
    shares = matter_shares(by_stops, letters, default_posts())
    assert {name: (share.k, share.n) for name, share in shares.items()} == {
        "divided, rightly": (1, 6),
        "divided, mixed": (3, 6),
        "mixed, divided": (1, 3),
        "parts, post right": (5, 6),
        "parts, kind right": (4, 6),
        "parts, left to a person": (0, 6),
        "grave, divided": (1, 1),
        "urgent, lost": (1, 1),
    }


def test_a_cut_through_a_matter_is_not_right_and_an_abstained_part_is(tmp_path: Path) -> None:
    long, birth = matter("Đèn tắt. Tối lắm.", "petition", "infrastructure"), matter(BIRTH, "question", "civil_status")
    labelled = tmp_path / "labelled.jsonl"
    labelled.write_text(row(f"{long['text']} {BIRTH}", matters=[long, birth]), "utf-8")
    letters = load_letters([labelled])
    at = letters[0].matters[1].start
    lamp, unsure = Read("infrastructure"), Read("infrastructure", abstained=True)

    def rightly(cut: int) -> int:
        parts = [Found(0, cut, lamp), Found(cut, len(letters[0].text), unsure)]
        return matter_shares(lambda _: [Divided(parts)], letters, default_posts())["divided, rightly"].k

    assert (rightly(at), rightly(9)) == (1, 0)


MATTERS = Path(__file__).parents[2] / "data" / "matters"


def test_the_sets_for_measuring_are_large_and_share_no_sender() -> None:
    senders = []
    for name in ("dev", "test"):
        path = MATTERS / f"{name}.jsonl"
        letters = load_letters([path])
        mixed = [letter.is_mixed(default_posts()) for letter in letters]
        assert sum(mixed) >= 100
        assert len(mixed) - sum(mixed) >= 100
        senders.append({entry.persona.split("/", 1)[1] for entry in load_file(path)})
    assert senders[0].isdisjoint(senders[1])


def test_the_classifier_that_ships_divides_what_is_mixed_and_nothing_grave(whole: EntryClassifier) -> None:
    decider, posts = Decider(whole, default_posts()), default_posts()
    rosters = yaml.safe_load((Path(__file__).parents[1] / "routing" / "rosters.yaml").read_text("utf-8"))
    roster = Roster.from_json(rosters["na_phieng"])

    def decide(texts: Sequence[str]) -> Sequence[Decided]:
        return decider.decide(texts, roster, posts)

    letters = load_letters([MATTERS / "dev.jsonl", MATTERS / "test.jsonl"])
    shares = matter_shares(lambda texts: with_matters(decide, texts, decide(texts), posts), letters, posts)
    assert shares["divided, mixed"].k >= 35
    assert shares["divided, mixed"].k >= 0.9 * shares["divided, mixed"].n
    assert shares["divided, rightly"].k >= 0.85 * shares["divided, rightly"].n
    assert shares["grave, divided"].k == 0
    assert shares["urgent, lost"].k == 0


def test_every_labelled_matter_of_the_corpus_stands_in_its_entry() -> None:
    letters = load_letters(sorted(CORPUS.glob("*.jsonl")))
    labelled = [matter for letter in letters for matter in letter.matters]
    assert len(labelled) > 600
    assert {matter.kind for matter in labelled} <= set(KIND_IDS)
    assert {matter.topic for matter in labelled} <= set(TOPIC_IDS)
