import json
import re
from collections import Counter
from pathlib import Path

import pytest

from triage.reading.corpus import CORPUS, FROZEN, HELD_OUT, BadEntry, digest, load_corpus, load_file, read_entry

ROW = {"id": "x-1", "persona": "chủ quán", "text": "mất nước", "kind": "petition", "topics": ["infrastructure", "fees"],
       "urgent": False, "accuses_staff": False, "also": {"kind": ["question"], "topics": ["other"]}}  # fmt: skip


def written(tmp_path, *rows):
    path = tmp_path / "some.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), "utf-8")
    return path


def test_only_accepted_labels_count_and_the_best_is_first():
    entry = read_entry(ROW)
    assert entry.kinds == ("petition", "question")
    assert entry.topics == ("infrastructure", "other")  # "fees" is another matter of the entry, not its primary one
    assert not entry.is_denunciation


def test_a_flag_two_fair_readers_set_differently_has_both_values():
    entry = read_entry(ROW | {"also": {"urgent": [True], "accuses_staff": [False]}})
    assert entry.urgent == (False, True)
    assert entry.accuses_staff == (False,)


def test_lists_of_accepted_labels_are_read_too():
    entry = read_entry({"id": 7, "text": "x", "kinds": ["denunciation", "petition"], "topics": ["integrity"],
                        "urgent": [False], "accuses_staff": [True, False]})  # fmt: skip
    assert entry.is_denunciation
    assert entry.accuses_staff == (True, False)
    assert entry.persona == "7"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "gossip"}, "unknown kind 'gossip'"),
        ({"topics": []}, "out of range"),
        ({"urgent": "no"}, "true or false"),
    ],
)
def test_a_bad_line_is_named(tmp_path, change, said):
    with pytest.raises(BadEntry, match=re.escape(said)) as problem:
        load_file(written(tmp_path, ROW, ROW | change))
    assert "line 2" in str(problem.value)


def test_no_json_is_named_with_its_line(tmp_path):
    with pytest.raises(BadEntry, match="line 1"):
        load_file(written(tmp_path, "{"))


def test_an_id_stands_once(tmp_path):
    written(tmp_path, ROW, ROW)
    with pytest.raises(BadEntry, match="stands twice"):
        load_corpus(tmp_path)


@pytest.mark.parametrize(("name", "many"), [(HELD_OUT, 300), (FROZEN, 1_000)])
def test_texts_held_back_are_not_learned_from(corpus, name, many):
    held_back = {entry.text for entry in load_file(CORPUS / f"{name}.jsonl")}
    assert len(held_back) >= many
    assert held_back.isdisjoint(entry.text for entry in corpus)


def test_the_corpus_holds_every_label_and_no_template(corpus):
    assert len(corpus) >= 5_000
    assert min(Counter(entry.kinds[0] for entry in corpus).values()) >= 30
    assert min(Counter(entry.topics[0] for entry in corpus).values()) >= 20
    beginnings = Counter(" ".join(entry.text.split()[:4]).lower() for entry in corpus)
    assert sum(count == 1 for count in beginnings.values()) >= 0.9 * len(corpus)


def test_the_digest_changes_with_a_label_and_not_with_the_order(corpus):
    some = corpus[:20]
    other = read_entry(ROW)
    assert digest(some) == digest(some[::-1])
    assert digest([*some, other]) != digest([*some, read_entry(ROW | {"urgent": True})])


def test_an_entry_may_be_labelled_with_who_is_accused_alone() -> None:
    entry = read_entry({"id": 7, "text": "Ông Chủ tịch nhận phong bì", "accused": ["c"], "superior": True})
    assert (entry.kinds, entry.topics, entry.urgent, entry.accuses_staff) == ((), (), (), ())
    assert (entry.accused, entry.superior, entry.is_denunciation) == (("c",), True, False)


def test_such_an_entry_teaches_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "x", "text": "Ông Chủ tịch", "accused": ["c"]}\n', "utf-8")
    with pytest.raises(BadEntry, match="no kind to learn from"):
        load_corpus(tmp_path)
