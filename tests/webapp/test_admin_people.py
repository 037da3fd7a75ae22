"""People: added one by one or pasted, posts from a day, standing in, leaving, invited; exclusions hold throughout."""

import re
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from models import Account, DutyShift, Officer, Post, Tenure, Unit
from tests.fixtures.admin import UNIT, basis_in, commune_admin, fill, follow, words
from tests.fixtures.sorting import reading, sort_all
from tests.fixtures.world import World
from webapp.admin.pasting import read_lines

PEOPLE = f"{UNIT}/nguoi"
ACCUSING = "Ông Hoàng Minh Tuấn phòng kinh tế nhận tiền của dân rồi quát mắng."


def sort_as_blame(world: World) -> None:
    sort_all(world, lambda _text: reading(kind="denunciation", topic="integrity", accuses_staff=True))


def cases_seen(client: FlaskClient) -> set[str]:
    """The cases an officer's inbox leads to."""
    pages = [client.get(address).get_data(as_text=True) for address in ("/can-bo/", "/can-bo/?trang_thai=ca-don-vi")]
    return set(re.findall(r'href="(/can-bo/viec/[^"]+)"', "".join(pages)))


def post_id(world: World, code: str) -> int:
    with world.database.reading() as session:
        return session.scalars(sa.select(Post.id).where(Post.unit_id == world.commune_id, Post.code == code)).one()


def officer_named(world: World, name: str) -> Officer:
    with world.database.reading() as session:
        mine = Officer.unit_id == world.commune_id
        return session.scalars(sa.select(Officer).where(mine, Officer.full_name == name)).one()


def tenures(world: World, officer_id: int) -> list[tuple[str, date, date | None, bool]]:
    with world.database.reading() as session:
        rows = session.execute(
            sa.select(Post.code, Tenure.starts_on, Tenure.ends_on, Tenure.stand_in)
            .join(Post)
            .where(Tenure.officer_id == officer_id)
            .order_by(Tenure.starts_on, Tenure.id)
        )
        return [tuple(row) for row in rows]


def page_of(world: World, post: str) -> str:
    return f"{PEOPLE}/{world.officers[post]}"


def tenure_id(world: World, post: str) -> int:
    with world.database.reading() as session:
        return session.scalars(sa.select(Tenure.id).where(Tenure.officer_id == world.officers[post])).one()


def add_mai(world: World, client: FlaskClient, **fields: object) -> str:
    form = {"ten": "Lường  Thị Mai", "gioi": "female", "dien_thoai": "", "tu": "05/10/2026"}
    return follow(client, fill(client, PEOPLE, **form | {"chuc_danh": post_id(world, "justice_officer")} | fields))


# --- one person ---


def test_a_person_is_added_with_post_and_day_in_one_form(world: World) -> None:
    told = add_mai(world, world.client("admin"), tu="1/11/2026")
    assert "Đã thêm Lường Thị Mai." in told
    officer = officer_named(world, "Lường Thị Mai")
    assert (officer.gender, officer.staff_code) == ("female", "mailt")
    assert tenures(world, officer.id) == [("justice_officer", date(2026, 11, 1), None, False)]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"ten": ""}, "Xin ghi họ và tên."),
        ({"ten": "Nguyễn 7"}, "không giống họ tên"),
        ({"chuc_danh": "0"}, "Xin chọn một chức danh"),
        ({"tu": "31/02/2026"}, "Chưa đọc được ngày"),
        ({"tu": ""}, "Xin chọn ngày"),
        ({"gioi": "robot"}, "Xin chọn nam, nữ"),
        ({"dien_thoai": "không có"}, "Số điện thoại chỉ gồm"),
    ],
)
def test_what_is_wrong_with_a_person_is_told_and_nothing_stored(
    world: World, fields: dict[str, str], said: str
) -> None:
    form = {"ten": "Lường Thị Mai", "gioi": "female", "tu": "05/10/2026", "chuc_danh": post_id(world, "office_chief")}
    answer = fill(world.client("admin"), PEOPLE, **form | fields)
    assert answer.status_code == 422
    assert said in words(answer)
    with world.database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).where(Officer.staff_code == "mailt")) == 0


def test_a_name_is_mended_and_the_staff_is_held_against_cases_anew(world: World) -> None:
    client, address = world.client("admin"), page_of(world, "justice_officer")
    with world.database.reading() as session:
        before = session.get_one(Unit, world.commune_id).staff_version
    form = {"viec": "ten", "ten": "Phạm Thị Ngọc Mai", "gioi": "female", "dien_thoai": "0912 345 678"}
    assert "Đã lưu tên" in follow(client, fill(client, address, **form))
    with world.database.reading() as session:
        officer = session.get_one(Officer, world.officers["justice_officer"])
        assert (officer.full_name, officer.phone) == ("Phạm Thị Ngọc Mai", "0912 345 678")
        assert officer.listed_version > before


def test_another_post_from_a_day_ends_the_one_before(world: World) -> None:
    client, address = world.client("admin"), page_of(world, "justice_officer")
    form = {"viec": "giu", "chuc_danh": post_id(world, "office_chief"), "tu": "01/11/2026"}
    follow(client, fill(client, address, **form, thay_cho=tenure_id(world, "justice_officer")))
    assert tenures(world, world.officers["justice_officer"]) == [
        ("justice_officer", date(2025, 7, 1), date(2026, 11, 1), False),
        ("office_chief", date(2026, 11, 1), None, False),
    ]
    doubled = fill(client, address, **form, thay_cho="")
    assert doubled.status_code == 422
    assert "đã giữ Chánh Văn phòng" in words(doubled)


def test_a_post_is_held_to_the_end_of_a_day(world: World) -> None:
    client, address = world.client("admin"), page_of(world, "office_chief")
    line = tenure_id(world, "office_chief")
    early = fill(client, address, viec="thoi", dong=line, den="30/06/2025")
    assert early.status_code == 422
    assert "giữ từ ngày 01/07/2025" in words(early)
    follow(client, fill(client, address, viec="thoi", dong=line, den="05/10/2026"))
    assert tenures(world, world.officers["office_chief"])[0][2] == date(2026, 10, 6)
    later = fill(client, address, viec="thoi", dong=line, den="05/12/2026")
    assert "đã ghi giữ đến hết ngày 05/10/2026" in words(later)


def test_only_a_line_of_today_or_later_is_taken_back(world: World) -> None:
    client = world.client("admin")
    add_mai(world, client)
    mai = officer_named(world, "Lường Thị Mai")
    with world.database.reading() as session:
        line = session.scalars(sa.select(Tenure.id).where(Tenure.officer_id == mai.id)).one()
    assert "Đã bỏ dòng ghi nhầm." in follow(client, fill(client, f"{PEOPLE}/{mai.id}", viec="bo", dong=line))
    assert tenures(world, mai.id) == []
    old = fill(client, page_of(world, "office_chief"), viec="bo", dong=tenure_id(world, "office_chief"))
    assert old.status_code == 422
    assert "được giữ lại" in words(old)


def test_standing_in_needs_both_days(world: World) -> None:
    client, address = world.client("admin"), page_of(world, "culture_social_department_head")
    form = {"viec": "thay", "chuc_danh": post_id(world, "economy_department_head"), "tu": "05/10/2026"}
    for den, said in (("", "phải có ngày cuối"), ("04/10/2026", "từ ngày đầu trở đi")):
        answer = fill(client, address, **form, den=den)
        assert answer.status_code == 422
        assert said in words(answer)
    follow(client, fill(client, address, **form, den="09/10/2026"))
    stored = tenures(world, world.officers["culture_social_department_head"])[1]
    assert stored == ("economy_department_head", date(2026, 10, 5), date(2026, 10, 10), True)


def test_whoever_leaves_holds_nothing_and_is_no_longer_on_duty(world: World) -> None:
    client, officer = world.client("admin"), world.officers["vice_chairperson"]
    with world.database.writing() as session:
        session.add(DutyShift(unit_id=world.commune_id, day=date(2026, 10, 20), officer_id=officer))
    told = follow(client, fill(client, page_of(world, "vice_chairperson"), viec="roi", den="06/10/2026"))
    assert "đến hết ngày 06/10/2026" in told
    assert tenures(world, officer) == [("vice_chairperson", date(2025, 7, 1), date(2026, 10, 7), False)]
    with world.database.reading() as session:
        days = session.scalars(sa.select(DutyShift.day).where(DutyShift.officer_id == officer)).all()
    assert days == [date(2026, 10, 5)]
    world.clock.move(timedelta(days=2))
    assert "Đã thôi (1 người)" in words(world.client("admin").get(PEOPLE))


def test_two_administrators_on_one_person(world: World) -> None:
    first, second, address = world.client("admin"), commune_admin(world), page_of(world, "office_chief")
    mark = basis_in(second.get(address).get_data(as_text=True))
    follow(first, fill(first, address, viec="thoi", dong=tenure_id(world, "office_chief"), den="06/10/2026"))
    late = second.post(address, data={"can_cu": mark, "viec": "roi", "den": "05/10/2026"})
    assert late.status_code == 409
    assert tenures(world, world.officers["office_chief"])[0][2] == date(2026, 10, 7)


# --- pasted ---


def test_a_paste_is_previewed_then_stored_whole(world: World) -> None:
    client, address = world.client("admin"), f"{PEOPLE}/dan"
    form = {"danh_sach": "Lò Văn Ín; trưởng phòng kinh te; nam\n\nVì Thị Dung\tVăn thư, tiếp nhận", "tu": "05/10/2026"}
    shown = fill(client, address, viec="xem", **form)
    assert shown.status_code == 200
    assert "Đọc được cả 2 dòng. Chưa lưu gì." in words(shown)
    with world.database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).where(Officer.unit_id == world.commune_id)) == 10
    assert "Đã thêm 2 người." in follow(client, fill(client, address, viec="luu", **form))
    dung = officer_named(world, "Vì Thị Dung")
    assert dung.gender == "female"
    assert tenures(world, dung.id) == [("reception_clerk", date(2026, 10, 5), None, False)]


def test_one_name_in_two_lines_is_one_person_and_other_marks_are_another(world: World) -> None:
    lines = "Quàng Văn Hoà; Công chức Địa chính\nQuàng Văn Hòa; Kế toán\nQuàng Văn Hoa; Công chức Văn hóa"
    for again in ("", "\nQUÀNG VĂN HÒA; Công chức Xây dựng"):
        data = {"danh_sach": again or lines, "tu": "05/10/2026", "viec": "luu"}
        answer = world.client("admin").post("/quan-tri/03646/nguoi/dan", data=data)
        assert answer.status_code == 303, answer.get_data(as_text=True)
    with world.database.reading() as session:
        named = sa.select(Officer.full_name, sa.func.count()).join(Tenure, Tenure.officer_id == Officer.id)
        held = session.execute(named.where(Officer.full_name.like("Quàng Văn Ho%")).group_by(Officer.id)).all()
    assert sorted(map(tuple, held)) == [("Quàng Văn Hoa", 1), ("Quàng Văn Hoà", 3)]


def test_one_bad_line_stores_nothing_and_is_named(world: World) -> None:
    form = {"danh_sach": "Lò Văn Ín; Trưởng Công an; nam\nVì Thị Dung; Công chức Thú y", "tu": "05/10/2026"}
    for act, status in (("xem", 200), ("luu", 422)):
        answer = fill(world.client("admin"), f"{PEOPLE}/dan", viec=act, **form)
        assert answer.status_code == status
        assert "Công chức Thú y" in words(answer)
    with world.database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).where(Officer.unit_id == world.commune_id)) == 10


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Lò Văn Ín", "thiếu chức danh"),
        ("Lò Văn Ín; Trưởng phòng Kinh té hạ tầng", "Có phải “Trưởng phòng Kinh tế” không?"),
        ("Lò Văn Ín; Phi công", "đơn vị chưa có chức danh “Phi công”"),
        ("Lò Văn Ín; Trưởng phòng Kinh tế; gái", "chưa hiểu “gái”"),
        ("Lò Văn Ín; Trưởng phòng Kinh tế; nam; x", "nhiều hơn ba phần"),
        ("123; Trưởng phòng Kinh tế", "không giống họ tên"),
        ("Hoàng Minh Tuấn; Trưởng phòng Kinh tế", "đã giữ Trưởng phòng Kinh tế rồi"),
        ("A Dính; Trưởng phòng Kinh tế\na dinh; TRƯỞNG PHÒNG KINH TẾ", "trùng với dòng 1"),
    ],
)
def test_each_bad_line_says_how_to_mend_it(line: str, said: str) -> None:
    pasted = read_lines(line, ["Trưởng phòng Kinh tế"], {"Trưởng phòng Kinh tế": ["Hoàng Minh Tuấn"]})
    assert not pasted.good
    assert said in pasted.bad[0].problem


def test_a_standard_post_is_added_with_its_first_holder_and_lines_without_a_name_wait(world: World) -> None:
    client, address = world.client("admin"), f"{PEOPLE}/dan"
    with world.database.reading() as session:
        there = set(session.scalars(sa.select(Post.code).where(Post.unit_id == world.commune_id)))
    assert "land_officer" not in there
    form = {"danh_sach": "Lò Văn Ín; công chức địa chính\n; Trưởng phòng Kinh tế\n", "tu": "05/10/2026"}
    assert "thêm mới" in words(fill(client, address, viec="xem", **form))
    assert "Đã thêm 1 người." in follow(client, fill(client, address, viec="luu", **form))
    in_ = officer_named(world, "Lò Văn Ín")
    assert tenures(world, in_.id) == [("land_officer", date(2026, 10, 5), None, False)]
    only = fill(client, address, viec="luu", danh_sach="; Trưởng phòng Kinh tế", tu="05/10/2026")
    assert "Chưa có dòng nào" in words(only)


# --- invited ---


def test_everybody_who_was_not_invited_gets_a_slip_once(world: World) -> None:
    client = world.client("admin")
    add_mai(world, client)
    assert "Mời 1 người chưa được mời" in words(client.get(PEOPLE)), "the others have passwords"
    shown = client.post(f"{PEOPLE}/moi")
    assert "Lường Thị Mai" in words(shown)
    assert "Hoàng Minh Tuấn" not in words(shown)
    link = re.search(r"/moi/[0-9A-Z-]{19}", shown.get_data(as_text=True))
    assert link
    page = words(client.get(PEOPLE))
    assert "Tạo lại lời mời cho 1 người chưa vào" in page
    assert client.post(f"{PEOPLE}/moi").status_code == 303, "invited once; a reload spends nothing"
    assert client.get(link[0]).status_code == 200
    assert "Lường Thị Mai" in words(client.post(f"{PEOPLE}/moi", data={"lai": "1"}))
    assert client.get(link[0]).status_code == 404, "a new invitation ends the one before"
    assert client.get(f"{PEOPLE}/moi").headers["Location"].endswith(PEOPLE)


def test_an_invitation_is_shown_once_and_opens_the_account(world: World) -> None:
    client = world.client("admin")
    add_mai(world, client)
    mai = officer_named(world, "Lường Thị Mai")
    shown = client.post(f"{PEOPLE}/{mai.id}/moi")
    assert shown.status_code == 200
    assert "Trang này chỉ hiện một lần." in words(shown)
    assert "<svg" in shown.get_data(as_text=True)
    path = re.search(r"http://localhost(/moi/[0-9A-Z-]+)", shown.get_data(as_text=True))
    assert path
    listed = words(client.get(f"{PEOPLE}/{mai.id}"))
    assert "đã mời, chờ đến 09:00 ngày 12/10/2026" in listed
    assert path.group(1) not in client.get(f"{PEOPLE}/{mai.id}").get_data(as_text=True)
    assert world.client().get(path.group(1)).status_code == 200
    client.post(f"{PEOPLE}/{mai.id}/moi")
    assert world.client().get(path.group(1)).status_code == 404, "the invitation before ends"
    with world.database.reading() as session:
        assert session.scalars(sa.select(Account.username).where(Account.officer_id == mai.id)).all() == ["03646.mailt"]


def test_an_invitation_for_a_known_account_keeps_its_name(world: World) -> None:
    assert "a.office_chief" in words(world.client("admin").post(f"{page_of(world, 'office_chief')}/moi"))


def test_nobody_without_a_post_is_invited(world: World) -> None:
    client = world.client("admin")
    add_mai(world, client, tu="01/12/2026")
    answer = client.post(f"{PEOPLE}/{officer_named(world, 'Lường Thị Mai').id}/moi")
    assert answer.status_code == 422
    assert "chưa giữ chức danh nào" in words(answer)


# --- whoever is blamed stays out, whatever post is given ---


def test_standing_in_for_the_chair_opens_nothing_against_oneself(world: World) -> None:
    world.send_box(ACCUSING)
    sort_as_blame(world)
    head = world.client("economy_department_head")
    assert cases_seen(head) == set()
    assert len(cases_seen(world.client("chairperson"))) == 1
    client, today = world.client("admin"), "05/10/2026"
    for code in ("chairperson", "restricted_intake", "public_service_center_director"):
        form = {"viec": "thay", "chuc_danh": post_id(world, code), "tu": today, "den": "31/10/2026"}
        follow(client, fill(client, page_of(world, "economy_department_head"), **form))
        assert cases_seen(head) == set()


def test_a_newcomer_of_the_blamed_name_sees_nothing_before_the_case_is_held_against_him(world: World) -> None:
    world.send_box("Bà Lường Thị Mai nhận phong bì của tôi ở quầy tiếp nhận.")
    sort_as_blame(world)
    client = world.client("admin")
    add_mai(world, client, chuc_danh=post_id(world, "restricted_intake"))
    mai = officer_named(world, "Lường Thị Mai")
    with world.database.writing() as session:
        account = session.scalars(sa.select(Account).where(Account.username == "a.reception_clerk")).one()
        account.officer_id = mai.id
    assert len(cases_seen(world.client("restricted_intake"))) == 1
    assert cases_seen(world.client("reception_clerk")) == set()
