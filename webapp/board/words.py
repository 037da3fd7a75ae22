"""What pages of the board call things, and their sentences besides those of `reports.sentences`."""

import re
from collections.abc import Mapping
from dataclasses import replace

from reports.figures import percent, whole
from reports.measures import (
    DOSSIER_PUNCTUALITY,
    MEAN_SCORE,
    PARTICIPATION,
    PUNCTUALITY,
    SATISFACTION_RATE,
    TOPIC_SHARE,
    Change,
    Measure,
    difference,
)
from reports.sentences import (
    basis_sentence,
    dossier_sentence,
    mean_score_sentence,
    participation_sentence,
    punctuality_sentence,
    satisfaction_sentence,
    topics_sentence,
)
from reports.unit_figures import Comparison, PeriodFigures, Rating, UnitSummary
from triage.reading.labels import TOPICS
from webapp.words import day, gettext, marked

STRATA = {
    "receipt": marked("Mã trên giấy hẹn, gắn với hồ sơ"),
    "open_qr": marked("Quét mã treo tại quầy"),
    "kiosk": marked("Máy đánh giá đặt tại quầy"),
    "assisted": marked("Có người giúp điền"),
    "paper": marked("Phiếu giấy"),
    "phone": marked("Gọi điện hỏi"),
}
MARKS = {Change.HIGHER: "▲", Change.LOWER: "▼", Change.SAME: "=", Change.UNCLEAR: "?"}
"""Shapes beside the words of a standing: nothing is told by colour alone."""

FORMULA_NAMES = {
    SATISFACTION_RATE: marked("Tỷ lệ hài lòng"),
    MEAN_SCORE: marked("Điểm trung bình"),
    PARTICIPATION: marked("Tỷ lệ tham gia"),
    PUNCTUALITY: marked("Tỷ lệ đúng hạn"),
    DOSSIER_PUNCTUALITY: marked("Hồ sơ không trễ hẹn"),
    TOPIC_SHARE: marked("Tỷ trọng chủ đề"),
}
"""What people call a formula; files keep its identifier, which programs compare."""

_FORMULA = re.compile(r"\b[a-z_]+/\d+\b")
_EXPLAINED = re.compile(rf"({_FORMULA.pattern}): (.*)\.", re.S)

_BESIDE = {
    Change.HIGHER: marked("“{one}” cao hơn rõ rệt so với “{other}” ({a} và {b})"),
    Change.LOWER: marked("“{one}” thấp hơn rõ rệt so với “{other}” ({a} và {b})"),
    Change.SAME: marked("“{one}” và “{other}” không khác nhau ({a} và {b})"),
    Change.UNCLEAR: marked("chưa đủ phiếu để biết “{one}” có khác “{other}” hay không ({a} và {b})"),
}


def basis(measure: Measure) -> str:
    """What a figure rests on, its formula by name and version."""
    return _FORMULA.sub(lambda found: _named(found[0]), basis_sentence(measure))


def version(formula: str) -> str:
    """The version of a formula, for a head that already says its name."""
    return gettext("cách tính bản {version}").format(version=formula.rpartition("/")[2])


def explained(note: str) -> str:
    """A note on how figures are made: a formula's sentence begins with its name, so only the version is added."""
    found = _EXPLAINED.fullmatch(note)
    return f"{found[2]} ({version(found[1])})." if found else note


def _named(formula: str) -> str:
    return f"“{gettext(FORMULA_NAMES[formula])}”, " + gettext("bản {n}").format(n=formula.rpartition("/")[2])


def stratum_ratings(figures: PeriodFigures) -> dict[str, Rating]:
    """Ratings by the words for how they were got."""
    return {gettext(STRATA[key]): rating for key, rating in figures.strata.items()}


def item_ratings(figures: PeriodFigures, wordings: Mapping[str, str]) -> dict[str, Rating]:
    """Ratings by the wording citizens saw, in the order of the questionnaire."""
    order = [key for key in wordings if key in figures.items]
    order += [key for key in figures.items if key not in wordings]
    return {wordings.get(key, key): figures.items[key] for key in order}


def topic_counts(figures: PeriodFigures) -> list[tuple[str, int]]:
    """Entries received by the words for their topic, most first."""
    labels = {topic.id: topic.label for topic in TOPICS}
    received = [(labels.get(key, key), counts.received) for key, counts in figures.topics.items()]
    return [(label, count) for label, count in received if count]


def standings_sentence(comparison: Comparison) -> str:
    """How many communes stand out, and how many cannot be told."""
    comparison = replace(comparison, shown=None)
    found = [comparison.standing(unit) for unit in comparison.ranked]
    parts = [
        gettext("{count} nơi cao hơn rõ rệt so với các nơi khác").format(count=found.count(Change.HIGHER)),
        gettext("{count} nơi thấp hơn rõ rệt").format(count=found.count(Change.LOWER)),
        gettext("{count} nơi không khác hoặc chưa rõ").format(
            count=len(found) - found.count(Change.HIGHER) - found.count(Change.LOWER)
        ),
    ]
    if comparison.apart:
        parts.append(gettext("{count} nơi chưa đủ phiếu").format(count=len(comparison.apart)))
    return "; ".join(parts)


def joint_sentence(comparison: Comparison) -> str:
    """The answer before the table: all communes with answers enough, against the period before."""
    return satisfaction_sentence(comparison.period, comparison.joint.rate, comparison.before.rate)


def sentences(summary: UnitSummary, wordings: Mapping[str, str]) -> dict[str, str]:
    """The sentence above each part of a unit's page."""
    now, before = summary.now, summary.before
    return {
        "satisfaction": satisfaction_sentence(now.period, now.overall.rate, before.overall.rate)
        + merger_words(summary),
        "mean": mean_score_sentence(now.period, now.overall.mean),
        "participation": participation_sentence(now.period, now.participation, now.no_participation),
        "strata": strata_sentence(now),
        "items": items_sentence(item_ratings(now, wordings)),
        "topics": topics_sentence(now.period, topic_counts(now)),
        "punctuality": punctuality_sentence(now.period, now.cases, before.cases) + merger_words(summary),
        "dossiers": dossier_sentence(now.period, now.dossiers.counts, now.dossiers.punctuality),
    }


def merger_words(summary: UnitSummary) -> str:
    """What a comparison with the period before must add when units were merged in between; else nothing."""
    if summary.merged_since_before is None:
        return ""
    words = gettext("; sáp nhập ngày {day}: số liệu trước ngày đó đã cộng các đơn vị cũ")
    return words.format(day=day(summary.merged_since_before))


def strata_sentence(figures: PeriodFigures) -> str:
    """How most answers were got, and whether the two largest ways differ."""
    ratings = stratum_ratings(figures)
    total = figures.overall.counts.answers
    if not total:
        return gettext("Chưa có phiếu đánh giá nào")
    first, *others = sorted(ratings.items(), key=lambda found: -found[1].counts.answers)
    if not others:
        return gettext("Tất cả {n} phiếu thu bằng một cách: “{label}”").format(n=whole(total), label=first[0])
    told = gettext("Nhiều phiếu nhất là “{label}” ({n} trên {total})").format(
        label=first[0], n=whole(first[1].counts.answers), total=whole(total)
    )
    return f"{told}; {_beside(first, others[0])}" if first[1].told and others[0][1].told else told


def items_sentence(ratings: Mapping[str, Rating]) -> str:
    """The item people are least content with, and the one they are most content with."""
    told = {label: rating.rate.value for label, rating in ratings.items() if rating.rate.value is not None}
    if len(told) < 2:
        return gettext("Chưa đủ phiếu trả lời từng nội dung")
    lowest, highest = min(told, key=lambda label: told[label]), max(told, key=lambda label: told[label])
    if told[lowest] == told[highest]:
        return gettext("Các nội dung ngang nhau ({rate})").format(rate=percent(told[lowest]))
    return gettext("Thấp nhất: “{low}” ({a}); cao nhất: “{high}” ({b})").format(
        low=lowest, a=percent(told[lowest]), high=highest, b=percent(told[highest])
    )


def _beside(one: tuple[str, Rating], other: tuple[str, Rating]) -> str:
    (label, mine), (beside, theirs) = one, other
    if mine.rate.value is None or theirs.rate.value is None:
        return ""
    words = gettext(_BESIDE[difference(mine.rate, theirs.rate).change])
    return words.format(one=label, other=beside, a=percent(mine.rate.value), b=percent(theirs.rate.value))
