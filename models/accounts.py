"""Who may sign in, and as what. An officer's rights follow from posts held today, not from the account."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, relationship

from models.base import Base, UtcDateTime, column, enum_of
from models.people import Officer
from models.units import Unit


class Role(StrEnum):
    """Audience an account belongs to; each has its own pages and its own guard."""

    OFFICER = "officer"
    BOARD = "board"
    ADMINISTRATOR = "administrator"


class Account(Base):
    """A sign-in. Officers, leaders and superiors are `officer` accounts tied to a person with posts."""

    __tablename__ = "accounts"
    __table_args__ = (sa.CheckConstraint("(role = 'officer') = (officer_id IS NOT NULL)", name="officers_are_people"),)

    id: Mapped[int] = column("surrogate key", primary_key=True)
    username: Mapped[str] = column("sign-in name, lower case", sa.String(60), unique=True, personal="staff")
    password_hash: Mapped[str] = column("Argon2id hash", sa.String(200), personal="credential")
    role: Mapped[Role] = column("audience", enum_of(Role))
    unit_id: Mapped[int] = column("unit whose data the account may see", sa.ForeignKey("units.id"))
    officer_id: Mapped[int | None] = column("the person", sa.ForeignKey("officers.id"), unique=True)
    epoch: Mapped[int] = column("raised to end all sessions of the account", default=1)
    failed_attempts: Mapped[int] = column("wrong passwords since the last good one", default=0)
    locked_until: Mapped[datetime | None] = column("no sign-in before this instant", UtcDateTime)
    invitation_hash: Mapped[str | None] = column(
        "keyed hash of the one-time invitation that sets the first password", sa.String(64), index=True, unique=True,
        personal="credential",
    )  # fmt: skip
    invited_until: Mapped[datetime | None] = column("the invitation ends at this instant", UtcDateTime)
    demonstration: Mapped[bool] = column("made by the demonstration, with a published password", default=False)

    officer: Mapped[Officer | None] = relationship()
    unit: Mapped[Unit] = relationship()
