"""Forms to send: those of the pages as a browser would, and for every route an empty, a plausible and a hostile one."""

import html
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import sqlalchemy as sa

from models import Role
from tests.properties.twin.addresses import SOURCES, Known, addresses_of, audience_of, links_in, rules_of
from tests.properties.twin.asking import Answer, Browser, compare
from tests.properties.twin.installations import Installation
from tests.properties.twin.walks import Walk

HOSTILE = "<b>'; DROP TABLE cases; --\x00‮" + "ạ" * 200
PLAUSIBLE = {
    "version": "1", "kind": "petition", "topic": "integrity", "text": "Đã xem và sẽ trả lời.", "note": "Xin sửa.",
    "post": "1", "handing_reason": "Đúng lĩnh vực", "filing_reason": "Không có nội dung", "ly_do": "giai-quyet",
    "loai": "denunciation", "chu_de": "integrity", "loi": "Ông Hoàng Minh Tuấn đòi tiền", "che_trach": "on",
    "tu": "06/10/2026", "den": "30/10/2026", "ten": "Cà Thị Bình", "gioi": "female", "noi": "Quầy số 3", "viec": "",
    "danh_sach": "Cà Thị Bình; Chủ tịch UBND; nữ", "chac": "on", "thang": "2026-10", "comment": "Đèn đường tắt",
    "overall": "4", "username": "a.chairperson", "password": "sai mat khau", "submission_id": "x", "dien_thoai": "",
}  # fmt: skip
_NAME = re.compile(r"\bname=\"([a-z_]+)\"")
_READ = re.compile(r"form(?:\.get\(|\.getlist\(|\[)\s*\"([a-z_]+)\"")
_WRITES = ("INSERT", "UPDATE", "DELETE")


@dataclass
class Form:
    """One form of a page as a browser holds it; `buttons` are (address, name, value)."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms, self._select, self._area = address, list[Form](), "", ""
        self._open: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {key: value or "" for key, value in attrs}
        if tag == "form":
            self._open = Form(has.get("action") or self.address) if has.get("method", "").lower() == "post" else None
            self.forms += [self._open] if self._open else []
        elif self._open is not None:
            self._take(tag, has, self._open)

    def _take(self, tag: str, has: dict[str, str], form: Form) -> None:
        name = has.get("name", "")
        if tag == "button":
            form.buttons.append((has.get("formaction") or form.action, name, has.get("value", "")))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and (has.get("value") or "selected" in has):
            if self._select not in form.fields or "selected" in has:
                form.fields[self._select] = has.get("value", "")
        elif tag == "textarea":
            self._area = name
            form.fields.setdefault(name, "")
        elif tag == "input" and name and (has.get("type") not in ("radio",) or name not in form.fields):
            form.fields[name] = has.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._area and self._open is not None:
            self._open.fields[self._area] += data.lstrip("\n")

    def handle_endtag(self, tag: str) -> None:
        self._select = "" if tag == "select" else self._select
        self._area = "" if tag == "textarea" else self._area
        self._open = None if tag == "form" else self._open


def forms_in(address: str, answer: Answer) -> Iterator[tuple[str, dict[str, str]]]:
    """What a page's forms can send: each button of each form, empty fields filled with something plausible."""
    reader = _Reader(urlsplit(address).path)
    reader.feed(answer.text)
    for form in reader.forms:
        filled = {name: value or PLAUSIBLE.get(name, "") for name, value in form.fields.items() if name}
        for action, name, value in form.buttons or [(form.action, "", "")]:
            yield html.unescape(action), filled | ({name: value} if name else {})


def field_names() -> list[str]:
    """Names of fields in templates and sources."""
    found = set(PLAUSIBLE)
    for path in (*SOURCES.rglob("*.html"), *SOURCES.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        found |= set(_NAME.findall(text)) | set(_READ.findall(text))
    return sorted(found)


def to_send(made: Installation, role: Role | None, known: Known, walk: Walk) -> list[tuple[str, dict[str, str]]]:
    """Every form somebody can send: those of the walked pages, and three for every POST route and known value."""
    names = field_names()
    bare = ({}, {name: PLAUSIBLE.get(name, "1") for name in names}, dict.fromkeys(names, HOSTILE))
    sent = [form for address, answer in walk.items() for form in forms_in(address, answer)]
    for rule in rules_of(made, "POST"):
        filled, audience = addresses_of(made, rule, known), audience_of(rule)
        if audience is not role and audience is not None:
            sent.append((filled[0], bare[1]))
        elif role is None or audience is not None:
            sent += [(address, form) for address in filled for form in bare]
    return list({(action, repr(form)): (action, form) for action, form in sent}.values())


class Rewind:
    """Sets an installation back to where it stood, whenever something was written."""

    def __init__(self, made: Installation) -> None:
        self.database, self.written = made.world.database, False
        self.database.dispose()
        if self.database.is_sqlite:
            self.kept = Path(f"{self.database.path}.kept")
            shutil.copy(str(self.database.path), self.kept)
        else:
            self._recreate(f"{self.name}_kept", self.name)
        sa.event.listen(self.database.write_engine, "before_cursor_execute", self._notice)

    @property
    def name(self) -> str:
        """The database's name on its server."""
        return str(self.database.url.database)

    def back(self) -> None:
        """Undo what was written since."""
        if not self.written:
            return
        self.database.dispose()
        if self.database.is_sqlite:
            for ending in ("-wal", "-shm"):
                Path(f"{self.database.path}{ending}").unlink(missing_ok=True)
            shutil.copy(self.kept, str(self.database.path))
        else:
            self._recreate(self.name, f"{self.name}_kept")
        self.written = False

    def _notice(self, _connection: object, _cursor: object, statement: str, *_more: object) -> None:
        self.written = self.written or statement.lstrip().upper().startswith(_WRITES)

    def _recreate(self, name: str, template: str) -> None:
        folder = self.database.url.query["host"]
        with psycopg.connect(f"host={folder} dbname=postgres user=langnghe", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}"')  # type: ignore[arg-type]
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')  # type: ignore[arg-type]


@contextmanager
def rewinding(*installations: Installation) -> Iterator[list[Rewind]]:
    """A way back for each of the twins."""
    yield [Rewind(made) for made in installations]


def compare_forms(who: str, one: Browser, other: Browser, forms: list[tuple[str, dict[str, str]]]) -> int:
    """Send each form to both twins, each as if it were the first; returns how many, raises Leak at a difference."""
    with rewinding(one.made, other.made) as ways:
        for address, form in forms:
            answers = [browser.post(address, form) for browser in (one, other)]
            compare(who, f"POST {address} {sorted(form)[:3]}", *answers)
            onward = [answer.location for answer in answers]
            if onward[0].startswith("/") and 300 <= answers[0].status < 400:
                compare(who, f"after POST {address}", *(browser.get(onward[0]) for browser in (one, other)))
            for way, browser in zip(ways, (one, other), strict=True):
                way.back()
                browser.forget()
    return len(forms)


__all__ = ["Form", "Rewind", "compare_forms", "forms_in", "links_in", "rewinding", "to_send"]
