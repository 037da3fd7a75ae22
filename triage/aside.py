"""Setting junk aside: to reception, where a person looks, and never where anything speaks of danger or blame (pure)."""

from dataclasses import replace

from triage.deciding import SUSPECT, Decided
from triage.routing.routes import RECEPTION, RESTRICTED_KINDS, Reason, Routing

JUNK_REASON = "junk"
_ASIDE = Routing(RECEPTION, (), (), superior=False, confidential=False, reasons=(Reason(JUNK_REASON),))


def set_aside(decided: Decided) -> Decided:
    """The decision on an entry that a rule calls junk: `other`, at reception; or `decided` itself where it may matter.

    What is urgent, may blame somebody or keeps anybody out is decided as if it were no junk.
    """
    reading, routing = decided.reading, decided.routing
    matters = (
        reading.urgent
        or decided.accuses_staff
        or reading.accuses_staff
        or reading.kind in RESTRICTED_KINDS
        or reading.restricted_p >= SUSPECT
        or routing.confidential
        or routing.superior
        or bool(routing.excluded)
    )
    if matters:
        return decided
    # A rule said so, and no person yet: the labels are suggestions, as where the classifier is unsure.
    return replace(decided, reading=replace(reading, kind="other", topic="other", abstained=True), routing=_ASIDE)


def is_aside(decided: Decided) -> bool:
    """Whether the decision was made by `set_aside`."""
    return any(reason.code == JUNK_REASON for reason in decided.routing.reasons)
