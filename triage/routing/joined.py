"""Names joined with the titles beside them, and whom both together mean (pure)."""

from dataclasses import dataclass, replace

from triage.routing.kin import kin_at
from triage.routing.named import Name
from triage.routing.phrases import word_set
from triage.routing.posts import Holder, of_gender
from triage.routing.roster import LEADERS
from triage.routing.title import BRIDGE, Title
from triage.routing.tokens import COMMA, NO_BREAK, SENTENCE, Tokens, one_letter_off, sound_of


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


def joined(tokens: Tokens, names: list[Name], titles: list[Title]) -> list[Mention]:
    """The people meant by `names` and `titles`, in order; what only describes somebody unnamed is left out."""
    return [mention for group in _join(tokens, names, titles) if (mention := _resolve(tokens, group))]


_Group = tuple[Name | None, list[Title]]
_IS = word_set("la dang lam hien giu chuc vu danh tuc chinh")
_TOLD_BY = BRIDGE | word_set("tren duoi ngoai lo coi giu")
_NAMED = word_set("ten la ho goi")


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
    if {"ten"} <= set(tokens.folds[end : name.start]) <= _NAMED and SENTENCE not in tokens.breaks[end : name.start + 1]:
        return True  # "ông Chánh văn phòng tên Tuấn"
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
    bridge = _IS if title.how == "title" else _TOLD_BY
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
    if any(title.elsewhere for title in titles):
        return nobody(mention)
    return mention if mention.ours or mention.posts else None


def _people(tokens: Tokens, name: Name | None, titles: list[Title], gender: str) -> tuple[Holder, ...]:
    if name is not None:
        beside = tuple(holder for title in titles for holder in (title.beside or title.holders))
        both = tuple(holder for holder in name.holders if holder in beside)
        return both or _heard(tokens, name, titles, beside) or _of_title(name, titles) or name.holders
    anyone = tuple(dict.fromkeys(holder for title in titles for holder in title.holders))
    both = tuple(h for h in anyone if all(h in title.holders for title in titles)) or anyone
    # "Anh ở bàn hộ tịch" where a woman sits there: the man who does that work.
    near = titles[0].beside if len(titles) == 1 else ()
    return of_gender(both, gender) or of_gender(near, gender) or both


def _heard(tokens: Tokens, name: Name, titles: list[Title], beside: tuple[Holder, ...]) -> tuple[Holder, ...]:
    """As in "ông Tuân tư pháp" where the one who works there is Tuấn: holders of the title whose name sounds so.

    A post outweighs one wrong letter too: "bà Lan trưởng phòng" where the head is Lam.
    """
    said = tokens.folds[name.end - 1]
    named = [(holder, holder.names[-1][1]) for holder in beside if holder.names]
    same = tuple(holder for holder, given in named if sound_of(given) == sound_of(said))
    posted = name.how == "given_name" and any(title.posts for title in titles)
    return same or tuple(holder for holder, given in named if posted and one_letter_off(said, given))


def _of_title(name: Name, titles: list[Title]) -> tuple[Holder, ...]:
    """As in "Chánh văn phòng tên Tuấn" where every Tuấn works elsewhere and leads nothing: the holder of the post.

    A head, or a colleague of the holder, may have been given the wrong title: then the name counts.
    """
    posted = {holder for title in titles if title.posts for holder in title.holders}
    groups = {holder.group for holder in posted}
    other = name.how == "given_name" and not any(holder.head or holder.group in groups for holder in name.holders)
    return tuple(posted) if other and len(posted) == 1 else ()


def nobody(mention: Mention) -> Mention:
    """The same words, meaning nobody of ours."""
    return replace(mention, holders=(), posts=frozenset())
