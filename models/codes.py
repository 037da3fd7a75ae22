"""QR codes on walls and follow-up codes in pockets.

Both use Crockford's base-32 letters (no I, L, O, U), so that a code read aloud or copied from paper
survives. A link in capitals uses the QR standard's alphanumeric mode and so gives a coarser, sturdier
symbol.
"""

import secrets
import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, relationship
from stdnum import luhn

from models.base import Base, Located, UtcDateTime, column, enum_of
from models.encryption import Keyring
from models.questionnaires import Questionnaire
from models.units import Unit

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READINGS = str.maketrans({"O": "0", "I": "1", "L": "1"})
ACCESS_CODE_LENGTH = 7
FOLLOW_UP_LENGTH = 16
"""15 characters of 5 bits (75 bits) and one check character."""


class CodePurpose(StrEnum):
    """What a QR code opens."""

    SURVEY = "survey"
    BOX = "box"


class AccessCode(Base, Located):
    """A printed code of one unit: its counter's questionnaire or its suggestion box."""

    __tablename__ = "access_codes"
    __table_args__ = (
        sa.CheckConstraint("(purpose = 'survey') = (questionnaire_id IS NOT NULL)", name="survey_has_questions"),
    )

    code: Mapped[str] = column("what the link ends in, upper case", sa.String(16), primary_key=True)
    purpose: Mapped[CodePurpose] = column("what it opens", enum_of(CodePurpose))
    place: Mapped[str] = column("counter or place where it hangs, shown to citizens", sa.String(120))
    questionnaire_id: Mapped[int | None] = column("version asked", sa.ForeignKey("questionnaires.id"))
    created_at: Mapped[datetime] = column("when it was made", UtcDateTime)
    retired_at: Mapped[datetime | None] = column("when it stopped; the row stays, walls keep paper", UtcDateTime)

    unit: Mapped[Unit] = relationship()
    questionnaire: Mapped[Questionnaire | None] = relationship()


def new_access_code() -> str:
    """Seven random characters: 35 bits, not secret, only hard to mistake for another."""
    return "".join(secrets.choice(ALPHABET) for _ in range(ACCESS_CODE_LENGTH))


def read_typed_code(typed: str) -> str:
    """What a person typed → the plain code: upper case, O as 0, I and L as 1, no spaces or hyphens."""
    return "".join(c for c in typed.upper().translate(_READINGS) if c in ALPHABET)


def follow_up_code(keyring: Keyring, submission_id: uuid.UUID) -> str:
    """The 16 characters a citizen keeps; the same for every retry of one submission."""
    number = int.from_bytes(keyring.digest("follow-up code", submission_id.bytes)[:10]) >> 5
    body = "".join(ALPHABET[(number >> shift) & 31] for shift in range(70, -1, -5))
    return body + luhn.calc_check_digit(body, ALPHABET)


def is_follow_up_code(code: str) -> bool:
    """Whether length and check character fit, so that a typing error is told from an unknown code."""
    return len(code) == FOLLOW_UP_LENGTH and luhn.is_valid(code, ALPHABET)


def follow_up_hash(keyring: Keyring, code: str) -> str:
    """What the database keeps of a follow-up code."""
    return keyring.digest("follow-up hash", code.encode()).hex()


def grouped(code: str) -> str:
    """Four by four, as people read it aloud: `7K2M-9QXA-…`."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))
