"""Training the classifier that ships: the corpus in, an artefact's content out (pure apart from reading files)."""

from collections.abc import Sequence

from triage.reading.classifier import EntryClassifier, Progress
from triage.reading.corpus import LabelledEntry, load_corpus

__all__ = ["load_corpus", "train"]


def _silent(step: str) -> None:
    """Progress nobody asked for."""


def train(entries: Sequence[LabelledEntry], progress: Progress = _silent) -> EntryClassifier:
    """A classifier with the default parameters, the same for the same entries.

    Raises ValueError for too few entries to learn and to check from.
    """
    if len({entry.persona for entry in entries}) < 10:
        raise ValueError("training needs entries of at least 10 different senders")
    return EntryClassifier().fit(entries, progress=progress)
