"""The sentence above each picture says the figure, its doubt and what may be compared."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.figures import decimal, percent, whole
from reports.measures import (
    CaseCounts,
    DossierCounts,
    Measure,
    NoParticipation,
    RatingCounts,
    dossier_punctuality,
    mean_score,
    participation,
    satisfaction_rate,
)
from reports.periods import parse_period
from reports.sentences import (
    basis_sentence,
    dossier_sentence,
    mean_score_sentence,
    no_participation_words,
    participation_sentence,
    punctuality_sentence,
    satisfaction_sentence,
    topics_sentence,
)

Q3 = parse_period("2026-Q3")


def rate(content: int, n: int) -> Measure:
    return satisfaction_rate(RatingCounts(0, 0, n - content, content, 0))


def plain(sentence: str) -> str:
    return sentence.replace("\N{NO-BREAK SPACE}", " ")


def test_figures_are_written_the_vietnamese_way() -> None:
    assert whole(1234567) == "1.234.567"
    assert decimal(Decimal("1234.5")) == "1.234,5"
    assert percent(Decimal(100)) == "100,0\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(
    ("before", "ending"),
    [
        (rate(869, 1000), "không khác Quý II"),
        (rate(700, 1000), "cao hơn rõ rệt so với Quý II (70,0 %)"),
        (rate(990, 1000), "thấp hơn rõ rệt so với Quý II (99,0 %)"),
        (rate(7, 8), "chưa đủ phiếu để biết có khác Quý II hay không"),
        (rate(3, 4), "Quý II chưa đủ phiếu để so sánh"),
        (rate(0, 0), "chưa có số liệu Quý II để so sánh"),
        (None, "chưa có số liệu Quý II để so sánh"),
    ],
)
def test_satisfaction_against_the_quarter_before(before: Measure | None, ending: str) -> None:
    sentence = satisfaction_sentence(Q3, rate(872, 1000), before)
    assert plain(sentence) == f"Quý III: 87,2 % hài lòng (±2,2), {ending}"


def test_no_answers_and_too_few_answers_show_no_figure() -> None:
    assert satisfaction_sentence(Q3, rate(0, 0), rate(9, 10)) == "Quý III: chưa có phiếu đánh giá nào"
    few = satisfaction_sentence(Q3, rate(3, 4), rate(9, 10))
    assert few == "Quý III: chưa đủ phiếu để tính tỷ lệ hài lòng (có 4 phiếu, cần ít nhất 5)"
    assert mean_score_sentence(Q3, mean_score(RatingCounts(0, 0, 0, 0, 0))) == "Quý III: chưa có phiếu đánh giá nào"
    assert "%" not in few


@given(st.integers(0, 4), st.integers(0, 4))
def test_a_figure_on_fewer_than_five_answers_is_never_said(content: int, n: int) -> None:
    measure = rate(min(content, n), n)
    for sentence in (satisfaction_sentence(Q3, measure), satisfaction_sentence(Q3, rate(872, 1000), measure)):
        said = plain(sentence).replace("87,2 %", "")
        assert "%" not in said


def test_a_lopsided_interval_is_told_by_its_ends() -> None:
    sentence = plain(satisfaction_sentence(Q3, rate(12, 12)))
    assert sentence.startswith("Quý III: 100,0 % hài lòng (trong khoảng 75,8 đến 100,0), ")


@given(st.integers(5, 3000), st.integers(0, 3000))
def test_plus_or_minus_never_promises_more_than_the_interval(n: int, content: int) -> None:
    measure = rate(min(content, n), n)
    sentence = satisfaction_sentence(Q3, measure)
    if "±" in sentence and measure.value is not None and measure.low is not None and measure.high is not None:
        margin = Decimal(sentence.split("±")[1].split(")")[0].replace(",", "."))
        assert measure.value - margin <= measure.low <= measure.high <= measure.value + margin


@pytest.mark.parametrize(
    ("code", "opening", "past"),
    [
        ("2027-Q1", "Quý I: ", "Quý IV năm 2026"),
        ("2026-09", "Tháng 9: ", "tháng 8"),
        ("2027-01", "Tháng 1: ", "tháng 12 năm 2026"),
        ("2026", "Năm 2026: ", "năm 2025"),
        ("2026-10-05", "Ngày 05/10/2026: ", "ngày 04/10/2026"),
    ],
)
def test_the_earlier_period_is_named_with_its_year_where_it_differs(code: str, opening: str, past: str) -> None:
    sentence = satisfaction_sentence(parse_period(code), rate(872, 1000), rate(872, 1000))
    assert sentence.startswith(opening)
    assert sentence.endswith(f", không khác {past}")


def test_another_period_may_be_the_one_compared_with() -> None:
    sentence = satisfaction_sentence(Q3, rate(872, 1000), rate(872, 1000), parse_period("2025-Q3"))
    assert sentence.endswith("không khác Quý III năm 2025")


def test_mean_score_is_said_on_its_scale() -> None:
    sentence = mean_score_sentence(Q3, mean_score(RatingCounts(20, 30, 74, 400, 446)))
    assert sentence == "Quý III: điểm trung bình 81,5 trên 100 (±1,5)"
    assert mean_score_sentence(Q3, mean_score(RatingCounts(0, 0, 0, 0, 4))).endswith(
        "chưa đủ phiếu để tính điểm trung bình"
    )


def test_participation() -> None:
    said = plain(participation_sentence(Q3, participation(467, 3100)))
    assert said == "Quý III: 467 phiếu trên 3.100 hồ sơ, tỷ lệ tham gia 15,1 %"


@pytest.mark.parametrize(
    ("why_not", "said"),
    [
        (NoParticipation.NO_DOSSIERS, "chưa có số hồ sơ"),
        (NoParticipation.GAPS, "có tháng nhận phiếu mà chưa có số hồ sơ"),
        (NoParticipation.FEW, "620 phiếu, mới có 467 hồ sơ"),
        (NoParticipation.MORE_ANSWERS, "620 phiếu, nhiều hơn số hồ sơ (467)"),
    ],
)
def test_untold_participation_has_its_reason_and_no_percentage(why_not: NoParticipation, said: str) -> None:
    sentence = participation_sentence(Q3, participation(620, 467), why_not)
    assert said in sentence
    assert "%" not in sentence
    assert not re.search(r"\d", no_participation_words(why_not))


def test_dossiers_end_with_those_still_open() -> None:
    counts = DossierCounts(received=1300, early=1000, on_time=204, late=49)
    said = plain(dossier_sentence(Q3, counts, dossier_punctuality(counts)))
    assert said == "Quý III: 96,1 % hồ sơ đã xong không trễ hẹn (1.204 trên 1.253); còn 47 hồ sơ đang giải quyết"
    none = DossierCounts(0, 0, 0, 0)
    assert dossier_sentence(Q3, none, dossier_punctuality(none)) == "Quý III: chưa có số hồ sơ"


def test_punctuality_ends_with_those_who_wait() -> None:
    now = CaseCounts(received=120, answered=100, answered_on_time=96, overdue_open=4, open=10)
    before = CaseCounts(received=120, answered=100, answered_on_time=70, overdue_open=0, open=0)
    said = plain(punctuality_sentence(Q3, now, before))
    assert said == (
        "Quý III: 92,3 % ý kiến được trả lời đúng hạn (trong khoảng 85,6 đến 96,1), "
        "cao hơn rõ rệt so với Quý II (70,0 %); còn 4 ý kiến quá hạn chưa trả lời"
    )
    assert "quá hạn" not in punctuality_sentence(Q3, before, now)
    assert "thấp hơn rõ rệt" in punctuality_sentence(Q3, before, now)


def test_punctuality_without_or_with_few_cases() -> None:
    none, few = CaseCounts(3, 0, 0, 0, 3), CaseCounts(3, 1, 1, 2, 2)
    assert punctuality_sentence(Q3, none) == "Quý III: chưa có ý kiến nào đến hạn trả lời"
    assert punctuality_sentence(Q3, few) == (
        "Quý III: chưa đủ ý kiến để tính tỷ lệ đúng hạn (có 3 ý kiến, cần ít nhất 5); còn 2 ý kiến quá hạn chưa trả lời"
    )
    full = CaseCounts(10, 10, 9, 0, 0)
    assert punctuality_sentence(Q3, full, few).endswith("Quý II chưa đủ ý kiến để so sánh")


@pytest.mark.parametrize(
    ("topics", "said"),
    [
        ([], "chưa có ý kiến nào"),
        ([("Phí", 0)], "chưa có ý kiến nào"),
        ([("Phí", 3), ("Khác", 1)], "mới có 4 ý kiến, chưa đủ để nói chủ đề nào nổi lên"),
        (
            [("Khác", 6), ("Phí", 34), ("Đường", 20)],
            "nhiều ý kiến nhất là về “Phí” (34 trên 60, 56,7 %), tiếp theo là “Đường” (20)",
        ),
        ([("Phí", 9), ("Đường", 9), ("Khác", 2)],
         "nhiều ý kiến nhất là về “Phí” và “Đường” (mỗi chủ đề 9 trên 20, 45,0 %), tiếp theo là “Khác” (2)"),
        ([("Phí", 9), ("a", 2), ("b", 2), ("c", 2)], "nhiều ý kiến nhất là về “Phí” (9 trên 15, 60,0 %)"),
        ([("a", 2), ("b", 2), ("c", 2), ("d", 2)], "8 ý kiến, không chủ đề nào nổi lên"),
    ],
)  # fmt: skip
def test_topics(topics: list[tuple[str, int]], said: str) -> None:
    assert plain(topics_sentence(Q3, topics)) == f"Quý III: {said}"


def test_the_basis_of_a_figure_names_what_was_left_out() -> None:
    counts = RatingCounts(0, 0, 100, 1000, 100, not_applicable=3, blank=12)
    assert basis_sentence(satisfaction_rate(counts)) == (
        "n = 1.200; không tính 12 phiếu bỏ trống và 3 phiếu chọn “không áp dụng”; cách tính satisfaction_rate/1"
    )
    assert basis_sentence(rate(5, 9)) == "n = 9; cách tính satisfaction_rate/1"
