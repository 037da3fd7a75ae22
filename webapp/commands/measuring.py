"""`langnghe triage benchmark` and `triage card`: what the classifier is worth, in figures others can check."""

from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def benchmark(folder: Path) -> None:
    """Run the same pipeline on UIT-VSFC and UIT-ViCTSD in FOLDER, beside published figures.

    Both sets are for research only: the classifier that ships never learns from them, and they are not part of the
    project. Each set is a folder with train.jsonl and test.jsonl.
    """
    from triage.reading.benchmark import TASKS, run

    missing = sorted({task.folder for task in TASKS if not (folder / task.folder / "train.jsonl").exists()})
    if missing:
        click.echo(f"Skipped: {folder} holds no {' and no '.join(missing)}. Both sets may be asked of their authors.")
        return
    click.echo(f"{'':42}{'typed':>8}{'bare':>8}{'n':>7}  floor   published")
    for outcome in run(folder):
        task = outcome.task
        floor = f"{task.floor:.3f}" if task.floor is not None else "–"
        click.echo(f"{task.name:42}{outcome.typed:>8.3f}{outcome.bare:>8.3f}{outcome.n:>7}  {floor:7} {task.published}")


@click.command()
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the card here and not to the screen."
)
def card(out: Path | None) -> None:
    """Write the model card of the classifier in use, from figures measured now on the frozen set."""
    from triage.reading.artefact import origin_of
    from triage.reading.card import card as make_card
    from triage.reading.corpus import CORPUS, FROZEN, load_file
    from triage.reading.evaluation import evaluate
    from webapp.commands.triage import by_roster, classifier_path, get_decider

    frozen = CORPUS / f"{FROZEN}.jsonl"
    decider, entries = get_decider(), load_file(frozen)
    decide = by_roster(decider)
    text = make_card(
        decider.release,
        origin_of(classifier_path()),
        frozen,
        evaluate(decide, entries, decider.posts),
        decide([entry.text for entry in entries], entries),
        entries,
    )
    if out is None:
        click.echo(text)
    else:
        out.write_text(text + "\n", "utf-8")
        click.echo(f"{out}: card of release {decider.release}")
