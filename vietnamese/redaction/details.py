"""What the finders of personal details share: the detail itself and a copy of the text to search in (pure)."""

import re
from typing import Literal, NamedTuple

from vietnamese.text import strip_marks

Kind = Literal["phone", "citizen_id", "email", "bank", "file_number", "name", "address"]

HIDDEN = "\ue000"
"""Stands for every character of what is hidden already. No letter and no space, so nothing is found across it."""

_LOOSE_MARK = re.compile("[\u0300-\u036f]")


class Detail(NamedTuple):
    """A personal detail at characters `start` to `end` (exclusive) of the NFC text."""

    kind: Kind
    start: int
    end: int


def flat(text: str) -> str:
    """`text` in lower case without diacritics, one character for each character, so that positions carry over."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return strip_marks(_LOOSE_MARK.sub("~", lower))


def hide(text: str, details: list[Detail]) -> str:
    """`text` with every character of `details` hidden; the length stays."""
    pieces, done = [], 0
    for _, start, end in sorted(details, key=lambda detail: detail.start):
        pieces += [text[done:start], HIDDEN * (end - max(start, done))]
        done = max(done, end)
    return "".join(pieces) + text[done:]
