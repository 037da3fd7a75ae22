"""The same pipeline on two public research sets, beside what others published on them.

UIT-VSFC (students' feedback: sentiment, topic; Nguyen et al. 2018) and UIT-ViCTSD (news comments: topic, constructive,
toxic; Nguyen et al. 2021). Their terms allow research only: nothing that ships is learned from them, and no copy of
them is in the project. They compare methods; they say nothing of citizens' letters.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from triage.reading.features import FeatureSpace, Observed, observe
from triage.reading.variants import bare

STRENGTH = 0.2
"""As the classifier's own machines."""


@dataclass(frozen=True, slots=True)
class Task:
    """One question of one set: folder, field of the text and of the label, figure and what was published."""

    folder: str
    text: str
    label: str
    average: str
    published: str
    floor: float | None = None

    @property
    def name(self) -> str:
        """As the table calls it."""
        return f"{self.folder.removeprefix('uit-').upper()} {self.label}, {self.average} F1"


TASKS = (
    Task("uit-vsfc", "text", "sentiment", "weighted", "BiLSTM and ensembles .920–.928, PhoBERT about .94", 0.892),
    Task("uit-vsfc", "text", "topic", "weighted", ".896–.897", 0.866),
    Task("uit-victsd", "Comment", "Topic", "micro", "none comparable seen"),
    Task("uit-victsd", "Comment", "Constructiveness", "macro", "PhoBERT .786"),
    Task("uit-victsd", "Comment", "Toxicity", "macro", "PhoBERT .594"),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """F1 (0–1) on the test part, as typed and without diacritics; `n` texts."""

    task: Task
    typed: float
    bare: float
    n: int


def run(folder: Path) -> Iterator[Outcome]:
    """Learn from each training part and measure on its test part. FileNotFoundError where a set is missing."""
    seen: dict[str, _Set] = {}
    for task in TASKS:
        if task.folder not in seen:
            seen[task.folder] = _Set(folder / task.folder, task.text)
        yield seen[task.folder].measure(task)


class _Set:
    """Rows of a set, learned and tested as the classifier does: every text as typed and without diacritics."""

    def __init__(self, folder: Path, text: str) -> None:
        self._train, self._test = _rows(folder / "train.jsonl"), _rows(folder / "test.jsonl")
        learned = [*_observed(self._train, text), *_observed(self._train, text, strip=True)]
        space = FeatureSpace.learned(learned, [*range(len(self._train))] * 2)
        self._learned = space.rows(learned)
        self._typed = space.rows(_observed(self._test, text))
        self._bare = space.rows(_observed(self._test, text, strip=True))

    def measure(self, task: Task) -> Outcome:
        from sklearn.metrics import f1_score
        from sklearn.svm import LinearSVC

        labels = [str(row[task.label]) for row in self._train]
        machine = LinearSVC(C=STRENGTH, random_state=0).fit(self._learned, np.array(labels * 2))
        truth = [str(row[task.label]) for row in self._test]
        typed, without = (
            float(f1_score(truth, machine.predict(rows), average=task.average)) for rows in (self._typed, self._bare)
        )
        return Outcome(task, typed, without, len(truth))


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _observed(rows: Sequence[dict[str, str]], text: str, strip: bool = False) -> list[Observed]:
    return [observe(bare(row[text]) if strip else row[text]) for row in rows]
