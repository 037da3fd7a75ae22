"""Codes on walls: made, asked with another questionnaire, retired. A code's row stays for ever."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import AccessCode, CodePurpose, Questionnaire, QuestionnaireStatus, Unit
from models.codes import new_access_code
from models.refusals import Refused
from vietnamese.text import fold

LONGEST_PLACE = 120


def make_code(
    session: Session, unit: Unit, purpose: CodePurpose, place: str, asked: Questionnaire | None, at: datetime
) -> AccessCode:
    """A new code; `asked` is what a survey asks and None for a box. Raises Refused when the place has one."""
    place = " ".join(place.split())
    if not fold(place) or len(place) > LONGEST_PLACE:
        raise Refused("place_missing", "noi")
    living = sa.select(AccessCode).where(AccessCode.unit_id == unit.id, AccessCode.retired_at.is_(None))
    for other in session.scalars(living.where(AccessCode.purpose == purpose)):
        if fold(other.place) == fold(place):
            raise Refused("place_taken", "noi", place=other.place)
    if purpose is CodePurpose.SURVEY:
        _check_asked(unit, asked)
    code = AccessCode(
        code=_fresh(session), purpose=purpose, place=place, unit_id=unit.id, province_code=unit.province_code,
        created_at=at, questionnaire_id=asked.id if asked and purpose is CodePurpose.SURVEY else None,
    )  # fmt: skip
    session.add(code)
    session.flush()
    return code


def ask_with(session: Session, unit: Unit, code: AccessCode, asked: Questionnaire | None) -> None:
    """From now on the code asks this version; the sheet on the wall stays good."""
    if code.retired_at is not None or code.purpose is not CodePurpose.SURVEY:
        raise Refused("code_retired")
    _check_asked(unit, asked)
    code.questionnaire_id = asked.id if asked else None
    session.flush()


def retire_code(session: Session, code: AccessCode, at: datetime) -> None:
    """Stop a code for good: whoever scans it is led on kindly, and forms already open are still accepted a day."""
    if code.retired_at is not None:
        raise Refused("code_retired")
    code.retired_at = at
    session.flush()


def _check_asked(unit: Unit, asked: Questionnaire | None) -> None:
    known = asked is not None and asked.unit_id in (None, unit.id)
    if asked is None or not known or asked.status is not QuestionnaireStatus.PUBLISHED:
        raise Refused("questionnaire_unknown", "phieu")


def _fresh(session: Session) -> str:
    while session.get(AccessCode, code := new_access_code()) is not None:
        pass
    return code
