"""Entries that say nothing to answer: noise of a keyboard, trials, advertisements, one thing over and over (pure).

Rules, not learning: whoever is called junk must be able to hear why. A mark is a remark on the page and can be lifted;
what may be in danger or blame somebody is decided elsewhere and outweighs it.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from triage.reading.foul import BARE_BELOW, LONGEST, Phrase, Token, foul_spans, match_at, phrases_of, table, tokens_of
from triage.reading.lexicon import default_lexicon
from triage.reading.shorthand import LONG
from triage.reading.words import read_words
from vietnamese.text import fold, nfc, share_marked, strip_marks

JUNK, INSULT = "junk", "insult"

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BOTH_WAYS = (*_ROWS, *(row[::-1] for row in _ROWS))
_RUNS = frozenset(row[at : at + 4] for row in _BOTH_WAYS for at in range(len(row) - 3))
_SHORT_RUNS = frozenset({"qwe", "asd", "zxc", "jkl", "lkj", "ewq", "dsa"})
# "w" is a vowel in Hmong, whose speakers write here too.
_NO_VOWEL = re.compile(r"[^aeiouyw\W\d_]{3,}")
_CLUSTER = re.compile(r"[^aeiouyw\W\d_]{5,}")
_CHUNKS = re.compile(r"(\w{2,4})\1{2,}")
_NOISE_SHARE, _NOISE_LETTERS = 0.6, 6
_ONE_SIGN = 5
"""Times that one letter or figure is repeated with nothing beside it."""
_OVER_AND_OVER, _REPEATED_WORDS = 4, 8
_SAYS_NOTHING = frozenset({"plain", "other"})
"""Families of the lexicon that are no matter to answer."""
_ADDRESS = re.compile(r"https?://\S+")
_LONGEST_TRIAL, _LONGEST_ADVERT = 12, 60
"""In words; a story of a loan is longer than its advertisement."""


def marks_of(text: str) -> tuple[str, ...]:
    """What an entry is to be marked as, `JUNK` and `INSULT` in this order; mostly nothing. Any string will do."""
    return ((JUNK,) if junk_rule(text) else ()) + ((INSULT,) if foul_spans(nfc(text)) else ())


def junk_rule(text: str) -> str:
    """The name of the first rule that calls the text junk, or an empty string."""
    text = nfc(text[:LONGEST]).strip()
    tokens = tokens_of(text)
    return next((name for name, holds in _RULES.items() if text and holds(text, tokens)), "")


def _is_without_words(text: str, _tokens: Sequence[Token]) -> bool:
    return not any(map(str.isalnum, text))


def _is_one_sign(text: str, _tokens: Sequence[Token]) -> bool:
    signs = "".join(text.lower().split())
    return len(signs) >= _ONE_SIGN and len(set(signs)) == 1


def _is_keyboard(_text: str, tokens: Sequence[Token]) -> bool:
    needs, beside = _trial_words()
    words = [token.word for token in tokens if any(map(str.isalpha, token.word))]
    words = [word for word in words if strip_marks(word) not in needs | beside]
    noise = sum(len(word) for word in words if _is_noise(word))
    return noise >= _NOISE_LETTERS and noise >= _NOISE_SHARE * sum(map(len, words))


def _is_noise(word: str) -> bool:
    if word in LONG or word in _abbreviations():
        return False
    bare = strip_marks(word)
    runs = bare in _SHORT_RUNS or any(bare[at : at + 4] in _RUNS for at in range(len(bare) - 3))
    return runs or bool(_NO_VOWEL.fullmatch(bare) or _CLUSTER.search(bare) or _CHUNKS.search(bare))


def _is_trial(_text: str, tokens: Sequence[Token]) -> bool:
    needs, beside = _trial_words()
    words = [strip_marks(token.word) for token in tokens if not token.word.isdigit()]
    return len(words) <= _LONGEST_TRIAL and not needs.isdisjoint(words) and needs.union(beside).issuperset(words)


def _is_advert(text: str, tokens: Sequence[Token]) -> bool:
    if len(tokens) > _LONGEST_ADVERT:
        return False
    bare = share_marked(text) < BARE_BELOW
    offers, calls, asking = (_found(phrases, tokens, bare) for phrases in _advert_phrases())
    return not asking and "?" not in _ADDRESS.sub("", text) and (len(offers) > 2 or (len(offers) == 2 and bool(calls)))


def _is_over_and_over(text: str, tokens: Sequence[Token]) -> bool:
    words = [strip_marks(token.word) for token in tokens]
    for period in range(1, len(words) // _OVER_AND_OVER + 1):
        if len(words) >= _REPEATED_WORDS and words[period:] == words[:-period]:
            # "Sửa đường đi" said ten times is a request still, and "rất hài lòng" praise.
            once = read_words(text[tokens[0].start : tokens[period - 1].end])
            return all(one.family in _SAYS_NOTHING for one in default_lexicon().find(once))
    return False


Rule = Callable[[str, Sequence[Token]], bool]
_RULES: dict[str, Rule] = {
    "without_words": _is_without_words,
    "one_sign": _is_one_sign,
    "keyboard": _is_keyboard,
    "trial": _is_trial,
    "advert": _is_advert,
    "over_and_over": _is_over_and_over,
}


def _found(phrases: dict[str, list[Phrase]], tokens: Sequence[Token], bare: bool) -> set[str]:
    found, place = set(), 0
    while place < len(tokens):
        length = match_at(phrases, tokens, place, bare)
        if length:
            found.add(strip_marks(" ".join(token.word for token in tokens[place : place + length])))
        place += max(1, length)
    return found


@lru_cache(maxsize=1)
def _advert_phrases() -> tuple[dict[str, list[Phrase]], ...]:
    said = table()["adverts"]
    return tuple(phrases_of(said[name]) for name in ("offers", "calls", "asking"))


@lru_cache(maxsize=1)
def _trial_words() -> tuple[frozenset[str], frozenset[str]]:
    said = table()["trials"]
    needs, beside = (frozenset(fold(said[name]).replace(",", " ").split()) for name in ("needs", "beside"))
    return needs, beside


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    return frozenset(word.strip() for word in table()["abbreviations"].split(","))
