"""The same matter told by others is found, and another place is another matter."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from triage.reading.alike import TABLE, Told, count_common, likely_same, rank_alike

ROWS = [json.loads(line) for line in Path("tests/data/duplicates.jsonl").read_text("utf-8").splitlines()]
LAMP = "Đèn đường đầu bản Nà Sàng tắt nửa tháng rồi, trẻ con đi học tối om."


def _is_for_measuring(row: dict) -> bool:
    """The half that nothing was chosen on; a group is never cut in two."""
    return hashlib.sha256((row["group"] or row["id"]).encode()).digest()[0] % 2 == 1


def test_among_the_first_three_is_mostly_a_true_one() -> None:
    half = [row for row in ROWS if _is_for_measuring(row)]
    told = [Told(row["text"]) for row in half]
    asked = found = pairs = first = 0
    for place, row in enumerate(half):
        others = [*range(place), *range(place + 1, len(half))]
        true = {other for other in others if row["group"] and half[other]["group"] == row["group"]}
        best = {others[one.index] for one in rank_alike(told[place], [told[other] for other in others])[:3]}
        asked, found = asked + bool(true), found + bool(true & best)
        pairs, first = pairs + len(true), first + len(true & best)
    assert (asked, pairs) == (67, 112)
    assert found >= 60
    assert first >= 88


def test_most_of_what_is_shown_is_the_same_matter() -> None:
    half = [row for row in ROWS if _is_for_measuring(row)]
    told = [Told(row["text"], row["topic"]) for row in half]
    shown = right = 0
    for place, row in enumerate(half):
        others = [*range(place), *range(place + 1, len(half))]
        for one in likely_same(told[place], [told[other] for other in others]):
            shown += 1
            right += row["group"] is not None and half[others[one.index]]["group"] == row["group"]
    assert right / shown >= 0.75
    assert right >= 52


def test_another_place_or_topic_is_likely_another_matter() -> None:
    bare = Told("den duong dau ban na sang van tat, toi om ca ban", "infrastructure")
    elsewhere = Told(LAMP.replace("Nà Sàng", "Huổi Co"), "infrastructure")
    other_topic = Told(bare.text, "fees")
    ranked = rank_alike(Told(LAMP, "infrastructure"), [elsewhere, other_topic, bare])
    assert [one.index for one in ranked] == [2, 1, 0]


def test_a_numbered_place_counts_in_shorthand_too() -> None:
    told = Told("Ổ gà trước cây xăng tiểu khu 3 sâu lắm")
    same, other = Told("o ga cay xang tk3 bao gio lap"), Told("o ga cay xang tk4 bao gio lap")
    assert [one.index for one in rank_alike(told, [other, same])] == [1, 0]


def test_nothing_alike_shows_nothing() -> None:
    assert likely_same(Told(LAMP), []) == []
    assert likely_same(Told(LAMP), [Told("Xin hỏi lệ phí khai sinh"), Told("")]) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_any_string_will_do(texts: list[str]) -> None:
    ranked = rank_alike(Told(texts[0]), [Told(text) for text in texts])
    assert sorted(one.index for one in ranked) == list(range(len(texts)))
    assert all(one.likeness >= 0 for one in ranked)


def test_the_table_is_what_the_script_counts(corpus) -> None:
    total, *lines = map(json.loads, TABLE.read_text("utf-8").splitlines())
    counted = count_common(entry.text for entry in corpus)
    # Entries are added now and then; the table need not follow each of them.
    assert abs(total - len(corpus)) <= 0.1 * len(corpus)
    assert len(counted.keys() & dict(lines).keys()) >= 0.9 * len(counted)


def test_pages_can_ask_without_the_classifier() -> None:
    asked = "import sys, triage.reading.alike, triage.reading.junk; print('sklearn' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"
