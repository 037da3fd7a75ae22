"""The program `langnghe` as people run it: its answers, its refusals, its exit codes."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from models import Account, Database, Keyring
from models.base import utc_now
from webapp.commands import COMMANDS, langnghe, main
from webapp.invitations import accept_invitation


@dataclass(frozen=True)
class Said:
    """What the program answered."""

    returncode: int
    stdout: str
    stderr: str


@contextmanager
def _environment(folder: Path, changes: dict[str, str]) -> Iterator[None]:
    kept = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("LANGNGHE_")]:
        del os.environ[name]
    os.environ.update({"LANGNGHE_DATA_DIR": str(folder)} | changes)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)


def _run(*arguments: str, folder: Path, **environment: str) -> Said:
    """What the installed script calls, in this process: a process of its own takes a second to start.

    That a process answers alike is held by `test_a_process_of_its_own_answers_alike`.
    """
    out, err = io.StringIO(), io.StringIO()
    with _environment(folder, environment), redirect_stdout(out), redirect_stderr(err):
        try:
            code = main(list(arguments))
        except SystemExit as end:
            code = end.code
        except BaseException:
            traceback.print_exc()
            code = 1
    return Said(code or 0, out.getvalue(), err.getvalue())


def _process(*arguments: str, folder: Path, stdin: str = "", **environment: str) -> Said:
    with _environment(folder, environment):
        ended = subprocess.run(
            [sys.executable, "-m", "webapp.commands", *arguments],
            input=stdin, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
    return Said(ended.returncode, ended.stdout, ended.stderr)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation made by `langnghe setup` from a file of answers."""
    folder = tmp_path_factory.mktemp("installation")
    (folder / "answers.yaml").write_text(
        "unit: '03646'\nhotline: '0212 385 1111'\nbase_url: https://gopy.phuong.gov.vn\n"
        "people: [{post: chairperson, name: 'Nguyễn Hữu Thắng, nam'}]\n", encoding="utf-8"
    )  # fmt: skip
    answer = _process("setup", "--file", str(folder / "answers.yaml"), folder=folder)
    assert answer.returncode == 0, answer.stderr
    assert "/moi/" in answer.stdout
    assert "/Q/" in answer.stdout
    return folder


@pytest.mark.parametrize("command", list(COMMANDS))
def test_every_command_explains_itself(command: str) -> None:
    answer = CliRunner().invoke(langnghe, [command, "--help"])
    assert answer.exit_code == 0
    assert len(answer.stdout) > 80


def test_the_list_of_commands_loads_no_classifier(tmp_path: Path) -> None:
    """Its libraries take seconds: whoever only asks what there is should not wait for them."""
    told = "import sys; from webapp.commands import langnghe; langnghe(['--help'], standalone_mode=False); "
    told += "sys.exit(' '.join({'sklearn', 'underthesea'} & set(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, timeout=60)
    assert answer.stderr.strip() == ""
    assert all(command in answer.stdout for command in COMMANDS)


def test_a_process_of_its_own_answers_alike(tmp_path: Path) -> None:
    """Its exit code, its words, and where it says them, for what ends well, what is a problem, what is misuse."""
    codes = set()
    for arguments in (["--help"], ["audit", "verify"], ["nonsense"]):
        answer = _process(*arguments, folder=tmp_path)
        assert answer == _run(*arguments, folder=tmp_path)
        codes.add(answer.returncode)
    assert codes == {0, 1, 2}


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
    assert "/moi/" not in again.stdout
    assert (installed / "keys.json").read_text() == keys
    assert oct((installed / "keys.json").stat().st_mode)[-3:] == "600"


def test_staff_invitations_are_written_once_and_privately(installed: Path) -> None:
    staff, out = installed / "staff.csv", installed / "accounts.csv"
    staff.write_text(
        "unit_code,staff_code,full_name,gender,department,post,title,signs,starts_on\n"
        "03646,cb01,Lò Văn An,nam,Phòng Kinh tế,economy_department_head,Trưởng phòng,no,2025-07-01\n",
        encoding="utf-8",
    )
    answer = _run("staff", "import", str(staff), "--accounts", str(out), folder=installed)
    assert answer.returncode == 0, answer.stderr
    (line,) = [line for line in out.read_text(encoding="utf-8-sig").splitlines() if "Lò Văn An" in line]
    assert line.startswith("Lò Văn An,03646.cb01,https://gopy.phuong.gov.vn/moi/")
    assert oct(out.stat().st_mode)[-3:] == "600"
    refused = _run("staff", "import", str(staff), "--accounts", str(out), folder=installed)
    assert refused.returncode == 1
    assert "exists already" in refused.stderr


def test_whoever_has_a_password_keeps_it(installed: Path) -> None:
    first = installed / "first.csv"
    assert _run("staff", "invite", "03646", str(first), folder=installed).returncode == 0
    database = Database(f"sqlite:///{installed / 'langnghe.sqlite'}", Keyring.load(installed / "keys.json"))
    with open(first, encoding="utf-8-sig") as file:
        _name, username, link = list(csv.reader(file))[1]
    with database.writing() as session:
        code = link.rpartition("/")[2]
        assert accept_invitation(session, database.keyring, code, "mưa rào trên nương", utc_now()).username == username
    database.dispose()
    second = installed / "second.csv"
    assert _run("staff", "invite", "03646", str(second), folder=installed).returncode == 0
    assert f"{username},(đã có mật khẩu)" in second.read_text(encoding="utf-8-sig")


def test_invite_makes_a_new_link_for_a_known_name_only(installed: Path) -> None:
    links = {re.search(r"https://\S+/moi/\S+", _run("invite", name, folder=installed).stdout)[0]
             for name in ("quantri", "QUANTRI")}  # fmt: skip
    assert len(links) == 2
    refused = _run("invite", "khongai", folder=installed)
    assert refused.returncode == 1
    assert "nobody signs in" in refused.stderr


def test_qr_of_a_known_place_stays_the_same(installed: Path) -> None:
    first, again = (_run("qr", "03646", "--place", "Bàn 2", folder=installed) for _ in range(2))
    link = [line for line in first.stdout.splitlines() if "/Q/" in line]
    assert link
    assert link == [line for line in again.stdout.splitlines() if "/Q/" in line]
    assert _run("qr", "99999", folder=installed).returncode == 1


def test_qr_refuses_an_address_no_phone_opens_and_makes_no_code(installed: Path) -> None:
    svg = installed / "x.svg"
    arguments = ["qr", "03646", "--place", "Bàn 9", "--svg", str(svg)]
    refused = _run(*arguments, folder=installed, LANGNGHE_BASE_URL="http://192.168.1.4:8000")
    assert refused.returncode == 1
    assert "set LANGNGHE_BASE_URL" in refused.stderr
    assert not svg.exists()
    assert "Bàn 9" not in _run("qr", "03646", "--sheets", str(installed / "s.html"), folder=installed).stdout
    assert "Bàn 9" not in (installed / "s.html").read_text(encoding="utf-8")
    assert _run(*arguments, folder=installed).returncode == 0
    assert "<text" not in svg.read_text()
    assert _run("qr", "03646", "--sheets", str(installed / "s.html"), folder=installed).returncode == 0
    assert "Bàn 9" in (installed / "s.html").read_text(encoding="utf-8")


def test_qr_of_a_demonstration_is_marked(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(installed, tmp_path / "demo")
    database = Database(f"sqlite:///{tmp_path / 'demo' / 'langnghe.sqlite'}", Keyring.load(installed / "keys.json"))
    with database.writing() as session:
        session.execute(sa.update(Account).values(demonstration=True))
    database.dispose()
    svg = tmp_path / "x.svg"
    shown = _run("qr", "03646", "--svg", str(svg), folder=tmp_path / "demo", LANGNGHE_BASE_URL="http://127.0.0.1:8000")
    assert shown.returncode == 0, shown.stderr
    assert "Bản trình diễn" in shown.stdout
    assert "Bản trình diễn" in svg.read_text(encoding="utf-8")


def test_backup_restore_audit_doctor_and_report(installed: Path, tmp_path: Path) -> None:
    backup = str(tmp_path / "b.zip")
    assert _run("backup", backup, folder=installed).returncode == 0
    refused = _run("restore", backup, folder=installed)
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    assert _run("restore", backup, "--replace", folder=installed).returncode == 0
    assert "0 cases" in _run("audit", "verify", folder=installed).stdout
    doctor = _process("doctor", folder=installed)
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr
    assert f"to {backup}" in doctor.stdout
    local = _run("doctor", folder=installed, LANGNGHE_BASE_URL="http://localhost:8000")
    assert "reaches no phone" in local.stdout
    report = _run("report", "satisfaction", "2026-Q3", folder=installed)
    assert report.returncode == 0, report.stderr
    assert _run("report", "satisfaction", "quarter three", folder=installed).returncode == 2


def test_classify_needs_no_installation(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": "đèn đường ngõ 5 hỏng cả tháng không ai sửa"}, {"id": "b", "text": ""}]
    answer = _process("triage", "classify", folder=tmp_path, stdin="\n".join(json.dumps(row) for row in rows))
    assert answer.returncode == 0, answer.stderr
    read = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [row["id"] for row in read] == ["a", "b"]
    assert read[0]["topic"] == "infrastructure"
    assert not any(tmp_path.iterdir())
