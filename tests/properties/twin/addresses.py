"""Every address of the service, from its own table of routes, filled with everything known."""

import html
import inspect
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect, Rule

import webapp
from models import AccessCode, Case, Officer, Post, Questionnaire, Role, SavedReply, Unit
from tests.properties.twin.installations import Installation, codes
from vietnamese.calendar import local_day
from webapp.asked import read_asked
from webapp.officer.desk import DUES
from webapp.officer.sentences import FILTERS, HEAPS

NEVER = "ZZZZ-ZZZZ"
AUDIENCES = {"officer": Role.OFFICER, "board": Role.BOARD, "admin": Role.ADMINISTRATOR}
SOURCES = Path(webapp.__file__).parent
_ARGUMENT = re.compile(r"request\.(?:args|values)(?:\.get\(|\.getlist\(|\[)\s*[\"'](\w+)[\"']")
_LINK = re.compile(r"\s(?:href|src|formaction)=\"([^\"]*)\"")
THIN = ("", "?trang_thai=ca-don-vi", "?trang_thai=da-xong", "?tim=quat mang")
"""The bare page, the piles that add up to everything, and a search for words of the hidden entry."""
QUERY_WORDS = ("trang_thai", "trang", "ky", "tim", "thang", "chuc_danh", "tiep", "nam", "ngay", "mau",
               "loai", "linh_vuc", "han", "khan", "xac_nhan", "vi_tri", "xep")  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What can stand in an address: argument of a rule → values, word of a query → values."""

    arguments: dict[str, tuple[str, ...]]
    queries: dict[str, tuple[str, ...]]


def known_in(made: Installation, references: Iterable[str], whole: bool) -> Known:
    """Everything known in both twins; `references` are those of all twins."""

    def column(query: sa.Select) -> tuple[str, ...]:
        return tuple(str(value) for (value,) in made.read(query) if value is not None)

    tables = {"post": Post, "person": Officer, "number": Questionnaire, "saved_reply": SavedReply}
    numbers = {name: column(sa.select(table.id).order_by(table.id)) for name, table in tables.items()}
    if not whole:
        numbers = {name: (*found[:2], found[-1]) for name, found in numbers.items()}
    units, printed = (
        column(sa.select(Unit.code).order_by(Unit.id)),
        column(sa.select(AccessCode.code).order_by(AccessCode.code)),
    )
    asked = read_asked("", local_day(made.world.clock()))
    assert asked is not None
    periods = tuple(period.code for _title, offered in asked.choices for period in offered)
    return Known(
        {
            "reference": (*sorted(references), NEVER),
            "code": (*printed, *(codes(made) if whole else codes(made)[::3]), made.invitation),
            "unit_code": (*units, "99999") if whole else ("03646", "99999"),
            "filename": ("base.css", "nowhere.css"),
            "invitation": ("0" * 32,),
            **{name: (*found, "0") for name, found in numbers.items()},
        },
        {
            "trang_thai": (*dict.fromkeys((*HEAPS, *FILTERS)), "waiting"),
            "trang": ("2", "999", "x") if whole else ("2",),
            "ky": (*periods, "2026-09-21", "x") if whole else ("2026-09", "2026-Q4"),
            # Words of hidden entries and the references of all: a search finds neither for who must not know.
            "tim": ("to hieu", "quat mang", *sorted(references), *(("x", "hai triệu", "phong bì") if whole else ())),
            "thang": ("2026-09", "2026-11")[: 2 if whole else 1],
            "chuc_danh": numbers["post"][:1],
            "tiep": ("/can-bo/",),
            "nam": ("2027",),
            "ngay": ("2026-09-02",),
            "loai": ("petition", "denunciation", "x") if whole else ("petition",),
            "linh_vuc": ("staff_attitude", "integrity", "x") if whole else ("staff_attitude",),
            "han": tuple(DUES) if whole else ("qua-han", "con-xa"),
            "khan": ("co",),
            "xac_nhan": ("chua",),
            "vi_tri": numbers["post"],
            "xep": ("moi-nhat",),
            "mau": (numbers["saved_reply"][0], "0"),
        },
    )


def query_words_in_sources() -> set[str]:
    """Words of addresses' queries that the web package reads."""
    texts = (path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py"))
    return {word for text in texts for word in _ARGUMENT.findall(text)}


def rules_of(made: Installation, method: str) -> list[Rule]:
    """The table of routes."""
    found = [rule for rule in made.world.app.url_map.iter_rules() if method in (rule.methods or ())]
    return sorted(found, key=lambda rule: rule.rule)


def audience_of(rule: Rule) -> Role | None:
    """Whose pages a rule belongs to; None for those open to all."""
    return AUDIENCES.get(rule.endpoint.partition(".")[0])


def addresses_of(made: Installation, rule: Rule, known: Known) -> list[str]:
    """The rule with every combination of what is known."""
    names = re.findall(r"<(?:\w+:)?(\w+)>", rule.rule)
    unknown = set(names) - set(known.arguments)
    assert not unknown, f"{rule.rule}: say in known_in what can stand for {unknown}"
    filled = []
    for values in itertools.product(*(known.arguments[name] for name in names)):
        address = rule.rule
        for name, value in zip(names, values, strict=True):
            address = re.sub(rf"<(?:\w+:)?{name}>", value, address)
        filled.append(address)
    return filled


def queries_of(made: Installation, rule: Rule, known: Known) -> list[str]:
    """Queries that the module of a rule's view reads, each value alone; pages of each pile besides."""
    view = made.world.app.view_functions[rule.endpoint]
    module = inspect.getmodule(inspect.unwrap(view))
    if module is None or rule.endpoint == "static":
        return [""]
    words = [word for word in dict.fromkeys(_ARGUMENT.findall(inspect.getsource(module))) if word in known.queries]
    asked = [""] + [f"?{word}={value}" for word in words for value in known.queries[word] if word != "trang"]
    if "trang" in words:
        asked += [f"{query}&trang={n}" for query in asked if "=" in query for n in known.queries["trang"]]
    return asked


def pages_for(made: Installation, role: Role | None, known: Known, whole: bool, full: bool) -> list[str]:
    """GET addresses for an audience: its own and the open ones with all queries, those of others once a rule.

    Without `full` only one's own, and of these only the bare ones and the piles that add up to everything.
    """
    pages: list[str] = []
    for rule in rules_of(made, "GET"):
        filled, audience = addresses_of(made, rule, known), audience_of(rule)
        if audience is None:
            pages += filled if full and (role is None or whole) else filled[:1] if full else []
        elif audience is role:
            asked = queries_of(made, rule, known) if whole or "<reference>" not in rule.rule else [""]
            pages += [address + query for address in filled for query in asked if full or query in THIN]
        elif full:
            pages.append(filled[0])
    return list(dict.fromkeys(pages))


def links_in(text: str) -> Iterator[str]:
    """Addresses of the same origin in a page."""
    for raw in _LINK.findall(text):
        parts = urlsplit(html.unescape(raw))
        if not parts.scheme and not parts.netloc and parts.path.startswith("/"):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def endpoint_of(made: Installation, address: str) -> str:
    """The endpoint behind an address, empty for none."""
    try:
        return str(made.world.app.url_map.bind("localhost").match(urlsplit(address).path)[0])
    except (HTTPException, RequestRedirect):
        return ""


def references_in(made: Installation) -> set[str]:
    """References of all cases of an installation."""
    return {reference for (reference,) in made.read(sa.select(Case.reference))}
