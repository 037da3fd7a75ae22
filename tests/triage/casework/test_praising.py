"""Praise reaches whom it names: the right one, only as praise, and without who wrote."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from models import AuditedCase, Case, EntryMark, ExclusionReason, MarkKind, Officer, PraisedOfficer, Tenure
from tests.fixtures.casework import do, the, viewer_of
from tests.fixtures.officers import Opened, appoint, open_entry
from tests.fixtures.sorting import reading, sort_all
from tests.fixtures.world import STAFF, World
from triage.casework import acts
from triage.casework.opening import Labels
from triage.casework.placing import exclude
from triage.casework.praising import NEW_FOR, Praise, count_new, plainly_praised, praises_of, without_details
from triage.casework.rechecking import recheck_people
from triage.routing.roster import Person, Roster

MAI, TUAN, LAN, CLERK = "justice_officer", "economy_department_head", "culture_social_department_head", "office_chief"
THANKS = Labels("praise", "civil_status", False, False)
PETITION = Labels("petition", "civil_status", False, False)
KIND = "Tôi là Nguyễn Văn Bình, số 0912345678. Cảm ơn chị Phạm Thị Mai đã hướng dẫn tận tình."
BOTH = "Khen anh Hoàng Minh Tuấn và chị Đỗ Thị Lan nhiệt tình với dân."
ROSTER = Roster("Phường Tô Hiệu", tuple(
    Person(str(number), name, title, post, department, gender)
    for number, (post, title, department, _signs, name, gender) in enumerate(STAFF)
))  # fmt: skip


def praised(world: World, opened: Opened) -> set[str]:
    """Posts of whom the case praises."""
    posts = {officer: post for post, officer in world.officers.items()}
    with world.database.reading() as session:
        rows = sa.select(PraisedOfficer).where(PraisedOfficer.case_id == the(session, opened).id)
        return {posts.get(row.officer_id, str(row.officer_id)) for row in session.scalars(rows)}


def read_by(world: World, who: str) -> tuple[Praise, ...]:
    with world.database.reading() as session:
        return praises_of(session, viewer_of(session, world, who), world.clock())


def new_for(world: World, who: str) -> int:
    with world.database.reading() as session:
        return count_new(session, viewer_of(session, world, who), world.clock())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (KIND, ["Phạm Thị Mai"]),
        ("Cam on chi Mai da huong dan tan tinh", ["Phạm Thị Mai"]),
        (BOTH, ["Hoàng Minh Tuấn", "Đỗ Thị Lan"]),
        ("Khen cán bộ tư pháp niềm nở, chu đáo", []),
        ("Cảm ơn bộ phận một cửa", []),
        ("Cảm ơn chị Mai, nhưng anh Tuấn thì quát mắng dân", []),
        ("Cảm ơn ông Tuấn đã bắt tôi đi lại năm lần, phục vụ tuyệt vời quá", []),
        ("Cảm ơn bà Nguyễn Thị Hoa hàng xóm đã chở tôi đi", []),
        ("", []),
    ],
)
def test_who_is_plainly_praised(text: str, names: list[str]) -> None:
    known = {person.id: person.name for person in ROSTER.staff}
    assert [known[person] for person in plainly_praised(text, ROSTER)] == names


def test_a_name_that_two_bear_means_neither() -> None:
    twin = Person("99", "Lê Thị Mai", "Công chức Văn hóa", "culture_officer", "Phòng Văn hóa", "female")
    two = Roster(ROSTER.commune, (*ROSTER.staff, twin))
    assert plainly_praised("Cảm ơn chị Mai đã giúp tôi", two) == ()
    assert plainly_praised(KIND, two) == ("3",)


def test_only_the_part_of_a_letter_that_praises_counts() -> None:
    text = f"{BOTH} Cảm ơn chị Phạm Thị Mai."
    assert plainly_praised(text, ROSTER, (len(BOTH), len(text))) == ("3",)


def test_the_worker_stores_whom_praise_names_and_they_read_it(world: World) -> None:
    world.send_box(KIND)
    sort_all(world, lambda _text: reading("praise", "civil_status"))
    (found,) = read_by(world, MAI)
    assert found.day == date(2026, 10, 5)
    assert found.place == "Quầy số 1"
    assert found.text == "… Cảm ơn chị Phạm Thị Mai đã hướng dẫn tận tình."
    assert new_for(world, MAI) == 1
    for other in (TUAN, "chairperson", f"b.{MAI}", "superior"):
        assert read_by(world, other) == ()
        assert new_for(world, other) == 0


def test_each_reads_the_others_name_nowhere(world: World) -> None:
    open_entry(world, BOTH, THANKS)
    assert [one.text for one in read_by(world, LAN)] == ["Khen anh [tên] và chị Đỗ Thị Lan nhiệt tình với dân."]


def test_praise_is_new_for_a_week(world: World) -> None:
    open_entry(world, KIND, THANKS)
    world.clock.move(NEW_FOR)
    assert new_for(world, MAI) == 1
    world.clock.move(timedelta(days=1))
    assert new_for(world, MAI) == 0
    assert [one.new for one in read_by(world, MAI)] == [False]


def test_a_persons_correction_takes_praise_away_and_gives_it(world: World) -> None:
    opened = open_entry(world, KIND, THANKS)
    holder = "justice_officer"
    do(world, holder, acts.confirm, opened, THANKS)
    assert praised(world, opened) == {MAI}
    do(world, holder, acts.confirm, opened, PETITION)
    assert praised(world, opened) == set()
    assert read_by(world, MAI) == ()
    do(world, holder, acts.confirm, opened, THANKS)
    assert len(read_by(world, MAI)) == 1


@pytest.mark.parametrize(
    "labels",
    [Labels("praise", "civil_status", False, True), Labels("denunciation", "integrity", False, False),
     Labels("complaint", "civil_status", False, False)],
)  # fmt: skip
def test_nothing_that_accuses_or_is_restricted_is_praise(world: World, labels: Labels) -> None:
    opened = open_entry(world, KIND, labels)
    assert praised(world, opened) == set()
    assert read_by(world, MAI) == ()


def test_praise_from_which_somebody_is_kept_out_is_shown_to_nobody(world: World) -> None:
    opened = open_entry(world, BOTH, THANKS)
    assert len(read_by(world, LAN)) == 1
    with world.database.writing() as session:
        out = (str(world.officers[TUAN]),)
        exclude(session, the(session, opened), out, world.clock(), ExclusionReason.DOUBTFUL)
    assert read_by(world, LAN) == read_by(world, TUAN) == ()
    assert new_for(world, LAN) == 0


def test_who_stepped_back_reads_nothing_and_others_do(world: World) -> None:
    opened = open_entry(world, BOTH, THANKS)
    with world.database.writing() as session:
        out = (str(world.officers[TUAN]),)
        exclude(session, the(session, opened), out, world.clock(), ExclusionReason.RECUSED)
    assert read_by(world, TUAN) == ()
    assert len(read_by(world, LAN)) == 1


def test_praise_the_reading_was_unsure_of_waits_for_a_person(world: World) -> None:
    world.send_box(KIND)
    sort_all(world, lambda _text: reading("praise", "civil_status", abstained=True))
    assert read_by(world, MAI) == ()
    with world.database.reading() as session:
        case = session.scalars(sa.select(Case)).one()
    do(world, "reception_clerk", acts.confirm, Opened(case.reference, ""), THANKS)
    assert len(read_by(world, MAI)) == 1


def test_praise_drawn_by_lot_or_marked_waits(world: World) -> None:
    opened = open_entry(world, KIND, THANKS)
    with world.database.writing() as session:
        case = the(session, opened)
        home = {"province_code": case.province_code, "unit_id": case.unit_id}
        session.add(AuditedCase(case_id=case.id, release="r", drawn_at=world.clock(), **home))
    assert read_by(world, MAI) == ()
    do(world, MAI, acts.confirm, opened, THANKS)
    assert len(read_by(world, MAI)) == 1
    with world.database.writing() as session:
        case = the(session, opened)
        session.add(EntryMark(entry_id=case.entry_id, mark=MarkKind.INSULT, set_at=world.clock(), **home))
    assert read_by(world, MAI) == ()


def test_the_staff_of_the_day_of_receipt_is_meant(world: World) -> None:
    """A person entered late who served already is praised; a namesake who came later is not."""
    opened = open_entry(world, "Cảm ơn anh Lò Văn Kiên địa chính đã đo đất giúp", THANKS)
    assert praised(world, opened) == set()
    world.clock.move(timedelta(days=3))
    with world.database.writing() as session:
        home = session.get_one(Case, the(session, opened).id).post_id
        late = Officer(unit_id=world.commune_id, staff_code="late", full_name="Lò Văn Kiên", gender="male")
        session.add(late)
        session.flush()
        session.add(Tenure(post_id=home, officer_id=late.id, starts_on=date(2026, 10, 7), stand_in=True))
    recheck_people(world.database, world.clock)
    assert praised(world, opened) == set()
    with world.database.writing() as session:
        session.add(Tenure(post_id=home, officer_id=late.id, starts_on=date(2025, 7, 1), ends_on=date(2026, 10, 7)))
    recheck_people(world.database, world.clock)
    assert praised(world, opened) == {str(late.id)}
    assert recheck_people(world.database, world.clock) == 0


def test_whoever_was_moved_keeps_it_and_whoever_left_reads_nothing(world: World) -> None:
    opened = open_entry(world, KIND, THANKS)
    world.clock.move(timedelta(days=2))
    with world.database.writing() as session:
        appoint(session, world, world.officers[MAI], "reception_clerk")
    recheck_people(world.database, world.clock)
    assert praised(world, opened) == {MAI}
    assert len(read_by(world, MAI)) == 1
    with world.database.writing() as session:
        for tenure in session.scalars(sa.select(Tenure).where(Tenure.officer_id == world.officers[MAI])):
            tenure.ends_on = date(2026, 10, 8)
    world.clock.move(timedelta(days=2))
    assert read_by(world, MAI) == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Cảm ơn chị Mai", "Cảm ơn chị Mai"),
        ("cam on chi Pham Thi Mai, tu Le Van Nam 0912 345 678", "cam on chi Pham Thi Mai, tu [tên] [số điện thoại]"),
        ("Tôi là Trần Thị Mai ở thôn 3", "…"),
        ("Tôi là Lò Văn Nam. Gọi tôi 0912345678. Cô Mai giỏi!\nRất vui. Cháu Lò Thị Na.", "… Cô Mai giỏi! Rất vui. …"),
        ("", ""),
    ],
)  # fmt: skip
def test_only_the_own_name_stays_and_no_sentence_about_others(text: str, shown: str) -> None:
    assert without_details(text, "Phạm Thị Mai") == shown
