from hypothesis import given
from hypothesis import strategies as st

from triage.reading.variants import bare, hurried, without_tone
from vietnamese.text import has_marks

TEXT = "Đường vào bản lầy lội, đề nghị xã sửa giúp bà con trước mùa mưa"


def test_bare_has_no_marks():
    assert bare(TEXT) == "Duong vao ban lay loi, de nghi xa sua giup ba con truoc mua mua"


def test_tone_goes_and_the_letter_stays():
    assert without_tone("đường") == "đương"
    assert without_tone("xã") == "xa"


def test_hurried_keeps_some_marks_and_repeats_itself():
    once = hurried(TEXT, "a")
    assert once == hurried(TEXT, "a") != hurried(TEXT, "b")
    assert bare(once) == bare(TEXT)
    assert once != TEXT
    assert has_marks(once)


@given(st.text())
def test_bare_twice_is_bare(text):
    assert bare(bare(text)) == bare(text)
