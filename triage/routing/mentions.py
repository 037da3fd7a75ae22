"""Who is mentioned in a text, blamed or not: names joined with the titles beside them (pure)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from triage.routing.cues import CITIZEN, ELSEWHERE, FAMILY, HOUSE, SENDER
from triage.routing.named import ROLES, Name, find_names, kin_at, one_letter_off, prefix_of
from triage.routing.phrases import Hit, word_set
from triage.routing.posts import DESK_KEYS, Directory, Holder, directory_of, is_village
from triage.routing.roster import LEADERS, Roster
from triage.routing.titled import BRIDGE, Title, find_titles
from triage.routing.tokens import COMMA, NO_BREAK, SENTENCE, Tokens, sound_of, tokenize


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `start` to `end` that mean somebody. Nobody of ours: `holders` and `posts` are empty.

    `posts` are the post ids the words name, also where nobody in the roster holds them. `firm` is false for
    words that may mean an office or a thing rather than a person: those count only beside a clear reproach.
    """

    start: int
    end: int
    holders: tuple[Holder, ...]
    posts: frozenset[str]
    how: str
    gender: str
    firm: bool
    titled: bool
    core: int  # where the name or title itself begins, after kin and role words
    family: bool = False  # the person meant belongs to the family or household of `holders`

    @property
    def ours(self) -> bool:
        """Whether the words mean staff of this commune."""
        return bool(self.holders or self.posts & LEADERS)

    @property
    def by_name(self) -> bool:
        """Whether (part of) a name is among the words, not a title or desk alone."""
        return self.how in ("full_name", "short_name", "given_name", "initials")

    @property
    def leads(self) -> bool:
        """Whether a chairperson or vice-chairperson may be meant."""
        return bool(self.posts & LEADERS) or any(holder.posts & LEADERS for holder in self.holders)


def mentioned(text: str, roster: Roster) -> tuple[Mention, ...]:
    """Everybody `text` mentions, in order: staff of `roster`, and others where words show a person.

    Positions count the words of `tokenize(text)`.
    """
    return mentions_in(tokenize(text), directory_of(roster))


def mentions_in(tokens: Tokens, directory: Directory) -> tuple[Mention, ...]:
    """As `mentioned`, for a text already cut into words."""
    roles = {hit.end: hit.start for hit in ROLES.find(tokens)}
    titles = find_titles(tokens, directory, roles)
    occupied = {place: title.beside or title.holders for title in titles for place in range(title.start, title.end)}
    names = find_names(tokens, directory, roles, occupied)
    inside = {place for name in names for place in range(name.start, name.end)}
    titles = [title for title in titles if not inside & set(range(title.start, title.end))]
    joined = _join(tokens, names, titles)
    known = _narrow(tokens, [mention for group in joined if (mention := _resolve(tokens, group))])
    others = _strangers(tokens, known, roles)
    return _drop_citizens(tokens, sorted(known + others, key=lambda mention: mention.start))


# --- joining a name with the titles beside it ---

_Group = tuple[Name | None, list[Title]]
_IS = word_set("la dang lam hien giu chuc")


def _join(tokens: Tokens, names: list[Name], titles: list[Title]) -> list[_Group]:
    parts: list[Name | Title] = sorted([*names, *titles], key=lambda part: part.start)
    groups: list[_Group] = []
    for part in parts:
        if groups and _belongs(tokens, groups[-1], part):
            name, own = groups[-1]
            groups[-1] = (part, own) if isinstance(part, Name) else (name, [*own, part])
        else:
            groups.append((part, []) if isinstance(part, Name) else (None, [part]))
    return groups


def _belongs(tokens: Tokens, group: _Group, part: Name | Title) -> bool:
    name, titles = group
    end = _group_end(group)
    if isinstance(part, Name):
        return name is None and _names_holder(tokens, titles[-1], part, end)
    return _describes(tokens, name, part, end) if name else _holds_both(tokens, part, end)


def _holds_both(tokens: Tokens, title: Title, end: int) -> bool:
    """As in "giám đốc trung tâm là phó chủ tịch kiêm": two titles of one person."""
    gap = tokens.folds[end : title.start]
    return bool(gap) and tokens.joined(end - 1, title.start + 1) and all(word in ("la", "kiem") for word in gap)


def _names_holder(tokens: Tokens, title: Title, name: Name, end: int) -> bool:
    """As in "chủ tịch Hùng", "địa chính xã, anh Tuấn": a name right after a title."""
    if name.start == end and tokens.breaks[end] == NO_BREAK:
        return True
    agrees = any(holder in (title.beside or title.holders) for holder in name.holders)
    gap = range(end, max(end, name.lead))
    return agrees and tokens.breaks[end] != SENTENCE and all(tokens.folds[place] in _IS for place in gap)


def _describes(tokens: Tokens, name: Name, title: Title, end: int) -> bool:
    """As in "anh Tuấn bên địa chính", "Lê Quang Hùng – chủ tịch xã": a title soon after a name."""
    if any(tokens.breaks[place] == SENTENCE for place in range(end, title.start + 1)):
        return False
    if name.end <= title.lead < title.start and kin_at(tokens, title.lead) is not None:
        return False
    soft = any(tokens.breaks[place] == COMMA for place in range(end, title.start + 1))
    agrees = any(holder in (title.beside or title.holders) for holder in name.holders)
    bridge = _IS if title.how == "title" else BRIDGE
    gap = range(end, title.start if title.how != "title" else title.lead)
    return (agrees or not soft) and len(gap) <= 6 and all(tokens.folds[place] in bridge for place in gap)


def _group_end(group: _Group) -> int:
    name, titles = group
    return max([title.end for title in titles] + ([name.end] if name else []))


def _group_start(group: _Group) -> int:
    name, titles = group
    return min([title.lead for title in titles] + ([name.lead] if name else []))


# --- from words to people ---


def _resolve(tokens: Tokens, group: _Group) -> Mention | None:
    name, titles = group
    if name is None and not titles[0].stands:
        return None
    gender = (name.gender if name else "") or next((title.gender for title in titles if title.gender), "")
    mention = Mention(
        start=_group_start(group),
        end=_group_end(group),
        holders=_people(tokens, name, titles, gender),
        posts=frozenset().union(*(title.posts for title in titles)),
        how=name.how if name else titles[0].how,
        gender=gender,
        firm=name.called if name else titles[0].called and titles[0].posts != LEADERS,
        titled=bool(titles),
        core=name.start if name else titles[0].start,
    )
    outside = any(title.elsewhere for title in titles)
    if name and not titles:
        outside = outside or _works_elsewhere(tokens, mention) or _works_in_other_trade(tokens, mention)
    if outside:
        return replace(mention, holders=(), posts=frozenset())
    return mention if mention.ours or mention.posts else None


def _people(tokens: Tokens, name: Name | None, titles: list[Title], gender: str) -> tuple[Holder, ...]:
    if name is not None:
        beside = tuple(holder for title in titles for holder in (title.beside or title.holders))
        both = tuple(holder for holder in name.holders if holder in beside)
        return both or _heard(tokens, name, titles, beside) or name.holders
    anyone = tuple(dict.fromkeys(holder for title in titles for holder in title.holders))
    both = tuple(h for h in anyone if all(h in title.holders for title in titles)) or anyone
    return tuple(h for h in both if not gender or not h.gender or h.gender == gender) or both


def _heard(tokens: Tokens, name: Name, titles: list[Title], beside: tuple[Holder, ...]) -> tuple[Holder, ...]:
    """As in "ông Tuân tư pháp" where the one who works there is Tuấn: holders of the title whose name sounds so.

    A post outweighs one wrong letter too: "bà Lan trưởng phòng" where the head is Lam.
    """
    said = tokens.folds[name.end - 1]
    named = [(holder, holder.names[-1][1]) for holder in beside if holder.names]
    same = tuple(holder for holder, given in named if sound_of(given) == sound_of(said))
    posted = name.how == "given_name" and any(title.posts for title in titles)
    return same or tuple(holder for holder, given in named if posted and one_letter_off(said, given))


def _narrow(tokens: Tokens, mentions: list[Mention]) -> list[Mention]:
    """Several people with one given name, told apart by what else the text says.

    First by the same name said more fully anywhere ("anh Tuấn địa chính … anh Tuấn"), then by a title or
    field of work in the same sentence or the one before, then by a village after the name.
    """
    named = [
        _narrowed(tokens, _around(mentions, place), mention) if _is_shared(mention) else mention
        for place, mention in enumerate(mentions)
    ]
    return [_same_title(_around(named, place), mention) for place, mention in enumerate(named)]


_REACH = 40


def _around(mentions: list[Mention], place: int) -> list[Mention]:
    """The mentions near one: a text of thousands of names must not cost their square."""
    return mentions[max(0, place - _REACH) : place + _REACH]


def _same_title(mentions: list[Mention], mention: Mention) -> Mention:
    """As in "trưởng thôn" after "anh Khương trưởng thôn": the one named before."""
    if mention.how != "title" or len(mention.holders) < 2:
        return mention
    for other in mentions:
        told_apart = other.how != "title" or len(other.holders) < len(mention.holders)
        if told_apart and other.posts & mention.posts and other.start < mention.start:
            kept = tuple(holder for holder in other.holders if holder in mention.holders)
            if kept:
                return replace(mention, holders=kept)
    return mention


_BY_POST = frozenset({"title", "area", "desk"})


def _is_shared(mention: Mention) -> bool:
    if mention.how == "title":
        return len(mention.holders) > 1 and not mention.leads
    return mention.how in ("given_name", "short_name", "initials") and not mention.titled and bool(mention.holders)


def _narrowed(tokens: Tokens, mentions: list[Mention], mention: Mention) -> Mention:
    village = tuple(h for h in mention.holders if _village_follows(tokens, mention, h))
    if village:
        return replace(mention, holders=village, titled=True)
    if len(mention.holders) == 1:
        return mention
    if tokens.keys[mention.end : mention.end + 1] and tokens.keys[mention.end] in DESK_KEYS:
        seated = tuple(holder for holder in mention.holders if holder.desk)
        if seated:
            return replace(mention, holders=seated)
    others_named = [m for m in mentions if m.how not in _BY_POST and m.core != mention.core]
    fuller = [m for m in others_named if m.titled or m.how == "full_name"]
    near = [m for m in mentions if m.how in _BY_POST and _near(tokens, m, mention)]
    if _sits_beside(tokens, mention):
        colleagues = _colleagues(tokens, mentions, mention)
        if colleagues:
            return replace(mention, holders=colleagues)
    for others in (fuller, near):
        holders = {holder for other in others for holder in other.holders}
        kept = tuple(holder for holder in mention.holders if holder in holders)
        if kept:
            return replace(mention, holders=kept)
    return mention


_BESIDE = word_set("canh ke ben cung doi dien")


def _sits_beside(tokens: Tokens, mention: Mention) -> bool:
    """As in "còn anh Nhân ngồi kế bên": at work beside whoever was named before."""
    words = tokens.folds[mention.end : mention.end + 4]
    return bool(_BESIDE & set(words)) and bool({"ngoi", "cung", "ban", "phong"} & set(words))


def _colleagues(tokens: Tokens, mentions: list[Mention], mention: Mention) -> tuple[Holder, ...]:
    """Of the people the mention may mean, those of a department somebody named shortly before works in."""
    groups = {h.person.department for m in mentions if m.core != mention.core and _near(tokens, m, mention)
              for h in m.holders}  # fmt: skip
    return tuple(holder for holder in mention.holders if holder.person.department in groups - {""})


def _near(tokens: Tokens, other: Mention, mention: Mention) -> bool:
    """Whether `other` stands before `mention`, at most one sentence end between them."""
    between = range(other.end, mention.start + 1)
    return other.end <= mention.start and sum(tokens.breaks[at] == SENTENCE for at in between) <= 1


def _village_follows(tokens: Tokens, mention: Mention, holder: Holder) -> bool:
    if "village_head" not in holder.posts:
        return False
    return any(is_village(tokens, place, holder) for place in range(mention.end, mention.end + 3))


_AT = word_set("o ben cua tai lam")
_HEALERS, _TEACHERS = word_set("si"), word_set("giao hieu")


_SAME_BREATH = 12


def _works_in_other_trade(tokens: Tokens, mention: Mention) -> bool:
    """As in "bác sĩ Thúy", "thầy giáo Thắng": a trade that is not the officer's, or not at the commune's station."""
    called = set(tokens.folds[mention.start : mention.core])
    told = tokens.folds[max(0, mention.start - _SAME_BREATH) : mention.start]
    if called & _HEALERS and "benh vien" in " ".join(told):
        return True
    trades = {area for words, area in ((_HEALERS, "health"), (_TEACHERS, "education")) if called & words}
    return bool(trades) and not any(trades & holder.areas for holder in mention.holders)


def _works_elsewhere(tokens: Tokens, mention: Mention) -> bool:
    """As in "bác sĩ Tuấn ở bệnh viện tỉnh", unless the roster says the person works there."""
    place = mention.end
    while place < min(len(tokens), mention.end + 2) and tokens.folds[place] in _AT:
        place += 1
    hit = ELSEWHERE.match(tokens, place)
    if hit is None or tokens.breaks[mention.end]:
        return False
    if tokens.loose and hit.end - hit.start == 1 and place == mention.end:
        return False  # "anh Tuan tinh tien": one bare word after a name is rarely an agency
    words = set(tokens.folds[hit.start : hit.end])
    return not any(words <= set(holder.title_folds) for holder in mention.holders)


def _strangers(tokens: Tokens, known: list[Mention], roles: dict[int, int]) -> list[Mention]:
    """People of no roster: a kin word before a capital, "cán bộ" without a name.

    What is said of them is said of nobody of ours.
    """
    taken = {place for mention in known for place in range(mention.start, mention.end)}
    found = []
    for start, end in sorted(_unknown_people(tokens, roles)):
        lead, gender, _ = prefix_of(tokens, start, roles)
        if not taken & set(range(lead, end)):
            found.append(Mention(lead, end, (), frozenset(), "stranger", gender, True, False, start))
            taken |= set(range(lead, end))
    return found


def _unknown_people(tokens: Tokens, roles: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Words from..to of capitals after a kin or role word, and of role words by themselves."""
    for place in range(1, len(tokens)):
        called = place in roles or kin_at(tokens, place - 1) is not None
        if called and tokens.capital[place] and not tokens.breaks[place]:
            yield place, place + 1
    yield from ((hit.start, hit.end) for hit in ROLES.find(tokens) if hit.label == "worker")


# --- citizens who share a name, and families of officers ---


def _drop_citizens(tokens: Tokens, mentions: list[Mention]) -> tuple[Mention, ...]:
    before = _Before(tokens)
    judged = [_place_in_family(tokens, before, mention) for mention in mentions]
    citizens: dict[tuple[Holder, ...], bool] = {}
    for mention, kept in zip(mentions, judged, strict=True):
        if mention.holders and not mention.titled and mention.how in ("given_name", "short_name"):
            citizens.setdefault(mention.holders, not kept.ours)  # the first time a name is said tells who it is
    return tuple(
        _nobody(mention) if citizens.get(mention.holders) and not mention.titled else mention for mention in judged
    )


class _Before:
    """Phrases that end right before a word, by kind."""

    def __init__(self, tokens: Tokens) -> None:
        self.family = FAMILY.by_end(tokens)
        self.house = HOUSE.by_end(tokens)
        self.sender = SENDER.by_end(tokens)


def _place_in_family(tokens: Tokens, before: _Before, mention: Mention) -> Mention:
    start = mention.start
    if not mention.ours or (start and tokens.breaks[start] != NO_BREAK):
        house = family = sender = False
    else:
        # "tôi tên Lâm": the word "tên" may be read as part of the phrase or of the mention.
        sender = any(_is_sender(tokens, before, mention, at) for at in range(start, mention.core + 1))
        family = start in before.family and not _is_contrast(tokens, before.family[start])
        house = start in before.house and not _is_visit(tokens, before.house[start])
    if not mention.ours or sender or (not mention.titled and (house or _is_citizen(tokens, mention))):
        return _nobody(mention)
    return replace(mention, family=True) if family or house else mention


def _is_sender(tokens: Tokens, before: _Before, mention: Mention, at: int) -> bool:
    """As in "tôi tên Lâm", "bố tôi, ông Lâm"; "hồ sơ của em trai tôi chị Hiền bên chính sách để quên" is two people."""
    hit = before.sender.get(at)
    return hit is not None and (not mention.titled or tokens.folds[hit.end - 1] in ("la", "ten"))


_MOTION = word_set("den toi qua sang len xuong ve ra vao tan tai o gap ghe mang dua goi")


def _is_visit(tokens: Tokens, house: Hit) -> bool:
    """As in "mang phong bì đến nhà chị Hoa": where somebody went, not whose household it was."""
    return house.start > 0 and tokens.folds[house.start - 1] in _MOTION


def _is_contrast(tokens: Tokens, family: Hit) -> bool:
    """As in "…, con anh Tuan": typed without marks, "con" after a comma is "còn" (but)."""
    return tokens.loose and tokens.folds[family.start] == "con" and tokens.breaks[family.start] != NO_BREAK


def _is_citizen(tokens: Tokens, mention: Mention) -> bool:
    end = mention.end
    if end >= len(tokens) or tokens.breaks[end] == SENTENCE:
        return False
    return CITIZEN.match(tokens, end) is not None or _owns(tokens, end) or _lives_there(tokens, end)


def _owns(tokens: Tokens, end: int) -> bool:
    """As in "ông Nhân chủ vựa cua": the owner of something, unless a post begins so."""
    return tokens.folds[end] == "chu" and tokens.folds[end + 1 : end + 2] not in ((), ("tich",), ("nhiem",), ("tri",))


_PLACE_WORDS = word_set("xom thon ban to khu ngo pho doi ap lang buon")


def _lives_there(tokens: Tokens, end: int) -> bool:
    """As in "ông Thắng xóm Hạ": a place after a name without a title."""
    if tokens.folds[end] not in _PLACE_WORDS or end + 1 >= len(tokens) or tokens.breaks[end + 1]:
        return False
    return tokens.capital[end + 1] or tokens.keys[end + 1].isdigit()


def _nobody(mention: Mention) -> Mention:
    return replace(mention, holders=(), posts=frozenset())
