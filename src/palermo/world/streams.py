"""Random streams by name, so that a new part of the world leaves every other part as it was."""

from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
Reals = NDArray[np.float64]


class Streams:
    """Gives each named part of a world, and each block of it, a generator of its own.

    Args:
        seed: the world's seed, any non-negative integer.
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def __call__(self, part: str, block: int = 0) -> np.random.Generator:
        """The generator of ``part``; the same each time it is asked for."""
        sequence = np.random.SeedSequence(self.seed, spawn_key=(crc32(part.encode()), block))
        return np.random.Generator(np.random.PCG64DXSM(sequence))


def happens(rng: np.random.Generator, chance: float | Reals, size: int) -> Flags:
    """One coin a person, each with its own chance."""
    return np.asarray(rng.random(size, dtype=np.float32) < chance, dtype=np.bool_)


def pick(rng: np.random.Generator, weights: Reals | list[float], size: int) -> NDArray[np.int64]:
    """Positions drawn by weight."""
    edges = np.cumsum(np.asarray(weights, dtype=np.float64))
    return np.asarray(np.searchsorted(edges, rng.random(size) * edges[-1], side="right"), dtype=np.int64)
