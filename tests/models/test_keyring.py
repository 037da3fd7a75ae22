"""The key ring: key files of earlier versions still work, and what was signed stays known."""

import json
from dataclasses import replace
from pathlib import Path

from models import Keyring

BEFORE_SIGNING = {"sealing": ["c2Vjb25kcyBvZiBhIGtleSBvZiAzMiBieXRlcyAhISE="], "codes": "ab" * 32, "cookies": "cd" * 32}


def test_a_key_file_without_signing_keys_comes_to_the_same_key_everywhere(tmp_path: Path) -> None:
    one, other, saved = tmp_path / "keys.json", tmp_path / "copy.json", tmp_path / "saved.json"
    one.write_text(json.dumps(BEFORE_SIGNING))
    other.write_text(json.dumps(BEFORE_SIGNING | {"superior": "x", "cookies": "ef" * 32}))
    first, second = Keyring.load(one), Keyring.load(other)
    assert second.has_signed("p", b"said", first.sign("p", b"said"))
    assert json.loads(one.read_text()) == BEFORE_SIGNING, "reading writes nothing"
    first.save(saved)
    assert Keyring.load(saved) == first
    another = tmp_path / "another.json"
    another.write_text(json.dumps(BEFORE_SIGNING | {"codes": "12" * 32}))
    assert Keyring.load(another).public_key != first.public_key


def test_what_was_signed_is_known_after_a_new_key_and_for_its_purpose_alone() -> None:
    ring, stranger = Keyring.generate(), Keyring.generate()
    signature = ring.sign("checkpoint", b"said")
    rotated = replace(ring, signing=(*stranger.signing, *ring.signing))
    assert rotated.has_signed("checkpoint", b"said", signature)
    assert rotated.public_key == stranger.public_key
    assert not stranger.has_signed("checkpoint", b"said", signature)
    assert not ring.has_signed("checkpoint", b"other", signature)
    assert not ring.has_signed("year", b"said", signature)
    assert not ring.has_signed("checkpoint", b"said", "no signature")
    assert ring.public_key not in ring.signing
