"""Drawing by lot so that nobody can foresee it and the same draw can be made again."""

from models import Keyring

_BYTES = 8


def is_drawn(keyring: Keyring, purpose: str, value: bytes, share: float) -> bool:
    """Whether the lot falls on `value`; it does on about `share` (0–1) of all values, always on the same ones.

    Only who holds the keys can tell beforehand, so nobody writes or answers differently because of it.
    """
    return int.from_bytes(keyring.digest(purpose, value)[:_BYTES]) < share * (1 << 8 * _BYTES)
