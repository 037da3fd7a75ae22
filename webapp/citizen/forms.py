"""What a citizen's page shows and what it posts back."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from models import AccessCode, CodePurpose, Unit
from surveys.intake import BOX_QUESTION, Sender
from surveys.questions import (
    LEVELS,
    LONGEST_TEXT,
    NOT_APPLICABLE,
    Problem,
    Question,
    QuestionKind,
    clean_text,
    read_document,
)
from webapp.words import marked

LONGEST_CONTACT = 120
FOLDED = (QuestionKind.CHOICE, QuestionKind.ITEM)
"""Kinds of question that stand behind "Thêm ý kiến"."""
PROBLEMS = {
    ("overall", "missing"): marked("Xin chọn một khuôn mặt bên dưới rồi gửi lại."),
    ("comment", "missing"): marked("Xin viết điều Ông/Bà muốn nói rồi gửi lại."),
    "missing": marked("Xin trả lời câu này rồi gửi lại."),
    "too_long": marked("Ý kiến dài quá {most} chữ cái. Xin viết gọn lại, hoặc gửi làm hai lần."),
    "unknown_option": marked("Câu trả lời này không có trong phiếu. Xin chọn lại."),
}


@dataclass(frozen=True)
class CitizenForm:
    """A questionnaire or box as one page: whose it is today, questions, what was typed, what is wrong."""

    access: AccessCode
    unit: Unit
    questions: tuple[Question, ...]
    submission_id: uuid.UUID
    values: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_box(self) -> bool:
        """Whether this is a suggestion box."""
        return self.access.purpose is CodePurpose.BOX

    def of_kind(self, kind: str) -> list[Question]:
        """Questions of one kind, in order."""
        return [question for question in self.questions if question.kind == kind]

    @property
    def levels(self) -> Mapping[str, str]:
        """The five levels, worst first: value → words."""
        return {str(level): words for level, words in LEVELS.items()}

    @property
    def item_levels(self) -> Mapping[str, str]:
        """What one item can be answered with: the five levels, or that it does not apply."""
        return {**self.levels, NOT_APPLICABLE: marked("Không áp dụng")}

    @property
    def is_folded_part_used(self) -> bool:
        """Whether the part behind "Thêm ý kiến" holds an answer or a problem, and so must stand open."""
        folded = [question.key for question in self.questions if question.kind in FOLDED]
        return any(self.values.get(key) or key in self.problems for key in folded)

    @property
    def problem_links(self) -> list[tuple[str, str]]:
        """Where each problem is mended: the id of the field (of the first choice, when there are several)."""
        first_of = {QuestionKind.FACE: "-1", QuestionKind.ITEM: "-1"}
        ends = {question.key: first_of.get(question.kind, "") for question in self.questions}
        return [(key + ends[key], words) for key, words in self.problems.items()]


def questions_of(access: AccessCode) -> tuple[Question, ...]:
    """What a code asks."""
    if access.purpose is CodePurpose.BOX or access.questionnaire is None:
        return (BOX_QUESTION,)
    return read_document(access.questionnaire.document)


def read_submission_id(form: Mapping[str, str]) -> uuid.UUID:
    """The random id the page carried; a fresh one when it is damaged, so that no answer is lost."""
    try:
        return uuid.UUID(form.get("submission_id", ""))
    except ValueError:
        return uuid.uuid4()


def read_sender(form: Mapping[str, str]) -> Sender:
    """Name and contact, when the citizen chose to leave them."""
    keys = ("sender_name", "sender_contact")
    name, contact = (clean_text(form.get(key, ""))[:LONGEST_CONTACT] for key in keys)
    return Sender(name, contact)


def sentence(problem: Problem) -> str:
    """What is wrong with one answer and how to mend it."""
    words = PROBLEMS.get((problem.key, problem.code)) or PROBLEMS[problem.code]
    return words.format(most=f"{LONGEST_TEXT:,}".replace(",", "."))
