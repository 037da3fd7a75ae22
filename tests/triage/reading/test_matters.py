"""Where one matter may end and another begin: at every stop, marked where the writer says so."""

import time
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.reading.matters import Cut, divide, find_cuts
from triage.reading.variants import bare
from vietnamese.text import nfc


def marked_pieces(text: str) -> list[str]:
    places = [0, *(cut.at for cut in find_cuts(text) if cut.marked), len(text)]
    return [text[start:end].strip() for start, end in pairwise(places)]


MARKED = [
    ("Đèn tắt hai tuần. Ngoài ra cho hỏi khai sinh.", ["Đèn tắt hai tuần.", "Ngoài ra cho hỏi khai sinh."]),
    ("Rác chất đống. Còn cái cầu thì mục ván.", ["Rác chất đống.", "Còn cái cầu thì mục ván."]),
    ("Thứ nhất là đèn tắt. Thứ hai, quán hát to.", ["Thứ nhất là đèn tắt.", "Thứ hai, quán hát to."]),
    ("1. Đèn tắt\n2. Rác đầy\n3. Loa to", ["1. Đèn tắt", "2. Rác đầy", "3. Loa to"]),
    ("Đường hỏng, nhân tiện xin hỏi trợ cấp", ["Đường hỏng,", "nhân tiện xin hỏi trợ cấp"]),
    ("Đèn tắt. Một việc nữa là loa to.", ["Đèn tắt.", "Một việc nữa là loa to."]),
    ("Đèn tắt.\n- Loa rất to", ["Đèn tắt.", "- Loa rất to"]),
    ("Đèn tắt. Tôi cũng xin hỏi trợ cấp.", ["Đèn tắt.", "Tôi cũng xin hỏi trợ cấp."]),
    ("Đèn tắt. Cho hỏi thêm: khai sinh ở đâu?", ["Đèn tắt.", "Cho hỏi thêm: khai sinh ở đâu?"]),
]  # fmt: skip
UNMARKED = [
    "Đèn đường tắt hai tuần nay. Tối đi rất sợ.",
    "Con em bị bệnh. Con nhỏ phải nghỉ học.",
    "Tôi còn nhớ hồi trước đường tốt lắm. Còn lại thì tôi không có ý kiến.",
    "",
    "Ngoài ra không có gì",
]


@pytest.mark.parametrize(("text", "expected"), MARKED)
def test_a_mark_of_something_new_is_a_cut(text: str, expected: list[str]) -> None:
    assert marked_pieces(text) == expected


@pytest.mark.parametrize(("text", "expected"), MARKED)
def test_the_same_typed_without_diacritics(text: str, expected: list[str]) -> None:
    assert marked_pieces(bare(text)) == [bare(piece) for piece in expected]


@pytest.mark.parametrize("text", UNMARKED)
def test_without_a_mark_no_cut_is_marked(text: str) -> None:
    assert not any(cut.marked for cut in find_cuts(text))


def test_every_stop_may_be_a_cut_but_for_the_number_of_an_item() -> None:
    text = "1. Đèn tắt. Tối lắm!\n2. Rác đầy"
    assert [text[cut.at :].split()[0] for cut in find_cuts(text)] == ["Tối", "2."]


def test_without_diacritics_a_child_is_no_mark() -> None:
    assert not any(cut.marked for cut in find_cuts("toi co hai dua. con toi hoc lop hai. con em no thi o nha"))


def test_where_nobody_sets_stops_a_clear_mark_is_one() -> None:
    text = "duong vao thon hong nang xe khong di duoc ngoai ra cho hoi giay khai sinh can gi"
    assert [piece.split()[0] for piece in marked_pieces(text)] == ["duong", "ngoai"]


def test_but_after_praise_is_told_from_what_is_new() -> None:
    text = "Cảm ơn cô Lan rất nhiệt tình. Nhưng đường vào thôn hỏng nặng. Ngoài ra xin hỏi thủ tục."
    assert [(cut.turn, cut.marked) for cut in find_cuts(text)] == [(True, False), (False, True)]


def by_first_letter(texts: Sequence[str]) -> list[str]:
    return [text.strip()[-2] for text in texts]


def divided(text: str, apart: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Parts seen as the letter before their last stop; two are apart when both letters are of `apart` and differ."""

    def far(_whole: str, one: str, other: str, _cut: Cut) -> float:
        return float(one != other and one in apart and other in apart)

    parts = divide(text, by_first_letter([text])[0] if text else "", find_cuts(text), by_first_letter, far)
    return [(text[part.start : part.end].strip(), part.seen) for part in parts]


def test_each_side_of_a_cut_is_tried_again() -> None:
    text = "Việc này thì nó là một a. Còn việc kia là một b. Ngoài ra việc nọ là một c."
    assert [seen for _, seen in divided(text, "abc")] == ["a", "b", "c"]


def test_the_farthest_cut_is_made_first() -> None:
    text = "Việc này thì nó là một a. Rồi việc kia là một b. Ngoài ra việc nọ là một c."
    tried: list[tuple[str, str]] = []

    def far(whole: str, one: str, other: str, cut: Cut) -> float:
        tried.append((one, other))
        return 1.0 + cut.marked if whole == "whole" else 0.0

    parts = divide(text, "whole", find_cuts(text), by_first_letter, far)
    assert [text[part.start : part.end].split()[0] for part in parts] == ["Việc", "Ngoài"]
    assert tried == [("a", "c"), ("b", "c"), ("a", "b")], "both cuts of the whole, then the one left in its first side"


def test_what_is_not_apart_stays_whole() -> None:
    text = "Việc này thì nó là một a. Ngoài ra đây lại là một b."
    assert divided(text, "a") == [(text, "b")]


def test_a_part_of_few_words_is_no_matter() -> None:
    assert len(divided("Đèn a. Ngoài ra đây lại là một b.", "ab")) == 1


@given(st.text(alphabet="abcđàn .,!?\n12", max_size=200), st.sampled_from([". Ngoài ra ", "\n2. ", ", nhân tiện "]))
def test_the_matters_of_any_text_are_all_of_it(text: str, mark: str) -> None:
    whole = nfc(f"một hai ba bốn năm sáu {text}{mark}{text} bảy tám chín mười mười một")
    found = divide(whole, 0, find_cuts(whole), lambda texts: list(range(1, len(texts) + 1)), lambda *_: 1.0)
    assert (found[0].start, found[-1].end) == (0, len(whole))
    assert all(one.end == two.start for one, two in pairwise(found))


@pytest.mark.parametrize(
    "text", ["Ngoài ra " * 12_500, ", nhưng " * 12_500, "\n2. " * 25_000, "İ" * 1000, "😀\n" * 1000]
)
def test_odd_texts_are_looked_through_quickly(text: str) -> None:
    begun = time.process_time()
    assert len(divided(nfc(text), "ab")) == 1
    assert time.process_time() - begun < 2
