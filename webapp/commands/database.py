"""`langnghe db upgrade`, `backup`, `restore`."""

from pathlib import Path

import click

from models import Database
from models.base import utc_now
from models.migrations import current_revision, head_revision, upgrade
from webapp.backups import BackupFailed, remember_backup, restore_backup, write_backup
from webapp.commands.installation import opened, prepare
from webapp.settings import Settings, load_settings


@click.group()
def db() -> None:
    """The database's schema."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the schema to this program's version (makes an empty database when there is none)."""
    database = prepare(load_settings())
    upgrade(database)
    click.echo(f"schema at revision {current_revision(database)} (newest {head_revision()})")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write one backup FILE while the service runs. Keys are not in it: keep the key file elsewhere."""
    with opened() as (settings, database):
        try:
            manifest = write_backup(database, file)
        except BackupFailed as problem:
            raise click.ClickException(str(problem)) from problem
    remember_backup(settings.data_dir, file, manifest)
    click.echo(f"backup {file} written: {manifest['rows']} rows, revision {manifest['revision']}")
    click.echo(f"keep a copy of {settings.keys_file} in another safe place: without it the texts stay closed")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--replace", is_flag=True, help="Replace a database that already holds rows.")
def restore(file: Path, replace: bool) -> None:
    """Restore a backup FILE into the configured database; stop web and worker first."""
    with opened(migrated=False) as (settings, database):
        try:
            manifest = restore_backup(database, file, replace)
        except BackupFailed as problem:
            raise click.ClickException(str(problem)) from problem
        _tell_checkpoints(settings, database, f"backup of {manifest['made_at']}")
    click.echo(f"restored {manifest['rows']} rows made at {manifest['made_at']}, revision {manifest['revision']}")


def _tell_checkpoints(settings: Settings, database: Database, why: str) -> None:
    """What was recorded after the backup is lost lawfully: the record's checkpoints must say so."""
    from triage.casework.checkpoint_files import month_files, take_checkpoint
    from triage.casework.checkpoints import BadCheckpoint

    if not month_files(settings.checkpoints_dir):
        return
    try:
        take_checkpoint(database, settings.checkpoints_dir, utc_now(), why)
    except (BadCheckpoint, OSError) as problem:
        click.echo(f"no checkpoint was taken ({problem}): run `langnghe audit checkpoint --restored WHY`", err=True)
