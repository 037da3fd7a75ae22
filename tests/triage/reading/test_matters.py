"""Where one matter ends and another begins: at the writer's own marks, and nowhere else."""

import time
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.reading.matters import Part, divide, find_cuts
from triage.reading.variants import bare
from vietnamese.text import nfc


def pieces(text: str) -> list[str]:
    places = [0, *(cut.at for cut in find_cuts(text)), len(text)]
    return [text[start:end].strip() for start, end in pairwise(places)]


MARKED = [
    ("Đèn tắt hai tuần. Ngoài ra cho hỏi khai sinh.", ["Đèn tắt hai tuần.", "Ngoài ra cho hỏi khai sinh."]),
    ("Rác chất đống. Còn cái cầu thì mục ván.", ["Rác chất đống.", "Còn cái cầu thì mục ván."]),
    ("Thứ nhất là đèn tắt. Thứ hai, quán hát to.", ["Thứ nhất là đèn tắt.", "Thứ hai, quán hát to."]),
    ("1. Đèn tắt\n2. Rác đầy\n3. Loa to", ["1. Đèn tắt", "2. Rác đầy", "3. Loa to"]),
    ("Đường hỏng, nhân tiện xin hỏi trợ cấp", ["Đường hỏng,", "nhân tiện xin hỏi trợ cấp"]),
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
    assert pieces(text) == expected


@pytest.mark.parametrize(("text", "expected"), MARKED)
def test_the_same_typed_without_diacritics(text: str, expected: list[str]) -> None:
    assert pieces(bare(text)) == [bare(piece) for piece in expected]


@pytest.mark.parametrize("text", UNMARKED)
def test_without_a_mark_nothing_is_cut(text: str) -> None:
    assert find_cuts(text) == ()


def test_without_diacritics_a_child_is_no_mark() -> None:
    assert find_cuts("toi co hai dua. con toi hoc lop hai. con em no thi o nha") == ()


def test_where_nobody_sets_stops_a_clear_mark_is_one() -> None:
    text = "duong vao thon hong nang xe khong di duoc ngoai ra cho hoi giay khai sinh can gi"
    assert [piece.split()[0] for piece in pieces(text)] == ["duong", "ngoai"]


def test_but_after_praise_is_told_from_what_is_new() -> None:
    text = "Cảm ơn cô Lan rất nhiệt tình. Nhưng đường vào thôn hỏng nặng. Ngoài ra xin hỏi thủ tục."
    assert [cut.turn for cut in find_cuts(text)] == [True, False]


def by_first_letter(texts: Sequence[str]) -> list[str]:
    return [text.strip()[-2] for text in texts]


def divided(text: str, apart: Sequence[str] = ()) -> tuple[Part[str], ...]:
    """Parts seen as the letter before their last stop; two are apart when both letters are of `apart` and differ."""
    return divide(text, by_first_letter, lambda one, two, _turn: one != two and one in apart and two in apart)


def test_neighbours_of_one_matter_are_joined() -> None:
    text = "Việc này thì nó là một a. Ngoài ra cũng là một a. Ngoài ra đây lại là một b."
    found = divided(text, "ab")
    assert [(text[part.start : part.end].strip(), part.seen) for part in found] == [
        ("Việc này thì nó là một a. Ngoài ra cũng là một a.", "a"), ("Ngoài ra đây lại là một b.", "b"),
    ]  # fmt: skip


def test_what_is_not_surely_apart_stays_whole() -> None:
    assert divided("Việc này thì nó là một a. Ngoài ra đây lại là một b.", "a") == ()


def test_matters_that_are_not_neighbours_must_be_apart_too() -> None:
    text = "Việc này thì nó là một a. Ngoài ra đây lại là một b. Ngoài ra việc kia là một a."
    assert divided(text, "ab") == ()


def test_a_part_of_few_words_is_no_matter() -> None:
    assert divided("Đèn a. Ngoài ra đây lại là một b.", "ab") == ()


@given(st.text(alphabet="abcđàn .,!?\n12", max_size=200), st.sampled_from([". Ngoài ra ", "\n2. ", ", nhân tiện "]))
def test_the_matters_of_any_text_are_all_of_it(text: str, mark: str) -> None:
    whole = nfc(f"một hai ba bốn năm sáu {text}{mark}{text} bảy tám chín mười mười một")
    found = divide(whole, lambda texts: list(range(len(texts))), lambda one, two, _turn: one != two)
    if found:
        assert (found[0].start, found[-1].end) == (0, len(whole))
        assert all(one.end == two.start for one, two in pairwise(found))


@pytest.mark.parametrize(
    "text", ["Ngoài ra " * 12_500, ", nhưng " * 12_500, "\n2. " * 25_000, "İ" * 1000, "😀\n" * 1000]
)
def test_odd_texts_are_looked_through_quickly(text: str) -> None:
    begun = time.process_time()
    assert divided(nfc(text), "ab") == ()
    assert time.process_time() - begun < 2
