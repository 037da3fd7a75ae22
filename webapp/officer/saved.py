"""Saved replies: the page where they are kept, and the choice beside the box of an answer."""

from dataclasses import dataclass, replace
from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.exceptions import NotFound

from models.refusals import Refused
from surveys.questions import clean_text
from triage.casework.access import get_case
from triage.casework.details import CaseDetails, get_details
from triage.casework.saved import (
    LONGEST_TITLE,
    LONGEST_WORDS,
    MOST_KEPT,
    PLACES,
    SavedNotFound,
    add_saved,
    change_saved,
    filled,
    get_saved,
    put_after,
    remove_saved,
    saved_for,
)
from triage.casework.viewing import require_reason
from webapp.auth import now, viewer
from webapp.db import page, reader, session
from webapp.errors import http_problem
from webapp.officer import officer
from webapp.officer.due import due_day
from webapp.officer.forms import Typed, as_stored, read_number, read_typed
from webapp.officer.sentences import tell_problem
from webapp.words import _, marked, number

REFUSED = {
    "title_missing": marked("Xin đặt tên để dễ tìm lại."),
    "title_too_long": marked("Tên dài quá {title} chữ cái. Xin đặt gọn hơn."),
    "words_missing": marked("Câu mẫu còn trống. Xin viết vài lời rồi bấm lại."),
    "words_too_long": marked("Câu mẫu dài quá {words} chữ cái. Xin viết gọn lại hoặc tách làm hai câu."),
    "too_many": marked("Đã có đủ {most} câu mẫu. Xin xoá bớt câu không còn dùng rồi thêm câu mới."),
    "unit_is_leaders": marked("Câu mẫu của cả đơn vị do lãnh đạo giữ. Xin bỏ dấu chọn để giữ cho riêng mình."),
}
PLACE_WORDS = {
    "ten_don_vi": marked("tên đơn vị trả lời"),
    "han": marked("ngày đến hạn trả lời"),
    "ma": marked("mã của việc"),
}
"""What each name in braces becomes."""


@dataclass(frozen=True)
class Kept:
    """What the form of a saved reply holds, with what is wrong in it: field (empty: all of it) and sentence."""

    title: str = ""
    text: str = ""
    of_unit: bool = False
    wrong: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Offered:
    """A saved reply beside the box of one case, its places already filled."""

    id: int
    title: str
    of_unit: bool
    words: str


@officer.get("/cau-tra-loi-mau")
def saved() -> Any:
    """The own saved replies, the unit's, and a form for another."""
    return _all(Kept())


@officer.post("/cau-tra-loi-mau")
def add_one() -> Any:
    """Keep another."""
    typed = _typed()
    try:
        add_saved(session(), viewer(), typed.title, typed.text, typed.of_unit, now())
    except Refused as problem:
        session().rollback()
        return _all(_told(typed, problem), status=409)
    return _done("mau-moi")


@officer.get("/cau-tra-loi-mau/<saved_reply>")
def saved_one(saved_reply: str) -> Any:
    """One that this person may change."""
    found = get_saved(session(), viewer(), read_number(saved_reply))
    if not found.changeable:
        raise SavedNotFound(saved_reply)
    return page("officer/saved_one.html", number=found.id, kept=Kept(found.title, found.text, found.of_unit))


@officer.post("/cau-tra-loi-mau/<saved_reply>")
def change_one(saved_reply: str) -> Any:
    """Change or delete it."""
    found, typed = read_number(saved_reply), _typed()
    if request.form.get("viec") == "xoa":
        remove_saved(session(), viewer(), found)
        return _done("mau-xoa")
    try:
        change_saved(session(), viewer(), found, typed.title, typed.text, now())
    except Refused as problem:
        session().rollback()
        kept = replace(_told(typed, problem), of_unit=get_saved(reader(), viewer(), found).of_unit)
        return page("officer/saved_one.html", status=409, number=found, kept=kept)
    return _done("mau-sua")


@officer.post("/viec/<reference>/chen-mau")
def put_in(reference: str) -> Any:
    """The case page with the chosen words after everything typed; stores nothing, so that no draft is lost."""
    typed = read_typed(request.form)
    require_reason(session(), viewer(), get_case(session(), viewer(), reference), now())
    details = get_details(session(), viewer(), reference, now())
    if details.version != typed.version:
        told = tell_problem("changed", "chen-mau")
        return page("officer/case.html", status=409, case=details, typed=typed, problem=told)
    return page("officer/case.html", case=details, typed=with_saved(details, typed, request.form.get("mau", "")))


def begun(details: CaseDetails, chosen: str) -> Typed:
    """What the form of a case shows when it is opened: the answer as stored, and after it the words chosen."""
    return with_saved(details, as_stored(details), chosen)


def with_saved(details: CaseDetails, typed: Typed, chosen: str) -> Typed:
    """What was typed, with the saved reply `chosen` after it; raises SavedNotFound for one that is not offered."""
    if not chosen:
        return typed
    words = filled(get_saved(session(), viewer(), read_number(chosen)).text, _places(details))
    return replace(typed, text=put_after(typed.text, words))


@officer.context_processor
def offered() -> dict[str, Any]:
    """Asked for by the box of an answer alone."""
    return {"saved_replies": _offered}


@officer.errorhandler(SavedNotFound)
def unknown_saved(_problem: SavedNotFound) -> Any:
    """Another's and one that never was answer with the same bytes."""
    return http_problem(NotFound())


def _offered(details: CaseDetails) -> list[Offered]:
    places = _places(details)
    return [Offered(one.id, one.title, one.of_unit, filled(one.text, places)) for one in saved_for(session(), viewer())]


def _places(details: CaseDetails) -> dict[str, str]:
    values = details.unit, due_day(details.due_at), details.reference
    return dict(zip(PLACES, values, strict=True))


def _all(kept: Kept, status: int = 200) -> Any:
    found = saved_for(reader(), viewer())
    return page("officer/saved.html", status=status, found=found, kept=kept, signs=viewer().signs, places=PLACE_WORDS)


def _typed() -> Kept:
    # A title stands on one line of a list.
    title = " ".join(request.form.get("tieu_de", "").split())
    return Kept(clean_text(title), clean_text(request.form.get("loi", "")), "cua_don_vi" in request.form)


def _told(typed: Kept, problem: Refused) -> Kept:
    limits = {"title": number(LONGEST_TITLE), "words": number(LONGEST_WORDS), "most": number(MOST_KEPT)}
    return replace(typed, wrong=problem.field, problem=_(REFUSED[problem.code]).format(**limits))


def _done(code: str) -> Any:
    flash("", code)
    return redirect(url_for("officer.saved"), 303)
