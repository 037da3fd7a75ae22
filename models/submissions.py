"""Exactly once: the primary key of this table is the random id that the form carries.

A retry meets the key and gets the same receipt. The table is never partitioned, because uniqueness must
hold over all of it.
"""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import Base, Located, UtcDateTime, column


class Submission(Base, Located):
    """One accepted form."""

    __tablename__ = "submissions"

    id: Mapped[uuid.UUID] = column("random id made with the form", sa.Uuid, primary_key=True, personal="linkable")
    code: Mapped[str] = column("QR code it came through", sa.ForeignKey("access_codes.code"))
    received_at: Mapped[datetime] = column("when it was accepted", UtcDateTime)
    content_digest: Mapped[str] = column(
        "keyed hash of the answers: tells a retry from a form changed after sending", sa.String(64)
    )
    follow_up_hash: Mapped[str] = column(
        "keyed hash of the follow-up code", sa.String(64), unique=True, personal="linkable"
    )
