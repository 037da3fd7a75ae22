"""The one sentence in words above each picture: the answer before the table.

Every sentence states its own doubt. It is plain text without a full stop; the page escapes it.
"""

from collections.abc import Sequence
from decimal import Decimal

from reports.figures import decimal, percent, whole
from reports.measures import (
    MINIMUM_ANSWERS,
    CaseCounts,
    Change,
    DossierCounts,
    Measure,
    NoParticipation,
    difference,
    enough,
    punctuality,
    topic_share,
)
from reports.periods import Period

_LOPSIDED = Decimal("0.5")  # points: arms of an interval that differ more are told apart, not averaged

NO_DOSSIERS_WORDS = "chưa có số hồ sơ"
_IN_A_CELL = {
    NoParticipation.NO_DOSSIERS: NO_DOSSIERS_WORDS,
    NoParticipation.GAPS: "số hồ sơ chưa đủ kỳ",
    NoParticipation.FEW: "chưa đủ hồ sơ",
    NoParticipation.MORE_ANSWERS: "nhiều hơn số hồ sơ",
}
_NO_PARTICIPATION = {
    NoParticipation.NO_DOSSIERS: f"{NO_DOSSIERS_WORDS} nên chưa tính được tỷ lệ tham gia",
    NoParticipation.GAPS: "có tháng nhận phiếu mà chưa có số hồ sơ, nên chưa tính được tỷ lệ tham gia",
    NoParticipation.FEW: "{answers} phiếu, mới có {dossiers} hồ sơ, chưa đủ để tính tỷ lệ tham gia",
    NoParticipation.MORE_ANSWERS: "{answers} phiếu, nhiều hơn số hồ sơ ({dossiers}), nên không nêu tỷ lệ tham gia: "
    "có người chấm nhiều lần hoặc đến vì việc khác",
}


def satisfaction_sentence(
    period: Period, now: Measure, before: Measure | None = None, earlier: Period | None = None
) -> str:
    """'Quý III: 87,2 % hài lòng (±2,3), không khác Quý II'.

    ``now`` and ``before`` are satisfaction rates; ``earlier`` is the period of ``before``, the one just
    before ``period`` unless given. ``before`` None: nothing earlier exists.
    """
    if not now.n:
        return f"{period.name}: chưa có phiếu đánh giá nào"
    if now.value is None or not enough(now):
        return (
            f"{period.name}: chưa đủ phiếu để tính tỷ lệ hài lòng "
            f"(có {whole(now.n)} phiếu, cần ít nhất {MINIMUM_ANSWERS})"
        )
    told = f"{period.name}: {percent(now.value)} hài lòng{_doubt(now)}"
    return f"{told}, {_against(now, before, period, earlier, 'phiếu')}"


def mean_score_sentence(period: Period, now: Measure) -> str:
    """'Quý III: điểm trung bình 78,4 trên 100 (±1,9)'; ``now`` is a mean score."""
    if not now.n:
        return f"{period.name}: chưa có phiếu đánh giá nào"
    if now.value is None or not enough(now):
        return f"{period.name}: chưa đủ phiếu để tính điểm trung bình"
    return f"{period.name}: điểm trung bình {decimal(now.value)} trên 100{_doubt(now)}"


def participation_sentence(period: Period, measure: Measure, why_not: NoParticipation | None = None) -> str:
    """'Quý III: 467 phiếu trên 3.100 hồ sơ, tỷ lệ tham gia 15,1 %', or why no participation is told."""
    answers, dossiers = whole(measure.numerator or 0), whole(measure.n)
    if why_not is not None or measure.value is None:
        said = _NO_PARTICIPATION[why_not or NoParticipation.NO_DOSSIERS]
        return f"{period.name}: {said.format(answers=answers, dossiers=dossiers)}"
    return f"{period.name}: {answers} phiếu trên {dossiers} hồ sơ, tỷ lệ tham gia {percent(measure.value)}"


def no_participation_words(why_not: NoParticipation) -> str:
    """What stands in a cell where no participation is told: never a number."""
    return _IN_A_CELL[why_not]


def dossier_sentence(period: Period, counts: DossierCounts, measure: Measure) -> str:
    """'Quý III: 96,1 % hồ sơ đã xong không trễ hẹn (1.204 trên 1.253); còn 47 hồ sơ đang giải quyết'.

    ``measure`` is the dossier punctuality of ``counts``.
    """
    if not counts.received:
        return f"{period.name}: {NO_DOSSIERS_WORDS}"
    if measure.value is None or measure.numerator is None:
        few = f"chưa đủ hồ sơ đã xong để tính tỷ lệ không trễ hẹn (cần ít nhất {MINIMUM_ANSWERS})"
        return f"{period.name}: đã nhận {whole(counts.received)} hồ sơ, {few}"
    share = f"{percent(measure.value)} hồ sơ đã xong không trễ hẹn ({whole(measure.numerator)} trên {whole(measure.n)})"
    waiting = f"; còn {whole(counts.open)} hồ sơ đang giải quyết" if counts.open else ""
    return f"{period.name}: {share}{waiting}"


def punctuality_sentence(
    period: Period, now: CaseCounts, before: CaseCounts | None = None, earlier: Period | None = None
) -> str:
    """'Quý III: 92,0 % ý kiến được trả lời đúng hạn (±3,1), cao hơn rõ rệt so với Quý II (81,0 %)'.

    Ends with the number of cases that are overdue and still open, because somebody waits for each of them.
    """
    measure = punctuality(now)
    told = _punctuality_head(period, measure)
    if enough(measure):
        past = punctuality(before) if before is not None else None
        told = f"{told}, {_against(measure, past, period, earlier, 'ý kiến')}"
    if now.overdue_open:
        told = f"{told}; còn {whole(now.overdue_open)} ý kiến quá hạn chưa trả lời"
    return told


def topics_sentence(period: Period, topics: Sequence[tuple[str, int]]) -> str:
    """What people spoke of most: 'Quý III: nhiều ý kiến nhất là về “Phí, lệ phí” (34 trên 120, 28,3 %), …'.

    ``topics`` are labels with the number of entries whose primary topic it is, every topic once.
    """
    total = sum(count for _, count in topics)
    if not total:
        return f"{period.name}: chưa có ý kiến nào"
    if total < MINIMUM_ANSWERS:
        return f"{period.name}: mới có {whole(total)} ý kiến, chưa đủ để nói chủ đề nào nổi lên"
    top = max(count for _, count in topics)
    leaders = [label for label, count in topics if count == top]
    if len(leaders) > 3:
        return f"{period.name}: {whole(total)} ý kiến, không chủ đề nào nổi lên"
    return f"{period.name}: {_leading(leaders, top, total)}{_runner_up(topics, top, len(leaders))}"


def basis_sentence(measure: Measure) -> str:
    """What the figure rests on, for the line under the picture: n, blanks, not applicable, formula."""
    left_out = [
        f"{whole(count)} phiếu {why}"
        for count, why in ((measure.blank, "bỏ trống"), (measure.not_applicable, "chọn “không áp dụng”"))
        if count
    ]
    aside = f"; không tính {' và '.join(left_out)}" if left_out else ""
    return f"n = {whole(measure.n)}{aside}; cách tính {measure.formula}"


def _doubt(measure: Measure) -> str:
    """The interval in brackets: one figure where both arms are nearly equal, else both ends."""
    if measure.value is None or measure.low is None or measure.high is None:
        return ""
    down, up = measure.value - measure.low, measure.high - measure.value
    if abs(down - up) > _LOPSIDED:
        return f" (trong khoảng {decimal(measure.low)} đến {decimal(measure.high)})"
    # The longer arm: the bracket may promise less than the interval holds, never more.
    return f" (±{decimal(max(down, up))})"


def _against(now: Measure, before: Measure | None, period: Period, earlier: Period | None, unit: str) -> str:
    past = _within_sentence(earlier or period.previous(), period)
    if before is None or before.value is None:
        return f"chưa có số liệu {past} để so sánh"
    if not enough(before):
        return f"{past} chưa đủ {unit} để so sánh"
    return {
        Change.HIGHER: f"cao hơn rõ rệt so với {past} ({percent(before.value)})",
        Change.LOWER: f"thấp hơn rõ rệt so với {past} ({percent(before.value)})",
        Change.SAME: f"không khác {past}",
        Change.UNCLEAR: f"chưa đủ {unit} để biết có khác {past} hay không",
    }[difference(now, before).change]


def _within_sentence(period: Period, beside: Period) -> str:
    """'Quý II', 'tháng 8', 'năm 2025': with its year only where that differs from the other period's."""
    said = period.name if period.first.year == beside.first.year else period.label
    return said if period.kind == "quarter" else said[0].lower() + said[1:]


def _punctuality_head(period: Period, measure: Measure) -> str:
    if not measure.n:
        return f"{period.name}: chưa có ý kiến nào đến hạn trả lời"
    if measure.value is None or not enough(measure):
        return (
            f"{period.name}: chưa đủ ý kiến để tính tỷ lệ đúng hạn "
            f"(có {whole(measure.n)} ý kiến, cần ít nhất {MINIMUM_ANSWERS})"
        )
    return f"{period.name}: {percent(measure.value)} ý kiến được trả lời đúng hạn{_doubt(measure)}"


def _leading(leaders: Sequence[str], top: int, total: int) -> str:
    quoted = " và ".join(f"“{label}”" for label in leaders)
    share = topic_share(top, total).value
    size = f"{whole(top)} trên {whole(total)}" + (f", {percent(share)}" if share is not None else "")
    each = "mỗi chủ đề " if len(leaders) > 1 else ""
    return f"nhiều ý kiến nhất là về {quoted} ({each}{size})"


def _runner_up(topics: Sequence[tuple[str, int]], top: int, leaders: int) -> str:
    second = max((count for _, count in topics if count < top), default=0)
    followers = [label for label, count in topics if count == second]
    # Three names are as many as a reader keeps; a crowd of equals behind the first says nothing.
    if not second or leaders + len(followers) > 3:
        return ""
    quoted = " và ".join(f"“{label}”" for label in followers)
    return f", tiếp theo là {quoted} ({whole(second)})"
