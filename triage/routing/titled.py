"""Titles, fields of work and desks in a text: "chủ tịch xã", "cán bộ địa chính", "cô ở bàn số 2" (pure)."""

from dataclasses import replace

from triage.routing.cues import ELSEWHERE
from triage.routing.kin import kin_at, prefix_of
from triage.routing.phrases import Hit, PhraseBook, word_set
from triage.routing.post_words import (
    AREAS,
    BOSSES,
    DEPARTMENT_HEAD,
    LEADERSHIP,
    MISHEARD_AREAS,
    MISHEARD_TITLES,
    TITLES,
)
from triage.routing.posts import Directory, Holder
from triage.routing.roster import CHAIRPERSON, LEADERS, VICE_CHAIRPERSON
from triage.routing.title import Title, broken, is_former, other_commune, own_words
from triage.routing.tokens import Tokens, split_phrase
from triage.routing.villages import of_village
from triage.routing.worked import NO_NAME, TO_OFFICE, area_title, deed_title, desk_title, said_gender


def find_titles(tokens: Tokens, directory: Directory, roles: dict[int, int]) -> list[Title]:
    """Titles, then fields of work and desks in the words no title covers; in order, none overlapping."""
    found: list[Title] = []
    place = 0
    while place < len(tokens):
        floor = found[-1].end if found else 0
        title = (
            _either_title(tokens, directory, roles, place)
            or desk_title(tokens, directory, roles, place, floor)
            or deed_title(tokens, directory, roles, place, floor)
            or area_title(tokens, directory, roles, place, floor)
        )
        if title:
            found.append(title)
        place = title.end if title else place + 1
    return found


def _either_title(tokens: Tokens, directory: Directory, roles: dict[int, int], place: int) -> Title | None:
    own, post = _roster_title(tokens, directory, roles, place), _post_title(tokens, directory, roles, place)
    if own and post and post.end == own.end:
        # "truong ban" without marks is both "trưởng bản" and the "trưởng ban" of the roster.
        return replace(post, holders=tuple(dict.fromkeys(post.holders + own.holders)))
    return own or post


def _roster_title(tokens: Tokens, directory: Directory, roles: dict[int, int], place: int) -> Title | None:
    hit = directory.titles.match(tokens, place)
    if hit is None:
        return None
    lead, gender, _ = prefix_of(tokens, hit.start, roles)
    return Title(
        lead, hit.start, hit.end, directory.by_title[hit.label], frozenset(), "title", gender, True,
        elsewhere=ELSEWHERE.match(tokens, hit.end) is not None,
    )  # fmt: skip


# --- posts ---


def _post_title(tokens: Tokens, directory: Directory, roles: dict[int, int], place: int) -> Title | None:
    hit = (
        TITLES.match(tokens, place)
        or _vice_without_marks(tokens, directory, place)
        or MISHEARD_TITLES.match(tokens, place)
    )
    if hit is None:
        return None
    lead, gender, called = prefix_of(tokens, hit.start, roles)
    if tokens.folds[hit.start : hit.end + 1] in _DESK_OF_A_HEAD:
        return None  # "nằm trên bàn trưởng phòng", typed without marks
    if hit.label == BOSSES and _leads_office(tokens, hit):
        return None
    if tokens.folds[hit.end - 1 : hit.end + 1] == ("xa", "hoi") and hit.end - hit.start == 2:
        hit = Hit(hit.label, hit.start, hit.end - 1)  # "cô phó xã hội": of social affairs
    if hit.end - hit.start == 1 and tokens.folds[hit.start] == "pho" and not _is_vice(tokens, directory, hit, called):
        return None  # "đối phó", "phó thác", "ông phó trạm"
    end = own_words(tokens, hit.end)
    holders = directory.of_post(hit.label)
    elsewhere = _is_elsewhere(tokens, directory, hit, end, lead)
    if hit.label == "village_head":
        former = elsewhere and any(is_former(tokens, before) for before in (lead - 1, hit.start - 1))
        holders, end, elsewhere = of_village(tokens, directory, hit)
        elsewhere = elsewhere or former
    elif not elsewhere:
        holders, end = _of_department(tokens, directory, hit, holders, end)
    if tokens.folds[hit.start] in _SEVERAL:
        gender = ""  # "xã có hai phó"; typed without marks, "co" is no woman
    gender = gender or said_gender(tokens, lead) or _gender_of_named(tokens, lead)
    return Title(lead, hit.start, end, holders, _posts_meant(hit.label), "title", gender, True, elsewhere)


_DESK_OF_A_HEAD = frozenset({("ban", "truong", "phong"), ("ban", "truong", "cong")})
_SEVERAL = word_set("hai ba 2 3 may cac ca nhung")


def _leads_office(tokens: Tokens, hit: Hit) -> bool:
    """As in "sếp lớn bên trung tâm hành chính công": the head of an office, not of the commune."""
    at = hit.end
    while at < min(len(tokens), hit.end + 3) and not tokens.breaks[at] and tokens.folds[at] in TO_OFFICE:
        at += 1
    return at > hit.end and not broken(tokens, at) and AREAS.match(tokens, at) is not None


def _gender_of_named(tokens: Tokens, lead: int) -> str:
    """As in "bà Chín phó chủ tịch": by the kin word before a name that is none of the roster's."""
    if lead < 2 or tokens.breaks[lead] or tokens.breaks[lead - 1] or tokens.folds[lead - 1] in NO_NAME:
        return ""
    called = tokens.capital[lead - 1] or (tokens.loose and not tokens.has_names)
    return (kin_at(tokens, lead - 2) or "") if called else ""


def _vice_without_marks(tokens: Tokens, directory: Directory, place: int) -> Hit | None:
    """As in "ba pho ve ban": without marks "pho" may be a street, beside a kin word it is a person."""
    begins = tokens.loose and tokens.keys[place] == "pho" and not tokens.breaks[place]
    called = (
        begins
        and place > 0
        and (
            tokens.folds[place - 1] in _WHO_IS_VICE
            or _asked_beside_chairperson(tokens, place)
            or any(VICE_CHAIRPERSON in holder.posts for holder in directory.by_given.get(tokens.folds[place - 1], ()))
        )
    )
    return Hit(VICE_CHAIRPERSON, place, place + 1) if called else None


def _asked_beside_chairperson(tokens: Tokens, place: int) -> bool:
    """As in "dân hỏi chủ tịch thì bảo hỏi phó"."""
    asked = place > 0 and tokens.folds[place - 1] in _ASKED and not tokens.breaks[place]
    return asked and any(hit.label == CHAIRPERSON for hit in TITLES.find(tokens))


_WHO_IS_VICE = word_set("ong ba anh chi sep bac hai 2")
_ASKED = word_set("hoi gap bao goi")
_OTHER_DEPUTIES = frozenset(
    form
    for forms in split_phrase("phòng thôn bản ban trạm đoàn hiệu xóm tổ khu bí trưởng hội chi đài")
    for form in forms
)


def _is_vice(tokens: Tokens, directory: Directory, hit: Hit, called: bool) -> bool:
    """As in "ông phó", "Phó Hùng", "anh Hùng phó": a lone "phó" of the commune, not of something else."""
    beside = [at for at in (hit.start - 1, hit.end) if 0 <= at < len(tokens) and not tokens.breaks[max(at, hit.start)]]
    named = any(
        VICE_CHAIRPERSON in holder.posts for at in beside for holder in directory.by_given.get(tokens.folds[at], ())
    )
    named = named or _asked_beside_chairperson(tokens, hit.start)
    return named or (called and _OTHER_DEPUTIES.isdisjoint(tokens.keys[hit.end : hit.end + 1]))


def _posts_meant(label: str) -> frozenset[str]:
    return LEADERS if label in (BOSSES, LEADERSHIP) else frozenset({label})


def _is_elsewhere(tokens: Tokens, directory: Directory, hit: Hit, end: int, lead: int) -> bool:
    if hit.label == "public_service_center_director" and lead and tokens.folds[lead - 1] == "mot":
        return True  # "một ông giám đốc": some director or other
    if any(is_former(tokens, before) for before in (lead - 1, hit.start - 1)):
        return True
    if any(ELSEWHERE.match(tokens, at) and not broken(tokens, at) for at in {hit.end, end}):
        return True
    return other_commune(tokens, directory, end)


def _of_department(
    tokens: Tokens, directory: Directory, hit: Hit, holders: tuple[Holder, ...], end: int
) -> tuple[tuple[Holder, ...], int]:
    """Heads and deputies narrowed by the department named after them ("trưởng phòng kinh tế")."""
    at = _past_charge(tokens, hit.end)
    area = _field(tokens, at) if not broken(tokens, at) else None
    if area is None:
        return holders, end
    group = directory.group_of(area.label)
    narrowed = tuple(h for h in holders if area.label in h.areas or (group and h.group == group))
    if hit.label == DEPARTMENT_HEAD and not narrowed:
        narrowed = tuple(h for h in directory.holders if h.head and group and h.group == group)
    return narrowed or holders, max(end, area.end)


def _field(tokens: Tokens, place: int) -> Hit | None:
    if place >= len(tokens):
        return None
    return AREAS.match(tokens, place) or _SHORT_AREAS.match(tokens, place) or MISHEARD_AREAS.match(tokens, place)


_SHORT_AREAS = PhraseBook({"land": "=đất", "economy": "kt", "culture": "vx, vhxh, vh xh"})
_IN_CHARGE = word_set("phu trach ben mang lo khoi ve nganh xa phuong ubnd dat")


def _past_charge(tokens: Tokens, place: int) -> int:
    """Past "phụ trách mảng": where the field of a head or deputy is named."""
    while place < len(tokens) - 1 and not broken(tokens, place) and tokens.folds[place] in _IN_CHARGE:
        if AREAS.match(tokens, place) or _SHORT_AREAS.match(tokens, place):
            break
        place += 1
    return place
