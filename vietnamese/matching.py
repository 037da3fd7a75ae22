"""Finding typed words in a text, as people type them: with marks, without, or half of each (pure).

A word typed without marks finds every word of those letters ("rac" finds rác, rạc and rac); a word typed with marks
finds that word alone, in all its accepted spellings ("hòa" finds hoà, not hoa). Only whole words are found.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from vietnamese.text import has_marks, nfc, spelling_key, strip_marks

_WORD = re.compile(r"[^\W_]+")

Span = tuple[int, int]
"""Where a word begins and ends in a text."""


@dataclass(frozen=True)
class Wanted:
    """The words that are looked for, each once, in the order they were typed, lower case."""

    words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Whole words of a text without marks that may be one of these: each but for its last i or y."""
        bare = sorted({_but_final(strip_marks(word)) for word in self.words})
        return re.compile(r"(?<![^\W_])(?:" + "|".join(map(re.escape, bare)) + r")[iy]?(?![^\W_])")


NOTHING = Wanted()


def read_wanted(typed: str) -> Wanted:
    """The words of what somebody typed; nothing for what holds no letter and no digit."""
    text = nfc(typed)
    words = (text[start:end].lower() for start, end in _matches(_WORD, text))
    return Wanted(tuple(dict.fromkeys(words)))


def spans_of(text: str, wanted: Wanted) -> list[Span]:
    """Each place of `text` (NFC) where a wanted word stands, in order, none overlapping."""
    return [span for span, words in _found(text, wanted) if words]


def has_all(wanted: Wanted, *texts: str) -> bool:
    """Whether each wanted word stands in one of the texts; nothing wanted is nowhere."""
    left = set(wanted.words)
    for text in texts:
        left.difference_update(*(words for _span, words in _found(text, wanted)))
    return bool(wanted) and not left


def _found(text: str, wanted: Wanted) -> Iterator[tuple[Span, list[str]]]:
    """Each place where a wanted word may stand, with those that do."""
    for start, end in _matches(wanted.pattern, text) if wanted else ():
        yield (start, end), _meant(text[start:end], wanted)


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    """Where a pattern of letters without marks, in lower case, fits `text`, whatever marks stand there."""
    bare = strip_marks(text).lower()
    places = None if len(bare) == len(text) else _places(text)
    for match in pattern.finditer(bare):
        yield match.span() if places is None else (places[match.start()], places[match.end()])


def _but_final(bare: str) -> str:
    # spelling_key holds final i and y for the same letter; what it does not is sorted out by `_meant`.
    return bare[:-1] if bare[-1:] in ("i", "y") else bare


def _meant(found: str, wanted: Wanted) -> list[str]:
    """The wanted words that a word of a text is: one typed with its marks, one without."""
    marked, bare = spelling_key(found), spelling_key(strip_marks(found))
    return [word for word in wanted.words if spelling_key(word) == (marked if has_marks(word) else bare)]


def _places(text: str) -> list[int]:
    """Where each character of the text without marks stood: letters of a few languages carry loose marks."""
    return [at for at, char in enumerate(text) for _kept in strip_marks(char)] + [len(text)]
