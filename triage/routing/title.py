"""A title found in a text, and what the words around one say: whose authority, who held it before (pure)."""

from dataclasses import dataclass

from triage.routing.cues import FORMER
from triage.routing.kin import kin_at
from triage.routing.phrases import PhraseBook, word_set
from triage.routing.posts import Directory, Holder
from triage.routing.tokens import NO_BREAK, Tokens, sound_of
from vietnamese.names import SURNAMES

# Words of the authority's own name after a title: "chủ tịch ủy ban nhân dân xã".
_OWN = PhraseBook({
    "own": """
        xã, phường, đặc khu, xã ta, xã mình, phường ta, phường mình, ủy ban, ủy ban xã, ủy ban
        phường, ủy ban nhân dân, ủy ban nhân dân xã, ủy ban nhân dân phường, xã nhà, xã chúng tôi,
        ủy ban nhân dân đặc khu, địa phương""",
})  # fmt: skip
# Words between "cán bộ", "anh Tuấn" and the field of work or desk.
BRIDGE = word_set(
    """
        ben o phong lam phu trach bo phan to mang linh vuc ngoi truc quan ly cua tai xa phuong can
        cong chuc nhan vien chuyen ve so ban quay cua tiep dan nguoi la dong chi cung tac nu tre
    """
)


@dataclass(frozen=True, slots=True)
class Title:
    """A post, field of work or desk at words `start` to `end`, with its kin and role words from `lead`."""

    lead: int
    start: int
    end: int
    holders: tuple[Holder, ...]
    posts: frozenset[str]  # posts the words name, also where nobody in the roster holds them
    how: str  # title, area, desk
    gender: str
    called: bool  # said of a person, not of an office or a subject
    elsewhere: bool  # of another agency, another commune, or a former holder
    beside: tuple[Holder, ...] = ()  # who may be meant where a name stands beside, if more than `holders`
    stands: bool = True  # may mean somebody by itself; else it only describes the name beside it


def own_words(tokens: Tokens, place: int) -> int:
    """Past "ủy ban nhân dân xã": the end of the authority's own name after a title."""
    hit = _OWN.match(tokens, place) if not broken(tokens, place) else None
    return hit.end if hit else place


def is_former(tokens: Tokens, place: int) -> bool:
    """Whether the word says that the title after it was held once: "nguyên chủ tịch", "hồi anh Bình làm địa chính"."""
    if place < 0:
        return False
    if tokens.folds[max(0, place - 1) : place + 1] == ("con", "lam"):
        return not _THEN.isdisjoint(tokens.folds[max(0, place - 7) : place])
    if tokens.folds[place] == "lam" and any(
        tokens.folds[at] in _THEN and kin_at(tokens, at + 1) is not None for at in range(max(0, place - 4), place)
    ):
        return True
    return tokens.keys[place] in FORMER or (tokens.loose and tokens.keys[place] == "nguyen")


_THEN = word_set("hoi thoi luc ngay")


def broken(tokens: Tokens, place: int) -> bool:
    """Whether a comma or the end of a sentence stands before the word."""
    return place < len(tokens) and tokens.breaks[place] != NO_BREAK


def other_commune(tokens: Tokens, directory: Directory, end: int) -> bool:
    """Whether "xã" is followed by the name of another commune (only capitals tell a name)."""
    if end >= len(tokens) or tokens.folds[end - 1] not in ("xa", "phuong") or tokens.breaks[end]:
        return False
    if not tokens.capital[end] or kin_at(tokens, end) is not None or not directory.commune[0]:
        return False
    if tokens.folds[end] == directory.commune[0] and not _goes_on_otherwise(tokens, end + 1, directory.commune[1:2]):
        return False
    # "chủ tịch xã Nguyễn Văn Hùng": a person's name, not a commune's.
    named = tokens.folds[end] in SURNAMES and tokens.folds[end + 1 : end + 2] in (("van",), ("thi",))
    return not named and tokens.folds[end] not in directory.by_given and tokens.folds[end] not in directory.by_surname


def _goes_on_otherwise(tokens: Tokens, place: int, second: tuple[str, ...]) -> bool:
    """As in "xã Mường Thín" where ours is Mường Phìn: a second word with a capital that sounds unlike ours."""
    if not second or place >= len(tokens) or tokens.breaks[place] or not tokens.capital[place]:
        return False
    return sound_of(tokens.folds[place]) != sound_of(second[0])
