"""Who wrote stays apart from what was written: shown to who handles the case, on a press that the chain proves."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from models import Account, Base, Case, CaseEvent, EntryContact, Finding
from models.audit import open_payload
from tests.access.doors import DOORS, Whose, is_of_the_audience
from tests.access.rules import may_know
from tests.access.scene import SENDER, Scene
from tests.access.test_every_door import Walk, filled, keeping_nothing
from tests.access.told import CASES, PEOPLE
from tests.fixtures.casework import do, progress_of, refused
from tests.fixtures.officers import ACCUSING, ANSWER, BRIBE, HOLE, ROAD, RUDE, open_entry, press, say_why, text_of
from tests.fixtures.world import World
from triage.casework import acts
from triage.casework.forwarding import BY_LAW, CONSENT, Letter
from triage.casework.record import verify_all
from triage.casework.viewing import ReasonNeeded
from webapp.backups import write_backup

NAME, PHONE = SENDER["sender_name"], SENDER["sender_contact"]
IDENTITY = (NAME, PHONE, PHONE.replace(" ", ""))
TEXT = "Cán bộ đòi tôi năm triệu mới chịu làm sổ."


def tells(text: str) -> bool:
    return any(words in text for words in IDENTITY)


# --- apart from the text ---


def test_nothing_in_the_database_tells_it_but_the_one_encrypted_row(scene: Scene) -> None:
    with scene.world.database.reading() as session:
        kept = session.scalars(sa.select(EntryContact)).all()
        assert {(row.name, row.contact) for row in kept} == {(NAME, PHONE)}
        assert len(kept) >= len(CASES) - 2
        for mapper in Base.registry.mappers:
            if mapper.class_ is EntryContact:
                continue
            for row in session.scalars(sa.select(mapper.class_)).all():
                values = [getattr(row, column.key) for column in mapper.column_attrs]
                assert not any(tells(str(value)) for value in values), mapper.class_.__name__
        for event in session.scalars(sa.select(CaseEvent)).all():
            assert not tells(str(open_payload(session, event)))


def test_no_file_of_the_installation_and_no_backup_holds_it_readable(scene: Scene, tmp_path: Path) -> None:
    database = scene.world.database
    assert database.path is not None
    manifest = write_backup(database, tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    files = [path.read_bytes() for path in (database.path, Path(f"{database.path}-wal")) if path.exists()]
    assert manifest["tables"]["entry_contacts"] > 0
    for words in IDENTITY:
        assert not any(words.encode() in part for part in (*parts, *files, str(manifest).encode()))


# --- shown unasked to nobody ---


@pytest.fixture(scope="module")
def walk(scene: Scene) -> Iterator[Walk]:
    made = Walk(scene)
    with keeping_nothing(scene.world.database):
        yield made


def test_no_page_list_search_or_file_of_anybody_tells_it(walk: Walk) -> None:
    opened, looked = walk.scene.opened, 0
    for person in PEOPLE.values():
        for rule in (rule.rule for rule in walk.rules() if "GET" in walk.methods(rule.rule)):
            if DOORS[rule] is Whose.EVERYBODYS or not is_of_the_audience(person, DOORS[rule]):
                continue
            known = next((name for name, told in CASES.items() if may_know(person, told)), "road")
            arguments = walk.fields | {"unit_code": "03646", "reference": opened[known].reference}
            answer = walk.ask(person, "GET", filled(rule, arguments))
            assert not tells(_all_text(answer.get_data())), (person.username, rule)
            looked += 1
    assert looked > 300


def test_nobody_is_found_by_name_or_telephone(walk: Walk) -> None:
    """What a sender is called finds no case, not even one whose handler may look at it."""
    references = {opened.reference for opened in walk.scene.opened.values()}
    for words in ("Ngọc Bích", "Ngoc Bich", "0912", "345 678"):
        for who in ("a.chairperson", "a.economy_department_head", "a.restricted_intake", "a.superior"):
            answer = walk.ask(PEOPLE[who], "GET", f"/can-bo/?tim={words}")
            assert answer.status_code == 200
            assert not any(reference in text_of(answer) for reference in references), (who, words)


def _all_text(data: bytes) -> str:
    if not data.startswith(b"PK\x03\x04"):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return " ".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def test_the_follow_up_code_does_not_tell_it(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD, **SENDER)
    do(world, "vice_chairperson", acts.sign, opened, ANSWER)
    assert not tells(text_of(world.client().get(f"/t/{opened.code}")))
    assert not tells(str(progress_of(world, opened)))


# --- shown on a press that is recorded ---


def _looks(world: World, reference: str) -> list[tuple[str, Any, dict[str, Any]]]:
    with world.database.reading() as session:
        query = (
            sa.select(CaseEvent, Account.username)
            .join(Case, Case.id == CaseEvent.case_id)
            .join(Account, Account.id == CaseEvent.account_id)
            .where(Case.reference == reference, CaseEvent.act == "contact_opened")
        )
        rows = session.execute(query.order_by(CaseEvent.sequence)).all()
        return [(username, event.at, dict(open_payload(session, event) or {})) for event, username in rows]


def test_each_look_is_in_the_chain_with_who_when_and_in_what_capacity(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD, **SENDER)
    for who in ("economy_department_head", "vice_chairperson", "vice_chairperson"):
        client = world.client(who)
        assert tells(text_of(press(client, opened, "lien-he")))
        assert not tells(text_of(client.get(opened.page))), "the next page asks again"
    at = world.clock()
    assert _looks(world, opened.reference) == [
        ("a.economy_department_head", at, {"capacity": "handler", "reason": ""}),
        ("a.vice_chairperson", at, {"capacity": "leader", "reason": ""}),
        ("a.vice_chairperson", at, {"capacity": "leader", "reason": ""}),
    ]
    history = text_of(world.client("chairperson").get(opened.page))
    assert history.count("xem cách liên hệ với người gửi") == 3


def test_the_look_at_a_denouncer_has_the_reason_in_the_chain(world: World) -> None:
    opened = open_entry(world, TEXT, BRIBE, **SENDER)
    intake = world.client("restricted_intake")
    closed = intake.post(f"{opened.page}/lien-he", data={"version": "1"})
    assert not tells(text_of(closed))
    assert _looks(world, opened.reference) == []
    say_why(intake, opened)
    assert tells(text_of(press(intake, opened, "lien-he")))
    (look,) = _looks(world, opened.reference)
    assert look[0] == "a.restricted_intake"
    assert look[2]["capacity"] == "handler"
    assert look[2]["reason"]


def test_below_the_page_too_a_denouncer_is_shown_to_nobody_without_a_reason(world: World) -> None:
    opened = open_entry(world, TEXT, BRIBE, **SENDER)
    with pytest.raises(ReasonNeeded):
        do(world, "restricted_intake", acts.open_contact, opened)


def test_only_the_intake_person_and_the_chair_reach_a_denouncer(world: World) -> None:
    opened, reached = open_entry(world, TEXT, BRIBE, **SENDER), set()
    for username in [name for name, person in PEOPLE.items() if name.startswith(("a.", "b.")) and person.posts]:
        with world.database.reading() as session:
            there = session.scalar(sa.select(Account.id).where(Account.username == username))
        if there is None or username == "a.superior":
            continue
        client = world.client(username.split(".", 1)[1], username[0])
        say_why(client, opened)
        answer = client.post(f"{opened.page}/lien-he", data={"version": "1"})
        reached |= {username} if tells(text_of(answer)) else set()
        assert tells(text_of(answer)) or answer.status_code == 404, username
    assert reached == {"a.restricted_intake", "a.chairperson"}
    assert {who for who, _at, _said in _looks(world, opened.reference)} == reached


def test_a_look_taken_out_of_the_record_is_found(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD, **SENDER)
    press(world.client("vice_chairperson"), opened, "lien-he")
    press(world.client("economy_department_head"), opened, "luu-nhap", text=ANSWER)
    with world.database.write_engine.connect() as connection:
        if world.database.is_sqlite:
            connection.exec_driver_sql("DROP TRIGGER IF EXISTS case_events_no_delete")
            for (name,) in connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'case_events'"
            ).all():
                connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        else:
            connection.exec_driver_sql("ALTER TABLE case_events DISABLE TRIGGER USER")
        looks = "SELECT id FROM case_events WHERE act = 'contact_opened'"
        connection.exec_driver_sql(f"DELETE FROM case_event_payloads WHERE event_id IN ({looks})")
        connection.exec_driver_sql("DELETE FROM case_events WHERE act = 'contact_opened'")
        connection.commit()
    with world.database.reading() as session:
        assert verify_all(session).faults != []


def test_nothing_is_shown_when_the_look_cannot_be_recorded(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = open_entry(world, HOLE, ROAD, **SENDER)

    def full(*_: Any, **__: Any) -> None:
        raise sa.exc.OperationalError("INSERT", {}, Exception("disk full"))

    monkeypatch.setattr(acts, "append_event", full)
    answer = press(world.client("vice_chairperson"), opened, "lien-he")
    assert answer.status_code == 503
    assert not tells(text_of(answer))


# --- words that reach others ---

TELLING = (
    f"Bà {NAME} phản ánh",
    "Bà Luong thi  NGOC Bich phản ánh",
    "Số của người gửi là 0912345678.",
    "Gọi +84 912.345.678",
)
HARMLESS = ("Có người phản ánh đường sụt", "Bà Bích bán chè ở chợ", "Số vào sổ 12345678", "")


@pytest.mark.parametrize("words", TELLING)
@pytest.mark.parametrize("basis", ["", CONSENT, BY_LAW])
def test_a_letter_to_another_authority_does_not_tell_it(world: World, words: str, basis: str) -> None:
    opened = open_entry(world, HOLE, ROAD, **SENDER)
    letter = Letter("Sở Xây dựng", "1/CV", words, basis)
    assert refused(world, "vice_chairperson", acts.forward, opened, letter) == "sent_tells_sender"


def test_a_letter_goes_with_harmless_words_and_a_mail_address_is_known(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD, sender_contact="Bich.Luong@example.vn")
    letter = Letter("Sở Xây dựng", "", "Thư của bich.luong@EXAMPLE.vn")
    assert refused(world, "vice_chairperson", acts.forward, opened, letter) == "sent_tells_sender"
    do(world, "vice_chairperson", acts.forward, opened, Letter("Sở Xây dựng", "", HARMLESS[0], CONSENT))


def test_nothing_goes_along_where_the_sender_left_nothing(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD)
    letter = Letter("Sở Xây dựng", "", "Đường sụt", CONSENT)
    assert refused(world, "vice_chairperson", acts.forward, opened, letter) == "no_contact"


@pytest.mark.parametrize("words", TELLING)
def test_the_accused_is_not_told_who_wrote(world: World, words: str) -> None:
    opened = open_entry(world, ACCUSING, RUDE, **SENDER)
    accused = world.officers["economy_department_head"]
    do(world, "vice_chairperson", acts.sign, opened, ANSWER)
    do(world, "vice_chairperson", acts.find, opened, Finding.FALSE, "Đã xác minh")
    assert refused(world, "vice_chairperson", acts.invite, opened, accused, words) == "told_tells_sender"
    do(world, "vice_chairperson", acts.invite, opened, accused, HARMLESS[1])


@pytest.mark.parametrize("whose", ["lead", "follower"])
def test_one_answer_to_several_tells_none_who_the_others_are(world: World, whose: str) -> None:
    lead = open_entry(world, HOLE, ROAD, **(SENDER if whose == "lead" else {}))
    follower = open_entry(world, HOLE, ROAD, **(SENDER if whose == "follower" else {}))
    do(world, "economy_department_head", acts.follow_lead, follower, lead.reference)
    told = f"Kính gửi bà {NAME}, đường đã vá."
    assert refused(world, "vice_chairperson", acts.sign, lead, told) == "reply_tells_sender"
    do(world, "vice_chairperson", acts.sign, lead, ANSWER)


def test_an_answer_to_one_may_greet_by_name(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD, **SENDER)
    do(world, "vice_chairperson", acts.sign, opened, f"Kính gửi bà {NAME}, đường đã vá.")
    assert progress_of(world, opened).stage == "answered"


def test_every_refusal_is_told_in_words_and_keeps_what_was_typed(world: World) -> None:
    opened = open_entry(world, HOLE, ROAD, **SENDER)
    fields = {"authority": "Sở Xây dựng", "sent": TELLING[0]}
    answer = press(world.client("vice_chairperson"), opened, "sang-noi-khac", **fields)
    assert answer.status_code == 409
    assert "họ tên hoặc số liên hệ của người gửi" in text_of(answer)
    assert TELLING[0] in text_of(answer)
