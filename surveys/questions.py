"""Kinds of question, the document a questionnaire is, and what a filled form means. Pure.

A document is `{"questions": [{"key", "kind", "wording", "required", ...}]}`, in the order of the page.
The five levels and their order (worst first) are the Ministry's form; the same everywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from vietnamese.text import nfc

LEVELS = {
    1: "Rất không hài lòng",
    2: "Không hài lòng",
    3: "Bình thường",
    4: "Hài lòng",
    5: "Rất hài lòng",
}
NOT_APPLICABLE = "na"
LONGEST_TEXT = 4000
"""Characters of one comment; the longest real petitions seen run to about 1,200."""


class QuestionKind(StrEnum):
    """How a question is asked."""

    FACE = "face"
    TEXT = "text"
    ITEM = "item"
    CHOICE = "choice"


class InvalidDocument(ValueError):
    """A questionnaire document breaks the format; the message says where."""


@dataclass(frozen=True)
class Question:
    """One question of a version. `options` are (value, label) pairs of a choice."""

    key: str
    kind: QuestionKind
    wording: str
    required: bool = False
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Problem:
    """Why a form cannot be accepted: the question, and how to mend it in words for the citizen."""

    key: str
    code: str


@dataclass(frozen=True)
class Filled:
    """What a form says once it is read; `items` maps key → level, or None for not applicable."""

    overall: int | None
    text: str
    items: Mapping[str, int | None]
    choices: Mapping[str, str]
    problems: tuple[Problem, ...]


def read_document(document: Mapping[str, Any]) -> tuple[Question, ...]:
    """The questions of a document; raises InvalidDocument naming the first bad place."""
    try:
        questions = tuple(_read_question(raw) for raw in document["questions"])
    except (KeyError, TypeError, ValueError) as problem:
        raise InvalidDocument(f"questionnaire document: {problem}") from problem
    keys = [question.key for question in questions]
    if len(set(keys)) != len(keys):
        raise InvalidDocument("questionnaire document: a key stands twice")
    return questions


def read_form(questions: tuple[Question, ...], form: Mapping[str, str]) -> Filled:
    """Read a posted form against its questions. Unknown fields are ignored; nothing raises."""
    overall: int | None = None
    text = ""
    items: dict[str, int | None] = {}
    choices: dict[str, str] = {}
    problems: list[Problem] = []
    for question in questions:
        raw = form.get(question.key, "")
        found = _problem(question, raw)
        if found:
            problems.append(Problem(question.key, found))
        elif question.kind is QuestionKind.TEXT:
            text = clean_text(raw)
        elif raw and question.kind is QuestionKind.FACE:
            overall = int(raw)
        elif raw and question.kind is QuestionKind.ITEM:
            items[question.key] = None if raw == NOT_APPLICABLE else int(raw)
        elif raw:
            choices[question.key] = raw
    return Filled(overall, text, items, choices, tuple(problems))


def clean_text(raw: str) -> str:
    """A comment as it is kept: NFC, no control characters, no blank ends."""
    return nfc(raw.replace("\r\n", "\n")).strip()


def _problem(question: Question, raw: str) -> str | None:
    if question.kind is QuestionKind.TEXT:
        cleaned = clean_text(raw)
        if len(cleaned) > LONGEST_TEXT:
            return "too_long"
        return "missing" if question.required and not cleaned else None
    if not raw:
        return "missing" if question.required else None
    return None if raw in _accepted(question) else "unknown_option"


def _accepted(question: Question) -> set[str]:
    levels = {str(level) for level in LEVELS}
    if question.kind is QuestionKind.FACE:
        return levels
    if question.kind is QuestionKind.ITEM:
        return levels | {NOT_APPLICABLE}
    return {value for value, _ in question.options}


def _read_question(raw: Mapping[str, Any]) -> Question:
    options = tuple((str(value), str(label)) for value, label in raw.get("options", ()))
    question = Question(
        str(raw["key"]),
        QuestionKind(raw["kind"]),
        str(raw["wording"]),
        bool(raw.get("required", False)),
        options,
    )
    if question.kind is QuestionKind.CHOICE and not options:
        raise ValueError(f"choice {question.key!r} has no options")
    return question
