"""Two small classifiers in files, learned once, and the folder of a corpus as small."""

import json
from pathlib import Path

import pytest

from triage.reading.artefact import Origin, save
from triage.reading.classifier import EntryClassifier
from triage.reading.corpus import LabelledEntry, load_corpus


@pytest.fixture(scope="session")
def entries() -> list[LabelledEntry]:
    """Every entry that may be learned from."""
    return load_corpus()


@pytest.fixture(scope="session")
def files(entries: list[LabelledEntry], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Release → file, of two that learned from different twenty-fourths of the corpus."""
    folder, found = tmp_path_factory.mktemp("releases"), {}
    for start in (0, 1):
        classifier = EntryClassifier(folds=2).fit(entries[start::24])
        path = save(classifier, folder / f"{start}.npz", Origin("2026-10-05", f"corpus {start}", 215))
        found[classifier.release] = path
    return found


@pytest.fixture(scope="session")
def small_corpus(entries: list[LabelledEntry], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a twenty-fourth of the corpus, and as many others as its frozen entries."""
    folder = tmp_path_factory.mktemp("corpus")
    for name, part in (("some", entries[2::24]), ("frozen", entries[3::24])):
        (folder / f"{name}.jsonl").write_text("".join(map(_line, part)), "utf-8")
    return folder


def _line(entry: LabelledEntry) -> str:
    row = {"id": entry.id, "persona": entry.persona, "text": entry.text, "kinds": entry.kinds, "topics": entry.topics,
           "urgent": entry.urgent, "accuses_staff": entry.accuses_staff}  # fmt: skip
    return json.dumps(row, ensure_ascii=False) + "\n"
