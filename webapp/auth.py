"""Sign-in: who is here, and one guard an audience.

An account locks itself for a while after too many wrong passwords (by account, never by an office's shared
address). An account's `epoch` ends all its sessions when raised. Passwords are set by invitation only.
"""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Flask, current_app, g, redirect, request, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy.orm import joinedload

from models import Account, Role, UnitKind
from triage.casework.access import Viewer, get_viewer
from vietnamese.calendar import local_day
from webapp.db import database, page, reader, session
from webapp.forms import InvitationForm, SignInForm
from webapp.invitations import WeakPassword, accept_invitation, find_invited
from webapp.passwords import hash_password, is_password
from webapp.words import _

__all__ = ["hash_password"]

MOST_FAILURES = 10
LOCKED_FOR = timedelta(minutes=15)

auth = Blueprint("auth", __name__)


class SignedIn(UserMixin):
    """The account of a session, for Flask-Login."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def get_id(self) -> str:
        """Account and epoch: raising the epoch makes every earlier session unknown."""
        return f"{self.account.id}.{self.account.epoch}"


def install(app: Flask) -> None:
    """Tie Flask-Login to accounts."""
    manager = LoginManager()
    manager.session_protection = None
    manager.user_loader(_load)
    manager.init_app(app)
    app.register_blueprint(auth)


def now() -> datetime:
    """The instant, by the application's clock."""
    return current_app.extensions["clock"]()


def current_account() -> Account:
    """The account of a guarded request."""
    account: Account = current_user.account
    return account


def viewer() -> Viewer:
    """The viewer of this request, with the posts held today."""
    if "viewer" not in g:
        g.viewer = get_viewer(session(), current_account(), local_day(now()))
    return g.viewer


def guard(blueprint: Blueprint, role: Role) -> None:
    """Only accounts of one audience pass; others see the sign-in page, or their own start page."""

    @blueprint.before_request
    def _guard() -> Any:
        if not current_user.is_authenticated:
            return redirect(url_for("auth.sign_in", tiep=request.path if request.method == "GET" else None))
        if current_account().role is not role:
            return page("errors/problem.html", status=403, code=403)
        return None

    blueprint.guarded_for = role  # type: ignore[attr-defined]


def start_page(account: Account) -> str:
    """Where an account begins; an administrator of one commune has no list of units to choose from."""
    if account.role is Role.ADMINISTRATOR and account.unit.kind is not UnitKind.PROVINCE:
        return url_for("admin.unit", unit_code=account.unit.code)
    return url_for({Role.OFFICER: "officer.inbox", Role.BOARD: "board.comparison"}.get(account.role, "admin.overview"))


@auth.get("/dang-nhap")
def sign_in() -> Any:
    """The sign-in form."""
    if current_user.is_authenticated:
        return redirect(start_page(current_account()))
    return page("auth/sign_in.html", form=SignInForm(data={"next": request.args.get("tiep", "")}))


@auth.post("/dang-nhap")
def sign_in_submit() -> Any:
    """Check name and password; wrong ones are told alike whether or not the name exists."""
    form = SignInForm(request.form)
    if not form.validate():
        return page("auth/sign_in.html", form=form, status=400)
    account = verify_password(form.username.data, form.password.data, now())
    if account is None:
        problem = _("Tên đăng nhập hoặc mật khẩu chưa đúng. Xin thử lại; sai nhiều lần thì chờ 15 phút.")
        return page("auth/sign_in.html", form=form, problem=problem, status=401)
    login_user(SignedIn(account))
    return redirect(_inside(form.next.data) or start_page(account))


@auth.post("/dang-xuat")
def sign_out() -> Any:
    """End this session."""
    logout_user()
    return redirect(url_for("auth.sign_in"))


@auth.get("/MOI/<code>")
@auth.get("/moi/<code>")
def invitation(code: str) -> Any:
    """Who is invited, and the form for a password. Writes nothing: a chat app's preview spends nothing."""
    invited = find_invited(session(), database().keyring, code, now())
    if invited is None:
        return _invitation_ended()
    return page("auth/invitation.html", form=InvitationForm(), account=invited, code=code)


@auth.post("/MOI/<code>")
@auth.post("/moi/<code>")
def invitation_accept(code: str) -> Any:
    """Set the password and sign in; a weak or mistyped one is told and spends nothing."""
    invited = find_invited(reader(), database().keyring, code, now())
    if invited is None:
        return _invitation_ended()
    form = InvitationForm(request.form)
    fine = form.validate()
    try:
        account = accept_invitation(session(), database().keyring, code, form.password.data, now()) if fine else None
    except WeakPassword as problem:
        form.password.errors, fine = [str(problem)], False
        account = None
    if not fine:
        return page("auth/invitation.html", form=form, account=invited, code=code, status=422)
    if account is None:
        return _invitation_ended()
    login_user(SignedIn(account))
    return redirect(start_page(account))


def _invitation_ended() -> Any:
    """Unknown, used and ended look alike."""
    return page("auth/invitation_ended.html", status=404)


def verify_password(username: str, password: str, at: datetime) -> Account | None:
    """The account whose password this is, unless it is locked; counts failures.

    Takes the same time whether or not the name exists, and hashes before it takes the write turn.
    """
    named = Account.username == username.strip().lower()
    known = reader().scalars(sa.select(Account).where(named)).first()
    right = is_password(known.password_hash if known else None, password)
    if known is None or (known.locked_until and known.locked_until > at):
        return None
    if right and not known.failed_attempts:
        return known
    account = session().scalars(sa.select(Account).where(named).with_for_update()).one()
    account.failed_attempts = 0 if right else account.failed_attempts + 1
    if account.failed_attempts >= MOST_FAILURES:
        account.failed_attempts, account.locked_until = 0, at + LOCKED_FOR
    return account if right else None


def _load(session_id: str) -> SignedIn | None:
    number, _dot, epoch = session_id.partition(".")
    if not number.isdecimal():
        return None
    account = (
        session()
        .scalars(
            sa.select(Account)
            .where(Account.id == int(number))
            .options(joinedload(Account.unit), joinedload(Account.officer))
        )
        .first()
    )
    return SignedIn(account) if account and str(account.epoch) == epoch else None


def _inside(target: str | None) -> str | None:
    """A path of our own to return to after sign-in; anything that could lead elsewhere is dropped."""
    fine = target and target.startswith("/") and not target.startswith(("//", "/\\")) and "\\" not in target
    return target if fine else None
