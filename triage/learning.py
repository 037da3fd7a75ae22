"""Learning who is blamed and whether staff is accused, from labelled scenarios and the corpus of the reading.

    python -m triage.learning tests/triage/routing

Three files of weights, one after the other, each learned from what the one before says of texts it never saw: the
tone of a text (`routing.tone`), the part of each mention (`routing.roles`), and whether staff is accused
(`accusation`). A scenario says who of its roster is blamed; an entry of the corpus only says whether staff is: where
it is not, every mention is a counterexample; where it is, the scorer learned so far says which mention is likely meant.

At the end every set of scenarios is decided on by weights learned without it.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.sparse import csr_matrix, vstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from triage import accusation
from triage.accusation import evidence
from triage.deciding import matter_of
from triage.reading.corpus import digest, load_corpus
from triage.reading.readings import Reading
from triage.reading.training import cross_validate, train
from triage.reading.variants import bare
from triage.routing import roles, tone
from triage.routing.accused import Weighed, finding_of
from triage.routing.mentions import mentions_in
from triage.routing.posts import directory_of
from triage.routing.roles import Features, Scene, Scorer
from triage.routing.roster import Roster
from triage.routing.routes import route_findings
from triage.routing.tokens import Tokens, tokenize
from triage.routing.tone import Voice
from vietnamese.text import nfc

CORPUS_ROSTER = "van_xuan"
STRENGTH, TONE_STRENGTH, ROUNDS, FOLDS = 0.3, 1.0, 3, 5
"""Inverse of the regularisation of the parts and of the tone, rounds over the corpus, parts it is cut into."""

CORPUS_WEIGHT, TONE_WEIGHT, EVIDENCE_WEIGHT = 0.3, 0.2, 0.3
"""What an entry of the corpus counts beside a scenario for the parts, for the tone and as evidence."""

FEWEST, FEWEST_TEXTS = 3, 4
"""A feature seen in fewer mentions, or in fewer texts, is not kept."""

_KEPT_WEIGHT = 0.01
_SILENT = Voice(0.0, {})


@dataclass(frozen=True)
class Lesson:
    """One entry as typed or bare: who is blamed (empty where unknown) and whether staff is (None: readers differ).

    `group` names what is left out together: a file or set of scenarios, or a part of the corpus.
    """

    text: str
    roster: Roster
    group: str
    blamed: frozenset[str]
    tolerated: frozenset[str]
    accuses: bool | None
    superior: bool
    tokens: Tokens
    scene: Scene

    @property
    def labelled(self) -> bool:
        """Whether it says who is blamed."""
        return not self.group.startswith("corpus")


def lessons_of(text: str, roster: Roster, group: str, flags: Sequence[bool], row: Mapping[str, Any]) -> list[Lesson]:
    """The entry as typed and without diacritics."""
    blamed = frozenset({*row.get("accused", ()), *row.get("related", ())})
    accuses = flags[0] if len(set(flags)) == 1 else None
    if row.get("kind") == "complaint" and not flags[0]:
        blamed = frozenset()  # a first complaint that accuses nobody keeps nobody from it
    found = []
    for form in (nfc(text), bare(text)):
        tokens = tokenize(form)
        scene = Scene(tokens, mentions_in(tokens, directory_of(roster)), _SILENT)
        also = blamed | frozenset(row.get("also", ()))
        superior = bool(row.get("superior"))
        found.append(Lesson(form, roster, group, blamed, also, accuses, superior, tokens, scene))
    return found


def load_rosters(folder: Path) -> dict[str, Roster]:
    """The rosters of `rosters.yaml` by name."""
    loaded = yaml.safe_load((folder / "rosters.yaml").read_text("utf-8"))
    return {name: Roster.from_json(data) for name, data in loaded.items()}


def load_scenarios(path: Path) -> list[dict[str, Any]]:
    """Scenarios as they are written: text, roster, accused, related, kind, accuses_staff, set."""
    loaded: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    return loaded


def from_scenarios(folder: Path, rosters: Mapping[str, Roster]) -> list[Lesson]:
    """Lessons of the labelled scenarios of a folder."""
    found: list[Lesson] = []
    for path in sorted(folder.glob("scenarios*.yaml")):
        for row in load_scenarios(path):
            flags = row.get("accuses_staff", True)
            group = f"set {row['set']}" if "set" in row else path.stem
            roster = rosters[row.get("roster", "na_phieng")]
            found += lessons_of(row["text"], roster, group, flags if isinstance(flags, list) else [flags], row)
    return found


def from_corpus(roster: Roster) -> list[Lesson]:
    """Lessons of the reading's corpus, of which only the flag is known."""
    return [
        lesson
        for number, entry in enumerate(load_corpus())
        for lesson in lessons_of(entry.text, roster, f"corpus {number % FOLDS}", entry.accuses_staff, {})
    ]


def data_digest(folder: Path) -> str:
    """A short name for exactly the scenarios, rosters and corpus that weights are learned from."""
    paths = [folder / "rosters.yaml", *sorted(folder.glob("scenarios*.yaml"))]
    return sha256(b"\n".join([*(path.read_bytes() for path in paths), digest(load_corpus()).encode()])).hexdigest()[:12]


# --- the tone of a text ---


def learn_voice(lessons: Sequence[Lesson]) -> Voice:
    """Weights of words and pairs, from texts of which it is known whether they accuse staff."""
    sure = [one for one in lessons if one.accuses is not None]
    table, names = _table([one.scene.tone.features() for one in sure], FEWEST_TEXTS)
    counts = np.array([1.0 if one.labelled else TONE_WEIGHT for one in sure])
    machine = LogisticRegression(C=TONE_STRENGTH, max_iter=1000)
    machine.fit(table, np.array([one.accuses for one in sure]), sample_weight=counts)
    return Voice(*_kept(machine, names))


def _table(features: Sequence[Features], fewest: int) -> tuple[csr_matrix, np.ndarray]:
    """(rows, names of the columns), without features that too few rows have."""
    vectors = DictVectorizer()
    table = vectors.fit_transform(features)
    kept = np.asarray((table != 0).sum(axis=0)).ravel() >= fewest
    return table[:, kept], vectors.get_feature_names_out()[kept]


def _kept(machine: LogisticRegression, names: np.ndarray) -> tuple[float, dict[str, float]]:
    heavy = {str(name): round(float(weight), 3) for name, weight in zip(names, machine.coef_[0], strict=True)}
    weights = {name: weight for name, weight in sorted(heavy.items()) if abs(weight) >= _KEPT_WEIGHT}
    return round(float(machine.intercept_[0]), 3), weights


# --- the part of each mention ---


@dataclass(frozen=True)
class Example:
    """A lesson heard by a voice that never met its group, with the features of its mentions."""

    lesson: Lesson
    scene: Scene
    features: tuple[Features, ...]


def example_of(lesson: Lesson, voice: Voice) -> Example:
    """The lesson as `voice` hears it."""
    scene = Scene(lesson.tokens, lesson.scene.mentions, voice)
    return Example(lesson, scene, tuple(scene.features(place) for place in range(len(scene.mentions))))


def learn_parts(examples: Sequence[Example]) -> Scorer:
    """Weights of a logistic regression, the same for the same examples in the same order."""
    labelled = [one for one in examples if one.lesson.labelled]
    flagged = [one for one in examples if not one.lesson.labelled]
    table, names = _table([f for one in (*labelled, *flagged) for f in one.features], FEWEST)
    answers = np.array([_is_blamed(one, at) for one in labelled for at in range(len(one.features))], dtype=float)
    groups = np.array([number for number, one in enumerate(flagged) for _ in one.features])
    accusing = np.array([flagged[number].lesson.accuses is not False for number in groups], dtype=bool)
    first, second = table[: len(answers)], table[len(answers) :]
    machine = LogisticRegression(C=STRENGTH, max_iter=3000, warm_start=True).fit(first, answers)
    for _ in range(ROUNDS):
        meant = _meant(machine.predict_proba(second)[:, 1], groups, accusing)
        everything = vstack([first, second, second])
        labels = np.concatenate([answers, np.ones(len(meant)), np.zeros(len(meant))])
        counts = np.concatenate([np.ones(len(answers)), CORPUS_WEIGHT * meant, CORPUS_WEIGHT * (1 - meant)])
        machine.fit(everything, labels, sample_weight=counts)
    return Scorer(*_kept(machine, names))


def _is_blamed(one: Example, place: int) -> bool:
    return bool({holder.person.id for holder in one.scene.mentions[place].holders} & one.lesson.blamed)


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


@dataclass(frozen=True)
class Row:
    """A lesson judged and read by what never met its group."""

    lesson: Lesson
    reading: Reading
    weighed: Weighed


def weighed_by(one: Example, scorer: Scorer) -> Weighed:
    """What routing would say of the lesson with these weights."""
    scene = one.scene
    findings = tuple(finding_of(scene, place, scorer) for place in range(len(scene.mentions)))
    return Weighed(findings, scene.tone.of_text())


def learn_accusation(rows: Sequence[Row]) -> Scorer:
    """Weights of the evidence."""
    sure = [row for row in rows if row.lesson.accuses is not None]
    known = [evidence(row.reading, row.weighed) for row in sure]
    names = list(known[0])
    table = np.array([[one[name] for name in names] for one in known])
    counts = np.array([1.0 if row.lesson.labelled else EVIDENCE_WEIGHT for row in sure])
    machine = LogisticRegression(C=1.0, max_iter=3000)
    machine.fit(table, np.array([row.lesson.accuses for row in sure]), sample_weight=counts)
    weights = {name: round(float(w), 3) for name, w in zip(names, machine.coef_[0], strict=True)}
    return Scorer(round(float(machine.intercept_[0]), 3), weights)


class Reader:
    """Readings by classifiers that never saw the texts."""

    def __init__(self) -> None:
        entries = load_corpus()
        self._whole, self._crossed = train(entries), cross_validate(entries)
        forms = {form for entry in entries for form in (entry.text, bare(entry.text))}
        self._typed = {nfc(form): form for form in forms}

    def read(self, texts: Sequence[str]) -> dict[str, Reading]:
        """The reading of each text."""
        known = [text for text in texts if text in self._typed]
        fresh = [text for text in texts if text not in self._typed]
        read = self._crossed.read([self._typed[text] for text in known])
        return dict(zip([*known, *fresh], [*read, *self._whole.read(fresh)], strict=True))


# --- everything together ---


@dataclass(frozen=True)
class Learned:
    """All three files of weights, and the rows that the last was learned from."""

    voice: Voice
    parts: Scorer
    accusation: Scorer
    rows: tuple[Row, ...]


def learn(lessons: Sequence[Lesson], readings: Mapping[str, Reading]) -> Learned:
    """Everything, each step from what the one before says of texts it never saw."""
    groups = sorted({one.group for one in lessons})
    voices = {group: learn_voice([one for one in lessons if one.group != group]) for group in groups}
    examples = [example_of(one, voices[one.group]) for one in lessons]
    rows: list[Row] = []
    for group in groups:
        scorer = learn_parts([one for one in examples if one.lesson.group != group])
        rows += [
            Row(one.lesson, readings[one.lesson.text], weighed_by(one, scorer))
            for one in examples
            if one.lesson.group == group
        ]
    return Learned(learn_voice(lessons), learn_parts(examples), learn_accusation(rows), tuple(rows))


def figures(rows: Sequence[Row], posts: Mapping[str, str]) -> Iterator[str]:
    """A line for every group of scenarios, typed and bare: decided on by weights learned without it."""
    for group in sorted({row.lesson.group for row in rows if row.lesson.labelled}):
        weights = learn_accusation([row for row in rows if row.lesson.group != group])
        mine = [row for row in rows if row.lesson.group == group]
        for name, part in ((group, mine[::2]), (f"{group}, bare", mine[1::2])):
            yield f"{name:24}" + "  ".join(f"{what} {k}/{n}" for what, (k, n) in _shares(part, weights, posts).items())


def _shares(rows: Sequence[Row], weights: Scorer, posts: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    shares: dict[str, list[bool]] = {}
    for row in rows:
        lesson, matter = row.lesson, matter_of(row.reading, row.weighed, weights)
        routing = route_findings(matter, row.weighed.findings, lesson.roster, posts)
        found = set(routing.excluded)
        known = {
            "recall": (bool(lesson.blamed), lesson.blamed <= found),
            "precision": (bool(found), found <= lesson.tolerated),
            "accuses, recall": (lesson.accuses is True, matter.accuses_staff),
            "accuses, precision": (matter.accuses_staff, lesson.accuses is not False),
            "superior found": (lesson.superior, routing.superior),
            "wrongly up": (not lesson.superior, routing.superior),
        }
        for what, (counts, right) in known.items():
            shares.setdefault(what, []).extend([right] if counts else [])
    return {what: (sum(answers), len(answers)) for what, answers in shares.items()}


def main(folder: Path) -> None:
    """Learn from everything in `folder` and write the three files of weights."""
    from triage.reading.labels import default_posts

    rosters = load_rosters(folder)
    lessons = [*from_scenarios(folder, rosters), *from_corpus(rosters[CORPUS_ROSTER])]
    learned = learn(lessons, Reader().read([one.text for one in lessons]))
    source = data_digest(folder)
    for path, kept in ((tone.WEIGHTS, learned.voice), (roles.WEIGHTS, learned.parts),
                       (accusation.WEIGHTS, learned.accusation)):  # fmt: skip
        content = {"learned_from": source, "bias": kept.bias, "weights": dict(kept.weights)}
        path.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", "utf-8")
        print(f"{path.name}: {len(kept.weights)} weights from {len(lessons)} texts")
    for line in figures(learned.rows, default_posts()):
        print(line)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
