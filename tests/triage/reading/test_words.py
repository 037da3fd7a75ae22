import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.reading.words import LONGEST, NAME, number_class, read_words


def test_shorthand_is_spelled_out():
    assert read_words("ko dc, hs ntn r ạ").typed == [
        "không", "được", "hồ", "sơ", "như", "thế", "nào", "rồi", "ạ",
    ]  # fmt: skip


def test_every_keyboard_gives_the_same_words():
    composed = "Hòa giải ở thôn, thủy lợi hỏng"
    old_tones = "Hoà giải ở thôn, thuỷ lợi hỏng"
    assert read_words(composed).keys == read_words(old_tones).keys
    assert read_words(composed) == read_words(unicodedata.normalize("NFD", composed))


def test_names_of_people_and_places_are_hidden():
    words = read_words("Hôm qua ở thôn Cầu Đá, anh Nguyễn Văn Rác gọi điện cho Trung tâm.")
    assert words.typed.count(NAME) == 5
    assert "đá" not in words.typed
    assert "trung" in words.typed


def test_capitals_throughout_hide_nothing():
    assert NAME not in read_words("Ông Hàng Xóm Đốt Rác Cả Đêm").typed
    assert NAME not in read_words("THÔN TÔI MẤT NƯỚC").typed


@pytest.mark.parametrize(
    ("word", "kind"), [("300k", "#money"), ("7h30", "#time"), ("12/9", "#date"), ("128", "#"), ("đường", "đường")]
)
def test_numbers_become_their_class(word, kind):
    assert number_class(word) == kind


def test_share_of_marked_words_tells_how_it_was_typed():
    assert read_words("duong hong ba thang nay").marked == 0
    assert read_words("đường hỏng ba tháng này").marked > 0.7


def test_sentence_ends_are_kept():
    words = read_words("Đường hỏng. Bao giờ sửa?")
    assert words.ends == [2, 5]
    assert words.stops == [".", "?"]


def test_only_the_beginning_of_an_endless_text_is_read():
    assert len(read_words("rác " * 100_000)) <= LONGEST


@given(st.text())
def test_any_text_gives_parallel_lists(text):
    words = read_words(text)
    assert len(words.typed) == len(words.keys) == len(words.folds) == len(words)
    assert 0 <= words.marked <= 1
