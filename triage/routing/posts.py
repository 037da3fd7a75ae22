"""Words for posts, desks and fields of work, and what a person's title says of them (pure)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from triage.routing.phrases import PhraseBook, word_set
from triage.routing.post_words import AREAS, BOSSES, DEPARTMENT_HEAD, DEPUTY, DUTIES, LEADERSHIP, TITLES
from triage.routing.post_words import DEEDS as DEEDS
from triage.routing.roster import CHAIRPERSON, LEADERS, VICE_CHAIRPERSON, Person, Roster
from triage.routing.tokens import Tokens, forms, sound_of, split_phrase, tokenize
from vietnamese.names import called_by, clan_name, gender_of
from vietnamese.text import fold, nfc

CLEARANCE = "clearance"
"""Clearing land for works, which a vice-chairperson mostly leads."""

# Fields of work that are the name of a whole department.
_WHOLE_DEPARTMENTS = frozenset({"economy", "culture", "center", "counter", "police", "military", "office"})

# Department that does the work of an area where no single person's title names it.
_AREAS_OF_GROUP = {
    "economy": "land construction agriculture veterinary environment traffic economy",
    "office": "justice civil_status certification mediation office",
    "culture": "welfare culture education",
    "center": "counter center returns",
    "police": "police residence patrol",
    "military": "military",
}
GROUP_OF_AREA = {area: group for group, areas in _AREAS_OF_GROUP.items() for area in areas.split()}

# Where nobody's title names the field, whoever does this wider one.
_WIDER = {
    "civil_status": "justice", "certification": "justice", "veterinary": "agriculture", "returns": "counter",
    "treasury": "finance", "clearance": "land", "mediation": "justice", "residence": "police", "patrol": "police",
}  # fmt: skip

# Words in post ids and English department names, and the area or group they tell.
_WORDS_OF_AREA = {
    "land": "land",
    "construction": "construction urban",
    "agriculture": "agriculture extension",
    "veterinary": "veterinary",
    "environment": "environment",
    "economy": "economy",
    "traffic": "traffic infrastructure",
    "justice": "justice",
    "civil_status": "civil",
    "welfare": "welfare policy labour labor",
    "culture": "culture social",
    "health": "health",
    "education": "education",
    "archive": "archive archives",
    "counter": "counter one",
    "police": "police",
    "military": "military",
    "guard": "guard",
    "finance": "finance accountant accounting",
    "office": "office",
    "reception": "intake reception",
}
_POST_AREAS = {word: area for area, listed in _WORDS_OF_AREA.items() for word in listed.split()}
_WORDS_OF_GROUP = {
    "economy": ("economy", "kinh te"),
    "culture": ("culture", "van hoa"),
    "center": ("public service", "hanh chinh cong", "pvhcc", "tthcc", "one stop", "mot cua"),
    "police": ("police", "cong an"),
    "military": ("military", "quan su", "chqs"),
    "office": ("office", "van phong"),
}
_POST_GROUPS: dict[str, str] = {
    "public_service_center_director": "center", "counter_clerk": "center", "one_stop_clerk": "center",
    "economy_department_head": "economy", "culture_social_department_head": "culture",
    "office_chief": "office", "justice_officer": "office", "commune_police_chief": "police",
    "police_officer": "police",
}  # fmt: skip
# Titles no post id stands for, recognised in the roster by how they begin.
_OTHER_TITLES = (
    "phó bí thư", "trưởng trạm", "trạm trưởng", "phó trạm", "hiệu trưởng", "hiệu phó", "phó hiệu trưởng",
    "kiểm lâm", "chủ nhiệm", "bí thư đoàn", "trưởng ban", "phó ban", "trưởng đoàn", "thượng tá", "trung tá",
    "thiếu tá", "đại úy", "thượng úy", "trung úy", "thiếu úy", "bác sĩ", "y sĩ",
)  # fmt: skip
# A title that begins so names the rank and then the field of work, which AREAS finds.
_RANKS = ("công chức", "cán bộ", "chuyên viên", "nhân viên", "viên chức", "trưởng phòng", "phó trưởng phòng")
_TITLED_POSTS = LEADERS | {"public_service_center_director", "office_chief", "village_head"}
_HEAD_TITLES = ("truong ", "giam doc", "chanh ", "chi huy truong", "chu tich", "hieu truong", "to truong")
_HEAD_POSTS = ("_head", "_chief", "_director", "_commander", "chairperson")
_DESK_WORDS = frozenset({"bàn", "quầy", "cửa", "ô", "ban", "quay"})
DESK_KEYS = frozenset(forms(word)[0] for word in _DESK_WORDS)


@dataclass(frozen=True, slots=True, eq=False)
class Holder:
    """A person of the roster with what their name, title, post and department tell, made once per roster.

    Holders are compared by identity: sets of them are made for every entry.
    """

    person: Person
    names: tuple[tuple[str, str], ...]  # spelling key and folded form of each word of the name
    gender: str
    posts: frozenset[str]  # post id of the roster and those the title names ("Phó Chủ tịch kiêm Giám đốc")
    areas: frozenset[str]
    group: str
    head: bool
    desk: str  # number of the desk in the title, or ""
    title_folds: tuple[str, ...]  # words of the title, folded
    village: tuple[tuple[str, str], ...]  # spelling key and folded form of each word of a head's village
    village_kind: str  # thon, ban, to …: what the head's village is called, folded
    all_folds: frozenset[str]  # words of the whole name beside the given one, folded: "nie" of Y Khoa Niê


def holder_of(person: Person) -> Holder:
    """What the routing knows of one person of the roster."""
    title = tokenize(person.title)
    return Holder(
        person=person,
        names=tuple(forms(word) for word in called_by(person.name)),
        gender=gender_of(person.name, person.gender),
        posts=_posts_of(person, title),
        areas=_areas_of(person, title),
        group=_group_of(person),
        head=_is_head(person),
        desk=_desk_of(title),
        title_folds=title.folds,
        village=_village_of(title),
        village_kind=next((word for word in title.folds[_after_board(title) :] if word in VILLAGE_KINDS), ""),
        all_folds=frozenset(fold(person.name).split()) - {forms(word)[1] for word in called_by(person.name)[-1:]},
    )


def of_gender(people: Iterable[Holder], gender: str) -> tuple[Holder, ...]:
    """Those of `people` whom words for a man or a woman may mean: all for "", and all whose gender is not known."""
    return tuple(holder for holder in people if not gender or not holder.gender or holder.gender == gender)


def does(holder: Holder, area: str) -> bool:
    """Whether the work of an area is `holder`'s: the title or post says so, of nobody who leads the commune."""
    wider = _WIDER.get(area, area)
    return bool({area, wider} & holder.areas) and not holder.posts & LEADERS


VILLAGE_KINDS = word_set("to thon ban xom khu ap buon lang")
VILLAGE_WORDS = VILLAGE_KINDS | {"dan", "pho", "so", "tieu"}


def _village_of(title: Tokens) -> tuple[tuple[str, str], ...]:
    """The words after "Trưởng thôn", "Tổ trưởng tổ dân phố số": the village's own name or number."""
    words = list(zip(title.keys, title.folds, strict=True))[_head_of_village(title)]
    return tuple((key, fold) for key, fold in words if fold not in VILLAGE_WORDS and fold != "truong")


def _head_of_village(title: Tokens) -> slice:
    """The word "Hạ" of "Bí thư Chi bộ, Trưởng thôn Hạ kiêm Chi hội trưởng Nông dân"."""
    hit = next((hit for hit in TITLES.find(title) if hit.label == "village_head"), None)
    start = hit.end if hit else _after_board(title)
    others = (at for at in range(start, len(title)) if title.breaks[at] or title.folds[at] == "kiem")
    return slice(start, next(others, len(title)))


def _after_board(title: Tokens) -> int:
    """Where "ấp Bưng Sa" begins in "Trưởng Ban nhân dân ấp Bưng Sa"."""
    return 4 if title.folds[1:4] == ("ban", "nhan", "dan") else 0


def _posts_of(person: Person, title: Tokens) -> frozenset[str]:
    """Post ids of a person; the chairperson of the council or of an association is none of ours."""
    named = {hit.label for hit in TITLES.find(title)} - {BOSSES, LEADERSHIP, DEPARTMENT_HEAD, DEPUTY}
    if set(title.folds) & {"hoi", "dong", "tran", "doan", "hdnd"}:
        named -= LEADERS
    if person.post in LEADERS or named & LEADERS == LEADERS:
        named -= LEADERS
    return frozenset(named | {person.post} if person.post else named)


def _areas_of(person: Person, title: Tokens) -> frozenset[str]:
    found = {hit.label for hit in (*AREAS.find(title), *DUTIES.find(title))}
    found |= {_POST_AREAS[word] for word in person.post.lower().split("_") if word in _POST_AREAS}
    if _group_of(person) == "center":
        found |= {"counter", "center"}
    return frozenset(found)


def _group_of(person: Person) -> str:
    if person.post in (*LEADERS, "village_head"):
        return ""
    said = fold(person.department.replace("_", " "))
    for group, listed in _WORDS_OF_GROUP.items():
        if any(words in said for words in listed):
            return group
    return _POST_GROUPS.get(person.post, "")


def _is_head(person: Person) -> bool:
    return fold(person.title).startswith(_HEAD_TITLES) or person.post.endswith(_HEAD_POSTS)


def is_village(tokens: Tokens, place: int, holder: Holder) -> bool:
    """Whether the words at `place` name the village of `holder`.

    Where the writer uses capitals for names, a village's name must have one.
    """
    village = holder.village
    if not village or place + len(village) > len(tokens):
        return False
    for at, (key, bare) in enumerate(village, start=place):
        if tokens.folds[at] != bare or not (tokens.keys[at] == key or tokens.bare(at)):
            return False
    number = village[0][0].isdigit()
    return number or tokens.capital[place] or not tokens.has_names


_COUNTED = PhraseBook({"counted": "ngày, tuần, tháng, =năm, giờ, phút, lần, lượt, triệu, nghìn, ngàn"})
"""As in "để trên bàn 11 ngày": a number of these is no desk's."""


def desk_number(tokens: Tokens, place: int) -> tuple[str, int]:
    """Number of the desk named at word `place` and where its words end; "bàn số 2" gives "2".

    ("", place) where no desk is named there.
    """
    before = tokens.folds[place - 1] if place else ""
    machine = tokens.keys[place] in _MACHINE and before in _AT_MACHINE
    if not (tokens.keys[place] in DESK_KEYS or machine) or (before, tokens.folds[place]) == ("uy", "ban"):
        return "", place
    number = place + 2 if tokens.folds[place + 1 : place + 2] in (("so",), ("thu",)) else place + 1
    if number >= len(tokens) or not tokens.joined(place, number + 1) or _COUNTED.match(tokens, number + 1):
        return "", place
    said = tokens.folds[number] if tokens.folds[number].isdigit() else _SPELLED_NUMBERS.get(tokens.keys[number], "")
    if not said and tokens.loose and (number == place + 2 or (before in _CALLED and tokens.folds[place] == "quay")):
        said = _BARE_NUMBERS.get(tokens.folds[number], "")
    if not said or not (said == tokens.folds[number] or number > place + 1 or tokens.folds[place] == "quay"):
        return "", place
    return said.lstrip("0"), number + 1


_MACHINE = frozenset(split_phrase("máy")[0])
_AT_MACHINE = word_set("o ngoi truc tai")
_CALLED = word_set("anh chi co")
_SPELLED_NUMBERS = {
    forms(word)[0]: str(value)
    for value, words in enumerate(("một nhất", "hai nhì", "ba", "bốn tư", "năm", "sáu"), 1)
    for word in words.split()
}
_BARE_NUMBERS = {fold(key).rstrip("12345"): value for key, value in _SPELLED_NUMBERS.items()}


def _desk_of(title: Tokens) -> str:
    return next((number for place in range(len(title)) if (number := desk_number(title, place)[0])), "")


class Directory:
    """Everything looked up while reading one entry: who has which name, post, area, department."""

    def __init__(self, roster: Roster) -> None:
        self.holders = tuple(holder_of(person) for person in roster.staff)
        self.commune = _commune_name(roster.commune)
        self.by_given: dict[str, list[Holder]] = {}
        self.by_surname: dict[str, list[Holder]] = {}
        self.surnames_heard: dict[str, list[Holder]] = {}
        self.by_clan: dict[str, list[Holder]] = {}
        self.by_id = {holder.person.id: holder for holder in self.holders}
        self.by_title = _titles_of(self.holders)
        self.titles = PhraseBook({phrase: phrase for phrase in self.by_title})
        for holder in self.holders:
            if holder.names:
                self.by_given.setdefault(holder.names[-1][1], []).append(holder)
                self.by_surname.setdefault(holder.names[0][1], []).append(holder)
                if clan := fold(clan_name(holder.person.name)):
                    self.by_clan.setdefault(clan, []).append(holder)
                self.surnames_heard.setdefault(sound_of(holder.names[0][1]), []).append(holder)

    def of_post(self, post: str) -> tuple[Holder, ...]:
        """Who holds a post of TITLES: by post id, else by the way the title begins."""
        if post == BOSSES:
            return self.of_post(CHAIRPERSON) + self.of_post(VICE_CHAIRPERSON)
        if post == LEADERSHIP:
            return self.of_post(BOSSES) + self.of_post("party_secretary")
        if post == DEPARTMENT_HEAD:
            return tuple(h for h in self.holders if h.head and h.group in ("economy", "culture"))
        if post == DEPUTY:
            return tuple(h for h in self.holders if h.title_folds[:1] == ("pho",) and not h.posts & LEADERS)
        return tuple(h for h in self.holders if post in h.posts)

    def of_area(self, area: str, heads: bool) -> tuple[Holder, ...]:
        """Who does the work of an area: those whose own title says so, else the department.

        With `heads` the whole department. Without, heads are left out unless nobody else is there: the head
        of an office is called by the title, and is the one who should answer for a clerk nobody named.
        """
        own, members = self._own(area), self.department_of(area)
        if heads:
            return tuple(dict.fromkeys(own + members))
        workers = tuple(h for h in own if not h.head) or tuple(h for h in members if not h.head)
        return workers or members or own

    def members_of(self, area: str) -> tuple[Holder, ...]:
        """Who may be meant by a name with this area beside it: heads too, and all of a whole department."""
        own, members = self._own(area), self.department_of(area)
        return tuple(dict.fromkeys(own + members)) if area in _WHOLE_DEPARTMENTS else own or members

    def heads_of(self, area: str) -> tuple[Holder, ...]:
        """Who leads those who do the work of an area."""
        return tuple(h for h in self._own(area) + self.department_of(area) if h.head)

    def _own(self, area: str) -> tuple[Holder, ...]:
        """Those whose title or post names the area, else the wider one."""
        told = [h for h in self.holders if area in h.areas and (area == CLEARANCE or not h.posts & LEADERS)]
        if area == CLEARANCE and not told:
            told = [h for h in self.of_post(VICE_CHAIRPERSON) if h.areas & {"land", "economy"}]
        if area not in ("counter", "center"):
            # "Quầy số 2 (địa chính)" only takes the papers in.
            told = [h for h in told if not h.desk] or told
        # Whoever has no title does what the others of that post do.
        posts = {holder.person.post for holder in told} - {""}
        found = tuple(h for h in self.holders if h in told or (not h.title_folds and h.person.post in posts))
        return found if found or area not in _WIDER else self._own(_WIDER[area])

    def department_of(self, area: str) -> tuple[Holder, ...]:
        """Everybody of the department that does the work of an area."""
        group = self.group_of(area)
        return tuple(h for h in self.holders if group and h.group == group)

    @staticmethod
    def group_of(area: str) -> str:
        """The department that does the work of an area, "" where no department is meant."""
        return GROUP_OF_AREA.get(area, "")


def _commune_name(said: str) -> tuple[str, ...]:
    """Folded words of the commune's name without "xã", "phường", "đặc khu"; ("",) where it has none."""
    name = fold(said)
    for unit in ("xa ", "phuong ", "dac khu ", "thi tran "):
        name = name.removeprefix(unit)
    return tuple(name.split()) or ("",)


def _titles_of(holders: tuple[Holder, ...]) -> dict[str, tuple[Holder, ...]]:
    """Ways to call the posts that have no id of their own: the whole title, and its first words."""
    found: dict[str, tuple[Holder, ...]] = {}
    for holder in holders:
        title = nfc(holder.person.title).lower().replace(",", " ")
        begins = next((words for words in _OTHER_TITLES if title.startswith(words)), "")
        plain = not title.startswith(_RANKS) and len(title.split()) > 1 and not holder.posts & _TITLED_POSTS
        parts = _OFFICES.split(nfc(holder.person.title).lower())[1:]
        whole = {title, title.removesuffix(" xã"), title.removesuffix(" phường")} if plain or begins else set()
        whole |= {part.strip() for part in parts if _is_office_of(part.strip())}
        for phrase in whole | {begins}:
            if len(phrase) > 1:
                found[phrase] = (*found.get(phrase, ()), holder)
    return found


_OFFICES = re.compile(r",|;|\bkiêm\b")


def _is_office_of(part: str) -> bool:
    """Whether a further part of a title is an office of its own, as "Trưởng ban Giải phóng mặt bằng"."""
    words, tokens = part.split(), tokenize(part)
    post = TITLES.match(tokens, 0)
    # "Chủ tịch Hội đồng bồi thường" is not the chairperson's office.
    return (
        len(words) > 2 and words[0] in _LEADING and (post is None or tokens.folds[post.end : post.end + 1] == ("hoi",))
    )


_LEADING = frozenset({"trưởng", "phó", "tổ", "chi", "chủ", "chỉ"})


@lru_cache(maxsize=64)
def directory_of(roster: Roster) -> Directory:
    """The directory of a roster, made once: rosters are frozen."""
    return Directory(roster)
