"""Thanks that mock are told from thanks: whoever is thanked for wasted days is blamed."""

import pytest

from triage.reading.variants import bare
from triage.routing.accused import weigh
from triage.routing.roster import Roster


def _mocked(text: str, roster: Roster) -> set[str]:
    return {one.mention.holders[0].person.id for one in weigh(text, roster) if one.mocked}


@pytest.mark.parametrize(
    "text",
    [
        "Cảm ơn chủ tịch, nhờ chủ tịch quan tâm nên trích lục của mẹ tôi đúng sáu mươi ngày mới có",
        "Cảm ơn đồng chí chủ tịch, nhờ đồng chí mà bà con được đi về bốn lần cho biết đường lên xã",
        "Hoan hô chủ tịch, tôi nộp hồ sơ từ xuân, 5 tháng mới thấy chữ ký",
        "Rất biết ơn chủ tịch đã cho em chờ 7 buổi để lấy một con dấu",
        "Cảm ơn chủ tịch nhé, nhờ ông mà tôi thuộc từng viên gạch sân ủy ban",
        "Đội ơn chủ tịch, mùa mưa này dân xóm tôi lại được lội qua ngầm như mọi năm",
    ],
)
def test_thanks_for_wasted_days_blame(text: str, commune: Roster) -> None:
    assert _mocked(text, commune) == _mocked(bare(text), commune) == {"ct"}
    assert all(one.blamed for one in weigh(text, commune) if one.mocked)


@pytest.mark.parametrize(
    "text",
    [
        "Cảm ơn chủ tịch đã chỉ đạo, chỉ 3 ngày là tôi có giấy",
        "Cảm ơn chủ tịch, nhờ vậy bà con không phải đi lại 5 lần như trước",
        "Cảm ơn chủ tịch, hồi trước tôi đi 4 lần mà không xong",
        "Cảm ơn chủ tịch. Hồ sơ của tôi nộp ở tỉnh 30 ngày mới có",
        "Cảm ơn chủ tịch đã xuống bản 3 lần nghe bà con nói",
        "Cảm ơn chủ tịch đã làm đường, giờ các cháu quen đường mới, đi học nhanh",
        "Nhờ chủ tịch xem giúp, tôi đi 3 lần mới gặp được người",
    ],
)
def test_thanks_that_are_meant_blame_nobody(text: str, commune: Roster) -> None:
    assert _mocked(text, commune) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Chủ tịch có giỏi thì xuống ngã ba lội nước thử một bữa",
        "Ông chủ tịch xã có giỏi ra coi cái cống một lần rồi hãy nói",
        "Đơn gửi bốn lần, chủ tịch giỏi thì xuống đây mà trả lời dân",
    ],
)
def test_whoever_is_dared_is_blamed(text: str, commune: Roster) -> None:
    assert _mocked(text, commune) == _mocked(bare(text), commune) == {"ct"}


@pytest.mark.parametrize(
    "text",
    ["Chủ tịch xã mình có giỏi tiếng Thái không ạ", "Cảm ơn chủ tịch, con ông học giỏi thì bà con mừng"],
)
def test_skill_is_no_dare(text: str, commune: Roster) -> None:
    assert _mocked(text, commune) == _mocked(bare(text), commune) == set()
