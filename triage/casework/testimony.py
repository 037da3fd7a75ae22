"""What a run of checkpoints testifies together, and what in the database speaks against it. Reaches no database.

Every head that was ever signed must still be found in its chain: the newest alone would not do, because a chain
rewritten before the last checkpoint is signed with its new digests.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from models import Keyring
from triage.casework.checkpoints import BadCheckpoint, Checkpoint, is_signed, read_line, told_time


@dataclass(frozen=True)
class Fault:
    """One thing that cannot be so in an unbroken record; `sequence` 0 where it is no event."""

    reference: str
    sequence: int
    what: str

    def __str__(self) -> str:
        event = f": event {self.sequence}" if self.sequence else ""
        return f"{self.reference}{event}: {self.what}"


class Mark(NamedTuple):
    """That a chain had this digest at this event, and the checkpoint that says so."""

    sequence: int
    digest: str
    number: int


Marks = dict[str, list[Mark]]
"""Case (hexadecimal) → its marks in the order they were signed."""


@dataclass
class Heard:
    """What readable, genuine checkpoints say, and what is wrong with the others."""

    last: Checkpoint | None = None
    marks: Marks = field(default_factory=dict)
    digests: dict[int, str] = field(default_factory=dict)
    """Number of a checkpoint → its digest."""
    times: dict[int, datetime] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """Restored backups that people told of."""

    def called(self, number: int) -> str:
        """How a checkpoint is named to people."""
        return f"checkpoint {number} of {told_time(self.times[number])}"


def hear(lines: Iterable[tuple[str, str]], keyring: Keyring, from_first: bool = True) -> Heard:
    """Read checkpoints in order, each line with its place. `from_first`: all since number 1 must be there."""
    heard = Heard()
    for place, line in lines:
        try:
            checkpoint, signature = read_line(line)
        except BadCheckpoint as problem:
            heard.faults.append(Fault(place, 0, str(problem)))
            continue
        if not is_signed(checkpoint, signature, keyring):
            what = "forged or changed: no signature of this installation's keys fits it"
            heard.faults.append(Fault(f"checkpoint {checkpoint.number} ({place})", 0, what))
            continue
        heard.faults += _order_faults(heard.last, checkpoint, from_first)
        _take_in(heard, checkpoint)
    return heard


def joined(here: Heard, copies: Sequence[Heard]) -> Heard:
    """Both together. What a copy says counts even where the checkpoints here let go of it."""
    together = Heard(
        last=here.last,
        marks={case: list(known) for case, known in here.marks.items()},
        digests=here.digests,
        times={number: at for told in (*copies, here) for number, at in told.times.items()},
        faults=[*here.faults, *(fault for copy in copies for fault in _against_copy(here, copy))],
        notes=here.notes,
    )
    for copy in copies:
        for case, known in copy.marks.items():
            mine = together.marks.setdefault(case, [])
            mine += set(known).difference(mine)
    return together


def unfulfilled(marks: Iterable[Mark], digests: Mapping[int, str]) -> list[Mark]:
    """Marks of one case that its chain (event → digest) does not bear out, by event."""
    return sorted(mark for mark in marks if digests.get(mark.sequence) != mark.digest)


def fault_of(
    reference: str, marks: Iterable[Mark], broken: Sequence[Mark], digests: Mapping[int, str], heard: Heard
) -> Fault:
    """What the unfulfilled marks of a case mean; `digests` are those of its chain as it is."""
    first, furthest, last = broken[0], broken[-1], max(digests, default=0)
    if first.sequence <= last:
        sound = max((mark.sequence for mark in set(marks).difference(broken) if mark < first), default=0)
        since = f"an event from {sound + 1} on was rewritten, with new digests"
        return Fault(reference, first.sequence, f"is not the one {heard.called(first.number)} recorded: {since}")
    known = f"{heard.called(furthest.number)} knows event {furthest.sequence}"
    return Fault(reference, last + 1, f"cut off: {known}" if last else f"the whole chain was removed: {known}")


def restored_since(heard: Heard, broken: Iterable[tuple[str, Mark]]) -> int | None:
    """The checkpoint after which all is lost, as after restoring a backup; None when it looks otherwise.

    0 when not even the first checkpoint holds. A backup is made between two checkpoints: of the first one that does
    not hold, some heads may be there, of later ones none. Whether somebody restored a backup or cut off the same
    events, no database can say.
    """
    lost = {(case, mark) for case, mark in broken}
    if not lost:
        return None
    first = min(mark.number for _case, mark in lost)
    all_later = {(case, mark) for case, known in heard.marks.items() for mark in known if mark.number > first}
    if not all_later:
        all_later = {(case, mark) for case, known in heard.marks.items() for mark in known if mark.number == first}
    return first - 1 if all_later <= lost else None


def _against_copy(here: Heard, elsewhere: Heard) -> list[Fault]:
    faults = [Fault(f"{fault.reference} kept elsewhere", 0, fault.what) for fault in elsewhere.faults]
    for number, digest in elsewhere.digests.items():
        if number not in here.digests:
            faults.append(Fault(f"checkpoint {number}", 0, "is missing here; a copy is kept elsewhere"))
        elif here.digests[number] != digest:
            faults.append(Fault(f"checkpoint {number}", 0, "is another one here than the copy kept elsewhere"))
    return faults


def _order_faults(last: Checkpoint | None, checkpoint: Checkpoint, from_first: bool) -> list[Fault]:
    name, number = f"checkpoint {checkpoint.number}", checkpoint.number
    expected = last.number + 1 if last else 1 if from_first else number
    if number > expected:
        missing = f"checkpoint {expected}" if number == expected + 1 else f"checkpoints {expected}-{number - 1}"
        return [Fault(missing, 0, "missing")]
    if number < expected:
        return [Fault(name, 0, f"stands after checkpoint {expected - 1}: the order was changed")]
    if last and checkpoint.previous != last.digest:
        return [Fault(name, 0, f"does not follow checkpoint {last.number}: another one stood there")]
    return []


def _take_in(heard: Heard, checkpoint: Checkpoint) -> None:
    number, restored = checkpoint.number, checkpoint.restored
    heard.last = checkpoint
    heard.digests[number], heard.times[number] = checkpoint.digest, checkpoint.at
    if restored:
        for case, lost in restored.lost.items():
            heard.marks[case] = [mark for mark in heard.marks.get(case, []) if mark.sequence < lost]
        heard.notes.append(
            f"{heard.called(number)}: the database was put back ({restored.why}); "
            f"events that were recorded before it are gone from {len(restored.lost)} cases"
        )
    for case, head in checkpoint.heads.items():
        known = heard.marks.setdefault(case, [])
        if not known or known[-1][:2] != head:
            known.append(Mark(head.sequence, head.digest, number))
