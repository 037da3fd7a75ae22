"""Whether an entry accuses staff: what the reading feels of the whole text, joined with who of the roster is blamed.

A person of the roster who is likely blamed speaks for it; that only strangers are blamed, or that the text praises or
asks, speaks against it (pure).
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from math import exp, log
from pathlib import Path

from triage.reading.readings import Reading
from triage.routing.accused import Finding

WEIGHTS = Path(__file__).with_name("accusation.json")

BAR = 0.4
"""From this probability staff counts as accused: to miss an accusation is worse than to restrict an ordinary entry."""

_CLEAREST, _FARTHEST = 4.0, 5.0
_KINDS = ("praise", "question", "denunciation", "complaint")


def evidence(reading: Reading, findings: Sequence[Finding]) -> dict[str, float]:
    """What speaks for and against, by name: log odds, flags, and how sure the reading is of a kind."""
    ours = [finding.p for finding in findings if finding.mention.ours]
    others = [finding.p for finding in findings if not finding.mention.ours]
    return {
        "reading": _odds(reading.accuses_p, _FARTHEST),
        "flagged": float(reading.accuses_staff),
        "blamed of ours": _odds(max(ours, default=0.0), _CLEAREST),
        "none of ours": float(not ours),
        "blamed of others": _odds(max(others, default=0.0), _CLEAREST),
        "no others": float(not others),
        **{kind: reading.kind_p if reading.kind == kind else 0.0 for kind in _KINDS},
        "quiet": reading.kind_p if reading.kind in ("suggestion", "other") else 0.0,
    }


def accuses_probability(reading: Reading, findings: Sequence[Finding]) -> float:
    """How likely (0–1) an entry accuses staff."""
    kept = _weights()
    total = kept["bias"] + sum(kept[name] * value for name, value in evidence(reading, findings).items())
    return 1 / (1 + exp(-total))


def _odds(p: float, most: float) -> float:
    low = 1 / (1 + exp(most))
    p = min(max(p, low), 1 - low)
    return log(p / (1 - p))


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    loaded: dict[str, float] = json.loads(WEIGHTS.read_text("utf-8"))
    return loaded
