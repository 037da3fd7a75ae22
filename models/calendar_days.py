"""Days on which offices work otherwise than the calendar says: swaps, make-up days, local holidays."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import Base, UtcDateTime, column, enum_of
from vietnamese.calendar import Worked


class CalendarDay(Base):
    """One day of one unit; a commune's own line stands over its province's."""

    __tablename__ = "calendar_days"

    unit_id: Mapped[int] = column("unit, or the province for all its communes", sa.ForeignKey("units.id"),
                                  primary_key=True)  # fmt: skip
    day: Mapped[date] = column("local calendar day", primary_key=True)
    worked: Mapped[Worked] = column("which half-days are worked", enum_of(Worked))
    source: Mapped[str] = column("notice that says so", sa.String(300), default="")
    verified: Mapped[bool] = column("whether somebody compared it with the notice", default=False)
    changed_at: Mapped[datetime] = column("when it was last changed", UtcDateTime)
    changed_by: Mapped[int | None] = column("who; empty: the program", sa.ForeignKey("accounts.id"))
