"""From probabilities and rules to a reading: labels, flags, abstention and the reasons for them (pure)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np

from triage.reading.explaining import Places, Span, heaviest_columns, spans_of
from triage.reading.features import FeatureSpace, Observed, Seen
from triage.reading.heads import FLAGS, LABELS, Machines, Scores
from triage.reading.labels import COMPLAINT, DENUNCIATION, OTHER, PRAISE, default_posts
from triage.reading.readings import Reading, Reason, TopicGuess
from triage.reading.rules import Fired, default_rules
from triage.reading.words import Words

POST, ABOUT, DOUBTED, FAMILIAR = "post", "about", "doubted", "familiar"
"""Names of thresholds: for routing without a person by promised accuracy and topic, for a further topic, for doubting
that an entry is no complaint or no denunciation, and for taking an entry to be of the kind that was learned from."""

_SURE_OF_PRAISE = 0.7
_FEWEST_KNOWN = 0.45
"""Share of known words below which a text is in another language, or in none."""
_MOST_TOPICS = 3
_NEVER = 1.01


@dataclass(frozen=True, slots=True)
class Probable:
    """The probabilities of one entry, as numbers of Python's own, which are quicker one at a time than an array's."""

    topics: tuple[TopicGuess, ...]
    post: float
    kinds: Sequence[float]
    sentiments: Sequence[float]
    flags: Mapping[str, float]

    def of(self, kind: str) -> float:
        """The probability of a kind."""
        return self.kinds[LABELS["kind"].index(kind)]


@dataclass(frozen=True, slots=True)
class Judged:
    """Labels and flags of one entry before reasons are sought."""

    kind: str
    kind_p: float
    topic: str
    flags: Mapping[str, bool]

    @property
    def answers(self) -> list[tuple[str, str | bool]]:
        """What was answered to which question, as far as words can show it."""
        return [("kind", self.kind), ("topic", self.topic), *((flag, True) for flag in FLAGS if self.flags[flag])]


class Judge:
    """Turns the probabilities of entries into their readings.

    `accuracy` is the promised share of right posts among entries routed without a person, one of those that
    thresholds were learned for.
    """

    def __init__(self, space: FeatureSpace, machines: Machines, thresholds: Mapping[str, Any], accuracy: str) -> None:
        self.space = space
        self.machines = machines
        self.thresholds = thresholds
        self._sure_of: Mapping[str, float] = thresholds[POST][accuracy]
        self._rules = default_rules()

    def readings(self, observed: Sequence[Observed], seen: Seen, p: Scores) -> list[Reading]:
        """One reading an entry, in order, from its words, what the space sees of it and `p`, the probabilities."""
        fired = [self._rules.fired(one.words) for one in observed]
        probable = _probable(p)
        judged = [self._judge(*one) for one in zip(probable, fired, strict=True)]
        strange, why = self._strange(observed, seen), self._why(observed, seen, judged)
        return [
            self._reading(*one) if letters else _nothing_to_read()
            for letters, *one in zip(seen.letters.tolist(), judged, probable, fired, strange, why, strict=True)
        ]

    def _reading(
        self, judged: Judged, p: Probable, fired: Iterable[Fired], strange: Iterable[Reason], why: Iterable[Reason]
    ) -> Reading:
        doubts = (*strange, *self._unsure(judged, p))
        sentiment_p = max(p.sentiments)
        return Reading(
            kind=judged.kind,
            kind_p=judged.kind_p,
            topic=judged.topic,
            topics=p.topics,
            urgent=judged.flags["urgent"],
            urgent_p=p.flags["urgent"],
            accuses_staff=judged.flags["accuses_staff"],
            accuses_p=p.flags["accuses_staff"],
            abstained=bool(doubts),
            reasons=(*_named(fired), *doubts, *why),
            restricted_p=p.of(COMPLAINT) + p.of(DENUNCIATION),
            about=self._about(p),
            sentiment=LABELS["sentiment"][p.sentiments.index(sentiment_p)],
            sentiment_p=sentiment_p,
            post_p=p.post,
        )

    def _judge(self, p: Probable, fired: Iterable[Fired]) -> Judged:
        ruled = {one.flag for one in fired}
        flags = {flag: flag in ruled or p.flags[flag] >= self.thresholds[flag] for flag in FLAGS}
        kind, kind_p = self._kind(p, DENUNCIATION in ruled)
        # Who is praised by name must not be kept from the praise.
        praised = kind == PRAISE and kind_p >= _SURE_OF_PRAISE
        flags["accuses_staff"] = flags["accuses_staff"] and not (praised and "accuses_staff" not in ruled)
        return Judged(kind, kind_p, p.topics[0].id, flags)

    def _kind(self, p: Probable, ruled: bool) -> tuple[str, float]:
        """The likeliest kind, but a denunciation as soon as it is likely enough or a rule says so."""
        denounced = p.of(DENUNCIATION)
        if ruled or denounced >= self.thresholds[DENUNCIATION]:
            return DENUNCIATION, denounced
        likeliest = max(p.kinds)
        return LABELS["kind"][p.kinds.index(likeliest)], likeliest

    def _about(self, p: Probable) -> tuple[str, ...]:
        first, *others = p.topics
        return (first.id, *(guess.id for guess in others if guess.p >= self.thresholds[ABOUT]))

    # --- doubts ---

    def _strange(self, observed: Sequence[Observed], seen: Seen) -> Iterator[list[Reason]]:
        """For each entry whether it is in another language, or else of another world than was learned from."""
        foreign = (seen.known < _FEWEST_KNOWN * seen.letters).tolist()
        strange = (seen.familiarity < self.thresholds[FAMILIAR]).tolist()
        for one, is_foreign, is_strange in zip(observed, foreign, strange, strict=True):
            if is_foreign:
                unknown = (fold for fold in one.words.folds if fold.isalpha() and not self.space.knows(fold))
                yield [Reason("foreign", " ".join(islice(unknown, 5)))]
            else:
                yield [Reason("strange")] if is_strange else []

    def _unsure(self, judged: Judged, p: Probable) -> Iterator[Reason]:
        if judged.kind not in (COMPLAINT, DENUNCIATION):
            doubted = [kind for kind, bar in self.thresholds[DOUBTED].items() if p.of(kind) >= bar]
            if doubted:
                yield Reason("unsure.kind", ", ".join(doubted))
        if p.post < self._sure_of.get(judged.topic, _NEVER):
            yield Reason("unsure.topic", ", ".join(guess.id for guess in p.topics[:2]))

    # --- why ---

    def _why(self, observed: Sequence[Observed], seen: Seen, judged: Sequence[Judged]) -> list[list[Reason]]:
        """For each entry the words that speak most for its answers."""
        asked = [(entry, *answer) for entry, one in enumerate(judged) for answer in one.answers]
        entries = np.array([entry for entry, _, _ in asked], dtype=np.int64)
        answers = np.array([self.machines.place_of(head, answer) for _, head, answer in asked], dtype=np.int64)
        columns = heaviest_columns(self.space, self.machines.weights, seen.rows, entries, answers)
        places = [Places(one) for one in observed]
        why: list[list[Reason]] = [[] for _ in observed]
        for (entry, head, _), heaviest in zip(asked, columns, strict=True):
            spans = spans_of(places[entry], map(self.space.name_of, heaviest))
            if spans:
                why[entry].append(_reason(f"words.{head}", spans, observed[entry].words))
        return why


def _probable(p: Scores) -> list[Probable]:
    """The probabilities entry by entry; `p` has a row an entry and a column an answer."""
    topics, posts = _best_topics(p["topic"]), post_probabilities(p["topic"], default_posts()).tolist()
    flagged = zip(*(p[flag][:, 0].tolist() for flag in FLAGS), strict=True)
    flags = [dict(zip(FLAGS, one, strict=True)) for one in flagged]
    columns = topics, posts, p["kind"].tolist(), p["sentiment"].tolist(), flags
    return [Probable(*one) for one in zip(*columns, strict=True)]


def _best_topics(p: np.ndarray) -> list[tuple[TopicGuess, ...]]:
    order = np.argsort(-p, axis=1, kind="stable")[:, :_MOST_TOPICS]
    rows = zip(order.tolist(), np.take_along_axis(p, order, axis=1).tolist(), strict=True)
    return [tuple(map(TopicGuess, [LABELS["topic"][at] for at in row], values)) for row, values in rows]


def post_probabilities(p: np.ndarray, posts: Mapping[str, str]) -> np.ndarray:
    """How sure (0–1) the post of each row's likeliest topic is: topics of one post count together.

    `p` has a row an entry and a column a topic.
    """
    names = sorted(set(posts.values()))
    post_of = np.array([names.index(posts[topic]) for topic in LABELS["topic"]])
    # Added up in the order of topics, not as a product: the same sums to the last digit, whatever else is read.
    cells = np.arange(len(p))[:, None] * len(names) + post_of
    together = np.bincount(cells.ravel(), p.ravel(), minlength=len(p) * len(names))
    sure: np.ndarray = together[cells[np.arange(len(p)), p.argmax(axis=1)]] / p.sum(axis=1)
    return sure


def _reason(code: str, spans: Sequence[Span], words: Words) -> Reason:
    said = dict.fromkeys(" ".join(words.typed[start:end]) for start, end in spans)
    places = sorted((words.spans[start][0], words.spans[end - 1][1]) for start, end in spans)
    return Reason(code, ", ".join(said), tuple(places))


def _named(fired: Iterable[Fired]) -> Iterator[Reason]:
    return (Reason(f"rule.{one.rule}", one.words, (one.span,)) for one in fired)


def _nothing_to_read() -> Reading:
    topics = tuple(TopicGuess(topic, float(topic == OTHER)) for topic in (OTHER, *LABELS["topic"][:2]))
    return Reading(
        OTHER, 1.0, OTHER, topics, False, 0.0, False, 0.0, True, (Reason("empty"),), about=(OTHER,), sentiment_p=1.0
    )
