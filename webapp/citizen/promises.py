"""What the receipt promises before anybody has read the text."""

from datetime import date, datetime

from triage.casework.clocks import latest_answer_due
from vietnamese.calendar import local_day
from webapp.citizen import citizen


@citizen.app_template_filter("last_day_of_answer")
def last_day_of_answer(received_at: datetime) -> date:
    """The day by which whoever wrote at `received_at` hears back, whatever the text turns out to be."""
    return local_day(latest_answer_due(received_at))
