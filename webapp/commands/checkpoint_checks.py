"""What `langnghe doctor` looks at where the record is signed: the newest checkpoint."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import AccessCode
from models.base import keyring_of
from triage.casework.checkpoint_files import month_files, newest_checkpoint
from triage.casework.checkpoints import BadCheckpoint, Checkpoint, told_time
from webapp.commands.findings import BAD, OK, WARN, Finding
from webapp.commands.machine_checks import private
from webapp.settings import Settings

SUBJECT = "checkpoints"
OLD = timedelta(hours=2)
"""Older than this, or than three turns of the worker, a checkpoint is late."""
START = "start `langnghe worker` and look at its messages, or run `langnghe audit checkpoint` by a timer"


def checkpoints(session: Session, settings: Settings, now: datetime) -> Iterator[Finding]:
    """Whether the record was signed of late, by our key, without contradiction. Counts nothing."""
    late = max(OLD, 3 * timedelta(minutes=settings.checkpoint_minutes))
    try:
        newest = newest_checkpoint(settings.checkpoints_dir, keyring_of(session.get_bind().dialect))
    except (BadCheckpoint, OSError) as problem:
        yield Finding(WARN, SUBJECT, str(problem), "keep the file aside as evidence and run `langnghe audit verify`")
        return
    if newest is None:
        yield _none(session, settings, now - late)
        return
    yield from private(month_files(settings.checkpoints_dir)[-1], SUBJECT, WARN)
    yield _newest(newest, now - late)


def _none(session: Session, settings: Settings, since: datetime) -> Finding:
    # By the age of the installation, not by its cases: doctor must not tell whether there are any.
    founded = session.scalar(sa.select(sa.func.min(AccessCode.created_at)))
    if founded is None or founded > since:
        return Finding(OK, SUBJECT, "none yet: the worker takes the first")
    return Finding(WARN, SUBJECT, f"none in {settings.checkpoints_dir}: what is cut off the record is not seen", START)


def _newest(newest: Checkpoint, since: datetime) -> Finding:
    said = f"number {newest.number} of {told_time(newest.at)}"
    if newest.contradicted:
        said += " found chains that are not as earlier checkpoints recorded them"
        return Finding(BAD, SUBJECT, said, "run `langnghe audit verify`, and change nothing before")
    if newest.at < since:
        return Finding(WARN, SUBJECT, f"the newest, {said}, is old", START)
    return Finding(OK, SUBJECT, said)
