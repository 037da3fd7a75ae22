"""Pages of QR codes: made, asked with another questionnaire, retired, printed."""

from typing import Any

from flask import abort, request

from models import AccessCode, CodePurpose, Questionnaire, QuestionnaireStatus, Unit
from models.codes import read_typed_code
from models.refusals import Refused
from surveys.printed_codes import ask_with, make_code, retire_code
from surveys.questionnaires import get_standard_questionnaire, own_questionnaires, standard_questionnaires
from webapp.admin import admin
from webapp.admin.desk import basis_of, check_basis, get_unit, go_on, read_number, status_of, today, typed, undo
from webapp.admin.desk import unit_for_change as for_change
from webapp.admin.registry import codes_of, find_code
from webapp.auth import now
from webapp.db import page, session


@admin.get("/<unit_code>/ma")
def codes(unit_code: str) -> Any:
    """The codes of a unit, living ones first."""
    return _list(unit_code)


@admin.post("/<unit_code>/ma")
def codes_add(unit_code: str) -> Any:
    """A new code for a counter or a suggestion box."""
    unit = for_change(unit_code)
    try:
        purpose = request.form.get("viec", "")
        if purpose not in list(CodePurpose):
            raise Refused("purpose_unknown", "viec")
        asked = _asked(unit) if purpose == CodePurpose.SURVEY else None
        made = make_code(session(), unit, CodePurpose(purpose), typed(request.form, "noi"), asked, now())
    except Refused as refused:
        return _list(unit_code, refused)
    return go_on("code_made", "admin.codes", unit_code=unit_code, _code=made.code, _place=made.place)


@admin.get("/<unit_code>/ma/<code>")
def code(unit_code: str, code: str) -> Any:
    """One code: what it asks, and how to retire it."""
    return _one(unit_code, code)


@admin.post("/<unit_code>/ma/<code>")
def code_change(unit_code: str, code: str) -> Any:
    """Ask with another questionnaire, or retire the code for good."""
    unit = for_change(unit_code)
    chosen = _code(unit, code)
    try:
        check_basis(_basis(chosen))
        if request.form.get("viec") == "ngung":
            if "chac" not in request.form:
                raise Refused("not_sure", "chac")
            retire_code(session(), chosen, now())
            words = {"_code": chosen.code, "_place": chosen.place}
            return go_on("code_retired", "admin.codes", unit_code=unit_code, **words)
        ask_with(session(), unit, chosen, _asked(unit))
    except Refused as refused:
        return _one(unit_code, code, refused)
    return go_on("code_changed", "admin.code", unit_code=unit_code, code=chosen.code)


def askable(unit: Unit) -> list[Questionnaire]:
    """What a code of this unit may ask: the common questionnaire, and its own published versions."""
    own = own_questionnaires(session(), unit)
    published = [asked for asked in own if asked.status is QuestionnaireStatus.PUBLISHED]
    return standard_questionnaires(session())[:1] + published


def _asked(unit: Unit) -> Questionnaire | None:
    raw = request.form.get("phieu", "")
    if raw == "chung":
        return get_standard_questionnaire(session(), now())
    return next((asked for asked in askable(unit) if asked.id == read_number(raw)), None)


def _list(unit_code: str, refused: Refused | None = None) -> Any:
    problem = undo(refused)
    unit = get_unit(unit_code)
    return page(
        "admin/codes.html",
        status=status_of(refused),
        unit=unit,
        codes=codes_of(session(), unit, today()),
        titles={asked.id: asked for asked in standard_questionnaires(session()) + own_questionnaires(session(), unit)},
        askable=askable(unit),
        values=request.form if refused else {"viec": "survey", "phieu": "chung"},
        problem=problem,
    )


def _one(unit_code: str, raw: str, refused: Refused | None = None) -> Any:
    problem = undo(refused)
    unit = get_unit(unit_code)
    chosen = _code(unit, raw)
    known = [asked.id for asked in askable(unit)]
    asked = session().get(Questionnaire, chosen.questionnaire_id) if chosen.questionnaire_id else None
    return page(
        "admin/code.html",
        status=status_of(refused),
        unit=unit,
        code=chosen,
        asked=asked,
        askable=askable(unit) if asked is None or asked.id in known else [asked, *askable(unit)],
        basis=_basis(chosen),
        problem=problem,
    )


def _code(unit: Unit, raw: str) -> AccessCode:
    return find_code(session(), read_typed_code(raw), [unit], today()) or abort(404)


def _basis(code: AccessCode) -> str:
    return basis_of(code.code, code.questionnaire_id, code.retired_at)
