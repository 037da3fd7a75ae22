"""The sealed way to the province, by its commands, from the key to the readable case."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fixtures.sorting import reading, sort_all
from tests.fixtures.world import World
from webapp.commands import main

ACCUSING = "Ông Chủ tịch phường nhận phong bì của công ty cát sỏi ở bãi Nà Coóng."


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    returncode: int
    stdout: str
    stderr: str


class Superior:
    """`langnghe superior …` on one installation, in this process."""

    def __init__(self, folder: Path, world: World, capsys: pytest.CaptureFixture[str]) -> None:
        self._settings = {
            "LANGNGHE_DATA_DIR": str(folder),
            "LANGNGHE_DATABASE_URL": world.database.url.render_as_string(hide_password=False),
        }
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Said:
        self._capsys.readouterr()
        with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as ended:
            for name, value in self._settings.items():
                patch.setenv(name, value)
            main(["superior", *arguments])
        told = self._capsys.readouterr()
        return Said(int(ended.value.code or 0), told.out, told.err)


@pytest.fixture
def run(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Superior:
    """The commands."""
    return Superior(tmp_path, world, capsys)


ON_FILE = pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
"""The commands are the same on both databases; what they call is tested on both."""


@ON_FILE
def test_from_the_key_to_the_readable_case(world: World, run: Superior, tmp_path: Path) -> None:
    world.database.keyring.save(tmp_path / "keys.json")
    key, bundle, into = tmp_path / "tinh.key", tmp_path / "goi.json", tmp_path / "mo"
    assert "no key of the province" in run("bundle", str(bundle)).stderr
    made = run("keygen", str(key))
    assert made.returncode == 0, made.stderr
    assert oct(key.stat().st_mode)[-3:] == "600"
    assert run("keygen", str(key)).returncode == 1, "a key is never written over"
    world.send_box(ACCUSING)
    sort_all(world, lambda _text: reading("denunciation", "integrity", accuses_staff=True))
    trusted = run("trust", f"{key}.pub")
    assert "cases sealed now: 1" in trusted.stdout, trusted.stderr
    fingerprint = made.stdout.split("fingerprint: ")[1].split()[0]
    assert fingerprint in trusted.stdout
    assert run("bundle", str(bundle)).returncode == 0
    assert ACCUSING not in bundle.read_text()
    assert run("bundle", str(bundle)).returncode == 1, "a bundle is never written over"
    opened = run("open", str(key), str(bundle), "--into", str(into))
    assert opened.returncode == 0, opened.stderr
    contents = [json.loads(path.read_text("utf-8")) for path in into.iterdir()]
    assert [content["text"] for content in contents] == [ACCUSING]


@ON_FILE
def test_what_is_no_key_and_no_bundle_is_said_plainly(world: World, run: Superior, tmp_path: Path) -> None:
    world.database.keyring.save(tmp_path / "keys.json")
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("xin chào")
    assert "holds no public key" in run("trust", str(wrong)).stderr
    run("keygen", str(tmp_path / "a"))
    run("keygen", str(tmp_path / "b"))
    assert run("trust", str(tmp_path / "a.pub")).returncode == 0
    assert "another key is trusted" in run("trust", str(tmp_path / "b.pub")).stderr
    assert run("bundle", str(tmp_path / "x.json")).returncode == 0
    stranger = run("open", str(tmp_path / "b"), str(tmp_path / "x.json"))
    assert stranger.returncode == 1
    assert "sealed to another key" in stranger.stderr
    assert "Traceback" not in stranger.stderr
    nonsense = run("open", str(tmp_path / "a"), str(wrong))
    assert (nonsense.returncode, "Traceback" in nonsense.stderr) == (1, False)
