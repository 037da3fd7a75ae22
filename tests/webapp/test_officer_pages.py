"""The officers' pages, through a browser's eyes: from the inbox to the answer the citizen reads."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from models import Base, Case, CaseState, Decision, DecisionSource, Entry, Post, Reply, Unit
from tests.fixtures.officers import (
    ACCUSING,
    ANSWER,
    BRIBE,
    HOLE,
    JUNK,
    ROAD,
    RUDE,
    Opened,
    acts_of,
    as_fields,
    open_entry,
    press,
    say_why,
    state_of,
    text_of,
    textarea_of,
    version_of,
)
from tests.fixtures.world import NewWorld, World
from triage.casework.opening import Labels, open_case
from triage.casework.placing import get_roster, topic_posts
from triage.routing.routes import Matter, decide
from vietnamese.calendar import local_day

FILTERS = ("", "cho-tra-loi", "cho-ky", "bi-tra-lai", "qua-han", "da-xong", "cua-toi", "ca-don-vi")
PRESSES = ("xac-nhan", "luu-nhap", "trinh", "ky", "tra-lai", "chuyen", "luu-lai", "lien-he")


# --- the way of daily work ---


def test_from_the_inbox_to_the_citizen(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    officer = world.client("economy_department_head")
    inbox = text_of(officer.get("/can-bo/"))
    assert opened.page in inbox
    assert HOLE in inbox
    assert "Còn 15 ngày làm việc" in inbox

    case = officer.get(opened.page)
    assert HOLE in text_of(case)
    assert "do vị trí này phụ trách" in text_of(case)
    confirmed = press(officer, opened, "xac-nhan", ROAD)
    assert (confirmed.status_code, confirmed.location) == (303, opened.page)
    assert "Đã lưu phân loại" in text_of(officer.get(opened.page))
    submitted = press(officer, opened, "trinh", ROAD, text=ANSWER)
    assert (submitted.status_code, submitted.location) == (303, "/can-bo/")
    assert f"Đã trình ký việc {opened.reference}" in text_of(officer.get("/can-bo/"))
    citizen = world.client()
    assert ANSWER not in text_of(citizen.get(f"/t/{opened.code}"))

    leader = world.client("chairperson")
    assert opened.page in text_of(leader.get("/can-bo/")).split("Cả đơn vị")[0].split("Việc của tôi")[0]
    page = leader.get(opened.page)
    assert textarea_of(page) == ANSWER
    signed = leader.post(f"{opened.page}/ky", data={"version": version_of(page), "text": textarea_of(page)})
    assert (signed.status_code, signed.location) == (303, "/can-bo/")

    followed = text_of(citizen.get(f"/t/{opened.code}"))
    assert ANSWER in followed
    assert "Chủ tịch UBND Nguyễn Văn Thành" in followed
    assert opened.page in text_of(officer.get("/can-bo/?trang_thai=da-xong"))
    assert opened.page not in text_of(officer.get("/can-bo/"))
    closed = text_of(officer.get(opened.page))
    assert ANSWER in closed
    assert "formaction" not in closed


def test_returned_answers_come_back_with_the_leaders_words(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    officer, leader = world.client("economy_department_head"), world.client("chairperson")
    press(officer, opened, "trinh", text=ANSWER)
    without = press(leader, opened, "tra-lai", text=ANSWER)
    assert without.status_code == 409
    assert "Xin viết cần sửa gì" in text_of(without)
    back = press(leader, opened, "tra-lai", text=ANSWER, note="Ghi rõ ngày nào vá xong.")
    assert (back.status_code, back.location) == (303, "/can-bo/")
    assert "bị trả lại" in text_of(officer.get("/can-bo/"))
    assert "Ghi rõ ngày nào vá xong." in text_of(officer.get(opened.page))
    press(officer, opened, "luu-nhap", text=ANSWER + " Vá xong ngày 9/10.")
    assert "Ghi rõ ngày nào vá xong." in text_of(officer.get(opened.page)).split("Diễn biến")[0]
    assert press(officer, opened, "trinh", text=ANSWER + " Vá xong ngày 9/10.").status_code == 303
    assert press(leader, opened, "ky", text=ANSWER + " Vá xong ngày 9/10.").status_code == 303
    assert "Vá xong ngày 9/10." in text_of(world.client().get(f"/t/{opened.code}"))


def test_handing_over_needs_a_reason_and_tells_it(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    officer, police = world.client("economy_department_head"), world.client("commune_police_chief")
    post = str(post_id(world, "commune_police_chief"))
    assert police.get(opened.page).status_code == 404
    without = press(officer, opened, "chuyen", post=post, text=ANSWER)
    assert without.status_code == 409
    assert "Xin viết lý do chuyển" in text_of(without)
    assert textarea_of(without) == ANSWER
    nowhere = press(officer, opened, "chuyen", post="", handing_reason="Việc của công an")
    assert "Xin chọn nơi nhận" in text_of(nowhere)
    gone = press(officer, opened, "chuyen", post=post, handing_reason="Cần phân luồng trước", text=ANSWER)
    assert (gone.status_code, gone.location) == (303, "/can-bo/")
    assert f"Đã chuyển việc {opened.reference}" in text_of(officer.get("/can-bo/"))
    assert officer.get(opened.page).status_code == 404
    received = police.get(opened.page)
    assert "Hoàng Minh Tuấn chuyển sang: “Cần phân luồng trước”" in text_of(received)
    assert textarea_of(received) == ANSWER
    assert "được chuyển sang" in text_of(police.get("/can-bo/"))


def test_a_case_is_not_handed_to_whom_it_accuses(world: World) -> None:
    opened = open_entry(world, ACCUSING, RUDE)
    director = world.client("public_service_center_director")
    refused = press(director, opened, "chuyen", post=str(post_id(world, "economy_department_head")), handing_reason="x")
    assert refused.status_code == 409
    assert "Vị trí này không nhận được việc này" in text_of(refused)
    assert acts_of(world, opened) == ["opened"]


def test_only_what_says_nothing_is_filed(world: World) -> None:
    road, junk = open_entry(world, HOLE, ROAD), open_entry(world, "test 123", JUNK)
    officer, chief = world.client("economy_department_head"), world.client("office_chief")
    assert "luu-lai" not in text_of(officer.get(road.page))
    refused = press(officer, road, "luu-lai", filing_reason="không muốn trả lời")
    assert refused.status_code == 409
    assert state_of(world, road) is CaseState.WAITING
    assert press(chief, junk, "luu-lai").status_code == 409
    assert press(chief, junk, "luu-lai", filing_reason="Người gửi thử máy").status_code == 303
    assert state_of(world, junk) is CaseState.FILED
    assert "Người gửi thử máy" in text_of(chief.get(junk.page))


def test_every_look_at_the_contact_is_recorded(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD, sender_name="Lường Văn Ún", sender_contact="0912 345 678")
    officer = world.client("economy_department_head")
    page = text_of(officer.get(opened.page))
    assert "0912" not in page
    assert "Lường Văn Ún" not in page
    shown = press(officer, opened, "lien-he", text="đang viết dở")
    assert shown.status_code == 200
    assert "0912 345 678" in text_of(shown)
    assert textarea_of(shown) == "đang viết dở"
    assert acts_of(world, opened) == ["opened", "contact_opened"]
    again = text_of(officer.get(opened.page))
    assert "0912" not in again
    assert "xem cách liên hệ với người gửi" in again


def test_without_contact_nothing_offers_to_show_it(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    assert "lien-he" not in text_of(world.client("economy_department_head").get(opened.page))


# --- the reading, confirmed or corrected in one act ---


def test_a_confirmation_is_a_label_to_learn_from(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    press(world.client("economy_department_head"), opened, "xac-nhan", ROAD)
    with world.database.reading() as session:
        decisions = session.scalars(sa.select(Decision).order_by(Decision.number)).all()
        assert [d.source for d in decisions] == [DecisionSource.CLASSIFIER, DecisionSource.PERSON]
        assert session.scalars(sa.select(Case.confirmed)).one()


def test_a_correction_moves_the_case_and_says_so(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    officer, social = world.client("economy_department_head"), world.client("culture_social_department_head")
    moved = press(officer, opened, "xac-nhan", Labels("petition", "social_welfare", False, False))
    assert (moved.status_code, moved.location) == (303, "/can-bo/")
    assert f"việc {opened.reference} chuyển đến người giải quyết khác" in text_of(officer.get("/can-bo/"))
    assert officer.get(opened.page).status_code == 404
    assert "chủ đề thành “Chính sách xã hội" in text_of(social.get(opened.page))


def test_what_was_typed_survives_a_confirmation(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    officer = world.client("economy_department_head")
    press(officer, opened, "xac-nhan", ROAD, text="Đang viết dở")
    assert textarea_of(officer.get(opened.page)) == "Đang viết dở"


def test_what_was_typed_is_given_back_when_the_correction_takes_the_case_away(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    officer = world.client("economy_department_head")
    moved = press(officer, opened, "xac-nhan", BRIBE, text="Đang viết dở")
    assert moved.status_code == 200
    assert textarea_of(moved) == "Đang viết dở"
    assert officer.get(opened.page).status_code == 404
    with world.database.reading() as session:
        assert session.scalars(sa.select(Reply)).all() == []


def test_an_answer_is_not_half_sent_when_the_labels_would_move_the_case(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    officer = world.client("economy_department_head")
    stopped = press(officer, opened, "trinh", Labels("petition", "social_welfare", False, False), text=ANSWER)
    assert stopped.status_code == 409
    assert "Phân loại mới sẽ chuyển việc cho người khác" in text_of(stopped)
    assert textarea_of(stopped) == ANSWER
    assert re.search(r'<option value="social_welfare" selected', text_of(stopped))
    assert acts_of(world, opened) == ["opened"]


def test_labels_changed_beside_an_answer_are_kept_with_it(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    officer = world.client("economy_department_head")
    submitted = press(officer, opened, "trinh", Labels("suggestion", "infrastructure", False, False), text=ANSWER)
    assert submitted.status_code == 303
    assert acts_of(world, opened) == ["opened", "corrected", "drafted", "submitted"]


def test_unknown_labels_are_refused(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    rant = Labels("rant", "infrastructure", False, False)
    refused = press(world.client("economy_department_head"), opened, "xac-nhan", rant)
    assert refused.status_code == 409
    assert "không có trong danh sách" in text_of(refused)
    assert acts_of(world, opened) == ["opened"]


def test_the_clerk_sorts_what_the_classifier_would_not(world: World) -> None:
    submission = world.send_box("đề nghị xem lại việc hôm trước")
    with world.database.writing() as session:
        entry = session.get_one(Entry, submission)
        unit = session.get_one(Unit, entry.unit_id)
        roster = get_roster(session, unit, local_day(world.clock()))
        routing = decide(Matter("petition", "other", abstained=True), entry.text, roster, topic_posts())
        case = open_case(session, entry, Labels("petition", "other", False, False), routing, routing.reasons,
                         [], True, "test", world.clock(), unit.staff_version)  # fmt: skip
    opened = Opened(case.reference, "")
    clerk = world.client("reception_clerk")
    assert "chờ phân loại" in text_of(clerk.get("/can-bo/"))
    assert "Máy chưa chắc" in text_of(clerk.get(opened.page))
    assert press(clerk, opened, "xac-nhan", ROAD).location == "/can-bo/"
    assert clerk.get(opened.page).status_code == 404
    assert world.client("economy_department_head").get(opened.page).status_code == 200


# --- who may know ---


def test_forbidden_and_unknown_cases_answer_with_the_same_bytes(world: World) -> None:
    opened = open_entry(world, ACCUSING, RUDE)
    for name in ("economy_department_head", "justice_officer"):
        client = world.client(name)
        assert same_answer(client.get(opened.page), client.get("/can-bo/viec/0000-0000"))
        assert client.get(opened.page).status_code == 404
        for button in PRESSES:
            form = {"version": "1", "text": ANSWER, "note": "x", "handing_reason": "x", "post": "1", **as_fields(ROAD)}
            forbidden = client.post(f"{opened.page}/{button}", data=form)
            unknown = client.post(f"/can-bo/viec/0000-0000/{button}", data=form)
            assert forbidden.status_code == 404
            assert same_answer(forbidden, unknown)
    assert acts_of(world, opened) == ["opened"]


def test_a_wrong_form_on_a_forbidden_case_betrays_nothing(world: World) -> None:
    opened = open_entry(world, ACCUSING, RUDE)
    client = world.client("economy_department_head")
    for form in ({}, {"version": "99"}, {"version": "1", "text": "x" * 20_000}, {"kind": "rant"}):
        assert client.post(f"{opened.page}/trinh", data=form).status_code == 404


def test_an_excluded_officer_sees_a_world_without_the_case(new_world: NewWorld) -> None:
    accusing, plain = new_world(), new_world()
    hidden = open_entry(accusing, ACCUSING, RUDE)
    with accusing.database.writing() as session:
        # Even on his own desk he must not see it.
        case = session.scalars(sa.select(Case)).one()
        case.post_id = post_id(accusing, "economy_department_head")
    for world in (accusing, plain):
        world.clock.move(timedelta(days=40))
    seeing, blind = (world.client("economy_department_head") for world in (accusing, plain))
    for chosen in FILTERS:
        for number in ("1", "2"):
            address = f"/can-bo/?trang_thai={chosen}&trang={number}"
            assert seeing.get(address).data == blind.get(address).data
    assert seeing.get(hidden.page).data == blind.get(hidden.page).data


def test_the_person_who_finds_himself_accused_loses_the_case(world: World) -> None:
    opened = open_entry(world, ACCUSING, Labels("suggestion", "infrastructure", False, False))
    officer = world.client("economy_department_head")
    assert press(officer, opened, "xac-nhan", RUDE).location == "/can-bo/"
    assert officer.get(opened.page).status_code == 404
    assert opened.page not in text_of(officer.get("/can-bo/?trang_thai=cho-tra-loi"))
    assert world.client("public_service_center_director").get(opened.page).status_code == 200


@pytest.mark.parametrize("commune", ["a", "b"])
def test_a_case_stays_in_its_unit(world: World, commune: str) -> None:
    opened = open_entry(world, HOLE, ROAD, box=world.box_code if commune == "a" else world.other_box_code)
    for name in ("economy_department_head", "chairperson"):
        own, other = world.client(name, commune), world.client(name, "b" if commune == "a" else "a")
        assert own.get(opened.page).status_code == 200
        assert other.get(opened.page).status_code == 404
        assert opened.reference not in text_of(other.get("/can-bo/?trang_thai=cho-tra-loi"))


def test_what_accuses_a_leader_is_the_superiors_alone(world: World) -> None:
    opened = open_entry(world, "Ông Chủ tịch phường nhận phong bì của công ty cát sỏi.", BRIBE)
    for name in ("chairperson", "vice_chairperson", "restricted_intake", "reception_clerk"):
        assert world.client(name).get(opened.page).status_code == 404
    superior = world.client("superior")
    say_why(superior, opened)
    page = text_of(superior.get(opened.page))
    assert "Việc cấp trên, giữ kín" in page
    assert "từ Phường Tô Hiệu" in page
    assert f"{opened.page}/chuyen" not in page
    assert "Phường Tô Hiệu" in text_of(superior.get("/can-bo/"))
    assert press(superior, opened, "ky", text="Thanh tra tỉnh đã nhận thông tin.").status_code == 303
    assert "Thanh tra tỉnh Đinh Thị Hạnh" in text_of(world.client().get(f"/t/{opened.code}"))


def test_what_is_confidential_is_offered_to_leaders_only(world: World) -> None:
    opened = open_entry(world, "Cán bộ đòi tôi năm triệu mới chịu làm sổ.", BRIBE)
    intake = world.client("restricted_intake")
    say_why(intake, opened)
    page = text_of(intake.get(opened.page))
    assert "Việc giữ kín" in page
    offered = set(map(int, re.findall(r'<option value="(\d+)"', page)))
    leaders = ("chairperson", "vice_chairperson", "public_service_center_director")
    assert offered == {post_id(world, code) for code in leaders}
    assert world.client("reception_clerk").get(opened.page).status_code == 404


def test_other_audiences_are_kept_out(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    assert world.client().get(opened.page).location.startswith("/dang-nhap")
    for name in ("board", "admin"):
        assert world.client(name).get(opened.page).status_code == 403


# --- what pages say ---


def test_looking_writes_nothing(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD, sender_contact="0912 345 678")
    officer, leader = world.client("economy_department_head"), world.client("chairperson")
    before = row_counts(world)
    piles = [f"/can-bo/?trang_thai={chosen}" for chosen in FILTERS]
    for client in (officer, leader):
        for address in ("/can-bo/", opened.page, "/can-bo/viec/0000-0000", *piles):
            client.get(address)
    for button in PRESSES:
        assert officer.get(f"{opened.page}/{button}").status_code == 405
    assert row_counts(world) == before


def test_words_of_citizens_are_shown_as_words(world: World) -> None:
    evil = "<script>alert(1)</script> & \"quán\" 'cà phê' {{ 7*7 }}"
    opened = open_entry(world, evil, ROAD)
    officer = world.client("economy_department_head")
    for page in (text_of(officer.get(opened.page)), text_of(officer.get("/can-bo/"))):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "{{ 7*7 }}" in page


def test_pages_carry_no_inline_style_or_script(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    for page in (text_of(world.client("chairperson").get(address)) for address in ("/can-bo/", opened.page)):
        assert not re.search(r"<script(?! src)|\sstyle=|\son\w+=|<style", page)


def test_the_most_pressing_case_stands_first(world: World) -> None:
    slow = open_entry(world, "Góp ý trồng thêm cây bên đường", ROAD)
    world.clock.move(timedelta(days=30))
    fresh = open_entry(world, "Đèn đường ngõ 5 hỏng", ROAD)
    danger = open_entry(world, "Dây điện đứt rơi xuống đường", Labels("petition", "infrastructure", True, False))
    leader = world.client("chairperson")
    page = text_of(leader.get("/can-bo/?trang_thai=cho-tra-loi"))
    places = [page.index(opened.page) for opened in (slow, danger, fresh)]
    assert places == sorted(places)
    assert "Quá hạn" in page
    assert "Khẩn" in page
    overdue = text_of(leader.get("/can-bo/?trang_thai=qua-han"))
    assert slow.page in overdue
    assert fresh.page not in overdue


def test_a_long_pile_is_shown_by_pages(world: World) -> None:
    opened = [open_entry(world, f"Ổ gà số {number}", ROAD) for number in range(52)]
    officer = world.client("economy_department_head")
    first, second = (text_of(officer.get(f"/can-bo/?trang_thai=cho-tra-loi&trang={n}")) for n in (1, 2))
    shown = [sum(case.page in page for case in opened) for page in (first, second)]
    assert shown == [50, 2]
    assert "trang=2" in first
    assert "Xem thêm" not in second
    assert text_of(officer.get("/can-bo/?trang_thai=cho-tra-loi&trang=-1")).count("/viec/") == 50


def test_an_empty_inbox_teaches(world: World) -> None:
    assert "Khi có ý kiến thuộc phần việc của mình" in text_of(world.client("justice_officer").get("/can-bo/"))
    assert "Khi cán bộ bấm “Trình ký”" in text_of(world.client("chairperson").get("/can-bo/"))


def test_an_unknown_reason_still_gives_a_page(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    with world.database.writing() as session:
        decision = session.scalars(sa.select(Decision)).one()
        decision.reasons = '[{"code": "moon_phase", "words": "{x}"}, {"code": "rule.new", "words": "{0}"}]'
    answer = world.client("economy_department_head").get(opened.page)
    assert answer.status_code == 200
    assert "Theo quy tắc chuyển ý kiến" in text_of(answer)


def post_id(world: World, code: str) -> int:
    with world.database.reading() as session:
        return session.scalars(sa.select(Post.id).where(Post.unit_id == world.commune_id, Post.code == code)).one()


def row_counts(world: World) -> dict[str, int]:
    with world.database.reading() as session:
        return {
            table.name: session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def same_answer(one: TestResponse, other: TestResponse) -> bool:
    return (one.status_code, one.data, sorted(one.headers)) == (other.status_code, other.data, sorted(other.headers))
