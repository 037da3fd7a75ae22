"""A living demonstration: a year in twelve real communes with invented people, dossiers, ratings and entries.

Only raw people, dossiers, responses and entries are put in; the worker and the ordinary verbs make everything
else, under a clock that walks through the past. Building again continues where it stopped: ids are derived.
"""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import AccessCode, Account, CodePurpose, Database, Entry
from models.transactions import keep_transactions
from surveys.intake import accept
from triage.sorting import Decides
from webapp.demonstration.living import Say, Stage, WalkingClock, deeds, entries, live, submission_id_of
from webapp.demonstration.merging import merge
from webapp.demonstration.numbers import dossiers, instant, ratings
from webapp.demonstration.people import accounts, code_of, found, living_units
from webapp.demonstration.plan import COMMUNES, FORMER, Commune, Dates
from webapp.worker import Worker

MAIN_UNIT = "03646"
MAIN_PROVINCE = "14"
ALL = (*COMMUNES, FORMER)
SMALL = tuple(commune for commune in COMMUNES if commune.code in (MAIN_UNIT, "03862"))
"""Two communes only, for a quick look: a busy ward and one with too few answers."""

__all__ = ["ALL", "MAIN_PROVINCE", "MAIN_UNIT", "SMALL", "accounts", "build", "code_of", "entries", "exists",
           "submission_id_of"]  # fmt: skip


def build(
    database: Database, decider: Decides, today: date, password_hash: str, say: Say,
    communes: Sequence[Commune] = ALL,
) -> None:  # fmt: skip
    """Build or finish the demonstration as of the morning of `today`; all accounts share one password."""
    dates = Dates(today)
    clock = WalkingClock(instant(dates.first, 7))
    with database.writing() as session:
        found(session, communes, dates, clock(), password_hash)
    say(f"people, duty and codes of {len(communes)} communes are in")
    for commune in communes:
        _count(database, commune, dates)
        say(f"dossiers and ratings of {commune.code} are in")
    _let_go(database)
    stage, happening = Stage(database, decider, clock), deeds(communes, dates)
    before = [deed for deed in happening if deed.at < instant(dates.merger, 0)]
    live(stage, before, say)
    if FORMER in communes:
        merge(stage, dates)
        say("two communes were merged")
    live(stage, happening[len(before) :], say)
    clock.at = instant(today, 6)
    say("adding up the days")
    Worker(database, decider, clock).run_until_idle()


def _let_go(database: Database) -> None:
    """Free what the worker of a build that was cut short had claimed: the story's clock never reaches its lease."""
    with database.writing() as session:
        session.execute(sa.update(Entry).where(Entry.sorted_at.is_(None)).values(claimed_until=None))


def exists(session: Session) -> bool:
    """Whether this database holds a demonstration, finished or not."""
    return session.scalars(sa.select(Account.id).where(Account.demonstration).limit(1)).first() is not None


def _count(database: Database, commune: Commune, dates: Dates) -> None:
    """A commune's dossiers and ratings of the year; a former commune's end with it."""
    until = dates.merger if commune is FORMER else None
    with database.writing() as session:
        unit = living_units(session)[commune.code]
        keep_transactions(session, dossiers(commune, dates, unit.id, until), instant(dates.today, 6))
    with database.writing() as session:
        codes = {
            counter: session.get_one(AccessCode, code_of(commune.code, CodePurpose.SURVEY, counter))
            for counter in (1, 2, 3)
        }
        for submission_id, counter, filled, at in ratings(commune, dates, until):
            accept(session, database.keyring, submission_id, codes[counter], filled, at)
