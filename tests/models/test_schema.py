"""The schema speaks: every column says what it means and what personal data it holds."""

import pytest
import sqlalchemy as sa

from models import Base
from models.base import EncryptedText

GROWING = {
    "access_codes", "submissions", "responses", "answers", "entries", "entry_contacts", "decisions", "cases",
    "case_exclusions", "replies", "case_events", "case_event_payloads", "case_keys", "rating_facts", "case_facts",
    "transactions", "transaction_facts", "sealed_packages",
}  # fmt: skip
COLUMNS = [column for table in Base.metadata.sorted_tables for column in table.columns]


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: f"{column.table.name}.{column.name}")
def test_column_has_meaning_and_note(column: sa.Column) -> None:
    assert column.comment
    assert column.comment != column.name
    assert "personal" in column.info


@pytest.mark.parametrize("name", sorted(GROWING))
def test_growing_rows_carry_province_and_unit(name: str) -> None:
    columns = Base.metadata.tables[name].columns
    assert not columns["province_code"].nullable
    assert not columns["unit_id"].nullable


def test_words_and_identities_of_citizens_are_encrypted() -> None:
    # An event is sealed by the case's own key, a package by the province's, before they reach the column.
    own_cipher = {("case_event_payloads", "body"), ("sealed_packages", "sealed")}
    for column in COLUMNS:
        if column.info["personal"] in ("free_text", "contact", "identity"):
            sealed = isinstance(column.type, EncryptedText) or (column.table.name, column.name) in own_cipher
            assert sealed, f"{column.table.name}.{column.name}"


def test_a_response_cannot_hold_who_answered() -> None:
    for name in ("responses", "answers"):
        for column in Base.metadata.tables[name].columns:
            assert column.info["personal"] in ("none", "linkable"), column.name
