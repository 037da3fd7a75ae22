"""A commune's own questionnaire: which items of the standard it asks, in what order, and items of its own (pure).

The overall face and the one text box stand first in every questionnaire, and the wording of standard items
never changes: otherwise communes could not be compared.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from surveys.questions import QuestionKind, read_document
from surveys.standard import STANDARD_DOCUMENT
from vietnamese.text import fold, nfc

LONGEST_WORDING = 160
MOST_OWN_ITEMS = 5
MOST_ITEMS = 8
"""More tires people: the share who finish falls with every question."""
_FIRST = (QuestionKind.FACE, QuestionKind.TEXT)
_STANDARD = {raw["key"]: raw for raw in STANDARD_DOCUMENT["questions"]}
PROCEDURE_FIELD = "procedure_field"


class BadItem(ValueError):
    """An item that cannot be asked; the code says why: wording_missing, wording_long, too_many_own, too_many."""


@dataclass(frozen=True)
class Item:
    """One optional item; `own` when the commune worded it."""

    key: str
    wording: str
    own: bool


def own_item(wording: str) -> Item:
    """An item worded by the commune, answered on the five levels or with "không áp dụng"; raises BadItem.

    The key follows the wording, so that answers to another wording are never counted together.
    """
    cleaned = " ".join(nfc(wording).split())
    if not fold(cleaned):
        raise BadItem("wording_missing")
    if len(cleaned) > LONGEST_WORDING:
        raise BadItem("wording_long")
    return Item("own_" + hashlib.sha256(cleaned.encode()).hexdigest()[:12], cleaned, own=True)


def standard_items() -> tuple[Item, ...]:
    """The items of the standard questionnaire in its order."""
    items = (raw for raw in _STANDARD.values() if raw["kind"] == QuestionKind.ITEM)
    return tuple(Item(raw["key"], raw["wording"], own=False) for raw in items)


def items_of(document: Mapping[str, Any]) -> tuple[Item, ...]:
    """The items a questionnaire asks, in order."""
    return tuple(
        Item(question.key, question.wording, question.key not in _STANDARD)
        for question in read_document(document)
        if question.kind is QuestionKind.ITEM
    )


def asks_field(document: Mapping[str, Any]) -> bool:
    """Whether a questionnaire asks what the errand was about."""
    return any(question.key == PROCEDURE_FIELD for question in read_document(document))


def compose(items: Sequence[Item], with_field: bool) -> dict[str, Any]:
    """The document: face and text box, the field of the errand when wanted, then the items; raises BadItem."""
    once = list({item.key: item for item in items}.values())
    if sum(item.own for item in once) > MOST_OWN_ITEMS:
        raise BadItem("too_many_own")
    if len(once) > MOST_ITEMS:
        raise BadItem("too_many")
    head = [raw for raw in _STANDARD.values() if raw["kind"] in _FIRST]
    field = [_STANDARD[PROCEDURE_FIELD]] if with_field else []
    return {"questions": [*head, *field, *_raw(once)]}


def _raw(items: Iterable[Item]) -> Iterable[dict[str, Any]]:
    for item in items:
        yield {"key": item.key, "kind": "item", "wording": item.wording} if item.own else _STANDARD[item.key]
