"""Titles, fields of work and desks in a text: "chủ tịch xã", "cán bộ địa chính", "cô ở bàn số 2" (pure)."""

from dataclasses import dataclass, replace

from triage.routing.cues import ELSEWHERE, FORMER
from triage.routing.named import SELF_KIN, kin_at, prefix_of
from triage.routing.phrases import Hit, PhraseBook, word_set
from triage.routing.post_words import (
    ALONE,
    AREAS,
    BOSSES,
    DEEDS,
    DEPARTMENT_HEAD,
    HEADED,
    LEADERSHIP,
    MISHEARD_AREAS,
    MISHEARD_TITLES,
    TITLES,
)
from triage.routing.posts import (
    Directory,
    Holder,
    desk_number,
    does,
)
from triage.routing.roster import LEADERS, VICE_CHAIRPERSON
from triage.routing.tokens import NO_BREAK, SENTENCE, Tokens, forms, sound_of
from triage.routing.villages import of_village, past_where
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
# Other places that have desks.
_MARKET = PhraseBook({"market": "trong chợ, ở chợ, ngoài chợ, siêu thị, trong siêu thị"})
# Before a field of work these make it a paper or a matter: "lý lịch tư pháp", "bản đồ địa chính".
_MATTER = word_set(
    """
        lich phieu so do to luc dac giay vuc mang viec nganh phi ve tuc khai bieu mau luat thue
        quy nghia don
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


def find_titles(tokens: Tokens, directory: Directory, roles: dict[int, int]) -> list[Title]:
    """Titles, then fields of work and desks in the words no title covers; in order, none overlapping."""
    found: list[Title] = []
    place = 0
    while place < len(tokens):
        floor = found[-1].end if found else 0
        title = (
            _either_title(tokens, directory, roles, place)
            or _desk(tokens, directory, roles, place, floor)
            or _deed(tokens, directory, roles, place, floor)
            or _area(tokens, directory, roles, place, floor)
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
    hit = TITLES.match(tokens, place) or _vice_without_marks(tokens, place) or MISHEARD_TITLES.match(tokens, place)
    if hit is None:
        return None
    lead, gender, called = prefix_of(tokens, hit.start, roles)
    if hit.end - hit.start == 1 and tokens.folds[hit.start] == "pho" and not _is_vice(tokens, directory, hit, called):
        return None  # "đối phó", "phó thác", "ông phó trạm"
    end = _own_words(tokens, hit.end)
    holders = directory.of_post(hit.label)
    elsewhere = _is_elsewhere(tokens, directory, hit, end, lead)
    if hit.label == "village_head":
        holders, end, elsewhere = of_village(tokens, directory, hit)
    elif not elsewhere:
        holders, end = _of_department(tokens, directory, hit, holders, end)
    return Title(lead, hit.start, end, holders, _posts_meant(hit.label), "title", gender, True, elsewhere)


def _vice_without_marks(tokens: Tokens, place: int) -> Hit | None:
    """As in "ba pho ve ban": without marks "pho" may be a street, beside a kin word it is a person."""
    begins = tokens.loose and tokens.keys[place] == "pho" and not tokens.breaks[place]
    called = begins and place > 0 and tokens.folds[place - 1] in _WHO_IS_VICE
    return Hit(VICE_CHAIRPERSON, place, place + 1) if called else None


_WHO_IS_VICE = word_set("ong ba anh chi sep")
_OTHER_DEPUTIES = word_set("phong thon ban tram doan hieu xom to khu bi truong hoi chi dai")


def _is_vice(tokens: Tokens, directory: Directory, hit: Hit, called: bool) -> bool:
    """As in "ông phó", "Phó Hùng", "anh Hùng phó": a lone "phó" of the commune, not of something else."""
    beside = [at for at in (hit.start - 1, hit.end) if 0 <= at < len(tokens) and not tokens.breaks[max(at, hit.start)]]
    named = any(
        VICE_CHAIRPERSON in holder.posts for at in beside for holder in directory.by_given.get(tokens.folds[at], ())
    )
    return named or (called and _OTHER_DEPUTIES.isdisjoint(tokens.folds[hit.end : hit.end + 1]))


def _posts_meant(label: str) -> frozenset[str]:
    return LEADERS if label in (BOSSES, LEADERSHIP) else frozenset({label})


def _own_words(tokens: Tokens, place: int) -> int:
    """Past "ủy ban nhân dân xã": the end of the authority's own name after a title."""
    hit = _OWN.match(tokens, place) if not _broken(tokens, place) else None
    return hit.end if hit else place


def _is_elsewhere(tokens: Tokens, directory: Directory, hit: Hit, end: int, lead: int) -> bool:
    if hit.label == "public_service_center_director" and lead and tokens.folds[lead - 1] == "mot":
        return True  # "một ông giám đốc": some director or other
    if any(_is_former(tokens, before) for before in (lead - 1, hit.start - 1)):
        return True
    if any(ELSEWHERE.match(tokens, at) and not _broken(tokens, at) for at in {hit.end, end}):
        return True
    return _other_commune(tokens, directory, end)


_FORMER_KEYS = frozenset({"nguyen1", "cưu5"}) | FORMER


def _is_former(tokens: Tokens, place: int) -> bool:
    if place < 0:
        return False
    return tokens.keys[place] in FORMER or (tokens.loose and tokens.keys[place] == "nguyen")


def _broken(tokens: Tokens, place: int) -> bool:
    return place < len(tokens) and tokens.breaks[place] != NO_BREAK


def _other_commune(tokens: Tokens, directory: Directory, end: int) -> bool:
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


def _of_department(
    tokens: Tokens, directory: Directory, hit: Hit, holders: tuple[Holder, ...], end: int
) -> tuple[tuple[Holder, ...], int]:
    """Heads and deputies narrowed by the department named after them ("trưởng phòng kinh tế")."""
    at = _past_charge(tokens, hit.end)
    area = _field(tokens, at) if not _broken(tokens, at) else None
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


_SHORT_AREAS = PhraseBook({"economy": "kt", "culture": "vx, vhxh, vh xh"})
_IN_CHARGE = word_set("phu trach ben mang lo khoi ve nganh xa phuong ubnd dat")


def _past_charge(tokens: Tokens, place: int) -> int:
    """Past "phụ trách mảng": where the field of a head or deputy is named."""
    while place < len(tokens) - 1 and not _broken(tokens, place) and tokens.folds[place] in _IN_CHARGE:
        if AREAS.match(tokens, place):
            break
        place += 1
    return place


# --- desks ---


def _desk(tokens: Tokens, directory: Directory, roles: dict[int, int], place: int, floor: int) -> Title | None:
    """As in "cô ở bàn số 3": who sits at that desk, else everyone at the counters."""
    number, end = desk_number(tokens, place)
    if not number:
        return None
    lead, gender, called, _ = _agent(tokens, place, roles, floor)
    holders = tuple(h for h in directory.holders if h.desk == number) or directory.of_area("counter", heads=False)
    called = called or _begins_clause(tokens, place)
    elsewhere = not _broken(tokens, end) and bool(ELSEWHERE.match(tokens, end) or _MARKET.match(tokens, end))
    return Title(lead, place, end, holders, frozenset(), "desk", gender, called, elsewhere)


# --- fields of work ---


def _area(tokens: Tokens, directory: Directory, roles: dict[int, int], place: int, floor: int) -> Title | None:
    alone, area = ALONE.match(tokens, place), AREAS.match(tokens, place) or MISHEARD_AREAS.match(tokens, place)
    hit = max((hit for hit in (alone, area) if hit), key=lambda hit: hit.end, default=None)
    if hit is None or hit.label == "thing" or _is_thing(tokens, hit):
        return None
    alone = alone or (area if _is_office(tokens, place, hit.label) else None)
    if tokens.folds[hit.end - 1] == "quay" and desk_number(tokens, hit.end - 1)[0]:
        return None  # "ngồi quầy số 2" is one desk
    lead, gender, called, worker = _agent(tokens, place, roles, floor)
    if hit.label == "guard" and alone is None and not prefix_of(tokens, place, roles)[2]:
        return None  # "bảo vệ" alone is the verb: to protect
    matter = place > 0 and not tokens.breaks[place] and tokens.folds[place - 1] in _MATTER
    heads = hit.label in HEADED and not worker and not (called and hit.label == "center")
    gender = gender or ("female" if tokens.folds[max(0, place - 1) : place] == ("nu",) else "")
    end = _own_words(tokens, hit.end)
    elsewhere = hit.label == "elsewhere" or (
        any(ELSEWHERE.match(tokens, at) and not _broken(tokens, at) for at in {hit.end, end})
    )
    elsewhere = elsewhere or _other_commune(tokens, directory, _own_words(tokens, past_where(tokens, hit.end)))
    holders = _at_desk(tokens, directory, hit) or directory.of_area(hit.label, heads)
    if (chief := _chief(tokens, place)) is not None:
        lead, called, holders = chief, True, directory.heads_of(hit.label) or holders
    acts = alone is not None and _begins_clause(tokens, place)
    stands = not matter and (alone is not None or called)
    return Title(
        lead, place, end, holders, frozenset(), "area", gender, called or acts, elsewhere,
        directory.members_of(hit.label), stands,
    )  # fmt: skip


_CHIEFS = PhraseBook({"chief": "=sếp, =xếp, thủ trưởng, đại ca, trùm, cầm đầu, đứng đầu, to nhất, lớn nhất, cao nhất"})
_TO_OFFICE = word_set("ben o cua tren ngoai may dua")


def _chief(tokens: Tokens, place: int) -> int | None:
    """Where "sếp", "thủ trưởng của mấy đứa bên" begin before an office: its head is meant."""
    start = place
    while start > max(0, place - 4) and not tokens.breaks[start] and tokens.folds[start - 1] in _TO_OFFICE:
        start -= 1
    begins = (at for at in (start - 2, start - 1) if at >= 0 and not tokens.breaks[start])
    return next((at for at in begins if (hit := _CHIEFS.match(tokens, at)) and hit.end == start), None)


def _is_thing(tokens: Tokens, hit: Hit) -> bool:
    """As in "ngồi ở quầy thuốc": the last word begins a thing."""
    last = AREAS.match(tokens, hit.end - 1) if hit.label == "counter" else None
    return last is not None and last.label == "thing"


def _deed(tokens: Tokens, directory: Directory, roles: dict[int, int], place: int, floor: int) -> Title | None:
    """As in "cái anh đo đất": the work tells who. "em làm khai sinh" is the sender, "tôi nhờ anh đo đất" may be too."""
    hit = DEEDS.match(tokens, place)
    start = place - 2 if tokens.folds[max(0, place - 2) : place] == ("phu", "trach") else place
    if hit is None or start == 0 or tokens.breaks[start] or tokens.folds[start - 1] in SELF_KIN:
        return None
    anyone = tokens.folds[start - 1] in _WHOEVER
    if kin_at(tokens, start - 1) is None and not anyone:
        return None
    lead, gender, _ = (start - 1, "", True) if anyone else prefix_of(tokens, start, roles)
    begins = (not tokens.loose or tokens.folds[lead] in _SURELY_SOMEBODY) and _begins_clause(tokens, lead)
    if lead < floor or not (begins or (lead and tokens.folds[lead - 1] in _POINTED)):
        return None
    return Title(
        lead, place, hit.end, directory.of_area(hit.label, heads=False), frozenset(), "area", gender, called=True,
        elsewhere=False,
    )  # fmt: skip


_POINTED = word_set("cai may cac nhung nguoi")
_WHOEVER = word_set("nguoi ai")
# Typed without marks, "chi" may be "chỉ" and "co" may be "có".
_SURELY_SOMEBODY = word_set("anh ong nguoi ba bac chu")


# "Bên xây dựng", "bên môi trường" may as well be a company.
_OF_THE_COMMUNE = word_set("land justice civil_status certification welfare archive finance police military")


def _is_office(tokens: Tokens, place: int, area: str) -> bool:
    """As in "bên chính sách", "bộ phận xây dựng": a part of the office stands for its people."""
    if tokens.folds[max(0, place - 2) : place] == ("bo", "phan"):
        return True
    return place > 0 and area in _OF_THE_COMMUNE and tokens.folds[place - 1] in ("ben", "quay")


def _at_desk(tokens: Tokens, directory: Directory, hit: Hit) -> tuple[Holder, ...]:
    """As in "quầy chứng thực", "chỗ nhận hồ sơ bảo trợ": whoever sits at the desk for it, if the roster tells."""
    area, desk = hit.label, any(key in _DESKS for key in tokens.keys[max(0, hit.start - 1) : hit.start + 1])
    if area == "counter" and not _broken(tokens, hit.end) and (matter := AREAS.match(tokens, hit.end)):
        area, desk = matter.label, matter.label not in ("counter", "center", "elsewhere", "thing")
    return tuple(holder for holder in directory.holders if desk and holder.desk and does(holder, area))


_DESKS = frozenset(forms(word)[0] for word in ("quầy", "quay", "bàn", "ô"))

# Before the subject of a clause: "mà địa chính vẫn khất", "do tư pháp ghi sai".
_BEFORE_SUBJECT = word_set("ma thi nhung con do bi roi de nen cac may bon ben vi tai gio nay")


def _begins_clause(tokens: Tokens, place: int) -> bool:
    """Whether an office stands where the one who acts stands, rather than a place gone to."""
    return place == 0 or tokens.breaks[place] != NO_BREAK or tokens.folds[place - 1] in _BEFORE_SUBJECT


def _agent(tokens: Tokens, place: int, roles: dict[int, int], floor: int) -> tuple[int, str, bool, bool]:
    """(lead, gender, called, worker): the kin or role words before a field of work, past words like "bên".

    The search stops at `floor`, the end of the title before.
    """
    start = place
    for _ in range(6):
        lead, gender, called = prefix_of(tokens, start, roles)
        if called and lead >= floor and not (start == place and _is_have(tokens, lead, start)):
            return lead, gender, True, _is_worker(tokens, lead, start)
        if start <= floor or tokens.breaks[start] == SENTENCE:
            break
        between = tokens.folds[start - 1]
        if between == "nguoi" and tokens.folds[start] in _SERVES and _points_at(tokens, start - 1):
            return start - 1, "", True, False
        if between not in BRIDGE and between not in _LOOKS and not _may_be_name(tokens, start - 1):
            break
        start -= 1
    return place, "", False, False


# As in "người phụ trách", "mấy người ngồi quầy"; "người lao động" and "người làm nông nghiệp" are citizens.
_SERVES = word_set("phu quan truc ngoi")


def _points_at(tokens: Tokens, place: int) -> bool:
    return place == 0 or bool(tokens.breaks[place]) or tokens.folds[place - 1] in _POINTED


# How the one meant looks: "anh đeo kính ở phòng kinh tế", "chị tóc ngắn ngồi quầy".
_LOOKS = word_set(
    """
        deo kinh toc ngan dai xoan ao vang trang xanh den do hong cao gay map lun beo gia hoi de rau mac vay mu nhuom
        uon bau khau trang non
    """
)


def _is_have(tokens: Tokens, lead: int, start: int) -> bool:
    """Typed without marks, "co" in the middle of a clause is "có" (to have) rather than a kin word."""
    alone = start - lead == 1 and tokens.keys[lead] == "co"
    return alone and tokens.loose and lead > 0 and tokens.breaks[lead] == NO_BREAK


# Words between a kin word and a field of work that are no name: "chị hỏi địa chính".
_NO_NAME = word_set(
    """
        bao goi hoi nho gap len ra xuong den cho co lam noi la va voi cung di qua sang nop gui tim
        may cac dan xin vao tu thay biet cua ve nen ma thi bi do theo can phai duoc khong chua
        dang se ai
    """
)


def _may_be_name(tokens: Tokens, place: int) -> bool:
    """A capital, or one lower-case word after a kin word that tells the gender: "anh Kiên địa chính"."""
    if tokens.breaks[place + 1] != NO_BREAK:
        return False
    if tokens.capital[place]:
        return True
    return bool(place and kin_at(tokens, place - 1)) and tokens.folds[place] not in _NO_NAME


def _is_worker(tokens: Tokens, lead: int, start: int) -> bool:
    return bool({"can", "nhan", "chuyen", "chien"} & set(tokens.folds[lead:start]))
