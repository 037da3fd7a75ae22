"""Parts of a set of entries that one figure may hide: how a text was typed, how long it is, its voice (pure).

All but irony are seen in the text itself, so that any labelled file can be cut so; irony is where somebody noted it.
"""

import re

from triage.reading.corpus import LabelledEntry
from triage.reading.lexicon import BARE_BELOW, HALF_BELOW
from triage.reading.shorthand import LONG
from triage.reading.words import read_words
from vietnamese.text import nfc

SLICES = ("accented", "unaccented", "half", "shorthand", "short", "long", "dialect", "irony")

_SHORT, _LONG = 8, 60
_FEWEST_SHORTHAND = 2
_LETTERS = re.compile(r"[^\W\d_]+")
# Words of the regions' speech that are no other word of the written language; without marks only a few stay so.
_DIALECT = frozenset(
    _LETTERS.findall(
        """
        mô răng rứa chừ nỏ mệ choa hổng hông hổm bển ổng bả ảnh dzậy zậy vầy hén nghen chớ tui tụi má tía bậu mầy nớ
        mi bọ mụ eng mần dìa dzề lẹ mừ hen hà trển ngoải thẩy dượng
        """
    )
)
_BARE_DIALECT = frozenset({"nghen", "tui", "dzay", "zay"})


def slices_of(entry: LabelledEntry) -> frozenset[str]:
    """Which of SLICES an entry belongs to."""
    words = read_words(entry.text)
    typed = _LETTERS.findall(nfc(entry.text).lower())
    found = {_typing(words.marked)}
    if sum(word in LONG for word in typed) >= _FEWEST_SHORTHAND:
        found.add("shorthand")
    if len(words) <= _SHORT:
        found.add("short")
    elif len(words) >= _LONG:
        found.add("long")
    if _DIALECT.intersection(typed) or (words.marked < BARE_BELOW and _BARE_DIALECT.intersection(typed)):
        found.add("dialect")
    if entry.mood == "ironic" or "irony" in entry.traps:
        found.add("irony")
    return frozenset(found)


def _typing(marked: float) -> str:
    if marked < BARE_BELOW:
        return "unaccented"
    return "half" if marked < HALF_BELOW else "accented"
