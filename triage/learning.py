"""Learning who is blamed and whether staff is accused, from labelled scenarios and the corpus of the reading.

    python -m triage.learning tests/triage/routing

First the weights of `routing.roles`: a scenario says who of its roster is blamed, so each of its mentions is an
example. An entry of the corpus only says whether staff is accused: where it is not, every mention is a
counterexample; where it is, the scorer learned so far says which mention is likely meant, and learns again.

Then the weights of `accusation`, from readings and roles that never saw the text they speak of.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.sparse import vstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from triage import accusation
from triage.accusation import evidence
from triage.reading.corpus import load_corpus
from triage.reading.readings import Reading
from triage.reading.training import cross_validate, train
from triage.reading.variants import bare
from triage.routing import roles
from triage.routing.accused import Finding, kept_out
from triage.routing.mentions import Mention, mentions_in
from triage.routing.posts import directory_of
from triage.routing.roles import Features, Scene, Scorer
from triage.routing.roster import Roster
from triage.routing.tokens import tokenize
from vietnamese.text import nfc, strip_marks

CORPUS_ROSTER = "van_xuan"
STRENGTH, CORPUS_WEIGHT, EVIDENCE_WEIGHT, ROUNDS, FOLDS = 0.2, 1.0, 0.3, 3, 5
"""Inverse of the regularisation, weights beside a labelled text of a mention and of an entry of the corpus, rounds,
parts of the corpus."""

FEWEST = 3
"""A feature seen in fewer mentions is not kept."""

_KEPT_WEIGHT = 0.01


@dataclass(frozen=True)
class Example:
    """One entry: its mentions with their features, and who is blamed (None where only `accuses` is known).

    `accuses` is None where two fair readers would differ.
    """

    text: str
    mentions: tuple[Mention, ...]
    features: tuple[Features, ...]
    blamed: frozenset[str] | None
    accuses: bool | None


def examples_of(text: str, roster: Roster, blamed: frozenset[str] | None, accuses: bool | None) -> list[Example]:
    """The entry as typed and without diacritics."""
    return [_example(typed, roster, blamed, accuses) for typed in (nfc(text), strip_marks(text))]


def _example(text: str, roster: Roster, blamed: frozenset[str] | None, accuses: bool | None) -> Example:
    tokens = tokenize(text)
    scene = Scene(tokens, mentions_in(tokens, directory_of(roster)))
    features = tuple(scene.features(place) for place in range(len(scene.mentions)))
    return Example(text, tuple(scene.mentions), features, blamed, accuses)


def load_rosters(folder: Path) -> dict[str, Roster]:
    """The rosters of `rosters.yaml` by name."""
    loaded = yaml.safe_load((folder / "rosters.yaml").read_text("utf-8"))
    return {name: Roster.from_json(data) for name, data in loaded.items()}


def load_scenarios(path: Path) -> list[dict[str, Any]]:
    """Scenarios as they are written: text, roster, accused, related, kind, accuses_staff."""
    loaded: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    return loaded


def from_scenarios(scenarios: Sequence[dict[str, Any]], rosters: dict[str, Roster]) -> list[Example]:
    """Examples of labelled scenarios."""
    found: list[Example] = []
    for one in scenarios:
        blamed = frozenset({*one.get("accused", []), *one.get("related", [])})
        flag = _agreed(_listed(one.get("accuses_staff", True)))
        found += examples_of(one["text"], rosters[one.get("roster", "na_phieng")], blamed, flag)
    return found


def from_corpus(roster: Roster) -> list[Example]:
    """Examples of the reading's corpus, of which only the flag is known."""
    return [
        example
        for entry in load_corpus()
        for example in examples_of(entry.text, roster, None, _agreed(entry.accuses_staff))
    ]


def _listed(flags: bool | list[bool]) -> list[bool]:
    return flags if isinstance(flags, list) else [flags]


def _agreed(flags: Sequence[bool]) -> bool | None:
    return flags[0] if len(set(flags)) == 1 else None


def learn(labelled: Sequence[Example], flagged: Sequence[Example]) -> Scorer:
    """Weights of a logistic regression, the same for the same examples in the same order."""
    sure = [(features, _is_blamed(one, mention)) for one in labelled for mention, features in _pairs(one)]
    unsure = [(features, number) for number, one in enumerate(flagged) for _, features in _pairs(one)]
    vectors = DictVectorizer()
    table = vectors.fit_transform([features for features, _ in sure] + [features for features, _ in unsure])
    kept = np.asarray((table != 0).sum(axis=0)).ravel() >= FEWEST
    table = table[:, kept]
    names = vectors.get_feature_names_out()[kept]
    answers = np.array([answer for _, answer in sure], dtype=float)
    groups = np.array([number for _, number in unsure])
    accusing = np.array([flagged[number].accuses is not False for number in groups], dtype=bool)
    first, second = table[: len(sure)], table[len(sure) :]
    machine = LogisticRegression(C=STRENGTH, max_iter=3000).fit(first, answers)
    for _ in range(ROUNDS):
        meant = _meant(machine.predict_proba(second)[:, 1], groups, accusing)
        everything = vstack([first, second, second])
        labels = np.concatenate([answers, np.ones(len(meant)), np.zeros(len(meant))])
        counts = np.concatenate([np.ones(len(answers)), CORPUS_WEIGHT * meant, CORPUS_WEIGHT * (1 - meant)])
        machine = LogisticRegression(C=STRENGTH, max_iter=3000).fit(everything, labels, sample_weight=counts)
    heavy = {str(name): round(float(w), 3) for name, w in zip(names, machine.coef_[0], strict=True)}
    weights = {name: weight for name, weight in sorted(heavy.items()) if abs(weight) >= _KEPT_WEIGHT}
    return Scorer(round(float(machine.intercept_[0]), 3), weights)


def _pairs(one: Example) -> list[tuple[Mention, Features]]:
    return list(zip(one.mentions, one.features, strict=True))


def _is_blamed(one: Example, mention: Mention) -> bool:
    return bool({holder.person.id for holder in mention.holders} & (one.blamed or frozenset()))


def _meant(p: np.ndarray, groups: np.ndarray, accusing: np.ndarray) -> np.ndarray:
    """How likely each mention is the one meant: none where nobody is accused, else the best one at least likely."""
    meant = np.where(accusing, p, 0.0)
    for group in np.unique(groups[accusing]):
        places = groups == group
        best = p[places].max()
        if best < 0.5:
            meant[places] = p[places] * min(0.6 / best, 3.0)
    return np.clip(meant, 0.0, 1.0)


# --- whether staff is accused ---


def learn_accusation(rows: Sequence[tuple[dict[str, float], bool, float]]) -> dict[str, float]:
    """Weights of the evidence from (evidence, answer, count of the row)."""
    names = list(rows[0][0])
    table = np.array([[known[name] for name in names] for known, _, _ in rows])
    answers, counts = [answer for _, answer, _ in rows], [count for _, _, count in rows]
    machine = LogisticRegression(C=1.0, max_iter=3000).fit(table, answers, sample_weight=counts)
    weights = {name: round(float(w), 3) for name, w in zip(names, machine.coef_[0], strict=True)}
    return {"bias": round(float(machine.intercept_[0]), 3)} | weights


def evidence_rows(
    examples: Sequence[Example], readings: Sequence[Reading], scorer: Scorer, count: float
) -> list[tuple[dict[str, float], bool, float]]:
    """What speaks for and against in examples whose flag is agreed on, by a scorer that never saw them."""
    return [
        (evidence(reading, _findings(one, scorer)), one.accuses, count)
        for one, reading in zip(examples, readings, strict=True)
        if one.accuses is not None
    ]


def _findings(one: Example, scorer: Scorer) -> list[Finding]:
    return [Finding(mention, "", 0, 0, scorer.probability(features)) for mention, features in _pairs(one)]


def _kept_out(one: Example, scorer: Scorer) -> frozenset[str]:
    findings = kept_out(_findings(one, scorer))
    return frozenset(holder.person.id for finding in findings for holder in finding.mention.holders)


class Lessons:
    """Everything there is to learn from: labelled examples by file, examples of the corpus, and readers."""

    def __init__(self, folder: Path) -> None:
        rosters = load_rosters(folder)
        paths = sorted(folder.glob("scenarios*.yaml"))
        self.files = {path.stem: from_scenarios(load_scenarios(path), rosters) for path in paths}
        self.corpus = from_corpus(rosters[CORPUS_ROSTER])
        entries = load_corpus()
        self._whole, self._crossed = train(entries), cross_validate(entries)
        forms = {entry.text: entry.text for entry in entries} | {bare(entry.text): entry.text for entry in entries}
        self._typed = {nfc(form): form for form in forms} | {strip_marks(form): bare(form) for form in forms}

    def labelled(self, without: str = "") -> list[Example]:
        """Labelled examples of every file but one."""
        return [example for name, examples in self.files.items() if name != without for example in examples]

    def readings(self, examples: Sequence[Example]) -> list[Reading]:
        """Readings by classifiers that never saw the texts."""
        crossed = [one.text in self._typed for one in examples]
        fresh = iter(self._whole.read([one.text for one, known in zip(examples, crossed, strict=True) if not known]))
        known_texts = [self._typed[one.text] for one, known in zip(examples, crossed, strict=True) if known]
        seen = iter(self._crossed.read(known_texts))
        return [next(seen) if known else next(fresh) for known in crossed]

    def figures(self) -> Iterator[tuple[str, float, float]]:
        """(file, recall, precision) of each file by roles learned from the others, where staff is accused."""
        for name, examples in self.files.items():
            scorer = learn(self.labelled(without=name), self.corpus)
            accusing = [one for one in examples if one.accuses and one.blamed]
            pairs = [(_kept_out(one, scorer), one.blamed or frozenset()) for one in accusing]
            found = [(kept, blamed) for kept, blamed in pairs if kept]
            recall = sum(blamed <= kept for kept, blamed in pairs) / max(1, len(pairs))
            yield name, recall, sum(kept <= blamed for kept, blamed in found) / max(1, len(found))

    def accusation_rows(self) -> list[tuple[dict[str, float], bool, float]]:
        """Evidence of everything, each file and each fifth of the corpus judged by roles learned from the rest."""
        rows = []
        for name, examples in self.files.items():
            scorer = learn(self.labelled(without=name), self.corpus)
            rows += evidence_rows(examples, self.readings(examples), scorer, 1.0)
        for fold in range(FOLDS):
            left_out = [one for place, one in enumerate(self.corpus) if place // 2 % FOLDS == fold]
            kept = [one for place, one in enumerate(self.corpus) if place // 2 % FOLDS != fold]
            rows += evidence_rows(left_out, self.readings(left_out), learn(self.labelled(), kept), EVIDENCE_WEIGHT)
        return rows


def main(folder: Path) -> None:
    """Learn from everything in `folder` and write both files of weights."""
    lessons = Lessons(folder)
    scorer = learn(lessons.labelled(), lessons.corpus)
    _write(roles.WEIGHTS, {"bias": scorer.bias, "weights": scorer.weights})
    _write(accusation.WEIGHTS, learn_accusation(lessons.accusation_rows()))
    print(f"{len(scorer.weights)} weights of roles from {len(lessons.labelled())} labelled texts")
    for name, recall, precision in lessons.figures():
        print(f"{name}, learned from the others: recall {recall:.3f}, precision {precision:.3f}")


def _write(path: Path, kept: Any) -> None:
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
