"""One's own account, what an administrator may mend of another's, and what only the machine's command can."""

import logging
from datetime import timedelta

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from models import Account, Officer, SecondFactor
from tests.fixtures.admin import UNIT, commune_admin, follow, words
from tests.fixtures.signing_in import (
    CLERK,
    CODE,
    DESK,
    ENROL,
    LEADER,
    PHONE,
    account_of,
    come_in,
    enrol,
    knock,
    sessions_of,
    without_second_factor,
)
from tests.fixtures.world import PASSWORD, World
from webapp.commands.account import account as command
from webapp.devices import device_of
from webapp.passwords import is_password

INBOX, PLACES, CHOSEN = "/can-bo/", "/tai-khoan/", "mưa rào trên nương"


# --- devices ---


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (PHONE, "Chrome · Android"),
        (DESK, "Chrome · Windows"),
        (DESK + " Edg/141.0", "Edge · Windows"),
        (DESK.replace("Chrome/", "coc_coc_browser/129 Chrome/"), "Cốc Cốc · Windows"),
        (PHONE + " Zalo android/12", "Zalo · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"),
        ("curl/8", ""),
        ("<script>Chrome/1", "Chrome"),
        ("", ""),
    ],
)
def test_a_device_is_told_in_a_few_words(said: str, words: str) -> None:
    assert device_of(said) == words


# --- where one is signed in ---


def test_two_devices_are_listed_and_this_one_is_marked(world: World) -> None:
    come_in(world, CLERK, device=PHONE)
    world.clock.move(timedelta(minutes=5))
    desk = come_in(world, CLERK, device=DESK)
    page = words(desk.get(PLACES))
    assert "Chrome · Windows nơi này" in page
    assert "Chrome · Android Từ 09:00 ngày 05/10/2026" in page
    assert page.count("nơi này") == 1
    assert sessions_of(world, CLERK)[0].token_hash not in desk.get(PLACES).get_data(as_text=True)


def test_one_place_is_ended_and_its_next_request_is_refused(world: World) -> None:
    phone, desk = come_in(world, CLERK, device=PHONE), come_in(world, CLERK)
    mark = sessions_of(world, CLERK)[0].token_hash[:16]
    assert phone.get(INBOX).status_code == 200
    assert "Đã đăng xuất ở nơi đó" in follow(desk, desk.post(f"{PLACES}ket-thuc", data={"noi": mark}))
    assert phone.get(INBOX).status_code == 302
    assert phone.post(f"{INBOX}viec/X/ky").status_code == 302
    assert desk.get(INBOX).status_code == 200


def test_all_other_places_are_ended(world: World) -> None:
    others = [come_in(world, CLERK, device=PHONE) for _ in range(3)]
    desk = come_in(world, CLERK)
    follow(desk, desk.post(f"{PLACES}ket-thuc", data={"noi": "khac"}))
    assert [client.get(INBOX).status_code for client in (*others, desk)] == [302, 302, 302, 200]


def test_nobody_ends_a_session_of_somebody_else(world: World) -> None:
    leader, clerk = come_in(world, LEADER), come_in(world, CLERK)
    mark = sessions_of(world, LEADER)[0].token_hash[:16]
    for sent in (mark, mark[:4], "", "%", sessions_of(world, LEADER)[0].token_hash):
        clerk.post(f"{PLACES}ket-thuc", data={"noi": sent})
    clerk.post(f"{PLACES}ket-thuc", data={"noi": "khac"})
    assert leader.get(INBOX).status_code == 200
    assert clerk.get(INBOX).status_code == 200


@pytest.mark.parametrize("who", ["a.board", "a.admin", "a.superior", CLERK])
def test_every_audience_has_the_pages(world: World, who: str) -> None:
    client = come_in(world, who)
    for address in (PLACES, "/tai-khoan/mat-khau", "/tai-khoan/buoc-hai"):
        assert client.get(address).status_code == 200


# --- the password ---


def change(client, present: str = PASSWORD, chosen: str = CHOSEN, again: str | None = None):
    form = {"password": present, "chosen": chosen, "again": chosen if again is None else again}
    return client.post("/tai-khoan/mat-khau", data=form)


def test_another_password_ends_every_other_session(world: World) -> None:
    elsewhere, client = come_in(world, LEADER), come_in(world, LEADER)
    stolen = client.get_cookie("phien").value
    assert "Đã đổi mật khẩu" in follow(client, change(client))
    assert is_password(account_of(world, LEADER).password_hash, CHOSEN)
    assert client.get(INBOX).status_code == 200, "with the second factor that was shown"
    assert elsewhere.get(INBOX).status_code == 302
    copy = world.client()
    copy.set_cookie("phien", stolen)
    assert copy.get(INBOX).status_code == 302, "the token changed too"
    assert knock(world.client(), LEADER).status_code == 401
    assert knock(world.client(), LEADER, CHOSEN).headers["Location"] == CODE


@pytest.mark.parametrize(
    ("present", "chosen", "again", "told"),
    [
        ("không phải mật khẩu", CHOSEN, None, "Mật khẩu hiện tại chưa đúng"),
        (PASSWORD, "ngắn", None, "ít nhất 10 ký tự"),
        (PASSWORD, "matkhau2026", None, "nhiều người dùng"),
        (PASSWORD, CHOSEN, "khác", "Hai lần gõ chưa giống nhau"),
        ("", CHOSEN, None, "Xin điền ô này"),
    ],
)
def test_a_change_that_does_not_fit_changes_nothing(
    world: World, present: str, chosen: str, again: str | None, told: str
) -> None:
    client = come_in(world, CLERK)
    answer = change(client, present, chosen, again)
    assert answer.status_code == 422
    assert told in answer.get_data(as_text=True)
    assert CHOSEN not in answer.get_data(as_text=True)
    assert is_password(account_of(world, CLERK).password_hash, PASSWORD)
    assert client.get(INBOX).status_code == 200


def test_the_present_password_cannot_be_guessed_from_a_session(world: World) -> None:
    client = come_in(world, CLERK)
    for _guess in range(5):
        change(client, "không phải mật khẩu")
    assert account_of(world, CLERK).failed_attempts == 5
    assert change(client).status_code == 422
    world.clock.move(timedelta(seconds=31))
    assert change(client).status_code == 303


def test_a_published_password_stays(world: World) -> None:
    with world.database.writing() as session:
        session.execute(sa.update(Account).values(demonstration=True))
    client = come_in(world, CLERK)
    assert "không đổi được" in words(client.get("/tai-khoan/mat-khau"))
    assert change(client).status_code == 403


# --- an administrator ---


def page_of(world: World, post: str) -> str:
    return f"{UNIT}/nguoi/{world.officers[post]}/dang-nhap"


def test_an_administrator_ends_all_sessions_of_a_person(world: World, caplog: pytest.LogCaptureFixture) -> None:
    admin, clerk, phone = commune_admin(world), come_in(world, CLERK), come_in(world, CLERK, device=PHONE)
    assert "Đang đăng nhập ở 2 nơi" in words(admin.get(page_of(world, "reception_clerk")))
    with caplog.at_level(logging.WARNING):
        told = follow(admin, admin.post(page_of(world, "reception_clerk"), data={"viec": "het"}))
    assert "Đã đăng xuất Cầm Thị Yến ở mọi nơi" in told
    assert [client.get(INBOX).status_code for client in (clerk, phone)] == [302, 302]
    assert knock(clerk, CLERK).status_code == 302, "the password is as it was"
    assert f"sessions_ended: account {account_of(world, CLERK).id}, by account" in caplog.text


@pytest.mark.parametrize(("username", "post"), [(LEADER, "chairperson"), (CLERK, "reception_clerk")])
def test_a_lost_telephone_is_forgotten_and_the_person_must_enrol_again(
    world: World, username: str, post: str, caplog: pytest.LogCaptureFixture
) -> None:
    person = come_in(world, username)
    if username == CLERK:
        enrol(person, world, password=PASSWORD)
    admin = commune_admin(world)
    with caplog.at_level(logging.WARNING):
        told = follow(admin, admin.post(page_of(world, post), data={"viec": "go"}))
    assert "Đã gỡ bước xác nhận thứ hai" in told
    assert f"second_factor_removed: account {account_of(world, username).id}, by account" in caplog.text
    assert person.get(INBOX).status_code == 302
    assert knock(person, username).headers["Location"] == ENROL, "also who need not have had one"
    assert "Người quản trị đã gỡ" in words(person.get(ENROL))
    assert person.get(INBOX).status_code == 302
    enrol(person, world)
    assert person.get(INBOX).status_code == 200


def test_an_administrator_reaches_people_of_the_own_unit_only(world: World) -> None:
    with world.database.reading() as session:
        strangers = session.scalars(sa.select(Officer.id).where(Officer.unit_id != world.commune_id)).all()
    admin, leader = commune_admin(world), come_in(world, "b.chairperson")
    for number in (*strangers, 0, "x"):
        assert admin.get(f"{UNIT}/nguoi/{number}/dang-nhap").status_code == 404
        assert admin.post(f"{UNIT}/nguoi/{number}/dang-nhap", data={"viec": "go"}).status_code == 404
        assert admin.post(f"/quan-tri/03664/nguoi/{number}/dang-nhap", data={"viec": "go"}).status_code == 404
    assert leader.get(INBOX).status_code == 200


# --- the command ---


def reset(world: World, monkeypatch: pytest.MonkeyPatch, username: str) -> tuple[int, str]:
    world.database.keyring.save(world.app.extensions["settings"].keys_file)
    monkeypatch.setenv("LANGNGHE_DATA_DIR", str(world.app.extensions["settings"].data_dir))
    monkeypatch.setenv("LANGNGHE_DATABASE_URL", world.database.url.render_as_string(hide_password=False))
    done = CliRunner().invoke(command, ["reset-second-factor", username])
    return done.exit_code, done.output


def test_the_last_administrator_is_helped_on_the_machine(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = come_in(world, "a.admin")
    assert reset(world, monkeypatch, "A.admin") == (
        0,
        "a.admin has no second factor any more; the next sign-in with the password sets up a new one\n",
    )
    assert client.get("/quan-tri/").status_code == 302
    assert knock(client, "a.admin").headers["Location"] == ENROL
    assert client.get("/quan-tri/").status_code == 302
    enrol(client, world)
    assert client.get("/quan-tri/").status_code == 200


def test_the_command_says_what_does_not_fit(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    without_second_factor(world, "a.admin")
    assert reset(world, monkeypatch, "nobody") == (1, "Error: nobody signs in as 'nobody'\n")
    assert reset(world, monkeypatch, "a.admin") == (1, "Error: a.admin has no second factor\n")
    with world.database.reading() as session:
        assert session.get(SecondFactor, account_of(world, "a.admin").id) is None
