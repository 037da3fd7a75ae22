"""The duty roster: a month at once, filled in turn, days off marked, past days left alone."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from models import DutyShift, Tenure
from models.duty import month_days
from tests.fixtures.admin import UNIT, basis_in, commune_admin, fill, follow, words
from tests.fixtures.world import World
from vietnamese.calendar import is_working_day
from webapp.admin.duty import read_month

DUTY = f"{UNIT}/truc"


def shifts(world: World) -> dict[date, int]:
    with world.database.reading() as session:
        query = sa.select(DutyShift).where(DutyShift.unit_id == world.commune_id)
        return {shift.day: shift.officer_id for shift in session.scalars(query)}


def test_a_whole_month_is_stored_in_one_act(world: World) -> None:
    chair, vice = world.officers["chairperson"], world.officers["vice_chairperson"]
    client = world.client("admin")
    fields = {"thang": "2026-12", "viec": "luu", "ngay-01": chair, "ngay-02": vice, "ngay-06": chair}
    assert "Đã lưu lịch trực tháng 12/2026." in follow(client, fill(client, f"{DUTY}?thang=2026-12", **fields))
    stored = shifts(world)
    assert [stored.get(date(2026, 12, day)) for day in (1, 2, 3, 6)] == [chair, vice, None, chair]
    assert stored[date(2026, 10, 5)] == vice, "another month is not touched"
    again = {"thang": "2026-12", "viec": "luu", "ngay-01": vice}
    follow(client, fill(client, f"{DUTY}?thang=2026-12", **again))
    assert {day: who for day, who in shifts(world).items() if day.month == 12} == {date(2026, 12, 1): vice}


def test_filling_in_turn_shows_and_stores_nothing(world: World) -> None:
    client = world.client("admin")
    shown = fill(client, f"{DUTY}?thang=2026-11", thang="2026-11", viec="lan_luot")
    assert shown.status_code == 200
    assert "Chưa lưu." in words(shown)
    working = sum(is_working_day(day) for day in month_days(date(2026, 11, 1)))
    assert shown.get_data(as_text=True).count(" selected>") == working
    assert len(shifts(world)) == 1


def test_days_off_are_marked_with_words(world: World) -> None:
    page = words(world.client("admin").get(f"{DUTY}?thang=2026-09"))
    assert "02/09 Thứ tư nghỉ lễ" in page
    assert "05/09 Thứ bảy nghỉ" in page
    assert "04/09 Thứ sáu để trống" in page
    assert "làm bù" in words(world.client("admin").get(f"{DUTY}?thang=2026-01"))


def test_a_past_day_is_not_rewritten(world: World) -> None:
    vice, chair = world.officers["vice_chairperson"], world.officers["chairperson"]
    world.clock.move(timedelta(days=1))
    client = world.client("admin")
    follow(client, fill(client, DUTY, thang="2026-10", viec="luu", **{"ngay-05": chair, "ngay-06": chair}))
    assert shifts(world) == {date(2026, 10, 5): vice, date(2026, 10, 6): chair}


def test_only_a_leader_of_that_day_is_put_on_duty(world: World) -> None:
    chair = world.officers["chairperson"]
    with world.database.writing() as session:
        ends = sa.update(Tenure).where(Tenure.officer_id == chair).values(ends_on=date(2026, 10, 10))
        session.execute(ends)
    for who, day in ((chair, "12"), (world.officers["justice_officer"], "06"), (10**8, "06")):
        answer = fill(world.client("admin"), DUTY, thang="2026-10", viec="luu", **{f"ngay-{day}": who})
        assert answer.status_code == 422
        assert f"Người chọn cho ngày {day}/10/2026 không phải lãnh đạo" in words(answer)
    assert len(shifts(world)) == 1


def test_two_administrators_on_one_month(world: World) -> None:
    chair = world.officers["chairperson"]
    first, second = world.client("admin"), commune_admin(world)
    mark = basis_in(second.get(DUTY).get_data(as_text=True))
    follow(first, fill(first, DUTY, thang="2026-10", viec="luu", **{"ngay-06": chair}))
    late = second.post(DUTY, data={"can_cu": mark, "thang": "2026-10", "viec": "luu", "ngay-07": chair})
    assert late.status_code == 409
    assert "người khác đã đổi phần này" in words(late)
    assert shifts(world) == {date(2026, 10, 6): chair}


@pytest.mark.parametrize("raw", ["", "x", "2026-13", "0000-01", "99999999999-1", "2026-00", "2026"])
def test_a_month_that_is_none_is_the_present_one(raw: str) -> None:
    assert read_month(raw, date(2026, 10, 5)) == date(2026, 10, 1)
