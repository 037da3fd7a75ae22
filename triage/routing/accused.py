"""Who is accused: the mentions of a text that carry its blame (pure).

In doubt a person counts as accused. To be kept from a case by mistake costs a colleague's time; to be let
into a case against oneself costs the citizen's trust. So every rule below lets somebody off only on clear
words: addressed, thanked, cleared, a witness, a helper.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from triage.routing import cues
from triage.routing.mentions import Mention, mentions_in
from triage.routing.named import kin_at
from triage.routing.phrases import Hit
from triage.routing.posts import directory_of
from triage.routing.roster import Roster
from triage.routing.tokens import COMMA, NO_BREAK, SENTENCE, Tokens, tokenize
from vietnamese.text import nfc


@dataclass(frozen=True, slots=True)
class Accused:
    """One person of the roster to be kept from an entry. `start` and `end` are positions in `nfc(text)`.

    `how` says what found them: full_name, short_name, given_name, initials, title, area, desk; or family,
    where a relative of theirs is blamed and they are only in doubt. `blamed` is true where words of blame
    stand beside the person, false where nothing speaks for or against.
    """

    person_id: str
    words: str
    start: int
    end: int
    how: str
    blamed: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What the text says of one mention of ours."""

    mention: Mention
    words: str
    start: int
    end: int
    accused: bool
    blamed: bool = False  # words of blame stand beside
    misconduct: bool = False  # and they speak of a breach of law or an abuse of the post
    vague: bool = False  # not accused only because the words may mean an office rather than a person


def find_accused(text: str, roster: Roster) -> tuple[Accused, ...]:
    """Staff of `roster` whom `text` blames, or may blame, in the order they are named; each person once.

    The strongest mention of a person is the one kept: blamed before not, in person before by family.
    """
    best: dict[str, Accused] = {}
    for finding in weigh(text, roster):
        if not finding.accused:
            continue
        for accused in _accused_of(finding):
            kept = best.get(accused.person_id)
            if kept is None or _strength(accused) > _strength(kept):
                best[accused.person_id] = accused
    return tuple(sorted(best.values(), key=lambda accused: (accused.start, accused.person_id)))


def _accused_of(finding: Finding) -> list[Accused]:
    mention = finding.mention
    how = "family" if mention.family else mention.how
    return [
        Accused(holder.person.id, finding.words, finding.start, finding.end, how, finding.blamed)
        for holder in mention.holders
    ]


def _strength(accused: Accused) -> tuple[bool, bool]:
    return accused.how != "family", accused.blamed


def weigh(text: str, roster: Roster) -> tuple[Finding, ...]:
    """Every mention of staff in `text`, accused or not, with what is said of it."""
    tokens = tokenize(nfc(text))
    mentions = mentions_in(tokens, directory_of(roster))
    if not any(mention.ours for mention in mentions):
        return ()
    reader = _Reader(tokens, mentions)
    return tuple(reader.finding(place) for place, mention in enumerate(mentions) if mention.ours)


@dataclass(frozen=True, slots=True)
class _Said:
    """Kinds of words found in a stretch of text; a negated reproach counts as praise and the reverse."""

    misconduct: bool = False
    blame: bool = False
    praise: bool = False
    refusal: bool = False  # blame that begins with a negation: "không trả lời"
    forbidden: bool = False  # "đừng bao che": asked to stop what they do

    @property
    def bad(self) -> bool:
        return self.misconduct or self.blame


@dataclass(frozen=True, slots=True)
class _Verdict:
    accused: bool
    blamed: bool = False
    misconduct: bool = False
    told: bool = False  # let off only if somebody else is blamed: told of it, saw it, helped
    thanked: bool = False  # let off because praised or cleared
    vague: bool = False  # let off because an office, not a person, is named


_LET_OFF = _Verdict(accused=False)
_TOLD = _Verdict(accused=False, told=True)
_VAGUE = _Verdict(accused=False, vague=True)
_THANKED = _Verdict(accused=False, thanked=True)
_IN_DOUBT = _Verdict(accused=True)

# Words between a cue and the person: "mong *các đồng chí* lãnh đạo", "phản ánh *về* anh Tuấn".
_LEAD_FILLERS = frozenset(
    "cac quy nhung may cho toi den len voi la cua dong chi ngai vi ca co phia ben tan luon cai mot ve vao "
    "nguoi ban chinh va rieng truoc hai ba tat nay kia boi do nha phai".split()
)
# Words between a person and what they did: "chị Hoa *đã* giúp".
_TRAIL_FILLERS = frozenset("da co cung thi lai se moi ngoi dung o do nguoi hay nen nho phai ra den cho hom thay con".split())
# After an addressee these begin what the addressee then did.
_REBOUND = frozenset("thi ma nhung xong roi van lai bi".split())
_SENDER_WORDS = frozenset("toi em chau con chung minh gia hom".split())
_STOP = frozenset("dung thoi cham".split())
# A bare "ông", "bà" before these is the subject of a new statement: "bà đều lảng".
_PREDICATE = frozenset("deu van cu lai cung chi khong chua da bao noi dang toan cuoi quat".split())
# Before a pronoun that suffers or owns rather than acts: "dạy bảo lại cho anh ấy".
_OBJECT_OF = frozenset("cho voi cua nhac goi gap hoi nho bao den gui de tren duoc vo con nha".split())
_PRONOUN_AFTER = frozenset("ay ta nay do day kia".split())
# "anh bạn", "bà nội", "chị em": kin words that mean somebody else.
_NOT_PRONOUN = frozenset("noi ngoai ban trai gai em con chi re dau ho hang ruot toi cu anh ba vo chong lon hai".split())
_POLITE = frozenset("xem xet cho giup giai chi quan co hay vui lam nen som tra kiem dieu nghe hieu thong a oi".split())
_VICTIM = frozenset("quat mang chui danh tat dam gat nat hanh duoi chui_boi lang nhuc xuc".split())
_REPORTED = frozenset("bao noi ke biet rang la".split())
_RHETORICAL = frozenset({("co", "biet"), ("o", "dau"), ("dau", "roi"), ("biet", "khong"), ("nghi", "sao")})


def _gender_of(mention: Mention) -> str:
    if mention.gender:
        return mention.gender
    genders = {holder.gender for holder in mention.holders}
    return genders.pop() if len(genders) == 1 else ""


class _Reader:
    """One text with its mentions and the cue words around them."""

    def __init__(self, tokens: Tokens, mentions: Sequence[Mention]) -> None:
        self.tokens = tokens
        self.mentions = mentions
        self.conduct = cues.CONDUCT.find(tokens)
        self.leads = cues.LEAD.by_end(tokens)
        first = [self._verdict(place) for place in range(len(mentions))]
        self._somebody_blamed = any(v.blamed and m.ours for m, v in zip(mentions, first, strict=True))
        self._accused = sum(verdict.accused for verdict in first)
        self._thanked = {m.holders for m, verdict in zip(mentions, first, strict=True) if verdict.thanked}
        self.verdicts = [
            self._second_look(place, verdict) if mentions[place].ours else verdict
            for place, verdict in enumerate(first)
        ]

    def finding(self, place: int) -> Finding:
        mention, verdict, tokens = self.mentions[place], self.verdicts[place], self.tokens
        words = tokens.words(mention.start, mention.end)
        start, end = tokens.starts[mention.start], tokens.ends[mention.end - 1]
        return Finding(mention, words, start, end, verdict.accused, verdict.blamed, verdict.misconduct, verdict.vague)

    # --- where the words about a mention are ---

    def _joined_to_next(self, place: int) -> bool:
        """Whether the next mention belongs to the same list: "anh Tuấn và chị Hoa", "A, B"."""
        if place + 1 >= len(self.mentions):
            return False
        start, end = self.mentions[place].end, self.mentions[place + 1].start
        if start > end or any(self.tokens.breaks[at] == SENTENCE for at in range(start, end + 1)):
            return False
        between = self.tokens.folds[start:end]
        linked = between or self.tokens.breaks[end] == COMMA
        return bool(linked) and all(fold in cues.AND_WORDS for fold in between)

    def _trail(self, place: int) -> tuple[int, int]:
        """Words after the mention up to the next one or the end of the sentence; a list shares its last's."""
        while self._joined_to_next(place):
            place += 1
        mention = self.mentions[place]
        end = self.tokens.sentence_end(mention.end - 1)
        if place + 1 < len(self.mentions):
            end = min(end, self.mentions[place + 1].start)
        return mention.end, max(mention.end, end)

    def _lead(self, place: int) -> Hit | None:
        """The cue right before the mention, or before the list it stands in."""
        start = self.mentions[place].start
        for skipped in range(4):
            at = start - skipped
            hit = self.leads.get(at)
            if hit and (hit.label == cues.REQUEST or not self._crosses(at, start)):
                return hit
            if at <= 0 or self.tokens.breaks[at] == SENTENCE or self.tokens.folds[at - 1] not in _LEAD_FILLERS:
                break
        inherited = self._lead(place - 1) if place and self._listed_with(place - 1) else None
        return inherited or self._salutation(start)

    def _crosses(self, first: int, last: int) -> bool:
        return any(self.tokens.breaks[at] != NO_BREAK for at in range(first, last + 1))

    def _salutation(self, start: int) -> Hit | None:
        """"Kính gửi: …" holds to the end of its line or to the first word of the sender."""
        first = self.tokens.sentence_start(start)
        hit = cues.LEAD.match(self.tokens, first)
        if hit is None or hit.label != cues.REQUEST or self.tokens.folds[first] != "kinh":
            return None
        return None if _SENDER_WORDS & set(self.tokens.folds[first:start]) else hit

    def _listed_with(self, place: int) -> bool:
        """Whether the next mention stands in one list with this one, rather than beginning a new statement."""
        if not self._joined_to_next(place):
            return False
        following = self.mentions[place + 1]
        linked = following.start > self.mentions[place].end
        titles = following.how == "title" and self.mentions[place].how == "title"
        alone = titles or following.end >= len(self.tokens) or self.tokens.breaks[following.end] != NO_BREAK
        return linked or alone or self._joined_to_next(place + 1)

    def _clause_before(self, place: int) -> tuple[int, int]:
        """Words of the clause before the mention, if no other mention stands in them."""
        while place and self._joined_to_next(place - 1):
            place -= 1
        start = at = self.mentions[place].start
        floor = self.mentions[place - 1].end if place else 0
        while at > floor and self.tokens.breaks[at] == NO_BREAK:
            at -= 1
        shared = bool(place) and at <= floor and self.tokens.breaks[at] == NO_BREAK
        return (start, start) if shared else (at, start)

    # --- what they say ---

    def _said(self, start: int, end: int) -> _Said:
        hits = [hit for hit in self.conduct if start <= hit.start and hit.end <= end]
        flags = {"misconduct": False, "blame": False, "praise": False, "refusal": False, "forbidden": False}
        for index, hit in enumerate(hits):
            if hit.label not in (cues.MISCONDUCT, cues.BLAME, cues.PRAISE):
                continue
            negated = self._negation(hits[index - 1] if index else None, hit)
            if negated == "stop" and hit.label != cues.PRAISE:
                flags["forbidden"] = True
            elif negated:
                flags["blame" if hit.label == cues.PRAISE else "praise"] = True
            else:
                flags[hit.label] = True
                refused = self.tokens.folds[hit.start] in ("khong", "chua", "chang", "cha")
                flags["refusal"] |= hit.label == cues.BLAME and refused
        return _Said(**flags)

    def _negation(self, before: Hit | None, hit: Hit) -> str:
        if before is None or before.label != cues.NOT or hit.start - before.end > 1:
            return ""
        return "stop" if self.tokens.folds[before.start] in _STOP else "not"

    def _content_start(self, start: int, end: int) -> int:
        """Where the words stop being about the listener and become what was told or asked."""
        for at in range(start, end):
            if cues.CONTENTS.match(self.tokens, at):
                return at
        return end

    def _opening(self, start: int, end: int) -> Hit | None:
        """A cue of TRAIL at the beginning of the words after a mention."""
        for at in range(start, min(end, start + 4)):
            hit = cues.TRAIL.match(self.tokens, at)
            if hit:
                return hit
            if self.tokens.folds[at] not in _TRAIL_FILLERS:
                break
        return None

    # --- the verdict ---

    def _verdict(self, place: int) -> _Verdict:
        lead = self._lead(place)
        label = lead.label if lead else ""
        start, end = self._trail(place)
        if label == cues.CLEAR:
            return _THANKED
        if label in (cues.REQUEST, cues.TELL) or self._is_spoken_to(place, lead):
            return self._as_addressee(place, label)
        said = self._said(start, end)
        if label == cues.PASSIVE and (said.praise and not said.bad or self._is_bystander(place, label, said)):
            return _TOLD
        if label in (cues.CHARGE, cues.ACT, cues.GAVE, cues.PASSIVE):
            return _Verdict(True, True, said.misconduct or label == cues.GAVE)
        if self._is_victim(place, said):
            return _LET_OFF
        if self._is_bystander(place, label, said):
            return _TOLD
        return self._by_conduct(place, said)

    def _by_conduct(self, place: int, said: _Said) -> _Verdict:
        before = self._said(*self._clause_before(place))
        if said.bad or said.forbidden:
            return _Verdict(True, True, said.misconduct)
        if said.praise or (before.praise and not before.bad):
            return _THANKED
        if before.bad:
            return _Verdict(True, True, before.misconduct)
        return _IN_DOUBT if self._is_firm(place) else _VAGUE

    def _is_firm(self, place: int) -> bool:
        """Whether the words surely mean a person, by themselves or by the list they stand in."""
        if self.mentions[place].firm:
            return True
        return bool(place) and self._joined_to_next(place - 1) and self.mentions[place - 1].firm

    def _as_addressee(self, place: int, label: str) -> _Verdict:
        start = self.mentions[place].end
        end = self._own_end(place)
        opening = self._opening(start, end)
        corrected = opening is not None and opening.label == cues.CORRECT
        if corrected or self._said(start, end).forbidden:
            return _Verdict(True, True, self._said(start, end).misconduct)
        about = self._said(start, self._content_start(start, end))
        if about.bad and (self._rebounds(start, end) or (label == cues.TELL and about.refusal)):
            return _Verdict(True, True, about.misconduct)
        return _TOLD if label == cues.TELL else _LET_OFF

    def _is_spoken_to(self, place: int, lead: Hit | None) -> bool:
        """"chủ tịch ơi", "phản ánh chủ tịch việc chị Hoa …"."""
        start, end = self._trail(place)
        opening = self._opening(start, min(end, start + 1))
        if self.mentions[place].leads and opening is not None and opening.label == cues.CALLED:
            return True
        reported = lead is not None and lead.label == cues.CHARGE and self.tokens.folds[lead.start] == "phan"
        return reported and self._content_start(start, end) == start and self._next_in_sentence(place)

    def _own_end(self, place: int) -> int:
        """End of what is said to this addressee: a list of addressees shares no reproach."""
        mention = self.mentions[place]
        end = self.tokens.sentence_end(mention.end - 1)
        if place + 1 < len(self.mentions):
            end = min(end, self.mentions[place + 1].start)
        return max(mention.end, end)

    def _rebounds(self, start: int, end: int) -> bool:
        """"báo chủ tịch *mà* không giải quyết": the rest tells what the listener then did."""
        stop = self._content_start(start, end)
        return any(self.tokens.folds[at] in _REBOUND for at in range(start, stop))

    def _is_bystander(self, place: int, label: str, said: _Said) -> bool:
        start, end = self._trail(place)
        opening = self._opening(start, end)
        if opening and opening.label == cues.WITNESS and (not said.bad or self._next_in_sentence(place)):
            return True
        return label == cues.HELPED and not said.bad

    def _next_in_sentence(self, place: int) -> bool:
        if place + 1 >= len(self.mentions):
            return False
        return self.mentions[place + 1].start < self.tokens.sentence_end(self.mentions[place].end - 1)

    def _is_victim(self, place: int, said: _Said) -> bool:
        """"ông Pánh chửi chị Mai": the one shouted at by somebody named before."""
        start = self.mentions[place].start
        if said.bad or not place or self.tokens.breaks[start]:
            return False
        struck = any(hit.end == start and self.tokens.folds[hit.start] in _VICTIM for hit in self.conduct)
        return struck and self.mentions[place - 1].end >= self.tokens.sentence_start(start)

    # --- a second look, once it is known who else is blamed ---

    def _second_look(self, place: int, verdict: _Verdict) -> _Verdict:
        if not verdict.accused:
            alone = verdict.told and not self._accused  # staff is blamed, and nobody else is in sight
            return self._by_pronoun(place) or (_IN_DOUBT if alone else verdict)
        if not verdict.blamed and self.mentions[place].holders in self._thanked:
            return _LET_OFF
        if verdict.blamed or self._accused < 2:
            return verdict
        mention = self.mentions[place]
        if mention.how == "area" and mention.start == mention.core:
            return _LET_OFF  # an office named in passing, while somebody is accused
        lead = self._lead(place)
        passing = lead is not None and lead.label in (cues.MET, cues.MOMENT)
        if self._somebody_blamed and (passing or self._only_reports(place) or self._is_rhetorical(place)):
            return _LET_OFF
        return _LET_OFF if passing and self.mentions[place].leads else verdict

    def _only_reports(self, place: int) -> bool:
        """"chị Hoa bảo anh Tuấn đòi tiền", "giám đốc nói sẽ xử lý cô Thúy": said of the other."""
        start, end = self._trail(place)
        if not self._next_in_sentence(place):
            return False
        told = 0 < end - start <= 3 and self.tokens.folds[end - 1] in _REPORTED
        lead = self.leads.get(self.mentions[place + 1].start)
        return told or (lead is not None and lead.label == cues.ACT)

    def _is_rhetorical(self, place: int) -> bool:
        """"chủ tịch có biết không?" in a text that blames somebody else."""
        start, end = self._trail(place)
        folds = self.tokens.folds[start:end]
        return self.mentions[place].leads and any(pair in _RHETORICAL for pair in zip(folds, folds[1:], strict=False))

    def _by_pronoun(self, place: int) -> _Verdict | None:
        """Blame on "ông ấy", or a bare "ông", after a mention that was let off."""
        mention = self.mentions[place]
        if mention.how in ("area", "desk") and not mention.gender:
            return None
        start = mention.end
        end = self.mentions[place + 1].start if place + 1 < len(self.mentions) else len(self.tokens)
        for at in range(start, end):
            if self._is_pronoun(at, _gender_of(mention)) and self._may_mean(at, place):
                said = self._said(at, min(end, self.tokens.sentence_end(at)))
                if said.bad:
                    return _Verdict(True, True, said.misconduct)
                if not said.praise and not self._is_polite(at + 1):
                    return _IN_DOUBT
        return None

    def _may_mean(self, at: int, place: int) -> bool:
        """Whether the pronoun's kin word fits this mention, and nobody else was called by it before."""
        word, tokens = self.tokens.folds[at], self.tokens
        called = [tokens.folds[m.start : m.core] for m in self.mentions[: place + 1]]
        if word in called[-1]:
            return True
        named_otherwise = any(kin_at(tokens, spot) for spot in range(self.mentions[place].start, self.mentions[place].core))
        return not named_otherwise and not any(word in words for words in called)

    def _is_polite(self, at: int) -> bool:
        """"ông xem giúp": the pronoun repeats the request."""
        return at < len(self.tokens) and self.tokens.folds[at] in _POLITE

    def _is_pronoun(self, at: int, gender: str) -> bool:
        kin = kin_at(self.tokens, at)
        after = self.tokens.folds[at + 1] if at + 1 < len(self.tokens) else ""
        if kin is None or len(self.tokens.keys[at]) == 1 or (gender and kin and kin != gender):
            return False
        before = self.tokens.folds[at - 1] if at else ""
        if before in _OBJECT_OF and not self.tokens.breaks[at]:
            return False
        if after in _PRONOUN_AFTER:
            return True
        if self.tokens.folds[at] not in ("ong", "ba", "anh", "chi") or after in _NOT_PRONOUN:
            return False
        if gender and kin == gender and after in _PREDICATE:
            return True
        return self.tokens.breaks[at] != NO_BREAK or before in _REBOUND
