"""From probabilities and rules to a reading: labels, flags, abstention and the reasons for them (pure)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from sklearn.svm import LinearSVC

from triage.reading.features import FeatureSpace, Observed
from triage.reading.heads import FLAGS, LABELS, weights_for
from triage.reading.labels import COMPLAINT, DENUNCIATION, OTHER, PRAISE, default_posts
from triage.reading.readings import Reading, Reason, TopicGuess
from triage.reading.rules import Fired, default_rules

Row = tuple[np.ndarray, np.ndarray]
"""Columns of one entry and their values."""

POST = "post"
"""Name of the threshold for routing without a person."""

_SURE_OF_PRAISE = 0.7
_FEWEST_KNOWN = 0.45
"""Share of known words below which a text is in another language, or in none."""
_MOST_WORDS, _MOST_TRIED = 3, 12
_LEAST_SHARE = 0.04


@dataclass(frozen=True, slots=True)
class Judged:
    """Labels and flags of one entry before reasons are sought."""

    kind: str
    kind_p: float
    topic: str
    topics: tuple[TopicGuess, ...]
    post_p: float
    flags: Mapping[str, bool]


class Judge:
    """Turns the probabilities of one entry into its reading."""

    def __init__(self, space: FeatureSpace, machines: Mapping[str, LinearSVC], thresholds: Mapping[str, float]) -> None:
        self.space = space
        self.machines = machines
        self.thresholds = thresholds
        self._posts = default_posts()
        self._rules = default_rules()

    def reading(self, observed: Observed, row: Row, p: Mapping[str, np.ndarray]) -> Reading:
        """The reading of one entry from its words, its row and the probabilities by question."""
        if not any(map(str.isalpha, observed.words.folds)):
            return _nothing_to_read()
        fired = self._rules.fired(observed.words)
        judged = self._judge(p, fired)
        doubts = tuple(self._doubts(observed, judged))
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
            restricted_p=float(sum(p["kind"][LABELS["kind"].index(kind)] for kind in (COMPLAINT, DENUNCIATION))),
        )

    def _judge(self, p: Mapping[str, np.ndarray], fired: list[Fired]) -> Judged:
        ruled = {one.flag for one in fired}
        flags = {flag: flag in ruled or bool(p[flag][0] >= self.thresholds[flag]) for flag in FLAGS}
        kind, kind_p = self._kind(p["kind"], DENUNCIATION in ruled)
        # Who is praised by name must not be kept from the praise.
        praised = kind == PRAISE and kind_p >= _SURE_OF_PRAISE
        flags["accuses_staff"] = flags["accuses_staff"] and not (praised and "accuses_staff" not in ruled)
        order = np.argsort(-p["topic"], kind="stable")[:3]
        guesses = tuple(TopicGuess(LABELS["topic"][at], float(p["topic"][at])) for at in order)
        return Judged(kind, kind_p, guesses[0].id, guesses, post_probability(p["topic"], self._posts), flags)

    def _kind(self, p: np.ndarray, ruled: bool) -> tuple[str, float]:
        """The likeliest kind, but a denunciation as soon as it is likely enough or a rule says so."""
        denounced = p[LABELS["kind"].index(DENUNCIATION)]
        if ruled or denounced >= self.thresholds[DENUNCIATION]:
            return DENUNCIATION, float(denounced)
        return LABELS["kind"][int(p.argmax())], float(p.max())

    def _doubts(self, observed: Observed, judged: Judged) -> Iterator[Reason]:
        words = [fold for fold in observed.words.folds if fold.isalpha()]
        unknown = [fold for fold in words if not self.space.knows(fold)]
        if len(words) - len(unknown) < _FEWEST_KNOWN * len(words):
            yield Reason("foreign", " ".join(unknown[:5]))
        if judged.post_p < self.thresholds[POST]:
            yield Reason("unsure.topic", ", ".join(guess.id for guess in judged.topics[:2]))

    # --- why ---

    def _words(self, observed: Observed, row: Row, judged: Judged) -> Iterator[Reason]:
        answers: list[tuple[str, str | bool]] = [("kind", judged.kind), ("topic", judged.topic)]
        answers += [(flag, True) for flag in FLAGS if judged.flags[flag]]
        readable = self.space.readable(row[0])
        columns, values = row[0][readable], row[1][readable]
        for head, label in answers:
            weights = weights_for(self.machines[head], label)
            if weights is not None:
                said = self._heaviest(observed, columns, weights[columns] * values)
                if said:
                    yield Reason(f"words.{head}", ", ".join(said))

    def _heaviest(self, observed: Observed, columns: np.ndarray, shares: np.ndarray) -> list[str]:
        """The words behind the columns that weigh most, as typed, none twice."""
        said: list[str] = []
        taken: set[int] = set()
        for place in np.argsort(-shares, kind="stable")[:_MOST_TRIED]:
            if shares[place] < _LEAST_SHARE or len(said) == _MOST_WORDS:
                break
            start, end = self.space.words_of(int(columns[place]), observed)
            words = " ".join(observed.words.typed[start:end])
            if words and words not in said and taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                said.append(words)
        return said


def post_probability(p: np.ndarray, posts: Mapping[str, str]) -> float:
    """How sure (0–1) the post of the likeliest topic is: topics of one post count together."""
    likeliest = posts[LABELS["topic"][int(p.argmax())]]
    agreeing = sum(value for topic, value in zip(LABELS["topic"], p, strict=True) if posts[topic] == likeliest)
    return float(agreeing / p.sum())


def _named(fired: list[Fired]) -> Iterator[Reason]:
    return (Reason(f"rule.{one.rule}", one.words) for one in fired)


def _nothing_to_read() -> Reading:
    topics = tuple(TopicGuess(topic, float(topic == OTHER)) for topic in (OTHER, *LABELS["topic"][:2]))
    return Reading(OTHER, 1.0, OTHER, topics, False, 0.0, False, 0.0, True, (Reason("empty"),))
