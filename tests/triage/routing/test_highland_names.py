"""Names of the Highlands, where the word a person is called by stands after Y or H' and the clan after it."""

import pytest

from triage.routing.accused import weigh
from triage.routing.roster import Person, Roster

HIGHLANDS = Roster(
    "Xã Ea Kuêh",
    (
        Person("man", "Y Nam Kbuôr", "Nhân viên quầy số 3", "counter_clerk", gender="male"),
        Person("woman", "H'Liên Ayun", "Nhân viên quầy số 2", "counter_clerk", gender="female"),
        Person("clan", "Ksor H'Bia", "Công chức văn hóa", "culture_officer", gender="female"),
        Person("head", "Y Wơn Niê", "Buôn trưởng buôn Kla", "village_head", gender="male"),
        Person("kinh", "Hoàng Thị Hà", "Kế toán", "accountant", gender="female"),
    ),
)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Anh Nam quầy 3 quát mẹ tôi", "man"),
        ("Anh Y Nam quát mẹ tôi", "man"),
        ("Anh Y Nam Kbuôr quát mẹ tôi", "man"),
        ("anh y nam quat me toi", "man"),
        ("Chị H'Liên quát mẹ tôi", "woman"),
        ("Chị H’Liên Ayun quát mẹ tôi", "woman"),
        ("Chị H'Bia quát mẹ tôi", "clan"),
        ("Chị Ksor H'Bia quát mẹ tôi", "clan"),
        ("Buôn trưởng Y Wơn đòi tôi 2 triệu", "head"),
        ("Ông Niê đòi tôi 2 triệu", "head"),
        ("ong nie doi toi 2 trieu", "head"),
        ("Anh Y Nam quầy kế bên quát mẹ tôi", "man"),
    ],
)
def test_ede_and_gia_rai_names_are_called_by_what_follows_y_and_h(text: str, person: str) -> None:
    assert {one.mention.holders[0].person.id for one in weigh(text, HIGHLANDS) if one.mention.ours} == {person}


def test_whoever_is_denounced_by_name_is_blamed_alone_or_in_a_list() -> None:
    text = "Tôi tố cáo ông Y Wơn Niê, buôn trưởng và chị Hoàng Thị Hà, kế toán, đã ký khống giấy."
    assert {one.mention.holders[0].person.id for one in weigh(text, HIGHLANDS) if one.blamed} == {"head", "kinh"}


def test_the_items_of_a_list_after_a_denunciation_are_blamed_and_who_profits_is_not() -> None:
    text = "Tôi tố cáo cả nhóm: ông Y Wơn ký khống, chị Hoàng Thị Hà chi tiền, để nhà anh Y Nam được thêm đất."
    assert {"head", "kinh"} <= {one.mention.holders[0].person.id for one in weigh(text, HIGHLANDS) if one.blamed}
