"""The desk: what an address narrows it to, what a search shows, several cases confirmed, days left by the calendar."""

import html
import re
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from models import CalendarDay, Case, Post
from tests.fixtures.casework import version_in
from tests.fixtures.officers import (
    ACCUSING,
    ANSWER,
    BRIBE,
    HOLE,
    ROAD,
    RUDE,
    Opened,
    acts_of,
    open_entry,
    press,
    say_why,
    text_of,
)
from tests.fixtures.releases import draw
from tests.fixtures.world import NewWorld, World
from triage.casework import inbox
from triage.casework.confirming import MOST
from triage.casework.opening import Labels
from vietnamese.calendar import Worked
from webapp.officer.desk import NOT_CONFIRMED
from webapp.officer.sentences import PROBLEMS

LEADER, HANDLER = "chairperson", "economy_department_head"
SOCIAL = Labels("question", "social_welfare", False, False)


def page(client: FlaskClient, query: str = "") -> str:
    answer = client.get(f"/can-bo/{query}")
    assert answer.status_code == 200
    return html.unescape(text_of(answer))


def shown(client: FlaskClient, query: str, *opened: Opened) -> list[bool]:
    text = page(client, query)
    return [one.page in text for one in opened]


def tick(world: World, *opened: Opened) -> list[str]:
    return [f"{one.reference}.{version_in(world, one)}" for one in opened]


# --- what an address narrows ---


def test_the_address_keeps_what_was_chosen(world: World) -> None:
    road, social = open_entry(world, HOLE, ROAD), open_entry(world, "Xin hỏi trợ cấp", SOCIAL)
    leader = world.client(LEADER)
    assert shown(leader, "?loai=petition", road, social) == [True, False]
    assert shown(leader, "?trang_thai=cho-tra-loi&linh_vuc=social_welfare", road, social) == [False, True]
    assert shown(leader, "?xac_nhan=chua&han=con-xa", road, social) == [True, True]
    assert shown(leader, "?khan=co", road, social) == [False, False]
    with world.database.reading() as session:
        post = session.scalars(sa.select(Case.post_id).where(Case.reference == road.reference)).one()
    assert shown(leader, f"?vi_tri={post}", road, social) == [True, False]
    assert shown(world.client(HANDLER), "?vi_tri=1", road) == [True], "only a leader narrows by post"


def test_what_is_chosen_can_be_taken_away_word_by_word(world: World) -> None:
    open_entry(world, HOLE, ROAD)
    text = page(world.client(LEADER), "?trang_thai=cho-tra-loi&loai=petition&han=con-xa&tim=ban")
    chips = text.split('<ul aria-labelledby="dang-chon">')[1].split("</ul>")[0]
    links = re.findall(r'href="([^"]+)"', chips)
    assert links[0] == "/can-bo/?trang_thai=cho-tra-loi&loai=petition&han=con-xa"
    assert links[1] == "/can-bo/?trang_thai=cho-tra-loi&tim=ban&han=con-xa"
    assert links[-1] == "/can-bo/?trang_thai=cho-tra-loi"
    assert "Có lời “ban”" in chips
    assert "Hạn sau tuần này" in chips
    assert "selected" in text.split('id="loai"')[1].split("</select>")[0]


def test_states_and_further_pages_keep_it(world: World) -> None:
    for number in range(52):
        open_entry(world, f"Ổ gà số {number}", ROAD)
    leader = world.client(LEADER)
    first = page(leader, "?trang_thai=tat-ca&loai=petition&xep=moi-nhat")
    assert 'href="/can-bo/?trang_thai=da-xong&loai=petition&xep=moi-nhat"' in first
    onward = re.search(r'href="([^"]+trang=2[^"]*)"', first)
    assert onward
    second = text_of(leader.get(onward[1]))
    assert second.count('class="pile"') == 1
    assert len(re.findall(r'<li class="\w+">', second)) == 2
    assert "loai=petition" in onward[1]
    assert "(52)" in second
    assert "Trang này không còn việc nào" in page(leader, "?trang_thai=tat-ca&loai=petition&trang=9")


@pytest.mark.parametrize("query", [
    "?loai=khong-co", "?linh_vuc=%00", "?han=mai", "?vi_tri=999999", "?vi_tri=x", "?khan=1", "?xac_nhan=x", "?xep=x",
    "?tim=%20%3F!", "?trang=x", "?loai=&linh_vuc=&han=&vi_tri=&tim=&xep=",
])  # fmt: skip
def test_what_is_not_understood_is_passed_over(world: World, query: str) -> None:
    opened = open_entry(world, HOLE, ROAD)
    leader = world.client(LEADER)
    assert shown(leader, query, opened) == [True]
    assert page(leader, query) == page(leader)


def test_nothing_found_says_how_to_see_more(world: World) -> None:
    open_entry(world, HOLE, ROAD)
    leader = world.client(LEADER)
    assert "Xin bỏ bớt ở hàng “Đang chọn”" in page(leader, "?loai=praise")
    assert "gõ không dấu để tìm rộng hơn" in page(leader, "?tim=khong co dau")
    assert "Khi cán bộ bấm “Trình ký”" in page(leader, "?trang_thai=cho-ky")


def test_by_what_the_classifier_said_no_drawn_case_is_found(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    draw(world, opened)
    handler = world.client(HANDLER)
    assert shown(handler, "?loai=petition", opened) == shown(handler, "?linh_vuc=infrastructure", opened) == [False]
    assert "không hiện khi lọc theo loại hay chủ đề" in page(handler, "?loai=petition")
    assert shown(handler, "?tim=giang lac", opened) == [True]


# --- a search ---


def test_found_words_are_marked_and_nothing_of_it_is_markup(world: World) -> None:
    opened = open_entry(world, "Đèn <b>đường</b> tắt & tối", ROAD)
    answer = text_of(world.client(LEADER).get("/can-bo/?tim=duong <b>"))
    row = answer.split(opened.page)[1].split("</a>")[0]
    assert "&lt;<mark>b</mark>&gt;<mark>đường</mark>&lt;/<mark>b</mark>&gt; tắt &amp; tối" in row
    assert "Kết quả tìm" in answer


def test_a_restricted_case_is_found_by_its_reference_alone(world: World) -> None:
    opened = open_entry(world, "Cán bộ đòi tôi năm triệu mới chịu làm sổ.", BRIBE)
    intake = world.client("restricted_intake")
    say_why(intake, opened)
    assert shown(intake, "?tim=nam trieu", opened) == [False]
    text = page(intake, f"?tim={opened.reference}")
    assert opened.page in text
    assert "năm triệu" not in text
    assert "Nội dung giữ kín, mở để xem" in text


def test_older_cases_that_were_not_searched_are_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        open_entry(world, f"Ổ gà số {number}", ROAD)
    leader = world.client(LEADER)
    assert "việc gần đây nhất" not in page(leader, "?tim=ga")
    monkeypatch.setattr(inbox.find, "__defaults__", (2,))
    assert "Mới tìm trong 2 việc gần đây nhất" in page(leader, "?tim=ga")


def test_an_excluded_officer_finds_a_world_without_the_case(new_world: NewWorld) -> None:
    """Every choice, every search, also for the reference and the words of the case itself, and every confirmation."""
    accusing, plain = new_world(), new_world()
    hidden = open_entry(accusing, ACCUSING, RUDE)
    for world in (accusing, plain):
        open_entry(world, "Cán bộ mắng chó thả rông", SOCIAL)
        world.clock.move(timedelta(days=1))
    with accusing.database.writing() as session:
        case = session.scalars(sa.select(Case).where(Case.reference == hidden.reference)).one()
        own = Post.unit_id == accusing.commune_id, Post.code == HANDLER
        case.post_id = session.scalars(sa.select(Post.id).where(*own)).one()
    chosen = ("loai=petition", "linh_vuc=staff_attitude", "han=qua-han", "han=con-xa", "khan=co", "xac_nhan=chua",
              "vi_tri=1", "xep=moi-nhat", "tim=mang", "tim=quát mắng", "tim=Hoàng Minh Tuấn",
              f"tim={hidden.reference}", "tim=nam lan&loai=petition&xac_nhan=chua")  # fmt: skip
    queries = [f"?{said}{state}" for said in chosen for state in ("", "&trang_thai=cua-toi", "&trang_thai=tat-ca")]
    for who in (HANDLER, "justice_officer", "admin", "superior"):
        seeing, blind = (world.client(who) for world in (accusing, plain))
        for query in queries:
            one, other = (client.get(f"/can-bo/{query}") for client in (seeing, blind))
            assert (one.status_code, one.data) == (other.status_code, other.data), (who, query)
        for value in (f"{hidden.reference}.1", f"{hidden.reference}.2", "ZZZZ-ZZZZ.1"):
            posted = [client.post("/can-bo/xac-nhan", data={"danh_dau": value}) for client in (seeing, blind)]
            assert posted[0].headers.get("Location") == posted[1].headers.get("Location")
            one, other = (client.get("/can-bo/") for client in (seeing, blind))
            assert one.data == other.data, (who, value)
    assert acts_of(accusing, hidden) == ["opened"]


# --- several at once ---


def test_several_are_confirmed_by_one_press(world: World) -> None:
    opened = [open_entry(world, f"Ổ gà số {number}", ROAD) for number in range(3)]
    handler = world.client(HANDLER)
    before = text_of(handler.get("/can-bo/?trang_thai=cho-tra-loi&loai=petition"))
    action = re.search(r'<form method="post" class="several" action="([^"]+)"', before)
    values = re.findall(r'name="danh_dau" value="([^"]+)"', before)
    assert action
    assert sorted(values) == sorted(tick(world, *opened))
    press(world.client(LEADER), opened[0], "luu-nhap", text=ANSWER)
    done = handler.post(html.unescape(action[1]), data={"danh_dau": values})
    assert (done.status_code, done.location) == (303, "/can-bo/?trang_thai=cho-tra-loi&loai=petition")
    told = page(handler, "?trang_thai=cho-tra-loi&loai=petition")
    assert "Đã xác nhận phân loại 2 việc." in told
    assert "Có người vừa thay đổi, xin mở ra xem lại" in told.split(f'href="{opened[0].page}"')[0]
    assert acts_of(world, opened[0]) == ["opened", "drafted"]
    assert acts_of(world, opened[1]) == acts_of(world, opened[2]) == ["opened", "confirmed"]
    assert "Đã xác nhận" not in page(handler), "told once"


def test_a_press_without_a_tick_or_with_nonsense_says_so(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    handler = world.client(HANDLER)
    for values in ([], ["x"], [f"{opened.reference}"], [f"{opened.reference}.-1"], ["<b>.1"]):
        assert handler.post("/can-bo/xac-nhan", data={"danh_dau": values}).status_code == 303
        assert "Chưa đánh dấu việc nào" in page(handler)
    assert acts_of(world, opened) == ["opened"]


def test_what_is_refused_of_a_whole_page_fits_in_the_cookie(world: World) -> None:
    values = [f"AB{number:02}-{number * 37 % 9999:04}.1" for number in range(MOST + 50)]
    handler = world.client(HANDLER)
    answer = handler.post("/can-bo/xac-nhan", data={"danh_dau": values})
    assert max(len(cookie) for cookie in answer.headers.getlist("Set-Cookie")) < 4000
    told = page(handler)
    assert "Không có việc này, hoặc không còn do Ông/Bà giải quyết" in told
    assert "Nhiều quá một lần" in told


def test_only_who_answers_is_offered_a_tick(world: World) -> None:
    opened, drawn = open_entry(world, HOLE, ROAD), open_entry(world, "Ổ gà", ROAD)
    draw(world, drawn)
    for who in (HANDLER, LEADER):
        text = page(world.client(who), "?trang_thai=tat-ca")
        assert f'value="{opened.reference}.' in text
        assert f'value="{drawn.reference}.' not in text


def test_every_refusal_of_several_has_words() -> None:
    assert set(NOT_CONFIRMED) <= {*PROBLEMS, "restricted", "unknown", "confirmed_before", "too_many"}
    assert {"changed", "audit_unjudged", "follows_another", "closed_or_not_yours"} <= set(NOT_CONFIRMED)


# --- days left ---


@pytest.mark.parametrize("whose", ["commune_id", "province_id"])
def test_days_left_are_working_days_of_the_unit(world: World, whose: str) -> None:
    opened = open_entry(world, HOLE, ROAD)
    handler = world.client(HANDLER)
    assert "Còn 15 ngày làm việc" in page(handler)
    with world.database.writing() as session:
        for day in (date(2026, 10, 6), date(2026, 10, 7)):
            session.add(
                CalendarDay(unit_id=getattr(world, whose), day=day, worked=Worked.NONE, changed_at=world.clock())
            )
    for address in ("", "?trang_thai=cho-tra-loi", f"viec/{opened.reference}"):
        assert "Còn 13 ngày làm việc" in page(handler, address)
    # Two days the office is closed make a deadline near that was not.
    with world.database.writing() as session:
        session.scalars(sa.select(Case)).one().due_at = world.clock() + timedelta(days=4)
    for address in ("", f"viec/{opened.reference}"):
        assert "Sắp đến hạn: còn 2 ngày làm việc" in page(handler, address)


def test_a_page_of_many_asks_no_more_than_a_page_of_few(world: World) -> None:
    asked: list[str] = []
    sa.event.listen(world.database.read_engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    counts = []
    for number in (1, 12):
        for one in range(number):
            open_entry(world, f"Ổ gà số {one} đường", ROAD)
        client = world.client(LEADER)
        asked.clear()
        page(client, "?trang_thai=tat-ca&tim=duong")
        counts.append(len(asked))
    assert counts[0] == counts[1]
