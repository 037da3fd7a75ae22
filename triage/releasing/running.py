"""How right the classifier is here and now: the cases drawn by lot, as their handlers judged them (pure).

Confirmations that people give of themselves come mostly where the classifier erred. Cases drawn by lot are judged
whether it erred or not, and without its answer in view, so the share that people left as it was is no flattery; but
it is strict: where two labels would do, only the one that the person chose is right.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from triage.reading.shares import Share

WEEK = timedelta(weeks=1)
WINDOW = 8
"""Weeks that one point of the picture looks back: a commune judges a handful a week."""


@dataclass(frozen=True)
class Outcome:
    """One case drawn by lot: the day, the release, and what its handler left as it was (None: not judged yet)."""

    drawn_on: date
    release: str
    kind: bool | None = None
    topic: bool | None = None
    post: bool | None = None

    @property
    def is_judged(self) -> bool:
        """Whether a person has chosen."""
        return self.kind is not None

    @property
    def is_right(self) -> bool:
        """Whether kind, topic and post all stayed."""
        return bool(self.kind and self.topic and self.post)


@dataclass(frozen=True)
class Accuracy:
    """Shares of judged cases that stayed as they were; `waiting` were drawn and nobody has judged them yet."""

    whole: Share
    kind: Share
    topic: Share
    post: Share
    waiting: int


@dataclass(frozen=True)
class Week:
    """One point of the picture: the week's Monday, the release, and how right it was up to the end of that week."""

    monday: date
    release: str
    whole: Share


def accuracy(outcomes: Iterable[Outcome]) -> Accuracy:
    """How right these cases were read."""
    drawn = list(outcomes)
    judged = [one for one in drawn if one.is_judged]

    def share(right: Sequence[bool | None]) -> Share:
        return Share(sum(map(bool, right)), len(judged))

    return Accuracy(
        whole=share([one.is_right for one in judged]),
        kind=share([one.kind for one in judged]),
        topic=share([one.topic for one in judged]),
        post=share([one.post for one in judged]),
        waiting=len(drawn) - len(judged),
    )


def by_release(outcomes: Iterable[Outcome]) -> dict[str, Accuracy]:
    """The same for each release, the one that was drawn from last first."""
    groups: dict[str, list[Outcome]] = {}
    for one in sorted(outcomes, key=lambda one: one.drawn_on):
        groups[one.release] = [*groups.pop(one.release, []), one]
    return {release: accuracy(groups[release]) for release in reversed(groups)}


def weeks(outcomes: Iterable[Outcome], today: date, most: int = 26) -> list[Week]:
    """Up to `most` weeks until today, oldest first, from the first in which anything was drawn.

    Each looks back `WINDOW` weeks, at the release that was drawn from last: two releases are never mixed.
    """
    drawn = sorted(outcomes, key=lambda one: one.drawn_on)
    if not drawn:
        return []
    last = _monday(today)
    first = max(_monday(drawn[0].drawn_on), last - (most - 1) * WEEK)
    count = (last - first).days // 7 + 1
    return [_week(drawn, first + number * WEEK) for number in range(count)]


def _week(drawn: Sequence[Outcome], monday: date) -> Week:
    end = monday + WEEK
    known = [one for one in drawn if one.drawn_on < end]
    release = known[-1].release
    mine = [one for one in known if one.release == release and one.drawn_on >= end - WINDOW * WEEK]
    return Week(monday, release, accuracy(mine).whole)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
