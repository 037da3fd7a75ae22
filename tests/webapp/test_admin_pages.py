"""The administrators' pages: what is set up, whether it runs, sheets to print; never an entry."""

import re
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from models import (
    AccessCode,
    Account,
    CodePurpose,
    Department,
    DutyShift,
    Entry,
    Officer,
    Post,
    Role,
    SecondFactor,
    Tenure,
    Unit,
    UnitKind,
    WorkerHeartbeat,
)
from tests.fixtures.world import PASSWORD_HASH, World

START, COMMUNE = "/quan-tri/", "/quan-tri/03646"
TEXT = "Cán bộ ở quầy số hai nói năng cáu gắt với bà con."


def text_of(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.get_data(as_text=True)


def rows_of(page: str) -> dict[str, list[str]]:
    """Row heading → texts of the cells after it."""
    rows = {}
    for row in re.findall(r'<tr role="row"><th scope="row".*?</tr>', page, re.S):
        heading, *cells = re.findall(r"<t[hd].*?</t[hd]>", row, re.S)
        plain = [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in (heading, *cells)]
        rows[plain[0]] = plain[1:]
    return rows


def commune_admin(world: World) -> FlaskClient:
    with world.database.writing() as session:
        session.add(
            Account(username="xa.admin", role=Role.ADMINISTRATOR, unit_id=world.commune_id, password_hash=PASSWORD_HASH)
        )
    client = world.client()
    world.sign_in(client, "xa.admin")
    return client


def beat(world: World, ago: timedelta) -> None:
    with world.database.writing() as session:
        session.merge(WorkerHeartbeat(name="may.1", at=world.clock() - ago))


# --- overview ---


def test_units_stand_with_their_posts_holders_and_codes(world: World) -> None:
    with world.database.writing() as session:
        session.add(Post(unit_id=world.other_id, code="new", title="Công chức Địa chính"))
        session.get_one(AccessCode, world.other_box_code).retired_at = world.clock()
    rows = rows_of(text_of(world.client("admin"), START))
    assert rows["Tỉnh Sơn La"] == ["14", "1", "0", "0"]
    assert rows["Phường Tô Hiệu"] == ["03646", "10", "0", "2"]
    assert rows["Phường Chiềng An"] == ["03664", "11", "1", "0"]


@pytest.mark.parametrize("typed", ["to hieu", "Tô Hiệu", "03646"])
def test_units_are_found_by_name_or_code(world: World, typed: str) -> None:
    page = world.client("admin").get(START, query_string={"tim": typed}).get_data(as_text=True)
    assert set(rows_of(page)) == {"Phường Tô Hiệu"}
    assert "3 đơn vị</h2>" in page


def test_a_post_held_by_two_people_is_held_once(world: World) -> None:
    with world.database.writing() as session:
        post = session.scalars(sa.select(Post).where(Post.unit_id == world.commune_id)).first()
        assert post
        second = world.officers["office_chief"]
        session.add(Tenure(post_id=post.id, officer_id=second, starts_on=date(2026, 9, 1), stand_in=True))
    assert rows_of(text_of(world.client("admin"), START))["Phường Tô Hiệu"][1:3] == ["10", "0"]


def test_the_worker_is_told_alive_silent_or_never_seen(world: World) -> None:
    client = world.client("admin")
    assert "Chưa chạy lần nào." in text_of(client, START)
    beat(world, timedelta(seconds=40))
    assert "Đang chạy, báo lần cuối lúc 08:59 ngày 05/10/2026." in text_of(client, START)
    world.clock.move(timedelta(minutes=3))
    page = text_of(client, START)
    assert "Không chạy: im lặng từ 08:59 ngày 05/10/2026." in page
    assert "langnghe worker" in page


def test_waiting_entries_are_a_number_and_a_time(world: World) -> None:
    client = world.client("admin")
    assert "Không có ý kiến nào đang chờ phân loại." in text_of(client, START)
    world.send_box(TEXT)
    world.clock.move(timedelta(hours=1))
    world.send_box(TEXT + " Lần hai.", code=world.other_box_code)
    assert "2 ý kiến đang chờ phân loại, lâu nhất từ 09:00 ngày 05/10/2026." in text_of(client, START)
    assert "1 ý kiến đang chờ" in text_of(commune_admin(world), START)
    with world.database.writing() as session:
        session.execute(sa.update(Entry).values(sorted_at=world.clock()))
    assert "Không có ý kiến nào đang chờ" in text_of(client, START)


def test_an_administrator_never_sees_an_entry(world: World) -> None:
    world.send_box(TEXT)
    for client in (world.client("admin"), commune_admin(world)):
        for address in (START, COMMUNE, f"/quan-tri/ma/{world.box_code}"):
            assert "cáu gắt" not in text_of(client, address)
        for closed in ("/can-bo/", "/hoi-dong/"):
            assert client.get(closed).status_code == 403


# --- one unit ---


def test_posts_show_who_holds_them_today(world: World) -> None:
    with world.database.writing() as session:
        session.execute(
            sa.update(Tenure)
            .where(Tenure.officer_id == world.officers["chairperson"])
            .values(ends_on=date(2026, 10, 5))
        )
        chair = session.scalars(
            sa.select(Post).where(Post.unit_id == world.commune_id, Post.code == "chairperson")
        ).one()
        session.add(
            Tenure(post_id=chair.id, officer_id=world.officers["vice_chairperson"], starts_on=date(2026, 10, 5),
                   stand_in=True)
        )  # fmt: skip
        session.add(Post(unit_id=world.commune_id, code="new", title="Công chức Địa chính"))
    page = text_of(world.client("admin"), COMMUNE)
    rows = rows_of(page)
    assert rows["Chủ tịch UBND ký trả lời"] == ["Lãnh đạo UBND", "Lò Thị Hương (thay tạm)"]
    assert rows["Công chức Địa chính"] == ["–", "chưa có người"]
    assert rows["Trưởng phòng Kinh tế"] == ["Phòng Kinh tế", "Hoàng Minh Tuấn"]
    assert "Nguyễn Văn Thành" not in page  # left today
    assert "Lãnh đạo trực hôm nay: Lò Thị Hương." in page
    world.clock.move(timedelta(days=-1))
    before = text_of(world.client("admin"), COMMUNE)
    assert "Nguyễn Văn Thành" in before
    assert "Chưa phân công lãnh đạo trực hôm nay." in before


def test_a_unit_without_anything_says_what_to_do(world: World) -> None:
    with world.database.writing() as session:
        for table in (DutyShift, Tenure):
            session.execute(sa.delete(table))
        session.execute(sa.delete(AccessCode).where(AccessCode.unit_id == world.other_id))
        session.execute(sa.delete(SecondFactor))
        session.execute(sa.delete(Account).where(Account.officer_id.is_not(None)))
        for table in (Post, Officer, Department):
            session.execute(sa.delete(table))
    page = text_of(world.client("admin"), "/quan-tri/03664")
    assert "Chưa có chức danh nào" in page
    for mended in ("Thêm các chức danh của đơn vị", "Tạo mã QR để đánh giá", "Ghi ai giữ chức Chủ tịch"):
        assert mended in page
    assert "Chưa có mã nào." in text_of(world.client("admin"), "/quan-tri/03664/ma")


def test_codes_stand_with_their_place_state_and_sheet(world: World) -> None:
    with world.database.writing() as session:
        session.get_one(AccessCode, world.survey_code).retired_at = world.clock()
    page = text_of(world.client("admin"), COMMUNE + "/ma")
    assert f'href="/quan-tri/ma/{world.box_code}"' in page
    assert f'href="/quan-tri/ma/{world.survey_code}"' not in page
    assert "ngừng dùng lúc 09:00 ngày 05/10/2026" in page
    assert "gỡ tờ đang treo" in page


# --- the sheet ---


def test_a_retired_code_has_no_sheet(world: World) -> None:
    with world.database.writing() as session:
        session.get_one(AccessCode, world.survey_code).retired_at = world.clock()
    page = text_of(world.client("admin"), f"/quan-tri/ma/{world.survey_code}")
    assert "Mã này đã ngừng dùng" in page
    assert "poster-code" not in page


# --- scope ---


def test_units_and_codes_outside_the_scope_look_like_none(world: World) -> None:
    with world.database.writing() as session:
        foreign = Unit(code="27001", name="Xã Tỉnh Khác", kind=UnitKind.COMMUNE, province_code="27")
        session.add(foreign)
        session.flush()
        session.add(
            AccessCode(code="XANGVAY", purpose=CodePurpose.BOX, place="Cổng", unit_id=foreign.id,
                       province_code="27", created_at=world.clock())
        )  # fmt: skip
    province, commune = world.client("admin"), commune_admin(world)
    assert "Xã Tỉnh Khác" not in text_of(province, START)
    assert set(rows_of(text_of(commune, START))) == {"Phường Tô Hiệu"}
    hidden = [(province, "/quan-tri/27001"), (province, "/quan-tri/ma/XANGVAY"), (commune, "/quan-tri/03664"),
              (commune, "/quan-tri/14"), (commune, f"/quan-tri/ma/{world.other_box_code}")]  # fmt: skip
    for client, address in hidden:
        unknown = address[: address.rindex("/")] + "/99999"
        assert text_of(client, address, 404) == text_of(client, unknown, 404)


def test_pages_keep_the_content_policy(world: World) -> None:
    client = world.client("admin")
    for address in (START, COMMUNE, f"/quan-tri/ma/{world.survey_code}", "/quan-tri/?tim=<i>x"):
        page = text_of(client, address)
        assert not re.search(r"\sstyle=|<script|<style|\son\w+=|javascript:|<i>x", page), address
