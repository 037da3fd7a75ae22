"""Pages of people: the list, one more person, many pasted at once."""

from collections.abc import Mapping
from typing import Any

from flask import request

from models import Post, Unit
from models.refusals import Refused
from models.rosters import add_standard_post
from models.tenures import add_person, person_named, take_post
from surveys.questions import clean_text
from vietnamese.text import fold
from webapp.admin import admin
from webapp.admin.desk import get_unit, go_on, read_day, read_number, status_of, today, typed, undo, unit_for_change
from webapp.admin.inviting import uninvited
from webapp.admin.pasting import MOST_LINES, Pasted, read_lines
from webapp.admin.registry import PostLine, addable_posts, posts_of, unheld
from webapp.admin.staff import people_of, post_of
from webapp.auth import now
from webapp.db import page, session
from webapp.words import day

LONGEST_PHONE = 40


@admin.get("/<unit_code>/nguoi")
def people(unit_code: str) -> Any:
    """Who serves the unit, with the posts held today and how far the invitation is."""
    return _list(unit_code)


@admin.post("/<unit_code>/nguoi")
def people_add(unit_code: str) -> Any:
    """One more person, in one form with the post."""
    unit = unit_for_change(unit_code)
    try:
        chosen = chosen_post(unit, request.form)
        first = read_day(request.form, "tu")
        officer = add_person(session(), unit, *read_person(request.form))
        if first:
            take_post(session(), officer, chosen, first)
    except Refused as refused:
        return _list(unit_code, refused)
    return go_on("person_added", "admin.person", unit_code=unit_code, person=officer.id, _name=officer.full_name)


@admin.get("/<unit_code>/nguoi/dan")
def paste(unit_code: str) -> Any:
    """Where a list of people is pasted."""
    return _paste(unit_code)


@admin.post("/<unit_code>/nguoi/dan")
def paste_read(unit_code: str) -> Any:
    """Show what was read of a paste; store it only when asked, and only when every line is good."""
    unit = unit_for_change(unit_code)
    pasted = Pasted(())
    try:
        first = read_day(request.form, "tu")
        pasted = _read(unit)
        if request.form.get("viec") != "luu" or first is None:
            return _paste(unit_code, pasted=pasted)
        posts = _posts_named(unit, [line.title for line in pasted.lines])
        for line in pasted.lines:
            officer = person_named(session(), unit, line.name, line.gender)
            take_post(session(), officer, posts[line.title], first)
    except Refused as refused:
        return _paste(unit_code, refused, pasted)
    return go_on("people_added", "admin.people", unit_code=unit_code, _count=len(pasted.lines))


def read_person(form: Mapping[str, str]) -> tuple[str, str, str]:
    """Name, gender and telephone as typed; raises Refused for a telephone that is none."""
    phone = typed(form, "dien_thoai")
    if len(phone) > LONGEST_PHONE or any(c not in "+0123456789 .()-" for c in phone):
        raise Refused("phone_odd", "dien_thoai")
    return typed(form, "ten"), form.get("gioi", "unknown"), phone


def chosen_post(unit: Unit, form: Mapping[str, str]) -> Post:
    """The post of a select; raises Refused when none was chosen."""
    chosen = post_of(session(), unit, read_number(form.get("chuc_danh", "")))
    if chosen is None:
        raise Refused("post_unknown", "chuc_danh")
    return chosen


def _posts_named(unit: Unit, titles: list[str]) -> dict[str, Post]:
    """Title → post; a standard post that the unit does not have yet is added with its first holder."""
    there = {line.title: session().get_one(Post, line.id) for line in posts_of(session(), unit, today())}
    for post in addable_posts(unit, posts_of(session(), unit, today())):
        if post.title in titles:
            there[post.title] = add_standard_post(session(), unit, post.code)
    return there


def _read(unit: Unit) -> Pasted:
    lines = posts_of(session(), unit, today())
    text = request.form.get("danh_sach", "")
    if not fold(clean_text(text)):
        raise Refused("nothing_pasted", "danh_sach")
    if len(clean_text(text).split("\n")) > MOST_LINES:
        raise Refused("too_many_lines", "danh_sach", most=MOST_LINES)
    held = {line.title: [holder.name for holder in line.holders] for line in lines}
    pasted = read_lines(text, [*held, *(post.title for post in addable_posts(unit, lines))], held)
    if not pasted.lines:
        raise Refused("nothing_pasted", "danh_sach")
    if request.form.get("viec") == "luu" and not pasted.good:
        raise Refused("lines_bad", "danh_sach")
    return pasted


def _unheld(unit: Unit, lines: list[PostLine]) -> str:
    """The lines a paste begins with: posts that work goes to and nobody holds, names to be typed in front."""
    return "".join(f"; {title}\n" for title in unheld(session(), unit, lines).values())


def _list(unit_code: str, refused: Refused | None = None) -> Any:
    problem = undo(refused)
    unit = get_unit(unit_code)
    everybody = people_of(session(), unit, now(), today())
    return page(
        "admin/people.html",
        status=status_of(refused),
        unit=unit,
        serving=[line for line in everybody if line.serves],
        uninvited=uninvited(everybody),
        waiting=uninvited(everybody, again=True),
        gone=[line for line in everybody if not line.serves],
        posts=posts_of(session(), unit, today()),
        values=request.form if refused else {"tu": day(today()), "chuc_danh": request.args.get("chuc_danh", "")},
        problem=problem,
    )


def _paste(unit_code: str, refused: Refused | None = None, pasted: Pasted | None = None) -> Any:
    problem = undo(refused)
    unit = get_unit(unit_code)
    lines = posts_of(session(), unit, today())
    return page(
        "admin/paste.html",
        status=status_of(refused),
        unit=unit,
        titles=[line.title for line in lines],
        addable=[post.title for post in addable_posts(unit, lines)],
        values=request.form if request.form else {"tu": day(today()), "danh_sach": _unheld(unit, lines)},
        pasted=pasted,
        problem=problem,
    )
