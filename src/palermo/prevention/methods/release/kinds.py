"""Kinds of record: distinct rows of codes, and how often each is expected."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from palermo.prevention.methods.release.table import Codes

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TELLING = (0.4, 8.0)  # a kind expected about once in the data may well be one real person's


@dataclass(frozen=True, eq=False)
class Kinds:
    """Kinds of record.

    Args:
        codes: (kinds, columns), each once.
        expected: (kinds,) how often each is expected in a release.
    """

    codes: Codes
    expected: Floats

    @cached_property
    def _sorted(self) -> tuple[Ints, Floats]:
        keys = _keys(self.codes)
        order = keys.argsort()
        return keys[order], self.expected[order]

    def exactly(self, codes: Codes) -> Floats:
        """How often records of just these facts and no more are expected: (rows,)."""
        keys, expected = self._sorted
        asked = _keys(codes)
        at = np.minimum(np.searchsorted(keys, asked), keys.size - 1)
        return np.where(keys[at] == asked, expected[at], 0.0)

    def telling(self, codes: Codes) -> NDArray[np.bool_]:
        """Whether records of just these facts are rare enough to be one real person's and common enough to exist."""
        expected = self.exactly(codes)
        return np.asarray((expected >= TELLING[0]) & (expected < TELLING[1]))

    def gathered(self, codes: Codes) -> "Kinds":
        """The kinds under other codes, those that became the same added up."""
        first, which, _ = alike(codes)
        return Kinds(codes[first], np.bincount(which, weights=self.expected).astype(np.float64))


def alike(codes: Codes) -> tuple[Ints, Ints, Ints]:
    """First row of each distinct record, the class of every row, and the size of each class."""
    _, first, which, sizes = np.unique(_keys(codes), return_index=True, return_inverse=True, return_counts=True)
    return first.astype(np.int64), which.astype(np.int64), sizes.astype(np.int64)


def _keys(codes: Codes) -> Ints:
    odd = np.random.default_rng(7).integers(1 << 62, size=codes.shape[1], dtype=np.int64) | 1
    return np.asarray(codes.astype(np.int64) @ odd)  # wraps round; a clash of 64-bit sums does not happen in practice
