"""Invitations: one use, seven days, no weak passwords; unknown, used and ended ones cannot be told apart."""

import re
import threading
import unicodedata
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from models import Account, Role, Unit
from models.codes import grouped, is_follow_up_code
from tests.fixtures.world import PASSWORD, World
from webapp.backups import count_rows
from webapp.invitations import (
    WeakPassword,
    accept_invitation,
    find_invited,
    has_password,
    invite,
    keep_account,
    link_of_invitation,
)
from webapp.passwords import hash_password, is_password, why_weak

GOOD = "mưa rào trên nương"
WHO = "a.reception_clerk"


def invited(world: World, username: str = WHO) -> str:
    with world.database.writing() as session:
        account = session.scalars(sa.select(Account).where(Account.username == username)).one()
        return invite(session, world.database.keyring, account, world.clock())


def accepted(world: World, code: str, password: str = GOOD) -> Account | None:
    with world.database.writing() as session:
        return accept_invitation(session, world.database.keyring, code, password, world.clock())


def account_of(world: World, username: str = WHO) -> Account:
    with world.database.reading() as session:
        return session.scalars(sa.select(Account).where(Account.username == username)).one()


def sends(client: FlaskClient, code: str, password: str = GOOD, again: str | None = None) -> tuple[int, str]:
    answer = client.post(f"/moi/{code}", data={"password": password, "again": password if again is None else again})
    return answer.status_code, answer.get_data(as_text=True)


# --- the verbs ---


def test_a_code_is_long_checkable_and_kept_only_as_a_hash(world: World) -> None:
    codes = {invited(world) for _ in range(20)}
    assert len(codes) == 20
    assert all(is_follow_up_code(code) for code in codes)
    account = account_of(world)
    assert account.invitation_hash
    assert len(account.invitation_hash) == 64
    assert all(code not in account.invitation_hash.upper() for code in codes)
    assert account.invited_until == world.clock() + timedelta(days=7)


def test_the_link_is_grouped_and_works_however_it_is_typed(world: World) -> None:
    code = invited(world)
    assert link_of_invitation("https://x.vn", code) == f"https://x.vn/moi/{grouped(code)}"
    with world.database.reading() as session:
        for typed in (code, code.lower(), grouped(code), code.replace("0", "O").replace("1", "l")):
            assert find_invited(session, world.database.keyring, typed, world.clock()).username == WHO


def test_accepting_sets_the_password_ends_sessions_and_unlocks(world: World) -> None:
    with world.database.writing() as session:
        locked = session.scalars(sa.select(Account).where(Account.username == WHO)).one()
        locked.failed_attempts, locked.locked_until = 3, world.clock() + timedelta(minutes=10)
    before = account_of(world)
    assert accepted(world, invited(world)) is not None
    after = account_of(world)
    assert after.epoch == before.epoch + 1
    assert is_password(after.password_hash, GOOD)
    assert (after.failed_attempts, after.locked_until, after.invitation_hash, after.invited_until) == (
        0,
        None,
        None,
        None,
    )


def test_an_invitation_is_good_once(world: World) -> None:
    code = invited(world)
    assert accepted(world, code)
    assert accepted(world, code, "một câu khác hẳn") is None
    assert is_password(account_of(world).password_hash, GOOD)


def test_two_at_once_are_one(world: World) -> None:
    code, won = invited(world), []
    words = [f"câu dài thứ {number} của tôi" for number in range(4)]
    threads = [threading.Thread(target=lambda w=w: won.append((w, accepted(world, code, w)))) for w in words]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [word for word, account in won if account is not None]
    assert len(winners) == 1
    assert is_password(account_of(world).password_hash, winners[0])


@pytest.mark.parametrize(("late", "works"), [(timedelta(days=7, seconds=-1), True), (timedelta(days=7), False)])
def test_an_invitation_ends_after_seven_days(world: World, late: timedelta, works: bool) -> None:
    code = invited(world)
    world.clock.move(late)
    assert (accepted(world, code) is not None) is works


def test_a_new_invitation_ends_the_one_before(world: World) -> None:
    first, second = invited(world), invited(world)
    assert accepted(world, first) is None
    assert accepted(world, second)


def test_the_old_password_works_until_the_invitation_is_accepted(world: World) -> None:
    code = invited(world)
    world.sign_in(world.app.test_client(), WHO)
    accepted(world, code)
    answer = world.app.test_client().post("/dang-nhap", data={"username": WHO, "password": PASSWORD})
    assert answer.status_code == 401


def test_codes_of_nobody_find_nobody(world: World) -> None:
    with world.database.reading() as session:
        for typed in ("", "0", "X" * 16, "0" * 400, "\x00", invited(world)[:-1], "đường-dẫn-lạ"):
            assert find_invited(session, world.database.keyring, typed, world.clock()) is None


def test_a_new_account_opens_by_invitation_only(world: World) -> None:
    with world.database.writing() as session:
        unit = session.get_one(Unit, world.commune_id)
        account = keep_account(session, "moi.den", Role.ADMINISTRATOR, unit)
        assert keep_account(session, "moi.den", Role.BOARD, unit) is account
        assert account.role is Role.ADMINISTRATOR
        assert not has_password(account)
    for password in ("-", "nobody has this password", ""):
        data = {"username": "moi.den", "password": password}
        assert world.app.test_client().post("/dang-nhap", data=data).status_code in (400, 401)
    assert accepted(world, invited(world, "moi.den"))
    assert world.app.test_client().post("/dang-nhap", data={"username": "moi.den", "password": GOOD}).status_code == 302


# --- passwords ---

WEAK = [
    "ngắn quá", "123456789", "1234567890", "0987654321", "matkhau123", "Mật khẩu 2026", "password2026", "quantri2026",
    "aaaaaaaaaaaa", "121212121212", "qwertyuiop", "Qwertyuiop1", "iloveyou99", "Việt Nam 2026", "langnghe2026",
    "a.reception_clerk", "areceptionclerk1", "UBND phường 2026", "Anh yêu em 123", "x" * 201,
]  # fmt: skip


@pytest.mark.parametrize("password", WEAK)
def test_weak_passwords_are_refused_and_spend_nothing(world: World, password: str) -> None:
    code, before = invited(world), account_of(world).password_hash
    with pytest.raises(WeakPassword):
        accepted(world, code, password)
    assert account_of(world).password_hash == before
    assert accepted(world, code)


@pytest.mark.parametrize(
    "password", [GOOD, "onlylowercase words", "98 con trâu", "tết nay về quê", "!%&=?@+#*§", "7" * 5 + "4k8z2"]
)
def test_nothing_is_asked_of_a_password_but_length_and_rarity(password: str) -> None:
    assert why_weak(password, WHO) == ""


def test_marks_typed_in_another_way_are_the_same_password() -> None:
    assert is_password(hash_password(GOOD), unicodedata.normalize("NFD", GOOD))
    assert not is_password(hash_password(GOOD), "mua rao tren nuong")
    assert not is_password(None, "")
    assert not is_password("no hash at all", "no hash at all")


# --- the page ---


def test_the_page_shows_who_is_invited_and_writes_nothing(world: World) -> None:
    code = invited(world)
    before = count_rows(world.database), account_of(world).invitation_hash
    for address in (f"/moi/{grouped(code)}", f"/MOI/{code}"):
        answer = world.app.test_client().get(address)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 200
        for words in (
            "Xin chào Cầm Thị Yến",
            WHO,
            "Phường Tô Hiệu",
            "09:00 ngày 12/10/2026",
            'autocomplete="new-password"',
        ):
            assert words in page
        assert answer.headers["Cache-Control"] == "no-store"
    assert (count_rows(world.database), account_of(world).invitation_hash) == before


def test_setting_the_password_signs_in_and_ends_other_sessions(world: World) -> None:
    elsewhere, client = world.client("reception_clerk"), world.app.test_client()
    assert elsewhere.get("/can-bo/").status_code == 200
    status, _page = sends(client, invited(world))
    assert status == 302
    assert client.get("/can-bo/").status_code == 200
    assert elsewhere.get("/can-bo/").status_code == 302


@pytest.mark.parametrize(
    ("username", "start"),
    # Whoever has a second factor is asked for it also when the password was renewed.
    [("a.board", "/hoi-dong/"), (WHO, "/can-bo/"), ("a.admin", "/dang-nhap/ma"), ("a.chairperson", "/dang-nhap/ma")],
)
def test_each_audience_arrives_at_its_own_pages(world: World, username: str, start: str) -> None:
    code = invited(world, username)
    answer = world.app.test_client().post(f"/moi/{code}", data={"password": GOOD, "again": GOOD})
    assert answer.headers["Location"] == start


def test_where_a_script_shows_the_password_it_is_typed_once(world: World) -> None:
    client, code = world.app.test_client(), invited(world)
    page = client.get(f"/moi/{code}").get_data(as_text=True)
    assert re.search(r"<noscript>[^<]*<div.*Gõ lại mật khẩu.*</noscript>", page, re.DOTALL)
    assert client.post(f"/moi/{code}", data={"password": "ngắn"}).status_code == 422
    assert client.post(f"/moi/{code}", data={"password": GOOD}).status_code == 302
    assert is_password(account_of(world).password_hash, GOOD)


def test_mistakes_are_told_beside_the_field_and_spend_nothing(world: World) -> None:
    client, code = world.app.test_client(), invited(world)
    for password, again, words in (
        ("", "", "Xin điền ô này."),
        (GOOD, GOOD + "!", "Hai lần gõ chưa giống nhau"),
        ("matkhau123", None, "nhiều người dùng"),
        ("xyz", None, "ít nhất 10 ký tự"),
        (WHO, None, "giống tên đăng nhập"),
    ):
        status, page = sends(client, code, password, again)
        assert status == 422
        assert words in page
        fields = 1 if password else 2
        assert page.count(words) == 2 * fields, "once in the summary, once beside the field"
        assert password in ("", WHO) or password not in page, "no password is shown or sent back"
    assert sends(client, code)[0] == 302


def test_unknown_used_and_ended_look_alike_and_kind(world: World) -> None:
    used, ended = invited(world), invited(world, "a.office_chief")
    sends(world.app.test_client(), used)
    world.clock.move(timedelta(days=8))
    unknown = "7K2M-9QXA-0000-0000"
    answers = set()
    for code in (used, ended, unknown, "x", invited(world, "a.board")[:-1]):
        client = world.app.test_client()
        answers.add((client.get(f"/moi/{code}").get_data(), client.get(f"/moi/{code}").status_code))
        answers.add((sends(client, code)[1].encode(), sends(client, code)[0]))
        assert "a.board" not in client.get(f"/moi/{code}").get_data(as_text=True)
    assert len(answers) == 1
    page, status = answers.pop()
    assert status == 404
    assert "gửi lời mời mới" in page.decode()


def test_a_form_from_another_site_is_refused(world: World) -> None:
    code = invited(world)
    answer = world.app.test_client().post(
        f"/moi/{code}", data={"password": GOOD, "again": GOOD}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert account_of(world).invitation_hash
