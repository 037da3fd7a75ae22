"""The people who serve a commune, as routing needs to know them (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vietnamese.text import nfc

CHAIRPERSON = "chairperson"
VICE_CHAIRPERSON = "vice_chairperson"
LEADERS = frozenset({CHAIRPERSON, VICE_CHAIRPERSON})

_HEAD_ENDINGS = ("_head", "_chief", "_director", "_commander")


@dataclass(frozen=True, slots=True)
class Person:
    """One officer, clerk or village head. `post` is a post id; `title` and `department` are free words."""

    id: str
    name: str
    title: str = ""
    post: str = ""
    department: str = ""
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """Everyone who serves one commune, in the order given. May be empty."""

    commune: str = ""
    staff: tuple[Person, ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Roster":
        """The roster in `{"commune", "staff": [{"id", "name", "title", "post", "department", "gender"}]}`.

        Only `id` and `name` are required of a person. Raises ValueError naming the entry and the key.
        """
        if not isinstance(data, Mapping):
            raise ValueError("roster: expected an object with 'commune' and 'staff'")
        entries = data.get("staff") or []
        if not isinstance(entries, list | tuple):
            raise ValueError("roster: 'staff' must be a list")
        staff = tuple(_person(entry, f"staff[{place}]") for place, entry in enumerate(entries))
        _refuse_twins(staff)
        return cls(commune=_word(data, "commune", "roster"), staff=staff)

    def holders(self, post: str) -> tuple[Person, ...]:
        """Everyone who holds `post`."""
        return tuple(person for person in self.staff if person.post == post)


def is_head(person: Person) -> bool:
    """Whether the post heads a department, or is the chairperson's or a vice-chairperson's."""
    return person.post in LEADERS or person.post.endswith(_HEAD_ENDINGS)


def _person(entry: Any, where: str) -> Person:
    if not isinstance(entry, Mapping):
        raise ValueError(f"roster: {where} must be an object")
    words = {key: _word(entry, key, where) for key in ("id", "name", "title", "post", "department", "gender")}
    for key in ("id", "name"):
        if not words[key]:
            raise ValueError(f"roster: {where} has no '{key}'")
    return Person(**words)


def _word(entry: Mapping[str, Any], key: str, where: str) -> str:
    value = entry.get(key)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(f"roster: {where} '{key}' must be text")
    return nfc(str(value)).strip()


def _refuse_twins(staff: tuple[Person, ...]) -> None:
    seen: dict[str, int] = {}
    for place, person in enumerate(staff):
        if person.id in seen:
            raise ValueError(f"roster: staff[{place}] 'id' {person.id!r} is already staff[{seen[person.id]}]")
        seen[person.id] = place
