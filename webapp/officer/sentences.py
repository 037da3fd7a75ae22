"""Sentences of the officers' pages: states, notices, what went wrong and how to mend it, the history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from triage.casework.details import CaseDetails, Happening
from triage.casework.inbox import Heap, InboxRow
from webapp.officer.forms import LONGEST_NOTE, LONGEST_REPLY
from webapp.officer.reasons import kind_words, topic_words
from webapp.words import _, marked, number

STATES = {
    "waiting": marked("chờ trả lời"),
    "unsorted": marked("chờ phân loại"),
    "submitted": marked("chờ ký"),
    "returned": marked("bị trả lại"),
    "issued": marked("đã trả lời"),
    "filed": marked("đã lưu"),
}
NOTICES = {
    "xac-nhan": marked("Đã lưu phân loại."),
    "luu-nhap": marked("Đã lưu bản nháp. Người dân chưa thấy gì."),
    "trinh": marked("Đã trình ký việc {reference}. Khi lãnh đạo ký, người dân đọc được ngay."),
    "ky": marked("Đã ký và gửi câu trả lời của việc {reference}. Người dân đọc được từ lúc này."),
    "tra-lai": marked("Đã trả lại việc {reference} cho người soạn, kèm lời dặn."),
    "chuyen": marked("Đã chuyển việc {reference}. Hạn trả lời giữ nguyên."),
    "luu-lai": marked("Đã lưu việc {reference}, không trả lời."),
    "la-rac": marked("Đã đánh dấu là tin rác. Việc vẫn còn nguyên, chờ Ông/Bà xử lý."),
    "khong-la-rac": marked("Đã bỏ dấu tin rác. Xin chọn lại phân loại nếu cần."),
    "nang-loi": marked("Đã đánh dấu có lời nặng nề."),
    "khong-nang-loi": marked("Đã bỏ dấu lời nặng nề."),
    "mot-viec": marked("Đã nhập thành một việc. Người dân thấy một việc, hạn trả lời là hạn sớm nhất."),
    "sang-noi-khac": marked("Đã chuyển việc {reference} đến cơ quan khác. Người gửi xem mã sẽ thấy nơi nhận."),
    "gop": marked("Đã gộp. Khi việc kia được ký, người gửi việc này cũng đọc được câu trả lời."),
    "tach": marked("Đã tách ra. Việc này cần câu trả lời riêng, hạn giữ nguyên."),
    "xin-thoi": marked("Ông/Bà đã thôi giải quyết việc {reference}. Việc đã có người khác nhận."),
    "gia-han": marked("Đã gia hạn. Người gửi xem mã sẽ thấy hạn mới và lý do."),
    "cho-nguoi-gui": marked("Đã dừng tính hạn. Người gửi xem mã sẽ thấy điều cần bổ sung."),
    "tinh-tiep": marked("Hạn trả lời được tính tiếp, cộng thêm thời gian đã chờ."),
    "ket-luan": marked("Đã lưu kết luận xác minh."),
    "moi-trinh-bay": marked("Đã mời cán bộ trình bày. Người ấy chỉ đọc được lời Ông/Bà vừa viết."),
    "dong-y-rut": marked("Đã lưu việc {reference} theo lời rút của người gửi."),
    "trinh-bay": marked("Đã gửi lời trình bày cho lãnh đạo."),
    "mau-moi": marked("Đã giữ câu mẫu. Từ nay chọn được ở ô trả lời của mọi việc."),
    "mau-sua": marked("Đã lưu câu mẫu."),
    "mau-xoa": marked("Đã xoá câu mẫu. Câu trả lời đã gửi vẫn giữ nguyên."),
    "mo-lai": marked("Đã mở lại việc. Hạn trả lời giữ nguyên như trước."),
    "moved": marked("Đã lưu phân loại. Theo phân loại này, việc {reference} chuyển đến người giải quyết khác."),
}
PROBLEMS = {
    "changed": (
        "top",
        marked("Có người vừa thay đổi việc này. Lời Ông/Bà viết còn nguyên bên dưới; xin xem lại rồi bấm lần nữa."),
    ),
    "closed_or_not_yours": ("top", marked("Việc đã xong hoặc không còn do Ông/Bà giải quyết, nên chưa lưu gì.")),
    "would_move": (
        "kind",
        marked("Phân loại mới sẽ chuyển việc cho người khác, nên chưa gửi câu trả lời. "
               "Nếu phân loại mới đúng, xin bấm “Xác nhận phân loại”."),
    ),
    "audit_unjudged": (
        "kind",
        marked("Việc này được chọn ngẫu nhiên để kiểm tra máy. Xin chọn loại và chủ đề trước, rồi bấm lại; "
               "lời Ông/Bà viết còn nguyên bên dưới."),
    ),
    "labels_unknown": ("kind", marked("Loại hoặc chủ đề này không có trong danh sách. Xin chọn lại.")),
    "reply_empty": ("text", marked("Câu trả lời còn trống. Xin viết vài lời rồi bấm lại.")),
    "reply_has_gaps": (
        "text",
        marked("Câu trả lời còn chỗ trống “[…]” hoặc chữ trong ngoặc nhọn {{}}, nên chưa gửi. "
               "Xin viết nốt hoặc xoá chỗ ấy rồi bấm lại."),
    ),
    "reply_too_long": ("text", marked("Câu trả lời dài quá {reply} chữ cái. Xin viết gọn lại.")),
    "note_too_long": ("top", marked("Lời dặn hoặc lý do dài quá {note} chữ cái. Xin viết gọn lại.")),
    "already_submitted": ("text", marked("Câu trả lời đã được trình, đang chờ lãnh đạo ký. Chưa thay đổi gì.")),
    "not_leader": ("text", marked("Chỉ lãnh đạo có quyền ký. Xin bấm “Trình ký” để gửi lãnh đạo.")),
    "not_submitted_or_not_leader": ("text", marked("Chỉ lãnh đạo trả lại được câu trả lời đang chờ ký.")),
    "post_unknown": ("post", marked("Xin chọn nơi nhận việc trong danh sách.")),
    "post_not_confidential": ("post", marked("Việc giữ kín chỉ chuyển cho lãnh đạo hoặc người tiếp nhận đơn thư.")),
    "post_excluded": ("post", marked("Vị trí này không nhận được việc này. Xin chọn vị trí khác.")),
    "not_one_matter": ("top", marked("Đã có người bắt đầu trả lời một việc của thư này, nên không nhập lại được nữa.")),
    "leader_only": ("top", marked("Việc này chỉ lãnh đạo làm được. Xin chuyển việc cho lãnh đạo, kèm lý do.")),
    "paused": ("top", marked("Việc đang chờ người gửi bổ sung. Xin bấm “Tính tiếp hạn” trước.")),
    "not_paused": ("top", marked("Việc này không dừng tính hạn, nên không có gì để tính tiếp.")),
    "overdue": ("top", marked("Việc đã quá hạn, nên không dừng hay gia hạn được nữa. Xin trả lời sớm cho người dân.")),
    "no_extension": ("extending_reason", marked("Luật không cho gia hạn loại ý kiến này. Xin trả lời đúng hạn.")),
    "follows_another": ("top", marked("Việc này đã gộp vào việc khác. Muốn làm riêng, xin tách ra trước.")),
    "follows_none": ("top", marked("Việc này không gộp vào việc nào, nên không có gì để tách.")),
    "lead_unknown": ("lead", marked("Không tìm thấy việc có mã này. Xin xem lại tám chữ của mã.")),
    "lead_closed": ("lead", marked("Việc ấy đã xong, nên không gộp vào được nữa.")),
    "leads_others": ("lead", marked("Đã có việc khác gộp vào việc này. Xin gộp việc kia vào đây.")),
    "not_alike": ("lead", marked("Hai việc này không gộp được với nhau. Xin trả lời riêng từng việc.")),
    "nobody_else": (
        "recusing_reason",
        marked("Chưa có ai khác nhận được việc này. Xin báo lãnh đạo cử người thay, rồi bấm lại."),
    ),
    "authority_missing": ("authority", marked("Xin viết tên cơ quan nhận.")),
    "sent_missing": ("sent", marked("Xin viết nội dung gửi đi.")),
    "contact_basis_missing": ("contact_basis", marked("Xin chọn có gửi kèm cách liên hệ hay không.")),
    "no_contact": (
        "contact_basis", marked("Người gửi không để lại cách liên hệ, nên không có gì để gửi kèm.")
    ),
    "sent_tells_sender": ("sent", marked("Nội dung gửi đi có họ tên hoặc số liên hệ của người gửi. Xin bỏ đi.")),
    "told_tells_sender": ("told", marked("Lời này có họ tên hoặc số liên hệ của người gửi. Xin bỏ đi.")),
    "reply_tells_sender": (
        "text",
        marked("Câu trả lời này đến nhiều người gửi, mà có họ tên hoặc số liên hệ của một người. "
               "Xin bỏ đi rồi bấm lại."),
    ),
    "name_too_long": ("authority", marked("Tên cơ quan hoặc số công văn dài quá. Xin viết gọn lại.")),
    "finding_missing": ("finding", marked("Xin chọn kết luận: đúng, đúng một phần hay không đúng.")),
    "no_accusation": ("finding", marked("Ý kiến này không phản ánh ai, nên không có gì để kết luận.")),
    "already_invited": ("finding", marked("Đã mời cán bộ trình bày, nên không đổi kết luận được nữa.")),
    "not_false": ("told", marked("Chỉ mời trình bày khi đã kết luận là không đúng.")),
    "not_accused": ("accused", marked("Xin chọn cán bộ trong danh sách.")),
    "told_missing": ("told", marked("Xin viết điều cán bộ được biết.")),
    "invited_before": ("accused", marked("Cán bộ này đã được mời rồi.")),
    "withdrawal_not_asked": ("top", marked("Người gửi chưa xin rút ý kiến này.")),
    "not_closed": ("top", marked("Việc đang mở, nên không cần mở lại.")),
    "not_invited": ("top", marked("Không có lời mời nào như vậy gửi cho Ông/Bà.")),
    "statement_empty": ("text", marked("Xin viết vài lời rồi bấm lại.")),
    "stated_before": ("top", marked("Ông/Bà đã trình bày rồi. Muốn nói thêm, xin gặp lãnh đạo.")),
    "only_other": ("filing_reason", marked("Chỉ lưu không trả lời khi loại ý kiến là “Không rõ / không hợp lệ”.")),
}  # fmt: skip
REASON_MISSING = {
    "tra-lai": ("note", marked("Xin viết cần sửa gì, để người soạn biết.")),
    "chuyen": ("handing_reason", marked("Xin viết lý do chuyển, để nơi nhận biết.")),
    "luu-lai": ("filing_reason", marked("Xin viết lý do không trả lời.")),
    "xin-thoi": ("recusing_reason", marked("Xin viết lý do, để lãnh đạo biết.")),
    "gia-han": ("extending_reason", marked("Xin viết lý do, để người gửi biết.")),
    "cho-nguoi-gui": ("asked", marked("Xin viết cần người gửi bổ sung điều gì.")),
    "ket-luan": ("finding_reason", marked("Xin viết căn cứ của kết luận.")),
    "dong-y-rut": ("withdrawal_reason", marked("Xin viết vì sao không cần xem xét tiếp.")),
    "mo-lai": ("reopening_reason", marked("Xin viết lý do mở lại.")),
}
ACTS = {
    "opened": marked("nhận ý kiến"),
    "confirmed": marked("xác nhận phân loại"),
    "corrected": marked("sửa phân loại"),
    "reassigned": marked("chuyển việc cho {post}"),
    "drafted": marked("lưu bản nháp"),
    "submitted": marked("trình ký"),
    "returned": marked("trả lại để sửa"),
    "signed": marked("ký câu trả lời"),
    "issued": marked("ký và gửi câu trả lời"),
    "filed": marked("lưu việc, không trả lời"),
    "marked_junk": marked("đánh dấu là tin rác"),
    "lifted_junk": marked("bỏ dấu tin rác"),
    "marked_insult": marked("đánh dấu có lời nặng nề"),
    "lifted_insult": marked("bỏ dấu lời nặng nề"),
    "contact_opened": marked("xem cách liên hệ với người gửi"),
    "restricted_opened": marked("mở việc giữ kín"),
    "people_checked": marked("đối chiếu lại với danh sách cán bộ: có thêm người không được biết việc này"),
    "sent_up": marked("chuyển lên cấp trên, vì người bị nêu đang lãnh đạo đơn vị"),
    "moved_to_successor": marked("chuyển cùng đơn vị cũ khi sáp nhập, hạn trả lời giữ nguyên"),
    "took_in": marked("nhập các việc khác của cùng thư vào đây"),
    "reminded": marked("nhắc hạn"),
    "redated": marked("tính lại hạn theo lịch làm việc mới"),
    "answered_with": marked("trả lời cùng việc đã gộp"),
    "extended": marked("gia hạn trả lời"),
    "follows": marked("gộp vào việc khác cùng nội dung"),
    "forwarded": marked("chuyển đến {authority}"),
    "found": marked("kết luận xác minh: {finding}"),
    "invited": marked("mời cán bộ trình bày"),
    "led": marked("nhận thêm một ý kiến cùng nội dung"),
    "parted": marked("tách khỏi việc đã gộp"),
    "paused": marked("dừng tính hạn, chờ người gửi bổ sung"),
    "recused": marked("xin thôi giải quyết, vì có liên quan"),
    "reopened": marked("mở lại việc"),
    "resumed": marked("tính tiếp hạn trả lời"),
    "stated": marked("cán bộ được mời đã trình bày"),
    "withdrawal_asked": marked("người gửi xin rút ý kiến"),
    "withdrawn": marked("lưu việc, vì người gửi rút ý kiến"),
    "passed_over": marked("chuyển cho lãnh đạo khác, vì người đang giữ việc không được biết việc này"),
}
FINDINGS = {
    "true": marked("đúng"),
    "partly": marked("đúng một phần"),
    "false": marked("không đúng"),
}
ENDINGS = {
    "no_action": marked("Đã lưu, không trả lời"),
    "forwarded": marked("Đã chuyển đến cơ quan khác"),
    "withdrawn": marked("Người gửi đã rút ý kiến"),
}
LOOKS = {
    "giai-quyet": marked("Tôi được giao xử lý hoặc trả lời việc này"),
    "chi-dao": marked("Tôi xem để chỉ đạo, ký hoặc chuyển đúng nơi"),
    "kiem-tra": marked("Tôi kiểm tra phân loại hoặc thời hạn"),
    "khac": marked("Lý do khác (viết rõ bên dưới)"),
}
"""Reasons for opening a restricted case."""
OTHER_LOOK = "khac"
SWALLOWED = {"signed": ("issued",), "drafted": ("submitted", "drafted")}
"""Acts that say nothing beside the one that follows them."""
HEAPS = {
    "cho-tra-loi": (Heap.WAITING, marked("Chờ trả lời")),
    "cho-ky": (Heap.SUBMITTED, marked("Chờ ký")),
    "bi-tra-lai": (Heap.RETURNED, marked("Bị trả lại")),
    "qua-han": (Heap.OVERDUE, marked("Quá hạn")),
    "da-xong": (Heap.CLOSED, marked("Đã xong")),
    "cua-toi": (Heap.MINE, marked("Việc của tôi")),
    "ca-don-vi": (Heap.UNIT, marked("Cả đơn vị")),
    "tat-ca": (Heap.ALL, marked("Tất cả")),
}
"""What `trang_thai` in an address may say."""
FILTERS = ("cho-tra-loi", "cho-ky", "bi-tra-lai", "qua-han", "da-xong", "tat-ca")


@dataclass(frozen=True)
class Told:
    """A problem as a page tells it: the field it stands beside (or `top`) and the sentence."""

    field: str
    sentence: str


@dataclass(frozen=True)
class Line:
    """One line of the history. `who` is empty for the service; `quotes` are words people wrote."""

    who: str
    did: str
    at: datetime
    quotes: tuple[str, ...]


def state_words(shown: InboxRow | CaseDetails) -> str:
    """Where a case stands."""
    if isinstance(shown, CaseDetails) and shown.life.ending:
        return _(ENDINGS[shown.life.ending]).lower()
    return _(STATES["unsorted" if shown.unsorted and shown.state == "waiting" else shown.state])


def tell_problem(code: str, press: str) -> Told:
    """What is wrong and how to mend it; a code without words still gives a sentence."""
    field, sentence = PROBLEMS.get(code) or REASON_MISSING.get(press) or PROBLEMS["closed_or_not_yours"]
    return Told(field, _(sentence).format(reply=number(LONGEST_REPLY), note=number(LONGEST_NOTE)))


def tell_notice(code: str, reference: str) -> str:
    """What was done."""
    return _(NOTICES[code]).format(reference=reference) if code in NOTICES else ""


def tell_history(history: Sequence[Happening]) -> list[Line]:
    """The acts on a case, newest first, without those that the next act repeats."""
    following = [*history[1:], None]
    kept = [act for act, after in zip(history, following, strict=True) if not _is_repeated(act, after)]
    return [_line(happening) for happening in reversed(kept)]


def _is_repeated(act: Happening, after: Happening | None) -> bool:
    return after is not None and after.who == act.who and after.act in SWALLOWED.get(act.act, ())


def _line(happening: Happening) -> Line:
    did = _(ACTS.get(happening.act, marked("cập nhật việc"))).format(
        post=happening.said.get("after", ""),
        authority=happening.said.get("authority", ""),
        finding=_(FINDINGS.get(happening.said.get("finding", ""), "")),
    )
    quotes = [happening.said[key] for key in ("reason", "note") if happening.said.get(key)]
    changes = _changes(happening.said) if happening.act == "corrected" else ""
    did = f"{did}: {changes}" if changes else did
    return Line(happening.who or "", did, happening.at, tuple(quotes))


def _changes(said: Any) -> str:
    before, after = said.get("before", {}), said.get("after", {})
    told = [_change(key, after[key]) for key in after if before.get(key) != after[key]]
    return "; ".join(told)


def _change(key: str, value: Any) -> str:
    if key == "kind":
        return _("loại thành “{label}”").format(label=kind_words(value))
    if key == "topic":
        return _("chủ đề thành “{label}”").format(label=topic_words(value))
    if key == "urgent":
        return _("khẩn") if value else _("không khẩn")
    return _("có chê trách cán bộ") if value else _("không chê trách cán bộ")


def sureness(p: float) -> str:
    """How sure the classifier is, in words and figures."""
    words = marked("rất chắc") if p >= 0.9 else marked("khá chắc") if p >= 0.7 else marked("chưa chắc lắm")
    return f"{_(words)} ({certainty(p)})"


def certainty(p: float) -> str:
    """A probability for people: 0.92 → 92 %."""
    return f"{round(100 * p)} %"
