"""Personal details are hidden, what only looks like one stays, and any string may come."""

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.reading.redaction_figures import MarkedEntry, RedactionFigures, load_marked, measure, stripped
from vietnamese.redaction import MARKS, find_details, redact
from vietnamese.text import nfc, strip_marks

DEV = Path(__file__).parents[1] / "data" / "redaction" / "dev.jsonl"
ADDRESSES_DEV = DEV.with_name("addresses_dev.jsonl")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Gọi số 0912.345.678/0987.654.321 gặp Hương", "Gọi số [số điện thoại]/[số điện thoại] gặp [tên]"),
        ("sdt0912345678 zalo", "sdt[số điện thoại] zalo"),
        ("+84 912 345 678 hoặc (+84) 212 3852 111", "[số điện thoại] hoặc [số điện thoại]"),
        ("dt: 0212.3.852.111 - 0978.111.222", "dt: [số điện thoại] - [số điện thoại]"),
        ("goi o912 345 67o nhe", "goi [số điện thoại] nhe"),
        ("gọi 912 345 678 giúp", "gọi [số điện thoại] giúp"),
        (
            "không chín một hai ba, bốn năm sáu, bảy tám hai lần không nghe",
            "[số điện thoại] hai lần không nghe",
        ),
        ("CCCD: 014187003452, cmnd 050 123 456", "CCCD: [số định danh], cmnd [số định danh]"),
        ("cccd so 0 1 4 1 8 7 0 0 3 4 5 2", "cccd so [số định danh]"),
        ("stk 1234567890 ngân hàng ACB", "stk [số tài khoản] ngân hàng ACB"),
        ("trả về 0011 0042 7765 3 Vietcombank", "trả về [số tài khoản] Vietcombank"),
        ("chuyển khoản vào 050 1234 88 709", "chuyển khoản vào [số tài khoản]"),
        ("lan99 a còng gmail chấm com", "[thư điện tử]"),
        ("Lan.99 (at) gmail.com nhé", "[thư điện tử] nhé"),
        ("mã hồ sơ 000.00.17.H52-240315-0012", "mã hồ sơ [mã số giấy tờ]"),
        ("thẻ BHYT GD 4 14 14 20 123 456", "thẻ BHYT [mã số giấy tờ]"),
        ("xe 26B1-123.45 đâm", "xe [mã số giấy tờ] đâm"),
        ("MST hộ kinh doanh 0801 337 425-001", "MST hộ kinh doanh [mã số giấy tờ]"),
        ("ở số 12, ngõ 5, đường Lê Lợi, phường Tô Hiệu", "ở [địa chỉ], phường Tô Hiệu"),
        ("dia chi 12/4 Tran Phu", "dia chi [địa chỉ]"),
        ("tui ngụ ấp Mỹ Thới, tổ 9, số 310", "tui ngụ [địa chỉ]"),
        ("e ở ct1 p502, kêu hoài", "e ở [địa chỉ], kêu hoài"),
        ("thuê phòng 12 dãy trọ cô Năm", "thuê [địa chỉ]"),
        ("Nhà em sau chợ Bà Chiểu, số 14, tối kẹt xe", "Nhà em sau chợ Bà Chiểu, [địa chỉ], tối kẹt xe"),
        ("Nhà tôi ở km 9 quốc lộ 14", "Nhà tôi ở [địa chỉ]"),
        ("Nhà tôi trong hẻm 45/6 Lê Quang Định", "Nhà tôi trong [địa chỉ]"),
        ("thường trú tại tổ 6, ấp Phú Hiệp", "thường trú tại [địa chỉ]"),
        ("số nhà tôi là số bốn mươi hai ngõ bảy phố huế", "số nhà tôi là [địa chỉ]"),
        ("mail thanh tung 95 @ yahoo.com.vn nhé", "mail [thư điện tử] nhé"),
        ("Tôi là Vàng A Dơ. Vợ tôi Giàng Thị Mỷ", "Tôi là [tên]. Vợ tôi [tên]"),
        ("cảm ơn cô Hà, chú Nam và anh Đức", "cảm ơn cô [tên], chú [tên] và anh [tên]"),
        ("H'Hen Niê, Y Moan Êban, K'Brơi", "[tên], [tên], [tên]"),
        ("ông N.V.T. và bà L. bán quán", "ông [tên] và bà [tên] bán quán"),
        ("toi ten lo thi anh o ban bo", "toi ten [tên] o ban bo"),
        ("em giàng thị say sinh năm 2007", "em [tên] sinh năm 2007"),
        ("chị Hoa khen. Hôm sau gặp Hoa ở chợ", "chị [tên] khen. Hôm sau gặp [tên] ở chợ"),
        ("chủ tk HOANG THI KIM CUC", "chủ tk [tên]"),
        ("đ/c Sơn, Phó trưởng Công an xã", "đ/c [tên], Phó trưởng Công an xã"),
    ],
)
def test_what_is_hidden(text: str, shown: str) -> None:
    assert redact(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Nộp 12.500.000 đ, 45.000.000đ và 150000000 đồng",
        "Nghị định 61/2018/NĐ-CP, QĐ 118/QĐ-UBND, Luật 91/2025/QH15, TT 01/2018",
        "Thủ tục 1.001193.000.00.00.H52 có phí không",
        "ngày 12/03/2021, 12.03.2021, năm 2019 2020 2021, lúc 14h20",
        "gọi 113, 1022, 1900 2345, 18001091 hay tổng đài 19006769",
        "Đường dây nóng 0212 3 852 222 không ai nghe",
        "thửa đất số 125, tờ bản đồ số 18, diện tích 1.260,5 m2",
        "quầy số 4, cột điện số 12 đường Tô Hiệu, xe 45 chỗ, km 12+500",
        "Trụ sở UBND phường ở số 12 đường Tô Hiệu",
        "Trước số nhà 20 đường Ngô Quyền có hố ga hở, vỉa hè từ số 50 đến số 90 Quang Trung bị lấn",
        "Tôi ở tổ 5 ấp 3, thôn 4 mất nước, km 9 quốc lộ 14 sạt lở, hẻm 45/6 ngập",
        "Trường mầm non Hoa Sen số 6 ngõ 8 thu tiền, quán cà phê Gió số 33 Bạch Đằng ồn",
        "Tòa HH2A mất nước, nhà 2 tầng xây trái phép, lô 18 đến lô 40 khu tái định cư chưa có điện",
        "Tổ Hòa giải hòa giải giỏi, chúc anh em bình an, đừng hùng hổ",
        "cháu ngoan Bác Hồ ở thành phố Hồ Chí Minh",
        "người Mông, bà con Thái, bản Nà Sản, xã Mường Bú, đường Nguyễn Trãi",
        "ngã tư Hai Bà Trưng với Trần Phú, trường Võ Thị Sáu",
        "Kính gửi ông Chủ tịch, Phòng Kinh tế, Công an xã, Hội Phụ nữ",
        "anh hùng liệt sĩ, các anh chị mạnh khỏe, bà con chú ý",
        "mang thi cham, ho van chua tra loi, anh huong den dan",
        "số thứ tự A017, phòng 302, lớp 5A2, lỗi 404",
    ],
)
def test_what_only_looks_personal_stays(text: str) -> None:
    assert redact(text) == text
    assert redact(strip_marks(text)) == strip_marks(text)


def test_positions_are_those_of_the_composed_text() -> None:
    typed = unicodedata.normalize("NFD", "Cảm ơn chị Lường Thị Thoi, số 0912345678.")
    composed = nfc(typed)
    assert [(detail.kind, composed[detail.start : detail.end]) for detail in find_details(typed)] == [
        ("name", "Lường Thị Thoi"),
        ("phone", "0912345678"),
    ]


# --- measured ---


def _floors(figures: RedactionFigures, names: float, number: float) -> None:
    for kind in ("phone", "citizen_id", "email", "bank", "file_number", "address"):
        assert (figures.found[kind].value or 0) >= number, (kind, figures.found[kind])
        assert (figures.right[kind].value or 0) >= number, (kind, figures.right[kind])
    assert (figures.found["name"].value or 0) >= names, figures.found["name"]
    assert (figures.right["name"].value or 0) >= names, figures.right["name"]
    assert (figures.untouched.value or 0) >= 0.97, figures.untouched


@pytest.fixture(scope="module")
def entries() -> list[MarkedEntry]:
    return load_marked(DEV)


def test_floors_on_the_entries_it_was_built_with(entries: list[MarkedEntry]) -> None:
    _floors(measure(entries), names=0.97, number=0.97)


def test_floors_without_diacritics(entries: list[MarkedEntry]) -> None:
    _floors(measure(stripped(entries)), names=0.95, number=0.97)


@pytest.mark.parametrize("typed", [True, False])
def test_floors_of_addresses_in_many_ways_of_writing(typed: bool) -> None:
    marked = load_marked(ADDRESSES_DEV)
    figures = measure(marked if typed else stripped(marked))
    assert (figures.found["address"].value or 0) >= 0.96, figures.found["address"]
    assert (figures.right["address"].value or 0) >= 0.97, figures.right["address"]
    assert (figures.found["email"].value or 0) >= 0.97, figures.found["email"]
    assert (figures.untouched.value or 0) >= 0.94, figures.untouched


def test_what_is_shown_of_marked_entries_holds_no_marked_number(entries: list[MarkedEntry]) -> None:
    for entry in entries:
        shown = redact(entry.text)
        for detail in entry.details:
            if detail.kind in ("phone", "citizen_id", "bank", "email"):
                assert entry.text[detail.start : detail.end] not in shown, entry.id


# --- any string ---

_WORDS = """
    anh chị bà tên là tôi Nguyễn thị Văn A Páo Hoa L. N.V. 0912 345 678 +84 TK tk stk cccd mã số hồ sơ 014187003452
    H52-240315-0012 26B1 123.45 12 ngõ 5 đường Lê Lợi a@b.vn không chín ba , . / - ( ) [tên] [số tài khoản] BHYT biển
    xe nha so 7 to 3 van thi hoa 1900 2345 12.500.000 đ 61/2018/NĐ-CP Ê Đê H'Bia ’ İ
"""
_PIECES = st.sampled_from([*_WORDS.split(), "\u0301", "\ue000"])
_TEXTS = st.one_of(
    st.text(max_size=80), st.lists(_PIECES, max_size=30).map(" ".join), st.lists(_PIECES, max_size=20).map("".join)
)


@given(_TEXTS)
def test_done_twice_changes_nothing_more(text: str) -> None:
    once = redact(text)
    assert redact(once) == once


@given(_TEXTS)
def test_details_are_in_order_and_nothing_else_changes(text: str) -> None:
    details = find_details(text)
    text = nfc(text)
    done, pieces = 0, []
    for kind, start, end in details:
        assert done <= start < end <= len(text)
        pieces += [text[done:start], MARKS[kind]]
        done = end
    assert redact(text) == "".join(pieces) + text[done:]


LONG = 100_000


@pytest.mark.parametrize(
    "piece",
    [
        *("9", "1 ", "0912 345 678 ", "anh ", "Anh ", "Nguyễn Văn A, ", "ma so ", "ma a ", "a@", "a.", "A.", "x-"),
        *("so nha 1, to 1, ", "so ", "duong ", "ngo 1/", "nha tro ", "tap the ", "o 1 Le Loi ", "ap phu ", "mail a a "),
        *("a1-", "a1.", "so 1 to 1 ", "khong mot ", "tk ", " ", "\n", "(", "[tên] ", "\u0301", "ab 1 2 3 4 5 6 7 8 "),
    ],
)
def test_time_is_linear_in_the_length(piece: str) -> None:
    """Four times the text takes about four times as long: what grows with the square would take sixteen times."""
    whole = (piece * LONG)[:LONG]
    # One of three tries will do: machines are shared, and a square would show in every one.
    tries = ((_seconds(whole[: LONG // 4]), _seconds(whole)) for _ in range(3))
    assert any(long < 9 * short + 0.3 for short, long in tries)


def _seconds(text: str) -> float:
    start = time.process_time()
    find_details(text)
    return time.process_time() - start


@pytest.mark.parametrize("number", ["0912 345 678", "0912.345.678", "0912345678", "091 234 5678"])
def test_a_house_number_after_a_telephone_number_leaves_no_digit_readable(number: str) -> None:
    for text in (f"Tôi là Phan Thị Khuyển, {number}, nhà số 3.", f"Gọi {number} số nhà 12 ngõ 5 đường Láng"):
        assert not any(letter.isdigit() for letter in redact(text)), redact(text)
