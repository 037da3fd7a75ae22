"""`langnghe setup`: questions a clerk can answer, nothing half-done, safe to run again."""

import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa
import yaml
from click.testing import CliRunner, Result

from models import AccessCode, Account, Database, DutyShift, Keyring, Officer, Post, Questionnaire, Role, Tenure, Unit
from models.base import utc_now
from models.units import UnitKind
from tests.fixtures.databases import Databases
from vietnamese.calendar import is_working_day, local_day
from webapp.backups import count_rows
from webapp.commands.answers import Answers, PersonAnswer
from webapp.commands.founding import found, known_from
from webapp.commands.setup import setup
from webapp.invitations import accept_invitation, find_invited
from webapp.settings import load_settings

BASE = "https://gopy.tohieu.gov.vn"
PEOPLE = ["Nguyễn Hữu Thắng, nam", "Lò Thị Xuân; Cầm Thịnh, nam", "Cầm Thịnh, nam"]
"""Chair, two vice-chairs, intake (one of the vice-chairs)."""
COUNTERS = "Quầy tiếp nhận số 1; Quầy số 2"
ANSWERS = ["to hieu", BASE, "0212 385 1111", "Số 1 đường Tô Hiệu", *PEOPLE, COUNTERS, ""]
"""The whole interview: 9 answers, one of them Enter."""


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings but the data folder."""
    for name in [name for name in os.environ if name.startswith("LANGNGHE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LANGNGHE_DATA_DIR", str(tmp_path / "data"))


def run(answers: list[str], *arguments: str) -> Result:
    return CliRunner().invoke(setup, list(arguments), input="".join(answer + "\n" for answer in answers))


def from_file(tmp_path: Path, **answers: object) -> Result:
    file = tmp_path / "answers.yaml"
    file.write_text(yaml.safe_dump(answers, allow_unicode=True), encoding="utf-8")
    return run([], "--file", str(file))


def opened() -> Database:
    settings = load_settings()
    return Database(settings.database_url, Keyring.load(settings.keys_file))


def unit_of(session: sa.orm.Session, code: str = "03646") -> Unit:
    return session.scalars(sa.select(Unit).where(Unit.code == code)).one()


def holders(database: Database) -> dict[str, list[str]]:
    """Post → names of its holders today."""
    with database.reading() as session:
        rows = session.execute(
            sa.select(Post.code, Officer.full_name).select_from(Tenure).join(Post).join(Officer)
            .where(Tenure.on(local_day(utc_now()))).order_by(Tenure.id)
        )  # fmt: skip
        found: dict[str, list[str]] = {}
        for post, name in rows:
            found.setdefault(post, []).append(name)
        return found


def test_the_whole_interview_founds_a_commune(tmp_path: Path) -> None:
    result = run(ANSWERS)
    assert result.exit_code == 0, result.output
    data, database = tmp_path / "data", opened()
    with database.reading() as session:
        unit = unit_of(session)
        assert (unit.hotline, unit.address) == ("0212 385 1111", "Số 1 đường Tô Hiệu")
        codes = session.scalars(sa.select(AccessCode).where(AccessCode.unit_id == unit.id)).all()
        assert sorted(code.place for code in codes) == ["Hòm thư góp ý điện tử", "Quầy số 2", "Quầy tiếp nhận số 1"]
        assert session.scalars(sa.select(Questionnaire.series)).one()
        posts = {post.code: post for post in session.scalars(sa.select(Post))}
        assert posts["chairperson"].signs
        assert posts["vice_chairperson"].signs
        assert not posts["restricted_intake"].signs
        assert not posts["chairperson"].heads
        assert "justice_officer" not in posts, "an empty post is not made: what lies with nobody is read by nobody"
    assert holders(database) == {
        "chairperson": ["Nguyễn Hữu Thắng"], "vice_chairperson": ["Lò Thị Xuân", "Cầm Thịnh"],
        "restricted_intake": ["Cầm Thịnh"],
    }  # fmt: skip
    with database.reading() as session:
        genders = dict(session.execute(sa.select(Officer.full_name, Officer.gender)).all())
    assert genders["Cầm Thịnh"] == "male"
    assert genders["Lò Thị Xuân"] == "female"
    assert len(genders) == 3, "one person in two posts is one person"
    assert f"LANGNGHE_BASE_URL={BASE}" in (data / "settings.env").read_text()
    assert load_settings().base_url == BASE
    for private in ("keys.json", "settings.env"):
        assert oct((data / private).stat().st_mode)[-3:] == "600"
    sheets = (data / "ma-qr-03646.html").read_text(encoding="utf-8")
    assert sheets.count("<article>") == 3
    database.dispose()


def test_leaders_are_on_duty_in_turn_this_month_and_next() -> None:
    run(ANSWERS)
    today = local_day(utc_now())
    database = opened()
    with database.reading() as session:
        shifts = session.execute(
            sa.select(DutyShift.day, Officer.full_name).join(Officer).order_by(DutyShift.day)
        ).all()
    database.dispose()
    months = {(day.year, day.month) for day, _name in shifts}
    following = (today.year + today.month // 12, today.month % 12 + 1)
    assert following in months
    assert months <= {(today.year, today.month), following}
    assert all(day >= today and is_working_day(day) for day, _name in shifts)
    names = [name for _day, name in shifts]
    assert set(names) == {"Nguyễn Hữu Thắng", "Lò Thị Xuân", "Cầm Thịnh"}
    assert all(one != other for one, other in pairwise(names))


def test_the_administrator_is_invited_once_and_only_the_hash_is_kept(tmp_path: Path) -> None:
    output = run(ANSWERS).output
    code = re.search(rf"{BASE}/moi/([0-9A-Z-]+)", output)
    assert code
    assert "▀" in output, "a QR symbol in the terminal"
    database = opened()
    with database.writing() as session:
        assert find_invited(session, database.keyring, code[1], utc_now()).role is Role.ADMINISTRATOR
        assert accept_invitation(session, database.keyring, code[1], "mưa rào trên nương", utc_now())
    database.dispose()
    kept = b"".join(file.read_bytes() for file in (tmp_path / "data").iterdir())
    assert code[1].replace("-", "").encode() not in kept
    assert code[1].encode() not in kept


def test_it_ends_with_three_steps() -> None:
    output = run(ANSWERS).output
    steps = re.findall(r"^  (\d)\. (.+)$", output[output.index("Ba việc tiếp theo") :], re.M)
    assert [number for number, _said in steps] == ["1", "2", "3"]
    assert "langnghe serve" in steps[0][1]
    assert "đặt mật khẩu" in steps[1][1]
    assert "ma-qr-03646.html" in steps[2][1]
    assert f"{BASE}/quan-tri/" in steps[2][1]


@pytest.mark.parametrize("count", range(len(ANSWERS)))
def test_stopping_at_any_question_leaves_nothing(tmp_path: Path, count: int) -> None:
    result = run(ANSWERS[:count])
    assert result.exit_code == 1
    assert "Chưa có gì được ghi" in result.output
    assert not (tmp_path / "data").exists()


def test_saying_no_at_the_end_leaves_nothing(tmp_path: Path) -> None:
    assert run([*ANSWERS[:-1], "k"]).exit_code == 1
    assert not (tmp_path / "data").exists()


def test_a_fault_while_storing_leaves_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    import webapp.commands.founding as founding

    def breaks(*_arguments: object) -> int:
        raise RuntimeError("power cut")

    monkeypatch.setattr(founding, "_share_duty", breaks)
    assert run(ANSWERS).exit_code == 1
    database = opened()
    assert not any(count_rows(database).values())
    database.dispose()
    monkeypatch.undo()


# --- wrong answers ---


@pytest.mark.parametrize(("position", "wrong", "words"), [
    (0, "", "Xin gõ tên"), (8, "chắc thế", "Xin gõ c (có) hoặc k (không)"), (1, "https://x.vn/a/b", "chỉ gồm tên miền"),
    (2, "abc", "Số điện thoại gồm"), (3, "x" * 301, "Dài quá 300"), (4, "/no/such/file.csv", "Không mở được tệp"),
    (4, "Thắng", "cả họ và tên"), (4, "Lò Văn An, ông", "chỉ gõ nam hoặc nữ"), (4, "0912345678", "cả họ và tên"),
    (4, "Lò Văn An; Lò Văn Bình", "chỉ ghi một người"), (5, "Lò Thị Xuân; LÒ THỊ XUÂN", "được ghi hai lần"),
    (7, "Quầy 1; quầy 1", "được ghi hai lần"), (7, " ; ", "ít nhất một quầy"),
])  # fmt: skip
def test_wrong_answers_are_explained_and_asked_again(position: int, wrong: str, words: str) -> None:
    assert words not in run(ANSWERS[:position]).output
    result = run([*ANSWERS[:position], wrong, *ANSWERS[position:]])
    assert result.exit_code == 0, result.output
    assert words in result.output


def test_communes_are_found_by_code_name_and_without_marks() -> None:
    for typed in ("03646", "3646", "Tô Hiệu", "phuong to hieu", "Phường Tô Hiệu".upper()):
        assert "  Phường Tô Hiệu (mã 03646), Tỉnh Sơn La. Không phải thì" in run([typed]).output


def test_several_are_listed_and_too_many_are_told() -> None:
    output = run(["chiềng", "chieng s", "99", "2"]).output
    assert re.search(r"! Có \d+ nơi như vậy", output)
    assert "1. " in output
    assert re.search(r"Xin gõ một số từ 1 đến \d", output)


def test_a_commune_that_is_not_listed_is_added() -> None:
    new = ["xã mơ ước", "k", "không có đâu", "c", "123", "03646", "12345", "Mơ Ước", "Xã Mơ Ước", "tỉnh lạ", "lang son",
           "20 Tỉnh Lạng Sơn"]  # fmt: skip
    result = run([*new, *ANSWERS[1:]])
    assert result.exit_code == 0, result.output
    for words in ("đúng 5 chữ số", "đã có trong danh sách", "bắt đầu bằng Xã", "Chưa biết tỉnh này"):
        assert words in result.output
    database = opened()
    with database.reading() as session:
        unit = unit_of(session, "12345")
        assert (unit.name, unit.kind, unit.parent.name) == ("Xã Mơ Ước", UnitKind.COMMUNE, "Tỉnh Lạng Sơn")
        assert unit.parent.kind is UnitKind.PROVINCE
    database.dispose()


def test_the_calendar_is_shown_before_the_last_yes() -> None:
    output = run(ANSWERS[:-1]).output
    assert re.search(r"nghỉ +\d\d/\d\d/20\d\d – \d\d/\d\d/20\d\d  Tết Nguyên Đán", output)
    assert "sửa ở trang Quản trị, mục Lịch làm việc" in output
    assert output.index("Tết Nguyên Đán") < output.index("Ghi lại tất cả?")


def test_an_address_no_phone_opens_is_told_and_prints_nothing(tmp_path: Path) -> None:
    result = run([ANSWERS[0], "http://192.168.1.5:8000", "", "http://192.168.1.5:8000", "c", *ANSWERS[2:]])
    assert result.exit_code == 0, result.output
    assert "mạng nội bộ" in result.output
    assert "LANGNGHE_BASE_URL=https://" in result.output
    assert "Chưa in mã QR" in result.output
    assert not list((tmp_path / "data").glob("*.html"))
    again = run(["", "gopy.tohieu.gov.vn", ""])
    assert again.exit_code == 0, again.output
    assert load_settings().base_url == BASE
    assert list((tmp_path / "data").glob("ma-qr-*.html"))


# --- a list of staff ---

HEADER = "unit_code,staff_code,full_name,gender,department,post,title,signs,starts_on\n"
LINES = (
    "03646,cb01,Nguyễn Hữu Thắng,nam,Lãnh đạo UBND,chairperson,Chủ tịch UBND,yes,2025-07-01\n"
    "03646,cb02,Phạm Văn Kinh,nam,Phòng Kinh tế,economy_department_head,Trưởng phòng Kinh tế,no,2025-07-01\n"
)


def test_a_list_of_staff_is_checked_when_it_is_named(tmp_path: Path) -> None:
    bad, other, good = (tmp_path / name for name in ("bad.csv", "other.csv", "good.csv"))
    bad.write_text(HEADER + LINES.replace("2025-07-01", "1/7/2025") + ",,,,,,,,\n", encoding="utf-8")
    other.write_text(HEADER + LINES.replace("03646", "03664"), encoding="utf-8")
    good.write_text(HEADER + LINES, encoding="utf-8")
    result = run([*ANSWERS[:4], str(bad), str(other), str(good), *ANSWERS[7:]])
    assert result.exit_code == 0, result.output
    assert "bad.csv dòng 2: starts_on phải là ngày như 2025-07-01" in result.output
    assert "bad.csv dòng 4: thiếu full_name" in result.output
    assert "chưa biết đơn vị '03664'" in result.output
    database = opened()
    assert holders(database) == {
        "chairperson": ["Nguyễn Hữu Thắng"], "economy_department_head": ["Phạm Văn Kinh"],
    }  # fmt: skip
    with database.reading() as session:
        mine = Post.unit_id == unit_of(session).id
        heads = dict(session.execute(sa.select(Post.code, Post.heads).where(mine)).all())
    assert heads == {"chairperson": False, "economy_department_head": True}
    database.dispose()


# --- again ---


def test_again_asks_only_what_is_missing_and_changes_nothing(tmp_path: Path) -> None:
    run(ANSWERS)
    database, data = opened(), tmp_path / "data"
    before = count_rows(database), (data / "keys.json").read_bytes(), (data / "settings.env").read_bytes()
    again = run(["", ""])
    assert again.exit_code == 0, again.output
    assert again.output.count("/k)") + again.output.count("/K)") == 2, "go on here? store?"
    assert "đường dây nóng để in" not in again.output
    assert "/moi/" not in again.output
    assert (count_rows(database), (data / "keys.json").read_bytes(), (data / "settings.env").read_bytes()) == before
    database.dispose()


def test_again_fills_what_was_left_empty() -> None:
    run([*ANSWERS[:5], "", "", *ANSWERS[7:]])
    again = run(["", "c", "", "Vũ Đức Long, nam", ""])
    assert again.exit_code == 0, again.output
    database = opened()
    assert holders(database)["restricted_intake"] == ["Vũ Đức Long"]
    assert holders(database)["chairperson"] == ["Nguyễn Hữu Thắng"]
    database.dispose()


def test_a_second_commune_in_the_same_installation() -> None:
    run(ANSWERS)
    second = run(["k", "chieng an", "0212 385 2222", "", "Trần Văn Hai", "", "", "", "Quản trị", "quantri2", ""])
    assert second.exit_code == 0, second.output
    database = opened()
    with database.reading() as session:
        admins = {a.username: a.unit.code for a in session.scalars(sa.select(Account))}
        assert unit_of(session).hotline == "0212 385 1111"
        assert unit_of(session, "03664").hotline == "0212 385 2222"
    assert admins == {"quantri": "03646", "quantri2": "03664"}
    database.dispose()


# --- from a file ---


def test_answers_from_a_file_found_the_same(tmp_path: Path) -> None:
    people = [{"post": "chairperson", "name": "Nguyễn Hữu Thắng", "gender": "nam"},
              {"post": "vice_chairperson", "name": "Lò Thị Xuân, nữ"}]  # fmt: skip
    result = from_file(tmp_path, unit="Tô Hiệu", base_url=BASE, hotline="0212 385 1111", people=people,
                       counters=["Quầy 1", "Quầy 2"], administrator="vanthu")  # fmt: skip
    assert result.exit_code == 0, result.output
    database = opened()
    assert holders(database) == {"chairperson": ["Nguyễn Hữu Thắng"], "vice_chairperson": ["Lò Thị Xuân"]}
    with database.reading() as session:
        assert session.scalars(sa.select(Account.username)).all() == ["vanthu"]
    database.dispose()
    again = from_file(tmp_path, unit="03646", hotline="099 999 9999")
    assert again.exit_code == 0, again.output
    assert "Đường dây nóng giữ nguyên là 0212 385 1111" in again.output


def test_a_file_tells_all_its_faults_at_once(tmp_path: Path) -> None:
    result = from_file(tmp_path, unit="03646", hotline="x", base_url="https://a/b", colour="xanh",
                       people=[{"post": "king", "name": "A"}], administrator="Ô", staff="none.csv")  # fmt: skip
    assert result.exit_code == 1
    for key in ("hotline:", "base_url:", "'colour'", "people:", "administrator:", "staff:"):
        assert key in result.output, key
    assert not (tmp_path / "data").exists()
    for bad in ({"unit": "Chiềng"}, {"unit": "không đâu"}, {}):
        assert from_file(tmp_path, hotline="113", **bad).exit_code == 1


def test_a_file_can_name_a_new_commune(tmp_path: Path) -> None:
    unit = {"code": "12345", "name": "Xã Mơ Ước", "province": "20 Tỉnh Lạng Sơn"}
    assert from_file(tmp_path, unit=unit, hotline="113").exit_code == 0
    (tmp_path / "odd.yaml").write_text("- 1\n")
    assert run([], "--file", str(tmp_path / "odd.yaml")).exit_code == 1


# --- what it refuses ---


def test_a_database_without_its_keys_is_never_given_new_ones(tmp_path: Path) -> None:
    run(ANSWERS)
    keys = tmp_path / "data" / "keys.json"
    keys.rename(tmp_path / "kept.json")
    result = run(["", "", ""])
    assert result.exit_code == 1
    assert "thiếu tệp khóa" in result.output
    assert not keys.exists()


def test_a_demonstration_is_not_turned_into_an_installation() -> None:
    run(ANSWERS)
    database = opened()
    with database.writing() as session:
        session.execute(sa.update(Account).values(demonstration=True))
    result = run(["", "", ""])
    assert result.exit_code == 1
    assert "bản trình diễn" in result.output
    database.dispose()


def test_settings_of_the_environment_survive(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    elsewhere = f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"
    monkeypatch.setenv("LANGNGHE_DATABASE_URL", elsewhere)
    result = run(ANSWERS)
    assert "LANGNGHE_DATABASE_URL" in result.output
    monkeypatch.delenv("LANGNGHE_DATABASE_URL")
    assert load_settings().database_url == elsewhere


def test_both_databases_are_founded_alike(new_database: Databases) -> None:
    database, at = new_database(), utc_now()
    chair = (PersonAnswer("chairperson", "Nguyễn Hữu Thắng", "male"),)
    for first in (True, False):
        with database.writing() as session:
            known = known_from(session, local_day(at))
            here = next(unit for unit in known.units if unit.code == "03646")
            assert bool(here.held) is not first
            answers = Answers(here, hotline="113", people=chair if first else (), counters=("Quầy 1",),
                              administrator="quantri" if first else "")  # fmt: skip
            told = found(session, database.keyring, answers, at)
        assert (told.people, told.codes, bool(told.duty_days), bool(told.invitation)) == (first, 2, first, first)
    with database.reading() as session:
        assert session.scalars(sa.select(DutyShift.day)).first() is not None
        assert known_from(session, local_day(at)).administrators == {"03646": "quantri"}


def test_ctrl_c_in_a_terminal_is_one_kind_sentence(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "webapp.commands", "setup"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env=os.environ | {"LANGNGHE_DATA_DIR": str(tmp_path / "data")},
    )  # fmt: skip
    assert process.stdout
    assert process.stdin
    process.stdin.write(b"to hieu\n")
    process.stdin.flush()
    while "Địa chỉ trang, ví dụ".encode() not in (line := process.stdout.read1()) and line:
        pass
    process.send_signal(2)
    _out, error = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "Chưa có gì được ghi" in error.decode()
    assert "Traceback" not in error.decode()
    assert not (tmp_path / "data").exists()
