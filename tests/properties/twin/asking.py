"""What an installation answers, so that two answers can be compared byte by byte."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models import SignIn
from tests.properties.twin.installations import Installation, Leak, same_chance
from webapp import known_devices

VOLATILE = ("Date", "Expires", "Set-Cookie", "Content-Length")
"""Headers not compared as they are: the real time (also in the year a style sheet lasts), a signature with it (its
content is compared), and a length, which the body tells already (a workbook's depends on how its times compress)."""
COOKIE = "phien"


@dataclass(frozen=True)
class Answer:
    """All that somebody can see of an answer: `kept` is what the cookie says."""

    status: int
    headers: tuple[tuple[str, str], ...]
    kept: str
    body: bytes | tuple[tuple[str, bytes], ...]

    @property
    def text(self) -> str:
        """The body as text; nothing for a file that is none."""
        return self.body.decode("utf-8", "replace") if isinstance(self.body, bytes) else ""

    @property
    def location(self) -> str:
        """Where it leads on."""
        return dict(self.headers).get("Location", "")


class Browser:
    """Somebody's browser: signed in, asking with chance that falls alike in both twins."""

    def __init__(self, made: Installation, username: str | None) -> None:
        self.made, self.username = made, username
        self.client: FlaskClient = made.world.client()
        self._sign_in()

    def get(self, address: str) -> Answer:
        """Open a page."""
        with same_chance(address):
            return self._answer(self.client.get(address))

    def post(self, address: str, form: Mapping[str, Any]) -> Answer:
        """Send a form."""
        with same_chance((address, sorted(form.items()))):
            return self._answer(self.client.post(address, data=dict(form)))

    def forget(self) -> None:
        """Be as just after signing in: without what a page wanted to say once, signed in again if signed out."""
        self.client.delete_cookie(COOKIE)
        self._sign_in()

    def _sign_in(self) -> None:
        """The one session of the installation: how often the walk signed people in before is no difference of twins."""
        if self.username is None:
            return
        with self.made.world.database.writing() as session:
            session.execute(sa.delete(SignIn))
        with same_chance(("sign in", self.username)):
            self.made.world.sign_in(self.client, self.username)

    def _answer(self, answer: TestResponse) -> Answer:
        headers = tuple(sorted((key, value) for key, value in answer.headers.items() if key not in VOLATILE))
        return Answer(answer.status_code, headers, self._kept(answer), _body(answer.get_data()))

    def _kept(self, answer: TestResponse) -> str:
        """What the cookie says, without the time of its signature, and its attributes."""
        told = []
        for cookie in answer.headers.getlist("Set-Cookie"):
            name, _is, rest = cookie.partition("=")
            value, _semicolon, attributes = rest.partition(";")
            said = self._said(name, value) if value else ""
            attributes = re.sub(r" Expires=[^;]+;?", "", attributes)  # the real time; Max-Age stays
            told.append((name, sorted(said.items()) if isinstance(said, dict) else said, attributes))
        return repr(told)

    def _said(self, name: str, value: str) -> Any:
        app = self.made.world.app
        with app.app_context():
            signers = {
                COOKIE: app.session_interface.get_signing_serializer(app),  # type: ignore[attr-defined]
                known_devices.COOKIE: known_devices.serializer(),
            }
        return signers[name].loads(value) if name in signers else value


def _body(data: bytes) -> bytes | tuple[tuple[str, bytes], ...]:
    if not data.startswith(b"PK\x03\x04"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return tuple((part.filename, book.read(part)) for part in book.infolist())


def compare(who: str, address: str, one: Answer, other: Answer) -> None:
    """Raise Leak, with the place of the first difference, unless two answers are equal."""
    if one == other:
        return
    for name in (column.name for column in fields(Answer)):
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine != theirs:
            raise Leak(f"{who} at {address}: {name} differs: {_difference(mine, theirs)}")


def _difference(one: Any, other: Any) -> str:
    left, right = (
        value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value) for value in (one, other)
    )
    at = next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    return f"…{left[max(0, at - 120) : at + 160]!r} against …{right[max(0, at - 20) : at + 160]!r}"
