"""The chain of custody of one item: an unbroken row of hands, in order of time, with the seal whole."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class HandOver:
    """One hand-over."""

    at: dt.datetime
    from_hand: str
    to_hand: str
    intact: bool = True


def breaks(chain: Sequence[HandOver]) -> list[str]:
    """What is wrong with a chain, in words; nothing if it holds.

    Args:
        chain: in the order in which it was recorded.
    """
    found = [] if chain else ["No hand-over is recorded."]
    for number, (before, after) in enumerate(pairwise(chain), 2):
        if after.at < before.at:
            found.append(f"Hand-over {number} is dated before the one that it follows.")
        if _same(after.from_hand) != _same(before.to_hand):
            found.append(f"Hand-over {number} comes from {after.from_hand}, but the item was with {before.to_hand}.")
    found += [
        f"At hand-over {number} the seal was broken, or the hash another."
        for number, step in enumerate(chain, 1)
        if not step.intact
    ]
    return found


def _same(hand: str) -> str:
    return " ".join(hand.split()).casefold()
