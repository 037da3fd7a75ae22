"""Names told by the work said beside them: "Tuấn đất", "Hoa bên một cửa", "Thái (cư trú)" (pure)."""

from collections.abc import Iterable
from itertools import pairwise

from triage.routing.cues import COMPOUNDS
from triage.routing.phrases import PhraseBook, word_pairs, word_set
from triage.routing.posts import DEEDS, Holder, does
from triage.routing.tokens import NO_BREAK, SENTENCE, Tokens

# Words of titles and fields of work, each with the holders its title means.
Occupied = dict[int, tuple[Holder, ...]]

# What people add to a name for the work of whoever bears it.
_BYNAMES = PhraseBook({
    "land": "=đất, sổ đỏ, bìa đỏ, sổ hồng, bìa hồng, giấy đất, thước dây, mốc",
    "construction": "=gạch, xi măng, xây, cấp phép, xây cất",
    "agriculture": "=chè, lúa, ruộng, khuyến nông, vườn, cây giống, sâu rầy",
    "veterinary": "tiêm bò, tiêm lợn, chích heo, chích bò, tiêm gà",
    "military": "=lính, bộ đội, dân quân, nghĩa vụ, tuyển quân, nhập ngũ",
    "archive": "=dấu, con dấu, =mộc, con mộc, đóng mộc, đóng dấu, công văn, giữ mộc, cầm mộc",
    "civil_status": "khai sinh, khai sanh, khai tử, kết hôn, trích lục",
    "certification": "sao y, công chứng, chứng sao y, chứng giấy",
    "finance": "=két, tiền, sổ sách, ngân sách, phát lương, chi tiền, phát tiền",
    "welfare": "liệt sĩ, thương binh, hộ nghèo, trợ cấp, chế độ, bảo trợ, chính sách, chánh sách",
    "police": "căn cước, cccd, cư trú, tạm trú, hộ khẩu",
    "culture": "=loa, loa đài, loa phường, truyền thanh, phát thanh, văn nghệ",
    "health": "trạm xá, trạm y tế, tiêm chủng",
    "counter": "hành chính công, hành chánh công, một cửa",
})  # fmt: skip
# Typed without marks, these are the work only of whoever bears the name and does it: "tuan dat", "viet loa".
_LOOSE_BYNAMES = PhraseBook({"land": "đất", "culture": "loa", "archive": "dấu", "military": "lính"})
_BETWEEN = word_set(
    """
        ben o tren duoi ngoai trong cua lo lam phu trach giu coi to phong bo phan khoi mang xuong di ra ve len den vao
        chuyen hay dang da chua khong bi cai nguoi
    """
)
_EVERYBODYS = word_pairs("uy_ban nhan_dan phu_trach trung_tam")
"""Words of titles that tell nobody from a colleague."""
_AND = word_pairs("va voi cung")
_MOST = 4


def beside(tokens: Tokens, occupied: Occupied, place: int) -> tuple[Holder, ...]:
    """Holders of the title or field of work that touches the word."""
    before = occupied.get(place - 1, ()) if not tokens.breaks[place] else ()
    after = place + 1
    return before + (occupied.get(after, ()) if after < len(tokens) and not tokens.breaks[after] else ())


def opens_with_work(tokens: Tokens, occupied: Occupied, place: int, holders: Iterable[Holder]) -> tuple[Holder, ...]:
    """As in "Tuấn đất bảo …", "Hoa, tư pháp, bảo …": of `holders`, whose work follows the word that opens a clause."""
    opens = place == 0 or tokens.breaks[place] != NO_BREAK
    nameless = tokens.loose or not tokens.has_names
    if not opens or not (tokens.capital[place] or nameless) or tokens.folds[place : place + 2] in COMPOUNDS:
        return ()
    named, after = tuple(holders), place + 1
    if tokens.folds[after : after + 1] in _AND:
        after += 2  # "Hạnh và Nam ở tư pháp": of both
    after = _past(tokens, after)
    titled = occupied.get(after, ()) if after < len(tokens) and tokens.breaks[after] != SENTENCE else ()
    return tuple(holder for holder in named if holder in titled) or at_work(tokens, place + 1, named)


def at_work(tokens: Tokens, place: int, holders: Iterable[Holder]) -> tuple[Holder, ...]:
    """Those of `holders` whose work, or two words of whose title, are said at word `place`, past words like "bên"."""
    start, place = place, _past(tokens, place)
    if place >= len(tokens) or tokens.breaks[place] == SENTENCE:
        return ()
    touching = not any(tokens.breaks[start : place + 1])
    hit = touching and (DEEDS.match(tokens, start) or DEEDS.match(tokens, place - 1) or DEEDS.match(tokens, place))
    hit = hit or (touching and _BYNAMES.match(tokens, place))
    hit = hit or (touching and tokens.loose and start == place and _LOOSE_BYNAMES.match(tokens, place)) or None
    pair = tokens.folds[place : place + 2]
    named = tuple(holders)
    titled = () if pair in _EVERYBODYS else tuple(h for h in named if pair in set(pairwise(h.title_folds)))
    return titled or tuple(holder for holder in named if hit and does(holder, hit.label))


def _past(tokens: Tokens, place: int) -> int:
    """Past words between a name and its work."""
    last = min(len(tokens), place + _MOST)
    while place < last and tokens.breaks[place] != SENTENCE and tokens.folds[place] in _BETWEEN:
        place += 1
    return place
