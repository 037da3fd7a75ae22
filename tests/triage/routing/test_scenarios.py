"""Who is found, over labelled entries: the figures the README may claim for conflict of interest."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from triage.routing.roster import Roster
from triage.routing.routes import Matter, Routing, decide
from vietnamese.text import strip_marks

HERE = Path(__file__).parent
FILES = ("scenarios", "scenarios_later", "scenarios_corpus")
Scenario = dict[str, Any]


def load(name: str) -> list[Scenario]:
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def route(scenario: Scenario, text: str, rosters: dict[str, Roster], posts: dict[str, str]) -> Routing:
    matter = Matter(
        kind=scenario.get("kind", "petition"),
        topic=scenario.get("topic", "other"),
        accuses_staff=scenario.get("accuses_staff", True),
    )
    return decide(matter, text, rosters[scenario.get("roster", "na_phieng")], posts)


def expected(scenario: Scenario) -> set[str]:
    """Who must be kept from the entry. A first complaint that accuses nobody keeps nobody from it."""
    if scenario.get("kind") == "complaint" and not scenario.get("accuses_staff", True):
        return set()
    return {*scenario.get("accused", []), *scenario.get("related", [])}


def figures(scenarios: list[Scenario], routings: list[Routing]) -> tuple[float, float]:
    """(recall, precision), each a mean over the entries where somebody should be, or was, kept out."""
    recalls, precisions = [], []
    for scenario, routing in zip(scenarios, routings, strict=True):
        wanted, found = expected(scenario), set(routing.excluded)
        if wanted:
            recalls.append(len(wanted & found) / len(wanted))
        if found:
            precisions.append(len(wanted & found) / len(found))
    return sum(recalls) / len(recalls), sum(precisions) / len(precisions)


def missed_superior(scenarios: list[Scenario], routings: list[Routing]) -> list[str]:
    pairs = zip(scenarios, routings, strict=True)
    return [s["text"] for s, routing in pairs if s.get("superior") and not routing.superior]


@pytest.mark.parametrize("typed", ["with marks", "without marks"])
@pytest.mark.parametrize("name", FILES)
def test_the_accused_are_found(name: str, typed: str, rosters: dict[str, Roster], posts: dict[str, str]) -> None:
    scenarios = load(name)
    spell = strip_marks if typed == "without marks" else str
    routings = [route(scenario, spell(scenario["text"]), rosters, posts) for scenario in scenarios]
    recall, precision = figures(scenarios, routings)
    assert missed_superior(scenarios, routings) == []
    assert recall >= 0.95
    assert precision >= 0.85


@pytest.mark.parametrize("scenario", load("scenarios"), ids=lambda scenario: scenario["text"][:60])
def test_each_pointed_scenario(scenario: Scenario, rosters: dict[str, Roster], posts: dict[str, str]) -> None:
    routing = route(scenario, scenario["text"], rosters, posts)
    assert set(routing.excluded) == expected(scenario)
    assert routing.superior == scenario.get("superior", False)


def test_the_scenarios_cover_what_they_must() -> None:
    scenarios = load("scenarios")
    assert len(scenarios) >= 60
    assert sum(bool(scenario.get("superior")) for scenario in scenarios) >= 15
    assert sum(not expected(scenario) for scenario in scenarios) >= 20
    texts = [scenario["text"] for name in FILES for scenario in load(name)]
    assert len(set(texts)) == len(texts)


def test_every_name_in_the_scenarios_is_in_its_roster(rosters: dict[str, Roster]) -> None:
    for scenario in (s for name in FILES for s in load(name)):
        known = {person.id for person in rosters[scenario.get("roster", "na_phieng")].staff}
        assert {*scenario.get("accused", []), *scenario.get("related", [])} <= known, scenario["text"]
