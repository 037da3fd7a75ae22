"""The second factor: one-time codes by time (RFC 6238) from an application on a telephone, and recovery codes.

Asked of everybody who enrolled; demanded of leaders (a post that signs), of administrators, and of whoever lost it to
an administrator's removal. In a demonstration nobody is made to have one, because its accounts are everybody's.
"""

import base64
import secrets
from datetime import date, datetime

import sqlalchemy as sa
from pyotp import TOTP
from pyotp.exceptions import OTPVerificationError
from sqlalchemy.orm import Session

from models import Account, Keyring, Post, RecoveryCode, Role, SecondFactor, Tenure
from models.codes import ALPHABET, read_typed_code

ISSUER = "Lắng Nghe"
SKEW = 1
"""Time steps of 30 seconds that a telephone's clock may be ahead or behind."""
RECOVERY_CODES = 10
RECOVERY_LENGTH = 12
"""Characters of 5 bits: 60 bits."""


def in_demonstration(session: Session) -> bool:
    """Whether every account here is a demonstration's: one real account ends the demonstration mode."""
    invented, real = session.execute(
        sa.select(sa.exists().where(Account.demonstration), sa.exists().where(~Account.demonstration))
    ).one()
    return bool(invented and not real)


def has_second_factor(session: Session, account_id: int) -> bool:
    """Whether sign-in must ask this account for a code."""
    return _confirmed(session, account_id) is not None


def needs_second_factor(session: Session, account: Account, day: date) -> bool:
    """Whether this account may not work without a second factor on `day`."""
    removed = sa.exists().where(SecondFactor.account_id == account.id, SecondFactor.confirmed_at.is_(None))
    signs = sa.exists().where(
        Tenure.officer_id == account.officer_id, Tenure.on(day), Post.id == Tenure.post_id, Post.signs
    )
    needed = account.role is Role.ADMINISTRATOR or session.scalar(sa.select(removed | signs))
    return bool(needed) and not in_demonstration(session)


def was_removed(session: Session, account_id: int) -> bool:
    """Whether an administrator removed the second factor and the person has not enrolled again."""
    known = session.get(SecondFactor, account_id)
    return known is not None and known.confirmed_at is None


def secret_of(keyring: Keyring, token: str) -> str:
    """The secret offered to one browser, 160 bits in base 32: the same when the page is opened again.

    Derived from the random token of this sign-in, so that showing it writes nothing, and whoever saw the page in
    another session knows nothing of this one.
    """
    return base64.b32encode(keyring.digest("second factor", token.encode())[:20]).decode()


def address_of(secret: str, username: str) -> str:
    """What an application reads from the QR symbol."""
    return TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER)


def recovery_codes_of(keyring: Keyring, token: str) -> list[str]:
    """The recovery codes offered beside that secret, derived as it is: they count once the first code proved it."""
    drawn = [keyring.digest("recovery codes", f"{token}:{number}".encode()) for number in range(RECOVERY_CODES)]
    return ["".join(ALPHABET[byte % 32] for byte in digest[:RECOVERY_LENGTH]) for digest in drawn]


def enrol(session: Session, keyring: Keyring, account: Account, token: str, typed: str, at: datetime) -> bool:
    """Keep the secret and the recovery codes offered to `token`, in place of those before.

    False, and nothing is kept, when `typed` is no code of this secret.
    """
    secret = secret_of(keyring, token)
    step = _step(secret, typed, at)
    if step is None:
        return False
    known = session.get(SecondFactor, account.id, with_for_update=True)
    if known is None:
        known = SecondFactor(account_id=account.id)
        session.add(known)
    known.secret, known.confirmed_at, known.last_step = secret, at, step
    _keep_recovery_codes(session, keyring, account.id, recovery_codes_of(keyring, token))
    return True


def take_code(session: Session, account_id: int, typed: str, at: datetime) -> bool:
    """Whether this is a code of the account; each time step counts once, and none before the last one taken."""
    known = _confirmed(session, account_id, lock=True)
    step = _step(known.secret, typed, at) if known else None
    if known is None or step is None or step <= known.last_step:
        return False
    known.last_step = step
    session.flush()
    return True


def take_recovery_code(session: Session, keyring: Keyring, account_id: int, typed: str, at: datetime) -> bool:
    """Whether this is an unused recovery code of the account; it is used now."""
    mine = RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None)
    named = RecoveryCode.code_hash == _hash(keyring, account_id, read_typed_code(typed))
    used = session.execute(sa.update(RecoveryCode).where(*mine, named).values(used_at=at))
    return bool(used.rowcount)  # type: ignore[attr-defined]


def codes_left(session: Session, account_id: int) -> int:
    """How many recovery codes were not used."""
    mine = sa.select(sa.func.count()).select_from(RecoveryCode)
    return int(session.scalar(mine.where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))) or 0)


def new_recovery_codes(session: Session, keyring: Keyring, account_id: int) -> list[str]:
    """Ten new recovery codes, known to nobody else; all earlier ones end."""
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)]
    _keep_recovery_codes(session, keyring, account_id, codes)
    return codes


def turn_off(session: Session, account_id: int) -> None:
    """Give the second factor up, by its owner's own wish."""
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    session.execute(sa.delete(SecondFactor).where(SecondFactor.account_id == account_id))


def remove(session: Session, account_id: int) -> bool:
    """Take the second factor away for somebody who lost it; the person must enrol again. False: there was none.

    An empty row stays until then: it is what makes the next sign-in lead to the enrolment page.
    """
    known = _confirmed(session, account_id, lock=True)
    if known is None:
        return False
    known.secret, known.confirmed_at, known.last_step = "", None, 0
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    session.flush()
    return True


def _keep_recovery_codes(session: Session, keyring: Keyring, account_id: int, codes: list[str]) -> None:
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    session.add_all([RecoveryCode(account_id=account_id, code_hash=_hash(keyring, account_id, code)) for code in codes])
    session.flush()


def _confirmed(session: Session, account_id: int, lock: bool = False) -> SecondFactor | None:
    mine = sa.select(SecondFactor).where(SecondFactor.account_id == account_id, SecondFactor.confirmed_at.is_not(None))
    return session.scalars(mine.with_for_update() if lock else mine).first()


def _step(secret: str, typed: str, at: datetime) -> int | None:
    code = "".join(typed.split())
    try:
        return TOTP(secret).verify_and_get_timecode(code, for_time=at, valid_window=SKEW)
    except OTPVerificationError:
        return None


def _hash(keyring: Keyring, account_id: int, code: str) -> str:
    return keyring.digest("recovery code", f"{account_id}:{code}".encode()).hex()
