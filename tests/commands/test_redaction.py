"""`langnghe triage redact`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from webapp.commands import langnghe


def test_texts_come_back_blacked_out(tmp_path: Path) -> None:
    file = tmp_path / "entries.jsonl"
    file.write_text('{"id": 7, "text": "Gọi chị Hoa 0912 345 678 nhé"}\n', "utf-8")
    result = CliRunner().invoke(langnghe, ["triage", "redact", str(file)])
    assert result.exit_code == 0
    assert json.loads(result.output) == {"id": 7, "text": "Gọi chị [tên] [số điện thoại] nhé"}


def test_figures_come_with_counts_for_typed_and_stripped_text(tmp_path: Path) -> None:
    file = tmp_path / "marked.jsonl"
    rows = [
        {"id": "a", "text": "Anh Hùng 0912 345 678", "spans": [
            {"text": "Hùng", "kind": "name"}, {"text": "0912 345 678", "kind": "phone"}]},
        {"id": "b", "text": "Kho thóc ướt", "spans": [{"text": "thóc", "kind": "name"}]},
        {"id": "c", "text": "Đường hỏng", "spans": []},
    ]  # fmt: skip
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    result = CliRunner().invoke(langnghe, ["triage", "redact", "--evaluate", str(file)])
    assert result.exit_code == 0
    typed, bare = result.output.split("\n\n")
    for table in (typed, bare):
        assert [line.split()[1:3] for line in table.splitlines() if line.startswith("name")] == [["0.500", "1/2"]]
        assert "1.000 1/1" in table
        assert "untouched where nothing is marked: 1.000 1/1" in table


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        '{"id": "a", "text": "x"}',
        '{"id": "a", "text": "x", "spans": [{"text": "y", "kind": "name"}]}',
        '{"id": "a", "text": "x", "spans": [{"text": "x", "kind": "colour"}]}',
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "marked.jsonl"
    file.write_text(f"{line}\n", "utf-8")
    result = CliRunner().invoke(langnghe, ["triage", "redact", "--evaluate", str(file)])
    assert result.exit_code == 1
    assert "line 1" in result.output
