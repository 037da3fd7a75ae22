"""Building a candidate: learn from corpus and corrections, measure it beside the release that serves, decide.

Knows no database: corrections come in, a verdict and a file go out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from triage.deciding import Decider
from triage.reading import artefact
from triage.reading.classifier import EntryClassifier, Progress
from triage.reading.corpus import FROZEN, LabelledEntry, digest, load_corpus, load_file
from triage.reading.training import train
from triage.releasing import comparing
from triage.releasing.comparing import Fall, Measured, falls
from triage.releasing.corrections import Lessons
from triage.releasing.deciding import by_roster
from triage.releasing.measuring import measure
from triage.releasing.registry import Built


@dataclass(frozen=True)
class Candidate:
    """A candidate in its file, what it measured beside the release that serves, and what bars it."""

    built: Built
    serving: Measured
    falls: tuple[Fall, ...]


def build(
    corpus: Path,
    lessons: Lessons,
    serving: EntryClassifier,
    posts: Mapping[str, str],
    out: Path,
    today: date,
    progress: Progress,
) -> Candidate:
    """Train from the corpus in a folder and the corrections, write the file `out`, and hold it against `serving`.

    The folder's frozen entries and the fresh corrections are read by both. `today` goes into the file.
    Raises BadEntry, or ValueError for too little to learn from.
    """
    entries = load_corpus(corpus)
    frozen = load_file(corpus / f"{FROZEN}.jsonl")
    learned = [*entries, *lessons.learned]
    origin = artefact.Origin(today.isoformat(), digest(learned), len(entries))
    # What is measured is what the file holds, as the worker will load it.
    classifier = artefact.load(artefact.save(train(learned, progress), out, origin))
    progress("measuring")
    sets = {comparing.FROZEN: frozen, comparing.FRESH: lessons.fresh}
    measured = _measured(classifier, sets, posts)
    beside = _measured(serving, sets, posts)
    built = Built(classifier.release, origin.corpus, len(entries), len(lessons.learned), measured.figures)
    return Candidate(built, beside, tuple(falls(measured, beside)))


def _measured(
    classifier: EntryClassifier, sets: Mapping[str, Sequence[LabelledEntry]], posts: Mapping[str, str]
) -> Measured:
    return measure(by_roster(Decider(classifier, posts)), sets, posts)
