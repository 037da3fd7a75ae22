"""Blacking out personal details in Vietnamese text, typed with or without diacritics (pure).

Hidden are numbers of telephones, identity papers, accounts and files, plates, e-mail addresses, house addresses and
names of persons. It prefers to hide too much: what a reader misses can be asked for, what was shown cannot be
taken back. It does not make a text anonymous: a story can still tell who lived it.
"""

import re
from collections.abc import Callable, Iterable

from vietnamese.redaction.addresses import find_addresses
from vietnamese.redaction.codes import find_codes
from vietnamese.redaction.details import HIDDEN, Detail, Kind, hide
from vietnamese.redaction.names import find_names
from vietnamese.redaction.numbers import find_emails, find_numbers, find_spoken_numbers
from vietnamese.text import nfc

__all__ = ["MARKS", "Detail", "Kind", "find_details", "redact"]

MARKS: dict[Kind, str] = {
    "phone": "[số điện thoại]", "citizen_id": "[số định danh]", "email": "[thư điện tử]", "bank": "[số tài khoản]",
    "file_number": "[mã số giấy tờ]", "name": "[tên]", "address": "[địa chỉ]",
}  # fmt: skip
"""What is shown in place of each kind of detail."""

_MARK = re.compile("|".join(map(re.escape, MARKS.values())))
_FINDERS: tuple[Callable[[str], Iterable[Detail]], ...] = (
    find_emails, find_codes, find_numbers, find_addresses, find_spoken_numbers, find_names,
)  # fmt: skip
_ROUNDS = 6
"""Hiding one detail may uncover another. Two rounds are nearly always enough; a limit keeps the time linear."""


def find_details(text: str) -> tuple[Detail, ...]:
    """Personal details in order, none overlapping; positions are those of `nfc(text)`. Any string will do."""
    left = _MARK.sub(lambda mark: HIDDEN * len(mark.group()), nfc(text))
    found: list[Detail] = []
    for _ in range(_ROUNDS):
        before = len(found)
        for finder in _FINDERS:
            more = list(finder(left))
            found += more
            left = hide(left, more)
        if len(found) == before:
            break
    return tuple(sorted(found, key=lambda detail: detail.start))


def redact(text: str) -> str:
    """`nfc(text)` with `MARKS` in place of personal details; done twice it changes nothing more."""
    text = nfc(text)
    pieces, done = [], 0
    for kind, start, end in find_details(text):
        pieces += [text[done:start], MARKS[kind]]
        done = end
    return "".join(pieces) + text[done:]
