"""Junk and foul words on the officers' pages: told, stored, covered, lifted; never lost."""

import sqlalchemy as sa

from models import Case, Entry, EntryMark, MarkKind
from models.audit import CaseEvent
from tests.fixtures.officers import ANSWER, HOLE, ROAD, Opened, acts_of, press, text_of, textarea_of, version_of
from tests.fixtures.sorting import reading, sort_all
from tests.fixtures.world import World
from triage.casework.record import verify_all
from triage.reading.readings import Reading

ADVERT = "Cho vay không thế chấp, giải ngân trong ngày, nợ xấu vẫn vay, liên hệ zalo em Hà."
RUDE_WORDS = "đ.m chúng mày"
RUDE = f"{RUDE_WORDS}, đoạn đường vào bản sụt một mét mà không ai sửa."
COVERED = "Có lời nặng nề, bấm để đọc nguyên văn"
LAMP = "Đèn đường ngã ba bản Nà Sàng, chỗ quán bà Tím, tắt gần một tháng, tối om."
HEAD, CLERK = "economy_department_head", "reception_clerk"


def sent(world: World, text: str, read: Reading | None = None) -> Opened:
    number = world.send_box(text)
    sort_all(world, lambda _text: read or reading())
    with world.database.reading() as session:
        return Opened(session.scalars(sa.select(Case.reference).where(Case.entry_id == number)).one(), "")


def marks_in(world: World) -> dict[MarkKind, bool]:
    """Every mark of the installation, and whether it stands."""
    with world.database.reading() as session:
        return {mark.mark: mark.lifted_at is None for mark in session.scalars(sa.select(EntryMark))}


def labels_of(world: World, opened: Opened) -> tuple[str, str, str]:
    with world.database.reading() as session:
        case = session.scalars(sa.select(Case).where(Case.reference == opened.reference)).one()
        return case.kind, case.route, case.entry.text


def test_an_advertisement_lies_at_reception_and_stays_readable(world: World) -> None:
    opened = sent(world, ADVERT)
    assert marks_in(world) == {MarkKind.JUNK: True}
    assert labels_of(world, opened) == ("other", "reception", ADVERT)
    shown = text_of(world.client(CLERK).get(opened.page))
    assert ADVERT in shown
    assert "Giống tin rác" in shown
    assert "Giống quảng cáo, gõ thử hoặc lặp đi lặp lại" in shown


def test_what_speaks_of_danger_is_no_junk(world: World) -> None:
    opened = sent(world, ADVERT, reading("petition", "security_order", urgent=True))
    assert marks_in(world) == {}
    assert labels_of(world, opened)[0] == "petition"


def test_foul_words_are_covered_behind_a_press_and_change_nothing_else(world: World) -> None:
    opened = sent(world, RUDE)
    assert marks_in(world) == {MarkKind.INSULT: True}
    assert labels_of(world, opened) == ("petition", HEAD, RUDE)
    shown = text_of(world.client(HEAD).get(opened.page))
    assert f"<blockquote>{RUDE.replace(RUDE_WORDS, '[…] chúng mày')}</blockquote>" in shown
    assert f"<summary>{COVERED}</summary>\n<blockquote>{RUDE}</blockquote>" in shown


def test_the_inbox_covers_foul_words_until_the_mark_is_lifted(world: World) -> None:
    opened, officer = sent(world, RUDE), world.client(HEAD)
    assert RUDE_WORDS not in text_of(officer.get("/can-bo/"))
    assert "[…] chúng mày" in text_of(officer.get("/can-bo/"))
    press(officer, opened, "khong-nang-loi", ROAD)
    assert RUDE_WORDS in text_of(officer.get("/can-bo/"))


def test_a_person_lifts_a_mark_and_sets_it_again(world: World) -> None:
    opened, officer = sent(world, RUDE), world.client(HEAD)
    lifted = press(officer, opened, "khong-nang-loi", ROAD, text=ANSWER)
    assert (lifted.status_code, lifted.location) == (303, opened.page)
    assert marks_in(world) == {MarkKind.INSULT: False}
    page = officer.get(opened.page)
    assert COVERED not in text_of(page)
    assert RUDE in text_of(page)
    assert "bỏ dấu lời nặng nề" in text_of(page)
    assert textarea_of(page) == ANSWER, "what was typed beside the press is kept"
    press(officer, opened, "nang-loi", ROAD)
    assert marks_in(world) == {MarkKind.INSULT: True}
    assert COVERED in text_of(officer.get(opened.page))
    assert acts_of(world, opened) == ["opened", "lifted_insult", "drafted", "marked_insult"]
    with world.database.reading() as session:
        assert verify_all(session).faults == []


def test_junk_is_set_and_lifted_by_hand_and_the_case_stays_where_it_is(world: World) -> None:
    opened, officer = sent(world, HOLE), world.client(HEAD)
    press(officer, opened, "la-rac", ROAD)
    assert "Giống tin rác" in text_of(officer.get(opened.page))
    assert labels_of(world, opened) == ("petition", HEAD, HOLE)
    press(officer, opened, "khong-la-rac", ROAD)
    assert "Giống tin rác" not in text_of(officer.get(opened.page))
    with world.database.reading() as session:
        (mark,) = session.scalars(sa.select(EntryMark)).all()
        who = session.scalars(sa.select(CaseEvent.account_id).where(CaseEvent.act == "lifted_junk")).one()
        assert mark.set_by == mark.lifted_by == who
        assert session.scalars(sa.select(Entry.text)).one() == HOLE


def test_nobody_marks_a_case_that_is_not_his_or_is_done(world: World) -> None:
    opened = sent(world, HOLE)
    version = version_of(world.client(HEAD).get(opened.page))
    assert press(world.client("justice_officer"), opened, "la-rac", version=version).status_code == 404
    press(world.client("chairperson"), opened, "ky", ROAD, text=ANSWER)
    assert press(world.client(HEAD), opened, "la-rac", version="99").status_code == 409
    assert marks_in(world) == {}
    assert "Đánh dấu tin rác" not in text_of(world.client(HEAD).get(opened.page))


def test_pressed_twice_marks_once_and_is_no_conflict(world: World) -> None:
    opened, officer = sent(world, HOLE), world.client(HEAD)
    version = version_of(officer.get(opened.page))
    answers = [press(officer, opened, "la-rac", ROAD, version=version) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert acts_of(world, opened) == ["opened", "marked_junk"]


def test_beside_one_matter_foul_words_of_the_whole_letter_are_covered_and_can_be_opened(world: World) -> None:
    opened, officer = sent(world, f"Ổ gà trước cổng trường. {RUDE}"), world.client(HEAD)
    with world.database.writing() as session:
        case = session.scalars(sa.select(Case)).one()
        case.part_start, case.part_end = 0, len("Ổ gà trước cổng trường.")
    shown = text_of(officer.get(opened.page))
    assert shown.count("đ.m") == 1
    assert COVERED in shown
    assert press(officer, opened, "khong-nang-loi", ROAD).status_code == 303
    assert marks_in(world) == {MarkKind.INSULT: False}


def test_alike_cases_are_linked_beside_the_words(world: World) -> None:
    first = sent(world, f"{RUDE} Chỗ quán bà Tím bản Nà Sàng.")
    again = sent(world, "duong vao ban na sang sut 1 met cho quan ba Tim, khong ai sua")
    shown = text_of(world.client(HEAD).get(again.page))
    assert "Có thể cùng một việc" in shown
    assert f'href="{first.page}"' in shown
    assert RUDE_WORDS not in shown
    assert "Có thể cùng một việc" not in text_of(world.client(HEAD).get(sent(world, "Chợ họp lấn đường").page))


def test_a_hidden_case_changes_no_byte_of_what_is_suggested(world: World) -> None:
    first, officer = sent(world, LAMP), world.client(HEAD)
    again = sent(world, "den cho quan ba Tim nga ba na sang van tat, toi om")
    before = [officer.get(opened.page).data for opened in (first, again)]
    hidden = sent(world, f"Ông Hoàng Minh Tuấn quát dân khi hỏi: {LAMP}", reading(accuses_staff=True))
    assert [officer.get(opened.page).data for opened in (first, again)] == before
    assert hidden.page in text_of(world.client("chairperson").get(first.page))
