"""Sign-in: who is here, and one guard an audience.

A session is a row (`webapp.sign_ins`); the signed cookie holds its token and when it was last used. A right password
is a session only where no second factor is asked; else the cookie says for a while whose password was right, which
opens the pages of the second step (`webapp.second_step`) and nothing else.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Flask, current_app, g, redirect, request, url_for
from flask import session as cookie
from flask_login import LoginManager, UserMixin, current_user, login_user
from sqlalchemy.orm import Session, joinedload

from models import Account, Role, SignIn, UnitKind
from triage.casework.access import Viewer, get_viewer
from vietnamese.calendar import local_day
from webapp import known_devices, second_factors, sign_ins, waiting
from webapp.db import database, page, reader, session
from webapp.devices import device_of
from webapp.forms import InvitationForm, SignInForm
from webapp.invitations import WeakPassword, accept_invitation, find_invited
from webapp.passwords import hash_password, is_password
from webapp.settings import Settings
from webapp.words import _

__all__ = ["hash_password"]

SECOND_STEP_WITHIN = timedelta(minutes=30)
"""From the right password to the end of the second step; somebody may have to install an application first."""
USED_EVERY = timedelta(minutes=1)
"""How exactly the cookie knows when it was last used."""
AWAITED, USED = "cho", "luc"
"""In the cookie: whose password was right, and when the session was last used (seconds of 1970)."""

auth = Blueprint("auth", __name__)


class SignedIn(UserMixin):
    """The account of a session, for Flask-Login."""

    def __init__(self, account: Account, sign_in: SignIn, token: str) -> None:
        self.account, self.sign_in, self.token = account, sign_in, token

    def get_id(self) -> str:
        """What the cookie keeps."""
        return self.token


@dataclass(frozen=True)
class Awaited:
    """Somebody whose password was right and whose second step is still to come."""

    account: Account
    token: str
    """Random, of this attempt alone."""
    target: str


def install(app: Flask) -> None:
    """Tie Flask-Login to sessions, and add the pages of sign-in and of one's own account."""
    from webapp.account import account
    from webapp.second_step import step

    manager = LoginManager()
    manager.session_protection = None
    manager.user_loader(_load)
    manager.init_app(app)
    for blueprint in (auth, step, account):
        app.register_blueprint(blueprint)


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


def guard(blueprint: Blueprint, role: Role | None) -> None:
    """Only accounts of one audience pass (None: of any); others see the sign-in page, or are told no.

    Whoever must have a second factor and has none comes to its page and nowhere else.
    """

    @blueprint.before_request
    def _guard() -> Any:
        if not current_user.is_authenticated:
            return _sign_in_first()
        if lacks_second_factor():
            return redirect(url_for("step.enrol"))
        if role is not None and current_account().role is not role:
            return page("errors/problem.html", status=403, code=403)
        _keep_seen()
        return None

    blueprint.guarded_for = role or "everybody signed in"  # type: ignore[attr-defined]


def lacks_second_factor() -> bool:
    """Whether this session was begun without the second factor that its account must have today."""
    if current_user.sign_in.second_factor:
        return False
    return second_factors.needs_second_factor(session(), current_account(), local_day(now()))


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
        problem = _(
            "Chưa vào được: tên đăng nhập hoặc mật khẩu chưa đúng, hoặc đang trong thời gian chờ. "
            "Sai từ năm lần thì phải chờ nửa phút rồi mới thử tiếp, sai nữa thì chờ lâu gấp đôi."
        )
        return page("auth/sign_in.html", form=form, problem=problem, status=401)
    refusal = _why_closed(reader(), account)
    if refusal:
        return page("auth/sign_in.html", form=form, problem=refusal, status=403)
    return arrive(account, form.next.data)


@auth.post("/dang-xuat")
def sign_out() -> Any:
    """End this session."""
    leave()
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
    if _why_closed(session(), account):
        return redirect(url_for("auth.sign_in"))
    return arrive(account)


def _invitation_ended() -> Any:
    """Unknown, used and ended look alike."""
    return page("auth/invitation_ended.html", status=404)


# --- the two steps ---


def verify_password(username: str, password: str, at: datetime) -> Account | None:
    """The account whose password this is, unless it waits; counts failures.

    Takes the same time whether or not the name exists, and hashes before it takes the write turn.
    """
    known = reader().scalars(sa.select(Account).where(Account.username == username.strip().lower())).first()
    right = is_password(known.password_hash if known else None, password)
    if known is None or (must_wait(known, at) is not None):
        return None
    if right and not known.failed_attempts:
        return known
    return known if count_attempt(known.id, right, at) else None


def must_wait(account: Account, at: datetime) -> datetime | None:
    """Until when attempts of this browser are refused unread; None: they are read."""
    known = known_devices.is_known(account)
    if not waiting.is_closed(account.failed_attempts, account.locked_until, known, at):
        return None
    return waiting.opens_at(account.failed_attempts, account.locked_until, known)


def count_attempt(account_id: int, right: bool, at: datetime) -> bool:
    """Whether a password or code counts as right: a wrong one makes the account wait, none counts while it does.

    Mistakes are forgotten by `enter`, when the last step was right: a right password alone forgets no wrong code.
    """
    account = _locked(account_id)
    if must_wait(account, at) is not None:
        return False
    if not right:
        account.failed_attempts += 1
        wait = waiting.wait_after(account.failed_attempts)
        account.locked_until = at + wait if wait else None
    return right


def prove_password(password: str) -> bool:
    """Whether this is the password of whoever is signed in; counted as at the door."""
    account, at = reader().get_one(Account, current_account().id), now()
    right = is_password(account.password_hash, password)
    return must_wait(account, at) is None and count_attempt(account.id, right, at)


def arrive(account: Account, target: str | None = None) -> Any:
    """After a right password: in, or on to the second step."""
    demanded = second_factors.has_second_factor(session(), account.id)
    if demanded or second_factors.needs_second_factor(session(), account, local_day(now())):
        leave()
        token = secrets.token_bytes(32).hex()
        cookie[AWAITED] = [account.id, account.epoch, token, int(now().timestamp()), inside(target) or ""]
        return redirect(url_for("step.code" if demanded else "step.enrol"))
    return begin_work(account.id, target, second_factor=False)


def begin_work(account_id: int, target: str | None, second_factor: bool) -> Any:
    """Signed in, on to where the person wanted to go, or to their start page."""
    account = enter(account_id, second_factor)
    return redirect(inside(target) or start_page(account))


def awaited() -> Awaited | None:
    """Whose second step this browser may take; None when nobody's, or no more."""
    account_id, epoch, token, at, target = cookie.get(AWAITED) or (0, 0, "", 0, "")
    if now().timestamp() - at > SECOND_STEP_WITHIN.total_seconds():
        return None
    account = session().scalars(_with_unit().where(Account.id == account_id, Account.epoch == epoch)).first()
    return Awaited(account, token, target) if account and not _why_closed(session(), account) else None


def enter(account_id: int, second_factor: bool) -> Account:
    """Begin a session in this browser: another token than before, whatever the cookie held."""
    account = _locked(account_id)
    account.failed_attempts, account.locked_until = 0, None
    leave()
    device = device_of(request.user_agent.string)
    made, token = sign_ins.begin(session(), database().keyring, account, device, second_factor, now())
    cookie[USED] = int(now().timestamp())
    login_user(SignedIn(account, made, token))
    known_devices.remember(account)
    return account


def leave() -> None:
    """End the session of this browser, and forget all that its cookie held."""
    if current_user.is_authenticated:
        mark = sign_ins.mark_of(current_user.sign_in)
        sign_ins.end(session(), current_account().id, mark, now())
    cookie.clear()


def inside(target: str | None) -> str | None:
    """A path of our own to return to after sign-in; anything that could lead elsewhere is dropped.

    Browsers read a backslash as a slash and skip tabs and line ends, so that neither may stand in it.
    """
    return target if target and re.fullmatch(r"/(?!/)[^\\\x00-\x20\x7f]*", target) else None


# --- one request ---


def begun_after() -> datetime:
    """Sessions that began before this instant are over, used or not."""
    settings: Settings = current_app.extensions["settings"]
    return now() - timedelta(hours=settings.session_hours)


def _load(token: str) -> SignedIn | None:
    if _is_idle():
        return None
    found = sign_ins.find(session(), database().keyring, token, begun_after())
    if found is None or _why_closed(session(), found[1]):
        return None
    at = int(now().timestamp())
    if at - cookie[USED] >= USED_EVERY.total_seconds():
        cookie[USED] = at
    return SignedIn(found[1], found[0], token)


def _is_idle() -> bool:
    """Whether nobody used the session for so long; the cookie tells, so that a page looked at writes nothing."""
    settings: Settings = current_app.extensions["settings"]
    idle = now().timestamp() - int(cookie.get(USED, 0))
    return idle > timedelta(minutes=settings.session_idle_minutes).total_seconds()


def _keep_seen() -> None:
    """Once an hour a form that was sent leaves a trace of it, in a small transaction of its own."""
    if request.method == "POST" and sign_ins.is_stale(current_user.sign_in, now()):
        with database().writing() as own:
            sign_ins.keep_seen(own, current_user.sign_in, now())


def _sign_in_first() -> Any:
    """To the sign-in page; what was typed in a session that ended meanwhile stays to be sent again."""
    if request.method == "POST" and "_user_id" in cookie and request.form:
        target = request.full_path.rstrip("?")
        return page("auth/lapsed.html", status=401, form=dict(request.form.lists()), target=target)
    return redirect(url_for("auth.sign_in", tiep=request.path if request.method == "GET" else None))


def _why_closed(db: Session, account: Account) -> str:
    """The sentence that says why nobody may be in this account, whatever the password; empty when one may."""
    if account.demonstration and not second_factors.in_demonstration(db):
        return _("Tài khoản trình diễn không dùng được ở đây, vì mật khẩu của nó đã công khai.")
    if sign_ins.has_left(db, account, local_day(now())):
        return _("Ông/Bà không còn giữ chức danh nào ở đơn vị nên chưa vào được. Xin hỏi người quản trị của đơn vị.")
    return ""


def _with_unit() -> sa.Select[Account]:
    return sa.select(Account).options(joinedload(Account.unit), joinedload(Account.officer))


def _locked(account_id: int) -> Account:
    """The account for a change, as it is now."""
    query = _with_unit().where(Account.id == account_id).with_for_update(of=Account)
    return session().scalars(query.execution_options(populate_existing=True)).one()
