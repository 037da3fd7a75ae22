"""When an answer is due. Pure.

Figures and sources as in the law read for this project; where the law gives none, the default is ours and
says so. Law 136/2025 (in force 1 July 2026) amends three of these laws and was not readable: verify.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from vietnamese.calendar import add_working_days, due_after_working_days, local_day


@dataclass(frozen=True)
class Term:
    """A term for the answer. `days` are working days unless `calendar_hours` is set."""

    days: int
    source: str
    verify: bool
    calendar_hours: int | None = None


URGENT = Term(0, "default ours; Circular 05/2021 Art. 16 asks for 'at once'", True, calendar_hours=1)
TERMS = {
    "petition": Term(15, "no figure found in law; common practice", True),
    "complaint": Term(10, "Law 02/2011 Art. 27 (accept or refuse; calendar days there)", True),
    "denunciation": Term(5, "Law 25/2018 Art. 25(2) gives no figure; default ours", True),
    "praise": Term(5, "Law 10/2022 Art. 35 'promptly'; default ours", True),
    "suggestion": Term(5, "Law 10/2022 Art. 35 'promptly'; default ours", True),
    "question": Term(5, "Law 10/2022 Art. 35 'promptly'; default ours", True),
    "other": Term(5, "default ours", True),
}
DUE_SOON = 2
"""Working days ahead from which a deadline is near: on a Friday, Monday's and Tuesday's are."""


def due_at(kind: str, urgent: bool, received_at: datetime) -> datetime:
    """The instant by which an entry received at `received_at` must be answered."""
    if urgent and URGENT.calendar_hours is not None:
        return received_at + timedelta(hours=URGENT.calendar_hours)
    return due_after_working_days(received_at, TERMS[kind].days)


def standing(due: datetime, now: datetime) -> str:
    """`overdue`, `soon` or `in_time`: always shown with a word, never by colour alone."""
    if now > due:
        return "overdue"
    return "soon" if local_day(due) <= add_working_days(local_day(now), DUE_SOON) else "in_time"
