"""Classifiers for tests: a small one, quick to make, and the one that ships."""

import pytest

from triage.reading.artefact import default_path, load
from triage.reading.classifier import EntryClassifier
from triage.reading.corpus import LabelledEntry, load_corpus


@pytest.fixture(scope="session")
def corpus() -> list[LabelledEntry]:
    """Every entry that may be learned from."""
    return load_corpus()


@pytest.fixture(scope="session")
def small(corpus) -> EntryClassifier:
    """A classifier of a twelfth of the corpus: the mechanism, not the figures."""
    return EntryClassifier(folds=2).fit(corpus[::12])


@pytest.fixture(scope="session")
def whole() -> EntryClassifier:
    """The classifier that ships, as the installation built it from this corpus."""
    return load(default_path())
