"""One share as a bar of a hundred with its doubt: small, to stand beside a sentence."""

from reports.svg import ACCENT, element, error_bar, rule

_WIDTH, _HEIGHT, _MIDDLE, _THICK = 208, 18, 9, 8
_EDGE = 4


def hundred_bar(value: float, low: float, high: float) -> str:
    """A bar from 0 to 1 filled up to `value`, with the interval `low`–`high`, as an ``<svg>`` element.

    It says nothing that the sentence beside it does not, so those who listen do not hear it.
    """
    length = _WIDTH - 2 * _EDGE

    def at(share: float) -> float:
        return _EDGE + length * share

    return element(
        "svg",
        rule(at(0), _MIDDLE, at(1), _MIDDLE, _THICK, stroke_opacity=0.14),
        element("rect", x=at(0), y=_MIDDLE - _THICK / 2, width=length * value, height=_THICK, fill=ACCENT),
        error_bar(_MIDDLE, at(low), at(high), _THICK / 2 + 2, upright=False),
        xmlns="http://www.w3.org/2000/svg",
        class_="chart chart-hundred",
        aria_hidden="true",
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        width=_WIDTH,
        height=_HEIGHT,
        fill="currentColor",
    )
