"""Keys that live outside the database, and what they do: seal text, derive codes, wrap case keys, sign.

The key file is JSON: {"sealing": [newest, ...], "signing": [newest, ...], "codes": ..., "cookies": ...}, and
"superior", the province's public key, where the commune runs alone. Sealing and signing keys rotate: the first
one seals or signs, all of them open or are known as ours. The key of codes never rotates, because a citizen's
code must keep its meaning for as long as the citizen keeps the paper.

A key file from before there were signing keys gets its first one from the key of codes: every process and every
copy of the file, however old, then comes to the same key, and nothing has to be written in the right order.
"""

import hashlib
import hmac
import json
import os
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class KeysMissing(Exception):
    """The key file is absent or unreadable; the message says what to do."""


class CannotUnseal(Exception):
    """A sealed value was made with a key that is not in the key file."""


@dataclass(frozen=True)
class Keyring:
    """The secrets of one installation."""

    sealing: tuple[str, ...]
    codes: str
    cookies: str
    signing: tuple[str, ...]
    """Ed25519 private keys, hexadecimal (RFC 8032)."""
    superior: str = ""
    """The province's public key, when what is the superior's must be sealed (see `models.sealing`)."""

    @classmethod
    def generate(cls) -> "Keyring":
        """Fresh random secrets."""
        return cls(
            sealing=(Fernet.generate_key().decode(),),
            codes=secrets.token_hex(32),
            cookies=secrets.token_hex(32),
            signing=(secrets.token_hex(32),),
        )

    @classmethod
    def load(cls, path: Path) -> "Keyring":
        """Read the key file; raises KeysMissing with the mend."""
        try:
            raw = json.loads(path.read_text())
            signing = tuple(raw.get("signing", ())) or (_digest(raw["codes"], "first signing key", b"").hex(),)
            return cls(tuple(raw["sealing"]), raw["codes"], raw["cookies"], signing, raw.get("superior", ""))
        except FileNotFoundError:
            raise KeysMissing(f"no key file at {path}: run `langnghe setup`, or restore the file") from None
        except (KeyError, TypeError, ValueError, OSError) as problem:
            raise KeysMissing(f"the key file {path} cannot be read ({problem}): restore it") from problem

    def save(self, path: Path) -> None:
        """Write the key file whole or not at all, readable by its owner only."""
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(f".{os.getpid()}.half")
        with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(asdict(self), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)

    def with_new_sealing_key(self) -> "Keyring":
        """The same ring with a new key in front; old values still open."""
        return replace(self, sealing=(Fernet.generate_key().decode(), *self.sealing))

    def seal(self, text: str) -> bytes:
        """Encrypt and authenticate text with the newest key."""
        return self._fernet().encrypt(text.encode())

    def unseal(self, sealed: bytes) -> str:
        """Decrypt; raises CannotUnseal when no key fits or the value was changed."""
        try:
            return self._fernet().decrypt(sealed).decode()
        except InvalidToken:
            raise CannotUnseal("a stored text cannot be opened: is this the right key file?") from None

    def reseal(self, sealed: bytes) -> bytes:
        """The same text under the newest key, without looking at it."""
        return self._fernet().rotate(sealed)

    def digest(self, purpose: str, value: bytes) -> bytes:
        """Keyed hash of 32 bytes; different purposes never give related values."""
        return _digest(self.codes, purpose, value)

    @property
    def public_key(self) -> str:
        """What others check the newest signatures by, hexadecimal."""
        return _private(self.signing[0]).public_key().public_bytes_raw().hex()

    def sign(self, purpose: str, content: bytes) -> str:
        """Ed25519 signature by the newest key, hexadecimal; signed for one purpose it is worthless for others."""
        return _private(self.signing[0]).sign(_signed(purpose, content)).hex()

    def has_signed(self, purpose: str, content: bytes, signature: str) -> bool:
        """Whether one of our keys made this signature of this content for this purpose."""
        return any(_fits(key, _signed(purpose, content), signature) for key in self.signing)

    def _fernet(self) -> MultiFernet:
        return _fernet_of(self.sealing)


def _digest(key: str, purpose: str, value: bytes) -> bytes:
    return hmac.digest(bytes.fromhex(key), purpose.encode() + b"\0" + value, hashlib.sha256)


def _signed(purpose: str, content: bytes) -> bytes:
    return purpose.encode() + b"\0" + content


def _private(key: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key))


def _fits(key: str, signed: bytes, signature: str) -> bool:
    try:
        _private(key).public_key().verify(bytes.fromhex(signature), signed)
    except (InvalidSignature, ValueError):
        return False
    return True


_fernets: dict[tuple[str, ...], MultiFernet] = {}


def _fernet_of(keys: tuple[str, ...]) -> MultiFernet:
    # Building the ciphers costs more than using them; there are as many as there are key rings.
    if keys not in _fernets:
        _fernets[keys] = MultiFernet([Fernet(key) for key in keys])
    return _fernets[keys]
