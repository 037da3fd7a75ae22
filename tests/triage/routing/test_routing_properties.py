"""What must hold for every roster and every text: no accused person handles the case."""

import unicodedata
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from triage.routing.accused import find_accused, weigh
from triage.routing.roster import LEADERS, Person, Roster
from triage.routing.routes import COUNTER_TOPICS, QUIET_KINDS, Matter, Routing, decide
from vietnamese.text import nfc, strip_marks

SURNAMES = ["Nguyễn", "Trần", "Lò", "Vàng", "Đỗ", "Lê", "Quàng", "Hoàng"]
MIDDLES = ["Văn", "Thị", "Quang", "A", "Minh", "Thị Thu", "Đức"]
GIVENS = ["Tuấn", "Hoa", "Lan", "Nam", "Hùng", "Thúy", "Mai", "Sơn", "Long", "Hòa", "Quý", "An", "Chính"]
POSTS = {
    "chairperson": ("Chủ tịch UBND xã", "UBND"),
    "vice_chairperson": ("Phó Chủ tịch UBND xã", "UBND"),
    "office_chief": ("Chánh Văn phòng", "Văn phòng"),
    "justice_officer": ("Công chức tư pháp", "Văn phòng"),
    "economy_department_head": ("Trưởng phòng Kinh tế", "Phòng Kinh tế"),
    "land_officer": ("Công chức địa chính", "Phòng Kinh tế"),
    "culture_social_department_head": ("Trưởng phòng Văn hóa – Xã hội", "Phòng Văn hóa – Xã hội"),
    "public_service_center_director": ("Giám đốc Trung tâm", "Trung tâm Phục vụ hành chính công"),
    "counter_clerk": ("Nhân viên một cửa", "Trung tâm Phục vụ hành chính công"),
    "commune_police_chief": ("Trưởng Công an xã", "Công an xã"),
    "village_head": ("Trưởng thôn Đông", "Thôn Đông"),
    "reception_clerk": ("Cán bộ tiếp nhận phản ánh", "Văn phòng"),
    "restricted_intake": ("Công chức tiếp công dân", "Văn phòng"),
}
TOPICS = {
    "staff_attitude": "public_service_center_director",
    "waiting_time": "public_service_center_director",
    "integrity": "chairperson",
    "civil_status": "justice_officer",
    "land_construction": "economy_department_head",
    "security_order": "commune_police_chief",
    "social_welfare": "culture_social_department_head",
    "other": "office_chief",
}
PHRASES = [
    "Kính gửi", "đề nghị", "báo", "cảm ơn", "không phải lỗi của", "con trai", "nhà", "và", "nhưng", ",",
    ".", "\n", "nhận tiền", "quát tôi", "bao che", "hẹn mãi", "rất nhiệt tình", "chứng kiến",
    "giúp tôi", "hàng xóm", "chủ tịch", "phó chủ tịch", "giám đốc trung tâm", "cán bộ địa chính",
    "công an xã", "chị tư pháp", "ct", "pct", "trưởng phòng kinh tế", "trưởng thôn", "cô ở bàn số 2",
    "ông ấy", "chị", "anh", "a", "c", "tôi", "lãnh đạo xã",
]  # fmt: skip

SPELLINGS: list[Callable[[str], str]] = [str, strip_marks, str.upper, str.lower]
spellings = st.sampled_from(SPELLINGS)
names = st.builds(lambda *parts: " ".join(parts), *map(st.sampled_from, (SURNAMES, MIDDLES, GIVENS)))


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    posts = draw(st.lists(st.sampled_from(sorted(POSTS)), max_size=14))
    staff = []
    for number, post in enumerate(posts):
        title, department = POSTS[post]
        title = draw(st.sampled_from([title, title, ""]))
        gender = draw(st.sampled_from(["male", "female", ""]))
        staff.append(Person(f"p{number}", draw(names), title, post, department, gender))
    return Roster(draw(st.sampled_from(["Xã Nà Phiêng", "phường Đông", ""])), tuple(staff))


@st.composite
def entries(draw: st.DrawFn) -> tuple[Roster, str]:
    roster = draw(rosters())
    spoken = [person.name for person in roster.staff] + [p.name.split()[-1] for p in roster.staff]
    words = draw(st.lists(st.sampled_from(PHRASES + spoken * 3), max_size=18))
    text = " ".join(words)
    return roster, draw(spellings)(text)


matters = st.builds(
    Matter,
    st.sampled_from(["praise", "suggestion", "question", "petition", "complaint", "denunciation", "other"]),
    st.sampled_from(sorted(TOPICS)),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


def handlers(routing: Routing, roster: Roster) -> list[Person]:
    wanted = {"reception": {"reception_clerk"}, "duty_leader": set(LEADERS)}.get(routing.route, {routing.route})
    return [person for person in roster.staff if person.post in wanted]


@settings(max_examples=400, deadline=None)
@given(entries(), matters)
def test_no_accused_person_is_the_only_handler(entry: tuple[Roster, str], matter: Matter) -> None:
    roster, text = entry
    routing = decide(matter, text, roster, TOPICS)
    able = handlers(routing, roster)
    barred = {*routing.excluded, *routing.subordinates}
    assert not able or any(person.id not in barred for person in able)


@settings(max_examples=400, deadline=None)
@given(entries(), matters)
def test_superior_exactly_when_a_leader_is_accused_or_nobody_is_left(entry: tuple[Roster, str], matter: Matter) -> None:
    roster, text = entry
    routing = decide(matter, text, roster, TOPICS)
    leaders = {person.id for person in roster.staff if person.post in LEADERS}
    codes = {reason.code for reason in routing.reasons}
    misconduct = matter.accuses_staff or matter.kind == "denunciation"
    if misconduct and leaders & set(routing.accused):
        assert routing.superior
    assert routing.superior == (routing.route == "superior") == bool(codes & {"leader_accused", "none_left"})
    doubted = matter.abstained and (matter.suspicious or matter.accuses_staff)
    assert routing.confidential == (routing.superior or doubted or matter.kind in ("complaint", "denunciation"))
    assert not (routing.confidential and routing.route == "reception")


@settings(max_examples=300, deadline=None)
@given(entries(), matters)
def test_the_excluded_are_staff_and_contain_the_accused(entry: tuple[Roster, str], matter: Matter) -> None:
    roster, text = entry
    routing = decide(matter, text, roster, TOPICS)
    assert set(routing.accused) <= set(routing.excluded) <= {person.id for person in roster.staff}
    assert len(set(routing.excluded)) == len(routing.excluded)
    assert set(routing.named) <= set(routing.excluded)
    assert not set(routing.subordinates) & set(routing.excluded)
    if matter.kind in QUIET_KINDS and not matter.accuses_staff:
        assert routing.excluded == ()


@settings(max_examples=300, deadline=None)
@given(entries())
def test_the_words_of_a_finding_stand_in_the_text(entry: tuple[Roster, str]) -> None:
    roster, text = entry
    for found in weigh(unicodedata.normalize("NFD", text), roster):
        assert nfc(text)[found.start : found.end] == found.words
        assert 0 <= found.p <= 1


@settings(max_examples=200, deadline=None)
@given(rosters(), st.data())
def test_whoever_is_named_in_full_and_blamed_is_found(roster: Roster, data: st.DataObject) -> None:
    if not roster.staff:
        return
    person = data.draw(st.sampled_from(roster.staff))
    text = data.draw(spellings)(f"Cán bộ {person.name} nhận tiền của dân")
    assert person.id in find_accused(text, roster)


@settings(max_examples=300, deadline=None)
@given(st.text(), rosters(), matters)
def test_any_text_at_all_gets_a_route(text: str, roster: Roster, matter: Matter) -> None:
    assert decide(matter, text, roster, TOPICS).route


def test_the_counter_topics_are_those_of_the_center() -> None:
    assert {topic for topic, post in TOPICS.items() if post == "public_service_center_director"} <= COUNTER_TOPICS
