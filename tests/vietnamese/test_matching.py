"""Words found as people type them."""

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vietnamese.matching import has_all, read_wanted, spans_of
from vietnamese.text import has_marks, nfc, spelling_key, strip_marks, word_spans

LETTERS = "aàảãáạăằâầbcdđeèêềghiìỉĩíịklmnoòôồơờpqrstuùưừvxyỳỷỹýỵAÂĐƠ"
WORDS = st.text(LETTERS, min_size=1, max_size=4)
TYPED = st.lists(WORDS | st.sampled_from(["rác", "rac", "Mỹ", "mĩ", "hoà", "hòa", "12", "q5"]), max_size=5).map(
    " ".join
)
TEXTS = st.lists(WORDS | st.sampled_from(["rác", "RAC", "mỹ", "mi", "Hòa", "12/10,", "q5.", "_x_"]), max_size=12).map(
    " ".join
)
ANYTHING = st.text(st.sampled_from(LETTERS + " ,._\n\u0306\u0323\u0301İßſ９①") | st.characters(), max_size=40).map(nfc)


@pytest.mark.parametrize(("typed", "text", "found"), [
    ("rac", "Rác, RẠC và rac", ["Rác", "RẠC", "rac"]),
    ("rác", "Rác, RẠC và rac", ["Rác"]),
    ("hòa", "Hoà Bình, hoa hoè, HÒA", ["Hoà", "HÒA"]),
    ("hoa", "Hoà Bình, hoa hoè", ["Hoà", "hoa"]),
    ("my", "Mỹ, mĩ, mì", ["Mỹ", "mĩ", "mì"]),
    ("mỹ", "Mỹ, mĩ, mì", ["Mỹ", "mĩ"]),
    ("an", "ban an toàn Ân hận", ["an", "Ân"]),
    ("rac hòa", "hòa rác hoà hoa", ["hòa", "rác", "hoà"]),
    ("duong", "Đường, đương; dưỡng", ["Đường", "đương", "dưỡng"]),
    ("12/10", "ngày 12/10, số 1210", ["12", "10"]),
    ("0912", "gọi 0912 345 678", ["0912"]),
    ("bơ̆n", "bơ̆n, bơn", ["bơ̆n"]),
    ("bon", "bơ̆n, bơn", ["bơ̆n", "bơn"]),
    ("y", "y sĩ, i tờ, ý", ["y", "ý"]),
    ("…!", "không có gì …!", []),
    ("", "không có gì", []),
])  # fmt: skip
def test_words_are_found_as_typed(typed: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in spans_of(text, read_wanted(typed))] == found


def test_all_words_must_be_there_in_any_of_the_texts() -> None:
    wanted = read_wanted("rac đường")
    assert has_all(wanted, "Rác đổ bên đường")
    assert has_all(wanted, "Rác đổ", "dọn đường")
    assert not has_all(wanted, "Rác đổ", "con duong")
    assert not has_all(wanted)
    assert not has_all(read_wanted(" ?! "), "gì cũng được ?!")


def _is(word: str, wanted: str) -> bool:
    return spelling_key(word) == spelling_key(wanted) if has_marks(wanted) else (
        spelling_key(strip_marks(word)) == spelling_key(wanted)
    )  # fmt: skip


@given(TYPED, TEXTS)
def test_exactly_the_wanted_words_are_found(typed: str, text: str) -> None:
    text, wanted = nfc(text), [word.lower() for word, _start, _end in word_spans(nfc(typed))]
    expected = [(a, b) for word, a, b in word_spans(text) if any(_is(word, one) for one in wanted)]
    assert spans_of(text, read_wanted(typed)) == expected
    whole = bool(wanted) and all(any(_is(word, one) for word, _a, _b in word_spans(text)) for one in wanted)
    assert has_all(read_wanted(typed), text) == whole


@given(TYPED, TEXTS)
def test_without_marks_never_finds_less(typed: str, text: str) -> None:
    with_marks, without = (spans_of(nfc(text), read_wanted(said)) for said in (typed, strip_marks(nfc(typed))))
    assert set(with_marks) <= set(without)


@given(TYPED, WORDS, TEXTS, TEXTS)
def test_more_words_find_less_and_more_text_never_does(typed: str, word: str, text: str, more: str) -> None:
    wanted, narrower = read_wanted(typed), read_wanted(f"{typed} {word}")
    assert not has_all(narrower, text) or has_all(wanted, text) or not wanted
    assert not has_all(wanted, text) or has_all(wanted, more, text)
    assert has_all(wanted, f"{text} {more}") == has_all(wanted, text, more)


@given(ANYTHING, ANYTHING)
@example("ơ̆", "ơ̆ ơ̆n")
@example("i", "İ i̇")
def test_what_is_found_lies_in_the_text_in_order(typed: str, text: str) -> None:
    wanted = read_wanted(typed)
    spans = spans_of(text, wanted)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    assert bool(spans) >= has_all(wanted, text)


@given(ANYTHING)
def test_every_text_holds_its_own_words(text: str) -> None:
    assert has_all(read_wanted(text), text) == bool(read_wanted(text))
