"""The order of the rules, the climb past excluded people, and the reasons given."""

from dataclasses import replace

import pytest

from triage.routing.roster import Person, Roster
from triage.routing.routes import Matter, Routing, decide

ACCUSING = Matter("petition", "land_construction", accuses_staff=True)


def codes(routing: Routing) -> list[str]:
    return [reason.code for reason in routing.reasons]


def test_an_ordinary_petition_goes_to_the_post_of_its_topic(commune: Roster, posts: dict[str, str]) -> None:
    routing = decide(Matter("petition", "environment"), "Rác ngập ngõ 5", commune, posts)
    assert routing == Routing("economy_department_head", (), (), False, False, routing.reasons)
    assert codes(routing) == ["topic_post"]


@pytest.mark.parametrize("kind", ["petition", "denunciation", "complaint", "suggestion"])
@pytest.mark.parametrize("urgent", [False, True])
@pytest.mark.parametrize("abstained", [False, True])
def test_an_accused_leader_goes_up_before_every_other_rule(
    kind: str, urgent: bool, abstained: bool, commune: Roster, posts: dict[str, str]
) -> None:
    matter = Matter(kind, "integrity", urgent=urgent, accuses_staff=True, abstained=abstained)
    routing = decide(matter, "Ông chủ tịch xã nhận phong bì của chủ mỏ", commune, posts)
    assert (routing.route, routing.superior, routing.confidential) == ("superior", True, True)
    assert (routing.accused, routing.excluded) == (("ct",), ("ct",))
    assert routing.reasons[0].code == "leader_accused"
    assert routing.reasons[0].words == "Ông chủ tịch xã"


def test_urgent_comes_before_restricted(commune: Roster, posts: dict[str, str]) -> None:
    matter = Matter("denunciation", "security_order", urgent=True, abstained=True)
    routing = decide(matter, "Nhà bên cạnh đang đánh người", commune, posts)
    assert (routing.route, routing.confidential) == ("duty_leader", True)


@pytest.mark.parametrize("kind", ["complaint", "denunciation"])
@pytest.mark.parametrize("abstained", [False, True])
def test_restricted_kinds_go_to_the_named_intake_also_when_unsure(
    kind: str, abstained: bool, commune: Roster, posts: dict[str, str]
) -> None:
    routing = decide(Matter(kind, "other", abstained=abstained), "Đơn của tôi", commune, posts)
    assert (routing.route, routing.confidential, routing.superior) == ("restricted_intake", True, False)


def test_what_the_reading_would_not_decide_goes_to_reception(commune: Roster, posts: dict[str, str]) -> None:
    routing = decide(Matter("petition", "fees", abstained=True), "Thu tiền", commune, posts)
    assert (routing.route, routing.confidential) == ("reception", False)


def test_a_first_complaint_against_the_chairpersons_decision_stays(commune: Roster, posts: dict[str, str]) -> None:
    text = "Tôi khiếu nại quyết định của ông Chủ tịch UBND xã phạt tôi 5 triệu là không đúng"
    routing = decide(Matter("complaint", "land_construction"), text, commune, posts)
    assert (routing.route, routing.superior, routing.excluded) == ("restricted_intake", False, ())
    assert "first_complaint" in codes(routing)


def test_the_same_complaint_goes_up_once_it_accuses(commune: Roster, posts: dict[str, str]) -> None:
    text = "Tôi khiếu nại quyết định của Chủ tịch UBND xã. Chủ tịch nhận tiền của bên kia."
    said = decide(Matter("complaint", "land_construction", accuses_staff=True), text, commune, posts)
    unsaid = decide(Matter("complaint", "land_construction"), text, commune, posts)
    assert (said.superior, unsaid.superior) == (True, True)


@pytest.mark.parametrize("kind", ["praise", "question", "suggestion", "other"])
def test_nobody_is_accused_in_a_quiet_entry(kind: str, commune: Roster, posts: dict[str, str]) -> None:
    routing = decide(Matter(kind, "staff_attitude"), "Anh Tuấn địa chính hẹn tôi mai lên", commune, posts)
    assert (routing.accused, routing.excluded) == ((), ())
    assert routing.route == "public_service_center_director"


def test_an_accused_head_is_passed_over(commune: Roster, posts: dict[str, str]) -> None:
    routing = decide(ACCUSING, "Trưởng phòng kinh tế gây khó dễ cho tôi", commune, posts)
    assert (routing.route, routing.accused) == ("vice_chairperson", ("tpkt",))
    assert [(r.code, r.words) for r in routing.reasons[:2]] == [
        ("topic_post", "land_construction"),
        ("conflict", "economy_department_head"),
    ]


def test_an_accused_officer_leaves_the_case_to_the_head(commune: Roster, posts: dict[str, str]) -> None:
    routing = decide(ACCUSING, "Anh Tuấn địa chính đòi thêm giấy tờ vô lý", commune, posts)
    assert (routing.route, routing.accused) == ("economy_department_head", ("dc1",))


def test_both_justice_officers_accused_leave_the_case_to_their_head(commune: Roster, posts: dict[str, str]) -> None:
    matter = Matter("petition", "civil_status", accuses_staff=True)
    one = decide(matter, "Anh Nam tư pháp quát tôi", commune, posts)
    both = decide(matter, "Anh Nam với chị Hạnh tư pháp đều quát tôi", commune, posts)
    assert (one.route, one.excluded) == ("justice_officer", ("tp2",))
    assert both.route == "office_chief"


def test_an_accused_center_director_leaves_counter_matters_to_a_vice_chairperson(
    commune: Roster, posts: dict[str, str]
) -> None:
    matter = Matter("petition", "waiting_time", accuses_staff=True)
    routing = decide(matter, "Giám đốc trung tâm đi muộn về sớm", commune, posts)
    assert routing.route == "vice_chairperson"


def test_an_accused_intake_officer_never_gets_the_denunciation(commune: Roster, posts: dict[str, str]) -> None:
    matter = Matter("denunciation", "integrity", accuses_staff=True)
    routing = decide(matter, "Ông Phan Văn Chính nhận tiền rồi dìm đơn", commune, posts)
    assert (routing.route, routing.accused) == ("vice_chairperson", ("ri",))


def test_an_accused_reception_clerk_never_sorts_the_entry(commune: Roster, posts: dict[str, str]) -> None:
    matter = Matter("petition", "staff_attitude", accuses_staff=True, abstained=True)
    routing = decide(matter, "Chị Nhung ném đơn của tôi vào sọt rác", commune, posts)
    assert (routing.route, routing.confidential) == ("restricted_intake", True)
    assert routing.excluded == ("rc",)


@pytest.mark.parametrize(
    ("matter", "route"),
    [
        (Matter("petition", "other", abstained=True), "reception"),
        (Matter("petition", "other", abstained=True, suspicious=True), "restricted_intake"),
        (Matter("petition", "other", abstained=True, accuses_staff=True), "restricted_intake"),
        (Matter("petition", "other", suspicious=True), "office_chief"),
        (Matter("petition", "other", abstained=True, suspicious=True, urgent=True), "duty_leader"),
    ],
)
def test_what_is_unsure_and_suspect_never_goes_to_reception(
    matter: Matter, route: str, commune: Roster, posts: dict[str, str]
) -> None:
    routing = decide(matter, "Có chuyện này", commune, posts | {"other": "office_chief"})
    assert routing.route == route
    assert routing.confidential == (matter.abstained and (matter.suspicious or matter.accuses_staff))


def test_whoever_serves_under_an_accused_head_does_not_handle_the_entry(commune: Roster, posts: dict[str, str]) -> None:
    matter = Matter("petition", "civil_status", accuses_staff=True)
    routing = decide(matter, "Ông Khôi chánh văn phòng quát tôi giữa sân", commune, posts)
    assert routing.excluded == ("cvp",)
    assert {"tp1", "tp2", "vt", "rc", "ri"} <= set(routing.subordinates)
    assert "cvp" not in routing.subordinates
    assert (routing.route, codes(routing)[1]) == ("vice_chairperson", "conflict")
    below = decide(matter, "Anh Nam tư pháp quát tôi", commune, posts)
    assert below.subordinates == ()


def test_who_was_found_by_name_is_told_from_who_was_found_by_title(commune: Roster, posts: dict[str, str]) -> None:
    by_name = decide(ACCUSING, "Anh Tuấn địa chính đòi tiền tôi", commune, posts)
    by_title = decide(ACCUSING, "Cán bộ địa chính đòi tiền tôi", commune, posts)
    assert (by_name.excluded, by_name.named) == (("dc1",), ("dc1",))
    assert (by_title.excluded, by_title.named) == (("dc1",), ())


def test_where_nobody_is_left_it_goes_up() -> None:
    staff = (Person("k", "Lê Văn Kha", "Trưởng phòng Kinh tế", "economy_department_head", "Phòng Kinh tế"),)
    posts = {"land_construction": "economy_department_head"}
    routing = decide(ACCUSING, "Ông Kha trưởng phòng quát tôi", Roster("Xã A", staff), posts)
    assert (routing.route, routing.superior) == ("superior", True)
    assert "none_left" in codes(routing)


def test_a_relative_keeps_the_officer_out(commune: Roster, posts: dict[str, str]) -> None:
    matter = Matter("denunciation", "security_order", accuses_staff=True)
    routing = decide(matter, "Con trai ông trưởng công an xã đánh người", commune, posts)
    assert routing.excluded == ("cat",)
    assert ("family", "ông trưởng công an xã") in [(reason.code, reason.words) for reason in routing.reasons]


def test_an_accusation_nobody_can_be_found_for_says_so(commune: Roster, posts: dict[str, str]) -> None:
    routing = decide(ACCUSING, "Cán bộ thái độ quá kém", commune, posts)
    assert routing.accused == ()
    assert "nobody_resolved" in codes(routing)


def test_a_crime_of_a_citizen_does_not_go_up_because_the_chairperson_was_told(
    commune: Roster, posts: dict[str, str]
) -> None:
    matter = Matter("denunciation", "security_order")
    text = "Ông Sáu cuối xóm buôn ma túy. Tôi đã báo chủ tịch và công an xã."
    routing = decide(matter, text, commune, posts)
    assert (routing.route, routing.superior, routing.accused) == ("restricted_intake", False, ())


@pytest.mark.parametrize(
    ("text", "superior"),
    [
        ("chủ tịch xã nhận hối lộ", True),
        ("pho chu tich xa an chan tien cua dan", True),
        ("anh Tuấn địa chính nhận hối lộ", False),
        ("Kính gửi chủ tịch, cán bộ một cửa nhận hối lộ", False),
    ],
)
def test_without_a_roster_leaders_are_known_by_title(text: str, superior: bool, posts: dict[str, str]) -> None:
    routing = decide(Matter("denunciation", "integrity", accuses_staff=True), text, Roster(), posts)
    assert (routing.superior, routing.accused, routing.excluded) == (superior, (), ())
    assert routing.route == ("superior" if superior else "restricted_intake")


def test_a_leader_missing_from_the_roster_is_still_a_leader(commune: Roster, posts: dict[str, str]) -> None:
    leaderless = replace(commune, staff=tuple(p for p in commune.staff if p.post != "chairperson"))
    routing = decide(ACCUSING, "Ông chủ tịch xã lấy đất công", leaderless, posts)
    assert (routing.superior, routing.accused) == (True, ())


def test_an_unknown_topic_goes_where_other_goes_else_to_reception(commune: Roster) -> None:
    matter = Matter("question", "no_such_topic")
    assert decide(matter, "Mấy giờ mở cửa?", commune, {"other": "office_chief"}).route == "office_chief"
    unknown = decide(matter, "Mấy giờ mở cửa?", commune, {})
    assert (unknown.route, codes(unknown)) == ("reception", ["no_post"])
