"""What commands share: settings, the open database, and passwords to hand out."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Account, Database, Keyring, Officer, Role, Unit
from models.migrations import current_revision, head_revision, upgrade
from webapp.auth import hash_password
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
    """Create what is missing — data folder, keys, schema — and open the database."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    if not settings.keys_file.exists():
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


def add_account(
    session: Session,
    username: str,
    password: str,
    role: Role,
    unit: Unit,
    officer: Officer | None = None,
    demonstration: bool = False,
) -> Account:
    """A new sign-in, or a new password and fresh sessions for a known one."""
    account = session.scalars(sa.select(Account).where(Account.username == username)).first()
    if account is None:
        account = Account(username=username, role=role, unit_id=unit.id, demonstration=demonstration)
        account.officer_id = officer.id if officer else None
        session.add(account)
    else:
        account.epoch += 1
    account.password_hash = hash_password(password)
    session.flush()
    return account
