"""Questionnaires: drafted from the common one, edited, looked at, published for good, used, retired."""

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from models import Questionnaire, QuestionnaireStatus
from surveys.composing import items_of
from tests.fixtures.admin import UNIT, basis_in, commune_admin, fill, follow, words
from tests.fixtures.world import World

LIST = f"{UNIT}/phieu"
ITEMS = ("attitude", "guidance", "answers", "publicity", "on_time")
OWN = "Chỗ ngồi chờ sạch sẽ, đủ ghế"


def drafted(world: World, client: FlaskClient) -> str:
    answer = client.post(LIST, data={})
    assert "Đã tạo bản nháp." in follow(client, answer)
    return str(answer.headers["Location"])


def form(asked: tuple[str, ...] = ITEMS, **more: str) -> dict[str, object]:
    """The editing form with these standard items ticked."""
    return {"ten": "Đánh giá", "thu_tu": list(ITEMS), "linh_vuc": "on", **{f"hoi-{key}": "on" for key in asked}, **more}


def newest(world: World) -> Questionnaire:
    with world.database.reading() as session:
        query = sa.select(Questionnaire).order_by(Questionnaire.id.desc()).limit(1)
        return session.scalars(query).one()


def keys(world: World) -> list[str]:
    return [item.key for item in items_of(newest(world).document)]


def test_a_draft_is_a_copy_in_the_communes_own_series(world: World) -> None:
    client = world.client("admin")
    drafted(world, client)
    made = newest(world)
    assert (made.unit_id, made.version, made.status) == (world.commune_id, 1, QuestionnaireStatus.DRAFT)
    assert made.series == "giao-dich-mot-cua-03646"
    assert keys(world) == list(ITEMS)
    second = client.post(LIST, data={})
    assert second.status_code == 422
    assert "đang có một bản nháp" in words(second)


def test_items_are_left_out_moved_and_added(world: World) -> None:
    client = world.client("admin")
    address = drafted(world, client)
    follow(client, fill(client, address, viec="luu", **form(("guidance", "on_time"))))
    assert keys(world) == ["guidance", "on_time"]
    moved = form(("guidance", "on_time")) | {"thu_tu": ["guidance", "on_time"]}
    for way, after in (("len", ["on_time", "guidance"]), ("len", ["on_time", "guidance"]), ("xuong", moved["thu_tu"])):
        follow(client, fill(client, address, viec=f"{way}:on_time", **moved | {"thu_tu": keys(world)}))
        assert keys(world) == after
    follow(client, fill(client, address, viec="them", **moved, moi=OWN))
    assert [item.wording for item in items_of(newest(world).document)][-1] == OWN
    own = keys(world)[-1]
    emptied = moved | {"thu_tu": ["guidance", "on_time", own], f"loi-{own}": "  "}
    follow(client, fill(client, address, viec="luu", **emptied))
    assert own not in keys(world)


def test_the_preview_is_what_citizens_will_see(world: World) -> None:
    client = world.client("admin")
    address = drafted(world, client)
    follow(client, fill(client, address, viec="luu", **form(("on_time",), moi=OWN)))
    shown = client.get(f"{address}/xem").get_data(as_text=True)
    assert OWN in shown
    assert "Quy định TTHC" not in shown
    assert shown.count('value="na"') == 2, "each item can be answered with “Không áp dụng”"
    assert "<form" not in shown
    assert OWN not in words(world.client().get(f"/q/{world.survey_code}"))


def test_published_it_is_frozen_used_and_only_then_retired_when_no_code_asks_it(world: World) -> None:
    client = world.client("admin")
    address = drafted(world, client)
    unsure = fill(client, address, viec="ban_hanh", **form())
    assert unsure.status_code == 422
    follow(client, fill(client, address, viec="ban_hanh", chac="on", **form(("on_time",), moi=OWN)))
    made = newest(world)
    assert made.status is QuestionnaireStatus.PUBLISHED
    assert 'name="ten"' not in client.get(address).get_data(as_text=True)
    mark = basis_in(client.get(address).get_data(as_text=True))
    for act in ("luu", "ban_hanh", "bo"):
        late = client.post(address, data={"can_cu": mark, "viec": act, "chac": "on", **form()})
        assert late.status_code == 422, act
        assert "đã ban hành nên không sửa được" in words(late)
    follow(client, fill(client, f"{UNIT}/ma/{world.survey_code}", viec="hoi", phieu=made.id))
    assert OWN in words(world.client().get(f"/q/{world.survey_code}"))
    in_use = client.post(address, data={"can_cu": mark, "viec": "ngung"})
    assert in_use.status_code == 422
    assert "Còn mã QR đang hỏi" in words(in_use)
    with world.database.reading() as session:
        common = session.scalars(sa.select(Questionnaire.id).where(Questionnaire.unit_id.is_(None))).one()
    follow(client, fill(client, f"{UNIT}/ma/{world.survey_code}", viec="hoi", phieu=common))
    assert "Đã ngừng dùng bản 1." in follow(client, fill(client, address, viec="ngung"))
    follow(client, client.post(LIST, data={"tu": made.id}))
    assert newest(world).version == 2
    assert OWN in [item.wording for item in items_of(newest(world).document)]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"ten": " "}, "Xin ghi tên."),
        ({"ten": "x" * 130}, "Dài quá 120 chữ cái"),
        ({"moi": "x" * 200}, "dài quá 160 chữ cái"),
        ({"viec": "them", "moi": ""}, "Xin viết câu hỏi."),
    ],
)
def test_what_is_wrong_is_told_and_kept(world: World, more: dict[str, str], said: str) -> None:
    client = world.client("admin")
    address = drafted(world, client)
    answer = fill(client, address, **{"viec": "luu", **form(("on_time",)), **more})
    assert answer.status_code == 422
    assert said in words(answer)
    page = answer.get_data(as_text=True)
    assert 'id="hoi-on_time" value="on" checked' in page
    assert 'id="hoi-attitude" value="on">' in page
    assert keys(world) == list(ITEMS)


def test_a_discarded_draft_is_gone(world: World) -> None:
    client = world.client("admin")
    address = drafted(world, client)
    assert "Đã bỏ bản nháp." in follow(client, fill(client, address, viec="bo"))
    assert client.get(address).status_code == 404


def test_the_common_questionnaire_is_shown_and_not_edited(world: World) -> None:
    client = world.client("admin")
    common = newest(world).id
    assert client.get(f"{LIST}/{common}/xem").status_code == 200
    assert client.get(f"{LIST}/{common}").status_code == 404
    assert client.post(f"{LIST}/{common}", data={"viec": "ngung"}).status_code == 404


def test_two_administrators_on_one_draft(world: World) -> None:
    first, second = world.client("admin"), commune_admin(world)
    address = drafted(world, first)
    mark = basis_in(second.get(address).get_data(as_text=True))
    follow(first, fill(first, address, viec="luu", **form(("on_time",))))
    late = second.post(address, data={"can_cu": mark, "viec": "luu", **form(("attitude",))})
    assert late.status_code == 409
    assert keys(world) == ["on_time"]
