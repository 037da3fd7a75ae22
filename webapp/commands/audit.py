"""`langnghe audit`: verify the record, take a checkpoint of it, print the line for paper."""

from pathlib import Path

import click

from models import Keyring
from models.base import utc_now
from triage.casework.checkpoint_files import find_checkpoint, hear_copy, hear_folder, newest_checkpoint, take_checkpoint
from triage.casework.checkpoints import BadCheckpoint, printed
from triage.casework.record import Walk, verify_all
from triage.casework.testimony import Heard, joined
from webapp.commands.installation import opened
from webapp.settings import load_settings

COPY = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group()
def audit() -> None:
    """The record of what was done."""


@audit.command()
@click.option("--against", type=COPY, multiple=True, metavar="FILE", help="Also hold it against a copy kept elsewhere.")
def verify(against: tuple[Path, ...]) -> None:
    """Walk every case's chain and hold it against all checkpoints; what does not fit is named, exit 1."""
    with opened() as (settings, database):
        # Checkpoints first: one that is taken meanwhile would know more than the snapshot.
        here = hear_folder(settings.checkpoints_dir, database.keyring)
        heard = joined(here, [hear_copy(file, database.keyring) for file in against])
        with database.snapshot() as session:
            walk = verify_all(session, heard)
    for fault in walk.faults:
        click.echo(fault, err=True)
    for note in heard.notes:
        click.echo(f"note: {note}", err=True)
    click.echo(f"{walk.events} events of {walk.cases} cases walked, {walk.erased} payloads lawfully erased")
    click.echo(_held_against(heard))
    if walk.restored_since is not None:
        click.echo(_restored(walk, heard), err=True)
    if walk.faults:
        raise click.ClickException(f"{len(walk.faults)} faults found")


@audit.command()
@click.option(
    "--restored",
    default="",
    metavar="WHY",
    help="The database was put back to an earlier state: say why, and begin anew.",
)
def checkpoint(restored: str) -> None:
    """Sign how far every chain has come, into this month's file; prints the line for paper.

    The worker does so by itself; a timer may do it where no worker runs.
    """
    with opened() as (settings, database):
        try:
            taken = take_checkpoint(database, settings.checkpoints_dir, utc_now(), restored.strip())
        except (BadCheckpoint, OSError) as problem:
            raise click.ClickException(f"no checkpoint was taken: {problem}") from problem
    click.echo(printed(taken))
    if taken.contradicted:
        raise click.ClickException("chains are not as earlier checkpoints recorded them: run `langnghe audit verify`")


@audit.command()
@click.argument("number", type=click.IntRange(1), required=False)
def line(number: int | None) -> None:
    """Print the line of the newest checkpoint, or of checkpoint NUMBER: for reports, and to send elsewhere."""
    settings = load_settings()
    folder, keyring = settings.checkpoints_dir, Keyring.load(settings.keys_file)
    try:
        found = find_checkpoint(folder, keyring, number) if number else newest_checkpoint(folder, keyring)
    except (BadCheckpoint, OSError) as problem:
        raise click.ClickException(str(problem)) from problem
    if found is None:
        raise click.ClickException(f"there is no such checkpoint in {folder}: run `langnghe audit checkpoint`")
    click.echo(printed(found))


def _held_against(heard: Heard) -> str:
    if heard.last is None:
        return "no checkpoints: what was cut off at the end of a chain cannot be seen"
    return f"held against {len(heard.digests)} checkpoints, the newest: {printed(heard.last)}"


def _restored(walk: Walk, heard: Heard) -> str:
    since = f"at {heard.called(walk.restored_since)}" if walk.restored_since else "before the first checkpoint"
    return (
        f"The database stands as {since}; all that was recorded later is gone. If a backup was restored, say so: "
        "`langnghe audit checkpoint --restored WHY`. If nobody restored one, the record was cut off."
    )
