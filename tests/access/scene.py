"""What `told` tells, made by the ordinary verbs in a small world."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import (
    Account,
    Case,
    Department,
    Entry,
    ExclusionReason,
    Finding,
    Officer,
    Post,
    Role,
    Tenure,
    Unit,
    UnitKind,
)
from models.codes import follow_up_hash
from tests.access.rules import may_know
from tests.access.told import (
    BESIDE,
    CASES,
    CHAIR,
    CLERK,
    CULTURE,
    HEAD,
    INTAKE,
    JUSTICE,
    LAND,
    LONG_AGO,
    ONE_DAY,
    PEOPLE,
    POLICE,
    SOCIAL,
    SUPERIOR,
    TODAY,
    VICE,
)
from tests.fixtures.officers import ANSWER, BRIBE, HOLE, JUNK, ROAD, Opened, open_entry
from tests.fixtures.sorting import reading, sort_all
from tests.fixtures.world import PASSWORD_HASH, START, World, _unit
from triage.casework import acts, withdrawing
from triage.casework.access import get_viewer
from triage.casework.forwarding import Letter
from triage.casework.opening import Labels
from triage.casework.placing import exclude
from triage.casework.signing import set_alone
from triage.casework.viewing import open_restricted

PRAISE = Labels("praise", "waiting_time", False, False)
QUESTION, RUDE = Labels("question", "civil_status", False, False), Labels("petition", "staff_attitude", False, True)
SLAP = "Ông Hoàng Minh Tuấn phòng kinh tế quát mắng dân, bắt đi lại năm lần."
MONEY = "Ông Hoàng Minh Tuấn đòi tôi hai triệu mới chịu nhận hồ sơ đất."
OTHER_MONEY = "Cán bộ đòi tôi hai triệu mới chịu nhận hồ sơ đất."
CHAIRS = "Ông Nguyễn Văn Thành chủ tịch nhận phong bì của bãi cát."
CHIEFS = "Ông Vũ Đức Long chánh văn phòng quát mắng dân giữa sân."
TWO_MATTERS = "Đèn đường ngõ 12 tắt hai tuần nay. Ngoài ra xin hỏi làm giấy khai sinh cho cháu cần giấy gì?"
SENDER = {"sender_name": "Lường Thị Ngọc Bích", "sender_contact": "0912 345 678"}


@dataclass
class Scene:
    """One installation with all of it; `opened` by the names of `CASES`."""

    world: World
    opened: dict[str, Opened] = field(default_factory=dict)

    def row(self, name: str) -> Case:
        """The case as it is stored."""
        with self.world.database.reading() as session:
            found = session.scalars(sa.select(Case).where(Case.reference == self.opened[name].reference)).one()
            _loaded = found.post.code
            return found


BUILT: Scene | None = None
"""What `build` made in this process; `scripts/mutate` changes the gate below it many times."""


def build(world: World) -> Scene:
    """Everybody and everything, in a small world."""
    scene = Scene(world)
    with world.database.writing() as session:
        codes = _people(session, world)
    for name, make in _MAKERS.items():
        scene.opened[name] = make(scene, codes)
    with world.database.writing() as session:
        _afterwards(session, world, scene)
    return scene


# --- people ---


def _people(session: Session, world: World) -> dict[str, str]:
    """Whoever the small world lacks; returns the box codes of the units."""
    far = _unit(session, "27", "Tỉnh Xa", UnitKind.PROVINCE, None)
    commune = _unit(session, "27001", "Xã Xa", UnitKind.COMMUNE, far)
    far.province_code = commune.province_code = "27"
    for unit, posts in ((far, [(SUPERIOR, True)]), (commune, [(CHAIR, True), (HEAD, False)])):
        for code, signs in posts:
            _post(session, unit.id, code, signs=signs, heads=code == HEAD)
    a, province = world.commune_id, world.province_id
    for code in (LAND, SOCIAL):
        _post(session, a, code, beside={LAND: HEAD, SOCIAL: CULTURE}.get(code, ""))
    _post(session, province, BESIDE)
    _post(session, province, CHAIR, signs=True)
    join = partial(_join, session)
    join("c.superior", "Mè Văn Xa", far.id, (far.id, SUPERIOR))
    join("c.chairperson", "Tòng Văn Chủ", commune.id, (commune.id, CHAIR))
    join("c.economy_department_head", "Tòng Văn Kinh", commune.id, (commune.id, HEAD))
    join("p.beside", "Vì Thị Bên", province, (province, BESIDE))
    join("p.chair", "Vì Văn Tỉnh", province, (province, CHAIR))
    join("a.land", "Lò Văn Kiên", a, (a, LAND))
    join("a.social", "Quàng Thị Xuân", a, (a, SOCIAL))
    join("a.acting", "Cà Văn Thay", a, (a, CHAIR, TODAY, TODAY + ONE_DAY, True))
    join("a.standin", "Cà Thị Trong", a, (a, CLERK), (a, HEAD, TODAY - 3 * ONE_DAY, TODAY + ONE_DAY, True))
    join("a.was_standin", "Cà Thị Trước", a, (a, POLICE), (a, HEAD, LONG_AGO, TODAY, True),
         (a, CHAIR, LONG_AGO, TODAY, True))  # fmt: skip
    join("a.will_standin", "Cà Thị Sau", a, (a, POLICE), (a, HEAD, TODAY + ONE_DAY, None, True),
         (a, CHAIR, TODAY + ONE_DAY, None, True))  # fmt: skip
    join("a.moved", "Bạc Văn Chuyển", a, (a, POLICE), (a, HEAD, LONG_AGO, TODAY), (a, INTAKE, LONG_AGO, TODAY))
    join("a.above", "Bạc Thị Trên", a, (province, SUPERIOR))
    join("a.nothing", "Bạc Văn Không", a)
    join("a.former", "Hoàng Văn Cựu", a, (a, HEAD, LONG_AGO, date(2026, 6, 1)))
    join("a.yesterday", "Hoàng Thị Qua", a, (a, CHAIR, LONG_AGO, TODAY))
    for username, role in (("xa.admin", Role.ADMINISTRATOR), ("xa.board", Role.BOARD)):
        session.add(Account(username=username, role=role, unit_id=a, password_hash=PASSWORD_HASH))
    set_alone(session, a, ["question"])
    return {"A": world.box_code, "B": world.other_box_code, "C": _box(session, commune)}


def _post(session: Session, unit: int, code: str, signs: bool = False, heads: bool = False, beside: str = "") -> None:
    department = None
    if beside:
        department = session.scalar(sa.select(Post.department_id).where(Post.unit_id == unit, Post.code == beside))
    elif heads:
        made = Department(unit_id=unit, code=f"of_{code}", name="Phòng Kinh tế")
        session.add(made)
        session.flush()
        department = made.id
    session.add(Post(unit_id=unit, code=code, title=code, signs=signs, heads=heads, department_id=department))
    session.flush()


def _join(session: Session, username: str, name: str, unit: int, *held: tuple) -> None:
    """Somebody with an account; `held`: (unit, post, first day, first day no longer, stand-in)."""
    account = session.scalars(sa.select(Account).where(Account.username == username)).first()
    if account is None:
        officer = Officer(unit_id=unit, staff_code=username, full_name=name, gender="male")
        session.add(officer)
        session.flush()
        account = Account(username=username, role=Role.OFFICER, unit_id=unit, officer_id=officer.id,
                          password_hash=PASSWORD_HASH)  # fmt: skip
        session.add(account)
    for where, code, *when in held:
        post = session.scalars(sa.select(Post).where(Post.unit_id == where, Post.code == code)).one()
        first, after, stand_in = (*when, *(LONG_AGO, None, False)[len(when) :])
        session.add(Tenure(post_id=post.id, officer_id=account.officer_id, starts_on=first, ends_on=after,
                           stand_in=stand_in))  # fmt: skip
    session.flush()


def _box(session: Session, unit: Unit) -> str:
    from models import AccessCode, CodePurpose

    session.add(AccessCode(code="HMTH003", purpose=CodePurpose.BOX, place="Quầy", unit_id=unit.id,
                           province_code=unit.province_code, created_at=START))  # fmt: skip
    return "HMTH003"


# --- cases ---

Make = Callable[[Scene, dict[str, str]], Opened]


def _as(scene: Scene, who: str, verb: Callable[..., Any], opened: Opened, *more: Any) -> Any:
    """One act in one transaction, as its page does it; a restricted case is opened with a reason before."""
    with scene.world.database.writing() as session:
        account = session.scalars(sa.select(Account).where(Account.username == who)).one()
        viewer = get_viewer(session, account, TODAY)
        case = acts.take(session, viewer, opened.reference)
        return verb(session, viewer, case, *more, START)


def _opened(text: str, labels: Labels, *steps: tuple, unit: str = "A") -> Make:
    def make(scene: Scene, codes: dict[str, str]) -> Opened:
        opened = open_entry(scene.world, text, labels, codes[unit], **SENDER)
        for who, verb, *more in steps:
            _as(scene, who, verb, opened, *(scene.opened[each[1:]].reference if str(each)[:1] == "@" else each
                                            for each in more))  # fmt: skip
        return opened

    return make


def _withdrawn(text: str, labels: Labels) -> Make:
    def make(scene: Scene, codes: dict[str, str]) -> Opened:
        opened = open_entry(scene.world, text, labels, codes["A"], **SENDER)
        keyring = scene.world.database.keyring
        with scene.world.database.writing() as session:
            withdrawing.withdraw(session, follow_up_hash(keyring, opened.code), START)
        return opened

    return make


def _by_the_worker(text: str, tell: Callable, nth: int = 0) -> Make:
    def make(scene: Scene, codes: dict[str, str]) -> Opened:
        number = uuid.uuid5(uuid.NAMESPACE_OID, text)
        with scene.world.database.reading() as session:
            sent = session.get(Entry, number) is not None
        if not sent:
            scene.world.send_box(text, number, codes["A"], **SENDER)
            sort_all(scene.world, tell)
        with scene.world.database.reading() as session:
            cases = session.scalars(sa.select(Case).where(Case.entry_id == number).order_by(Case.matter)).all()
            return Opened(cases[nth].reference, "")

    return make


def _lands(scene: Scene, codes: dict[str, str]) -> Opened:
    """A case that was handed to the land officer before somebody was kept out of it."""
    opened = _opened(HOLE, ROAD)(scene, codes)
    with scene.world.database.reading() as session:
        land = session.scalars(
            sa.select(Post.id).where(Post.unit_id == scene.world.commune_id, Post.code == LAND)
        ).one()
    _as(scene, "a.economy_department_head", acts.reassign, opened, land, "Đúng lĩnh vực")
    return opened


def _matter(text: str) -> Any:
    return reading("petition", "infrastructure") if "Đèn" in text else reading("question", "civil_status")


_E, _V, _I = "a.economy_department_head", "a.vice_chairperson", "a.restricted_intake"
_false = ((_V, acts.sign, ANSWER), (_V, acts.find, Finding.FALSE, "Đã xác minh"))
_MAKERS: dict[str, Make] = {
    "road": _opened(HOLE, ROAD),
    "asked": _opened("Xin hỏi giấy khai sinh?", QUESTION),
    "suggested": _opened("Nên vá đường sớm hơn.", Labels("suggestion", "infrastructure", False, False)),
    "praised": _opened("Cảm ơn anh Lò Văn Kiên đã giúp tận tình.", PRAISE),
    "submitted": _opened(HOLE, ROAD, (_E, acts.submit, ANSWER)),
    "returned": _opened(HOLE, ROAD, (_E, acts.submit, ANSWER), (_V, acts.return_reply, "Xin sửa")),
    "paused": _opened(HOLE, ROAD, (_E, acts.pause, "Xin cho biết số nhà")),
    "issued": _opened(HOLE, ROAD, (_V, acts.sign, ANSWER)),
    "nothing": _opened("aaaa", JUNK),
    "filed": _opened("bbbb", JUNK, ("a.office_chief", acts.file_without_action, "Trống")),
    "forwarded": _opened(HOLE, ROAD, (_V, acts.forward, Letter("Sở Xây dựng", "1/CV", "Đường sụt"))),
    "withdrawn": _withdrawn(HOLE, ROAD),
    "reopened": _opened(HOLE, ROAD, (_V, acts.sign, ANSWER), (_V, acts.reopen, "Chưa xong")),
    "lead": _opened(HOLE, ROAD),
    "follower": _opened(HOLE, ROAD, (_E, acts.follow_lead, "@lead")),
    "whole": _by_the_worker(TWO_MATTERS, _matter),
    "joined": _by_the_worker(TWO_MATTERS, _matter, 1),
    "matter": _by_the_worker(f"{TWO_MATTERS} Cảm ơn.", _matter),
    "beside": _by_the_worker(f"{TWO_MATTERS} Cảm ơn.", _matter, 1),
    "recused": _opened("Xin hỏi giấy khai sinh?", QUESTION, ("a.justice_officer", acts.recuse, "Người nhà")),
    "unread": _by_the_worker("Không rõ", lambda _text: reading("question", "civil_status", abstained=True)),
    "rude": _opened(SLAP, RUDE),
    "false": _opened(SLAP, RUDE, *_false),
    "told": _opened(SLAP, RUDE, *_false),
    "bribe": _opened(MONEY, BRIBE),
    "bribe_submitted": _opened(MONEY, BRIBE, (_I, acts.submit, ANSWER)),
    "bribe_issued": _opened(MONEY, BRIBE, ("a.chairperson", acts.sign, ANSWER)),
    "taken_back": _withdrawn(MONEY, BRIBE),
    "doubt": _lands,
    "late_accused": _lands,
    "own_accused": _opened(HOLE, ROAD),
    "own_doubt": _opened(HOLE, ROAD),
    "vice_recused": _opened("Xin hỏi giấy khai sinh?", QUESTION, (_V, acts.recuse, "Người nhà")),
    "leading": _opened(CHIEFS, RUDE),
    "chair_leading": _opened(HOLE, ROAD),
    "up": _opened(CHAIRS, BRIBE),
    "elsewhere": _opened(HOLE, ROAD, unit="B"),
    "elsewhere_bribe": _opened(OTHER_MONEY, BRIBE, unit="B"),
    "far": _opened(HOLE, ROAD, unit="C"),
    "far_up": _opened("Ông Tòng Văn Chủ chủ tịch nhận phong bì.", BRIBE, unit="C"),
}


def _afterwards(session: Session, world: World, scene: Scene) -> None:
    """What happens once the cases lie there: exclusions, an accused who stands in as a leader, newcomers."""
    cases = {name: session.scalars(sa.select(Case).where(Case.reference == opened.reference)).one()
             for name, opened in scene.opened.items()}  # fmt: skip
    tuan = world.officers[HEAD]
    for name in ("doubt", "own_doubt"):
        exclude(session, cases[name], (str(tuan),), START, ExclusionReason.DOUBTFUL)
    for name in ("late_accused", "own_accused"):
        exclude(session, cases[name], (str(tuan),), START)
    acting = session.scalars(sa.select(Account.officer_id).where(Account.username == "a.acting")).one()
    exclude(session, cases["chair_leading"], (str(acting),), START)
    vice = session.scalars(sa.select(Account).where(Account.username == _V)).one()
    viewer = get_viewer(session, vice, TODAY)
    acts.invite(session, viewer, cases["told"], tuan, "Có người phản ánh thái độ", START)
    acts.say_one_matter(session, viewer, cases["whole"], START)
    a = world.commune_id
    _join(session, "a.joined", "Đèo Văn Mới", a, (a, HEAD, TODAY, None, True), (a, JUSTICE, TODAY, None, True),
          (a, INTAKE, TODAY, None, True))  # fmt: skip
    _join(session, "a.office_chief", "", a, (a, VICE, TODAY, None, True))
    _join(session, "a.joined_leader", "Đèo Thị Mới", a, (a, VICE, TODAY, None, True))
    _look(session, cases)


def _look(session: Session, cases: dict[str, Case]) -> None:
    """Whoever may open a restricted case has said why, so that its page and acts are open for half an hour."""
    for name, told in CASES.items():
        for person in PEOPLE.values() if told.kept else ():
            if may_know(person, told):
                account = session.scalars(sa.select(Account).where(Account.username == person.username)).one()
                viewer = get_viewer(session, account, TODAY)
                open_restricted(session, viewer, cases[name], "Thuộc việc tôi giải quyết", START)
