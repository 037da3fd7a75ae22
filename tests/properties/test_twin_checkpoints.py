"""What is printed of the record's checkpoints is the same with and without a case that accuses somebody.

The files themselves count cases and are for whoever may read the whole database; what leaves them by paper, mail of
a timer or a look at `langnghe doctor` must tell nobody that the case exists.
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fixtures.world import START, NewWorld
from tests.properties.twin.installations import SCENARIOS, Installation, found
from triage.casework.checkpoint_files import RegularCheckpoints, newest_checkpoint
from triage.casework.checkpoints import printed
from webapp.commands.checkpoint_checks import checkpoints
from webapp.settings import load_settings

EVERY = timedelta(minutes=15)
LETTERS = re.compile(r"(?: [0-9a-f]{4}){5}$", re.MULTILINE)


def _seen(made: Installation, folder: Path) -> tuple[list[str], int]:
    """Every line that is told while the case comes, is opened and answered, without the digest's letters."""
    settings = load_settings({"LANGNGHE_DATA_DIR": str(folder)})
    regular = RegularCheckpoints(made.world.database, settings.checkpoints_dir, EVERY)
    told: list[str] = []
    for turn in range(4):
        made.world.clock.at = START + turn * EVERY
        taken = regular.take_if_due(made.world.clock())
        assert taken is not None
        assert taken == newest_checkpoint(settings.checkpoints_dir, made.world.database.keyring)
        line, cut = LETTERS.subn(" …", printed(taken))
        assert cut == 1
        with made.world.database.reading() as session:
            told += [line, *map(str, checkpoints(session, settings, made.world.clock()))]
        if turn == 1:
            made.work()
    return told, taken.cases


@pytest.mark.parametrize("name", ["petition", "denunciation", "leader"])
def test_the_printed_line_and_doctor_are_the_same(new_world: NewWorld, tmp_path: Path, name: str) -> None:
    without, cases = _seen(found(new_world), tmp_path / "without")
    accusing, cases_and_one = _seen(found(new_world, SCENARIOS[name]), tmp_path / "accusing")
    assert cases_and_one == cases + 1, "the twins do differ"
    assert accusing == without
