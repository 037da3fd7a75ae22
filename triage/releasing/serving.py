"""The worker's classifier: the release that a row says serves, taken up between two batches.

The row decides, the file is looked for. Where it is missing or damaged, the classifier that came with the program
reads on and a message says so once; a file that is put back is taken up by itself.
"""

import logging
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import IntegrityError

from models import Database
from triage.deciding import Decider
from triage.reading.artefact import BadArtefact, load, origin_of
from triage.reading.classifier import EntryClassifier
from triage.reading.corpus import CORPUS, FROZEN, load_file
from triage.releasing import comparing
from triage.releasing.deciding import by_roster
from triage.releasing.measuring import measure
from triage.releasing.registry import Built, Reason, file_of, find_release, find_serving, store
from triage.sorting import Decides

log = logging.getLogger(__name__)


_SAMPLE = "Đường vào bản sụt lở, xin xem giúp"


class Unfit(Exception):
    """The file of a release is missing, damaged, too old for this program, or of another release.

    The message says which.
    """


@dataclass(frozen=True)
class Sign:
    """What a file of a release looks like from outside: whose it is, when it was last written (None: missing)."""

    release: str
    written: int | None


def load_release(folder: Path, release: str) -> EntryClassifier:
    """The classifier of a release. Raises Unfit."""
    path = file_of(folder, release)
    try:
        classifier = load(path)
    except FileNotFoundError:
        raise Unfit(f"{path} is missing") from None
    except (BadArtefact, OSError) as problem:
        raise Unfit(str(problem)) from problem
    if classifier.release != release:
        raise Unfit(f"{path} holds release {classifier.release}, not {release}")
    try:
        classifier.read([_SAMPLE])
    except Exception as problem:
        # Better found here than by every letter: what cannot be read five times goes to the intake person.
        raise Unfit(f"{path} does not read with this program ({type(problem).__name__})") from problem
    return classifier


class Releases:
    """The releases of one installation, as its worker sees them.

    `installed` is the file that came with the program, `posts` the table topic → post, `accuracy` (0–1) the share of
    right posts that is promised of entries routed without a person.
    """

    def __init__(
        self, database: Database, folder: Path, installed: Path, posts: Mapping[str, str], accuracy: float = 0.95
    ) -> None:
        self.database, self.folder, self.installed, self.posts = database, folder, installed, posts
        self._accuracy = accuracy
        self._taken: Sign | None = None
        self._registered = False

    def first(self) -> Decider:
        """The decider to begin with. Raises FileNotFoundError or BadArtefact where nothing at all can read."""
        return self._newest(None) or self._decider(load(self.installed))

    def newest(self, present: Decides) -> Decides:
        """The decider to go on with: `present`, unless another release serves by now."""
        return self._newest(present) or present

    def _newest(self, present: Decides | None) -> Decider | None:
        sign = self._sign()
        if sign == self._taken:
            return None
        self._taken = sign
        if sign is None:
            return self._decider(load(self.installed))
        if present is not None and present.release == sign.release:
            return None
        try:
            found = self._decider(load_release(self.folder, sign.release))
        except Unfit as problem:
            log.error("release %s should serve, but %s; the installed classifier reads on", sign.release, problem)
            return self._decider(load(self.installed))
        log.info("release %s reads from now on", sign.release)
        return found

    def _decider(self, classifier: EntryClassifier) -> Decider:
        return Decider(classifier.aim_at(self._accuracy), self.posts)

    def _sign(self) -> Sign | None:
        with self.database.reading() as session:
            serving = find_serving(session)
        if serving is None:
            return None
        try:
            written = file_of(self.folder, serving.release).stat().st_mtime_ns
        except OSError:
            written = None
        return Sign(serving.release, written)

    # --- the classifier that comes with the program ---

    def register(self, now: Callable[[], datetime]) -> None:
        """Put the installed classifier on record with its figures, once; for when there is nothing else to do.

        A newer one, which came with the program, takes the place of an older one of the program. It never takes
        the place of one that learned from this office's corrections: `langnghe triage candidate` joins both.
        """
        if self._registered:
            return
        self._registered = True
        try:
            register_installed(self.database, self.folder, self.installed, self.posts, now)
        except (OSError, BadArtefact, IntegrityError) as problem:
            # Another worker was faster, or there is no room: nothing that stops letters from being read.
            log.warning("the installed classifier was not put on record (%s)", type(problem).__name__)


def register_installed(
    database: Database,
    folder: Path,
    installed: Path,
    posts: Mapping[str, str],
    now: Callable[[], datetime],
    corpus: Path = CORPUS,
) -> bool:
    """Store the installed classifier as a release that serves, where it may; returns whether it was stored.

    It is measured on the frozen entries of `corpus`. Raises OSError, BadArtefact or IntegrityError.
    """
    classifier = load(installed)
    if not _is_news(database, classifier.release):
        return False
    frozen = load_file(corpus / f"{FROZEN}.jsonl")
    origin = origin_of(installed)
    figures = measure(by_roster(Decider(classifier, posts)), {comparing.FROZEN: frozen}, posts).figures
    keep_file(installed, folder, classifier.release)
    built = Built(classifier.release, origin.corpus, origin.entries, 0, figures)
    with database.writing() as session:
        store(session, built, Reason("program"), now())
    return True


def _is_news(database: Database, release: str) -> bool:
    with database.reading() as session:
        serving = find_serving(session)
        return find_release(session, release) is None and (serving is None or not serving.corrections)


def keep_file(made: Path, folder: Path, release: str) -> Path:
    """Copy a classifier's file to its place in the folder, whole or not at all; only the service may read it."""
    make_folder(folder)
    place = file_of(folder, release)
    draft = place.with_suffix(".half")
    shutil.copyfile(made, draft)
    draft.chmod(0o600)
    draft.replace(place)
    return place


def make_folder(folder: Path) -> None:
    """The folder of releases, closed to others: what is learned from letters holds words of theirs."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
