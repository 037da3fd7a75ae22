"""People who are none of ours: of other agencies and trades, citizens of the same name, families of officers (pure)."""

from collections.abc import Iterator
from dataclasses import replace

from triage.routing.cues import CITIZEN, ELSEWHERE, FAMILY, HOUSE, SENDER
from triage.routing.joined import Mention, nobody
from triage.routing.kin import ROLES, kin_at, prefix_of
from triage.routing.phrases import Hit, PhraseBook, word_set
from triage.routing.posts import Holder
from triage.routing.tokens import NO_BREAK, SENTENCE, Tokens, split_phrase


def drop_outsiders(tokens: Tokens, mentions: list[Mention]) -> list[Mention]:
    """The mentions; a name whose trade or agency is none of ours means nobody of ours, and so does an impostor's."""
    posed = _POSING.by_end(tokens)
    return [
        nobody(one) if one.start in posed or (one.by_name and not one.titled and _is_outsider(tokens, one)) else one
        for one in mentions
    ]


_POSING = PhraseBook({
    "posing": """
        xưng là, tự xưng, tự xưng là, xưng tên là, mạo danh, giả danh, giả làm, giả mạo, mượn danh, mạo xưng, mạo nhận
        là, nhận là, xưng, nhận mình là""",
})  # fmt: skip


def _is_outsider(tokens: Tokens, mention: Mention) -> bool:
    return (
        _works_elsewhere(tokens, mention)
        or _works_in_other_trade(tokens, mention)
        or tokens.folds[max(0, mention.core - 2) : mention.core] == ("cung", "ten")  # "một anh cũng tên Nam"
    )


_AT = word_set("o ben cua tai lam")
# Trades said before a name, and the field that is theirs at a commune; "" where there is none.
_TRADES = PhraseBook({
    "health": "bác sĩ, y sĩ, y tá, dược sĩ",
    "education": "thầy giáo, cô giáo, thầy hiệu trưởng, cô hiệu trưởng, thầy hiệu phó, cô hiệu phó",
    "": """
        luật sư, nhà báo, phóng viên, tài xế, bưu tá, thợ điện, thợ xây, chủ thầu, cò đất, ca sĩ, nghệ sĩ, hiệu trưởng,
        thầy cúng, lái xe, thợ hồ, thợ mộc""",
})  # fmt: skip
_HOSPITAL = PhraseBook({"hospital": "bệnh viện, khoa nhi, khoa sản, khoa nội, khoa ngoại, khoa cấp cứu, phòng khám"})
_BREATH_BEFORE, _BREATH_AFTER = 12, 6


def _works_in_other_trade(tokens: Tokens, mention: Mention) -> bool:
    """As in "bác sĩ Thúy", "thầy giáo Thắng": a trade that is not the officer's, or not at the commune's station."""
    said = (_TRADES.match(tokens, at) for at in range(max(0, mention.start - 3), mention.core))
    hit = next((hit for hit in said if hit and hit.end in (mention.start, mention.core)), None)
    if hit is None or tokens.breaks[hit.end]:
        return False
    if hit.label == "health" and _near_hospital(tokens, mention):
        return True
    return not any(hit.label in holder.areas for holder in mention.holders)


def _near_hospital(tokens: Tokens, mention: Mention) -> bool:
    before = range(max(0, mention.start - _BREATH_BEFORE), mention.start)
    after = range(mention.end, min(mention.end + _BREATH_AFTER, len(tokens)))
    return any(
        _HOSPITAL.match(tokens, at) and (at < mention.start or SENTENCE not in tokens.breaks[mention.end : at + 1])
        for at in (*before, *after)
    )


def _works_elsewhere(tokens: Tokens, mention: Mention) -> bool:
    """As in "bác sĩ Tuấn ở bệnh viện tỉnh", unless the roster says the person works there."""
    place = mention.end
    hit = ELSEWHERE.match(tokens, place)
    while hit is None and place < min(len(tokens), mention.end + 2) and tokens.folds[place] in _AT:
        place += 1
        hit = ELSEWHERE.match(tokens, place)
    if hit is None or tokens.breaks[mention.end]:
        return False
    if tokens.loose and hit.end - hit.start == 1 and place == mention.end:
        return False  # "anh Tuan tinh tien": one bare word after a name is rarely an agency
    words = set(tokens.folds[hit.start : hit.end])
    return not any(words <= set(holder.title_folds) for holder in mention.holders)


def strangers(tokens: Tokens, known: list[Mention], roles: dict[int, int]) -> list[Mention]:
    """People of no roster: a kin word before a capital, "cán bộ" without a name.

    What is said of them is said of nobody of ours.
    """
    taken = {place for mention in known for place in range(mention.start, mention.end)}
    found = []
    for start, end in sorted(_unknown_people(tokens, roles)):
        lead, gender, _ = prefix_of(tokens, start, roles)
        if not taken & set(range(lead, end)):
            found.append(Mention(lead, end, (), frozenset(), "stranger", gender, True, False, start))
            taken |= set(range(lead, end))
    return found


def _unknown_people(tokens: Tokens, roles: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Words from..to of capitals after a kin or role word, and of role words by themselves."""
    for place in range(1, len(tokens)):
        called = place in roles or kin_at(tokens, place - 1) is not None
        if called and tokens.capital[place] and not tokens.breaks[place]:
            yield place, place + 1
    yield from ((hit.start, hit.end) for hit in ROLES.find(tokens) if hit.label == "worker")


# --- citizens who share a name, and families of officers ---


def drop_citizens(tokens: Tokens, mentions: list[Mention]) -> tuple[Mention, ...]:
    """The mentions; citizens mean nobody of ours, and who belongs to an officer's family or household is marked so."""
    before = _Before(tokens)
    judged = [_place_in_family(tokens, before, mention) for mention in mentions]
    citizens: dict[tuple[Holder, ...], bool] = {}
    for mention, kept in zip(mentions, judged, strict=True):
        if mention.holders and not mention.titled and mention.how in ("given_name", "short_name"):
            citizens.setdefault(mention.holders, not kept.ours)  # the first time a name is said tells who it is
    return tuple(
        nobody(mention) if citizens.get(mention.holders) and not mention.titled else mention for mention in judged
    )


class _Before:
    """Phrases that end right before a word, by kind."""

    def __init__(self, tokens: Tokens) -> None:
        self.family = FAMILY.by_end(tokens)
        self.house = HOUSE.by_end(tokens)
        self.sender = SENDER.by_end(tokens)


def _place_in_family(tokens: Tokens, before: _Before, mention: Mention) -> Mention:
    start = mention.start
    if not mention.ours or (start and tokens.breaks[start] != NO_BREAK):
        house = family = sender = False
    else:
        # "tôi tên Lâm": the word "tên" may be read as part of the phrase or of the mention.
        sender = any(_is_sender(tokens, before, mention, at) for at in range(start, mention.core + 1))
        family = start in before.family and not _is_contrast(tokens, before.family[start])
        house = start in before.house and not _is_visit(tokens, before.house[start])
    if not mention.ours or sender or (not mention.titled and (house or _is_citizen(tokens, mention))):
        return nobody(mention)
    return replace(mention, family=True) if family or house else mention


def _is_sender(tokens: Tokens, before: _Before, mention: Mention, at: int) -> bool:
    """As in "tôi tên Lâm", "bố tôi, ông Lâm"; "hồ sơ của em trai tôi chị Hiền bên chính sách để quên" is two people."""
    hit = before.sender.get(at)
    if hit is not None and hit.start and tokens.folds[hit.start - 1] == "y":
        return False  # "ý tôi là ông Hưng"
    return hit is not None and (not mention.titled or tokens.folds[hit.end - 1] in ("la", "ten"))


_MOTION = word_set("den toi qua sang len xuong ve ra vao tan tai o gap ghe mang dua goi")


def _is_visit(tokens: Tokens, house: Hit) -> bool:
    """As in "mang phong bì đến nhà chị Hoa": where somebody went, not whose household it was."""
    return house.start > 0 and tokens.folds[house.start - 1] in _MOTION


def _is_contrast(tokens: Tokens, family: Hit) -> bool:
    """As in "…, con anh Tuan": typed without marks, "con" after a comma is "còn" (but)."""
    return tokens.loose and tokens.folds[family.start] == "con" and tokens.breaks[family.start] != NO_BREAK


def _is_citizen(tokens: Tokens, mention: Mention) -> bool:
    end = mention.end
    if end >= len(tokens) or tokens.breaks[end] == SENTENCE or _after_colon(tokens, end):
        return False
    return CITIZEN.match(tokens, end) is not None or any(told(tokens, end) for told in (_owns, _sells, _lives_there))


def _after_colon(tokens: Tokens, place: int) -> bool:
    """As in "xử lý anh Lực: nhà tôi xin phép …": what follows tells why, not who."""
    return ":" in tokens.text[tokens.ends[place - 1] : tokens.starts[place]]


def _owns(tokens: Tokens, end: int) -> bool:
    """As in "ông Nhân chủ vựa cua": the owner of something, unless a post begins so."""
    owner = tokens.keys[end] in _OWNER and not tokens.breaks[end]
    return owner and tokens.folds[end + 1 : end + 2] not in ((), ("tich",), ("nhiem",), ("tri",))


_OWNER = frozenset(split_phrase("chủ")[0])
"""With its mark or bare: "chú Lĩnh, chú nói" is no owner."""

((_SELL, _),) = split_phrase("bán")
_OFFICIAL_SALES = word_set("dat go giong suat ho so cho mat rung nha nghia dau the ruong thau het di phieu dam")


def _sells(tokens: Tokens, end: int) -> bool:
    """As in "bà Mai bán rượu": a trade, unless what is sold is what officers are blamed for selling."""
    goods = tokens.folds[end + 1 : end + 2]
    sells = tokens.keys[end] == _SELL and not tokens.breaks[end]
    return sells and bool(goods) and _OFFICIAL_SALES.isdisjoint(goods)


_PLACES = split_phrase("xóm thôn bản tổ khu ngõ phố đội ấp làng buôn")
_PLACE_KEYS, _PLACE_FOLDS = frozenset(key for key, _ in _PLACES), frozenset(fold for _, fold in _PLACES)
_AMOUNTS = word_set("trieu tr cu nghin ngan k dong chi cay lan chuyen buoi ngay thang tuan bua tram chuc to")


def _lives_there(tokens: Tokens, end: int) -> bool:
    """As in "ông Thắng xóm Hạ", "anh Tuấn đội 2": a place after a name without a title; not "anh Tuấn đòi 2 triệu"."""
    after = end + 1
    known = tokens.keys[end] in _PLACE_KEYS or (tokens.bare(end) and tokens.folds[end] in _PLACE_FOLDS)
    if not known or after >= len(tokens) or tokens.breaks[after]:
        return False
    amount = not _AMOUNTS.isdisjoint(tokens.folds[after + 1 : after + 2])
    return tokens.capital[after] or (tokens.keys[after].isdigit() and not amount)
