"""The sealed way to the province, by its commands, from the key to the readable case."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fixtures.sorting import reading, sort_all
from tests.fixtures.world import World

ACCUSING = "Ông Chủ tịch phường nhận phong bì của công ty cát sỏi ở bãi Nà Coóng."


def run(folder: Path, world: World, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "LANGNGHE_DATA_DIR": str(folder),
        "LANGNGHE_DATABASE_URL": world.database.url.render_as_string(hide_password=False),
    }
    command = [sys.executable, "-m", "webapp.commands", "superior", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


ON_FILE = pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
"""The commands are the same on both databases; what they call is tested on both."""


@ON_FILE
def test_from_the_key_to_the_readable_case(world: World, tmp_path: Path) -> None:
    world.database.keyring.save(tmp_path / "keys.json")
    key, bundle, into = tmp_path / "tinh.key", tmp_path / "goi.json", tmp_path / "mo"
    assert "no key of the province" in run(tmp_path, world, "bundle", str(bundle)).stderr
    made = run(tmp_path, world, "keygen", str(key))
    assert made.returncode == 0, made.stderr
    assert oct(key.stat().st_mode)[-3:] == "600"
    assert run(tmp_path, world, "keygen", str(key)).returncode == 1, "a key is never written over"
    world.send_box(ACCUSING)
    sort_all(world, lambda _text: reading("denunciation", "integrity", accuses_staff=True))
    trusted = run(tmp_path, world, "trust", f"{key}.pub")
    assert "cases sealed now: 1" in trusted.stdout, trusted.stderr
    fingerprint = made.stdout.split("fingerprint: ")[1].split()[0]
    assert fingerprint in trusted.stdout
    assert run(tmp_path, world, "bundle", str(bundle)).returncode == 0
    assert ACCUSING not in bundle.read_text()
    assert run(tmp_path, world, "bundle", str(bundle)).returncode == 1, "a bundle is never written over"
    opened = run(tmp_path, world, "open", str(key), str(bundle), "--into", str(into))
    assert opened.returncode == 0, opened.stderr
    contents = [json.loads(path.read_text("utf-8")) for path in into.iterdir()]
    assert [content["text"] for content in contents] == [ACCUSING]


@ON_FILE
def test_what_is_no_key_and_no_bundle_is_said_plainly(world: World, tmp_path: Path) -> None:
    world.database.keyring.save(tmp_path / "keys.json")
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("xin chào")
    assert "holds no public key" in run(tmp_path, world, "trust", str(wrong)).stderr
    run(tmp_path, world, "keygen", str(tmp_path / "a"))
    run(tmp_path, world, "keygen", str(tmp_path / "b"))
    assert run(tmp_path, world, "trust", str(tmp_path / "a.pub")).returncode == 0
    assert "another key is trusted" in run(tmp_path, world, "trust", str(tmp_path / "b.pub")).stderr
    assert run(tmp_path, world, "bundle", str(tmp_path / "x.json")).returncode == 0
    stranger = run(tmp_path, world, "open", str(tmp_path / "b"), str(tmp_path / "x.json"))
    assert stranger.returncode == 1
    assert "sealed to another key" in stranger.stderr
    assert "Traceback" not in stranger.stderr
    nonsense = run(tmp_path, world, "open", str(tmp_path / "a"), str(wrong))
    assert (nonsense.returncode, "Traceback" in nonsense.stderr) == (1, False)
