"""Codes of routing and reading → sentences an officer understands.

A code that is not known here still gives a true sentence, so that a new rule never breaks a page.
"""

from collections.abc import Iterable

from triage.casework.inbox import Why
from triage.reading.labels import KINDS, TOPICS, kind_label, topic_label
from triage.routing.routes import Reason
from webapp.words import _, marked


def kind_words(id: str) -> str:
    """The words for a kind; a kind that a later taxonomy dropped is shown by its identifier."""
    return kind_label(id) if id in _KIND_IDS else id


def topic_words(id: str) -> str:
    """The words for a topic; a topic that a later taxonomy dropped is shown by its identifier."""
    return topic_label(id) if id in _TOPIC_IDS else id


_KIND_IDS = frozenset(kind.id for kind in KINDS)
_TOPIC_IDS = frozenset(topic.id for topic in TOPICS)
WORDS_OF = {"topic_post": topic_words, "no_post": topic_words, "restricted_kind": kind_words}
"""Codes whose words are an identifier of the taxonomy, not the citizen's."""

ROUTING = {
    "leader_accused": marked(
        "Ý kiến nêu lãnh đạo (“{words}”). Theo Luật Tố cáo, việc này thuộc cấp trên, lãnh đạo tại chỗ không được biết."
    ),
    "urgent": marked("Có dấu hiệu nguy hiểm, cần lãnh đạo trực xem ngay."),
    "restricted_kind": marked("Có dấu hiệu “{words}”: chỉ người được giao tiếp nhận mới được xem."),
    "abstained": marked("Máy chưa chắc đây là việc gì, cần Ông/Bà phân loại giúp."),
    "topic_post": marked("Nội dung thuộc chủ đề “{words}”, do vị trí này phụ trách."),
    "no_post": marked("Chủ đề “{words}” chưa có vị trí nào phụ trách, cần người chuyển giúp."),
    "conflict": marked("Người thường nhận việc này có liên quan, nên việc chuyển lên trên một bậc."),
    "none_left": marked("Ở đơn vị không còn ai không liên quan, nên việc lên cấp trên."),
    "first_complaint": marked("Khiếu nại lần đầu do chính người ra quyết định xem xét trước."),
    "accused": marked("Ý kiến chê trách “{words}”; người đó không được biết việc này."),
    "family": marked("Ý kiến nói đến người nhà của cán bộ (“{words}”); cán bộ đó không được biết việc này."),
    "in_doubt": marked("Ý kiến nhắc đến “{words}”, chưa rõ có chê trách hay không; người đó tạm không được biết việc."),
    "nobody_resolved": marked("Ý kiến chê trách người phục vụ nhưng chưa rõ là ai. Xin xem kỹ trước khi chuyển."),
    "unreadable": marked("Máy không đọc được ý kiến này, cần người đọc."),
}
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
    "empty": marked("Hầu như không có chữ"),
}
SHORT = {
    "leader_accused": marked("nêu lãnh đạo, thuộc cấp trên"),
    "urgent": marked("có dấu hiệu nguy hiểm"),
    "restricted_kind": marked("cần giữ kín"),
    "abstained": marked("máy chưa chắc, cần người phân loại"),
    "topic_post": marked("thuộc lĩnh vực phụ trách"),
    "no_post": marked("chưa có vị trí phụ trách"),
    "conflict": marked("người thường nhận có liên quan"),
    "none_left": marked("ở đơn vị không còn ai không liên quan"),
    "unreadable": marked("máy không đọc được"),
}
_OF_READING = ("words", "rule", "unsure", "foreign", "empty")
_STRONGEST = ("conflict", "none_left")
"""Among several steps of a routing these tell why it ended here."""
OTHERWISE = marked("Theo quy tắc chuyển ý kiến của đơn vị.")


def why_short(why: Why) -> str:
    """Why the case came here, in a few words; empty when nothing is known."""
    if why.handed:
        return _("được chuyển sang")
    codes = [reason.code for reason in why.reasons if not _is_reading(reason)]
    ordered = [code for code in codes if code in _STRONGEST] + codes
    return _(next((SHORT[code] for code in ordered if code in SHORT), ""))


def why_sentences(why: Why) -> list[str]:
    """Why the case came here, a sentence a step; never empty."""
    said = [_routing_sentence(reason) for reason in why.reasons if not _is_reading(reason)]
    return list(dict.fromkeys(said)) or [_(OTHERWISE)]


def reading_sentences(reasons: Iterable[Reason]) -> list[str]:
    """What the reading rests on: the words that weighed most, rules that fired, doubts."""
    said = [_reading_sentence(reason) for reason in reasons if _is_reading(reason)]
    return list(dict.fromkeys(sentence for sentence in said if sentence))


def _is_reading(reason: Reason) -> bool:
    return reason.code.partition(".")[0] in _OF_READING


def _routing_sentence(reason: Reason) -> str:
    words = WORDS_OF.get(reason.code, str)(reason.words)
    return _(ROUTING.get(reason.code, OTHERWISE)).format(words=words)


def _reading_sentence(reason: Reason) -> str:
    sentence = READING.get(reason.code) or READING[reason.code.partition(".")[0]]
    if "{words}" in sentence and not reason.words:
        return ""
    return _(sentence).format(words=reason.words)
