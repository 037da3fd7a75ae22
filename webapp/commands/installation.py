"""What commands share: settings, the open database, and passwords to hand out."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Database, Keyring, Unit
from models.encryption import KeysMissing
from models.migrations import current_revision, head_revision, upgrade
from webapp.settings import Settings, load_settings

# No letters that are mistaken for each other when read from paper.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


@contextmanager
def opened(migrated: bool = True) -> Iterator[tuple[Settings, Database]]:
    """Settings and database of this installation; with `migrated`, refuses a schema that is not current."""
    settings = load_settings()
    database = Database(settings.database_url, Keyring.load(settings.keys_file))
    try:
        if migrated and current_revision(database) != head_revision():
            raise click.ClickException("the database is not at this program's schema: run `langnghe db upgrade`")
        yield settings, database
    finally:
        database.dispose()


def prepare(settings: Settings) -> Database:
    """Create what is missing — data folder, keys, schema — and open the database.

    Raises KeysMissing when a database is there without its keys: new ones would close its texts for ever.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    if not settings.keys_file.exists():
        if database_exists(settings):
            raise KeysMissing(
                f"the database is there but its keys are not at {settings.keys_file}: restore that file, "
                "or name another LANGNGHE_DATABASE_URL for a new installation"
            )
        Keyring.generate().save(settings.keys_file)
    database = Database(settings.database_url, Keyring.load(settings.keys_file))
    if current_revision(database) != head_revision():
        upgrade(database)
    return database


def get_unit(session: Session, code: str) -> Unit:
    """A living unit by its code; a clear refusal for an unknown one."""
    unit = session.scalars(sa.select(Unit).where(Unit.code == code, Unit.valid_to.is_(None))).first()
    if unit is None:
        raise click.ClickException(f"no unit has the code {code}; `langnghe units import` adds units")
    return unit


def new_password() -> str:
    """Four groups of four readable characters: 79 bits."""
    letters = [secrets.choice(_READABLE) for _ in range(16)]
    return "-".join("".join(letters[i : i + 4]) for i in range(0, 16, 4))


def database_exists(settings: Settings) -> bool:
    """Whether the configured database holds a schema; creates nothing."""
    url = sa.make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return False
    database = Database(settings.database_url, Keyring.generate())
    try:
        return current_revision(database) is not None
    finally:
        database.dispose()
