"""The line of the newest checkpoint on what the board prints and keeps: paper then witnesses the record."""

import logging
from dataclasses import replace

from flask import current_app

from reports.exports import Table
from triage.casework.checkpoint_files import newest_checkpoint
from triage.casework.checkpoints import BadCheckpoint, printed
from webapp.db import database
from webapp.words import _

log = logging.getLogger(__name__)


def checkpoint_line() -> str:
    """The printed line of the newest checkpoint, or "" where there is none that can be read.

    It holds no count of cases, so it tells nobody that one exists.
    """
    try:
        newest = newest_checkpoint(current_app.extensions["settings"].checkpoints_dir, database().keyring)
    except (BadCheckpoint, OSError) as problem:
        log.error("no checkpoint can be shown: %s", problem)
        return ""
    return printed(newest) if newest else ""


def witnessed(table: Table) -> Table:
    """The table with that line among its notes."""
    line = checkpoint_line()
    return replace(table, notes=(*table.notes, _("Mốc của sổ ghi việc: {line}").format(line=line))) if line else table
