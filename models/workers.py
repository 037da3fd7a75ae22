"""Signs of life of background workers, for `langnghe doctor` and the administrator."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import Base, UtcDateTime, column


class WorkerHeartbeat(Base):
    """When a worker was last seen."""

    __tablename__ = "worker_heartbeats"

    name: Mapped[str] = column("host and process", sa.String(120), primary_key=True)
    at: Mapped[datetime] = column("last sign of life", UtcDateTime)
