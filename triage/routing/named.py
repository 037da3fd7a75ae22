"""Names of the roster in a text: whole, shortened, misspelt, initials, kin word and given name (pure)."""

from dataclasses import dataclass

from triage.routing import bynames, cues
from triage.routing.alone import stands_alone
from triage.routing.bynames import Occupied
from triage.routing.cues import COMPOUND_NAMES, COMPOUND_PAPERS, COMPOUNDS, EVERYDAY, EVERYDAY_MARKED
from triage.routing.kin import ROLES as ROLES
from triage.routing.kin import kin_at as kin_at
from triage.routing.kin import prefix_of as prefix_of
from triage.routing.phrases import word_set
from triage.routing.posts import Directory, Holder, is_village, of_gender
from triage.routing.tokens import NO_BREAK, SENTENCE, Tokens, is_syllable, one_letter_off, sound_of, split_phrase
from vietnamese.names import SURNAMES


@dataclass(frozen=True, slots=True)
class Name:
    """A name found at words `start` to `end`; `lead` is where its kin or role words begin."""

    lead: int
    start: int
    end: int
    holders: tuple[Holder, ...]
    how: str  # full_name, short_name, given_name, initials
    gender: str
    called: bool  # preceded by a kin or role word, or more than a given name


def find_names(tokens: Tokens, directory: Directory, roles: dict[int, int], occupied: Occupied) -> list[Name]:
    """Names in order, none overlapping, the longest first."""
    names: list[Name] = []
    end = 0
    for place in sorted(_possible_starts(tokens, directory)):
        if place < end:
            continue
        name = (
            _full_name(tokens, directory, roles, place)
            or _short_name(tokens, directory, roles, place)
            or _given_name(tokens, directory, roles, occupied, place)
            or _initials(tokens, directory, roles, occupied, place)
        )
        if name:
            names.append(name)
            end = name.end
    return names


def _possible_starts(tokens: Tokens, directory: Directory) -> set[int]:
    """Words at which a name may begin: nearly all words of a text are ruled out by one look."""
    starts: set[int] = set()
    for place, fold in enumerate(tokens.folds):
        if fold in directory.by_given:
            starts.update(range(max(0, place - 4), place + 1))
        elif (
            fold in directory.by_surname
            or len(fold) == 1
            or (tokens.capital[place] and sound_of(fold) in directory.surnames_heard)
            or kin_at(tokens, place - 1) is not None
        ):
            starts.add(place)
    return starts


# --- whole names ---


def _full_name(tokens: Tokens, directory: Directory, roles: dict[int, int], place: int) -> Name | None:
    lead, gender, called = prefix_of(tokens, place, roles)
    best: list[tuple[tuple[int, int], Holder]] = []
    for holder in _starting_at(tokens, directory, place):
        score = _likeness(tokens, place, holder)
        if score and _reads_as_name(tokens, place, holder, score, called):
            best.append((score, holder))
    if not best:
        return None
    top = max(score for score, _ in best)
    holders = tuple(holder for score, holder in best if score == top)
    if lead == place and place and not tokens.breaks[place] and tokens.keys[place - 1] in _STREETS:
        return Name(lead, place, place + len(holders[0].names), (), "full_name", gender, called=True)
    return Name(lead, place, place + len(holders[0].names), holders, "full_name", gender, called=True)


# "Phố Nguyễn Hữu Thắng"; typed without marks "pho" may be "phó".
_STREETS = frozenset(key for key, _ in split_phrase("đường duong phố trường hẻm hem ngõ cầu"))


def _starting_at(tokens: Tokens, directory: Directory, place: int) -> list[Holder]:
    """People whose surname stands here, or whose given name stands where it should (surname misspelt)."""
    found = list(directory.by_surname.get(tokens.folds[place], ()))
    if tokens.capital[place]:
        heard = directory.surnames_heard.get(sound_of(tokens.folds[place]), ())
        found += [holder for holder in heard if holder not in found]
    for length in (3, 4, 5):
        last = place + length - 1
        if last < len(tokens):
            named = directory.by_given.get(tokens.folds[last], ())
            found += [h for h in named if len(h.names) == length and h not in found]
    return found


def _likeness(tokens: Tokens, place: int, holder: Holder) -> tuple[int, int] | None:
    """(words alike without marks, words alike with marks), None where more than one letter is wrong."""
    size = len(holder.names)
    if size < 2 or place + size > len(tokens) or not tokens.joined(place, place + size):
        return None
    folds = keys = heard = 0
    for offset, (key, fold) in enumerate(holder.names, start=place):
        if tokens.folds[offset] == fold:
            folds += 1
            keys += tokens.keys[offset] == key
        elif (size > 2 or tokens.capital[offset]) and sound_of(tokens.folds[offset]) == sound_of(fold):
            heard += 1
        elif tokens.folds[offset] == fold[0] and tokens.capital[offset]:
            heard += 1  # "Võ M. Tuấn"
        elif size == 2 or not one_letter_off(tokens.folds[offset], fold):
            return None
    if tokens.loose or (keys < size and all(tokens.bare(at) for at in range(place, place + size))):
        keys = 0  # typed without marks, "Nguyen Van Hoa" is Hòa as much as Hoa
    return (folds, keys) if folds and folds + heard >= size - 1 else None


def _reads_as_name(tokens: Tokens, place: int, holder: Holder, score: tuple[int, int], called: bool) -> bool:
    """Capitals show a name; in lower case, "vỉ thì là" must not be read as Vì Thị Lan."""
    size = len(holder.names)
    if (tokens.capital[place] and tokens.capital[place + size - 1]) or _has_apostrophe(tokens, place):
        return True
    folds, keys = score
    if tokens.loose:
        outer = tokens.folds[place] == holder.names[0][1] and tokens.folds[place + size - 1] == holder.names[-1][1]
        return (size > 2 and (folds == size or outer)) or called
    return folds == size and (keys >= size - 1 or called)


def _has_apostrophe(tokens: Tokens, place: int) -> bool:
    """As in "h'yeo": what nothing but a name has."""
    return tokens.text[tokens.ends[place] :][:1] in ("'", "’")


# --- shortened names ---


def _short_name(tokens: Tokens, directory: Directory, roles: dict[int, int], place: int) -> Name | None:
    """Surname and given name, or middle and given name: two words, called or written with capitals."""
    last = place + 1
    if last >= len(tokens) or not tokens.joined(place, last + 1) or _is_kin_word(tokens, place):
        return None
    holders = tuple(
        holder
        for holder in _spelled(tokens, last, directory, called=True) or _misheard(tokens, place, directory)
        if len(holder.names) > 2
        and tokens.folds[place] in (holder.names[0][1], holder.names[-2][1])
        and (tokens.loose or tokens.bare(place) or tokens.keys[place] in (holder.names[0][0], holder.names[-2][0]))
        and not _foreign_before(tokens, place, holder)
    )
    lead, gender, called = prefix_of(tokens, place, roles)
    capitals = tokens.capital[place] and tokens.capital[last]
    pair = tokens.folds[place : last + 1]
    opens = tokens.loose and not tokens.has_names and _begins(tokens, place) and pair not in COMPOUNDS
    opens = opens and all(pair[0] == holder.names[-2][1] != holder.names[0][1] for holder in holders)
    if pair in COMPOUNDS and not capitals:
        return None  # "cán bộ văn hóa" is not Cà Văn Hóa
    own = {fold for holder in holders for _, fold in holder.names}
    foreign = _foreign_after(tokens, last) and tokens.folds[last + 1] not in own
    if not holders or not (called or capitals or opens) or (foreign and not tokens.loose):
        return None
    return Name(lead, place, last + 1, holders, "short_name", gender, called=True)


def _misheard(tokens: Tokens, place: int, directory: Directory) -> tuple[Holder, ...]:
    """As in "bà Sa Rin" where she is Sa Rinh: after a kin word, a middle name and a given name one sound off."""
    if kin_at(tokens, place - 1) is None or not (tokens.capital[place + 1] or tokens.loose):
        return ()
    middle, said = tokens.folds[place], tokens.folds[place + 1]
    alike = [h for h in directory.holders if len(h.names) > 2 and h.names[-2][1] == middle not in ("van", "thi")]
    return tuple(h for h in alike if said[0] == h.names[-1][1][0] and one_letter_off(said, h.names[-1][1]))


def _is_kin_word(tokens: Tokens, place: int) -> bool:
    """As in "Anh Tuấn" where a sentence begins: the kin word, although somebody is called Nguyễn Anh Tuấn."""
    return kin_at(tokens, place) is not None and (_begins(tokens, place) or not tokens.capital[place])


def _begins(tokens: Tokens, place: int) -> bool:
    return place == 0 or tokens.breaks[place] != NO_BREAK


def _foreign_before(tokens: Tokens, place: int, holder: Holder) -> bool:
    """Whether the word before belongs to somebody else's longer name ("Trần" before "Văn Tuấn")."""
    before, mine = place - 1, {fold for _, fold in holder.names}
    while before > 0 and place - before < _LONGEST_NAME and tokens.folds[before] in mine and not tokens.breaks[before]:
        before -= 1  # "Lê Thị Kim Hoa" is not Sơn Thị Kim Hoa
    if before < 0 or tokens.breaks[before + 1] or kin_at(tokens, before) is not None:
        return False
    fold = tokens.folds[before]
    if fold in mine:
        return False
    if tokens.capital[before] and fold in ("van", "thi", *_CLEAR_SURNAMES):
        return True
    if tokens.capital[before] and before > 0 and tokens.breaks[before] != SENTENCE:
        return fold in SURNAMES or tokens.folds[place] in ("van", "thi")
    return fold in SURNAMES and (kin_at(tokens, before - 1) is not None or tokens.folds[place] in ("van", "thi"))


# Where a sentence begins, a capital makes these names and no other words.
_CLEAR_SURNAMES = word_set("nguyen tran pham huynh phan truong dang bui duong")
_LONGEST_NAME = 4


def _foreign_after(tokens: Tokens, last: int) -> bool:
    after = last + 1
    if after >= len(tokens) or tokens.breaks[after]:
        return False
    return tokens.capital[after] and tokens.folds[after] not in _AFTER_NAME


# Capitals that may follow a name without being part of it: "anh Tuấn Phòng Kinh tế".
_AFTER_NAME = word_set("phong bo ban to trung can cong van uy xa phuong chu pho giam truong tu dia")


# --- given names ---


def _spelled(tokens: Tokens, place: int, directory: Directory, called: bool) -> tuple[Holder, ...]:
    """People whose given name is the word at `place`, the exact spelling before the near one."""
    named = tuple(directory.by_given.get(tokens.folds[place], ()))
    if not named:
        return _misspelt(tokens, place, directory)
    exact = tuple(holder for holder in named if holder.names[-1][0] == tokens.keys[place])
    if tokens.bare(place):
        if exact and not tokens.loose:
            return exact
        return named if tokens.loose or called or tokens.capital[place] else exact
    return exact or (named if tokens.capital[place] and called else ())


def _misspelt(tokens: Tokens, place: int, directory: Directory) -> tuple[Holder, ...]:
    """As in "chị Hằn" where there is only a Hằng, "anh Tuấb": after a kin word what is nobody's name.

    A possible word must have a capital, and differ in nothing but a final sound that many do not hear.
    """
    fold = tokens.folds[place]
    if kin_at(tokens, place - 1) is None or tokens.breaks[place] or len(fold) < 3 or not fold.isalpha():
        return ()
    given = [(holder, holder.names[-1]) for holder in directory.holders if holder.names]
    said, column = (fold, 1) if tokens.bare(place) else (tokens.keys[place], 0)
    if not is_syllable(fold):
        return tuple(holder for holder, name in given if one_letter_off(said, name[column]))
    if not tokens.capital[place]:
        return ()
    names = ((holder, name[column]) for holder, name in given)
    return tuple(holder for holder, name in names if name[0] == said[0] and _ending(name) == _ending(said))


def _of_clan(tokens: Tokens, directory: Directory, place: int) -> tuple[Holder, ...]:
    """As in "ông Niê": a highland clan's name after a kin word, for everybody of that clan."""
    if kin_at(tokens, place - 1) is None or tokens.breaks[place] or not (tokens.capital[place] or tokens.loose):
        return ()
    return tuple(directory.by_clan.get(tokens.folds[place], ()))


def _other_tones(tokens: Tokens, place: int, directory: Directory) -> tuple[Holder, ...]:
    """As in "bà Thủy" where Thủy is a man and the woman is Thúy."""
    return tuple(directory.by_given.get(tokens.folds[place], ())) if tokens.capital[place] else ()


def _ending(key: str) -> tuple[str, str]:
    """What is left of a word without the endings many ears confuse, and its tone."""
    letters = key.rstrip("12345")
    return sound_of(letters), key[len(letters) :]


def _given_name(
    tokens: Tokens, directory: Directory, roles: dict[int, int], occupied: Occupied, place: int
) -> Name | None:
    lead, gender, called = prefix_of(tokens, place, roles)
    if place in occupied or (lead == place and place - 1 not in occupied and kin_at(tokens, place) is not None):
        return None  # "Anh địa chính" is no Tuấn Anh, "công an Anh" may be
    beside = bynames.beside(tokens, occupied, place) or bynames.opens_with_work(
        tokens, occupied, place, directory.by_given.get(tokens.folds[place], ())
    )
    holders = _spelled(tokens, place, directory, called or bool(beside)) or _of_clan(tokens, directory, place)
    titled = any(holder in beside for holder in holders)
    if not holders or (not titled and _is_common_word(tokens, place)):
        return None
    holders = tuple(h for h in holders if not _longer_name(tokens, place, h, lead, occupied))
    alone = stands_alone(tokens, directory, place)
    if not (tokens.capital[place] or beside or alone or _may_be_lower_case(tokens, place, lead)):
        return None
    if beside and lead == place and tokens.bare(place) and not tokens.capital[place] and _is_deed(tokens, place):
        return None
    if called:
        heard = _other_tones(tokens, place, directory) if holders else ()
        holders = of_gender(holders, gender) or of_gender(heard, gender)
    elif not alone and not (beside and tokens.capital[place] and not _begins(tokens, place)):
        # In lower case, or where a sentence begins, "Trưởng" beside a title may be any word, unless it is a holder's.
        same = directory.by_given.get(tokens.folds[place], ())
        holders = tuple(h for h in holders if h in beside) or tuple(h for h in same if h in beside)
    return Name(lead, place, place + 1, holders, "given_name", gender, called or bool(beside)) if holders else None


def _is_deed(tokens: Tokens, place: int) -> bool:
    """As in "pho chu tich nhan loi", "truong phong dung la tot"."""
    return tokens.folds[place] in _DEEDS or tokens.folds[place : place + 2] == ("dung", "la")


def _longer_name(tokens: Tokens, place: int, holder: Holder, lead: int, occupied: Occupied) -> bool:
    """Whether the word is only a part of somebody else's name or of the name of a place."""
    before, after = place - 1, place + 1
    mine = {fold for _, fold in holder.names}
    if before >= 0 and lead == place and not tokens.breaks[place] and before not in occupied:
        fold = tokens.folds[before]
        middle = tokens.capital[before] and tokens.breaks[before] != SENTENCE and before > 0
        if fold not in mine and (middle or (fold in SURNAMES and kin_at(tokens, before - 1) is not None)):
            return True
        if fold in ("van", "thi") and tokens.folds[before - 1] in SURNAMES - mine:
            return True
    if _of_longer_name(tokens, place, lead, mine):
        return True
    if after in occupied or (after < len(tokens) and is_village(tokens, after, holder)):
        return False
    if after < len(tokens) and not tokens.breaks[after] and tokens.folds[after] in holder.all_folds:
        return False  # "ông Khoa Niê" is Y Khoa Niê
    if _foreign_after(tokens, place):
        return True
    family_name = tokens.folds[place] in SURNAMES and after < len(tokens) and tokens.folds[after] in ("van", "thi")
    return family_name and not tokens.breaks[after] and tokens.capital[place] == tokens.capital[after]


def _of_longer_name(tokens: Tokens, place: int, lead: int, mine: set[str]) -> bool:
    """As in "Lê Anh Tuấn": the kin word is a middle name, where a surname that is not the officer's stands before."""
    before = place - 2
    if lead != place - 1 or before < 0 or tokens.breaks[lead] or not tokens.capital[lead]:
        return False
    return tokens.capital[before] and tokens.folds[before] in SURNAMES - mine


# Kin words the sender uses of themselves: before a lower-case verb they are no title ("em hoi").
SELF_KIN = frozenset({"em", "e", "chau", "ban", "cu"})
# Typed without marks these are still mostly kin words before a name; "ba", "co" are mostly something else.
_CLEAR_KIN = frozenset({"anh", "a", "c", "chi", "chu", "bac", "thay"})
# After these "ba", "co" is somebody, unless what follows can be counted: "gap ba hoa", not "gap ba lan".
_TO_SOMEBODY = word_set("gap gui nho hoi tim goi cua voi boi")
_COUNTABLE = word_set("lan nam thang bay tam hai muoi tu khu phong ban chuc huong hoi thu tinh")
# Beside a title these are what its holder does: "pho chu tich nhan loi".
_DEEDS = word_set("dung nhan lam hop thu bao hoi mo ky thanh tinh hung duong linh quyet cong")


def _may_be_lower_case(tokens: Tokens, place: int, lead: int) -> bool:
    """Whether a given name in lower case may be one.

    Right marks and an uncommon word are enough; else the writer must use no capitals for names, and the kin
    word must not be one that people use of themselves or that is a common word without its marks.
    """
    if lead == place:
        return False
    if not tokens.loose and not tokens.bare(place) and tokens.keys[place] not in EVERYDAY_MARKED:
        return True
    kin = tokens.folds[place - 1]
    if tokens.has_names or kin in SELF_KIN:
        return False
    clear = not tokens.bare(place - 1) or kin in _CLEAR_KIN or (kin == "ong" and tokens.loose)
    clear = clear or (lead > 0 and tokens.folds[lead - 1] in _TO_SOMEBODY and tokens.folds[place] not in _COUNTABLE)
    return clear or tokens.folds[place] not in EVERYDAY or lead == 0 or tokens.breaks[lead] != NO_BREAK


def _is_common_word(tokens: Tokens, place: int) -> bool:
    """Whether lower-case words only look like kin word and name: "ba lan" (ba lần), "anh huong"."""
    fold = tokens.folds[place]
    before = tokens.folds[place - 1] if place else ""
    after = tokens.folds[place + 1] if place + 1 < len(tokens) else ""
    if (before, fold, after) in cues.COMPOUND_TRIPLES or (before in ("nam", "tuoi") and fold in _ZODIAC):
        return True
    if tokens.capital[place]:
        if (fold, after) in COMPOUND_PAPERS and not tokens.capital[place + 1]:
            return True
        return (before, fold) in COMPOUND_NAMES and (before, tokens.bare(place - 1)) != ("thang", False)
    if (fold, after) in COMPOUNDS or (before, fold) in COMPOUNDS:
        return tokens.loose or tokens.bare(place)
    if (before, fold) == ("ba", "lan"):
        earlier = tokens.folds[place - 2] if place > 1 else ""
        return earlier in cues.TIMES_BEFORE or after in cues.TIMES_AFTER
    return False


_ZODIAC = word_set("ty suu dan mao meo thin ngo mui than dau tuat hoi")


# --- initials ---


def _initials(
    tokens: Tokens, directory: Directory, roles: dict[int, int], occupied: Occupied, place: int
) -> Name | None:
    """As in "anh T.", "ông N.V.T", "anh t địa chính": a letter for the given name, or one for each word."""
    end = place
    while end < len(tokens) and len(tokens.keys[end]) == 1 and tokens.capital[end]:
        if end > place and tokens.breaks[end] == SENTENCE:
            break
        end += 1
    if end == place and len(tokens.keys[place]) == 1 and kin_at(tokens, place - 1) is not None:
        letter = tokens.folds[place] != "o" and tokens.folds[place].isalpha() and kin_at(tokens, place) is None
        end += bool(letter and bynames.beside(tokens, occupied, place))
    if end == place or _has_apostrophe(tokens, end - 1):
        return None  # "chị H'Liên"
    lead, gender, called = prefix_of(tokens, place, roles)
    if not called and end - place < _WHOLE and (end - place == 1 or not bynames.beside(tokens, occupied, end - 1)):
        return None
    letters = tuple(tokens.folds[place:end])
    holders = tuple(holder for holder in of_gender(directory.holders, gender) if letters in _letters_of(holder))
    return Name(lead, place, end, holders, "initials", gender, called=True) if holders else None


_WHOLE = 3
"""Initials from which a name needs no title beside it."""


def _letters_of(holder: Holder) -> tuple[tuple[str, ...], ...]:
    letters = tuple(fold[0] for _, fold in holder.names)
    return letters, letters[-1:], tuple(fold for _, fold in holder.names[-2:-1] if len(fold) == 1) or letters
