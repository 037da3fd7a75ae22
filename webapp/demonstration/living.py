"""The year's entries on their way: citizens send, the worker sorts, officers answer, leaders sign.

Everything goes by the ordinary verbs, under a clock that walks through the past.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
import yaml
from sqlalchemy.orm import Session

from models import AccessCode, Account, Case, CaseState, CodePurpose, Database, Post, Tenure
from models.cases import JOINED
from surveys.intake import accept
from surveys.questions import Filled
from triage.casework import acts
from triage.casework.access import Viewer, get_viewer, visible_to
from triage.casework.auditing import awaits_judgement
from triage.casework.opening import Labels
from triage.casework.viewing import open_restricted
from triage.routing.roster import VICE_CHAIRPERSON
from triage.routing.routes import CENTER_DIRECTOR, COUNTER_TOPICS
from triage.sorting import Decides, sort_entries
from vietnamese.calendar import VIETNAM, add_working_days, is_working_day, local_day
from webapp.demonstration.numbers import NAMESPACE, instant
from webapp.demonstration.people import YEAR, code_of
from webapp.demonstration.plan import Commune, Dates
from webapp.officer.sentences import LOOKS

Say = Callable[[str], None]
AUDIT_SHARE = 0.2
"""More than an office draws: a year of a dozen communes must show how right the classifier is."""


@dataclass
class WalkingClock:
    """A clock that the demonstration moves through the past."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class Deed:
    """Something that happens to one entry at an instant."""

    at: datetime
    do: Callable[["Stage", "Deed"], None]
    unit_code: str
    number: int
    row: dict[str, Any]

    @property
    def submission_id(self) -> uuid.UUID:
        """Id of the entry."""
        return submission_id_of(self.unit_code, self.number)


@dataclass
class Stage:
    """What deeds are done with."""

    database: Database
    decider: Decides
    clock: WalkingClock


@cache
def entries(unit_code: str) -> list[dict[str, Any]]:
    """A commune's entries, each written for it."""
    rows: list[dict[str, Any]] = yaml.safe_load((YEAR / f"{unit_code}.yaml").read_text(encoding="utf-8"))
    return rows


def submission_id_of(unit_code: str, number: int) -> uuid.UUID:
    """Id of the n-th entry of a commune."""
    return uuid.uuid5(NAMESPACE, f"entry {unit_code} {number}")


def deeds(communes: Sequence[Commune], dates: Dates) -> list[Deed]:
    """All that happens to entries before today's morning, in order of time."""
    found = [
        deed
        for commune in communes
        for number, row in enumerate(entries(commune.code))
        for deed in _deeds_of(commune, number, row, dates)
    ]
    morning = instant(dates.today, 0)
    return sorted(
        (deed for deed in found if deed.at < morning), key=lambda deed: (deed.at, deed.unit_code, deed.number)
    )


def live(stage: Stage, happening: Sequence[Deed], say: Say) -> None:
    """Do the deeds one after another."""
    for done, deed in enumerate(happening, start=1):
        stage.clock.at = deed.at
        deed.do(stage, deed)
        if done % 100 == 0 or done == len(happening):
            say(f"{done} of {len(happening)} events")


def _deeds_of(commune: Commune, number: int, row: dict[str, Any], dates: Dates) -> list[Deed]:
    def deed(at: datetime, do: Callable[[Stage, Deed], None]) -> Deed:
        return Deed(at, do, commune.code, number, row)

    sent = instant(dates.day_of(row["on"], commune, row["via"]), row["hour"]) + timedelta(minutes=number % 50)
    made = [deed(sent, _send), deed(_office_hour(sent + timedelta(hours=3)), _confirm)]
    if "reply" in row:
        made.append(deed(_office_hour(sent + timedelta(days=row["reply"]["after"])), _answer))
    elif "state" in row:
        made.append(deed(_office_hour(sent + timedelta(hours=20)), _begin_answer))
    elif row["kind"] == "other":
        made.append(deed(_office_hour(sent + timedelta(days=2)), _file))
    return made


def _office_hour(at: datetime) -> datetime:
    """The next hour at which somebody is in the office."""
    local = at.astimezone(VIETNAM)
    day = local.date() + timedelta(days=local.hour >= 17)
    if not is_working_day(day):
        day = add_working_days(day, 1)
    hour = local.hour if day == local.date() and local.hour >= 8 else 8
    return instant(day, hour) + timedelta(minutes=local.minute)


# --- deeds ---


def _send(stage: Stage, deed: Deed) -> None:
    row = deed.row
    purpose = CodePurpose.SURVEY if row["via"] == "counter" else CodePurpose.BOX
    filled = Filled(row.get("face"), row["text"], {}, {}, ())
    with stage.database.writing() as session:
        access = session.get_one(AccessCode, code_of(deed.unit_code, purpose))
        accept(session, stage.database.keyring, deed.submission_id, access, filled, deed.at)
    stage.clock.at += timedelta(minutes=2)
    sort_entries(stage.database, stage.decider, stage.clock, audit_share=AUDIT_SHARE)


def _confirm(stage: Stage, deed: Deed) -> None:
    """Whoever the case lies with confirms or corrects the reading; what had to move is confirmed by who gets it."""
    row = deed.row
    labels = Labels(row["kind"], row["topic"], row.get("urgent", False), row.get("accuses", False))
    with stage.database.writing() as session:
        case = _case(session, deed)
        viewer = _holder(session, case, deed.at) if case.is_open and not case.confirmed else None
        if viewer is not None and not case.superior:
            _open(session, viewer, case, deed.at)
            acts.confirm(session, viewer, case, labels, deed.at)


def _answer(stage: Stage, deed: Deed) -> None:
    """The holder of the case's post drafts and submits; a leader who may see the case signs."""
    text = deed.row["reply"]["text"]
    with stage.database.writing() as session:
        case = _case(session, deed)
        holder, signer = _holder(session, case, deed.at), _signer(session, case, deed.at)
        if not case.is_open or holder is None or signer is None or awaits_judgement(session, case):
            return
        if holder != signer:
            _open(session, holder, case, deed.at)
            acts.submit(session, holder, case, text, deed.at)
        at = deed.at + timedelta(minutes=50)
        _open(session, signer, case, at)
        acts.sign(session, signer, case, text, at)


def _begin_answer(stage: Stage, deed: Deed) -> None:
    """An answer on its way: drafted, submitted, or returned with a leader's words."""
    row, at = deed.row, deed.at
    with stage.database.writing() as session:
        case = _case(session, deed)
        holder, signer = _holder(session, case, at), _signer(session, case, at)
        if case.state is not CaseState.WAITING or holder is None or signer is None or awaits_judgement(session, case):
            return
        _open(session, holder, case, at)
        if row["state"] == "drafted":
            acts.save_draft(session, holder, case, row["draft"], at)
            return
        acts.submit(session, holder, case, row["draft"], at)
        if row["state"] == "returned":
            _open(session, signer, case, at)
            acts.return_reply(session, signer, case, row["note"], at + timedelta(minutes=50))


def _file(stage: Stage, deed: Deed) -> None:
    with stage.database.writing() as session:
        case = _case(session, deed)
        holder = _holder(session, case, deed.at)
        if case.is_open and holder is not None and case.kind == "other" and not awaits_judgement(session, case):
            acts.file_without_action(session, holder, case, "Không có nội dung cần trả lời", deed.at)


# --- who does it ---


def _case(session: Session, deed: Deed) -> Case:
    """The case of the entry; of one with several matters the first: what is written for it answers that."""
    of_entry = sa.select(Case).where(Case.entry_id == deed.submission_id, Case.route != JOINED)
    return session.scalars(of_entry.order_by(Case.matter).limit(1)).one()


def _open(session: Session, viewer: Viewer, case: Case, at: datetime) -> None:
    if case.confidential:
        open_restricted(session, viewer, case, LOOKS["giai-quyet"], at)


def _holder(session: Session, case: Case, at: datetime) -> Viewer | None:
    return _somebody(session, case, Post.id == case.post_id, at)


def _signer(session: Session, case: Case, at: datetime) -> Viewer | None:
    """What is of the counters the director of the centre signs, the rest a vice-chairperson."""
    usual = CENTER_DIRECTOR if case.topic in COUNTER_TOPICS else VICE_CHAIRPERSON
    return _somebody(session, case, Post.signs & (Post.unit_id == case.unit_id), at, usual)


def _somebody(
    session: Session, case: Case, who: sa.ColumnElement[bool], at: datetime, usual: str = ""
) -> Viewer | None:
    """The first who holds such a post that day, the usual one before others, and whom the gate lets see the case."""
    day = local_day(at)
    candidates = session.scalars(
        sa.select(Account)
        .join(Tenure, Tenure.officer_id == Account.officer_id)
        .join(Post, Tenure.post_id == Post.id)
        .where(who, Tenure.on(day))
        .order_by(Post.code != usual, Tenure.stand_in, Post.id.desc(), Account.id)
    )
    for account in candidates:
        viewer = get_viewer(session, account, day)
        if session.scalars(sa.select(Case.id).where(Case.id == case.id, visible_to(viewer))).first():
            return viewer
    return None
