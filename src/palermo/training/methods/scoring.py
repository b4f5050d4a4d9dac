"""What was presumed, held against the truth of the world: sensitivity and specificity with their intervals."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """A share with the counts behind it and its 95 % interval; `value` is None where nobody is counted."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        """Hits / of."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's score interval at 95 % (Wilson 1927)."""
        if not self.of:
            return None
        z, n, p = 1.959964, self.of, self.hits / self.of
        centre = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, centre - half), min(1.0, centre + half)

    def as_dict(self) -> dict[str, float | int | list[float] | None]:
        """For JSON."""
        interval = self.interval
        return {"value": self.value, "hits": self.hits, "of": self.of, "interval": list(interval) if interval else None}


@dataclass(frozen=True)
class Screened:
    """A screened person as the records have it (`presumed`) and as the world knows it (the rest)."""

    presumed: bool
    victim: bool
    form: str = ""
    age: str = ""
    reticence: str = ""


def sensitivity(rows: Iterable[Screened]) -> Rate:
    """The share of victims who were presumed."""
    victims = [row for row in rows if row.victim]
    return Rate(sum(row.presumed for row in victims), len(victims))


def specificity(rows: Iterable[Screened]) -> Rate:
    """The share of others who were not presumed."""
    others = [row for row in rows if not row.victim]
    return Rate(sum(not row.presumed for row in others), len(others))


def by_group(rows: Iterable[Screened], group: str) -> Mapping[str, Rate]:
    """Sensitivity by `form`, `age` or `reticence`, groups in the order of their names."""
    groups: dict[str, list[Screened]] = {}
    for row in rows:
        if row.victim:
            groups.setdefault(getattr(row, group), []).append(row)
    return {name: sensitivity(groups[name]) for name in sorted(groups)}


def age_band(age: int) -> str:
    """Bands that the demonstration's table shows."""
    if age < 15:
        return "under 15"
    if age < 18:
        return "15 to 17"
    return "18 to 29" if age < 30 else "30 and over"


def reticence_band(reticence: float) -> str:
    """Thirds of the scale from telling everything (0) to telling nothing (1)."""
    return "low" if reticence < 1 / 3 else "middle" if reticence < 2 / 3 else "high"
