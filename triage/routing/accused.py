"""Who is accused: the mentions of a text that carry its blame (pure).

In doubt a person counts as accused. To be kept from a case by mistake costs a colleague's time; to be let
into a case against oneself costs the citizen's trust. So every rule below lets somebody off only on clear
words: addressed, thanked, cleared, a witness, a helper.
"""

from dataclasses import dataclass
from itertools import pairwise

from triage.routing import cues
from triage.routing.mentions import Mention, mentions_in
from triage.routing.named import kin_at
from triage.routing.phrases import Hit, word_set
from triage.routing.posts import directory_of
from triage.routing.roster import Roster
from triage.routing.surroundings import Said, Surroundings
from triage.routing.tokens import NO_BREAK, tokenize
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
    judge = _Judge(Surroundings(tokens, mentions))
    return tuple(judge.finding(place) for place, mention in enumerate(mentions) if mention.ours)


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

# After an addressee these begin what the addressee then did.
_REBOUND = word_set("thi ma nhung xong roi van lai bi")
# A bare "ông", "bà" before these is the subject of a new statement: "bà đều lảng".
_PREDICATE = word_set("deu van cu lai cung chi khong chua da bao noi dang toan cuoi quat")
# Before a pronoun that suffers or owns rather than acts: "dạy bảo lại cho anh ấy".
_OBJECT_OF = word_set(
    """
        cho voi cua nhac goi gap hoi nho bao den gui de tren duoc vo con nha
    """
)
_PRONOUN_AFTER = word_set("ay ta nay do day kia")
# "anh bạn", "bà nội", "chị em": kin words that mean somebody else.
_NOT_PRONOUN = word_set(
    """
        noi ngoai ban trai gai em con chi re dau ho hang ruot toi cu anh ba vo chong lon hai
    """
)
# After a pronoun that repeats a request: "ông xem giúp".
_POLITE = word_set(
    """
        xem xet cho giup giai chi quan co hay vui lam nen som tra kiem dieu nghe hieu thong a oi
    """
)
_BLOWS = word_set("quat mang chui danh tat dam gat nat hanh duoi lang nhuc xuc")
_REPORTED = word_set("bao noi ke biet rang la")
_RHETORICAL = frozenset({("co", "biet"), ("o", "dau"), ("dau", "roi"), ("biet", "khong"), ("nghi", "sao")})


def _gender_of(mention: Mention) -> str:
    if mention.gender:
        return mention.gender
    genders = {holder.gender for holder in mention.holders}
    return genders.pop() if len(genders) == 1 else ""


class _Judge:
    """The verdict on each mention: first by what stands around it, then by who else is blamed."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.tokens = around.tokens
        self.mentions = around.mentions
        first = [self._verdict(place) for place in range(len(self.mentions))]
        pairs = list(zip(self.mentions, first, strict=True))
        self._somebody_blamed = any(verdict.blamed and mention.ours for mention, verdict in pairs)
        self._accused = sum(verdict.accused for verdict in first)
        self._thanked = {mention.holders for mention, verdict in pairs if verdict.thanked}
        self.verdicts = [
            self._second_look(place, verdict) if mention.ours else verdict
            for place, (mention, verdict) in enumerate(pairs)
        ]

    def finding(self, place: int) -> Finding:
        """What was decided of one mention, with its words and where they stand."""
        mention, verdict, tokens = self.mentions[place], self.verdicts[place], self.tokens
        return Finding(
            mention=mention,
            words=tokens.words(mention.start, mention.end),
            start=tokens.starts[mention.start],
            end=tokens.ends[mention.end - 1],
            accused=verdict.accused,
            blamed=verdict.blamed,
            misconduct=verdict.misconduct,
            vague=verdict.vague,
        )

    # --- the verdict ---

    def _verdict(self, place: int) -> _Verdict:
        lead = self.around.lead(place)
        label = lead.label if lead else ""
        start, end = self.around.trail(place)
        if label == cues.CLEAR:
            return _THANKED
        if label in (cues.REQUEST, cues.TELL) or self._is_spoken_to(place, lead):
            return self._as_addressee(place, label)
        said = self.around.said(start, end)
        if label == cues.PASSIVE and ((said.praise and not said.bad) or self._is_bystander(place, label, said)):
            return _TOLD
        if label in (cues.CHARGE, cues.ACT, cues.GAVE, cues.PASSIVE):
            return _Verdict(True, True, said.misconduct or label == cues.GAVE)
        if self._is_victim(place, said):
            return _LET_OFF
        if self._is_bystander(place, label, said):
            return _TOLD
        return self._by_conduct(place, said)

    def _by_conduct(self, place: int, said: Said) -> _Verdict:
        before = self.around.said(*self.around.clause_before(place))
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
        return bool(place) and self.around.joined_to_next(place - 1) and self.mentions[place - 1].firm

    def _as_addressee(self, place: int, label: str) -> _Verdict:
        start = self.mentions[place].end
        end = self.around.own_end(place)
        opening = self.around.opening(start, end)
        corrected = opening is not None and opening.label == cues.CORRECT
        if corrected or self.around.said(start, end).forbidden:
            return _Verdict(True, True, self.around.said(start, end).misconduct)
        about = self.around.said(start, self.around.content_start(start, end))
        if about.bad and (self._rebounds(start, end) or (label == cues.TELL and about.refusal)):
            return _Verdict(True, True, about.misconduct)
        return _TOLD if label == cues.TELL else _LET_OFF

    def _is_spoken_to(self, place: int, lead: Hit | None) -> bool:
        """As in "chủ tịch ơi", "phản ánh chủ tịch việc chị Hoa …"."""
        start, end = self.around.trail(place)
        opening = self.around.opening(start, min(end, start + 1))
        if self.mentions[place].leads and opening is not None and opening.label == cues.CALLED:
            return True
        reported = lead is not None and lead.label == cues.CHARGE and self.tokens.folds[lead.start] == "phan"
        return reported and self.around.content_start(start, end) == start and self.around.next_in_sentence(place)

    def _rebounds(self, start: int, end: int) -> bool:
        """As in "báo chủ tịch *mà* không giải quyết": the rest tells what the listener then did."""
        stop = self.around.content_start(start, end)
        return any(self.tokens.folds[at] in _REBOUND for at in range(start, stop))

    def _is_bystander(self, place: int, label: str, said: Said) -> bool:
        start, end = self.around.trail(place)
        opening = self.around.opening(start, end)
        if opening and opening.label == cues.WITNESS and (not said.bad or self.around.next_in_sentence(place)):
            return True
        # "được" alone may also bring permission or an order: "phải được ông chủ tịch gật đầu".
        if label == cues.HELPED and not said.bad:
            return self.tokens.folds[self.mentions[place].start - 1] != "duoc" or said.praise
        return False

    def _is_victim(self, place: int, said: Said) -> bool:
        """As in "ông Pánh chửi chị Mai": the one shouted at by somebody named before."""
        start = self.mentions[place].start
        if said.bad or not place or self.tokens.breaks[start]:
            return False
        struck = any(hit.end == start and self.tokens.folds[hit.start] in _BLOWS for hit in self.around.conduct)
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
        lead = self.around.lead(place)
        passing = lead is not None and lead.label in (cues.MET, cues.MOMENT)
        if self._somebody_blamed and (passing or self._only_reports(place) or self._is_rhetorical(place)):
            return self._by_pronoun(place) or _LET_OFF
        return verdict

    def _only_reports(self, place: int) -> bool:
        """As in "chị Hoa bảo anh Tuấn đòi tiền", "giám đốc nói sẽ xử lý cô Thúy": said of the other."""
        start, end = self.around.trail(place)
        if not self.around.next_in_sentence(place):
            return False
        told = 0 < end - start <= 3 and self.tokens.folds[end - 1] in _REPORTED
        lead = self.around.leads.get(self.mentions[place + 1].start)
        return told or (lead is not None and lead.label == cues.ACT)

    def _is_rhetorical(self, place: int) -> bool:
        """As in "chủ tịch có biết không?" in a text that blames somebody else."""
        start, end = self.around.trail(place)
        folds = self.tokens.folds[start:end]
        return self.mentions[place].leads and any(pair in _RHETORICAL for pair in pairwise(folds))

    def _by_pronoun(self, place: int) -> _Verdict | None:
        """Blame on "ông ấy", or a bare "ông", after a mention that was let off."""
        mention = self.mentions[place]
        if mention.how in ("area", "desk") and not mention.gender:
            return None
        start = mention.end
        end = self.mentions[place + 1].start if place + 1 < len(self.mentions) else len(self.tokens)
        for at in range(start, end):
            if self._is_pronoun(at, _gender_of(mention)) and self._may_mean(at, place):
                said = self.around.said(at, min(end, self.tokens.sentence_end(at)))
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
        named_otherwise = any(
            kin_at(tokens, spot) for spot in range(self.mentions[place].start, self.mentions[place].core)
        )
        return not named_otherwise and not any(word in words for words in called)

    def _is_polite(self, at: int) -> bool:
        """As in "ông xem giúp": the pronoun repeats the request."""
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
