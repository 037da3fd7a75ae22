"""Pointed promises of `mentioned`: who is meant by a name, a title, a field of work or a desk, one cause each."""

import pytest

from triage.reading.variants import bare
from triage.routing.mentions import mentioned
from triage.routing.roster import Person, Roster
from triage.routing.tokens import forms, is_syllable, tokenize


def people(text: str, roster: Roster) -> list[set[str]]:
    """Whom each mention of staff may mean, in order."""
    found = mentioned(text, roster)
    return [{holder.person.id for holder in one.holders} for one in found if one.holders]


def meant(text: str, roster: Roster) -> set[str]:
    """Everybody of the staff the text may mean."""
    return set().union(*people(text, roster))


# --- kin words ---


@pytest.mark.parametrize("text", ["Anh một cửa bảo tôi về", "Hôm qua Anh công an bảo tôi về", "anh cong an bao toi ve"])
def test_a_kin_word_with_a_capital_is_nobodys_name(text: str, rosters: dict[str, Roster]) -> None:
    field = {"k12"} if "cửa" in text else {"k13", "k14"}
    assert meant(text, rosters["tan_khe"]) & field
    assert not meant("Anh công an bảo tôi về", rosters["tan_khe"]) & {"k12"}
    assert meant("anh Anh bảo tôi về", rosters["tan_khe"]) == {"k12"}


@pytest.mark.parametrize("kin", ["O", "o", "Mệ", "Mụ", "Mự", "Dì", "Mợ", "Thím", "Bà chị", "Cô em"])
def test_kin_words_of_every_region_call_a_woman(kin: str, commune: Roster) -> None:
    (found,) = mentioned(f"{kin} Hạnh tư pháp quát tôi", commune)
    assert [holder.person.id for holder in found.holders] == ["tp1"]
    assert found.gender == "female"
    assert found.start == 0


@pytest.mark.parametrize("kin", ["Eng", "Bọ", "Dượng", "Cậu", "Chú em", "Ông anh"])
def test_kin_words_of_every_region_call_a_man(kin: str, commune: Roster) -> None:
    (found,) = mentioned(f"{kin} Sơn nông nghiệp quát tôi", commune)
    assert ([holder.person.id for holder in found.holders], found.gender) == (["nn1"], "male")


def test_to_whoever_leaves_out_marks_o_is_no_aunt(commune: Roster) -> None:
    (found,) = mentioned("toi hoi o Hanh tu phap", commune)
    assert found.gender == ""


@pytest.mark.parametrize(
    "text", ["Mấy cô mấy chú ngồi quầy lướt mạng", "cô chú ngồi quầy lướt mạng", "mấy ông bà ngồi quầy lướt mạng"]
)
def test_men_and_women_at_the_counters(text: str, commune: Roster) -> None:
    assert meant(text, commune) == meant(bare(text), commune) == {"mc1", "mc2", "mc3"}


@pytest.mark.parametrize("text", ["Chị ngồi quầy 2 quát tôi", "Chị tóc ngắn đeo kính ở quầy số hai quát tôi"])
def test_a_desk_with_a_number_is_that_desk(text: str, commune: Roster) -> None:
    (found,) = mentioned(text, commune)
    assert ([holder.person.id for holder in found.holders], found.gender) == (["mc2"], "female")


@pytest.mark.parametrize(
    "text", ["Anh Tuấn ở quầy photo tính đắt", "Tôi ngồi quầy nước trước cổng", "em ngồi quầy bán rau"]
)
def test_other_counters_are_none_of_ours(text: str, commune: Roster) -> None:
    assert not meant(text, commune) & {"mc1", "mc2", "mc3"}


# --- names told by the work said beside them ---


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Tuấn sổ đỏ chưa ký cho tôi", "dc1"),
        ("Hoa một cửa nhận đơn rồi làm mất", "mc1"),
        ("Hoa bên một cửa nhận đơn rồi làm mất", "mc1"),
        ("Sơn lúa chưa về xem đồng", "nn1"),
        ("Hạnh, tư pháp, viết sai tên con tôi", "tp1"),
        ("Mai lo hộ nghèo bỏ sót nhà tôi", "vx1"),
        ("Anh Tuấn (địa chính) hẹn mãi", "dc1"),
        ("Tuấn ở công an giữ xe của tôi", "ca1"),
    ],
)
def test_a_byname_tells_who_and_makes_a_name_of_the_first_word(text: str, person: str, commune: Roster) -> None:
    assert person in meant(text, commune)
    assert not meant(text, commune) & ({"dc1", "ca1", "vt", "mc1"} - {person})
    assert person in meant(bare(text), commune)


@pytest.mark.parametrize(
    "text", ["Thu tiền mà không có biên lai", "Sơn tường nhà văn hóa đã bong", "hoa mau o ruong ngap"]
)
def test_common_words_that_open_a_text_are_nobodys_byname(text: str, commune: Roster) -> None:
    assert meant(text, commune) == set()


@pytest.mark.parametrize("text", ["Anh Tuấn, họ Trịnh, hẹn mãi", "anh tuan ho trinh hen mai"])
def test_the_family_name_tells_two_namesakes_apart(text: str, commune: Roster) -> None:
    assert meant(text, commune) == {"ca1"}


def test_who_is_not_the_other_of_that_name(commune: Roster) -> None:
    text = "Anh Tuấn bữa trước hẹn tôi, không phải anh Tuấn công an"
    assert people(text, commune) == people(bare(text), commune) == [{"dc1"}, {"ca1"}]


def test_a_rank_tells_whose_title_has_it() -> None:
    staff = (
        Person("chief", "Đinh Công Sơn", "Trung tá, Trưởng Công an xã", "commune_police_chief", "Công an xã"),
        Person("officer", "Cầm Văn Sơn", "Đại úy, cán bộ căn cước", "police_officer", "Công an xã"),
        Person("doctor", "Hà Hữu Lộc", "Bác sĩ, Trưởng trạm Y tế", "health_station_head", "Trạm Y tế"),
        Person("head", "Trịnh Văn Lộc", "Trưởng phòng Kinh tế", "economy_department_head", "Phòng Kinh tế"),
    )
    for text, person in (
        ("Đại úy Sơn bắt chờ", "officer"),
        ("trung ta Son bat cho", "chief"),
        ("Bác sĩ Lộc", "doctor"),
    ):
        assert meant(text, Roster("Xã A", staff)) == {person}


def test_a_rank_without_a_title_is_of_the_police(commune: Roster) -> None:
    assert meant("Trung úy Tuấn bắt chờ", commune) == {"ca1"}


@pytest.mark.parametrize("text", ["Hạnh và Nam ở tư pháp làm chậm", "hanh va nam o tu phap lam cham"])
def test_two_names_before_one_office(text: str, commune: Roster) -> None:
    assert meant(text, commune) == {"tp1", "tp2"}


def test_an_office_after_a_name_says_more_of_whoever_is_named(commune: Roster) -> None:
    assert meant("Chị Hoa, họ Lò, bên một cửa, làm mất đơn", commune) == {"mc1"}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Anh Nguyễn V. Tuấn hẹn mãi", "dc1"),
        ("Ông A Tùa bàn 3 hẹn mãi", "mc3"),
        ("duc manh ky giay sai cho toi", "tpkt"),
    ],
)
def test_a_middle_name_said_with_the_given_name_is_a_name(text: str, person: str, commune: Roster) -> None:
    assert meant(text, commune) == {person}


@pytest.mark.parametrize(
    "text",
    [
        "Bà Mai bán rượu đầu cầu lấn đường",
        "Bà Mai bán vé số bị cướp",
        "Ông Thắng thầy cúng mất trộm lợn",
        "Thầy Thắng hiệu trưởng thu quỹ lớp",
        "Trần Văn Tuấn tài xế xe ben chạy ẩu",
        "Phạm Văn Đức Mạnh lấn đất nhà tôi",
        "Ca sĩ Mai hát to quá",
    ],
)
def test_citizens_of_other_trades_and_families_are_none_of_ours(text: str, commune: Roster) -> None:
    assert meant(text, commune) == set()


def test_who_is_blamed_for_selling_land_is_no_trader(commune: Roster) -> None:
    assert meant("Bà Mai bán đất công của bản", commune) == {"vx1"}


@pytest.mark.parametrize(
    ("text", "person"),
    [("cb đc hẹn đo mãi", "dc1"), ("cb dc hen mai", "dc1"), ("tp kt hẹn mãi", "tpkt"), ("tpkt hẹn mãi", "tpkt")],
)
def test_shorthand_of_posts(text: str, person: str, commune: Roster) -> None:
    assert meant(text, commune) == {person}


def test_the_whole_commune_without_marks_is_no_police(commune: Roster) -> None:
    assert not meant("ho ban giong cho ca xa", commune)
    assert "ca1" in meant("ca xa bat xe toi", commune)


# --- misspelt ---


@pytest.mark.parametrize("name", ["Hạn", "Hạh", "Hnạh", "Hạnhh"])
def test_a_misspelt_given_name_after_a_kin_word(name: str, commune: Roster) -> None:
    assert meant(f"Chị {name} hẹn mãi không làm", commune) == {"tp1"}


@pytest.mark.parametrize("name", ["Hiên", "Hân", "Hằng", "Tâm"])
def test_another_name_is_no_misspelling(name: str, commune: Roster) -> None:
    assert meant(f"Chị {name} hẹn mãi không làm", commune) == set()


@pytest.mark.parametrize(
    "title",
    [
        "Trưởng phog kinh tế",
        "Trưởgn phòng kinh tế",
        "trưỡng phòng kinh tế",
        "truogn phong kinh te",
        "Trưởng phòngg kinh tế",
    ],
)
def test_a_misspelt_title(title: str, commune: Roster) -> None:
    assert meant(f"{title} quát tôi", commune) == {"tpkt"}


def test_what_can_be_no_word_is_told_from_what_can() -> None:
    assert all(map(is_syllable, ["quyet", "nghieng", "khuya", "yeu", "uy", "a", "phong", "truong", "giuong"]))
    assert not any(map(is_syllable, ["phogn", "truogn", "photo", "dc", "ksor"]))
    assert forms("phòg") == forms("phòng")
    assert forms("mìh") == forms("mình")
    assert forms("ah")[0] == "ah"
    assert tokenize("photo iphone").folds == ("photo", "iphone")


# --- half-typed ---


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("truong ban Na Cang ăn chặn gạo của bà con mình suốt mua mua", "tb1"),
        ("a T. dia chinh giữ sổ đỏ nhà tôi 5 thang nay de kiem tra", "dc1"),
        ("anh t địa chính giữ sổ đỏ nhà tôi", "dc1"),
        ("anh T. bên địa chính giữ sổ đỏ nhà tôi", "dc1"),
    ],
)
def test_titles_without_marks_in_a_half_marked_text(text: str, person: str, commune: Roster) -> None:
    assert meant(text, commune) == {person}


# --- namesakes ---


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Anh Tuấn đo đất đòi 2 triệu", "dc1"),
        ("anh tuan xuong do dat doi 2 trieu", "dc1"),
        ("Anh Tuấn làm căn cước hẹn mãi", "ca1"),
        ("Chị Hoa giữ con dấu hẹn mãi", "vt"),
        ("chi hoa dong dau hen mai", "vt"),
    ],
)
def test_the_work_tells_two_namesakes_apart(text: str, person: str, commune: Roster) -> None:
    assert meant(text, commune) == {person}


def test_the_same_name_with_other_work_is_the_other_person(commune: Roster) -> None:
    text = "Không phải anh Tuấn công an đâu, tôi nói anh Tuấn đo đất ấy"
    assert people(text, commune) == people(bare(text), commune) == [{"ca1"}, {"dc1"}]


@pytest.mark.parametrize("text", ["cái anh đo đất đòi tiền", "Anh đo đất đòi tiền", "mấy anh đo đạc đòi tiền"])
def test_work_alone_tells_whose_it_is(text: str, commune: Roster) -> None:
    assert meant(text, commune) == {"dc1"}


@pytest.mark.parametrize("text", ["em làm khai sinh cho con", "tôi làm khai sinh cho con", "vợ tôi làm kết hôn ở đây"])
def test_who_comes_for_a_paper_is_no_officer(text: str, commune: Roster) -> None:
    assert meant(text, commune) == set()


@pytest.mark.parametrize(
    "text", ["Trưởng phòng bảo tôi hỏi trưởng phòng kinh tế", "Trưởng phòng kinh tế bảo chờ. Trưởng phòng đi họp mãi"]
)
def test_a_title_said_more_fully_once_is_meant_twice(text: str, commune: Roster) -> None:
    assert people(text, commune) == [{"tpkt"}, {"tpkt"}]


@pytest.mark.parametrize(("kin", "person"), [("ông", "pct1"), ("bà", "pct2")])
def test_the_kin_word_that_goes_on_tells_which_deputy(kin: str, person: str, commune: Roster) -> None:
    assert meant(f"Đơn nằm ở phó chủ tịch: {kin} để đó đi họp", commune) == {person}
    assert meant(f"Hai phó chủ tịch: {kin} nào cũng đi họp", commune) == {"pct1", "pct2"}


def test_one_of_an_office_named_later_is_whom_the_office_means(commune: Roster) -> None:
    assert meant("Tư pháp hẹn năm ngày, tới nữa chị Hạnh cười khẩy", commune) == {"tp1"}
    text = "Tư pháp làm mất giấy, may có chị Hạnh tìm lại"
    assert people(text, commune) == people(bare(text), commune) == [{"tp1", "tp2"}, {"tp1"}]


def test_a_desk_named_before_is_whose_counter_it_is(commune: Roster) -> None:
    assert people("Quầy số 2 bảo về, chị ngồi quầy còn mắng", commune) == [{"mc2"}, {"mc2"}]


# --- titles and offices ---


def test_the_title_decides_where_the_name_fits_nobody_there(commune: Roster) -> None:
    assert people("Ông Chánh văn phòng tên Sơn quát tôi", commune) == [{"cvp"}]
    assert people("Ông Chánh văn phòng tên Khoi quát tôi", commune) == [{"cvp"}]
    assert people("Trưởng phòng kinh tế tên Sơn quát tôi", commune) == [{"nn1"}]  # a colleague, raised a rank


@pytest.mark.parametrize(
    "words", ["từ chủ tịch trở xuống", "từ ông chủ tịch trở xuống", "tu chu tich tro xuong", "chủ tịch với các phó"]
)
def test_all_leaders_together(words: str, commune: Roster) -> None:
    assert meant(f"Trên xã {words}, năm nào cũng hứa", commune) == {"ct", "pct1", "pct2"}


@pytest.mark.parametrize("who", ["Người ký cái quyết định", "Ông ký tờ quyết định", "nguoi ky vao quyet dinh"])
def test_whoever_signed_the_decision(who: str, commune: Roster) -> None:
    assert meant(f"{who} này chưa một lần xuống xem", commune) == {"ct"}


@pytest.mark.parametrize(
    ("office", "person"), [("Bên chính sách", "vx1"), ("bộ phận xây dựng", "dc1"), ("ben chinh sach", "vx1")]
)
def test_a_part_of_the_office_stands_for_its_people(office: str, person: str, commune: Roster) -> None:
    assert meant(f"{office} bắt đi lại ba lần", commune) == {person}


def test_the_counter_for_a_matter_is_whoever_sits_there() -> None:
    officer = Person("officer", "Lê Thị An", "Công chức tư pháp – hộ tịch", "justice_officer", "Văn phòng")
    clerk = Person("clerk", "Lê Thị Ba", "Nhân viên quầy số 1 (hộ tịch)", "counter_clerk", "Trung tâm hành chính công")
    assert meant("Quầy hộ tịch đóng cửa sớm", Roster("Xã A", (officer, clerk))) == {"clerk"}
    assert meant("Bên hộ tịch đóng cửa sớm", Roster("Xã A", (officer, clerk))) == {"officer"}


# --- none of ours ---


@pytest.mark.parametrize(
    "text",
    [
        "Bác sĩ Hoa khoa nhi bệnh viện tỉnh quát vợ tôi",
        "Luật sư Tuấn nói xã làm sai",
        "Cô y tá tên Hoa quát mẹ tôi",
        "Anh Tuấn điện lực hẹn mãi không kéo dây",
        "Cán bộ hộ tịch bên quê vợ tôi ngâm giấy",
        "cán bộ địa chính dưới quê ngâm giấy",
        "Tôi tên Nguyễn Văn Tuấn, ở trong xã",
        "Anh Tuấn đội 2 đổ rác ra mương",
    ],
)
def test_people_of_other_places_are_none_of_ours(text: str, commune: Roster) -> None:
    assert meant(text, commune) == meant(bare(text), commune) == set()


@pytest.mark.parametrize("text", ["Anh Tuấn đòi 2 triệu", "anh Tuấn đòi 3 lần mới thôi", "anh tuan doi 2 trieu"])
def test_who_asks_for_money_lives_in_no_hamlet(text: str, commune: Roster) -> None:
    """ "đòi 2" (asks for 2) was read as "đội 2", the second hamlet."""
    assert meant(text, commune) == {"dc1", "ca1"}


@pytest.mark.parametrize("text", ["tuan lam viec cham qua, hen mai", "Tuấn bên xã hẹn mãi"])
def test_a_bare_name_that_opens_a_text_and_works_is_one_of_ours(text: str, commune: Roster) -> None:
    assert meant(text, commune) == {"dc1", "ca1"}


def test_where_a_sentence_begins_a_capital_makes_no_name_of_a_title(commune: Roster) -> None:
    """ "Trưởng" is not Trường, who leads the centre."""
    assert meant("Trưởng phòng kinh tế quát tôi", commune) == {"tpkt"}
    assert meant("Trưởng phong kinh tế quát tôi", commune) == {"tpkt"}


@pytest.mark.parametrize("title", ["chủ tich xã", "chu tich xã", "chũ tịch xã"])
def test_one_mark_left_out_of_a_title_changes_nobody(title: str, commune: Roster) -> None:
    assert meant(f"Hôm qua ông {title} quát mẹ tôi ở hội trường", commune) == {"ct"}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Ông chủ tịt làm ngơ", "ct"),
        ("Ông dám đốc trung tâm phục vụ hành chính công đi vắng suốt", "gd"),
        ("Trưởng phòng kin tế khất tôi hai lần", "tpkt"),
        ("Cán bộ địa trính đòi tôi tiền", "dc1"),
        ("Ông chánh dăn phòng quát tôi", "cvp"),
    ],
)
def test_a_title_written_as_it_sounds(text: str, person: str, commune: Roster) -> None:
    assert meant(text, commune) == {person}


@pytest.mark.parametrize("text", ["Mùa này giao thôn xóm đi lại khó", "Chú thích ghi sai", "Tờ giấy trường thông báo"])
def test_what_only_sounds_like_part_of_a_title_is_none(text: str, commune: Roster) -> None:
    assert meant(text, commune) == set()


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Người đo đất bảo thửa nhà tôi thiếu", "dc1"),
        ("Người phụ trách xét hộ nghèo bỏ sót nhà tôi", "vx1"),
        ("Người gọi đi khám nghĩa vụ dọa con tôi", "qs"),
        ("ong do dat doi tien", "dc1"),
        ("Bà văn thơ làm lạc đơn của tui", "vt"),
        ("Chị đóng mộc bắt tôi đợi", "vt"),
        ("tp kt không trả lời đơn", "tpkt"),
        ("TP vhxh hứa rồi quên", "tpvx"),
        ("cvp hđnd ubnd không cho tôi vào gặp ai", "cvp"),
        ("Xếp công an bênh người nhà", "cat"),
        ("Thủ trưởng của mấy đứa bên hành chính công ở đâu", "gd"),
        ("Ông to nhất ở ủy ban có biết không", "ct"),
        ("Trưởng bản ở Nà Cang bớt gạo của dân", "tb1"),
        ("Xóm trưởng Nà Cang bớt gạo của dân", "tb1"),
    ],
)
def test_work_and_posts_in_other_words(text: str, person: str, commune: Roster) -> None:
    assert meant(text, commune) == {person}


@pytest.mark.parametrize(
    "text",
    [
        "Người lao động chờ lâu quá",
        "Người làm nông nghiệp cần vay vốn",
        "co do dat lai khong a",
        "Bí thư đoàn xã đá bóng giỏi",
        "Địa chính bên xã Chiềng Ơn cắm mốc lấn sang",
        "Công an xã Nà Mường giữ xe con tôi",
        "Cô ngồi quầy thuốc bán đắt",
    ],
)
def test_citizens_and_officers_of_other_places(text: str, commune: Roster) -> None:
    assert meant(text, commune) == set()


def test_the_head_of_a_board_of_a_hamlet_is_its_village_head() -> None:
    title = "Trưởng Ban nhân dân ấp"
    heads = (
        Person("a", "Trần Văn Sáu", f"{title} Bàu Sen", "village_head", "", "male"),
        Person("b", "Lê Thị Bảy", f"{title} Rạch Gốc", "village_head", "", "female"),
    )
    hamlets = Roster("Xã Tân Lộc", heads)
    assert meant("Trưởng ấp Bàu Sen thu tiền đèn", hamlets) == {"a"}
    assert meant("ap truong rach goc thu tien den", hamlets) == {"b"}
