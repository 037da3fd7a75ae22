"""Where one matter of an entry ends and another begins: only where the writer says so (pure).

People who write of two things mostly mark the second: "ngoài ra", "còn cái …", "việc thứ hai", "tiện thể", "2. …",
after praise "nhưng". Between such marks the parts are read, and neighbours that are of one matter are joined again.
Cuts at every stop of a sentence, by the readings alone, were right 11 times in 50: see docs/decisions/0015-matters.md.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from vietnamese.text import share_marked, strip_marks

FEWEST_WORDS = 5
"""A part of fewer words is no matter of its own."""

MOST_PARTS = 12
"""More marks than these are a list of one thing, not as many matters."""

_UNMARKED = 0.2
"""Share of words with diacritics below which a text counts as typed without them."""

# Said anywhere after a stop, and clear enough to begin a matter after a comma or nothing too.
_CLEAR = r"""
    ngoài\ ra | nhân\ (?:tiện|đây) | (?:luôn\ )?tiện\ (?:thể|đây)
  | tiện\ (?:em|e|tôi|tui|mình|cháu|con)\ (?:xin|hỏi|nói)
  | (?:việc|chuyện|điều|vấn\ đề|ý)\ (?:thứ\ )?(?:hai|ba|tư|bốn|năm|[2-9])
  | (?:một\ )?(?:việc|chuyện)\ (?:nữa|khác)
"""
_NEW = rf"""
    (?:à\ |và\ |rồi\ )? (?: {_CLEAR}
  | thứ\ (?:hai|ba|tư|năm|[2-9]) | (?:hai|ba|bốn|năm|[2-9])(?:\ là\b|(?=[,:.)]))
  | (?:một\ )?(?:điều|ý|câu)\ (?:nữa|khác) | còn\ nữa | thêm\ nữa | lại\ nữa | hơn\ nữa | lại\ thêm | bên\ cạnh\ đó
  | sẵn\ (?:đây|tiện|nói|cho|hỏi|thể) | (?:với|vs)\ (?:lại|cả|ca) | v\ cả
  | riêng | cũng\ xin | hỏi\ (?:thêm|luôn) | nếu\ được | nay\ xin | xin\ thêm
  | về(?!\ (?:đến|tới|nhà|đây|lại)\b) | CÒN )
"""
_CON = r"còn(?!\ (?:lại|thì|nhớ|em|tôi|cháu)\b)"
# Without marks it is a child more often than not, but not before these words.
_BARE_CON = r"con\ (?:cai|chuyen|viec|vu|ve|phan)"
_TURN = r"""
    nhưng(?:\ mà)? (?!\ (?:cũng\ )?chính\ vì) | thế\ nhưng | tuy\ nhiên | song | (?:chỉ\ )?có\ điều
  | chỉ\ (?:tội|xin|mong) | tội\ cái | ngặt\ nỗi | duy(?:\ có|\ chỉ)? | giá\ mà | xin\ góp | góp\ (?:thêm|ý)
"""
_STOP = re.compile(r"[.!?;…]+[\"”’')\]]*\s+|\n\s*")
_LIGHT = re.compile(r",\s*|\s+")
_OPENING = re.compile(r"[\"“'(+\-–•*\s]*")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class _Marks:
    """The three kinds of marks, for texts typed with diacritics or without."""

    clear: re.Pattern[str]
    new: re.Pattern[str]
    turn: re.Pattern[str]


def _compiled(con: str, spelled: Callable[[str], str]) -> _Marks:
    clear, new, turn = (
        re.compile(rf"(?x) (?: {spelled(pattern)} ) (?!\w)") for pattern in (_CLEAR, _NEW.replace("CÒN", con), _TURN)
    )
    return _Marks(clear, new, turn)


_MARKED, _BARE = _compiled(_CON, str), _compiled(_BARE_CON, strip_marks)


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where the writer marks something new; `turn` where the mark only turns from praise to a wish."""

    at: int
    turn: bool


def find_cuts(text: str) -> tuple[Cut, ...]:
    """The marked places of `text` (NFC), in order; none at its very beginning."""
    marks, lower = (_BARE, strip_marks(text.lower())) if share_marked(text) < _UNMARKED else (_MARKED, text.lower())
    if len(lower) != len(text):  # a letter of another language that grows in lower case
        return ()
    stops = [match.end() for match in _STOP.finditer(text)]
    found: dict[int, bool] = {}
    for at in stops:
        start = _opened(lower, at)
        if marks.new.match(lower, start):
            found[at] = False
        elif marks.turn.match(lower, start):
            found[at] = True
    for match in _LIGHT.finditer(text):
        comma, at = match.group().startswith(","), match.end()
        # Where nobody sets stops, a clear mark is one.
        if marks.clear.match(lower, at) and (comma or len(stops) < 2):
            found.setdefault(at, False)
        elif comma and marks.turn.match(lower, at):
            found.setdefault(at, True)
    return tuple(Cut(at, turn) for at, turn in sorted(found.items()) if 0 < at < len(text))


def _opened(lower: str, at: int) -> int:
    opening = _OPENING.match(lower, at)
    return opening.end() if opening else at


Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class Part(Generic[Seen]):
    """One matter of a text: where it stands in it, and what was seen in it."""

    start: int
    end: int
    seen: Seen


def divide(
    text: str,
    see: Callable[[Sequence[str]], Sequence[Seen]],
    apart: Callable[[Seen, Seen, bool], bool],
) -> tuple[Part[Seen], ...]:
    """The matters of `text` (NFC), which together are all of it; empty where it is one matter.

    `see` reads parts, some at a time; `apart(before, after, turn)` says whether two are surely two matters. After
    neighbours were joined everything is seen again, and every two of the matters must be apart, not neighbours only.
    """
    cuts = find_cuts(text)
    if not cuts or len(cuts) >= MOST_PARTS:
        return ()
    seen = see(_pieces(text, cuts))
    kept = [
        cut
        for place, cut in enumerate(cuts)
        if _long_enough(text, cuts, place) and apart(seen[place], seen[place + 1], cut.turn)
    ]
    while kept:
        seen = see(_pieces(text, kept))
        weak = [place for place, cut in enumerate(kept) if not apart(seen[place], seen[place + 1], cut.turn)]
        if not weak:
            break
        del kept[weak[0]]
    parts = [Part(start, end, one) for (start, end), one in zip(_spans(text, kept), seen, strict=True)] if kept else []
    far = [(one, other) for place, one in enumerate(parts) for other in parts[place + 2 :]]
    return tuple(parts) if all(apart(one.seen, other.seen, False) for one, other in far) else ()


def _spans(text: str, cuts: Sequence[Cut]) -> list[tuple[int, int]]:
    places = [0, *(cut.at for cut in cuts), len(text)]
    return list(pairwise(places))


def _pieces(text: str, cuts: Sequence[Cut]) -> list[str]:
    return [text[start:end] for start, end in _spans(text, cuts)]


def _long_enough(text: str, cuts: Sequence[Cut], place: int) -> bool:
    pieces = _pieces(text, cuts)[place : place + 2]
    return all(len(_WORD.findall(piece)) >= FEWEST_WORDS for piece in pieces)
