"""What can happen to a hidden case and around it. An act on it happens in one twin, everything else in both alike."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Account, Case, Officer, Post, Tenure
from models.mergers import merge_units
from models.sealing import new_key_pair
from models.units import Unit
from tests.fixtures.mergers import EVE, MERGER, MORNING
from tests.fixtures.officers import appoint
from tests.fixtures.world import World
from tests.properties.twin.asking import Browser
from tests.properties.twin.installations import (
    HEAD_POST,
    IDS,
    TUAN,
    Installation,
    add_officer,
    change,
    insiders,
)
from triage.casework.moving import move_open_cases
from triage.casework.redating import DayChange, change_days
from triage.casework.sealing import seal_waiting
from vietnamese.calendar import Worked, local_day

ANSWER = "Kính gửi Ông/Bà, chúng tôi đã xem xét và xin trả lời."
_POST = re.compile(r'<option value="(\d+)"')
_PUBLIC_KEY = new_key_pair()[1]


@dataclass
class Twins:
    """An installation with the entry and its twin without it."""

    one: Installation
    other: Installation

    def both(self) -> list[Installation]:
        """The two of them."""
        return [self.one, self.other]


Step = Callable[[Twins], None]


def _act(button: str, **fields: str) -> Step:
    """Somebody who may know opens the hidden case, with a reason where it asks, and presses a button."""

    def step(twins: Twins) -> None:
        case, may = twins.one.case(), sorted(insiders(twins.one))
        for who in may if case else ():
            browser, page = Browser(twins.one, who), f"/can-bo/viec/{case.reference}"  # type: ignore[union-attr]
            if browser.get(page).status != 200:
                continue
            browser.post(f"{page}/mo", {"ly_do": "giai-quyet"})
            text = browser.get(page).text
            version = re.search(r'name="version" value="(\d+)"', text)
            if version is None:
                continue
            form = {"version": version.group(1), **fields}
            if fields.get("post"):
                offered = _POST.findall(text)
                form["post"] = offered[int(fields["post"]) % len(offered)] if offered else "0"
            browser.post(f"{page}/{button}", form)

    return step


def _change(what: Callable[[Session, World], object]) -> Step:
    return lambda twins: change(twins.both(), what)


def _work(twins: Twins) -> None:
    for made in twins.both():
        made.work()


def _pass(days: int) -> Step:
    def step(twins: Twins) -> None:
        for made in twins.both():
            made.world.clock.move(timedelta(days=days))

    return step


def _newcomer(name: str) -> Step:
    """Somebody joins, on the very post where the hidden case lies, standing in for its holder."""

    def step(twins: Twins) -> None:
        post = _post_of_case(twins)
        today = local_day(twins.one.world.clock())
        change(twins.both(), lambda session, world: add_officer(session, world, name, post, today, stand_in=True))

    return step


def _accused_takes(post: str = "") -> Step:
    """The accused leaves every post and takes another: the one where the hidden case lies, or the one named."""

    def step(twins: Twins) -> None:
        target = post or _post_of_case(twins)
        accused = twins.one.world.officers[HEAD_POST]
        change(twins.both(), lambda session, world: appoint(session, world, accused, target))

    return step


def _subordinate_stands_in(twins: Twins) -> None:
    post, today = _post_of_case(twins), local_day(twins.one.world.clock())

    def add(session: Session, world: World) -> None:
        officer = session.scalars(sa.select(Officer).where(Officer.full_name == "Lò Văn Kiên")).one()
        home = session.scalars(sa.select(Post).where(Post.unit_id == world.commune_id, Post.code == post)).one()
        session.add(Tenure(post_id=home.id, officer_id=officer.id, starts_on=today, stand_in=True))

    if not twins.one.read(_tenures_of("Lò Văn Kiên", post)):
        change(twins.both(), add)


def _tenures_of(name: str, post: str) -> sa.Select:
    held = sa.select(Tenure.id).join(Officer).join(Post)
    return held.where(Officer.full_name == name, Post.code == post)


def _rename(session: Session, world: World) -> None:
    session.get_one(Officer, world.officers["office_chief"]).full_name = TUAN


def _merge(twins: Twins) -> None:
    """The second commune is merged into the first one."""
    if twins.one.world.clock() > EVE:
        return
    for made in twins.both():
        made.world.clock.at = EVE
        with made.world.database.writing() as session:
            former, heir = (session.get_one(Unit, unit) for unit in (made.world.other_id, made.world.commune_id))
            merge_units(session, [former], heir, MERGER, made.world.clock())
        made.world.clock.at = MORNING
        with made.world.database.writing() as session:
            move_open_cases(session, made.world.clock())


def _day_off(session: Session, world: World) -> None:
    """The administrator of both says that tomorrow is a day off: terms move, also the hidden one's."""
    account = session.scalars(sa.select(Account.id).where(Account.username == "a.admin")).one()
    off = DayChange(local_day(world.clock()) + timedelta(days=1), Worked.NONE, "Thông báo 1", verified=True)
    change_days(session, session.get_one(Unit, world.province_id), [off], account, world.clock())


def _seal(twins: Twins) -> None:
    """The commune begins to trust a province's key."""
    for made in twins.both():
        database = made.world.database
        for engine in (database.write_engine, database.read_engine):
            engine.dialect.langnghe_keyring = replace(database.keyring, superior=_PUBLIC_KEY)
        with database.writing() as session:
            seal_waiting(session, made.world.clock())


def _another_entry(twins: Twins) -> None:
    count = len(twins.other.read(sa.text("SELECT id FROM entries")))
    for made in twins.both():
        made.world.send_box("Chợ họp lấn ra lòng đường", IDS[count % len(IDS)])


def _post_of_case(twins: Twins) -> str:
    case = twins.one.case()
    if case is None or case.superior:
        return "restricted_intake"
    ((code,),) = twins.one.read(sa.select(Post.code).join(Case, Case.post_id == Post.id).where(Case.id == case.id))
    return code


def _labels(kind: str, topic: str, accuses: bool) -> dict[str, str]:
    return {"kind": kind, "topic": topic} | ({"accuses_staff": "on"} if accuses else {})


STEPS: dict[str, Step] = {
    "confirm": _act("xac-nhan"),
    "correct to a complaint": _act("xac-nhan", **_labels("complaint", "land_construction", True)),
    "correct to a question": _act("xac-nhan", **_labels("question", "infrastructure", False)),
    "correct to nothing": _act("xac-nhan", **_labels("other", "other", False)),
    "draft": _act("luu-nhap", text=ANSWER),
    "submit": _act("trinh", text=ANSWER),
    "return": _act("tra-lai", note="Xin nêu rõ ngày."),
    "sign": _act("ky", text=ANSWER),
    "hand over": _act("chuyen", post="1", handing_reason="Đúng lĩnh vực"),
    "hand over again": _act("chuyen", post="4", handing_reason="Đúng lĩnh vực"),
    "file": _act("luu-lai", filing_reason="Không có nội dung"),
    "look at the contact": _act("lien-he"),
    "ask the sender and wait": _act("cho-nguoi-gui", asked="Xảy ra hôm nào?"),
    "go on": _act("tinh-tiep"),
    "step back": _act("xin-thoi", recusing_reason="Là người nhà"),
    "to another authority": _act("sang-noi-khac", authority="Thanh tra tỉnh", sent="Nội dung phản ánh."),
    "verified as true": _act("ket-luan", finding="true", finding_reason="Có người làm chứng"),
    "verified as false": _act("ket-luan", finding="false", finding_reason="Hôm ấy đi họp"),
    "reopen": _act("mo-lai", reopening_reason="Người dân gọi lại"),
    "work": _work,
    "three days": _pass(3),
    "a month": _pass(31),
    "a newcomer of that name": _newcomer(TUAN),
    "a newcomer": _newcomer("Cà Văn Bình"),
    "the accused takes that post": _accused_takes(),
    "the accused leads": _accused_takes("vice_chairperson"),
    "a subordinate stands in": _subordinate_stands_in,
    "somebody is given that name": _change(_rename),
    "merger": _merge,
    "seal": _seal,
    "a day off": _change(_day_off),
    "another entry": _another_entry,
}
LONG_AGO = date(2025, 7, 1)
