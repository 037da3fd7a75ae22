"""Every rule of the table of routes: whose pages they are. A new rule is named here, or the walk fails."""

from enum import StrEnum

from models import Role
from tests.access.rules import ACTS, PROVINCE_OF
from tests.access.told import SIGNERS, SUPERIOR, Person


class Whose(StrEnum):
    """Who is let in, before it is asked of what."""

    EVERYBODYS = "everybody's"
    SIGNED_IN = "whoever is signed in"
    FREE = "whoever is signed in and need not have a second factor"
    OFFICERS = "officers"
    LEADERS = "officers who sign"
    CASE = "whoever may know of the case"
    OWN_THING = "the officer whose thing it is"
    BOARD = "the board"
    BOARD_UNIT = "the board of the unit or its province"
    ADMIN = "administrators"
    ADMIN_UNIT = "administrators of the unit or its province"


AUDIENCE = {
    Whose.OFFICERS: Role.OFFICER, Whose.LEADERS: Role.OFFICER, Whose.CASE: Role.OFFICER, Whose.OWN_THING: Role.OFFICER,
    Whose.BOARD: Role.BOARD, Whose.BOARD_UNIT: Role.BOARD,
    Whose.ADMIN: Role.ADMINISTRATOR, Whose.ADMIN_UNIT: Role.ADMINISTRATOR,
}  # fmt: skip
_OF_UNITS = (
    "", "/chuc-danh", "/chuc-danh/<post>", "/ky", "/lich", "/ma", "/ma/<code>", "/nguoi", "/nguoi/<person>",
    "/nguoi/<person>/dang-nhap", "/nguoi/<person>/moi", "/nguoi/dan", "/nguoi/moi", "/phan-viec", "/phan-viec/thu",
    "/phieu", "/phieu/<number>", "/phieu/<number>/xem", "/truc",
)  # fmt: skip
_TABLE: dict[Whose, tuple[str, ...]] = {
    Whose.EVERYBODYS: (
        "/", "/q/<code>", "/Q/<code>", "/t/<code>", "/T/<code>", "/theo-doi", "/THEO-DOI", "/theo-doi/rut",
        "/giao-dien", "/moi/<code>", "/MOI/<code>", "/dang-nhap", "/dang-nhap/ma", "/dang-nhap/ma-du-phong",
        "/dang-nhap/bo-qua", "/dang-xuat", "/static/<path:filename>", "/tai-khoan/buoc-hai/dat",
    ),
    Whose.SIGNED_IN: (
        "/tai-khoan/", "/tai-khoan/ket-thuc", "/tai-khoan/mat-khau", "/tai-khoan/buoc-hai",
        "/tai-khoan/buoc-hai/ma-du-phong",
    ),
    Whose.FREE: ("/tai-khoan/buoc-hai/tat",),
    Whose.OFFICERS: (
        "/can-bo/", "/can-bo/trinh-bay", "/can-bo/xac-nhan", "/can-bo/loi-khen", "/can-bo/ket-qua-cua-toi",
        "/can-bo/cau-tra-loi-mau",
    ),
    Whose.LEADERS: ("/can-bo/tong-quan",),
    Whose.OWN_THING: ("/can-bo/trinh-bay/<invitation>", "/can-bo/cau-tra-loi-mau/<saved_reply>"),
    Whose.CASE: ("/can-bo/viec/<reference>", *(f"/can-bo/viec/<reference>/{button}" for button in ACTS)),
    Whose.BOARD: ("/hoi-dong/", "/hoi-dong/so-sanh.csv", "/hoi-dong/so-sanh.xlsx"),
    Whose.BOARD_UNIT: (
        "/hoi-dong/<unit_code>", "/hoi-dong/<unit_code>/bang.csv", "/hoi-dong/<unit_code>/bang.xlsx",
    ),
    Whose.ADMIN: ("/quan-tri/", "/quan-tri/may-doc-thu", "/quan-tri/ma/<code>"),
    Whose.ADMIN_UNIT: tuple(f"/quan-tri/<unit_code>{room}" for room in _OF_UNITS),
}  # fmt: skip
DOORS = {rule: whose for whose, rules in _TABLE.items() for rule in rules}
UNITS = {"03646": "A", "03664": "B", "27001": "C"}
"""Codes of the communes of the scene."""


def is_in(person: Person) -> bool:
    """Whether anybody is signed in: an account whose posts have all ended is closed."""
    return bool(person.username) and not person.gone


def is_of_the_audience(person: Person, whose: Whose) -> bool:
    """Whether the pages are made for the person's kind of account."""
    return whose not in AUDIENCE or person.role is AUDIENCE[whose]


def leads(person: Person) -> bool:
    """Whether somebody signs answers, of a unit or of the superior level."""
    return bool(person.codes & {*SIGNERS, SUPERIOR})


def looks_after(person: Person, unit_code: str) -> bool:
    """Whether a unit is in the reach of an account of its own or of its province."""
    unit = UNITS.get(unit_code)
    return unit is not None and (person.unit == unit or person.unit == PROVINCE_OF[unit])
