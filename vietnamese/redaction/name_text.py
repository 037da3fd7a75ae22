"""A text as words for the search of names: spelling, capitals, what stands between (pure)."""

import re
from dataclasses import dataclass, field

from vietnamese.redaction.details import HIDDEN, flat
from vietnamese.redaction.name_words import phrases
from vietnamese.text import has_marks, share_marked, spelling_key

# What stands between two words: spaces, or an opening mark or colon, or a comma and the like, or more.
NOTHING, OPENING, COMMA, STOP = range(4)

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_OPENING = re.compile(r"[ \t]*[:(\"“‘']{1,2}[ \t]*")
_COMMA = re.compile(r"[ \t]*[\"”’)]?[ \t]?[,;/&+\-–][ \t]*[\"“(]?")
_MANY = 0.5
"""Share of words from which capitals tell nothing."""
_LOOSE_BELOW = 0.45
"""Share of marked words below which a text counts as typed without diacritics."""


@dataclass(frozen=True, slots=True)
class NameText:
    """The words of one text in parallel lists; `gaps[i]` is what stands before word `i`, with one more at the end.

    `capital` marks words like "Lan" and "A", `upper` words like "LAN"; both are false throughout where all words
    are written so. `hidden_after[i]` tells that a hidden detail follows the word.
    """

    text: str
    words: list[str]
    folds: list[str]
    starts: list[int]
    ends: list[int]
    gaps: list[int]
    capital: list[bool]
    upper: list[bool]
    loose: bool
    keys: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.words)

    def bare(self, place: int) -> bool:
        """Whether the word is typed without diacritics."""
        return not has_marks(self.words[place])

    def spelled(self, place: int, word: str) -> bool:
        """Whether the word is `word` (lower case), or `word` typed without diacritics."""
        return self.bare(place) or self.keys[place] == spelling_key(word)

    def hidden_follows(self, end: int) -> bool:
        """Whether a hidden detail follows word `end - 1`, with a bracket or comma between at most."""
        after = self.text[self.ends[end - 1] : self.ends[end - 1] + 4]
        return HIDDEN in after and not after[: after.index(HIDDEN)].strip(" ,:(-–")


def read_names_text(text: str) -> NameText:
    """`text` as words."""
    found = list(_WORD.finditer(text))
    words = [match.group() for match in found]
    starts = [match.start() for match in found]
    ends = [match.end() for match in found]
    capital = [word[0].isupper() and (len(word) == 1 or not word.isupper()) for word in words]
    upper = [len(word) > 1 and word.isupper() for word in words]
    count = max(1, len(words))
    if sum(upper) > _MANY * count:
        upper = capital = [False] * len(words)
    elif len(words) > 12 and sum(capital) > 0.8 * len(words):
        capital = [False] * len(words)
    folded = flat(text)
    return NameText(
        text,
        [word.lower() for word in words],
        [folded[start:end].replace("’", "'").replace("ʼ", "'") for start, end in zip(starts, ends, strict=True)],
        starts,
        ends,
        [_gap(text, before, after) for before, after in zip([None, *ends], [*starts, None], strict=True)],
        capital,
        upper,
        share_marked(text) < _LOOSE_BELOW,
        [spelling_key(word) for word in words],
    )


def _gap(text: str, before: int | None, after: int | None) -> int:
    if before is None or after is None or after - before > 6:
        return STOP
    between = text[before:after]
    if not between.strip(" \t"):
        return NOTHING
    if _OPENING.fullmatch(between):
        return OPENING
    return COMMA if _COMMA.fullmatch(between) else STOP


class Phrases:
    """Phrases to be met in a text, spelled or typed without diacritics."""

    def __init__(self, listed: str) -> None:
        self._first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        self._last: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for folds, words in phrases(listed):
            self._first.setdefault(folds[0], []).append((folds, words))
            self._last.setdefault(folds[-1], []).append((folds, words))

    def from_place(self, text: NameText, place: int) -> int:
        """Words of the longest phrase that begins at `place`, 0 where none does."""
        candidates = self._first.get(text.folds[place], ()) if 0 <= place < len(text) else ()
        return max((len(folds) for folds, words in candidates if _is_at(text, place, folds, words)), default=0)

    def before(self, text: NameText, place: int, most_gap: int = NOTHING) -> int:
        """Words of the longest phrase that ends right before `place`, 0 where none does."""
        if place < 1 or text.gaps[place] > most_gap:
            return 0
        candidates = self._last.get(text.folds[place - 1], ())
        return max(
            (len(folds) for folds, words in candidates if _is_at(text, place - len(folds), folds, words)), default=0
        )


def _is_at(text: NameText, place: int, folds: tuple[str, ...], words: tuple[str, ...]) -> bool:
    if place < 0 or place + len(folds) > len(text):
        return False
    inside = range(place, place + len(folds))
    return (
        all(text.folds[at] == fold for at, fold in zip(inside, folds, strict=True))
        and all(text.spelled(at, word) for at, word in zip(inside, words, strict=True))
        and all(text.gaps[at] == NOTHING for at in inside[1:])
    )
