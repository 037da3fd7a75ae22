"""`langnghe transactions import`."""

from pathlib import Path

import click

from models.base import utc_now
from models.transactions import keep_transactions, read_transactions
from webapp.commands.installation import opened


@click.group()
def transactions() -> None:
    """Dossiers of the one-stop system: how many people could have been asked."""


@transactions.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def transactions_import(file: Path) -> None:
    """Import dossiers from a CSV FILE, one line a dossier; one that comes again is updated.

    Columns: unit_code, dossier_code, procedure_code, field, received_on, due_on, finished_on, and no other:
    a column that tells of the applicant is refused. All lines are good, or nothing changes.
    """
    now = utc_now()
    with opened() as (_settings, database):
        # Read before the one write lock is taken: citizens go on rating meanwhile.
        with database.reading() as session:
            rows = read_transactions(session, file, now)
        with database.writing() as session:
            changed = keep_transactions(session, rows, now)
    click.echo(f"{len(rows)} dossiers read from {file.name}, {changed} new or changed; the worker counts their days")
