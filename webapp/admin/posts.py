"""Pages of posts: which offices answer in this unit."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask import abort, request
from sqlalchemy.orm import Session

from models import Department, Post, Unit
from models.refusals import Refused
from models.rosters import (
    LONGEST_TITLE,
    add_own_post,
    add_standard_post,
    change_post,
    is_unused,
    remove_post,
    standard_posts,
)
from models.standard_posts import StandardPost
from webapp.admin import admin
from webapp.admin.desk import (
    basis_of,
    check_basis,
    get_unit,
    go_on,
    read_number,
    status_of,
    today,
    typed,
    undo,
    unit_for_change,
)
from webapp.admin.registry import posts_of
from webapp.admin.staff import post_of
from webapp.db import page, session

ESSENTIAL = frozenset({
    "chairperson", "vice_chairperson", "public_service_center_director", "office_chief", "justice_officer",
    "reception_clerk", "restricted_intake", "economy_department_head", "culture_social_department_head",
    "commune_police_chief", "superior_handler",
})  # fmt: skip
"""Posts that the routing table or the rules name: ticked beforehand while they are missing."""


@admin.get("/<unit_code>/chuc-danh")
def posts(unit_code: str) -> Any:
    """The posts of a unit, and those to add."""
    return _list(unit_code)


@admin.post("/<unit_code>/chuc-danh")
def posts_add(unit_code: str) -> Any:
    """Add standard posts, or one of the unit's own."""
    unit = unit_for_change(unit_code)
    try:
        added = _add(unit)
    except Refused as refused:
        return _list(unit_code, refused)
    return go_on("post_added", "admin.posts", unit_code=unit_code, _title=", ".join(post.title for post in added))


@admin.get("/<unit_code>/chuc-danh/<post>")
def post(unit_code: str, post: str) -> Any:
    """One post, to change."""
    return _one(unit_code, post)


@admin.post("/<unit_code>/chuc-danh/<post>")
def post_change(unit_code: str, post: str) -> Any:
    """Store the changed post, or take it away while it is unused."""
    unit = unit_for_change(unit_code)
    chosen = _post(unit, post)
    title = chosen.title
    try:
        check_basis(basis_of(*_shown(chosen)))
        if request.form.get("viec") == "bo":
            remove_post(session(), chosen)
            return go_on("post_removed", "admin.posts", unit_code=unit_code, _title=title)
        wanted = read_post(request.form)
        if _differs(chosen, wanted):
            change_post(session(), unit, chosen, wanted)
    except Refused as refused:
        return _one(unit_code, post, refused)
    return go_on("post_saved", "admin.posts", unit_code=unit_code, _title=wanted.title)


def read_post(form: Mapping[str, str]) -> StandardPost:
    """A post as typed; raises Refused for one that is too long."""
    title, department = typed(form, "ten"), typed(form, "phong")
    for name, value in (("ten", title), ("phong", department)):
        if len(value) > LONGEST_TITLE:
            raise Refused("too_long", name, most=LONGEST_TITLE)
    return StandardPost("", title, department, signs="ky" in form, heads="dung_dau" in form)


def _add(unit: Unit) -> list[Post]:
    if request.form.get("viec") == "rieng":
        return [add_own_post(session(), unit, read_post(request.form))]
    codes = request.form.getlist("mau")
    if not codes:
        raise Refused("post_unknown", "mau")
    return [add_standard_post(session(), unit, code) for code in dict.fromkeys(codes)]


def _list(unit_code: str, refused: Refused | None = None) -> Any:
    own = request.form.get("viec") == "rieng"
    problem = undo(refused, "rieng-" if own else "")
    unit = get_unit(unit_code)
    lines = posts_of(session(), unit, today())
    there = {line.code for line in lines}
    return page(
        "admin/posts.html",
        status=status_of(refused),
        unit=unit,
        posts=lines,
        missing=[post for post in standard_posts(unit) if post.code not in there],
        ticked=set(request.form.getlist("mau")) if refused else ESSENTIAL,
        departments=_departments(session(), unit),
        values=request.form if refused and own else {},
        problem=problem,
    )


def _one(unit_code: str, post: str, refused: Refused | None = None) -> Any:
    problem = undo(refused)
    unit = get_unit(unit_code)
    chosen = _post(unit, post)
    keep_typed = refused is not None and refused.code != "changed_meanwhile"
    return page(
        "admin/post.html",
        status=status_of(refused),
        unit=unit,
        title=chosen.title,
        values=request.form if keep_typed else _as_form(chosen),
        meant=request.form if refused else {},
        basis=basis_of(*_shown(chosen)),
        unused=is_unused(session(), chosen),
        departments=_departments(session(), unit),
        problem=problem,
    )


def _post(unit: Unit, raw: str) -> Post:
    return post_of(session(), unit, read_number(raw)) or abort(404)


def _shown(post: Post) -> tuple[object, ...]:
    return post.id, post.title, post.department.name if post.department else "", post.signs, post.heads


def _differs(post: Post, wanted: StandardPost) -> bool:
    # Storing what is there already would make every case be held against the people once more.
    return _shown(post)[1:] != (wanted.title, wanted.department, wanted.signs, wanted.heads)


def _as_form(post: Post) -> dict[str, str]:
    department = post.department.name if post.department else ""
    flags = {name: "on" for name, is_set in (("ky", post.signs), ("dung_dau", post.heads)) if is_set}
    return {"ten": post.title, "phong": department, **flags}


def _departments(session: Session, unit: Unit) -> list[str]:
    return list(session.scalars(sa.select(Department.name).where(Department.unit_id == unit.id).order_by("name")))
