"""The second step of signing in: a one-time code, a recovery code, or enrolling; open to a right password only."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from flask_login import current_user

from models import Account
from webapp import second_factors, sign_ins
from webapp.auth import (
    Awaited,
    awaited,
    begin_work,
    count_attempt,
    current_account,
    lacks_second_factor,
    must_wait,
    now,
    prove_password,
)
from webapp.db import database, page, session
from webapp.forms import CodeForm, EnrolForm, RecoveryForm
from webapp.qr import symbol_svg
from webapp.words import _, marked, moment

step = Blueprint("step", __name__)

WRONG_CODE = marked("Mã chưa đúng hoặc đã dùng rồi. Xin chờ ứng dụng hiện mã mới rồi gõ lại.")
WRONG_RECOVERY = marked("Mã dự phòng chưa đúng hoặc đã dùng rồi. Xin xem lại tờ giấy đã cất và gõ một mã khác.")
WRONG_FIRST = marked(
    "Mã chưa khớp. Xin gõ mã đang hiện trong ứng dụng; nếu vẫn không được, xin xem giờ trên điện thoại có đúng không."
)
WRONG_PASSWORD = marked("Mật khẩu hiện tại chưa đúng, hoặc đang trong thời gian chờ vì sai nhiều lần. Xin thử lại.")


@dataclass(frozen=True)
class Enrolling:
    """Who sets up a second factor, and the random token that the offered secret comes from."""

    account: Account
    token: str
    target: str
    proven: bool
    """Whether the password was just given; a session in progress gives it once more."""


@step.get("/dang-nhap/ma")
def code() -> Any:
    """The field for the code that the application shows."""
    return _ask("step/code.html", CodeForm())


@step.post("/dang-nhap/ma")
def code_submit() -> Any:
    """Check the code; each counts once."""

    def take(who: Awaited, typed: str) -> bool:
        return second_factors.take_code(session(), who.account.id, typed, now())

    return _check("step/code.html", CodeForm(request.form), take, WRONG_CODE)


@step.get("/dang-nhap/ma-du-phong")
def recovery() -> Any:
    """The field for a recovery code."""
    return _ask("step/recovery.html", RecoveryForm())


@step.post("/dang-nhap/ma-du-phong")
def recovery_submit() -> Any:
    """Take one recovery code, and tell how many are left before work goes on."""

    def take(who: Awaited, typed: str) -> bool:
        return second_factors.take_recovery_code(session(), database().keyring, who.account.id, typed, now())

    return _check("step/recovery.html", RecoveryForm(request.form), take, WRONG_RECOVERY, url_for("account.second"))


@step.post("/dang-nhap/bo-qua")
def skip() -> Any:
    """Go on without a code, in a demonstration only: there everybody uses the same accounts."""
    who = awaited()
    if who is None or not second_factors.in_demonstration(session()):
        abort(404)
    return begin_work(who.account.id, who.target, second_factor=False)


@step.get("/tai-khoan/buoc-hai/dat")
def enrol() -> Any:
    """QR symbol and secret for the application, recovery codes to keep, and the field for the first code."""
    who = _enrolling()
    return _sign_in() if who is None else _offer(who, EnrolForm(proven=who.proven))


@step.post("/tai-khoan/buoc-hai/dat")
def enrol_submit() -> Any:
    """Keep what the first code proves, end all other sessions, and go on to work."""
    who = _enrolling()
    if who is None:
        return _sign_in()
    form = EnrolForm(request.form, proven=who.proven)
    if not form.validate():
        return _offer(who, form, 422)
    if not who.proven and not prove_password(form.password.data):
        form.password.errors = [WRONG_PASSWORD]
        return _offer(who, form, 422)
    account = session().get_one(Account, who.account.id)
    if not second_factors.enrol(session(), database().keyring, account, who.token, form.code.data, now()):
        form.code.errors = [WRONG_FIRST]
        return _offer(who, form, 422)
    sign_ins.end_all(session(), account, now())
    return begin_work(account.id, who.target, second_factor=True)


def _ask(template: str, form: Any, status: int = 200) -> Any:
    who = awaited()
    if who is None:
        return _sign_in()
    may_skip = second_factors.in_demonstration(session())
    return page(template, status=status, form=form, account=who.account, may_skip=may_skip)


def _check(
    template: str, form: Any, take: Callable[[Awaited, str], bool], wrong: str, onward: str | None = None
) -> Any:
    who = awaited()
    if who is None:
        return _sign_in()
    if not form.validate():
        return _ask(template, form, 422)
    wait = must_wait(who.account, now())
    if wait is not None:
        form.code.errors = [_wait_sentence(wait)]
        return _ask(template, form, 401)
    if not count_attempt(who.account.id, take(who, form.code.data), now()):
        form.code.errors = [wrong]
        return _ask(template, form, 401)
    return begin_work(who.account.id, onward or who.target, second_factor=True)


def _wait_sentence(until: Any) -> str:
    if until.year > now().year + 1:
        return _("Sai quá nhiều lần nên tài khoản tạm khóa. Xin nhờ người quản trị của đơn vị gửi lời mời mới.")
    return _("Sai nhiều lần nên phải chờ đến {until}. Xin thử lại sau lúc đó.").format(until=moment(until))


def _enrolling() -> Enrolling | None:
    """Whoever is signed in, or whose password was right and who has no second factor to be asked for."""
    if current_user.is_authenticated:
        return Enrolling(current_account(), current_user.token, "", proven=False)
    who = awaited()
    if who is None or second_factors.has_second_factor(session(), who.account.id):
        return None
    return Enrolling(who.account, who.token, who.target, proven=True)


def _offer(who: Enrolling, form: EnrolForm, status: int = 200) -> Any:
    keyring = database().keyring
    secret = second_factors.secret_of(keyring, who.token)
    address = second_factors.address_of(secret, who.account.username)
    return page(
        "step/enrol.html",
        status=status,
        form=form,
        account=who.account,
        groups=[secret[at : at + 4] for at in range(0, len(secret), 4)],
        address=address,
        qr=symbol_svg(address, for_print=False),
        codes=second_factors.recovery_codes_of(keyring, who.token),
        demanded=who.proven or lacks_second_factor(),
        removed=second_factors.was_removed(session(), who.account.id),
    )


def _sign_in() -> Any:
    return redirect(url_for("auth.sign_in"))
