"""Rules that find by name what must not be missed, whatever the classifier says (pure).

A rule looks for phrases of `rules.yaml` in an entry, typed with marks or without. It is silent where a word
that denies, asks or speaks of elsewhere stands before the phrase ("không hề vòi tiền", "thời sự đưa tin").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from triage.reading.lexicon import Lexicon
from triage.reading.words import Words, read_words

FLAGS = ("denunciation", "accuses_staff", "urgent")


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that spoke: its name, the flag it raises, the words it saw and where they stand in the NFC text."""

    rule: str
    flag: str
    words: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Rule:
    """`near` groups must stand within `reach` words of a phrase of the rule, if there are any."""

    name: str
    flag: str
    near: str = ""
    reach: int = 12


class RuleBook:
    """The rules of one table: {flag: {rule: {phrases, near}}, unless: {group: phrases}}."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._rules: dict[str, Rule] = {}
        groups: dict[str, str] = {f"helper/{name}": phrases for name, phrases in table["helpers"].items()}
        for flag in FLAGS:
            for name, rule in table[flag].items():
                self._rules[f"{flag}/{name}"] = Rule(name, flag, rule.get("near", ""))
                groups[f"{flag}/{name}"] = rule["phrases"]
        self._lexicon = Lexicon(groups)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule, in order."""
        return tuple(self._rules.values())

    def fired(self, words: Words) -> list[Fired]:
        """What the rules say of an entry; each rule at most once."""
        found = self._lexicon.find(words)
        places = {one.group: one.start for one in reversed(found)}
        if "helper/elsewhere" in places:
            return []
        said: dict[str, Fired] = {}
        for one in found:
            rule = self._rules.get(one.group)
            if rule is None or one.negated or rule.name in said or not self._is_near(rule, one.start, found):
                continue
            if any(one.start < end < one.end for end in words.ends):
                continue  # "nấu mì cho con nít ăn. Tiền sửa hết chín triệu": two sentences, no phrase
            span = words.spans[one.start][0], words.spans[one.end - 1][1]
            said[rule.name] = Fired(rule.name, rule.flag, " ".join(words.typed[one.start : one.end]), span)
        return list(said.values())

    @staticmethod
    def _is_near(rule: Rule, place: int, found: list[Any]) -> bool:
        if not rule.near:
            return True
        wanted = {f"helper/{name}" for name in rule.near.split()}
        return any(one.group in wanted and abs(one.start - place) <= rule.reach for one in found)


@lru_cache(maxsize=1)
def default_rules() -> RuleBook:
    """The rules beside this module."""
    return RuleBook(yaml.safe_load(Path(__file__).with_name("rules.yaml").read_text("utf-8")))


def fired(text: str) -> list[Fired]:
    """What the default rules say of a text."""
    return default_rules().fired(read_words(text))
