"""Words for posts, desks and fields of work, and what a person's title says of them (pure)."""

from dataclasses import dataclass
from functools import lru_cache

from triage.routing.phrases import PhraseBook, word_set
from triage.routing.roster import CHAIRPERSON, LEADERS, VICE_CHAIRPERSON, Person, Roster
from triage.routing.tokens import Tokens, forms, sound_of, tokenize
from vietnamese.names import called_by, gender_of
from vietnamese.text import fold, nfc

BOSSES = "bosses"  # "các sếp": the same without the Party's secretary
LEADERSHIP = "leadership"  # "lãnh đạo xã": the chairperson and the vice-chairpersons together
DEPARTMENT_HEAD = "department_head"
DEPUTY = "deputy"  # vice heads of departments: no post id of their own, found by title

# Titles that name one post. Longest first wins, so "phó chủ tịch" is never read as "chủ tịch".
TITLES = PhraseBook({
    VICE_CHAIRPERSON: """
        phó chủ tịch, phó ct, p chủ tịch, p ct, =phó, phó xã, phó phụ trách, hai phó, hai phó chủ tịch, cả hai phó,
        các phó chủ tịch, hai ông phó, hai bà phó, hai ông bà phó, mấy ông phó, các ông phó, mấy phó""",
    CHAIRPERSON: """
        chủ tịch, người đứng đầu xã, người đứng đầu phường, người đứng đầu ủy ban, người đứng đầu chính quyền, đứng
        đầu ủy ban, to nhất xã, to nhất phường, to nhất ủy ban, to nhất ở xã, sếp to nhất, sếp lớn nhất, người đứng
        đầu, người ký quyết định, ông ký quyết định, bà ký quyết định, người ký cái quyết định, người ký tờ quyết
        định, người ký bản quyết định, người ký vào quyết định, người đã ký quyết định, ông ký cái quyết định, ông ký
        tờ quyết định, ông ký vào quyết định, bà ký cái quyết định, người ký ban hành, người đứng tên quyết định, ông
        đặt bút ký, người đặt bút ký, người hạ bút ký, ông hạ bút ký, anh cả ủy ban, anh cả xã, anh cả của xã, lớn
        nhất xã, lớn nhất phường, lớn nhất ủy ban, cao nhất xã, cao nhất phường, cao nhất ủy ban, đứng đầu xã, đứng
        đầu phường, đứng đầu chính quyền""",
    LEADERSHIP: """
        lãnh đạo xã, lãnh đạo phường, ban lãnh đạo, lãnh đạo địa phương, mấy ông
        lãnh đạo, các vị lãnh đạo, lãnh đạo trực""",
    BOSSES: """
        các sếp xã, sếp xã, sếp phường, các sếp, mấy sếp, mấy ông sếp, sếp lớn, sếp to, sếp ủy ban, sếp ở ủy ban, sếp
        trên xã, lãnh đạo ủy ban, thường trực ủy ban, từ chủ tịch trở xuống, từ ông chủ tịch trở xuống, từ bà chủ tịch
        trở xuống, từ chủ tịch xuống, từ ông chủ tịch xuống, từ chủ tịch tới phó, từ chủ tịch đến phó, chủ tịch trở
        xuống, chủ tịch với các phó, chủ tịch lẫn phó, chủ tịch và các phó chủ tịch, chủ tịch cùng các phó, mấy ông
        lớn, các ông lớn, mấy ông to, các ông to, ông to trên xã, ông to ở xã, mấy quan xã, các quan xã""",
    "public_service_center_director": """
        giám đốc, giám đốc trung tâm, giám đốc trung tâm hành chính công, giám đốc trung tâm phục vụ
        hành chính công, giám đốc trung tâm phục vụ""",
    "office_chief": "chánh văn phòng, trưởng văn phòng",
    "commune_police_chief": "trưởng công an, trưởng ca",
    "military_commander": "chỉ huy trưởng, trưởng ban quân sự, xã đội trưởng",
    "health_station_head": "trạm trưởng, trưởng trạm, trưởng trạm y tế, trạm trưởng trạm y tế",
    "party_secretary": "bí thư, bí thư đảng ủy, bí thư đảng ủy xã",
    "village_head": """
        trưởng thôn, trưởng bản, trưởng xóm, trưởng ấp, trưởng khu phố, trưởng khu, trưởng tiểu khu, trưởng buôn, buôn
        trưởng, thôn trưởng, bản trưởng, ấp trưởng, trưởng làng, tổ trưởng tổ dân phố, tổ trưởng dân phố, tổ trưởng""",
    DEPARTMENT_HEAD: "trưởng phòng",
    DEPUTY: """
        hai phó giám đốc, hai phó phòng, hai phó trưởng phòng, phó trưởng phòng, phó phòng, phó giám đốc, phó chánh
        văn phòng, phó trưởng công an, phó công
        an, phó chỉ huy trưởng, phó thôn, phó bản, trưởng bộ phận, tổ phó""",
})  # fmt: skip

# Fields of work: how citizens and titles call them.
AREAS = PhraseBook({
    "land": "địa chính, địa chánh, đất đai, nhà đất, đo đạc, địa chính xây dựng, tài nguyên",
    "construction": "xây dựng, trật tự xây dựng, trật tự đô thị, đô thị, quản lý đô thị, đội quy tắc",
    "veterinary": "thú y, kiểm dịch",
    "agriculture": "nông nghiệp, khuyến nông, thủy lợi, nông lâm, lâm nghiệp, trồng trọt, chăn nuôi",
    "environment": "môi trường",
    "traffic": "giao thông, hạ tầng, công thương",
    "economy": "kinh tế, phòng kinh tế, kinh tế hạ tầng",
    "finance": "kế toán, thủ quỹ, tài chính, tài chính kế toán",
    "justice": "tư pháp, tư pháp hộ tịch",
    "civil_status": "hộ tịch",
    "certification": "chứng thực",
    "welfare": """
        chính sách, lao động, thương binh, thương binh xã hội, lao động thương binh, bảo trợ, giảm
        nghèo, lao động thương binh xã hội, lao động thương binh và xã hội, người có công, bảo trợ
        xã hội, lđtbxh""",
    "culture": """
        văn hóa, văn hóa xã hội, văn hóa và xã hội, văn xã, vhxh, thể thao, du lịch, thông tin
        truyền thông""",
    "education": "giáo dục",
    "health": "trạm y tế, y tế",
    "archive": "văn thư, lưu trữ, đóng dấu",
    "counter": """
        một cửa, 1 cửa, bộ phận một cửa, bộ phận 1 cửa, tiếp nhận hồ sơ, nhận hồ sơ, =quầy, ngồi quầy, ngồi trong
        quầy, ngồi ở quầy, trực quầy,
        tiếp nhận và trả kết quả, bộ phận tiếp nhận, hành chính công, hành chánh công, tiếp nhận""",
    "center": """
        trung tâm hành chính công, trung tâm phục vụ hành chính công, trung tâm hành chánh công,
        trung tâm phục vụ hành chánh công, trung tâm phục vụ""",
    "reception": """
        tiếp công dân, tiếp dân, tiếp nhận phản ánh, tiếp nhận ý kiến, tiếp nhận kiến nghị, tiếp nhận đơn,
        tiếp nhận đơn thư""",
    "returns": "trả kết quả, trả giấy, giao kết quả",
    # "một cửa", "quầy" only by accident
    "thing": """
        một cửa hàng, một cửa hiệu, một cửa tiệm, quầy photo, quầy thuốc, quầy hàng, quầy bán, quầy thịt, quầy rau, quầy
        tạp hóa, quầy sách, quầy tính tiền, quầy thu ngân, quầy nước, ngồi quầy bán, ngồi quầy nước, ngồi quầy hàng""",
    "elsewhere": """
        cảnh sát giao thông, cảnh sát cơ động, công an huyện, công an tỉnh, công an thành phố, văn phòng công chứng,
        văn phòng đăng ký đất đai, văn phòng đăng ký""",
    "police": "công an, công an viên, cảnh sát khu vực, cảnh sát, công an khu vực, công an xã",
    "military": "quân sự, dân quân, xã đội, phường đội",
    "guard": "bảo vệ, bảo vệ trụ sở, bảo vệ cơ quan, bảo vệ ủy ban",
    "office": "văn phòng, văn phòng ủy ban",
})  # fmt: skip

# Work that tells the field of whoever does it: "anh Tuấn đo đất", "cái chị làm khai sinh".
DEEDS = PhraseBook({
    "land": """
        đo đất, đo ranh, đo ruộng, đo vườn, đo thửa, đo rẫy, đo nương, đo lại đất, đo vẽ, cắm mốc, cắm ranh, làm sổ đỏ,
        làm bìa đỏ, làm giấy tờ đất, làm giấy đất, giữ sổ địa chính""",
    "construction": """
        cấp phép xây dựng, cấp phép xây, cấp phép làm nhà, cấp giấy phép xây dựng, làm giấy phép xây dựng, duyệt bản
        vẽ, duyệt giấy phép xây dựng""",
    "archive": "giữ dấu, giữ con dấu, cầm dấu, cầm con dấu, vào sổ công văn",
    "civil_status": """
        làm khai sinh, làm giấy khai sinh, đăng ký khai sinh, ghi khai sinh, cấp khai sinh, làm khai tử, làm giấy khai
        tử, đăng ký khai tử, làm kết hôn, làm giấy kết hôn, đăng ký kết hôn, làm trích lục, làm hộ tịch""",
    "certification": "làm chứng thực, sao y, làm sao y, chứng thực giấy tờ",
    "welfare": """
        làm chính sách, làm chế độ, làm bảo trợ, xét hộ nghèo, chấm hộ nghèo, rà soát hộ nghèo, chi trả trợ cấp, phát
        trợ cấp, phát tiền trợ cấp""",
    "police": "làm căn cước, làm cccd, làm tạm trú, làm hộ khẩu, đăng ký tạm trú",
    "veterinary": "tiêm gia súc, tiêm trâu bò, tiêm phòng cho bò, tiêm phòng cho lợn",
    "military": "tuyển quân, khám nghĩa vụ, gọi nghĩa vụ",
})  # fmt: skip

# Fields of work that stand for their people without "cán bộ" or a kin word before them.
ALONE = PhraseBook({
    "land": "địa chính, địa chánh, địa chính xây dựng",
    "justice": "tư pháp, tư pháp hộ tịch",
    "archive": "văn thư",
    "finance": "kế toán, thủ quỹ",
    "economy": "phòng kinh tế, phòng kinh tế hạ tầng, bên kinh tế",
    "culture": "phòng văn hóa, phòng văn hóa xã hội, phòng văn hóa và xã hội, phòng vhxh, phòng văn xã",
    "counter": """
        một cửa, 1 cửa, bộ phận một cửa, bộ phận 1 cửa, bộ phận tiếp nhận, tổ một cửa, quầy một cửa, chỗ nhận hồ sơ,
        quầy nhận hồ sơ, bàn nhận hồ sơ, chỗ tiếp nhận, quầy tiếp nhận, chỗ tiếp nhận hồ sơ, quầy tiếp nhận hồ sơ""",
    "returns": """
        chỗ trả kết quả, quầy trả kết quả, bàn trả kết quả, nơi trả kết quả, bộ phận trả kết quả, chỗ trả giấy,
        quầy trả giấy""",
    "center": """
        trung tâm hành chính công, trung tâm phục vụ hành chính công, trung tâm hành chánh công,
        trung tâm phục vụ hành chánh công, trung tâm phục vụ""",
    "police": "công an, công an xã, công an phường, công an viên, cảnh sát khu vực, công an khu vực",
    "military": "quân sự xã, ban quân sự, ban chỉ huy quân sự, xã đội, phường đội",
    "guard": "bảo vệ trụ sở, bảo vệ cơ quan, bảo vệ ủy ban",
    "elsewhere": "cảnh sát giao thông, cảnh sát cơ động, công an huyện, công an tỉnh, công an thành phố",
})  # fmt: skip
# Departments called by their own name: the head answers for what "phòng kinh tế" did.
HEADED = frozenset({"economy", "culture", "center", "police", "military"})

# Fields of work that are the name of a whole department.
_WHOLE_DEPARTMENTS = frozenset({"economy", "culture", "center", "counter", "police", "military", "office"})

# Department that does the work of an area where no single person's title names it.
_AREAS_OF_GROUP = {
    "economy": "land construction agriculture veterinary environment traffic economy",
    "office": "justice civil_status certification office",
    "culture": "welfare culture education",
    "center": "counter center returns",
    "police": "police",
    "military": "military",
}
GROUP_OF_AREA = {area: group for group, areas in _AREAS_OF_GROUP.items() for area in areas.split()}

# Where nobody's title names the field, whoever does this wider one.
_WIDER = {"civil_status": "justice", "certification": "justice", "veterinary": "agriculture", "returns": "counter"}

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
    "kiểm lâm", "chủ nhiệm", "bí thư đoàn", "trưởng ban", "phó ban", "trưởng đoàn",
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
        village_kind=next((word for word in title.folds if word in VILLAGE_KINDS), ""),
    )


def does(holder: Holder, area: str) -> bool:
    """Whether the work of an area is `holder`'s: the title or post says so, of nobody who leads the commune."""
    wider = _WIDER.get(area, area)
    return bool({area, wider} & holder.areas) and not holder.posts & LEADERS


VILLAGE_KINDS = word_set("to thon ban xom khu ap buon lang")
VILLAGE_WORDS = VILLAGE_KINDS | {"dan", "pho", "so", "tieu"}


def _village_of(title: Tokens) -> tuple[tuple[str, str], ...]:
    """The words after "Trưởng thôn", "Tổ trưởng tổ dân phố số": the village's own name or number."""
    words = zip(title.keys, title.folds, strict=True)
    return tuple((key, fold) for key, fold in words if fold not in VILLAGE_WORDS and fold != "truong")


def _posts_of(person: Person, title: Tokens) -> frozenset[str]:
    """Post ids of a person; the chairperson of the council or of an association is none of ours."""
    named = {hit.label for hit in TITLES.find(title)} - {BOSSES, LEADERSHIP, DEPARTMENT_HEAD, DEPUTY}
    if set(title.folds) & {"hoi", "dong", "tran", "doan", "hdnd"}:
        named -= LEADERS
    if person.post in LEADERS or named & LEADERS == LEADERS:
        named -= LEADERS
    return frozenset(named | {person.post} if person.post else named)


def _areas_of(person: Person, title: Tokens) -> frozenset[str]:
    found = {hit.label for hit in AREAS.find(title)}
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
    if tokens.keys[place] not in DESK_KEYS:
        return "", place
    number = place + 2 if tokens.folds[place + 1 : place + 2] == ("so",) else place + 1
    if number >= len(tokens) or not tokens.joined(place, number + 1) or _COUNTED.match(tokens, number + 1):
        return "", place
    said = tokens.folds[number] if tokens.folds[number].isdigit() else _SPELLED_NUMBERS.get(tokens.keys[number], "")
    if not said or not (said == tokens.folds[number] or number > place + 1 or tokens.folds[place] == "quay"):
        return "", place
    return said.lstrip("0"), number + 1


_SPELLED_NUMBERS = {forms(word)[0]: str(value) for value, word in enumerate(("một", "hai", "ba", "bốn"), 1)}


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
        self.by_id = {holder.person.id: holder for holder in self.holders}
        self.by_title = _titles_of(self.holders)
        self.titles = PhraseBook({phrase: phrase for phrase in self.by_title})
        for holder in self.holders:
            if holder.names:
                self.by_given.setdefault(holder.names[-1][1], []).append(holder)
                self.by_surname.setdefault(holder.names[0][1], []).append(holder)
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
            return tuple(h for h in self.holders if h.title_folds[:1] == ("pho",) and VICE_CHAIRPERSON not in h.posts)
        return tuple(h for h in self.holders if post in h.posts)

    def of_area(self, area: str, heads: bool) -> tuple[Holder, ...]:
        """Who does the work of an area: those whose own title says so, else the department.

        With `heads` the whole department. Without, heads are left out unless nobody else is there: the head
        of an office is called by the title, and is the one who should answer for a clerk nobody named.
        """
        own, members = self._own(area), self._department(area)
        if heads:
            return tuple(dict.fromkeys(own + members))
        workers = tuple(h for h in own if not h.head) or tuple(h for h in members if not h.head)
        return workers or members or own

    def members_of(self, area: str) -> tuple[Holder, ...]:
        """Who may be meant by a name with this area beside it: heads too, and all of a whole department."""
        own, members = self._own(area), self._department(area)
        return tuple(dict.fromkeys(own + members)) if area in _WHOLE_DEPARTMENTS else own or members

    def _own(self, area: str) -> tuple[Holder, ...]:
        """Those whose title or post names the area, else the wider one."""
        told = [h for h in self.holders if area in h.areas and not h.posts & LEADERS]
        if area not in ("counter", "center"):
            # "Quầy số 2 (địa chính)" only takes the papers in.
            told = [h for h in told if not h.desk] or told
        # Whoever has no title does what the others of that post do.
        posts = {holder.person.post for holder in told} - {""}
        found = tuple(h for h in self.holders if h in told or (not h.title_folds and h.person.post in posts))
        return found if found or area not in _WIDER else self._own(_WIDER[area])

    def _department(self, area: str) -> tuple[Holder, ...]:
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
        whole = {title, title.removesuffix(" xã"), title.removesuffix(" phường")} if plain or begins else set()
        for phrase in whole | {begins}:
            if len(phrase) > 1:
                found[phrase] = (*found.get(phrase, ()), holder)
    return found


@lru_cache(maxsize=64)
def directory_of(roster: Roster) -> Directory:
    """The directory of a roster, made once: rosters are frozen."""
    return Directory(roster)
