"""`langnghe triage candidate`, `releases`, `promote`, `rollback`: the classifier learns from corrections."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from sqlalchemy.exc import IntegrityError

from models import ClassifierRelease, Database, ReleaseState
from models.base import utc_now
from triage.releasing.comparing import BARRING, FRESH, Fall, bare_of, figures_from_json
from triage.releasing.registry import (
    NoSuchRelease,
    Reason,
    all_releases,
    find_release,
    find_serving,
    get_earlier,
    get_release,
    put_in_service,
    reason_of,
    store,
)
from vietnamese.calendar import local_day
from webapp.commands.installation import opened
from webapp.settings import Settings

if TYPE_CHECKING:
    from triage.reading.classifier import EntryClassifier
    from triage.reading.shares import Share
    from triage.releasing.building import Candidate
    from triage.releasing.corrections import Lessons

SHOWN = 6
"""Releases side by side, unless all are asked for."""

_GROWING = (FRESH, bare_of(FRESH))


@click.command()
@click.option("--dry-run", is_flag=True, help="Build and measure, store nothing.")
@click.option("--hold", is_flag=True, help="Store it, and leave it to `promote` to put it in service.")
@click.option("--corpus", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Folder of *.jsonl.")
def candidate(dry_run: bool, hold: bool, corpus: Path | None) -> None:
    """Learn from corpus and confirmed labels; serve with it only if no safety figure falls.

    The rule is in docs/decisions/0014-learning-from-corrections.md.
    """
    from triage.reading.corpus import CORPUS, BadEntry
    from triage.releasing.serving import register_installed

    with opened() as (settings, database), tempfile.TemporaryDirectory(prefix="langnghe-") as scratch:
        folder, made = corpus or CORPUS, Path(scratch) / "candidate.npz"
        lessons = _lessons(database)
        serving = _serving_classifier(settings, database)
        try:
            if not dry_run:
                # So that there is something to go back to.
                register_installed(database, settings.releases_dir, settings.classifier, _posts(), utc_now, folder)
            found = _build(folder, lessons, serving, made)
        except (BadEntry, ValueError, FileNotFoundError) as problem:
            raise click.ClickException(str(problem)) from problem
        _show(found, serving.release)
        known = _known(database, found.built.release)
        if known or found.built.release == serving.release:
            click.echo(f"nothing new was learned: this is release {known or serving.release} again")
        elif dry_run:
            click.echo("dry run: nothing was stored")
        else:
            _keep(settings, database, found, made, hold)


def _posts() -> dict[str, str]:
    from triage.reading.labels import default_posts

    return default_posts()


def _lessons(database: Database) -> "Lessons":
    from triage.releasing.corrections import load_corrections, part

    with database.reading() as session:
        corrections = load_corrections(session, _redaction())
    lessons = part(corrections, database.keyring)
    click.echo(f"{len(lessons.learned)} corrections to learn from, {len(lessons.fresh)} to measure by")
    return lessons


def _redaction() -> Callable[[str], str]:
    """What takes personal details out of a text; without it nothing is learned from people's letters."""
    try:
        from vietnamese.redaction import redact
    except ImportError as problem:
        raise click.ClickException("this program cannot take names out of letters; update it first") from problem
    found: Callable[[str], str] = redact
    return found


def _serving_classifier(settings: Settings, database: Database) -> "EntryClassifier":
    """The classifier that reads now: the release in service, or the installed one where there is none or it is lost."""
    from triage.reading.artefact import BadArtefact, load
    from triage.releasing.serving import Unfit, load_release

    with database.reading() as session:
        serving = find_serving(session)
    if serving is not None:
        try:
            return load_release(settings.releases_dir, serving.release)
        except Unfit as problem:
            said = f"release {serving.number} should serve, but {problem}; held against the installed one"
            click.echo(said, err=True)
    try:
        return load(settings.classifier)
    except FileNotFoundError as problem:
        raise click.ClickException(f"no classifier at {settings.classifier}: run `langnghe triage train`") from problem
    except (BadArtefact, OSError) as problem:
        raise click.ClickException(str(problem)) from problem


def _build(corpus: Path, lessons: "Lessons", serving: "EntryClassifier", made: Path) -> "Candidate":
    from triage.releasing.building import build

    return build(corpus, lessons, serving, _posts(), made, local_day(utc_now()), _say)


def _say(step: str) -> None:
    click.echo(f"{step} …", err=True)


def _show(found: "Candidate", serving: str) -> None:
    """The release that serves and the candidate beside each other."""
    columns = {serving: found.serving.figures, found.built.release: found.built.figures}
    click.echo(f"{'':28}" + "".join(f"{release:>22}" for release in columns))
    for name, shares in found.built.figures.items():
        click.echo(name)
        for figure in shares:
            cells = (_cell(figures[name][figure]) for figures in columns.values())
            click.echo(f"  {figure:26}" + "".join(f"{cell:>22}" for cell in cells))


def _cell(share: "Share | None") -> str:
    if share is None or share.value is None:
        return "–"
    return f"{share.value:.3f} ({share.k}/{share.n})"


def _known(database: Database, release: str) -> int | None:
    with database.reading() as session:
        row = find_release(session, release)
        return row.number if row else None


def _keep(settings: Settings, database: Database, found: "Candidate", made: Path, hold: bool) -> None:
    from triage.releasing.serving import keep_file

    reason = Reason("fell", found.falls) if found.falls else Reason("held" if hold else "no_fall")
    keep_file(made, settings.releases_dir, found.built.release)
    with _one_at_a_time(), database.writing() as session:
        number = store(session, found.built, reason, utc_now()).number
    said = {"fell": "refused", "held": "kept; `langnghe triage promote` puts it in service", "no_fall": "serves"}
    click.echo(f"release {number} ({found.built.release}): {said[reason.code]}")
    for fall in found.falls:
        click.echo(f"  fell: {fall}")


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    try:
        yield
    except IntegrityError as problem:
        message = "somebody changed the releases at the same moment; see `langnghe triage releases` and try again"
        raise click.ClickException(message) from problem


# --- looking, promoting, going back ---


@click.command()
@click.option("--all", "everything", is_flag=True, help=f"Not only the newest {SHOWN}.")
def releases(everything: bool) -> None:
    """Numbered releases with their figures side by side."""
    with opened() as (_settings, database), database.reading() as session:
        rows = all_releases(session)
    if not rows:
        click.echo("no release yet: the classifier that came with the program reads")
        return
    shown = rows if everything else rows[:SHOWN]
    for line in _side_by_side(list(reversed(shown))):
        click.echo(line)
    if len(shown) < len(rows):
        click.echo(f"\n{len(rows) - len(shown)} older ones: `langnghe triage releases --all`")


def _side_by_side(rows: Sequence[ClassifierRelease]) -> Iterator[str]:
    def line(name: str, cells: Sequence[object]) -> str:
        return f"{name:30}" + "".join(f"{cell!s:>18}" for cell in cells)

    yield line("release", [row.number for row in rows])
    yield line("", [row.release for row in rows])
    yield line("state", [row.state.value for row in rows])
    yield line("built on", [local_day(row.made_at) for row in rows])
    yield line("entries of the corpus", [row.entries for row in rows])
    yield line("corrections", [row.corrections for row in rows])
    figures = [figures_from_json(row.figures) for row in rows]
    for name in (*BARRING, *_slices(figures)):
        known = _figures(figures, name)
        if known:
            yield f"\n{name}" + (" (each measured on those there were then)" if name in _GROWING else "")
        for figure in known:
            yield line(f"  {figure}", [_short(one.get(name, {}).get(figure)) for one in figures])
    yield from (f"\nrelease {row.number} was refused: {_why(reason_of(row).falls)}" for row in rows
                if row.state is ReleaseState.REFUSED)  # fmt: skip


def _slices(figures: "Sequence[dict[str, dict[str, Share]]]") -> list[str]:
    return list(dict.fromkeys(name for one in figures for name in one if name not in BARRING))


def _figures(figures: "Sequence[dict[str, dict[str, Share]]]", name: str) -> list[str]:
    return list(dict.fromkeys(figure for one in figures for figure in one.get(name, {})))


def _short(share: "Share | None") -> str:
    if share is None or share.value is None:
        return "–"
    return f"{share.value:.3f} {share.k}/{share.n}"


def _why(falls: Sequence[Fall]) -> str:
    return "; ".join(map(str, falls))


@click.command()
@click.argument("number", type=click.IntRange(min=1))
@click.option("--anyway", is_flag=True, help="Also a release that was refused.")
def promote(number: int, anyway: bool) -> None:
    """Put release NUMBER in service; the worker takes it up before its next batch."""
    with opened() as (settings, database):
        try:
            with database.reading() as session:
                row = get_release(session, number)
            if row.state is ReleaseState.REFUSED and not anyway:
                why = _why(reason_of(row).falls)
                raise click.ClickException(f"release {number} was refused ({why}); --anyway overrides that")
            _put_in_service(settings, database, row.number, "by_hand")
        except NoSuchRelease as problem:
            raise click.ClickException(str(problem)) from problem


@click.command()
def rollback() -> None:
    """Go back to the release that served before, in one step."""
    with opened() as (settings, database):
        try:
            with database.reading() as session:
                row = get_earlier(session)
            _put_in_service(settings, database, row.number, "rolled_back")
        except NoSuchRelease as problem:
            raise click.ClickException(str(problem)) from problem


def _put_in_service(settings: Settings, database: Database, number: int, code: str) -> None:
    from triage.releasing.serving import Unfit, load_release

    with database.reading() as session:
        release = get_release(session, number).release
    try:
        load_release(settings.releases_dir, release)
    except Unfit as problem:
        raise click.ClickException(f"release {number} cannot serve: {problem}; restore the file first") from problem
    at: datetime = utc_now()
    with _one_at_a_time(), database.writing() as session:
        put_in_service(session, get_release(session, number), code, at)
    click.echo(f"release {number} ({release}) serves; the worker takes it up before its next batch")


COMMANDS = (candidate, releases, promote, rollback)
