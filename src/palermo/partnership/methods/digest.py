"""What a frozen figure is known by, and how a recount differs from it."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


def digest_of(
    *,
    name: str,
    version: int,
    start: dt.date,
    end: dt.date,
    value: Decimal,
    bound: str,
    declared: bool,
    ids: Iterable[str],
) -> str:
    """SHA-256 (hexadecimal) over a figure's name, version, period, value, bound and sorted ids, as canonical JSON."""
    said = {
        "name": name,
        "version": version,
        "period": [start.isoformat(), end.isoformat()],
        "value": f"{value.normalize():f}",
        "bound": bound,
        "declared": declared,
        "ids": sorted(ids),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True)
class Difference:
    """How a recount differs from what was frozen."""

    before: Decimal
    after: Decimal
    added: tuple[str, ...]
    removed: tuple[str, ...]
    same_digest: bool

    @property
    def unchanged(self) -> bool:
        """Whether the very same things are counted, and give the same value under the same definition."""
        return self.same_digest


def difference(before: tuple[Decimal, Iterable[str], str], after: tuple[Decimal, Iterable[str], str]) -> Difference:
    """Value, ids and digest of then and now, compared."""
    old, new = set(before[1]), set(after[1])
    return Difference(before[0], after[0], tuple(sorted(new - old)), tuple(sorted(old - new)), before[2] == after[2])
