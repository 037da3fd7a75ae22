"""Who is kept from a case follows the staff: newcomers, subordinates, promotions, new names."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Account, Case, CaseExclusion, CaseState, ExclusionReason, Officer, Post, Role, Tenure
from models.audit import CaseEvent
from tests.fixtures.officers import appoint
from tests.fixtures.sorting import ReadsAsTold, reading, sort_all
from tests.fixtures.world import PASSWORD_HASH, World
from triage.casework.placing import exclude
from webapp.worker import Worker

LATE = "Anh Kiên hẹn xuống đo đất bốn lần không đến, gọi thì anh quát mắng."
RUDE = "Anh Tuấn trưởng phòng kinh tế quát mắng dân ngay trước quầy."


def blamed(_text: str = "") -> object:
    return reading("petition", "land_construction", accuses_staff=True)


def add_officer(
    session: Session, world: World, name: str, post: str, title: str, starts: date = date(2026, 10, 5)
) -> int:
    """Somebody joins the staff, as an administrator or an import would add him."""
    home = session.scalars(sa.select(Post).where(Post.unit_id == world.commune_id, Post.code == post)).first()
    if home is None:
        department = session.scalars(
            sa.select(Post.department_id).where(
                Post.unit_id == world.commune_id, Post.code == "economy_department_head"
            )
        ).one()
        home = Post(unit_id=world.commune_id, code=post, title=title, department_id=department)
    officer = Officer(unit_id=world.commune_id, staff_code=f"new-{name}", full_name=name, gender="male")
    session.add_all([home, officer])
    session.flush()
    session.add(Tenure(post_id=home.id, officer_id=officer.id, starts_on=starts))
    session.add(Account(username=f"a.{officer.staff_code}".lower(), role=Role.OFFICER, unit_id=world.commune_id,
                        officer_id=officer.id, password_hash=PASSWORD_HASH))  # fmt: skip
    session.flush()
    return officer.id


def only_case(world: World) -> Case:
    with world.database.reading() as session:
        return session.scalars(sa.select(Case)).one()


def excluded(world: World) -> set[int]:
    with world.database.reading() as session:
        return set(session.scalars(sa.select(CaseExclusion.officer_id)))


def status(world: World, who: str) -> int:
    return world.client(who).get(f"/can-bo/viec/{only_case(world).reference}").status_code


def sees(world: World, who: str) -> bool:
    answer = world.client(who).get("/can-bo/")
    return only_case(world).reference in answer.get_data(as_text=True)


def work(world: World) -> None:
    Worker(world.database, ReadsAsTold(blamed), world.clock).run_until_idle()


def test_a_newcomer_of_that_name_never_sees_it_not_even_before_the_worker_looked(world: World) -> None:
    world.send_box(LATE)
    sort_all(world, blamed)
    with world.database.writing() as session:
        home = only_case(world).post_id
        kien = add_officer(session, world, "Lò Văn Kiên", "land_officer", "Công chức địa chính")
        session.add(Tenure(post_id=home, officer_id=kien, starts_on=date(2026, 10, 5), stand_in=True))
    assert status(world, "new-lò văn kiên") == 404
    assert not sees(world, "new-lò văn kiên")
    work(world)
    assert kien in excluded(world)
    assert status(world, "new-lò văn kiên") == 404
    assert status(world, "economy_department_head") == 200, "the holder of the post goes on answering"


def test_a_newcomer_nobody_speaks_of_sees_it_once_the_worker_looked(world: World) -> None:
    world.send_box(LATE)
    sort_all(world, blamed)
    with world.database.writing() as session:
        other = add_officer(session, world, "Cà Thị Bình", "land_officer", "Công chức tổng hợp")
        home = only_case(world).post_id
        session.add(Tenure(post_id=home, officer_id=other, starts_on=date(2026, 10, 5), stand_in=True))
    assert status(world, "new-cà thị bình") == 404
    work(world)
    assert other not in excluded(world)
    assert status(world, "new-cà thị bình") == 200


def test_the_successor_at_the_desk_is_not_the_one_who_was_blamed(world: World) -> None:
    world.send_box("Trưởng phòng kinh tế gây khó dễ, hẹn tôi ba lần.")
    sort_all(world, blamed)
    old = world.officers["economy_department_head"]
    assert old in excluded(world)
    world.clock.move(timedelta(days=10))
    with world.database.writing() as session:
        new = add_officer(session, world, "Cà Thị Bình", "land_officer", "Công chức địa chính")
        appoint(session, world, new, "economy_department_head")
    work(world)
    assert new not in excluded(world)
    assert old in excluded(world)


def test_who_serves_under_the_accused_sees_nothing(world: World) -> None:
    with world.database.writing() as session:
        land = add_officer(session, world, "Lò Văn Kiên", "land_officer", "Công chức địa chính", date(2026, 1, 1))
    world.send_box(RUDE)
    sort_all(world, lambda _text: reading("petition", "land_construction", accuses_staff=True))
    assert world.officers["economy_department_head"] in excluded(world)
    assert land not in excluded(world), "a subordinate is not an accused"
    with world.database.writing() as session:
        # Even as a holder of the very post the case lies with.
        session.add(Tenure(post_id=only_case(world).post_id, officer_id=land, starts_on=date(2026, 10, 5)))
    work(world)
    assert status(world, "new-lò văn kiên") == 404
    assert not sees(world, "new-lò văn kiên")


def test_an_accused_who_becomes_a_leader_sends_the_case_up(world: World) -> None:
    world.send_box(RUDE)
    sort_all(world, lambda _text: reading("petition", "land_construction", accuses_staff=True))
    assert not only_case(world).superior
    tuan = world.officers["economy_department_head"]
    with world.database.writing() as session:
        appoint(session, world, tuan, "vice_chairperson")
    # At once, before any worker looked: nobody of the commune judges his own leader.
    for who in ("chairperson", "restricted_intake", "office_chief"):
        assert status(world, who) == 404
    work(world)
    case = only_case(world)
    assert case.superior
    assert case.confidential
    assert world.client("superior").get(f"/can-bo/viec/{case.reference}").status_code == 200


def test_a_case_leaves_hands_that_may_not_hold_it(world: World) -> None:
    world.send_box(LATE)
    sort_all(world, blamed)
    with world.database.writing() as session:
        kien = add_officer(session, world, "Lò Văn Kiên", "land_officer", "Công chức địa chính")
        appoint(session, world, kien, "economy_department_head")
    work(world)
    case = only_case(world)
    assert case.state is CaseState.WAITING
    with world.database.reading() as session:
        assert session.get_one(Post, case.post_id).signs
        acts = session.scalars(sa.select(CaseEvent.act).order_by(CaseEvent.sequence)).all()
    assert acts == ["opened", "people_checked", "passed_over"]
    assert status(world, "new-lò văn kiên") == 404


def test_a_new_name_of_somebody_known_is_held_against_the_text(world: World) -> None:
    world.send_box(LATE)
    sort_all(world, blamed)
    assert status(world, "economy_department_head") == 200
    with world.database.writing() as session:
        officer = session.get_one(Officer, world.officers["economy_department_head"])
        officer.full_name = "Hoàng Minh Kiên"
    assert status(world, "economy_department_head") == 404
    work(world)
    assert world.officers["economy_department_head"] in excluded(world)


def test_checking_twice_changes_nothing(world: World) -> None:
    world.send_box(LATE)
    sort_all(world, blamed)
    with world.database.writing() as session:
        add_officer(session, world, "Lò Văn Kiên", "land_officer", "Công chức địa chính")
    work(world)
    before = only_case(world).version, excluded(world)
    with world.database.writing() as session:
        session.execute(sa.update(Case).values(staff_version=0))
    work(world)
    assert (only_case(world).version, excluded(world)) == before


@pytest.mark.parametrize("kind", ["praise", "question", "suggestion"])
def test_a_quiet_case_is_not_closed_to_newcomers(world: World, kind: str) -> None:
    world.send_box("Cảm ơn Trung tâm đã giúp.")
    sort_all(world, lambda _text: reading(kind, "land_construction"))
    with world.database.writing() as session:
        add_officer(session, world, "Cà Thị Bình", "economy_department_head", "Trưởng phòng Kinh tế")
    assert status(world, "new-cà thị bình") == 200


def test_who_is_only_in_doubt_is_kept_out_alone(world: World) -> None:
    """A leader who is perhaps meant: he is kept out, the commune goes on, and nothing goes up for that."""
    world.send_box("Giấy tờ đất của tôi bị trả lại, không ai nói vì sao.")
    sort_all(world, lambda _text: reading("denunciation", "land_construction", abstained=True))
    chair = str(world.officers["chairperson"])
    with world.database.writing() as session:
        case = session.scalars(sa.select(Case)).one()
        assert exclude(session, case, (chair,), world.clock(), ExclusionReason.DOUBTFUL) == {int(chair)}
    assert status(world, "chairperson") == 404
    assert status(world, "restricted_intake") == 200
    with world.database.writing() as session:
        session.execute(sa.update(Case).values(staff_version=-1))
    work(world)
    assert not only_case(world).superior
    assert status(world, "restricted_intake") == 200
    with world.database.writing() as session:
        case = session.scalars(sa.select(Case)).one()
        exclude(session, case, (chair,), world.clock())
    assert status(world, "restricted_intake") == 404, "once he is accused, nobody of his commune judges him"


def test_a_doubt_becomes_an_accusation_and_never_less(world: World) -> None:
    world.send_box(RUDE)
    sort_all(world, blamed)
    tuan = str(world.officers["economy_department_head"])
    with world.database.writing() as session:
        case = session.scalars(sa.select(Case)).one()
        session.execute(sa.update(CaseExclusion).values(reason=ExclusionReason.DOUBTFUL))
        session.expire_all()
        assert exclude(session, case, (tuan,), world.clock()) == set()
        assert exclude(session, case, (tuan,), world.clock(), ExclusionReason.DOUBTFUL) == set()
    with world.database.reading() as session:
        assert session.scalars(sa.select(CaseExclusion.reason)).all() == [ExclusionReason.ACCUSED]
