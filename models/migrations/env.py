"""Runs revisions on the database that `models.migrations.config` was given."""

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

from models import Base


def render_plain_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our column kinds as the plain types they are stored as: a revision must outlive our classes."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


database = context.config.attributes["database"]
with database.write_engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render_plain_type,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
