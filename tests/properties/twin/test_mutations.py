"""The twin test can fail: each way to forget an exclusion, made on purpose, is noticed."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

import triage.casework.inbox as inbox
import triage.casework.opening as opening
import triage.casework.rechecking as rechecking
import webapp.officer.desk as desk
import webapp.officer.views as views
from models import Case, CaseFact, Entry
from reports import facts
from tests.fixtures.world import START, NewWorld
from tests.properties.twin.installations import SCENARIOS, Leak, found
from tests.properties.twin.lives import STEPS, Twins
from tests.properties.twin.walks import PUBLIC, Reach, Tally, compare_everybody, nothing_shown_unasked
from triage.casework import access
from vietnamese.calendar import local_day
from webapp.admin import registry
from webapp.admin import views as admin_views

ACCUSED, NEWCOMER, UNDER = "a.economy_department_head", "a.new22", "a.new21"
Patch = pytest.MonkeyPatch
Mutation = Callable[[Patch], None]
pytestmark = pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)


def _gate(*kept: str) -> Mutation:
    """The gate with some of its conditions only."""

    def visible_to(viewer: access.Viewer) -> sa.ColumnElement[bool]:
        if viewer.officer_id is None or not viewer.post_ids:
            return sa.false()
        excluded = sa.exists().where(
            access.CaseExclusion.case_id == Case.id, access.CaseExclusion.officer_id == viewer.officer_id
        )
        parts = {
            "scope": access._in_scope(viewer),
            "excluded": ~excluded,
            "under": ~access._under_an_accused(viewer),
            "newcomer": ~(access.may_blame() & (Case.staff_version < viewer.listed_version)),
        }
        names = ("scope", "excluded") if viewer.is_superior else kept
        return sa.and_(*(part for name, part in parts.items() if name in names))

    return lambda patch: patch.setattr(access, "visible_to", visible_to)


def _no_scope(patch: Patch) -> None:
    patch.setattr(access, "_in_scope", lambda viewer: Case.unit_id == viewer.unit_id)


def _total_past_the_gate(patch: Patch) -> None:
    def get_pile(session: Session, *args: object, **more: object) -> inbox.Pile:
        count = session.scalar(sa.select(sa.func.count()).select_from(Case)) or 0
        return replace(get(session, *args, **more), total=count)  # type: ignore[arg-type]

    get = inbox.get_pile
    patch.setattr(desk, "get_pile", get_pile)


def _more_past_the_gate(patch: Patch) -> None:
    def get_pile(session: Session, *args: object, **more: object) -> inbox.Pile:
        count = session.scalar(sa.select(sa.func.count()).select_from(Case)) or 0
        return replace(get(session, *args, **more), more=count % 2 == 0)  # type: ignore[arg-type]

    get = inbox.get_pile
    patch.setattr(desk, "get_pile", get_pile)


def _forbidden_is_told(patch: Patch) -> None:
    def get_case(session: Session, viewer: access.Viewer, reference: str, for_change: bool = False) -> Case:
        there = session.scalars(sa.select(Case.id).where(Case.reference == reference)).first()
        if there is not None:
            raise access.CaseNotFound(reference) if _may(session, viewer, reference) else PermissionError(reference)
        return get(session, viewer, reference, for_change)

    get = access.get_case
    patch.setattr(views, "get_case", get_case)


def _may(session: Session, viewer: access.Viewer, reference: str) -> bool:
    return (
        session.scalars(sa.select(Case.id).where(Case.reference == reference, access.visible_to(viewer))).first()
        is not None
    )


def _opening_shown(patch: Patch) -> None:
    def row(case: Case, *args: object, **more: object) -> inbox.InboxRow:
        return replace(make(case, *args, **more), opening=inbox.opening_of(case.entry.text), confidential=False)  # type: ignore[arg-type]

    make = inbox._row
    patch.setattr(inbox, "_row", row)


def _reason_not_asked(patch: Patch) -> None:
    patch.setattr(views, "require_reason", lambda *_: None)


def _confidential_counted(patch: Patch) -> None:
    def case_facts(session: Session, unit: object, day: object, now: object) -> list[CaseFact]:
        made = count(session, unit, day, now)  # type: ignore[arg-type]
        hidden = session.scalars(sa.select(Case).where(Case.confidential, Case.unit_id == unit.id)).all()  # type: ignore[attr-defined]
        topics = {fact.topic for fact in made}
        return made + [
            CaseFact(unit_id=case.unit_id, province_code="14", day=day, topic=case.topic, received=1, answered=0,
                     answered_on_time=0, overdue_open=0)
            for case in hidden if case.topic not in topics and local_day(case.opened_at) == day
        ]  # fmt: skip

    count = facts._case_facts
    patch.setattr(facts, "_case_facts", case_facts)


def _counted_twice(patch: Patch) -> None:
    def case_facts(*args: object) -> list[CaseFact]:
        made = count(*args)  # type: ignore[arg-type]
        for fact in made:
            fact.overdue_open += fact.topic == "staff_attitude"
        return made

    count = facts._case_facts
    patch.setattr(facts, "_case_facts", case_facts)


def _queue_counts_everything(patch: Patch) -> None:
    def queue(session: Session, _units: object) -> registry.Queue:
        return registry.Queue(session.scalar(sa.select(sa.func.count()).select_from(Entry)) or 0, START)

    patch.setattr(admin_views, "queue", queue)


def _references_in_a_row(patch: Patch) -> None:
    numbers = iter(range(100, 1000))
    patch.setattr(opening, "reference_of", lambda _id: f"AAAA-{next(numbers):04}")


def _names_not_held_against_it(patch: Patch) -> None:
    patch.setattr(rechecking, "keep_out", lambda *_: set())


def _namesakes_forgotten(patch: Patch) -> None:
    _names_not_held_against_it(patch)
    patch.setattr(rechecking, "keep_out_namesakes", lambda *_: set())


def _leaders_subordinates_forgotten(patch: Patch) -> None:
    patch.setattr(access, "LEADERS", ())


MUTATIONS: dict[str, tuple[Mutation, str, tuple[str, ...], tuple[str, ...]]] = {
    # what is forgotten: (how, which entry, what happens before the walk, who walks)
    "the exclusion": (_gate("scope", "under", "newcomer"), "petition", ("the accused takes that post", "work"),
                      (ACCUSED,)),
    "the exclusion of who signs": (_gate("scope", "under"), "director", (), ("a.public_service_center_director",)),
    "subordinates": (_gate("scope", "excluded", "newcomer"), "petition", ("a subordinate stands in", "work"), (UNDER,)),
    "newcomers": (_gate("scope", "excluded", "under"), "petition", ("a newcomer of that name",), (NEWCOMER,)),
    "whom a new leader leads": (_leaders_subordinates_forgotten, "petition", ("the accused leads",),
                                ("a.chairperson",)),
    "the scope": (_no_scope, "denunciation", (), ("a.vice_chairperson",)),
    "the gate in totals": (_total_past_the_gate, "denunciation", (), (ACCUSED,)),
    "the gate in further pages": (_more_past_the_gate, "denunciation", (), (ACCUSED,)),
    "that forbidden looks unknown": (_forbidden_is_told, "denunciation", (), (ACCUSED,)),
    "that the queue is of the unread": (_queue_counts_everything, "denunciation", (), ("a.admin",)),
}  # fmt: skip
"""Forgotten where something is read: noticed in installations that were equal until then."""
WRITTEN: dict[str, tuple[Mutation, str, tuple[str, ...], tuple[str, ...]]] = {
    "that confidential is not counted": (_confidential_counted, "denunciation", (), ("a.board",)),
    "that a board sees a count only": (_counted_twice, "petition", (), ("a.board",)),
    "that references are random": (_references_in_a_row, "denunciation", (), ("a.justice_officer",)),
    "names after the worker looked": (_names_not_held_against_it, "petition", ("a newcomer of that name", "work"),
                                      (NEWCOMER,)),
    "namesakes after a merger": (_namesakes_forgotten, "elsewhere",
                                 ("merger", "work", "the accused takes that post", "work"), (ACCUSED,)),
}  # fmt: skip
"""Forgotten where something is written: noticed in installations that lived with it."""
UNASKED: dict[str, Mutation] = {"the opening in the inbox": _opening_shown, "the reason": _reason_not_asked}


def _family(new_world: NewWorld, name: str) -> Twins:
    made = [found(new_world, hidden, 3) for hidden in (SCENARIOS[name], None)]
    for one in made:
        one.work()
        one.world.clock.at = START
        one.work()
    return Twins(*made)


def _walk(twins: Twins, steps: tuple[str, ...], people: tuple[str, ...]) -> None:
    for step in steps:
        STEPS[step](twins)
    assert set(people) <= {*twins.other.accounts, PUBLIC}
    compare_everybody(twins.other, [twins.one], Reach(full=(), only=people), Tally())


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: Patch) -> None:
    """Two rows a page."""
    monkeypatch.setattr(inbox.get_pile, "__defaults__", (1, 2))


@pytest.mark.parametrize("name", MUTATIONS)
def test_what_is_forgotten_in_reading_is_noticed(new_world: NewWorld, monkeypatch: Patch, name: str) -> None:
    mutate, entry, steps, people = MUTATIONS[name]
    twins = _family(new_world, entry)
    _walk(twins, steps, people)
    mutate(monkeypatch)
    with pytest.raises(Leak):
        _walk(twins, (), people)
    _close(twins)


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_forgotten_in_writing_is_noticed(new_world: NewWorld, monkeypatch: Patch, name: str) -> None:
    mutate, entry, steps, people = WRITTEN[name]
    right = _family(new_world, entry)
    _walk(right, steps, people)
    mutate(monkeypatch)
    wrong = _family(new_world, entry)
    with pytest.raises(Leak):
        _walk(wrong, steps, people)
    _close(right)
    _close(wrong)


@pytest.mark.parametrize("name", UNASKED)
def test_what_is_shown_unasked_is_noticed(new_world: NewWorld, monkeypatch: Patch, name: str) -> None:
    twins = _family(new_world, "denunciation")
    nothing_shown_unasked(twins.one, Reach(full=()))
    UNASKED[name](monkeypatch)
    with pytest.raises(Leak):
        nothing_shown_unasked(twins.one, Reach(full=()))
    _close(twins)


def _close(twins: Twins) -> None:
    for made in twins.both():
        made.world.database.dispose()
