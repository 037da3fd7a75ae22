"""What a citizen's page shows and what it posts back."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from models import AccessCode, CodePurpose
from surveys.intake import BOX_QUESTION, Sender
from surveys.questions import LONGEST_TEXT, Problem, Question, clean_text, read_document
from webapp.words import marked

LONGEST_CONTACT = 120
PROBLEMS = {
    ("overall", "missing"): marked("Xin chọn một khuôn mặt bên dưới rồi gửi lại."),
    ("comment", "missing"): marked("Xin viết điều Ông/Bà muốn nói rồi gửi lại."),
    "missing": marked("Xin trả lời câu này rồi gửi lại."),
    "too_long": marked("Ý kiến dài quá {most} chữ cái. Xin viết gọn lại, hoặc gửi làm hai lần."),
    "unknown_option": marked("Câu trả lời này không có trong phiếu. Xin chọn lại."),
}


@dataclass(frozen=True)
class CitizenForm:
    """A questionnaire or box as one page: questions, what was typed, what is wrong."""

    access: AccessCode
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
    return Sender(*(clean_text(form.get(key, ""))[:LONGEST_CONTACT] for key in ("sender_name", "sender_contact")))


def sentence(problem: Problem) -> str:
    """What is wrong with one answer and how to mend it."""
    words = PROBLEMS.get((problem.key, problem.code)) or PROBLEMS[problem.code]
    return words.format(most=f"{LONGEST_TEXT:,}".replace(",", "."))


