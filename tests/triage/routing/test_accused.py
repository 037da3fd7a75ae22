"""Pointed promises of `find_accused`, one rule each."""

import time
import unicodedata

import pytest

from triage.routing.accused import find_accused, kept_out, weigh
from triage.routing.mentions import mentioned
from triage.routing.roster import Person, Roster
from vietnamese.text import nfc


def ids(text: str, roster: Roster) -> set[str]:
    return set(find_accused(text, roster))


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Văn Tuấn",
        "nguyen van tuan",
        "NGUYỄN VĂN TUẤN",
        "Nguyên Văn Tuấn",
        "Nguyễn Van Tuấn",
        "Nguyễn Văn Tuấnn",
        "Nguyễng Văn Tuấn",
        unicodedata.normalize("NFD", "Nguyễn Văn Tuấn"),
    ],
)
def test_a_full_name_is_found_however_it_is_typed(name: str, commune: Roster) -> None:
    assert ids(f"Ông {name} nhận tiền của dân", commune) == {"dc1"}


@pytest.mark.parametrize("name", ["Thúy", "Thuý", "thúy", "Thuy", "THÚY"])
def test_old_and_new_tone_placement_are_one_name(name: str, commune: Roster) -> None:
    assert ids(f"Chị {name} bàn số 2 quát mẹ tôi", commune) == {"mc2"}


def test_the_words_of_a_finding_stand_where_the_positions_say(commune: Roster) -> None:
    text = unicodedata.normalize("NFD", "Hôm qua anh Tuấn địa chính\u200b đòi 2 triệu.")
    (found,) = weigh(text, commune)
    assert nfc(text)[found.start : found.end] == found.words == "anh Tuấn địa chính"
    assert (found.mention.how, found.blamed, found.misconduct) == ("given_name", True, True)


def test_each_person_is_listed_once(commune: Roster) -> None:
    text = "Tôi gặp anh Tuấn địa chính. Hôm sau anh Tuấn địa chính đòi tiền."
    assert find_accused(text, commune) == ("dc1",)


def test_two_people_with_one_name_are_both_kept_out_when_nothing_tells_them_apart(commune: Roster) -> None:
    assert ids("Anh Tuấn quát tôi", commune) == {"dc1", "ca1"}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Anh Tuấn địa chính quát tôi", "dc1"),
        ("Anh Tuấn bên công an quát tôi", "ca1"),
        ("Tôi ra công an xã, anh Tuấn quát tôi", "ca1"),
        ("Anh Tuấn công an hẹn mãi. Hôm qua anh Tuấn quát tôi", "ca1"),
    ],
)
def test_a_field_of_work_tells_two_namesakes_apart(text: str, person: str, commune: Roster) -> None:
    assert ids(text, commune) == {person}


def test_the_kin_word_tells_man_from_woman() -> None:
    roster = Roster("Xã A", (Person("m", "Lê Văn Hòa", gender="nam"), Person("f", "Lê Thị Hòa", gender="nữ")))
    assert ids("Chị Hòa quát tôi", roster) == {"f"}
    assert ids("Anh Hòa quát tôi", roster) == {"m"}
    assert ids("Cán bộ Hòa quát tôi", roster) == {"m", "f"}


def test_marks_tell_hoa_from_hoa() -> None:
    roster = Roster("Xã A", (Person("1", "Lê Thị Hoa"), Person("2", "Lê Thị Hòa")))
    assert ids("Chị Hoa quát tôi trước mặt mọi người", roster) == {"1"}
    assert ids("Chị Hòa quát tôi trước mặt mọi người", roster) == {"2"}
    assert ids("chi Hoa quat toi truoc mat moi nguoi", roster) == {"1", "2"}
    assert ids("Chị Lê Thị Hoa quát tôi trước mặt mọi người", roster) == {"1"}
    assert ids("chi Le Thi Hoa quat toi truoc mat moi nguoi", roster) == {"1", "2"}
    assert ids("Chị Le Thi Hoa quát tôi trước mặt mọi người", roster) == {"1", "2"}


def test_somebody_else_with_the_same_given_name_is_not_the_officer(commune: Roster) -> None:
    assert ids("Anh Trần Văn Tuấn đổ rác ra mương", commune) == set()
    assert ids("anh tran van tuan do rac ra muong", commune) == set()


def test_a_title_finds_whoever_holds_the_post(rosters: dict[str, Roster]) -> None:
    assert ids("Trưởng phòng kinh tế hách dịch", rosters["na_phieng"]) == {"tpkt"}
    assert ids("Trưởng phòng kinh tế hách dịch", rosters["dong_hai"]) == {"w-kt"}


def test_a_field_without_an_officer_of_its_own_means_the_department() -> None:
    staff = (
        Person("head", "Lê Văn An", "Trưởng phòng Kinh tế", "economy_department_head", "Phòng Kinh tế"),
        Person("one", "Lê Văn Ba", "Chuyên viên", "specialist", "Phòng Kinh tế"),
        Person("two", "Lê Văn Tư", "Chuyên viên", "specialist", "Phòng Kinh tế"),
        Person("other", "Lê Văn Sáu", "Chuyên viên", "specialist", "Văn phòng"),
    )
    assert ids("cán bộ địa chính đòi tiền", Roster("Xã A", staff)) == {"one", "two"}
    assert ids("cán bộ địa chính đòi tiền", Roster("Xã A", staff[:1])) == {"head"}


@pytest.mark.parametrize(
    "text",
    [
        "Kính gửi ông Chủ tịch UBND xã, cán bộ hẹn mãi không làm",
        "Mong chủ tịch xem xét tình trạng bao che này",
        "Chủ tịch tỉnh nhận phong bì",
        "Chủ tịch xã Mường Khao nhận phong bì",
        "Nguyên chủ tịch xã nhận phong bì",
        "Chủ tịch hội nông dân nhận phong bì",
        "Không phải lỗi của ông chủ tịch",
        "Cảm ơn chủ tịch đã xuống tận bản",
    ],
)
def test_who_is_not_accused(text: str, commune: Roster) -> None:
    assert ids(text, commune) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Kính gửi ông Chủ tịch. Ông bao che cho xưởng gỗ.",
        "Báo chủ tịch rồi mà ông ấy làm ngơ",
        "Đề nghị chủ tịch đừng bao che nữa",
        "Chủ tịch xã Nà Phiêng nhận phong bì",
        "Mang phong bì đến nhà chủ tịch",
        "Cảm ơn chủ tịch đã đuổi dân ra khỏi phòng",
        "chu tich xa an chan tien den bu",
        "CHỦ TỊCH XÃ ĂN CHẶN TIỀN ĐỀN BÙ",
    ],
)
def test_the_chairperson_is_kept_from_a_text_that_accuses_staff(text: str, commune: Roster) -> None:
    found = kept_out(weigh(text, commune))
    assert {holder.person.id for finding in found for holder in finding.mention.holders} == {"ct"}


def test_the_family_of_an_officer_keeps_the_officer_out(commune: Roster) -> None:
    (found,) = weigh("Con trai ông trưởng công an đánh người", commune)
    assert [holder.person.id for holder in found.mention.holders] == ["cat"]
    assert found.mention.family
    assert kept_out([found]) == (found,)


def test_a_citizen_named_once_stays_a_citizen(commune: Roster) -> None:
    text = "Nhà bà Lan bên cạnh nuôi lợn hôi. Bà Lan còn đổ rác ra đường."
    assert ids(text, commune) == set()
    assert ids(text + " Bà Lan trưởng phòng văn hóa thì bao che.", commune) == {"tpvx"}


def test_mentioned_lists_people_blamed_or_not(commune: Roster) -> None:
    mentions = mentioned("Cảm ơn chị Hạnh, còn anh Nam thì cáu", commune)
    assert [[holder.person.id for holder in mention.holders] for mention in mentions] == [["tp1"], ["tp2"]]


def test_weigh_says_what_was_said_of_each(commune: Roster) -> None:
    thanked, blamed = weigh("Chị Hạnh rất tốt. Anh Nam nhận tiền của tôi.", commune)
    assert (thanked.blamed, thanked.misconduct, blamed.misconduct) == (False, False, True)
    assert thanked.p < blamed.p
    assert kept_out([thanked, blamed]) == (blamed,)


@pytest.mark.parametrize("text", ["", " \n", "?!…", "12345", "😀", "a", "ông", "chủ tịch", "cán bộ", "bàn số"])
def test_odd_texts_raise_nothing(text: str, rosters: dict[str, Roster]) -> None:
    for roster in rosters.values():
        find_accused(text, roster)


def test_an_empty_roster_accuses_nobody(rosters: dict[str, Roster]) -> None:
    assert find_accused("Chủ tịch xã nhận tiền, anh Tuấn địa chính cũng thế", rosters["empty"]) == ()


def test_sixty_words_with_thirty_staff_take_about_a_millisecond(rosters: dict[str, Roster]) -> None:
    roster = rosters["van_xuan"]
    assert len(roster.staff) == 30
    text = (
        "Tuần trước lên xã tôi gặp chị kế toán, anh Vịnh bên Phòng Kinh tế hẹn mãi không làm, hỏi thì anh "
        "cười bảo hồ sơ trình rồi chỉ chờ chữ ký của chủ tịch mà chị văn thư nói chưa hề nhận được tờ nào "
        "trong tháng này cả nên dân chúng tôi chạy đi chạy lại khổ lắm"
    )
    assert len(text.split()) == 60
    find_accused(text, roster)
    best = min(_seconds(text, roster) for _ in range(20))
    assert best < 0.003  # measured 0.0005; the rest is room for a busy machine


def _seconds(text: str, roster: Roster) -> float:
    started = time.process_time()
    find_accused(text, roster)
    return time.process_time() - started


REPEATED = [
    "trưởng thôn ", "ông chủ tịch ", "anh Tuấn ", "quầy số 2. ", "công an xã, ", "nhận tiền ", "a. ", "cán bộ ",
    "anh Xýn ", "trưởgn phòg ", "anh đo đất ", "chị ngồi quầy ", "tư pháp, chị Hoa ", "phó chủ tịch, ông ",
]  # fmt: skip


@pytest.mark.parametrize("words", REPEATED)
def test_a_text_of_a_hundred_thousand_characters_costs_no_square(words: str, rosters: dict[str, Roster]) -> None:
    roster = rosters["van_xuan"]
    find_accused(words, roster)
    short, long = ((words * (length // len(words) + 1))[:length] for length in (12_500, 100_000))
    # One of three tries will do: machines are shared. A square would be 64 times, every time.
    tries = ((_seconds(short, roster), _seconds(long, roster)) for _ in range(3))
    assert any(slow < 8 * 3 * max(quick, 0.01) for quick, slow in tries)


@pytest.mark.parametrize("words", ["chu tich xa cu hen mai khong giai quyet", "chu tich xa ban noi dan ngu nhu bo"])
def test_without_marks_what_may_be_another_word_makes_nobody_an_outsider(words: str) -> None:
    """ "xa cu" is "xã cứ" as much as "xã cũ", "xa ban" is no more "xã bạn" than "xã bận"."""
    roster = Roster("Xã A", (Person("1", "Lê Văn An", "Chủ tịch UBND xã", "chairperson", "UBND"),))
    assert ids(words, roster) == {"1"}
    assert ids("Ông chủ tịch xã cũ hẹn mãi không giải quyết", roster) == set()
