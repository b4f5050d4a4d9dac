"""Files of answers, piece by piece: CSV or Parquet in our own columns, or the CSV export of the HTCDS form."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from palermo.protection.formats.columns import Batch
from palermo.protection.formats.csv_rows import CsvRows
from palermo.protection.formats.htcds_layout import HtcdsLayout
from palermo.protection.formats.layout import Layout, People
from palermo.protection.formats.parquet_rows import ParquetRows
from palermo.protection.formats.plain_layout import PlainLayout
from palermo.protection.formats.problems import Problems
from palermo.protection.methods.scheme import Scheme
from palermo.vocabulary.errors import Refusal

PARQUET, ZIP = b"PAR1", b"PK\x03\x04"


@dataclass
class AnswerFile:
    """An open file of answers. ``problems`` fills while :meth:`people` is read, if good rows are kept."""

    path: Path
    layout: Layout
    problems: Problems
    _rows: CsvRows | ParquetRows

    def people(self) -> Iterator[People]:
        """The people of the file, in its order, some tens of thousands at a time.

        Raises:
            Refusal: at the first thing that is wrong, unless good rows are kept.
        """
        seen: dict[str, int] = {}
        with closing(self._rows.batches()) as batches:
            for table, numbers in batches:
                yield self.layout.read(_as_text(table), Batch(np.asarray(numbers, dtype=np.int64), self.problems, seen))

    @property
    def without_consent(self) -> int:
        """How many people were left out because they had not consented."""
        return self.layout.without_consent if isinstance(self.layout, HtcdsLayout) else 0


def open_answers(path: Path, *, scheme: Scheme, keep_good: bool = False) -> AnswerFile:
    """Opens a file of answers and checks its header.

    Raises:
        Refusal: the file is missing, empty, half, of another kind or encoding, or has wrong columns.
    """
    problems = Problems(path.name, keep_good=keep_good)
    rows = _open(path, problems)
    if HtcdsLayout.recognises(rows.names):
        layout: Layout = HtcdsLayout.of(rows.names, scheme, path.name)
    else:
        layout = PlainLayout.of(rows.names, scheme, path.name)
    return AnswerFile(path, layout, problems, rows)


def _open(path: Path, problems: Problems) -> CsvRows | ParquetRows:
    try:
        with path.open("rb") as file:
            head = file.read(1 << 16)
    except OSError as error:
        raise Refusal("The file cannot be read.", where=str(path), remedy="Check its name and your rights.") from error
    if not head.strip():
        raise Refusal("The file is empty.", where=path.name, remedy="Export it again.")
    if head.startswith(PARQUET):
        return ParquetRows.open(path)
    if head.startswith(ZIP):
        raise Refusal("This is a workbook or an archive.", where=path.name, remedy="Export or save it as CSV (UTF-8).")
    return CsvRows.open(path, head, problems)


def _as_text(table: pa.RecordBatch) -> pa.RecordBatch:
    # Parquet may hold numbers, dictionaries or columns that are null all through: all are read as text.
    columns = [c if pa.types.is_string(c.type) else c.cast(pa.string()) for c in table.columns]
    return pa.RecordBatch.from_arrays(columns, names=table.schema.names)
