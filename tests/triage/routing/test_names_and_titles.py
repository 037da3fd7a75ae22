"""More of who is meant, one cause each: names that stand alone, lists, streets, trades, old offices, shorthand."""

import pytest

from triage.reading.variants import bare
from triage.routing.mentions import mentioned
from triage.routing.roster import Person, Roster

COMMUNE = Roster(
    "Xã Phú Khê",
    (
        Person("chair", "Hoàng Đức Thắng", "Phó Bí thư Đảng ủy, Chủ tịch UBND xã", "chairperson", gender="male"),
        Person(
            "vice_he", "Trần Quang Lực", "Phó Chủ tịch UBND xã phụ trách kinh tế", "vice_chairperson", gender="male"
        ),
        Person(
            "vice_she", "Ngô Thị Thắm", "Phó Chủ tịch UBND xã phụ trách văn xã", "vice_chairperson", gender="female"
        ),
        Person("party", "Vũ Hồng Quân", "Bí thư Đảng ủy, Chủ tịch HĐND xã", "party_secretary", gender="male"),
        Person("land", "Nguyễn Anh Tuấn", "Công chức địa chính", "land_officer", gender="male"),
        Person("justice", "Phạm Thị Hoa", "Công chức tư pháp – hộ tịch", "justice_officer", gender="female"),
        Person("stamp", "Lê Thị Mỹ Hạnh", "Văn thư – lưu trữ", "archive_clerk", gender="female"),
        Person("farm", "Y Khoa Niê", "Công chức nông nghiệp, thú y", "agriculture_officer", gender="male"),
        Person("money", "Võ Đình Khoa", "Kế toán ngân sách", "accountant", gender="male"),
        Person("art", "Dương Quốc Việt", "Công chức văn hóa, truyền thanh", "culture_officer", gender="male"),
        Person("one", "Bùi Thị Loan", "Nhân viên quầy số 1 (hộ tịch)", "counter_clerk", gender="female"),
        Person("two", "Đinh Thị Lan", "Nhân viên quầy số 2 (đất đai)", "counter_clerk", gender="female"),
        Person("chief", "Nguyễn Hữu Thành", "Trung tá, Trưởng Công an xã", "commune_police_chief", gender="male"),
        Person("beat", "Đặng Ngọc Sơn", "Cảnh sát khu vực", "police_officer", gender="male"),
        Person("desk", "Kpă Sơn", "Cán bộ Công an, tổ căn cước", "police_officer", gender="male"),
        Person("head", "Đoàn Thị Hợi", "Trưởng thôn Đông", "village_head", gender="female"),
    ),
)


def meant(text: str) -> set[str]:
    return {holder.person.id for one in mentioned(text, COMMUNE) for holder in one.holders}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Loan bảo tôi mai quay lại lấy giấy.", "one"),
        ("Tuan hen chieu ma chieu khong thay mat", "land"),
        ("Việt hứa xuống sửa loa từ hôm kia.", "art"),
    ],
)
def test_a_bare_name_that_opens_a_sentence_and_speaks_is_somebody(text: str, person: str) -> None:
    assert meant(text) == {person}


@pytest.mark.parametrize(
    "text", ["Lan hen truoc toi da nop du giay", "Thành quả năm nay tốt lắm.", "Hoa nở khắp sân xã."]
)
def test_a_common_word_that_opens_a_sentence_is_nobody(text: str) -> None:
    assert not meant(text)


@pytest.mark.parametrize("text", ["Các chị Hoa, Loan, Hạnh đùn đẩy nhau", "Mấy chị Hoa, Hạnh với Loan đùn đẩy nhau"])
def test_every_name_of_a_list_is_somebody(text: str) -> None:
    assert meant(text) == {"justice", "one", "stamp"}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Ông Khoa Niê chậm tiêm cho đàn bò", "farm"),
        ("anh Sơn Kpă chụp căn cước lại cho tôi", "desk"),
        ("Anh Sơn công an, họ Đặng ấy, nạt tôi", "beat"),
        ("bà Chín phó chủ tịch hứa suông", "vice_she"),
        ("Nữ phó chủ tịch hứa suông", "vice_she"),
        ("Phó Bí thư Đảng ủy chưa trả lời tôi", "chair"),
        ("Gặp bí thư ba lần không xong", "party"),
        ("Ông Hoàng Đức Thắng, giữ chức vụ Chủ tịch xã, chưa trả lời", "chair"),
        ("Ông T. Q. L. gây khó", "vice_he"),
        ("Chị ngồi quầy thứ hai nạt tôi", "two"),
        ("Anh cảnh sát khu vực nạt tôi", "beat"),
    ],
)
def test_what_stands_beside_tells_which_of_several(text: str, person: str) -> None:
    assert meant(text) == {person}


@pytest.mark.parametrize(
    "text",
    [
        "Đường Nguyễn Hữu Thành tối om",
        "Anh Tuấn sửa xe đầu chợ lấy đắt",
        "Thầy Khoa dạy toán bắt học thêm",
        "Bác Thắng sửa khóa ở góc chợ chửi hàng xóm",
        "Chị Loan quản đốc xưởng may bắt tăng ca",
        "Con tôi là Lê Anh Tuấn cần sao giấy khai sinh",
        "Tôi sinh năm Hợi, đủ tuổi mừng thọ chưa",
        "Nghĩa trang có mộ các anh hùng liệt sĩ bị sụt",
        "Trưởng phòng nhân sự nhà máy không trả sổ",
        "Giám đốc công an tỉnh có số nóng không",
        "Ông chủ tịch hồi chưa nhập xã hứa làm cầu",
        "Kế toán bên xã láng giềng tính giúp tôi",
        "Hồi chị Mận còn làm văn thư thì giấy gọn",
        "Công an xã bên kia sông giữ xe tôi",
    ],
)
def test_streets_trades_and_former_holders_are_none_of_ours(text: str) -> None:
    assert not meant(text)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("TCAX chưa trả lời đơn của tôi", "chief"),
        ("Cb VHTT treo băng rôn che biển", "art"),
        ("Nhờ đc trưởng CA xã cho tuần tra", "chief"),
        ("a tuấn đchính hẹn mãi", "land"),
        ("Cấp phó nữ của chủ tịch hứa suông", "vice_she"),
        ("Ông lo việc tiêm phòng cho bò hẹn mãi", "farm"),
        ("Nhờ địa trính đo hộ ngõ", "land"),
        ("ong chu tit xa khong tiep dan", "chair"),
        ("Tôi hỏi ý tôi là ông Lực phó chủ tịch", "vice_he"),
    ],
)
def test_shorthand_work_and_titles_as_they_sound(text: str, person: str) -> None:
    assert person in meant(text)


def test_without_marks_the_same_people_are_meant() -> None:
    for text in (
        "Các chị Hoa, Loan, Hạnh đùn đẩy nhau",
        "Ông Khoa Niê chậm tiêm cho đàn bò",
        "Nữ phó chủ tịch hứa suông",
    ):
        assert meant(text) <= meant(bare(text))


@pytest.mark.parametrize("text", ["Tuấn ủy ban cầm giấy của tôi", "tuan uy ban hua roi quen", "Tuấn ở ủy ban bảo chờ"])
def test_a_name_with_the_office_after_it_is_somebody(text: str) -> None:
    assert meant(text) == {"land"}


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Dân hỏi chủ tịch thì bảo hỏi phó, hỏi phó thì bảo chờ", {"chair", "vice_he", "vice_she"}),
        ("dan hoi chu tich thi bao hoi pho, hoi pho thi bao cho", {"chair", "vice_he", "vice_she"}),
        ("Tôi gặp chủ tịch rồi ra phố mua giấy", {"chair"}),
        ("Hỏi trưởng phòng thì bảo hỏi phó phòng", set()),
    ],
)
def test_a_lone_deputy_who_is_asked_beside_a_chairperson_is_a_vice_chairperson(text: str, people: set[str]) -> None:
    assert meant(text) == people


def test_whom_the_kin_word_rules_out_is_not_meant_by_a_name_or_a_desk() -> None:
    assert meant("Bà Lực bắt tôi chờ") == set(), "Lực is a man"
    assert meant("Ông Hòa bắt tôi chờ") == set(), "Hoa is a woman"
    # Loan takes the papers in at the desk for hộ tịch; a man there is none of the roster's, so whoever does that work.
    assert meant("Cô ở bàn hộ tịch bắt tôi chờ") == {"one"}
    assert meant("Người ở ô hộ tịch bắt tôi chờ") == {"one"}


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Lên trình với ông Quân, ông nói đo rồi thì thôi", {"party"}),
        ("Đề nghị xử lý anh Tuấn: nhà tôi xin phép thì bắt sửa", {"land"}),
        ("Tuân địa chính hẹn tôi chiều thứ năm", {"land"}),
        ("Từ thôn lên ủy ban 2 cây số", set()),
        ("chi quay mot lay toi 60 nghin", {"one"}),
        ("cô ở máy số 2 cười tôi", {"two"}),
        ("Máy số 2 hỏng", set()),
        ("Ông nào ký cái thông báo này", {"chair", "vice_he", "vice_she"}),
        ("truong phong dung la tot", set()),
    ],
)
def test_turns_of_speech_that_were_once_misread(text: str, people: set[str]) -> None:
    assert meant(text) == people


@pytest.mark.parametrize(
    "text",
    [
        "Kẻ xưng là anh Tuấn địa chính gọi bắt tôi chuyển tiền",
        "Có người mạo danh chủ tịch gọi vay tiền",
        "Lên ngân hàng gặp một anh cũng tên Tuấn bảo máy lỗi",
    ],
)
def test_impostors_and_others_of_the_same_name_are_none_of_ours(text: str) -> None:
    assert not meant(text)
