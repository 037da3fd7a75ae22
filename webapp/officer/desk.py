"""The officer's desk: piles of cases, what they are narrowed to by the address, and one press for several of them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import flash, redirect, request, url_for

from triage.casework.confirming import Confirmations, Ticked, confirm_several
from triage.casework.inbox import Pile, get_pile, held_posts
from triage.casework.narrowing import Due, Narrowing, Order
from triage.casework.searching import LONGEST, read_search
from triage.casework.verifying import is_invited
from triage.reading.labels import KIND_IDS, TOPIC_IDS
from webapp.auth import current_account, now, viewer
from webapp.db import page, session
from webapp.officer import officer
from webapp.officer.forms import read_number
from webapp.officer.reasons import kind_words, topic_words
from webapp.officer.sentences import HEAPS
from webapp.words import _, marked

FIRST_LOOK = 20
"""Rows of each pile on the first page of the inbox."""
EVERYTHING = "tat-ca"
UNDATED = ("da-xong", "qua-han")
"""Piles of which it says nothing when an answer is due: they are closed, or late all of them."""
DUES = {
    "qua-han": (Due.OVERDUE, marked("Đã quá hạn")),
    "hom-nay": (Due.TODAY, marked("Đến hạn hôm nay")),
    "tuan-nay": (Due.THIS_WEEK, marked("Đến hạn trong tuần này")),
    "con-xa": (Due.LATER, marked("Hạn sau tuần này")),
}
"""What `han` in an address may say."""
ORDERS = {
    "gap-nhat": (Order.PRESSING, marked("Gấp nhất đứng đầu")),
    "moi-nhat": (Order.NEWEST, marked("Mới nhất đứng đầu")),
}
"""What `xep` may say."""
NOT_CONFIRMED = {
    "changed": marked("Có người vừa thay đổi, xin mở ra xem lại"),
    "audit_unjudged": marked("Được chọn ngẫu nhiên để kiểm tra máy, xin mở ra rồi chọn loại và chủ đề"),
    "restricted": marked("Việc giữ kín, xin mở riêng từng việc"),
    "follows_another": marked("Đã gộp vào việc khác"),
    "confirmed_before": marked("Đã có người xác nhận từ trước"),
    "closed_or_not_yours": marked("Đã xong hoặc không còn do Ông/Bà giải quyết"),
    "unknown": marked("Không có việc này, hoặc không còn do Ông/Bà giải quyết"),
    "too_many": marked("Nhiều quá một lần, xin đánh dấu rồi bấm lần nữa"),
}
"""Why a case was left as it was, the reason most worth a look first."""
_TICKED = re.compile(r"([0-9A-Z]{4}-[0-9A-Z]{4})\.(\d{1,9})")


@dataclass(frozen=True)
class Chip:
    """One thing chosen: its words, and the address without it."""

    words: str
    without: str


@dataclass(frozen=True)
class Refused:
    """Cases that were not confirmed for one reason; `known` ones can be opened."""

    why: str
    references: list[str]
    known: bool


@dataclass(frozen=True)
class Told:
    """How many cases a press confirmed, and which it did not."""

    confirmed: int
    refused: list[Refused]


@dataclass(frozen=True)
class Asked:
    """What an address asks the desk for. `args` are its words that were understood, but for the page."""

    pile: str
    narrowing: Narrowing
    page: int
    args: Mapping[str, str]
    posts: Mapping[int, str]
    """The posts a leader can choose from; nobody else can."""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is chosen besides a pile."""
        return bool(set(self.args) - {"trang_thai"})

    def address(self, **more: Any) -> str:
        """The address of the desk with some of its words changed; None takes one away. It begins at the first page."""
        return url_for("officer.inbox", **{**self.args, **more})

    def chips(self) -> list[Chip]:
        """What is chosen, each to be taken away."""
        told = {name: _told(self, name, value) for name, value in self.args.items() if name != "trang_thai"}
        return [Chip(words, self.address(**{name: None})) for name, words in told.items()]


@officer.get("/")
def inbox() -> Any:
    """What is owed, most pressing first; `trang_thai` in the address opens one pile alone, more words narrow it."""
    asked = _asked()
    if asked.pile:
        piles = {asked.pile: get_pile(session(), viewer(), HEAPS[asked.pile][0], now(), page=asked.page,
                                      narrowing=asked.narrowing)}  # fmt: skip
    else:
        piles = {slug: _first_look(slug, asked.narrowing) for slug in _desk()}
    return page("officer/inbox.html", chosen=asked.pile, piles=piles, asked=asked, signs=viewer().signs,
                invited=is_invited(session(), current_account()), offered=_offered(asked), UNDATED=UNDATED,
                LONGEST=LONGEST, told_of=_told_of)  # fmt: skip


@officer.post("/xac-nhan")
def confirm_ticked() -> Any:
    """Confirm the reading of every case that was ticked, and tell of each that was not."""
    asked = _asked()
    matches = filter(None, map(_TICKED.fullmatch, request.form.getlist("danh_dau")))
    ticked = [Ticked(match[1], read_number(match[2])) for match in matches]
    flash(_kept(confirm_several(session(), viewer(), ticked, now())), "xac-nhan-nhieu")
    return redirect(asked.address(trang=asked.page if asked.page > 1 else None), 303)


def _asked() -> Asked:
    """The words of the address; what is unknown is passed over, as if it had not been said."""
    posts = held_posts(session(), viewer())
    search = read_search(request.args.get("tim", ""))
    pile = _one_of(HEAPS, request.args.get("trang_thai", "")) or (EVERYTHING if search else "")
    due = "" if pile in UNDATED else _one_of(DUES, request.args.get("han", ""))
    unconfirmed = request.args.get("xac_nhan", "") == "chua" and pile != "da-xong"
    args = {
        "trang_thai": pile,
        "tim": search.typed,
        "loai": _one_of(KIND_IDS, request.args.get("loai", "")),
        "linh_vuc": _one_of(TOPIC_IDS, request.args.get("linh_vuc", "")),
        "han": due,
        "vi_tri": _one_of([str(post_id) for post_id in posts], request.args.get("vi_tri", "")),
        "khan": "co" if request.args.get("khan", "") == "co" else "",
        "xac_nhan": "chua" if unconfirmed else "",
        "xep": _one_of(ORDERS, request.args.get("xep", "")),
    }
    narrowing = Narrowing(
        kind=args["loai"], topic=args["linh_vuc"], due=DUES[due][0] if due else None, urgent=bool(args["khan"]),
        unconfirmed=unconfirmed, post_id=read_number(args["vi_tri"]) or None, search=search,
        order=ORDERS[args["xep"]][0] if args["xep"] else None,
    )  # fmt: skip
    said = {name: value for name, value in args.items() if value}
    return Asked(pile, narrowing, _page_number(), said, posts)


def _offered(asked: Asked) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen, as (word of the address, words people read)."""
    return {
        "kinds": [(id, kind_words(id)) for id in KIND_IDS],
        "topics": [(id, topic_words(id)) for id in TOPIC_IDS],
        "dues": [(slug, _(words)) for slug, (_due, words) in DUES.items()],
        "orders": [(slug, _(words)) for slug, (_order, words) in ORDERS.items()],
        "posts": [(str(post_id), title) for post_id, title in asked.posts.items()],
    }


def _one_of(known: Any, said: str) -> str:
    return said if said in known else ""


def _page_number() -> int:
    return max(1, read_number(request.args.get("trang", "1")))


def _desk() -> tuple[str, ...]:
    """The piles of the first page: a leader signs first, everybody else answers first."""
    return ("cho-ky", "cua-toi", "ca-don-vi") if viewer().signs else ("cua-toi", "cho-ky")


def _first_look(slug: str, narrowing: Narrowing) -> Pile:
    return get_pile(session(), viewer(), HEAPS[slug][0], now(), size=FIRST_LOOK, narrowing=narrowing)


def _told(asked: Asked, name: str, value: str) -> str:
    """One thing chosen, in words."""
    if name == "tim":
        return _("Có lời “{words}”").format(words=value)
    if name == "vi_tri":
        return asked.posts[read_number(value)]
    if name in ("loai", "linh_vuc"):
        return kind_words(value) if name == "loai" else topic_words(value)
    if name in ("han", "xep"):
        return _((DUES if name == "han" else ORDERS)[value][1])
    return _("Khẩn") if name == "khan" else _("Chưa xác nhận phân loại")


def _kept(done: Confirmations) -> str:
    """What a press did, as the cookie carries it to the next page."""
    return json.dumps({"confirmed": len(done.confirmed), "refused": done.refused})


def _told_of(kept: str) -> Told:
    """The same, in words."""
    done, order = json.loads(kept), list(NOT_CONFIRMED)
    known = [(order.index(code if code in order else "closed_or_not_yours"), reference)
             for reference, code in done["refused"]]  # fmt: skip
    lines = [(order[place], [reference for _place, reference in pairs])
             for place, pairs in groupby(sorted(known), key=lambda pair: pair[0])]  # fmt: skip
    return Told(done["confirmed"], [Refused(_(NOT_CONFIRMED[code]), cases, code != "unknown") for code, cases in lines])
