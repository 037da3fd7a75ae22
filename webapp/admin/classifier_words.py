"""What the page about the classifier says: figures as “in 100 letters”, states, reasons."""

from collections.abc import Mapping

from models import ClassifierRelease
from reports.figures import whole
from triage.reading.shares import Share
from triage.releasing.comparing import FRESH, FROZEN, Fall, bare_of
from triage.releasing.registry import Reason, reason_of
from webapp.words import _, marked, moment

IN_HUNDRED = {
    "denunciation, recall": marked("trong 100 thư tố cáo, máy nhận ra"),
    "accuses_staff, recall": marked("trong 100 thư chê trách cán bộ, máy nhận ra"),
    "urgent, recall": marked("trong 100 thư báo nguy hiểm, máy nhận ra"),
    "urgent, precision": marked("trong 100 lần máy báo nguy hiểm là nguy hiểm thật"),
    "kind": marked("trong 100 thư, máy gọi đúng loại ý kiến"),
    "topic": marked("trong 100 thư, máy gọi đúng chủ đề"),
    "topic among three": marked("trong 100 thư có chủ đề đúng trong ba gợi ý của máy"),
    "routed without a person": marked("trong 100 thư thường, máy tự chuyển, không chờ người"),
    "routed, post right": marked("trong 100 thư máy tự chuyển đến đúng nơi"),
}
"""How a figure is told after its number; the order is that of the page."""

STATES = {
    "candidate": marked("chờ người cho dùng"),
    "refused": marked("không được dùng"),
    "serving": marked("đang dùng"),
    "retired": marked("đã thôi dùng"),
}
REASONS = {
    "program": marked("Đi kèm chương trình."),
    "no_fall": marked("Không chỉ số an toàn nào thấp hơn bản trước."),
    "held": marked("Được giữ lại để người xem trước."),
    "by_hand": marked("Người giữ máy chủ chọn dùng."),
    "rolled_back": marked("Dùng lại sau khi bỏ bản mới hơn."),
    "fell": marked("Kém hơn bản đang dùng: {falls}."),
}
FALLEN = {
    "denunciation, recall": marked("nhận ra thư tố cáo"),
    "accuses_staff, recall": marked("nhận ra thư chê trách cán bộ"),
    "grave, recall": marked("nhận ra thư tố cáo hoặc chê trách cán bộ"),
    "urgent, recall": marked("nhận ra thư báo nguy hiểm"),
    "kind": marked("gọi đúng loại ý kiến"),
    "topic": marked("gọi đúng chủ đề"),
    "routed alone, rightly": marked("tự chuyển đúng nơi"),
}
SETS = {
    FROZEN: marked("bộ thư thử"),
    bare_of(FROZEN): marked("bộ thư thử gõ không dấu"),
    FRESH: marked("thư cán bộ đã phân loại"),
    bare_of(FRESH): marked("thư cán bộ đã phân loại, bỏ dấu"),
}
MOST_FALLS = 4
FEW_CORRECTIONS = 20


def in_hundred(value: float) -> str:
    """A share as a whole number of a hundred: .848 → 85; what is not quite all is never 100."""
    rounded = round(100 * value)
    return whole(99 if rounded == 100 and value < 1 else 1 if rounded == 0 and value > 0 else rounded)


def between(share: Share) -> str:
    """The interval: “từ 78 đến 90”."""
    low, high = share.interval
    return _("từ {low} đến {high}").format(low=in_hundred(low), high=in_hundred(high))


def serving_sentence(row: ClassifierRelease) -> str:
    """Which release reads, and since when."""
    since = moment(row.decided_at or row.made_at)
    return _("Bản số {number} đang đọc thư, từ {since}").format(number=row.number, since=since)


def learned_sentence(row: ClassifierRelease) -> str:
    """What a release was learned from. Corrections are told roughly: they hold restricted letters, too."""
    if not row.corrections:
        return _("Học từ {entries} thư mẫu").format(entries=whole(row.entries))
    corrections = row.corrections // 10 * 10
    if corrections < FEW_CORRECTIONS:
        told = _("Học từ {entries} thư mẫu và dưới {few} thư cán bộ đã phân loại")
        return told.format(entries=whole(row.entries), few=FEW_CORRECTIONS)
    told = _("Học từ {entries} thư mẫu và hơn {corrections} thư cán bộ đã phân loại")
    return told.format(entries=whole(row.entries), corrections=whole(corrections))


def why_sentence(row: ClassifierRelease) -> str:
    """Why a release stands where it stands."""
    reason: Reason = reason_of(row)
    if reason.code != "fell":
        return _(REASONS.get(reason.code, ""))
    told = [_fall(fall) for fall in reason.falls[:MOST_FALLS]]
    more = len(reason.falls) - MOST_FALLS
    if more > 0:
        told.append(_("và {count} chỉ số nữa").format(count=more))
    return _(REASONS["fell"]).format(falls="; ".join(told))


def _fall(fall: Fall) -> str:
    """Counts of corrections are not told: there may be few, and some are of restricted letters."""
    name, of = _(FALLEN.get(fall.figure, fall.figure)), _(SETS.get(fall.set, fall.set))
    if fall.set not in (FROZEN, bare_of(FROZEN)):
        return _("{figure} ({set})").format(figure=name, set=of)
    words = {"figure": name, "set": of, "after": fall.after.k, "before": fall.before.k, "n": fall.after.n}
    return _("{figure} {after} thay vì {before} trong {n} ({set})").format(**words)


def release_name(numbers: Mapping[str, int], release: str) -> str:
    """What people call a release that cases were drawn from."""
    number = numbers.get(release)
    return _("Bản số {number}").format(number=number) if number else _("Bản chưa ghi số")
