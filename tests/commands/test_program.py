"""The program `langnghe` as people run it: its answers, its refusals, its exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from webapp.commands import COMMANDS


def _run(*arguments: str, folder: Path, stdin: str = "", **environment: str) -> subprocess.CompletedProcess:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("LANGNGHE_")}
    return subprocess.run(
        [sys.executable, "-m", "webapp.commands", *arguments],
        env=clean | {"LANGNGHE_DATA_DIR": str(folder)} | environment,
        input=stdin, capture_output=True, text=True, timeout=120,
    )  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation made by `langnghe setup` from a file of answers."""
    folder = tmp_path_factory.mktemp("installation")
    (folder / "answers.yaml").write_text("unit: '03646'\nhotline: '0212 385 1111'\n", encoding="utf-8")
    answer = _run("setup", "--file", str(folder / "answers.yaml"), folder=folder)
    assert answer.returncode == 0, answer.stderr
    assert "first password" in answer.stdout
    assert "/Q/" in answer.stdout
    return folder


@pytest.mark.parametrize("command", list(COMMANDS))
def test_every_command_explains_itself(command: str, tmp_path: Path) -> None:
    answer = _run(command, "--help", folder=tmp_path)
    assert answer.returncode == 0
    assert len(answer.stdout) > 80


def test_misuse_is_exit_2(tmp_path: Path) -> None:
    for arguments in (["nonsense"], ["qr"], ["serve", "--nonsense"]):
        assert _run(*arguments, folder=tmp_path).returncode == 2


def test_problems_are_one_sentence_and_exit_1(tmp_path: Path) -> None:
    cases = [
        (["audit", "verify"], {}, "langnghe setup"),
        (["serve"], {"LANGNGHE_PORT": "zero"}, "LANGNGHE_PORT"),
        (["db", "upgrade"], {"LANGNGHE_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "database"),
        (["setup", "--file", __file__], {}, ""),
    ]
    for arguments, environment, said in cases:
        answer = _run(*arguments, folder=tmp_path, **environment)
        assert answer.returncode == 1, (arguments, answer.stderr)
        assert said in answer.stderr
        assert "Traceback" not in answer.stderr


def test_setup_again_keeps_what_is_there(installed: Path) -> None:
    keys = (installed / "keys.json").read_text()
    again = _run("setup", "--file", str(installed / "answers.yaml"), folder=installed)
    assert again.returncode == 0
    assert "first password" not in again.stdout
    assert (installed / "keys.json").read_text() == keys
    assert oct((installed / "keys.json").stat().st_mode)[-3:] == "600"


def test_staff_accounts_are_written_once_and_privately(installed: Path) -> None:
    staff, out = installed / "staff.csv", installed / "accounts.csv"
    staff.write_text(
        "unit_code,staff_code,full_name,gender,department,post,title,signs,starts_on\n"
        "03646,cb01,Lò Văn An,nam,Phòng Kinh tế,economy_department_head,Trưởng phòng,no,2025-07-01\n",
        encoding="utf-8",
    )
    answer = _run("staff", "import", str(staff), "--accounts", str(out), folder=installed)
    assert answer.returncode == 0, answer.stderr
    assert "Lò Văn An" in out.read_text(encoding="utf-8-sig")
    assert oct(out.stat().st_mode)[-3:] == "600"
    refused = _run("staff", "import", str(staff), "--accounts", str(out), folder=installed)
    assert refused.returncode == 1
    assert "exists already" in refused.stderr


def test_qr_of_a_known_place_stays_the_same(installed: Path) -> None:
    first, again = (_run("qr", "03646", "--place", "Bàn 2", folder=installed) for _ in range(2))
    link = [line for line in first.stdout.splitlines() if "/Q/" in line]
    assert link
    assert link == [line for line in again.stdout.splitlines() if "/Q/" in line]
    assert _run("qr", "99999", folder=installed).returncode == 1


def test_backup_restore_audit_doctor_and_report(installed: Path, tmp_path: Path) -> None:
    backup = str(tmp_path / "b.zip")
    assert _run("backup", backup, folder=installed).returncode == 0
    refused = _run("restore", backup, folder=installed)
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    assert _run("restore", backup, "--replace", folder=installed).returncode == 0
    assert "0 cases" in _run("audit", "verify", folder=installed).stdout
    doctor = _run("doctor", folder=installed)
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr
    assert "reaches no phone" in doctor.stdout
    report = _run("report", "satisfaction", "2026-Q3", folder=installed)
    assert report.returncode == 0, report.stderr
    assert _run("report", "satisfaction", "quarter three", folder=installed).returncode == 2


def test_doctor_finds_a_broken_installation(tmp_path: Path) -> None:
    answer = _run("doctor", folder=tmp_path, LANGNGHE_CLASSIFIER=str(tmp_path / "none"))
    assert answer.returncode == 1
    assert answer.stdout.count("bad ") == 2


def test_classify_needs_no_installation(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": "đèn đường ngõ 5 hỏng cả tháng không ai sửa"}, {"id": "b", "text": ""}]
    answer = _run("triage", "classify", folder=tmp_path, stdin="\n".join(json.dumps(row) for row in rows))
    assert answer.returncode == 0, answer.stderr
    read = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [row["id"] for row in read] == ["a", "b"]
    assert read[0]["topic"] == "infrastructure"
    assert not any(tmp_path.iterdir())
