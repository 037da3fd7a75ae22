"""Several people whom the same words may mean, told apart by what else the text says (pure).

Every clue is one function from a mention to the people it points to. Each narrows whom the clues before it left, the
surest first; one that points to none of them tells nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from triage.routing.bynames import at_work
from triage.routing.joined import Mention
from triage.routing.kin import kin_at
from triage.routing.phrases import PhraseBook, word_set
from triage.routing.posts import DESK_KEYS, Holder, is_village
from triage.routing.roster import LEADERS
from triage.routing.tokens import SENTENCE, Tokens
from vietnamese.names import SURNAMES

Clue = Callable[[Tokens, Sequence[Mention], Mention], Iterable[Holder]]

_REACH = 40
_BY_POST = frozenset({"title", "area", "desk"})


def told_apart(tokens: Tokens, mentions: list[Mention]) -> list[Mention]:
    """The mentions, each with as few people as the text leaves: names first, then titles beside names so found."""
    named = [_told(tokens, mentions, place, _clues_of) for place in range(len(mentions))]
    return [_told(tokens, named, place, _clues_of_title) for place in range(len(named))]


def _told(tokens: Tokens, mentions: list[Mention], place: int, clues: Callable[[Mention], tuple[Clue, ...]]) -> Mention:
    mention = mentions[place]
    found = clues(mention)
    if not found:
        return mention
    # Only those near: a text of thousands of names must not cost their square.
    around = mentions[max(0, place - _REACH) : place + _REACH]
    for clue in found:
        pointed = set(clue(tokens, around, mention))
        kept = tuple(holder for holder in mention.holders if holder in pointed)
        if kept:
            mention = replace(mention, holders=kept, titled=mention.titled or clue in (_village_after, _work_after))
    return mention


def _clues_of(mention: Mention) -> tuple[Clue, ...]:
    """A name without a title may be told apart by anything, also (by the village) from a citizen."""
    several = len(mention.holders) > 1
    if mention.how in ("given_name", "short_name", "initials"):
        if mention.titled:
            return (_family_name,) if several else ()
        return _OF_NAMES if several else (_village_after, _work_after)
    if mention.how == "title" and not mention.leads:
        return (_village_after, *_OF_NAMES) if several else (_village_after,)
    return (_desk_before, _member_named) if mention.how == "area" and several else ()


def _clues_of_title(mention: Mention) -> tuple[Clue, ...]:
    """A title or field of work may only say more of whoever is named right before it."""
    if mention.how not in _BY_POST or len(mention.holders) < 2:
        return ()
    return (_of_the_named, _same_title, _called_next) if mention.how == "title" else (_of_the_named,)


# --- what stands beside ---


def _village_after(tokens: Tokens, _: Sequence[Mention], mention: Mention) -> list[Holder]:
    """As in "bác Thắng Đoài": the head of the village named after the name."""
    heads = [holder for holder in mention.holders if "village_head" in holder.posts]
    places = range(mention.end, mention.end + 3)
    return [holder for holder in heads if any(is_village(tokens, place, holder) for place in places)]


def _desk_after(tokens: Tokens, _: Sequence[Mention], mention: Mention) -> list[Holder]:
    """As in "chị Hoa bàn ngoài cùng": whoever sits at a desk."""
    at_desk = mention.end < len(tokens) and tokens.keys[mention.end] in DESK_KEYS
    return [holder for holder in mention.holders if holder.desk] if at_desk else []


def _work_after(tokens: Tokens, _: Sequence[Mention], mention: Mention) -> Iterable[Holder]:
    """As in "anh Tuấn xuống đo đất", "chị Hoa làm khai sinh", "anh Thái (cư trú)": whose work it is.

    Typed without marks, when the name itself is in doubt, a leader of that name stays: leaders meddle in any work.
    """
    found = at_work(tokens, mention.end, mention.holders)
    leaders = [holder for holder in mention.holders if holder.posts & LEADERS] if found and tokens.loose else []
    return [*found, *leaders]


_RANKS = PhraseBook({
    "police": "đại úy, thượng úy, trung úy, thiếu úy, thiếu tá, trung tá, thượng tá, đại tá",
    "health": "bác sĩ, y sĩ, trạm trưởng",
})  # fmt: skip


def _ranked(tokens: Tokens, _: Sequence[Mention], mention: Mention) -> list[Holder]:
    """As in "Đại úy Sơn", "bác sĩ Lộc": whose title has the rank, else who is of the police; who heals."""
    said = (_RANKS.match(tokens, at) for at in range(max(0, mention.start - 3), mention.core))
    hits = [hit for hit in said if hit and hit.end <= mention.core]
    if not hits:
        return []
    words = {fold for hit in hits for fold in tokens.folds[hit.start : hit.end]}
    field = hits[-1].label
    ranked = [holder for holder in mention.holders if words <= set(holder.title_folds)]
    return ranked or [holder for holder in mention.holders if field in holder.areas]


def _family_name(tokens: Tokens, _: Sequence[Mention], mention: Mention) -> list[Holder]:
    """As in "chị Hoa, họ Lò": whose family name is told."""
    told = mention.end + 1 < len(tokens) and tokens.folds[mention.end] == "ho"
    return [h for h in mention.holders if told and tokens.folds[mention.end + 1] in h.all_folds]


def _rest_of_name(tokens: Tokens, _: Sequence[Mention], mention: Mention) -> list[Holder]:
    """As in "ông Khoa Niê", "anh Sơn Kpă": another word of somebody's name right after; "anh Sơn đang" is none."""
    end = mention.end
    if end >= len(tokens) or tokens.breaks[end] or not (tokens.capital[end] or tokens.folds[end] not in SURNAMES):
        return []
    return [holder for holder in mention.holders if tokens.folds[end] in holder.all_folds - _COMMON_MIDDLES]


_COMMON_MIDDLES = word_set("van thi anh thanh ngoc minh quang duc huu cong xuan thu hong")


_CONTRAST = PhraseBook({"not": "không phải, chứ không phải, chớ không phải, hổng phải, chẳng phải, khác, khác với"})


def _set_apart(tokens: Tokens, mentions: Sequence[Mention], mention: Mention) -> list[Holder]:
    """As in "anh Lợi coi ruộng, khác anh Lợi giám đốc": who is not the other of that name."""
    return _others(mention, [other for other in mentions if other.titled and _denied(tokens, other)])


def _others(mention: Mention, denied: list[Mention]) -> list[Holder]:
    apart = {holder for other in denied if other.core != mention.core for holder in other.holders}
    return [holder for holder in mention.holders if holder not in apart] if apart & set(mention.holders) else []


def _denied(tokens: Tokens, other: Mention) -> bool:
    before = range(max(0, other.start - 3), other.start)
    return any((hit := _CONTRAST.match(tokens, at)) is not None and hit.end == other.start for at in before)


_BESIDE = word_set("canh ke ben cung doi dien")


def _colleagues(tokens: Tokens, mentions: Sequence[Mention], mention: Mention) -> list[Holder]:
    """As in "còn anh Nhân ngồi kế bên": of the department of somebody named shortly before."""
    words = set(tokens.folds[mention.end : mention.end + 4])
    if not (_BESIDE & words and {"ngoi", "cung", "ban", "phong"} & words):
        return []
    before = [other for other in mentions if other.core != mention.core and _near(tokens, other, mention)]
    groups = {holder.person.department for other in before for holder in other.holders} - {""}
    return [holder for holder in mention.holders if holder.person.department in groups]


# --- what was said before ---


def _named_more_fully(_: Tokens, mentions: Sequence[Mention], mention: Mention) -> list[Holder]:
    """As in "anh Tuấn địa chính … anh Tuấn": the same name with more beside it, anywhere."""
    others = [other for other in mentions if other.how not in _BY_POST and other.core != mention.core]
    return [holder for other in others if other.titled or other.how == "full_name" for holder in other.holders]


def _post_before(tokens: Tokens, mentions: Sequence[Mention], mention: Mention) -> list[Holder]:
    """As in "tôi ra công an xã, anh Tuấn …": of the office named in the same sentence or the one before."""
    near = [other for other in mentions if other.how in _BY_POST and _near(tokens, other, mention)]
    return [holder for other in near for holder in other.holders]


def _desk_before(tokens: Tokens, mentions: Sequence[Mention], mention: Mention) -> list[Holder]:
    """As in "cảm ơn quầy số 2 …, đồng chí ngồi quầy": the desk named before, unless it is the one beside it."""
    if _BESIDE & set(tokens.folds[mention.end : mention.end + 2]):
        return []
    near = [other for other in mentions if other.how == "desk" and _near(tokens, other, mention)]
    return [holder for other in near for holder in other.holders]


# Before a name these set it apart from the office: "…, may có chị Hạnh", "trừ chị Hạnh".
_APART = PhraseBook({"apart": "may, nhờ, riêng, trừ, còn, nhưng, chứ, cảm ơn, không phải, chỉ có, được"})


_LONG_SENTENCE = 40


def _member_named(tokens: Tokens, mentions: Sequence[Mention], mention: Mention) -> list[Holder]:
    """As in "bên hộ tịch hẹn 5 ngày, tới nữa chị Thu cười khẩy": one of the office named later in the sentence."""
    later = [other for other in mentions if other.by_name and 0 <= other.start - mention.end < _LONG_SENTENCE]
    same = [other for other in later if SENTENCE not in tokens.breaks[mention.end : other.start + 1]]
    named = [other for other in same if any(holder in mention.holders for holder in other.holders)]
    if len(named) != 1 or mention.gender:
        return []
    before = range(max(mention.end, named[0].start - 3), named[0].start)
    return [] if any(_APART.match(tokens, at) for at in before) else list(named[0].holders)


_AT = word_set("o tai ngoai trong")


def _place_after(tokens: Tokens, mentions: Sequence[Mention], mention: Mention) -> list[Holder]:
    """As in "cô Hà nhận giấy đất ở quầy 2": the desk or office named soon after, in the same sentence."""
    soon = [other for other in mentions if other.how in ("desk", "area") and 0 < other.core - mention.end <= _SOON]
    at = [other for other in soon if tokens.folds[other.core - 1] in _AT]
    return [h for other in at if SENTENCE not in tokens.breaks[mention.end : other.core + 1] for h in other.holders]


def _near(tokens: Tokens, other: Mention, mention: Mention) -> bool:
    """Whether `other` stands before `mention`, at most one sentence end between them."""
    between = range(other.end, mention.start + 1)
    return other.end <= mention.start and sum(tokens.breaks[at] == SENTENCE for at in between) <= 1


_OF_NAMES: tuple[Clue, ...] = (
    _rest_of_name, _village_after, _family_name, _ranked, _desk_after, _work_after, _set_apart, _colleagues,
    _named_more_fully, _post_before, _place_after,
)  # fmt: skip


# --- titles several hold ---


def _same_title(_: Tokens, mentions: Sequence[Mention], mention: Mention) -> list[Holder]:
    """As in "trưởng thôn" after "anh Khương trưởng thôn": the first so named, else the only one named later."""
    told = [
        other.holders
        for other in mentions
        if other.posts & mention.posts and (other.how != "title" or len(other.holders) < len(mention.holders))
    ]
    before = any(other.start < mention.start for other in mentions if other.holders in told)
    later = len(mention.posts) == 1 and len(set(told)) == 1
    return list(told[0]) if told and (before or later) else []


_SAYS_MORE = word_set("ben lam kiem giu phu trach la tuc")
_SOON = 7


def _of_the_named(tokens: Tokens, mentions: Sequence[Mention], mention: Mention) -> list[Holder]:
    """As in "chị Hoa, họ Lò, bên một cửa", "tên Duyên, văn thư kiêm thủ quỹ": the one named shortly before."""
    if mention.start != mention.core or not mention.start or tokens.folds[mention.start - 1] not in _SAYS_MORE:
        return []
    near = [other for other in mentions if other.by_name and 0 <= mention.start - other.end < _SOON]
    same = [other for other in near if SENTENCE not in tokens.breaks[other.end : mention.start + 1]]
    return list(same[-1].holders) if same else []


_ONE_OF_SEVERAL = word_set("hai ba may cac nhung ca")


def _called_next(tokens: Tokens, mentions: Sequence[Mention], mention: Mention) -> list[Holder]:
    """As in "phó chủ tịch: ông để đó đi họp": the kin word that goes on tells man from woman."""
    several = _ONE_OF_SEVERAL & set(tokens.folds[mention.start : mention.core + 1])
    if mention.gender or len(mention.posts) != 1 or several:
        return []
    soon = range(mention.end, min(len(tokens) - 1, mention.end + 6))
    place = next((at for at in soon if tokens.breaks[at]), len(tokens) - 1)
    if tokens.keys[place] not in _HE_OR_SHE or any(other.start <= place < other.end for other in mentions):
        return []
    return [holder for holder in mention.holders if holder.gender == kin_at(tokens, place)]


# "ông", and "bà" only with its mark: without, it is "ba", three.
_HE_OR_SHE = frozenset({"ông", "ong", "ba1"})
