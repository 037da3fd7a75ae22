"""Reading a posted form: whatever is posted, nothing raises and every fault is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questions import LONGEST_TEXT, InvalidDocument, Problem, read_document, read_form
from surveys.standard import STANDARD_DOCUMENT

QUESTIONS = read_document(STANDARD_DOCUMENT)


def test_missing_face_is_named() -> None:
    assert read_form(QUESTIONS, {"comment": "x"}).problems == (Problem("overall", "missing"),)


@pytest.mark.parametrize("raw", ["6", "0", "na", "-1", "5.0", "năm", "٥"])
def test_wrong_option_is_named(raw: str) -> None:
    assert read_form(QUESTIONS, {"overall": raw}).problems == (Problem("overall", "unknown_option"),)


def test_not_applicable_leaves_the_level_empty() -> None:
    filled = read_form(QUESTIONS, {"overall": "5", "attitude": "na", "guidance": "2"})
    assert filled.items == {"attitude": None, "guidance": 2}


def test_text_is_normalised_and_bounded() -> None:
    decomposed = "ba\u0323n\x00"
    assert read_form(QUESTIONS, {"overall": "3", "comment": f" {decomposed} \r\n"}).text == "bạn"
    too_long = read_form(QUESTIONS, {"overall": "3", "comment": "a" * (LONGEST_TEXT + 1)})
    assert too_long.problems == (Problem("comment", "too_long"),)


@given(st.dictionaries(st.sampled_from([q.key for q in QUESTIONS] + ["evil"]), st.text(max_size=30)))
def test_anything_posted_is_read_or_named(form: dict[str, str]) -> None:
    filled = read_form(QUESTIONS, form)
    named = {problem.key for problem in filled.problems}
    assert filled.overall in {None, 1, 2, 3, 4, 5}
    assert all(level in {None, 1, 2, 3, 4, 5} for level in filled.items.values())
    assert not named & set(filled.items)
    assert ("overall" in named) == (filled.overall is None)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"questions": [{"key": "a", "kind": "stars", "wording": "?"}]},
        {"questions": [{"key": "a", "kind": "choice", "wording": "?"}]},
        {"questions": [{"key": "a", "kind": "text", "wording": "?"}] * 2},
    ],
)
def test_bad_documents_are_refused(document: dict) -> None:
    with pytest.raises(InvalidDocument):
        read_document(document)
