"""Where an account is signed in, and the second factor that leaders and administrators need."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import Base, EncryptedText, UtcDateTime, column


class SignIn(Base):
    """One session of one account; ended ones stay for a while so that a person can see where they were."""

    __tablename__ = "sign_ins"

    token_hash: Mapped[str] = column("keyed hash of the session's token", sa.String(64), primary_key=True,
                                     personal="credential")  # fmt: skip
    account_id: Mapped[int] = column("account", sa.ForeignKey("accounts.id"), index=True)
    made_at: Mapped[datetime] = column("when it began", UtcDateTime)
    seen_at: Mapped[datetime] = column("when it was last used, to the hour", UtcDateTime)
    device: Mapped[str] = column("browser and system in a few words, such as Chrome on Android", sa.String(80))
    second_factor: Mapped[bool] = column("whether the second factor was shown", default=False)
    ended_at: Mapped[datetime | None] = column("when it was ended", UtcDateTime)


class SecondFactor(Base):
    """The shared secret of one-time codes (RFC 6238)."""

    __tablename__ = "second_factors"

    account_id: Mapped[int] = column("account", sa.ForeignKey("accounts.id"), primary_key=True)
    secret: Mapped[str] = column("shared secret, base 32", EncryptedText, personal="credential")
    confirmed_at: Mapped[datetime | None] = column("when a first code proved it", UtcDateTime)
    last_step: Mapped[int] = column("time step of the last code taken: no code counts twice", default=0)


class RecoveryCode(Base):
    """A code that stands in for the second factor once."""

    __tablename__ = "recovery_codes"

    account_id: Mapped[int] = column("account", sa.ForeignKey("accounts.id"), primary_key=True)
    code_hash: Mapped[str] = column("keyed hash", sa.String(64), primary_key=True, personal="credential")
    used_at: Mapped[datetime | None] = column("when it was used", UtcDateTime)
