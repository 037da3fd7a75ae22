"""The questions the classifier answers, and the linear machines that score the answers (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from triage.reading.corpus import LabelledEntry
from triage.reading.labels import KIND_IDS, SENTIMENTS, TOPIC_IDS

LABELS: dict[str, tuple[str, ...]] = {"topic": TOPIC_IDS, "kind": KIND_IDS, "sentiment": SENTIMENTS}
"""The questions with many answers, those in the order of the taxonomy."""

FLAGS = ("urgent", "accuses_staff")
HEADS = (*LABELS, *FLAGS)

Scores = dict[str, np.ndarray]
"""By question: one row an entry, one column a label; a flag has one column."""

_NEVER_MET = -3.0
"""Score of a label that no training entry carries."""

_PROCESSES, _MANY = 2, 4000
"""Questions learned at once from many rows. In processes: liblinear's threads would share one random number."""


def answers_to(head: str) -> tuple[str | bool, ...]:
    """What a machine scores for a question: every label, or for a flag that it is true."""
    return LABELS.get(head, (True,))


_OUTPUTS = tuple((head, answer) for head in HEADS for answer in answers_to(head))
_PLACE_OF = {output: place for place, output in enumerate(_OUTPUTS)}
_FIRST = {head: _PLACE_OF[head, answers_to(head)[0]] for head in HEADS}


def accepted_labels(entry: LabelledEntry, head: str) -> tuple[str | bool, ...]:
    """Every answer a fair reader could give, the best first; none where nobody noted one."""
    accepted: dict[str, tuple[str, ...] | tuple[bool, ...]] = {
        "kind": entry.kinds,
        "topic": entry.topics,
        "sentiment": (entry.sentiment,) if entry.sentiment else (),
        "urgent": entry.urgent,
        "accuses_staff": entry.accuses_staff,
    }
    return accepted[head]


@dataclass(frozen=True)
class Machines:
    """What was learned: how much each column of the features speaks for each answer.

    `weights` has a row a feature and a column an answer, `offsets` a number an answer; ValueError for other shapes.
    """

    weights: np.ndarray
    offsets: np.ndarray

    def __post_init__(self) -> None:
        if self.weights.ndim != 2 or not self.weights.shape[1] == len(self.offsets) == len(_OUTPUTS):
            raise ValueError(f"weights of {self.weights.shape} for {len(_OUTPUTS)} answers")

    def score(self, rows: csr_matrix) -> Scores:
        """Scores of all questions for every row."""
        # Rows of the weights' own type: another would copy all weights for every single entry.
        data = rows.data.astype(self.weights.dtype)
        alike = csr_matrix((data, rows.indices, rows.indptr), shape=rows.shape)
        everything = np.asarray(alike @ self.weights) + self.offsets
        return {head: everything[:, _FIRST[head] : _FIRST[head] + len(answers_to(head))] for head in HEADS}

    @staticmethod
    def place_of(head: str, answer: str | bool) -> int:
        """The column of `weights` that speaks for an answer."""
        return _PLACE_OF[head, answer]


def learn_machines(
    rows: csr_matrix,
    entries: Sequence[LabelledEntry],
    sources: Sequence[int],
    strength: float,
    other_weight: float,
    seed: int,
) -> Machines:
    """Machines for all questions. Row i shows `entries[sources[i]]`; entries with two fair labels count for both."""

    from joblib import Parallel, delayed

    lessons = {head: _lessons_of(head, entries, sources, other_weight) for head in HEADS}
    together = Parallel(n_jobs=_PROCESSES if rows.shape[0] >= _MANY else 1)
    learned = together(delayed(_learn_head)(head, rows, lessons[head], strength, seed) for head in HEADS)
    # As precise as the file keeps them: what is measured after learning is what will serve.
    weights = np.vstack([weights for weights, _ in learned]).T.astype(np.float16)
    offsets = np.concatenate([offsets for _, offsets in learned])
    return Machines(np.ascontiguousarray(weights, dtype=np.float32), offsets.astype(np.float32))


_Lessons = tuple[list[int], list[str | bool], list[float]]
"""Rows to learn from, the label each carries, and how much it counts."""


def _lessons_of(head: str, entries: Sequence[LabelledEntry], sources: Sequence[int], other_weight: float) -> _Lessons:
    shares_of = [_label_shares(entry, head, other_weight) for entry in entries]
    lessons = [(row, label, share) for row, source in enumerate(sources) for label, share in shares_of[source].items()]
    return [one[0] for one in lessons], [one[1] for one in lessons], [one[2] for one in lessons]


def _learn_head(
    head: str, rows: csr_matrix, lessons: _Lessons, strength: float, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """(weights, offsets): a row and a number an answer."""
    from sklearn.svm import LinearSVC

    picked, labels, shares = lessons
    answers = answers_to(head)
    weights = np.zeros((len(answers), rows.shape[1]))
    offsets = np.full(len(answers), _NEVER_MET)
    met = sorted(set(labels))
    if len(met) < 2:
        offsets[[answers.index(label) for label in met if label in answers]] = -_NEVER_MET
        return weights, offsets
    # Flags are rare and must not be missed; kinds and topics are taken as often as they come.
    balance = "balanced" if head in FLAGS else None
    machine = LinearSVC(C=strength, class_weight=balance, random_state=seed)
    machine.fit(rows[picked], np.array(labels), sample_weight=np.array(shares))
    learned, added = machine.coef_, machine.intercept_
    if len(met) == 2:  # liblinear keeps one row, for the second label
        learned, added = np.vstack([-learned, learned]), np.concatenate([-added, added])
    for place, label in enumerate(machine.classes_):
        if label in answers:
            at = answers.index(label)
            weights[at], offsets[at] = learned[place], added[place]
    return weights, offsets


def _label_shares(entry: LabelledEntry, head: str, other_weight: float) -> dict[str | bool, float]:
    accepted = accepted_labels(entry, head)
    if not accepted:
        return {}
    best, *others = accepted
    if head in FLAGS:
        return {best: 1.0}
    whole = 1 + other_weight * len(others)
    return {best: 1 / whole} | {label: other_weight / whole for label in others}
