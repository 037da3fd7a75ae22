"""Browsers that signed in to an account before: a signed cookie, good for nothing but a shorter wait.

It opens no door: password and second factor are asked all the same (OWASP calls it a device cookie). It goes to the
sign-in pages only, names accounts by number, and ends when the account's epoch is raised.
"""

from datetime import timedelta

from flask import after_this_request, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from models import Account

COOKIE = "may"
PATH = "/dang-nhap"
LASTS = timedelta(days=90)
MOST_ACCOUNTS = 8
"""On one browser, such as a shared one at a counter."""


def is_known(account: Account) -> bool:
    """Whether the browser of this request signed in to the account before."""
    return [account.id, account.epoch] in _pairs()


def remember(account: Account) -> None:
    """Let the answer to this request mark its browser as known to the account."""
    others = [pair for pair in _pairs() if pair[0] != account.id]
    value = serializer().dumps([[account.id, account.epoch], *others][:MOST_ACCOUNTS])

    @after_this_request
    def _keep(response: Response) -> Response:
        response.set_cookie(
            COOKIE, value, max_age=LASTS, path=PATH, httponly=True, samesite="Lax",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )  # fmt: skip
        return response


def _pairs() -> list[list[int]]:
    try:
        pairs: list[list[int]] = serializer().loads(request.cookies.get(COOKIE, ""), int(LASTS.total_seconds()))
    except BadData:
        return []
    return pairs


def serializer() -> URLSafeTimedSerializer:
    """What signs the cookie and reads it."""
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="known device")
