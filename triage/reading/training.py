"""Training the classifier that ships, and measuring it by readers that never saw what they read."""

from collections.abc import Sequence

from sklearn.model_selection import GroupKFold

from triage.reading.classifier import EntryClassifier, Progress, silent
from triage.reading.corpus import LabelledEntry, load_corpus
from triage.reading.readings import Reading
from triage.reading.variants import bare

__all__ = ["CrossReader", "cross_validate", "load_corpus", "train"]

FEWEST_SENDERS = 10


def train(entries: Sequence[LabelledEntry], progress: Progress = silent) -> EntryClassifier:
    """A classifier with the default parameters, the same for the same entries.

    Raises ValueError for too few entries to learn and to check from.
    """
    if len({entry.persona for entry in entries}) < FEWEST_SENDERS:
        raise ValueError(f"training needs entries of at least {FEWEST_SENDERS} different senders")
    return EntryClassifier().fit(entries, progress=progress)


class CrossReader:
    """Reads each text of the corpus, as typed or bare, with a classifier that never saw its sender."""

    release = "cross-validated"

    def __init__(self, reader_of: dict[str, EntryClassifier]) -> None:
        self._reader_of = reader_of

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading a text, in order. Raises KeyError for a text that is not of the corpus."""
        readings: dict[int, Reading] = {}
        places_of: dict[int, list[int]] = {}
        readers = {id(reader): reader for reader in self._reader_of.values()}
        for place, text in enumerate(texts):
            places_of.setdefault(id(self._reader_of[text]), []).append(place)
        for reader, places in places_of.items():
            readings |= zip(places, readers[reader].read([texts[place] for place in places]), strict=True)
        return [readings[place] for place in range(len(texts))]


def cross_validate(entries: Sequence[LabelledEntry], folds: int = 5, progress: Progress = silent) -> CrossReader:
    """Train `folds` classifiers, each without the senders that it will be asked to read."""
    senders = [entry.persona for entry in entries]
    split = GroupKFold(folds, shuffle=True, random_state=1)
    reader_of: dict[str, EntryClassifier] = {}
    for number, (kept, read) in enumerate(split.split(entries, groups=senders), 1):
        progress(f"classifier {number} of {folds}")
        reader = train([entries[place] for place in kept])
        for place in read:
            reader_of |= {entries[place].text: reader, bare(entries[place].text): reader}
    return CrossReader(reader_of)
