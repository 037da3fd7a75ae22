"""Where one matter of an entry may end and another begin: at a stop, surest where the writer marks it (pure).

People who write of two things often mark the second: "ngoài ra", "còn cái …", "việc thứ hai", "tiện thể", "2. …",
after praise "nhưng". As many only end a sentence. Every such place is tried: what stands before and after it is read,
and whoever asks says how far apart the two are: see docs/decisions/0015-matters.md.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from vietnamese.text import share_marked, strip_marks

FEWEST_WORDS = 5
"""A part of fewer words is no matter of its own."""

MOST_PARTS = 12
"""An entry with more places to cut is a list of one thing, or a long story: it stays whole."""

_UNMARKED = 0.2
"""Share of words with diacritics below which a text counts as typed without them."""

# Said anywhere after a stop, and clear enough to begin a matter after a comma or nothing too.
_CLEAR = r"""
    ngoài\ ra | nhân\ (?:tiện|đây|dịp|lúc|thể)
  | (?:luôn\ |sẵn\ )?tiện\ (?:thể|đây|đó|góp|nói|hỏi|báo|mồm|miệng|cho)
  | tiện\ (?:em|e|tôi|tui|mình|cháu|con)\ (?:xin|hỏi|nói) | luôn\ thể
  | (?:một\ |1\ )?(?:việc|chuyện|điều|điểm|vấn\ đề|ý)\ (?:thứ\ )?(?:hai|ba|tư|bốn|năm|[2-9])
  | (?:một\ |1\ )?(?:việc|chuyện|vấn\ đề)\ (?:này\ )?(?:nữa|khác) | khác\ (?:việc|chuyện)\ (?:đó|này)
  | à\ mà | mặt\ khác
"""
_WHO = r"(?:(?:tôi|tui|em|e|mình|cháu|con|bà\ con|chúng\ tôi|xã|phường)\ )?"
_NEW = rf"""
    (?:à\ |và\ |rồi\ |cũng\ )? (?: {_CLEAR}
  | thứ\ (?:hai|ba|tư|năm|[2-9]) | (?:hai|ba|bốn|năm|[2-9])(?:\ là\b|(?=[,:.)/]))
  | (?:một\ |1\ |có\ )?(?:điều|điểm|ý|câu|cái)\ (?:này\ )?(?:nữa|khác) | còn\ nữa
  | thêm\ (?:nữa|cái|một|chuyện|việc) | lại\ (?:nữa|thêm|chuyện) | hơn\ nữa | chưa\ kể | kế\ đến | tiếp\ (?:theo|đến)
  | bên\ cạnh | đồng\ thời | ngoài\ (?:chuyện|việc|vụ|nội\ dung)
  | (?:(?:chuyển|quay)\ )?(?:sang|qua)\ (?:chuyện|việc|mục|phần)
  | sẵn\ (?:đây|tiện|nói|cho|hỏi|thể) | (?:với|vs)\ (?:lại|cả|ca) | v\ cả
  | riêng | {_WHO}cũng\ (?:xin|mong|muốn|nên|cảm|cám|góp|phải\ khen|phản\ ánh)
  | (?:tôi|tui|em|e|mình)\ còn\ (?:xin|mong|muốn)
  | (?:xin\ (?:được\ )?|cho\ )?{_WHO}(?:hỏi|nói|phản\ ánh|trình\ bày|báo)\ (?:thêm|luôn|lun)
  | (?:à|rồi|mà)\ (?:xin|cho)\ {_WHO}hỏi | à\ (?:em|tôi|tui|mình|quên) | {_WHO}góp\ ý\ (?:thêm|luôn|nhỏ)
  | nếu\ được | nay\ xin | xin\ thêm | về(?!\ (?:đến|tới|nhà|đây|lại)\b) | CÒN )
"""
_CON = r"còn(?!\ (?:lại|thì|nhớ|em|tôi|cháu)\b)"
# Without marks it is a child more often than not, but not before these words.
_BARE_CON = r"con\ (?:cai|chuyen|viec|vu|ve|phan)"
_TURN = r"""
    nhưng(?:\ mà)? (?!\ (?:cũng\ )?chính\ vì) | thế\ nhưng | tuy\ nhiên | song | (?:chỉ\ )?có\ (?:điều|điểm|một\ điểm)
  | chỉ\ (?:tội|xin|mong|tiếc|buồn) | (?:mỗi\ )?tội\ là | mỗi\ tội | tội\ cái | tiếc\ là | phải\ cái | ngặt\ nỗi
  | duy(?:\ có|\ chỉ)? | giá\ mà | xin\ góp | góp\ (?:thêm|ý)
"""
_STOP = re.compile(r"[.!?;…]+[\"”’')\]]*\s+|\n\s*")
_LIGHT = re.compile(r",\s*|\s+")
_ITEM = re.compile(r"(?<=\n)\s*[+\-–•*]")
_NUMBER = re.compile(r"(?:^|[\n.!?;:,]\s*)\(?\d{1,2}[.)/]\s+$")
"""A number of a list: the stop after it ends nothing."""
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
    """A place where a matter may begin: `marked` where the writer says so, `turn` where a mark turns, as "nhưng"."""

    at: int
    marked: bool
    turn: bool


def find_cuts(text: str) -> tuple[Cut, ...]:
    """The places of `text` (NFC) where a matter may begin, in order; none at its very beginning."""
    marks, lower = (_BARE, strip_marks(text.lower())) if share_marked(text) < _UNMARKED else (_MARKED, text.lower())
    if len(lower) != len(text):  # a letter of another language that grows in lower case
        return ()
    stops = [
        match.end() for match in _STOP.finditer(text) if not _NUMBER.search(text[max(0, match.end() - 8) : match.end()])
    ]
    found: dict[int, Cut] = {}
    covered = 0  # where the last mark after a stop ends
    for at in stops:
        start = _opened(lower, at)
        new = marks.new.match(lower, start) or _ITEM.match(text, at)
        covered = new.end() if new else covered
        found[at] = Cut(at, bool(new), not new and bool(marks.turn.match(lower, start)))
    for match in _LIGHT.finditer(text):
        comma, at = match.group().startswith(","), match.end()
        # Where nobody sets stops, a clear mark is one.
        if at >= covered and marks.clear.match(lower, at) and (comma or len(stops) < 2):
            found.setdefault(at, Cut(at, True, False))
        elif comma and marks.turn.match(lower, at):
            found.setdefault(at, Cut(at, False, True))
    return tuple(found[at] for at in sorted(found) if 0 < at < len(text))


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


See = Callable[[Sequence[str]], Sequence[Seen]]
"""Reads parts, some at a time."""

Apart = Callable[[Seen, Seen, Seen, Cut], float]
"""How far apart what stands before and after a cut is, given the whole of both; 0 or less: it may be one matter."""


def divide(text: str, whole: Seen, cuts: Sequence[Cut], see: See[Seen], apart: Apart[Seen]) -> tuple[Part[Seen], ...]:
    """The parts of `text` (NFC), which together are all of it: one where nothing is apart.

    `whole` is what was seen in all of it. The farthest cut is made first, then each side is tried likewise.
    """
    part = Part(0, len(text), whole)
    return _divided(text, part, cuts, see, apart) if len(cuts) < MOST_PARTS else (part,)


def _divided(
    text: str, part: Part[Seen], cuts: Sequence[Cut], see: See[Seen], apart: Apart[Seen]
) -> tuple[Part[Seen], ...]:
    inner = [cut for cut in cuts if part.start < cut.at < part.end]
    halves = [(cut, text[part.start : cut.at], text[cut.at : part.end]) for cut in inner]
    halves = [(cut, one, other) for cut, one, other in halves if _is_long_enough(one) and _is_long_enough(other)]
    if not halves:
        return (part,)
    seen = see([half for _, one, other in halves for half in (one, other)])
    tried = [
        (apart(part.seen, before, after, cut), Part(part.start, cut.at, before), Part(cut.at, part.end, after))
        for (cut, _, _), before, after in zip(halves, seen[::2], seen[1::2], strict=True)
    ]
    far, left, right = max(tried, key=lambda one: one[0])
    return (
        tuple(one for side in (left, right) for one in _divided(text, side, cuts, see, apart)) if far > 0 else (part,)
    )


def _is_long_enough(part: str) -> bool:
    return len(_WORD.findall(part)) >= FEWEST_WORDS
