"""Vietnamese personal names and the kin words people put before them (pure)."""

from typing import Literal

from vietnamese.text import fold, nfc

Gender = Literal["male", "female", ""]

# Kin words used as "Mr" and "Mrs" of every age; an empty gender says the word is used for both.
KIN_TITLES: dict[str, Gender] = {
    "ông": "male", "anh": "male", "chú": "male", "cậu": "male", "dượng": "male", "thầy": "male",
    "bà": "female", "chị": "female", "cô": "female", "dì": "female", "mợ": "female", "thím": "female",
    "bác": "", "em": "", "cháu": "", "bạn": "", "cụ": "",
}  # fmt: skip
GENDER_WORDS: dict[str, Gender] = {
    "nam": "male", "nữ": "female", "male": "male", "female": "female", "m": "male", "f": "female",
}  # fmt: skip
# The middle name that most often tells: used only where the roster does not say.
_MIDDLE_GENDER: dict[str, Gender] = {"thi": "female", "van": "male"}

_SURNAMES = """
    an au bach ban be bui ca cam cao cha chau chu cu cung dam dang dao dau deo diep dinh do doan doi
    duong giang ha ho hoang hua huynh ka khuat khuc khong kieu kim la lac lai lam le lo lu luc lung
    luong luu luyen ly ma mac mai mua ngan nghiem ngo nguyen ninh nong ong pham phan phi pho phung
    quach quan quang sam son sung ta tan tang thach thai thao than thieu tieu to ton tong tran trang
    trieu trinh truong tu ung vang vi vien vo vu vuong
"""
SURNAMES: frozenset[str] = frozenset(_SURNAMES.split())
"""Family names of the Kinh, Thái, Mường, Mông, Tày, Nùng and Dao, folded."""


def name_words(full_name: str) -> tuple[str, ...]:
    """The words of a name in NFC, family name first; an empty name gives an empty tuple."""
    return tuple(nfc(full_name).split())


_BEFORE_GIVEN = frozenset({"y", "h"})
"""Ê Đê, M'nông and others: Y before a man's given name, H' before a woman's; the clan stands after or before both."""


def called_by(full_name: str) -> tuple[str, ...]:
    """The words of a name with the one a person is called by last: "Y Nam Kbuôr" gives Kbuôr, Y, Nam.

    Kinh names are so already; "H'Liên Ayun" gives Ayun, H, Liên and "Ksor H'Bia" Ksor, H, Bia.
    """
    words = tuple(word for part in name_words(full_name) for word in part.replace("’", "'").split("'") if word)
    place = next((at for at, word in enumerate(words[:-1]) if word.lower() in _BEFORE_GIVEN), None)
    if place is None:
        return words
    return (*words[:place], *words[place + 2 :], *words[place : place + 2])


def clan_name(full_name: str) -> str:
    """The clan in a highland name, which people are also called by: Niê of "Y Thịnh Niê". "" where there is none.

    "ông Nguyễn" says nothing: Kinh family names, and those of SURNAMES, are no clans.
    """
    words = called_by(full_name)
    return words[0] if len(words) > 1 and len(words[0]) > 1 and fold(words[0]) not in SURNAMES else ""


def given_name(full_name: str) -> str:
    """The name a person is called by. Empty for an empty name."""
    return called_by(full_name)[-1] if full_name.strip() else ""


def initials(full_name: str) -> str:
    """First letters, upper case, marks kept: `Nguyễn Văn Tuấn` gives `NVT`."""
    return "".join(word[0].upper() for word in name_words(full_name))


def kin_gender(word: str) -> Gender | None:
    """Gender a kin word implies, "" where both are called so, None where the word is no kin word."""
    return KIN_TITLES.get(nfc(word).lower())


def gender_of(full_name: str, said: str = "") -> Gender:
    """`said` (nam, nữ, male, female) where it is understood, else what the middle name tells, else ""."""
    known = GENDER_WORDS.get(nfc(said).strip().lower())
    if known is not None:
        return known
    middle = {fold(word) for word in name_words(full_name)[1:-1]}
    hints = {_MIDDLE_GENDER[word] for word in middle if word in _MIDDLE_GENDER}
    return hints.pop() if len(hints) == 1 else ""
