"""The second factor: demanded of who signs and who administers, taken once a time step, never gone around."""

import re
import threading
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from models import Account, Post, RecoveryCode, SecondFactor, Tenure
from tests.fixtures.signing_in import (
    ADMINISTRATOR,
    CLERK,
    CODE,
    DESK,
    ENROL,
    LEADER,
    RECOVERY,
    account_of,
    codes_on,
    come_in,
    enrol,
    give_code,
    knock,
    secret_on,
    sessions_of,
    shown_at,
    token_of,
    without_second_factor,
)
from tests.fixtures.world import PASSWORD, SECRET, World
from webapp.second_factors import codes_left, take_code
from webapp.second_factors import enrol as keep
from webapp.waiting import FREE_FAILURES

STEP = timedelta(seconds=30)
INBOX = "/can-bo/"


def factor_of(world: World, username: str) -> SecondFactor | None:
    with world.database.reading() as session:
        return session.get(SecondFactor, account_of(world, username).id)


def left(world: World, username: str) -> int:
    with world.database.reading() as session:
        return codes_left(session, account_of(world, username).id)


def in_demonstration(world: World) -> None:
    """Every account becomes an invented one."""
    with world.database.writing() as session:
        session.execute(sa.update(Account).values(demonstration=True))


# --- the code ---


def test_a_password_alone_opens_nothing(world: World) -> None:
    client = world.client()
    assert knock(client, LEADER, target="/can-bo/viec/X1").headers["Location"] == CODE
    for address in (INBOX, "/tai-khoan/", "/tai-khoan/mat-khau", "/tai-khoan/buoc-hai", ENROL):
        assert client.get(address).status_code == 302, address
        assert client.post(address, data={"code": shown_at(world.clock())}).status_code in (302, 405), address
    assert sessions_of(world, LEADER) == []
    answer = give_code(client, world)
    assert answer.headers["Location"] == "/can-bo/viec/X1"
    (row,) = sessions_of(world, LEADER)
    assert row.second_factor
    assert client.get(INBOX).status_code == 200


@pytest.mark.parametrize(("late", "fits"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_telephone_may_be_one_step_ahead_or_behind(world: World, late: int, fits: bool) -> None:
    client = world.client()
    knock(client, LEADER)
    assert (give_code(client, world, timedelta(seconds=late)).status_code == 302) is fits


def test_a_code_counts_once_whoever_saw_it(world: World) -> None:
    come_in(world, LEADER)
    thief = world.client()
    knock(thief, LEADER)
    answer = give_code(thief, world)
    assert answer.status_code == 401
    assert "đã dùng rồi" in answer.get_data(as_text=True)
    assert give_code(thief, world, STEP).status_code == 401, "nor one from before it"
    world.clock.move(STEP)
    assert give_code(thief, world).status_code == 302


def test_two_at_once_with_one_code_are_one(world: World) -> None:
    account_id, code, taken = account_of(world, LEADER).id, shown_at(world.clock()), []

    def take() -> None:
        with world.database.writing() as session:
            taken.append(take_code(session, account_id, code, world.clock()))

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False, False, False, True]


def test_wrong_codes_make_the_account_wait_and_the_password_does_not_forgive_them(world: World) -> None:
    client = world.client()
    for _guess in range(FREE_FAILURES):
        assert knock(client, LEADER).status_code == 302
        assert client.post(CODE, data={"code": "000000"}).status_code == 401
    assert account_of(world, LEADER).failed_attempts == FREE_FAILURES
    answer = give_code(client, world)
    assert answer.status_code == 401
    assert "phải chờ đến" in answer.get_data(as_text=True)
    world.clock.move(timedelta(seconds=31))
    assert give_code(client, world).status_code == 302
    assert account_of(world, LEADER).failed_attempts == 0


def test_the_second_step_must_follow_within_half_an_hour(world: World) -> None:
    client = world.client()
    knock(client, LEADER)
    world.clock.move(timedelta(minutes=31))
    assert give_code(client, world).headers["Location"] == "/dang-nhap"
    assert client.get(CODE).status_code == 302


def test_a_renewed_password_ends_a_half_done_sign_in(world: World) -> None:
    client = world.client()
    knock(client, LEADER)
    with world.database.writing() as session:
        session.execute(sa.update(Account).where(Account.username == LEADER).values(epoch=Account.epoch + 1))
    assert give_code(client, world).headers["Location"] == "/dang-nhap"


@pytest.mark.parametrize("typed", ["", "abc", "12345", "１２３４５６７", "9" * 41, "\x00", "mã của tôi"])
def test_what_is_no_code_is_told_kindly(world: World, typed: str) -> None:
    client = world.client()
    knock(client, LEADER)
    assert client.post(CODE, data={"code": typed}).status_code in (401, 422)
    assert client.post(RECOVERY, data={"code": typed}).status_code in (401, 422)


# --- enrolling ---


@pytest.mark.parametrize("username", [LEADER, ADMINISTRATOR])
def test_who_must_enrol_comes_to_that_page_and_nowhere_else(world: World, username: str) -> None:
    without_second_factor(world, username)
    client = world.client()
    assert knock(client, username).headers["Location"] == ENROL
    addresses = [
        re.sub(r"<[^>]+>", "X", rule.rule)
        for rule in world.app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in ("officer", "admin", "board", "account")
    ]
    assert len(addresses) > 40
    for address in addresses:
        assert client.get(address).status_code in (302, 405), address
        assert client.post(address).status_code in (302, 405), address
    assert sessions_of(world, username) == []
    assert client.post("/dang-nhap/bo-qua").status_code == 404
    codes = enrol(client, world)
    assert len(set(codes)) == 10
    assert client.get({LEADER: INBOX}.get(username, "/quan-tri/")).status_code == 200
    assert [row.second_factor for row in sessions_of(world, username)] == [True]


def test_looking_at_the_enrolment_page_writes_nothing_and_shows_the_same_again(world: World) -> None:
    without_second_factor(world, LEADER)
    client, other = world.client(), world.client()
    for browser in (client, other):
        knock(browser, LEADER)
    page = client.get(ENROL).get_data(as_text=True)
    secret = secret_on(page)
    assert secret_on(client.get(ENROL).get_data(as_text=True)) == secret
    assert secret_on(other.get(ENROL).get_data(as_text=True)) != secret, "nobody learns another browser's secret"
    assert factor_of(world, LEADER) is None
    address = urlsplit(re.search(r'href="(otpauth:[^"]+)"', page)[1].replace("&amp;", "&"))
    assert parse_qs(address.query) == {"secret": [secret], "issuer": ["Lắng Nghe"]}
    assert "<svg" in page


def test_a_wrong_first_code_keeps_nothing_and_the_same_secret(world: World) -> None:
    without_second_factor(world, LEADER)
    client = world.client()
    knock(client, LEADER)
    offered = client.get(ENROL).get_data(as_text=True)
    answer = client.post(ENROL, data={"code": "000000"})
    assert answer.status_code == 422
    assert secret_on(answer.get_data(as_text=True)) == secret_on(offered)
    assert codes_on(answer.get_data(as_text=True)) == codes_on(offered) != []
    assert left(world, LEADER) == 0, "codes on a page are nobody's yet"
    assert factor_of(world, LEADER) is None
    assert sessions_of(world, LEADER) == []


def test_the_code_that_enrolled_does_not_sign_in_again(world: World) -> None:
    without_second_factor(world, LEADER)
    client = world.client()
    knock(client, LEADER)
    secret = secret_on(client.get(ENROL).get_data(as_text=True))
    code = shown_at(world.clock(), secret)
    client.post(ENROL, data={"code": code})
    assert factor_of(world, LEADER).secret == secret
    again = world.client()
    knock(again, LEADER)
    assert again.post(CODE, data={"code": code}).status_code == 401


def test_who_has_one_cannot_enrol_another_with_the_password_alone(world: World) -> None:
    client = world.client()
    knock(client, LEADER)
    assert client.get(ENROL).headers["Location"] == "/dang-nhap"
    assert client.post(ENROL, data={"code": "000000"}).headers["Location"] == "/dang-nhap"
    assert factor_of(world, LEADER).secret == SECRET


def test_whoever_begins_to_sign_in_the_middle_of_a_session_enrols_first(world: World) -> None:
    client = come_in(world, CLERK)
    with world.database.writing() as session:
        chair = session.scalars(sa.select(Post).where(Post.code == "chairperson", Post.unit_id == world.commune_id))
        session.add(
            Tenure(
                post_id=chair.one().id, officer_id=world.officers["reception_clerk"], stand_in=True,
                starts_on=date(2026, 10, 5),
            )
        )  # fmt: skip
    for address in (INBOX, "/tai-khoan/", "/can-bo/viec/X1"):
        assert client.get(address).headers["Location"] == ENROL
    assert client.get(ENROL).status_code == 200
    before = token_of(client)
    assert len(enrol(client, world, password=PASSWORD)) == 10
    assert client.get(INBOX).status_code == 200
    assert token_of(client) != before


def test_everybody_may_have_one_and_enrolling_ends_sessions_without(world: World) -> None:
    elsewhere, client = come_in(world, CLERK), come_in(world, CLERK)
    assert "Bật" in client.get("/tai-khoan/buoc-hai").get_data(as_text=True)
    secret = secret_on(client.get(ENROL).get_data(as_text=True))
    wrong = client.post(ENROL, data={"code": shown_at(world.clock(), secret), "password": "không phải"})
    assert wrong.status_code == 422, "a session left open on a desk is not enough"
    assert factor_of(world, CLERK) is None
    enrol(client, world, password=PASSWORD)
    assert elsewhere.get(INBOX).status_code == 302
    assert client.get(INBOX).status_code == 200
    assert knock(world.client(), CLERK).headers["Location"] == CODE


def test_a_new_telephone_takes_the_place_of_the_old_one_when_it_is_proved(world: World) -> None:
    client = come_in(world, LEADER)
    secret = secret_on(client.get(ENROL).get_data(as_text=True))
    assert factor_of(world, LEADER).secret == SECRET
    enrol(client, world, password=PASSWORD)
    assert factor_of(world, LEADER).secret == secret
    other = world.client()
    world.clock.move(STEP)
    knock(other, LEADER)
    assert give_code(other, world).status_code == 401
    assert other.post(CODE, data={"code": shown_at(world.clock(), secret)}).status_code == 302


def test_the_secret_is_stored_sealed(world: World) -> None:
    with world.database.reading() as session:
        table = SecondFactor.__table__
        raw = session.execute(sa.select(sa.type_coerce(table.c.secret, sa.LargeBinary))).scalars().all()
    assert raw
    assert all(SECRET.encode() not in bytes(kept) for kept in raw)


# --- recovery codes ---


def enrolled(world: World, username: str = LEADER) -> tuple[FlaskClient, list[str]]:
    without_second_factor(world, username)
    client = world.client()
    knock(client, username)
    return client, enrol(client, world)


def test_a_recovery_code_counts_once_and_tells_how_many_are_left(world: World) -> None:
    _client, codes = enrolled(world)
    for number, typed in enumerate((codes[0], codes[1].lower().replace("-", " "), codes[2].replace("-", "")), 1):
        client = world.client()
        knock(client, LEADER)
        answer = client.post(RECOVERY, data={"code": typed})
        assert answer.headers["Location"] == "/tai-khoan/buoc-hai"
        page = client.get("/tai-khoan/buoc-hai").get_data(as_text=True)
        assert f"còn {10 - number} mã" in page
        assert 'href="/can-bo/"' in page, "and leads on to work"
    client = world.client()
    knock(client, LEADER)
    assert client.post(RECOVERY, data={"code": codes[0]}).status_code == 401
    assert account_of(world, LEADER).failed_attempts == 1


def test_recovery_codes_are_one_persons_and_kept_as_hashes(world: World) -> None:
    _client, codes = enrolled(world)
    other = world.client()
    knock(other, ADMINISTRATOR)
    assert other.post(RECOVERY, data={"code": codes[0]}).status_code == 401
    with world.database.reading() as session:
        kept = session.scalars(sa.select(RecoveryCode.code_hash)).all()
    assert len(kept) == 10
    assert not any(code.replace("-", "") in "".join(kept).upper() for code in codes)


def test_the_page_of_recovery_codes_is_shown_once(world: World) -> None:
    client, codes = enrolled(world)
    for address in ("/tai-khoan/buoc-hai", "/tai-khoan/", ENROL):
        answer = client.get(address)
        assert not any(code in answer.get_data(as_text=True) for code in codes)
        assert answer.headers["Cache-Control"] == "no-store"


def test_new_codes_end_the_old_ones_and_want_the_password(world: World) -> None:
    client, codes = enrolled(world)
    page = "/tai-khoan/buoc-hai/ma-du-phong"
    assert client.post(page, data={"password": "không phải mật khẩu"}).status_code == 422
    fresh = codes_on(client.post(page, data={"password": PASSWORD}).get_data(as_text=True))
    assert len(fresh) == 10
    assert not set(fresh) & set(codes)
    assert left(world, LEADER) == 10
    other = world.client()
    knock(other, LEADER)
    assert other.post(RECOVERY, data={"code": codes[5]}).status_code == 401
    assert other.post(RECOVERY, data={"code": fresh[5]}).status_code == 302


# --- giving it up ---


def test_who_need_not_have_one_may_turn_it_off(world: World) -> None:
    client = come_in(world, CLERK)
    enrol(client, world, password=PASSWORD)
    assert client.post("/tai-khoan/buoc-hai/tat", data={"password": "không phải"}).status_code == 422
    assert factor_of(world, CLERK)
    assert client.post("/tai-khoan/buoc-hai/tat", data={"password": PASSWORD}).status_code == 303
    assert factor_of(world, CLERK) is None
    assert left(world, CLERK) == 0
    assert client.get(INBOX).status_code == 200
    assert knock(world.client(), CLERK).headers["Location"] == INBOX


def test_a_leader_may_not(world: World) -> None:
    client = come_in(world, LEADER)
    assert "Tắt bước" not in client.get("/tai-khoan/buoc-hai").get_data(as_text=True)
    assert client.post("/tai-khoan/buoc-hai/tat", data={"password": PASSWORD}).status_code == 403
    assert factor_of(world, LEADER)


# --- a demonstration ---


def test_a_demonstration_asks_nobody_but_lets_everybody_try(world: World) -> None:
    in_demonstration(world)
    without_second_factor(world, LEADER)
    client = world.client()
    assert knock(client, LEADER, device=DESK).headers["Location"] == INBOX
    assert client.get(INBOX).status_code == 200
    enrol(client, world, password=PASSWORD)
    next_visitor = world.client()
    assert knock(next_visitor, LEADER).headers["Location"] == CODE
    assert "Bỏ qua" in next_visitor.get(CODE).get_data(as_text=True)
    assert next_visitor.post("/dang-nhap/bo-qua").headers["Location"] == INBOX
    assert next_visitor.get(INBOX).status_code == 200


def test_nothing_is_skipped_elsewhere(world: World) -> None:
    client = world.client()
    knock(client, LEADER)
    assert "Bỏ qua" not in client.get(CODE).get_data(as_text=True)
    assert client.post("/dang-nhap/bo-qua").status_code == 404
    assert sessions_of(world, LEADER) == []


def test_a_first_code_of_another_secret_proves_nothing(world: World) -> None:
    without_second_factor(world, LEADER)
    with world.database.writing() as session:
        stored = session.get_one(Account, account_of(world, LEADER).id)
        code = shown_at(world.clock(), "A" * 32)
        assert not keep(session, world.database.keyring, stored, "a token", code, world.clock())
    assert factor_of(world, LEADER) is None
