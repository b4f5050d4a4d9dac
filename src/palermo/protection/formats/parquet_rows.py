"""Rows of a Parquet file, in batches with their numbers."""

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from palermo.vocabulary.errors import Refusal

ROWS = 1 << 16


@dataclass(frozen=True)
class ParquetRows:
    """An open Parquet file; row 1 is the first person."""

    path: Path
    names: list[str]
    _file: pq.ParquetFile

    @classmethod
    def open(cls, path: Path) -> "ParquetRows":
        """Opens the file.

        Raises:
            Refusal: it is cut off or damaged, or holds nested columns.
        """
        try:
            file = pq.ParquetFile(path)
        except (pa.ArrowInvalid, OSError) as error:
            raise _half(path) from error
        for column in file.schema_arrow:
            if pa.types.is_nested(column.type) or pa.types.is_floating(column.type) or pa.types.is_binary(column.type):
                raise Refusal(
                    f"The column {column.name!r} holds {column.type}.",
                    where=path.name,
                    remedy="Expected text (or whole numbers for age).",
                )
        return cls(path, list(file.schema_arrow.names), file)

    def batches(self) -> Generator[tuple[pa.RecordBatch, range], None, None]:
        """Each batch with the numbers of its rows."""
        done = 0
        try:
            for batch in self._file.iter_batches(batch_size=ROWS):
                yield batch, range(done + 1, done + 1 + batch.num_rows)
                done += batch.num_rows
        except (pa.ArrowInvalid, OSError) as error:
            raise _half(self.path) from error


def _half(path: Path) -> Refusal:
    return Refusal(
        "The Parquet file is cut off or damaged.",
        where=path.name,
        remedy="Expected a whole file; copy or export it again.",
    )
