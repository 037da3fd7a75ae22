"""The gate below the pages: what it lets everybody know of, of everything there is, against what is told by hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Account, Case, CaseExclusion, ExclusionReason, Post, PraisedOfficer, Role, Tenure
from tests.access.rules import CLOSED, HANDLER, LEADER, may_know, roles_of
from tests.access.scene import Scene
from tests.access.told import CASES, HEAD, LAND, PEOPLE, SIGNERS, TODAY, Person
from tests.fixtures.world import START
from triage.casework import access
from triage.casework.access import CaseNotFound, Viewer, cases_of, get_case, get_viewer, handles, may_sign
from triage.casework.changing import state_of
from triage.casework.inbox import Heap, get_pile
from triage.casework.placing import exclude


@pytest.fixture
def session(scene: Scene) -> Iterator[Session]:
    with scene.world.database.reading() as session:
        yield session


def viewer_of(session: Session, person: Person) -> Viewer:
    return get_viewer(
        session, session.scalars(sa.select(Account).where(Account.username == person.username)).one(), TODAY
    )


@pytest.mark.parametrize("person", PEOPLE.values(), ids=PEOPLE)
def test_everybody_knows_of_what_is_theirs_and_of_nothing_else(scene: Scene, session: Session, person: Person) -> None:
    viewer = viewer_of(session, person)
    known = {case.reference for case in session.scalars(cases_of(viewer))}
    shown = {name for name, opened in scene.opened.items() if opened.reference in known}
    assert shown == {name for name, told in CASES.items() if may_know(person, told)}


def test_the_scene_is_as_told(scene: Scene, session: Session) -> None:
    usernames = dict(session.execute(sa.select(Account.officer_id, Account.username)).all())
    assert set(scene.opened) == set(CASES)
    for name, told in CASES.items():
        case = scene.row(name)
        rows = session.execute(
            sa.select(CaseExclusion.officer_id, CaseExclusion.reason).where(CaseExclusion.case_id == case.id)
        )
        out = {usernames[officer]: reason.value for officer, reason in rows}
        accused = {username for username, reason in out.items() if reason == "accused"}
        found = (case.post.code, state_of(case).value, case.kind, case.accuses_staff, case.confidential, case.superior,
                 case.paused_at is not None, case.finding or "", set(out), accused)  # fmt: skip
        expected = (told.post, told.state, told.kind, told.blames, told.kept, told.superior,
                    told.paused, told.finding, set(told.out), set(told.accused))  # fmt: skip
        assert found == expected, name


@pytest.mark.parametrize("person", PEOPLE.values(), ids=PEOPLE)
def test_unknown_and_forbidden_are_one_error(scene: Scene, session: Session, person: Person) -> None:
    viewer = viewer_of(session, person)
    for name, opened in scene.opened.items():
        if may_know(person, CASES[name]):
            for for_change in (False, True):
                assert get_case(session, viewer, opened.reference, for_change).reference == opened.reference
            continue
        for reference in (opened.reference, "ZZZZ-ZZZZ"):
            with pytest.raises(CaseNotFound) as problem:
                get_case(session, viewer, reference)
            assert str(problem.value) == reference


@pytest.mark.parametrize("person", PEOPLE.values(), ids=PEOPLE)
def test_who_answers_and_who_signs(scene: Scene, session: Session, person: Person) -> None:
    viewer = viewer_of(session, person)
    for name in (name for name, told in CASES.items() if may_know(person, told)):
        case, roles = scene.row(name), roles_of(person, CASES[name])
        assert (handles(viewer, case), may_sign(viewer, case)) == (HANDLER in roles, LEADER in roles), name


@pytest.mark.parametrize("person", PEOPLE.values(), ids=PEOPLE)
def test_every_pile_and_its_total_pass_the_gate(scene: Scene, session: Session, person: Person) -> None:
    viewer, known = viewer_of(session, person), {n for n, told in CASES.items() if may_know(person, told)}
    names = {opened.reference: name for name, opened in scene.opened.items()}
    for heap in Heap:
        pile = get_pile(session, viewer, heap, START)
        rows = {names[row.reference] for row in pile.rows}
        assert rows <= known
        assert pile.total == len(rows) == len(pile.rows)
    closed = get_pile(session, viewer, Heap.CLOSED, START)
    assert {names[row.reference] for row in closed.rows} == {n for n in known if CASES[n].state in CLOSED}


def test_the_most_pressing_come_first(session: Session) -> None:
    viewer = viewer_of(session, PEOPLE["a.chairperson"])
    order = [(case.due_at, case.reference) for case in session.scalars(cases_of(viewer))]
    assert order == sorted(order)
    assert len(order) > 10


@pytest.mark.parametrize(
    "day", [TODAY - timedelta(days=4), TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)]
)
def test_posts_are_those_of_the_day_of_looking(session: Session, day: date) -> None:
    """Standing in counts from its first day to its last, and neither before nor after."""
    begun, ended = TODAY - timedelta(days=3), TODAY
    held = {
        "a.standin": begun <= day <= TODAY, "a.acting": day == TODAY, "a.was_standin": day < ended,
        "a.will_standin": day > TODAY, "a.moved": day < ended, "a.joined": day >= TODAY,
    }  # fmt: skip
    for name, holds in held.items():
        account = session.scalars(sa.select(Account).where(Account.username == name)).one()
        viewer = get_viewer(session, account, day)
        assert bool({HEAD, "chairperson"} & viewer.post_codes) == holds, (name, day)
        assert viewer.day == day
        assert len(viewer.post_ids) == len(viewer.post_codes)


def test_a_viewer_is_who_the_rows_say(scene: Scene, session: Session) -> None:
    seen = {name: viewer_of(session, person) for name, person in PEOPLE.items()}
    assert {name for name, viewer in seen.items() if viewer.is_superior} == {"a.superior", "c.superior"}
    assert {name for name, viewer in seen.items() if viewer.provincial} == {
        "a.superior", "c.superior", "p.beside", "p.chair", "a.board", "a.admin",
    }  # fmt: skip
    assert {name: viewer.post_codes for name, viewer in seen.items()} == {
        name: person.codes for name, person in PEOPLE.items()
    }
    for name, viewer in seen.items():
        account = session.scalars(sa.select(Account).where(Account.username == name)).one()
        assert (viewer.account_id, viewer.officer_id, viewer.unit_id) == (
            account.id,
            account.officer_id,
            account.unit_id,
        )
        assert viewer.province_code == ("27" if name.startswith("c.") else "14")
        assert viewer.signs == any(post in (*SIGNERS, "superior_handler") for post in viewer.post_codes)
        assert viewer.listed_version > 0 if account.officer_id is not None else viewer.listed_version == 0
    economy, culture = seen["a.land"].serves_in, seen["a.social"].serves_in
    assert len(economy) == len(culture) == 1
    assert not economy & culture
    assert seen[f"a.{HEAD}"].serves_in == frozenset(), "who heads a department serves under nobody there"


def test_a_new_superior_knows_of_what_went_up_before(scene: Scene, session: Session) -> None:
    """Versions of the staff are a unit's own: those of the province and of a commune do not compare."""
    newcomer = replace(viewer_of(session, PEOPLE["a.superior"]), listed_version=10**6)
    known = {case.reference for case in session.scalars(cases_of(newcomer))}
    assert known == {scene.opened["up"].reference}


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        *(({"kind": kind}, True) for kind in ("question", "praise", "suggestion", "other")),
        *(({"kind": kind}, False) for kind in ("petition", "complaint", "denunciation")),
        ({"accuses_staff": True}, False), ({"confidential": True}, False), ({"route": "reception"}, False),
    ],
)  # fmt: skip
def test_newcomers_are_shown_what_can_blame_nobody(scene: Scene, changes: dict[str, object], shown: bool) -> None:
    """The case lies with a post that the newcomer holds; what may blame waits until it was held against the name."""
    with Session(scene.world.database.write_engine) as session:
        viewer, opened = viewer_of(session, PEOPLE["a.joined"]), scene.opened["asked"]
        case = session.scalars(sa.select(Case).where(Case.reference == opened.reference)).one()
        for column, value in changes.items():
            setattr(case, column, value)
        session.flush()
        assert (case in session.scalars(cases_of(viewer)).all()) == shown
        case.staff_version = viewer.listed_version
        session.flush()
        assert case in session.scalars(cases_of(viewer)).all()
        session.rollback()


def test_what_was_unsure_is_shown_to_newcomers_once_a_person_read_it(scene: Scene) -> None:
    with Session(scene.world.database.write_engine) as session:
        viewer, opened = viewer_of(session, PEOPLE["a.joined_leader"]), scene.opened["unread"]
        case = session.scalars(sa.select(Case).where(Case.reference == opened.reference)).one()
        with pytest.raises(CaseNotFound):
            get_case(session, viewer, opened.reference)
        case.confirmed = True
        session.flush()
        assert get_case(session, viewer, opened.reference) is case
        session.rollback()


@pytest.mark.parametrize("who", ["a.nothing", "a.former", "a.above", "a.board", "a.admin", "xa.admin"])
def test_of_whoever_holds_no_post_nothing_is_asked(session: Session, who: str) -> None:
    viewer = viewer_of(session, PEOPLE[who])
    assert access.visible_to(viewer).compare(sa.false())
    assert access.praise_shown_to(viewer).compare(sa.false())


# --- praise that names somebody ---

NAMED = "a.land"
PRAISED = {
    # what is changed of a case of praise that names the land officer: whether its words reach the officer
    "as it is": ({}, True),
    "a question": ({"kind": "question"}, False),
    "accusing": ({"accuses_staff": True}, False),
    "restricted": ({"confidential": True}, False),
    "sent up": ({"confidential": True, "superior": True}, False),
    "taken in": ({"route": "joined"}, False),
    "unsure": ({"route": "reception"}, False),
    "unsure, then confirmed": ({"route": "reception", "confirmed": True}, True),
}


def _reaches(session: Session, person: str) -> bool:
    shown = access.praise_shown_to(viewer_of(session, PEOPLE[person]))
    return session.scalar(sa.select(sa.func.count()).select_from(Case).where(shown)) == 1


@pytest.mark.parametrize("what", PRAISED)
def test_praise_reaches_whom_it_names(scene: Scene, what: str) -> None:
    changes, reaches = PRAISED[what]
    with Session(scene.world.database.write_engine) as session:
        case = session.scalars(sa.select(Case).where(Case.reference == scene.opened["praised"].reference)).one()
        _name(session, case, NAMED)
        for column, value in changes.items():
            setattr(case, column, value)
        session.flush()
        assert _reaches(session, NAMED) == reaches
        assert not any(_reaches(session, other) for other in PEOPLE if other != NAMED)
        session.rollback()


@pytest.mark.parametrize(
    ("who", "reason", "reaches"),
    [
        (NAMED, ExclusionReason.RECUSED, False),
        (NAMED, ExclusionReason.ACCUSED, False),
        ("a.social", ExclusionReason.RECUSED, True),
        ("a.social", ExclusionReason.DOUBTFUL, False),
        ("a.social", ExclusionReason.ACCUSED, False),
    ],
)
def test_praise_from_which_somebody_is_kept_out_reaches_nobody(
    scene: Scene, who: str, reason: ExclusionReason, reaches: bool
) -> None:
    with Session(scene.world.database.write_engine) as session:
        case = session.scalars(sa.select(Case).where(Case.reference == scene.opened["praised"].reference)).one()
        _name(session, case, NAMED)
        officer = session.scalars(sa.select(Account.officer_id).where(Account.username == who)).one()
        exclude(session, case, (str(officer),), START, reason)
        assert _reaches(session, NAMED) == reaches
        session.rollback()


@pytest.mark.parametrize("who", ["a.nothing", "a.former", "a.board"])
def test_praise_reaches_nobody_without_a_post(scene: Scene, who: str) -> None:
    with Session(scene.world.database.write_engine) as session:
        case = session.scalars(sa.select(Case).where(Case.reference == scene.opened["praised"].reference)).one()
        if PEOPLE[who].role is Role.OFFICER:
            _name(session, case, who)
        assert not _reaches(session, who)
        session.rollback()


def _name(session: Session, case: Case, who: str) -> None:
    # Others are praise too, and name nobody.
    session.execute(sa.update(Case).where(Case.id != case.id, Case.kind == "question").values(kind="praise"))
    session.execute(sa.delete(PraisedOfficer))
    officer = session.scalars(sa.select(Account.officer_id).where(Account.username == who)).one()
    session.add(PraisedOfficer(case_id=case.id, officer_id=officer, province_code="14", unit_id=case.unit_id))
    session.flush()


def test_what_is_restricted_is_known_where_it_lies_and_what_went_up_to_nobody_below(scene: Scene) -> None:
    with Session(scene.world.database.write_engine) as session:
        case = session.scalars(sa.select(Case).where(Case.reference == scene.opened["bribe"].reference)).one()
        vice = sa.select(Post.id).where(Post.unit_id == case.unit_id, Post.code == "vice_chairperson")
        case.post_id = session.scalars(vice).one()
        session.flush()
        assert _knows(session, "a.vice_chairperson", case)
        assert not _knows(session, "a.public_service_center_director", case)
        case.superior = True
        session.flush()
        assert [name for name in PEOPLE if _knows(session, name, case)] == ["a.superior"]
        session.rollback()


@pytest.mark.parametrize(
    ("name", "who", "accused"),
    [
        ("asked", "a.justice_officer", "b.chairperson"),  # leads another unit
        ("asked", "a.justice_officer", "a.yesterday"),  # led this one until yesterday
        ("asked", "a.justice_officer", "a.land"),  # leads nobody
        ("colleague", "a.social", "a.former"),  # headed the department until June
        ("colleague", "a.social", "a.land"),  # works beside, and heads nobody
    ],
)
def test_who_leads_nobody_here_today_keeps_only_himself_out(scene: Scene, name: str, who: str, accused: str) -> None:
    with Session(scene.world.database.write_engine) as session:
        officers = dict(session.execute(sa.select(Account.username, Account.officer_id)).all())
        case = session.scalars(sa.select(Case).where(Case.reference == scene.opened["asked"].reference)).one()
        if name == "colleague":
            land = session.scalars(sa.select(Post).where(Post.unit_id == case.unit_id, Post.code == LAND)).one()
            session.add(Tenure(post_id=land.id, officer_id=officers[who], starts_on=TODAY))
            case.post_id = land.id
            session.flush()
        assert _knows(session, who, case)
        exclude(session, case, (str(officers[accused]),), START)
        session.flush()
        assert _knows(session, who, case)
        assert not _knows(session, accused, case)
        session.rollback()


def _knows(session: Session, who: str, case: Case) -> bool:
    return case in session.scalars(cases_of(viewer_of(session, PEOPLE[who]))).all()
