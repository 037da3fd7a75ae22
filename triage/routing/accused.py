"""Who is accused: the mentions of a text, weighed by how likely each carries its blame (pure).

In doubt a person is kept out. To be kept from a case by mistake costs a colleague's time; to be let into a case
against oneself costs the citizen's trust.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from triage.routing.mentions import Mention, mentions_in
from triage.routing.mockery import is_mocked
from triage.routing.posts import directory_of
from triage.routing.roles import Scene, Scorer, default_scorer
from triage.routing.roster import Roster
from triage.routing.tokens import tokenize
from vietnamese.text import nfc

LIKELY = 0.5
"""From this probability a mention is taken to be the one blamed."""

DOUBTFUL = 0.18
"""From this probability somebody is kept out, in a text that accuses staff."""

DOUBTFUL_LEADER = 0.12
"""The same for a chairperson or vice-chairperson: their own house must not hold the case.

By cross-validation over the sets k to y (670 texts that blame a leader, 2,330 others; bars of .1 to .2 tried): two
missed instead of four at .18, and 2.8 % instead of 2.5 % of the others go up.
"""

_OF_THE_BEST, _LEAST = 0.8, 0.15
"""In a text that accuses staff, whoever is nearly as likely as the likeliest is kept out, if likely at all."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One mention: the citizen's words, where they stand in `nfc(text)`, the probability (0–1) that it is blamed.

    `misconduct` says that words of a breach of law or an abuse of the post stand beside it; `mocked` that the thanks
    are for wasted days.
    """

    mention: Mention
    words: str
    start: int
    end: int
    p: float
    misconduct: bool = False
    mocked: bool = False

    @property
    def blamed(self) -> bool:
        """Whether the mention is more likely blamed than not."""
        return self.p >= LIKELY


@dataclass(frozen=True, slots=True)
class Weighed:
    """Everybody a text mentions, in order, and how much the whole sounds like blame of staff (log odds)."""

    findings: tuple[Finding, ...]
    tone: float


def weigh(text: str, roster: Roster) -> tuple[Finding, ...]:
    """Everybody `text` mentions, in order: staff of `roster`, and others (`mention.ours` tells)."""
    return weigh_text(text, roster).findings


def weigh_text(text: str, roster: Roster) -> Weighed:
    """As `weigh`, with the tone of the whole text."""
    tokens = tokenize(nfc(text))
    scene, scorer = Scene(tokens, mentions_in(tokens, directory_of(roster))), default_scorer()
    findings = tuple(finding_of(scene, place, scorer) for place in range(len(scene.mentions)))
    return Weighed(findings, scene.tone.of_text())


def finding_of(scene: Scene, place: int, scorer: Scorer) -> Finding:
    """One mention of a text, weighed."""
    mention, tokens = scene.mentions[place], scene.tokens
    # Too rare turns to be learned, and too grave to be missed.
    mocked = mention.ours and is_mocked(tokens, mention.start, mention.end)
    plain = mocked or scene.turned_upon(place) or scene.denounced(place)
    return Finding(
        mention=mention,
        words=tokens.words(mention.start, mention.end),
        start=tokens.starts[mention.start],
        end=tokens.ends[mention.end - 1],
        p=max(
            0.0 if scene.only_addressed(place) else scorer.probability(scene.features(place)), LIKELY if plain else 0.0
        ),
        misconduct=scene.tells_misconduct(place),
        mocked=mocked,
    )


def kept_out(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings whose people are kept from a text that accuses staff: the likely, else the likeliest.

    Where somebody outside the roster is the likeliest ("cán bộ"), an officer who was only addressed is not.
    """
    best = max((finding.p for finding in findings), default=0.0)
    bar = min(DOUBTFUL, max(_LEAST, _OF_THE_BEST * best))
    ours = (finding for finding in findings if finding.mention.ours)
    return tuple(one for one in ours if one.p >= (min(bar, DOUBTFUL_LEADER) if one.mention.leads else bar))


def find_accused(text: str, roster: Roster) -> tuple[str, ...]:
    """Ids of the staff of `roster` whom `text` more likely blames than not, in the order they are named."""
    blamed = (finding for finding in weigh(text, roster) if finding.blamed)
    return tuple(dict.fromkeys(holder.person.id for finding in blamed for holder in finding.mention.holders))
