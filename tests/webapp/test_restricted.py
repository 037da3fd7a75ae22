"""What is restricted is read by few, each time with a reason, and every look is in the record."""

from datetime import timedelta

import sqlalchemy as sa

from models import Case, CaseEvent
from models.audit import open_payload
from tests.fixtures.officers import BRIBE, HOLE, ROAD, Opened, acts_of, open_entry, press, say_why, text_of
from tests.fixtures.sorting import reading, sort_all
from tests.fixtures.world import World
from webapp.officer.sentences import LOOKS

TEXT = "Cán bộ đòi tôi năm triệu mới chịu làm sổ."
SECRET = "năm triệu"


def _reasons(world: World, opened: Opened) -> list[str]:
    with world.database.reading() as session:
        events = session.scalars(
            sa.select(CaseEvent)
            .join(Case, Case.id == CaseEvent.case_id)
            .where(Case.reference == opened.reference, CaseEvent.act == "restricted_opened")
            .order_by(CaseEvent.sequence)
        )
        return [(open_payload(session, event) or {})["reason"] for event in events]


def test_the_text_is_shown_only_after_the_reason(world: World) -> None:
    opened = open_entry(world, TEXT, BRIBE)
    intake = world.client("restricted_intake")
    assert SECRET not in text_of(intake.get("/can-bo/"))
    before = text_of(intake.get(opened.page))
    assert SECRET not in before
    assert "Ông/Bà mở việc này để làm gì?" in before
    assert say_why(intake, opened).status_code == 303
    assert SECRET in text_of(intake.get(opened.page))
    assert _reasons(world, opened) == [LOOKS["giai-quyet"]]
    assert "mở việc giữ kín" in text_of(intake.get(opened.page))


def test_a_look_without_a_reason_is_refused_and_not_recorded(world: World) -> None:
    opened = open_entry(world, TEXT, BRIBE)
    intake = world.client("restricted_intake")
    for data in ({}, {"ly_do": "tò mò"}, {"ly_do": "khac", "noi_ro": "  "}):
        answer = intake.post(f"{opened.page}/mo", data=data)
        assert answer.status_code == 400
        assert SECRET not in text_of(answer)
    assert _reasons(world, opened) == []
    intake.post(f"{opened.page}/mo", data={"ly_do": "khac", "noi_ro": "Đoàn kiểm tra yêu cầu"})
    assert _reasons(world, opened) == [f"{LOOKS['khac']}: Đoàn kiểm tra yêu cầu"]


def test_a_sitting_ends_after_half_an_hour_without_an_act(world: World) -> None:
    opened = open_entry(world, TEXT, BRIBE)
    intake = world.client("restricted_intake")
    say_why(intake, opened)
    world.clock.move(timedelta(minutes=20))
    assert press(intake, opened, "luu-nhap", text="Đã nhận.").status_code == 303
    world.clock.move(timedelta(minutes=29))
    assert SECRET in text_of(intake.get(opened.page))
    world.clock.move(timedelta(minutes=2))
    assert SECRET not in text_of(intake.get(opened.page))


def test_each_reader_says_why_for_himself(world: World) -> None:
    opened = open_entry(world, TEXT, BRIBE)
    say_why(world.client("restricted_intake"), opened)
    chair = world.client("chairperson")
    assert SECRET not in text_of(chair.get(opened.page))
    say_why(chair, opened, "chi-dao")
    assert SECRET in text_of(chair.get(opened.page))
    assert _reasons(world, opened) == [LOOKS["giai-quyet"], LOOKS["chi-dao"]]


def test_no_press_works_on_what_was_not_opened_and_typed_words_are_kept(world: World) -> None:
    opened = open_entry(world, TEXT, BRIBE)
    intake = world.client("restricted_intake")
    for button in ("xac-nhan", "luu-nhap", "trinh", "ky", "chuyen", "lien-he"):
        answer = intake.post(f"{opened.page}/{button}", data={"version": "1", "text": "Lời tôi vừa viết"})
        assert answer.status_code == 409
        assert SECRET not in text_of(answer)
        assert "Lời tôi vừa viết" in text_of(answer)
    assert acts_of(world, opened) == ["opened"]


def test_an_ordinary_case_needs_no_reason(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    assert HOLE in text_of(world.client("economy_department_head").get(opened.page))
    assert acts_of(world, opened) == ["opened"]


def test_the_door_is_shut_to_those_the_gate_keeps_out(world: World) -> None:
    opened = open_entry(world, TEXT, BRIBE)
    for name in ("reception_clerk", "economy_department_head"):
        client = world.client(name)
        unknown = client.post("/can-bo/viec/ZZZZ-ZZZZ/mo", data={"ly_do": "giai-quyet"})
        answer = say_why(client, opened)
        assert (answer.status_code, answer.get_data()) == (404, unknown.get_data())
    assert acts_of(world, opened) == ["opened"]


def test_what_the_worker_reads_as_a_denunciation_never_reaches_the_clerk(world: World) -> None:
    world.send_box(TEXT)
    sort_all(world, lambda _text: reading("denunciation", "integrity", accuses_staff=True))
    with world.database.reading() as session:
        case = session.scalars(sa.select(Case)).one()
    assert case.route == "restricted_intake"
    assert world.client("reception_clerk").get(f"/can-bo/viec/{case.reference}").status_code == 404
