"""The routing table of a unit, and where words would go by it; nothing typed there is kept."""

import logging

import pytest
import sqlalchemy as sa

from models import Case, Entry, Post, RoutingRule, Tenure, Unit
from tests.fixtures.admin import UNIT, basis_in, commune_admin, fill, follow, words
from tests.fixtures.world import World
from triage.casework.placing import topic_posts
from triage.reading.labels import default_posts

TABLE, TRY = f"{UNIT}/phan-viec", f"{UNIT}/phan-viec/thu"
RUDE = "Ông Hoàng Minh Tuấn phòng kinh tế quát mắng dân, bắt đi lại năm lần."


def rules(world: World) -> dict[str, str]:
    with world.database.reading() as session:
        found = session.scalars(sa.select(RoutingRule).where(RoutingRule.unit_id == world.commune_id))
        return {rule.topic: rule.post_code for rule in found}


def tried(world: World, text: str, kind: str = "petition", topic: str = "infrastructure", **flags: str) -> str:
    answer = world.client("admin").post(TRY, data={"loi": text, "loai": kind, "chu_de": topic, **flags})
    assert answer.status_code == 200, words(answer)
    said = words(answer)
    return said[said.index("thì việc đi đâu?") : said.index("Lời thử")]


def test_own_lines_are_stored_and_routing_follows_them(world: World) -> None:
    client = world.client("admin")
    chosen = {"chu-de-environment": "office_chief", "chu-de-fees": "justice_officer"}
    assert "Đã lưu bảng phân việc." in follow(client, fill(client, TABLE, viec="luu", **chosen))
    assert rules(world) == {"environment": "office_chief", "fees": "justice_officer"}
    with world.database.reading() as session:
        own = topic_posts(session, session.get_one(Unit, world.commune_id))
        other = topic_posts(session, session.get_one(Unit, world.other_id))
    assert own == default_posts() | rules(world)
    assert other == topic_posts() == default_posts()
    follow(client, fill(client, TABLE, viec="luu", **{"chu-de-environment": "office_chief"}))
    assert rules(world) == {"environment": "office_chief"}, "a line put back to the common one is gone"
    follow(client, fill(client, TABLE, viec="mac_dinh", **chosen))
    assert rules(world) == {}


def test_a_post_of_nobody_is_refused_and_a_vacant_one_is_told(world: World) -> None:
    client = world.client("admin")
    answer = fill(client, TABLE, viec="luu", **{"chu-de-fees": "superior_handler"})
    assert answer.status_code == 422
    assert rules(world) == {}
    with world.database.writing() as session:
        head = session.scalars(
            sa.select(Post).where(Post.unit_id == world.commune_id, Post.code == "commune_police_chief")
        ).one()
        session.execute(sa.delete(Tenure).where(Tenure.post_id == head.id))
        session.execute(
            sa.update(Post)
            .where(Post.unit_id == world.commune_id, Post.code == "office_chief")
            .values(code="old_office_chief")
        )
    page = words(client.get(TABLE))
    assert "3 chủ đề chưa có người trả lời" in page
    assert "chức danh này chưa có người giữ" in page
    assert "chưa có chức danh này nên việc đến Chủ tịch" in page


def test_two_administrators_on_one_table(world: World) -> None:
    first, second = world.client("admin"), commune_admin(world)
    mark = basis_in(second.get(TABLE).get_data(as_text=True))
    follow(first, fill(first, TABLE, viec="luu", **{"chu-de-fees": "office_chief"}))
    late = second.post(TABLE, data={"can_cu": mark, "viec": "luu", "chu-de-fees": "justice_officer"})
    assert late.status_code == 409
    assert rules(world) == {"fees": "office_chief"}


# --- the dry run ---


def test_ordinary_words_go_to_the_post_of_their_topic(world: World) -> None:
    said = tried(world, "Đường vào bản sụt một mét, xe máy ngã mấy lần rồi.")
    assert "Trưởng phòng Kinh tế" in said
    assert "Hôm nay người trả lời là Hoàng Minh Tuấn." in said
    assert "Không ai bị giữ ngoài việc này." in said


def test_the_table_as_stored_is_what_is_tried(world: World) -> None:
    client = world.client("admin")
    follow(client, fill(client, TABLE, viec="luu", **{"chu-de-infrastructure": "office_chief"}))
    assert "Hôm nay người trả lời là Vũ Đức Long." in tried(world, "Đường vào bản sụt một mét.")


def test_whoever_is_blamed_is_kept_out_and_the_words_say_why(world: World) -> None:
    said = tried(world, RUDE, che_trach="on")
    assert "Không được biết việc này" in said
    assert "Hoàng Minh Tuấn : bị chê trách trong lời" in said
    assert "người trả lời là Hoàng Minh Tuấn" not in said
    assert "nên việc chuyển lên trên một bậc" in said


def test_whoever_serves_under_the_blamed_is_kept_out_too(world: World) -> None:
    with world.database.writing() as session:
        head = session.scalars(
            sa.select(Post).where(Post.unit_id == world.commune_id, Post.code == "office_chief")
        ).one()
        head.heads = True
    said = tried(world, "Ông Vũ Đức Long chánh văn phòng quát mắng dân.", topic="facilities", che_trach="on")
    for name in ("Phạm Thị Mai", "Cầm Thị Yến"):
        assert f"{name} : đang làm việc dưới quyền" in said


def test_a_leader_who_is_blamed_sends_it_to_the_province_without_making_anything(world: World) -> None:
    with world.database.writing() as session:
        session.execute(sa.delete(Tenure).where(Tenure.post_id.in_(sa.select(Post.id).where(Post.signs))))
        post = session.scalars(sa.select(Post).where(Post.unit_id == world.province_id)).one()
        post.code = "renamed"
    said = tried(world, "Chủ tịch phường nhận hối lộ của dân.", "denunciation", "integrity", che_trach="on")
    assert "Không ai ở đơn vị biết có việc này." in said
    assert "Chưa có ai nhận" in said
    with world.database.reading() as session:
        posts = session.scalars(sa.select(Post.code).where(Post.unit_id == world.province_id)).all()
    assert posts == ["renamed"]


def test_a_complaint_is_confidential_and_danger_goes_to_the_leader_on_duty(world: World) -> None:
    assert "Việc giữ kín" in tried(world, "Tôi khiếu nại quyết định thu hồi đất.", "complaint", "land_construction")
    assert "Lò Thị Hương" in tried(world, "Dây điện đứt rơi giữa đường, sắp có người chết!", khan="on")


def test_nothing_typed_is_stored_or_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    secret = "Con suối bạc màu tím hoa cà ở đầu bản"
    with caplog.at_level(logging.DEBUG):
        tried(world, secret)
    assert "tím hoa cà" not in caplog.text
    with world.database.reading() as session:
        for table in (Entry, Case):
            assert session.scalar(sa.select(sa.func.count()).select_from(table)) == 0
    assert "tím hoa cà" not in words(world.client("admin").get(TABLE))


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"loi": "", "loai": "petition", "chu_de": "fees"}, "Xin viết thử một ý kiến."),
        ({"loi": "Đường hỏng", "loai": "x", "chu_de": "fees"}, "Xin chọn loại và chủ đề"),
        ({"loi": "Đường hỏng", "loai": "petition"}, "Xin chọn loại và chủ đề"),
    ],
)
def test_what_cannot_be_tried_is_told_and_kept(world: World, form: dict[str, str], said: str) -> None:
    answer = world.client("admin").post(TRY, data=form)
    assert answer.status_code == 422
    assert said in words(answer)
    assert form["loi"] in words(answer)
