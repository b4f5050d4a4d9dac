"""What a reader of answers hands on, and what it must be able to do."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from palermo.protection.formats.columns import Batch


@dataclass(frozen=True)
class People:
    """A batch of people's answers.

    Attributes:
        ids: shape (people,), strings.
        ages: shape (people,), years; −1 is not sure.
        codes: shape (items, people), as ``FrameScreener.screen`` takes them.
    """

    ids: pa.Array
    ages: npt.NDArray[np.int16]
    codes: npt.NDArray[np.uint8]

    @classmethod
    def of(
        cls,
        ids: pa.Array,
        ages: npt.NDArray[np.int16],
        codes: npt.NDArray[np.uint8],
        good: npt.NDArray[np.bool_],
    ) -> "People":
        """The people whose rows are good."""
        if good.all():
            return cls(ids, ages, codes)
        return cls(ids.filter(pa.array(good)), ages[good], codes[:, good])


class Layout(Protocol):
    """Knows what the columns of one kind of file mean."""

    def read(self, table: pa.RecordBatch, batch: Batch) -> People:
        """The people of one batch; what is wrong goes to ``batch``."""
