"""`langnghe triage candidate`, `releases`, `promote`, `rollback`, as somebody at the server uses them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.fixtures.officers import BRIBE, HOLE, ROAD, open_entry, press
from tests.fixtures.releases import add_release
from tests.fixtures.world import World
from triage.reading.artefact import Origin, load, save
from triage.reading.classifier import EntryClassifier
from triage.reading.corpus import LabelledEntry, load_corpus
from triage.releasing.registry import all_releases, file_of, find_serving, reason_of
from webapp.commands.triage import triage

Run = Callable[..., Result]
SECRET = "Phan Thị Khuyểnh"


@pytest.fixture(scope="session")
def entries() -> list[LabelledEntry]:
    return load_corpus()


@pytest.fixture(scope="session")
def installed(entries: list[LabelledEntry], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small classifier in the place of the one that comes with the program."""
    classifier = EntryClassifier(folds=2).fit(entries[::24])
    return save(classifier, tmp_path_factory.mktemp("installed") / "c.npz", Origin("2026-10-05", "abc", 215))


@pytest.fixture
def run(world: World, installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    world.database.keyring.save(tmp_path / "keys.json")
    for name, value in {
        "DATA_DIR": tmp_path, "DATABASE_URL": world.database.url.render_as_string(hide_password=False),
        "CLASSIFIER": installed,
    }.items():  # fmt: skip
        monkeypatch.setenv(f"LANGNGHE_{name}", str(value))
    return lambda *arguments: CliRunner().invoke(triage, list(map(str, arguments)))


def corpus_folder(folder: Path, learned: list[LabelledEntry], frozen: list[LabelledEntry], blind: bool = False) -> Path:
    """A corpus; `blind`: one that says of hardly any entry that it accuses."""
    folder.mkdir()
    for name, part in (("some", learned), ("frozen", frozen)):
        lines = [_row(entry, blind and name == "some" and number % 8 > 0) for number, entry in enumerate(part)]
        (folder / f"{name}.jsonl").write_text("".join(lines), "utf-8")
    return folder


def _row(entry: LabelledEntry, blind: bool) -> str:
    accuses = True in entry.accuses_staff
    kinds, flags = (["petition"], [False]) if blind and accuses else (entry.kinds, entry.accuses_staff)
    row = {"id": entry.id, "persona": entry.persona, "text": entry.text, "kinds": kinds, "topics": entry.topics,
           "urgent": entry.urgent, "accuses_staff": flags}  # fmt: skip
    return json.dumps(row, ensure_ascii=False) + "\n"


def confirm(world: World, count: int) -> None:
    for number in range(count):
        world.clock.move(timedelta(days=1))  # another sender
        leader = world.client("chairperson")
        opened = open_entry(world, f"{HOLE} Ngã {number + 2} lần rồi. Tôi là {SECRET}, 0912 345 678.", ROAD)
        press(leader, opened, "xac-nhan", BRIBE if number == 0 else ROAD)


def numbers(world: World) -> list[tuple[int, str]]:
    with world.database.reading() as session:
        return [(row.number, row.state.value) for row in reversed(all_releases(session))]


def done(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.output


def test_learning_promoting_and_going_back(
    run: Run, world: World, entries: list[LabelledEntry], installed: Path, tmp_path: Path
) -> None:
    confirm(world, 8)
    # What it is measured on is what it learned, and the installed one never saw: nothing can fall.
    learned = entries[12::24]
    folder = corpus_folder(tmp_path / "corpus", learned, learned[:18])
    assert "dry run" in done(run("candidate", "--dry-run", "--corpus", folder))
    assert numbers(world) == []
    said = done(run("candidate", "--corpus", folder))
    assert "release 2" in said
    assert "serves" in said
    assert numbers(world) == [(1, "retired"), (2, "serving")]
    with world.database.reading() as session:
        serving = find_serving(session)
        assert serving is not None
        assert reason_of(serving).code == "no_fall"
        assert {"frozen", "frozen, bare", "short"} <= serving.figures.keys()
        assert serving.entries == len(learned)
        assert 0 < serving.corrections <= 8
    made = file_of(tmp_path / "classifiers", serving.release)
    assert load(made).release == serving.release
    assert "khuyenh" not in load(made).space_.names()["bare words"], "a name of a letter is in no file"

    table = done(run("releases"))
    assert "retired" in table
    assert "denunciation, recall" in table
    assert "nothing new was learned: this is release 2 again" in done(run("candidate", "--corpus", folder))

    assert "release 1" in done(run("rollback"))
    assert numbers(world) == [(1, "serving"), (2, "retired")]
    nothing = run("rollback")
    assert (nothing.exit_code, "no release served before" in nothing.output) == (1, True)
    done(run("promote", 2))
    assert numbers(world) == [(1, "retired"), (2, "serving")]
    made.unlink()
    file_of(tmp_path / "classifiers", load(installed).release).unlink()
    lost = run("promote", 1)
    assert (lost.exit_code, "restore the file first" in lost.output) == (1, True)


def test_one_that_finds_fewer_accusations_is_kept_and_refused(
    run: Run, world: World, entries: list[LabelledEntry], tmp_path: Path
) -> None:
    folder = corpus_folder(tmp_path / "corpus", entries[5::24], entries[::24], blind=True)
    said = done(run("candidate", "--corpus", folder))
    assert "refused" in said
    assert "fell: accuses_staff, recall on frozen" in said
    assert numbers(world) == [(1, "serving"), (2, "refused")]
    assert "release 2 was refused: " in done(run("releases"))
    refused = run("promote", 2)
    assert (refused.exit_code, "--anyway" in refused.output) == (1, True)
    done(run("promote", "--anyway", 2))
    assert numbers(world) == [(1, "retired"), (2, "serving")]


def test_without_a_release_the_list_says_who_reads(run: Run) -> None:
    assert "came with the program" in done(run("releases"))


def test_many_releases_are_shown_by_the_newest(run: Run, world: World) -> None:
    for number in range(8):
        add_release(world, f"release{number}", "fell" if number else "program")
    assert "2 older ones" in done(run("releases"))
    assert "release0" in done(run("releases", "--all"))


def test_an_unknown_number_is_one_sentence(run: Run) -> None:
    result = run("promote", 9)
    assert (result.exit_code, "there is no release 9" in result.output) == (1, True)
    assert run("promote", "nine").exit_code == 2


def test_too_little_to_learn_from_is_one_sentence(
    run: Run, entries: list[LabelledEntry], tmp_path: Path, world: World
) -> None:
    result = run("candidate", "--corpus", corpus_folder(tmp_path / "corpus", entries[:3], entries[5:9]))
    assert result.exit_code == 1
    assert "different senders" in result.output


def test_help_loads_no_classifier() -> None:
    program = "import sys; from webapp.commands import langnghe; langnghe(['triage', 'candidate', '--help'],"
    program += " standalone_mode=False); sys.exit('sklearn' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], check=False, stdout=subprocess.DEVNULL, env=os.environ)
    assert done.returncode == 0
