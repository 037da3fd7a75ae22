"""Whether an entry accuses staff: what the reading feels of the whole text, joined with who of the roster is blamed.

A person of the roster who is likely blamed speaks for it; that only strangers are blamed, or that the text praises or
asks, speaks against it (pure).
"""

import json
from functools import lru_cache
from math import exp, log
from pathlib import Path

from triage.reading.readings import Reading
from triage.routing.accused import Weighed
from triage.routing.roles import Scorer

WEIGHTS = Path(__file__).with_name("accusation.json")

BAR = 0.25
"""From this probability staff counts as accused: to miss an accusation is worse than to restrict an ordinary entry."""

BAR_OF_LEADERS, LEADER_LIKELY = 0.05, 0.3
"""The bar where a chairperson or vice-chairperson is this likely blamed: their own house must not hold the case."""

_CLEAREST, _FARTHEST = 4.0, 5.0
_KINDS = ("praise", "question", "denunciation", "complaint")


def evidence(reading: Reading, weighed: Weighed) -> dict[str, float]:
    """What speaks for and against, by name: log odds, flags, and how sure the reading is of a kind."""
    findings = weighed.findings
    ours = [finding.p for finding in findings if finding.mention.ours]
    others = [finding.p for finding in findings if not finding.mention.ours]
    return {
        "reading": _odds(reading.accuses_p, _FARTHEST),
        "flagged": float(reading.accuses_staff),
        "tone": weighed.tone,
        "blamed of ours": _odds(max(ours, default=0.0), _CLEAREST),
        "none of ours": float(not ours),
        "blamed of others": _odds(max(others, default=0.0), _CLEAREST),
        "no others": float(not others),
        **{kind: reading.kind_p if reading.kind == kind else 0.0 for kind in _KINDS},
        "quiet": reading.kind_p if reading.kind in ("suggestion", "other") else 0.0,
    }


def accuses_probability(reading: Reading, weighed: Weighed, scorer: Scorer | None = None) -> float:
    """How likely (0–1) an entry accuses staff, by the weights beside this module or other ones."""
    return (scorer or _default_scorer()).probability(evidence(reading, weighed))


def accuses(reading: Reading, weighed: Weighed, scorer: Scorer | None = None) -> bool:
    """Whether a text counts as accusing staff: likely enough, or thanks of somebody of ours that mock."""
    if any(one.mocked for one in weighed.findings):
        return True
    leader = max((one.p for one in weighed.findings if one.mention.ours and one.mention.leads), default=0.0)
    return accuses_probability(reading, weighed, scorer) >= (BAR_OF_LEADERS if leader >= LEADER_LIKELY else BAR)


def _odds(p: float, most: float) -> float:
    low = 1 / (1 + exp(most))
    p = min(max(p, low), 1 - low)
    return log(p / (1 - p))


@lru_cache(maxsize=1)
def _default_scorer() -> Scorer:
    kept = json.loads(WEIGHTS.read_text("utf-8"))
    return Scorer(kept["bias"], kept["weights"])
