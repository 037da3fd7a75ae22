"""Who is accused never learns that the entry exists.

Two worlds are equal but for one entry that accuses an officer. Every page the officer can reach — every GET
route, every filter, every known and unknown reference — answers with the same bytes in both.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import Case, CaseExclusion
from tests.fixtures.sorting import reading, sort_all
from tests.fixtures.world import STAFF, NewWorld, World
from triage.reading.readings import Reading
from vietnamese.text import strip_marks

ACCUSABLE = [row for row in STAFF if row[0] not in ("reception_clerk", "restricted_intake")]
KIN = {"male": ("ông", "anh", "chú"), "female": ("bà", "chị", "cô")}
DEEDS = (
    "quát mắng dân ngay trước quầy",
    "đòi tôi hai triệu mới chịu nhận hồ sơ",
    "hẹn ba lần đều không đến",
    "ném trả hồ sơ rồi bỏ đi",
    "bao che cho người nhà lấn đất công",
)
ORDINARY = (
    "Đèn đường tổ 4 tắt đã hai tuần",
    "Xin hỏi thủ tục làm lại giấy khai sinh",
    "Rác để ba ngày chưa ai thu",
    "Cảm ơn bộ phận một cửa đã hướng dẫn tận tình",
)


@dataclass(frozen=True)
class Accusation:
    """An entry that blames one officer, in one of the ways people do."""

    post: str
    text: str
    kind: str
    topic: str
    urgent: bool
    abstained: bool


@st.composite
def accusations(draw: st.DrawFn) -> Accusation:
    post, title, _department, _signs, name, gender = draw(st.sampled_from(ACCUSABLE))
    kin = draw(st.sampled_from(KIN[gender]))
    called = draw(st.sampled_from([name, f"{kin} {name}", f"{kin} {name.split()[-1]} {title.lower()}"]))
    text = f"{called} {draw(st.sampled_from(DEEDS))}, đề nghị xử lý"
    if draw(st.booleans()):
        text = strip_marks(text)
    return Accusation(
        post,
        text,
        draw(st.sampled_from(["petition", "denunciation", "complaint"])),
        draw(st.sampled_from(["staff_attitude", "land_construction", "integrity", "civil_status"])),
        draw(st.booleans()),
        draw(st.booleans()),
    )


def _tell(accusation: Accusation) -> Callable[[str], Reading]:
    def tell(text: str) -> Reading:
        if text != accusation.text:
            return reading("question" if text.startswith("Xin") else "petition", "infrastructure")
        a = accusation
        return reading(a.kind, a.topic, a.urgent, accuses_staff=True, abstained=a.abstained)

    return tell


def _pages(world: World) -> list[str]:
    """Every address a signed-in officer can open without sending anything."""
    filters = (
        "",
        "?trang_thai=waiting",
        "?trang_thai=submitted",
        "?trang_thai=issued",
        "?trang=2",
        "?q=ho+so",
    )
    pages = []
    for rule in world.app.url_map.iter_rules():
        if "GET" in rule.methods and not rule.arguments and rule.endpoint != "static":
            pages += [rule.rule + query for query in filters]
    return sorted(pages)


def _walk(world: World, post: str, references: list[str]) -> dict[str, tuple[int, bytes, str]]:
    client = world.client(post)
    cases = [f"/can-bo/viec/{reference}" for reference in references]
    answers = {}
    for page in _pages(world) + cases:
        answer = client.get(page)
        headers = {key: value for key, value in answer.headers.items() if key not in ("Date", "Set-Cookie")}
        answers[page] = (answer.status_code, answer.get_data(), str(sorted(headers.items())))
    return answers


def _references(world: World) -> dict[uuid.UUID, str]:
    with world.database.reading() as session:
        return dict(session.execute(sa.select(Case.entry_id, Case.reference)).all())


def _compare(new_world: NewWorld, accusation: Accusation, ordinary: list[str]) -> None:
    with_case, without = new_world(), new_world()
    secret = uuid.uuid4()
    ids = [uuid.uuid4() for _ in ordinary]
    for world in (with_case, without):
        for number, text in zip(ids, ordinary, strict=True):
            world.send_box(text, number)
    with_case.send_box(accusation.text, secret)
    for world in (with_case, without):
        sort_all(world, _tell(accusation))
    officer_id = with_case.officers[accusation.post]
    with with_case.database.reading() as session:
        excluded = session.scalars(sa.select(CaseExclusion.officer_id).join(Case).where(Case.entry_id == secret)).all()
    assert officer_id in excluded, f"{accusation} did not exclude the officer it names"
    references = [*_references(with_case).values(), "ZZZZ-ZZZZ"]
    hidden = _references(with_case)[secret]
    pages = _walk(with_case, accusation.post, references)
    assert pages == _walk(without, accusation.post, references)
    # The hidden case answers as a reference that never was, but for the address itself.
    assert pages[f"/can-bo/viec/{hidden}"] == pages["/can-bo/viec/ZZZZ-ZZZZ"]
    # The test can fail: somebody who may know does see a difference.
    seen = [post for post in ("chairperson", "vice_chairperson", "restricted_intake", "superior")
            if with_case.client(post).get(f"/can-bo/viec/{hidden}").status_code == 200]  # fmt: skip
    assert seen, "nobody at all can see the case"
    for world in (with_case, without):
        world.database.dispose()


COMMON = {"deadline": None, "suppress_health_check": list(HealthCheck), "print_blob": True}


@settings(max_examples=5, **COMMON)
@given(accusations(), st.lists(st.sampled_from(ORDINARY), max_size=3))
def test_accused_pages_equal_a_world_without_the_case(
    new_world: NewWorld, accusation: Accusation, ordinary: list[str]
) -> None:
    _compare(new_world, accusation, ordinary)


@pytest.mark.deep
@settings(max_examples=60, **COMMON)
@given(accusations(), st.lists(st.sampled_from(ORDINARY), max_size=5))
def test_accused_pages_equal_a_world_without_the_case_deep(
    new_world: NewWorld, accusation: Accusation, ordinary: list[str]
) -> None:
    _compare(new_world, accusation, ordinary)
