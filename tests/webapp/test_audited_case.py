"""A case drawn by lot: its handler says what it is before seeing what the classifier said, and before answering."""

import html
import re

import pytest
import sqlalchemy as sa

from models import Case, Decision, DecisionSource, Post
from tests.fixtures.officers import (
    ANSWER,
    BRIBE,
    HOLE,
    JUNK,
    ROAD,
    Opened,
    acts_of,
    as_fields,
    open_entry,
    press,
    text_of,
    textarea_of,
    version_of,
)
from tests.fixtures.releases import draw, open_drawn
from tests.fixtures.world import World
from triage.casework.opening import Labels
from triage.reading.labels import kind_label, topic_label

HANDLER = "economy_department_head"
NOTHING = {"kind": "", "topic": ""}
SAID = "Việc này được chọn ngẫu nhiên để kiểm tra máy"


def labels_of_people(world: World) -> list[tuple[str, str]]:
    with world.database.reading() as session:
        told = sa.select(Decision.kind, Decision.topic).where(Decision.source == DecisionSource.PERSON)
        return [(kind, topic) for kind, topic in session.execute(told.order_by(Decision.number))]


def chosen_in(page: str) -> list[str]:
    return re.findall(r'<option value="(\w+)" selected', page)


@pytest.mark.parametrize("who", [HANDLER, "chairperson", "vice_chairperson"])
def test_the_page_says_nothing_of_what_the_classifier_said(world: World, who: str) -> None:
    opened = open_drawn(world, HOLE)
    page = html.unescape(text_of(world.client(who).get(opened.page)))
    assert SAID in page
    assert "Chọn loại" in page
    assert "Chọn chủ đề" in page
    assert chosen_in(page) == []
    assert " checked" not in page
    assert "Máy gợi ý" not in page
    assert "92 %" not in page
    assert page.count(topic_label("infrastructure")) == 1, "once, in the list of all topics"
    assert page.count(kind_label("petition")) == 1


def test_neither_does_the_list(world: World) -> None:
    drawn, other = open_drawn(world, HOLE), open_entry(world, "Cầu treo gãy ván.", ROAD)
    page = html.unescape(text_of(world.client(HANDLER).get("/can-bo/")))
    known = (drawn.reference, other.reference)
    rows = {reference: row for row in page.split("<li class=")[1:] for reference in known if reference in row}
    assert topic_label("infrastructure") in rows[other.reference]
    assert topic_label("infrastructure") not in rows[drawn.reference]
    assert kind_label("petition") not in rows[drawn.reference]
    assert "cần người phân loại" in rows[drawn.reference]


def test_the_way_to_file_it_does_not_betray_the_kind(world: World) -> None:
    opened = open_entry(world, "abc xyz", JUNK)
    draw(world, opened)
    with world.database.reading() as session:
        route = session.scalars(sa.select(Post.code).join(Case).where(Case.reference == opened.reference)).one()
    client = world.client(route)
    assert "Lưu lại, không trả lời" not in text_of(client.get(opened.page))
    answer = press(client, opened, "luu-lai", filing_reason="Không có nội dung", **NOTHING)
    assert answer.status_code == 409
    assert "đã lưu" not in acts_of(world, opened)
    assert press(client, opened, "xac-nhan", JUNK).status_code == 303
    assert press(client, opened, "luu-lai", filing_reason="Không có nội dung").status_code == 303


@pytest.mark.parametrize(("who", "button"), [(HANDLER, "trinh"), ("chairperson", "ky")])
def test_no_answer_goes_out_before_somebody_judged(world: World, who: str, button: str) -> None:
    opened, client = open_drawn(world, HOLE), world.client(who)
    answer = press(client, opened, button, text=ANSWER, **NOTHING)
    assert answer.status_code == 409
    assert SAID in text_of(answer)
    assert textarea_of(answer) == ANSWER
    assert acts_of(world, opened) == ["opened"]
    assert press(client, opened, button, ROAD, text=ANSWER).status_code == 303
    assert acts_of(world, opened)[:2] == ["opened", "confirmed"]
    assert labels_of_people(world) == [("petition", "infrastructure")]


@pytest.mark.parametrize("chosen", [NOTHING, {"kind": "petition", "topic": ""}, {"kind": "", "topic": "fees"}])
def test_half_a_choice_is_none_and_stays_on_the_page(world: World, chosen: dict[str, str]) -> None:
    opened, client = open_drawn(world, HOLE), world.client(HANDLER)
    answer = press(client, opened, "xac-nhan", text=ANSWER, **chosen)
    assert answer.status_code == 409
    assert SAID in text_of(answer)
    assert chosen_in(text_of(answer)) == [label for label in chosen.values() if label]
    assert labels_of_people(world) == []


def test_a_label_nobody_knows_is_refused(world: World) -> None:
    opened = open_drawn(world, HOLE)
    answer = press(world.client(HANDLER), opened, "xac-nhan", kind="gossip", topic="fees")
    assert answer.status_code == 409
    assert labels_of_people(world) == []


def test_a_draft_is_kept_without_a_judgement(world: World) -> None:
    opened, client = open_drawn(world, HOLE), world.client(HANDLER)
    assert press(client, opened, "luu-nhap", text=ANSWER, **NOTHING).status_code == 303
    assert acts_of(world, opened) == ["opened", "drafted"]
    page = client.get(opened.page)
    assert textarea_of(page) == ANSWER
    assert SAID in text_of(page)


def test_a_judgement_that_sends_it_away_stops_the_answer(world: World) -> None:
    opened, client = open_drawn(world, HOLE), world.client(HANDLER)
    away = Labels("petition", "civil_status", False, False)
    answer = press(client, opened, "trinh", away, text=ANSWER)
    assert answer.status_code == 409
    assert textarea_of(answer) == ANSWER
    assert press(client, opened, "xac-nhan", away).status_code == 303
    assert labels_of_people(world) == [("petition", "civil_status")]


def test_once_judged_it_is_a_case_like_others(world: World) -> None:
    opened, client = open_drawn(world, HOLE), world.client(HANDLER)
    press(client, opened, "xac-nhan", ROAD)
    page = text_of(client.get(opened.page))
    assert SAID not in page
    assert chosen_in(page)[:2] == ["petition", "infrastructure"]
    assert "Chọn loại" not in page


def test_a_correction_to_a_denunciation_closes_it_to_others(world: World) -> None:
    opened, client = open_drawn(world, "Cán bộ thu tiền của nhà tôi, không có biên lai."), world.client(HANDLER)
    assert press(client, opened, "xac-nhan", BRIBE).status_code == 303
    assert client.get(opened.page).status_code == 404


def test_others_are_not_asked(world: World) -> None:
    opened, client = open_entry(world, HOLE, ROAD), world.client(HANDLER)
    fields = as_fields(ROAD) | {"text": ANSWER, "version": version_of(client.get(opened.page))}
    assert client.post(f"{opened.page}/trinh", data=fields).status_code == 303
    assert acts_of(world, opened) == ["opened", "drafted", "submitted"]


def test_handing_it_on_needs_no_judgement(world: World) -> None:
    opened, leader = open_drawn(world, HOLE), world.client("chairperson")
    with world.database.reading() as session:
        wanted = sa.select(Post.id).where(Post.code == "office_chief", Post.unit_id == world.commune_id)
        post = session.scalars(wanted).one()
    answer = press(leader, opened, "chuyen", post=str(post), handing_reason="Việc của văn phòng", **NOTHING)
    assert answer.status_code == 303
    assert "Chọn loại" in text_of(_page_of(world, opened))


def _page_of(world: World, opened: Opened):
    return world.client("office_chief").get(opened.page)
