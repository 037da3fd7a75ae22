"""Phrases written as they sound: "chủ tịt", "hộ tịt", "trưởng phòng kin tế" (pure)."""

from collections.abc import Mapping
from functools import lru_cache

from triage.routing.phrases import Hit, each_of
from triage.routing.tokens import Tokens, sound_of, split_phrase

_Words = tuple[tuple[str, str], ...]
_TONES = "12345"
_LOOSE_WORDS = 3
"""Words from which a phrase typed without marks is still told from others that sound like it."""


class SoundBook:
    """Phrases of two words and more under labels, as in `PhraseBook`, found where one word is only heard right."""

    def __init__(self, table: Mapping[str, str]) -> None:
        # By how the first two words sound.
        self._by_sound: dict[tuple[str, str], list[tuple[str, _Words]]] = {}
        for label, listed in table.items():
            for phrase in (phrase for item in listed.split(",") for phrase in each_of(item)):
                words = split_phrase(phrase)
                if len(words) > 1 and phrase[0] not in "=#":
                    self._by_sound.setdefault((_rime(words[0][1]), _rime(words[1][1])), []).append((label, words))
        for phrases in self._by_sound.values():
            phrases.sort(key=lambda phrase: -len(phrase[1]))

    def match(self, tokens: Tokens, place: int) -> Hit | None:
        """The longest phrase that begins at word `place` with one word misspelt as it sounds, or None."""
        if place + 1 >= len(tokens):
            return None
        heard = _rime(tokens.folds[place]), _rime(tokens.folds[place + 1])
        for label, words in self._by_sound.get(heard, ()):
            end = place + len(words)
            if end <= len(tokens) and _sounds(tokens, place, words) and tokens.joined(place, end):
                return Hit(label, place, end)
        return None


@lru_cache(maxsize=16384)
def _rime(fold: str) -> str:
    """How a word ends to the ear: of words heard alike the same, unless they have but two letters."""
    return sound_of(fold)[-2:]


def _sounds(tokens: Tokens, place: int, words: _Words) -> bool:
    if tokens.loose and len(words) < _LOOSE_WORDS:
        return False
    wrong = 0
    for at, (key, fold) in enumerate(words, start=place):
        if tokens.folds[at] == fold:
            if tokens.keys[at] != key and not tokens.bare(at):
                return False
        elif len(fold) > 1 and _heard_alike(tokens, at, fold) and _same_tone(tokens, at, key):
            wrong += 1
        else:
            return False
    return wrong == 1


# Onsets that speakers of the South and of the mountains confuse, folded: "dăn phòng", "lịa chính".
_ONSETS = frozenset({"vd", "dv", "vb", "bv", "ld"})


def _heard_alike(tokens: Tokens, at: int, fold: str) -> bool:
    said = tokens.folds[at]
    onset = not tokens.loose and said[1:] == fold[1:] and said[0] + fold[0] in _ONSETS
    return onset or sound_of(said) == sound_of(fold)


def _same_tone(tokens: Tokens, at: int, key: str) -> bool:
    """As "tịt" and "tịch": a name is not taken for a title, "Lan trưởng" for "làng trưởng"."""
    return tokens.loose or _tone(tokens.keys[at]) == _tone(key)


def _tone(key: str) -> str:
    return key[-1] if key[-1] in _TONES else ""
