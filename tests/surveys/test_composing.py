"""A commune's own questionnaire: face and text box first, standard wording untouched, own items few and keyed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.composing import (
    MOST_ITEMS,
    MOST_OWN_ITEMS,
    BadItem,
    Item,
    asks_field,
    compose,
    items_of,
    own_item,
    standard_items,
)
from surveys.questions import QuestionKind, read_document, read_form
from surveys.standard import STANDARD_DOCUMENT


@given(st.permutations(standard_items()), st.integers(0, 5), st.booleans())
def test_face_and_text_box_stand_first_whatever_is_chosen(items: list[Item], count: int, with_field: bool) -> None:
    document = compose(items[:count], with_field)
    questions = read_document(document)
    assert [question.kind for question in questions[:2]] == [QuestionKind.FACE, QuestionKind.TEXT]
    assert list(items_of(document)) == items[:count]
    assert asks_field(document) == with_field
    standard = {question.key: question for question in read_document(STANDARD_DOCUMENT)}
    assert all(standard[question.key] == question for question in questions)


def test_the_standard_questionnaire_composes_to_itself() -> None:
    assert compose(items_of(STANDARD_DOCUMENT), asks_field(STANDARD_DOCUMENT)) == STANDARD_DOCUMENT


def test_an_own_item_is_answered_on_five_levels_or_does_not_apply() -> None:
    item = own_item("  Chỗ ngồi chờ  sạch sẽ ")
    assert item.wording == "Chỗ ngồi chờ sạch sẽ"
    questions = read_document(compose([item], False))
    assert read_form(questions, {"overall": "4", item.key: "na"}).items == {item.key: None}
    assert read_form(questions, {"overall": "4", item.key: "2"}).items == {item.key: 2}
    assert read_form(questions, {"overall": "4", item.key: "9"}).problems


def test_answers_to_another_wording_are_never_counted_together() -> None:
    assert own_item("Chỗ ngồi sạch").key == own_item(" Chỗ  ngồi sạch").key
    assert own_item("Chỗ ngồi sạch").key != own_item("Chỗ ngồi đủ").key


@pytest.mark.parametrize(("wording", "why"), [(" ", "wording_missing"), ("x" * 161, "wording_long"), ("…", "")])
def test_what_is_no_item_is_refused(wording: str, why: str) -> None:
    if not why:
        assert own_item(wording)
        return
    with pytest.raises(BadItem, match=why):
        own_item(wording)


def test_a_questionnaire_stays_short() -> None:
    own = [own_item(f"Câu {n}") for n in range(MOST_OWN_ITEMS + 1)]
    with pytest.raises(BadItem, match="too_many_own"):
        compose(own, True)
    with pytest.raises(BadItem, match="too_many"):
        compose([*standard_items(), *own[:MOST_OWN_ITEMS]], True)
    fits = [*standard_items(), *own][:MOST_ITEMS]
    assert len(items_of(compose([*fits, fits[0]], True))) == MOST_ITEMS, "one item twice is one item"
