"""The same entry as other people would have typed it: what the classifier also learns from (pure)."""

from vietnamese.text import nfc, strip_marks


def bare(text: str) -> str:
    """Typed without any diacritics."""
    return strip_marks(nfc(text))
