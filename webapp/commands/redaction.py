"""`langnghe triage redact`: personal details blacked out, and how well that is done."""

import json
import sys
from pathlib import Path
from typing import TextIO

import click


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8", errors="replace"), default="-")
@click.option(
    "--evaluate",
    "labelled",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help='Instead measure on JSON lines {"id", "text", "spans": [{"text", "kind"}]}, typed and without diacritics.',
)
def redact(file: TextIO, labelled: Path | None) -> None:
    """Read JSON lines {"id", "text"} from FILE or standard input; write them with personal details blacked out."""
    if labelled is not None:
        _evaluate(labelled)
        return
    from vietnamese.redaction import redact as blacked_out
    from webapp.commands.triage import _read_lines

    for id, text in _read_lines(file):
        line = json.dumps({"id": id, "text": blacked_out(text)}, ensure_ascii=False) + "\n"
        sys.stdout.buffer.write(line.encode("utf-8", errors="replace"))
    sys.stdout.buffer.flush()


def _evaluate(labelled: Path) -> None:
    from triage.reading.redaction_figures import BadMarking, as_table, load_marked, measure, stripped

    try:
        entries = load_marked(labelled)
    except (BadMarking, OSError) as problem:
        raise click.ClickException(f"{labelled}: {problem}") from problem
    click.echo(as_table("typed", measure(entries)) + "\n")
    click.echo(as_table("stripped", measure(stripped(entries))))
