"""Acts on a case, below the pages: what each leaves, what it is refused for, and that the record holds."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from models import (
    Account,
    Case,
    CaseEvent,
    CaseFact,
    CaseState,
    Ending,
    ExclusionReason,
    Finding,
    Post,
    SigningRule,
    StaleFact,
    Tenure,
    Transfer,
)
from models.audit import open_payload
from reports.facts import refresh_day
from tests.fixtures.casework import case_in, do, events, hash_of, kept_out_of, progress_of, refused, the, viewer_of
from tests.fixtures.officers import ACCUSING, ANSWER, BRIBE, HOLE, JUNK, ROAD, RUDE, open_entry
from tests.fixtures.world import START, World
from triage.casework import acts, clocks, terms
from triage.casework.access import CaseNotFound, get_case
from triage.casework.calendars import calendar_of, pauses_of
from triage.casework.clocks import due_at
from triage.casework.forwarding import BY_LAW, Letter
from triage.casework.opening import Labels
from triage.casework.rechecking import recheck_people
from triage.casework.verifying import invitations_of, make_statement
from triage.casework.withdrawing import may_withdraw, withdraw
from vietnamese.calendar import half_days_between, local_day

HANDLER, LEADER, CHAIR = "economy_department_head", "vice_chairperson", "chairperson"
LETTER = Letter("Công an tỉnh Sơn La", "12/UBND-VP", "Nội dung phản ánh: đoạn đường sụt.")
QUESTION = Labels("question", "infrastructure", False, False)


# --- waiting for the sender, and more time


def test_a_wait_makes_the_term_longer_by_what_was_waited(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    before = case_in(world, opened)
    do(world, HANDLER, acts.pause, opened, "Xin cho biết đoạn nào.")
    assert case_in(world, opened).due_at == before.due_at
    world.clock.move(timedelta(days=3))
    do(world, HANDLER, acts.resume, opened)
    after = case_in(world, opened)
    with world.database.reading() as session:
        pauses = pauses_of(session, the(session, opened))
        expected = due_at("petition", False, START, pauses=pauses, calendar=calendar_of(session, world.commune_id))
    assert pauses == [(START, START + timedelta(days=3))]
    assert after.due_at == expected
    assert local_day(after.due_at) - local_day(before.due_at) >= timedelta(days=3)
    assert after.paused_at is None
    assert events(world, opened) == ["opened", "paused", "resumed"]


def test_a_case_that_waits_is_not_overdue_and_its_answer_ends_the_wait(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    do(world, HANDLER, acts.pause, opened, "Xin cho biết đoạn nào.")
    world.clock.move(timedelta(days=60))
    assert _counts(world, "overdue_open") == 0
    do(world, LEADER, acts.sign, opened, ANSWER)
    case = case_in(world, opened)
    assert case.paused_at is None
    assert case.closed_at is not None
    assert case.closed_at <= case.due_at
    assert _counts(world, "answered_on_time") == 1


def test_waits_are_refused_where_they_would_hide_lateness(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    assert refused(world, HANDLER, acts.resume, opened) == "not_paused"
    assert refused(world, HANDLER, acts.pause, opened, " ") == "reason_missing"
    do(world, HANDLER, acts.pause, opened, "Đoạn nào?")
    assert refused(world, HANDLER, acts.pause, opened, "Đoạn nào?") == "paused"
    do(world, HANDLER, acts.resume, opened)
    do(world, HANDLER, acts.submit, opened, ANSWER)
    assert refused(world, HANDLER, acts.pause, opened, "Đoạn nào?") == "already_submitted"
    late = open_entry(world, HOLE, ROAD)
    world.clock.move(timedelta(days=60))
    assert refused(world, HANDLER, acts.pause, late, "Đoạn nào?") == "overdue"


def test_no_extension_where_the_law_knows_none(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    assert refused(world, HANDLER, acts.extend, opened, "Cần thêm thời gian") == "leader_only"
    assert refused(world, LEADER, acts.extend, opened, "Cần thêm thời gian") == "no_extension"


def test_an_extension_the_terms_allow_is_given_once_and_its_reason_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commune whose terms know one extension of five working days for petitions."""
    row = "{clock: answer, kind: petition, amount: 15,"
    text = Path(terms.__file__).with_name("terms.yaml").read_text("utf-8")
    assert row in text
    own = terms.read_terms(text.replace(row, f"{row} extension: {{times: 1, amount: 5}},"))
    monkeypatch.setattr(clocks, "standard_terms", lambda: own)
    opened = open_entry(world, HOLE, ROAD)
    before = case_in(world, opened).due_at
    assert refused(world, LEADER, acts.extend, opened, " ") == "reason_missing"
    do(world, LEADER, acts.extend, opened, "Chờ kết quả đo đạc")
    after = case_in(world, opened)
    assert half_days_between(before, after.due_at) == 10
    assert after.extensions == 1
    assert progress_of(world, opened).told.extended_because == "Chờ kết quả đo đạc"
    assert refused(world, LEADER, acts.extend, opened, "Lần nữa") == "no_extension"
    do(world, HANDLER, acts.pause, opened, "Đoạn nào?")
    assert refused(world, LEADER, acts.extend, opened, "Lần nữa") == "paused"
    late = open_entry(world, HOLE, ROAD)
    world.clock.move(timedelta(days=90))
    assert refused(world, LEADER, acts.extend, late, "Quên mất") == "overdue"


# --- to another authority


def test_forwarding_keeps_what_went_out_and_tells_the_sender(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD, name="Lò Văn Ngọc", contact="0912345678")
    assert refused(world, HANDLER, acts.forward, opened, LETTER) == "leader_only"
    assert refused(world, LEADER, acts.forward, opened, Letter(" ", "", "x")) == "authority_missing"
    assert refused(world, LEADER, acts.forward, opened, Letter("Sở", "", " ")) == "sent_missing"
    assert refused(world, LEADER, acts.forward, opened, Letter("Sở", "", "x", "vì tiện")) == "contact_basis_missing"
    do(world, LEADER, acts.forward, opened, LETTER)
    case = case_in(world, opened)
    assert (case.state, case.ending) == (CaseState.FILED, Ending.FORWARDED)
    with world.database.reading() as session:
        sent = session.scalars(sa.select(Transfer)).one()
    assert (sent.authority, sent.letter_number, sent.sent, sent.with_contact) == (
        LETTER.authority, LETTER.number, LETTER.sent, False)  # fmt: skip
    told = progress_of(world, opened)
    assert told.stage == "forwarded"
    assert told.told.forwarded is not None
    assert (told.told.forwarded.authority, told.told.forwarded.letter_number) == (LETTER.authority, LETTER.number)
    assert not told.told.forwarded.with_contact
    assert _counts(world, "received") == 1
    assert _counts(world, "answered") == 0
    assert refused(world, LEADER, acts.forward, opened, LETTER) == "closed_or_not_yours"


def test_the_way_to_the_sender_goes_along_only_on_a_ground_that_is_recorded(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD, sender_name="Lò Văn Ngọc")
    do(world, LEADER, acts.forward, opened, Letter("Sở Xây dựng", "", HOLE, BY_LAW))
    assert _said(world, opened, "forwarded")["contact_basis"] == BY_LAW
    forwarded = progress_of(world, opened).told.forwarded
    assert forwarded is not None
    assert forwarded.with_contact


# --- stepping back


def test_who_steps_back_never_hears_of_the_case_again(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    assert refused(world, HANDLER, acts.recuse, opened, "") == "reason_missing"
    do(world, HANDLER, acts.recuse, opened, "Là anh em với người viết")
    case = case_in(world, opened)
    assert kept_out_of(world, opened) == {world.officers[HANDLER]: ExclusionReason.RECUSED}
    assert case.post.signs, "nobody else holds the post: a leader has it"
    with pytest.raises(CaseNotFound):
        do(world, HANDLER, acts.save_draft, opened, ANSWER)
    assert events(world, opened)[1:] == ["recused", "passed_over"]


def test_the_case_stays_with_the_post_when_somebody_else_holds_it(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    with world.database.writing() as session:
        post = session.scalars(sa.select(Post).where(Post.code == HANDLER, Post.unit_id == world.commune_id)).one()
        session.add(Tenure(post_id=post.id, officer_id=world.officers["office_chief"], starts_on=date(2026, 10, 1),
                           stand_in=True))  # fmt: skip
    recheck_people(world.database, world.clock)
    do(world, HANDLER, acts.recuse, opened, "Là anh em với người viết")
    assert case_in(world, opened).post.code == HANDLER
    do(world, "office_chief", acts.save_draft, opened, ANSWER)


def test_the_superiors_only_handler_cannot_step_back(world: World) -> None:
    opened = open_entry(world, "Chủ tịch Nguyễn Văn Thành nhận tiền của nhà thầu.", BRIBE)
    assert case_in(world, opened).superior
    assert refused(world, "superior", acts.recuse, opened, "Là bạn học") == "nobody_else"


# --- true or false


def test_only_what_was_proved_false_opens_the_word_of_the_accused(world: World) -> None:
    opened = open_entry(world, ACCUSING, RUDE)
    accused = world.officers[HANDLER]
    assert kept_out_of(world, opened)[accused] is ExclusionReason.ACCUSED
    assert refused(world, CHAIR, acts.invite, opened, accused, "Có phản ánh.") == "not_false"
    assert refused(world, CHAIR, acts.find, opened, Finding.FALSE, " ") == "reason_missing"
    do(world, CHAIR, acts.find, opened, Finding.PARTLY, "Có camera")
    assert refused(world, CHAIR, acts.invite, opened, accused, "Có phản ánh.") == "not_false"
    assert _invited(world) == []
    do(world, CHAIR, acts.find, opened, Finding.FALSE, "Hôm đó ông Tuấn đi họp")
    assert _invited(world) == [], "a finding alone tells the accused nothing"
    assert refused(world, CHAIR, acts.invite, opened, world.officers["office_chief"], "x") == "not_accused"
    assert refused(world, CHAIR, acts.invite, opened, accused, " ") == "told_missing"
    do(world, CHAIR, acts.invite, opened, accused, "Có phản ánh về thái độ, đã xác minh là không đúng.")
    assert refused(world, CHAIR, acts.invite, opened, accused, "x") == "invited_before"
    assert refused(world, CHAIR, acts.find, opened, Finding.TRUE, "đổi ý") == "already_invited"
    (invitation,) = _invited(world)
    assert invitation.told.startswith("Có phản ánh")
    assert opened.reference not in repr(invitation)
    with pytest.raises(CaseNotFound):
        do(world, HANDLER, acts.open_contact, opened)


def test_the_invited_officer_answers_once_and_nobody_else_does(world: World) -> None:
    opened = open_entry(world, ACCUSING, RUDE)
    do(world, CHAIR, acts.find, opened, Finding.FALSE, "Hôm đó ông Tuấn đi họp")
    do(world, CHAIR, acts.invite, opened, world.officers[HANDLER], "Có phản ánh.")
    (invitation,) = _invited(world)
    assert _state(world, "office_chief", invitation.id, "Tôi đây") == "not_invited"
    assert _state(world, HANDLER, "0" * 32, "Tôi đây") == "not_invited"
    assert _state(world, HANDLER, invitation.id, " ") == "statement_empty"
    assert _state(world, HANDLER, invitation.id, "Hôm đó tôi đi họp ở tỉnh.") == ""
    assert _state(world, HANDLER, invitation.id, "Lần nữa") == "stated_before"
    assert events(world, opened)[-1] == "stated"
    assert _said(world, opened, "stated") == {"text": "Hôm đó tôi đi họp ở tỉnh."}


def test_a_finding_needs_an_accusation_and_a_leader(world: World) -> None:
    road = open_entry(world, HOLE, ROAD)
    assert refused(world, HANDLER, acts.find, road, Finding.TRUE, "x") == "leader_only"
    assert refused(world, CHAIR, acts.find, road, Finding.TRUE, "x") == "no_accusation"


# --- withdrawn, filed, reopened


def test_a_sender_takes_an_ordinary_entry_back(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    do(world, HANDLER, acts.submit, opened, ANSWER)
    assert _withdraw(world, hash_of(world, opened)) == 1
    case = case_in(world, opened)
    assert (case.state, case.ending) == (CaseState.FILED, Ending.WITHDRAWN)
    assert progress_of(world, opened).stage == "withdrawn"
    assert _withdraw(world, hash_of(world, opened)) == 0
    assert events(world, opened)[-1] == "withdrawn"
    assert refused(world, LEADER, acts.sign, opened, ANSWER) == "closed_or_not_yours"


def test_a_suspected_denunciation_goes_on_until_a_leader_decides(world: World) -> None:
    opened = open_entry(world, "Cán bộ đất đai nhận 5 triệu.", BRIBE)
    assert refused(world, CHAIR, acts.accept_withdrawal, opened, "x") == "withdrawal_not_asked"
    assert _may_withdraw(world, hash_of(world, opened))
    assert [_withdraw(world, hash_of(world, opened)) for _twice in range(2)] == [1, 1]
    assert not _may_withdraw(world, hash_of(world, opened))
    case = case_in(world, opened)
    assert case.is_open
    assert events(world, opened).count("withdrawal_asked") == 1
    assert refused(world, CHAIR, acts.accept_withdrawal, opened, "") == "reason_missing"
    do(world, CHAIR, acts.accept_withdrawal, opened, "Đã xác minh, không có việc")
    assert case_in(world, opened).ending is Ending.WITHDRAWN


def test_an_unknown_code_takes_nothing_back(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    assert _withdraw(world, "0" * 64) == 0
    assert case_in(world, opened).is_open


def test_a_leader_reopens_with_a_reason_and_the_clock_stays(world: World) -> None:
    opened = open_entry(world, "hjk hjk", JUNK)
    handler = case_in(world, opened).post.code
    do(world, handler, acts.file_without_action, opened, "Gõ thử")
    closed = case_in(world, opened)
    assert (closed.state, closed.ending) == (CaseState.FILED, Ending.NO_ACTION)
    assert refused(world, handler, acts.reopen, opened, "x") == "leader_only"
    assert refused(world, LEADER, acts.reopen, opened, " ") == "reason_missing"
    do(world, LEADER, acts.reopen, opened, "Người dân gọi lại")
    case = case_in(world, opened)
    assert (case.state, case.ending, case.closed_at, case.due_at) == (CaseState.WAITING, None, None, closed.due_at)
    assert refused(world, LEADER, acts.reopen, opened, "x") == "not_closed"
    do(world, LEADER, acts.sign, opened, ANSWER)
    assert case_in(world, opened).state is CaseState.ISSUED


# --- who signs


def test_an_officer_answers_a_question_alone_where_the_commune_says_so(world: World) -> None:
    opened = open_entry(world, "Đường vào bản sửa đến khi nào?", QUESTION)
    assert refused(world, HANDLER, acts.sign, opened, ANSWER) == "not_leader"
    _rule(world, "question", True)
    do(world, HANDLER, acts.sign, opened, ANSWER)
    (answer,) = progress_of(world, opened).answers
    assert answer.signer == "Trưởng phòng Kinh tế Hoàng Minh Tuấn"


@pytest.mark.parametrize("labels", [ROAD, Labels("question", "infrastructure", True, False), RUDE])
def test_the_rule_opens_no_other_kind(world: World, labels: Labels) -> None:
    _rule(world, "question", True)
    _rule(world, "petition", True)
    opened = open_entry(world, HOLE, labels)
    with world.database.reading() as session:
        holder = session.scalar(sa.select(Post.code).join(Case, Case.post_id == Post.id))
    holder = HANDLER if holder == HANDLER else None
    if holder:
        assert refused(world, HANDLER, acts.sign, opened, ANSWER) == "not_leader"
    else:
        with pytest.raises(CaseNotFound):
            do(world, HANDLER, acts.sign, opened, ANSWER)


def test_ones_own_correction_is_no_way_round_the_leader(world: World) -> None:
    _rule(world, "question", True)
    opened = open_entry(world, HOLE, ROAD)
    do(world, HANDLER, acts.confirm, opened, QUESTION)
    assert refused(world, HANDLER, acts.sign, opened, ANSWER) == "not_leader"


def test_a_stand_in_does_what_the_holder_may_on_those_days_only(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    with world.database.writing() as session:
        chair = session.scalars(sa.select(Post).where(Post.code == CHAIR, Post.unit_id == world.commune_id)).one()
        session.add(Tenure(post_id=chair.id, officer_id=world.officers["office_chief"], starts_on=date(2026, 10, 7),
                           ends_on=date(2026, 10, 9), stand_in=True))  # fmt: skip
    recheck_people(world.database, world.clock)
    for day, allowed in ((5, False), (6, False), (7, True), (8, True), (9, False)):
        with world.database.reading() as session:
            viewer = viewer_of(session, world, "office_chief", date(2026, 10, day))
            assert (viewer.signs and get_case(session, viewer, opened.reference) is not None) is allowed
    world.clock.move(timedelta(days=2))
    do(world, "office_chief", acts.sign, opened, ANSWER)
    (answer,) = progress_of(world, opened).answers
    assert answer.signer == "Chủ tịch UBND Vũ Đức Long"


# --- what is counted


def test_every_act_that_changes_a_count_says_so(world: World) -> None:
    verbs = (
        (HANDLER, acts.pause, ("Đoạn nào?",)), (HANDLER, acts.resume, ()), (LEADER, acts.sign, (ANSWER,)),
        (LEADER, acts.reopen, ("x",)), (LEADER, acts.forward, (LETTER,)),
    )  # fmt: skip
    opened = open_entry(world, HOLE, ROAD)
    for post, verb, more in verbs:
        with world.database.writing() as session:
            session.execute(sa.delete(StaleFact))
        do(world, post, verb, opened, *more)
        with world.database.reading() as session:
            assert session.scalars(sa.select(StaleFact.unit_id)).all() == [world.commune_id], verb


def _counts(world: World, column: str) -> int:
    with world.database.writing() as session:
        refresh_day(session, world.commune_id, local_day(START), world.clock())
    with world.database.reading() as session:
        return session.scalar(sa.select(sa.func.coalesce(sa.func.sum(getattr(CaseFact, column)), 0))) or 0


def _said(world: World, opened, act: str) -> dict:
    with world.database.reading() as session:
        chain = sa.select(CaseEvent).where(CaseEvent.case_id == the(session, opened).id, CaseEvent.act == act)
        return dict(open_payload(session, session.scalars(chain).one()) or {})


def _account(session, post: str) -> Account:
    return session.scalars(sa.select(Account).where(Account.username == f"a.{post}")).one()


def _invited(world: World) -> list:
    with world.database.reading() as session:
        return invitations_of(session, _account(session, HANDLER))


def _state(world: World, post: str, invitation: str, text: str) -> str:
    try:
        with world.database.writing() as session:
            make_statement(session, _account(session, post), invitation, text, world.clock())
    except acts.NotAllowed as problem:
        return str(problem)
    return ""


def _withdraw(world: World, code_hash: str) -> int:
    with world.database.writing() as session:
        return withdraw(session, code_hash, world.clock())


def _may_withdraw(world: World, code_hash: str) -> bool:
    with world.database.reading() as session:
        return may_withdraw(session, code_hash)


def _rule(world: World, kind: str, alone: bool) -> None:
    with world.database.writing() as session:
        session.add(SigningRule(unit_id=world.commune_id, kind=kind, officer_signs=alone))
