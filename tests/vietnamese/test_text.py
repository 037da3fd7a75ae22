"""Normal forms, diacritics and words, however they were typed."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese.text import fold, has_marks, nfc, share_marked, spelling_key, strip_marks, word_spans

ALPHABET = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"


def test_every_vietnamese_letter_loses_its_marks() -> None:
    bare = strip_marks(ALPHABET)
    assert bare == "a" * 18 + "e" * 12 + "i" * 6 + "o" * 18 + "u" * 12 + "y" * 6 + "d"
    assert strip_marks(ALPHABET.upper()) == bare.upper()


def test_loose_marks_are_composed_or_dropped() -> None:
    loose = unicodedata.normalize("NFD", "Đường Nguyễn Huệ")
    assert nfc(loose) == "Đường Nguyễn Huệ"
    assert strip_marks(loose) == "Duong Nguyen Hue"


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("a\u200bb\ufeffc\u00add", "abcd"),
        ("a\u00a0b\u2003c\u3000d", "a b c d"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\x00b\x07c\x9fd", "abcd"),
        ("a\tb\nc", "a\tb\nc"),
        ("\u202eabc\u202c", "abc"),
        ("\u00d0ường \u00f0i", "Đường đi"),
    ],
)
def test_nfc_removes_what_cannot_be_seen(typed: str, clean: str) -> None:
    assert nfc(typed) == clean


def test_fold_is_a_search_key() -> None:
    assert fold("  Đỗ\u00a0 Minh   KHÔI\n") == "do minh khoi"


@pytest.mark.parametrize(
    ("text", "marked"), [("", False), ("abc 12", False), ("đi", True), ("Ỷ lại", True), ("😀 ok", False)]
)
def test_has_marks(text: str, marked: bool) -> None:
    assert has_marks(text) is marked


@pytest.mark.parametrize(
    ("text", "share"),
    [("", 0.0), ("123 45", 0.0), ("toi di lam", 0.0), ("Tôi đi làm 3 lần", 1.0), ("tôi di lam về", 0.5)],
)
def test_share_marked_counts_words_and_not_numbers(text: str, share: float) -> None:
    assert share_marked(text) == share


def test_word_spans() -> None:
    assert word_spans("Ông A, 2tr_x") == [("Ông", 0, 3), ("A", 4, 5), ("2tr", 7, 10), ("x", 11, 12)]


@pytest.mark.parametrize(
    ("one", "other"), [("Hoà", "hòa"), ("Thuý", "THÚY"), ("Mỹ", "mĩ"), ("Quý", "quí"), ("khoẻ", "khỏe")]
)
def test_spellings_of_one_syllable_share_a_key(one: str, other: str) -> None:
    assert spelling_key(one) == spelling_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("hoa", "hòa"), ("thúy", "thúi"), ("đa", "da"), ("tuấn", "tuân"), ("ma", "mà")]
)
def test_other_syllables_do_not(one: str, other: str) -> None:
    assert spelling_key(one) != spelling_key(other)


@given(st.text())
def test_nfc_twice_is_nfc_once(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)


@given(st.text())
def test_fold_twice_is_fold_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=ALPHABET + ALPHABET.upper() + " .,\n123"))
def test_positions_carry_over_from_marked_to_bare(text: str) -> None:
    assert len(strip_marks(nfc(text))) == len(nfc(text))
    assert not has_marks(strip_marks(text))


@given(st.text())
def test_word_spans_are_slices_in_order(text: str) -> None:
    spans = word_spans(text)
    assert all(text[start:end] == word for word, start, end in spans)
    assert all(before[2] <= after[1] for before, after in pairwise(spans))


@given(st.text(alphabet=ALPHABET + " ", max_size=40))
def test_composed_and_loose_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)
