"""An entry as words with their spelling, capitals and the breaks between them (pure)."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from vietnamese.text import nfc, spelling_key, strip_marks

# How strong the break before a word is.
NO_BREAK, COMMA, SENTENCE = 0, 1, 2

# Below the first share of marked words a text counts as typed without diacritics, and a bare word may stand
# for any marked one; below the second as half-typed. Nine in ten ordinary entries lie above 0.65.
LOOSE_BELOW, SLOPPY_BELOW = 0.45, 0.65

# The shorthand that decides who is meant. Single letters (a, c, e) stay: they may be part of a Mông name.
SHORTHAND: dict[str, str] = {
    "k": "không", "ko": "không", "kg": "không", "hok": "không", "hem": "không", "khg": "không",
    "hông": "không", "hổng": "không", "tui": "tôi",
    "dc": "được", "đc": "được", "vs": "với", "ns": "nói", "tđ": "thái độ", "hs": "hồ sơ", "ng": "người",
    "ct": "chủ tịch", "ctịch": "chủ tịch", "pct": "phó chủ tịch", "pctịch": "phó chủ tịch",
    "gđ": "giám đốc", "gd": "giám đốc", "pgđ": "phó giám đốc", "tp": "trưởng phòng", "cvp": "chánh văn phòng",
    "cb": "cán bộ", "cbo": "cán bộ", "nv": "nhân viên", "cv": "chuyên viên", "cc": "công chức",
    "cbcc": "cán bộ công chức", "đcxd": "địa chính xây dựng", "ca": "công an", "cax": "công an xã",
    "csgt": "cảnh sát giao thông", "cskv": "cảnh sát khu vực", "chqs": "quân sự", "bchqs": "ban quân sự",
    "ub": "ủy ban", "ubnd": "ủy ban", "hđnd": "hội đồng nhân dân", "hdnd": "hội đồng nhân dân",
    "tthcc": "trung tâm hành chính công", "ttpvhcc": "trung tâm hành chính công",
    "pvhcc": "phục vụ hành chính công", "hcc": "hành chính công", "tt": "trung tâm",
    "tdp": "tổ dân phố", "bt": "bí thư", "mttq": "mặt trận tổ quốc", "htx": "hợp tác xã",
    "xd": "xây dựng", "vx": "văn xã", "tpht": "tư pháp hộ tịch", "btđu": "bí thư đảng ủy", "btdu": "bí thư đảng ủy",
    "đu": "đảng ủy", "ctx": "chủ tịch xã", "pctx": "phó chủ tịch xã", "ctubnd": "chủ tịch ủy ban",
    "ctub": "chủ tịch ủy ban",
    "pctubnd": "phó chủ tịch ủy ban", "tpkt": "trưởng phòng kinh tế", "tpvhxh": "trưởng phòng vhxh", "vp": "văn phòng",
    "cbđc": "cán bộ địa chính", "cbdc": "cán bộ địa chính", "cbtp": "cán bộ tư pháp", "cbxd": "cán bộ xây dựng",
    "tyt": "trạm y tế", "đcx": "địa chính xã", "tca": "trưởng công an",
    "tcax": "trưởng công an xã", "tcap": "trưởng công an phường", "vhtt": "văn hóa", "vpub": "văn phòng ủy ban",
    "vpubnd": "văn phòng ủy ban", "ktht": "kinh tế", "kthtđt": "kinh tế", "kthtdt": "kinh tế", "qlđđ": "đất đai",
    "bp": "bộ phận", "đchính": "địa chính", "đchinh": "địa chính", "fòng": "phòng", "fong": "phòng",
    "kte": "kinh tế", "xđ": "xã đội", "lđ": "lãnh đạo",
}  # fmt: skip
_AMBIGUOUS = {
    "tt": ("hành", "hanh", "hcc", "phục", "phuc", "pvhcc", "pv"),  # also "thị trấn", "thanh toán"
    "ca": ("xã", "xa", "phường", "phuong"),  # "ca" is also a shift or a case
    "tp": ("kinh", "kte", "kt", "ktht", "kthtđt", "kthtdt", "văn", "van", "vh", "vhxh"),  # mostly "thành phố"
    "cc": ("xã", "xa", "địa", "dia", "tư", "tu"),  # also a vulgar word
    "bt": ("xã", "xa", "đảng", "dang", "chi", "đu", "du"),  # mostly "bình thường"
    "gđ": ("trung", "tt", "ttpvhcc", "tthcc"),  # mostly "gia đình"
    "gd": ("trung", "tt", "ttpvhcc", "tthcc"),
    "lđ": ("xã", "xa", "phường", "phuong", "ub", "ubnd"),  # mostly "lao động"
}

# What the word before makes of a word: "cb đc" is no "được", "cho ca xa" no police.
_AFTER: dict[tuple[str, str], str] = {
    ("cb", "đc"): "địa chính", ("cb", "dc"): "địa chính", ("cbo", "đc"): "địa chính", ("cc", "đc"): "địa chính",
    ("cb", "tp"): "tư pháp", ("tp", "ht"): "hộ tịch", ("tp", "kt"): "kinh tế", ("trách", "kt"): "kinh tế",
    ("trach", "kt"): "kinh tế", ("khối", "kt"): "kinh tế", ("phòng", "kt"): "kinh tế", ("phong", "kt"): "kinh tế",
    ("pct", "kt"): "kinh tế", ("bt", "du"): "đảng ủy", ("đại", "ca"): "ca", ("dai", "ca"): "ca", ("cho", "ca"): "ca",
    ("trưởng", "cap"): "công an", ("cb", "nn"): "nông nghiệp", ("cb", "vh"): "văn hóa",
    ("cb", "vt"): "văn thư", ("cb", "cs"): "chính sách", ("cb", "ht"): "hộ tịch", ("cb", "đđ"): "đất đai",
    ("khắp", "ca"): "ca", ("khap", "ca"): "ca", ("làm", "ca"): "ca", ("lam", "ca"): "ca",
}  # fmt: skip

# "Đc trưởng công an" is a comrade, no "được".
_BEFORE_POSTS = frozenset({"trưởng", "truong", "chủ", "chu", "ct", "phó", "pho", "pct", "bí", "bi", "bt"})

# `đ/c` (comrade) is one word; everything else is letters or digits.
_WORD = re.compile(r"[đĐdD]/[cC]\b|[^\W_]+")
_SENTENCE_END = re.compile(r"[.!?…\n]")
_SOFT_BREAK = re.compile(r"[,;:()\[\]\"“”/–—-]")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words of one entry, in parallel tuples. `starts` and `ends` are positions in `text`, which is NFC."""

    text: str
    keys: tuple[str, ...]  # spelling keys: case and tone placement do not count, marks do
    folds: tuple[str, ...]  # the same without marks
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    capital: tuple[bool, ...]  # never true in a text written in capitals throughout
    breaks: tuple[int, ...]  # strength of the break before each word
    share: float  # of words typed with marks, 0–1
    has_names: bool  # a capital inside a sentence: this writer gives names their capitals
    loose: bool = field(init=False)  # typed without diacritics
    sloppy: bool = field(init=False)  # diacritics are often missing

    def __post_init__(self) -> None:
        # Asked for hundreds of times an entry.
        object.__setattr__(self, "loose", self.share < LOOSE_BELOW)
        object.__setattr__(self, "sloppy", self.share < SLOPPY_BELOW)

    def __len__(self) -> int:
        return len(self.keys)

    def bare(self, place: int) -> bool:
        """Whether the word was typed without marks."""
        return self.keys[place] == self.folds[place]

    def joined(self, start: int, end: int) -> bool:
        """Whether no comma or sentence end falls inside words `start` to `end` (exclusive)."""
        return not any(self.breaks[start + 1 : end])

    def words(self, start: int, end: int) -> str:
        """The words as the citizen typed them."""
        return self.text[self.starts[start] : self.ends[end - 1]]

    def sentence_end(self, place: int) -> int:
        """The first word after `place` that begins another sentence, or the number of words."""
        for index in range(place + 1, len(self.keys)):
            if self.breaks[index] == SENTENCE:
                return index
        return len(self.keys)

    def sentence_start(self, place: int) -> int:
        """The word that begins the sentence of `place`."""
        while place > 0 and self.breaks[place] != SENTENCE:
            place -= 1
        return place


@lru_cache(maxsize=16384)
def forms(word: str) -> tuple[str, str]:
    """Spelling key of a word and the same without marks; numbers stand for themselves."""
    if not word.isalpha():
        return word.lower(), strip_marks(word.lower())
    key = _DROPPED_N.sub(r"\1n\2", spelling_key(word))
    return key, strip_marks(key.rstrip("12345"))


# No Vietnamese word ends in a vowel and "g" or "h": "phog", "Hươg", "chíh" are quick ways to type "ng", "nh".
_DROPPED_N = re.compile(r"^([b-df-hj-np-tv-xđ]+[^\W\d_b-df-hj-np-tv-xđ]+)([gh][1-5]?)$")


_ONSETS = (("ngh", "ng"), ("tr", "ch"), ("th", "th"), ("gi", "d"), ("gh", "g"), ("qu", "kw"), ("ph", "f"),
           ("r", "d"), ("x", "s"), ("l", "n"), ("p", "b"), ("c", "k"), ("q", "k"))  # fmt: skip
_CODAS = (("ng", "n"), ("nh", "n"), ("ch", "t"), ("c", "t"))


@lru_cache(maxsize=16384)
def sound_of(fold: str) -> str:
    """A word without marks as a careless ear hears it: ch/tr, s/x, l/n, d/gi/r, b/p and final n/ng/nh are one."""
    for written, heard in _ONSETS:
        if fold.startswith(written) and len(fold) > len(written) and not fold.startswith("ch"):
            fold = heard + fold[len(written) :]
            break
    for written, heard in _CODAS:
        if fold.endswith(written) and len(fold) > len(written) + 1:
            fold = fold[: -len(written)] + heard
            break
    return fold.replace("y", "i")


def one_letter_off(word: str, other: str) -> bool:
    """Whether one letter put in, left out, replaced, or two neighbours swapped turn `word` into `other`.

    The digraphs that Vietnamese ears confuse (ch/tr, s/x, l/n, d/gi/r) count as one letter.
    """
    if word == other or abs(len(word) - len(other)) > 1:
        return word != other and sound_of(word) == sound_of(other)
    if len(word) == len(other):
        different = [place for place in range(len(word)) if word[place] != other[place]]
        if len(different) == 2:
            first, second = different
            swapped = second == first + 1 and word[first] == other[second] and word[second] == other[first]
            return swapped or sound_of(word) == sound_of(other)
        return len(different) == 1
    short, long = sorted((word, other), key=len)
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


_SYLLABLE = re.compile(
    "(?:b|ch?|d|gh?|gi|h|kh?|l|m|n|ngh?|nh|ph?|qu|r|s|th?|tr|v|x)?[aeiouy]{1,3}(?:ch?|m|n|ng|nh|p|t)?", re.ASCII
)


def is_syllable(fold: str) -> bool:
    """Whether a word without marks can be Vietnamese: "phong" can, "phogn", "dc" and "photo" cannot."""
    return _SYLLABLE.fullmatch(fold) is not None


@lru_cache(maxsize=1024)
def split_phrase(phrase: str) -> tuple[tuple[str, str], ...]:
    """Spelling key and folded form of each word of a phrase of ours."""
    return tuple(forms(word) for word in nfc(phrase).split())


@lru_cache(maxsize=4)
def tokenize(text: str) -> Tokens:
    """Words of `text` (any Unicode form) with shorthand spelled out; positions are those in `nfc(text)`.

    The latest few are kept: a text is weighed with one roster after another.
    """
    clean = nfc(text)
    spans = [match.span() for match in _WORD.finditer(clean)]
    typed = [clean[start:end] for start, end in spans]
    lower = ["", *map(str.lower, typed), ""]
    shouting = _is_shouting(clean)
    rows: list[_Row] = []
    last_end = 0
    for word, (start, end), before, following in zip(typed, spans, lower, lower[2:], strict=False):
        strength = _break(clean[last_end:start], rows[-1] if rows else None)
        for key, fold in _spell_out(word, before, following):
            rows.append((key, fold, start, end, word[0].isupper() and not shouting, strength))
            strength = NO_BREAK
        last_end = end
    if not rows:
        return Tokens(clean, (), (), (), (), (), (), share=0.0, has_names=False)
    keys, folds, starts, ends, capital, breaks = zip(*rows, strict=True)
    has_names = any(_is_proper(row, clean) for row in rows[1:] if row[4])
    return Tokens(clean, keys, folds, starts, ends, capital, breaks, _share_marked(keys, folds), has_names)


_Row = tuple[str, str, int, int, bool, int]
"""Of one word: key, fold, start, end, capital, strength of the break before it."""

_NOT_ALONE = frozenset({"đc", "dc", *SHORTHAND, *(word for _, word in _AFTER)})
"""Words that mean something else than they say, or do so beside some others."""


def _spell_out(word: str, before: str, following: str) -> tuple[tuple[str, str], ...]:
    lower = word.lower()
    if lower not in _NOT_ALONE:
        return split_phrase("đồng chí") if "/" in word else (_mended(word),)
    if lower in ("đc", "dc") and following in _BEFORE_POSTS:
        return split_phrase("đồng chí")
    if word == "K" and 1 in (len(before), len(following)):
        return (forms(word),)  # "ông N.Đ.K."
    if (before, lower) in _AFTER:
        return split_phrase(_AFTER[before, lower])
    if lower not in SHORTHAND or (lower in _AMBIGUOUS and following not in _AMBIGUOUS[lower]):
        return (_mended(word),)
    return split_phrase(SHORTHAND[lower])


@lru_cache(maxsize=16384)
def _mended(word: str) -> tuple[str, str]:
    """Forms of a word; of no possible word one letter off a word of titles, the forms of that: "trưởgn"."""
    key, fold = forms(word)
    if len(fold) < _LONG or not fold.isalpha() or is_syllable(fold):
        return key, fold
    near = [meant for meant in _TITLE_WORDS if one_letter_off(fold, meant[1])]
    if len(near) != 1:
        return key, fold
    return near[0] if key != fold else (near[0][1], near[0][1])


_LONG = 4
"""Letters from which one wrong letter still tells the word meant."""
_TITLE_WORDS = tuple(
    words
    for words in split_phrase("tịch trưởng phòng giám chính công pháp kinh trung hành chánh trạm thôn nhân viên")
    if len(words[1]) >= _LONG
)


def _break(gap: str, before: _Row | None) -> int:
    if not gap or gap == " ":
        return NO_BREAK
    if _SENTENCE_END.search(gap):
        # "a. T. địa chính", "Đ. V. Long": the full stop after a single letter ends no sentence.
        initial = before is not None and before[3] - before[2] == 1 and before[1].isalpha()
        if initial and gap.strip() in (".", ".,"):
            return COMMA if "," in gap else NO_BREAK
        return SENTENCE
    return COMMA if _SOFT_BREAK.search(gap) else NO_BREAK


def _is_proper(row: _Row, text: str) -> bool:
    """Whether a word inside a sentence has a capital as names have ("UBND" has not)."""
    _, _, start, end, capital, strength = row
    return capital and strength == NO_BREAK and text[start + 1 : end].islower()


def _is_shouting(text: str) -> bool:
    capitals = sum(map(str.isupper, text))
    # Most texts have so few capitals that their letters need not be counted.
    if capitals <= _SHOUTED * _FEWEST_LETTERS:
        return False
    letters = sum(map(str.isalpha, text))
    return letters > _FEWEST_LETTERS and capitals > _SHOUTED * letters


_SHOUTED, _FEWEST_LETTERS = 0.6, 12
"""Share of capitals above which a text shouts, if it has more letters than this."""


def _share_marked(keys: tuple[str, ...], folds: tuple[str, ...]) -> float:
    words = [key != fold for key, fold in zip(keys, folds, strict=True) if not key[0].isdigit()]
    return sum(words) / len(words) if words else 0.0
