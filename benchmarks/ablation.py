"""What each view of an entry is worth: figures by cross-validation with all views, and without each in turn.

`python -m benchmarks.ablation [FOLDS]`; with five folds about two minutes a row on one
core, with two 40 seconds. Right: a fair reader could have said so.
*grave*: precision where 95 of 100 denunciations and accusations are found, by the machines alone.
"""

import sys
from collections.abc import Iterator, Sequence

import numpy as np
from scipy.sparse import vstack
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

from triage.reading import features
from triage.reading.classifier import EntryClassifier
from triage.reading.corpus import LabelledEntry, load_corpus
from triage.reading.features import FeatureSpace, Observed, View, observe
from triage.reading.heads import LABELS, accepted_labels
from triage.reading.variants import bare

FOLDS = 5
RECALL = 0.95


def rows(entries: Sequence[LabelledEntry], folds: int) -> Iterator[tuple[str, int, list[float]]]:
    """(views, columns, figures) for all views and without each."""
    typed, stripped = ([observe(form(entry.text)) for entry in entries] for form in (str, bare))
    every = features.VIEWS
    try:
        for name, views in [("all", every), *((f"without {one.name}", _without(every, one)) for one in every)]:
            _look_through(views)
            yield name, *_measure(entries, typed, stripped, folds)
    finally:
        _look_through(every)


def _without(views: tuple[View, ...], left_out: View) -> tuple[View, ...]:
    return tuple(view for view in views if view is not left_out)


def _look_through(views: tuple[View, ...]) -> None:
    features.VIEWS = views
    features._WEIGHTS = np.array([view.weight for view in views])


def _measure(
    entries: Sequence[LabelledEntry], typed: Sequence[Observed], stripped: Sequence[Observed], folds: int
) -> tuple[int, list[float]]:
    strength = EntryClassifier().strength
    right: dict[str, list[bool]] = {"kind": [], "topic": [], "topic, bare": []}
    scores, truth = np.zeros(len(entries)), np.array([e.is_denunciation or e.accuses_staff[0] for e in entries])
    split = GroupKFold(folds, shuffle=True, random_state=0)
    width = 0
    for learn, test in split.split(entries, groups=[entry.persona for entry in entries]):
        space = FeatureSpace.learned([*(typed[i] for i in learn), *(stripped[i] for i in learn)], [*learn, *learn])
        width = space.width
        known = vstack([space.rows(typed[i] for i in learn), space.rows(stripped[i] for i in learn)]).tocsr()
        asked, asked_bare = space.rows(typed[i] for i in test), space.rows(stripped[i] for i in test)
        for head in ("kind", "topic"):
            labels = np.array([LABELS[head].index(str(accepted_labels(entries[i], head)[0])) for i in learn])
            machine = LinearSVC(C=strength, random_state=0).fit(known, np.tile(labels, 2))
            said = [LABELS[head][at] for at in machine.predict(asked)]
            right[head] += [one in accepted_labels(entries[i], head) for one, i in zip(said, test, strict=True)]
            if head == "topic":
                said = [LABELS[head][at] for at in machine.predict(asked_bare)]
                right["topic, bare"] += [one in entries[i].topics for one, i in zip(said, test, strict=True)]
        grave = LinearSVC(C=strength, class_weight="balanced", random_state=0).fit(known, np.tile(truth[learn], 2))
        scores[test] = grave.decision_function(asked)
    bar = np.sort(scores[truth])[::-1][int(np.ceil(RECALL * truth.sum())) - 1]
    return width, [*(float(np.mean(answers)) for answers in right.values()), float(truth[scores >= bar].mean())]


def main() -> None:
    """Print the table, a row as soon as it is measured."""
    entries, folds = load_corpus(), int(sys.argv[1]) if len(sys.argv) > 1 else FOLDS
    print(f"{len(entries)} entries, {folds} folds by sender", file=sys.stderr)
    print(f"{'':26}{'columns':>9}{'kind':>8}{'topic':>8}{'bare':>8}{'grave':>8}")
    for name, width, figures in rows(entries, folds):
        print(f"{name:26}{width:>9}" + "".join(f"{figure:>8.3f}" for figure in figures), flush=True)


if __name__ == "__main__":
    main()
