"""The words a reading rests on are marked in the letter, and the letter stays whole."""

from hypothesis import given
from hypothesis import strategies as st

from triage.casework.explaining import mark_words
from triage.routing.routes import Reason


def test_words_of_readings_and_rules_are_marked_those_of_routing_are_not() -> None:
    text = "Anh Tuấn đòi tiền, đèn tắt"
    reasons = (
        Reason("words.topic", "đèn", ((19, 22),)),
        Reason("rule.bribe_asked", "đòi tiền", ((9, 17),)),
        Reason("accused", "Anh Tuấn", ((0, 8),)),
    )
    marked = [piece.text for piece in mark_words(text, reasons) if piece.marked]
    assert marked == ["đòi tiền", "đèn"]


def test_overlapping_spans_are_joined_and_no_letter_stands_twice() -> None:
    pieces = mark_words("abcdef", (Reason("words.kind", "", ((0, 3), (2, 5))), Reason("words.topic", "", ((1, 2),))))
    assert [(piece.text, piece.marked) for piece in pieces] == [("abc", True), ("de", True), ("f", False)]


def test_spans_outside_the_text_mark_nothing() -> None:
    assert [piece.marked for piece in mark_words("ngắn", (Reason("words.kind", "", ((2, 90), (-1, 2), (3, 3))),))] == [
        False
    ]
    assert mark_words("", ()) == ()


_spans = st.lists(st.tuples(st.integers(-3, 60), st.integers(-3, 60)), max_size=12)


@given(text=st.text(max_size=50), spans=_spans)
def test_the_pieces_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    pieces = mark_words(text, (Reason("words.kind", "", tuple(spans)),))
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)
