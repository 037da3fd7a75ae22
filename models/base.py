"""What every table shares: naming, typed columns with their meaning, and the kinds of column.

A column is declared with `column(meaning, ..., personal=...)`, so that the schema itself says what each
column means and what personal data it holds (Law 91/2025/QH15 asks the controller to know both).
"""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

Personal = Literal["none", "free_text", "contact", "identity", "staff", "credential", "linkable"]


class Base(DeclarativeBase):
    """Root of all tables; constraint names are deterministic so that migrations can name them."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def column(meaning: str, *args: Any, personal: Personal = "none", **options: Any) -> MappedColumn[Any]:
    """A mapped column that carries its meaning and a note on personal data."""
    return mapped_column(*args, comment=meaning, info={"personal": personal}, **options)


def enum_of(kind: type[StrEnum]) -> sa.Enum:
    """Text column limited to the values of `kind` by a CHECK constraint, the same on both databases."""
    longest = max(len(member.value) for member in kind)
    return sa.Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=max(longest, 16),
        name=_snake(kind.__name__),
        values_callable=lambda members: [member.value for member in members],
    )


def _snake(name: str) -> str:
    return "".join("_" + c.lower() if c.isupper() else c for c in name).lstrip("_")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: stored as UTC, given back aware. A naive datetime is a programming error."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class EncryptedText(TypeDecorator[str]):
    """Text that is readable only with the key ring of the running installation, never in the database."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> bytes | None:
        return None if value is None else keyring_of(dialect).seal(value)

    def process_result_value(self, value: bytes | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else keyring_of(dialect).unseal(bytes(value))


def keyring_of(dialect: sa.Dialect) -> Any:
    """The key ring that `Database` hung on its engine's dialect: keys are passed in, never global."""
    return dialect.langnghe_keyring  # type: ignore[attr-defined]


class Located:
    """Province and unit on every row that grows, so that a large site can be split by province."""

    @declared_attr
    def province_code(cls) -> Mapped[str]:
        return column("two-digit code of the province the row belongs to", sa.String(2), index=False)

    @declared_attr
    def unit_id(cls) -> Mapped[int]:
        return column("unit the row belongs to", sa.ForeignKey("units.id"), index=True)


Clock = Callable[[], datetime]
"""Tells the present instant; passed in, so that tests and demonstrations choose the time."""


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)
