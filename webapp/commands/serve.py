"""`langnghe serve` and `langnghe worker`."""

import os
import sys
import tempfile

import click

from webapp.commands.installation import opened
from webapp.settings import Settings

# Where web processes leave their signs of life: memory, so that a slow disk never looks like a dead process.
SCRATCH = "/dev/shm" if os.path.isdir("/dev/shm") else tempfile.gettempdir()  # noqa: S108


@click.command()
def serve() -> None:
    """Serve the pages (gunicorn, LANGNGHE_HOST and LANGNGHE_PORT) until stopped."""
    with opened() as (settings, _database):
        command = gunicorn_command(settings)
    os.execv(command[0], command)  # noqa: S606


def gunicorn_command(settings: Settings) -> list[str]:
    """How the web server is started; no access log, because addresses may hold follow-up codes."""
    return [
        sys.executable, "-m", "gunicorn", "wsgi:app", "--no-control-socket",
        "--bind", f"{settings.host}:{settings.port}",
        "--workers", str(settings.web_workers), "--threads", str(settings.web_threads),
        "--preload", "--worker-class", "gthread", "--worker-tmp-dir", SCRATCH,
        "--graceful-timeout", "10", "--timeout", "60", "--log-level", "warning",
        "--chdir", os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))),
    ]  # fmt: skip


@click.command()
@click.option("--once", is_flag=True, help="Work off what there is and stop.")
def worker(once: bool) -> None:
    """Sort entries and count facts in the background until stopped."""
    from datetime import timedelta

    from models.base import utc_now
    from triage.casework.checkpoint_files import RegularCheckpoints
    from triage.casework.placing import topic_posts
    from triage.reading.artefact import BadArtefact
    from triage.releasing.serving import Releases
    from webapp.worker import Worker

    with opened() as (settings, database):
        releases = Releases(
            database, settings.releases_dir, settings.classifier, topic_posts(), settings.route_accuracy
        )
        try:
            decider = releases.first()
        except FileNotFoundError as problem:
            message = f"no classifier at {settings.classifier}: run `langnghe triage train`"
            raise click.ClickException(message) from problem
        except BadArtefact as problem:
            raise click.ClickException(str(problem)) from problem
        checkpoints = RegularCheckpoints(
            database, settings.checkpoints_dir, timedelta(minutes=settings.checkpoint_minutes)
        )
        at_work = Worker(database, decider, utc_now, settings.worker_pause, releases, settings.audit_share, checkpoints)
        if once:
            at_work.run_until_idle()
            return
        at_work.stop_on_signals()
        at_work.run()
