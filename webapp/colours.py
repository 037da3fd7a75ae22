"""Colours of the style sheet: the tokens it declares for light and dark, and how far two of them stand apart. Pure.

Contrast as WCAG 2.2 defines it (relative luminance of sRGB); 1 is none, 21 is black on white.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

TEXT, WORDS, LINES = 7.0, 4.5, 3.0
"""Least contrast of running text, of all other words, of borders that must be seen."""


@dataclass(frozen=True)
class Pair:
    """A colour that stands on a ground, and the least contrast it keeps there."""

    colour: str
    ground: str
    least: float


PAIRS = (
    *(Pair(ink, ground, TEXT) for ink in ("ink", "soft") for ground in ("ground", "panel")),
    *(Pair("ink", f"{ground}tint", TEXT) for ground in ("", "bad-", "warn-", "good-")),
    *(Pair("accent", ground, WORDS) for ground in ("ground", "panel", "tint")),
    *(Pair("on", ground, WORDS) for ground in ("accent", "deep")),
    *(Pair("deep", ground, WORDS) for ground in ("ground", "tint")),
    *(
        Pair(state, ground, WORDS)
        for state in ("bad", "warn", "good")
        for ground in ("ground", "panel", f"{state}-tint")
    ),
    *(Pair("ground", state, WORDS) for state in ("bad", "warn", "good")),
    *(Pair(line, ground, LINES) for line in ("edge", "focus") for ground in ("ground", "panel", "tint")),
)
"""Every pair the pages put on each other."""

_DECLARED = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{3}(?:[0-9a-f]{3})?)\b")
_LIGHT = re.compile(r":root\s*\{([^}]*)\}")
_DARK = re.compile(r"@media \(prefers-color-scheme: dark\) \{\s*:root\s*\{([^}]*)\}")


def read_colours(sheet: str) -> tuple[dict[str, str], dict[str, str]]:
    """Colour tokens of a style sheet, for light and for dark: name → `#rrggbb`. Dark inherits what it leaves out."""
    light, dark = _LIGHT.search(sheet), _DARK.search(sheet)
    if light is None or dark is None:
        raise ValueError("the style sheet declares no tokens for light and dark")
    by_day = _colours(light[1])
    return by_day, by_day | _colours(dark[1])


def contrast(one: str, other: str) -> float:
    """How far two colours `#rrggbb` stand apart, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def weakest(colour: str, tokens: Mapping[str, str]) -> tuple[float, str] | None:
    """The least contrast a colour has where it is used, and on what; None for grounds and decoration."""
    found = [(contrast(tokens[colour], tokens[pair.ground]), pair.ground) for pair in PAIRS if pair.colour == colour]
    return min(found) if found else None


def _colours(declarations: str) -> dict[str, str]:
    return {name: _whole(value) for name, value in _DECLARED.findall(declarations)}


def _whole(value: str) -> str:
    return value if len(value) == 7 else "#" + "".join(letter * 2 for letter in value[1:])


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
