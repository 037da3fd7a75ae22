"""Who is accused never learns that the entry exists.

Installations are equal but for one entry that accuses an officer. Everything the accused can reach, and everything
anybody can reach who must not know of it, answers with the same status, headers, cookie and bytes: every route of
the table of routes, every known reference and code, every query the sources read, every link found in the pages,
workbooks part by part. So every total, page of a pile, `more` link and sum of piles is equal too, and so is any
difference that several of them could work out together. What is new in the table of routes is walked by itself, or
fails here with what to add.

Not covered: how long an answer takes, the size of the database file and of its backups, what whoever may read the
database and the keys can find there, and the unread queue of the administrator, which counts an entry before
anybody can know what it says (that nothing but this count differs is asserted).
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import webapp
from models import Unit
from reports.exports import Cell
from reports.facts import refresh_stale_days
from reports.periods import parse_period
from reports.summaries import comparison_table
from tests.fixtures.world import START, NewWorld
from tests.properties.twin.addresses import QUERY_WORDS, known_in, query_words_in_sources, references_in, rules_of
from tests.properties.twin.asking import Browser
from tests.properties.twin.forms import compare_forms, to_send
from tests.properties.twin.installations import SCENARIOS, Accusation, Installation, found, insiders, unheld
from tests.properties.twin.lives import STEPS, Twins
from tests.properties.twin.walks import (
    PUBLIC,
    Reach,
    Tally,
    compare_everybody,
    counted,
    nothing_shown_unasked,
    references_of,
    somebody_knows,
    walk_of,
)
from triage.casework import inbox
from triage.casework.rechecking import recheck_people
from webapp.officer import desk

PRINCIPAL = ("a.economy_department_head", "a.board", "a.admin", PUBLIC)
"""Who also opens every page of other audiences, in the fast version."""
ALWAYS_OUT = {"a.board", "xa.board", "a.admin", "xa.admin", PUBLIC, "b.chairperson", "b.restricted_intake"}
"""Who never knows of a case of the first commune, by hand: a guard on `insiders`."""
QUICK = Reach(full=PRINCIPAL, depth=3, most=1)
THIN = Reach(full=())
PACKAGES = ("vietnamese", "models", "surveys", "triage", "reports", "webapp")
MAIL = re.compile(
    r"\b(smtplib|aiosmtplib|sendmail|send_message|sendgrid|mailgun|flask_mail|flask_mailman|requests\.post|urlopen|httpx)\b"
)
CHIEF = ("a.economy_department_head", PUBLIC)
"""Of those who must not know, the accused and everybody."""

ON_SERVER = pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)
ON_FILE = pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
ON_FILE_FIRST = pytest.mark.parametrize(
    "new_database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.deep)], indirect=True
)
DOCTOR = {"webapp/commands/machine_checks.py"}


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows a page: headings count more than they show, and piles go on on further pages."""
    monkeypatch.setattr(desk, "FIRST_LOOK", 2)
    monkeypatch.setattr(inbox.get_pile, "__defaults__", (1, 2))


def family(new_world: NewWorld, *accusations: Accusation, entries: int = 6) -> tuple[Installation, list[Installation]]:
    """One installation without and one with each accusation, all sorted, two weeks later."""
    without, twins = found(new_world, None, entries), [found(new_world, a, entries) for a in accusations]
    for made in (without, *twins):
        made.work()
        made.world.clock.at = START
        made.work()
    return without, twins


def close(*installations: Installation) -> None:
    for made in installations:
        made.world.database.dispose()


@ON_FILE_FIRST
def test_every_page_is_the_same_for_whoever_must_not_know(new_world: NewWorld) -> None:
    chosen = [SCENARIOS[name] for name in ("petition", "denunciation", "leader")]
    without, twins = family(new_world, *chosen)
    tally = Tally()
    for made in twins:
        assert not insiders(made) & ALWAYS_OUT
        assert not {"a.economy_department_head", "a.new21"} & (
            insiders(made) if made.hidden is not chosen[2] else set()
        )
        somebody_knows(made)
        nothing_shown_unasked(made, Reach(full=()))
    assert insiders(twins[1]) == {"a.chairperson", "a.restricted_intake"}
    assert insiders(twins[2]) == {"a.superior"}
    on_file = without.world.database.is_sqlite
    compare_everybody(without, twins if on_file else twins[1:], QUICK if on_file else THIN, tally)
    assert tally.people == {*without.accounts, PUBLIC}
    if on_file:
        assert tally.endpoints >= {rule.endpoint for rule in rules_of(without, "GET")}, "a route nobody walked"
    print(tally)
    close(without, *twins)


@ON_FILE
def test_the_report_of_the_command_is_the_same(new_world: NewWorld) -> None:
    """`langnghe report` prints and writes this table; of a petition it counts one more, as the board's pages do."""
    without, twins = family(new_world, SCENARIOS["denunciation"], SCENARIOS["petition"])
    assert _report(twins[0]) == _report(without)
    assert _report(twins[1]) != _report(without)
    with counted(without, twins[1]):
        assert _report(twins[1]) == _report(without)
    close(without, *twins)


def _report(made: Installation) -> list[tuple[Cell, ...]]:
    with made.world.database.reading() as session:
        units = [session.get_one(Unit, unit) for unit in (made.world.commune_id, made.world.other_id)]
        return list(comparison_table(session, parse_period("2026-Q3"), units).rows)


@ON_FILE
@pytest.mark.deep
@pytest.mark.parametrize("name", ["danger", "clerk"])
def test_every_page_and_link_is_the_same_deep(new_world: NewWorld, name: str) -> None:
    without, twins = family(new_world, SCENARIOS[name], entries=12)
    tally = Tally()
    somebody_knows(twins[0])
    nothing_shown_unasked(twins[0], Reach())
    compare_everybody(without, twins, Reach(whole=True, full=PRINCIPAL, depth=3, most=12), tally)
    print(name, tally)
    close(without, *twins)


def _compare_posts(new_world: NewWorld, accusation: Accusation, people: tuple[str, ...], whole: bool) -> int:
    without, twins = family(new_world, accusation)
    references, sent = references_of(without, twins, Reach()), 0
    for who in people:
        assert who not in insiders(twins[0])
        one, other = (Browser(made, None if who == PUBLIC else who) for made in (twins[0], without))
        walk = walk_of(without, who, references, Reach())
        forms = to_send(without, without.accounts.get(who), known_in(without, references, whole), walk)
        # A list of several is confirmed by references and versions that somebody may have guessed.
        forms += [("/can-bo/xac-nhan", {"danh_dau": f"{reference}.{n}"}) for reference in references for n in (1, 2)]
        sent += compare_forms(who, one, other, forms)
    close(without, *twins)
    return sent


@ON_FILE
@pytest.mark.parametrize("people", [CHIEF, pytest.param(PRINCIPAL, marks=pytest.mark.deep)], ids=["chief", "all"])
def test_every_form_is_answered_the_same(new_world: NewWorld, people: tuple[str, ...]) -> None:
    print(_compare_posts(new_world, SCENARIOS["denunciation"], people, whole=False), "forms")


@ON_SERVER
@pytest.mark.deep
@pytest.mark.parametrize("name", ["petition", "leader"])
def test_every_form_is_answered_the_same_deep(new_world: NewWorld, name: str) -> None:
    people = ("a.economy_department_head", "a.new21", "a.reception_clerk", "a.admin", "xa.admin", PUBLIC)
    print(name, _compare_posts(new_world, SCENARIOS[name], people, whole=False), "forms")


@ON_FILE_FIRST
def test_an_unread_entry_is_one_more_in_the_administrators_queue_and_nothing_else(new_world: NewWorld) -> None:
    without, accusing = found(new_world), found(new_world, SCENARIOS["denunciation"])
    assert insiders(accusing) == set()
    everybody = [*without.accounts, PUBLIC]
    watching = ("a.admin", "xa.admin")
    others = tuple(who for who in everybody if who not in watching)
    compare_everybody(without, [accusing], Reach(full=(), only=others), Tally())
    for who in watching:
        one, other = (walk_of(made, who, set(), Reach(full=())) for made in (accusing, without))
        assert {urlsplit(address).path for address in other if one[address] != other[address]} == {"/quan-tri/"}
        told = "7 ý kiến đang chờ phân loại" if who == "a.admin" else "6 ý kiến đang chờ phân loại"
        assert one["/quan-tri/"].text.replace(told, f"{int(told[0]) - 1}{told[1:]}") == other["/quan-tri/"].text
    close(without, accusing)


OUTSIDE = ("a.economy_department_head", "a.reception_clerk", "a.new21")


def _live(new_world: NewWorld, accusation: Accusation, steps: list[str], every: bool) -> None:
    without, (accusing,) = family(new_world, accusation, entries=3)
    twins, tally = Twins(accusing, without), Tally()
    for number, step in enumerate(steps):
        STEPS[step](twins)
        newcomers = tuple(without.accounts)[len(without.accounts) - number :] if number else ()
        people = (*OUTSIDE, *(who for who in newcomers if who.startswith("a.new")))
        compare_everybody(without, [accusing], Reach(full=(), only=tuple(dict.fromkeys(people))), tally)
    STEPS["work"](twins)
    assert references_in(without) <= references_in(accusing)
    only = None if every else (*OUTSIDE, "a.office_chief", "b.chairperson", "a.board", "a.admin")
    compare_everybody(without, [accusing], Reach(full=(), only=only), tally)
    close(without, accusing)


COMMON = {"deadline": None, "suppress_health_check": list(HealthCheck), "print_blob": True, "database": None}
LIVES = st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=6)


@ON_FILE
@settings(max_examples=2, derandomize=True, **COMMON)
@given(st.sampled_from(sorted(SCENARIOS)), LIVES)
def test_whatever_happens_to_the_case_they_see_no_difference(new_world: NewWorld, name: str, steps: list[str]) -> None:
    _live(new_world, SCENARIOS[name], steps, every=False)


@pytest.mark.deep
@settings(max_examples=4, **COMMON)
@given(st.sampled_from(sorted(SCENARIOS)), LIVES)
def test_whatever_happens_to_the_case_they_see_no_difference_deep(
    new_world: NewWorld, name: str, steps: list[str]
) -> None:
    _live(new_world, SCENARIOS[name], steps, every=True)


STORIES = {
    "answered": (
        "petition",
        ["draft", "submit", "return", "submit", "sign", "work", "a newcomer of that name", "work"],
    ),
    "restricted": ("denunciation", ["confirm", "hand over", "look at the contact", "correct to a question", "sign"]),
    "appointed": ("petition", ["the accused takes that post", "work", "the accused leads", "work", "draft"]),
    "merged": ("elsewhere", ["draft", "merger", "work", "somebody is given that name", "work"]),
    "sealed": ("leader", ["seal", "a subordinate stands in", "work", "three days"]),
    "reminded": ("petition", ["a day off", "a month", "work", "correct to a question", "work", "a day off"]),
    "verified": ("petition", ["ask the sender and wait", "three days", "go on", "verified as true", "step back"]),
    "filed": ("clerk", ["correct to nothing", "file", "a month", "another entry"]),
}


@ON_FILE
@pytest.mark.parametrize("story", ["restricted", "reminded", "appointed"])
def test_the_lives_people_think_of(new_world: NewWorld, story: str) -> None:
    name, steps = STORIES[story]
    _live(new_world, SCENARIOS[name], steps, every=False)


@ON_FILE
@pytest.mark.deep
@pytest.mark.parametrize("story", STORIES)
def test_the_lives_people_think_of_on_file(new_world: NewWorld, story: str) -> None:
    name, steps = STORIES[story]
    _live(new_world, SCENARIOS[name], steps, every=False)


@ON_SERVER
@pytest.mark.deep
@pytest.mark.parametrize("story", STORIES)
def test_the_lives_people_think_of_deep(new_world: NewWorld, story: str) -> None:
    name, steps = STORIES[story]
    _live(new_world, SCENARIOS[name], steps, every=True)


@ON_FILE
def test_a_case_that_goes_up_leaves_the_boards_counts(new_world: NewWorld) -> None:
    """By a worker that runs all the time, and so does not look back for what fell due long ago."""
    without, twins = family(new_world, SCENARIOS["petition"])
    STEPS["the accused leads"](Twins(twins[0], without))
    for made in (without, twins[0]):
        assert recheck_people(made.world.database, made.world.clock) or made is without
        refresh_stale_days(made.world.database, made.world.clock)
    case = twins[0].case()
    assert case is not None
    assert case.superior
    compare_everybody(without, twins, Reach(full=(), only=("a.board", "xa.board")), Tally())
    close(without, *twins)


@ON_FILE
@pytest.mark.parametrize(("post", "kind"), [("restricted_intake", "denunciation"), ("superior_handler", "leader")])
def test_posts_nobody_ever_held_tell_the_administrator_nothing(new_world: NewWorld, post: str, kind: str) -> None:
    """A case may lie where nobody serves; the post must look as it does without the case.

    That a province has the superior's post from its first day is held by tests of import and migration.
    """
    without, accusing = found(new_world), found(new_world, SCENARIOS[kind])
    for made in (without, accusing):
        with made.world.database.writing() as session:
            unheld(session, post)
        made.work()
    reach = Reach(whole=True, full=(), only=("a.admin", "xa.admin"))
    compare_everybody(without, [accusing], reach, Tally())
    close(without, accusing)


def test_every_query_word_of_the_sources_is_walked() -> None:
    new = query_words_in_sources() - set(QUERY_WORDS)
    assert not new, f"addresses ask for {new}: say in known_in what values they take"
    assert len(query_words_in_sources()) > 4


def test_nothing_sends_mail_unnoticed() -> None:
    """There is no sender yet. Whoever adds one must show that what is sent does not betray the entry."""
    root = Path(webapp.__file__).parents[1]
    senders = {
        str(path.relative_to(root))
        for package in PACKAGES
        for path in (root / package).rglob("*.py")
        if MAIL.search(path.read_text(encoding="utf-8"))
    }
    assert senders >= DOCTOR, "the check of mail moved: name it here"
    assert senders - DOCTOR == set(), (
        "something sends messages: give both twins a server that keeps what it is given (tests/fixtures/mail.py), run "
        "the sender after each step in tests/properties/twin/lives.py, and compare what everybody outside `insiders` "
        "got: recipients, subjects, words, and how many"
    )
