"""Finding many phrases in one pass, whether typed with diacritics, without, or with a slip (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass

from triage.routing.tokens import Tokens, split_phrase


def word_set(listed: str) -> frozenset[str]:
    """The words of a list of ours, written with spaces between them."""
    return frozenset(listed.split())


def word_pairs(listed: str) -> frozenset[tuple[str, ...]]:
    """Pairs of words of a list of ours, an underscore inside a pair and spaces between them."""
    return frozenset(tuple(pair.split("_")) for pair in listed.split())


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found at words `start` to `end` (exclusive)."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    label: str
    words: tuple[tuple[str, str], ...]
    strict: bool  # must be typed with its marks: without them it is another common word


class PhraseBook:
    """Phrases under labels, `{label: "phrase, phrase"}`.

    A leading `=` asks for the exact marks; `#` stands for a number. The first label of a phrase counts.
    """

    def __init__(self, table: Mapping[str, str]) -> None:
        self._by_first: dict[str, list[_Phrase]] = {}
        for label, listed in table.items():
            for item in listed.split(","):
                if item.strip():
                    self._add(label, item.strip())
        for phrases in self._by_first.values():
            phrases.sort(key=lambda phrase: -len(phrase.words))

    def _add(self, label: str, item: str) -> None:
        words = split_phrase(item.lstrip("="))
        self._by_first.setdefault(words[0][1], []).append(_Phrase(label, words, item.startswith("=")))

    def match(self, tokens: Tokens, place: int) -> Hit | None:
        """The longest phrase that begins at word `place`, or None (also at and beyond the end)."""
        folds = tokens.folds
        if place >= len(folds):
            return None
        for phrase in self._by_first.get(folds[place], ()):
            if _fits(phrase, tokens, place):
                return Hit(phrase.label, place, place + len(phrase.words))
        return None

    def find(self, tokens: Tokens) -> list[Hit]:
        """Phrases in order, none overlapping, the longest first at each word."""
        hits, place = [], 0
        while place < len(tokens):
            hit = self.match(tokens, place)
            if hit:
                hits.append(hit)
            place = hit.end if hit else place + 1
        return hits

    def by_end(self, tokens: Tokens) -> dict[int, Hit]:
        """For each word after a phrase, the longest phrase that ends right before it; overlaps are kept."""
        ends: dict[int, Hit] = {}
        for place, first in enumerate(tokens.folds):
            for phrase in self._by_first.get(first, ()):
                end = place + len(phrase.words)
                if (end not in ends or place < ends[end].start) and _fits(phrase, tokens, place):
                    ends[end] = Hit(phrase.label, place, end)
        return ends


def _fits(phrase: _Phrase, tokens: Tokens, place: int) -> bool:
    end = place + len(phrase.words)
    if end > len(tokens.folds):
        return False
    exact = slips = missing = 0
    for offset, (key, fold) in enumerate(phrase.words, start=place):
        if tokens.keys[offset] == key or (fold == "#" and tokens.keys[offset][0].isdigit()):
            exact += 1
        elif tokens.folds[offset] != fold:
            return False
        elif tokens.bare(offset):
            missing += 1
        else:
            slips += 1
    return tokens.joined(place, end) and _close_enough(phrase, tokens, exact, slips, missing)


def _close_enough(phrase: _Phrase, tokens: Tokens, exact: int, slips: int, missing: int) -> bool:
    """Marks may be missing in a text typed without them; else right words must vouch for the others."""
    if not slips and not missing:
        return True
    if phrase.strict:
        return False
    if slips:
        return slips == 1 and exact > 1
    return tokens.loose or exact > 1 or (tokens.sloppy and exact > 0)
