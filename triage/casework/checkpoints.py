"""What a checkpoint of the record says: how far every chain had come at one instant, signed.

A chain alone cannot show what was cut off at its end, that a whole case is gone, or that all its digests were
made anew. A checkpoint kept outside the database can. Each names the digest of the one before, so the newest
stands for all; it holds only the chains that went on since, except the first of each month, which holds all, so
that a month's file can be read alone.

It holds random ids, numbers and digests, no word and no person. But it counts cases: it is for whoever may read
the whole database. The printed line counts nothing (see `printed`).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from models import Keyring
from models.audit import GENESIS, Head, canonical
from vietnamese.calendar import local

PURPOSE = "langnghe checkpoint 1"
_GROUPS, _GROUP = 5, 4
"""Printed letters of the digest: 80 bits."""


class BadCheckpoint(ValueError):
    """A checkpoint that cannot be read or was not made by this installation; the message says what to do."""


@dataclass(frozen=True)
class Restored:
    """What a person said of a database that was put back to an earlier state."""

    why: str
    lost: Mapping[str, int]
    """Case → the first of its events that earlier checkpoints know and that is no longer there as it was."""


@dataclass(frozen=True)
class Checkpoint:
    """All chains at one instant. Case ids are hexadecimal."""

    number: int
    """1, 2, 3 … without gap."""
    at: datetime
    cases: int
    events: int
    previous: str
    """Digest of the checkpoint before."""
    whole: bool
    """Whether `heads` are all known ones, or only those that went on since the checkpoint before."""
    heads: Mapping[str, Head]
    contradicted: int
    """Cases whose chain did not reach, or not as it was, what earlier checkpoints hold: something is wrong."""
    restored: Restored | None
    key: str
    """Public key of the signature."""

    @cached_property
    def digest(self) -> str:
        """SHA-256 of everything a checkpoint says."""
        return hashlib.sha256(canonical(_body(self))).hexdigest()


def signed_line(checkpoint: Checkpoint, keyring: Keyring) -> str:
    """A checkpoint and its signature as one line of JSON, without a line's end."""
    signature = keyring.sign(PURPOSE, checkpoint.digest.encode())
    return canonical({"checkpoint": _body(checkpoint), "signature": signature}).decode()


def read_line(line: str) -> tuple[Checkpoint, str]:
    """The checkpoint of a line and its signature, not checked yet; raises BadCheckpoint."""
    try:
        found = json.loads(line)
        return _checkpoint(found["checkpoint"]), str(found["signature"])
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise BadCheckpoint(f"no checkpoint can be read ({type(problem).__name__})") from problem


def is_signed(checkpoint: Checkpoint, signature: str, keyring: Keyring) -> bool:
    """Whether this installation signed it."""
    return keyring.has_signed(PURPOSE, checkpoint.digest.encode(), signature)


def next_checkpoint(
    last: Checkpoint | None, known: Mapping[str, Head], heads: Mapping[str, Head], events: int, at: datetime,
    key: str, whole: bool, restored: Restored | None = None,
) -> Checkpoint:  # fmt: skip
    """The checkpoint after `last`. `known`: heads that earlier ones hold; `heads`: those that stand now.

    A chain that does not reach what is known leaves what is known as it is, so that the fault stays visible; only
    where a person said that a backup was restored it begins anew.
    """
    gone_on = {case: head for case, head in heads.items() if case not in known or head.sequence > known[case].sequence}
    told = dict(heads) if restored else {**known, **gone_on} if whole else gone_on
    return Checkpoint(
        number=last.number + 1 if last else 1,
        at=at.astimezone(UTC),
        cases=len(heads),
        events=events,
        previous=last.digest if last else GENESIS,
        whole=whole or restored is not None,
        heads=told,
        contradicted=0 if restored else sum(_falls_short(heads.get(case), head) for case, head in known.items()),
        restored=restored,
        key=key,
    )


def heads_after(known: Mapping[str, Head], checkpoint: Checkpoint) -> dict[str, Head]:
    """What is known of all chains once a checkpoint is told."""
    return dict(checkpoint.heads) if checkpoint.whole else {**known, **checkpoint.heads}


def printed(checkpoint: Checkpoint) -> str:
    """The line for paper and for sending elsewhere: number, time, first letters of the digest.

    No count of cases: one more would tell an accused person that a case exists. The number counts checkpoints,
    which are made by the clock whether anything happened or not.
    """
    letters = [checkpoint.digest[i * _GROUP : (i + 1) * _GROUP] for i in range(_GROUPS)]
    return f"Lắng Nghe · chốt sổ số {checkpoint.number} · {told_time(checkpoint.at)} · {' '.join(letters)}"


def told_time(at: datetime) -> str:
    """An instant as a Vietnamese wall clock and calendar show it."""
    return f"{local(at):%d/%m/%Y %H:%M}"


def _falls_short(stands: Head | None, known: Head) -> bool:
    return stands is None or stands.sequence < known.sequence or (
        stands.sequence == known.sequence and stands.digest != known.digest
    )  # fmt: skip


def _body(checkpoint: Checkpoint) -> dict[str, Any]:
    restored = checkpoint.restored
    return {
        "number": checkpoint.number,
        "at": checkpoint.at.isoformat(),
        "cases": checkpoint.cases,
        "events": checkpoint.events,
        "previous": checkpoint.previous,
        "whole": checkpoint.whole,
        "heads": {case: list(head) for case, head in checkpoint.heads.items()},
        "contradicted": checkpoint.contradicted,
        "restored": {"why": restored.why, "lost": dict(restored.lost)} if restored else None,
        "key": checkpoint.key,
    }


def _checkpoint(body: Mapping[str, Any]) -> Checkpoint:
    restored = body["restored"]
    return Checkpoint(
        number=int(body["number"]),
        at=datetime.fromisoformat(body["at"]).astimezone(UTC),
        cases=int(body["cases"]),
        events=int(body["events"]),
        previous=str(body["previous"]),
        whole=bool(body["whole"]),
        heads={str(case): Head(int(sequence), str(digest)) for case, (sequence, digest) in body["heads"].items()},
        contradicted=int(body["contradicted"]),
        restored=Restored(restored["why"], {c: int(s) for c, s in restored["lost"].items()}) if restored else None,
        key=str(body["key"]),
    )
