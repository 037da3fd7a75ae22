"""QR codes: made, asked with another questionnaire, retired kindly."""

import re

import pytest
import sqlalchemy as sa

from models import AccessCode, Questionnaire, QuestionnaireStatus
from surveys.questionnaires import draft_questionnaire, publish_questionnaire
from surveys.standard import STANDARD_DOCUMENT
from tests.fixtures.admin import UNIT, basis_in, commune_admin, fill, follow, words
from tests.fixtures.world import World

CODES = f"{UNIT}/ma"


def own_questionnaire(world: World, unit_id: int, series: str = "rieng") -> int:
    with world.database.writing() as session:
        document = {"questions": STANDARD_DOCUMENT["questions"][:2]}
        made = draft_questionnaire(session, series, "Phiếu ngắn", document, unit_id)
        publish_questionnaire(session, made, world.clock())
        return made.id


def code_of(world: World, code: str) -> AccessCode:
    with world.database.reading() as session:
        return session.get_one(AccessCode, code)


def test_a_new_code_opens_for_citizens_at_once(world: World) -> None:
    client = world.client("admin")
    told = follow(client, fill(client, CODES, viec="survey", noi="Quầy  số 2", phieu="chung"))
    code = re.search(r"Đã tạo mã ([0-9A-Z]{7}) cho “Quầy số 2”", told)
    assert code
    assert "Quầy số 2" in words(world.client().get(f"/q/{code.group(1)}"))
    told = follow(client, fill(client, CODES, viec="box", noi="Quầy số 2"))
    assert "Đã tạo mã" in told, "a box and a survey may hang at one place"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"viec": "survey", "noi": " ", "phieu": "chung"}, "Xin ghi nơi treo"),
        ({"viec": "survey", "noi": "quầy số 1", "phieu": "chung"}, "đã có mã đang dùng"),
        ({"viec": "survey", "noi": "Cổng", "phieu": "99"}, "phiếu đã ban hành"),
        ({"viec": "poster", "noi": "Cổng"}, "để đánh giá hay để góp ý"),
    ],
)
def test_what_is_wrong_with_a_code_is_told(world: World, form: dict[str, str], said: str) -> None:
    answer = fill(world.client("admin"), CODES, **form)
    assert answer.status_code == 422
    assert said in words(answer)
    with world.database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(AccessCode)) == 3


def test_a_code_asks_another_version_and_the_sheet_stays(world: World) -> None:
    short, client = own_questionnaire(world, world.commune_id), world.client("admin")
    assert "Công chức có thái độ" in words(world.client().get(f"/q/{world.survey_code}"))
    follow(client, fill(client, f"{CODES}/{world.survey_code}", viec="hoi", phieu=short))
    assert "Công chức có thái độ" not in words(world.client().get(f"/q/{world.survey_code}"))


def test_another_communes_version_and_a_draft_cannot_be_asked(world: World) -> None:
    foreign, client = own_questionnaire(world, world.other_id), world.client("admin")
    with world.database.writing() as session:
        draft = draft_questionnaire(session, "nhap", "Nháp", STANDARD_DOCUMENT, world.commune_id).id
    before = code_of(world, world.survey_code).questionnaire_id
    for wanted in (foreign, draft, "x", ""):
        answer = fill(client, f"{CODES}/{world.survey_code}", viec="hoi", phieu=wanted)
        assert answer.status_code == 422
    assert code_of(world, world.survey_code).questionnaire_id == before


def test_retiring_says_what_becomes_of_the_paper_and_leads_on_kindly(world: World) -> None:
    client, address = world.client("admin"), f"{CODES}/{world.survey_code}"
    assert "Tờ giấy trên tường vẫn còn đó" in words(client.get(address))
    unsure = fill(client, address, viec="ngung")
    assert unsure.status_code == 422
    assert code_of(world, world.survey_code).retired_at is None
    told = follow(client, fill(client, address, viec="ngung", chac="on"))
    assert "Đã ngừng mã SVEY001. Xin gỡ tờ đang treo ở “Quầy số 1”." in told
    scanned = world.client().get(f"/Q/{world.survey_code}")
    assert scanned.status_code == 410
    assert "không còn dùng nữa" in words(scanned)
    again = fill(client, CODES, viec="survey", noi="Quầy số 1", phieu="chung")
    assert again.status_code == 303, "a retired code leaves its place free"
    assert client.get(address).status_code == 200


def test_two_administrators_on_one_code(world: World) -> None:
    short = own_questionnaire(world, world.commune_id)
    first, second, address = world.client("admin"), commune_admin(world), f"{CODES}/{world.survey_code}"
    mark = basis_in(second.get(address).get_data(as_text=True))
    follow(first, fill(first, address, viec="hoi", phieu=short))
    late = second.post(address, data={"can_cu": mark, "viec": "ngung", "chac": "on"})
    assert late.status_code == 409
    assert code_of(world, world.survey_code).retired_at is None


def test_a_retired_version_is_no_longer_offered(world: World) -> None:
    short = own_questionnaire(world, world.commune_id)
    with world.database.writing() as session:
        found = session.get_one(Questionnaire, short)
        found.status, found.retired_at = QuestionnaireStatus.RETIRED, world.clock()
    client = world.client("admin")
    assert "Phiếu ngắn" not in words(client.get(f"{CODES}/{world.survey_code}"))
    assert fill(client, f"{CODES}/{world.survey_code}", viec="hoi", phieu=short).status_code == 422
