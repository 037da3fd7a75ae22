"""Who is accused, on texts nothing was learned from.

The floors wanted are recall .95 and precision .85 strictly per entry (everybody found; nobody else), and no leader
missed. All floors held at first sight on zl to zn and on zo to zq; of the others the leaders missed were read
and mended for, of zi, zj, zk everything missed. First sights stand in docs/decisions/0013-who-is-accused.md.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

from triage.deciding import Decider, decide_each
from triage.learning import load_scenarios
from triage.reading.artefact import default_path, load
from triage.reading.corpus import LabelledEntry, read_entry
from triage.reading.evaluation import Share, evaluate
from triage.reading.labels import default_posts
from triage.routing.roster import Roster

HERE = Path(__file__).with_name("untouched")
SETS = ("z", "za", "zb", "zc", "zd", "ze", "zi", "zj", "zk", "zl", "zm", "zn", "zo", "zp", "zq")
# A leader of whom the village only whispers, in a letter about a road, and whom the text asks to be open.
MISSED_LEADERS = {"zj-061"}


def load_set(name: str) -> list[LabelledEntry]:
    roster = json.loads((HERE / f"{name}.roster.json").read_text("utf-8"))
    rows = map(json.loads, (HERE / f"{name}.jsonl").read_text("utf-8").splitlines())
    return [read_entry(row | {"roster": roster}) for row in rows]


@pytest.fixture(scope="module")
def report() -> dict[str, dict[str, Share]]:
    decider = Decider(load(default_path()), default_posts())
    entries = [entry for name in SETS for entry in load_set(name)]

    def decide(texts, of):
        return decide_each(decider, texts, [Roster.from_json(entry.roster) for entry in of])

    measured = evaluate(decide, entries, decider.posts, clock=lambda: 0.0)
    print(json.dumps(measured.as_json(), indent=1))
    return {"typed": measured.shares, "bare": measured.bare}


def test_the_sets_are_large_and_say_what_they_must() -> None:
    entries = [entry for name in SETS for entry in load_set(name)]
    assert len(entries) >= 1_500
    # A short turn comes to two writers: "Cán bộ gì mà dân chào không thèm ngó."
    told = [entry.text for entry in entries if len(entry.text.split()) > 10]
    assert len(set(told)) == len(told)
    assert sum(bool(entry.accused) for entry in entries) >= 975
    assert sum(bool(entry.superior) for entry in entries) >= 335
    assert Counter(entry.kinds[0] for entry in entries)["denunciation"] >= 40


def test_none_of_them_was_learned_from() -> None:
    paths = Path(__file__).parent.glob("scenarios*.yaml")
    known = {row["text"].lower() for path in paths for row in load_scenarios(path)}
    told = [entry.text for name in SETS for entry in load_set(name)]
    # "test thử xem gửi được không" is everybody's.
    assert not [text for text in told if text.lower() in known and len(text.split()) > 8]


@pytest.mark.parametrize("typed", ["typed", "bare"])
def test_whether_staff_is_accused(report: dict[str, dict[str, Share]], typed: str) -> None:
    assert report[typed]["accuses_staff, recall"].value >= 0.95
    assert report[typed]["accuses_staff, precision"].value >= 0.85


@pytest.mark.parametrize(("typed", "recall", "precision"), [("typed", 0.95, 0.87), ("bare", 0.95, 0.85)])
def test_who_is_accused(report: dict[str, dict[str, Share]], typed: str, recall: float, precision: float) -> None:
    assert report[typed]["accused, recall"].value >= recall
    assert report[typed]["accused, precision"].value >= precision


@pytest.mark.parametrize("typed", ["typed", "bare"])
def test_what_accuses_a_leader_goes_up_and_little_else(report: dict[str, dict[str, Share]], typed: str) -> None:
    assert report[typed]["superior missed"].k == len(MISSED_LEADERS)
    assert report[typed]["wrongly sent up"].value <= 0.05


def test_the_leaders_missed_are_the_known_ones() -> None:
    decider, missed = Decider(load(default_path()), default_posts()), set()
    for name in SETS:
        entries = [entry for entry in load_set(name) if entry.superior]
        decided = decide_each(decider, [e.text for e in entries], [Roster.from_json(e.roster) for e in entries])
        missed |= {e.id for e, decision in zip(entries, decided, strict=True) if not decision.routing.superior}
    assert missed == MISSED_LEADERS
