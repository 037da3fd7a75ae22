"""Opening a case from a decision on an entry."""

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models import Case, CaseState, Decision, DecisionSource, Entry
from models.audit import append_event
from models.codes import ALPHABET
from models.facts import mark_stale
from triage.casework.calendars import set_clocks
from triage.casework.placing import place
from triage.casework.praising import note_praised
from triage.routing.routes import Reason, Routing
from vietnamese.calendar import local_day


@dataclass(frozen=True)
class Labels:
    """What an entry is, by whoever read it."""

    kind: str
    topic: str
    urgent: bool
    accuses_staff: bool


def open_case(
    session: Session,
    entry: Entry,
    labels: Labels,
    routing: Routing,
    reasons: Sequence[Any],
    topics: Sequence[dict[str, Any]],
    abstained: bool,
    release: str,
    at: datetime,
    staff_version: int,
    matter: int = 1,
    part: tuple[int, int] | None = None,
    sentiment: str | None = None,
) -> Case:
    """Store the classifier's decision and the case it opens. Running twice meets the primary keys.

    `staff_version` is the unit's when the people were read that the text was held against. Of an entry with several
    matters this opens the one numbered `matter`, whose `part` of the text is (start, end).
    """
    store_decision(session, entry, matter, DecisionSource.CLASSIFIER, labels, routing.route, reasons, at,
                   matter=matter, topics=list(topics), abstained=abstained, release=release,
                   sentiment=sentiment)  # fmt: skip
    case_id = uuid.uuid5(entry.id, f"case {matter}")
    case = Case(
        id=case_id,
        reference=reference_of(case_id),
        entry_id=entry.id,
        matter=matter,
        part_start=part[0] if part else None,
        part_end=part[1] if part else None,
        province_code=entry.province_code,
        unit_id=entry.unit_id,
        kind=labels.kind,
        topic=labels.topic,
        urgent=labels.urgent,
        accuses_staff=labels.accuses_staff,
        state=CaseState.WAITING,
        opened_at=entry.received_at,
        staff_version=staff_version,
    )
    set_clocks(session, case)
    place(session, case, routing, at, local_day(at))
    note_praised(session, case)
    append_event(session, case, "opened", at, route=routing.route, kind=labels.kind, topic=labels.topic)
    entry.sorted_at, entry.claimed_until = at, None
    mark_stale(session, case.unit_id, local_day(case.opened_at), at)
    return case


def store_decision(
    session: Session,
    entry: Entry,
    number: int,
    source: DecisionSource,
    labels: Labels,
    route: str,
    reasons: Iterable[Any],
    at: datetime,
    **more: Any,
) -> Decision:
    """One reading of one entry; a person's is a label to learn from."""
    decision = Decision(
        id=uuid.uuid5(entry.id, f"decision {number}"),
        entry_id=entry.id,
        number=number,
        source=source,
        province_code=entry.province_code,
        unit_id=entry.unit_id,
        made_at=at,
        route=route,
        reasons=json.dumps([_plain(reason) for reason in reasons], ensure_ascii=False),
        **{"topics": [], **asdict(labels), **more},
    )
    session.add(decision)
    session.flush()
    return decision


def reference_of(case_id: uuid.UUID) -> str:
    """What people call a case: eight letters from its random id, so that no gap betrays a hidden one."""
    number = case_id.int
    letters = "".join(ALPHABET[(number >> shift) & 31] for shift in range(0, 40, 5))
    return f"{letters[:4]}-{letters[4:]}"


def _plain(reason: Reason | Any) -> dict[str, Any]:
    said = {"code": reason.code, "words": reason.words}
    return said | {"spans": reason.spans} if reason.spans else said
