"""Who is meant by the words for somebody: 1,800 ways to call the staff of six communes.

All were read while mending, so they say that nothing is lost; what a new commune may expect is what `coast` and
`midland` gave before they were read: everybody found in 382 of 447, nobody else in 364 of 416. The bounds are what was
measured in November 2026.
"""

import json
from pathlib import Path

import pytest

from triage.routing.accused import weigh
from triage.routing.roster import Roster

FOLDER = Path(__file__).parents[2] / "data" / "called"


def _load(name: str) -> tuple[Roster, list[dict]]:
    first, *rows = map(json.loads, filter(str.strip, (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()))
    return Roster.from_json(first["roster"]), rows


FLOORS = [
    ("mountain", 0.95, 0.93), ("south", 0.95, 0.95), ("central", 0.94, 0.95), ("delta", 0.96, 0.96),
    ("coast", 0.91, 0.91), ("midland", 0.88, 0.92),
]  # fmt: skip


@pytest.mark.parametrize(("name", "found", "only"), FLOORS)
def test_everybody_meant_is_found_and_nobody_else(name: str, found: float, only: float) -> None:
    roster, rows = _load(name)
    complete: list[bool] = []
    clean: list[bool] = []
    for row in rows:
        told = {h.person.id for one in weigh(row["text"], roster) if one.mention.ours for h in one.mention.holders}
        if row["who"]:
            complete.append(set(row["who"]) <= told)
        if told:
            clean.append(told <= {*row["who"], *row["may"]})
    assert len(rows) >= 300
    assert sum(complete) / len(complete) >= found
    assert sum(clean) / len(clean) >= only
