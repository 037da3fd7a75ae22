"""The words of a letter that the classifier's reading rests on, as pieces a page can mark (pure).

An officer who sees why can agree or correct at a glance; a wrong word marked is how a wrong reading is noticed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from triage.routing.routes import Reason

_SHOWN = ("words.", "rule.")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the letter; `marked` where the reading rests on it."""

    text: str
    marked: bool


def mark_words(text: str, reasons: Iterable[Reason]) -> tuple[Piece, ...]:
    """`text` (NFC) in pieces, in order, those of the spans of `reasons` marked; one piece where there are none.

    Spans that overlap are joined; what lies outside the text, or is no span, is left out.
    """
    spans = sorted(
        (start, end)
        for reason in reasons
        if reason.code.startswith(_SHOWN)
        for start, end in reason.spans
        if 0 <= start < end <= len(text)
    )
    pieces: list[Piece] = []
    done = 0
    for start, end in spans:
        begin = max(start, done)
        if begin > done:
            pieces.append(Piece(text[done:begin], marked=False))
        if end > begin:
            pieces.append(Piece(text[begin:end], marked=True))
            done = end
    if done < len(text):
        pieces.append(Piece(text[done:], marked=False))
    return tuple(pieces)
