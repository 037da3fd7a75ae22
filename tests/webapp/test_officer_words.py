"""What the officers' pages say: clocks, reasons, histories, openings."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.casework.details import Happening
from triage.casework.inbox import OPENING, Why, opening_of
from triage.routing.routes import Reason
from vietnamese.calendar import due_after_working_days
from webapp.officer.due import due_words
from webapp.officer.reasons import OTHERWISE, ROUTING, reading_sentences, why_sentences, why_short
from webapp.officer.sentences import (
    NOTICES,
    PROBLEMS,
    REASON_MISSING,
    certainty,
    sureness,
    tell_history,
    tell_notice,
    tell_problem,
)

TRIAGE = Path(__file__).parents[2] / "triage"
MONDAY = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
"""09:00 in Vietnam."""


# --- clocks ---


@pytest.mark.parametrize(("standing", "due", "words"), [
    ("in_time", due_after_working_days(MONDAY, 15), "Còn 15 ngày làm việc"),
    ("in_time", due_after_working_days(MONDAY, 3), "Còn 3 ngày làm việc"),
    ("soon", due_after_working_days(MONDAY, 1), "Sắp đến hạn: còn 1 ngày làm việc"),
    ("soon", MONDAY + timedelta(hours=8), "Sắp đến hạn: hôm nay, trước 17:00"),
    ("soon", MONDAY + timedelta(minutes=40), "Sắp đến hạn: còn 40 phút"),
    ("soon", MONDAY + timedelta(hours=2, minutes=5), "Sắp đến hạn: còn 2 giờ"),
    ("soon", MONDAY, "Sắp đến hạn: còn 1 phút"),
    ("overdue", MONDAY - timedelta(minutes=20), "Quá hạn 20 phút"),
    ("overdue", MONDAY - timedelta(hours=16), "Quá hạn 16 giờ"),
    ("overdue", datetime(2026, 10, 2, 10, 0, tzinfo=UTC), "Quá hạn 1 ngày làm việc"),
    ("overdue", datetime(2026, 9, 30, 10, 0, tzinfo=UTC), "Quá hạn 3 ngày làm việc"),
    ("on_time", MONDAY, "Trả lời đúng hạn"),
    ("late", MONDAY, "Trả lời trễ hạn"),
])  # fmt: skip
def test_clocks_in_words(standing: str, due: datetime, words: str) -> None:
    assert due_words(standing, due, MONDAY) == words


def test_over_a_weekend_plain_days_are_not_called_working_days() -> None:
    friday, sunday = datetime(2026, 10, 2, 10, 0, tzinfo=UTC), datetime(2026, 10, 4, 11, 0, tzinfo=UTC)
    assert due_words("overdue", friday, sunday) == "Quá hạn 2 ngày"


def test_tet_is_no_working_time() -> None:
    before = datetime(2027, 2, 4, 2, 0, tzinfo=UTC)  # the last working day before Tết Đinh Mùi
    assert due_words("in_time", due_after_working_days(before, 5), before) == "Còn 5 ngày làm việc"


@given(st.integers(0, 60), st.integers(0, 24 * 60))
def test_a_term_counts_as_many_working_days_as_it_was_given(days: int, minutes: int) -> None:
    start = MONDAY + timedelta(minutes=minutes)
    due = due_after_working_days(start, days)
    if due > start + timedelta(days=1):
        assert f"{days} ngày làm việc" in due_words("in_time", due, start)


# --- reasons ---


def _codes_of_routing() -> set[str]:
    sources = [*(TRIAGE / "routing").glob("*.py"), TRIAGE / "sorting.py"]
    return {code for path in sources for code in re.findall(r'Reason\(\s*"(\w+)"', path.read_text(encoding="utf-8"))}


def test_every_code_of_the_routing_has_a_sentence() -> None:
    codes = _codes_of_routing() | {"accused", "family", "in_doubt"}
    assert len(codes) > 10
    assert codes - ROUTING.keys() == set()


def test_a_topic_is_told_by_its_label() -> None:
    why = Why((Reason("topic_post", "fees"),), handed=False)
    assert why_sentences(why) == ["Nội dung thuộc chủ đề “Phí, lệ phí”, do vị trí này phụ trách."]
    assert why_short(why) == "thuộc lĩnh vực phụ trách"


def test_a_conflict_is_told_before_the_topic() -> None:
    why = Why((Reason("topic_post", "fees"), Reason("conflict", "x"), Reason("conflict", "y")), handed=False)
    assert why_short(why) == "người thường nhận có liên quan"
    assert len(why_sentences(why)) == 2


@given(st.text(max_size=20), st.text(max_size=20))
def test_no_code_and_no_words_break_a_page(code: str, words: str) -> None:
    if code in ("topic_post", "no_post", "restricted_kind"):
        return
    why = Why((Reason(code, words), Reason(f"rule.{code}", words), Reason(f"words.{code}", words)), handed=False)
    assert all(why_sentences(why))
    assert all(reading_sentences(why.reasons))
    assert why_short(why) is not None


@pytest.mark.parametrize("code", ["topic_post", "no_post", "restricted_kind"])
def test_a_label_the_taxonomy_lost_breaks_no_page(code: str) -> None:
    assert "gone" in why_sentences(Why((Reason(code, "gone"),), handed=False))[0]


def test_nothing_known_is_said_as_such() -> None:
    assert why_sentences(Why((), handed=False)) == [OTHERWISE]
    assert why_short(Why((), handed=False)) == ""
    assert why_short(Why((Reason("topic_post", "fees"),), handed=True)) == "được chuyển sang"


def test_what_the_reading_rests_on_is_no_reason_of_the_route() -> None:
    reasons = (Reason("topic_post", "fees"), Reason("words.topic", "thu thêm tiền"), Reason("foreign"))
    assert reading_sentences(reasons) == [
        "Chủ đề: dựa vào “thu thêm tiền”",
        "Phần lớn không giống tiếng Việt thường gặp",
    ]
    assert len(why_sentences(Why(reasons, handed=False))) == 1


# --- histories, notices, problems ---


def _did(act: str, who: str | None = "Mai", **said: object) -> Happening:
    return Happening(act, MONDAY, who, said)


def test_a_history_is_told_newest_first_without_repeats() -> None:
    acts = ["opened", "drafted", "drafted", "submitted", "signed", "issued"]
    lines = tell_history([_did(act) for act in acts])
    assert [line.did for line in lines] == ["ký và gửi câu trả lời", "trình ký", "nhận ý kiến"]


def test_a_draft_of_somebody_else_stays_in_the_history() -> None:
    lines = tell_history([_did("drafted", "Mai"), _did("drafted", "Lan"), _did("submitted", "Lan")])
    assert [(line.who, line.did) for line in lines] == [("Lan", "trình ký"), ("Mai", "lưu bản nháp")]


def test_a_correction_names_what_changed() -> None:
    before = {"kind": "petition", "topic": "fees", "urgent": False, "accuses_staff": False}
    after = {"kind": "praise", "topic": "fees", "urgent": True, "accuses_staff": False}
    (line,) = tell_history([_did("corrected", before=before, after=after)])
    assert line.did == "sửa phân loại: loại thành “Khen ngợi, cảm ơn”; khẩn"


def test_peoples_own_words_are_quoted() -> None:
    (line,) = tell_history([_did("reassigned", after="Trưởng Công an", reason="Việc của công an")])
    assert (line.did, line.quotes) == ("chuyển việc cho Trưởng Công an", ("Việc của công an",))


def test_an_erased_or_unknown_act_is_still_a_line() -> None:
    assert [line.did for line in tell_history([_did("corrected"), _did("something_new")])] == [
        "cập nhật việc",
        "sửa phân loại",
    ]


def test_every_refusal_of_the_acts_has_a_sentence() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (TRIAGE / "casework").glob("*.py"))
    codes = set(re.findall(r'\brequire\(.*, "(\w+)"\)', source)) | set(re.findall(r'NotAllowed\("(\w+)"\)', source))
    assert len(codes) >= 20
    assert codes - PROBLEMS.keys() == {"reason_missing"}
    assert set(REASON_MISSING) == {
        "tra-lai", "chuyen", "luu-lai", "xin-thoi", "gia-han", "cho-nguoi-gui", "ket-luan", "dong-y-rut", "mo-lai",
    }  # fmt: skip
    assert tell_problem("reason_missing", "chuyen").field == "handing_reason"
    assert tell_problem("never heard of", "ky").sentence


def test_notices_name_the_case() -> None:
    assert "AAAA-BBBB" in tell_notice("ky", "AAAA-BBBB")
    assert tell_notice("forged", "x") == ""
    assert set(NOTICES) >= {"xac-nhan", "luu-nhap", "trinh", "ky", "tra-lai", "chuyen", "luu-lai", "moved"}


@pytest.mark.parametrize(
    ("p", "words"), [(0.97, "rất chắc (97 %)"), (0.7, "khá chắc (70 %)"), (0.41, "chưa chắc lắm (41 %)")]
)
def test_certainty_in_words(p: float, words: str) -> None:
    assert sureness(p) == words
    assert certainty(1.0) == "100 %"


# --- openings ---


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_an_opening_is_short_and_begins_the_text(text: str) -> None:
    line = opening_of(text)
    assert len(line) <= OPENING + 1
    assert "\n" not in line
    assert " ".join(text.split()).startswith(line.removesuffix("…"))


def test_an_opening_ends_between_words() -> None:
    assert opening_of("một hai ba bốn", most=10) == "một hai ba…"
    assert opening_of("một,  hai\nba", most=10) == "một, hai…"
    assert opening_of("x" * 300) == "x" * OPENING + "…"
