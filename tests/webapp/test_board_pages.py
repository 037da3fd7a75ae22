"""The board's pages: the same figures on screen and in files, honest silence, and nothing of anybody."""

import csv
import random
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from io import BytesIO, StringIO

import openpyxl
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from models import Account, Case, CaseState, Entry, RatingFact, Response, Role, Stratum, Unit, UnitKind
from reports.facts import refresh_stale_days
from reports.figures import decimal, percent
from reports.measures import CaseCounts, Measure, RatingCounts, mean_score, punctuality, satisfaction_rate
from tests.fixtures.world import PASSWORD_HASH, NewWorld, World
from triage.casework.opening import Labels, open_case
from triage.casework.placing import get_roster, topic_posts
from triage.routing.routes import Matter, decide
from vietnamese.calendar import local_day

AUGUST = datetime(2026, 8, 10, 3, 0, tzinfo=UTC)
START, COMMUNE = "/hoi-dong/", "/hoi-dong/03646"
ROAD = Labels("petition", "infrastructure", False, False)
BRIBE = Labels("denunciation", "integrity", False, True)
SECRET = "Ông Hoàng Minh Tuấn phòng kinh tế đòi nhà tôi hai triệu mới chịu ký."


class Tables(HTMLParser):
    """Every table of a page: caption → rows of cells' texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, list[list[str]]] = {}
        self._rows: list[list[str]] = []
        self._caption, self._into = "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "table":
            self._rows, self._caption = [], ""
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th"):
            self._rows[-1].append("")
        self._into = tag if tag in ("td", "th", "caption") else self._into

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self.found[self._caption] = self._rows
        if tag == self._into:
            self._into = ""

    def handle_data(self, data: str) -> None:
        if self._into == "caption":
            self._caption += data.strip()
        elif self._into:
            self._rows[-1][-1] = f"{self._rows[-1][-1]} {data.strip()}".strip()


def text_of(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.get_data(as_text=True)


def table_of(client: FlaskClient, address: str, caption: str) -> list[dict[str, str]]:
    head, *rows = Tables(text_of(client, address)).found[caption]
    return [dict(zip([title.split(" ", 1)[0] for title in head], row, strict=True)) for row in rows]


def csv_of(client: FlaskClient, address: str) -> list[dict[str, str]]:
    raw = client.get(address).get_data()
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(raw.decode("utf-8-sig"))))


def xlsx_of(client: FlaskClient, address: str) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(BytesIO(client.get(address).get_data())).active
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    at = next(number for number, row in enumerate(rows) if row[0] in ("Mã đơn vị", "Phần"))
    return [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :]]


def rate(world: World, at: datetime, level: int, **items: str) -> None:
    """A citizen rates on the page."""
    world.clock.at = at
    form = {"submission_id": str(uuid.uuid4()), "overall": str(level), **items}
    assert world.client().post(f"/q/{world.survey_code}", data=form).status_code == 200


def write(world: World, at: datetime, text: str, labels: Labels) -> uuid.UUID:
    """A citizen writes; the reading is given, the routing is the real one."""
    world.clock.at = at
    submission_id = world.send_box(text, uuid.uuid5(uuid.NAMESPACE_URL, text))
    with world.database.writing() as session:
        entry = session.get_one(Entry, submission_id)
        unit = session.get_one(Unit, entry.unit_id)
        roster = get_roster(session, unit, local_day(at))
        matter = Matter(labels.kind, labels.topic, labels.urgent, labels.accuses_staff)
        routing = decide(matter, text, roster, topic_posts())
        return open_case(session, entry, labels, routing, routing.reasons, [], False, "test", at, unit.staff_version).id


def settle(world: World, at: datetime = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)) -> None:
    """Time passes, and the worker counts."""
    world.clock.at = at
    while refresh_stale_days(world.database, world.clock):
        pass


def put(world: World, unit_id: int, day: date, levels: tuple[int, ...], **key: object) -> None:
    """A day's counts, straight into the facts."""
    counted = {f"level_{level}": count for level, count in enumerate(levels, start=1)}
    fixed = {"stratum": Stratum.OPEN_QR, "question": "overall", "not_applicable": 0, "blank": 0}
    with world.database.writing() as session:
        session.add(RatingFact(unit_id=unit_id, province_code="14", day=day, **{**fixed, **counted, **key}))


def add_account(world: World, username: str, unit_id: int) -> FlaskClient:
    with world.database.writing() as session:
        session.add(Account(username=username, role=Role.BOARD, unit_id=unit_id, password_hash=PASSWORD_HASH))
    client = world.client()
    world.sign_in(client, username)
    return client


def shown(measure: Measure, write: object = percent) -> str:
    assert measure.value is not None
    assert measure.low is not None
    assert measure.high is not None
    return f"{write(measure.value)} ({decimal(measure.low)}–{decimal(measure.high)})"  # type: ignore[operator]


@pytest.fixture
def busy(world: World) -> World:
    """A quarter in which 40 citizens rated and seven wrote."""
    draw = random.Random(11)
    for number in range(40):
        attitude = draw.choice(["", "na", "3", "4", "5"])
        at = AUGUST + timedelta(days=draw.randrange(50))
        rate(world, at, draw.choice([1, 2, 3, 4, 4, 5, 5, 5]), attitude=attitude, comment="" if number else SECRET)
    texts = [f"Đường hỏng đoạn số {number}, xin sửa giúp." for number in range(7)]
    cases = [write(world, AUGUST + timedelta(hours=1), text, ROAD) for text in texts]
    with world.database.writing() as session:
        for number, case_id in enumerate(cases[:6]):
            case = session.get_one(Case, case_id)
            late = timedelta(days=1 if number == 5 else -1)
            case.state, case.closed_at = CaseState.ISSUED, case.due_at + late
    settle(world)
    return world


def raw_counts(world: World) -> RatingCounts:
    """What citizens chose, counted from their answers and nothing else."""
    with world.database.reading() as session:
        chosen = list(session.scalars(sa.select(Response.overall)))
    return RatingCounts(*(chosen.count(level) for level in range(1, 6)), blank=chosen.count(None))


def test_screen_csv_workbook_and_raw_answers_tell_the_same(busy: World) -> None:
    client = busy.client("board")
    counts = raw_counts(busy)
    rate_, mean = satisfaction_rate(counts), mean_score(counts)
    on_time = punctuality(CaseCounts(7, 6, 5, 1, 1))
    assert counts.answers == 40

    [row, _other] = table_of(client, START, "Từng nơi, Quý III năm 2026")
    assert row["Xã,"] == "Phường Tô Hiệu"
    assert row["Phiếu"] == "40"
    assert row["Tỷ"] == shown(rate_)
    assert row["Điểm"] == shown(mean, decimal)
    assert row["Trả"] == shown(on_time)
    assert row["Ý"] == "7"

    for line in (csv_of(client, "/hoi-dong/so-sanh.csv")[0], xlsx_of(client, "/hoi-dong/so-sanh.xlsx")[0]):
        assert line["Đơn vị"] == "Phường Tô Hiệu"
        for title, measure in (("Tỷ lệ hài lòng (%)", rate_), ("Điểm trung bình (0–100)", mean),
                               ("Trả lời đúng hạn (%)", on_time)):  # fmt: skip
            told = [float(str(line[f"{title}: {part}"])) for part in ("giá trị", "cận dưới 95 %", "cận trên 95 %")]
            assert told == [float(end) for end in (measure.value, measure.low, measure.high) if end is not None]
        assert int(str(line["Ý kiến đã nhận"])) == 7
        assert int(str(line["Quá hạn chưa trả lời"])) == 1


def test_a_communes_page_and_its_files_tell_the_same(busy: World) -> None:
    client = busy.client("board")
    whole = satisfaction_rate(raw_counts(busy))
    with busy.database.reading() as session:
        answers = session.execute(sa.text("SELECT level, not_applicable FROM answers WHERE question='attitude'")).all()
    levels = [level for level, _ in answers]
    attitude = RatingCounts(*(levels.count(level) for level in range(1, 6)), not_applicable=levels.count(None),
                            blank=40 - len(levels))  # fmt: skip
    item = "Công chức có thái độ giao tiếp lịch sự, tôn trọng đối với người dân"

    rows = {row["Nội"]: row for row in table_of(client, COMMUNE, "Từng nội dung, Quý III năm 2026")}
    assert rows[item]["Tỷ"] == shown(satisfaction_rate(attitude))
    assert rows[item]["Phiếu"].startswith(f"{attitude.answers} bỏ trống {attitude.blank}")
    assert rows["Kết quả được trả đúng hẹn"]["Tỷ"] == "không có phiếu"
    trend = table_of(client, COMMUNE, "Qua các kỳ")
    assert [row["Kỳ"] for row in trend][:2] == ["Quý III năm 2026", "Quý II năm 2026"]
    assert trend[0]["Tỷ"] == shown(whole)

    for lines in (csv_of(client, f"{COMMUNE}/bang.csv"), xlsx_of(client, f"{COMMUNE}/bang.xlsx")):
        told = {(line["Phần"], line["Nội dung"], line["Kỳ"]): line for line in lines}
        first = told["Chung", "Tất cả phiếu: tỷ lệ hài lòng", "2026-Q3"]
        assert float(str(first["Giá trị"])) == float(whole.value or 0)
        assert (int(str(first["n"])), int(str(first["Số đếm"]))) == (40, whole.numerator)
        assert first["Cách tính"] == whole.formula
        of_item = told["Theo nội dung", f"{item}: tỷ lệ hài lòng", "2026-Q3"]
        assert float(str(of_item["Giá trị"])) == float(satisfaction_rate(attitude).value or 0)
        assert int(str(of_item["Không áp dụng"])) == attitude.not_applicable
        roads = told["Ý kiến theo chủ đề", "Đường, cầu, điện, nước, thoát nước, chiếu sáng", "2026-Q3"]
        assert (int(str(roads["Số đếm"])), float(str(roads["Giá trị"]))) == (7, 100.0)


def test_every_figure_stands_with_its_n_blanks_interval_and_formula(busy: World) -> None:
    page = text_of(busy.client("board"), COMMUNE)
    told = satisfaction_rate(raw_counts(busy))
    assert "n = 40; cách tính “Tỷ lệ hài lòng”, bản 1" in page
    for formula in ("Tỷ lệ hài lòng = ", "Điểm trung bình trên thang", "Tỷ trọng chủ đề = ", "Tỷ lệ đúng hạn = "):
        explained = next(note for note in page.split("<li>") if note.startswith(formula))
        assert "(cách tính bản 1)." in explained
    assert not re.search(r"[a-z]+_[a-z]+/\d", page), "people read names, identifiers stay in the files"
    assert f"({decimal(told.low)}–{decimal(told.high)})" in page  # type: ignore[arg-type]
    assert "chưa có số hồ sơ nên chưa tính được tỷ lệ tham gia" in page


def test_each_picture_has_its_sentence_and_two_drawings(busy: World) -> None:
    page = text_of(busy.client("board"), COMMUNE)
    pictures = page.count('<figure class="picture">')
    assert pictures == 4  # one stratum only: nothing to draw beside each other
    assert page.count("<svg xmlns") == 2 * pictures
    assert page.count('class="answer"') == 6
    for figure in page.split('<figure class="picture">')[:-1]:
        assert figure.rindex('class="answer"') > figure.rfind("<h2")


def test_too_few_answers_stand_apart_and_are_never_zero(world: World) -> None:
    put(world, world.commune_id, date(2026, 8, 3), (0, 0, 1, 5, 9))
    put(world, world.other_id, date(2026, 8, 3), (4, 0, 0, 0, 0))
    client = world.client("board")
    page = text_of(client, START)
    first, last = table_of(client, START, "Từng nơi, Quý III năm 2026")
    assert first["Xã,"] == "Phường Tô Hiệu"
    assert (last["Xã,"], last["Phiếu"], last["Tỷ"], last["So"]) == (
        "Phường Chiềng An", "4", "chưa đủ phiếu", "– không xét",
    )  # fmt: skip
    assert "Chưa đủ phiếu, không xếp hạng" in page
    assert "0,0" not in re.sub(r"<svg.*?</svg>", "", page, flags=re.S)
    line = csv_of(client, "/hoi-dong/so-sanh.csv")[1]
    assert line["Tỷ lệ hài lòng (%): giá trị"] == "chưa đủ phiếu"
    assert line["Tỷ lệ hài lòng (%): cận dưới 95 %"] == ""
    assert "Từng mức" not in text_of(client, "/hoi-dong/03664")


def test_what_would_tell_of_a_small_stratum_is_untold_on_page_and_in_files(world: World) -> None:
    day = date(2026, 8, 3)
    put(world, world.commune_id, day, (1, 1, 8, 30, 40))
    put(world, world.commune_id, day, (2, 3, 4, 3, 2), stratum=Stratum.PAPER)
    put(world, world.commune_id, day, (0, 0, 0, 1, 1), stratum=Stratum.PHONE)
    client = world.client("board")
    rows = {row["Cách"]: row for row in table_of(client, COMMUNE, "Từng cách thu phiếu, Quý III năm 2026")}
    assert (rows["Phiếu giấy"]["Tỷ"], rows["Gọi điện hỏi"]["Tỷ"]) == ("không nêu", "chưa đủ phiếu")
    assert rows["Quét mã treo tại quầy"]["Tỷ"] == shown(satisfaction_rate(RatingCounts(1, 1, 8, 30, 40)))
    assert rows["Tất cả"]["Phiếu"] == "96"
    for line in csv_of(client, f"{COMMUNE}/bang.csv"):
        if "Phiếu giấy" in line["Nội dung"] or "Gọi điện" in line["Nội dung"]:
            told = "không nêu" if "Phiếu giấy" in line["Nội dung"] else "chưa đủ phiếu"
            assert (line["Giá trị"], line["Cận dưới 95 %"], line["Số đếm"]) == (told, "", "")


def test_an_empty_province_says_so(world: World) -> None:
    client = world.client("board")
    assert "Quý III: chưa có phiếu đánh giá nào." in text_of(client, START)
    page = text_of(client, COMMUNE)
    assert "Quý III: chưa có phiếu đánh giá nào." in page
    assert "Quý III: chưa có ý kiến nào." in page


def test_the_last_ended_quarter_comes_first_and_leads_on(world: World) -> None:
    page = text_of(world.client("board"), START)
    assert "<h1>So sánh các xã, phường – Quý III năm 2026</h1>" in page
    for code in ("2026-Q2", "2026-Q4", "2026-07", "2026-08", "2026-09", "2026"):
        assert f'href="/hoi-dong/?ky={code}"' in page
    assert 'href="/hoi-dong/?ky=2027-Q1"' not in page
    assert '<option value="2026-Q3" selected>' in page


@pytest.mark.parametrize(
    ("at", "quarter"),
    [
        (datetime(2026, 9, 30, 16, 30, tzinfo=UTC), "Quý II năm 2026"),  # 23:30 in Vietnam
        (datetime(2026, 9, 30, 17, 30, tzinfo=UTC), "Quý III năm 2026"),  # 00:30 on 1 October
    ],
)
def test_a_quarter_ends_at_midnight_in_vietnam(world: World, at: datetime, quarter: str) -> None:
    world.clock.at = at
    assert f"phường – {quarter}</h1>" in text_of(world.client("board"), START)


@pytest.mark.parametrize("code", ["2026-Q5", "abc", "2026-09-30", "2027-Q1", "2027", "1999", "9999-Q4", "2026-13"])
def test_an_address_without_a_period_of_ours_is_not_found(world: World, code: str) -> None:
    client = world.client("board")
    for address in (START, COMMUNE, "/hoi-dong/so-sanh.csv", f"{COMMUNE}/bang.xlsx"):
        assert client.get(address, query_string={"ky": code}).status_code == 404


def test_a_running_period_tells_how_many_and_not_what(world: World) -> None:
    for level in (1, 1, 2, 5, 5, 5, 5):
        rate(world, world.clock.at, level)
    settle(world)
    client = world.client("board")
    for address in (START, COMMUNE):
        page = text_of(client, f"{address}?ky=2026-Q4")
        assert "đang diễn ra; tỷ lệ có sau ngày 31/12/2026" in page
        assert not re.search(r"\d\s*%|<svg xmlns|\(±", page)
        assert table_of(client, f"{address}?ky=2026-Q4", "Đến nay")[-1]["Phiếu"] == "7"
    for address in ("/hoi-dong/so-sanh.csv", "/hoi-dong/so-sanh.xlsx", f"{COMMUNE}/bang.csv", f"{COMMUNE}/bang.xlsx"):
        assert client.get(f"{address}?ky=2026-Q4").status_code == 404


def test_a_unit_can_be_looked_at_before_it_existed(world: World) -> None:
    assert "Quý I: chưa có phiếu đánh giá nào." in text_of(world.client("board"), f"{COMMUNE}?ky=2025-Q1")


@pytest.mark.parametrize("typed", ["To Hieu", "tô hiệu", "  TÔ  HIỆU ", "hieu"])
def test_communes_are_found_with_or_without_accents(world: World, typed: str) -> None:
    put(world, world.commune_id, date(2026, 8, 3), (0, 0, 1, 5, 9))
    put(world, world.other_id, date(2026, 8, 3), (9, 0, 1, 5, 9))
    client = world.client("board")
    whole = text_of(client, START)
    query = {"tim": typed}
    page = client.get(START, query_string=query).get_data(as_text=True)
    assert [row[0] for row in Tables(page).found["Từng nơi, Quý III năm 2026"][1:]] == ["Phường Tô Hiệu"]
    # What is told of all stays the same: searching is no statistic.
    for kept in (r'<p class="answer">.*?</p>', r"<p>\d+ nơi cao hơn.*?</p>"):
        assert re.search(kept, page).group() == re.search(kept, whole).group()  # type: ignore[union-attr]
    file = client.get("/hoi-dong/so-sanh.csv", query_string=query).get_data(as_text=True)
    assert "Phường Tô Hiệu" in file
    assert "Phường Chiềng An" not in file


def test_an_unknown_name_says_what_to_do(world: World) -> None:
    page = text_of(world.client("board"), "/hoi-dong/?tim=<b>xyz")
    assert "Không có xã, phường nào tên có chữ “&lt;b&gt;xyz”" in page
    assert "xem tất cả" in page


def test_any_communes_quarter_is_three_clicks_away(world: World) -> None:
    with world.database.writing() as session:
        for number in range(73):
            session.add(Unit(code=f"04{number:03}", name=f"Xã {number}", kind=UnitKind.COMMUNE, province_code="14"))
    client = world.client("board")
    page = text_of(client, START)
    assert '<option value="2025-Q1">' in page  # choose, press "Xem" …
    page = text_of(client, "/hoi-dong/?ky=2025-Q4&tim=")
    links = re.findall(r'<(?:th scope="row"[^>]*|li)><a href="(/hoi-dong/[^"]+)"', page[page.index("board-body") :])
    assert len(links) == 75  # … and open one of all
    assert '<details class="quiet-units" open>' in page, "where nobody has anything to tell, nothing is folded"
    assert "Quý IV năm 2025" in text_of(client, links[40])


def test_another_provinces_commune_looks_like_none(world: World) -> None:
    with world.database.writing() as session:
        session.add(Unit(code="27001", name="Xã Tỉnh Khác", kind=UnitKind.COMMUNE, province_code="27"))
    client = world.client("board")
    for ending in ("", "/bang.csv", "/bang.xlsx"):
        foreign = client.get(f"/hoi-dong/27001{ending}")
        unknown = client.get(f"/hoi-dong/99999{ending}")
        assert foreign.status_code == unknown.status_code == 404
        assert foreign.data.replace(b"27001", b"99999") == unknown.data
    assert "Tỉnh Khác" not in text_of(client, START)


def test_an_account_of_one_commune_sees_that_commune_only(busy: World) -> None:
    client = add_account(busy, "xa.board", busy.commune_id)
    answer = client.get(START)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/hoi-dong/03646?ky=2026-Q3")
    assert "Phường Tô Hiệu" in text_of(client, answer.headers["Location"])
    for hidden in ("/hoi-dong/03664", "/hoi-dong/03664/bang.csv"):
        assert client.get(hidden).status_code == 404
    assert [line["Đơn vị"] for line in csv_of(client, "/hoi-dong/so-sanh.csv")] == ["Phường Tô Hiệu"]


def everything(client: FlaskClient, period: str) -> Iterator[bytes]:
    """All the board can get of a period, but for the running clock."""
    for address in (START, COMMUNE, "/hoi-dong/03664", "/hoi-dong/so-sanh.csv", "/hoi-dong/so-sanh.xlsx",
                    f"{COMMUNE}/bang.csv", f"{COMMUNE}/bang.xlsx"):  # fmt: skip
        yield client.get(f"{address}?ky={period}").data


def test_no_text_and_no_name_of_anybody_is_shown(busy: World) -> None:
    for shown_ in everything(busy.client("board"), "2026-Q3"):
        page = shown_.decode("utf-8", errors="ignore")
        for private in (SECRET, "hai triệu", "Đường hỏng đoạn", "Hoàng Minh Tuấn", "Lò Thị Hương"):
            assert private not in page


@pytest.mark.parametrize("period", ["2026-Q3", "2026-Q4", "2026-08"])
def test_a_confidential_case_leaves_no_trace(new_world: NewWorld, period: str) -> None:
    seen = []
    for with_denunciation in (False, True):
        world = new_world()
        for level in (1, 3, 4, 4, 5, 5):
            rate(world, AUGUST, level)
        write(world, AUGUST, "Đường vào bản sụt, xin sửa giúp.", ROAD)
        if with_denunciation:
            for at, text in ((AUGUST, SECRET), (datetime(2026, 10, 2, 3, tzinfo=UTC), SECRET + " Lần hai.")):
                case_id = write(world, at, text, BRIBE)
                with world.database.reading() as session:
                    assert session.get_one(Case, case_id).confidential
        settle(world)
        seen.append(list(everything(world.client("board"), period)))
    assert seen[0] == seen[1]


def test_pages_keep_the_content_policy(busy: World) -> None:
    client = busy.client("board")
    for address in (START, COMMUNE, "/hoi-dong/?ky=2026-Q4", "/hoi-dong/?tim=zz", "/hoi-dong/?ky=2026"):
        page = text_of(client, address)
        assert not re.search(r"\sstyle=|<script|<style|\son\w+=|javascript:", page), address
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page), address


def test_files_are_named_typed_and_harmless(world: World) -> None:
    with world.database.writing() as session:
        session.get_one(Unit, world.commune_id).name = "=HYPERLINK(A1)"
    client = world.client("board")
    answer = client.get("/hoi-dong/so-sanh.csv?ky=2026-Q2")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="so-sanh-2026-Q2.csv"'
    assert "'=HYPERLINK(A1)" in answer.get_data(as_text=True)
    named = client.get("/hoi-dong/03664/bang.xlsx").headers["Content-Disposition"]
    assert named == 'attachment; filename="phuong-chieng-an-2026-Q3.xlsx"'
    strange = client.get(f"{COMMUNE}/bang.csv").headers["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="[a-z0-9-]+-2026-Q3\.csv"', strange)


def test_the_same_workbook_every_time(busy: World) -> None:
    first = busy.client("board").get(f"{COMMUNE}/bang.xlsx").data
    busy.clock.move(timedelta(days=3))
    assert busy.client("board").get(f"{COMMUNE}/bang.xlsx").data == first
