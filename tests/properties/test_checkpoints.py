"""Whatever is signed can be read again, and whatever is done to a signed chain afterwards is found."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models import Keyring
from models.audit import Head
from triage.casework.checkpoints import (
    Checkpoint,
    Restored,
    heads_after,
    next_checkpoint,
    read_line,
    signed_line,
)
from triage.casework.testimony import Heard, hear, restored_since, unfulfilled

RING = Keyring.generate()
CASES = [f"{number:032x}" for number in range(4)]
START = datetime(2026, 10, 5, tzinfo=UTC)
Chains = dict[str, list[str]]

digests = st.binary(min_size=32, max_size=32).map(bytes.hex)
numbers = st.integers(1, 10**6)
heads = st.dictionaries(st.uuids().map(lambda made: made.hex), st.builds(Head, numbers, digests), max_size=5)
checkpoints = st.builds(
    Checkpoint, number=numbers, at=st.datetimes(timezones=st.just(UTC)), cases=numbers, events=numbers,
    previous=digests, whole=st.booleans(), heads=heads, contradicted=numbers,
    restored=st.none() | st.builds(Restored, st.text(), st.dictionaries(digests, numbers, max_size=3)), key=digests,
)  # fmt: skip
days = st.lists(st.lists(st.sampled_from(CASES), max_size=5), min_size=1, max_size=6)
"""Which cases get an event before each checkpoint."""


@given(checkpoints)
def test_a_line_reads_back_as_what_was_signed(made: Checkpoint) -> None:
    line = signed_line(made, RING)
    assert "\n" not in line
    read, signature = read_line(line)
    assert read == made
    assert read.digest == made.digest
    assert RING.has_signed("langnghe checkpoint 1", made.digest.encode(), signature)


def event(previous: str, what: object) -> str:
    return hashlib.sha256(f"{previous}{what}".encode()).hexdigest()


def live(days: list[list[str]]) -> Iterator[tuple[Chains, str]]:
    """Chains after each day, and the line signed that evening; each third one begins a file."""
    chains: Chains = {}
    last, known = None, dict[str, Head]()
    for number, acted in enumerate(days):
        for case in acted:
            chain = chains.setdefault(case, [])
            chain.append(event(chain[-1] if chain else "", number))
        now = {case: Head(len(chain), chain[-1]) for case, chain in chains.items()}
        total, at = sum(map(len, chains.values())), START + timedelta(minutes=number)
        last = next_checkpoint(last, known, now, total, at, RING.public_key, whole=number % 3 == 0)
        known = heads_after(known, last)
        assert known == now
        yield {case: list(chain) for case, chain in chains.items()}, signed_line(last, RING)


def broken(heard: Heard, chains: Chains) -> list:
    return [
        (case, mark)
        for case, marks in heard.marks.items()
        for mark in unfulfilled(marks, dict(enumerate(chains.get(case, []), 1)))
    ]


@given(days, st.data())
def test_exactly_what_touches_a_signed_event_is_found(days: list[list[str]], data: st.DataObject) -> None:
    lived = list(live(days))
    chains = lived[-1][0]
    heard = hear([("", line) for _chains, line in lived], RING)
    assert (heard.faults, broken(heard, chains)) == ([], [])
    if not chains:
        return
    case = data.draw(st.sampled_from(sorted(chains)))
    chain = chains[case] + [event("", "not signed yet")] * data.draw(st.integers(0, 2))
    first = data.draw(st.integers(0, len(chain) - 1))
    if data.draw(st.booleans()):
        tampered = chain[:first]
    else:
        tampered = chain[:first] + [event(digest, "rewritten") for digest in chain[first:]]
    found = broken(heard, chains | {case: tampered})
    assert bool(found) is (first < len(chains[case]))
    assert {named for named, _mark in found} <= {case}
    assert all(mark.sequence > first for _case, mark in found)


@given(days, st.data())
def test_a_restored_backup_is_recognised_whenever_it_was_made(days: list[list[str]], data: st.DataObject) -> None:
    lived = list(live(days))
    kept = data.draw(st.integers(0, len(lived) - 1))
    heard = hear([("", line) for _chains, line in lived], RING)
    found = broken(heard, lived[kept][0])
    since = restored_since(heard, found)
    lost = lived[kept][0] != lived[-1][0]
    assert (since is not None) is lost
    if since is not None:
        assert lived[since - 1][0] == lived[kept][0], "that checkpoint says what the backup holds"


@given(days, st.data())
def test_no_line_can_be_left_out_moved_or_changed(days: list[list[str]], data: st.DataObject) -> None:
    lines = [line for _chains, line in live(days)]
    where = data.draw(st.integers(0, len(lines) - 1))
    end = lines[:where] + lines[where + 1 :]
    if where < len(lines) - 1:
        assert hear([("", line) for line in end], RING).faults
        assert hear([("", line) for line in [*end, lines[where]]], RING).faults
    place = data.draw(st.integers(0, len(lines[where]) - 1))
    other = data.draw(st.characters(codec="ascii").filter(lambda letter: letter != lines[where][place]))
    changed = lines[where][:place] + other + lines[where][place + 1 :]
    heard = hear([("", line) for line in [*lines[:where], changed, *lines[where + 1 :]]], RING)
    genuine = hear([("", line) for line in lines], RING)
    assert heard.faults or heard.digests == genuine.digests, "a change that is none: white space, a number as 1.0"
