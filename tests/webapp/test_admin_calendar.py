"""The calendar page: where each day is from, one day or many said, previewed, stored with the one who said it."""

from datetime import date

import pytest
import sqlalchemy as sa

from models import CalendarDay, Unit
from tests.fixtures.admin import UNIT, basis_in, commune_admin, fill, follow, words
from tests.fixtures.officers import BRIBE, HOLE, ROAD, open_entry, text_of
from tests.fixtures.world import World
from vietnamese.calendar import Worked
from webapp.admin.calendar_lines import read_calendar

PAGE, PROVINCE = f"{UNIT}/lich", "/quan-tri/14/lich"
ONE = {"viec": "ghi", "ngay": "12/10/2026", "lam": "none", "nguon": "Công văn 12/UBND", "doi_chieu": "on"}


def rows(world: World) -> dict[tuple[int, date], tuple[Worked, str, bool]]:
    with world.database.reading() as session:
        found = session.scalars(sa.select(CalendarDay))
        return {(row.unit_id, row.day): (row.worked, row.source, row.verified) for row in found}


def test_the_years_days_off_stand_with_their_names(world: World) -> None:
    page = words(commune_admin(world).get(PAGE))
    assert "02/09 Thứ tư nghỉ Quốc khánh" in page
    assert "10/01 Thứ bảy làm bù theo thông báo của Chính phủ có sẵn trong chương trình" in page
    assert "chưa đối chiếu" in page
    assert "Chưa có ngày hoán đổi, làm bù nào của năm 2027" in words(commune_admin_again(world, "?nam=2027"))


def commune_admin_again(world: World, query: str) -> object:
    client = world.client()
    world.sign_in(client, "xa.admin")
    return client.get(PAGE + query)


def test_one_day_is_said_moved_and_taken_back(world: World) -> None:
    opened, client = open_entry(world, HOLE, ROAD), commune_admin(world)
    told = follow(client, fill(client, PAGE, **ONE))
    assert "Đã lưu 1 ngày" in told
    assert "12/10 Thứ hai nghỉ Công văn 12/UBND đơn vị tự ghi đã đối chiếu" in told
    assert rows(world) == {(world.commune_id, date(2026, 10, 12)): (Worked.NONE, "Công văn 12/UBND", True)}
    page = words(world.client("economy_department_head").get(opened.page))
    assert "tính lại hạn theo lịch làm việc mới" in page
    assert "27/10/2026" in page
    form = text_of(client.get(f"{PAGE}?nam=2026&ngay=2026-10-12"))
    assert 'value="12/10/2026"' in form
    assert "12/10" not in follow(client, fill(client, PAGE, viec="bo", ngay="12/10/2026")).split("Ghi hoặc sửa")[0]
    assert rows(world) == {}


def test_a_preview_tells_dates_and_stores_nothing(world: World) -> None:
    client = commune_admin(world)
    before = words(fill(client, PAGE, **ONE | {"viec": "xem"}))
    assert "Xem trước. Chưa lưu gì." in before
    assert "Nhận ngày 05/10/2026 thì hạn từ 26/10/2026 thành 27/10/2026." in before
    assert rows(world) == {}
    open_entry(world, "Ông Hoàng Minh Tuấn đòi tiền", BRIBE)
    assert words(fill(client, PAGE, **ONE | {"viec": "xem"})) == before, "it speaks of days of receipt, never of cases"


def test_many_days_are_pasted(world: World) -> None:
    client = world.client("admin")
    text = (
        "10/10/2026 làm bù – Công văn 5\n12/10/2026 đến 13/10/2026 nghỉ - Thông báo 7\n\n"
        "16/10/2026 nghỉ chiều; Kế hoạch 9"
    )
    shown = words(fill(client, PROVINCE, viec="xem_dan", danh_sach=text))
    assert "16/10/2026 (Thứ sáu): chỉ làm buổi sáng , Kế hoạch 9" in shown
    follow(client, fill(client, PROVINCE, viec="dan", danh_sach=text))
    assert {day.day: said[0] for (_unit, day), said in rows(world).items()} == {
        10: Worked.BOTH, 12: Worked.NONE, 13: Worked.NONE, 16: Worked.MORNING,
    }  # fmt: skip
    assert "tỉnh ghi" in words(commune_admin(world).get(PAGE))


def test_a_bad_line_stores_nothing_and_keeps_the_words(world: World) -> None:
    client = world.client("admin")
    answer = fill(client, PROVINCE, viec="dan", danh_sach="10/10/2026 làm bù – Công văn 5\n32/10/2026 nghỉ – x")
    assert answer.status_code == 422
    assert "Dòng 2 (“32/10/2026 nghỉ – x”): chưa đọc được ngày" in words(answer)
    assert "10/10/2026 làm bù" in text_of(answer)
    assert rows(world) == {}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"ngay": ""}, "Xin chọn ngày."),
        ({"ngay": "hôm nay"}, "Chưa đọc được ngày"),
        ({"lam": "x"}, "Xin chọn ngày ấy nghỉ hay làm việc."),
        ({"nguon": " "}, "Xin ghi văn bản nào quy định"),
        ({"nguon": "x" * 400}, "Dài quá 300 chữ cái"),
        ({"viec": "bo"}, "không còn dòng ghi riêng nào"),
        ({"viec": "dan"}, "Chưa có dòng nào"),
    ],
)
def test_what_cannot_be_stored_is_told(world: World, change: dict[str, str], told: str) -> None:
    answer = fill(commune_admin(world), PAGE, **ONE | change)
    assert answer.status_code == 422
    assert told in words(answer)
    assert rows(world) == {}


def test_two_administrators_on_one_calendar(world: World) -> None:
    first, second = world.client("admin"), commune_admin(world)
    mark = basis_in(text_of(second.get(PAGE)))
    follow(first, fill(first, PAGE, **ONE))
    late = second.post(PAGE, data=ONE | {"can_cu": mark, "nam": "2026", "nguon": "khác"})
    assert late.status_code == 409
    assert "người khác đã đổi phần này" in words(late)


def test_the_remote_mark_is_the_communes(world: World) -> None:
    client = commune_admin(world)
    follow(client, fill(client, PAGE, viec="vung", vung_xa="on"))
    with world.database.reading() as session:
        assert session.get_one(Unit, world.commune_id).remote
        assert not session.get_one(Unit, world.other_id).remote
    assert "Điều 28" in words(client.get(PAGE))
    assert "vùng sâu" not in words(world.client("admin").get(PROVINCE))


@pytest.mark.parametrize(
    ("line", "days", "worked"),
    [
        ("10/01/2026 làm bù – Công văn 1", 1, Worked.BOTH),
        ("10.1.2026: nghỉ sáng - QĐ 5-QĐ/TW", 1, Worked.AFTERNOON),
        ("16/2/2026 – 20/2/2026 nghỉ: Thông báo 2", 5, Worked.NONE),
        ("16/2/2026 đến hết 17/2/2026 LÀM CHIỀU; kế hoạch", 2, Worked.AFTERNOON),
    ],
)
def test_lines_are_read_as_people_write_them(line: str, days: int, worked: Worked) -> None:
    (read,) = read_calendar(line, False).lines
    assert not read.problem
    assert (len(read.changes), {change.worked for change in read.changes}) == (days, {worked})


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("nghỉ Tết", "chưa đọc được ngày"),
        ("20/2/2026 – 16/2/2026 nghỉ – x", "ngày cuối"),
        ("1/2/2026 – 16/4/2026 nghỉ – x", "ngày cuối"),
        ("16/2/2026 đổi ca – x", "xin ghi nghỉ"),
        ("16/2/2026 nghỉ", "văn bản nào"),
        ("16/2/2026 nghỉ – " + "x" * 301, "dài quá"),
        ("16/2/2026 nghỉ – x\n15/2/2026 đến 17/2/2026 nghỉ – y", "đã có ở dòng 1"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, problem: str) -> None:
    read = read_calendar(text, False)
    assert not read.good
    assert problem in read.lines[-1].problem
