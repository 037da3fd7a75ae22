"""Passwords: how they are kept, and which are refused.

Kept as Argon2id of their NFKC form: Vietnamese keyboards compose marks in different ways, and the same
word must open the same door from every one of them. Refused by NIST SP 800-63B, 5.1.1.2: too short, on a
list of common ones, or made of the person's own name. Nothing else is asked of them.
"""

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from vietnamese.text import fold
from webapp.words import marked

NO_PASSWORD = "-"  # noqa: S105 (no hash: nothing matches it)
"""What stands in place of a hash until an invitation is accepted."""
LEAST_LENGTH = 10
MOST_LENGTH = 200

TOO_SHORT = marked("Mật khẩu cần ít nhất 10 ký tự. Một câu ngắn, dễ nhớ là tốt nhất.")
TOO_LONG = marked("Mật khẩu dài quá 200 ký tự. Xin chọn câu ngắn hơn.")
COMMON = marked("Mật khẩu này nhiều người dùng nên dễ bị đoán ra. Xin chọn một câu khác.")
OWN_NAME = marked("Mật khẩu giống tên đăng nhập nên dễ bị đoán ra. Xin chọn một câu khác.")

_COMMON_WORDS = """
    admin administrator anhnhoem anhyeu anhyeuem buondoi cachep canbo chamchi chinhquyen chucmung congan
    congchuc conyeu cuocsong daiduong demo dichvucong dragon emyeuanh football giadinh giadinhtoi haiphong
    hanhphuc hanoi hello hoahong hochiminh iloveyou khongbiet khongco khongnho langnghe letmein matkhau
    matkhaumoi matkhaucuatoi maymay minhanh mothaiba nguoidan nguyen nguyenvana password passw0rd phuong qazwsx
    quantri quantrivien quenmatkhau qwerty qwertyuiop saigon secret sonla thanhpho toiyeuviet toiyeuvietnam
    trungtam tinhyeu ubnd ubndphuong ubndxa uybannhandan vietnam vietnamvodich vanphong welcome xahoi xinchao
    yeuem yeuthuong
"""
_WORDS = frozenset(_COMMON_WORDS.split())
"""Words that most guessed passwords are made of, folded; with figures around them they are as common."""
_ROWS = (
    "01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn", "147258369", "q1w2e3r4t5y6u7i8o9p0",
)  # fmt: skip

_hasher = PasswordHasher()


def why_weak(password: str, username: str) -> str:
    """The sentence (to be translated) that says why a password is refused; empty when it is not."""
    length = len(_normal(password))
    if not LEAST_LENGTH <= length <= MOST_LENGTH:
        return TOO_SHORT if length < LEAST_LENGTH else TOO_LONG
    plain = _plain(password)
    if len(set(password)) <= 3 or _is_common(plain):
        return COMMON
    own = _plain(username)
    return OWN_NAME if own and own in plain and not plain.replace(own, "").strip("0123456789") else ""


def hash_password(password: str) -> str:
    """Argon2id hash for storage."""
    return _hasher.hash(_normal(password))


def is_password(hashed: str | None, password: str) -> bool:
    """Whether this is the password; takes the same time when there is none to compare with."""
    known = hashed not in (None, NO_PASSWORD)
    try:
        return _hasher.verify(str(hashed) if known else _nobodys_hash(), _normal(password)) and known
    except (VerifyMismatchError, InvalidHashError):
        return False


def _is_common(plain: str) -> bool:
    if len(plain) >= LEAST_LENGTH - 2 and any(plain in row for row in _ROWS):
        return True
    return plain.strip("0123456789") in _WORDS or plain.rstrip("0123456789") in _WORDS


def _plain(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


@cache
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_hex(32))
