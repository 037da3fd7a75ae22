"""What `langnghe doctor` looks at where rows and files of releases should agree."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.orm import Session

from models import ReleaseState
from triage.releasing.registry import all_releases, file_of, find_release, find_serving
from webapp.commands.findings import OK, WARN, Finding
from webapp.settings import Settings

SUBJECT = "releases"


def releases(session: Session, settings: Settings) -> Iterator[Finding]:
    """Whether the release that should serve can, and whether one could go back."""
    serving = find_serving(session)
    if serving is None:
        yield Finding(OK, SUBJECT, "none yet: the classifier that came with the program reads")
        return
    yield _serving(settings.releases_dir, serving.number, serving.release)
    yield from _lost(session, settings.releases_dir)
    yield from _newer(session, settings)


def _serving(folder: Path, number: int, release: str) -> Finding:
    from triage.releasing.serving import Unfit, load_release

    try:
        load_release(folder, release)
    except Unfit as problem:
        said = f"release {number} should serve, but {problem}; the installed classifier reads instead"
        return Finding(WARN, SUBJECT, said, "put the file back from a copy, or run `langnghe triage rollback`")
    return Finding(OK, SUBJECT, f"release {number} ({release}) serves")


def _lost(session: Session, folder: Path) -> Iterator[Finding]:
    """Releases that nobody could go back to."""
    lost = [
        str(row.number)
        for row in all_releases(session)
        if row.state is ReleaseState.RETIRED and not file_of(folder, row.release).exists()
    ]
    if lost:
        said = f"no file in {folder} for {', '.join(sorted(lost, key=int))}, which served once"
        yield Finding(WARN, SUBJECT, said, "put the files back from a copy; without them there is no going back")


def _newer(session: Session, settings: Settings) -> Iterator[Finding]:
    """A classifier that came with an update of the program and is not in use."""
    from triage.reading.artefact import BadArtefact, load

    try:
        installed = load(settings.classifier).release
    except (FileNotFoundError, BadArtefact):
        return  # said under "classifier"
    serving = find_serving(session)
    if serving is not None and serving.corrections and find_release(session, installed) is None:
        said = f"the program brought a newer classifier ({installed}) than release {serving.number} was made from"
        yield Finding(WARN, SUBJECT, said, "run `langnghe triage candidate` when the office is closed")
