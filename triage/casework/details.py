"""One case as its handlers see it: the text, what was read in it, why it lies there, the answer, the history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from models import (
    AccessCode,
    Account,
    Case,
    CaseEvent,
    CaseState,
    Decision,
    DecisionSource,
    EntryContact,
    Officer,
    Post,
    Reply,
    Submission,
    Tenure,
    Unit,
)
from models.audit import open_payload
from triage.casework.access import Viewer, get_case, handles
from triage.casework.acts import current_reply, may_hold_confidential, posts_to_reassign
from triage.casework.alike import AlikeCase, get_alike
from triage.casework.auditing import awaits_judgement
from triage.casework.calendars import calendar_of
from triage.casework.explaining import Piece, mark_words
from triage.casework.inbox import Why, explain, reasons_of, standing_of
from triage.casework.life import Life, get_life
from triage.casework.marking import Marks, get_marks
from triage.casework.matters import MatterOf, get_matter
from triage.casework.opening import Labels
from triage.casework.states import Act
from triage.routing.routes import Reason
from vietnamese.calendar import WorkCalendar, local_day


@dataclass(frozen=True)
class Suggestion:
    """What the classifier read first. `topics` are (topic, probability 0–1), best first."""

    labels: Labels
    topics: tuple[tuple[str, float], ...]
    abstained: bool


@dataclass(frozen=True)
class Answer:
    """The newest revision of the answer, and why the last one was returned."""

    text: str
    state: str
    drafted_by: str
    drafted_at: datetime
    signer: str
    signed_at: datetime | None


@dataclass(frozen=True)
class Happening:
    """One act on the case. `who` is None for the service itself; `said` are the payload's words."""

    act: str
    at: datetime
    who: str | None
    said: Mapping[str, Any]


@dataclass(frozen=True)
class PostChoice:
    """A post the case could be handed to, with the names of those who hold it."""

    id: int
    title: str
    holders: tuple[str, ...]


@dataclass(frozen=True)
class Rights:
    """Which acts this viewer may do on the case as it stands."""

    answer: bool
    sign: bool
    hand_over: bool
    file: bool


@dataclass(frozen=True)
class CaseDetails:
    """Everything a page about one case shows.

    `to_judge`: drawn by lot, and its handler says what it is before seeing what the classifier said.
    """

    reference: str
    version: int
    labels: Labels
    confirmed: bool
    to_judge: bool
    unsorted: bool
    confidential: bool
    superior: bool
    state: str
    is_open: bool
    opened_at: datetime
    due_at: datetime
    closed_at: datetime | None
    standing: str
    calendar: WorkCalendar
    """Of the unit: by it the days left are counted."""
    post: str
    unit: str
    text: str
    source: str
    place: str
    suggestion: Suggestion | None
    why: Why
    answer: Answer | None
    returned_because: str | None
    history: tuple[Happening, ...]
    posts: tuple[PostChoice, ...]
    rights: Rights
    has_contact: bool
    marks: Marks
    matter: MatterOf | None
    """Where the entry holds several matters: this one within it."""
    alike: tuple[AlikeCase, ...]
    pieces: tuple[Piece, ...]
    """The text, with the words marked that the reading rests on until a person confirmed it."""
    life: Life


def get_details(session: Session, viewer: Viewer, reference: str, now: datetime) -> CaseDetails:
    """The case a viewer may open, whole; raises CaseNotFound, the same for unknown and forbidden ones."""
    case = get_case(session, viewer, reference)
    decisions = _decisions(session, case)
    reply, to_judge = current_reply(session, case), awaits_judgement(session, case)
    life = get_life(session, viewer, case)
    rights = _rights(viewer, case, to_judge, life)
    calendar = calendar_of(session, case.unit_id)
    return CaseDetails(
        reference=case.reference,
        version=case.version,
        labels=Labels(case.kind, case.topic, case.urgent, case.accuses_staff),
        confirmed=case.confirmed,
        to_judge=to_judge,
        unsorted=case.route == "reception" and not case.confirmed,
        confidential=case.confidential,
        superior=case.superior,
        state=case.state.value,
        is_open=case.is_open,
        opened_at=case.opened_at,
        due_at=case.due_at,
        closed_at=case.closed_at,
        standing=standing_of(case, now, calendar),
        calendar=calendar,
        post=case.post.title,
        unit=session.get_one(Unit, case.unit_id).name,
        text=case.entry.text,
        source=case.entry.source.value,
        place=_place(session, case),
        suggestion=_suggestion(decisions),
        why=explain(case, decisions),
        answer=_answer(session, reply) if reply else None,
        returned_because=_returned_because(session, case),
        history=_history(session, case),
        posts=_posts(session, case, local_day(now)) if rights.hand_over else (),
        rights=rights,
        has_contact=_has_contact(session, case),
        marks=get_marks(session, case),
        matter=get_matter(session, viewer, case),
        alike=get_alike(session, viewer, case, now),
        pieces=mark_words(case.entry.text, () if to_judge or case.confirmed else _read_first(decisions)),
        life=life,
    )


def was_just_done(session: Session, viewer: Viewer, reference: str, acts: Sequence[str]) -> bool:
    """Whether the newest act on the case is one of `acts` by this very person: a second click, no conflict."""
    case = get_case(session, viewer, reference)
    newest = sa.select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.sequence.desc()).limit(1)
    event = session.scalars(newest).one()
    return event.act in acts and event.account_id == viewer.account_id


def _decisions(session: Session, case: Case) -> Sequence[Decision]:
    of_matter = (Decision.entry_id == case.entry_id) & (Decision.matter == case.matter)
    query = sa.select(Decision).where(of_matter).order_by(Decision.number)
    return session.scalars(query).all()


def _read_first(decisions: Sequence[Decision]) -> tuple[Reason, ...]:
    """The reasons of the classifier's own decision."""
    first = next((one for one in decisions if one.source is DecisionSource.CLASSIFIER), None)
    return reasons_of(first) if first else ()


def _rights(viewer: Viewer, case: Case, to_judge: bool, life: Life) -> Rights:
    # A follower is answered with its lead; whoever looks sees which one that is.
    answers = case.is_open and handles(viewer, case) and not life.follows
    return Rights(
        answer=answers,
        sign=Act.SIGN in life.may,
        hand_over=answers and not case.superior,
        # Offered before somebody judged, it would tell what the classifier said.
        file=answers and case.kind == "other" and not to_judge,
    )


def _place(session: Session, case: Case) -> str:
    query = sa.select(AccessCode.place).join(Submission, Submission.code == AccessCode.code)
    return session.scalar(query.where(Submission.id == case.entry_id)) or ""


def _suggestion(decisions: Sequence[Decision]) -> Suggestion | None:
    first = next((d for d in decisions if d.source is DecisionSource.CLASSIFIER), None)
    if first is None:
        return None
    labels = Labels(first.kind, first.topic, first.urgent, first.accuses_staff)
    return Suggestion(labels, tuple((guess["id"], guess["p"]) for guess in first.topics), first.abstained)


def _answer(session: Session, reply: Reply) -> Answer:
    return Answer(
        text=reply.text,
        state=reply.state.value,
        drafted_by=_names(session, {reply.drafted_by}).get(reply.drafted_by, ""),
        drafted_at=reply.drafted_at,
        signer=reply.signer_title or "",
        signed_at=reply.signed_at,
    )


def _returned_because(session: Session, case: Case) -> str | None:
    if case.state is not CaseState.RETURNED:
        return None
    noted = sa.select(Reply).where(Reply.case_id == case.id, Reply.note.is_not(None))
    reply = session.scalars(noted.order_by(Reply.revision.desc()).limit(1)).first()
    return reply.note if reply else None


def _history(session: Session, case: Case) -> tuple[Happening, ...]:
    events = session.scalars(
        sa.select(CaseEvent)
        .where(CaseEvent.case_id == case.id)
        .order_by(CaseEvent.sequence)
        .options(joinedload(CaseEvent.payload))
    ).all()
    names = _names(session, {event.account_id for event in events if event.account_id})
    titles = dict(session.execute(sa.select(Post.code, Post.title).where(Post.unit_id == case.unit_id)).all())
    return tuple(
        Happening(event.act, event.at, names.get(event.account_id or 0), _said(session, event, titles))
        for event in events
    )


def _said(session: Session, event: CaseEvent, titles: Mapping[str, str]) -> Mapping[str, Any]:
    said = dict(open_payload(session, event) or {})
    if event.act == "reassigned" and "after" in said:
        said["after"] = titles.get(said["after"], said["after"])
    return said


def _names(session: Session, accounts: set[int]) -> dict[int, str]:
    rows = session.execute(
        sa.select(Account.id, Officer.full_name)
        .join(Officer, Account.officer_id == Officer.id)
        .where(Account.id.in_(accounts))
    )
    return dict(rows.all())


def _posts(session: Session, case: Case, day: date) -> tuple[PostChoice, ...]:
    posts = [post for post in posts_to_reassign(session, case, day) if _may_receive(post, case)]
    held = (
        sa.select(Tenure.post_id, Officer.full_name)
        .join(Officer, Tenure.officer_id == Officer.id)
        .where(Tenure.post_id.in_([post.id for post in posts]), Tenure.on(day))
        .order_by(Tenure.stand_in, Officer.id)
    )
    holders: dict[int, list[str]] = {post.id: [] for post in posts}
    for post_id, name in session.execute(held):
        holders[post_id].append(name)
    return tuple(PostChoice(post.id, post.title, tuple(holders[post.id])) for post in posts)


def _may_receive(post: Post, case: Case) -> bool:
    # What is confidential goes to leaders and the named intake person only, never to a counter or a clerk.
    return post.id != case.post_id and (not case.confidential or may_hold_confidential(post))


def _has_contact(session: Session, case: Case) -> bool:
    there = sa.exists().where(EntryContact.entry_id == case.entry_id)
    return bool(session.scalar(sa.select(there)))
