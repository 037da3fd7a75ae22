"""From probabilities and rules to a reading: labels, flags, abstention and the reasons for them (pure)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from triage.reading.features import FeatureSpace, Observed, Places
from triage.reading.heads import FLAGS, LABELS, Machines
from triage.reading.labels import COMPLAINT, DENUNCIATION, OTHER, PRAISE, default_posts
from triage.reading.readings import Reading, Reason, TopicGuess
from triage.reading.rules import Fired, default_rules
from triage.reading.words import Words

Row = tuple[np.ndarray, np.ndarray]
"""Columns of one entry and their values."""

POST, ABOUT, DOUBTED, FAMILIAR = "post", "about", "doubted", "familiar"
"""Names of thresholds: for routing without a person by promised accuracy and topic, for a further topic, for doubting
that an entry is no complaint or no denunciation, and for taking an entry to be of the kind that was learned from."""

_SURE_OF_PRAISE = 0.7
_FEWEST_KNOWN = 0.45
"""Share of known words below which a text is in another language, or in none."""
_MOST_WORDS, _MOST_TRIED, _MOST_TOPICS = 3, 12, 3
_LEAST_SHARE = 0.04
_NEVER = 1.01


@dataclass(frozen=True, slots=True)
class Judged:
    """Labels and flags of one entry before reasons are sought."""

    kind: str
    kind_p: float
    topics: tuple[TopicGuess, ...]
    post_p: float
    flags: Mapping[str, bool]

    @property
    def topic(self) -> str:
        """The primary topic."""
        return self.topics[0].id


class Judge:
    """Turns the probabilities of one entry into its reading.

    `accuracy` is the promised share of right posts among entries routed without a person, one of those that
    thresholds were learned for.
    """

    def __init__(self, space: FeatureSpace, machines: Machines, thresholds: Mapping[str, Any], accuracy: str) -> None:
        self.space = space
        self.machines = machines
        self.thresholds = thresholds
        self._sure_of: Mapping[str, float] = thresholds[POST][accuracy]
        self._posts = default_posts()
        self._rules = default_rules()

    def reading(self, observed: Observed, row: Row, p: Mapping[str, np.ndarray]) -> Reading:
        """The reading of one entry from its words, its row and the probabilities by question."""
        if not any(map(str.isalpha, observed.words.folds)):
            return _nothing_to_read()
        fired = self._rules.fired(observed.words)
        judged = self._judge(p, fired)
        doubts = tuple(self._doubts(observed, judged, p))
        return Reading(
            kind=judged.kind,
            kind_p=judged.kind_p,
            topic=judged.topic,
            topics=judged.topics,
            urgent=judged.flags["urgent"],
            urgent_p=float(p["urgent"][0]),
            accuses_staff=judged.flags["accuses_staff"],
            accuses_p=float(p["accuses_staff"][0]),
            abstained=bool(doubts),
            reasons=(*_named(fired), *doubts, *self._words(observed, row, judged)),
            restricted_p=float(sum(_of(p["kind"], kind) for kind in (COMPLAINT, DENUNCIATION))),
            about=self._about(judged),
            sentiment=LABELS["sentiment"][int(p["sentiment"].argmax())],
            sentiment_p=float(p["sentiment"].max()),
            post_p=judged.post_p,
        )

    def _judge(self, p: Mapping[str, np.ndarray], fired: list[Fired]) -> Judged:
        ruled = {one.flag for one in fired}
        flags = {flag: flag in ruled or bool(p[flag][0] >= self.thresholds[flag]) for flag in FLAGS}
        kind, kind_p = self._kind(p["kind"], DENUNCIATION in ruled)
        # Who is praised by name must not be kept from the praise.
        praised = kind == PRAISE and kind_p >= _SURE_OF_PRAISE
        flags["accuses_staff"] = flags["accuses_staff"] and not (praised and "accuses_staff" not in ruled)
        order = np.argsort(-p["topic"], kind="stable")[:_MOST_TOPICS]
        guesses = tuple(TopicGuess(LABELS["topic"][at], float(p["topic"][at])) for at in order)
        return Judged(kind, kind_p, guesses, post_probability(p["topic"], self._posts), flags)

    def _kind(self, p: np.ndarray, ruled: bool) -> tuple[str, float]:
        """The likeliest kind, but a denunciation as soon as it is likely enough or a rule says so."""
        denounced = _of(p, DENUNCIATION)
        if ruled or denounced >= self.thresholds[DENUNCIATION]:
            return DENUNCIATION, denounced
        return LABELS["kind"][int(p.argmax())], float(p.max())

    def _about(self, judged: Judged) -> tuple[str, ...]:
        others = (guess.id for guess in judged.topics[1:] if guess.p >= self.thresholds[ABOUT])
        return (judged.topic, *others)

    def _doubts(self, observed: Observed, judged: Judged, p: Mapping[str, np.ndarray]) -> Iterator[Reason]:
        words = [fold for fold in observed.words.folds if fold.isalpha()]
        unknown = [fold for fold in words if not self.space.knows(fold)]
        if len(words) - len(unknown) < _FEWEST_KNOWN * len(words):
            yield Reason("foreign", " ".join(unknown[:5]))
        elif self.space.familiarity(observed) < self.thresholds[FAMILIAR]:
            yield Reason("strange")
        if judged.kind not in (COMPLAINT, DENUNCIATION):
            doubted = [kind for kind, bar in self.thresholds[DOUBTED].items() if _of(p["kind"], kind) >= bar]
            if doubted:
                yield Reason("unsure.kind", ", ".join(doubted))
        if judged.post_p < self._sure_of.get(judged.topic, _NEVER):
            yield Reason("unsure.topic", ", ".join(guess.id for guess in judged.topics[:2]))

    # --- why ---

    def _words(self, observed: Observed, row: Row, judged: Judged) -> Iterator[Reason]:
        answers: list[tuple[str, str | bool]] = [("kind", judged.kind), ("topic", judged.topic)]
        answers += [(flag, True) for flag in FLAGS if judged.flags[flag]]
        readable = self.space.readable(row[0])
        columns, values = row[0][readable], row[1][readable]
        weights, places = self.machines.weights[columns], Places(observed)
        for head, answer in answers:
            shares = weights[:, self.machines.place_of(head, answer)] * values
            found = self._heaviest(places, columns, shares)
            if found:
                yield _reason(f"words.{head}", found, observed.words)

    def _heaviest(self, places: Places, columns: np.ndarray, shares: np.ndarray) -> list[tuple[int, int]]:
        """Where the words behind the columns that weigh most stand, none of them overlapping."""
        found: list[tuple[int, int]] = []
        taken: set[int] = set()
        for at in np.argsort(-shares, kind="stable")[:_MOST_TRIED]:
            if shares[at] < _LEAST_SHARE or len(found) == _MOST_WORDS:
                break
            start, end = places.find(*self.space.name_of(int(columns[at])))
            if start < end and taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                found.append((start, end))
        return found


def _of(p: np.ndarray, kind: str) -> float:
    return float(p[LABELS["kind"].index(kind)])


def post_probability(p: np.ndarray, posts: Mapping[str, str]) -> float:
    """How sure (0–1) the post of the likeliest topic is: topics of one post count together."""
    likeliest = posts[LABELS["topic"][int(p.argmax())]]
    agreeing = sum(value for topic, value in zip(LABELS["topic"], p, strict=True) if posts[topic] == likeliest)
    return float(agreeing / p.sum())


def _reason(code: str, places: list[tuple[int, int]], words: Words) -> Reason:
    said = dict.fromkeys(" ".join(words.typed[start:end]) for start, end in places)
    spans = sorted((words.spans[start][0], words.spans[end - 1][1]) for start, end in places)
    return Reason(code, ", ".join(said), tuple(spans))


def _named(fired: list[Fired]) -> Iterator[Reason]:
    return (Reason(f"rule.{one.rule}", one.words, (one.span,)) for one in fired)


def _nothing_to_read() -> Reading:
    topics = tuple(TopicGuess(topic, float(topic == OTHER)) for topic in (OTHER, *LABELS["topic"][:2]))
    return Reading(
        OTHER, 1.0, OTHER, topics, False, 0.0, False, 0.0, True, (Reason("empty"),), about=(OTHER,), sentiment_p=1.0
    )
