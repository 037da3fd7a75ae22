"""Dossiers come in whole or not at all, again without harm, and never with who the applicant was."""

import os
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import Database, Keyring, Procedure, StaleFact, Transaction, Unit, UnitKind
from models.imports import BadLines
from models.procedures import FIELDS
from models.transactions import (
    TRANSACTION_COLUMNS,
    TransactionRow,
    import_transactions,
    keep_transactions,
    read_transactions,
)
from surveys.standard import STANDARD_DOCUMENT
from webapp.commands import langnghe

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
HEADER = ",".join(TRANSACTION_COLUMNS)
GOOD = "03646,H41.12-261102-0001,,land,2026-11-02,2026-11-10,2026-11-09"


@pytest.fixture
def commune(database: Database) -> Database:
    """A database with two wards, one of which took over another of the same code."""
    merger = date(2026, 6, 1)
    with database.writing() as session:
        for code, name, begun, ended in (("03646", "Phường Tô Hiệu", None, None), ("03664", "Cũ", None, merger),
                                         ("03664", "Phường Chiềng An", merger, None)):  # fmt: skip
            session.add(Unit(code=code, name=name, kind=UnitKind.WARD, province_code="14",
                             valid_from=begun, valid_to=ended))  # fmt: skip
            session.flush()
        session.add(Procedure(code="1.001193.000.00.00.H41", name="Đăng ký khai sinh", field="civil_status"))
    return database


def write(folder: Path, *lines: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    """A file with these lines under the header."""
    path = folder / "hoso.csv"
    path.write_text("\n".join([header, *lines, ""]), encoding=encoding)
    return path


def bring(database: Database, path: Path) -> int:
    with database.writing() as session:
        return import_transactions(session, path, NOW)


def kept(database: Database) -> list[Transaction]:
    with database.reading() as session:
        return list(session.scalars(sa.select(Transaction).order_by(Transaction.dossier_code)))


def stale_days(database: Database, forget: bool = True) -> set[date]:
    with database.writing() as session:
        days = set(session.scalars(sa.select(StaleFact.day)))
        if forget:
            session.execute(sa.delete(StaleFact))
    return days


def test_fields_are_the_choices_that_citizens_have() -> None:
    [asked] = [q for q in STANDARD_DOCUMENT["questions"] if q["key"] == "procedure_field"]
    assert tuple(key for key, _label in asked["options"]) == FIELDS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_dossier_is_kept_and_its_day_marked(commune: Database, tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, GOOD, "03646,H41.12-261103-0002,1.001193.000.00.00.H41,civil_status,2026-11-03,,",
                 "03646,H41.12-261103-0003,9.9,other,2026-11-03,2026-11-05,", encoding=encoding)  # fmt: skip
    assert bring(commune, path) == 3
    first, second, third = kept(commune)
    assert (first.field, first.received_on, first.due_on, first.finished_on, first.province_code) == (
        "land", date(2026, 11, 2), date(2026, 11, 10), date(2026, 11, 9), "14",
    )  # fmt: skip
    assert (second.procedure_code, second.due_on, second.finished_on) == ("1.001193.000.00.00.H41", None, None)
    assert third.procedure_code is None  # not in the catalogue
    assert stale_days(commune) == {date(2026, 11, 2), date(2026, 11, 3)}


def test_the_same_file_again_changes_and_marks_nothing(commune: Database, tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    assert (bring(commune, path), stale_days(commune)) == (1, {date(2026, 11, 2)})
    assert (bring(commune, path), stale_days(commune)) == (0, set())


def test_a_dossier_that_comes_again_is_updated_and_both_its_days_are_marked(commune: Database, tmp_path: Path) -> None:
    bring(commune, write(tmp_path, GOOD, "03646,H41.12-261102-0002,,land,2026-11-02,,"))
    stale_days(commune)
    assert bring(commune, write(tmp_path, GOOD.replace("land,2026-11-02", "business,2026-11-04"))) == 1
    moved, left = kept(commune)
    assert (moved.field, moved.received_on, left.received_on) == ("business", date(2026, 11, 4), date(2026, 11, 2))
    assert stale_days(commune) == {date(2026, 11, 2), date(2026, 11, 4)}


def test_every_bad_line_is_named_and_nothing_changes(commune: Database, tmp_path: Path) -> None:
    bad = {
        "99999,a-1,,land,2026-11-02,,": "is unknown",
        "03646,,,land,2026-11-02,,": "dossier_code must be",
        "03646,Nguyễn Văn An,,land,2026-11-02,,": "dossier_code must be",
        "03646,014088001234,,land,2026-11-02,,": "bare number",
        "03646,0912345678,,land,2026-11-02,,": "bare number",
        "03646,a-2,,Đất đai,2026-11-02,,": "field must be one of",
        "03646,a-3,,land,,,": "received_on is empty",
        "03646,a-4,,land,02/11/2026,,": "must be a day like",
        "03646,a-5,,land,2026-11-23,,": "between 2000-01-01 and today",
        "03646,a-6,,land,0206-11-02,,": "between 2000-01-01 and today",
        "03646,a-7,,land,2026-11-02,2026-11-01,": "before received_on",
        "03646,a-8,,land,2026-11-02,,2026-11-01": "finished_on must lie",
        "03646,a-9,,land,2026-11-02,,2026-11-23": "finished_on must lie",
        "03646,a-10,mã thủ tục,land,2026-11-02,,": "procedure_code must be",
        "03646,H41.12-261102-0001,,land,2026-11-03,,": "already in line 2",
    }
    with pytest.raises(BadLines) as problem:
        bring(commune, write(tmp_path, GOOD, *bad))
    found = dict(said.split(": ", 1) for said in reversed(problem.value.problems))
    for line, reason in enumerate(bad.values(), start=3):
        assert reason in found[f"hoso.csv line {line}"], line
    assert "hoso.csv line 2" not in found
    assert (kept(commune), stale_days(commune)) == ([], set())


@pytest.mark.parametrize(
    "column",
    ["name", "Họ và tên", "ho_ten", "nguoi_nop", "phone", "SĐT", "Số điện thoại", "cccd", "Số CMND", "địa chỉ",
     "email", "ngay_sinh", "gender", "dân tộc", "applicant",
     "Address"],
)  # fmt: skip
def test_a_column_about_the_applicant_is_refused_with_the_reason(
    commune: Database, tmp_path: Path, column: str
) -> None:
    with pytest.raises(BadLines, match="who the applicant is, which is never kept") as problem:
        bring(commune, write(tmp_path, GOOD + ",x", header=f"{HEADER},{column}"))
    assert repr(column) in str(problem.value)
    assert kept(commune) == []


@pytest.mark.parametrize(
    ("header", "said"),
    [(f"{HEADER},fee", "'fee' is not one of"), (f"{HEADER},", "'' is not one of"), (f"{HEADER},field", "field stands")],
)
def test_any_other_column_is_refused_too(commune: Database, tmp_path: Path, header: str, said: str) -> None:
    with pytest.raises(BadLines, match=said):
        bring(commune, write(tmp_path, GOOD + ",x", header=header))
    with pytest.raises(BadLines, match="missing column finished_on"):
        bring(commune, write(tmp_path, GOOD, header=HEADER.removesuffix(",finished_on")))


def test_a_dossier_belongs_to_the_unit_that_had_the_code_on_its_day(commune: Database, tmp_path: Path) -> None:
    bring(commune, write(tmp_path, "03664,a-1,,land,2026-05-31,,", "03664,a-2,,land,2026-06-01,,"))
    with commune.reading() as session:
        names = session.execute(
            sa.select(Transaction.dossier_code, Unit.name).join(Unit, Unit.id == Transaction.unit_id)
        )
        assert dict(names.all()) == {"a-1": "Cũ", "a-2": "Phường Chiềng An"}


def test_reading_a_file_writes_nothing(commune: Database, tmp_path: Path) -> None:
    with commune.reading() as session:  # this door cannot write
        [row] = read_transactions(session, write(tmp_path, GOOD), NOW)
    assert (row.dossier_code, row.due_on) == ("H41.12-261102-0001", date(2026, 11, 10))


rows = st.builds(
    lambda unit, number, field, start, due, took: TransactionRow(
        unit, f"a-{number}", field, start, due and start + timedelta(due), took and start + timedelta(took)
    ),
    st.sampled_from([1, 2]), st.integers(1, 6), st.sampled_from(FIELDS),
    st.dates(date(2026, 9, 1), date(2026, 9, 4)), st.none() | st.integers(1, 3), st.none() | st.integers(1, 5),
)  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(rows, max_size=8), max_size=3))
def test_the_last_word_on_each_dossier_stays_however_the_rows_come(
    commune: Database, batches: list[list[TransactionRow]]
) -> None:
    with commune.writing() as session:
        session.execute(sa.delete(Transaction))
    last: dict[tuple[int, str], TransactionRow] = {}
    for batch in batches:
        before = dict(last)
        last |= {row.key: row for row in batch}
        with commune.writing() as session:
            changed = keep_transactions(session, iter(batch), NOW)
        assert changed == sum(before.get(key) != row for key, row in last.items())
        assert stale_days(commune) == touched(before, last)
    found = {(row.unit_id, row.dossier_code): (row.field, row.received_on, row.due_on, row.finished_on)
             for row in kept(commune)}  # fmt: skip
    assert found == {key: (row.field, row.received_on, row.due_on, row.finished_on) for key, row in last.items()}


def touched(before: dict[tuple[int, str], TransactionRow], after: dict[tuple[int, str], TransactionRow]) -> set[date]:
    differing: Iterable[tuple[int, str]] = (key for key in after if before.get(key) != after[key])
    return {row.received_on for key in differing for row in (before.get(key), after[key]) if row}


def test_the_command_says_what_it_did_and_what_is_wrong(
    commune: Database, keyring: Keyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring.save(tmp_path / "keys.json")
    for name in [name for name in os.environ if name.startswith("LANGNGHE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LANGNGHE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LANGNGHE_DATABASE_URL", commune.url.render_as_string(hide_password=False))
    path = write(tmp_path, GOOD)
    for changed in (1, 0):
        answer = CliRunner().invoke(langnghe, ["transactions", "import", str(path)])
        assert answer.exit_code == 0, answer.output
        assert f"1 dossiers read from hoso.csv, {changed} new or changed" in answer.output
    answer = CliRunner().invoke(langnghe, ["transactions", "import", str(write(tmp_path, "03646,x,,,,,"))])
    assert isinstance(answer.exception, BadLines)
    assert len(kept(commune)) == 1
