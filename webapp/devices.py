"""The device of a session in a few words, from what the browser says of itself; nothing else of it is kept."""

import re

_BROWSERS = (
    # The first that fits: most browsers also claim to be Chrome or Safari.
    ("Zalo", r"Zalo"), ("Cốc Cốc", r"coc_coc_browser"), ("Edge", r"Edg(e|A|iOS)?/"), ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser"), ("Firefox", r"Firefox/|FxiOS"), ("Chrome", r"Chrome/|CriOS|Chromium/"),
    ("Safari", r"Safari/"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", r"Android"), ("iPhone", r"iPhone"), ("iPad", r"iPad"), ("Windows", r"Windows"),
    ("Mac", r"Macintosh|Mac OS X"), ("ChromeOS", r"CrOS"), ("Linux", r"Linux|X11"),
)  # fmt: skip


def device_of(user_agent: str) -> str:
    """`Chrome · Android`; empty when the browser says nothing that is known."""
    found = (_first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent))
    return " · ".join(name for name in found if name)


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for name, pattern in names if re.search(pattern, user_agent)), "")
