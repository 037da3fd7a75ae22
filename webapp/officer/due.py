"""How long there is left, in words; working days and plain days are never mixed. Pure."""

from datetime import datetime, timedelta

from vietnamese.calendar import NATIONAL, WorkCalendar, is_working_day, local, local_day
from webapp.words import _, day, moment

NEARLY = timedelta(hours=3)
"""Nearer than this, minutes and hours are told instead of days."""


def due_words(standing: str, due: datetime, now: datetime, calendar: WorkCalendar = NATIONAL) -> str:
    """One phrase for the clock of a case: how much is left, how late it is, or how it ended.

    Working days are those of `calendar`, the unit's own, by which `standing` was reckoned too.
    """
    if standing == "overdue":
        return _late(now - due, _working_days(due, now, calendar))
    if standing == "paused":
        return _("Đang chờ người gửi")
    if standing == "on_time":
        return _("Trả lời đúng hạn")
    if standing == "late":
        return _("Trả lời trễ hạn")
    left = _left(due, now, calendar)
    return _("Sắp đến hạn: {left}").format(left=left) if standing == "soon" else left[:1].upper() + left[1:]


def _left(due: datetime, now: datetime, calendar: WorkCalendar) -> str:
    if due - now <= NEARLY:
        return _("còn {time}").format(time=_span(due - now))
    if local_day(due) == local_day(now):
        return _("hôm nay, trước {hour}").format(hour=local(due).strftime("%H:%M"))
    days = _working_days(now, due, calendar)
    if days:
        return _("còn {days} ngày làm việc").format(days=days)
    return _("đến {moment}").format(moment=moment(due))


def _late(by: timedelta, days: int) -> str:
    if by < timedelta(days=1) or not days:
        return _("Quá hạn {time}").format(time=_span(by))
    return _("Quá hạn {days} ngày làm việc").format(days=days)


def _span(time: timedelta) -> str:
    minutes = max(1, int(time.total_seconds() // 60))
    if minutes < 60:
        return _("{n} phút").format(n=minutes)
    if minutes < 24 * 60:
        return _("{n} giờ").format(n=minutes // 60)
    return _("{n} ngày").format(n=minutes // (24 * 60))


def _working_days(start: datetime, end: datetime, calendar: WorkCalendar) -> int:
    """Working days after the day of `start`, up to and with the day of `end`."""
    first, last = local_day(start), local_day(end)
    return sum(is_working_day(first + timedelta(days=n), calendar) for n in range(1, (last - first).days + 1))


def due_day(due: datetime) -> str:
    """05/10/2026, a Vietnamese day."""
    return day(local_day(due))
