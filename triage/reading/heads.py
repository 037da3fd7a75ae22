"""The four questions the classifier answers, and the linear machines that score the answers (pure)."""

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from triage.reading.corpus import LabelledEntry
from triage.reading.labels import KIND_IDS, TOPIC_IDS

LABELS: dict[str, tuple[str, ...]] = {"kind": KIND_IDS, "topic": TOPIC_IDS}
"""The questions with many answers, in the order of the taxonomy."""

FLAGS = ("urgent", "accuses_staff")
HEADS = (*LABELS, *FLAGS)

Scores = dict[str, np.ndarray]
"""By question: one row an entry, one column a label; a flag has one column."""

_NEVER_MET = -3.0
"""Score of a label that no training entry carries."""


def accepted_labels(entry: LabelledEntry, head: str) -> tuple[str | bool, ...]:
    """Every answer a fair reader could give, the best first."""
    answers: dict[str, tuple[str, ...] | tuple[bool, ...]] = {
        "kind": entry.kinds,
        "topic": entry.topics,
        "urgent": entry.urgent,
        "accuses_staff": entry.accuses_staff,
    }
    return answers[head]


def learn_head(
    head: str,
    rows: csr_matrix,
    entries: Sequence[LabelledEntry],
    sources: Sequence[int],
    strength: float,
    other_weight: float,
    seed: int,
) -> LinearSVC:
    """A machine for one question. Row i shows `entries[sources[i]]`; entries with two fair labels count for both."""
    picked: list[int] = []
    labels: list[str | bool] = []
    weights: list[float] = []
    for row, source in enumerate(sources):
        shares = _label_shares(entries[source], head, other_weight)
        picked += [row] * len(shares)
        labels += list(shares)
        weights += list(shares.values())
    # Flags are rare and must not be missed; kinds and topics are taken as often as they come.
    balance = "balanced" if head in FLAGS else None
    machine = LinearSVC(C=strength, class_weight=balance, random_state=seed)
    return machine.fit(rows[picked], np.array(labels), sample_weight=np.array(weights))


def _label_shares(entry: LabelledEntry, head: str, other_weight: float) -> dict[str | bool, float]:
    best, *others = accepted_labels(entry, head)
    if head in FLAGS:
        return {best: 1.0}
    whole = 1 + other_weight * len(others)
    return {best: 1 / whole} | {label: other_weight / whole for label in others}


def score(machines: Mapping[str, LinearSVC], rows: csr_matrix) -> Scores:
    """Scores of all questions for every row."""
    return {head: _score_head(head, machines[head], rows) for head in HEADS}


def _score_head(head: str, machine: LinearSVC, rows: csr_matrix) -> np.ndarray:
    values = machine.decision_function(rows)
    if head in FLAGS:
        return np.asarray(values).reshape(-1, 1)
    if values.ndim == 1:  # only two labels were met
        values = np.column_stack([-values, values])
    scores = np.full((rows.shape[0], len(LABELS[head])), _NEVER_MET)
    scores[:, [LABELS[head].index(label) for label in machine.classes_]] = values
    return scores


def weights_for(machine: LinearSVC, label: str | bool) -> np.ndarray | None:
    """How much each column speaks for `label`, or None for a label never met."""
    place = np.flatnonzero(machine.classes_ == label)
    if not len(place):
        return None
    if len(machine.classes_) == 2:
        weights: np.ndarray = machine.coef_[0] if place[0] == 1 else -machine.coef_[0]
        return weights
    row: np.ndarray = machine.coef_[place[0]]
    return row
