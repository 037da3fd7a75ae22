"""Every sentence people read is in the catalogue, and says what to do in plain words."""

import re
import subprocess
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
MACHINE_WORDS = re.compile(r"\b(submit|token|id|session|server|database|error|login|email|click|link|404|500)\b", re.I)


def _sentences(path: Path) -> set[str]:
    with open(path, "rb") as file:
        return {str(message.id) for message in read_po(file) if message.id}


def test_catalogue_holds_every_sentence(tmp_path: Path) -> None:
    subprocess.run([ROOT / "scripts" / "catalogue", tmp_path / "now.pot"], check=True)
    kept, now = (
        _sentences(ROOT / "webapp" / "translations" / "messages.pot"),
        _sentences(tmp_path / "now.pot"),
    )
    assert len(now) > 150
    assert kept == now, "run scripts/catalogue"


def test_people_read_no_machine_words() -> None:
    for sentence in _sentences(ROOT / "webapp" / "translations" / "messages.pot"):
        plain = re.sub(r"%\([a-z_]+\)s|\{[a-z_]+\}", "", sentence)
        assert not MACHINE_WORDS.search(plain), sentence
