"""Pages of questionnaires: a commune's own versions, drafted, looked at as citizens see them, published, retired."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, request

from models import Questionnaire, QuestionnaireStatus, Unit
from models.refusals import Refused
from surveys.composing import (
    LONGEST_WORDING,
    MOST_ITEMS,
    MOST_OWN_ITEMS,
    BadItem,
    Item,
    asks_field,
    compose,
    items_of,
    own_item,
    standard_items,
)
from surveys.questionnaires import (
    NotADraft,
    change_draft,
    discard_draft,
    document_digest,
    get_standard_questionnaire,
    new_own_draft,
    own_questionnaires,
    publish_questionnaire,
    retire_questionnaire,
    standard_questionnaires,
)
from surveys.questions import LEVELS, NOT_APPLICABLE, Question, read_document
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
from webapp.admin.registry import codes_of
from webapp.auth import now
from webapp.db import page, session
from webapp.words import marked

LONGEST_TITLE = 120
_MOST = {"wording_long": LONGEST_WORDING, "too_many_own": MOST_OWN_ITEMS, "too_many": MOST_ITEMS}


@dataclass(frozen=True)
class Preview:
    """A questionnaire as the citizens' macros show it: empty."""

    questions: tuple[Question, ...]
    values: Mapping[str, str]
    problems: Mapping[str, str]

    def of_kind(self, kind: str) -> list[Question]:
        """Questions of one kind, in order."""
        return [question for question in self.questions if question.kind == kind]

    @property
    def levels(self) -> Mapping[str, str]:
        """The five levels, worst first."""
        return {str(level): words for level, words in LEVELS.items()}

    @property
    def item_levels(self) -> Mapping[str, str]:
        """What one item can be answered with."""
        return {**self.levels, NOT_APPLICABLE: marked("Không áp dụng")}


@admin.get("/<unit_code>/phieu")
def questionnaires(unit_code: str) -> Any:
    """The common questionnaire and the unit's own versions with their state."""
    return _list(unit_code)


@admin.post("/<unit_code>/phieu")
def questionnaires_add(unit_code: str) -> Any:
    """A new draft, copied from the common questionnaire or from an own version."""
    unit = unit_for_change(unit_code)
    try:
        own = {q.id: q for q in own_questionnaires(session(), unit)}
        basis = own.get(read_number(request.form.get("tu", ""))) or get_standard_questionnaire(session(), now())
        draft = new_own_draft(session(), unit, basis)
    except Refused as refused:
        return _list(unit_code, refused)
    return go_on("draft_made", "admin.questionnaire", unit_code=unit_code, number=draft.id)


@admin.get("/<unit_code>/phieu/<number>")
def questionnaire(unit_code: str, number: str) -> Any:
    """One version: a draft to edit, or a published one to read, use and retire."""
    return _one(unit_code, number)


@admin.post("/<unit_code>/phieu/<number>")
def questionnaire_change(unit_code: str, number: str) -> Any:
    """One act on a version; `viec` names it, with the item's key after a colon where it is about one."""
    unit = unit_for_change(unit_code)
    chosen = _own(unit, number)
    act, _colon, key = request.form.get("viec", "luu").partition(":")
    try:
        check_basis(_basis(chosen))
        return _act(unit_code, chosen, act, key)
    except NotADraft:
        return _one(unit_code, number, Refused("not_a_draft"))
    except BadItem as bad:
        return _one(unit_code, number, Refused(str(bad), "moi", most=_MOST.get(str(bad), 0)))
    except Refused as refused:
        return _one(unit_code, number, refused)


@admin.get("/<unit_code>/phieu/<number>/xem")
def preview(unit_code: str, number: str) -> Any:
    """A version as citizens see it; the common one too."""
    unit = get_unit(unit_code)
    common = {q.id: q for q in standard_questionnaires(session())}
    shown = common.get(read_number(number)) or _own(unit, number)
    form = Preview(read_document(shown.document), {}, {})
    return page("admin/preview.html", unit=unit, questionnaire=shown, form=form)


def read_items(form: Mapping[str, str], keys: list[str], known: Mapping[str, Item]) -> list[Item]:
    """The items of an editing form in its order: standard ones that stay ticked, own ones with their words."""
    items = []
    for key in keys:
        if known[key].own:
            wording = typed(form, f"loi-{key}")
            items += [own_item(wording)] if wording else []
        elif f"hoi-{key}" in form:
            items.append(known[key])
    return items


def moved(items: list[Item], key: str, by: int) -> list[Item]:
    """The items with one of them moved up (-1) or down (1); at an end it stays."""
    places = [place for place, item in enumerate(items) if item.key == key]
    if not places or not 0 <= places[0] + by < len(items):
        return items
    items.insert(places[0] + by, items.pop(places[0]))
    return items


def _act(unit_code: str, chosen: Questionnaire, act: str, key: str) -> Any:
    here = {"unit_code": unit_code, "number": str(chosen.id)}
    if act == "bo":
        discard_draft(session(), chosen)
        return go_on("draft_discarded", "admin.questionnaires", unit_code=unit_code)
    if act == "ngung":
        retire_questionnaire(session(), chosen, now())
        return go_on("questionnaire_retired", "admin.questionnaires", unit_code=unit_code, _version=chosen.version)
    _store(chosen, act, key)
    if act == "ban_hanh":
        if "chac" not in request.form:
            raise Refused("not_sure", "chac")
        publish_questionnaire(session(), chosen, now())
        return go_on("published", "admin.questionnaire", **here, _version=chosen.version)
    return go_on("draft_saved", "admin.questionnaire", **here, _anchor="cau-hoi")


def _store(chosen: Questionnaire, act: str, key: str) -> None:
    title = typed(request.form, "ten")
    if len(title) > LONGEST_TITLE:
        raise Refused("too_long", "ten", most=LONGEST_TITLE)
    known = _known(chosen)
    keys = [item for item in dict.fromkeys(request.form.getlist("thu_tu")) if item in known]
    items = read_items(request.form, keys, known)
    if act in ("len", "xuong"):
        items = moved(items, key, -1 if act == "len" else 1)
    if act == "them" or typed(request.form, "moi"):
        items.append(own_item(typed(request.form, "moi")))
    change_draft(session(), chosen, title, compose(items, "linh_vuc" in request.form))


def _known(chosen: Questionnaire) -> dict[str, Item]:
    return {item.key: item for item in (*standard_items(), *items_of(chosen.document))}


def _list(unit_code: str, refused: Refused | None = None) -> Any:
    problem = undo(refused)
    unit = get_unit(unit_code)
    own = own_questionnaires(session(), unit)
    used: dict[int | None, list[str]] = {}
    for code in codes_of(session(), unit, today()):
        if code.retired_at is None:
            used.setdefault(code.questionnaire_id, []).append(code.place)
    return page(
        "admin/questionnaires.html",
        status=status_of(refused),
        unit=unit,
        common=standard_questionnaires(session())[:1],
        own=own,
        draft=next((q for q in own if q.status is QuestionnaireStatus.DRAFT), None),
        used=used,
        problem=problem,
    )


def _one(unit_code: str, number: str, refused: Refused | None = None) -> Any:
    problem = undo(refused)
    unit = get_unit(unit_code)
    chosen = _own(unit, number)
    asked = items_of(chosen.document)
    left = [item for item in standard_items() if item not in asked]
    codes = [
        code
        for code in codes_of(session(), unit, today())
        if code.questionnaire_id == chosen.id and not code.retired_at
    ]
    keep = refused is not None and refused.code not in ("changed_meanwhile", "not_a_draft")
    return page(
        "admin/questionnaire.html",
        status=status_of(refused),
        unit=unit,
        questionnaire=chosen,
        asked=asked,
        left=left,
        with_field=asks_field(chosen.document),
        codes=codes,
        typed=request.form if keep else None,
        most_own=MOST_OWN_ITEMS,
        most=MOST_ITEMS,
        basis=_basis(chosen),
        problem=problem,
    )


def _own(unit: Unit, raw: str) -> Questionnaire:
    found = session().get(Questionnaire, read_number(raw))
    return found if found is not None and found.unit_id == unit.id else abort(404)


def _basis(chosen: Questionnaire) -> str:
    return basis_of(chosen.id, chosen.status, chosen.title, document_digest(chosen.document))
