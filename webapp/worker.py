"""The background worker: looks for rows that need work, does it, sleeps when there is none.

Every job may run twice and replaces rather than adds, so any number of workers may be killed at any
instant. The classifier is loaded here and never in the web process.
"""

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

import sqlalchemy as sa

from models import Database, DatabaseBusy, WorkerHeartbeat
from reports.facts import mark_newly_overdue, refresh_stale_days
from triage.casework.moving import move_waiting_cases
from triage.casework.rechecking import recheck_people
from triage.casework.reminding import Reminding
from triage.sorting import Decides, sort_entries

BEAT = timedelta(seconds=30)
log = logging.getLogger(__name__)


class FollowsReleases(Protocol):
    """What knows which release of the classifier serves: `triage.releasing.serving.Releases`."""

    def newest(self, present: Decides) -> Decides:
        """The decider to go on with; asked before each batch."""
        ...

    def register(self, now: Callable[[], datetime]) -> None:
        """Called when there was nothing to do."""
        ...


class KeepsCheckpoints(Protocol):
    """What signs the record now and then: `triage.casework.checkpoint_files.RegularCheckpoints`."""

    def take_if_due(self, now: datetime) -> object:
        """Called each round."""
        ...


class Worker:
    """One worker of one installation; `decider`, clock and what knows the newest release are passed in."""

    def __init__(
        self,
        database: Database,
        decider: Decides,
        now: Callable[[], datetime],
        pause: float = 1.0,
        releases: FollowsReleases | None = None,
        audit_share: float = 0.0,
        checkpoints: KeepsCheckpoints | None = None,
    ) -> None:
        self.database, self.decider, self.now, self.pause = database, decider, now, pause
        self.releases, self.audit_share, self.checkpoints = releases, audit_share, checkpoints
        self.name = f"{socket.gethostname()}.{os.getpid()}"
        self.reminding = Reminding(database, now)
        self._stop = threading.Event()
        self._beaten: datetime | None = None
        # The first look back covers deadlines that passed while no worker ran.
        self._looked_until = now() - timedelta(days=400)

    def run(self) -> None:
        """Work until stopped. A database that is away is waited for."""
        while not self._stop.is_set():
            try:
                busy = self.work_once()
                if not busy:
                    self._idle()
            except (DatabaseBusy, sa.exc.OperationalError, sa.exc.InterfaceError) as problem:
                log.warning("database away (%s); trying again", type(problem).__name__)
                busy = False
            if not busy:
                self._stop.wait(self.pause)

    def work_once(self) -> bool:
        """One round over all jobs; returns whether there was anything to do."""
        self._beat()
        moved = move_waiting_cases(self.database, self.now)
        rechecked = recheck_people(self.database, self.now)
        if self.releases:
            self.decider = self.releases.newest(self.decider)
        sorted_now = sort_entries(self.database, self.decider, self.now, audit_share=self.audit_share)
        now = self.now()
        mark_newly_overdue(self.database, self._looked_until, now)
        self._looked_until = now
        reminded = self.reminding.work()
        refreshed = refresh_stale_days(self.database, self.now)
        if self.checkpoints:
            self.checkpoints.take_if_due(self.now())
        return bool(moved or rechecked or sorted_now or reminded or refreshed)

    def run_until_idle(self) -> None:
        """Work off all there is; for commands and tests."""
        while self.work_once():
            pass

    def stop(self, *_: object) -> None:
        """End after the present round."""
        self._stop.set()

    def stop_on_signals(self) -> None:
        """SIGTERM and SIGINT end the worker gently."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)

    def _idle(self) -> None:
        if self.releases and not self._stop.is_set():
            self.releases.register(self.now)

    def _beat(self) -> None:
        now = self.now()
        if self._beaten and now - self._beaten < BEAT:
            return
        with self.database.writing() as session:
            session.merge(WorkerHeartbeat(name=self.name, at=now))
            session.execute(sa.delete(WorkerHeartbeat).where(WorkerHeartbeat.at < now - timedelta(days=1)))
        self._beaten = now
