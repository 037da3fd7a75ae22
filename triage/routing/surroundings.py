"""What stands around each mention of a text: cues before, conduct after, lists, sentences (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass

from triage.routing import cues
from triage.routing.mentions import Mention
from triage.routing.phrases import Hit, word_set
from triage.routing.tokens import COMMA, NO_BREAK, SENTENCE, Tokens

# Words between a cue and the person: "mong *các đồng chí* lãnh đạo", "phản ánh *về* anh Tuấn".
_LEAD_FILLERS = word_set(
    """
        cac quy nhung may cho toi den len voi la cua dong chi ngai vi ca co phia ben tan luon cai
        mot ve vao nguoi ban chinh va rieng truoc hai ba tat nay kia boi do nha phai
    """
)
# Words between a person and what they did: "chị Hoa *đã* giúp".
_TRAIL_FILLERS = word_set(
    """
        da co cung thi lai se moi ngoi dung o do nguoi hay nen nho phai ra den cho hom thay con
    """
)
_SENDER_WORDS = word_set("toi em chau con chung minh gia hom")
_STOP = word_set("dung thoi cham")
_REFUSALS = word_set("khong chua chang cha")


@dataclass(frozen=True, slots=True)
class Said:
    """Kinds of words found in a stretch of text; a negated reproach counts as praise and the reverse."""

    misconduct: bool = False
    blame: bool = False
    praise: bool = False
    refusal: bool = False  # blame that begins with a negation: "không trả lời"
    forbidden: bool = False  # "đừng bao che": asked to stop what they do

    @property
    def bad(self) -> bool:
        return self.misconduct or self.blame


class Surroundings:
    """One text with its mentions and the cue words around them. `place` is the number of a mention."""

    def __init__(self, tokens: Tokens, mentions: Sequence[Mention]) -> None:
        self.tokens = tokens
        self.mentions = mentions
        self.conduct = cues.CONDUCT.find(tokens)
        self.leads = cues.LEAD.by_end(tokens)

    # --- where the words about a mention are ---

    def joined_to_next(self, place: int) -> bool:
        """Whether the next mention belongs to the same list: "anh Tuấn và chị Hoa", "A, B"."""
        if place + 1 >= len(self.mentions):
            return False
        start, end = self.mentions[place].end, self.mentions[place + 1].start
        if start > end or any(self.tokens.breaks[at] == SENTENCE for at in range(start, end + 1)):
            return False
        between = self.tokens.folds[start:end]
        linked = between or self.tokens.breaks[end] == COMMA
        return bool(linked) and all(fold in cues.AND_WORDS for fold in between)

    def trail(self, place: int) -> tuple[int, int]:
        """Words after the mention up to the next one or the end of the sentence; a list shares its last's."""
        while self.joined_to_next(place):
            place += 1
        mention = self.mentions[place]
        end = self.tokens.sentence_end(mention.end - 1)
        if place + 1 < len(self.mentions):
            end = min(end, self.mentions[place + 1].start)
        return mention.end, max(mention.end, end)

    def lead(self, place: int) -> Hit | None:
        """The cue right before the mention, or before the list it stands in."""
        start = self.mentions[place].start
        for skipped in range(4):
            at = start - skipped
            hit = self.leads.get(at)
            if hit and (hit.label == cues.REQUEST or not self._crosses(at, start)):
                return hit
            if at <= 0 or self.tokens.breaks[at] == SENTENCE or self.tokens.folds[at - 1] not in _LEAD_FILLERS:
                break
        inherited = self.lead(place - 1) if place and self._listed_with(place - 1) else None
        return inherited or self._salutation(start)

    def _crosses(self, first: int, last: int) -> bool:
        return any(self.tokens.breaks[at] != NO_BREAK for at in range(first, last + 1))

    def _salutation(self, start: int) -> Hit | None:
        """As in "Kính gửi: …" holds to the end of its line or to the first word of the sender."""
        first = self.tokens.sentence_start(start)
        hit = cues.LEAD.match(self.tokens, first)
        if hit is None or hit.label != cues.REQUEST or self.tokens.folds[first] != "kinh":
            return None
        return None if _SENDER_WORDS & set(self.tokens.folds[first:start]) else hit

    def _listed_with(self, place: int) -> bool:
        """Whether the next mention stands in one list with this one, and begins no new statement."""
        if not self.joined_to_next(place):
            return False
        following = self.mentions[place + 1]
        linked = following.start > self.mentions[place].end
        titles = following.how == "title" and self.mentions[place].how == "title"
        alone = titles or following.end >= len(self.tokens) or self.tokens.breaks[following.end] != NO_BREAK
        return linked or alone or self.joined_to_next(place + 1)

    def clause_before(self, place: int) -> tuple[int, int]:
        """Words of the clause before the mention, if no other mention stands in them."""
        while place and self.joined_to_next(place - 1):
            place -= 1
        start = at = self.mentions[place].start
        floor = self.mentions[place - 1].end if place else 0
        while at > floor and self.tokens.breaks[at] == NO_BREAK:
            at -= 1
        shared = bool(place) and at <= floor and self.tokens.breaks[at] == NO_BREAK
        return (start, start) if shared else (at, start)

    def own_end(self, place: int) -> int:
        """End of what is said to this addressee: a list of addressees shares no reproach."""
        mention = self.mentions[place]
        end = self.tokens.sentence_end(mention.end - 1)
        if place + 1 < len(self.mentions):
            end = min(end, self.mentions[place + 1].start)
        return max(mention.end, end)

    def next_in_sentence(self, place: int) -> bool:
        if place + 1 >= len(self.mentions):
            return False
        return self.mentions[place + 1].start < self.tokens.sentence_end(self.mentions[place].end - 1)

    # --- what the words say ---

    def said(self, start: int, end: int) -> Said:
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
        return Said(**flags)

    def _negation(self, before: Hit | None, hit: Hit) -> str:
        if before is None or before.label != cues.NOT or hit.start - before.end > 1:
            return ""
        return "stop" if self.tokens.folds[before.start] in _STOP else "not"

    def content_start(self, start: int, end: int) -> int:
        """Where the words stop being about the listener and become what was told or asked."""
        for at in range(start, end):
            if cues.CONTENTS.match(self.tokens, at):
                return at
        return end

    def opening(self, start: int, end: int) -> Hit | None:
        """A cue of TRAIL at the beginning of the words after a mention."""
        for at in range(start, min(end, start + 4)):
            hit = cues.TRAIL.match(self.tokens, at)
            if hit:
                return hit
            if self.tokens.folds[at] not in _TRAIL_FILLERS:
                break
        return None
