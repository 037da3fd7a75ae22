"""The shape of a benchmark row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """One figure: raw samples, the floor we hold ourselves to, and what a peer measured."""

    name: str
    unit: str
    samples: list[float]
    floor: str = ""
    peer: str = ""
    note: str = field(default="")


Bench = Callable[[], Iterator[Row]]
