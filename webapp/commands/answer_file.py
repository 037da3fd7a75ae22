"""Answers of `langnghe setup --file`: YAML, read by the keyboard's readers; all problems are told at once."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml

from vietnamese.text import nfc
from webapp.commands import answers as read
from webapp.commands.answers import Answers, Known, PersonAnswer, UnitChoice
from webapp.commands.asking import Stop, Wrong
from webapp.commands.founding import check_staff_file

T = TypeVar("T")
KEYS = ("unit", "base_url", "hotline", "address", "staff", "people", "counters", "counter", "administrator")


def answers_from_file(file: Path, known: Known) -> Answers:
    """Read the file. Raises Stop naming every answer that is wrong or missing."""
    raw, problems = _load(file), list[str]()
    problems += [f"không có câu hỏi nào tên {key!r}" for key in raw if key not in KEYS]
    unit = _reading(problems, "unit", lambda: _unit(known, raw.get("unit")))
    if unit is None:
        raise Stop(_all(file, problems))
    hotline = _reading(problems, "hotline", lambda: _hotline(raw, unit)) or ""
    answers = Answers(
        unit,
        base_url=_reading(problems, "base_url", lambda: read.read_base_url(_text(raw, "base_url"))) or "",
        hotline=hotline,
        address=_reading(problems, "address", lambda: read.read_address(_text(raw, "address"))) or "",
        staff_file=_reading(problems, "staff", lambda: _staff_file(file, raw, unit)),
        people=_reading(problems, "people", lambda: tuple(_people(raw.get("people"), unit))) or (),
        counters=_reading(problems, "counters", lambda: _counters(raw, unit)) or (),
        administrator=_reading(problems, "administrator", lambda: _administrator(raw, known, unit)) or "",
    )
    if problems:
        raise Stop(_all(file, problems))
    return answers


def _load(file: Path) -> dict[str, Any]:
    try:
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise Stop(f"{file} không phải là YAML ({problem})") from problem
    if not isinstance(raw, dict):
        raise Stop(f"{file} phải gồm các dòng `tên: giá trị`, xem docs/operations.md")
    return {str(key): value for key, value in raw.items()}


def _reading(problems: list[str], key: str, read_it: Callable[[], T]) -> T | None:
    try:
        return read_it()
    except Wrong as problem:
        problems.append(f"{key}: {problem}")
        return None


def _all(file: Path, problems: list[str]) -> str:
    return f"{file} có chỗ chưa đúng:\n  " + "\n  ".join(problems)


def _text(raw: dict[str, Any], key: str) -> str:
    value = raw.get(key)
    if value is not None and not isinstance(value, str | int):
        raise Wrong("chỉ ghi một dòng chữ.")
    return " ".join(nfc(str(value if value is not None else "")).split())


def _unit(known: Known, said: Any) -> UnitChoice:
    if isinstance(said, dict):
        code = read.read_new_code(known, _text(said, "code"))
        province = read.read_province(known, _text(said, "province"))
        return UnitChoice(code, read.read_unit_name(_text(said, "name")), *province)
    found = read.find_units(known, _text({"unit": said}, "unit"))
    if len(found) == 1:
        return found[0]
    if not found:
        raise Wrong(
            f"không có nơi nào là {said!r}. Nơi mới thì ghi {{code: '12345', name: Xã …, province: 14 Tỉnh …}}."
        )
    raise Wrong(f"có {len(found)} nơi là {said!r}; ghi mã 5 chữ số: " + ", ".join(map(str, found[:5])))


def _hotline(raw: dict[str, Any], unit: UnitChoice) -> str:
    said = _text(raw, "hotline")
    return "" if unit.hotline and not said else read.read_hotline(said)


def _staff_file(file: Path, raw: dict[str, Any], unit: UnitChoice) -> Path | None:
    said = _text(raw, "staff")
    if not said:
        return None
    path = (file.absolute().parent / Path(said).expanduser()).absolute()
    check_staff_file(path, unit)
    return None if unit.held else path


def _people(said: Any, unit: UnitChoice) -> Iterator[PersonAnswer]:
    for line in said or ():
        if not isinstance(line, dict) or _text(line, "post") not in read.MAIN_POSTS:
            raise Wrong(f"{line!r} phải có post là một trong: {', '.join(read.MAIN_POSTS)}.")
        person = read.read_person(_text(line, "post"), _text(line, "name"), _text(line, "gender"))
        if person and person.post not in unit.held:
            yield person


def _counters(raw: dict[str, Any], unit: UnitChoice) -> tuple[str, ...]:
    said = raw.get("counters", raw.get("counter"))
    if not said:
        return () if unit.counters else (read.FIRST_COUNTER,)
    names = said if isinstance(said, list) else [said]
    return tuple(dict.fromkeys(read.read_counter(_text({"name": name}, "name")) for name in names))


def _administrator(raw: dict[str, Any], known: Known, unit: UnitChoice) -> str:
    if known.administrator_of(unit):
        return ""
    return read.read_administrator(known, _text(raw, "administrator") or read.ADMINISTRATOR)
