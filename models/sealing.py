"""Sealing what only the superior level may read, where a commune runs alone.

Hybrid public-key encryption (RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305). The commune keeps the public
key only: what is sealed here cannot be opened here, not even by whoever holds all keys of the installation.
"""

import base64
import hashlib
import json
import os
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_BLOCK = 256 * 1024
"""Bundles are filled up to a multiple of this many bytes, so that their size tells nothing."""


class BadKey(ValueError):
    """A text that is no key of the kind asked for."""


class CannotOpen(ValueError):
    """A package that was sealed to another key, or was changed on its way."""


def new_key_pair() -> tuple[str, str]:
    """A private and a public key as texts; the private one belongs to the province alone."""
    private = X25519PrivateKey.generate()
    return _text(private.private_bytes_raw()), _text(private.public_key().public_bytes_raw())


def save_private(path: Path, private: str) -> None:
    """Write a private key to a new file that only its owner reads; raises FileExistsError."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(private + "\n")


def fingerprint(public: str) -> str:
    """What two people compare on the telephone before a key is trusted: 16 hexadecimal digits in fours."""
    digest = hashlib.sha256(_public(public).public_bytes_raw()).hexdigest()[:16]
    return "-".join(digest[i : i + 4] for i in range(0, 16, 4))


def seal(public: str, content: dict[str, Any], about: str) -> bytes:
    """Content sealed to the holder of the private key. `about` is bound to it and must be said to open it."""
    return _SUITE.encrypt(json.dumps(content, ensure_ascii=False).encode(), _public(public), info=about.encode())


def unseal(private: str, sealed: bytes, about: str) -> dict[str, Any]:
    """What was sealed; raises CannotOpen."""
    try:
        return dict(json.loads(_SUITE.decrypt(sealed, _private(private), info=about.encode())))
    except (InvalidTag, ValueError) as problem:
        raise CannotOpen("sealed to another key, or changed on its way") from problem


def seal_bundle(public: str, packages: dict[str, bytes]) -> str:
    """Packages by name as one text for the way to the province; its size says nothing of how many there are."""
    inside = {name: _text(sealed) for name, sealed in packages.items()}
    bare = len(json.dumps({"packages": inside, "filling": ""}).encode())
    content = {"packages": inside, "filling": "0" * (-bare % _BLOCK)}
    sealed = seal(public, content, "langnghe bundle 1")
    return json.dumps({"langnghe": "bundle 1", "key": fingerprint(public), "sealed": _text(sealed)})


def open_bundle(private: str, bundle: str) -> dict[str, dict[str, Any]]:
    """The contents of a bundle by package name; raises CannotOpen."""
    try:
        sealed = base64.b64decode(json.loads(bundle)["sealed"])
    except (ValueError, KeyError, TypeError) as problem:
        raise CannotOpen("this file is no bundle") from problem
    inside = unseal(private, sealed, "langnghe bundle 1")["packages"]
    return {name: unseal(private, base64.b64decode(text), name) for name, text in inside.items()}


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _raw(text: str) -> bytes:
    try:
        raw = base64.b64decode(text.strip(), validate=True)
    except ValueError as problem:
        raise BadKey("this text is no key") from problem
    if len(raw) != 32:
        raise BadKey("this text is no key")
    return raw


def _public(text: str) -> X25519PublicKey:
    return X25519PublicKey.from_public_bytes(_raw(text))


def _private(text: str) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(_raw(text))
