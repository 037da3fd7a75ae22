"""The board across a merger: figures add up, the page says so, and the old unit's own past can still be asked for."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from models import RatingFact, Stratum
from tests.fixtures.mergers import MERGER, merge, work
from tests.fixtures.officers import text_of
from tests.fixtures.world import World

SAID = "sáp nhập ngày 15/10/2026: số liệu trước ngày đó đã cộng các đơn vị cũ"


@pytest.fixture
def merged(world: World) -> World:
    """Both communes rated in quarter III and before the merger in quarter IV, then one; it is January."""
    rated = [(world.commune_id, date(2026, 8, 3), 30), (world.other_id, date(2026, 8, 3), 20),
             (world.commune_id, date(2026, 10, 6), 10), (world.other_id, date(2026, 10, 6), 8),
             (world.commune_id, date(2026, 11, 9), 25), (world.commune_id, date(2026, 5, 4), 12)]  # fmt: skip
    with world.database.writing() as session:
        session.add_all(
            RatingFact(unit_id=unit_id, province_code="14", day=day, stratum=Stratum.OPEN_QR, question="overall",
                       level_1=0, level_2=0, level_3=2, level_4=count - 2, level_5=0, not_applicable=0, blank=0)
            for unit_id, day, count in rated
        )  # fmt: skip
    merge(world)
    world.clock.at = datetime(2027, 1, 5, 2, 0, tzinfo=UTC)
    work(world)
    return world


def _rows(world: World, period: str) -> dict[str, str]:
    """Unit → number of answers, as the file of the comparison tells."""
    answer = world.client("board").get(f"/hoi-dong/so-sanh.csv?ky={period}")
    assert answer.status_code == 200
    lines = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    head = next(number for number, line in enumerate(lines) if "Đơn vị" in line)
    rows = [dict(zip(lines[head], line, strict=False)) for line in lines[head + 1 :]]
    return {row["Đơn vị"]: row["Tỷ lệ hài lòng (%): n"] for row in rows if row.get("Đơn vị")}


def test_every_answer_is_in_exactly_one_row_of_each_period(merged: World) -> None:
    assert _rows(merged, "2026-Q3") == {"Phường Tô Hiệu": "30", "Phường Chiềng An": "20"}
    assert _rows(merged, "2026-Q4") == {"Phường Tô Hiệu": "43"}
    assert _rows(merged, "2026") == {"Phường Tô Hiệu": "105"}
    assert _rows(merged, "2026-09") == {"Phường Tô Hiệu": "0", "Phường Chiềng An": "0"}


def test_a_quarter_against_the_one_before_says_that_units_were_merged(merged: World) -> None:
    page = text_of(merged.client("board").get("/hoi-dong/03646?ky=2026-Q4"))
    assert SAID in page
    assert "Sáp nhập ngày 15/10/2026" in page, "the picture marks the break"
    assert "n = 43" in page
    before = text_of(merged.client("board").get("/hoi-dong/03646?ky=2026-Q3"))
    assert SAID not in before
    assert "n = 30" in before
    with merged.database.reading() as session:
        assert session.get(RatingFact, (merged.other_id, date(2026, 8, 3), "open_qr", "overall")) is not None


def test_the_old_units_own_past_is_told_and_its_name_ends_with_it(merged: World) -> None:
    client = merged.client("board")
    past = client.get("/hoi-dong/03664?ky=2026-Q3")
    assert past.status_code == 200
    assert "n = 20" in text_of(past)
    assert "sáp nhập" not in text_of(past)
    assert client.get("/hoi-dong/03664?ky=2026-Q4").status_code == 404
    assert MERGER.isoformat() not in text_of(client.get("/hoi-dong/?ky=2026-Q4"))
    assert "Chiềng An" not in text_of(client.get("/hoi-dong/?ky=2026-Q4"))
