"""Given names that mean somebody without a kin word before them: "Linh bảo thiếu giấy", "chị Hoa, Loan" (pure)."""

from triage.routing.cues import EVERYDAY, PLACE_BEFORE
from triage.routing.phrases import word_pairs, word_set
from triage.routing.posts import Directory
from triage.routing.tokens import COMMA, NO_BREAK, SENTENCE, Tokens, split_phrase


def stands_alone(tokens: Tokens, directory: Directory, place: int) -> bool:
    """Whether the given name at `place` means somebody by itself: it opens a sentence and is said to speak, stands in
    a list of names, or is a capital inside a sentence that belongs to no longer name and no place.
    """
    if place == 0 or tokens.breaks[place] == SENTENCE:
        return _opens(tokens, place) or _in_list(tokens, directory, place)
    if not tokens.capital[place]:
        return False
    before = place - 1
    lonely = not tokens.capital[before] or tokens.breaks[before] == SENTENCE or before == 0
    return (lonely and tokens.folds[before] not in PLACE_BEFORE) or _in_list(tokens, directory, place)


# What follows a bare name that opens a sentence: "Tài bên xã xuống đo", "thuy lam an cham".
_OF_OURS = word_pairs("ben_xa tren_xa o_xa ben_uy tren_uy uy_ban o_uy ben_phuong o_phuong lam_viec lam_an")
# "Linh bảo em thiếu giấy", "Tuan hen thu sau": what only somebody does.
_SPEECH = frozenset(key for key, _ in split_phrase("bảo hẹn nói kêu quát mắng hứa đòi cười hạch dặn"))
_LOOSE_SPEECH = word_set("bao hen noi keu quat hach dan")
_MOSTLY_NAMES = word_set("tuan hung linh nga ngoc phuong hoa ha cuong khoa yen quang tuyen nguyet khanh")
"""Everyday words too, but in front of such a verb nearly always somebody."""


def _opens(tokens: Tokens, place: int) -> bool:
    after = place + 1
    nameless = tokens.loose and not tokens.has_names
    if not (tokens.capital[place] or nameless) or after >= len(tokens):
        return False
    if tokens.folds[after : after + 2] in _OF_OURS:
        return True
    if tokens.breaks[after] or not tokens.loose:
        return not tokens.breaks[after] and tokens.capital[place] and tokens.keys[after] in _SPEECH
    clear = tokens.folds[place] not in EVERYDAY or tokens.folds[place] in _MOSTLY_NAMES
    return clear and tokens.folds[after] in _LOOSE_SPEECH


_AND = word_set("va voi cung")


def _in_list(tokens: Tokens, directory: Directory, place: int) -> bool:
    """As in "các chị Hoa, Loan, Hường", "Lực với Lượng một phe": a capital beside another name of the roster."""
    return tokens.capital[place] and (_listed(tokens, directory, place, -1) or _listed(tokens, directory, place, 1))


def _listed(tokens: Tokens, directory: Directory, place: int, step: int) -> bool:
    """Whether a name of the roster stands before (`step` -1) or after (1) the word, past a comma or "và"."""
    at = place + step
    joined = 0 <= at < len(tokens) and tokens.folds[at] in _AND
    if joined:
        at += step
    if not 0 <= at < len(tokens):
        return False
    first, last = min(at, place), max(at, place)
    strength = max(tokens.breaks[first + 1 : last + 1])
    named = tokens.capital[at] and tokens.folds[at] in directory.by_given and (step > 0 or at > 0)
    return named and strength == (NO_BREAK if joined else COMMA)
