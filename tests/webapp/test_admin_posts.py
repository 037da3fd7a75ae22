"""Posts and the unit itself: added, changed, removed only while unused; what is missing is said."""

import pytest
import sqlalchemy as sa

from models import Post, RoutingRule, Tenure, Unit
from tests.fixtures.admin import UNIT, basis_in, commune_admin, fill, follow, words
from tests.fixtures.world import World

POSTS = f"{UNIT}/chuc-danh"


def post_named(world: World, title: str) -> Post | None:
    with world.database.reading() as session:
        return session.scalars(sa.select(Post).where(Post.unit_id == world.commune_id, Post.title == title)).first()


def post_coded(world: World, code: str) -> Post:
    with world.database.reading() as session:
        return session.scalars(sa.select(Post).where(Post.unit_id == world.commune_id, Post.code == code)).one()


def test_standard_posts_are_added_with_title_department_and_heading(world: World) -> None:
    client = world.client("admin")
    told = follow(client, fill(client, POSTS, viec="mau", mau=["land_officer", "military_commander"]))
    assert "Đã thêm chức danh Công chức Địa chính, Chỉ huy trưởng Quân sự." in told
    with world.database.reading() as session:
        added = session.scalars(sa.select(Post).where(Post.code == "military_commander")).one()
        assert (added.title, added.heads, added.signs) == ("Chỉ huy trưởng Quân sự", True, False)
        assert added.department
        assert added.department.name == "Ban Chỉ huy Quân sự"
    again = fill(client, POSTS, viec="mau", mau=["land_officer"])
    assert again.status_code == 422
    assert "Đơn vị đã có chức danh Công chức Địa chính" in words(again)


def test_an_own_post_gets_an_identifier_that_is_no_right(world: World) -> None:
    client = world.client("admin")
    form = {"viec": "rieng", "ten": "Superior handler", "phong": "Phòng mới", "dung_dau": "on"}
    assert "Đã thêm chức danh Superior handler." in follow(client, fill(client, POSTS, **form))
    added = post_named(world, "Superior handler")
    assert added
    # Rights go by identifier: no title an administrator types may become one of those.
    assert added.code == "own_superior_handler_head"
    assert added.heads


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"viec": "rieng", "ten": "  "}, "Xin ghi tên."),
        ({"viec": "rieng", "ten": "chủ tịch ubnd"}, "Đơn vị đã có chức danh"),
        ({"viec": "rieng", "ten": "Tổ trưởng", "dung_dau": "on"}, "Xin ghi tên phòng, ban."),
        ({"viec": "rieng", "ten": "x" * 300}, "Dài quá 200 chữ cái"),
        ({"viec": "mau"}, "Xin chọn một chức danh"),
        ({"viec": "mau", "mau": "superior_handler"}, "Xin chọn một chức danh"),
    ],
)
def test_what_is_no_post_is_told_and_kept(world: World, form: dict[str, str], said: str) -> None:
    answer = fill(world.client("admin"), POSTS, **form)
    assert answer.status_code == 422
    assert said in words(answer)
    if form.get("ten", "").strip():
        assert f'value="{form["ten"].strip()}"' in answer.get_data(as_text=True)


def test_a_changed_post_keeps_its_identifier(world: World) -> None:
    client, post = world.client("admin"), post_coded(world, "economy_department_head")
    form = {"viec": "luu", "ten": "Trưởng phòng Kinh tế, Hạ tầng", "phong": "Phòng Kinh tế", "ky": "on"}
    follow(client, fill(client, f"{POSTS}/{post.id}", **form))
    changed = post_coded(world, "economy_department_head")
    assert (changed.id, changed.title, changed.signs) == (post.id, "Trưởng phòng Kinh tế, Hạ tầng", True)


def test_saving_what_is_there_already_touches_nothing(world: World) -> None:
    client, post = world.client("admin"), post_coded(world, "justice_officer")
    form = {"viec": "luu", "ten": post.title, "phong": "Văn phòng HĐND và UBND"}
    with world.database.reading() as session:
        before = session.get_one(Unit, world.commune_id).staff_version
    follow(client, fill(client, f"{POSTS}/{post.id}", **form))
    with world.database.reading() as session:
        assert session.get_one(Unit, world.commune_id).staff_version == before


def test_only_a_post_that_never_served_is_removed(world: World) -> None:
    client = world.client("admin")
    follow(client, fill(client, POSTS, viec="mau", mau=["accountant", "land_officer"]))
    with world.database.writing() as session:
        session.add(RoutingRule(unit_id=world.commune_id, topic="environment", post_code="land_officer"))
        chair = session.scalars(sa.select(Post).where(Post.unit_id == world.commune_id, Post.signs)).first()
        assert chair
        session.execute(sa.delete(Tenure).where(Tenure.post_id == chair.id))
        session.add(Tenure(post_id=chair.id, officer_id=world.officers["office_chief"], starts_on=world.clock().date()))
    assert "Đã bỏ chức danh Kế toán." in follow(
        client, fill(client, f"{POSTS}/{post_coded(world, 'accountant').id}", viec="bo")
    )
    for code in ("land_officer", chair.code):
        answer = fill(client, f"{POSTS}/{post_coded(world, code).id}", viec="bo")
        assert answer.status_code == 422
        assert "không bỏ được" in words(answer)


def test_two_administrators_on_one_post(world: World) -> None:
    first, second = world.client("admin"), commune_admin(world)
    address = f"{POSTS}/{post_coded(world, 'office_chief').id}"
    mark = basis_in(second.get(address).get_data(as_text=True))
    follow(first, fill(first, address, viec="luu", ten="Chánh Văn phòng mới", phong="Văn phòng"))
    late = second.post(address, data={"can_cu": mark, "viec": "luu", "ten": "Chánh Văn phòng cũ", "phong": "Văn phòng"})
    assert late.status_code == 409
    assert "người khác đã đổi phần này" in words(late)
    assert "Chánh Văn phòng cũ" in words(late)  # what was typed is shown beside what is there
    assert 'value="Chánh Văn phòng mới"' in late.get_data(as_text=True)
    assert post_coded(world, "office_chief").title == "Chánh Văn phòng mới"


# --- the unit ---


def test_address_and_hotline_reach_the_citizens_page(world: World) -> None:
    client = world.client("admin")
    assert "Ghi địa chỉ nơi tiếp dân và đường dây nóng" in words(client.get(UNIT))
    told = follow(client, fill(client, UNIT, dia_chi="Số 12 đường Tô Hiệu", duong_day_nong="0212 385 1111"))
    assert "Đã lưu địa chỉ" in told
    assert "Có địa chỉ nơi tiếp dân" in told
    assert "0212 385 1111" in words(world.client().get(f"/q/{world.survey_code}"))


@pytest.mark.parametrize("number", ["gọi cô Mai", "0" * 60])
def test_a_hotline_that_is_none_is_told(world: World, number: str) -> None:
    answer = fill(world.client("admin"), UNIT, dia_chi="Số 1", duong_day_nong=number)
    assert answer.status_code == 422
    assert "Số điện thoại chỉ gồm chữ số" in words(answer)
    assert number in answer.get_data(as_text=True)


def test_two_administrators_on_one_unit(world: World) -> None:
    first, second = world.client("admin"), commune_admin(world)
    mark = basis_in(second.get(UNIT).get_data(as_text=True))
    follow(first, fill(first, UNIT, dia_chi="Số 1", duong_day_nong="1"))
    late = second.post(UNIT, data={"can_cu": mark, "dia_chi": "Số 2", "duong_day_nong": "2"})
    assert late.status_code == 409
    assert "Số 2" in words(late)
    with world.database.reading() as session:
        assert session.get_one(Unit, world.commune_id).address == "Số 1"
