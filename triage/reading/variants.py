"""The same entry as other people would have typed it: what the classifier also learns from (pure)."""

import random
import unicodedata

from vietnamese.text import nfc, strip_marks

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_BARE_SHARE, _TONELESS_SHARE = 0.35, 0.15


def bare(text: str) -> str:
    """Typed without any diacritics."""
    return strip_marks(nfc(text))


def hurried(text: str, seed: str) -> str:
    """Typed in a hurry: a third of the words without marks, some without their tone; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    return " ".join(_hurried_word(word, chance.random()) for word in nfc(text).split(" "))


def _hurried_word(word: str, chance: float) -> str:
    if chance < _BARE_SHARE:
        return strip_marks(word)
    if chance < _BARE_SHARE + _TONELESS_SHARE:
        return without_tone(word)
    return word


def without_tone(word: str) -> str:
    """`word` without its tone: "đường" gives "đương"."""
    letters = (letter for letter in unicodedata.normalize("NFD", word) if letter not in _TONES)
    return unicodedata.normalize("NFC", "".join(letters))
