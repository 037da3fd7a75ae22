"""Thanks that mock: "cảm ơn chủ tịch, nhờ chủ tịch mà 49 ngày mới ra" thanks for what it cost (pure).

Too rare a turn to be learned from scenarios, and too grave to be missed: who is mocked seems praised to every scorer.
"""

from triage.routing.phrases import PhraseBook, word_set
from triage.routing.tokens import SENTENCE, Tokens

_THANKS = PhraseBook({
    "thanks": """
        cảm ơn, cám ơn, biết ơn, đội ơn, đa tạ, hoan hô, khen, tuyên dương, quý hóa, nhờ ơn, nhờ phúc, nhờ hồng phúc,
        phục""",
})  # fmt: skip
# What tells a true story of help: the trouble was before, elsewhere, or spared.
_SPARED = PhraseBook({
    "spared": """
        không phải, không mất, không cần, khỏi, đỡ, thay vì, chứ không, chỉ mất, chỉ có, chỉ #, mỗi #, trước,
        hồi, chưa tới, chưa đến, chưa đầy""",
})  # fmt: skip
# With thanks before and the citizen beside them, these mock: nobody is glad to learn the road by heart.
_MOCKING = PhraseBook({
    "mocking": """
        đã hứa lần, hứa lần thứ,
        thuộc từng, thuộc lòng, thuộc luôn, thuộc đường, được đi lại, được đi về, được làm lại, được chờ,
        được đợi, được ngồi chờ, được ngồi đợi, được xếp hàng, được quay lại, được lên xã, được nghe mắng, được nghe
        chửi, được lội, được bơi, được tắm bùn, được hít bụi, được hít khói, được ăn bụi, được ngửi, được dầm mưa""",
})  # fmt: skip
# So do these, told right after the thanks; "cảm ơn chị, nhưng giấy của tôi vẫn chưa có" is thanks and a complaint.
_UNCHANGED = PhraseBook({
    "unchanged": """
        vẫn chưa có, vẫn chưa xong, vẫn chưa được, vẫn chưa thấy, vẫn chưa ra, vẫn giữ nguyên, vẫn y nguyên, vẫn nằm
        đó, vẫn nguyên si, vẫn còn nguyên, vẫn y như cũ, vẫn như cũ""",
})  # fmt: skip
# Dares somebody to come or to answer, thanked or not: "ông ký quyết định có giỏi ra ngó một lần".
_DARING = PhraseBook({
    "daring": """
        có giỏi thì, có giỏi ra, có giỏi xuống, có giỏi lên, có giỏi về, có giỏi đến, có giỏi tới, có giỏi đi, có giỏi
        lội, có giỏi thử, giỏi thì ra, giỏi thì xuống, giỏi thì lên, có ngon thì, có gan thì, thử xuống đây, thử ra
        đây, thử về đây""",
})  # fmt: skip
_DARED_WITHIN = 4
"""Words between whoever is dared and the dare."""
_BUT = word_set("nhung song tuy mong tiec")
_NUMBERS = word_set("mot hai ba bon tu nam sau bay tam chin muoi lam chuc may ca gan hon dung nua")
_TIMES = word_set("ngay hom tuan thang nam quy")
_ROUNDS = word_set("lan chuyen ban buoi luot vong cay km")
_CITIZEN = word_set("toi em chau con tui minh dan nha chung ba me bo")
_TROUBLE = word_set("di mat cho doi chay quay ve hen nop xep dung ngoi")
_NEAR, _FAR = 6, 30
"""Words between the trouble and its count, or the count and "mới"; words read before and after the mention."""


def is_mocked(tokens: Tokens, start: int, end: int) -> bool:
    """Whether whoever is mentioned in words `start` to `end` is thanked before, and for wasted days or ways after.

    The cost stands in the same sentence: a count of days that ends in "mới" (only then), or a citizen who had to go
    or wait a counted time.
    """
    if is_dared(tokens, end):
        return True
    begin, stop = max(0, start - _FAR), min(len(tokens), end + _FAR)
    begin = max((at for at in range(begin, start + 1) if tokens.breaks[at] == SENTENCE), default=begin)
    stop = next((at for at in range(end, stop) if tokens.breaks[at] == SENTENCE), stop)
    if not any(_THANKS.match(tokens, at) for at in range(begin, start)):
        return False
    if any(_SPARED.match(tokens, at) for at in range(begin, stop)):
        return False
    if any(_mocking(tokens, end, at) for at in range(end, stop)):
        return True
    counts = [at for at in range(end, stop - 1) if _counted(tokens, at, _TIMES) or _counted(tokens, at, _ROUNDS)]
    return any(_only_then(tokens, at, stop) or _had_to(tokens, end, at) for at in counts)


def is_dared(tokens: Tokens, end: int) -> bool:
    """Whether whoever is mentioned up to word `end` is dared right after, in the same clause."""
    for at in range(end, min(len(tokens), end + _DARED_WITHIN)):
        if tokens.breaks[at] == SENTENCE:
            return False
        if _DARING.match(tokens, at):
            return True
    return False


def _mocking(tokens: Tokens, end: int, at: int) -> bool:
    between = tokens.folds[end:at]
    if _CITIZEN.isdisjoint(between):
        return False
    return _MOCKING.match(tokens, at) is not None or (
        _UNCHANGED.match(tokens, at) is not None and _BUT.isdisjoint(between)
    )


def _counted(tokens: Tokens, at: int, units: frozenset[str]) -> bool:
    fold = tokens.folds[at]
    return (fold[0].isdigit() or fold in _NUMBERS) and tokens.folds[at + 1] in units


def _only_then(tokens: Tokens, at: int, stop: int) -> bool:
    return _counted(tokens, at, _TIMES) and "moi" in tokens.folds[at + 2 : min(stop, at + 2 + _NEAR)]


def _had_to(tokens: Tokens, end: int, at: int) -> bool:
    """As in "mà em được đi về 46 cây số ba lần": the citizen, then the trouble, then the count."""
    before = tokens.folds[max(end, at - _NEAR) : at]
    troubles = [place for place, fold in enumerate(before) if fold in _TROUBLE]
    return bool(troubles) and not _CITIZEN.isdisjoint(before[: troubles[-1]])
