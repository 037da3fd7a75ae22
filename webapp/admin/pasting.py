"""Many people pasted at once: "Họ và tên; chức danh; nữ", one a line; a line that cannot be used says why (pure)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from models.refusals import Refused
from models.tenures import check_name
from surveys.questions import clean_text
from vietnamese.names import GENDER_WORDS, gender_of, name_words
from vietnamese.text import fold, nfc
from webapp.admin.sentences import tell_refused
from webapp.words import _, marked

MOST_LINES = 200
PROBLEMS = {
    "no_title": marked("thiếu chức danh. Xin ghi như “Phạm Thị Mai; Công chức Tư pháp – Hộ tịch; nữ”"),
    "title_unknown": marked("đơn vị chưa có chức danh “{title}”. Xin thêm ở trang Chức danh trước"),
    "title_near": marked("đơn vị chưa có chức danh “{title}”. Có phải “{near}” không?"),
    "gender_unknown": marked("chưa hiểu “{said}”. Xin ghi nam hoặc nữ, hoặc để trống"),
    "too_many_parts": marked("có nhiều hơn ba phần. Xin ngăn bằng dấu chấm phẩy"),
    "twice": marked("trùng với dòng {line}"),
    "there": marked("{name} đã giữ {title} rồi"),
}


@dataclass(frozen=True)
class PastedLine:
    """One line: what was read of it, or what is wrong; `line` counts from 1 as people see it."""

    line: int
    raw: str
    name: str
    title: str
    gender: str
    problem: str


@dataclass(frozen=True)
class Pasted:
    """All lines of one paste."""

    lines: tuple[PastedLine, ...]

    @property
    def good(self) -> bool:
        """Whether every line can be used."""
        return bool(self.lines) and not any(line.problem for line in self.lines)

    @property
    def bad(self) -> tuple[PastedLine, ...]:
        """The lines that must be mended."""
        return tuple(line for line in self.lines if line.problem)


def read_lines(text: str, titles: Sequence[str], held: Mapping[str, Sequence[str]]) -> Pasted:
    """Read a paste against the titles that may be named and who holds each today (title → names).

    A line that names a post and nobody is left out: nobody holds it yet.
    """
    known = {fold(title): title for title in titles}
    taken = {(fold(name), fold(title)): 0 for title, names in held.items() for name in names}
    lines = []
    for number, raw in enumerate(clean_text(text).split("\n"), start=1):
        if raw.strip() and not _names_nobody(raw, known):
            lines.append(_read_line(number, raw.strip(), known, taken))
    return Pasted(tuple(lines))


def _names_nobody(raw: str, known: Mapping[str, str]) -> bool:
    name, title, *more = [fold(part) for part in re.split(r"[;\t]", raw)] + [""]
    return not name and title in known and not any(more)


def _read_line(number: int, raw: str, known: Mapping[str, str], taken: dict[tuple[str, str], int]) -> PastedLine:
    name, title, said, *more = [part.strip() for part in re.split(r"[;\t]", raw)] + [""] * 2
    name = " ".join(name_words(name))
    title = known.get(fold(title), title)
    problem = _problem(name, title, said, any(more), known) or _doubled(name, title, taken)
    taken.setdefault((fold(name), fold(title)), number)
    return PastedLine(number, raw, name, title, gender_of(name, said) or "unknown", problem)


def _problem(name: str, title: str, said: str, more: bool, known: Mapping[str, str]) -> str:
    try:
        check_name(name)
    except Refused as refused:
        return tell_refused(refused).sentence
    if not fold(title):
        return _(PROBLEMS["no_title"])
    if fold(title) not in known:
        near = get_close_matches(fold(title), known, n=1, cutoff=0.6)
        code = "title_near" if near else "title_unknown"
        return _(PROBLEMS[code]).format(title=title, near=known[near[0]] if near else "")
    if said and nfc(said).lower() not in GENDER_WORDS:
        return _(PROBLEMS["gender_unknown"]).format(said=said)
    return _(PROBLEMS["too_many_parts"]) if more else ""


def _doubled(name: str, title: str, taken: Mapping[tuple[str, str], int]) -> str:
    first = taken.get((fold(name), fold(title)))
    if first is None:
        return ""
    return _(PROBLEMS["twice"]).format(line=first) if first else _(PROBLEMS["there"]).format(name=name, title=title)
