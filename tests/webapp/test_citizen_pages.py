"""What citizens' pages promise as documents: small, free of inline code, labelled, and never losing words."""

import gzip
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from models import AccessCode, CodePurpose, DatabaseBusy
from surveys.questions import LEVELS, LONGEST_TEXT
from tests.fixtures.databases import Copies
from tests.fixtures.world import World, migrate_and_settle, serve

BUDGET = 14 * 1024
"""Bytes of page and style sheet, compressed: what fits into the first round trip of a connection."""
TYPED = 'Đèn đường "ngõ 5" <hỏng> & tối,\nđã hai tuần'
VOID = {"input", "meta", "link", "br", "img", "hr", "circle", "path", "rect"}


@dataclass
class Element:
    """One element with its text, inner elements' text included."""

    tag: str
    attributes: dict[str, str | None]
    text: str = ""
    inside: list[str] = field(default_factory=list)
    """Tags around it, outermost first."""


class Reader(HTMLParser):
    """All elements of a page in order; complains about crossed tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        assert not self._open, [element.tag for element in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs), inside=[outer.tag for outer in self._open])
        assert len(element.attributes) == len(attrs), f"an attribute stands twice in {tag}: {attrs}"
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs), inside=[outer.tag for outer in self._open]))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements of a tag with these attributes."""
        return [e for e in self.elements if e.tag == tag and attributes.items() <= e.attributes.items()]

    def one(self, tag: str, **attributes: str) -> Element:
        """The only such element."""
        (element,) = self.all(tag, **attributes)
        return element


@pytest.fixture(scope="module")
def world(sqlite_copies: Copies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world for all tests here: pages do not differ by database."""
    folder = tmp_path_factory.mktemp("pages")
    database, settled = sqlite_copies.make(folder, migrate_and_settle)
    world = serve(database, settled, folder)
    with database.writing() as session:
        session.add(
            AccessCode(
                code="G0NE001", purpose=CodePurpose.BOX, place="Hòm thư cũ", unit_id=world.commune_id,
                province_code="14", created_at=world.clock(), retired_at=world.clock().replace(year=2025),
            )
        )  # fmt: skip
    yield world
    database.dispose()


@pytest.fixture
def client(world: World) -> FlaskClient:
    """A citizen's browser."""
    return world.client()


def send(client: FlaskClient, code: str, **answers: str) -> str:
    """Post a form; the page that comes back."""
    answers.setdefault("submission_id", str(uuid.uuid4()))
    return client.post(f"/q/{code}", data=answers).get_data(as_text=True)


def pages(world: World, client: FlaskClient) -> dict[str, str]:
    """Every page a citizen can meet, by name."""
    twice = str(uuid.uuid4())
    send(client, world.survey_code, submission_id=twice, overall="5")
    kept = re.search(r'data-copy="([^"]+)"', send(client, world.box_code, comment=TYPED))
    assert kept
    looked_at = {
        "home": "/",
        "survey": f"/q/{world.survey_code}",
        "box": f"/q/{world.box_code}",
        "follow": "/theo-doi",
        "progress": f"/t/{kept[1]}",
        "mistyped": "/t/ABC",
        "unknown form": "/q/NOSUCH1",
        "sign in": "/dang-nhap",
        "nowhere": "/khong-co",
    }
    sent = {
        "thanks": send(client, world.survey_code, overall="4", comment=TYPED),
        "rated only": send(client, world.survey_code, overall="4"),
        "changed": send(client, world.survey_code, submission_id=twice, overall="1", comment=TYPED),
        "survey error": send(client, world.survey_code, comment=TYPED, on_time="na"),
        "box error": send(client, world.box_code, comment=""),
        "retired form": send(client, "G0NE001", comment=TYPED),
    }
    return {name: client.get(path).get_data(as_text=True) for name, path in looked_at.items()} | sent


def test_first_visit_fits_into_one_round_trip_and_two_requests(world: World, client: FlaskClient) -> None:
    for code in (world.survey_code, world.box_code):
        html = client.get(f"/q/{code}").get_data()
        page = Reader(html.decode())
        (sheet,) = page.all("link", rel="stylesheet")
        css = client.get(str(sheet.attributes["href"])).get_data()
        assert len(gzip.compress(html)) + len(gzip.compress(css)) <= BUDGET
        assert page.one("link", rel="icon").attributes["href"].startswith("data:")  # type: ignore[union-attr]
        fetching = [e for e in page.elements if "src" in e.attributes or e.tag in ("script", "img", "iframe")]
        assert not fetching
        assert b"url(" not in css
        assert b"@import" not in css


def test_no_page_needs_what_the_policy_forbids(world: World, client: FlaskClient) -> None:
    for name, html in pages(world, client).items():
        page = Reader(html)
        for element in page.elements:
            forbidden = [a for a in element.attributes if a == "style" or a.startswith("on")]
            assert not forbidden, (name, element)
            assert element.tag != "style", name
            if element.tag == "script":
                assert str(element.attributes["src"]).startswith("/static/"), name
                assert element.text == "", name


def test_every_page_says_where_one_is_and_has_one_heading(world: World, client: FlaskClient) -> None:
    for name, html in pages(world, client).items():
        page = Reader(html)
        assert page.one("html").attributes["lang"] == "vi", name
        assert page.one("title").text.strip(), name
        assert page.one("header").text.strip(), name
        assert page.one("h1").text.strip(), name
        assert page.one("main").attributes["id"] == "main", name
        assert page.all("a", href="#main"), name
        ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
        assert len(ids) == len(set(ids)), name


def test_everything_to_fill_in_has_a_label_with_words(world: World, client: FlaskClient) -> None:
    for name, html in pages(world, client).items():
        page = Reader(html)
        labelled = {e.attributes.get("for") for e in page.all("label") if e.text.strip()} - {None}
        for e in page.elements:
            if e.tag in ("input", "select", "textarea") and e.attributes.get("type") != "hidden":
                assert "label" in e.inside or e.attributes["id"] in labelled, (name, e)
        known = {e.attributes.get("id") for e in page.elements}
        for e in page.elements:
            for attribute in ("aria-describedby", "aria-labelledby"):
                assert set((e.attributes.get(attribute) or "").split()) <= known, (name, e)


def test_five_faces_worst_first_each_with_its_words(world: World, client: FlaskClient) -> None:
    page = Reader(client.get(f"/q/{world.survey_code}").get_data(as_text=True))
    radios = page.all("input", type="radio", name="overall")
    assert [radio.attributes["value"] for radio in radios] == [str(level) for level in LEVELS]
    assert all("fieldset" in radio.inside for radio in radios)
    assert not any("checked" in radio.attributes for radio in radios)
    words = [label.text.strip() for label in page.all("label", **{"class": "pick"})[:5]]
    assert words == list(LEVELS.values())
    faces = [e for e in page.all("svg") if "label" in e.inside]
    assert len(faces) == 5
    assert all(face.attributes["aria-hidden"] == "true" for face in faces)
    drawings = [e.attributes["d"] for e in page.all("path") if "label" in e.inside]
    by_face = [tuple(drawings[i : i + 2]) for i in range(0, 10, 2)]
    assert len(set(by_face)) == 5, "faces must differ in shape"


def test_a_refused_survey_keeps_all_and_leads_to_the_mistake(world: World, client: FlaskClient) -> None:
    submission_id = str(uuid.uuid4())
    answers = {"comment": TYPED, "procedure_field": "land", "on_time": "na", "attitude": "2"}
    answer = client.post(f"/q/{world.survey_code}", data={"submission_id": submission_id, **answers})
    assert answer.status_code == 422
    page = Reader(answer.get_data(as_text=True))
    assert page.one("textarea").text.removeprefix("\n") == TYPED
    assert page.one("input", name="submission_id").attributes["value"] == submission_id
    assert "selected" in page.one("option", value="land").attributes
    assert "checked" in page.one("input", name="on_time", value="na").attributes
    assert "checked" in page.one("input", name="attitude", value="2").attributes
    assert any("open" in e.attributes for e in page.all("details"))
    alert = page.one("div", role="alert")
    assert "khuôn mặt" in alert.text
    assert page.all("a", href="#overall-1")
    assert page.one("input", id="overall-1")
    tied = [e for e in page.all("fieldset") if e.attributes.get("aria-describedby") == "overall-problem"]
    assert len(tied) == 1
    assert page.one("title").text.startswith("Chưa gửi được")


def test_a_comment_that_is_too_long_comes_back_whole(world: World, client: FlaskClient) -> None:
    long = "dài " * (LONGEST_TEXT // 3)
    page = Reader(send(client, world.box_code, comment=long, sender_name="Lò Thị Ín"))
    assert page.one("textarea").text.removeprefix("\n") == long
    assert page.one("input", name="sender_name").attributes["value"] == "Lò Thị Ín"
    assert "4.000" in page.one("div", role="alert").text
    assert "maxlength" not in page.one("textarea").attributes


def test_more_questions_stay_folded_until_they_are_used(world: World, client: FlaskClient) -> None:
    page = Reader(client.get(f"/q/{world.survey_code}").get_data(as_text=True))
    assert page.all("details")
    assert not any("open" in e.attributes for e in page.all("details"))
    page = Reader(send(client, world.survey_code, overall="9"))
    assert not any("open" in e.attributes for e in page.all("details")), "nothing folded was answered"


def test_box_shows_emergency_numbers_and_hotline_before_the_text(world: World, client: FlaskClient) -> None:
    html = client.get(f"/q/{world.box_code}").get_data(as_text=True)
    for number in ("113", "114", "115", "02123850000"):
        assert 0 < html.index(f"tel:{number}") < html.index("<textarea")


def test_both_forms_say_who_keeps_what_before_sending(world: World, client: FlaskClient) -> None:
    for code in (world.survey_code, world.box_code):
        html = client.get(f"/q/{code}").get_data(as_text=True)
        for said in ("Ủy ban nhân dân phường Tô Hiệu", "mã hóa", "Ai được xem", "không ảnh hưởng đến hồ sơ",
                     "Không cần ghi tên", "rút ý kiến"):  # fmt: skip
            assert said in html


def test_thanks_for_a_text_give_code_term_and_way_to_follow(world: World, client: FlaskClient) -> None:
    html = send(client, world.box_code, comment=TYPED)
    page = Reader(html)
    groups = [e.text for e in page.all("span") if re.fullmatch(r"[0-9A-Z]{4}", e.text)]
    assert len(groups) == 4
    button = page.one("button", **{"data-copy": "-".join(groups)})
    assert "hidden" in button.attributes, "shown by the script that makes it work"
    assert page.one("div", role="img").attributes["aria-label"]
    for said in ("15 ngày làm việc", "lưu lại mã này", "localhost/theo-doi", "09:00 ngày 05/10/2026"):
        assert said in html


def test_thanks_for_a_rating_promise_no_answer(world: World, client: FlaskClient) -> None:
    html = send(client, world.survey_code, overall="2")
    assert "Không hài lòng" in html
    assert "không cần làm gì thêm" in html
    assert "ngày làm việc" not in html
    assert "<script" not in html


def test_a_changed_form_offers_the_new_words_under_a_new_id(world: World, client: FlaskClient) -> None:
    first = str(uuid.uuid4())
    send(client, world.survey_code, submission_id=first, overall="5")
    again = send(client, world.survey_code, submission_id=first, overall="1", comment=TYPED, attitude="1")
    page = Reader(again)
    assert "chưa được gửi" in page.one("h1").text
    offered = {e.attributes["name"]: e.attributes["value"] for e in page.all("input", type="hidden")}
    assert offered.pop("submission_id") not in (first, "", None)
    assert offered == {"overall": "1", "attitude": "1"}
    assert page.one("textarea", name="comment").text.removeprefix("\n") == TYPED


def test_text_sent_to_a_retired_or_unknown_form_can_be_copied(client: FlaskClient) -> None:
    for code, said in (("G0NE001", "không còn dùng"), ("NOSUCH1", "Không tìm thấy")):
        page = Reader(send(client, code, comment=TYPED))
        assert said in page.one("h1").text
        assert page.one("textarea").text.removeprefix("\n") == TYPED


def test_a_wrong_code_is_told_beside_the_field_and_kept(client: FlaskClient) -> None:
    page = Reader(client.post("/theo-doi", data={"code": "7k2m-9"}).get_data(as_text=True))
    box = page.one("input", name="code")
    assert box.attributes["value"] == "7k2m-9"
    assert box.attributes["aria-invalid"] == "true"
    assert "code-problem" in str(box.attributes["aria-describedby"])
    assert "pattern" not in box.attributes
    assert page.all("a", href="#code")


def test_progress_shows_the_citizens_own_words_and_the_next_step(world: World, client: FlaskClient) -> None:
    kept = re.search(r'data-copy="([^"]+)"', send(client, world.box_code, comment=TYPED))
    assert kept
    page = Reader(client.post("/theo-doi", data={"code": kept[1]}).get_data(as_text=True))
    assert TYPED in [e.text for e in page.all("p")]
    steps = [e.attributes["class"] for e in page.all("li") if "ol" in e.inside]
    assert steps == ["done", "now", "later", "later"]
    assert "15 ngày làm việc" in page.one("main").text


def test_when_the_database_is_away_everything_waits_in_the_page(
    world: World, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise DatabaseBusy("another writer holds the database")

    monkeypatch.setattr("webapp.citizen.views.accept", busy)
    answers = {"submission_id": str(uuid.uuid4()), "overall": "3", "comment": TYPED}
    answer = client.post(f"/q/{world.survey_code}", data=answers)
    assert answer.status_code == 503
    page = Reader(answer.get_data(as_text=True))
    assert page.one("form").attributes == {"method": "post", "action": f"/q/{world.survey_code}"}
    kept = {str(e.attributes["name"]): e.attributes["value"] for e in page.all("input", type="hidden")}
    kept["comment"] = page.one("textarea").text.removeprefix("\n")
    assert kept == answers


def test_a_password_is_never_written_into_a_page(
    world: World, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise DatabaseBusy("another writer holds the database")

    monkeypatch.setattr("webapp.auth.verify_password", busy)
    answer = client.post("/dang-nhap", data={"username": "a.board", "password": "rất bí mật"})
    assert answer.status_code == 503
    assert "rất bí mật" not in answer.get_data(as_text=True)
    refused = client.post("/dang-nhap", data={"username": "", "password": "rất bí mật"})
    assert "rất bí mật" not in refused.get_data(as_text=True)


def test_words_sent_to_a_page_that_is_not_there_come_back(client: FlaskClient) -> None:
    answer = client.post("/khong-co", data={"comment": TYPED})
    assert answer.status_code == 404
    assert Reader(answer.get_data(as_text=True)).one("textarea").text.removeprefix("\n") == TYPED
