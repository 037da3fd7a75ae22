"""Installations that are equal but for one entry that accuses somebody, and who may know of that entry."""

import random
import secrets
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from unittest import mock

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Account, Case, CaseExclusion, Department, Officer, Post, Role, SavedReply, Tenure, Unit
from models.codes import follow_up_code
from surveys.questionnaires import get_standard_questionnaire, new_own_draft
from tests.fixtures.sorting import reading, sort_all
from tests.fixtures.world import PASSWORD_HASH, NewWorld, World
from triage.reading.readings import Reading
from vietnamese.calendar import local_day
from vietnamese.text import fold
from webapp.invitations import invite, keep_account

RECEIVED = datetime(2026, 9, 21, 2, 0, tzinfo=UTC)
"""Two weeks before the world's present, in a quarter that is over: a board sees figures of closed periods only."""
ORDINARY = (
    # (topic, kind, text, whether the other commune gets it)
    ("infrastructure", "petition", "Đèn đường tổ 4 tắt đã hai tuần", False),
    ("environment", "petition", "Rác để ba ngày chưa ai thu", False),
    ("civil_status", "question", "Xin hỏi thủ tục làm lại giấy khai sinh", False),
    ("waiting_time", "praise", "Cảm ơn ông Hoàng Minh Tuấn đã hướng dẫn tận tình", False),
    ("facilities", "suggestion", "Nên đặt thêm ghế ở phòng chờ", False),
    ("infrastructure", "petition", "Cống trước chợ tắc, nước tràn ra đường", True),
)
IDS = tuple(uuid.UUID(int=(number << 76) | (4 << 76) | (8 << 60) | number) for number in range(1, 20))
SECRET = uuid.UUID("5ec2e700-0000-4000-8000-000000005ec2")
LEADING = ("chairperson", "vice_chairperson")


class Leak(AssertionError):
    """Somebody who must not know of an entry sees a difference."""


@dataclass(frozen=True)
class Accusation:
    """The one entry of which two installations differ, as the reading takes it; `accused` is a name."""

    accused: str
    text: str
    kind: str = "petition"
    topic: str = "staff_attitude"
    urgent: bool = False
    abstained: bool = False
    elsewhere: bool = False
    """Sent to the other commune."""


TUAN, HEAD_POST = "Hoàng Minh Tuấn", "economy_department_head"
PETITION = Accusation(TUAN, f"Ông {TUAN} quát mắng dân ngay trước quầy, đề nghị xử lý")
DIRECTOR = Accusation("Trần Quốc Bảo", "Ông Trần Quốc Bảo quát mắng dân ngay trước quầy, bắt đi lại năm lần")
DENUNCIATION = Accusation(TUAN, f"Ông {TUAN} đòi tôi hai triệu mới chịu nhận hồ sơ đất", "denunciation", "integrity")
LEADER = Accusation(
    "Nguyễn Văn Thành", "Ông Nguyễn Văn Thành chủ tịch nhận phong bì của bãi cát Nà Coóng", "denunciation", "integrity"
)
CLERK = Accusation("Cầm Thị Yến", "Bà Cầm Thị Yến ném trả hồ sơ rồi bỏ đi, đề nghị xử lý", abstained=True)
DANGER = Accusation(
    "Bùi Mạnh Hùng", "Ông Bùi Mạnh Hùng bao che lò nổ, dọa đánh người", "petition", "security_order", True
)
ELSEWHERE = Accusation(TUAN, f"Ông {TUAN} phòng kinh tế hẹn ba lần đều không đến", topic="environment", elsewhere=True)
SCENARIOS = {
    "petition": PETITION, "denunciation": DENUNCIATION, "leader": LEADER, "clerk": CLERK, "danger": DANGER,
    "elsewhere": ELSEWHERE, "director": DIRECTOR,
}  # fmt: skip


@dataclass
class Installation:
    """One of the twins, with the entry or without it."""

    world: World
    hidden: Accusation | None
    invitation: str = ""
    accounts: dict[str, Role] = field(default_factory=dict)

    def tell(self, text: str) -> Reading:
        """How the stand-in reads, in both twins alike."""
        found = next((a for a in SCENARIOS.values() if a.text == text), None) or self.hidden
        if found is not None and text == found.text:
            return reading(found.kind, found.topic, found.urgent, True, found.abstained)
        topic, kind = next(((t, k) for t, k, words, _b in ORDINARY if words == text), ("environment", "petition"))
        return reading(kind, topic)

    def work(self) -> None:
        """Let a worker work off everything."""
        sort_all(self.world, self.tell)

    def read(self, query: sa.Select) -> list:
        """Rows of a query."""
        with self.world.database.reading() as session:
            return list(session.execute(query).all())

    def case(self) -> Case | None:
        """The hidden case, once a worker opened it."""
        with self.world.database.reading() as session:
            return session.scalars(sa.select(Case).where(Case.entry_id == SECRET)).first()


class Dice(random.Random):
    """Chance that falls alike in both twins: an invitation, a form's id."""

    def token_bytes(self, nbytes: int | None = None) -> bytes:
        """As in `secrets`."""
        return self.randbytes(nbytes or 32)

    def uuid4(self) -> uuid.UUID:
        """As in `uuid`."""
        return uuid.UUID(int=self.getrandbits(128), version=4)


@contextmanager
def same_chance(seed: object) -> Iterator[None]:
    """What is thrown inside depends on `seed` alone."""
    dice = Dice(repr(seed))
    with (
        mock.patch.object(secrets, "choice", dice.choice),
        mock.patch.object(secrets, "randbelow", dice.randrange),
        mock.patch.object(secrets, "token_bytes", dice.token_bytes),
        mock.patch.object(uuid, "uuid4", dice.uuid4),
    ):
        yield


def found(new_world: NewWorld, hidden: Accusation | None = None, entries: int = len(ORDINARY)) -> Installation:
    """An installation where everything was sent and nothing was sorted yet."""
    world = new_world()
    made = Installation(world, hidden)
    world.clock.at = RECEIVED
    with world.database.writing() as session, same_chance("founding"):
        _enrich(session, world)
        made.invitation = _invited(session, world)
    half = entries // 2
    _send(world, range(half))
    if hidden:
        world.send_box(hidden.text, SECRET, world.other_box_code if hidden.elsewhere else None)
    _send(world, range(half, entries))
    know_accounts(made)
    return made


def _send(world: World, numbers: range) -> None:
    for number in numbers:
        _topic, _kind, text, elsewhere = ORDINARY[number % len(ORDINARY)]
        world.send_box(text, IDS[number], world.other_box_code if elsewhere else None)


def _enrich(session: Session, world: World) -> None:
    """Whoever the plain world lacks: a subordinate, accounts of one commune alone, a draft, a post nobody ever held."""
    add_officer(session, world, "Lò Văn Kiên", "land_officer", date(2025, 7, 1))
    for username, role in (("xa.admin", Role.ADMINISTRATOR), ("xa.board", Role.BOARD)):
        session.add(Account(username=username, role=role, unit_id=world.commune_id, password_hash=PASSWORD_HASH))
    unit = session.get_one(Unit, world.commune_id)
    _saved_replies(session, world)
    new_own_draft(session, unit, get_standard_questionnaire(session, world.clock()))


def _saved_replies(session: Session, world: World) -> None:
    for officer_id in (None, world.officers[HEAD_POST], world.officers["justice_officer"]):
        session.add(SavedReply(unit_id=world.commune_id, officer_id=officer_id, title="Đã nhận",
                               text="{ten_don_vi} đã nhận, xin chờ đến {han}.", made_at=world.clock()))  # fmt: skip
    session.flush()


def _invited(session: Session, world: World) -> str:
    account = keep_account(session, "xa.moi", Role.BOARD, session.get_one(Unit, world.commune_id))
    return invite(session, world.database.keyring, account, world.clock() + timedelta(days=30))


def add_officer(session: Session, world: World, name: str, post: str, since: date, stand_in: bool = False) -> int:
    """Somebody joins the first commune, with an account named after him."""
    home = session.scalars(sa.select(Post).where(Post.unit_id == world.commune_id, Post.code == post)).first()
    if home is None:
        beside = sa.select(Post.department_id).where(Post.unit_id == world.commune_id, Post.code == HEAD_POST)
        home = Post(
            unit_id=world.commune_id, code=post, title="Công chức địa chính", department_id=session.scalar(beside)
        )
    count = session.scalar(sa.select(sa.func.count()).select_from(Officer)) or 0
    officer = Officer(unit_id=world.commune_id, staff_code=f"new{count}", full_name=name, gender="male")
    session.add_all([home, officer])
    session.flush()
    session.add(Tenure(post_id=home.id, officer_id=officer.id, starts_on=since, stand_in=stand_in))
    session.add(Account(username=f"a.new{count}", role=Role.OFFICER, unit_id=world.commune_id, officer_id=officer.id,
                        password_hash=PASSWORD_HASH))  # fmt: skip
    session.flush()
    return officer.id


def know_accounts(made: Installation) -> None:
    """Everybody who can sign in today."""
    query = sa.select(Account.username, Account.role).where(Account.password_hash == PASSWORD_HASH)
    made.accounts = dict(made.read(query.order_by(Account.id)))


def codes(made: Installation) -> list[str]:
    """Follow-up codes of everybody else, and one that never was."""
    keyring = made.world.database.keyring
    return [follow_up_code(keyring, number) for number in (*IDS[: len(ORDINARY)], uuid.UUID(int=99))]


@dataclass(frozen=True)
class _Served:
    """One line of the staff list."""

    username: str
    officer_id: int
    name: str
    unit_id: int
    post_id: int
    post: str
    department_id: int | None
    signs: bool
    heads: bool


def insiders(made: Installation) -> set[str]:
    """Accounts that may know of the hidden case today, worked out from the staff list, not from the gate.

    Nobody before it is opened. Then the holders of its post, the chair, and for what is not confidential every
    leader who signs; never the accused (also a namesake), who serves under an accused head, or anybody of a unit
    that an accused leads. What is the superior's is the superior's alone.
    """
    case = made.case()
    if case is None or made.hidden is None:
        return set()
    staff = _staff(made)
    if case.superior:
        return {line.username for line in staff if line.post == "superior_handler"}
    kept_out = {officer_id for (officer_id,) in made.read(
        sa.select(CaseExclusion.officer_id).where(CaseExclusion.case_id == case.id))}  # fmt: skip
    accused = {line.officer_id for line in staff if fold(line.name) == fold(made.hidden.accused)}
    headed = {line.department_id for line in staff if line.officer_id in accused and line.heads}
    led = {line.unit_id for line in staff if line.officer_id in accused and line.post in LEADING}
    # Who holds a head's post serves under nobody there: a namesake standing in for him is no superior of his.
    below = {line.officer_id for line in staff if line.department_id in headed - {None} and not line.heads}
    under = below | {line.officer_id for line in staff if line.unit_id in led}
    here = [line for line in staff if line.unit_id == case.unit_id]
    may = {line.officer_id for line in here if line.post_id == case.post_id or line.post == "chairperson"}
    if not case.confidential:
        may |= {line.officer_id for line in here if line.signs}
    return {line.username for line in here if line.officer_id in may - kept_out - accused - under}


def _staff(made: Installation) -> list[_Served]:
    rows = made.read(
        sa.select(Account.username, Officer.id, Officer.full_name, Officer.unit_id, Post.id, Post.code,
                  Post.department_id, Post.signs, Post.heads)
        .select_from(Tenure).join(Officer).join(Post).join(Account, Account.officer_id == Officer.id)
        .outerjoin(Department, Department.id == Post.department_id)
        .where(Tenure.on(local_day(made.world.clock())))
    )  # fmt: skip
    return [_Served(*row) for row in rows]


Change = Callable[[Session, World], object]


def change(twins: list[Installation], what: Change) -> None:
    """The same change of rows in every twin; new accounts are known from then on."""
    for made in twins:
        with made.world.database.writing() as session:
            what(session, made.world)
        know_accounts(made)


def unheld(session: Session, code: str) -> None:
    """A post as if nobody had ever held it."""
    posts = sa.select(Post.id).where(Post.code == code)
    for tenure in session.scalars(sa.select(Tenure).where(Tenure.post_id.in_(posts))).all():
        session.delete(tenure)
    session.flush()
