"""The plain file of answers: ``person_id``, ``age`` and one column for each item that was asked."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from palermo.protection.formats.columns import Batch, ages, person_ids, plain_codes, suggestion
from palermo.protection.formats.layout import People
from palermo.protection.methods.frame_score import NOT_ASKED
from palermo.protection.methods.scheme import Scheme
from palermo.vocabulary.errors import Refusal

ID, AGE = "person_id", "age"


@dataclass(frozen=True)
class PlainLayout:
    """Where the columns of a plain file go; ``items`` are column name and place in the scheme."""

    items: tuple[tuple[str, int], ...]
    size: int

    @classmethod
    def of(cls, names: Sequence[str], scheme: Scheme, file: str) -> "PlainLayout":
        """Checks the header.

        Raises:
            Refusal: a column is missing, unknown or there twice.
        """
        at = {item: n for n, item in enumerate(scheme.items)}
        expected = f"{ID}, {AGE} and codes of items (vocabulary/data/items.tsv)"
        for name in (ID, AGE):
            if name not in names:
                raise _refusal(f"The column {name!r} is missing.", file, expected)
        for n, name in enumerate(names):
            if name not in (ID, AGE) and name not in at:
                hint = suggestion(name, at)
                raise _refusal(f"Unknown column {name!r}.{hint}", f"{file}, column {n + 1}", expected)
            if name in names[:n]:
                raise _refusal(f"The column {name!r} is there twice.", f"{file}, column {n + 1}", "each column once")
        items = tuple((name, at[name]) for name in names if name in at)
        if not items:
            raise _refusal("There is no column with answers.", file, expected)
        return cls(items, len(scheme.items))

    def read(self, table: pa.RecordBatch, batch: Batch) -> People:
        """The people of one batch, those of bad rows left out."""
        codes = np.full((self.size, table.num_rows), NOT_ASKED, dtype=np.uint8)
        ids = person_ids(table.column(ID), ID, batch)
        years = ages(table.column(AGE), AGE, batch)
        for name, at in self.items:
            codes[at] = plain_codes(table.column(name), name, batch)
        return People.of(ids, years, codes, batch.good)


def _refusal(message: str, where: str, expected: str) -> Refusal:
    return Refusal(message, where=where, remedy=f"Expected {expected}.")
