"""Names of persons (pure): after "anh" or "tên là", by their family name, in lists, as initials, met again.

Capitals are the strongest sign that diacritics leave; in lower case only a family name with "thị", "văn", "a" or a
word that announces a name is trusted. No list of names is complete for the peoples of Vietnam, so a kin word or a
title with a capital behind it is enough.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from vietnamese.names import SURNAMES
from vietnamese.redaction import name_words as listed
from vietnamese.redaction.details import HIDDEN, Detail
from vietnamese.redaction.name_text import COMMA, NOTHING, OPENING, STOP, NameText, Phrases, read_names_text
from vietnamese.text import fold, spelling_key

_KIN, _ROLES, _NAMING, _REACHING = map(Phrases, (listed.KIN, listed.ROLES, listed.NAMING, listed.REACHING))
_PLACES, _LOCATIVE = Phrases(listed.PLACES_BEFORE), Phrases(listed.LOCATIVE)
_PLACE_STARTS, _KNOWN_PLACES = (
    Phrases(listed.PLACE_STARTS),
    Phrases(f"{listed.KNOWN_PLACES}, {listed.FAMOUS}, {listed.ETHNIC}"),
)
_OFFICE, _NOT_AFTER_KIN, _ETHNIC = Phrases(listed.OFFICE), Phrases(listed.NOT_AFTER_KIN), Phrases(listed.ETHNIC)
# "Ông" and "Bà" are family names too, but before a name always kin words.
_SURNAME_FOLDS = (SURNAMES | {fold(name) for name in listed.SURNAMES_SPELLED}) - {"ong", "ba", "co"}
_SURNAME_KEYS = {spelling_key(name.lower()) for name in listed.SURNAMES_SPELLED}
_MIDDLE_KEYS = {spelling_key(name) for name in listed.MORE_MIDDLE_NAMES}
_MIDDLE_FOLDS = {fold(name) for name in listed.MORE_MIDDLE_NAMES}
_GIVEN_KEYS = {spelling_key(name) for name in listed.GIVEN_NAMES}
_GIVEN_FOLDS = {fold(name) for name in listed.GIVEN_NAMES}
_NAMED_KIN_KEYS = {spelling_key(word) for word in listed.NAMED_KIN}
_DEED_KEYS = {spelling_key(word) for word in listed.DEEDS}
_SHORT_KIN = frozenset({"a", "c", "ô", "b", "e"})
_JOINING = frozenset({"va", "voi", "cung", "hoac", "lan"})
_LONGEST = 5

# "T.V.H.", "V.V.Khửn", "V.T. Chở"; a single letter needs a kin word before it.
_INITIALS = re.compile(
    r"(?<![\w.])(?:[^\W\d_]\. ?){2,}(?:[^\W\d_]{2,7}(?!\w))?|(?<![\w.])(?:[^\W\d_]\.){2,}[^\W\d_](?!\w)"
)
_ABBREVIATIONS = frozenset(
    {"ubnd", "hdnd", "tp", "tphcm", "hcm", "qd", "tt", "vv", "kp", "tx", "dc", "pgs", "ts", "gs", "bs", "ths"}
)


class _Lead(NamedTuple):
    """What announces a name: kin, role, naming, reaching; and how many words it takes."""

    sort: str
    length: int


def find_names(text: str) -> Iterator[Detail]:
    """Full names, given names after a kin word or a title, initials; never the kin word or the title itself."""
    words = read_names_text(text)
    spans = sorted({*_walk(words), *_initials(text, words)})
    spans += _met_again(words, spans)
    done = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end > done:
            yield Detail("name", max(start, done), end)
            done = end


def _walk(text: NameText) -> Iterator[tuple[int, int]]:
    """Spans of characters of names, from left to right."""
    place, named = 0, -1
    while place < len(text):
        if text.capital[place] or text.upper[place]:
            end, is_name = _capitals(text, place, named)
        else:
            end = _lower_case(text, place, named) or 0
            is_name = end > 0
        if is_name:
            yield text.starts[place], _with_point(text, place, end)
            named = end
        place = max(end, place + 1)


def _with_point(text: NameText, place: int, end: int) -> int:
    """Where the name ends: the point after a single letter belongs to it."""
    stop = text.ends[end - 1]
    single = end - place == 1 and text.ends[place] - text.starts[place] == 1
    return stop + 1 if single and text.text[stop : stop + 1] == "." else stop


# --- names in capitals ---


def _capitals(text: NameText, place: int, named: int) -> tuple[int, bool]:
    """(end of the run of capitals looked at, whether it is a name from `place` on)."""
    end = _chain_end(text, place)
    size = end - place
    if size == 0:
        return place + 1, False
    lead, around = _lead_before(text, place), _place_before(text, place)
    if (
        lead is not None
        and (around <= lead.length or lead.sort in ("kin", "role"))
        and not _is_place(text, place, end, around, lead)
    ):
        if _after_lead(text, place, end, lead):
            return end, True
    elif around or _is_known_place(text, place, end):
        return end, False
    if _without_lead(text, place, end, named):
        return end, True
    return place + 1, False


def _is_place(text: NameText, place: int, end: int, around: int, lead: _Lead) -> bool:
    """Whether "ho Ba Be" is a lake and no household."""
    person = _is_surname(text, place) and end - place > 2 and not _is_known_place(text, place, end)
    return around > 0 and around == lead.length and not person


def _chain_end(text: NameText, place: int) -> int:
    """End of the capitals from `place` on that may be one name; `place` itself where the first is none."""
    same = text.upper if text.upper[place] else text.capital
    end = place
    while end < len(text) and end - place < _LONGEST:
        if end > place and text.gaps[end] != NOTHING:
            break
        single = text.ends[end] - text.starts[end] == 1 and text.capital[end]
        if not (same[end] or single or _small_middle(text, place, end)) or _is_office(text, end):
            break
        end += 1
    if text.upper[place] and end - place < (2 if _lead_before(text, place) else 3):
        return place
    return end


def _small_middle(text: NameText, place: int, at: int) -> bool:
    """The "thị" of "Nguyễn thị Hoa"."""
    follows = at + 1 < len(text) and text.capital[at + 1] and text.gaps[at + 1] == NOTHING
    return at == place + 1 and follows and text.words[at] in ("thị", "văn", "thi", "van") and _is_surname(text, place)


def _is_office(text: NameText, at: int) -> bool:
    if text.folds[at] == "hoa" and at + 2 < len(text) and text.folds[at + 1 : at + 3] == ["giai", "quyet"]:
        return False
    size = _OFFICE.from_place(text, at)
    if size != 1:
        return size > 1
    if text.words[at] in listed.NEVER_NAMES:
        return text.folds[at + 1 : at + 2] not in (["van"], ["thi"])
    if text.words[at] in listed.GIVEN_TOO and _KIN.before(text, at):
        return False
    # Without diacritics "Phong" and "Truong" are people too, and after "Thị" anything is: "Lý Thị Mấy".
    after_middle = at > 1 and text.folds[at - 1] in listed.MIDDLE_NAMES and text.capital[at - 1]
    return not (after_middle or text.bare(at))


def _lead_before(text: NameText, place: int) -> _Lead | None:
    """What announces a name right before `place`; the longest wins."""
    found = [
        _Lead("kin", _KIN.before(text, place, OPENING)),
        _Lead("role", _ROLES.before(text, place, OPENING)),
        _Lead("naming", _NAMING.before(text, place, OPENING)),
        _Lead("reaching", _REACHING.before(text, place, OPENING)),
    ]
    best = max(found, key=lambda lead: lead.length)
    if best.length:
        return best
    return _Lead("kin", 1) if place and text.gaps[place] == NOTHING and _is_short_kin(text, place - 1) else None


def _is_short_kin(text: NameText, place: int) -> bool:
    """Whether "a", "c" and the like mean "anh", "chị"; "o" is an aunt in the centre, and "ở" typed without marks."""
    if text.capital[place]:
        return text.words[place] == "c" and _begins_sentence(text, place)
    return text.words[place] in _SHORT_KIN or (text.words[place] == "o" and not text.loose)


def _place_before(text: NameText, place: int) -> int:
    """Words before `place` that say that the name of a place follows."""
    return _PLACES.before(text, place)


def _is_known_place(text: NameText, place: int, end: int) -> bool:
    size = _KNOWN_PLACES.from_place(text, place)
    return size == end - place or (_PLACE_STARTS.from_place(text, place) > 0 and not _has_middle(text, place, end))


def _after_lead(text: NameText, place: int, end: int, lead: _Lead) -> bool:
    size = end - place
    if _names_an_office(text, place, lead):
        return False
    if lead.sort in ("kin", "role"):
        if text.folds[place - 1] == "di" and _is_known_place(text, place, end):
            return False  # not "dì" but "đi Đài Loan"
        return _NOT_AFTER_KIN.from_place(text, place) != size and not _of_a_people(text, place, size)
    if lead.sort == "naming":
        return size > 1 or (text.folds[place - 1] not in ("toi", "tui") and not _of_a_people(text, place, size))
    if _is_known_place(text, place, end):
        return False
    if size == 1:
        return _is_given(text, place)
    surname = _is_surname(text, place) and (size > 2 or text.folds[place] not in listed.PLACE_LIKE)
    return surname or text.hidden_follows(end) or all(_is_given(text, at) for at in range(place, end))


def _names_an_office(text: NameText, place: int, lead: _Lead) -> bool:
    """As in "anh Trưởng thôn" or "bác Sĩ": a title or another kin word, not a name."""
    title = _ROLES.from_place(text, place)
    if title > 1 or _OFFICE.from_place(text, place - 1) > 1:
        return True
    alone = _chain_end(text, place) - place == 1
    return alone and not text.bare(place) and (title > 0 or (_KIN.from_place(text, place) > 0 and not text.loose))


def _of_a_people(text: NameText, place: int, size: int) -> bool:
    """As in "bà con Mông"."""
    return (
        size <= 2 and _ETHNIC.from_place(text, place) == size and text.folds[place - 1] in ("con", "nguoi", "toc", "la")
    )


def _without_lead(text: NameText, place: int, end: int, named: int) -> bool:
    size = end - place
    if _is_known_place(text, place, end) or (_begins_sentence(text, place) and _LOCATIVE.from_place(text, place)):
        return False
    if "'" in text.folds[place] and text.folds[place][1] == "'" and text.folds[place] != "h'mong":
        return True
    if _has_middle(text, place, end) or (text.words[place] == "a" and size == 2):
        return True  # "A Páo" is a name and "A Tuấn" is "anh Tuấn"
    if _KIN.from_place(text, place) == 1 and not _is_spelled_surname(text, place):
        return False
    if size > 1 and _is_surname(text, place):
        return size > 2 or _pair_is_name(text, place, end, named)
    if size > 1 and text.hidden_follows(end) and not _LOCATIVE.before(text, place):
        return not _begins_sentence(text, place) or all(_is_given(text, at) for at in range(place, end))
    if size == 1 and len(text.words[place]) == 1:
        return False
    return _goes_on(text, place, named) and not _begins_sentence(text, place) and _may_end_list(text, end)


def _pair_is_name(text: NameText, place: int, end: int, named: int) -> bool:
    """Whether family name and one more word are a person: so many places are two such words."""
    if _goes_on(text, place, named) or text.hidden_follows(end):
        return True
    return text.folds[place] not in listed.PLACE_LIKE and not _LOCATIVE.before(text, place)


def _has_middle(text: NameText, place: int, end: int) -> bool:
    return end - place > 2 and text.folds[place + 1] in listed.MIDDLE_NAMES


def _goes_on(text: NameText, place: int, named: int) -> bool:
    """Whether a name ended right before, with a comma or "và" between."""
    if named < 1:
        return False
    if place == named:
        return text.gaps[place] in (COMMA, OPENING)
    return (
        place == named + 1 and text.folds[named] in _JOINING and text.gaps[place] == NOTHING and text.gaps[named] < STOP
    )


def _may_end_list(text: NameText, end: int) -> bool:
    return end >= len(text) or text.gaps[end] != NOTHING or text.folds[end] in _JOINING or not text.capital[end]


def _begins_sentence(text: NameText, place: int) -> bool:
    return place == 0 or text.gaps[place] == STOP


def _is_surname(text: NameText, place: int) -> bool:
    return text.folds[place] in _SURNAME_FOLDS if text.bare(place) else text.keys[place] in _SURNAME_KEYS


def _is_spelled_surname(text: NameText, place: int) -> bool:
    return text.keys[place] in _SURNAME_KEYS


def _is_given(text: NameText, place: int) -> bool:
    return text.folds[place] in _GIVEN_FOLDS if text.bare(place) else text.keys[place] in _GIVEN_KEYS


# --- names in lower case ---


def _lower_case(text: NameText, place: int, named: int) -> int | None:
    """End of a name that begins at `place` without capitals, None where none does."""
    if _is_surname(text, place) and (end := _full_in_lower_case(text, place, named)):
        return end
    return place + 1 if _is_given_in_lower_case(text, place) else None


def _full_in_lower_case(text: NameText, place: int, named: int) -> int | None:
    end = place + 3
    if end > len(text) or any(text.gaps[at] != NOTHING or text.capital[at] for at in (place + 1, place + 2)):
        return _short_after_naming(text, place)
    if _OFFICE.from_place(text, place) or _OFFICE.from_place(text, place + 1) > 1:
        return None
    middle, last = text.words[place + 1], text.folds[place + 2]
    if len(last) == 1:
        return None
    if middle == "thị":
        known = True
    elif middle in ("thi", "van", "văn", "a", "seo"):
        known = _with_plain_middle(text, place, named)
    else:
        known = _announced(text, place) and _with_other_middle(text, place) and last not in listed.EVERYDAY
    if not known:
        return _short_after_naming(text, place)
    more = end < len(text) and text.gaps[end] == NOTHING and text.gaps[end + 1] != NOTHING
    return end + 1 if more and (text.folds[end] not in listed.EVERYDAY or text.folds[end] == "an") else end


def _announced(text: NameText, place: int) -> bool:
    """Whether a word or more announce a name that is the sender's own pronoun at most in "em ten"."""
    lead = _lead_before(text, place)
    if lead is None or lead.sort == "reaching":
        return False
    return lead.length > 1 or text.folds[place - 1] not in listed.KIN_SELVES


def _with_plain_middle(text: NameText, place: int, named: int) -> bool:
    """Whether "van", "thi", "a" or "seo" after a family name make a name: they are also "vẫn", "thì", "anh".

    Sure with a family name that is no other word, with an announcement, in a list of names, or with a number or a
    bracket behind: "mang thi cham." has none of these.
    """
    middle, first, last = text.words[place + 1], text.folds[place], text.folds[place + 2]
    end = place + 3
    if middle != "văn" and not text.loose and not all(map(text.bare, range(place, end))):
        return middle in ("a", "seo") and first in listed.MONG_SURNAMES and not text.bare(place)
    if middle in ("a", "seo") and first not in listed.MONG_SURNAMES:
        return False
    if middle == "văn" and text.bare(place) and not text.loose:
        return False
    clear = first in listed.CLEAR_SURNAMES
    if _NAMING.before(text, place, OPENING) and "ten" in text.folds[max(0, place - 2) : place]:
        return True
    if last in listed.EVERYDAY and not (clear and text.gaps[end] != NOTHING):
        return clear and _announced(text, place)
    if clear or middle in ("văn", "seo") or _goes_on(text, place, named):
        return True
    return _data_follows(text, end) or (first not in listed.EVERYDAY and _announced(text, place))


def _data_follows(text: NameText, end: int) -> bool:
    """Whether after word `end - 1` comes a number, a bracket, a hidden detail or "sinh" with a date."""
    after = text.text[text.ends[end - 1] : text.ends[end - 1] + 3].strip(" ,:")[:1]
    if end < len(text) and text.gaps[end] == NOTHING and text.folds[end] in ("sinh", "cccd", "cmnd", "sdt"):
        return _data_follows(text, end + 1) or text.folds[end + 1 : end + 2] in (["nam"], ["ngay"])
    return text.gaps[end] != NOTHING and (after.isdigit() or after in (HIDDEN, "("))


def _with_other_middle(text: NameText, place: int) -> bool:
    if text.loose:
        return text.folds[place] in listed.CLEAR_SURNAMES and text.folds[place + 1] in _MIDDLE_FOLDS
    return _is_spelled_surname(text, place) and text.keys[place + 1] in _MIDDLE_KEYS


def _short_after_naming(text: NameText, place: int) -> int | None:
    """Family name and one to three words up to the next comma or number, after "tên là" and the like."""
    announced = _NAMING.before(text, place, OPENING)
    if not announced or text.folds[place] in listed.EVERYDAY or _is_office(text, place):
        return None
    named = text.folds[place - 1] == "ten" or "ten" in text.folds[place - announced : place]
    if text.folds[place] not in listed.CLEAR_SURNAMES and not (
        named and (text.loose or _is_spelled_surname(text, place))
    ):
        return None
    end = place + 1
    while end < len(text) and text.gaps[end] == NOTHING and end - place < _LONGEST:
        if text.folds[end] in listed.EVERYDAY or text.capital[end]:
            break
        end += 1
    return end if 2 <= end - place < _LONGEST else None


def _is_given_in_lower_case(text: NameText, place: int) -> bool:
    """As in "cô hương" and "anh tuan": the kin word must be no word of the sender's own, the name no deed."""
    kin = place - 1
    if place == 0 or text.gaps[place] != NOTHING or _COMPOUND.from_place(text, kin) or _continues(text, place):
        return False
    if kin and text.gaps[kin] == NOTHING and _KIN.before(text, kin):
        return False  # "các anh chị mạnh khỏe"
    called = text.keys[kin] in _NAMED_KIN_KEYS
    if not text.bare(place):
        return called and text.keys[place] in _GIVEN_KEYS - _DEED_KEYS
    if not text.bare(kin) and not called:
        return False
    return (text.loose or called) and text.folds[place] in listed.BARE_KIN.get(text.folds[kin], ())


def _continues(text: NameText, place: int) -> bool:
    """Whether the word begins another one: "anh trung thuc"."""
    return _OFFICE.from_place(text, place) > 1


_COMPOUND = Phrases(
    "anh hùng, anh minh, chú trọng, bà con, bác bỏ, chi phí, cô lập, ông trời, anh linh, chú tâm, chi tiết, chị em"
)


# --- initials, and names met again ---


def _initials(text: str, words: NameText) -> Iterator[tuple[int, int]]:
    for match in _INITIALS.finditer(text):
        written = match.group().rstrip()
        letters = [letter for letter in written if letter.isalpha()]
        points = fold("".join(part.strip() for part in written.split(".")))
        if not all(letter.isupper() for letter in letters[:2]) or points in _ABBREVIATIONS:
            continue
        whole_word = re.search(r"[^\W\d_]{2,}$", written)
        if whole_word and not whole_word.group()[0].isupper():
            written = written[: whole_word.start()].rstrip()
        yield match.start(), match.start() + len(written)


def _met_again(text: NameText, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Capitals elsewhere that are the given name of somebody found by other signs."""
    places = {start: place for place, start in enumerate(text.starts)}
    stops = {end: place for place, end in enumerate(text.ends)}
    given = {text.keys[stops[end]] for start, end in spans if start in places and end in stops}
    given = {key for key in given if key not in listed.COUNTED and len(key) > 1}
    taken = {place for start, end in spans for place in range(places.get(start, 0), stops.get(end, -1) + 1)}
    return [
        (text.starts[place], text.ends[place])
        for place in range(len(text))
        if place not in taken and text.capital[place] and text.keys[place] in given and _alone_again(text, place)
    ]


def _alone_again(text: NameText, place: int) -> bool:
    if text.loose and _begins_sentence(text, place):
        return False
    before = (
        place > 0 and text.gaps[place] == NOTHING and text.capital[place - 1] and not _begins_sentence(text, place - 1)
    )
    after = place + 1 < len(text) and text.gaps[place + 1] == NOTHING and text.capital[place + 1]
    return not (before or after or _PLACES.before(text, place) or _is_office(text, place))
