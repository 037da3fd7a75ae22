from hypothesis import given
from hypothesis import strategies as st

from triage.reading.variants import bare
from vietnamese.text import has_marks

TEXT = "Đường vào bản lầy lội, đề nghị xã sửa giúp bà con trước mùa mưa"


def test_bare_has_no_marks():
    assert bare(TEXT) == "Duong vao ban lay loi, de nghi xa sua giup ba con truoc mua mua"
    assert not has_marks(bare(TEXT))


@given(st.text())
def test_bare_twice_is_bare(text):
    assert bare(bare(text)) == bare(text)
