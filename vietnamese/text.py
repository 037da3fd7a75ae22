"""Vietnamese text as it is typed: normal forms, diacritics, words (pure, standard library only).

Citizens type the same word in four ways: `hòa`, `hoà`, `hoa` and, from some phones, letters followed by
loose combining marks. Everything that compares words goes through this module, so that it compares alike.
"""

import re
import unicodedata
from functools import lru_cache

# Spaces of other widths, line separators, and characters that print nothing but break comparisons.
_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u0085\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\xd0\xf0]"
)
_SPACES = frozenset("\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
_LINE_ENDS = frozenset("\r\x0b\x0c\x85\u2028\u2029")
# Old Vietnamese fonts typed the Icelandic eth for đ; it looks the same and compares differently.
_LOOKALIKES = {"\xd0": "Đ", "\xf0": "đ"}

_TONES = {"\u0300": "1", "\u0301": "2", "\u0303": "3", "\u0309": "4", "\u0323": "5"}
_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_FINAL_Y = re.compile(r"(?<=[bcdđghklmnpqrstvx])y$|(?<=qu)y$")


def _bare_letter(char: str) -> str:
    if char in "đĐ":
        return "d" if char == "đ" else "D"
    base = unicodedata.normalize("NFD", char)[0]
    return base if base.isascii() and base.isalpha() else char


def _mark_table() -> dict[int, str | None]:
    """Letters with marks to their bare letter; loose combining marks to nothing."""
    table: dict[int, str | None] = dict.fromkeys(range(0x0300, 0x0370))
    for code in (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)):
        bare = _bare_letter(chr(code))
        if bare != chr(code):
            table[code] = bare
    return table


_BARE = _mark_table()
_MARKED = re.compile("[" + "".join(re.escape(chr(code)) for code in sorted(_BARE)) + "]")


def _plain(match: re.Match[str]) -> str:
    char = match.group()
    if char in _SPACES:
        return " "
    if char in _LINE_ENDS:
        return "\n"
    return _LOOKALIKES.get(char, "")


def nfc(text: str) -> str:
    """`text` in Unicode NFC, without control or zero-width characters (newline and tab stay).

    Spaces of other widths become a space, other line ends a newline, the letter eth becomes đ.
    Applying it twice changes nothing.
    """
    if _ODD.search(text):
        text = _ODD.sub(_plain, text.replace("\r\n", "\n"))
    return unicodedata.normalize("NFC", text)


def strip_marks(text: str) -> str:
    """`text` without diacritics, đ as d; upper and lower case stay.

    For NFC text each character becomes exactly one, so positions carry over; loose combining marks vanish.
    """
    return text if text.isascii() else text.translate(_BARE)


def fold(text: str) -> str:
    """The search key of `text`: NFC, lower case, no diacritics, single spaces, none at the ends."""
    return " ".join(strip_marks(nfc(text).lower()).split())


def has_marks(text: str) -> bool:
    """Whether any letter of `text` carries a Vietnamese (or other Latin) diacritic or is đ."""
    return not text.isascii() and _MARKED.search(text) is not None


def share_marked(text: str) -> float:
    """Share (0–1) of the words of `text` with at least one mark; numbers are no words, no words give 0.0.

    Ordinary Vietnamese has 0.6–0.9; text typed without diacritics is near 0.
    """
    words = _LETTERS.findall(text)
    return sum(map(has_marks, words)) / len(words) if words else 0.0


def word_spans(text: str) -> list[tuple[str, int, int]]:
    """(word, start, end) of each run of letters and digits in `text`, in order; `text` should be NFC."""
    return [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]


@lru_cache(maxsize=16384)
def spelling_key(word: str) -> str:
    """One key for all accepted spellings of one syllable: tone placement, final i/y and case do not count.

    `Hoà` and `hòa`, `Thuý` and `Thúy`, `Mỹ` and `mĩ` share a key; `hòa` and `hoa` do not.
    """
    letters, tone = [], ""
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES:
            tone = _TONES[char]
        else:
            letters.append(char)
    return _FINAL_Y.sub("i", unicodedata.normalize("NFC", "".join(letters))) + tone
