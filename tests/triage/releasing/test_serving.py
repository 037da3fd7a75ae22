"""The worker takes up the release that serves, between two batches, and reads on when its file is gone."""

import shutil
import stat
from pathlib import Path

import pytest
import sqlalchemy as sa

from models import Decision
from tests.fixtures.releases import add_release
from tests.fixtures.world import World
from triage.reading.artefact import Origin, load, save
from triage.reading.labels import default_posts
from triage.releasing.registry import all_releases, file_of
from triage.releasing.serving import Releases, Unfit, keep_file, load_release, register_installed
from webapp.worker import Worker

Files = dict[str, Path]


@pytest.fixture
def installed(files: Files) -> tuple[str, Path]:
    return next(iter(files.items()))


@pytest.fixture
def newer(files: Files) -> tuple[str, Path]:
    return list(files.items())[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "classifiers"


@pytest.fixture
def worker(world: World, installed: tuple[str, Path], folder: Path) -> Worker:
    releases = Releases(world.database, folder, installed[1], default_posts())
    return Worker(world.database, releases.first(), world.clock, releases=releases)


def read_by(world: World, worker: Worker) -> str:
    """A letter comes and is sorted; which release read it?"""
    sent = world.send_box("Đường vào bản sụt một mét, xe máy ngã mấy lần rồi.")
    worker.run_until_idle()
    with world.database.reading() as session:
        return session.scalars(sa.select(Decision.release).where(Decision.entry_id == sent)).one()


def promote(world: World, release: tuple[str, Path], folder: Path) -> Path:
    add_release(world, release[0], "no_fall", 30)
    return keep_file(release[1], folder, release[0])


def test_without_a_row_the_installed_one_reads(world: World, worker: Worker, installed: tuple[str, Path]) -> None:
    assert read_by(world, worker) == installed[0]


def test_a_promoted_one_reads_the_next_batch_without_a_restart(
    world: World, worker: Worker, installed: tuple[str, Path], newer: tuple[str, Path], folder: Path
) -> None:
    assert read_by(world, worker) == installed[0]
    promote(world, newer, folder)
    assert read_by(world, worker) == newer[0]
    same = worker.decider
    assert read_by(world, worker) == newer[0]
    assert worker.decider is same, "loaded once"


def test_a_worker_that_starts_takes_what_serves(
    world: World, installed: tuple[str, Path], newer: tuple[str, Path], folder: Path
) -> None:
    promote(world, newer, folder)
    assert Releases(world.database, folder, installed[1], default_posts()).first().release == newer[0]


@pytest.mark.parametrize("harm", ["missing", "damaged", "another"])
def test_without_its_file_the_installed_one_reads_and_says_so_once(
    world: World, worker: Worker, installed: tuple[str, Path], newer: tuple[str, Path], folder: Path, harm: str,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    path = promote(world, newer, folder)
    if harm == "missing":
        path.unlink()
    elif harm == "damaged":
        path.write_bytes(path.read_bytes()[:1000])
    else:
        shutil.copyfile(installed[1], path)
    for _ in range(2):
        assert read_by(world, worker) == installed[0]
    said = [record.message for record in caplog.records if "should serve" in record.message]
    assert len(said) == 1
    assert newer[0] in said[0]


def test_a_file_put_back_is_taken_up(
    world: World, worker: Worker, installed: tuple[str, Path], newer: tuple[str, Path], folder: Path
) -> None:
    promote(world, newer, folder).unlink()
    assert read_by(world, worker) == installed[0]
    keep_file(newer[1], folder, newer[0])
    assert read_by(world, worker) == newer[0]


def test_a_file_must_be_what_its_row_says(folder: Path, installed: tuple[str, Path], newer: tuple[str, Path]) -> None:
    keep_file(installed[1], folder, newer[0])
    with pytest.raises(Unfit, match=f"holds release {installed[0]}"):
        load_release(folder, newer[0])
    with pytest.raises(Unfit, match="is missing"):
        load_release(folder, "nothing")


def test_a_file_of_an_older_program_is_found_before_it_meets_a_letter(
    folder: Path, installed: tuple[str, Path], tmp_path: Path
) -> None:
    old = load(installed[1])
    del old.curves_["kind"]
    path = save(old, tmp_path / "old.npz", Origin("2026-10-05", "abc", 1))
    keep_file(path, folder, old.release)
    with pytest.raises(Unfit, match="does not read with this program"):
        load_release(folder, old.release)


def test_files_learned_from_letters_are_closed_to_others(folder: Path, installed: tuple[str, Path]) -> None:
    path = keep_file(installed[1], folder, installed[0])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [file.name for file in folder.iterdir()] == [path.name]


# --- what comes with the program is put on record ---


def put_on_record(world: World, folder: Path, release: tuple[str, Path], corpus: Path) -> bool:
    return register_installed(world.database, folder, release[1], default_posts(), world.clock, corpus)


def test_the_installed_one_is_put_on_record_once_with_figures(
    world: World, folder: Path, installed: tuple[str, Path], small_corpus: Path
) -> None:
    assert put_on_record(world, folder, installed, small_corpus)
    assert not put_on_record(world, folder, installed, small_corpus)
    with world.database.reading() as session:
        (row,) = all_releases(session)
    assert (row.number, row.release, row.state.value, row.corrections) == (1, installed[0], "serving", 0)
    assert row.figures["frozen"]["kind"]["n"] == row.figures["frozen, bare"]["kind"]["n"] > 200
    assert file_of(folder, installed[0]).exists()


def test_an_update_of_the_program_takes_the_place_of_its_own_only(
    world: World, folder: Path, installed: tuple[str, Path], newer: tuple[str, Path], small_corpus: Path
) -> None:
    put_on_record(world, folder, installed, small_corpus)
    assert put_on_record(world, folder, newer, small_corpus)
    add_release(world, "learned here", "no_fall", corrections=12)
    with world.database.writing() as session:
        session.delete(all_releases(session)[1])
    assert not put_on_record(world, folder, newer, small_corpus), "it would forget what people taught"
    with world.database.reading() as session:
        assert [row.release for row in all_releases(session)] == ["learned here", installed[0]]


def test_an_idle_worker_puts_it_on_record_and_a_failure_stops_nothing(
    world: World, installed: tuple[str, Path], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    no_folder = tmp_path / "file"
    no_folder.write_text("")
    releases = Releases(world.database, no_folder, installed[1], default_posts())
    releases.register(world.clock)
    releases.register(world.clock)
    assert [record.message for record in caplog.records if "not put on record" in record.message]
    with world.database.reading() as session:
        assert all_releases(session) == []
