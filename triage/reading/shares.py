"""A share of a number of entries with its doubt (pure, light: importable without the classifier)."""

from dataclasses import dataclass
from math import sqrt

_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """`k` of `n`; `value` is None where n is 0."""

    k: int
    n: int

    @property
    def value(self) -> float | None:
        """k/n."""
        return self.k / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval; (0, 1) where n is 0."""
        if not self.n:
            return 0.0, 1.0
        p, n, z = self.k / self.n, self.n, _Z
        middle, spread = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return (middle - spread) / (1 + z * z / n), (middle + spread) / (1 + z * z / n)
