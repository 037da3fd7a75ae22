"""Foul words in an entry, where they stand, and whose they are (pure).

A citizen may be rude and right: foul words are covered on the page until somebody asks for them, and change nothing
else. What an officer called the citizen is evidence, not the citizen's word: within quotation marks, or behind
"chửi tôi là", nothing is covered.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from vietnamese.text import fold, has_marks, nfc, share_marked, spelling_key, strip_marks

LONGEST = 6_000
"""Characters read of one entry."""
BARE_BELOW = 0.25
"""Share of marked words below which a text counts as typed without marks."""

# "đ.m" and "c.ặ.c" are one word, "l*n" too.
_TOKEN = re.compile(r"(?:[^\W\d_][.*_]){1,3}[^\W\d_](?!\w)|[^\W\d_]+\*+[^\W\d_]*|[^\W_]+")
_BREAK = re.compile(r"[,.!?:;()\n]")
_STOP = re.compile(r"[.!?;\n]")
_QUOTED = re.compile(r"\"[^\"\n]{1,200}\"|“[^”\n]{1,200}”|‘[^’\n]{1,200}’|«[^»\n]{1,200}»|(?<!\w)'[^'\n]{1,200}'(?!\w)")
_REPEATED = re.compile(r"([^\W\d])\1{2,}")
_SPEECH_REACH, _HEARER_REACH = 9, 5
"""Words from a verb of speaking to what was said, and to whom it was said."""
_INITIALS = frozenset({"đm", "dm"})
"""Also "định mức", a place's initials or a unit: foul only in running words."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place; `word` is in lower case, without the stops that disguise it."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and whether foul words in it are covered."""

    text: str
    foul: bool


def cover(text: str) -> list[Piece]:
    """The whole text in pieces, in order; joined they give its NFC form."""
    text, at, pieces = nfc(text), 0, []
    for start, end in foul_spans(text):
        pieces += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    return [piece for piece in (*pieces, Piece(text[at:], False)) if piece.text]


def foul_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of the citizen's own foul words in `text` (NFC), in order and apart."""
    head = text[:LONGEST]
    tokens, quoted = tokens_of(head), [match.span() for match in _QUOTED.finditer(head)]
    bare = share_marked(head) < BARE_BELOW
    spans: list[tuple[int, int]] = []
    for first, last in _find(tokens, bare):
        start, end = tokens[first].start, tokens[last].end
        # "16 chỗ, đề nghị" is no phrase.
        if _BREAK.search(head[start:end]) and first != last:
            continue
        if any(begin <= start < close for begin, close in quoted) or _is_reported(head, tokens, first):
            continue
        if first == last and (_is_name(head, tokens, first) or not _is_running(head, tokens[first])):
            continue
        spans.append((start, end))
    return spans


def tokens_of(text: str) -> list[Token]:
    """The words of `text` (NFC) with their places."""
    return [Token(_undisguised(m.group()), *m.span()) for m in _TOKEN.finditer(text)]


def _undisguised(typed: str) -> str:
    word = _REPEATED.sub(r"\1", typed.lower())
    if "*" in word and not re.fullmatch(r"(?:\w\*){1,3}\w", word):
        return re.sub(r"\*+", "*", word)
    return re.sub(r"[.*_]", "", word) if re.search(r"\w[.*_]\w", word) else word


Phrase = tuple[tuple[str, ...], tuple[str, ...], bool]
"""(keys, keys without marks, whether marks must be typed)."""


def phrases_of(listed: str) -> dict[str, list[Phrase]]:
    """Phrases of a list of the table by the fold of their first word, the longest first."""
    table: dict[str, list[Phrase]] = {}
    for raw in filter(None, (part.strip() for part in listed.split(","))):
        words = raw.lstrip("=").split()
        phrase = tuple(map(_key, words)), tuple(map(strip_marks, words)), raw.startswith("=")
        table.setdefault(strip_marks(words[0]), []).append(phrase)
    return {first: sorted(found, key=lambda one: -len(one[0])) for first, found in table.items()}


def match_at(table: Mapping[str, Sequence[Phrase]], tokens: Sequence[Token], place: int, bare: bool) -> int:
    """How many words the longest phrase has that stands at `place`; 0 for none."""
    for keys, folds, strict in table.get(strip_marks(tokens[place].word), ()):
        typed = [token.word for token in tokens[place : place + len(keys)]]
        if tuple(map(strip_marks, typed)) != folds:
            continue
        if tuple(map(_key, typed)) == keys:
            return len(keys)
        # Bare words among marked ones are most likely other words, unless there are several of them.
        if not strict and not any(map(has_marks, typed)) and (bare or len(keys) > 1):
            return len(keys)
    return 0


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """The table beside this module."""
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("junk.yaml").read_text("utf-8"))
    return found


@lru_cache(maxsize=1)
def _foul() -> dict[str, list[Phrase]]:
    said = table()["foul"]
    return phrases_of(f"{said['oaths']}, {said['persons']}")


@lru_cache(maxsize=1)
def _speakers() -> tuple[frozenset[str], frozenset[str]]:
    said = table()["foul"]
    verbs, hearers = (frozenset(fold(part) for part in said[name].split(",")) for name in ("speech", "hearers"))
    return verbs, hearers


def _find(tokens: Sequence[Token], bare: bool) -> Iterator[tuple[int, int]]:
    place = 0
    while place < len(tokens):
        length = match_at(_foul(), tokens, place, bare)
        if length:
            yield place, place + length - 1
        place += max(1, length)


def _is_reported(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Whether somebody else said it, in the same sentence: "chửi tôi là …", "chửi địt mẹ", "không phải súc vật"."""
    verbs, hearers = _speakers()
    begin = _sentence_start(text, tokens, place)
    before = [strip_marks(token.word) for token in tokens[max(begin, place - _SPEECH_REACH) : place]]
    if before[-2:] == ["khong", "phai"] or before[-1:] == ["chui"]:
        return True
    for at, word in enumerate(before):
        said_of = before[at + 1 : at + 1 + _HEARER_REACH]
        if word in verbs and (said_of[:1] == ["la"] or not hearers.isdisjoint(said_of)):
            return True
    return False


def _sentence_start(text: str, tokens: Sequence[Token], place: int) -> int:
    first = place
    while first and not _STOP.search(text[tokens[first - 1].end : tokens[first].start]):
        first -= 1
    return first


def _is_name(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Whether a capital within a sentence, behind small letters, makes the word a name: "bản Cặc Nưa"."""
    if not place or place == _sentence_start(text, tokens, place):
        return False
    typed = text[tokens[place].start : tokens[place].end]
    return typed[0].isupper() and typed[1:].islower()


def _is_running(text: str, token: Token) -> bool:
    """Whether initials stand in running words, not beside a number or within brackets."""
    if token.word not in _INITIALS:
        return True
    before, after = text[max(0, token.start - 2) : token.start], text[token.end : token.end + 2]
    return not ("(" in before or ")" in after or "-" in after or "²" in after
                or any(map(str.isdigit, before + after)))  # fmt: skip


def _key(word: str) -> str:
    return spelling_key(word) if word.isalpha() else word
