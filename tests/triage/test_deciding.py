import json

import pytest

from triage.deciding import Decider, decide_each
from triage.reading.labels import default_posts
from triage.reading.readings import Reading, Reason, TopicGuess
from triage.routing.roster import Person, Roster
from triage.routing.unnamed import UNNAMED

CHAIR = Person("ct", "Lò Văn Pánh", "Chủ tịch UBND xã", "chairperson", gender="male")
LAND = Person("dc", "Nguyễn Văn Tuấn", "Công chức địa chính", "land_officer", "Phòng Kinh tế", "male")
ROSTER = Roster("Xã Nà Lốc", (CHAIR, LAND))


class Stand:
    """Reads every text the same way."""

    release = "r1"

    def __init__(self, kind="petition", topic="infrastructure", urgent=False, accuses=False, abstained=False, p=None,
                 restricted_p=0.0):  # fmt: skip
        guesses = (TopicGuess(topic, 0.81239), TopicGuess("other", 0.1), TopicGuess("fees", 0.05))
        accuses_p = (0.95 if accuses else 0.02) if p is None else p
        rules = (Reason("rule.bribe_taken", "vòi tiền"),)
        self.reading = Reading(
            kind, 0.9, topic, guesses, urgent, 0.5, accuses, accuses_p, abstained, rules, restricted_p
        )

    def read(self, texts):
        return [self.reading for _ in texts]


def decided(text, roster=ROSTER, **reading):
    (one,) = Decider(Stand(**reading), default_posts()).decide([text], roster)
    return one


def test_an_ordinary_entry_goes_to_the_post_of_its_topic():
    assert decided("đường hỏng").routing.route == "economy_department_head"


@pytest.mark.parametrize(
    ("reading", "route"),
    [
        ({"abstained": True}, "reception"),
        ({"kind": "denunciation"}, "restricted_intake"),
        ({"urgent": True}, "duty_leader"),
    ],
)
def test_doubt_danger_and_denunciation_go_to_people(reading, route):
    assert decided("có chuyện", **reading).routing.route == route


def test_who_is_blamed_comes_from_the_roster():
    one = decided("Anh Tuấn địa chính vòi tiền mới ký", kind="denunciation", topic="integrity", accuses=True)
    assert one.as_row("x")["accused"] == ["dc"]
    assert one.as_row("x")["superior"] is False
    above = decided("Ông chủ tịch xã nhận phong bì", kind="denunciation", topic="integrity", accuses=True)
    assert above.as_row("y")["route"] == "superior"


def test_a_leader_mocked_by_thanks_is_kept_from_what_reads_as_praise():
    text = "Cảm ơn chủ tịch, nhờ chủ tịch mà em được đi về bốn lần lấy một con dấu"
    one = decided(text, kind="praise", topic="staff_attitude")
    assert (one.accuses_staff, one.routing.superior, one.routing.excluded) == (True, True, ("ct",))


def test_the_row_is_plain_json_with_everything_in_it():
    row = decided("đường hỏng").as_row(7)
    assert json.loads(json.dumps(row)) == row
    assert row["id"] == 7
    assert row["topics"][0] == {"id": "infrastructure", "p": 0.8124}
    assert "topic_post: infrastructure" in row["reasons"]
    assert "rule.bribe_taken: vòi tiền" in row["reasons"]


def test_the_release_is_the_classifiers():
    assert Decider(Stand(), default_posts()).release == "r1"


def test_each_text_is_decided_with_its_own_roster():
    text = "Anh Tuấn địa chính quát dân"
    decider = Decider(Stand(accuses=True), default_posts())
    first, second, third = decide_each(decider, [text] * 3, [ROSTER, Roster(), ROSTER])
    assert (first.routing.accused, second.routing.accused, third.routing.accused) == (("dc",), (), ("dc",))


def test_a_blamed_officer_makes_an_accusation_of_what_the_reading_is_unsure_of():
    blamed = decided("Anh Tuấn địa chính quát mẹ tôi rồi ném hồ sơ", p=0.3)
    assert (blamed.accuses_staff, blamed.routing.excluded) == (True, ("dc",))
    assert blamed.as_row("x")["accuses_staff"] is True


def test_praise_of_an_officer_is_no_accusation_though_the_reading_wavers():
    thanked = decided("Cảm ơn anh Tuấn địa chính nhiệt tình giúp đỡ gia đình", kind="praise", p=0.3)
    assert (thanked.accuses_staff, thanked.routing.excluded) == (False, ())


@pytest.mark.parametrize(("restricted_p", "route"), [(0.0, "reception"), (0.5, "restricted_intake")])
def test_what_may_be_a_denunciation_is_not_for_the_clerk(restricted_p, route):
    routing = decided("có chuyện", abstained=True, restricted_p=restricted_p).routing
    assert (routing.route, routing.confidential) == (route, route != "reception")


def test_a_unit_may_have_its_own_routing_table():
    decider = Decider(Stand(), default_posts())
    (one,) = decider.decide(["đường hỏng"], ROSTER, {"infrastructure": "land_officer"})
    assert one.routing.route == "land_officer"


def test_without_a_roster_staff_may_be_accused_and_nobody_is_kept_out():
    one = decided("Cán bộ quầy số 2 quát mẹ tôi rồi ném hồ sơ", roster=Roster(), p=0.5)
    assert (one.accuses_staff, one.routing.excluded) == (True, ())


def test_without_a_roster_titles_and_desks_are_heard_and_nobody_is_kept_out():
    blamed = decided("Quầy 3 quát tôi trước mặt bao nhiêu người", Roster(), p=0.3)
    asked = decided("Quầy 3 ở tầng mấy, mấy giờ mở cửa?", Roster(), kind="question", topic="facilities", p=0.3)
    assert (blamed.accuses_staff, asked.accuses_staff) == (True, False)
    assert blamed.as_row("x")["accused"] == []
    assert {person.name for person in UNNAMED.staff} == {""}
