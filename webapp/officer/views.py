"""Pages of officers and leaders. A view parses, calls one verb, renders."""

from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.exceptions import NotFound

from surveys.questions import clean_text
from triage.casework import acts
from triage.casework.access import CaseNotFound, get_case
from triage.casework.acts import ChangedMeanwhile, NotAllowed
from triage.casework.details import get_details, was_just_done
from triage.casework.verifying import invitations_of, make_statement
from triage.casework.viewing import ReasonNeeded, open_restricted, require_reason
from triage.reading.labels import KINDS, TOPICS
from webapp.auth import current_account, now, viewer
from webapp.db import page, reader, session
from webapp.errors import http_problem
from webapp.officer import officer
from webapp.officer.due import due_day, due_words
from webapp.officer.forms import LONGEST_NOTE, LONGEST_REPLY, Typed, as_stored, read_typed
from webapp.officer.presses import PRESSES, is_visible
from webapp.officer.reasons import kind_words, reading_sentences, topic_words, why_sentences, why_short
from webapp.officer.saved import begun
from webapp.officer.sentences import (
    FILTERS,
    HEAPS,
    LOOKS,
    OTHER_LOOK,
    certainty,
    state_words,
    sureness,
    tell_history,
    tell_notice,
    tell_problem,
)
from webapp.words import _


@officer.get("/viec/<reference>")
def case(reference: str) -> Any:
    """One case with its acts; a restricted one only after its reader said why."""
    require_reason(session(), viewer(), get_case(session(), viewer(), reference), now())
    details = get_details(session(), viewer(), reference, now())
    return page("officer/case.html", case=details, typed=begun(details, request.args.get("mau", "")))


@officer.post("/viec/<reference>/mo")
def open_restricted_case(reference: str) -> Any:
    """Open a restricted case: the reason is recorded first, the text shown after."""
    chosen, words = request.form.get("ly_do", ""), clean_text(request.form.get("noi_ro", ""))[:LONGEST_NOTE]
    taken = acts.take(session(), viewer(), reference)
    if chosen not in LOOKS or (chosen == OTHER_LOOK and not words):
        return _ask_why(reference, asked=True, words=words, chosen=chosen)
    open_restricted(session(), viewer(), taken, ": ".join(filter(None, (_(LOOKS[chosen]), words))), now())
    return redirect(url_for("officer.case", reference=reference), 303)


@officer.post("/viec/<reference>/xac-nhan", defaults={"press": "xac-nhan"})
@officer.post("/viec/<reference>/luu-nhap", defaults={"press": "luu-nhap"})
@officer.post("/viec/<reference>/trinh", defaults={"press": "trinh"})
@officer.post("/viec/<reference>/ky", defaults={"press": "ky"})
@officer.post("/viec/<reference>/tra-lai", defaults={"press": "tra-lai"})
@officer.post("/viec/<reference>/chuyen", defaults={"press": "chuyen"})
@officer.post("/viec/<reference>/luu-lai", defaults={"press": "luu-lai"})
@officer.post("/viec/<reference>/mot-viec", defaults={"press": "mot-viec"})
@officer.post("/viec/<reference>/la-rac", defaults={"press": "la-rac"})
@officer.post("/viec/<reference>/khong-la-rac", defaults={"press": "khong-la-rac"})
@officer.post("/viec/<reference>/nang-loi", defaults={"press": "nang-loi"})
@officer.post("/viec/<reference>/khong-nang-loi", defaults={"press": "khong-nang-loi"})
@officer.post("/viec/<reference>/sang-noi-khac", defaults={"press": "sang-noi-khac"})
@officer.post("/viec/<reference>/gop", defaults={"press": "gop"})
@officer.post("/viec/<reference>/tach", defaults={"press": "tach"})
@officer.post("/viec/<reference>/xin-thoi", defaults={"press": "xin-thoi"})
@officer.post("/viec/<reference>/gia-han", defaults={"press": "gia-han"})
@officer.post("/viec/<reference>/cho-nguoi-gui", defaults={"press": "cho-nguoi-gui"})
@officer.post("/viec/<reference>/tinh-tiep", defaults={"press": "tinh-tiep"})
@officer.post("/viec/<reference>/ket-luan", defaults={"press": "ket-luan"})
@officer.post("/viec/<reference>/moi-trinh-bay", defaults={"press": "moi-trinh-bay"})
@officer.post("/viec/<reference>/dong-y-rut", defaults={"press": "dong-y-rut"})
@officer.post("/viec/<reference>/mo-lai", defaults={"press": "mo-lai"})
def act(reference: str, press: str) -> Any:
    """One button of the case page."""
    typed = read_typed(request.form)
    try:
        taken = acts.take(session(), viewer(), reference, typed.version)
        require_reason(session(), viewer(), taken, now())
        typed.check_length()
        PRESSES[press].verb(session(), viewer(), taken, typed, now())
    except (NotAllowed, ChangedMeanwhile) as problem:
        session().rollback()
        return _not_done(reference, press, typed, problem)
    return _done(reference, press, typed, is_visible(session(), viewer(), reference))


@officer.post("/viec/<reference>/lien-he")
def contact(reference: str) -> Any:
    """How to reach the sender. Shown by a POST, because every look is recorded."""
    typed = read_typed(request.form)
    try:
        taken = acts.take(session(), viewer(), reference, typed.version)
        require_reason(session(), viewer(), taken, now())
        found = acts.open_contact(session(), viewer(), taken, now())
    except (NotAllowed, ChangedMeanwhile) as problem:
        session().rollback()
        return _not_done(reference, "lien-he", typed, problem)
    details = get_details(session(), viewer(), reference, now())
    return page("officer/case.html", case=details, typed=typed, contact=found, looked=True)


@officer.get("/trinh-bay")
def invitations() -> Any:
    """What a leader told this officer of an accusation that was proved false, to be answered."""
    return page("officer/invitations.html", invitations=invitations_of(session(), current_account()))


@officer.post("/trinh-bay/<invitation>")
def answer_invitation(invitation: str) -> Any:
    """Keep the officer's answer."""
    text = clean_text(request.form.get("text", ""))[:LONGEST_REPLY]
    try:
        make_statement(session(), current_account(), invitation, text, now())
    except NotAllowed as problem:
        session().rollback()
        shown, told = invitations_of(reader(), current_account()), tell_problem(str(problem), "trinh-bay")
        return page(
            "officer/invitations.html", status=409, invitations=shown, problem=told, wrong=invitation, text=text
        )
    flash("", "trinh-bay")
    return redirect(url_for("officer.invitations"), 303)


@officer.context_processor
def words() -> dict[str, Any]:
    """What the officers' templates speak with."""
    return {
        "KINDS": KINDS, "TOPICS": TOPICS, "HEAPS": HEAPS, "FILTERS": FILTERS, "kind_label": kind_words,
        "topic_label": topic_words, "state_words": state_words, "tell_notice": tell_notice,
        "tell_history": tell_history, "certainty": certainty, "sureness": sureness, "why_short": why_short,
        "why_sentences": why_sentences, "reading_sentences": reading_sentences, "due_day": due_day,
        "due_of": lambda shown: due_words(shown.standing, shown.due_at, now(), shown.calendar),
    }  # fmt: skip


@officer.errorhandler(CaseNotFound)
def unknown_case(_problem: CaseNotFound) -> Any:
    """A forbidden case and one that never was answer with the same bytes."""
    return http_problem(NotFound())


@officer.errorhandler(ReasonNeeded)
def reason_needed(problem: ReasonNeeded) -> Any:
    """Ask why, before anything restricted is shown; what was typed is kept on the page."""
    return _ask_why(str(problem), kept=clean_text(request.form.get("text", "")))


def _ask_why(reference: str, asked: bool = False, words: str = "", chosen: str = "", kept: str = "") -> Any:
    status = 400 if asked else 409 if kept else 200
    return page("officer/why.html", status=status, reference=reference, looks=LOOKS, other=OTHER_LOOK, asked=asked,
                words=words, chosen=chosen, kept=kept)  # fmt: skip


def _done(reference: str, press: str, typed: Typed, visible: bool) -> Any:
    moved = PRESSES[press].stays and not visible
    if moved and typed.text:
        return page("officer/moved.html", reference=reference, typed=typed)
    flash(reference, "moved" if moved else press)
    if PRESSES[press].stays and visible:
        return redirect(url_for("officer.case", reference=reference), 303)
    return redirect(url_for("officer.inbox"), 303)


def _not_done(reference: str, press: str, typed: Typed, problem: Exception) -> Any:
    """The page again with everything typed; or the way on, when the same press had already worked."""
    details = get_details(reader(), viewer(), reference, now())
    code = "changed" if isinstance(problem, ChangedMeanwhile) else str(problem)
    stored = as_stored(details)
    same = typed.text in ("", stored.text) and typed.labels in (None, details.labels)
    again = code == "changed" and same and press in PRESSES
    if again and was_just_done(reader(), viewer(), reference, PRESSES[press].acts):
        return _done(reference, press, typed, visible=True)
    told = tell_problem(code, press)
    return page("officer/case.html", status=409, case=details, typed=typed, problem=told, press=press)
