import pytest

from triage.reading.rules import default_rules, fired
from triage.reading.variants import bare


def flags(text):
    return {one.flag for one in fired(text)}


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Cán bộ địa chính vòi tiền mới chịu đo đất", "denunciation"),
        ("Ông trưởng thôn ăn chặn gạo cứu trợ của dân", "denunciation"),
        ("Không có phong bì thì hồ sơ cứ nằm đấy", "denunciation"),
        ("Nhóm thanh niên đánh bạc trong nhà trọ suốt đêm", "denunciation"),
        ("Có tàu hút cát ngoài bãi soi lúc nửa đêm", "denunciation"),
        ("Trưởng thôn bịa đặt danh sách hộ nghèo để ăn chặn gạo", "denunciation"),
        ("Chị ở quầy tiếp nhận quát mắng mẹ tôi", "accuses_staff"),
        ("Anh công an xã ngồi chơi điện thoại không tiếp dân", "accuses_staff"),
        ("Dây điện đứt rơi xuống đường ở đầu ngõ", "urgent"),
        ("Cứu em với, nhà em đang cháy", "urgent"),
        ("Nước đang lên, cả xóm bị cô lập", "urgent"),
    ],
)
def test_what_must_not_be_missed_is_found_with_and_without_marks(text, flag):
    assert flag in flags(text)
    assert flag in flags(bare(text))


@pytest.mark.parametrize(
    "text",
    [
        "Chị Hoa không hề vòi tiền, làm rất nhanh",
        "Không phải phong bì gì cả, cán bộ rất tốt",
        "Xem tivi thấy nói cán bộ tỉnh khác ăn hối lộ, mong xã mình không có",
        "Đường vào thôn nhiều ổ gà",
        "bao chay may bom cho tram cap nuoc",  # "bào chạy" and "báo cháy" fold alike
        "Xin rút lại, hôm trước tôi viết cán bộ vòi tiền là đọc nhầm giấy hẹn",
        "Công an xã tới, bà con nấu mì cho con nít ăn. Tiền sửa xe hết chín triệu",  # two sentences
        "Ai đồn cán bộ xã ăn tiền là bịa",
    ],
)
def test_rules_are_silent_on_denials_and_ordinary_matters(text):
    assert flags(text) == set()


def test_a_rule_names_itself_and_its_words():
    one = fired("Cán bộ địa chính vòi tiền")[0]
    assert (one.rule, one.flag, one.words) == ("bribe_taken", "denunciation", "vòi tiền")


def test_every_rule_finds_something_in_the_corpus_and_is_mostly_right(corpus):
    """A rule that never speaks, or mostly cries wolf, does not stay."""
    spoke = {rule.name: [0, 0] for rule in default_rules().rules}
    for entry in corpus:
        truth = {"denunciation": "denunciation" in entry.kinds, "urgent": entry.urgent[0],
                 "accuses_staff": entry.accuses_staff[0]}  # fmt: skip
        for one in fired(entry.text):
            spoke[one.rule][truth[one.flag]] += 1
    assert all(right for _, right in spoke.values()), spoke
    assert all(right >= wrong for wrong, right in spoke.values()), spoke
