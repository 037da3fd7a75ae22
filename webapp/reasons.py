"""Steps of routing → sentences for people: officers read them on a case, administrators when they try the rules.

A code that is not known here still gives a true sentence, so that a new rule never breaks a page.
"""

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
    "suspected": marked(
        "Máy chưa chắc, nhưng có thể là khiếu nại, tố cáo hoặc chê trách cán bộ: người tiếp nhận đơn thư xem trước."
    ),
    "topic_post": marked("Nội dung thuộc chủ đề “{words}”, do vị trí này phụ trách."),
    "no_post": marked("Chủ đề “{words}” chưa có vị trí nào phụ trách, cần người chuyển giúp."),
    "conflict": marked("Người thường nhận việc này có liên quan, nên việc chuyển lên trên một bậc."),
    "none_left": marked("Ở đơn vị không còn ai không liên quan, nên việc lên cấp trên."),
    "first_complaint": marked("Khiếu nại lần đầu do chính người ra quyết định xem xét trước."),
    "accused": marked("Ý kiến chê trách “{words}”; người đó không được biết việc này."),
    "family": marked("Ý kiến nói đến người nhà của cán bộ (“{words}”); cán bộ đó không được biết việc này."),
    "in_doubt": marked("Ý kiến nhắc đến “{words}”, chưa rõ có chê trách hay không; người đó tạm không được biết việc."),
    "nobody_resolved": marked("Ý kiến chê trách người phục vụ nhưng chưa rõ là ai. Xin xem kỹ trước khi chuyển."),
    "junk": marked("Giống quảng cáo, gõ thử hoặc lặp đi lặp lại, nên nơi tiếp nhận xem trước."),
    "unreadable": marked("Máy không đọc được ý kiến này, cần người đọc."),
}
OTHERWISE = marked("Theo quy tắc chuyển ý kiến của đơn vị.")


def routing_sentence(reason: Reason) -> str:
    """One step of a routing as a sentence."""
    words = WORDS_OF.get(reason.code, str)(reason.words)
    return _(ROUTING.get(reason.code, OTHERWISE)).format(words=words)
