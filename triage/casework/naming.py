"""Who wrote stays apart from what was written: words that reach others must not tell the sender.

Name and telephone lie in a row of their own (`EntryContact`) and are shown by `acts.open_contact` alone, each look in
the chain of the case. What an officer types for others to read (a letter to another authority, what an accused is
told, one answer to several senders) is held against that row (Law 25/2018 Art. 8, 9, 56; Law 91/2025).
"""

import re

from sqlalchemy.orm import Session

from models import Case, EntryContact
from vietnamese.text import fold

SHORTEST_NUMBER = 8
"""Digits from which on a number is a telephone; the last nine tell it with +84 or 0 before them."""
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s.()\-]+(?=\d)")


def has_contact(session: Session, case: Case) -> bool:
    """Whether the sender left a name or a way to be reached."""
    return session.get(EntryContact, case.entry_id) is not None


def tells_sender(session: Session, case: Case, words: str) -> bool:
    """Whether `words` hold the sender's full name (with or without diacritics), telephone number or mail address.

    A name of one word is anybody's and is not looked for.
    """
    contact = session.get(EntryContact, case.entry_id)
    return contact is not None and (_has_name(words, contact.name or "") or _has_address(words, contact.contact or ""))


def _has_name(words: str, name: str) -> bool:
    parts = fold(name).split()
    wanted = r"\s+".join(map(re.escape, parts))
    return len(parts) > 1 and re.search(rf"\b{wanted}\b", fold(words)) is not None


def _has_address(words: str, address: str) -> bool:
    number = _digits(address)
    if len(number) >= SHORTEST_NUMBER:
        return number[-9:] in _BETWEEN_DIGITS.sub("", words)
    return "@" in address and address.strip().casefold() in words.casefold()


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isascii() and letter.isdigit())
