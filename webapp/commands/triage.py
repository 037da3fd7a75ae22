"""`langnghe triage classify`, `evaluate` and `train`: the classifier without the database.

Those that need one, because they learn from corrections, are in `releases`.
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from webapp.commands.measuring import benchmark, card
from webapp.commands.redaction import redact
from webapp.commands.releases import COMMANDS

if TYPE_CHECKING:
    from triage.deciding import Decided, Decider
    from triage.reading.corpus import LabelledEntry
    from triage.reading.evaluation import Report
    from triage.routing.roster import Roster

PATH_VARIABLE = "LANGNGHE_CLASSIFIER"
_BATCH = 200


@click.group()
def triage() -> None:
    """Read entries, measure the classifier, train it, let it learn from corrections."""


@triage.command()
@click.argument("file", type=click.File("r", encoding="utf-8", errors="replace"), default="-")
@click.option(
    "--roster",
    "roster_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help='JSON of {"commune", "staff": [{"id", "name", "title", "post", "department", "gender"}]}.',
)
def classify(file: TextIO, roster_file: Path | None) -> None:
    """Read JSON lines {"id", "text"} from FILE or standard input; write one decision a line."""
    roster, decider = _roster(roster_file), get_decider()
    try:
        for entries in _batches(_read_lines(file)):
            _write(decider, entries, roster)
    except BrokenPipeError:
        # The reader went away ("| head"): nobody is left to tell, and exit must not flush into nothing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _batches(entries: Iterator[tuple[Any, str]]) -> Iterator[list[tuple[Any, str]]]:
    """Entries in batches; what stands before a bad line is still given before the complaint."""
    batch: list[tuple[Any, str]] = []
    try:
        for entry in entries:
            batch.append(entry)
            if len(batch) == _BATCH:
                yield batch
                batch = []
    except click.ClickException:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def _read_lines(file: Iterable[str]) -> Iterator[tuple[Any, str]]:
    for number, line in enumerate(file, 1):
        if line.strip("\ufeff \t\r\n"):
            yield _parsed(line, number)


def _parsed(line: str, number: int) -> tuple[Any, str]:
    try:
        row = json.loads(line.lstrip("\ufeff"))
    except (ValueError, RecursionError) as problem:
        raise click.ClickException(f"line {number}: no JSON") from problem
    if not isinstance(row, dict):
        raise click.ClickException(f'line {number}: expected an object with "id" and "text"')
    if not isinstance(row.get("text"), str):
        raise click.ClickException(f'line {number}: "text" must be a string')
    if not isinstance(row.get("id"), str | int) or isinstance(row["id"], bool):
        raise click.ClickException(f'line {number}: "id" must be a string or a number')
    return row["id"], row["text"]


def _write(decider: "Decider", entries: Sequence[tuple[Any, str]], roster: "Roster") -> None:
    from triage.splitting import with_matters

    out = sys.stdout.buffer
    texts = [text for _, text in entries]
    decided = with_matters(
        lambda parts: decider.decide(parts, roster), texts, decider.decide(texts, roster), decider.posts
    )
    for (id, _), one in zip(entries, decided, strict=True):
        line = json.dumps(one.as_row(id), ensure_ascii=False) + "\n"
        out.write(line.encode("utf-8", errors="replace"))
    out.flush()


def _roster(path: Path | None) -> "Roster":
    from triage.routing.roster import Roster

    return Roster.from_json(_roster_json(path)) if path else Roster()


def _roster_json(path: Path) -> dict[str, Any]:
    """The object in a roster's file, once it is known to be a roster."""
    from triage.routing.roster import Roster

    try:
        data: dict[str, Any] = json.loads(path.read_text("utf-8"))
        Roster.from_json(data)
    except (ValueError, OSError) as problem:
        raise click.ClickException(f"{path}: {problem}") from problem
    return data


def _with_roster(entries: "list[LabelledEntry]", roster: dict[str, Any] | None) -> "list[LabelledEntry]":
    """The entries, those without a roster given this one."""
    return [entry if entry.roster or roster is None else replace(entry, roster=roster) for entry in entries]


@triage.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "json_file", type=click.Path(path_type=Path, dir_okay=False), help="Also write them here.")
@click.option("--cross-validate", is_flag=True, help="Measure on the corpus, each part read by one that never saw it.")
@click.option(
    "--roster",
    "roster_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The staff that entries without a roster of their own speak of, as for `classify`.",
)
def evaluate(files: tuple[Path, ...], json_file: Path | None, cross_validate: bool, roster_file: Path | None) -> None:
    """Figures on labelled entries: FILES of the corpus format or with lists of accepted labels."""
    if bool(files) == cross_validate:
        raise click.UsageError("give FILES to measure on, or --cross-validate")
    reports = _cross_validated() if cross_validate else _measured(files, roster_file)
    if json_file is not None:
        content = {name: report.as_json() for name, report in reports.items()}
        json_file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _measured(files: Sequence[Path], roster_file: Path | None) -> dict[str, "Report"]:
    from triage.reading.evaluation import as_table, evaluate

    roster = _roster_json(roster_file) if roster_file else None
    sets = {str(path): _with_roster(_labelled(path), roster) for path in files}
    decider = get_decider()
    reports = {}
    for name, entries in sets.items():
        reports[name] = evaluate(by_roster(decider), entries, decider.posts)
        click.echo(as_table(name, reports[name]) + "\n")
    return reports


def _labelled(path: Path) -> "list[LabelledEntry]":
    from triage.reading.corpus import BadEntry, load_file

    try:
        return load_file(path)
    except BadEntry as problem:
        raise click.ClickException(str(problem)) from problem


def by_roster(decider: "Decider") -> Any:
    """The decider as evaluation asks for it: texts beside the entries whose roster they carry."""
    from triage.deciding import decide_each
    from triage.routing.roster import Roster

    def decide(texts: Sequence[str], entries: "Sequence[LabelledEntry]") -> "list[Decided]":
        rosters = [Roster.from_json(entry.roster) if entry.roster else Roster() for entry in entries]
        return decide_each(decider, texts, rosters)

    return decide


def _cross_validated() -> dict[str, "Report"]:
    from triage.deciding import Decider
    from triage.reading.evaluation import as_table, evaluate
    from triage.reading.labels import default_posts
    from triage.reading.training import cross_validate, load_corpus

    entries = load_corpus()
    decider = Decider(cross_validate(entries, progress=_say), default_posts())
    report = evaluate(by_roster(decider), entries, decider.posts)
    click.echo(as_table("cross-validated", report))
    return {"cross-validated": report}


@triage.command()
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Where to write the classifier.")
@click.option("--corpus", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Folder of *.jsonl.")
def train(out: Path | None, corpus: Path | None) -> None:
    """Train the classifier from the corpus and write it as one file."""
    from triage.deciding import Decider
    from triage.reading import artefact
    from triage.reading.corpus import CORPUS, HELD_OUT, BadEntry, digest, load_corpus, load_file
    from triage.reading.evaluation import evaluate
    from triage.reading.labels import default_posts
    from triage.reading.training import train as learn

    folder = corpus or CORPUS
    try:
        entries = load_corpus(folder)
        classifier = learn(entries, _say)
        held_out = folder / f"{HELD_OUT}.jsonl"
        scores: dict[str, float] = {}
        if held_out.exists():
            _say("measuring on texts held back")
            decider = Decider(classifier, default_posts())
            # No clock: the same corpus must give the same file.
            scores = evaluate(by_roster(decider), load_file(held_out), decider.posts, clock=lambda: 0.0).values()
    except (BadEntry, ValueError) as problem:
        raise click.ClickException(str(problem)) from problem
    origin = artefact.Origin(_made(), digest(entries), len(entries), scores)
    path = artefact.save(classifier, out or classifier_path(), origin)
    click.echo(f"{path}: {len(entries)} entries, {path.stat().st_size / 1e6:.1f} MB, release {classifier.release}")


def _made() -> str:
    """The day of the build, or the one that a reproducible build asks for."""
    asked = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(asked), UTC) if asked and asked.isdigit() else datetime.now(UTC)
    return moment.date().isoformat()


def _say(step: str) -> None:
    click.echo(f"{step} …", err=True)


def classifier_path() -> Path:
    """The classifier file that is asked for, or the one of the installation."""
    from triage.reading.artefact import default_path

    asked = os.environ.get(PATH_VARIABLE)
    return Path(asked) if asked else default_path()


def get_decider() -> "Decider":
    """What reads and routes with that file; a sentence and exit 1 where it is missing or damaged."""
    from triage.deciding import Decider
    from triage.reading.artefact import BadArtefact, load
    from triage.reading.labels import default_posts

    path = classifier_path()
    try:
        return Decider(load(path), default_posts())
    except FileNotFoundError as problem:
        message = f"no classifier at {path}: run `langnghe triage train`"
        raise click.ClickException(message) from problem
    except (BadArtefact, OSError) as problem:
        raise click.ClickException(str(problem)) from problem


for _command in (*COMMANDS, redact, benchmark, card):
    triage.add_command(_command)
