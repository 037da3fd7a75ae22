"""Kin and role words before a name or title: "anh", "mấy cô", "cán bộ", "Đại úy" (pure)."""

from triage.routing.phrases import PhraseBook, word_pairs, word_set
from triage.routing.tokens import Tokens, forms
from vietnamese.names import KIN_TITLES, Gender

# Heard from Thanh Hóa to Huế and in the South, beside the kin words of everywhere.
_REGIONAL: dict[str, Gender] = {
    "mệ": "female", "mụ": "female", "mự": "female", "ả": "female", "bả": "female",
    "bọ": "male", "eng": "male", "ổng": "male", "chàng": "male", "nàng": "female", "bok": "male", "amai": "female",
}  # fmt: skip
_KIN = {forms(word)[0]: gender for word, gender in (KIN_TITLES | _REGIONAL).items()}
# Typed without marks, the other kin words are too common as something else: "di" is mostly "đi".
_LOOSE_KIN = {fold: _KIN[key] for word in KIN_TITLES for key, fold in [forms(word)]
              if fold in {"ong", "anh", "chu", "ba", "chi", "co", "bac", "em"}}  # fmt: skip
# These before a capital only: "cau" is mostly "câu" or "cầu", "thay" mostly "thấy".
_LOOSE_BEFORE_NAMES: dict[str, Gender] = {"cau": "male", "thay": "male"}
_SINGLE_KIN = {"a": "male", "ô": "male", "c": "female", "b": "", "e": ""}
# Two kin words for one person: "chú em Tuấn", "bà chị quầy 2".
_KIN_PAIRS = word_pairs("chu_em co_em cau_em ong_anh ba_chi ong_chu ba_co ong_bac ba_bac ong_cau ba_di anh_ban chi_ban")
_SEVERAL = word_set("may cac nhung")

# What stands before a name or a field of work and says that this is somebody who serves.
ROLES = PhraseBook({
    "worker": "cán bộ, công chức, nhân viên, chuyên viên, viên chức, chiến sĩ, cán sự, cán bộ công chức",
    "role": """
        đồng chí, phó, =cha, thằng, thằng cha, =lão, con mụ, =gã, sếp, xếp, thủ trưởng, bác sĩ, y sĩ,
        thầy giáo, cô giáo, tên, tên là, =ngài, =vị, đại úy, thượng úy, trung úy, thiếu úy, thiếu tá, trung tá,
        thượng tá, đại tá""",
})  # fmt: skip


def kin_at(tokens: Tokens, place: int) -> str | None:
    """Gender of the kin word at `place` ("" for either), None where there is none."""
    if place < 0:
        return None
    key, fold = tokens.keys[place], tokens.folds[place]
    if key in _KIN:
        return _KIN[key]
    if tokens.loose and key == fold and fold in _LOOSE_KIN:
        return _LOOSE_KIN[fold]
    if tokens.loose and fold in _LOOSE_BEFORE_NAMES and tokens.capital[place + 1 : place + 2] == (True,):
        return _LOOSE_BEFORE_NAMES[fold]
    return "female" if key == "o" and _is_aunt(tokens, place) else _SINGLE_KIN.get(key)


def _is_aunt(tokens: Tokens, place: int) -> bool:
    """As in "O Hạnh": to whoever leaves out marks, "o" is mostly "ở" (at)."""
    after = place + 1
    return not tokens.sloppy and after < len(tokens) and tokens.capital[after] and not tokens.breaks[after]


_LONGEST_PREFIX = 8
"""In words: a text of thousands of role words must not cost their square."""


def prefix_of(tokens: Tokens, start: int, roles: dict[int, int]) -> tuple[int, str, bool]:
    """Where the kin and role words right before word `start` begin, their gender, whether there are any.

    `roles` maps the end of each role word to its start.
    """
    lead, gender, found, kinned = start - _is_ranked(tokens, start), "", False, False
    while lead > 0 and not tokens.breaks[lead] and start - lead < _LONGEST_PREFIX:
        kin = kin_at(tokens, lead - 1)
        if lead in roles:
            lead, found = roles[lead], True
        elif kin is not None and not kinned:
            lead, gender, found, kinned = lead - 1, kin, True, True
        elif kinned and kin is None and _joins_kin(tokens, lead - 1):
            lead -= 1
        elif kin is not None and (tokens.folds[lead - 1], tokens.folds[lead]) in _KIN_PAIRS:
            lead, gender = lead - 1, kin or gender
        elif kin is not None and gender and kin not in ("", gender):
            lead, gender = lead - 1, ""  # "mấy ông bà phòng kinh tế": men and women
        else:
            break
    return lead, gender, found


# In the South siblings are called by their order, also before the given name: "chú Tư Cảnh".
_BIRTH_RANKS = word_set("hai ba tu nam sau bay tam chin muoi ut ca")


def _is_ranked(tokens: Tokens, start: int) -> bool:
    """Whether the word before a name tells the order of birth, after a kin word."""
    rank = start - 1
    if rank < 1 or tokens.folds[rank] not in _BIRTH_RANKS or any(tokens.breaks[rank : start + 1]):
        return False
    if tokens.loose and tokens.keys[rank] == "ba" and not tokens.capital[rank]:
        return False  # "mấy ông bà ngồi quầy", typed without marks
    written = tokens.capital[rank] or (tokens.loose and not tokens.has_names)
    return (
        written
        and tokens.capital[rank] == tokens.capital[start : start + 1][0]
        and kin_at(tokens, rank - 1) is not None
    )


def _joins_kin(tokens: Tokens, place: int) -> bool:
    """As in "mấy cô mấy chú": the second "mấy"."""
    return tokens.folds[place] in _SEVERAL and not tokens.breaks[place] and kin_at(tokens, place - 1) is not None
