"""What a unit still lacks before it can receive well; each line leads to where it is mended."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from models import CodePurpose, Unit, UnitKind
from models.duty import get_month
from triage.casework.access import CHAIR
from triage.casework.access import SUPERIOR as SUPERIOR_POST
from triage.casework.placing import ROUTE_POSTS, topic_posts
from webapp.admin.registry import PostLine, codes_of, posts_of, unheld
from webapp.admin.staff import Access, people_of
from webapp.words import _, marked

INTAKE = ROUTE_POSTS["restricted_intake"]
RECEPTION = ROUTE_POSTS["reception"]
KINDS_OF_CODE = (CodePurpose.SURVEY, CodePurpose.BOX)


@dataclass(frozen=True)
class Check:
    """One thing to have: whether it is there, what it is, why it matters, and the page that mends it."""

    good: bool
    what: str
    why: str
    endpoint: str
    anchor: str = ""


WHY = {
    "reach": marked("Người dân thấy địa chỉ và số này trên phiếu, và gọi khi cần gấp."),
    "chair": marked("Việc không có ai phụ trách sẽ đến Chủ tịch; khiếu nại lần đầu cũng vậy."),
    "intake": marked(
        "Khiếu nại, tố cáo chỉ được một người có tên tiếp nhận. Chưa có người này thì việc dồn lên Chủ tịch."
    ),
    "reception": marked("Ý kiến máy chưa phân loại được sẽ đến người này."),
    "holders": marked("Việc đến một chức danh trống thì chưa ai mở; chưa có chức danh thì việc dồn lên Chủ tịch."),
    "accounts": marked("Chưa được mời thì chưa vào được, dù việc đã đến."),
    "duty": marked("Việc có dấu hiệu nguy hiểm đến ngay lãnh đạo trực."),
    "codes": marked("Người dân quét mã ở quầy để đánh giá, ở hòm thư để góp ý."),
    "routing": marked("Mỗi chủ đề cần một chức danh có người giữ."),
    "superior": marked("Tố cáo lãnh đạo xã, phường chỉ cấp tỉnh được biết. Chưa có người này thì việc nằm chờ."),
}


HOLDERS = {
    "chair": (marked("Có Chủ tịch"), marked("Ghi ai giữ chức Chủ tịch")),
    "intake": (
        marked("Có người tiếp nhận đơn thư (khiếu nại, tố cáo)"),
        marked("Giao một người tiếp nhận đơn thư (khiếu nại, tố cáo)"),
    ),
    "reception": (marked("Có người tiếp nhận ý kiến"), marked("Giao một người tiếp nhận ý kiến")),
    "superior": (marked("Có người tiếp nhận cấp tỉnh"), marked("Giao một người tiếp nhận cấp tỉnh")),
}
"""What is said when somebody holds the post today, and when nobody does."""


def checks_of(session: Session, unit: Unit, at: datetime, day: date) -> list[Check]:
    """The list for a unit, in the order in which one would set it up."""
    posts = {line.code: line for line in posts_of(session, unit, day)}
    if unit.kind is UnitKind.PROVINCE:
        return [_held(posts, SUPERIOR_POST, "superior"), _accounts(session, unit, at, day)]
    found = [
        _reach(unit),
        _held(posts, CHAIR, "chair"),
        _held(posts, INTAKE, "intake"),
        _held(posts, RECEPTION, "reception"),
        _vacant(session, unit, posts),
        _accounts(session, unit, at, day),
        _duty(session, unit, day),
        _codes(session, unit, day),
        *_routing(session, unit, posts),
    ]
    # Without posts nothing else can be mended: they come first then.
    return found if posts else sorted(found, key=lambda check: check.endpoint != "admin.posts")


def _reach(unit: Unit) -> Check:
    good = bool(unit.address and unit.hotline)
    what = _("Có địa chỉ nơi tiếp dân và đường dây nóng") if good else _("Ghi địa chỉ nơi tiếp dân và đường dây nóng")
    return Check(good, what, _(WHY["reach"]), "admin.unit", "lien-he")


def _held(posts: dict[str, PostLine], code: str, subject: str) -> Check:
    post = posts.get(code)
    there, lacking = HOLDERS[subject]
    good = bool(post and post.holders)
    many = not post and bool(posts)
    endpoint, anchor = ("admin.paste", "danh_sach") if many else ("admin.people", "them")
    return Check(good, _(there if good else lacking), _(WHY[subject]), endpoint, anchor)


def _vacant(session: Session, unit: Unit, posts: dict[str, PostLine]) -> Check:
    if not posts:
        return Check(False, _("Thêm các chức danh của đơn vị"), _(WHY["holders"]), "admin.posts", "them")
    # Reception and intake have lines of their own while the unit lacks these posts.
    told = (INTAKE, RECEPTION)
    lacking = unheld(session, unit, tuple(posts.values()))
    empty = [title for code, title in lacking.items() if code in posts or code not in told]
    what = _("Ghi ai giữ: {titles}").format(titles=_some(empty, _(" và {count} chức danh nữa")))
    return Check(not empty, what if empty else _("Chức danh nào cũng có người giữ"), _(WHY["holders"]), "admin.paste")


def _accounts(session: Session, unit: Unit, at: datetime, day: date) -> Check:
    people = [line for line in people_of(session, unit, at, day) if line.held]
    without = [line.name for line in people if line.access in (Access.NONE, Access.ENDED)]
    what = _("Mời vào hệ thống: {names}").format(names=_some(without, _(" và {count} người nữa")))
    if not without:
        what = _("Ai giữ chức danh cũng đã được mời") if people else _("Mời những người giữ chức danh vào hệ thống")
    return Check(bool(people) and not without, what, _(WHY["accounts"]), "admin.people")


def _duty(session: Session, unit: Unit, day: date) -> Check:
    month = get_month(session, unit, day.replace(day=1))
    empty = sum(line.working and line.day >= day and line.chosen is None for line in month)
    what = _("Phân công lãnh đạo trực cho {count} ngày làm việc còn trống trong tháng").format(count=empty)
    return Check(not empty, what if empty else _("Có lãnh đạo trực đến hết tháng"), _(WHY["duty"]), "admin.duty")


def _codes(session: Session, unit: Unit, day: date) -> Check:
    living = {code.purpose for code in codes_of(session, unit, day) if code.retired_at is None}
    good = all(kind in living for kind in KINDS_OF_CODE)
    there, lacking = _("Có mã QR để đánh giá và mã QR để góp ý"), _("Tạo mã QR để đánh giá và mã QR để góp ý")
    return Check(good, there if good else lacking, _(WHY["codes"]), "admin.codes")


def _routing(session: Session, unit: Unit, posts: dict[str, PostLine]) -> list[Check]:
    """Whether every topic has somebody; no line while that waits for posts which a line above names."""
    wanted = topic_posts(session, unit).values()
    told = unheld(session, unit, tuple(posts.values()))
    lost = [code for code in wanted if code not in posts or not posts[code].holders]
    if lost and told.keys() >= set(lost):
        return []
    what = _("Giao người phụ trách {count} chủ đề").format(count=len(lost))
    there = _("Chủ đề nào cũng có người phụ trách")
    return [Check(not lost, what if lost else there, _(WHY["routing"]), "admin.routing")]


def _some(names: list[str], and_more: str, most: int = 4) -> str:
    more = and_more.format(count=len(names) - most) if len(names) > most else ""
    return ", ".join(names[:most]) + more
