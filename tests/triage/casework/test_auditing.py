"""Cases drawn by lot: which ones, how many, and what is counted of them."""

import pytest
import sqlalchemy as sa

from models import AuditedCase, Case
from tests.fixtures.officers import BRIBE, HOLE, ROAD, RUDE, open_entry, press, say_why, version_of
from tests.fixtures.releases import draw, open_drawn
from tests.fixtures.sorting import ReadsAsTold, reading
from tests.fixtures.world import World
from triage.casework.auditing import load_outcomes
from triage.casework.opening import Labels
from triage.casework.tallies import Kept, kept_labels, routed_alone
from triage.lots import is_drawn
from triage.reading.readings import Reading
from triage.reading.shares import Share
from triage.releasing.running import Outcome, accuracy
from triage.sorting import sort_entries
from vietnamese.calendar import local_day

QUESTION = Labels("question", "infrastructure", False, False)
RUBBISH = Labels("petition", "environment", False, False)
PAPER = Labels("petition", "civil_status", False, False)


def drawn(world: World) -> int:
    with world.database.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(AuditedCase)) or 0


def outcomes(world: World) -> list[Outcome]:
    with world.database.reading() as session:
        return load_outcomes(session)


def sort(world: World, share: float, told: Reading) -> None:
    sort_entries(world.database, ReadsAsTold(lambda _text: told), world.clock, audit_share=share)


def test_the_lot_falls_on_about_its_share_and_always_on_the_same(world: World) -> None:
    ring, values = world.database.keyring, [n.to_bytes(4, "big") for n in range(20_000)]
    found = {value for value in values if is_drawn(ring, "audit", value, 0.05)}
    assert 0.04 < len(found) / len(values) < 0.06
    assert found == {value for value in values if is_drawn(ring, "audit", value, 0.05)}
    assert found != {value for value in values if is_drawn(ring, "another", value, 0.05)}
    assert not any(is_drawn(ring, "audit", value, 0) for value in values)
    assert all(is_drawn(ring, "audit", value, 1) for value in values)


def test_what_is_routed_alone_is_drawn_in_the_transaction_that_opens_it(world: World) -> None:
    world.send_box(HOLE)
    sort(world, 1, reading())
    with world.database.reading() as session:
        row, case = session.execute(sa.select(AuditedCase, Case).join(Case, Case.id == AuditedCase.case_id)).one()
    assert (row.release, row.drawn_at, row.unit_id) == ("stand-in", world.clock(), case.unit_id)


@pytest.mark.parametrize(
    "told",
    [reading(abstained=True), reading(urgent=True), reading(kind="denunciation"), reading(kind="complaint"),
     reading(abstained=True, accuses_staff=True)],
)  # fmt: skip
def test_what_a_person_or_the_law_routes_is_never_drawn(world: World, told: Reading) -> None:
    world.send_box(HOLE)
    sort(world, 1, told)
    assert drawn(world) == 0


def test_nothing_is_drawn_where_the_share_is_nothing(world: World) -> None:
    world.send_box(HOLE)
    sort(world, 0, reading())
    assert drawn(world) == 0


def test_left_as_it_was_or_not(world: World) -> None:
    leader, today = world.client("chairperson"), local_day(world.clock())
    answers = {
        ROAD: (True, True, True), QUESTION: (False, True, True), RUBBISH: (True, False, True),
        PAPER: (True, False, False), None: (),
    }  # fmt: skip
    for number, labels in enumerate(answers):
        opened = open_drawn(world, f"{HOLE} {number}", f"r{number}")
        if labels:
            assert press(leader, opened, "xac-nhan", labels).status_code == 303
    found = sorted(outcomes(world), key=lambda one: one.release)
    assert found == [Outcome(today, f"r{number}", *answer) for number, answer in enumerate(answers.values())]


def test_a_case_handed_on_was_sent_to_the_wrong_post(world: World) -> None:
    opened = open_drawn(world, HOLE)
    leader = world.client("chairperson")
    page = leader.get(opened.page)
    post = page.get_data(as_text=True).split("Chánh Văn phòng")[0].rpartition('<option value="')[2].partition('"')[0]
    fields = {"post": post, "handing_reason": "Việc của văn phòng", "version": version_of(page)}
    assert press(leader, opened, "chuyen", **fields).status_code == 303
    assert press(leader, opened, "xac-nhan", ROAD).status_code == 303
    (found,) = outcomes(world)
    assert (found.kind, found.topic, found.post) == (True, True, False)


def test_one_that_turns_out_to_be_restricted_stays_in_the_count(world: World) -> None:
    opened = open_drawn(world, "Cán bộ thu tiền không biên lai của nhà tôi.")
    assert press(world.client("chairperson"), opened, "xac-nhan", BRIBE).status_code == 303
    assert accuracy(outcomes(world)).whole == Share(0, 1)


def test_a_later_word_replaces_an_earlier_one(world: World) -> None:
    opened, leader = open_drawn(world, HOLE), world.client("chairperson")
    for labels in (RUBBISH, ROAD):
        press(leader, opened, "xac-nhan", labels)
    assert accuracy(outcomes(world)).topic == Share(1, 1)


# --- other counts of the page ---


def test_counts_leave_out_what_is_restricted_and_what_is_too_few(world: World) -> None:
    leader = world.client("chairperson")
    for number in range(6):
        opened = open_entry(world, f"{HOLE} {number}", ROAD)
        press(leader, opened, "xac-nhan", RUBBISH if number < 2 else ROAD)
    rude = open_entry(world, "Chị ở quầy quát mắng tôi.", RUDE)
    press(leader, rude, "xac-nhan", RUDE)
    bribe = open_entry(world, "Ông Hoàng Minh Tuấn nhận phong bì của tôi.", BRIBE)
    say_why(leader, bribe)
    press(leader, bribe, "xac-nhan", BRIBE)
    turned = open_entry(world, f"{HOLE} đòi tiền", ROAD)
    press(leader, turned, "xac-nhan", BRIBE)
    with world.database.reading() as session:
        kept = kept_labels(session)
        alone = routed_alone(session, world.clock())
    # Neither what is restricted nor what accuses somebody: colleagues could tell it from a count.
    assert kept["kind"] == [Kept("petition", Share(6, 6))]
    assert kept["topic"] == [Kept("infrastructure", Share(4, 6))]
    assert alone == Share(6, 6)


def test_drawn_twice_is_stored_once(world: World) -> None:
    opened = open_drawn(world, HOLE)
    with pytest.raises(sa.exc.IntegrityError):
        draw(world, opened)
