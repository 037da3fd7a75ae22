"""What the receipt promises before anybody has read the text."""

from datetime import date, datetime

from triage.casework.clocks import TERMS
from vietnamese.calendar import due_after_working_days, local_day
from webapp.citizen import citizen

LONGEST_TERM = max(term.days for term in TERMS.values())
"""Working days. Nobody knows yet what kind of matter it is, so the longest term is the one promised."""


@citizen.app_template_filter("last_day_of_answer")
def last_day_of_answer(received_at: datetime) -> date:
    """The day by which whoever wrote at `received_at` hears back, whatever the text turns out to be."""
    return local_day(due_after_working_days(received_at, LONGEST_TERM))
