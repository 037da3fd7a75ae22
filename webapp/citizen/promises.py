"""What the receipt promises before anybody has read the text."""

from datetime import date, datetime

from triage.casework.calendars import calendar_of
from triage.casework.clocks import latest_answer_due
from vietnamese.calendar import local_day
from webapp.citizen import citizen
from webapp.db import reader


@citizen.app_template_filter("last_day_of_answer")
def last_day_of_answer(received_at: datetime, unit_id: int) -> date:
    """The day by which whoever wrote to a unit at `received_at` hears back, whatever the text turns out to be."""
    return local_day(latest_answer_due(received_at, calendar_of(reader(), unit_id)))
