"""How much a text, or a stretch of it, sounds like blame of those who serve: learned words and pairs (pure).

Whoever is mentioned stands as a mark for "one of ours", "a leader of ours", "an officer", "somebody else", so that
what is learned of one name holds for every other. Words stand without their diacritics.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import sqrt
from pathlib import Path

from triage.routing import cues
from triage.routing.mentions import Mention
from triage.routing.tokens import Tokens

WEIGHTS = Path(__file__).with_name("tone.json")

_LENGTH = 8.0
"""Every text counts alike, however long: its features are scaled to this length."""


@dataclass(frozen=True)
class Voice:
    """Learned weights of words and pairs of words."""

    bias: float
    weights: Mapping[str, float]


class Tone:
    """The words of a text with everybody mentioned masked, and what `voice` hears in them."""

    def __init__(self, tokens: Tokens, mentions: Sequence[Mention], voice: Voice) -> None:
        self._words, self._place_of = _masked(tokens, mentions)
        self._pairs = [f"{one} {two}" for one, two in zip(self._words, self._words[1:], strict=False)]
        self._cues = frozenset(hit.label for hit in cues.CONDUCT.find(tokens))
        self._voice = voice
        known = voice.weights
        self._word_sums = [0.0, *accumulate(known.get(word, 0.0) for word in self._words)]
        self._pair_sums = [0.0, *accumulate(known.get(pair, 0.0) for pair in self._pairs)]

    def features(self) -> dict[str, float]:
        """What of the text can be learned: its words and pairs, and the kinds of conduct told."""
        said = {*self._words, *self._pairs}
        each = _LENGTH / sqrt(len(said)) if said else 0.0
        return dict.fromkeys(said, each) | {f"cue={label}": 1.0 for label in self._cues}

    def of_text(self) -> float:
        """Log odds that the whole text blames somebody who serves, within ±6."""
        known = self._voice.weights
        total = self._voice.bias + sum(known[name] * value for name, value in self.features().items() if name in known)
        return max(-6.0, min(6.0, total))

    def of(self, span: tuple[int, int]) -> float:
        """Sum of the weights of what stands in words `span` of the text."""
        start, end = self._place_of[span[0]], self._place_of[span[1]]
        if end <= start:
            return 0.0
        return self._word_sums[end] - self._word_sums[start] + self._pair_sums[end - 1] - self._pair_sums[start]


def _masked(tokens: Tokens, mentions: Sequence[Mention]) -> tuple[list[str], list[int]]:
    """The masked words, and for each word of the text (and its end) the first masked word not before it."""
    begins = {mention.start: mention for mention in mentions}
    words: list[str] = []
    place_of: list[int] = []
    inside = 0
    for at, fold in enumerate(tokens.folds):
        place_of.append(len(words))
        if at < inside:
            continue
        mention = begins.get(at)
        words.append(fold if mention is None else _mark(tokens, mention))
        inside = mention.end if mention else 0
    return words, [*place_of, len(words)]


def _mark(tokens: Tokens, mention: Mention) -> str:
    if mention.ours:
        return "<leader>" if mention.leads else "<ours>"
    said = tokens.folds[mention.start : mention.end]
    return "<officer>" if said[-2:] == ("can", "bo") or "nhan" in said else "<somebody>"


@lru_cache(maxsize=1)
def default_voice() -> Voice:
    """The voice beside this module."""
    kept = json.loads(WEIGHTS.read_text("utf-8"))
    return Voice(kept["bias"], kept["weights"])
