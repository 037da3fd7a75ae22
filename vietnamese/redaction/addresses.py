"""House addresses: a house number with the lane, hamlet or street it stands in (pure)."""

import re
from collections.abc import Iterator

from vietnamese.redaction.details import Detail, flat
from vietnamese.redaction.name_words import EVERYDAY
from vietnamese.text import has_marks

_NUMBER = r"\d{1,5}(?:[a-z]\d?(?![a-z]))?(?:[/-]\d{1,4}[a-z]?){0,4}(?![a-z0-9])"
# "số nhà 7B", "SN 12", "số 31"; and where somebody says where he lives, the bare number: "ở 12 ngõ 5".
_HOUSE = re.compile(rf"(?<!\w)(?:so nha|nha so|s/n|sn|so)[ :]{{1,2}}{_NUMBER}")
_LIVING = re.compile(
    rf"(?<!\w)(?:dia chi|thuong tru|tam tru|cu tru|tro|nha toi|nha em|nha minh|nha o|cho o|o|dc)"
    rf"(?: tai| o| la| nha| nhan)?[ :]{{1,3}}({_NUMBER})"
)
_FLAT = re.compile(
    rf"(?<!\w)(?:can ho|can|phong|p\.?)(?: so)? ?({_NUMBER})[ ,]{{1,3}}"
    r"(?=(?:chung cu|toa nha|toa|ktx|khu tap the|tap the) )"
)

# What a house stands in, folded, with its proper spelling: "tổ 18" is a place to live, "tờ 18" a map.
_LEVELS = {
    "ngo": "ngõ", "ngach": "ngách", "hem": "hẻm", "kiet": "kiệt", "to": "tổ", "khoi": "khối", "xom": "xóm",
    "thon": "thôn", "ap": "ấp", "ban": "bản", "lang": "làng", "doi": "đội", "duong": "đường", "pho": "phố",
    "khu": "khu", "lo": "lô", "toa": "tòa", "buon": "buôn", "tdp": "tdp", "kp": "kp", "ql": "ql", "tl": "tl",
    "phum": "phum", "soc": "sóc", "nhanh": "nhánh", "cum": "cụm", "day": "dãy", "tap": "tập",
}  # fmt: skip
_STREETS = frozenset({"ngo", "ngach", "hem", "kiet", "duong", "pho", "ql"})
_SEPARATOR = re.compile(r" ?[,\-–] ?| ")
_LEVEL = re.compile(
    r"(?:to dan pho|khu dan cu|khu pho|khoi pho|quoc lo|tinh lo|chung cu|toa nha|tap the|khu tap the|"
    + "|".join(_LEVELS) + r")(?![a-z]) ?(?:so )?"
)  # fmt: skip
_VALUE_NUMBER = re.compile(_NUMBER)
_WORD = re.compile(r"[^\W\d_]+")
_MOST_LEVELS, _MOST_WORDS = 5, 4

# A number of something else, or the house of an office.
_NO_HOME = re.compile(
    r"(?<!\w)(?:quay|cot(?: dien)?(?: \S+)?|nap cong|cong|den|(?<!thuong )(?<!tam )(?<!cu )tru|xe|tuyen|ban|cua|"
    r"thua(?: dat)?|dieu|khoan|muc|van ban|chot|kiot|ki ot|nha van hoa|diem|sap|lop|bai|cau|tru so(?: \w+){0,3}|"
    r"ubnd(?: \w+){0,3}|uy ban(?: \w+){0,3}|van phong|tram y te|cong an(?: \w+)?|trung tam(?: \w+){0,4}|"
    r"bo phan mot cua|chi nhanh(?: \w+){0,2}) (?:o |tai )?$"
)


def find_addresses(text: str) -> Iterator[Detail]:
    """House numbers with at least a lane, a hamlet or the name of a street."""
    folded = flat(text)
    taken = 0
    for start, stop, streets_only in sorted(_starts(folded)):
        if start < taken or _NO_HOME.search(folded[max(0, start - 40) : start]):
            continue
        end = _end(text, folded, stop, streets_only)
        if end is not None:
            yield Detail("address", start, end)
            taken = end


def _starts(folded: str) -> Iterator[tuple[int, int, bool]]:
    """(start, where the number ends, whether only a street may follow) of what may be a house number."""
    for match in _HOUSE.finditer(folded):
        yield match.start(), match.end(), False
    for match in _LIVING.finditer(folded):
        yield match.start(1), match.end(), True
    for match in _FLAT.finditer(folded):
        yield match.start(), match.end(1), False


def _end(text: str, folded: str, place: int, streets_only: bool) -> int | None:
    """Where the address ends whose house number ends at `place`; None where no place follows."""
    end = None
    for _ in range(_MOST_LEVELS):
        gap = _SEPARATOR.match(folded, place)
        if gap is None:
            break
        level = _LEVEL.match(folded, gap.end())
        if level is None or not _spelled(text, level):
            break
        if end is None and streets_only and level.group().split()[0] not in _STREETS:
            break
        value = _value(text, folded, level.end())
        if value is None:
            break
        place = end = value
    gap = _SEPARATOR.match(folded, place)
    if end is None and gap is not None and gap.group() == " ":
        end = _capitals(text, gap.end(), 2)
    return end


def _spelled(text: str, level: re.Match[str]) -> bool:
    """Whether the word is the level's or typed without diacritics."""
    word = text[level.start() : level.end()].lower().split()[0]
    return word == _LEVELS.get(level.group().split()[0], word) or not has_marks(word) or len(level.group().split()) > 1


def _value(text: str, folded: str, start: int) -> int | None:
    """End of a level's number or name."""
    number = _VALUE_NUMBER.match(folded, start)
    if number is not None:
        return number.end()
    return _capitals(text, start, 1) or _lower(text, folded, start)


def _capitals(text: str, start: int, least: int) -> int | None:
    """End of at least `least` capitalised words from `start` on."""
    place, count, end = start, 0, None
    while count < _MOST_WORDS and (word := _WORD.match(text, place)) and word.group()[0].isupper():
        count, end = count + 1, word.end()
        place = end + 1
        if text[end : end + 1] != " ":
            break
    return end if count >= least else None


def _lower(text: str, folded: str, start: int) -> int | None:
    """End of a name in lower case: up to three words that are no everyday ones."""
    place, end = start, None
    for _ in range(3):
        word = _WORD.match(folded, place)
        if word is None or word.group() in EVERYDAY or text[place].isupper():
            break
        end = word.end()
        place = end + 1
        if text[end : end + 1] != " ":
            break
    return end
