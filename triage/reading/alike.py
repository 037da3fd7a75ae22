"""Which entries likely tell of the very same matter (pure, standard library only: web pages may ask).

Two neighbours tell of one broken lamp in different words, with diacritics and without; what they share are rare words,
names of places and numbers. Texts are compared as sets of words and pairs of neighbouring words without diacritics,
each weighing more the rarer it is (cosine of TF-IDF weights), both in our corpus and among the very entries compared:
the name of the commune tells nothing within the commune. Another place or another topic speaks against it.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from triage.reading.shorthand import LONG
from vietnamese.text import nfc, strip_marks

MOST = 3
"""How many are worth a look."""
LEAST = 0.115
"""Likeness from which a case is worth a look: see docs/alike-and-marks.md."""
LONGEST = 6_000
"""Characters read of one entry."""
TABLE = Path(__file__).with_name("common.jsonl")
"""How many entries of the corpus hold a word or a pair; written by scripts/common-words."""
COMMON = 16
"""From this many entries a word stands in the table."""

_NEIGHBOUR = 30
"""One entry of those compared tells as much of what is common here as so many of the corpus."""
_POWER = 3
"""Of the inverse document frequency in a product of two weights; 2 would be plain TF-IDF."""
_PAIR = 0.6
"""Weight of a pair of words beside a single one."""
_SAME_PLACE, _OTHER_PLACE, _OTHER_TOPIC = 1.5, 0.2, 0.6

_TOKEN = re.compile(r"\d+(?:[.,/:]\d+)*|[^\W\d_]+")
_MARKERS = frozenset(
    "thôn bản xóm ấp khu tổ làng ngõ hẻm buôn thon ban xom ap to lang ngo hem buon".split()  # noqa: SIM905
)
"""Words before the name or the number of a place. Bare "ban" is "bản" where a name follows."""
_NUMBERED = frozenset("thon xom ap khu to ngo hem quay".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Told:
    """A matter as somebody told it; `topic` is a label of the taxonomy, or empty where nobody knows."""

    text: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """The one at `index` of those compared, and how alike it is: 0 nothing shared, mostly below 1, higher is surer."""

    index: int
    likeness: float


@dataclass(frozen=True, slots=True)
class _Read:
    words: frozenset[str]
    """Words and pairs ("den duong") without diacritics."""
    names: frozenset[str]
    """Pairs that a capital behind "bản" or "thôn" shows to name a place."""


def rank_alike(told: Told, others: Sequence[Told]) -> list[Alike]:
    """All of `others`, the most alike first; any string will do."""
    read = [_read(one.text) for one in (told, *others)]
    names = frozenset().union(*(one.names for one in read))
    weight = _weights(read)
    mine, norm = read[0], _norm(read[0], weight)
    found = []
    for index, (other, theirs) in enumerate(zip(others, read[1:], strict=True)):
        shared = sum(weight[word] for word in mine.words & theirs.words)
        likeness = shared / math.sqrt(norm * _norm(theirs, weight)) if shared else 0.0
        likeness *= _of_places(mine, theirs, names)
        likeness *= _OTHER_TOPIC if told.topic and other.topic and told.topic != other.topic else 1.0
        found.append(Alike(index, likeness))
    return sorted(found, key=lambda one: (-one.likeness, one.index))


def likely_same(told: Told, others: Sequence[Told], most: int = MOST, least: float = LEAST) -> list[Alike]:
    """The few of `others` that are worth a look, the most alike first; often none."""
    return [one for one in rank_alike(told, others)[:most] if one.likeness >= least]


def count_common(texts: Iterable[str]) -> dict[str, int]:
    """The table of common words: word or pair → number of `texts` that hold it, the most common first."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_read(text).words)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return {word: count for word, count in ranked if count >= COMMON}


@lru_cache(maxsize=1)
def _table() -> tuple[int, Mapping[str, int]]:
    """(number of entries counted, word → count)."""
    total, *lines = map(json.loads, TABLE.read_text("utf-8").splitlines())
    return total, dict(lines)


def _read(text: str) -> _Read:
    typed = _TOKEN.findall(nfc(text[:LONGEST]))
    words: list[str] = []
    names: set[str] = set()
    for place, token in enumerate(typed):
        following = typed[place + 1 : place + 3]
        if token.lower() in _MARKERS and following and _is_name(following[0]):
            names.add(_pair_of(token, *filter(_is_name, following)))
        words += _full_words(token.lower(), following)
    pairs = list(pairwise(words))
    numbered = (f"{one} {other}" for one, other in pairs if one in _NUMBERED and other[0].isdigit())
    return _Read(frozenset(words) | {f"{one} {other}" for one, other in pairs}, frozenset(names).union(numbered))


def _full_words(token: str, following: Sequence[str]) -> list[str]:
    # "tk" is "tài khoản" in shorthand, but "tk3" is the third "tiểu khu".
    if token == "tk" and following and following[0].isdigit():  # noqa: S105
        return ["tieu", "khu"]
    return strip_marks(LONG.get(token, token)).split()


def _is_name(token: str) -> bool:
    return token[0].isupper() and token[1:].islower()


def _pair_of(marker: str, *name: str) -> str:
    """ "Nà Sàng" is known by itself, "Bãi" only as "xóm Bãi"."""
    return strip_marks(" ".join(name if len(name) > 1 else (marker, *name)).lower())


def _weights(read: Sequence[_Read]) -> Mapping[str, float]:
    total, table = _table()
    here = Counter(word for one in read for word in one.words)
    total += _NEIGHBOUR * len(read)
    return {
        word: math.log((total + 1) / (table.get(word, 0) + _NEIGHBOUR * count + 1)) ** _POWER
        * (_PAIR**_POWER if " " in word else 1.0)
        for word, count in here.items()
    }  # fmt: skip


def _norm(one: _Read, weight: Mapping[str, float]) -> float:
    return sum(weight[word] for word in one.words)


def _of_places(mine: _Read, theirs: _Read, names: frozenset[str]) -> float:
    """What places say: a name seen anywhere with a capital counts also where it was typed without."""
    here, there = mine.words & names, theirs.words & names
    if not here or not there:
        return 1.0
    return _SAME_PLACE if here & there else _OTHER_PLACE
