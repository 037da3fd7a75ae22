"""Keys that live outside the database, and what they do: seal text, derive codes, wrap case keys.

The key file is JSON: {"sealing": [newest, ...], "codes": ..., "cookies": ...}, and "superior", the province's
public key, where the commune runs alone. Sealing keys rotate: the
first one seals, all of them open. The key of codes never rotates, because a citizen's code must keep its
meaning for as long as the citizen keeps the paper.
"""

import hashlib
import hmac
import json
import os
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


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
    superior: str = ""
    """The province's public key, when what is the superior's must be sealed (see `models.sealing`)."""

    @classmethod
    def generate(cls) -> "Keyring":
        """Fresh random secrets."""
        return cls((Fernet.generate_key().decode(),), secrets.token_hex(32), secrets.token_hex(32))

    @classmethod
    def load(cls, path: Path) -> "Keyring":
        """Read the key file; raises KeysMissing with the mend."""
        try:
            raw = json.loads(path.read_text())
            return cls(tuple(raw["sealing"]), raw["codes"], raw["cookies"], raw.get("superior", ""))
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
        return hmac.digest(bytes.fromhex(self.codes), purpose.encode() + b"\0" + value, hashlib.sha256)

    def _fernet(self) -> MultiFernet:
        return _fernet_of(self.sealing)


_fernets: dict[tuple[str, ...], MultiFernet] = {}


def _fernet_of(keys: tuple[str, ...]) -> MultiFernet:
    # Building the ciphers costs more than using them; there are as many as there are key rings.
    if keys not in _fernets:
        _fernets[keys] = MultiFernet([Fernet(key) for key in keys])
    return _fernets[keys]
