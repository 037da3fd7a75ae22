"""Names, initials and kin words."""

import unicodedata

import pytest

from vietnamese.names import SURNAMES, gender_of, given_name, initials, kin_gender, name_words
from vietnamese.text import fold


@pytest.mark.parametrize(
    ("full", "given", "letters"),
    [
        ("Nguyễn Văn Tuấn", "Tuấn", "NVT"),
        ("  Vàng A  Tủa ", "Tủa", "VAT"),
        ("Đỗ Thị Ánh", "Ánh", "ĐTÁ"),
        ("Hoa", "Hoa", "H"),
        ("", "", ""),
        ("   ", "", ""),
    ],
)
def test_given_name_and_initials(full: str, given: str, letters: str) -> None:
    assert (given_name(full), initials(full)) == (given, letters)


def test_names_are_composed() -> None:
    assert name_words(unicodedata.normalize("NFD", "Lò Thị Mỷ")) == ("Lò", "Thị", "Mỷ")


@pytest.mark.parametrize(
    ("word", "gender"),
    [
        ("ông", "male"),
        ("Chị", "female"),
        ("BÁC", ""),
        ("em", ""),
        ("thầy", "male"),
        ("bàn", None),
        ("", None),
    ],
)
def test_kin_words(word: str, gender: str | None) -> None:
    assert kin_gender(word) == gender


@pytest.mark.parametrize(
    ("full", "said", "gender"),
    [
        ("Nguyễn Thị Hoa", "", "female"),
        ("Nguyễn Văn Hoa", "", "male"),
        ("Nguyễn Minh Hoa", "", ""),
        ("Nguyễn Văn Hoa", "Nữ", "female"),
        ("Nguyễn Thị Văn Hoa", "", ""),
        ("Thị Hoa", "", ""),
        ("Nguyễn Minh Hoa", "nam", "male"),
        ("Nguyễn Thị Hoa", "không rõ", "female"),
    ],
)
def test_gender_is_what_is_said_else_what_the_middle_name_tells(full: str, said: str, gender: str) -> None:
    assert gender_of(full, said) == gender


def test_surnames_are_folded_and_cover_the_peoples_of_the_pilot_provinces() -> None:
    assert all(fold(name) == name for name in SURNAMES)
    assert {"nguyen", "lo", "quang", "vang", "giang", "mua", "cam", "bui", "dinh"} <= SURNAMES


def test_highland_names_are_called_by_the_word_after_y_or_h():
    assert [given_name(name) for name in ("Y Nam Kbuôr", "H'Liên Ayun", "Ksor H'Bia", "Rơ Châm Lan", "Vừ A Y")] == [
        "Nam",
        "Liên",
        "Bia",
        "Lan",
        "Y",
    ]
