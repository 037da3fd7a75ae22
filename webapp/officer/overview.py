"""The leader's board: what is late, where it hangs, what to do first."""

from collections.abc import Sequence
from typing import Any

from werkzeug.exceptions import NotFound

from triage.casework.overview import FORWARDED_WITHIN, FirstThing, Group, Hangs, Holding, get_overview
from webapp.auth import now, viewer
from webapp.db import page, session
from webapp.officer import officer
from webapp.words import _, marked

TITLES = {
    Hangs.SIGNATURE: marked("Chờ ký"),
    Hangs.SORTING: marked("Chờ phân loại"),
    Hangs.NOT_BEGUN: marked("Chưa ai bắt đầu trả lời"),
    Hangs.DRAFTING: marked("Đang soạn câu trả lời"),
    Hangs.RETURNED: marked("Đã trả lại, chờ sửa"),
    Hangs.MERGED: marked("Trả lời cùng việc đã gộp"),
    Hangs.SENDER: marked("Chờ người gửi bổ sung"),
    Hangs.FORWARDED: marked("Đã chuyển cơ quan khác"),
}
HINTS = {
    Hangs.SIGNATURE: marked("Câu trả lời đã soạn xong, chỉ còn ký hoặc trả lại."),
    Hangs.SORTING: marked("Máy chưa chắc là loại gì; cần một người xác nhận để việc đến đúng nơi."),
    Hangs.NOT_BEGUN: marked("Việc đã đến đúng nơi nhưng chưa có chữ nào của câu trả lời."),
    Hangs.DRAFTING: marked("Có bản nháp, chưa trình."),
    Hangs.RETURNED: marked("Lãnh đạo đã dặn sửa, chưa trình lại."),
    Hangs.MERGED: marked("Xong khi việc kia được ký."),
    Hangs.SENDER: marked("Hạn đang dừng. Người gửi xem mã sẽ thấy điều cần bổ sung."),
    Hangs.FORWARDED: marked("Trong {days} ngày qua. Không còn tính hạn ở đây, nhưng người dân có thể hỏi."),
}
THINGS = {
    Hangs.SIGNATURE: marked("Ký {n} câu trả lời"),
    Hangs.SORTING: marked("Nhờ {who} phân loại {n} ý kiến"),
    Hangs.NOT_BEGUN: marked("Nhắc {who} bắt đầu {n} việc"),
    Hangs.DRAFTING: marked("Hỏi {who} về {n} việc đang soạn"),
    Hangs.RETURNED: marked("Nhắc {who} sửa {n} câu trả lời đã bị trả lại"),
}
OWN_THINGS = {
    Hangs.SORTING: marked("Phân loại {n} ý kiến ở bàn của Ông/Bà"),
    Hangs.NOT_BEGUN: marked("Trả lời {n} việc ở bàn của Ông/Bà"),
    Hangs.DRAFTING: marked("Viết nốt {n} câu trả lời ở bàn của Ông/Bà"),
    Hangs.RETURNED: marked("Sửa {n} câu trả lời đã bị trả lại ở bàn của Ông/Bà"),
}
"""The same where the leader is the one who answers."""


@officer.get("/tong-quan")
def overview() -> Any:
    """Every overdue or nearly due case by where it hangs; for who signs."""
    if not viewer().signs:
        raise NotFound
    return page("officer/overview.html", board=get_overview(session(), viewer(), now()), title_of=_title,
                hint_of=_hint, say_thing=_thing, holder_of=_holder)  # fmt: skip


@officer.app_context_processor
def leading() -> dict[str, Any]:
    """Asked for by the navigation of officers, on every page that has one."""
    return {"leads": lambda: viewer().signs}


def _title(group: Group) -> str:
    return _(TITLES[group.hangs])


def _hint(group: Group) -> str:
    return _(HINTS[group.hangs]).format(days=FORWARDED_WITHIN.days)


def _thing(thing: FirstThing) -> str:
    """One sentence of what to do."""
    sentence = (thing.holding.mine and OWN_THINGS.get(thing.hangs)) or THINGS[thing.hangs]
    return _(sentence).format(n=thing.holding.total, who=_holder(thing.holding))


def _holder(holding: Holding) -> str:
    """The post with who holds it; for signatures whoever may sign."""
    if not holding.post:
        return _either(holding.holders) if holding.holders else _("chưa có ai ký được")
    names = ", ".join(holding.holders)
    return f"{holding.post} ({names})" if names else _("{post} (chưa có người giữ)").format(post=holding.post)


def _either(names: Sequence[str]) -> str:
    """A, B hoặc C."""
    *before, last = names
    return _("{names} hoặc {last}").format(names=", ".join(before), last=last) if before else last
