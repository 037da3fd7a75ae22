"""The only place where a score is computed.

Everything here takes integer counts and gives closed-form decimals, so a screen, a spreadsheet, a sealed
report and a reader with a calculator reach the same figure. Every value is rounded to one decimal, half up,
which is how people in Vietnam round by hand; decisions (is it different?) are taken before rounding.
A formula that changes gets a new number in its id; old reports keep the old id.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext
from enum import StrEnum
from typing import Self

SATISFACTION_RATE = "satisfaction_rate/1"
MEAN_SCORE = "mean_score/1"
PARTICIPATION = "participation/1"
PUNCTUALITY = "punctuality/1"
DOSSIER_PUNCTUALITY = "dossier_punctuality/1"
TOPIC_SHARE = "topic_share/1"

FORMULAS: Mapping[str, str] = {
    SATISFACTION_RATE: "Tỷ lệ hài lòng = (Hài lòng + Rất hài lòng) ÷ số phiếu có trả lời; "
    "phiếu bỏ trống và “không áp dụng” không tính; khoảng tin cậy 95 % theo Wilson.",
    MEAN_SCORE: "Điểm trung bình trên thang 0–100 (0, 25, 50, 75, 100, từ Rất không hài lòng "
    "đến Rất hài lòng); phiếu bỏ trống và “không áp dụng” không tính; khoảng tin cậy 95 % theo phân phối t, "
    "tính như có thêm một phiếu ở mỗi đầu thang.",
    PARTICIPATION: "Tỷ lệ tham gia = số phiếu có trả lời ÷ số hồ sơ nhận trong cùng kỳ; đếm đủ nên không có "
    "khoảng tin cậy. Đây là tỷ số, không phải phần số người đã được hỏi: một người có thể chấm nhiều lần hoặc đến "
    "vì việc khác. Phiếu nhiều hơn hồ sơ thì không nêu tỷ lệ.",
    PUNCTUALITY: "Tỷ lệ đúng hạn = trả lời đúng hạn ÷ (đã trả lời + quá hạn chưa trả lời); "
    "khoảng tin cậy 95 % theo Wilson.",
    DOSSIER_PUNCTUALITY: "Hồ sơ không trễ hẹn = (xong trước ngày hẹn + xong đúng ngày hẹn hoặc không có ngày hẹn) ÷ "
    "hồ sơ nhận trong kỳ đã xong; hồ sơ đang giải quyết không tính; đếm đủ nên không có khoảng tin cậy.",
    TOPIC_SHARE: "Tỷ trọng chủ đề = số ý kiến có chủ đề chính này ÷ tổng số ý kiến; "
    "đếm đủ nên không có khoảng tin cậy.",
}

MINIMUM_ANSWERS = 5
SAME_WITHIN = Decimal(10)  # points: a wider doubt about the difference is not "the same", it is "unknown"

_Z = Decimal("1.959963984540054")  # 97.5 % point of the normal distribution
# 97.5 % points of Student's t for 1 to 30 degrees of freedom, in ten-thousandths.
# fmt: off
_T = tuple(Decimal(number).scaleb(-4) for number in (
    127062, 43027, 31824, 27764, 25706, 24469, 23646, 23060, 22622, 22281,
    22010, 21788, 21604, 21448, 21314, 21199, 21098, 21009, 20930, 20860,
    20796, 20739, 20687, 20639, 20595, 20555, 20518, 20484, 20452, 20423,
))
# fmt: on
_ARITHMETIC = Context(prec=40, rounding=ROUND_HALF_EVEN)  # ours, whatever the caller's thread has set
_HUNDRED = Decimal(100)


class _Counts:
    """What all bundles of counts share: they are whole numbers from zero up, and they add."""

    def __post_init__(self) -> None:
        for name, count in self._named().items():
            if isinstance(count, bool) or not isinstance(count, int) or count < 0:
                raise ValueError(f"{name} must be a whole number from 0 up, not {count!r}")

    def _named(self) -> dict[str, int]:
        return {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]

    def __add__(self, other: Self) -> Self:
        if type(other) is not type(self):
            return NotImplemented
        theirs = other._named()
        return type(self)(**{name: count + theirs[name] for name, count in self._named().items()})

    def __radd__(self, start: int) -> Self:
        # sum() starts from the integer 0; any other number beside counts is a mistake.
        return self if start == 0 else NotImplemented


@dataclass(frozen=True)
class RatingCounts(_Counts):
    """How many people chose each face, worst first, and how many gave no answer that counts.

    ``not_applicable`` chose "không áp dụng", ``blank`` skipped the question; neither is in the denominator.
    Raises ValueError for a negative or fractional count. ``sum()`` and ``+`` add units or days.
    """

    very_dissatisfied: int
    dissatisfied: int
    neutral: int
    satisfied: int
    very_satisfied: int
    not_applicable: int = 0
    blank: int = 0

    @property
    def scale(self) -> tuple[int, int, int, int, int]:
        """The five counts, worst first."""
        return (self.very_dissatisfied, self.dissatisfied, self.neutral, self.satisfied, self.very_satisfied)

    @property
    def answers(self) -> int:
        """The denominator: people who chose a face."""
        return sum(self.scale)


@dataclass(frozen=True)
class CaseCounts(_Counts):
    """How the cases of a period stand; ``answered`` includes ``answered_on_time``, ``open`` ``overdue_open``.

    Cases received before the period may be answered in it, so nothing ties ``received`` to the others.
    Raises ValueError when a part is larger than its whole.
    """

    received: int
    answered: int
    answered_on_time: int
    overdue_open: int
    open: int

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.answered_on_time > self.answered or self.overdue_open > self.open:
            raise ValueError("a part is larger than its whole: on time ≤ answered, overdue ≤ open")


@dataclass(frozen=True)
class DossierCounts(_Counts):
    """Dossiers received in a period and how they ended; those that ended in no way are still open.

    ``on_time`` holds those finished on the promised day and those without one. Raises ValueError when more
    ended than were received.
    """

    received: int
    early: int
    on_time: int
    late: int

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.finished > self.received:
            raise ValueError("a part is larger than its whole: finished ≤ received")

    @property
    def finished(self) -> int:
        """Early, on time or late."""
        return self.early + self.on_time + self.late

    @property
    def open(self) -> int:
        """Received and not finished."""
        return self.received - self.finished


@dataclass(frozen=True)
class Measure:
    """One figure with everything that must stand beside it.

    ``value``, ``low`` and ``high`` (95 % interval) are percent, or points of 100 for the mean score, with one
    decimal. ``value`` is None when nothing was counted: silence is never 0. ``low`` and ``high`` are None
    where no interval can be given. ``n`` is the denominator, ``numerator`` what was counted out of it
    (None for a mean), ``formula`` a key of ``FORMULAS``.
    """

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    n: int
    blank: int
    not_applicable: int
    formula: str
    numerator: int | None = None


class NoParticipation(StrEnum):
    """Why a participation is not told."""

    NO_DOSSIERS = "no_dossiers"
    GAPS = "gaps"
    FEW = "few"
    MORE_ANSWERS = "more_answers"


class Change(StrEnum):
    """What two rates let us say about the second period against the first."""

    HIGHER = "higher"
    LOWER = "lower"
    SAME = "same"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Difference:
    """Points by which one rate exceeds another, their 95 % interval (one decimal), what it allows to say."""

    points: Decimal
    low: Decimal
    high: Decimal
    change: Change

    @property
    def significant(self) -> bool:
        """True when the interval leaves zero outside."""
        return self.change in (Change.HIGHER, Change.LOWER)


def satisfaction_rate(counts: RatingCounts) -> Measure:
    """Share of answers that are satisfied or very satisfied, in percent, with its Wilson interval.

    Wilson's interval stays inside 0–100 and does not shrink to nothing when everybody is content
    (E. B. Wilson, JASA 22, 1927).
    """
    content = counts.satisfied + counts.very_satisfied
    return _rate(content, counts.answers, SATISFACTION_RATE, counts.blank, counts.not_applicable)


def mean_score(counts: RatingCounts) -> Measure:
    """Mean of the answers on 0–100 (0, 25, 50, 75, 100), with a Student t interval; none for a single answer.

    The interval is computed as if one more person had chosen each end of the scale (after Agresti and Caffo,
    The American Statistician 54, 2000). Ratings crowd at the top; the plain interval then misses the
    true mean in more than half of the small samples and shrinks to nothing when all agree; this one does not.
    """
    n = counts.answers
    with localcontext(_ARITHMETIC):
        quarters = sum(step * count for step, count in enumerate(counts.scale))
        value = Decimal(25 * quarters) / n if n else None
        low, high = _mean_interval(counts, value) if value is not None and n > 1 else (None, None)
    return Measure(
        _one_decimal(value), _one_decimal(low), _one_decimal(high),
        n, counts.blank, counts.not_applicable, MEAN_SCORE,
    )  # fmt: skip


def participation(answers: int, dossiers: int) -> Measure:
    """Answers per hundred dossiers of the same units and period; None without dossiers.

    Everything was counted, so there is no interval. More answers than dossiers give more than 100, which is not
    cut off here: ``why_no_participation`` says whether the figure may be told.
    """
    return _rate(answers, dossiers, PARTICIPATION, sampled=False)


def why_no_participation(measure: Measure, whole: bool = True) -> NoParticipation | None:
    """What forbids to tell a participation, or None when it may be told.

    ``whole`` is False when dossiers are missing for a time in which people answered: the ratio would then be too
    high. More answers than dossiers say that answers came from elsewhere, not that everybody took part.
    """
    if not measure.n:
        return NoParticipation.NO_DOSSIERS
    if not whole:
        return NoParticipation.GAPS
    if measure.n < MINIMUM_ANSWERS:
        return NoParticipation.FEW
    return NoParticipation.MORE_ANSWERS if (measure.numerator or 0) > measure.n else None


def dossier_punctuality(counts: DossierCounts) -> Measure:
    """Share of finished dossiers that were not late, in percent; all were counted: no interval.

    Open dossiers are not in it, so the number of open ones must stand beside it.
    """
    return _rate(counts.early + counts.on_time, counts.finished, DOSSIER_PUNCTUALITY, sampled=False)


def punctuality(counts: CaseCounts) -> Measure:
    """Share of cases answered on time, in percent, with its Wilson interval.

    Open cases past their due time belong to the denominator, so leaving a late case unanswered cannot help.
    """
    due = counts.answered + counts.overdue_open
    return _rate(counts.answered_on_time, due, PUNCTUALITY)


def topic_share(count: int, total: int) -> Measure:
    """Share of entries whose primary topic is this one, in percent; all entries were counted: no interval.

    Raises ValueError when ``count`` exceeds ``total``.
    """
    if count > total:
        raise ValueError("a topic cannot have more entries than there are")
    return _rate(count, total, TOPIC_SHARE, sampled=False)


def enough(measure: Measure, minimum: int = MINIMUM_ANSWERS) -> bool:
    """Whether a figure may be shown and ranked; below it people see "chưa đủ phiếu"."""
    return measure.value is not None and measure.n >= minimum


def difference(a: Measure, b: Measure) -> Difference:
    """How far rate ``a`` lies above rate ``b``, in percentage points, by Newcombe's hybrid score interval.

    (R. G. Newcombe, Statistics in Medicine 17, 1998, method 10.) Computed from the counts, not from the
    rounded rates. SAME needs zero inside the interval and no end further than ``SAME_WITHIN`` points away;
    a wider interval is UNCLEAR. Raises ValueError for figures that are no sampled rates, have no answers,
    or were made by different formulas.
    """
    if a.formula != b.formula or a.formula not in (SATISFACTION_RATE, PUNCTUALITY):
        raise ValueError(f"no difference between {a.formula} and {b.formula}")
    if a.numerator is None or b.numerator is None or not a.n or not b.n:
        raise ValueError("a difference needs answers on both sides")
    with localcontext(_ARITHMETIC):
        points, low, high = _newcombe(a.numerator, a.n, b.numerator, b.n)
    return Difference(_tenth(points), _tenth(low), _tenth(high), _change(low, high))


def _rate(hits: int, n: int, formula: str, blank: int = 0, not_applicable: int = 0, sampled: bool = True) -> Measure:
    if hits < 0 or n < 0:
        raise ValueError("counts cannot be negative")
    if not n:
        return Measure(None, None, None, 0, blank, not_applicable, formula, hits)
    with localcontext(_ARITHMETIC):
        value = _HUNDRED * hits / n
        low, high = _wilson(value, n) if sampled else (None, None)
    return Measure(_one_decimal(value), _one_decimal(low), _one_decimal(high), n, blank, not_applicable, formula, hits)


def _wilson(percent: Decimal, n: int) -> tuple[Decimal, Decimal]:
    share = percent / _HUNDRED
    centre = share + _Z * _Z / (2 * n)
    reach = _Z * (share * (1 - share) / n + (_Z / (2 * n)) ** 2).sqrt()
    stretch = _HUNDRED / (1 + _Z * _Z / n)
    # An end that the formula puts at the value itself (0 or 100) must not miss it by the last digit.
    low = min(percent, (centre - reach) * stretch)
    high = max(percent, (centre + reach) * stretch)
    return _within_scale(low), _within_scale(high)


def _mean_interval(counts: RatingCounts, mean: Decimal) -> tuple[Decimal, Decimal]:
    worst, *between, best = counts.scale
    padded = (worst + 1, *between, best + 1)
    n = counts.answers + 2
    centre = sum((Decimal(25 * step * count) for step, count in enumerate(padded)), start=Decimal(0)) / n
    squares = sum((count * (25 * step - centre) ** 2 for step, count in enumerate(padded)), start=Decimal(0))
    reach = _student(counts.answers - 1) * (squares / (n - 1) / n).sqrt()
    return _within_scale(min(mean, centre - reach)), _within_scale(max(mean, centre + reach))


def _student(freedom: int) -> Decimal:
    """97.5 % point of Student's t; past the table by the start of Fisher's expansion (error < 0.0001)."""
    if freedom <= len(_T):
        return _T[freedom - 1]
    first = (_Z**3 + _Z) / 4
    second = (5 * _Z**5 + 16 * _Z**3 + 3 * _Z) / 96
    return _Z + first / freedom + second / freedom**2


def _newcombe(hits_a: int, n_a: int, hits_b: int, n_b: int) -> tuple[Decimal, Decimal, Decimal]:
    rate_a, rate_b = _HUNDRED * hits_a / n_a, _HUNDRED * hits_b / n_b
    (low_a, high_a), (low_b, high_b) = _wilson(rate_a, n_a), _wilson(rate_b, n_b)
    points = rate_a - rate_b
    down = ((rate_a - low_a) ** 2 + (high_b - rate_b) ** 2).sqrt()
    up = ((high_a - rate_a) ** 2 + (rate_b - low_b) ** 2).sqrt()
    return points, points - down, points + up


def _change(low: Decimal, high: Decimal) -> Change:
    if low > 0:
        return Change.HIGHER
    if high < 0:
        return Change.LOWER
    return Change.SAME if -low <= SAME_WITHIN and high <= SAME_WITHIN else Change.UNCLEAR


def _within_scale(percent: Decimal) -> Decimal:
    return min(max(percent, Decimal(0)), _HUNDRED)


def _one_decimal(value: Decimal | None) -> Decimal | None:
    return None if value is None else _tenth(value)


def _tenth(value: Decimal) -> Decimal:
    # Adding zero turns "-0.0" into "0.0": the sign of a rounded-away trifle means nothing to a reader.
    return value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP) + 0
