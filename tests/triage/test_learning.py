"""The shipped weights are those learned from the shipped scenarios."""

import json
import tomllib
from pathlib import Path

import pytest

from triage import accusation, learning
from triage.routing import roles, tone

ROOT = Path(__file__).parents[2]
SCENARIOS = ROOT / "tests" / "triage" / "routing"
SHIPPED = (tone.WEIGHTS, roles.WEIGHTS, accusation.WEIGHTS)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_weights_were_learned_from_the_scenarios_as_they_are(path: Path) -> None:
    """Fails when scenarios, rosters or corpus change: run `python -m triage.learning tests/triage/routing`."""
    assert json.loads(path.read_text("utf-8"))["learned_from"] == learning.data_digest(SCENARIOS)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_weights_are_part_of_the_package(path: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["triage"]
    assert any(path in (ROOT / "triage").glob(pattern) for pattern in patterns)


def test_a_digest_tells_any_change_of_the_scenarios(tmp_path: Path) -> None:
    for name in ("rosters.yaml", "scenarios.yaml"):
        (tmp_path / name).write_bytes((SCENARIOS / name).read_bytes())
    before = learning.data_digest(tmp_path)
    with (tmp_path / "scenarios.yaml").open("a", encoding="utf-8") as file:
        file.write("# one more\n")
    assert learning.data_digest(tmp_path) != before
