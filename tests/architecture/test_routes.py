"""Every route has a guard, no published address vanishes, and no page is undocumented."""

import re
from pathlib import Path

import pytest

from models import Role
from tests.fixtures.world import World

PUBLISHED = Path(__file__).with_name("published_routes.txt")
DOCS = Path(__file__).parents[2] / "docs"
OPEN = {"citizen", "auth", "step"}
EVERYBODYS = "account"


def _rules(world: World) -> set[str]:
    return {
        f"{method} {rule.rule}"
        for rule in world.app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def test_every_blueprint_is_open_on_purpose_or_guarded(world: World) -> None:
    guarded = {name: getattr(b, "guarded_for", "nobody") for name, b in world.app.blueprints.items()}
    assert guarded.pop("citizen") is None
    assert guarded.pop("auth") == "nobody"
    assert guarded.pop("step") == "nobody"
    assert guarded.pop(EVERYBODYS) == "everybody signed in"
    assert guarded == {"officer": Role.OFFICER, "board": Role.BOARD, "admin": Role.ADMINISTRATOR}
    outside = {e for e in world.app.view_functions if e.split(".")[0] not in world.app.blueprints}
    assert outside == {"static"}


@pytest.mark.parametrize("who", [None, "justice_officer", "board", "admin"])
def test_guarded_pages_are_closed_to_others(world: World, who: str | None) -> None:
    audience = {"justice_officer": "officer", "board": "board", "admin": "admin"}.get(who or "")
    client = world.client(who)
    for rule in world.app.url_map.iter_rules():
        blueprint = rule.endpoint.split(".")[0]
        if blueprint in OPEN | {"static", audience} or (who and blueprint == EVERYBODYS):
            continue
        address = re.sub(r"<[^>]+>", "X", rule.rule)
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            answer = client.open(address, method=method)
            assert answer.status_code == (403 if who else 302), (method, address)
            if not who:
                assert answer.headers["Location"].startswith("/dang-nhap")


def test_no_published_address_vanished(world: World) -> None:
    # QR codes hang on walls for years: an address that was ever published stays, or leads on.
    published = set(PUBLISHED.read_text().split("\n")) - {""}
    assert published - _rules(world) == set()
    assert _rules(world) - published == set(), "add new addresses to published_routes.txt"


def test_every_page_is_documented(world: World) -> None:
    pages = (DOCS / "pages.md").read_text(encoding="utf-8")
    missing = [
        rule.rule
        for rule in world.app.url_map.iter_rules()
        if rule.endpoint != "static" and f"`{rule.rule}`" not in pages
    ]
    assert missing == []


def test_links_work_in_capitals(world: World) -> None:
    client = world.client()
    for code in (world.survey_code, world.box_code):
        assert client.get(f"/Q/{code}").status_code == 200
        assert client.get(f"/q/{code.lower()}").status_code == 200


def test_gets_write_nothing(world: World) -> None:
    from webapp.backups import count_rows

    clients = [world.client(who) for who in (None, "justice_officer", "chairperson", "board", "admin")]
    before = count_rows(world.database)
    for client in clients:
        for rule in world.app.url_map.iter_rules():
            if "GET" in rule.methods and rule.endpoint != "static":
                client.get(re.sub(r"<[^>]+>", world.survey_code, rule.rule))
    assert count_rows(world.database) == before
