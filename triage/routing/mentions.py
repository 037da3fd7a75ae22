"""Who is mentioned in a text, blamed or not: names, titles, and what the text tells of them (pure)."""

from triage.routing.joined import Mention as Mention
from triage.routing.joined import joined
from triage.routing.kin import ROLES
from triage.routing.named import find_names
from triage.routing.namesakes import told_apart
from triage.routing.outsiders import drop_citizens, drop_outsiders, strangers
from triage.routing.posts import Directory, directory_of
from triage.routing.roster import Roster
from triage.routing.titled import find_titles
from triage.routing.tokens import Tokens, tokenize


def mentioned(text: str, roster: Roster) -> tuple[Mention, ...]:
    """Everybody `text` mentions, in order: staff of `roster`, and others where words show a person.

    Positions count the words of `tokenize(text)`.
    """
    return mentions_in(tokenize(text), directory_of(roster))


def mentions_in(tokens: Tokens, directory: Directory) -> tuple[Mention, ...]:
    """As `mentioned`, for a text already cut into words."""
    roles = {hit.end: hit.start for hit in ROLES.find(tokens)}
    titles = find_titles(tokens, directory, roles)
    occupied = {place: title.beside or title.holders for title in titles for place in range(title.start, title.end)}
    names = find_names(tokens, directory, roles, occupied)
    inside = {place for name in names for place in range(name.start, name.end)}
    titles = [title for title in titles if not inside & set(range(title.start, title.end))]
    known = told_apart(tokens, drop_outsiders(tokens, joined(tokens, names, titles)))
    others = strangers(tokens, known, roles)
    return drop_citizens(tokens, sorted(known + others, key=lambda mention: mention.start))
