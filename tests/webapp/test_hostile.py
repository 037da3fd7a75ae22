"""Whatever is sent, on either database: a page with words, never a fault."""

import itertools

import pytest

from tests.fixtures.sorting import sort_all
from tests.fixtures.world import World

ADDRESSES = (
    "/q/%00", "/T/%00%00", "/can-bo/viec/%00", "/can-bo/viec/AAAA-AAAA", "/hoi-dong/%00", "/hoi-dong/99999",
    "/hoi-dong/?ky=9999-Q9", "/hoi-dong/?ky=%00", "/quan-tri/%00", "/quan-tri/ma/%00",
    "/can-bo/?trang=99999999999999999999",
    "/can-bo/?trang_thai=%00", "/dang-nhap?tiep=%00", "/quan-tri/?tim=%00",
)  # fmt: skip
ODD = ("\x00", "a\x00b", "9" * 40, "-1", "\ud7ff\uffff", "💥" * 50, "' OR 1=1 --", "<script>alert(1)</script>")


@pytest.mark.parametrize("who", [None, "justice_officer", "board", "admin"])
def test_odd_addresses(world: World, who: str | None) -> None:
    client = world.client(who)
    for address in ADDRESSES:
        assert client.get(address).status_code in (200, 302, 403, 404, 410, 422), (who, address)


def test_odd_values_in_citizens_forms(world: World) -> None:
    client = world.client()
    for odd in ODD:
        for field in ("submission_id", "overall", "comment", "procedure_field", "attitude"):
            form = {"overall": "4", "comment": "x", field: odd}
            answer = client.post(f"/q/{world.survey_code}", data=form)
            assert answer.status_code in (200, 422), (field, odd)
            assert "<script>alert" not in answer.get_data(as_text=True)
        for field in ("comment", "sender_name", "sender_contact"):
            assert client.post(f"/q/{world.box_code}", data={"comment": "x", field: odd}).status_code in (200, 422)
        assert client.post("/theo-doi", data={"code": odd}).status_code in (404, 422)


def test_odd_values_at_the_door(world: World) -> None:
    for odd in ODD:
        for field in ("username", "password", "next"):
            form = {"username": "a.chairperson", "password": "sai", field: odd}
            assert world.client().post("/dang-nhap", data=form).status_code in (400, 401, 404), (field, odd)


PRESSES = ("xac-nhan", "luu-nhap", "trinh", "ky", "tra-lai", "chuyen", "luu-lai", "lien-he")
FIELDS = ("version", "kind", "topic", "text", "post", "post_id", "reason", "handing_reason", "filing_reason", "note")
EVERY = list(itertools.product(PRESSES, FIELDS, ODD))
PAIRS = [(press, field, ODD[(p + f) % len(ODD)]) for p, press in enumerate(PRESSES) for f, field in enumerate(FIELDS)]
"""Each field of each form once, with the values taking turns: any two of form, field and value meet."""


def test_pairs_leave_nothing_out() -> None:
    for kept in ((0, 1), (0, 2), (1, 2)):
        assert {tuple(sent[n] for n in kept) for sent in PAIRS} == {tuple(sent[n] for n in kept) for sent in EVERY}


@pytest.mark.parametrize("sent", [PAIRS, pytest.param(EVERY, marks=pytest.mark.deep)], ids=["pairs", "every"])
def test_odd_values_in_officers_forms(world: World, sent: list[tuple[str, str, str]]) -> None:
    world.send_box("Đường ổ gà trước cổng trường")
    sort_all(world)
    client = world.client("economy_department_head")
    page = client.get("/can-bo/").get_data(as_text=True)
    address = page.split('href="/can-bo/viec/')[1].split('"')[0]
    version = (
        client.get(f"/can-bo/viec/{address}").get_data(as_text=True).split('name="version" value="')[1].split('"')[0]
    )
    for press, field, odd in sent:
        form = {"version": version, "kind": "petition", "topic": "infrastructure", field: odd}
        answer = client.post(f"/can-bo/viec/{address}/{press}", data=form)
        assert answer.status_code in (200, 303, 404, 409, 422), (press, field, odd)
        assert "<script>alert" not in answer.get_data(as_text=True)
