"""One matter, several senders: one answer, every code reads it, and nobody learns of a case that is hidden."""

import threading
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from models import CaseState, ExclusionReason, SameMatter, Tenure, Unit
from tests.fixtures.casework import Verb, case_in, do, events, hash_of, kept_out_of, progress_of, refused, viewer_of
from tests.fixtures.officers import ACCUSING, ANSWER, HOLE, ROAD, RUDE, Opened, appoint, open_entry
from tests.fixtures.world import World
from triage.casework import acts
from triage.casework.access import get_case
from triage.casework.forwarding import Letter
from triage.casework.inbox import Heap, get_pile
from triage.casework.opening import Labels
from triage.casework.rechecking import recheck_people
from triage.casework.record import verify_all
from triage.casework.same_matter import followers_of, lead_of
from triage.casework.withdrawing import withdraw

HANDLER, LEADER, CHAIR = "economy_department_head", "vice_chairperson", "chairperson"
AGAIN = "Đường vào bản Giảng Lắc sụt nặng, xe không đi được."
LIGHT = Labels("petition", "environment", False, False)


def pair(world: World) -> tuple[Opened, Opened]:
    """A lead and its follower."""
    lead, follower = open_entry(world, HOLE, ROAD), open_entry(world, AGAIN, ROAD)
    do(world, HANDLER, acts.follow_lead, follower, lead.reference)
    return lead, follower


def test_one_answer_is_everybodys_and_each_code_reads_it(world: World) -> None:
    lead, follower = pair(world)
    do(world, LEADER, acts.sign, lead, ANSWER)
    for opened, text in ((lead, HOLE), (follower, AGAIN)):
        told = progress_of(world, opened)
        assert told.stage == "answered"
        assert [answer.text for answer in told.answers] == [ANSWER]
        assert told.text == text
        assert case_in(world, opened).state is CaseState.ISSUED
    assert events(world, follower) == ["opened", "follows", "answered_with"]
    assert lead.code != follower.code


def test_a_follower_is_no_work_of_its_own(world: World) -> None:
    lead, follower = pair(world)
    with world.database.reading() as session:
        viewer = viewer_of(session, world, HANDLER)
        mine = get_pile(session, viewer, Heap.MINE, world.clock())
        assert [row.reference for row in mine.rows] == [lead.reference]
        assert mine.total == 1
    for verb, more in ((acts.save_draft, (ANSWER,)), (acts.submit, (ANSWER,)), (acts.pause, ("x",))):
        assert refused(world, HANDLER, verb, follower, *more) == "follows_another"
    assert refused(world, LEADER, acts.sign, follower, ANSWER) == "follows_another"


def test_it_is_undone_before_the_answer_and_not_after(world: World) -> None:
    lead, follower = pair(world)
    do(world, HANDLER, acts.unfollow, follower)
    do(world, LEADER, acts.sign, lead, ANSWER)
    assert case_in(world, follower).state is CaseState.WAITING
    assert progress_of(world, follower).answers == ()
    other = open_entry(world, AGAIN, ROAD)
    assert refused(world, HANDLER, acts.follow_lead, other, lead.reference) == "lead_closed"
    lead, follower = pair(world)
    do(world, LEADER, acts.sign, lead, ANSWER)
    assert refused(world, HANDLER, acts.unfollow, follower) == "closed_or_not_yours"


def test_who_follows_whom_is_refused_with_its_reason(world: World) -> None:
    lead, follower = pair(world)
    third = open_entry(world, AGAIN, ROAD)
    assert refused(world, HANDLER, acts.follow_lead, third, third.reference) == "lead_unknown"
    assert refused(world, HANDLER, acts.follow_lead, third, "ZZZZ-ZZZZ") == "lead_unknown"
    assert refused(world, HANDLER, acts.follow_lead, third, follower.reference) == "follows_another"
    assert refused(world, HANDLER, acts.follow_lead, lead, third.reference) == "leads_others"
    assert refused(world, HANDLER, acts.unfollow, third) == "follows_none"


def test_a_case_one_may_not_know_of_is_refused_like_one_that_never_was(world: World) -> None:
    hidden, mine = open_entry(world, ACCUSING, RUDE), open_entry(world, HOLE, ROAD)
    codes = {refused(world, HANDLER, acts.follow_lead, mine, one) for one in (hidden.reference, "ZZZZ-ZZZZ")}
    assert codes == {"lead_unknown"}


def test_a_restricted_case_never_goes_with_an_open_one(world: World) -> None:
    restricted = open_entry(world, "Cán bộ đất đai nhận 5 triệu.", Labels("denunciation", "integrity", False, True))
    assert case_in(world, restricted).confidential
    opened = open_entry(world, HOLE, ROAD)
    assert refused(world, CHAIR, acts.follow_lead, opened, restricted.reference) == "not_alike"
    assert refused(world, CHAIR, acts.follow_lead, restricted, opened.reference) == "not_alike"


def test_who_is_kept_out_of_one_is_kept_out_of_all(world: World) -> None:
    accusing, rude = open_entry(world, ACCUSING, RUDE), open_entry(world, "Có người ở xã quát dân.", RUDE)
    accused = world.officers[HANDLER]
    assert accused in kept_out_of(world, accusing)
    assert accused not in kept_out_of(world, rude)
    do(world, CHAIR, acts.follow_lead, accusing, rude.reference)
    assert kept_out_of(world, rude)[accused] is ExclusionReason.ACCUSED
    assert case_in(world, accusing).post_id == case_in(world, rude).post_id


def test_stepping_back_from_the_lead_is_stepping_back_from_all(world: World) -> None:
    lead, follower = pair(world)
    do(world, HANDLER, acts.recuse, lead, "Người viết là anh em")
    me = world.officers[HANDLER]
    assert kept_out_of(world, lead) == kept_out_of(world, follower) == {me: ExclusionReason.RECUSED}
    assert case_in(world, lead).post_id == case_in(world, follower).post_id
    assert case_in(world, lead).post.signs
    lead, follower = pair(world)
    do(world, HANDLER, acts.recuse, follower, "Người viết là anh em")
    assert kept_out_of(world, lead) == {me: ExclusionReason.RECUSED}
    assert case_in(world, lead).post.signs
    assert case_in(world, lead).post_id == case_in(world, follower).post_id


def test_a_handed_over_lead_takes_its_followers_along(world: World) -> None:
    lead, follower = pair(world)
    with world.database.reading() as session:
        post = session.scalar(sa.select(Tenure.post_id).where(Tenure.officer_id == world.officers["office_chief"]))
    do(world, HANDLER, acts.reassign, lead, post, "Thuộc văn phòng")
    assert case_in(world, follower).post_id == case_in(world, lead).post_id == post
    with world.database.reading() as session:
        viewer = viewer_of(session, world, HANDLER)
        with pytest.raises(acts.CaseNotFound):
            get_case(session, viewer, follower.reference)


def test_a_lead_that_turns_out_restricted_leaves_its_followers_to_themselves(world: World) -> None:
    lead, follower = pair(world)
    do(world, LEADER, acts.confirm, lead, Labels("denunciation", "integrity", False, True))
    assert case_in(world, lead).confidential
    after = case_in(world, follower)
    assert not after.confidential
    assert after.is_open
    assert events(world, follower)[-1] == "parted"
    do(world, HANDLER, acts.save_draft, follower, ANSWER)
    with world.database.reading() as session:
        assert session.scalars(sa.select(SameMatter)).all() == []


@pytest.mark.parametrize("ending", ["forwarded", "withdrawn"])
def test_only_an_answer_ends_the_followers_too(world: World, ending: str) -> None:
    lead, follower = pair(world)
    if ending == "forwarded":
        do(world, LEADER, acts.forward, lead, Letter("Sở Xây dựng", "", HOLE))
    else:
        with world.database.writing() as session:
            withdraw(session, hash_of(world, lead), world.clock())
    assert not case_in(world, lead).is_open
    assert case_in(world, follower).is_open
    do(world, HANDLER, acts.submit, follower, ANSWER)


def test_nobody_is_shown_a_follower_that_is_not_theirs_to_know(world: World) -> None:
    lead, follower = pair(world)
    with world.database.reading() as session:
        viewer = viewer_of(session, world, HANDLER)
        taken = get_case(session, viewer, lead.reference)
        assert [one.reference for one in followers_of(session, viewer, taken)] == [follower.reference]
        other = get_case(session, viewer, follower.reference)
        found = lead_of(session, viewer, other)
        assert found is not None
        assert found.reference == lead.reference
        stranger = viewer_of(session, world, "culture_social_department_head", date(2026, 10, 5))
        assert followers_of(session, stranger, taken) == []
        assert lead_of(session, stranger, other) is None


def test_a_signature_over_what_was_read_before_somebody_joined_is_told(world: World) -> None:
    lead, follower = open_entry(world, HOLE, ROAD), open_entry(world, AGAIN, ROAD)
    read = case_in(world, lead).version
    do(world, HANDLER, acts.follow_lead, follower, lead.reference)
    with pytest.raises(acts.ChangedMeanwhile):
        do(world, LEADER, acts.sign, lead, ANSWER, version=read)
    assert case_in(world, lead).is_open


@pytest.mark.parametrize("_round", range(4))
def test_merging_and_signing_at_once_leave_nobody_half_answered(world: World, _round: int) -> None:
    """Whoever comes second sees it or is told; the follower is answered with the lead or not merged at all."""
    lead, follower = open_entry(world, HOLE, ROAD), open_entry(world, AGAIN, ROAD)
    merged, signed = at_once(
        world,
        (HANDLER, acts.follow_lead, follower, lead.reference),
        (LEADER, acts.sign, lead, ANSWER),
    )
    answered = [not case_in(world, one).is_open for one in (lead, follower)]
    assert answered == [signed == "done", merged == signed == "done"]
    assert "done" in (merged, signed)


def at_once(world: World, *wanted: tuple[Any, ...]) -> list[str]:
    """What became of acts of several people at the same moment: done, or the kind of the refusal."""
    start, outcome = threading.Barrier(len(wanted)), [""] * len(wanted)

    def run(number: int, post: str, verb: Verb, opened: Opened, *more: str) -> None:
        start.wait(20)
        try:
            with world.database.writing() as session:
                viewer = viewer_of(session, world, post)
                verb(session, viewer, acts.take(session, viewer, opened.reference), *more, world.clock())
            outcome[number] = "done"
        except (acts.NotAllowed, acts.ChangedMeanwhile) as problem:
            outcome[number] = type(problem).__name__

    threads = [threading.Thread(target=run, args=(number, *one)) for number, one in enumerate(wanted)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert all(outcome), "somebody crashed"
    with world.database.reading() as session:
        assert verify_all(session).faults == []
    return outcome


def test_two_that_want_to_follow_each_other_do_not_wait_for_ever(world: World) -> None:
    one, other = open_entry(world, HOLE, ROAD), open_entry(world, AGAIN, ROAD)
    outcome = at_once(
        world,
        (HANDLER, acts.follow_lead, one, other.reference),
        (HANDLER, acts.follow_lead, other, one.reference),
    )
    assert outcome.count("done") <= 1
    with world.database.reading() as session:
        assert len(session.scalars(sa.select(SameMatter)).all()) == outcome.count("done")


def test_two_officers_who_read_the_same_page_act_once(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    read = case_in(world, opened).version
    do(world, LEADER, acts.pause, opened, "Đoạn nào?", version=read)
    with pytest.raises(acts.ChangedMeanwhile):
        do(world, HANDLER, acts.recuse, opened, "Là anh em", version=read)
    assert events(world, opened) == ["opened", "paused"]


def test_the_worker_and_a_person_at_once_lose_nothing(world: World) -> None:
    """The staff changed: the worker holds each case against it while a leader answers."""
    for text in (HOLE, AGAIN):
        open_entry(world, text, ROAD)
    lead, follower = pair(world)
    with world.database.writing() as session:
        appoint(session, world, world.officers["office_chief"], "justice_officer")
        session.execute(sa.update(Unit).where(Unit.id == world.commune_id).values(staff_version=99))
    failed: list[Exception] = []

    def recheck() -> None:
        try:
            recheck_people(world.database, world.clock)
        except Exception as problem:
            failed.append(problem)

    worker = threading.Thread(target=recheck)
    worker.start()
    try:
        do(world, LEADER, acts.sign, lead, ANSWER)
        answered = True
    except acts.ChangedMeanwhile:
        answered = False
    worker.join(60)
    assert failed == []
    assert [not case_in(world, one).is_open for one in (lead, follower)] == [answered, answered]
    with world.database.reading() as session:
        assert verify_all(session).faults == []
