"""What the classifier says of one entry (pure, light: importable without the classifier)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TopicGuess:
    """A topic and the calibrated probability (0–1) that a fair reader would accept it as the primary one.

    A reader may accept two topics, so the probabilities of an entry need not sum to one.
    """

    id: str
    p: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a code (`words.<head>`, `rule.<name>`, `unsure.<head>`, `foreign`, `empty`) and the words that show it.

    `spans` says where these words stand in the NFC text.
    """

    code: str
    words: str = ""
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of one entry. Probabilities are calibrated, 0–1; `topics` are the three likeliest, best first.

    The flags are true when the classifier or a rule says so, so a probability may be low beside a true flag.
    `abstained` says that a person should sort the entry: the labels are then suggestions. `restricted_p` is the
    probability of a complaint or a denunciation, whatever `kind` says. `about` holds every topic the entry speaks
    of, the primary one first; `sentiment` is negative, neutral or positive; `post_p` is how sure the post of the
    topic is.
    """

    kind: str
    kind_p: float
    topic: str
    topics: tuple[TopicGuess, ...]
    urgent: bool
    urgent_p: float
    accuses_staff: bool
    accuses_p: float
    abstained: bool
    reasons: tuple[Reason, ...]
    restricted_p: float = 0.0
    about: tuple[str, ...] = ()
    sentiment: str = "neutral"
    sentiment_p: float = 0.0
    post_p: float = 0.0
