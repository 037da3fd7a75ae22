"""Junk and foul words are seen; whoever is only angry, quotes an insult or asks about a loan is not marked."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.reading.corpus import CORPUS, LESSONS, load_file
from triage.reading.foul import cover, foul_spans
from triage.reading.junk import INSULT, JUNK, junk_rule, marks_of
from vietnamese.text import nfc

ROWS = [json.loads(line) for line in Path("tests/data/junk.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("mark", "recall"), [(JUNK, 0.95), (INSULT, 0.97)])
def test_labelled_lines(mark: str, recall: float) -> None:
    true = [row for row in ROWS if mark in row["marks"]]
    marked = [row for row in ROWS if mark in marks_of(row["text"])]
    assert [row["text"] for row in marked if row not in true] == []
    assert sum(row in marked for row in true) >= recall * len(true)


def test_ordinary_entries_are_left_alone() -> None:
    paths = [path for path in sorted(CORPUS.glob("*.jsonl")) if path.stem != "frozen"]
    entries = [entry for path in (*paths, LESSONS) for entry in load_file(path)]
    ordinary = [entry for entry in entries if entry.kinds[0] != "other"]
    assert len(ordinary) > 4_800
    marks = [marks_of(entry.text) for entry in ordinary]
    assert [entry.id for entry, found in zip(ordinary, marks, strict=True) if JUNK in found] == []
    # Two of them swear, and rightly so.
    assert sum(INSULT in found for found in marks) <= 0.002 * len(ordinary)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("asdfgh qwerty", "keyboard"),
        ("aaaaaaaaa", "one_sign"),
        ("😀😀 ❤️", "without_words"),
        ("test thử 123", "trial"),
        ("Cho vay không thế chấp, giải ngân trong ngày, liên hệ zalo", "advert"),
        ("hihi " * 9, "over_and_over"),
        ("Sửa đường đi! " * 9, ""),
        ("Cháy! Cháy! Cháy! Cháy! Cháy! Cháy! Cháy! Cháy!", ""),
        ("UBND THCS BHYT", ""),
        ("Nyob zoo, koj nyob qhov twg, kuv tsis paub ntawv", ""),
        ("", ""),
    ],
)
def test_each_rule_by_name(text: str, rule: str) -> None:
    assert junk_rule(text) == rule


def test_foul_words_are_covered_and_nothing_else() -> None:
    pieces = cover("Đ.m chúng mày, đèn hỏng ba tháng rồi, ngu như bò!")
    assert [piece.text for piece in pieces if piece.foul] == ["Đ.m", "ngu như bò"]
    assert "đèn hỏng ba tháng rồi" in "".join(piece.text for piece in pieces if not piece.foul)


@pytest.mark.parametrize(
    "text",
    [
        "Anh ấy chửi tôi là đồ ngu.",
        "chi ay mang me toi ngu nhu bo giua phong",
        "Cán bộ quát “đ.m mày cút” rồi đóng cửa",
        "Đừng coi dân là lũ ngu.",
        "Dân không phải súc vật.",
        "bị nó gọi là con đĩ trước mặt mọi người",
    ],
)
def test_what_others_said_is_not_the_citizens_insult(text: str) -> None:
    assert foul_spans(nfc(text)) == []


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from('đm.* dmvclngu như chó"“')), max_size=300))
def test_any_string_will_do_and_covering_loses_no_letter(text: str) -> None:
    marks_of(text)
    assert "".join(piece.text for piece in cover(text)) == nfc(text)


@pytest.mark.parametrize("text", ["a" * 100_000, "đm " * 40_000, '("' * 50_000, "\x00\xff" * 1000, "x*" * 50_000])
def test_long_and_odd_texts_take_no_time(text: str) -> None:
    assert set(marks_of(text)) <= {JUNK, INSULT}
