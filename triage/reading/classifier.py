"""The classifier of entries: five linear heads on one feature space, calibrated, allowed to abstain (pure).

`EntryClassifier` is a scikit-learn estimator. What it learns are arrays, numbers and names; `triage.reading.artefact`
stores exactly these, so that nothing is ever unpickled.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.model_selection import GroupKFold

from triage.reading.calibration import (
    log_odds,
    logistic,
    sharpness_of,
    slope_and_offset,
    softmax,
    threshold_for_accuracy,
    threshold_for_overlap,
    threshold_for_recall,
)
from triage.reading.corpus import LabelledEntry
from triage.reading.features import FeatureSpace, Observed, observe
from triage.reading.heads import FLAGS, HEADS, LABELS, Machines, Scores, accepted_labels, learn_machines
from triage.reading.judging import ABOUT, DOUBTED, FAMILIAR, POST, Judge, post_probabilities
from triage.reading.labels import COMPLAINT, DENUNCIATION, default_posts
from triage.reading.readings import Reading
from triage.reading.variants import bare

Progress = Callable[[str], None]
_BATCH = 512

ACCURACIES = ("0.9", "0.92", "0.94", "0.95", "0.96", "0.97", "0.98", "0.99")
"""Promises that thresholds are learned for: shares of right posts among entries routed without a person."""

DEFAULT_ACCURACY = "0.95"

_STRANGE = 0.03
"""Share of our own entries, each unseen, that may be taken for strangers'."""

_SLACK = 2.0
"""A single topic may err this many times as often as all together."""


def silent(step: str) -> None:
    """Progress nobody asked for."""


class EntryClassifier(BaseEstimator):
    """Reads entries: kind, topics, sentiment, urgent, accuses_staff, each with a calibrated probability.

    Parameters: `strength`, C of the linear machines; `other_weight`, how much a label counts that a fair reader
    would also accept; `folds` of the grouped cross-validation behind calibration and thresholds;
    `urgent_recall`, `accuses_recall` and `denunciation_recall`, share of those that the classifier alone must find;
    `doubted_recall`, share of complaints and denunciations that are at least doubted; `seed`.

    How sure it must be of a post to route without a person follows `aim_at`.
    """

    def __init__(
        self,
        strength: float = 0.2,
        other_weight: float = 0.5,
        folds: int = 5,
        urgent_recall: float = 0.93,
        accuses_recall: float = 0.94,
        denunciation_recall: float = 0.85,
        doubted_recall: float = 0.85,
        seed: int = 0,
    ) -> None:
        self.strength = strength
        self.other_weight = other_weight
        self.folds = folds
        self.urgent_recall = urgent_recall
        self.accuses_recall = accuses_recall
        self.denunciation_recall = denunciation_recall
        self.doubted_recall = doubted_recall
        self.seed = seed
        self.release = "unsaved"
        self._accuracy = DEFAULT_ACCURACY

    def aim_at(self, accuracy: float) -> "EntryClassifier":
        """Promise this share (0–1) of right posts among entries routed without a person, from now on; returns self.

        The nearest of ACCURACIES that promises no less; the highest of them for more.
        """
        self._accuracy = next((one for one in ACCURACIES if float(one) >= accuracy - 1e-9), ACCURACIES[-1])
        return self

    # --- learning ---

    def fit(self, entries: Sequence[LabelledEntry], y: None = None, progress: Progress = silent) -> "EntryClassifier":
        """Learn from labelled entries; `y` is ignored, the labels are the entries' own.

        Each entry is also learned without diacritics. Entries of one sender, and an entry and its copy, never
        stand on both sides of a split. Same entries, same parameters: same classifier.
        """
        texts = [(observe(entry.text), observe(bare(entry.text))) for entry in entries]
        scores, familiarity = self._scores_out_of_fold(entries, texts, progress)
        progress("learning from all entries")
        self.space_, self.machines_ = self._learn(entries, texts)
        self._calibrate([*entries, *entries], scores)
        self.thresholds_[FAMILIAR] = float(np.quantile(familiarity, _STRANGE))
        return self

    def _learn(
        self, entries: Sequence[LabelledEntry], texts: Sequence[tuple[Observed, ...]]
    ) -> tuple[FeatureSpace, Machines]:
        flat = [one for copies in texts for one in copies]
        sources = [place for place, copies in enumerate(texts) for _ in copies]
        space = FeatureSpace.learned(flat, sources)
        return space, learn_machines(space.rows(flat), entries, sources, self.strength, self.other_weight, self.seed)

    def _scores_out_of_fold(
        self, entries: Sequence[LabelledEntry], texts: Sequence[tuple[Observed, ...]], progress: Progress
    ) -> tuple[Scores, list[float]]:
        """Scores of every entry as typed, then of every one bare, by machines that never saw its sender.

        With them, how familiar each entry was.
        """
        senders = [entry.persona for entry in entries]
        folds = min(self.folds, len(set(senders)))
        split = GroupKFold(folds, shuffle=True, random_state=self.seed)
        found: Scores = {}
        familiarity: list[float] = []
        for number, (train, test) in enumerate(split.split(entries, groups=senders), 1):
            progress(f"cross-validation {number} of {folds}")
            space, machines = self._learn([entries[i] for i in train], [texts[i] for i in train])
            seen = [space.see(texts[i][copy] for i in test) for copy in (0, 1)]
            familiarity += seen[0].familiarity.tolist()
            for copy, one in enumerate(seen):
                for head, values in machines.score(one.rows).items():
                    whole = found.setdefault(head, np.zeros((2 * len(entries), values.shape[1])))
                    whole[test + copy * len(entries)] = values
        return found, familiarity

    def _calibrate(self, entries: Sequence[LabelledEntry], scores: Scores) -> None:
        self.sharpness_: dict[str, float] = {}
        self.curves_: dict[str, tuple[float, float]] = {}
        for head in HEADS:
            noted = [place for place, entry in enumerate(entries) if accepted_labels(entry, head)]
            self._calibrate_head(head, [entries[place] for place in noted], scores[head][noted])
        self.thresholds_ = self._thresholds(entries, self._probabilities(scores))

    def _calibrate_head(self, head: str, entries: Sequence[LabelledEntry], scores: np.ndarray) -> None:
        """From a flag's score, or a label's share of its rivals, to the probability that a fair reader agrees."""
        if head in FLAGS:
            truth = np.array([accepted_labels(entry, head)[0] for entry in entries])
            self.curves_[head] = slope_and_offset(scores[:, 0], truth)
            return
        labels = LABELS[head]
        accepted = np.array([[label in accepted_labels(e, head) for label in labels] for e in entries])
        if not len(entries):
            self.sharpness_[head], self.curves_[head] = 1.0, (1.0, 0.0)
            return
        self.sharpness_[head] = sharpness_of(scores, accepted)
        shares = softmax(scores, self.sharpness_[head])
        agreed = accepted[np.arange(len(entries)), shares.argmax(axis=1)]
        self.curves_[head] = slope_and_offset(log_odds(shares.max(axis=1)), agreed)

    def _thresholds(self, entries: Sequence[LabelledEntry], p: Scores) -> dict[str, Any]:
        kinds = {kind: p["kind"][:, LABELS["kind"].index(kind)] for kind in (DENUNCIATION, COMPLAINT)}
        are = {kind: np.array([entry.kinds[0] == kind for entry in entries]) for kind in kinds}
        thresholds: dict[str, Any] = {
            DENUNCIATION: threshold_for_recall(kinds[DENUNCIATION], are[DENUNCIATION], self.denunciation_recall),
            DOUBTED: {kind: threshold_for_recall(kinds[kind], are[kind], self.doubted_recall) for kind in kinds},
            ABOUT: self._further_topic(entries, p["topic"]),
        }
        for flag, recall in (("urgent", self.urgent_recall), ("accuses_staff", self.accuses_recall)):
            truth = np.array([accepted_labels(entry, flag)[0] for entry in entries])
            thresholds[flag] = threshold_for_recall(p[flag][:, 0], truth, recall)
        named = (kinds[DENUNCIATION] >= thresholds[DENUNCIATION]) | (p["urgent"][:, 0] >= thresholds["urgent"])
        ordinary = np.flatnonzero(~named)
        return thresholds | {POST: self._post_thresholds([entries[int(at)] for at in ordinary], p["topic"][ordinary])}

    @staticmethod
    def _further_topic(entries: Sequence[LabelledEntry], topics: np.ndarray) -> float:
        """From which probability a second or third topic is taken to be spoken of."""
        rows = [(entry.about, row) for entry, row in zip(entries, topics, strict=True) if entry.about]
        others = [(row[at], LABELS["topic"][at] in about) for about, row in rows for at in np.argsort(-row)[1:3]]
        p, spoken = np.array(others, dtype=float).reshape(-1, 2).T
        return threshold_for_overlap(p, spoken == 1, wanted=sum(len(about) - 1 for about, _ in rows))

    @staticmethod
    def _post_thresholds(entries: Sequence[LabelledEntry], topics: np.ndarray) -> dict[str, dict[str, float]]:
        """How sure a post must be, by promised accuracy and topic; only what would go to a topic's post counts.

        One bar for all would let the easy topics pay for the hard ones: each topic keeps the promise, or nearly so
        where it is rare.
        """
        posts, labels = default_posts(), LABELS["topic"]
        sure = post_probabilities(topics, posts)
        first = topics.argmax(axis=1)
        given = [posts[labels[at]] for at in first]
        right = np.array(
            [post in {posts[x] for x in e.topics} for post, e in zip(given, entries, strict=True)], dtype=bool
        )
        found: dict[str, dict[str, float]] = {}
        for accuracy in ACCURACIES:
            everywhere = threshold_for_accuracy(sure, right, float(accuracy))
            found[accuracy] = {}
            for at, topic in enumerate(labels):
                mine = first == at
                least = 1 - _SLACK * (1 - float(accuracy))
                own = threshold_for_accuracy(sure[mine], right[mine], least)
                found[accuracy][topic] = max(everywhere, own)
        return found

    # --- reading ---

    def _probabilities(self, scores: Scores) -> Scores:
        evidence = {head: log_odds(softmax(scores[head], self.sharpness_[head])) for head in LABELS}
        evidence |= {head: scores[head] for head in FLAGS}
        return {head: logistic(evidence[head], *self.curves_[head]) for head in HEADS}

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading a text, in order. Never raises on a text: what cannot be read is abstained on."""
        readings: list[Reading] = []
        for start in range(0, len(texts), _BATCH):
            readings += self._read_batch([observe(text) for text in texts[start : start + _BATCH]])
        return readings

    predict = read

    def _read_batch(self, observed: Sequence[Observed]) -> list[Reading]:
        seen = self.space_.see(observed)
        p = self._probabilities(self.machines_.score(seen.rows))
        return Judge(self.space_, self.machines_, self.thresholds_, self._accuracy).readings(observed, seen, p)
