"""A decider as evaluation asks for it (pure)."""

from collections.abc import Sequence
from typing import cast

from triage.deciding import Decided, Decider, decide_each
from triage.reading.corpus import LabelledEntry
from triage.reading.evaluation import Decide
from triage.routing.roster import Roster


def by_roster(decider: Decider) -> Decide:
    """Decides on texts, each with the roster its entry carries, or none."""

    def decide(texts: Sequence[str], entries: Sequence[LabelledEntry]) -> list[Decided]:
        rosters = [Roster.from_json(entry.roster) if entry.roster else Roster() for entry in entries]
        return decide_each(decider, texts, rosters)

    # A frozen dataclass has what evaluation reads; only the checker thinks that it would also be written.
    return cast(Decide, decide)
