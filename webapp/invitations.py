"""One-time invitations: how a person sets the first password, or a new one after losing it.

The database keeps only a keyed hash of the code. Unknown, used and ended codes are one and the same to
whoever asks, so that nobody learns who was invited.
"""

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload
from stdnum import luhn

from models import Account, Keyring, Officer, Role, Unit
from models.codes import ALPHABET, FOLLOW_UP_LENGTH, grouped, is_follow_up_code, read_typed_code
from webapp.passwords import NO_PASSWORD, hash_password, why_weak
from webapp.second_factors import in_demonstration
from webapp.sign_ins import end_all

LASTS = timedelta(days=7)


class WeakPassword(Exception):
    """The password is refused; the message is the sentence for the person, to be translated."""


def keep_account(session: Session, username: str, role: Role, unit: Unit, officer: Officer | None = None) -> Account:
    """The account of this name; a new one has no password, so that only an invitation opens it.

    What is made in a demonstration belongs to it.
    """
    known = session.scalars(sa.select(Account).where(Account.username == username)).first()
    if known is not None:
        return known
    account = Account(
        username=username, role=role, unit_id=unit.id, officer_id=officer.id if officer else None,
        password_hash=NO_PASSWORD, demonstration=in_demonstration(session),
    )  # fmt: skip
    session.add(account)
    session.flush()
    return account


def has_password(account: Account) -> bool:
    """Whether the person ever set one."""
    return account.password_hash != NO_PASSWORD


def invite(session: Session, keyring: Keyring, account: Account, at: datetime) -> str:
    """A new code of 16 characters (75 bits and a check character) for seven days; the one before ends.

    The present password, if any, goes on working until the invitation is accepted.
    """
    code = _new_code()
    account.invitation_hash = _hash(keyring, code)
    account.invited_until = at + LASTS
    session.flush()
    return code


def link_of_invitation(base_url: str, code: str) -> str:
    """The address to hand over: `https://host/moi/7K2M-9QXA-…`."""
    return f"{base_url}/moi/{grouped(code)}"


def find_invited(session: Session, keyring: Keyring, code: str, at: datetime) -> Account | None:
    """The account that a code, as it was typed, invites at this instant; writes nothing."""
    return session.scalars(_invited(keyring, code, at).options(joinedload(Account.officer))).first()


def accept_invitation(session: Session, keyring: Keyring, code: str, password: str, at: datetime) -> Account | None:
    """Set the password, spend the invitation and end all earlier sessions.

    Returns None for a code that invites nobody (any more). Raises WeakPassword, which spends nothing.
    """
    account = session.scalars(_invited(keyring, code, at).with_for_update()).first()
    if account is None:
        return None
    weak = why_weak(password, account.username)
    if weak:
        raise WeakPassword(weak)
    account.password_hash = hash_password(password)
    account.invitation_hash = account.invited_until = None
    account.failed_attempts, account.locked_until = 0, None
    end_all(session, account, at)
    return account


def _invited(keyring: Keyring, typed: str, at: datetime) -> sa.Select[Account]:
    code = read_typed_code(typed)
    # The check character tells typing errors without asking the database; the query is the same for all.
    hashed = _hash(keyring, code) if is_follow_up_code(code) else ""
    return sa.select(Account).where(Account.invitation_hash == hashed, Account.invited_until > at)


def _hash(keyring: Keyring, code: str) -> str:
    return keyring.digest("invitation", code.encode()).hex()


def _new_code() -> str:
    body = "".join(secrets.choice(ALPHABET) for _ in range(FOLLOW_UP_LENGTH - 1))
    return str(body + luhn.calc_check_digit(body, ALPHABET))
