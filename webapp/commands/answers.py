"""What `langnghe setup` needs to know: the answers, and how each is read from a keyboard or a file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from models.standard_posts import COMMUNE_POSTS
from models.territory import kind_of
from vietnamese.names import GENDER_WORDS, gender_of, name_words
from vietnamese.text import fold
from webapp.commands.asking import Wrong
from webapp.settings import is_base_url

FIRST_COUNTER = "Quầy tiếp nhận số 1"
ADMINISTRATOR = "quantri"
MAIN_POSTS = (
    "chairperson", "vice_chairperson", "public_service_center_director", "office_chief", "justice_officer",
    "economy_department_head", "culture_social_department_head", "commune_police_chief", "reception_clerk",
    "restricted_intake",
)  # fmt: skip
"""Posts that an office of a commune can be expected to have; a file of answers may name them."""
ASKED_POSTS = ("chairperson", "vice_chairperson", "restricted_intake")
"""Those without whom nothing can be received: who signs, who signs when the first is accused, who takes in accusations.

The others are named on the administrator's pages, a whole list at once: quicker than question by question.
"""
REPEATED_POST = "vice_chairperson"
TITLES = {post.code: post.title for post in COMMUNE_POSTS}


@dataclass(frozen=True)
class UnitChoice:
    """A commune as far as it is known: with what is set up in it already."""

    code: str
    name: str
    province_code: str
    province: str
    address: str = ""
    hotline: str = ""
    counters: tuple[str, ...] = ()
    held: frozenset[str] = frozenset()
    """Identifiers of posts that somebody holds today."""

    def __str__(self) -> str:
        return f"{self.name} (mã {self.code}), {self.province}"


@dataclass(frozen=True)
class PersonAnswer:
    """Who holds a post; one person may stand in several lines."""

    post: str
    name: str
    gender: str


@dataclass(frozen=True)
class Known:
    """What the installation knows before the first question."""

    units: tuple[UnitChoice, ...]
    usernames: frozenset[str] = frozenset()
    administrators: Mapping[str, str] = field(default_factory=dict)
    """Code of a commune or province → sign-in name of an administrator there."""
    base_url: str = ""
    """The base address somebody has set; empty: nobody has."""

    @property
    def provinces(self) -> dict[str, str]:
        """Two-digit code → name."""
        return {unit.province_code: unit.province for unit in self.units}

    def administrator_of(self, unit: UnitChoice) -> str:
        """Who looks after the unit already; empty when nobody does."""
        return self.administrators.get(unit.code) or self.administrators.get(unit.province_code, "")


@dataclass(frozen=True)
class Answers:
    """Everything to store; an empty answer leaves what is there."""

    unit: UnitChoice
    base_url: str = ""
    hotline: str = ""
    address: str = ""
    staff_file: Path | None = None
    people: tuple[PersonAnswer, ...] = ()
    counters: tuple[str, ...] = ()
    administrator: str = ""


def find_units(known: Known, typed: str) -> list[UnitChoice]:
    """Communes whose code is, or whose name is or holds, what was typed, with or without marks."""
    wanted = fold(typed)
    if re.fullmatch(r"\d+", wanted):
        return [unit for unit in known.units if unit.code == wanted.zfill(5)]
    exact = [unit for unit in known.units if wanted in (fold(unit.name), _bare(unit.name))]
    return exact or [unit for unit in known.units if wanted and wanted in fold(f"{unit.name} {unit.province}")]


def _bare(name: str) -> str:
    return re.sub(r"^(xa|phuong|dac khu) ", "", fold(name))


def read_new_code(known: Known, typed: str) -> str:
    """Code of a commune that is not in the list."""
    if not re.fullmatch(r"\d{5}", typed):
        raise Wrong("Mã xã gồm đúng 5 chữ số, giữ cả số 0 ở đầu, ví dụ 03646.")
    if any(unit.code == typed for unit in known.units):
        raise Wrong(f"Mã {typed} đã có trong danh sách: {find_units(known, typed)[0]}.")
    return typed


def read_unit_name(typed: str) -> str:
    """Full official name of a commune."""
    if kind_of(typed) is None:
        raise Wrong("Tên đầy đủ bắt đầu bằng Xã, Phường hoặc Đặc khu, ví dụ: Xã Chiềng Mai.")
    return _at_most(typed, 200)


def read_province(known: Known, typed: str) -> tuple[str, str]:
    """Code and name of a province: a known one by either, or a new one as `14 Tỉnh Sơn La`."""
    for code, name in known.provinces.items():
        if fold(typed) in (code, fold(name), re.sub(r"^(tinh|thanh pho) ", "", fold(name))):
            return code, name
    new = re.fullmatch(r"(\d{2}) ((?:Tỉnh|Thành phố) .+)", typed)
    if new is None:
        raise Wrong("Chưa biết tỉnh này. Xin gõ mã 2 chữ số rồi tên đầy đủ, ví dụ: 14 Tỉnh Sơn La.")
    if new[1] in known.provinces:
        raise Wrong(f"Mã {new[1]} là của {known.provinces[new[1]]}.")
    return new[1], _at_most(new[2], 200)


def read_base_url(typed: str) -> str:
    """Address that phones open; `https://` is taken for granted. Empty: decided later."""
    if not typed:
        return ""
    address = typed.rstrip("/").lower()
    address = address if "://" in address else f"https://{address}"
    if not is_base_url(address):
        raise Wrong("Địa chỉ chỉ gồm tên miền, không có phần sau dấu /, ví dụ: https://gopy.phuong.gov.vn")
    return address


def read_hotline(typed: str) -> str:
    """A telephone number as people read it."""
    figures = sum(c.isdigit() for c in typed)
    if not 3 <= figures <= 15 or not re.fullmatch(r"[+(]?[\d ().-]+", typed) or len(typed) > 40:
        raise Wrong("Số điện thoại gồm 3 đến 15 chữ số, có thể có dấu cách, ví dụ: 0212 385 1111.")
    return typed


def read_address(typed: str) -> str:
    """Where citizens are received; may be empty."""
    return _at_most(typed, 300)


def read_counter(typed: str) -> str:
    """Name of a counter; may be empty."""
    return _at_most(typed, 120)


def read_counters(typed: str) -> tuple[str, ...]:
    """Names of one or more counters."""
    names = tuple(read_counter(part) for part in _parts(typed))
    if not names:
        raise Wrong(f"Xin gõ tên ít nhất một quầy, ví dụ: {FIRST_COUNTER}.")
    _refuse_twice(names)
    return names


def read_people(post: str, typed: str) -> list[PersonAnswer]:
    """Nobody, one person, or for a post that several hold as many as are named."""
    parts = _parts(typed)
    if len(parts) > 1 and post != REPEATED_POST:
        raise Wrong("Chức danh này chỉ ghi một người, ví dụ: Lò Văn An, nam. Thêm người sau ở trang Quản trị.")
    people = [person for part in parts if (person := read_person(post, part))]
    _refuse_twice(tuple(person.name for person in people))
    return people


def is_path(typed: str) -> bool:
    """Whether an answer names a file and no person."""
    return "/" in typed or "\\" in typed or typed.strip("'\"").lower().endswith(".csv")


def _parts(typed: str) -> list[str]:
    return [part.strip() for part in typed.split(";") if part.strip()]


def _refuse_twice(names: tuple[str, ...]) -> None:
    twice = [name for number, name in enumerate(names) if fold(name) in map(fold, names[:number])]
    if twice:
        raise Wrong(f"{twice[0]} được ghi hai lần. Xin gõ lại.")


def read_person(post: str, typed: str, said_gender: str = "") -> PersonAnswer | None:
    """`Lò Văn An` or `Lò Văn An, nam`; None when nothing was typed. The gender is "" when nothing tells it."""
    name, _comma, said = typed.partition(",")
    said = (said_gender or said).strip()
    if not fold(name):
        return None
    if len(name_words(name)) < 2 or len(name) > 120 or any(c.isdigit() or c in ";:@/<>" for c in name):
        raise Wrong("Xin gõ cả họ và tên, không có số hay ký hiệu, ví dụ: Lò Văn An, hoặc: Lò Văn An, nam.")
    if said and fold(said) not in _GENDERS:
        raise Wrong("Sau dấu phẩy chỉ gõ nam hoặc nữ, ví dụ: Lò Văn An, nam.")
    return PersonAnswer(post, " ".join(name_words(name)), _GENDERS.get(fold(said), "") or gender_of(name))


_GENDERS = {fold(word): gender for word, gender in GENDER_WORDS.items()}


def read_gender(typed: str) -> str:
    """nam or nữ."""
    if fold(typed) not in _GENDERS:
        raise Wrong("Xin gõ nam hoặc nữ.")
    return _GENDERS[fold(typed)]


def read_administrator(known: Known, typed: str) -> str:
    """A new sign-in name."""
    name = typed.lower()
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{2,59}", name):
        raise Wrong("Tên đăng nhập từ 3 ký tự, gồm chữ không dấu, chữ số, dấu chấm hoặc gạch, ví dụ: quantri.")
    if name in known.usernames:
        raise Wrong(f"Đã có người dùng tên {name}. Xin chọn tên khác, ví dụ: {name}2.")
    return name


def _at_most(typed: str, longest: int) -> str:
    if len(typed) > longest:
        raise Wrong(f"Dài quá {longest} ký tự, xin gõ gọn hơn.")
    return typed
