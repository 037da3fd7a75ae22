"""Releases as rows: which one serves, putting another in its place, going back. Files are the caller's.

`reason` of a row is JSON: `code` says why it stands where it stands, `falls` what barred it. Codes: `program` (came
with the program), `no_fall` (promoted: nothing fell), `fell` (refused), `held` (waits for a person), `by_hand`,
`rolled_back`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import ClassifierRelease, ReleaseState
from triage.releasing.comparing import Fall, Shares, falls_as_json, falls_from_json, figures_as_json

_LONGEST_REASON = 1000


class NoSuchRelease(Exception):
    """There is no release to do this with; the message says which."""


@dataclass(frozen=True)
class Built:
    """A classifier that was built: digest, digest and number of the corpus, number of corrections, figures."""

    release: str
    corpus: str
    entries: int
    corrections: int
    figures: Shares


@dataclass(frozen=True)
class Reason:
    """Why a release stands where it stands."""

    code: str
    falls: tuple[Fall, ...] = ()


def file_of(folder: Path, release: str) -> Path:
    """Where the file of a release stands."""
    return folder / f"{release}.npz"


def all_releases(session: Session) -> list[ClassifierRelease]:
    """Every release, the newest first."""
    return list(session.scalars(sa.select(ClassifierRelease).order_by(ClassifierRelease.number.desc())))


def find_serving(session: Session) -> ClassifierRelease | None:
    """The release that serves; None before the first was stored."""
    serves = sa.select(ClassifierRelease).where(ClassifierRelease.state == ReleaseState.SERVING)
    return session.scalars(serves).first()


def find_release(session: Session, release: str) -> ClassifierRelease | None:
    """The release of this digest."""
    return session.scalars(sa.select(ClassifierRelease).where(ClassifierRelease.release == release)).first()


def store(session: Session, built: Built, reason: Reason, at: datetime) -> ClassifierRelease:
    """A new release with the next number. It serves at once where its reason says so, else it is kept."""
    newest = session.scalar(sa.select(sa.func.max(ClassifierRelease.number))) or 0
    state = {"fell": ReleaseState.REFUSED, "held": ReleaseState.CANDIDATE}.get(reason.code, ReleaseState.SERVING)
    if state is ReleaseState.SERVING:
        _retire(session, at)
    row = ClassifierRelease(
        number=newest + 1,
        release=built.release,
        state=state,
        made_at=at,
        corpus=built.corpus,
        entries=built.entries,
        corrections=built.corrections,
        figures=figures_as_json(built.figures),
        reason=_as_text(reason),
        decided_at=None if state is ReleaseState.CANDIDATE else at,
    )
    session.add(row)
    session.flush()
    return row


def get_release(session: Session, number: int) -> ClassifierRelease:
    """The release of a number. Raises NoSuchRelease."""
    row = session.get(ClassifierRelease, number)
    if row is None:
        raise NoSuchRelease(f"there is no release {number}; `langnghe triage releases` lists them")
    return row


def get_earlier(session: Session) -> ClassifierRelease:
    """The release to go back to: the nearest below the one that serves which ever served. Raises NoSuchRelease."""
    serving = find_serving(session)
    below = sa.select(ClassifierRelease).where(ClassifierRelease.state == ReleaseState.RETIRED)
    if serving is not None:
        below = below.where(ClassifierRelease.number < serving.number)
    row = session.scalars(below.order_by(ClassifierRelease.number.desc()).limit(1)).first()
    if row is None:
        raise NoSuchRelease("no release served before this one")
    return row


def put_in_service(session: Session, row: ClassifierRelease, code: str, at: datetime) -> None:
    """Let this release serve from now on; the one that served retires. `code` is by_hand or rolled_back.

    What once barred it stays on record.
    """
    if row.state is ReleaseState.SERVING:
        return
    _retire(session, at)
    row.state, row.decided_at = ReleaseState.SERVING, at
    row.reason = _as_text(Reason(code, reason_of(row).falls))
    session.flush()


def reason_of(row: ClassifierRelease) -> Reason:
    """Why the release stands where it stands."""
    content: dict[str, Any] = json.loads(row.reason) if row.reason else {}
    return Reason(content.get("code", ""), tuple(falls_from_json(content.get("falls", ()))))


def _retire(session: Session, at: datetime) -> None:
    # Before the next one serves: the database allows one at a time.
    serving = find_serving(session)
    if serving is not None:
        serving.state, serving.decided_at = ReleaseState.RETIRED, at
        session.flush()


def _as_text(reason: Reason) -> str:
    """JSON that fits its column; the falls that come first weigh most."""
    for most in range(len(reason.falls), -1, -1):
        content = {"code": reason.code} | _falls(reason.falls[:most])
        if len(text := json.dumps(content, ensure_ascii=False)) <= _LONGEST_REASON:
            return text
    raise ValueError(f"no room for the code {reason.code!r}")


def _falls(found: Sequence[Fall]) -> dict[str, Any]:
    return {"falls": falls_as_json(found)} if found else {}
