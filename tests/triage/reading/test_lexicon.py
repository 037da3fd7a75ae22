import pytest

from triage.reading.lexicon import Lexicon, default_lexicon
from triage.reading.words import read_words

LEXICON = Lexicon(
    {"fees/fee": "mất tiền, =phí", "fees/none": "không mất tiền", "env/rubbish": "rác, xe rác, bãi tập kết rác"}
)


def groups(text):
    return [one.group for one in LEXICON.find(read_words(text))]


@pytest.mark.parametrize(
    "typed", ["xe rác chậm", "xe rac cham", "XE RÁC chậm", "bãi tâp kêt rác đầy", "xe ra\u0301c chậm"]
)
def test_a_phrase_is_found_however_it_is_typed(typed):
    assert groups(typed) == ["env/rubbish"]


def test_the_longest_phrase_wins():
    assert groups("không mất tiền") == ["fees/none"]


def test_a_strict_phrase_needs_its_marks():
    assert groups("phí cao") == ["fees/fee"]
    assert groups("phi cao") == []


def test_bare_words_among_marked_ones_are_other_words():
    assert groups("vết rạc đường rac cũ") == []


def test_a_denied_phrase_says_so():
    found = Lexicon({"integrity/bribe": "vòi tiền, phong bì"})
    assert found.find(read_words("chị ấy không hề vòi tiền"))[0].negated
    assert not found.find(read_words("chị ấy vòi tiền"))[0].negated
    assert not found.find(read_words("không phong bì thì chờ dài cổ"))[0].negated


def test_shadowed_words_are_not_found():
    found = default_lexicon().find(read_words("gọi điện thoại mãi"))
    assert "infrastructure/power" not in [one.group for one in found]


def test_places_are_words_of_the_entry():
    words = read_words("Sáng nay xe rác không đến")
    one = LEXICON.find(words)[0]
    assert words.typed[one.start : one.end] == ["xe", "rác"]
    assert one.family == "env"
