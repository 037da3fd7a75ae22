"""An entry as words, whatever keyboard it was typed on (pure)."""

import re
from dataclasses import dataclass
from functools import lru_cache
from operator import ne

from triage.reading.shorthand import LONG
from vietnamese.names import KIN_TITLES, SURNAMES
from vietnamese.text import fold, nfc, spelling_key, strip_marks

LONGEST = 6_000
"""Characters read of one entry. What matters stands in the first pages; the rest would only cost time."""

NAME = "#name"
"""Stands for each word of a person's or place's name: "thôn Cầu Đá" has neither bridge nor stone."""

# Words after which capitals are a name.
_BEFORE_NAMES = frozenset(map(fold, (
    *KIN_TITLES, "thôn", "bản", "xóm", "ấp", "khu", "tổ", "xã", "phường", "làng", "đường", "phố", "cầu", "sông",
    "suối", "hồ", "đèo", "đồi", "tiểu", "tỉnh", "huyện",
)))  # fmt: skip
_SHOUTING = 0.5
"""Share of words beginning with a capital from which capitals tell nothing."""

_TOKEN = re.compile(r"\d+(?:[.,/:-]\d+)*[^\W\d_]*\d*|[^\W_]+|[?!.;\n]")
_STOPS = frozenset("?!.;\n")
_REPEATED = re.compile(r"([^\W\d])\1{2,}")
_MONEY = re.compile(r"^\d[\d.,]*(?:k|tr|triệu|trieu|đ|d|vnđ|vnd|nghìn|ngàn|tỷ)\d*$")
_TIME = re.compile(r"^\d{1,2}(?:h|g|:)\d*(?:p|ph)?$")
_DATE = re.compile(r"^\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?$")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one entry in parallel lists.

    `typed` are lower-case NFC with shorthand spelled out, `keys` their spelling keys (marks count, tone
    placement does not), `folds` the same without marks; numbers stand for themselves. `ends` are the places
    where a sentence ends: the word after a stop; `stops` holds the stops themselves. `spans` says where each word
    stands in the NFC text. `marked` is the share (0–1) of words with diacritics: ordinary Vietnamese has 0.6–0.9,
    text typed without them nearly 0.
    """

    typed: list[str]
    keys: list[str]
    folds: list[str]
    ends: list[int]
    stops: list[str]
    spans: list[tuple[int, int]]
    marked: float

    def __len__(self) -> int:
        return len(self.keys)


@lru_cache(maxsize=65536)
def _forms(word: str) -> tuple[tuple[str, str, str], ...]:
    """(typed, key, fold) of each full word a typed one stands for, "đẹppppp" being "đẹp"."""
    short = _REPEATED.sub(r"\1", word)
    full = LONG.get(short, short)
    return tuple((part, _key(part), strip_marks(part)) for part in full.split())


def _key(word: str) -> str:
    return spelling_key(word) if word.isalpha() else word


def read_words(text: str) -> Words:
    """The words of `text`; any string will do, and only the first `LONGEST` characters are read."""
    found = [(match.group(), match.span()) for match in _TOKEN.finditer(nfc(text[:LONGEST]))]
    tokens = _hide_names([token for token, _ in found])
    typed: list[str] = []
    keys: list[str] = []
    folds: list[str] = []
    ends: list[int] = []
    stops: list[str] = []
    spans: list[tuple[int, int]] = []
    for token, (_, span) in zip(tokens, found, strict=True):
        if token in _STOPS:
            ends.append(len(keys))
            stops.append(token)
            continue
        for word, key, without in _forms(token):
            typed.append(word)
            keys.append(key)
            folds.append(without)
            spans.append(span)
    return Words(typed, keys, folds, ends, stops, spans, _share_marked(typed, folds))


def _hide_names(tokens: list[str]) -> list[str]:
    """The tokens in lower case, those of names as `NAME`."""
    lower = [token.lower() for token in tokens]
    capital = [token[0].isupper() and token[1:].islower() for token in tokens]
    if sum(capital) > _SHOUTING * len(tokens):
        return lower
    for place in range(1, len(tokens)):
        if capital[place] and _begins_name(tokens, lower, capital, place):
            lower[place] = NAME
    return lower


def _begins_name(tokens: list[str], lower: list[str], capital: list[bool], place: int) -> bool:
    """Whether the capital at `place` belongs to a name: after "ông" or "thôn", or a surname with more capitals."""
    if lower[place - 1] == NAME or strip_marks(lower[place - 1]) in _BEFORE_NAMES:
        return True
    more = place + 1 < len(tokens) and capital[place + 1]
    return more and strip_marks(lower[place]) in SURNAMES


def _share_marked(typed: list[str], folds: list[str]) -> float:
    marked = sum(map(ne, typed, folds))
    return min(1.0, marked / max(1, sum(map(str.isalpha, folds))))


@lru_cache(maxsize=16384)
def number_class(word: str) -> str:
    """`word` itself, or what kind of number it is: no classifier should learn one citizen's amount or date."""
    if not word[0].isdigit():
        return word
    for name, pattern in (("#money", _MONEY), ("#time", _TIME), ("#date", _DATE)):
        if pattern.match(word):
            return name
    return "#"
