"""The model card: where a classifier comes from, how it measures, what it confuses and its worst errors (pure)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from triage.reading.artefact import Origin
from triage.reading.corpus import LabelledEntry
from triage.reading.evaluation import Decided, Report, as_table
from triage.reading.labels import KIND_IDS, TOPIC_IDS

WORST = 20
_QUOTED = 240
"""Characters of a text that are quoted."""

_USE = """
Reads what citizens write to a commune: kind, topics, sentiment, urgency, whether staff is accused. It proposes; a
person answers, and what is grave goes to named people. It abstains where it is unsure.

**Not for**: judging citizens or officers, counting satisfaction, texts in other languages, deciding a case. It knows
nothing of truth: an accusation it finds is a text that accuses.

**Learned from** texts invented and labelled by machine after a written guideline (`triage/reading/corpus/DATASHEET.md`)
and, in an installation, from what its officers confirmed. No public research set and no portal's text is in it.

**Known to be weak**: see the slices and the worst errors below; irony, blame without a word of blame, crimes told
without a culprit.
"""


def card(
    release: str,
    origin: Origin,
    frozen: Path,
    report: Report,
    decided: Sequence[Decided],
    entries: Sequence[LabelledEntry],
) -> str:
    """The card as Markdown; every number in it is measured, none is written by hand."""
    return "\n".join([
        f"# Model card: classifier {release}",
        "",
        f"Built {origin.made} from {origin.entries} entries (digest {origin.corpus}), "
        + ", ".join(f"{name} {version}" for name, version in sorted(origin.libraries.items())) + ".",
        f"Frozen set: {len(entries)} entries, SHA-256 `{sha256(frozen.read_bytes()).hexdigest()}`; never learned from.",
        _USE,
        "## Measured on the frozen set", "```", as_table(frozen.name, report), "```", "",
        "## What it takes for what: kind", *_confusion(KIND_IDS, [(e.kinds, d.reading.kind) for d, e in
                                                                    zip(decided, entries, strict=True)]), "",
        "## What it takes for what: primary topic", *_confusion(TOPIC_IDS, [(e.topics, d.reading.topic) for d, e in
                                                                             zip(decided, entries, strict=True)]), "",
        f"## The {WORST} worst errors", *_worst(decided, entries), "",
    ])  # fmt: skip


def _confusion(labels: Sequence[str], answers: Sequence[tuple[Sequence[str], str]]) -> Iterator[str]:
    """A table: rows what it is (the best label, or the one given where that is accepted), columns what was read."""
    counts = Counter((said if said in accepted else accepted[0], said) for accepted, said in answers)
    short = [label[:9] for label in labels]
    yield ""
    yield "| is ↓ read → | " + " | ".join(short) + " |"
    yield "|---" * (len(labels) + 1) + "|"
    for label in labels:
        yield f"| {label} | " + " | ".join(str(counts[label, said] or "·") for said in labels) + " |"


def _worst(decided: Sequence[Decided], entries: Sequence[LabelledEntry]) -> Iterator[str]:
    """Grave matters and dangers that were missed first, then what was wrong with most confidence."""
    errors = []
    for one, entry in zip(decided, entries, strict=True):
        reading = one.reading
        if entry.is_denunciation and reading.kind != "denunciation" and not one.accuses_staff:
            errors.append((3.0, f"a denunciation read as {reading.kind} ({reading.kind_p:.2f})", entry))
        elif all(entry.accuses_staff) and not one.accuses_staff and reading.kind != "denunciation":
            errors.append((2.9 - reading.accuses_p, f"accuses staff, not seen (p {reading.accuses_p:.2f})", entry))
        elif all(entry.urgent) and not reading.urgent:
            errors.append((2.5 - reading.urgent_p, f"urgent, not seen (p {reading.urgent_p:.2f})", entry))
        elif reading.kind not in entry.kinds:
            said = f"{entry.kinds[0]} read as {reading.kind} ({reading.kind_p:.2f})"
            errors.append((reading.kind_p, said, entry))
        elif reading.topic not in entry.topics:
            said = f"{entry.topics[0]} read as {reading.topic} ({reading.topics[0].p:.2f})"
            errors.append((reading.topics[0].p, said, entry))
    for _, said, entry in sorted(errors, key=lambda one: (-one[0], one[2].id))[:WORST]:
        text = " ".join(entry.text.split())
        yield f"* `{entry.id}`: {said}. “{text[:_QUOTED]}{'…' if len(text) > _QUOTED else ''}”"
