"""What people confirmed, as entries to learn from: last words, without personal details, never the superior's."""

import hashlib
import secrets
from datetime import timedelta

import sqlalchemy as sa

from models import Case, Keyring
from tests.fixtures.officers import ACCUSING, BRIBE, HOLE, ROAD, RUDE, Opened, open_entry, press, say_why
from tests.fixtures.world import World
from triage.casework.opening import Labels
from triage.reading.corpus import LabelledEntry
from triage.releasing.corrections import load_corrections, part

LEADER_ACCUSED = "Tôi tố cáo ông Nguyễn Văn Thành chủ tịch phường nhận hối lộ 50 triệu đồng."
RUBBISH = Labels("petition", "environment", False, False)


def confirm(world: World, opened: Opened, labels: Labels, post: str = "chairperson") -> None:
    client = world.client(post)
    say_why(client, opened)
    assert press(client, opened, "xac-nhan", labels).status_code == 303


def loaded(world: World) -> list[LabelledEntry]:
    with world.database.reading() as session:
        return load_corrections(session, lambda text: text.replace("0912 345 678", "[số]"))


def test_the_last_word_counts_and_details_are_gone(world: World) -> None:
    opened = open_entry(world, f"{HOLE} Gọi tôi 0912 345 678.", ROAD)
    confirm(world, opened, RUBBISH)
    confirm(world, opened, RUDE)
    (entry,) = loaded(world)
    assert (entry.kinds, entry.topics, entry.urgent, entry.accuses_staff) == (
        ("petition",), ("staff_attitude",), (False,), (True,),
    )  # fmt: skip
    assert entry.text == f"{HOLE} Gọi tôi [số]."


def test_what_nobody_confirmed_teaches_nothing(world: World) -> None:
    open_entry(world, HOLE, ROAD)
    assert loaded(world) == []


def test_a_restricted_letter_teaches_and_the_superiors_does_not(world: World) -> None:
    confirm(world, open_entry(world, ACCUSING, BRIBE), BRIBE)
    above = open_entry(world, LEADER_ACCUSED, BRIBE)
    confirm(world, above, BRIBE, "superior")
    assert [entry.text for entry in loaded(world)] == [ACCUSING]


def test_a_letter_that_went_up_after_it_was_confirmed_teaches_no_more(world: World) -> None:
    opened = open_entry(world, ACCUSING, RUDE)
    confirm(world, opened, RUDE)
    assert len(loaded(world)) == 1
    with world.database.writing() as session:
        case = session.scalars(sa.select(Case).where(Case.reference == opened.reference)).one()
        case.confidential = case.superior = True
    assert loaded(world) == []


def test_two_matters_of_one_letter_teach_their_own_words(world: World) -> None:
    opened = open_entry(world, "Đường sụt. Rác chất đống.", ROAD)
    with world.database.writing() as session:
        case = session.scalars(sa.select(Case).where(Case.reference == opened.reference)).one()
        case.part_start, case.part_end = 0, 10
    confirm(world, opened, ROAD)
    assert [entry.text for entry in loaded(world)] == ["Đường sụt."]


def test_one_unit_and_day_is_one_sender(world: World) -> None:
    for box, days in ((world.box_code, 0), (world.box_code, 0), (world.other_box_code, 0), (world.box_code, 1)):
        world.clock.move(timedelta(days=days))
        opened = open_entry(world, f"{HOLE} {secrets.token_hex(4)}", ROAD, box)
        commune = "a" if box == world.box_code else "b"
        client = world.client("chairperson", commune)
        assert press(client, opened, "xac-nhan", ROAD).status_code == 303
    personas = [entry.persona for entry in loaded(world)]
    assert len(personas) == 4
    assert len(set(personas)) == 3


# --- learned from and hidden ---


def entries(count: int) -> list[LabelledEntry]:
    labels = ("petition",), ("fees",), (False,), (False,)
    return [
        LabelledEntry(f"confirmed/{n}", f"confirmed/{n % 7}/{n // 3}", f"Thư số {n}", *labels) for n in range(count)
    ]


def test_a_fifth_of_the_senders_is_hidden_and_stays_hidden() -> None:
    ring = Keyring.generate()
    found = part(entries(3000), ring)
    assert len(found.learned) + len(found.fresh) == 3000
    assert 0.15 < len(found.fresh) / 3000 < 0.25
    assert not {entry.persona for entry in found.learned} & {entry.persona for entry in found.fresh}
    earlier = part(entries(1500), ring)
    assert set(earlier.fresh) <= set(found.fresh)
    assert set(earlier.learned) <= set(found.learned)


def test_nobody_without_the_keys_knows_who_is_hidden() -> None:
    seen = {hashlib.sha256(repr(part(entries(200), Keyring.generate()).fresh).encode()).digest() for _ in range(5)}
    assert len(seen) == 5


def test_what_repeats_a_hidden_text_is_not_learned_from() -> None:
    ring = Keyring.generate()
    parted = part(entries(300), ring)
    again = LabelledEntry("confirmed/x", parted.learned[0].persona, parted.fresh[0].text.upper(), ("petition",),
                          ("fees",), (False,), (False,))  # fmt: skip
    assert part([*entries(300), again], ring) == parted
