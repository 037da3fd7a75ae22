"""Every rule of the table of routes, tried by everybody, for a case in every state; judged by `rules` and `doors`.

Whoever may not know of a case gets the bytes of a case that never was. Whoever may gets the page, and may do there
what is theirs to do. The fast walk takes one button for each person and each case, so that each meets all;
the deep one takes the whole product, on both databases. Nothing is kept: what a press wrote is rolled back.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from models import Account, Database, Officer, Post, Questionnaire, Role
from tests.access.doors import DOORS, UNITS, Whose, is_in, is_of_the_audience, leads, looks_after
from tests.access.rules import ACTS, may_do, may_know
from tests.access.scene import SENDER, Scene, build
from tests.access.told import CASES, OUT, PEOPLE, Person
from tests.fixtures.officers import ANSWER
from tests.fixtures.world import World
from webapp.backups import count_rows

NEVER = "ZZZZ-ZZZZ"
COOKIE = "phien"
TO_SIGN_IN = "/dang-nhap"
EVERYBODY = (*PEOPLE.values(), OUT)
OFFICERS = [person for person in PEOPLE.values() if is_in(person) and person.role is Role.OFFICER]


class Walk:
    """Everybody's browser, each as just signed in, in an installation that keeps nothing of what is done."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.world, self.clients = scene, scene.world, {}
        self.cookies: dict[str, str] = {}
        for person in PEOPLE.values():
            client = self.world.client()
            self.world.sign_in(client, person.username)
            cookie = client.get_cookie(COOKIE)
            assert cookie is not None
            self.clients[person.username], self.cookies[person.username] = client, cookie.value
        self.clients[""] = self.world.client()
        with self.world.database.reading() as session:
            self.versions = {name: scene.row(name).version for name in CASES}
            self.fields = _arguments(session, self.world)

    def ask(self, person: Person, method: str, address: str, form: dict[str, str] | None = None) -> TestResponse:
        """One request of somebody who has just signed in."""
        client: FlaskClient = self.clients[person.username]
        client.delete_cookie(COOKIE)
        if person.username:
            client.set_cookie(COOKIE, self.cookies[person.username])
        return client.open(address, method=method, data=form)

    def rules(self) -> list[Rule]:
        """The table of routes, each rule once."""
        return sorted({rule.rule: rule for rule in self.world.app.url_map.iter_rules()}.values(), key=lambda r: r.rule)

    def methods(self, rule: str) -> list[str]:
        """How a rule can be asked."""
        found = (each.methods or set() for each in self.world.app.url_map.iter_rules() if each.rule == rule)
        return sorted(set().union(*found) - {"HEAD", "OPTIONS"})


def _arguments(session: Session, world: World) -> dict[str, str]:
    """What stands in addresses besides units and cases: things of the first commune."""
    mine = {"unit_id": world.commune_id}
    first = {name: session.scalars(sa.select(table.id).filter_by(**mine).order_by(table.id)).first()
             for name, table in (("post", Post), ("person", Officer))}  # fmt: skip
    number = session.scalars(sa.select(Questionnaire.id)).first()
    return {"code": world.box_code, "path:filename": "base.css", "number": str(number), "invitation": "0" * 32,
            "saved_reply": "1"} | {name: str(value) for name, value in first.items()}  # fmt: skip


@contextmanager
def keeping_nothing(database: Database) -> Iterator[None]:
    """Every transaction does all its work and is then taken back; what pages show of it stays read."""

    @contextmanager
    def writing() -> Iterator[Session]:
        with database.write_turn(), Session(database.write_engine, expire_on_commit=False) as session:
            yield session
            session.flush()
            session.expunge_all()
            session.rollback()

    database.writing = writing  # type: ignore[method-assign]
    try:
        yield
    finally:
        del database.writing  # type: ignore[method-assign]


@pytest.fixture(scope="module")
def walk(scene: Scene) -> Iterator[Walk]:
    made = Walk(scene)
    before = count_rows(scene.world.database)
    with keeping_nothing(scene.world.database):
        yield made
    assert count_rows(scene.world.database) == before, "the walk left something behind"


def filled(rule: str, arguments: dict[str, str]) -> str:
    return re.sub(r"<([^>]+)>", lambda found: arguments[found[1]], rule)


# --- the table of routes ---


def test_every_rule_is_somebodys(walk: Walk) -> None:
    rules = {rule.rule for rule in walk.rules()}
    assert rules - set(DOORS) == set(), "say in doors.py whose pages these are (and in rules.ACTS who may press what)"
    buttons = {rule.rsplit("/", 1)[1] for rule, whose in DOORS.items() if whose is Whose.CASE and rule.count("/") == 4}
    assert buttons == set(ACTS)


def test_everybody_at_every_rule(walk: Walk) -> None:
    """By the kind of account alone: nobody comes past the door of another audience, or of another unit."""
    seen: Counter[Whose] = Counter()
    kinds = [OUT, *(PEOPLE[name] for name in (
        "a.former", "a.yesterday", "a.reception_clerk", "a.economy_department_head", "a.vice_chairperson",
        "a.superior", "p.beside", "b.chairperson", "c.chairperson", "a.nothing",
        "a.board", "xa.board", "a.admin", "xa.admin",
    ))]  # fmt: skip
    for rule in (rule.rule for rule in walk.rules()):
        whose = DOORS[rule]
        for method, person in itertools.product(walk.methods(rule), kinds):
            units = list(UNITS) if "<unit_code>" in rule else [""]
            for unit_code in units if is_of_the_audience(person, whose) else units[:1]:
                address = filled(rule, walk.fields | {"unit_code": unit_code, "reference": NEVER})
                answer = walk.ask(person, method, address)
                _judge(person, whose, unit_code, method, address, answer)
                seen[whose] += 1
    assert set(seen) == set(Whose)


def _judge(person: Person, whose: Whose, unit_code: str, method: str, address: str, answer: TestResponse) -> None:
    told = (person.username or "nobody", method, address, answer.status_code)
    assert answer.status_code < 500, told
    if whose is Whose.EVERYBODYS:
        assert answer.status_code != 403, told
    elif not is_in(person):
        assert answer.status_code == 302, told
        assert answer.headers["Location"].startswith(TO_SIGN_IN), told
    elif not is_of_the_audience(person, whose):
        assert answer.status_code == 403, told
    elif whose in (Whose.CASE, Whose.OWN_THING):
        assert answer.status_code in (404, 409), told
    elif whose in (Whose.BOARD_UNIT, Whose.ADMIN_UNIT) and not looks_after(person, unit_code):
        assert answer.status_code == 404, told
    elif whose is Whose.LEADERS:
        assert answer.status_code == (200 if leads(person) else 404), told
    elif whose is Whose.FREE:
        must = leads(person) or person.role is Role.ADMINISTRATOR
        assert (answer.status_code == 403) == must, told
    else:
        assert answer.status_code not in (401, 403), told
        assert not answer.headers.get("Location", "").startswith(TO_SIGN_IN), told


# --- cases ---


WRITING = ("xac-nhan", "luu-nhap", "trinh", "ky")
"""Buttons that keep the answer; another act keeps it beside, where there is one to be kept."""


def _form(walk: Walk, name: str, button: str) -> dict[str, str]:
    """A form that every act can work with."""
    return {
        "version": str(walk.versions[name]), "text": f"{ANSWER} Lần này." if button in WRITING else "",
        "note": "Xin sửa", "post": _post(walk, name), "handing_reason": "Đúng lĩnh vực", "filing_reason": "Trống",
        "ly_do": "giai-quyet", "authority": "Sở Xây dựng", "sent": "Đường sụt", "recusing_reason": "Người nhà",
        "lead": walk.scene.opened["lead"].reference, "extending_reason": "Cần thêm thời gian", "asked": "Số nhà",
        "finding": "false", "finding_reason": "Đã xác minh", "accused": _officer(walk, "a.economy_department_head"),
        "told": "Có người phản ánh", "withdrawal_reason": "Không còn gì", "reopening_reason": "Chưa xong",
    }  # fmt: skip


def _officer(walk: Walk, username: str) -> str:
    with walk.world.database.reading() as session:
        return str(session.scalars(sa.select(Account.officer_id).where(Account.username == username)).one())


def _post(walk: Walk, name: str) -> str:
    """The chair of the unit, who may hold everything."""
    with walk.world.database.reading() as session:
        unit = walk.scene.row(name).unit_id
        return str(session.scalars(sa.select(Post.id).where(Post.unit_id == unit, Post.code == "chairperson")).one())


def _buttons(number: int, whole: bool) -> list[str]:
    return [button for at, button in enumerate(ACTS) if whole or (at + number) % len(ACTS) == 0]


def _pairs(whole: bool) -> Iterator[tuple[Person, str, list[str]]]:
    for (at, person), (case_at, name) in itertools.product(enumerate(OFFICERS), enumerate(CASES)):
        yield person, name, _buttons(at + 3 * case_at, whole)


def _known_to(person: Person) -> set[str]:
    return {name for name, told in CASES.items() if may_know(person, told)}


def _named_in(walk: Walk, text: str) -> set[str]:
    """Cases whose references stand in a page."""
    return {name for name, opened in walk.scene.opened.items() if opened.reference in text}


def _nobody_who_may_not_know_learns(walk: Walk, whole: bool) -> int:
    asked, blank = 0, {"version": "1", "text": "Lời tôi vừa viết"}

    @cache
    def unknown(who: str, method: str) -> TestResponse:
        end, form = ("/ky", blank) if method == "POST" else ("", None)
        return walk.ask(PEOPLE[who], method, f"/can-bo/viec/{NEVER}{end}", form)

    for person, name, buttons in _pairs(whole):
        if may_know(person, CASES[name]):
            continue
        page = walk.scene.opened[name].page
        for method, end, form in [("GET", "", None), *(("POST", f"/{button}", blank) for button in buttons)]:
            answer, never = walk.ask(person, method, page + end, form), unknown(person.username, method)
            told = (person.username, name, method, end)
            assert (answer.status_code, answer.get_data()) == (404, never.get_data()), told
            assert _headers(answer) == _headers(never), told
            asked += 1
    return asked


def _headers(answer: TestResponse) -> dict[str, str]:
    return {key: value for key, value in answer.headers.items() if key not in ("Date", "Set-Cookie", "Expires")}


def _who_may_know_does_what_is_theirs(walk: Walk, whole: bool) -> Counter[tuple[str, bool]]:
    done: Counter[tuple[str, bool]] = Counter()
    for person, name, buttons in _pairs(whole):
        case, page = CASES[name], walk.scene.opened[name].page
        if not may_know(person, case):
            continue
        opened = walk.ask(person, "GET", page)
        assert opened.status_code == 200, (person.username, name)
        told_of = opened.get_data(as_text=True)
        assert not any(secret in told_of for secret in SENDER.values()), (person.username, name)
        assert not _named_in(walk, told_of) - _known_to(person), (person.username, name)
        for button in buttons:
            answer = walk.ask(person, "POST", f"{page}/{button}", _form(walk, name, button))
            worked, may = answer.status_code in (200, 303), may_do(person, case, button)
            told = (person.username, name, button, answer.status_code, may)
            assert worked or answer.status_code == 409, told
            assert worked <= may, told
            assert worked or not may or not ACTS[button].sure, told
            done[button, worked] += 1
    return done


def test_nobody_who_may_not_know_learns_of_a_case(walk: Walk) -> None:
    assert _nobody_who_may_not_know_learns(walk, whole=False) > 1_000


def test_who_may_know_does_what_is_theirs_and_nothing_else(walk: Walk) -> None:
    done = _who_may_know_does_what_is_theirs(walk, whole=False)
    assert {button for button, _worked in done} == set(ACTS)


def test_the_fast_walk_meets_everybody_with_every_button() -> None:
    pairs = list(_pairs(whole=False))
    assert {(p.username, b) for p, _n, bs in pairs for b in bs} == set(
        itertools.product((p.username for p in OFFICERS), ACTS)
    )
    assert {(name, button) for _p, name, buttons in pairs for button in buttons} == set(itertools.product(CASES, ACTS))


@pytest.fixture
def whole_walk(world: World) -> Iterator[Walk]:
    """The same on either database."""
    made = Walk(build(world))
    with keeping_nothing(world.database):
        yield made


@pytest.mark.deep
def test_everybody_with_every_case_and_every_button_deep(whole_walk: Walk) -> None:
    assert _nobody_who_may_not_know_learns(whole_walk, whole=True) > 10_000
    done = _who_may_know_does_what_is_theirs(whole_walk, whole=True)
    # No law that was read knows an extension of a term to answer.
    assert {button for button, worked in done if worked} == set(ACTS) - {"gia-han"}, "an act nobody could do"


# --- lists, searches, many at once ---

SEARCHES = ("", "?trang_thai=tat-ca", "?tim=hai triệu", "?tim=giấy khai sinh")
"""The desk, everything, and words of cases that are kept from somebody; every pile is in test_gate."""


@pytest.mark.parametrize("person", OFFICERS, ids=[person.username for person in OFFICERS])
def test_no_list_and_no_search_names_what_its_reader_may_not_know_of(walk: Walk, person: Person) -> None:
    named: set[str] = set()
    for query in SEARCHES:
        answer = walk.ask(person, "GET", f"/can-bo/{query}")
        assert answer.status_code == 200
        named |= _named_in(walk, answer.get_data(as_text=True))
    for rule in (rule for rule, whose in DOORS.items() if whose in (Whose.OFFICERS, Whose.LEADERS)):
        if "GET" in walk.methods(rule):
            named |= _named_in(walk, walk.ask(person, "GET", rule).get_data(as_text=True))
    assert named == _known_to(person)


def test_confirming_many_at_once_tells_nothing_of_what_one_may_not_know(walk: Walk) -> None:
    for person in (PEOPLE[name] for name in ("a.economy_department_head", "p.beside")):
        told = {}
        for name in {*CASES} - _known_to(person) | {NEVER}:
            reference = walk.scene.opened[name].reference if name in CASES else NEVER
            answer = walk.ask(person, "POST", "/can-bo/xac-nhan", {"danh_dau": f"{reference}.1"})
            assert answer.status_code == 303
            onward = walk.clients[person.username].get(answer.headers["Location"])
            told[reference] = onward.get_data(as_text=True).replace(reference, NEVER)
        assert len(told) > 5
        assert len(set(told.values())) == 1


# --- looking ---


def test_looking_writes_nothing(walk: Walk) -> None:
    """No GET of anybody's begins to write; a look that must be recorded is a press."""
    written: list[str] = []

    def notice(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            written.append(statement)

    engine = walk.world.database.write_engine
    sa.event.listen(engine, "before_cursor_execute", notice)
    try:
        for person in EVERYBODY:
            known = next((name for name, told in CASES.items() if may_know(person, told)), "road")
            arguments = walk.fields | {"unit_code": "03646", "reference": walk.scene.opened[known].reference}
            for rule in (rule.rule for rule in walk.rules() if "GET" in walk.methods(rule.rule)):
                if DOORS[rule] is not Whose.EVERYBODYS and is_of_the_audience(person, DOORS[rule]):
                    walk.ask(person, "GET", filled(rule, arguments))
    finally:
        sa.event.remove(engine, "before_cursor_execute", notice)
    assert written == []
