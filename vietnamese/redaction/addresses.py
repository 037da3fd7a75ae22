"""House addresses: what leads to one home (pure).

The line. Where somebody lives is a basic personal datum (Law 91/2025/QH15, Decree 356/2025); where something public is
broken is what the office must read. So an address is hidden where it leads to *one home*:

* a number of a house, flat, room of a lodging or plot, with the lane, road, hamlet or building it stands in, in either
  order: "số nhà 12 ngõ 5", "tổ 9, số 310", "12/4 Trần Phú" after "ở", "P502 CT1", "phòng 6 dãy trọ cô Năm", "lô 18 khu
  tái định cư Nà Hày", "nhà thứ ba ngõ 20", numbers in words too; the owner's, the neighbour's and the accused's alike;
* such a number alone after "số nhà", "nhà tôi" or a landmark: "nhà em sau chợ, [địa chỉ]". The landmark stays;
* where a person says that he lives there, a kilometre of a road and a lane off a lane ("hẻm 45/6"): a few houses;
* after the words of registration ("thường trú", "hộ khẩu", "địa chỉ:"), which are said of a person and never of what is
  broken: two or more places below the commune, without any number.

It stays readable where it leads to many or to nobody's home: "thôn 4", "tôi ở tổ 5 ấp 3", a road or a lane, a building
by its name, "km 9 quốc lộ 14 sạt lở"; a house number that only says where on the road ("trước số nhà 20", "từ số 50 đến
số 90"); offices and trades ("trạm y tế số 20 đường …"), counters, laws, days, sums. Commune and province always stay.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from vietnamese.redaction import address_words as listed
from vietnamese.redaction.details import HIDDEN, Detail, flat
from vietnamese.redaction.name_words import EVERYDAY, MIDDLE_NAMES
from vietnamese.text import fold, has_marks, spelling_key

_NUMBERS = frozenset({"house", "number", "nth", "bare"})
_PLACES = frozenset({"lane", "street", "quarter", "estate", "building", "lot"})
_NAMED = _PLACES - {"lot"}
_LETTERED = frozenset({"building", "estate", "lot", "flat"})
_MAY_COUNT = frozenset({"nha", "tro"})
"""Heads behind which a number may count something: "nhà 2 tầng"."""
_MOST_PARTS, _MOST_WORDS, _WINDOW = 7, 4, 70


def _phrases(words: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in re.split("[,|]", words)]


def _either(phrases: list[str]) -> str:
    """A pattern of `phrases` without diacritics, the longest first."""
    return "|".join(map(re.escape, sorted({fold(phrase) for phrase in phrases}, key=len, reverse=True)))


def _spellings(phrases: list[str]) -> dict[str, set[str]]:
    spelled: dict[str, set[str]] = {}
    for phrase in phrases:
        spelled.setdefault(fold(phrase), set()).add(_key(phrase))
    return spelled


def _key(phrase: str) -> str:
    return " ".join(map(spelling_key, phrase.split()))


_SORTS = {fold(phrase): sort for sort, words in listed.PARTS.items() for phrase in _phrases(words)}
_HEADS = _spellings(_phrases(",".join(listed.PARTS.values())))
_HEAD = re.compile(rf"(?<![\w/])(?:{_either(list(_HEADS))})(?![a-z])")
_GAP = re.compile(r"(?: ?[:.] ?| )?(?:so )?")
_CODE = re.compile(
    r"(?:[a-z]{1,2}-?)?\d{1,5}(?:[a-z]\d{0,2}(?![a-z]))?(?:[/.-][a-z]?\d{1,4}[a-z]?(?![a-z])){0,4}"
    r"(?![a-z0-9%+/]|[.,]\d)"
)
_KM = re.compile(r"\d{1,4}(?:\+\d{1,4})?(?![\w/])")
_DAY_NAME = re.compile(r"\d{1,2} thang \d{1,2}(?!\w)")
_BEGINS = re.compile(rf"(?: ?[:.] ?| )?(?:số |so )?(?:[\dA-ZĐ]|(?:{'|'.join(_phrases(listed.SPOKEN))})(?!\w))")
_LETTER = re.compile(r"[a-z]\d{0,2}(?!\w)")
_BARE = re.compile(
    r"(?<![\w/.,+-])k?\d{1,5}(?:[a-z]\d?(?![a-z]))?(?:[/-]\d{1,4}[a-z]?(?![a-z])){0,4}(?![\w%+/]|[.,]\d)"
)
_SEPARATOR = re.compile(r" ?[,\-–] ?| ")
_FILLER = re.compile(r"(?:tren|thuoc|trong|ben trai|ben phai|tu dau|duong vao)(?: (?:tu dau))? ")
_COUNTED = re.compile(
    r" ?(?:tang|nguoi|trieu|nghin|dong|ngay|thang|nam|lan|gio|phut|m2|m|km|ho|khau|can|tan|ty|bo|con|cai|mat|gian|lop|"
    r"k|h|ha|minh|met|suat|dua|chiec)(?!\w)"
)
_NUMBERED = re.compile(r" \d{1,2}(?![\w/])")
_WORD = re.compile(r"[^\W\d_]+")
_LODGER = re.compile(r"(?:ong|ba|co|chu|anh|chi|bac|di|thay) ")
_COMMUNES = frozenset({"phường", "xã", "huyện", "tỉnh", "quận", "tp"})
_SPOKEN = _spellings(_phrases(listed.SPOKEN))
_SPOKEN_LATER = frozenset({"linh", "le", "lam", "tram", "nhat", "nhi"})
_STREETS = _spellings(listed.STREET_STARTS.split())
_TWO_WORDS = re.compile(r"[a-z]{2,7} [a-z]{2,7}(?=[,.;]|$)")

# --- what stands before and after ---

_PERSON = _either(_phrases(listed.PERSONS))
_KIN = rf"(?: (?:{_PERSON}|ngoai|noi|trai|gai)){{1,3}}"
_OWN = rf"(?:(?:can )?nha|phong(?: tro)?|cho|ho|gia dinh|noi)(?: o| tro)?(?: cua)?{_KIN}"
_OWN_AFTER = re.compile(rf" ?(?:la )?nha{_KIN}(?!\w)")
_OWN_BEFORE = re.compile(rf"(?<!\w){_OWN}(?: (?:o|tai|la|dang o|trong|nam trong|o trong))?[ ,:]{{1,2}}$")
_LIVES = re.compile(
    rf"(?<!\w)(?:{_PERSON})(?: (?:dang|hien|moi|van|cung|deu|da))?(?: (?:o|song|sinh song|tro|ngu|thue))"
    r"(?: (?:o|tai|trong|nha|nho))*[ :]{1,2}$"
)
_RELATION = _either(_phrases(listed.RELATIONS))
_LANDMARK = re.compile(rf"(?<!\w){_OWN}(?!\w)[^.;]{{0,12}}(?<!\w)(?:{_RELATION}) [^.;]{{1,45}}, ?$")
_REGISTERED = re.compile(
    r"(?<!\w)(?:thuong tru|tam tru|cu tru|tru quan|tru tai|tru o|ho khau|noi o(?: hien (?:tai|nay))?|cu ngu|ngu tai|"
    r"dia chi|d/c|dc|d/chi)"
    rf"(?: (?:thuong tru|tam tru|nha|cua|lien he|nhan|giay|hien tai|hien nay|tai|o|la|(?:{_PERSON})))*[ :,-]{{1,3}}$"
)
_LIVING = re.compile(
    r"(?<!\w)(?:dia chi|thuong tru|tam tru|cu tru|ngu|tro|nha|o|tai|dc|d/c|d/chi|ve|den|tan)"
    rf"(?: (?:tai|o|la|nha|nhan|tan|nho|cua|lien he|(?:{_PERSON})))*[ :,]{{1,3}}$"
)
_LOCATOR = re.compile(
    r"(?<!\w)(?:(?:truoc|doi dien|doan|via he|long duong|le duong|giua|quanh|ngang)"
    r"(?: (?:cua|cong|mat|nha|voi|truoc|tu))*|(?:tu|so|lo|nha) \S{1,8} (?:den|toi)(?: nha)?) $"
)
_RANGE = re.compile(r" ?(?:den|toi|-|–) (?:nha |can )?(?:so|lo) ")
_OFFICE = re.compile(rf"(?<!\w)(?:{_either(_phrases(listed.OFFICES))})(?!\w)")
_SHORT_OFFICE = re.compile(rf"(?<!\w)(?<!gia )(?:{listed.SHORT_OFFICES})(?!\w)")
_BESIDE = re.compile(rf"(?<!\w)(?:(?:{_RELATION})(?: (?:cong|cua|lung|voi|nha|mot|cai|canh))?|qua) $")
_HOME_BETWEEN = re.compile(
    rf"(?<!\w)(?:{_OWN}|(?:{_PERSON})(?: dang)? (?:o|tro|song)|tai nha|ngu|thuong tru|tam tru|ve|den tan|canh)(?!\w)"
)
_THINGS = _spellings(listed.THINGS.split())
_SENTENCE_END = re.compile(r"[.!?;](?=\s)|\n|" + HIDDEN)


class _Part(NamedTuple):
    """One part of an address: its sort, where it stands, where its number or name begins."""

    sort: str
    start: int
    value: int
    end: int


class _Found(NamedTuple):
    """A chain of parts in its text, and the rest of the sentence before it, as typed and folded."""

    text: str
    folded: str
    parts: list[_Part]
    typed: str
    before: str

    @property
    def start(self) -> int:
        return self.parts[0].start

    @property
    def end(self) -> int:
        return self.parts[-1].end

    def sorts(self) -> set[str]:
        return {part.sort for part in self.parts}


def find_addresses(text: str) -> Iterator[Detail]:
    """Addresses of homes, in order; see the module for what counts as one."""
    folded = flat(text)
    taken = 0
    for start in sorted({match.start() for match in chain(_HEAD.finditer(folded), _BARE.finditer(folded))}):
        if start < taken:
            continue
        parts = _chain(text, folded, start)
        if not parts:
            continue
        if _is_home(_found(text, folded, parts)):
            taken = parts[-1].end
            yield Detail("address", start, taken)
        else:
            taken = parts[0].end


def _found(text: str, folded: str, parts: list[_Part]) -> _Found:
    start = parts[0].start
    first = max(0, start - _WINDOW)
    for stop in _SENTENCE_END.finditer(text, first, start):
        first = stop.end()
    return _Found(text, folded, parts, text[first:start].lower(), folded[first:start])


# --- what an address is made of ---


def _chain(text: str, folded: str, start: int) -> list[_Part]:
    """Parts that stand side by side from `start` on."""
    parts: list[_Part] = []
    place = start
    while len(parts) < _MOST_PARTS:
        part = _part(text, folded, place) or (_nameless(text, folded, place, parts[-1]) if parts else None)
        if part is None and not parts:
            part = _bare(folded, place)
        if part is None:
            break
        parts.append(part)
        gap = _SEPARATOR.match(folded, part.end)
        if gap is None:
            break
        filler = _FILLER.match(folded, gap.end())
        place = filler.end() if filler else gap.end()
    return parts


def _part(text: str, folded: str, start: int) -> _Part | None:
    head = _HEAD.match(folded, start)
    if head is None or not _is_spelled(text[start : head.end()], _HEADS[head.group()]):
        return None
    gap = _GAP.match(folded, head.end())
    value = gap.end() if gap else head.end()
    if head.group() in listed.GLUED and value - head.end() > folded.count(".", head.end(), value):
        return None
    sort = _SORTS[head.group()]
    end = _value(text, folded, sort, value, head)
    return None if end is None else _Part(sort, start, value, end)


def _is_spelled(typed: str, spelled: set[str]) -> bool:
    """Whether the words are spelled so, or typed without diacritics."""
    return bool(spelled) and (not has_marks(typed) or _key(typed.lower()) in spelled)


def _value(text: str, folded: str, sort: str, start: int, head: re.Match[str]) -> int | None:
    """End of the number or name that a part of `sort` has at `start`."""
    if sort == "km":
        number = _KM.match(folded, start)
        return number.end() if number else None
    number = (_DAY_NAME.match(folded, start) if sort == "street" else None) or _CODE.match(folded, start)
    if number is not None:
        counted = head.group() in _MAY_COUNT and _COUNTED.match(folded, number.end())
        return None if counted else number.end()
    spoken = _spoken(text, folded, start) if head.group() not in _MAY_COUNT else None
    if spoken is not None and has_marks(text[head.start() : spoken]):
        return spoken
    if spoken is not None and sort in ("house", "number", "lane", "nth"):
        return max(spoken, _lower(text, folded, start) or 0)
    if sort in _LETTERED or head.group() == "nha":
        letter = _LETTER.match(folded, start)
        if letter is not None and text[start].isupper():
            return letter.end()
    named = _named(text, folded, sort, start, head) if sort in _NAMED and folded[start - 1] == " " else None
    if named is None and sort == "building" and not _is_unclear(text, head):
        return head.end()
    return named


def _named(text: str, folded: str, sort: str, start: int, head: re.Match[str]) -> int | None:
    """End of the name that a place has at `start`: in capitals, or in lower case where the head is a clear one."""
    lodger = _LODGER.match(folded, start) if sort == "building" else None
    start = lodger.end() if lodger else start
    named = _capitals(text, start, 1)
    if named is not None:
        return named
    if _is_unclear(text, head):
        return None
    if head.group() not in ("duong", "ban") or _begins_street(text, folded, start):
        named = _lower(text, folded, start)
    closed = _TWO_WORDS.match(folded, start) if named is None and sort == "quarter" else None
    return closed.end() if closed else named


def _is_unclear(text: str, head: re.Match[str]) -> bool:
    return head.group() in listed.UNCLEAR_HEADS and not has_marks(text[head.start() : head.end()])


def _bare(folded: str, start: int) -> _Part | None:
    number = _BARE.match(folded, start)
    if number is None or _COUNTED.match(folded, number.end()):
        return None
    return _Part("bare", start, start, number.end())


def _nameless(text: str, folded: str, start: int, before: _Part) -> _Part | None:
    """A street by its name only, after a number or a lane's number: "12 Lê Lợi", "hẻm 51 lê văn thọ"."""
    if before.sort not in _NUMBERS | {"lane"} or start != before.end + 1:
        return None
    end = _capitals(text, start, 2) or (_lower(text, folded, start) if _begins_street(text, folded, start) else None)
    return None if end is None or " " not in text[start:end] else _Part("street", start, start, end)


def _begins_street(text: str, folded: str, start: int) -> bool:
    """Whether a word that many streets begin with stands at `start`."""
    word = _WORD.match(folded, start)
    return word is not None and _is_spelled(text[start : word.end()], _STREETS.get(word.group(), set()))


def _spoken(text: str, folded: str, start: int) -> int | None:
    """End of up to five words that are a number: "một trăm linh năm"."""
    place, end = start, None
    for _ in range(5):
        word = _WORD.match(folded, place)
        if word is None or not _is_spelled(text[place : word.end()], _SPOKEN.get(word.group(), set())):
            break
        if word.group() not in _SPOKEN or text[place].isupper() or (end is None and word.group() in _SPOKEN_LATER):
            break
        end = word.end()
        place = end + 1
        if text[end : end + 1] != " ":
            break
    return end


def _capitals(text: str, start: int, least: int) -> int | None:
    """End of at least `least` capitalised words from `start` on, before the name of a commune."""
    place, count, end = start, 0, None
    while count < _MOST_WORDS and (word := _WORD.match(text, place)) and word.group()[0].isupper():
        if word.group().lower() in _COMMUNES:
            break
        count, end = count + 1, word.end()
        place = end + 1
        if text[end : end + 1] != " ":
            break
    numbered = _NUMBERED.match(text, end) if end is not None else None
    return None if count < least else numbered.end() if numbered else end


def _lower(text: str, folded: str, start: int) -> int | None:
    """End of a name in lower case: up to three words that are no everyday ones and begin no other part."""
    place, end, after_middle = start, None, False
    for _ in range(3):
        word = _WORD.match(folded, place)
        if word is None or text[place].isupper():
            break
        middle = end is not None and word.group() in MIDDLE_NAMES and _begins_street(text, folded, start)
        if word.group() in EVERYDAY and not middle and not after_middle:
            break
        head = _HEAD.match(folded, place)
        if head is not None and _BEGINS.match(text, head.end()):
            break
        after_middle = middle
        end = word.end()
        place = end + 1
        if text[end : end + 1] != " ":
            break
    return end


# --- whether it is a home ---


def _is_home(found: _Found) -> bool:
    sorts = found.sorts()
    if _is_thing(found) or _is_range(found):
        return False
    if sorts & _NUMBERS and _is_numbered_home(found, sorts):
        return True
    if "flat" in sorts and (sorts & {"building", "estate"} or _is_own(found)):
        return True
    if len(found.parts) > 1 and any(_is_lodging(found, part) for part in found.parts):
        return not _is_office(found, 6)
    if "lot" in sorts and ("estate" in sorts or _is_own(found)):
        return not _is_office(found, 6) and not _LOCATOR.search(found.before)
    if "km" in sorts or any(_is_small_lane(found, part) for part in found.parts):
        return _is_own(found)
    places = [part for part in found.parts if part.sort in _PLACES]
    return len(places) > 1 and _REGISTERED.search(found.before) is not None


def _is_numbered_home(found: _Found, sorts: set[str]) -> bool:
    """Whether the house number leads to a home: by "số nhà", by the place it stands in, by whose house it is."""
    if _LOCATOR.search(found.before) and not _OWN_BEFORE.search(found.before):
        return False
    if "house" in sorts:
        return found.folded.startswith("nha so", found.start) or not _is_office(found, 2)
    if not sorts & _PLACES:
        return "number" in sorts and (_is_own(found) or _is_by_landmark(found))
    if found.parts[0].sort == "bare" and not _LIVING.search(found.before):
        return _OWN_AFTER.match(found.folded, found.end) is not None
    return not _is_office(found, 6)


def _is_own(found: _Found) -> bool:
    """Whether a person's house, or that he lives there, is told right before."""
    return (_OWN_BEFORE.search(found.before) or _LIVES.search(found.before)) is not None


def _is_by_landmark(found: _Found) -> bool:
    closed = found.folded[found.end : found.end + 1] in ("", ",", ".", ";", "!", "?", "\n", ")")
    return closed and _LANDMARK.search(found.before) is not None


def _is_small_lane(found: _Found, part: _Part) -> bool:
    return part.sort == "lane" and "/" in found.folded[part.value : part.end]


def _is_lodging(found: _Found, part: _Part) -> bool:
    """Whether it is a numbered "nhà trọ" or "phòng trọ": a house number by another name."""
    return "tro" in found.folded[part.start : part.value].split() and found.folded[part.value : part.end][:1].isdigit()


def _is_thing(found: _Found) -> bool:
    """Whether the number is that of a counter, a lamp, a law."""
    words = found.before.split()
    if not words or not found.before.endswith(" "):
        return False
    typed = found.typed.split()[-1]
    if " ".join(words[-2:]) in listed.THING_PAIRS:
        return True
    spelled = _THINGS.get(words[-1], set())
    return _key(typed) in spelled if has_marks(typed) else bool(spelled) and typed not in listed.UNCLEAR_THINGS


def _is_range(found: _Found) -> bool:
    return any(_RANGE.match(found.folded, part.end) for part in found.parts)


def _is_office(found: _Found, most_words: int) -> bool:
    """Whether at most so many words before there is an office or a trade, and since then nobody's home."""
    last = 0
    for match in chain(_OFFICE.finditer(found.before), _SHORT_OFFICE.finditer(found.typed)):
        if not _BESIDE.search(found.before[: match.start()]):
            last = max(last, match.end())
    between = found.before[last:]
    return bool(last) and len(between.split()) <= most_words and not _HOME_BETWEEN.search(between)
