"""Desks, fields of work and the work itself for whoever does it: "cô ở bàn số 2", "cái anh đo đất" (pure)."""

from triage.routing.cues import ELSEWHERE
from triage.routing.kin import kin_at, prefix_of
from triage.routing.named import SELF_KIN
from triage.routing.phrases import Hit, PhraseBook, word_set
from triage.routing.post_words import ALONE, AREAS, DEEDS, HEADED, MISHEARD_ALONE, MISHEARD_AREAS
from triage.routing.posts import Directory, Holder, desk_number, does, of_gender
from triage.routing.title import BRIDGE, Title, broken, is_former, other_commune, own_words
from triage.routing.tokens import NO_BREAK, SENTENCE, Tokens, forms
from triage.routing.villages import past_where

# Other places that have desks.
_MARKET = PhraseBook({"market": "trong chợ, ở chợ, ngoài chợ, siêu thị, trong siêu thị"})
# Before a field of work these make it a paper or a matter: "lý lịch tư pháp", "bản đồ địa chính".
_MATTER = word_set(
    """
        lich phieu so do to luc dac giay vuc mang viec nganh phi ve tuc khai bieu mau luat thue
        quy nghia don
    """
)


# --- desks ---


def desk_title(tokens: Tokens, directory: Directory, roles: dict[int, int], place: int, floor: int) -> Title | None:
    """As in "cô ở bàn số 3": who sits at that desk, else everyone at the counters."""
    number, end = desk_number(tokens, place)
    if not number:
        return None
    lead, gender, called, _ = _agent(tokens, place, roles, floor)
    holders = tuple(h for h in directory.holders if h.desk == number) or directory.of_area("counter", heads=False)
    called = called or _begins_clause(tokens, place)
    elsewhere = not broken(tokens, end) and bool(ELSEWHERE.match(tokens, end) or _MARKET.match(tokens, end))
    return Title(lead, place, end, holders, frozenset(), "desk", gender, called, elsewhere)


# --- fields of work ---


def area_title(tokens: Tokens, directory: Directory, roles: dict[int, int], place: int, floor: int) -> Title | None:
    """As in "cán bộ địa chính", "bên tư pháp": whoever does that work, else the department; none for papers."""
    alone = ALONE.match(tokens, place) or MISHEARD_ALONE.match(tokens, place)
    area = AREAS.match(tokens, place) or MISHEARD_AREAS.match(tokens, place)
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
    gender = gender or said_gender(tokens, place)
    end = own_words(tokens, hit.end)
    elsewhere = hit.label == "elsewhere" or (
        not _next_desk(tokens, hit.end)
        and any(
            ELSEWHERE.match(tokens, at) and not broken(tokens, at) for at in {hit.end, end, past_where(tokens, hit.end)}
        )
    )
    elsewhere = elsewhere or is_former(tokens, place - 1)
    elsewhere = elsewhere or other_commune(tokens, directory, own_words(tokens, past_where(tokens, hit.end)))
    said = "" if tokens.keys[lead] in _DESKS else gender  # "ô hộ tịch" is no "ông"
    at_desk = of_gender(_at_desk(tokens, directory, hit), said)
    holders = at_desk or directory.of_area(hit.label, heads)
    if hit.label in HEADED and "phong" in tokens.folds[max(0, place - 1) : place + 1]:
        holders = tuple(dict.fromkeys((*holders, *directory.department_of(hit.label))))  # "cán bộ phòng văn xã"
    if (chief := _chief(tokens, place)) is not None:
        lead, called, holders = chief, True, directory.heads_of(hit.label) or holders
    acts = alone is not None and _begins_clause(tokens, place)
    stands = not matter and (alone is not None or called)
    return Title(
        lead, place, end, holders, frozenset(), "area", gender, called or acts, elsewhere,
        at_desk or directory.members_of(hit.label), stands,
    )  # fmt: skip


def _next_desk(tokens: Tokens, end: int) -> bool:
    """As in "quầy kế bên": beside this desk, not beside this commune."""
    beside = tokens.folds[end : end + 2] in (("ke", "ben"), ("ben", "canh"))
    return beside and tokens.keys[end - 1] in _DESKS


_CHIEFS = PhraseBook({
    "chief": """
        sếp, =xếp, sếp lớn, =xếp lớn, sếp to, thủ trưởng, đại ca, trùm, cầm đầu, đứng đầu, to nhất, lớn nhất, cao
        nhất, người quản lý, người cai quản""",
})  # fmt: skip
TO_OFFICE = word_set("ben o cua tren ngoai may dua co ca khu toan bo")


def _chief(tokens: Tokens, place: int) -> int | None:
    """Where "sếp", "thủ trưởng của mấy đứa bên" begin before an office: its head is meant."""
    start = place
    while start > max(0, place - 4) and not tokens.breaks[start] and tokens.folds[start - 1] in TO_OFFICE:
        start -= 1
    begins = (at for at in (start - 2, start - 1) if at >= 0 and not tokens.breaks[start])
    return next((at for at in begins if (hit := _CHIEFS.match(tokens, at)) and hit.end == start), None)


def _is_thing(tokens: Tokens, hit: Hit) -> bool:
    """As in "ngồi ở quầy thuốc": the last word begins a thing."""
    last = AREAS.match(tokens, hit.end - 1) if hit.label == "counter" else None
    return last is not None and last.label == "thing"


def deed_title(tokens: Tokens, directory: Directory, roles: dict[int, int], place: int, floor: int) -> Title | None:
    """As in "cái anh đo đất": the work tells who. "em làm khai sinh" is the sender, "tôi nhờ anh đo đất" may be too."""
    hit = DEEDS.match(tokens, place)
    if hit is None:
        return None
    start, first = place, max(0, place - _LONGEST_LOOK)
    while start > first and not tokens.breaks[start] and tokens.folds[start - 1] in _BEFORE_DEED:
        start -= 1
    if start == 0 or tokens.breaks[start] or tokens.folds[start - 1] in SELF_KIN:
        return None
    anyone = tokens.folds[start - 1] in _WHOEVER
    if kin_at(tokens, start - 1) is None and not anyone:
        return None
    lead, gender, _ = (start - 1, "", True) if anyone else prefix_of(tokens, start, roles)
    surely = not tokens.loose or tokens.folds[lead] in _SURELY_SOMEBODY
    begins = surely and _begins_clause(tokens, lead)
    begins = begins or (tokens.folds[lead] == "chi" and (lead == 0 or tokens.breaks[lead] == SENTENCE))
    if lead < floor or not (begins or (lead and tokens.folds[lead - 1] in _POINTED)):
        return None
    return Title(
        lead, place, hit.end, directory.of_area(hit.label, heads=False), frozenset(), "area", gender, called=True,
        elsewhere=False,
    )  # fmt: skip


_LONGEST_LOOK = 6
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
    if area == "counter" and not broken(tokens, hit.end) and (matter := AREAS.match(tokens, hit.end)):
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
_SERVES = word_set("phu quan truc ngoi lo")


def _points_at(tokens: Tokens, place: int) -> bool:
    return place == 0 or bool(tokens.breaks[place]) or tokens.folds[place - 1] in _POINTED


# How the one meant looks: "anh đeo kính ở phòng kinh tế", "chị tóc ngắn ngồi quầy".
_LOOKS = word_set(
    """
        trai gai deo kinh kieng om nhach mac tim quai mun xam hinh da ngam so mi toc ngan dai xoan ao vang trang
        xanh den do hong cao gay map lun beo gia hoi de rau mac vay mu nhuom uon bau khau trang non
    """
)
# As in "ông phụ trách tuyển quân", "ông lo việc tuyển quân", "cái anh đeo kính hay đi đo đất".
_BEFORE_DEED = _LOOKS | word_set("phu trach lo viec hay chuyen di vu")


def _is_have(tokens: Tokens, lead: int, start: int) -> bool:
    """Typed without marks, "co" in the middle of a clause is "có" (to have) rather than a kin word."""
    alone = start - lead == 1 and tokens.keys[lead] == "co"
    return alone and tokens.loose and lead > 0 and tokens.breaks[lead] == NO_BREAK


# Words between a kin word and a field of work that are no name: "chị hỏi địa chính".
NO_NAME = word_set(
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
    return bool(place and kin_at(tokens, place - 1)) and tokens.folds[place] not in NO_NAME


def _is_worker(tokens: Tokens, lead: int, start: int) -> bool:
    return bool({"can", "nhan", "chuyen", "chien"} & set(tokens.folds[lead:start]))


def said_gender(tokens: Tokens, lead: int) -> str:
    """As in "nữ phó chủ tịch", "nữ cán bộ tư pháp"."""
    return "female" if tokens.folds[max(0, lead - 1) : lead] == ("nu",) else ""
