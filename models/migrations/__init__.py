"""The schema's history and the verbs that walk it; the same revisions serve SQLite and PostgreSQL."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from models.engine import Database


def config(database: Database | None = None) -> Config:
    """Alembic's configuration for this folder; with a database its migrations run on it."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent))
    settings.attributes["database"] = database
    return settings


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the schema to `revision`, holding the write turn throughout."""
    with database.write_turn():
        command.upgrade(config(database), revision)


def downgrade(database: Database, revision: str) -> None:
    """Bring the schema back to `revision`; `base` leaves nothing."""
    with database.write_turn():
        command.downgrade(config(database), revision)


def current_revision(database: Database) -> str | None:
    """The revision the database is at, or None for an empty one."""
    with database.read_engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head_revision() -> str:
    """The revision this program needs."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    assert head is not None, "the package ships at least one revision"
    return head
