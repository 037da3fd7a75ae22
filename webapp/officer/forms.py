"""What a case page posts back: the labels as corrected, the answer as typed, and the words of other acts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models import Case
from surveys.questions import clean_text
from triage.casework.acts import NotAllowed
from triage.casework.details import CaseDetails
from triage.casework.opening import Labels
from triage.reading.labels import KINDS, TOPICS

LONGEST_REPLY = 10_000
"""Letters of an answer."""
LONGEST_NOTE = 1_000
RARE_FIELDS = (
    "authority", "letter_number", "sent", "contact_basis", "lead", "recusing_reason", "extending_reason", "asked",
    "finding", "finding_reason", "accused", "told", "withdrawal_reason", "reopening_reason",
)  # fmt: skip
"""Fields of acts that are needed now and then."""
LONG_FIELDS = ("sent",)
SHORT_FIELDS = {"authority": 200, "letter_number": 60}
_KIND_IDS = frozenset(kind.id for kind in KINDS)
_TOPIC_IDS = frozenset(topic.id for topic in TOPICS)


@dataclass(frozen=True)
class Typed:
    """One posted form. `labels` is None when the page showed none to correct."""

    version: int
    labels: Labels | None
    text: str
    note: str
    post_id: int
    handing_reason: str
    filing_reason: str
    rare: Mapping[str, str] = field(default_factory=dict)
    """What was typed for an act that is needed now and then, by the names of `RARE_FIELDS`."""

    @property
    def has_chosen(self) -> bool:
        """Whether kind and topic were both chosen."""
        return self.labels is not None and bool(self.labels.kind and self.labels.topic)

    def labels_for(self, case: Case) -> Labels:
        """The labels to store; raises NotAllowed for one the taxonomy does not know."""
        if self.labels is None:
            return labels_of(case)
        if self.labels.kind not in _KIND_IDS or self.labels.topic not in _TOPIC_IDS:
            raise NotAllowed("labels_unknown")
        return self.labels

    def check_length(self) -> None:
        """Raises NotAllowed when something is longer than anybody would read."""
        if max(len(self.text), *(len(self.rare.get(name, "")) for name in LONG_FIELDS)) > LONGEST_REPLY:
            raise NotAllowed("reply_too_long")
        if any(len(self.rare.get(name, "")) > most for name, most in SHORT_FIELDS.items()):
            raise NotAllowed("name_too_long")
        rare = (words for name, words in self.rare.items() if name not in LONG_FIELDS)
        if max(map(len, (self.note, self.handing_reason, self.filing_reason, *rare))) > LONGEST_NOTE:
            raise NotAllowed("note_too_long")


def read_typed(form: Mapping[str, str]) -> Typed:
    """A posted form as values; what cannot be read becomes what is refused later, never an exception."""
    labels = None
    if "kind" in form:
        labels = Labels(form["kind"], form.get("topic", ""), "urgent" in form, "accuses_staff" in form)
    return Typed(
        version=read_number(form.get("version", "")),
        labels=labels,
        text=clean_text(form.get("text", "")),
        note=clean_text(form.get("note", "")),
        post_id=read_number(form.get("post", "")),
        handing_reason=clean_text(form.get("handing_reason", "")),
        filing_reason=clean_text(form.get("filing_reason", "")),
        rare={name: clean_text(form.get(name, "")) for name in RARE_FIELDS},
    )


def as_stored(case: CaseDetails) -> Typed:
    """What the form shows when it is opened: the case as it stands."""
    text = case.answer.text if case.answer else ""
    return Typed(case.version, None if case.to_judge else case.labels, text, "", 0, "", "")


def labels_of(case: Case) -> Labels:
    """The labels a case carries now."""
    return Labels(case.kind, case.topic, case.urgent, case.accuses_staff)


def read_number(raw: str) -> int:
    """A posted number; 0 for whatever is none."""
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 10 else 0
