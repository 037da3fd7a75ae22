"""The classifier of entries: four linear heads on one feature space, calibrated, allowed to abstain (pure).

`EntryClassifier` is a scikit-learn estimator. What it learns are plain scikit-learn parts, numbers and lists;
`triage.reading.artefact` stores exactly these, so no code of ours is ever unpickled.
"""

from collections.abc import Callable, Sequence

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

from triage.reading.calibration import (
    log_odds,
    logistic,
    sharpness_of,
    slope_and_offset,
    softmax,
    threshold_for_accuracy,
    threshold_for_recall,
)
from triage.reading.corpus import LabelledEntry
from triage.reading.features import FeatureSpace, Observed, observe
from triage.reading.heads import FLAGS, HEADS, LABELS, Scores, accepted_labels, learn_head, score
from triage.reading.judging import POST, Judge, post_probability
from triage.reading.labels import DENUNCIATION, default_posts
from triage.reading.readings import Reading
from triage.reading.variants import bare

Progress = Callable[[str], None]
_BATCH = 512


def silent(step: str) -> None:
    """Progress nobody asked for."""


class EntryClassifier(BaseEstimator):
    """Reads entries: kind, topic, urgent, accuses_staff, each with a calibrated probability.

    Parameters: `strength`, C of the linear machines; `other_weight`, how much a label counts that a fair reader
    would also accept; `folds` of the grouped cross-validation behind calibration and thresholds;
    `route_accuracy`, share of right posts among entries routed without a person; `urgent_recall`,
    `accuses_recall` and `denunciation_recall`, share of those that the classifier alone must find; `seed`.
    """

    def __init__(
        self,
        strength: float = 0.2,
        other_weight: float = 0.5,
        folds: int = 5,
        route_accuracy: float = 0.95,
        urgent_recall: float = 0.93,
        accuses_recall: float = 0.93,
        denunciation_recall: float = 0.75,
        seed: int = 0,
    ) -> None:
        self.strength = strength
        self.other_weight = other_weight
        self.folds = folds
        self.route_accuracy = route_accuracy
        self.urgent_recall = urgent_recall
        self.accuses_recall = accuses_recall
        self.denunciation_recall = denunciation_recall
        self.seed = seed
        self.release = "unsaved"

    # --- learning ---

    def fit(self, entries: Sequence[LabelledEntry], y: None = None, progress: Progress = silent) -> "EntryClassifier":
        """Learn from labelled entries; `y` is ignored, the labels are the entries' own.

        Each entry is also learned without diacritics. Entries of one sender, and an entry and its copy, never
        stand on both sides of a split. Same entries, same parameters: same classifier.
        """
        texts = [(observe(entry.text), observe(bare(entry.text))) for entry in entries]
        scores = self._scores_out_of_fold(entries, texts, progress)
        progress("learning from all entries")
        self.space_, self.machines_ = self._learn(entries, texts)
        self._calibrate([*entries, *entries], scores)
        return self

    def _learn(
        self, entries: Sequence[LabelledEntry], texts: Sequence[tuple[Observed, ...]]
    ) -> tuple[FeatureSpace, dict[str, LinearSVC]]:
        flat = [one for copies in texts for one in copies]
        sources = [place for place, copies in enumerate(texts) for _ in copies]
        space = FeatureSpace.learned(flat, sources)
        rows = space.rows(flat)
        return space, {
            head: learn_head(head, rows, entries, sources, self.strength, self.other_weight, self.seed)
            for head in HEADS
        }

    def _scores_out_of_fold(
        self, entries: Sequence[LabelledEntry], texts: Sequence[tuple[Observed, ...]], progress: Progress
    ) -> Scores:
        """Scores of every entry as typed, then of every one bare, by machines that never saw its sender."""
        senders = [entry.persona for entry in entries]
        folds = min(self.folds, len(set(senders)))
        split = GroupKFold(folds, shuffle=True, random_state=self.seed)
        found: Scores = {}
        for number, (train, test) in enumerate(split.split(entries, groups=senders), 1):
            progress(f"cross-validation {number} of {folds}")
            space, machines = self._learn([entries[i] for i in train], [texts[i] for i in train])
            for copy in (0, 1):
                for head, values in score(machines, space.rows(texts[i][copy] for i in test)).items():
                    whole = found.setdefault(head, np.zeros((2 * len(entries), values.shape[1])))
                    whole[test + copy * len(entries)] = values
        return found

    def _calibrate(self, entries: Sequence[LabelledEntry], scores: Scores) -> None:
        self.sharpness_ = {
            head: sharpness_of(
                scores[head], np.array([[x in accepted_labels(e, head) for x in labels] for e in entries])
            )
            for head, labels in LABELS.items()
        }
        self.curves_ = {head: self._curve(head, scores[head], entries) for head in HEADS}
        self.thresholds_ = self._thresholds(entries, self._probabilities(scores))

    def _curve(self, head: str, scores: np.ndarray, entries: Sequence[LabelledEntry]) -> tuple[float, float]:
        """From a flag's score, or a label's share of its rivals, to the probability that a fair reader agrees."""
        if head in FLAGS:
            return slope_and_offset(scores[:, 0], np.array([accepted_labels(e, head)[0] for e in entries]))
        shares = softmax(scores, self.sharpness_[head])
        first = [LABELS[head][place] for place in shares.argmax(axis=1)]
        agreed = np.array([label in accepted_labels(e, head) for label, e in zip(first, entries, strict=True)])
        return slope_and_offset(log_odds(shares.max(axis=1)), agreed)

    def _thresholds(self, entries: Sequence[LabelledEntry], p: Scores) -> dict[str, float]:
        denounced = p["kind"][:, LABELS["kind"].index(DENUNCIATION)]
        thresholds = {
            DENUNCIATION: threshold_for_recall(
                denounced, np.array([e.is_denunciation for e in entries]), self.denunciation_recall
            )
        }
        for flag, recall in (("urgent", self.urgent_recall), ("accuses_staff", self.accuses_recall)):
            truth = np.array([accepted_labels(e, flag)[0] for e in entries])
            thresholds[flag] = threshold_for_recall(p[flag][:, 0], truth, recall)
        named = (denounced >= thresholds[DENUNCIATION]) | (p["urgent"][:, 0] >= thresholds["urgent"])
        return thresholds | {POST: self._post_threshold(entries, p["topic"], ~named)}

    def _post_threshold(self, entries: Sequence[LabelledEntry], topics: np.ndarray, ordinary: np.ndarray) -> float:
        """How sure a post must be; only entries that would go to a topic's post count."""
        posts = default_posts()
        sure = np.array([post_probability(row, posts) for row in topics])
        given = [posts[LABELS["topic"][int(row.argmax())]] for row in topics]
        right = np.array([post in {posts[x] for x in e.topics} for post, e in zip(given, entries, strict=True)])
        return threshold_for_accuracy(sure[ordinary], right[ordinary], self.route_accuracy)

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
        rows = self.space_.rows(observed)
        p = self._probabilities(score(self.machines_, rows))
        judge = Judge(self.space_, self.machines_, self.thresholds_)
        return [
            judge.reading(
                one, (rows.indices[start:end], rows.data[start:end]), {head: p[head][place] for head in HEADS}
            )
            for place, (one, start, end) in enumerate(zip(observed, rows.indptr, rows.indptr[1:], strict=False))
        ]
