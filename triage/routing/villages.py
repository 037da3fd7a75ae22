"""Heads of villages: "trưởng bản Nà Phát", "ấp trưởng", "tổ trưởng tổ dân phố số 5" (pure)."""

from triage.routing.cues import ELSEWHERE
from triage.routing.kin import kin_at
from triage.routing.phrases import Hit, word_set
from triage.routing.posts import VILLAGE_KINDS, VILLAGE_WORDS, Directory, Holder, is_village
from triage.routing.tokens import Tokens


def of_village(tokens: Tokens, directory: Directory, hit: Hit) -> tuple[tuple[Holder, ...], int, bool]:
    """(heads, end, elsewhere) for a village head: of the village named after the title, else of one named
    anywhere in the text, else of all; elsewhere where the village is none of the roster's.
    """
    holders = _of_kind(tokens, directory.of_post(hit.label), hit)
    place = hit.end
    while place < len(tokens) and not tokens.breaks[place] and tokens.folds[place] in VILLAGE_WORDS:
        place += 1
    at = past_where(tokens, place)
    for holder in holders:
        if at > place and not any(tokens.breaks[at : at + 1]) and is_village(tokens, at, holder):
            return (holder,), at + len(holder.village), False
    if place < len(tokens) and not tokens.breaks[place]:
        for holder in holders:
            if is_village(tokens, place, holder):
                return (holder,), place + len(holder.village), False
        named = {fold for holder in holders for _, fold in holder.names}
        if tokens.folds[place] not in named and _names_a_village(tokens, place):
            return (), place + 1, True
        if ELSEWHERE.match(tokens, place):
            return (), place, True
    nearby = tuple(holder for holder in holders if _names(tokens, hit.start, holder))
    return nearby or holders, place, not holders


# As in "trưởng ấp ở Phú Thành", "trưởng bản bên Nà Phát".
_WHERE = word_set("o ben duoi tren cua trong")


def _of_kind(tokens: Tokens, holders: tuple[Holder, ...], hit: Hit) -> tuple[Holder, ...]:
    """Heads of thôn for "trưởng thôn", where the roster tells; "tổ trưởng" is nobody else's title."""
    said = next((fold for fold in tokens.folds[hit.start : hit.end] if fold in VILLAGE_KINDS), "")
    same = tuple(holder for holder in holders if holder.village_kind == said)
    if said != "to":
        return same or holders
    other_group = hit.end - hit.start == 2 and tokens.folds[hit.end : hit.end + 1] == ("to",)
    numbered = tokens.folds[hit.end + 1 : hit.end + 2]
    return () if other_group and numbered and not numbered[0].isdigit() and numbered[0] != "so" else same


_COUNTED = word_set("lan luot ngay tuan thang nam gio phut trieu nghin")


def _names_a_village(tokens: Tokens, place: int) -> bool:
    if tokens.keys[place].isdigit():
        counts = tokens.folds[place + 1 : place + 2]  # "báo trưởng thôn 5 lần"
        return tokens.folds[place - 1] in VILLAGE_WORDS and not _COUNTED.issuperset(counts or ("",))
    return tokens.capital[place] and tokens.folds[place - 1] in VILLAGE_WORDS and kin_at(tokens, place) is None


_REACH = 300


def _names(tokens: Tokens, place: int, holder: Holder) -> bool:
    """Whether the text around names the holder's village, after a word like "thôn" or "bản"."""
    return any(
        tokens.folds[at - 1] in VILLAGE_WORDS and is_village(tokens, at, holder)
        for at in range(max(1, place - _REACH), min(len(tokens), place + _REACH))
    )


def past_where(tokens: Tokens, place: int) -> int:
    """Past "bên" in "địa chính bên xã Pú Tửu"."""
    return place + 1 if place < len(tokens) and not tokens.breaks[place] and tokens.folds[place] in _WHERE else place
