"""Words of the calendar that stand in rows and in files: they stay what they are."""

from vietnamese.calendar import Unit, Worked


def test_words_in_databases_and_files_do_not_change() -> None:
    assert {name: worked.value for name, worked in Worked.__members__.items()} == {
        "BOTH": "both", "MORNING": "morning", "AFTERNOON": "afternoon", "NONE": "none",
    }  # fmt: skip
    assert {name: unit.value for name, unit in Unit.__members__.items()} == {
        "WORKING_DAYS": "working_days", "CALENDAR_DAYS": "calendar_days", "HALF_DAYS": "half_days", "HOURS": "hours",
    }  # fmt: skip
