"""Cases of a merged unit go on in its successor: same clock, same history, same exclusions, no count changed."""

import os
import signal
import subprocess
import sys
import uuid
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import (
    AccessCode,
    Account,
    Case,
    CaseExclusion,
    CaseFact,
    CaseState,
    DutyShift,
    Entry,
    ExclusionReason,
    Officer,
    Post,
    Role,
    Tenure,
    Unit,
)
from models.codes import follow_up_code
from models.mergers import move_officer
from tests.fixtures.mergers import (
    EVE,
    MERGER,
    MORNING,
    cases,
    merge,
    officer_of,
    old_home,
    post_of,
    work,
)
from tests.fixtures.officers import acts_of, press, say_why, text_of
from tests.fixtures.sorting import reading
from tests.fixtures.world import PASSWORD_HASH, World
from triage.casework.opening import Labels
from triage.casework.record import verify_all
from triage.reading.readings import Reading
from webapp.backups import count_rows

ROAD = Labels("petition", "infrastructure", False, False)
RUDE = Labels("petition", "staff_attitude", False, True)
BRIBE = Labels("denunciation", "integrity", False, True)
DANGER = Labels("petition", "security_order", True, False)
PRAISE = Labels("praise", "staff_attitude", False, False)
HOLE = "Đoạn đường vào bản sụt một mét, xe máy ngã mấy lần rồi."
ACCUSING = "Ông Hoàng Minh Tuấn trưởng phòng kinh tế quát mắng dân, bắt đi lại năm lần."
LATE = "Anh Hoàng Minh Tuấn phòng kinh tế hẹn bốn lần không đến, gọi thì anh quát mắng."


def accusing(_text: str = "") -> Reading:
    return reading("petition", "infrastructure", accuses_staff=True)


def sees(world: World, who: str, reference: str) -> bool:
    client = world.client(who)
    listed = reference in text_of(client.get("/can-bo/")) + text_of(client.get("/can-bo/?trang_thai=ca-don-vi"))
    opened = client.get(f"/can-bo/viec/{reference}").status_code == 200
    assert listed <= opened, "what is listed opens"
    return opened


def excluded(world: World, reference: str) -> dict[int, ExclusionReason]:
    with world.database.reading() as session:
        rows = sa.select(CaseExclusion.officer_id, CaseExclusion.reason).join(Case)
        return dict(session.execute(rows.where(Case.reference == reference)).all())


def case_of(world: World, reference: str) -> Case:
    return next(case for case in cases(world) if case.reference == reference)


def post_code(world: World, case: Case) -> str:
    with world.database.reading() as session:
        return session.get_one(Post, case.post_id).code


def test_open_cases_keep_clock_state_and_history_and_lie_with_the_same_post(world: World) -> None:
    opened = old_home(world, HOLE, ROAD)
    assert press(world.client("economy_department_head", "b"), opened, "trinh", text="Sẽ sửa.").status_code == 303
    before = case_of(world, opened.reference)
    world.clock.at = MORNING
    merge(world)
    after = case_of(world, opened.reference)
    assert (after.opened_at, after.due_at, after.state) == (before.opened_at, before.due_at, CaseState.SUBMITTED)
    assert after.unit_id == world.commune_id
    assert post_code(world, after) == post_code(world, before) == "economy_department_head"
    with world.database.reading() as session:
        assert session.get_one(Post, after.post_id).unit_id == world.commune_id
        assert session.get_one(Entry, after.entry_id).unit_id == world.other_id, "received by the old one for ever"
        assert verify_all(session).faults == []
    assert acts_of(world, opened)[-1] == "moved_to_successor"
    assert acts_of(world, opened).count("moved_to_successor") == 1
    gone = world.client("chairperson", "b").get(opened.page)
    assert (gone.status_code, (gone.location or "").startswith("/dang-nhap")) == (302, True), "who holds no post is out"
    work(world)
    page = text_of(world.client("chairperson").get(opened.page))
    assert "chuyển cùng đơn vị cũ khi sáp nhập" in page
    assert press(world.client("chairperson"), opened, "ky", text="Sẽ sửa xong trước 30/10.").status_code == 303
    answer = text_of(world.client().get(f"/t/{opened.code}"))
    assert "Sẽ sửa xong trước 30/10." in answer
    assert "phường Tô Hiệu" in answer


def test_nobody_new_sees_a_case_that_may_blame_before_it_was_held_against_them(world: World) -> None:
    rude, thanks = old_home(world, ACCUSING, RUDE), old_home(world, "Cảm ơn Trung tâm.", PRAISE)
    world.clock.at = MORNING
    merge(world)
    assert not sees(world, "chairperson", rude.reference)
    assert sees(world, "chairperson", thanks.reference)
    work(world)
    assert sees(world, "chairperson", rude.reference)


def test_an_accused_who_moves_stays_kept_out_whatever_post_is_given(world: World) -> None:
    opened = old_home(world, ACCUSING, RUDE)
    with world.database.reading() as session:
        accused = officer_of(session, world.other_id, "economy_department_head").id
    assert excluded(world, opened.reference) == {accused: ExclusionReason.ACCUSED}
    world.clock.at = MORNING
    merge(world)
    with world.database.writing() as session:
        move_officer(session, session.get_one(Officer, accused), MORNING)
        lies = session.get_one(Post, case_of(world, opened.reference).post_id)
        session.add(Tenure(post_id=lies.id, officer_id=accused, starts_on=MERGER))
        account = session.scalars(sa.select(Account.username).where(Account.officer_id == accused)).one()
    assert account == "b.economy_department_head"
    for _before_and_after in range(2):
        client = world.client("economy_department_head", "b")
        assert client.get("/can-bo/").status_code == 200
        assert opened.reference not in text_of(client.get("/can-bo/"))
        assert client.get(opened.page).status_code == 404
        work(world)


def test_an_accused_who_leads_the_successor_sends_the_case_up(world: World) -> None:
    opened = old_home(world, ACCUSING, RUDE)
    world.clock.at = MORNING
    merge(world)
    with world.database.writing() as session:
        accused = officer_of(session, world.other_id, "economy_department_head")
        move_officer(session, accused, MORNING)
        vice = post_of(session, world.commune_id, "vice_chairperson")
        session.add(Tenure(post_id=vice.id, officer_id=accused.id, starts_on=MERGER))
    assert not sees(world, "chairperson", opened.reference)
    work(world)
    assert case_of(world, opened.reference).superior
    assert not sees(world, "chairperson", opened.reference)
    assert world.client("superior").get(opened.page).status_code == 200


def _add_namesake(session: Session, world: World, name: str, post: str) -> int:
    person = Officer(unit_id=world.commune_id, staff_code="moi1", full_name=name, gender="unknown")
    session.add(person)
    session.flush()
    session.add_all([
        Tenure(post_id=post_of(session, world.commune_id, post).id, officer_id=person.id, starts_on=MERGER),
        Account(username="a.moi1", role=Role.OFFICER, unit_id=world.commune_id, officer_id=person.id,
                password_hash=PASSWORD_HASH),
    ])  # fmt: skip
    return person.id


def test_the_same_person_as_a_new_row_is_caught(world: World) -> None:
    with world.database.writing() as session:
        officer_of(session, world.other_id, "economy_department_head").full_name = "Lò Văn Tưởng"
    # Blamed by post alone: no name in the text could tell the new row.
    opened = old_home(world, "Trưởng phòng kinh tế quát mắng dân, bắt đi lại năm lần.", RUDE)
    with world.database.reading() as session:
        accused = officer_of(session, world.other_id, "economy_department_head").id
    assert accused in excluded(world, opened.reference)
    world.clock.at = MORNING
    merge(world)
    with world.database.writing() as session:
        lies = session.get_one(Post, case_of(world, opened.reference).post_id).code
        again = _add_namesake(session, world, "LO VAN TUONG", lies)
    assert world.client("moi1").get(opened.page).status_code == 404
    work(world)
    assert excluded(world, opened.reference)[again] is ExclusionReason.ACCUSED
    assert world.client("moi1").get(opened.page).status_code == 404
    assert opened.reference not in text_of(world.client("moi1").get("/can-bo/"))


def test_the_successors_own_people_are_not_meant_by_a_post_of_the_old_unit(world: World) -> None:
    with world.database.writing() as session:
        officer_of(session, world.other_id, "economy_department_head").full_name = "Lò Văn Tưởng"
    opened = old_home(world, "Trưởng phòng kinh tế quát mắng dân, bắt đi lại năm lần.", RUDE)
    world.clock.at = MORNING
    merge(world)
    work(world)
    assert world.officers["economy_department_head"] not in excluded(world, opened.reference)


def test_superior_cases_stay_where_they_are(world: World) -> None:
    opened = old_home(world, "Chủ tịch phường nhận tiền của tôi để ký giấy.", BRIBE)
    before = case_of(world, opened.reference)
    assert before.superior
    world.clock.at = MORNING
    merge(world)
    work(world)
    after = case_of(world, opened.reference)
    assert (after.unit_id, after.post_id) == (before.unit_id, before.post_id)
    assert [act for act in acts_of(world, opened) if act != "reminded"] == ["opened"]
    client = world.client("superior")
    say_why(client, opened)
    assert client.get(opened.page).status_code == 200
    assert not sees(world, "chairperson", opened.reference)


def test_confidential_cases_lie_with_the_intake_person_or_the_chair(world: World) -> None:
    bribe = old_home(world, "Kế toán phường bắt tôi nộp thêm hai triệu không có biên lai.", BRIBE)
    before = case_of(world, bribe.reference)
    assert (before.confidential, post_code(world, before)) == (True, "restricted_intake")
    with world.database.writing() as session:
        session.execute(
            sa.update(Post)
            .where(Post.unit_id == world.commune_id, Post.code == "restricted_intake")
            .values(code="own_intake")
        )
    world.clock.at = MORNING
    merge(world)
    after = case_of(world, bribe.reference)
    assert (after.confidential, post_code(world, after)) == (True, "chairperson")


def test_a_post_the_successor_lacks_is_replaced_by_its_own_routing(world: World) -> None:
    road = old_home(world, HOLE, ROAD)
    with world.database.writing() as session:
        moved = case_of(world, road.reference)
        own = Post(unit_id=world.other_id, code="own_roads", title="Công chức giao thông")
        session.add(own)
        session.flush()
        session.execute(sa.update(Case).where(Case.id == moved.id).values(post_id=own.id, route="own_roads"))
    world.clock.at = MORNING
    merge(world)
    after = case_of(world, road.reference)
    assert post_code(world, after) == after.route == "economy_department_head"


def test_danger_goes_to_whoever_is_on_duty_in_the_successor(world: World) -> None:
    with world.database.writing() as session:
        session.add(DutyShift(unit_id=world.commune_id, day=MERGER, officer_id=world.officers["vice_chairperson"]))
    opened = old_home(world, "Cháy ở nhà văn hóa bản!", DANGER)
    world.clock.at = MORNING
    merge(world)
    after = case_of(world, opened.reference)
    assert (after.route, post_code(world, after)) == ("duty_leader", "vice_chairperson")


def test_closed_cases_follow_by_the_worker(world: World) -> None:
    opened = old_home(world, HOLE, ROAD)
    press(world.client("chairperson", "b"), opened, "ky", text="Đã vá xong.")
    world.clock.at = MORNING
    merge(world)
    assert case_of(world, opened.reference).unit_id == world.other_id
    work(world)
    after = case_of(world, opened.reference)
    assert (after.unit_id, after.state) == (world.commune_id, CaseState.ISSUED)
    assert sees(world, "chairperson", opened.reference)
    answer = text_of(world.client().get(f"/t/{opened.code}"))
    assert "Ủy ban nhân dân phường Chiềng An<br>" in answer, "who signed was of the old commune"
    assert "Phường Chiềng An nay thuộc phường Tô Hiệu" in answer


def test_an_entry_sent_an_hour_before_midnight_and_sorted_after(world: World) -> None:
    world.clock.at = EVE
    merge(world)
    submission = world.send_box(LATE, code=world.other_box_code)
    with world.database.reading() as session:
        accused = officer_of(session, world.other_id, "economy_department_head").id
    world.clock.at = MORNING
    work(world, accusing)
    (case,) = cases(world)
    assert case.unit_id == world.commune_id
    assert accused in excluded(world, case.reference), "held against the people of the day it was sent"
    with world.database.reading() as session:
        assert session.get_one(Entry, submission).unit_id == world.other_id
        facts = session.execute(sa.select(CaseFact.unit_id, CaseFact.day, CaseFact.received)).all()
    assert facts == [(world.other_id, date(2026, 10, 14), 1)]
    assert sees(world, "chairperson", case.reference)


def test_a_merger_told_ahead_moves_cases_when_the_day_comes(world: World) -> None:
    opened = old_home(world, HOLE, ROAD)
    merge(world)
    work(world)
    assert case_of(world, opened.reference).unit_id == world.other_id
    assert sees_old(world, opened.reference)
    world.clock.at = EVE
    work(world)
    assert case_of(world, opened.reference).unit_id == world.other_id
    world.clock.at = EVE + timedelta(hours=1)
    work(world)
    assert case_of(world, opened.reference).unit_id == world.commune_id
    assert not sees_old(world, opened.reference)


def sees_old(world: World, reference: str) -> bool:
    return world.client("chairperson", "b").get(f"/can-bo/viec/{reference}").status_code == 200


def test_a_second_run_moves_nothing(world: World) -> None:
    old_home(world, HOLE, ROAD)
    old_home(world, ACCUSING, RUDE)
    world.clock.at = MORNING
    merge(world)
    work(world)
    before = count_rows(world.database), [(c.id, c.version, c.post_id) for c in cases(world)]
    merge(world)
    work(world)
    assert (count_rows(world.database), [(c.id, c.version, c.post_id) for c in cases(world)]) == before


# --- killed in the middle ---

KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from models import Database, Keyring, Unit
from models.mergers import merge_units
from triage.casework import moving

database = Database(sys.argv[1], Keyring.load(Path(sys.argv[2])))
at = datetime(2026, 10, 15, 1, 0, tzinfo=UTC)
append, done = moving.append_event, []
def dying(*arguments, **more):
    append(*arguments, **more)
    done.append(1)
    if len(done) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
moving.append_event = dying
with database.writing() as session:
    ending, successor = (session.get_one(Unit, int(number)) for number in sys.argv[3:5])
    merge_units(session, [ending], successor, at.date(), at)
    moving.move_open_cases(session, at)
"""


def test_killed_in_the_middle_nothing_happened_and_a_new_run_does_it_all(world: World, tmp_path: Path) -> None:
    for _number in range(3):
        old_home(world, HOLE, ROAD)
    keys = tmp_path / "merger-keys.json"
    world.database.keyring.save(keys)
    before = count_rows(world.database), [(c.unit_id, c.version) for c in cases(world)]
    url = world.database.url.render_as_string(hide_password=False)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, url, str(keys), str(world.other_id), str(world.commune_id)],
        cwd=Path(__file__).parents[3], env=os.environ, timeout=120,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL
    assert (count_rows(world.database), [(c.unit_id, c.version) for c in cases(world)]) == before
    with world.database.reading() as session:
        assert session.get_one(Unit, world.other_id).valid_to is None
    world.clock.at = MORNING
    merge(world)
    assert {case.unit_id for case in cases(world)} == {world.commune_id}


@pytest.mark.parametrize("page", ["/q/{}", "/Q/{}"])
def test_an_old_code_names_the_successor_and_says_so_kindly(world: World, page: str) -> None:
    with world.database.writing() as session:
        session.get_one(Unit, world.commune_id).hotline = "0212 399 9999"
    merge(world)
    address = page.format(world.other_box_code)
    assert "nay thuộc" not in text_of(world.client().get(address))
    world.clock.at = EVE + timedelta(hours=1)
    shown = text_of(world.client().get(address))
    assert "Ủy ban nhân dân phường Tô Hiệu" in shown
    assert "Phường Chiềng An nay thuộc phường Tô Hiệu. Mã này vẫn dùng được" in shown
    assert "0212 399 9999" in shown
    assert "nay thuộc" not in text_of(world.client().get(page.format(world.box_code)))
    answer = world.client().post(address, data={"submission_id": str(uuid.uuid4()), "comment": ""})
    assert answer.status_code == 422
    assert "nay thuộc phường Tô Hiệu" in text_of(answer)
    thanks = world.client().post(address, data={"submission_id": str(uuid.uuid4()), "comment": HOLE})
    assert "phường Tô Hiệu" in text_of(thanks)
    assert "hường Chiềng An" not in text_of(thanks)


def test_a_retired_code_of_an_old_unit_leads_to_the_successor(world: World) -> None:
    with world.database.writing() as session:
        session.get_one(Unit, world.commune_id).hotline = "0212 399 9999"
        session.get_one(AccessCode, world.other_box_code).retired_at = world.clock()
    merge(world)
    world.clock.at = MORNING
    gone = world.client().get(f"/q/{world.other_box_code}")
    assert gone.status_code == 410
    shown = text_of(gone)
    assert "Phường Chiềng An nay thuộc phường Tô Hiệu." in shown
    assert "Mã này vẫn dùng được" not in shown
    assert "nơi tiếp nhận của Ủy ban nhân dân phường Tô Hiệu" in shown
    assert "0212 399 9999" in shown


def test_an_old_follow_up_code_goes_on_answering_with_the_new_hotline(world: World) -> None:
    with world.database.writing() as session:
        session.get_one(Unit, world.commune_id).hotline = "0212 399 9999"
    submission = world.send_box(HOLE, code=world.other_box_code)
    code = follow_up_code(world.database.keyring, submission)
    merge(world)
    assert "nay thuộc" not in text_of(world.client().get(f"/t/{code}"))
    world.clock.at = MORNING
    shown = text_of(world.client().get(f"/t/{code}"))
    assert "Phường Chiềng An nay thuộc phường Tô Hiệu. Ý kiến của Ông/Bà được chuyển sang cùng" in shown
    assert "0212 399 9999" in shown
    assert "0212 385 0000" not in shown
