"""Codes of routing and reading → sentences an officer understands.

A code that is not known here still gives a true sentence, so that a new rule never breaks a page.
"""

from collections.abc import Iterable

from triage.casework.inbox import Why
from triage.routing.routes import Reason
from webapp.reasons import OTHERWISE, ROUTING, kind_words, routing_sentence, topic_words
from webapp.words import _, marked

READING = {
    "words.kind": marked("Loại: dựa vào “{words}”"),
    "words.topic": marked("Chủ đề: dựa vào “{words}”"),
    "words.urgent": marked("Khẩn: dựa vào “{words}”"),
    "words.accuses_staff": marked("Chê trách cán bộ: dựa vào “{words}”"),
    "words": marked("Dựa vào “{words}”"),
    "rule": marked("Có lời cần lưu ý: “{words}”"),
    "unsure.kind": marked("Chưa chắc là loại ý kiến nào"),
    "unsure.topic": marked("Chưa chắc thuộc chủ đề nào"),
    "unsure": marked("Chưa chắc"),
    "foreign": marked("Phần lớn không giống tiếng Việt thường gặp"),
    "strange": marked("Lời lẽ khác với những thư máy đã học"),
    "empty": marked("Hầu như không có chữ"),
}
SHORT = {
    "leader_accused": marked("nêu lãnh đạo, thuộc cấp trên"),
    "urgent": marked("có dấu hiệu nguy hiểm"),
    "restricted_kind": marked("cần giữ kín"),
    "abstained": marked("máy chưa chắc, cần người phân loại"),
    "suspected": marked("có thể cần giữ kín, xem trước"),
    "topic_post": marked("thuộc lĩnh vực phụ trách"),
    "no_post": marked("chưa có vị trí phụ trách"),
    "conflict": marked("người thường nhận có liên quan"),
    "none_left": marked("ở đơn vị không còn ai không liên quan"),
    "unreadable": marked("máy không đọc được"),
    "junk": marked("giống tin rác, cần người xem"),
}
_OF_READING = ("words", "rule", "unsure", "foreign", "strange", "empty")
_STRONGEST = ("conflict", "none_left")
"""Among several steps of a routing these tell why it ended here."""


def why_short(why: Why) -> str:
    """Why the case came here, in a few words; empty when nothing is known."""
    if why.handed:
        return _("được chuyển sang")
    codes = [reason.code for reason in why.reasons if not _is_reading(reason)]
    ordered = [code for code in codes if code in _STRONGEST] + codes
    return _(next((SHORT[code] for code in ordered if code in SHORT), ""))


def why_sentences(why: Why) -> list[str]:
    """Why the case came here, a sentence a step; never empty."""
    said = [routing_sentence(reason) for reason in why.reasons if not _is_reading(reason)]
    return list(dict.fromkeys(said)) or [_(OTHERWISE)]


def reading_sentences(reasons: Iterable[Reason]) -> list[str]:
    """What the reading rests on: the words that weighed most, rules that fired, doubts."""
    said = [_reading_sentence(reason) for reason in reasons if _is_reading(reason)]
    return list(dict.fromkeys(sentence for sentence in said if sentence))


def _is_reading(reason: Reason) -> bool:
    return reason.code.partition(".")[0] in _OF_READING


def _reading_sentence(reason: Reason) -> str:
    sentence = READING.get(reason.code) or READING[reason.code.partition(".")[0]]
    if "{words}" in sentence and not reason.words:
        return ""
    return _(sentence).format(words=reason.words)


__all__ = ["OTHERWISE", "ROUTING", "kind_words", "reading_sentences", "topic_words", "why_sentences", "why_short"]
