"""A table of coded cases with public lists of codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from palermo.vocabulary.errors import Refusal

Codes = NDArray[np.int32]
OTHER = "other"


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Records as codes.

    Args:
        columns: their names.
        values: for each column its public codes; code k stands for values[k - 1], 0 for "not known".
        codes: (records, columns).
    """

    columns: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    codes: Codes

    @property
    def offsets(self) -> NDArray[np.int64]:
        """Where each column's values begin in the row of all values: shape (columns + 1,)."""
        return np.concatenate([[0], np.cumsum([len(v) for v in self.values])]).astype(np.int64)

    @property
    def column_of(self) -> NDArray[np.int64]:
        """The place of the column of each value in the row of all values: shape (values,)."""
        return np.repeat(np.arange(len(self.columns)), np.diff(self.offsets))

    def frame(self) -> pl.DataFrame:
        """The records in words, None for "not known"."""
        out = {}
        for k, name in enumerate(self.columns):
            words = np.array([None, *self.values[k]], dtype=object)
            out[name] = pl.Series(words[self.codes[:, k]].tolist(), dtype=pl.String)
        return pl.DataFrame(out)


def encode(frame: pl.DataFrame, codes: Mapping[str, Sequence[str]], *, absent: Sequence[str] = ("", "0")) -> Table:
    """Text to codes by public lists.

    Args:
        frame: one row a record, text columns.
        codes: for each column to release, its public codes, not read from these records.
        absent: texts that say "not known" or "not so"; they are not facts and are not counted.

    Raises:
        Refusal: a column is missing, or holds a code that is not on its public list.
    """
    out = np.zeros((frame.height, len(codes)), dtype=np.int32)
    values = []
    for k, (name, listed) in enumerate(codes.items()):
        if name not in frame.columns:
            raise Refusal(f"There is no column {name!r}.", remedy="Check the list of codes.")
        kept = tuple(v for v in listed if v not in absent)
        place = {value: at for at, value in enumerate(kept, start=1)} | dict.fromkeys(absent, 0)
        texts = frame[name].cast(pl.String).str.strip_chars().fill_null("").to_list()
        try:
            out[:, k] = [place[text] for text in texts]
        except KeyError as error:
            raise Refusal(
                f"The code {error.args[0]!r} of {name!r} is not on its public list.",
                where=f"row {texts.index(error.args[0]) + 2}, column {name!r}",
                remedy="Correct the record or add the code to the list.",
            ) from error
        values.append(kept)
    return Table(tuple(codes), tuple(values), out)


def declared(frame: pl.DataFrame) -> dict[str, list[str]]:
    """The codes that occur, for a data holder who declares these lists public."""
    return {c: sorted(v for v in frame[c].cast(pl.String).unique().to_list() if v is not None) for c in frame.columns}


def roll_up(table: Table, names: Sequence[Sequence[str | None]]) -> Table:
    """Codes under other names (a country as its region), or as "not known" where the name is None.

    Args:
        table: the records.
        names: for each column, the new name of each code.
    """
    values, codes = [], np.zeros_like(table.codes)
    for k, held in enumerate(names):
        listed = tuple(dict.fromkeys(name for name in held if name is not None))
        place = np.array([0, *(0 if n is None else listed.index(n) + 1 for n in held)], dtype=np.int32)
        codes[:, k] = place[table.codes[:, k]]
        values.append(listed)
    return Table(table.columns, tuple(values), codes)
