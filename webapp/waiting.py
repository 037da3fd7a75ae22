"""How long an account waits after wrong passwords and codes: longer each time, and never because of strangers alone.

Counted by account, never by address: a whole office shares one. Five mistakes are free, then the wait doubles from
half a minute to a day; attempts while waiting are refused unread and do not count, so that a stranger fails at most
once a wait. A browser that signed in to the account before (`webapp.known_devices`) never waits longer than a
minute: whoever sends wrong passwords for the chairperson's name all night does not keep the chairperson out.
After a hundred mistakes in a row nothing but a renewal opens the account (NIST SP 800-63B, 5.2.2: at most 100).
"""

from datetime import datetime, timedelta

FREE_FAILURES = 5
MOST_FAILURES = 100
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(days=1)
LONGEST_FOR_KNOWN = timedelta(minutes=1)


def wait_after(failures: int) -> timedelta:
    """The wait after so many mistakes in a row."""
    if failures < FREE_FAILURES:
        return timedelta()
    # Beyond twenty doublings the longest wait is passed long since.
    return min(FIRST_WAIT * 2 ** min(failures - FREE_FAILURES, 20), LONGEST_WAIT)


def opens_at(failures: int, locked_until: datetime | None, known: bool) -> datetime | None:
    """When the next attempt is read; None: now. `locked_until` is the end of a stranger's wait.

    `known` says that the attempt comes from a browser that signed in to this account before.
    """
    if failures >= MOST_FAILURES:
        return datetime.max.replace(tzinfo=locked_until.tzinfo if locked_until else None)
    if locked_until is None or not known:
        return locked_until
    wait = wait_after(failures)
    return locked_until - wait + min(wait, LONGEST_FOR_KNOWN)


def is_closed(failures: int, locked_until: datetime | None, known: bool, at: datetime) -> bool:
    """Whether an attempt at this instant is refused unread."""
    opening = opens_at(failures, locked_until, known)
    return failures >= MOST_FAILURES or (opening is not None and opening > at)
