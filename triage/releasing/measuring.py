"""What a classifier measures on sets of entries, as typed and without diacritics (pure)."""

from collections.abc import Mapping, Sequence

from triage.reading.corpus import LabelledEntry
from triage.reading.evaluation import Decide, Decided, shares
from triage.reading.shares import Share
from triage.reading.slices import SLICES, slices_of
from triage.reading.variants import bare
from triage.releasing.comparing import ALONE, FROZEN, KIND, SAFETY, TOPIC, Measured, bare_of

FIGURES = (
    KIND, TOPIC, "topic among three", *SAFETY, *(name.replace("recall", "precision") for name in SAFETY),
    "routed without a person", "routed, post right",
)  # fmt: skip
"""Those that a release keeps."""

OF_SLICES = (KIND, TOPIC, "grave, recall", "urgent, recall")
"""Those that it keeps of every slice of the frozen entries."""


def measure(decide: Decide, sets: Mapping[str, Sequence[LabelledEntry]], posts: Mapping[str, str]) -> Measured:
    """Figures on every set that has entries, and on the slices of the frozen one; `posts` is topic → post."""
    figures: dict[str, dict[str, Share]] = {}
    rights: dict[str, dict[str, tuple[bool, ...]]] = {}
    for name, entries in sets.items():
        for form, read in ((name, _as_typed), (bare_of(name), bare)):
            if entries:
                decided = decide([read(entry.text) for entry in entries], entries)
                figures[form] = _kept(decided, entries, posts)
                rights[form] = _rights(decided, entries, posts)
                if name == FROZEN and form == name:
                    figures |= _slices(decided, entries, posts)
    return Measured(figures, rights)


def _as_typed(text: str) -> str:
    return text


def _kept(decided: Sequence[Decided], entries: Sequence[LabelledEntry], posts: Mapping[str, str]) -> dict[str, Share]:
    found = shares(decided, entries, posts)
    return {figure: found[figure] for figure in FIGURES}


def _rights(
    decided: Sequence[Decided], entries: Sequence[LabelledEntry], posts: Mapping[str, str]
) -> dict[str, tuple[bool, ...]]:
    pairs = list(zip(decided, entries, strict=True))
    return {
        KIND: tuple(d.reading.kind in e.kinds for d, e in pairs),
        TOPIC: tuple(d.reading.topic in e.topics for d, e in pairs),
        ALONE: tuple(_goes_right(d, e, posts) for d, e in pairs),
    }


def _goes_right(decided: Decided, entry: LabelledEntry, posts: Mapping[str, str]) -> bool:
    """Whether the entry went without a person to a post that a fair reader would have chosen."""
    alone = decided.routing.route in posts.values() and not decided.reading.abstained
    return alone and decided.routing.route in {posts[topic] for topic in entry.topics}


def _slices(
    decided: Sequence[Decided], entries: Sequence[LabelledEntry], posts: Mapping[str, str]
) -> dict[str, dict[str, Share]]:
    parts = [slices_of(entry) for entry in entries]
    found = {}
    for name in SLICES:
        mine = [place for place, part in enumerate(parts) if name in part]
        if mine:
            everything = shares([decided[at] for at in mine], [entries[at] for at in mine], posts)
            found[name] = {figure: everything[figure] for figure in OF_SLICES}
    return found
