"""The labels an entry can carry, from `taxonomy.yaml` beside this module (pure; light enough for the web)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DENUNCIATION = "denunciation"
COMPLAINT = "complaint"
PRAISE = "praise"
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Kind:
    """What an entry is. Entries of a restricted kind are seen by the named intake person only."""

    id: str
    label: str
    restricted: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """What an entry is about, and the post that answers it unless routing knows better."""

    id: str
    label: str
    post: str


@lru_cache(maxsize=1)
def _taxonomy() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load((Path(__file__).with_name("taxonomy.yaml")).read_text("utf-8"))
    return loaded


KINDS: tuple[Kind, ...] = tuple(
    Kind(id, entry["vi"], entry.get("restricted", False)) for id, entry in _taxonomy()["kinds"].items()
)
TOPICS: tuple[Topic, ...] = tuple(Topic(id, entry["vi"], entry["post"]) for id, entry in _taxonomy()["topics"].items())
KIND_IDS: tuple[str, ...] = tuple(kind.id for kind in KINDS)
TOPIC_IDS: tuple[str, ...] = tuple(topic.id for topic in TOPICS)
SENTIMENTS = ("negative", "neutral", "positive")
_KIND_LABELS = {kind.id: kind.label for kind in KINDS}
_TOPIC_LABELS = {topic.id: topic.label for topic in TOPICS}


def kind_label(id: str) -> str:
    """The words people see for a kind. Raises KeyError for one the taxonomy does not know."""
    return _KIND_LABELS[id]


def topic_label(id: str) -> str:
    """The words people see for a topic. Raises KeyError for one the taxonomy does not know."""
    return _TOPIC_LABELS[id]


def default_posts() -> dict[str, str]:
    """The routing table as delivered: topic id → post id."""
    return {topic.id: topic.post for topic in TOPICS}
