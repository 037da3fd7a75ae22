"""Sessions: rows that end, tokens that change, waits that no stranger can turn against the account's owner."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from models import Account, SignIn, Tenure
from tests.fixtures.signing_in import (
    CLERK,
    DESK,
    LEADER,
    PHONE,
    account_of,
    come_in,
    knock,
    sessions_of,
    token_of,
)
from tests.fixtures.world import PASSWORD, START, World
from vietnamese.calendar import local_day
from webapp import create_app
from webapp.auth import inside
from webapp.settings import load_settings
from webapp.waiting import (
    FREE_FAILURES,
    LONGEST_FOR_KNOWN,
    LONGEST_WAIT,
    MOST_FAILURES,
    is_closed,
    wait_after,
)

INBOX = "/can-bo/"


# --- rows and cookies ---


def test_signing_in_makes_a_row_that_holds_no_token(world: World) -> None:
    client = come_in(world, CLERK, device=PHONE)
    (row,) = sessions_of(world, CLERK)
    token = token_of(client)
    assert row.device == "Chrome · Android"
    assert (row.made_at, row.seen_at, row.second_factor) == (world.clock(), world.clock(), False)
    assert len(token) > 64
    assert token.partition(".")[2] not in row.token_hash
    assert len(row.token_hash) == 64


def test_the_worlds_short_way_leaves_what_the_pages_leave(world: World) -> None:
    # Tests sign in hundreds of times without the pages; what they stand on must be the same.
    for username in (CLERK, LEADER, "a.admin", "a.board"):
        short, long = world.client(), come_in(world, username, device="")
        world.sign_in(short, username)
        one, other = sessions_of(world, username)
        for column in ("account_id", "made_at", "seen_at", "device", "second_factor", "ended_at"):
            assert getattr(one, column) == getattr(other, column), (username, column)
        with short.session_transaction() as left, long.session_transaction() as right:
            assert left.keys() - {"_id"} == right.keys() - {"_id"}
            assert {k: v for k, v in left.items() if k not in ("_user_id", "_id")} == {
                k: v for k, v in right.items() if k not in ("_user_id", "_id")
            }


def test_cookies_are_kept_from_scripts_and_other_sites(world: World) -> None:
    settings = load_settings({"LANGNGHE_DATA_DIR": "/nowhere", "LANGNGHE_BASE_URL": "https://gopy.example.vn"})
    app = create_app(settings, world.database, world.clock)
    answer = app.test_client().post("/dang-nhap", data={"username": CLERK, "password": PASSWORD})
    kept = {cookie.partition("=")[0]: cookie for cookie in answer.headers.getlist("Set-Cookie")}
    assert set(kept) == {"phien", "may"}
    for cookie in kept.values():
        assert {"HttpOnly", "Secure", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert "Expires" not in kept["phien"], "a session ends with the browser"
    assert "Path=/dang-nhap" in kept["may"]


def test_the_token_changes_at_sign_in_and_the_old_one_is_over(world: World) -> None:
    client = come_in(world, CLERK)
    stolen = client.get_cookie("phien").value
    first = token_of(client)
    knock(client, CLERK)
    assert token_of(client) not in ("", first)
    thief = world.client()
    thief.set_cookie("phien", stolen)
    assert thief.get(INBOX).status_code == 302
    assert client.get(INBOX).status_code == 200
    assert len(sessions_of(world, CLERK)) == 1


def test_what_a_stranger_put_into_the_cookie_is_gone_after_sign_in(world: World) -> None:
    client = world.client()
    with client.session_transaction() as cookie:
        cookie["next"] = cookie["_user_id"] = "1.planted"
    knock(client, CLERK)
    with client.session_transaction() as cookie:
        assert "next" not in cookie
        assert cookie["_user_id"] != "1.planted"


@pytest.mark.parametrize("forged", ["1.planted", "", ".", "1", "x.y", "1." + "0" * 64])
def test_a_made_up_token_opens_nothing(world: World, forged: str) -> None:
    client = world.client()
    with client.session_transaction() as cookie:
        cookie |= {"_user_id": forged, "luc": int(world.clock().timestamp())}
    assert client.get(INBOX).status_code == 302


def test_signing_out_ends_the_row_so_that_a_copy_of_the_cookie_is_worthless(world: World) -> None:
    client = come_in(world, CLERK)
    copy = client.get_cookie("phien").value
    client.post("/dang-xuat")
    assert sessions_of(world, CLERK) == []
    client.set_cookie("phien", copy)
    assert client.get(INBOX).status_code == 302


# --- how long ---


def test_a_session_ends_when_nobody_used_it_for_an_hour(world: World) -> None:
    client = come_in(world, CLERK)
    for _page in range(3):
        world.clock.move(timedelta(minutes=59))
        assert client.get(INBOX).status_code == 200, "looking at pages is using it"
    world.clock.move(timedelta(minutes=61))
    assert client.get(INBOX).status_code == 302


def test_an_old_copy_of_the_cookie_is_idle_although_the_session_goes_on(world: World) -> None:
    client = come_in(world, CLERK)
    copy = client.get_cookie("phien").value
    for _page in range(2):
        world.clock.move(timedelta(minutes=40))
        assert client.get(INBOX).status_code == 200
    thief = world.client()
    thief.set_cookie("phien", copy)
    assert thief.get(INBOX).status_code == 302


def test_a_session_ends_after_twelve_hours_however_busy(world: World) -> None:
    client = come_in(world, CLERK)
    for _page in range(14):
        assert client.get(INBOX).status_code == 200
        world.clock.move(timedelta(minutes=50))
    world.clock.move(timedelta(minutes=20))
    assert world.clock() - START == timedelta(hours=12)
    assert client.get(INBOX).status_code == 302


def test_looking_writes_nothing_and_sending_writes_once_an_hour(world: World) -> None:
    client = come_in(world, CLERK)

    def seen() -> timedelta:
        return sessions_of(world, CLERK)[0].seen_at - START

    for minutes, send, expected in ((50, False, 0), (50, False, 0), (5, True, 105), (50, True, 105), (11, True, 166)):
        world.clock.move(timedelta(minutes=minutes))
        answer = client.post("/tai-khoan/ket-thuc", data={"noi": "x"}) if send else client.get(INBOX)
        assert answer.status_code in (200, 303)
        assert seen() == timedelta(minutes=expected)


def test_life_times_are_settings_within_bounds() -> None:
    settings = load_settings({"LANGNGHE_SESSION_HOURS": "8", "LANGNGHE_SESSION_IDLE_MINUTES": "30"})
    assert (settings.session_hours, settings.session_idle_minutes) == (8, 30)
    with pytest.raises(Exception, match=r"SESSION_HOURS.*SESSION_IDLE_MINUTES"):
        load_settings({"LANGNGHE_SESSION_HOURS": "25", "LANGNGHE_SESSION_IDLE_MINUTES": "0"})


def test_what_was_typed_in_a_session_that_ended_can_be_sent_again(world: World) -> None:
    client = come_in(world, CLERK)
    world.clock.move(timedelta(hours=2))
    answer = client.post(f"{INBOX}viec/X/luu-nhap", data={"text": "Lời đã viết rất lâu\nhai dòng", "version": "3"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 401
    assert "Lời đã viết rất lâu\nhai dòng</textarea>" in page
    assert 'name="version" value="3"' in page
    assert 'action="/can-bo/viec/X/luu-nhap"' in page
    secret = client.post("/tai-khoan/mat-khau", data={"password": "rất bí mật", "chosen": "a", "again": "a"})
    assert "rất bí mật" not in secret.get_data(as_text=True)


# --- whose ---


def test_the_end_of_the_last_tenure_ends_sessions_and_keeps_the_person_out(world: World) -> None:
    client = come_in(world, CLERK)
    with world.database.writing() as session:
        tomorrow = local_day(world.clock()) + timedelta(days=1)
        mine = Tenure.officer_id == world.officers["reception_clerk"]
        session.execute(sa.update(Tenure).where(mine).values(ends_on=tomorrow))
    assert client.get(INBOX).status_code == 200, "the last day is a day of work"
    world.clock.at = START.replace(hour=16, minute=55)  # 23:55 in Vietnam
    client = come_in(world, CLERK)
    world.clock.move(timedelta(minutes=10))
    assert client.get(INBOX).status_code == 302
    refused = knock(world.client(), CLERK)
    assert refused.status_code == 403
    assert "không còn giữ chức danh nào" in refused.get_data(as_text=True)
    assert knock(world.client(), CLERK, "sai mật khẩu rồi").status_code == 401, "only the right password is told"


def test_a_demonstrations_account_is_closed_beside_one_real_account(world: World) -> None:
    client = come_in(world, CLERK)
    with world.database.writing() as session:
        session.execute(sa.update(Account).where(Account.username == CLERK).values(demonstration=True))
    assert client.get(INBOX).status_code == 302
    refused = knock(world.client(), CLERK)
    assert refused.status_code == 403
    assert "trình diễn" in refused.get_data(as_text=True)
    with world.database.writing() as session:
        session.execute(sa.update(Account).values(demonstration=True))
    assert knock(world.client(), CLERK).headers["Location"] == INBOX


# --- waiting ---


def fail(world: World, times: int, username: str = LEADER) -> None:
    """A stranger guesses as often as anybody listens."""
    for _attempt in range(times):
        account = account_of(world, username)
        if account.locked_until and account.locked_until > world.clock():
            world.clock.at = account.locked_until
        assert knock(world.client(), username, "không phải mật khẩu").status_code == 401


@given(st.integers(0, 10_000))
def test_waits_grow_and_are_bounded(failures: int) -> None:
    assert timedelta() <= wait_after(failures) <= wait_after(failures + 1) <= LONGEST_WAIT
    assert (wait_after(failures) == timedelta()) is (failures < FREE_FAILURES)


@given(st.integers(0, MOST_FAILURES - 1), st.integers(0, 2 * 86_400))
def test_a_known_browser_never_waits_longer_than_a_minute(failures: int, later: int) -> None:
    wait, after = wait_after(failures), timedelta(seconds=later)
    until = START + wait if wait else None
    assert is_closed(failures, until, known=False, at=START + after) is (after < wait)
    assert is_closed(failures, until, known=True, at=START + after) is (after < min(wait, LONGEST_FOR_KNOWN))
    assert is_closed(MOST_FAILURES, until, known=True, at=START + after)


def test_guessing_makes_wait_longer_each_time_and_refused_guesses_do_not_count(world: World) -> None:
    fail(world, FREE_FAILURES - 1)
    assert account_of(world, LEADER).locked_until is None
    fail(world, 1)
    assert account_of(world, LEADER).locked_until == world.clock() + timedelta(seconds=30)
    for _guess in range(5):
        assert knock(world.client(), LEADER).status_code == 401, "while it waits even the right one is not read"
    assert account_of(world, LEADER).failed_attempts == FREE_FAILURES
    fail(world, 3)
    assert account_of(world, LEADER).locked_until == world.clock() + timedelta(minutes=4)
    world.clock.move(timedelta(minutes=4))
    assert knock(world.client(), LEADER).status_code == 302


def test_a_prankster_does_not_keep_the_chairperson_out(world: World) -> None:
    own = come_in(world, LEADER)
    own.post("/dang-xuat")
    fail(world, 14)
    assert account_of(world, LEADER).locked_until > world.clock() + timedelta(hours=4)
    assert knock(world.client(), LEADER).status_code == 401, "a strange browser waits"
    world.clock.move(timedelta(seconds=61))
    assert knock(own, LEADER).status_code == 302, "the chairperson's own does not"
    assert knock(world.client(), CLERK).status_code == 302, "nobody else of the office does"


def test_a_known_browser_may_guess_a_hundred_times_in_all(world: World) -> None:
    own = come_in(world, CLERK)
    own.post("/dang-xuat")
    with world.database.writing() as session:
        stored = session.scalars(sa.select(Account).where(Account.username == CLERK)).one()
        stored.failed_attempts, stored.locked_until = MOST_FAILURES - 1, world.clock() - timedelta(days=1)
    assert knock(own, CLERK, "không phải mật khẩu").status_code == 401
    world.clock.move(timedelta(days=40))
    assert knock(own, CLERK).status_code == 401, "only a renewal opens it"


def test_a_browser_is_known_to_its_own_accounts_only_and_until_the_epoch_changes(world: World) -> None:
    own = come_in(world, CLERK)
    own.post("/dang-xuat")
    fail(world, 14, CLERK)
    fail(world, 12)
    world.clock.move(timedelta(seconds=61))
    assert knock(own, LEADER).status_code == 401
    with world.database.writing() as session:
        session.execute(sa.update(Account).where(Account.username == CLERK).values(epoch=Account.epoch + 1))
    assert knock(own, CLERK).status_code == 401
    forged = world.client()
    forged.set_cookie("may", "W1sxLDFdXQ.aOHiAA.AAAAAAAAAAAAAAAAAAAAAAAAAAA", path="/dang-nhap")
    assert knock(forged, CLERK).status_code == 401


def test_a_good_sign_in_forgets_mistakes(world: World) -> None:
    fail(world, FREE_FAILURES - 1, CLERK)
    come_in(world, CLERK)
    assert account_of(world, CLERK).failed_attempts == 0


def test_names_nobody_has_are_refused_in_the_same_words(world: World) -> None:
    wrong = knock(world.client(), CLERK, "không phải mật khẩu")
    unknown = knock(world.client(), "nobody.at.all", "không phải mật khẩu")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.get_data(as_text=True).replace(CLERK, "") == unknown.get_data(as_text=True).replace(
        "nobody.at.all", ""
    )


# --- where it leads ---

ELSEWHERE = (
    "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "/\t/evil.example",
    "/\n/evil.example", " //evil.example", "javascript:alert(1)", "evil.example", "/a\\b", "/\x00", "///evil.example",
)  # fmt: skip


@pytest.mark.parametrize("target", ELSEWHERE)
def test_sign_in_leads_nowhere_else(world: World, target: str) -> None:
    assert inside(target) is None
    assert knock(world.client(), CLERK, target=target).headers["Location"] == INBOX
    client = world.client()
    knock(client, LEADER, target=target)
    with client.session_transaction() as cookie:
        assert target not in map(str, cookie["cho"])


def test_sign_in_leads_back_to_the_page_that_was_asked_for(world: World) -> None:
    asked = world.client().get("/can-bo/viec/X1")
    assert asked.headers["Location"] == "/dang-nhap?tiep=/can-bo/viec/X1"
    clerk = world.client()
    assert knock(clerk, CLERK, target="/tai-khoan/mat-khau").headers["Location"] == "/tai-khoan/mat-khau"
    assert clerk.get("/tai-khoan/mat-khau").status_code == 200


def test_devices_are_a_few_words_and_no_address_is_kept() -> None:
    columns = set(SignIn.__table__.columns.keys())
    assert columns == {"token_hash", "account_id", "made_at", "seen_at", "device", "second_factor", "ended_at"}


def test_old_rows_are_forgotten_when_the_account_signs_in_again(world: World) -> None:
    come_in(world, CLERK, device=DESK)
    world.clock.move(timedelta(days=91))
    come_in(world, CLERK, device=PHONE)
    assert [row.device for row in sessions_of(world, CLERK, living=False)] == ["Chrome · Android"]
