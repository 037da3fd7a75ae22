"""Invented communes and the default table of topic → post, shared by the tests of routing."""

from pathlib import Path

import pytest
import yaml

from triage.routing.roster import Roster

HERE = Path(__file__).parent
TAXONOMY = HERE.parents[2] / "triage" / "reading" / "taxonomy.yaml"


@pytest.fixture(scope="session")
def rosters() -> dict[str, Roster]:
    loaded = yaml.safe_load((HERE / "rosters.yaml").read_text(encoding="utf-8"))
    return {name: Roster.from_json(data) for name, data in loaded.items()}


@pytest.fixture(scope="session")
def commune(rosters: dict[str, Roster]) -> Roster:
    return rosters["na_phieng"]


@pytest.fixture(scope="session")
def posts() -> dict[str, str]:
    taxonomy = yaml.safe_load(TAXONOMY.read_text(encoding="utf-8"))
    return {topic: row["post"] for topic, row in taxonomy["topics"].items()}
