"""Sessions as rows: begun by signing in, found by the token in the cookie, ended by whoever may.

The database keeps a keyed hash of the token, and of the device a few words. The token carries the account's epoch,
so that raising it ends every session at once. When a session was last used is written by forms that are sent, at most
once an hour; a page that is only looked at writes nothing. How long nobody used it (idle time) is told by the signed
cookie instead, see `webapp.auth`.
"""

import secrets
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from models import Account, Keyring, SignIn, Tenure

KEPT_FOR = timedelta(days=90)
"""How long a person can see where a session was, after it began."""
SEEN_EVERY = timedelta(hours=1)
MARK_LENGTH = 16


def begin(
    session: Session, keyring: Keyring, account: Account, device: str, second_factor: bool, at: datetime
) -> tuple[SignIn, str]:
    """A new session of an account, and its token, which is nowhere else; sessions long over are forgotten."""
    token = f"{account.epoch}.{secrets.token_bytes(32).hex()}"
    mine = SignIn.account_id == account.id
    session.execute(sa.delete(SignIn).where(mine, SignIn.made_at < at - KEPT_FOR))
    made = SignIn(
        token_hash=_hash(keyring, token), account_id=account.id, made_at=at, seen_at=at, device=device[:80],
        second_factor=second_factor,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made, token


def find(session: Session, keyring: Keyring, token: str, begun_after: datetime) -> tuple[SignIn, Account] | None:
    """The session of a token and its account, unless it ended or began too long ago."""
    query = (
        sa.select(SignIn, Account)
        .join(Account, Account.id == SignIn.account_id)
        .where(SignIn.token_hash == _hash(keyring, token), SignIn.ended_at.is_(None), SignIn.made_at > begun_after)
        .options(joinedload(Account.unit), joinedload(Account.officer))
    )
    found = session.execute(query).first()
    epoch, _dot, _rest = token.partition(".")
    return (found[0], found[1]) if found and str(found[1].epoch) == epoch else None


def living(session: Session, account: Account, begun_after: datetime) -> list[SignIn]:
    """Sessions of an account that were not ended, newest first."""
    mine = sa.select(SignIn).where(SignIn.account_id == account.id, SignIn.ended_at.is_(None))
    return list(session.scalars(mine.where(SignIn.made_at > begun_after).order_by(SignIn.made_at.desc())))


def over(session: Session, account: Account, begun_after: datetime, most: int = 10) -> list[SignIn]:
    """The last sessions of an account that are over, newest first."""
    past = SignIn.ended_at.is_not(None) | (SignIn.made_at <= begun_after)
    mine = sa.select(SignIn).where(SignIn.account_id == account.id, past)
    return list(session.scalars(mine.order_by(SignIn.made_at.desc()).limit(most)))


def end(session: Session, account_id: int, mark: str, at: datetime) -> None:
    """End one session of an account by the mark of its row."""
    _end(session, account_id, sa.func.substr(SignIn.token_hash, 1, MARK_LENGTH) == mark, at)


def end_others(session: Session, kept: SignIn, at: datetime) -> int:
    """End every other session of the same account; returns how many."""
    return _end(session, kept.account_id, SignIn.token_hash != kept.token_hash, at)


def end_all(session: Session, account: Account, at: datetime) -> int:
    """End every session of an account, also those whose sign-in is half done; returns how many rows ended."""
    account.epoch += 1
    session.flush()
    return _end(session, account.id, sa.true(), at)


def mark_of(sign_in: SignIn) -> str:
    """What a form names a session by; it opens nothing."""
    return sign_in.token_hash[:MARK_LENGTH]


def is_stale(sign_in: SignIn, at: datetime) -> bool:
    """Whether it is time to write again when the session was last used."""
    return at - sign_in.seen_at >= SEEN_EVERY


def keep_seen(session: Session, sign_in: SignIn, at: datetime) -> None:
    """Write when a session was last used."""
    session.execute(sa.update(SignIn).where(SignIn.token_hash == sign_in.token_hash).values(seen_at=at))


def has_left(session: Session, account: Account, day: date) -> bool:
    """Whether the person behind an account held posts and holds none on `day` or later."""
    if account.officer_id is None:
        return False
    held = sa.select(sa.func.count(), sa.func.count().filter(Tenure.ends_on.is_(None) | (Tenure.ends_on > day)))
    ever, still = session.execute(held.where(Tenure.officer_id == account.officer_id)).one()
    return bool(ever and not still)


def _end(session: Session, account_id: int, which: sa.ColumnElement[bool], at: datetime) -> int:
    mine = sa.update(SignIn).where(SignIn.account_id == account_id, SignIn.ended_at.is_(None), which)
    return int(session.execute(mine.values(ended_at=at)).rowcount)  # type: ignore[attr-defined]


def _hash(keyring: Keyring, token: str) -> str:
    return keyring.digest("sign-in", token.encode()).hex()
