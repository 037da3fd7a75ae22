"""A letter with two matters: two cases with their own clocks and posts, one code; and one again when it must be."""

import threading
import uuid

import pytest
import sqlalchemy as sa

from models import Case, CaseEvent, CaseFact, CaseState, Decision, DecisionSource, Entry, Reply, SealedPackage
from models.audit import open_payload
from models.codes import follow_up_code, follow_up_hash
from tests.fixtures.officers import ANSWER, Opened, acts_of, as_fields, press, text_of
from tests.fixtures.sorting import ReadsAsTold, reading, sort_all
from tests.fixtures.world import World
from tests.triage.casework.test_sealing import alone, everything_readable
from triage.casework.following import Progress, follow
from triage.casework.opening import Labels
from triage.casework.record import verify_all
from triage.reading.readings import Reading
from triage.sorting import sort_entries
from vietnamese.calendar import local_day

LAMP = "Đèn đường ngõ 12 tắt hai tuần nay."
BIRTH = "Ngoài ra xin hỏi làm giấy khai sinh cho cháu cần giấy gì?"
TEXT = f"{LAMP} {BIRTH}"
ROAD, ASKED = Labels("petition", "infrastructure", False, False), Labels("question", "civil_status", False, False)
RUDE = Labels("petition", "staff_attitude", False, True)
HEAD, JUSTICE = "economy_department_head", "justice_officer"


def tell(text: str) -> Reading:
    """How a stand-in reads the letter and its parts."""
    return reading("petition", "infrastructure") if "Đèn" in text else reading("question", "civil_status")


def send(world: World, text: str = TEXT) -> uuid.UUID:
    number = world.send_box(text)
    sort_all(world, tell)
    return number


def cases(world: World) -> list[Case]:
    with world.database.reading() as session:
        return list(session.scalars(sa.select(Case).order_by(Case.matter)))


def opened(world: World, number: uuid.UUID) -> list[Opened]:
    code = follow_up_code(world.database.keyring, number)
    return [Opened(case.reference, code) for case in cases(world)]


def progress(world: World, number: uuid.UUID) -> Progress:
    keyring = world.database.keyring
    with world.database.reading() as session:
        found = follow(session, follow_up_hash(keyring, follow_up_code(keyring, number)), local_day(world.clock()))
    assert found is not None
    return found


# --- opening ---


def test_each_matter_is_a_case_of_its_own(world: World) -> None:
    number = send(world)
    first, second = cases(world)
    assert [case.id for case in (first, second)] == [uuid.uuid5(number, f"case {n}") for n in (1, 2)]
    assert [TEXT[case.part_start : case.part_end].strip() for case in (first, second)] == [LAMP, BIRTH]
    assert [(case.kind, case.topic, case.route) for case in (first, second)] == [
        ("petition", "infrastructure", HEAD), ("question", "civil_status", JUSTICE),
    ]  # fmt: skip
    assert first.due_at > second.due_at, "a question is answered sooner than a petition"
    with world.database.reading() as session:
        decisions = session.scalars(sa.select(Decision).order_by(Decision.number)).all()
        assert [(d.number, d.matter, d.topic, d.source) for d in decisions] == [
            (1, 1, "infrastructure", DecisionSource.CLASSIFIER), (2, 2, "civil_status", DecisionSource.CLASSIFIER),
        ]  # fmt: skip
        assert {d.sentiment for d in decisions} <= {"negative", "neutral", "positive"}
        assert verify_all(session).faults == []


def test_a_letter_of_one_matter_is_one_case_of_the_whole(world: World) -> None:
    send(world, LAMP)
    (case,) = cases(world)
    assert (case.matter, case.part_start, case.part_end) == (1, None, None)


def test_done_again_after_a_kill_nothing_is_doubled(world: World) -> None:
    send(world)
    with world.database.writing() as session:
        session.execute(sa.update(Entry).values(sorted_at=None))
    sort_entries(world.database, ReadsAsTold(tell), world.clock)
    with world.database.reading() as session:
        assert [session.scalar(sa.select(sa.func.count()).select_from(t)) for t in (Case, Decision, CaseEvent)] == [
            2
        ] * 3


def test_two_workers_at_once_open_each_matter_once(world: World) -> None:
    numbers = [world.send_box(f"{TEXT} ({n})") for n in range(6)]
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        while sort_entries(world.database, ReadsAsTold(tell), world.clock, batch=1):
            pass

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with world.database.reading() as session:
        found = session.execute(sa.select(Case.entry_id, Case.matter)).all()
        assert sorted(found) == sorted((number, matter) for number in numbers for matter in (1, 2))
        assert verify_all(session).faults == []


# --- officers ---


def test_each_officer_has_the_letter_with_the_own_part_marked(world: World) -> None:
    road, birth = opened(world, send(world))
    page = text_of(world.client(HEAD).get(road.page))
    assert f"</span>{LAMP} </mark>{BIRTH}" in page
    assert birth.reference not in page, "what lies with another officer is not this one's to know"
    assert LAMP in text_of(world.client(HEAD).get("/can-bo/"))
    assert BIRTH not in text_of(world.client(HEAD).get("/can-bo/"))
    assert world.client(HEAD).get(birth.page).status_code == 404
    assert "civil_status" not in page.split("Vì sao việc đến đây")[1].split("</ul>")[0]
    assert f"</span>{BIRTH}</mark>" in text_of(world.client(JUSTICE).get(birth.page))


def test_a_leader_is_led_from_one_matter_to_the_other(world: World) -> None:
    road, birth = opened(world, send(world))
    page = text_of(world.client("chairperson").get(road.page))
    assert f'href="{birth.page}"' in page
    assert "Công chức Tư pháp – Hộ tịch trả lời" in page


def test_a_person_corrects_one_matter_and_the_other_keeps_its_reading(world: World) -> None:
    road, birth = opened(world, send(world))
    press(world.client(JUSTICE), birth, "xac-nhan", Labels("question", "paperwork", False, False))
    with world.database.reading() as session:
        corrected = session.scalars(sa.select(Decision).where(Decision.source == DecisionSource.PERSON)).one()
        assert (corrected.number, corrected.matter) == (3, 2)
    first, second = cases(world)
    assert (first.topic, first.confirmed, second.topic, second.confirmed) == (
        "infrastructure",
        False,
        "paperwork",
        True,
    )
    assert "Đường, cầu" in text_of(world.client(HEAD).get(road.page))


def test_cases_are_counted_not_letters(world: World) -> None:
    send(world)
    with world.database.reading() as session:
        facts = session.execute(sa.select(CaseFact.topic, CaseFact.received).order_by(CaseFact.topic)).all()
    assert facts == [("civil_status", 1), ("infrastructure", 1)]


# --- the citizen ---


def answer(world: World, case: Opened, labels: Labels, text: str) -> None:
    signed = press(world.client("vice_chairperson"), case, "ky", labels, text=text)
    assert signed.status_code == 303, text_of(signed)


def test_the_code_shows_every_matter_with_its_own_state_and_answer(world: World) -> None:
    number = send(world)
    road, _birth = opened(world, number)
    answer(world, road, ROAD, ANSWER)
    told = progress(world, number)
    assert [(m.words, m.stage, m.handler) for m in told.matters] == [
        (LAMP, "answered", "Phòng Kinh tế"), (BIRTH, "assigned", "Văn phòng HĐND và UBND"),
    ]  # fmt: skip
    assert (told.stage, told.answers, told.legal_way) == ("assigned", (), None)
    page = text_of(world.client().get(f"/t/{road.code}"))
    assert "Thư của Ông/Bà có 2 việc" in page
    first, second = page.split("Việc thứ nhất")[1].split("Việc thứ hai")
    assert LAMP in first
    assert ANSWER in first
    assert BIRTH in second
    assert ANSWER not in second
    assert "chậm nhất ngày" in second


def test_of_one_matter_the_page_is_as_it_was(world: World) -> None:
    number = send(world, LAMP)
    told = progress(world, number)
    assert (told.matters, told.stage, told.handler) == ((), "assigned", "Phòng Kinh tế")
    assert "Việc thứ nhất" not in text_of(world.client().get(f"/t/{follow_up_code(world.database.keyring, number)}"))


# --- one matter again, by a person's word ---


def test_a_leader_says_that_the_letter_is_one_matter(world: World) -> None:
    number = send(world)
    road, birth = opened(world, number)
    earliest = min(case.due_at for case in cases(world))
    chair = world.client("chairperson")
    assert "Nhập thành một việc" in text_of(chair.get(road.page))
    assert press(chair, road, "mot-viec", text="Phòng Kinh tế đã xem.").status_code == 303
    first, second = cases(world)
    assert (first.part_start, first.due_at, first.state) == (None, earliest, CaseState.WAITING)
    assert (second.state, second.route) == (CaseState.FILED, "joined")
    assert acts_of(world, road) == ["opened", "took_in", "drafted"]
    assert acts_of(world, birth) == ["opened", "joined"]
    assert [world.client(who).get(birth.page).status_code for who in (JUSTICE, "chairperson")] == [404, 404]
    assert "<mark>" not in text_of(world.client(HEAD).get(road.page))
    told = progress(world, number)
    assert (told.matters, told.stage, told.text) == ((), "assigned", TEXT)
    sort_all(world)
    with world.database.reading() as session:
        assert session.execute(sa.select(CaseFact.topic, CaseFact.received)).all() == [("infrastructure", 1)]
        assert verify_all(session).faults == []


def test_an_officer_who_knows_one_matter_cannot_take_in_the_other(world: World) -> None:
    road, _birth = opened(world, send(world))
    assert "Nhập thành một việc" not in text_of(world.client(HEAD).get(road.page))
    assert press(world.client(HEAD), road, "mot-viec").status_code == 409
    assert [case.is_open for case in cases(world)] == [True, True]


def test_once_something_is_being_answered_the_matters_stay_apart(world: World) -> None:
    road, birth = opened(world, send(world))
    press(world.client(JUSTICE), birth, "luu-nhap", ASKED, text="Kính gửi Ông/Bà")
    chair = world.client("chairperson")
    assert "Nhập thành một việc" not in text_of(chair.get(road.page))
    refused = press(chair, road, "mot-viec")
    assert refused.status_code == 409
    assert "không nhập lại được nữa" in text_of(refused)


# --- one case again, because it is no longer ordinary ---


def correct(world: World, case: Opened, labels: Labels, who: str) -> None:
    client = world.client(who)
    assert client.post(f"{case.page}/xac-nhan", data=as_fields(labels) | {"version": "1"}).status_code == 303


@pytest.mark.parametrize("labels", [RUDE, Labels("complaint", "civil_status", False, False),
                                    Labels("denunciation", "integrity", False, False)])  # fmt: skip
def test_once_one_matter_is_grave_nobody_reads_the_letter_through_the_other(world: World, labels: Labels) -> None:
    number = send(world, TEXT.replace("hai tuần nay", "hai tuần, ông Hoàng Minh Tuấn quát mắng dân"))
    road, birth = opened(world, number)
    assert world.client(HEAD).get(road.page).status_code == 200
    correct(world, birth, labels, JUSTICE)
    head = world.client(HEAD)
    assert head.get(road.page).status_code == 404
    assert head.get(road.page).data == head.get("/can-bo/viec/AAAA-AAAA").data
    piles = ("", "cho-tra-loi", "da-xong", "ca-don-vi")
    assert not [pile for pile in piles if road.reference in text_of(head.get(f"/can-bo/?trang_thai={pile}"))]
    assert [(case.route == "joined", case.part_start) for case in cases(world)] == [(True, 0), (False, None)]
    told = progress(world, number)
    assert (told.matters, told.stage) == ((), "assigned")


def test_what_was_answered_before_stays_the_citizens(world: World) -> None:
    number = send(world)
    road, birth = opened(world, number)
    answer(world, road, ROAD, ANSWER)
    correct(world, birth, Labels("denunciation", "integrity", False, False), JUSTICE)
    first, _second = cases(world)
    assert (first.state, first.route) == (CaseState.ISSUED, "joined")
    assert [one.text for one in progress(world, number).answers] == [ANSWER]
    assert world.client(HEAD).get(road.page).status_code == 404


def test_what_goes_to_the_superior_is_sealed_with_every_word_of_all_matters(world: World) -> None:
    from models.sealing import new_key_pair

    accusing = TEXT.replace("hai tuần nay", "vì ông Nguyễn Văn Thành chủ tịch nhận phong bì Nà Coóng")
    number = send(alone(world, new_key_pair()[1]), accusing)
    road, birth = opened(world, number)
    press(world.client(HEAD), road, "luu-nhap", ROAD, text="Về việc Nà Coóng, phòng đang xem.")
    correct(world, birth, Labels("denunciation", "integrity", False, True), JUSTICE)
    left = everything_readable(world.database)
    assert "Nà Coóng" not in left
    assert "phong bì" not in left
    with world.database.reading() as session:
        assert len(session.scalars(sa.select(SealedPackage)).all()) == 1
        assert session.scalars(sa.select(Reply.text)).all() == [""]
        assert verify_all(session).faults == []


def test_the_record_tells_what_was_taken_in(world: World) -> None:
    road, birth = opened(world, send(world))
    press(world.client("chairperson"), road, "mot-viec")
    with world.database.reading() as session:
        acts = {event.act: open_payload(session, event) for event in session.scalars(sa.select(CaseEvent))}
    assert acts["joined"] == {"into": road.reference}
    assert acts["took_in"] == {"references": [birth.reference]}
