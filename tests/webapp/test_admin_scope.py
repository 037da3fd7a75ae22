"""Every page and act of one unit is closed to administrators of another, and odd input never breaks one."""

import pytest
import sqlalchemy as sa

from models import Officer, Post, Questionnaire, Unit, UnitKind
from surveys.questionnaires import draft_questionnaire
from surveys.standard import STANDARD_DOCUMENT
from tests.fixtures.admin import basis_in, commune_admin
from tests.fixtures.world import World
from webapp.backups import count_rows

ODD = ("\x00", "9" * 40, "-1", "💥" * 50, "' OR 1=1 --", "<script>alert(1)</script>")


def rules_of_units(world: World, method: str) -> list[str]:
    rules = (rule for rule in world.app.url_map.iter_rules() if rule.rule.startswith("/quan-tri/<unit_code>"))
    return [rule.rule for rule in rules if method in (rule.methods or ())]


def _filled(rule: str, unit_code: str, parts: dict[str, object]) -> str:
    for name, value in {"unit_code": unit_code, **parts}.items():
        rule = rule.replace(f"<{name}>", str(value))
    return rule


def parts_of(world: World, unit_id: int, code: str) -> dict[str, object]:
    """What stands in the addresses of a unit: a post, a person, a code, a draft of its own."""
    with world.database.writing() as session:
        return {
            "post": session.scalars(sa.select(Post.id).where(Post.unit_id == unit_id).order_by(Post.id)).first(),
            "person": session.scalars(sa.select(Officer.id).where(Officer.unit_id == unit_id)).first(),
            "number": draft_questionnaire(session, f"rieng-{unit_id}", "Nháp", STANDARD_DOCUMENT, unit_id).id,
            "code": code,
        }


def test_another_units_pages_and_acts_are_not_found(world: World) -> None:
    with world.database.writing() as session:
        session.add(Unit(code="27001", name="Xã Tỉnh Khác", kind=UnitKind.COMMUNE, province_code="27"))
    other = parts_of(world, world.other_id, world.other_box_code)
    administrators = ((commune_admin(world), "03664"), (world.client("admin"), "27001"))
    before = count_rows(world.database)
    for client, unit_code in administrators:
        for method in ("GET", "POST"):
            for rule in rules_of_units(world, method):
                answer = client.open(_filled(rule, unit_code, other), method=method)
                assert answer.status_code == 404, (method, rule)
    assert count_rows(world.database) == before


def test_a_thing_of_another_unit_is_not_found_under_ones_own(world: World) -> None:
    other, client = parts_of(world, world.other_id, world.other_box_code), commune_admin(world)
    for method in ("GET", "POST"):
        for rule in rules_of_units(world, method):
            if rule.count("<") > 1:
                answer = client.open(_filled(rule, "03646", other), method=method, data={"viec": "ten"})
                assert answer.status_code == 404, (method, rule)


SHOWN_ONCE = "/nguoi/moi"
"""Invitations are shown by the press that makes them; the address alone leads back."""


def test_every_page_opens_and_keeps_the_content_policy(world: World) -> None:
    own, client = parts_of(world, world.commune_id, world.box_code), commune_admin(world)
    for rule in rules_of_units(world, "GET"):
        answer = client.get(_filled(rule, "03646", own))
        assert answer.status_code == (302 if rule.endswith(SHOWN_ONCE) else 200), rule
        page = answer.get_data(as_text=True)
        assert " style=" not in page, rule
        assert "<script" not in page, rule


def test_a_province_has_pages_of_its_own(world: World) -> None:
    client = world.client("admin")
    for rule in rules_of_units(world, "GET"):
        if rule.count("<") == 1:
            expected = 302 if rule.endswith(SHOWN_ONCE) else 200
            assert client.get(_filled(rule, "14", {})).status_code == expected, rule


ACTS = {
    "/chuc-danh": ("mau", "rieng"),
    "/chuc-danh/<post>": ("luu", "bo"),
    "/nguoi/dan": ("xem", "luu"),
    "/nguoi/<person>": ("ten", "giu", "thay", "thoi", "bo", "roi"),
    "/truc": ("luu", "lan_luot"),
    "/lich": ("ghi", "xem", "bo", "dan", "xem_dan", "vung"),
    "/ma": ("survey", "box"),
    "/ma/<code>": ("hoi", "ngung"),
    "/phieu/<number>": ("luu", "them", "len:x", "ngung", "ban_hanh"),
}
"""What each page's forms ask for; pages with one form have no name for it."""
FIELDS = (
    "ten",
    "phong",
    "gioi",
    "dien_thoai",
    "tu",
    "den",
    "chuc_danh",
    "thay_cho",
    "dong",
    "danh_sach",
    "noi",
    "phieu",
    "mau",
    "thang",
    "ngay-06",
    "ngay",
    "nam",
    "lam",
    "nguon",
    "thu_tu",
    "moi",
    "loi",
    "loai",
    "chu_de",
    "chu-de-fees",
    "dia_chi",
)


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_values_never_break_an_act(world: World, odd: str) -> None:
    own, client = parts_of(world, world.commune_id, world.box_code), commune_admin(world)
    for rule in rules_of_units(world, "POST"):
        path = _filled(rule, "03646", own)
        for act in (*ACTS.get(rule.removeprefix("/quan-tri/<unit_code>"), ("",)), odd):
            opened = client.get(path).get_data(as_text=True)
            mark = basis_in(opened) if "can_cu" in opened else ""
            answer = client.post(path, data={**dict.fromkeys(FIELDS, odd), "viec": act, "can_cu": mark})
            assert answer.status_code in (200, 303, 404, 409, 422), (rule, act)
            assert "<script>alert" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("part", ["%00", "9" * 40, "-1", "x"])
def test_odd_addresses_are_not_found(world: World, part: str) -> None:
    client, parts = commune_admin(world), dict.fromkeys(("post", "person", "number", "code"), part)
    for method in ("GET", "POST"):
        for rule in rules_of_units(world, method):
            if rule.count("<") > 1:
                assert client.open(_filled(rule, "03646", parts), method=method).status_code == 404, (method, rule)


def test_a_draft_belongs_to_one_commune(world: World) -> None:
    number = parts_of(world, world.other_id, world.other_box_code)["number"]
    commune_admin(world).post("/quan-tri/03646/phieu", data={"tu": number})
    with world.database.reading() as session:
        made = session.scalars(sa.select(Questionnaire).where(Questionnaire.unit_id == world.commune_id)).one()
    assert made.title == "Đánh giá sau giao dịch", "a foreign draft is never the model of ours"
