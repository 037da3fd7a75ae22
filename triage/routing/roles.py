"""What part each mention of a person plays in a text, as features that a learned scorer weighs (pure).

A reader looks at the words before and after a person, at what is said in the next sentence of "anh ấy", and at
who else is there. Words stand without marks, so a text typed without diacritics looks almost the same.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, sqrt, tanh
from pathlib import Path

from triage.routing import cues
from triage.routing.mentions import Mention
from triage.routing.named import kin_at
from triage.routing.phrases import Hit
from triage.routing.tokens import COMMA, NO_BREAK, SENTENCE, Tokens
from triage.routing.tone import Tone, Voice, default_voice

Features = dict[str, float]

_BEFORE, _AFTER, _FAR, _NEXT = 10, 18, 6, 20
"""Words looked at before a mention, after it, of these at full weight, and in the sentences that follow."""

_LENGTH = 5.0
"""Length to which the words around a mention are scaled."""

WEIGHTS = Path(__file__).with_name("roles.json")
_CONDUCT = (cues.MISCONDUCT, cues.BLAME, cues.PRAISE)
_DENYING = frozenset({"khong", "chua", "chang", "bi", "don", "muon"})
_POINTING = frozenset({"ay", "ta", "nay", "do", "kia", "day"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is said in a stretch of text; a negated reproach counts as praise and the reverse."""

    misconduct: bool = False
    blame: bool = False
    praise: bool = False

    @property
    def bad(self) -> bool:
        """Whether anything in it is a reproach."""
        return self.misconduct or self.blame


_LONGEST_HEADING = 6
"""Words between "tố cáo" and the colon of a list."""


class Scene:
    """The words of one entry, the mentions in it, and where its sentences and telling phrases are."""

    def __init__(self, tokens: Tokens, mentions: Sequence[Mention], voice: Voice | None = None) -> None:
        self.tokens = tokens
        self.mentions = mentions
        self.tone = Tone(tokens, mentions, voice or default_voice())
        self._groups = _Groups(mentions)
        self._start, self._end = _sentences(tokens)
        self._headings = self._lists_of_denounced()
        self._list_end = self._ends_of_lists()
        self._list_start = self._starts_of_lists()
        hits = cues.CONDUCT.find(tokens)
        self._conduct: dict[int, tuple[Hit, Hit | None]] = {
            hit.start: (hit, before) for hit, before in zip(hits, [None, *hits], strict=False)
        }
        self._leads = cues.LEAD.by_end(tokens)
        self._pronouns = self._followed_by_pronouns()
        told = {hit.label for hit in hits if hit.label in _CONDUCT}
        self._in_all = {f"text:{label}": 1.0 for label in told}

    def features(self, place: int) -> Features:
        """Everything about one mention that may tell its part."""
        found: Features = {}
        self._about_itself(place, found)
        self._about_others(place, found)
        self._what_is_said(place, found)
        words: Features = {}
        self._words_before(place, words)
        self._words_after(place, words)
        return found | _scaled(words)

    def tells_misconduct(self, place: int) -> bool:
        """Whether a breach of law or an abuse of the post is told right beside the mention."""
        return self.said(self.after(place)).misconduct or self._lead(place) == cues.GAVE

    def turned_upon(self, place: int) -> bool:
        """As in "Kính gửi ông Chủ tịch. Ông bao che": addressed first, and then blamed by the same kin word."""
        return self._carried_on(place) and self.said(self.following(place)).bad

    def only_addressed(self, place: int) -> bool:
        """As in "Kính gửi ông Chủ tịch, cán bộ hẹn mãi không làm": the next words begin to tell of somebody else."""
        end = self.mentions[place].end
        told = place + 1 < len(self.mentions) and self.mentions[place + 1].start - end <= 1
        return told and self.tokens.breaks[end] != NO_BREAK and self._lead(place) == cues.REQUEST

    def denounced(self, place: int) -> bool:
        """As in "tôi tố cáo ông Tuấn, Chủ tịch xã và ông Anh": named by whoever denounces, alone or in a list."""
        start = self.mentions[self._list_start[place]].start
        said = self.tokens.folds[max(0, start - 3) : start]
        told = said[-2:] == ("to", "cao") and said[0] not in _DENYING
        return (told and not any(self.tokens.breaks[start - 1 : start + 1])) or self._listed_as_denounced(place)

    def _listed_as_denounced(self, place: int) -> bool:
        """As in "tố cáo cả ê kíp: anh Tuấn ký khống, ông Nghị xác nhận": an item of the list after the colon."""
        start = self.mentions[place].start
        heading = self._headings.get(self._start[start])
        return heading is not None and start >= heading and self.tokens.breaks[start] != NO_BREAK

    def _lists_of_denounced(self) -> dict[int, int]:
        """By the first word of a sentence that denounces a list: the first word after its colon."""
        tokens = self.tokens
        found: dict[int, int] = {}
        for at in range(1, len(tokens) - 2):
            if tokens.folds[at : at + 2] == ("to", "cao") and tokens.folds[at - 1] not in _DENYING:
                ends = range(at + 2, min(len(tokens), at + 3 + _LONGEST_HEADING))
                colons = (end for end in ends if ":" in tokens.text[tokens.ends[end - 1] : tokens.starts[end]])
                if (first := next(colons, None)) is not None:
                    found.setdefault(self._start[at], first)
        return found

    # --- where things stand ---

    def before(self, place: int) -> tuple[int, int]:
        """Words of the sentence before the mention, after the one before."""
        start = self.mentions[place].start
        floor = self.mentions[place - 1].end if place else 0
        return min(start, max(self._start[start], floor, start - _BEFORE)), start

    def after(self, place: int) -> tuple[int, int]:
        """Words after the mention up to the next one or the end of the sentence; a list shares its last's."""
        place = self._list_end[place]
        end = self.mentions[place].end
        return end, max(end, min(self._end[end - 1], self._next(place), end + _AFTER))

    def following(self, place: int) -> tuple[int, int]:
        """Words of the sentences after the mention's own, up to the next mention."""
        start = self._end[self.mentions[place].end - 1]
        return start, max(start, min(self._next(place), start + _NEXT))

    def rest(self, place: int) -> tuple[int, int]:
        """Words of the sentence after the next mention: what may be said of both."""
        start, end = self._next(place), self._end[self.mentions[place].end - 1]
        return start, max(start, min(end, start + _NEXT))

    def said(self, span: tuple[int, int]) -> Stretch:
        """The conduct told in a stretch."""
        flags = {label: False for label in _CONDUCT}
        for at in range(*span):
            hit, before = self._conduct.get(at, (None, None))
            if hit is None or hit.label not in _CONDUCT or hit.end > span[1]:
                continue
            negated = before is not None and before.label == cues.NOT and hit.start - before.end <= 1
            if negated and before is not None and self.tokens.folds[before.start] not in ("dung", "thoi", "cham"):
                flags[cues.BLAME if hit.label == cues.PRAISE else cues.PRAISE] = True
            else:
                flags[hit.label] = True
        return Stretch(flags[cues.MISCONDUCT], flags[cues.BLAME], flags[cues.PRAISE])

    def _next(self, place: int) -> int:
        return self.mentions[place + 1].start if place + 1 < len(self.mentions) else len(self.tokens)

    def _joined_to_next(self, place: int) -> bool:
        """As in "chị Hoa và chị Thúy": only joining words or a comma between two mentions."""
        if place + 1 >= len(self.mentions):
            return False
        start, end = self.mentions[place].end, self.mentions[place + 1].start
        if start > end or end - start > 3 or any(self.tokens.breaks[at] == SENTENCE for at in range(start, end + 1)):
            return False
        between = self.tokens.folds[start:end]
        linked = bool(between) or self.tokens.breaks[end] == COMMA
        return linked and cues.AND_WORDS.issuperset(between)

    def _ends_of_lists(self) -> list[int]:
        """For each mention, the last one of the list it stands in."""
        ends = list(range(len(self.mentions)))
        for place in range(len(ends) - 2, -1, -1):
            if self._joined_to_next(place):
                ends[place] = ends[place + 1]
        return ends

    def _starts_of_lists(self) -> list[int]:
        """For each mention, the first one of the list it stands in."""
        starts = list(range(len(self.mentions)))
        for place in range(1, len(starts)):
            if self._joined_to_next(place - 1):
                starts[place] = starts[place - 1]
        return starts

    def _followed_by_pronouns(self) -> dict[int, list[int]]:
        """Places of pronouns ("anh ấy") by the mention they most likely carry on, others standing between."""
        found: dict[int, list[int]] = {}
        last_of: dict[str, int] = {}
        inside = {at: place for place, mention in enumerate(self.mentions) for at in range(mention.start, mention.end)}
        latest = -1
        for at, fold in enumerate(self.tokens.folds):
            if at in inside:
                latest = inside[at]
                if kin_at(self.tokens, at) is not None:
                    last_of[fold] = latest
            elif last_of.get(fold, latest) != latest and self._stands_for_somebody(at):
                found.setdefault(last_of[fold], []).append(at)
        return found

    def _carried_on(self, place: int) -> bool:
        """As in "… ông Chủ tịch. Ông bao che": the next sentence begins with the mention's own kin word."""
        mention, (start, end) = self.mentions[place], self.following(place)
        return end > start and self.tokens.folds[start] in self.tokens.folds[mention.start : mention.core]

    def _stands_for_somebody(self, at: int) -> bool:
        """As in "anh ấy", or a bare kin word at the beginning of a clause."""
        following = self.tokens.folds[at + 1 : at + 2]
        return bool(following) and (following[0] in _POINTING or self.tokens.breaks[at] != NO_BREAK)

    def _lead(self, place: int) -> str:
        """The label of the cue right before the mention, small words between left out."""
        start = self.mentions[place].start
        for at in range(start, max(start - 4, -1), -1):
            hit = self._leads.get(at)
            if hit and (hit.label == cues.REQUEST or not any(self.tokens.breaks[at : start + 1])):
                return hit.label
            if at == 0 or self.tokens.breaks[at] == SENTENCE or self.tokens.folds[at - 1] not in cues.LEAD_FILLERS:
                break
        return "none"

    # --- features ---

    def _about_itself(self, place: int, found: Features) -> None:
        mention, tokens = self.mentions[place], self.tokens
        start = self._start[mention.start]
        flags = {
            f"how={mention.how if mention.ours or mention.how != 'stranger' else 'given_name'}": True,
            "titled": mention.titled, "loose": not mention.firm, "family": mention.family, "leads": mention.leads,
            "first": place == 0, "last": place == len(self.mentions) - 1, "only": len(self.mentions) == 1,
            "again": self._groups.times(place) > 1, "starts": mention.start == start, "at the top": start == 0,
            "after comma": tokens.breaks[mention.start] == COMMA,
            "joined": self._joined_to_next(place), "joins": place > 0 and self._joined_to_next(place - 1),
            "ends": mention.end == self._end[mention.end - 1],
            "shares sentence": self._next(place) < self._end[mention.end - 1],
        }  # fmt: skip
        found.update({name: 1.0 for name, true in flags.items() if true})

    def _about_others(self, place: int, found: Features) -> None:
        """Who else there is, and how the sentence sounds beside theirs."""
        mention, groups = self.mentions[place], self._groups
        found["far on"] = mention.start / len(self.tokens)
        if not mention.ours:
            return
        found[f"people={groups.count}"] = 1.0
        found[f"person={groups.rank(place)}"] = 1.0
        found[f"times={min(4, groups.times(place))}"] = 1.0
        found[f"strangers={groups.strangers}"] = 1.0
        found["several meant"] = min(4, len(mention.holders)) / 2
        if groups.is_last(place):
            found["last person"] = 1.0

    def _words_before(self, place: int, found: Features) -> None:
        folds, (start, end) = self.tokens.folds, self.before(place)
        for back, at in enumerate(range(end - 1, start - 1, -1), 1):
            if back <= 2:
                found[f"b{back}={folds[at]}"] = 1.0
            if back <= 4:
                found[f"b={folds[at]}"] = 1.0
            found.setdefault(f"c={folds[at]}", 0.5)
        if end - start > 1:
            found[f"bb={folds[end - 2]}_{folds[end - 1]}"] = 1.0
        for at in range(start, end - 1):
            found.setdefault(f"cc={folds[at]}_{folds[at + 1]}", 0.5)

    def _words_after(self, place: int, found: Features) -> None:
        folds, (start, end) = self.tokens.folds, self.after(place)
        for near, at in enumerate(range(start, end), 1):
            weight = 1.0 if near <= _FAR else 0.5
            if near <= 2:
                found[f"a{near}={folds[at]}"] = 1.0
            found.setdefault(f"a={folds[at]}", weight)
            if at + 1 < end:
                found.setdefault(f"ab={folds[at]}_{folds[at + 1]}", weight)
        for at in range(*self.following(place)):
            found.setdefault(f"n={folds[at]}", 0.4)
        for at in range(*self.rest(place)):
            found.setdefault(f"r={folds[at]}", 0.3)

    def _what_is_said(self, place: int, found: Features) -> None:
        found[f"lead={self._lead(place)}"] = 1.0
        start, end = self.after(place)
        openings = (cues.TRAIL.match(self.tokens, at) for at in range(start, min(end, start + 5)))
        opening = next((hit.label for hit in openings if hit), "none")
        found[f"open={opening}"] = 1.0
        if end > start and cues.CONTENTS.match(self.tokens, start):
            found["told of"] = 1.0
        spans = {
            "after": (start, end), "before": self.before(place), "next": self.following(place), "rest": self.rest(place)
        }  # fmt: skip
        found.update(self._in_all)
        for name, span in spans.items():
            _tell(name, self.said(span), found)
            found[f"tone {name}"] = _bounded(self.tone.of(span))
        mention = self.mentions[place]
        found["tone of sentence"] = _bounded(self.tone.of((self._start[mention.start], self._end[mention.end - 1])))
        if self._carried_on(place):
            _tell("carried on", self.said(self.following(place)), found)
        for at in self._pronouns.get(place, ())[:3]:
            _tell("pronoun", self.said((at, min(self._end[at], at + _AFTER))), found)


def _tell(name: str, said: Stretch, found: Features) -> None:
    labels = [label for label in _CONDUCT if getattr(said, label)] or ["none"]
    found.update({f"{name}:{label}": 1.0 for label in labels})


def _sentences(tokens: Tokens) -> tuple[list[int], list[int]]:
    """For each word, where its sentence begins and where the next one does."""
    starts = [0] * len(tokens)
    for at in range(1, len(tokens)):
        starts[at] = at if tokens.breaks[at] == SENTENCE else starts[at - 1]
    ends = [len(tokens)] * len(tokens)
    for at in range(len(tokens) - 2, -1, -1):
        ends[at] = at + 1 if tokens.breaks[at + 1] == SENTENCE else ends[at + 1]
    return starts, ends


class _Groups:
    """The mentions of a text by whom they may mean; whoever is nobody of ours counts as a stranger."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._ids = [frozenset(holder.person.id for holder in one.holders) if one.ours else None for one in mentions]
        ours = [ids for ids in self._ids if ids is not None]
        self._order = {ids: place for place, ids in enumerate(dict.fromkeys(ours))}
        self._counts = Counter(ours)
        self.count = min(4, len(self._order))
        self.strangers = min(3, len(mentions) - len(ours))

    def rank(self, place: int) -> int:
        """The how-manieth person of ours a mention means, at most 4."""
        ids = self._ids[place]
        return 0 if ids is None else min(4, self._order[ids])

    def is_last(self, place: int) -> bool:
        """Whether nobody else of ours is named for the first time later."""
        ids = self._ids[place]
        return ids is not None and self._order[ids] == len(self._order) - 1

    def times(self, place: int) -> int:
        """How often the same people are mentioned."""
        ids = self._ids[place]
        return 1 if ids is None else self._counts[ids]


def _scaled(words: Features) -> Features:
    """Words around a mention weigh alike, whether many or few."""
    length = sqrt(sum(value * value for value in words.values())) or 1.0
    return {name: value * _LENGTH / length for name, value in words.items()}


def _bounded(tone: float) -> float:
    return 2 * tanh(tone / 1.5)


class Scorer:
    """Learned weights of features: how likely (0–1) a mention is of somebody the text blames."""

    def __init__(self, bias: float, weights: Mapping[str, float]) -> None:
        self.bias = bias
        self.weights = weights

    def probability(self, features: Features) -> float:
        """The probability for one mention."""
        return 1 / (1 + exp(-self.logit(features)))

    def logit(self, features: Features) -> float:
        """The same as log odds, kept within ±20."""
        known = self.weights
        total = self.bias + sum(known[name] * value for name, value in features.items() if name in known)
        return max(-20.0, min(20.0, total))


@lru_cache(maxsize=1)
def default_scorer() -> Scorer:
    """The scorer beside this module."""
    kept = json.loads(WEIGHTS.read_text("utf-8"))
    return Scorer(kept["bias"], kept["weights"])
