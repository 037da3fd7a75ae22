"""One's own account, for everybody who is signed in: where one is signed in, the password, the second factor."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_login import current_user

from models import Account, SignIn
from vietnamese.calendar import local_day
from webapp import second_factors, sign_ins
from webapp.auth import begun_after, current_account, enter, guard, now, prove_password, start_page
from webapp.db import database, page, session
from webapp.forms import PasswordForm, ProofForm
from webapp.passwords import hash_password, why_weak
from webapp.second_step import WRONG_PASSWORD
from webapp.words import _

account = Blueprint("account", __name__, url_prefix="/tai-khoan")
guard(account, None)


@dataclass(frozen=True)
class Place:
    """A session as its owner sees it."""

    mark: str
    device: str
    since: datetime
    seen: datetime
    here: bool


@account.get("/")
def places() -> Any:
    """Where one is signed in, and where one was."""
    mine = current_account()
    return page(
        "account/places.html",
        living=[_place(found) for found in sign_ins.living(session(), mine, begun_after())],
        over=[_place(found) for found in sign_ins.over(session(), mine, begun_after())],
    )


@account.post("/ket-thuc")
def end_places() -> Any:
    """End one session by its mark, or all but this one."""
    mark = request.form.get("noi", "")
    if mark == "khac":
        sign_ins.end_others(session(), current_user.sign_in, now())
        flash(_("Đã đăng xuất ở mọi nơi khác."), "done")
    else:
        sign_ins.end(session(), current_account().id, mark, now())
        flash(_("Đã đăng xuất ở nơi đó."), "done")
    return redirect(url_for("account.places"), 303)


@account.get("/mat-khau")
def password() -> Any:
    """The form for another password."""
    return _password_page(PasswordForm())


@account.post("/mat-khau")
def password_change() -> Any:
    """Another password in place of the present one; every other session ends."""
    if current_account().demonstration:
        abort(403)
    form = PasswordForm(request.form)
    if not form.validate():
        return _password_page(form, 422)
    weak = why_weak(form.chosen.data, current_account().username)
    if weak:
        form.chosen.errors = [weak]
        return _password_page(form, 422)
    hashed = hash_password(form.chosen.data)
    if not prove_password(form.password.data):
        form.password.errors = [WRONG_PASSWORD]
        return _password_page(form, 422)
    mine, shown = _mine(), current_user.sign_in.second_factor
    mine.password_hash = hashed
    sign_ins.end_all(session(), mine, now())
    enter(mine.id, shown)
    flash(_("Đã đổi mật khẩu. Mọi nơi khác đã được đăng xuất."), "done")
    return redirect(url_for("account.password"), 303)


@account.get("/buoc-hai")
def second() -> Any:
    """Whether a second factor is set up, and how many recovery codes are left."""
    return _second_page()


@account.post("/buoc-hai/tat")
def second_off() -> Any:
    """Give the second factor up; not for whoever must have one."""
    if _is_demanded():
        abort(403)
    refused = _unproven()
    if refused:
        return _second_page(refused, "tat")
    second_factors.turn_off(session(), current_account().id)
    sign_ins.end_all(session(), _mine(), now())
    enter(current_account().id, second_factor=False)
    flash(_("Đã tắt bước xác nhận thứ hai."), "done")
    return redirect(url_for("account.second"), 303)


@account.post("/buoc-hai/ma-du-phong")
def second_codes() -> Any:
    """Ten new recovery codes, shown this once; the earlier ones end."""
    if not second_factors.has_second_factor(session(), current_account().id):
        abort(404)
    refused = _unproven()
    if refused:
        return _second_page(refused, "ma")
    codes = second_factors.new_recovery_codes(session(), database().keyring, current_account().id)
    return page("step/codes.html", codes=codes, account=current_account(), onward=url_for("account.second"), at=now())


def _place(found: SignIn) -> Place:
    here = found.token_hash == current_user.sign_in.token_hash
    return Place(sign_ins.mark_of(found), found.device, found.made_at, found.seen_at, here)


def _mine() -> Account:
    """The own account, for a change."""
    return session().get_one(Account, current_account().id)


def _is_demanded() -> bool:
    return second_factors.needs_second_factor(session(), current_account(), local_day(now()))


def _unproven() -> ProofForm | None:
    """The form that asks for the password, with what is wrong; None when the password was right."""
    form = ProofForm(request.form)
    if form.validate() and prove_password(form.password.data):
        return None
    form.password.errors = form.password.errors or [WRONG_PASSWORD]
    return form


def _password_page(form: PasswordForm, status: int = 200) -> Any:
    return page("account/password.html", status=status, form=form, published=current_account().demonstration)


def _second_page(form: ProofForm | None = None, act: str = "") -> Any:
    mine = current_account().id
    return page(
        "account/second.html",
        status=422 if form else 200,
        form=form or ProofForm(),
        act=act,
        enrolled=second_factors.has_second_factor(session(), mine),
        left=second_factors.codes_left(session(), mine),
        demanded=_is_demanded(),
        start=start_page(current_account()),
    )
