"""Finding many phrases in one pass, whether typed with diacritics, without, or with a slip (pure)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from triage.routing.tokens import Tokens, split_phrase


def word_set(listed: str) -> frozenset[str]:
    """The words of a list of ours, written with spaces between them."""
    return frozenset(listed.split())


def word_pairs(listed: str) -> frozenset[tuple[str, ...]]:
    """Pairs of words of a list of ours, an underscore inside a pair and spaces between them."""
    return frozenset(tuple(pair.split("_")) for pair in listed.split())


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found at words `start` to `end` (exclusive)."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    label: str
    words: tuple[tuple[str, str], ...]
    strict: bool  # must be typed with its marks: without them it is another common word


def each_of(item: str) -> Iterator[str]:
    """The phrases that an item of a table stands for; none for an empty one."""
    choices = (word.split("|") for word in item.split())
    return (" ".join(" ".join(chosen).replace("_", " ").split()) for chosen in product(*choices) if any(chosen))


class PhraseBook:
    """Phrases under labels, `{label: "phrase, phrase"}`.

    A leading `=` asks for the exact marks; `#` stands for a number; `ông|bà ký |tờ giấy_mời|lệnh` for each choice of
    words between bars, none being one, an underscore joining several words. The first label of a phrase counts.
    """

    def __init__(self, table: Mapping[str, str]) -> None:
        # By first word, then by second ("" where there is none): "không" alone begins a hundred phrases.
        self._by_words: dict[str, dict[str, list[_Phrase]]] = {}
        for label, listed in table.items():
            for item in listed.split(","):
                for phrase in each_of(item):
                    self._add(label, phrase)
        for seconds in self._by_words.values():
            for phrases in seconds.values():
                phrases.sort(key=lambda phrase: -len(phrase.words))

    def _add(self, label: str, item: str) -> None:
        words = split_phrase(item.lstrip("="))
        second = words[1][1] if len(words) > 1 else ""
        phrase = _Phrase(label, words, item.startswith("="))
        self._by_words.setdefault(words[0][1], {}).setdefault(second, []).append(phrase)

    def _beginning_at(self, tokens: Tokens, place: int) -> Iterator[_Phrase]:
        """The phrases whose first two words may stand at `place`, the longest first."""
        seconds = self._by_words.get(tokens.folds[place])
        if seconds is None:
            return
        if place + 1 < len(tokens.folds):
            second = tokens.folds[place + 1]
            yield from seconds.get(second, ())
            if second[0].isdigit():
                yield from seconds.get("#", ())
        yield from seconds.get("", ())

    def match(self, tokens: Tokens, place: int) -> Hit | None:
        """The longest phrase that begins at word `place`, or None (also at and beyond the end)."""
        if place >= len(tokens.folds):
            return None
        for phrase in self._beginning_at(tokens, place):
            if _fits(phrase, tokens, place):
                return Hit(phrase.label, place, place + len(phrase.words))
        return None

    def find(self, tokens: Tokens) -> list[Hit]:
        """Phrases in order, none overlapping, the longest first at each word."""
        hits, place = [], 0
        while place < len(tokens):
            hit = self.match(tokens, place)
            if hit:
                hits.append(hit)
            place = hit.end if hit else place + 1
        return hits

    def by_end(self, tokens: Tokens) -> dict[int, Hit]:
        """For each word after a phrase, the longest phrase that ends right before it; overlaps are kept."""
        ends: dict[int, Hit] = {}
        for place in range(len(tokens)):
            for phrase in self._beginning_at(tokens, place):
                end = place + len(phrase.words)
                if (end not in ends or place < ends[end].start) and _fits(phrase, tokens, place):
                    ends[end] = Hit(phrase.label, place, end)
        return ends


def _fits(phrase: _Phrase, tokens: Tokens, place: int) -> bool:
    end = place + len(phrase.words)
    if end > len(tokens.folds):
        return False
    exact = slips = missing = 0
    for offset, (key, fold) in enumerate(phrase.words, start=place):
        said = tokens.keys[offset]
        clear = _same_to_most_ears(said, key) or (said == fold and fold in _UNMISTAKEN and not phrase.strict)
        if said == key or clear or (fold == "#" and said[0].isdigit()):
            exact += 1
        elif tokens.folds[offset] != fold:
            return False
        elif tokens.bare(offset):
            missing += 1
        else:
            slips += 1
    return tokens.joined(place, end) and _close_enough(phrase, tokens, exact, slips, missing)


# Without marks these are hardly ever another word: "chủ tich", "dia chinh", but not "trưởng ban".
_UNMISTAKEN = word_set("tich phong chinh truong giam doc dia tram hanh vien uy cong phap chu")


def _same_to_most_ears(said: str, key: str) -> bool:
    """Whether hỏi (4) and ngã (3) alone tell two words apart: from Nghệ An south they sound alike."""
    return said[-1] in "34" and key[-1] in "34" and said[:-1] == key[:-1]


def _close_enough(phrase: _Phrase, tokens: Tokens, exact: int, slips: int, missing: int) -> bool:
    """Marks may be missing in a text typed without them; else right words must vouch for the others."""
    if not slips and not missing:
        return True
    if phrase.strict:
        return False
    if slips:
        return slips == 1 and exact > 1
    return tokens.loose or exact > 1 or (tokens.sloppy and (exact > 0 or missing > 1))
