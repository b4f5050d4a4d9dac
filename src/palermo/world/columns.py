"""Small helpers that turn arrays of codes into Arrow columns."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from palermo.world.streams import Flags


def ids(prefix: str, count: int, width: int, first: int = 1) -> pa.StringArray:
    """Ids such as ``P0000001``."""
    digits = pc.utf8_lpad(pa.array(np.arange(first, first + count)).cast(pa.string()), width, "0")
    return pc.binary_join_element_wise(pa.scalar(prefix), digits, "")


def coded(
    codes: NDArray[np.int8] | NDArray[np.int16] | NDArray[np.int32],
    words: Sequence[str] | pa.StringArray,
    present: Flags | None = None,
) -> pa.DictionaryArray:
    """A dictionary column; null where ``present`` is false."""
    return pa.DictionaryArray.from_arrays(
        pa.array(codes, mask=None if present is None else ~present), pa.array(words, pa.string())
    )


Codes = TypeVar("Codes", np.int8, np.int32)


def spread(values: NDArray[Codes], at: NDArray[np.int64], count: int) -> NDArray[Codes]:
    """An array of ``count`` zeros with ``values`` at the positions ``at``."""
    whole: NDArray[Codes] = np.zeros(count, dtype=values.dtype)
    whole[at] = values
    return whole
