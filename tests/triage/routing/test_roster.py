"""Reading a roster, and saying what is wrong with one."""

from typing import Any

import pytest

from triage.routing.roster import Person, Roster


def test_missing_optional_keys_are_tolerated() -> None:
    roster = Roster.from_json({"staff": [{"id": "1", "name": "Lê Văn An"}]})
    assert roster == Roster("", (Person("1", "Lê Văn An"),))
    assert Roster.from_json({}) == Roster()


def test_loose_marks_are_composed_and_numbers_become_words() -> None:
    roster = Roster.from_json({"commune": "Xã A", "staff": [{"id": 7, "name": "Le\u0302 An", "title": None}]})
    assert roster.staff[0] == Person("7", "Lê An")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"staff": [{"id": "1", "name": "A"}, {"name": "B"}]}, r"staff\[1\] has no 'id'"),
        ({"staff": [{"id": "1"}]}, r"staff\[0\] has no 'name'"),
        ({"staff": [{"id": "1", "name": "A", "post": ["x"]}]}, r"staff\[0\] 'post' must be text"),
        ({"staff": ["A"]}, r"staff\[0\] must be an object"),
        ({"staff": {"id": "1"}}, "'staff' must be a list"),
        ({"staff": [{"id": "1", "name": "A"}, {"id": "1", "name": "B"}]}, r"staff\[1\] 'id' '1' is already"),
        ([], "expected an object"),
    ],
)
def test_errors_name_the_entry_and_the_key(data: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Roster.from_json(data)


def test_holders_of_a_post(commune: Roster) -> None:
    assert [person.id for person in commune.holders("vice_chairperson")] == ["pct1", "pct2"]
    assert commune.holders("nobody") == ()
