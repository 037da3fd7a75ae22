"""Figures of units and periods, and which of them may be told. Pure.

Figures that rest on fewer than five answers are withheld here, where they are made, so that no page, file or
picture can tell them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from reports.measures import (
    MINIMUM_ANSWERS,
    CaseCounts,
    Change,
    DossierCounts,
    Measure,
    NoParticipation,
    RatingCounts,
    difference,
    dossier_punctuality,
    enough,
    mean_score,
    participation,
    punctuality,
    satisfaction_rate,
    why_no_participation,
)
from reports.periods import Period

NO_RATINGS = RatingCounts(0, 0, 0, 0, 0)
NO_CASES = CaseCounts(0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Rating:
    """Answers to one question, with the two figures they allow.

    ``withheld`` keeps figures back although there are answers enough, because a subtraction from a total
    would otherwise tell those of a smaller group.
    """

    counts: RatingCounts
    withheld: bool = False

    @cached_property
    def rate(self) -> Measure:
        """Satisfaction rate; without value, interval and numerator where it may not be told."""
        return self._tellable(satisfaction_rate(self.counts))

    @cached_property
    def mean(self) -> Measure:
        """Mean score; without value and interval where it may not be told."""
        return self._tellable(mean_score(self.counts))

    @property
    def told(self) -> bool:
        """Whether figures may be shown."""
        return not self.withheld and self.counts.answers >= MINIMUM_ANSWERS

    @property
    def faces(self) -> tuple[int, ...] | None:
        """The five counts, worst first, or None where they may not be told."""
        return self.counts.scale if self.told else None

    def _tellable(self, measure: Measure) -> Measure:
        return measure if self.told else replace(measure, value=None, low=None, high=None, numerator=None)


@dataclass(frozen=True)
class Dossiers:
    """Dossiers received in a period, as they stood when they were last imported.

    ``first`` and ``last`` are the days of the first and the last of them. ``whole`` is False when a month in
    which people answered has none: then some were not imported.
    """

    counts: DossierCounts
    first: date | None = None
    last: date | None = None
    whole: bool = True

    @cached_property
    def punctuality(self) -> Measure:
        """Share of finished dossiers that were not late; without value and numerator where it may not be told."""
        measure = dossier_punctuality(self.counts)
        return measure if self.told else replace(measure, value=None, numerator=None)

    @property
    def told(self) -> bool:
        """Whether may be said how they ended."""
        return self.counts.finished >= MINIMUM_ANSWERS


NO_DOSSIERS = Dossiers(DossierCounts(0, 0, 0, 0))


@dataclass(frozen=True)
class ReportedUnit:
    """A unit as reports name it; ``merged_on`` is the day it last took over other units."""

    id: int
    code: str
    name: str
    merged_on: date | None = None


@dataclass(frozen=True)
class PeriodFigures:
    """What is known of one unit in one period.

    ``strata`` and ``topics`` hold only what occurred; ``items`` are the questions besides the overall one,
    all strata together. Topics are ordered by their number of entries. Cases are those received in the
    period, as they stood when the facts were last counted; so are dossiers.
    """

    unit: ReportedUnit
    period: Period
    overall: Rating
    strata: Mapping[str, Rating]
    items: Mapping[str, Rating]
    topics: Mapping[str, CaseCounts]
    dossiers: Dossiers = NO_DOSSIERS

    @cached_property
    def participation(self) -> Measure:
        """Answers per hundred dossiers; without value where it may not be told, see ``no_participation``."""
        measure = participation(self.overall.counts.answers, self.dossiers.counts.received)
        return measure if self.no_participation is None else replace(measure, value=None)

    @property
    def no_participation(self) -> NoParticipation | None:
        """Why participation is not told, or None."""
        measure = participation(self.overall.counts.answers, self.dossiers.counts.received)
        return why_no_participation(measure, self.dossiers.whole)

    @cached_property
    def cases(self) -> CaseCounts:
        """All topics together. ``open`` holds every case without a reply, also one that was filed."""
        return sum(self.topics.values(), start=NO_CASES)

    @cached_property
    def punctuality(self) -> Measure:
        """Share of cases answered on time."""
        return punctuality(self.cases)

    @property
    def is_empty(self) -> bool:
        """Nobody rated and nobody wrote."""
        return not (self.overall.counts.answers or self.overall.counts.blank or self.cases.received)


@dataclass(frozen=True)
class UnitSummary:
    """One unit in one period, with the periods before it: ``trend`` is oldest first and ends with ``now``."""

    trend: tuple[PeriodFigures, ...]

    @property
    def now(self) -> PeriodFigures:
        """The period asked for."""
        return self.trend[-1]

    @property
    def before(self) -> PeriodFigures:
        """The period just before."""
        return self.trend[-2]

    @property
    def merged_since_before(self) -> date | None:
        """The day of a merger that lies between the period and the one before it, where that one is told of."""
        merged = self.now.unit.merged_on
        between = merged is not None and self.before.period.first < merged <= self.now.period.last
        return merged if between and not self.before.is_empty else None

    @property
    def break_at(self) -> Period | None:
        """The period in which the unit took over others, where something was said before it in the trend."""
        merged = self.now.unit.merged_on
        if merged is None or not any(not step.is_empty for step in self.trend if step.period.last < merged):
            return None
        return next((step.period for step in self.trend if step.period.last >= merged), None)


@dataclass(frozen=True)
class Comparison:
    """Units beside each other in one period; ``before`` is the joint rating of the period before.

    ``shown`` narrows which units are listed (None: all). It changes nothing in how they stand.
    """

    period: Period
    units: tuple[PeriodFigures, ...]
    before: Rating
    shown: frozenset[int] | None = None

    @cached_property
    def ranked(self) -> tuple[PeriodFigures, ...]:
        """Units with answers enough, best rate first, equals by name."""
        able = [unit for unit in self.listed if unit.overall.told]
        return tuple(sorted(able, key=lambda unit: (-(unit.overall.rate.value or 0), unit.unit.name)))

    @cached_property
    def apart(self) -> tuple[PeriodFigures, ...]:
        """Units without answers enough: neither ranked nor counted as zero; most answers first."""
        unable = [unit for unit in self.listed if not unit.overall.told]
        return tuple(sorted(unable, key=lambda unit: (-unit.overall.counts.answers, unit.unit.name)))

    @cached_property
    def listed(self) -> tuple[PeriodFigures, ...]:
        """Units that are shown."""
        return tuple(unit for unit in self.units if self.shown is None or unit.unit.id in self.shown)

    @cached_property
    def joint(self) -> Rating:
        """All units with answers enough together. The others stay out: subtraction would tell of them."""
        return joint_rating(self.units)

    @cached_property
    def cases(self) -> CaseCounts:
        """Cases of all units together."""
        return sum((unit.cases for unit in self.units), start=NO_CASES)

    def standing(self, unit: PeriodFigures) -> Change | None:
        """How a ranked unit stands against all other ranked ones together; None where it cannot be said."""
        if not unit.overall.told:
            return None
        others = satisfaction_rate(_without(self.joint.counts, unit.overall.counts))
        return difference(unit.overall.rate, others).change if enough(others) else None


def joint_rating(units: Sequence[PeriodFigures]) -> Rating:
    """Units with answers enough, added up."""
    return Rating(sum((unit.overall.counts for unit in units if unit.overall.told), start=NO_RATINGS))


def withheld_parts(parts: Mapping[str, RatingCounts]) -> frozenset[str]:
    """Parts of a total whose figures stay untold although they have answers enough.

    Where the small parts hold fewer than five answers together, the smallest of the others goes with them: the
    total less what is told must never be the faces of fewer than five people.
    """
    small = sum(counts.answers for counts in parts.values() if counts.answers < MINIMUM_ANSWERS)
    others = [key for key, counts in parts.items() if counts.answers >= MINIMUM_ANSWERS]
    if not others or not 0 < small < MINIMUM_ANSWERS:
        return frozenset()
    return frozenset({min(others, key=lambda key: (parts[key].answers, key))})


def _without(total: RatingCounts, part: RatingCounts) -> RatingCounts:
    return RatingCounts(*(whole - taken for whole, taken in zip(total.scale, part.scale, strict=True)))
