"""Rows of a CSV file, in batches with their numbers; strict about encoding and the number of fields."""

import csv
import io
import time
import weakref
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from palermo.protection.formats.problems import Problem, Problems
from palermo.vocabulary.errors import Refusal

BLOCK = 1 << 24
#: Seconds to wait for Arrow to put down what it was reading.
PATIENCE = 10
#: Handlers that somebody holds: Arrow's thread, once nothing of ours does.
_HANDLERS: "weakref.WeakSet[partial[str]]" = weakref.WeakSet()
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def still_reading() -> bool:
    """Whether a thread of Arrow's may still call into Python: then Python must not end in the ordinary way."""
    return len(_HANDLERS) > 0


@dataclass
class CsvRows:
    """An open CSV file. The delimiter is the header's: comma, semicolon or tab.

    Rows are numbered as a spreadsheet shows them: the header is row 1, blank rows count, and a line end inside quotes
    begins no row. Rows with nothing in them are no people.
    """

    path: Path
    names: list[str]
    delimiter: str
    problems: Problems
    #: Row, expected and actual number of fields; the latter is 0 for a row of nothing but blanks.
    _left_out: list[tuple[int, int, int]] = field(default_factory=list)

    @classmethod
    def open(cls, path: Path, head: bytes, problems: Problems) -> "CsvRows":
        """Reads the header from the first bytes.

        Raises:
            Refusal: the encoding is not UTF-8, or the header cannot be read.
        """
        if head.startswith(_UTF16) or _every_other_is_nought(head[:4096]):
            raise _encoding(path, 1, "looks like UTF-16")
        if b"\x00" in head[:4096]:
            raise Refusal(
                "This is no text: it holds bytes that no CSV file has.",
                where=path.name,
                remedy="Expected CSV in UTF-8, Parquet, or an export of the HTCDS form.",
            )
        line = head.split(b"\n", 1)[0]
        if not line.strip(b"\xef\xbb\xbf \t\r,;"):
            raise Refusal("The first row is empty.", where=f"{path.name}, row 1", remedy="Expected names of columns.")
        try:
            text = line.decode("utf-8-sig").rstrip("\r")
        except UnicodeDecodeError as error:
            raise _encoding(path, 1, "is not UTF-8") from error
        delimiter = max(",;\t", key=text.count)
        names = next(csv.reader(io.StringIO(text), delimiter=delimiter))
        return cls(path, names, delimiter, problems)

    def batches(self) -> Generator[tuple[pa.RecordBatch, npt.NDArray[np.int64]], None, None]:
        """Each batch with the numbers of its rows; rows of a wrong length are left out and noted.

        Raises:
            Refusal: the last row is cut off, or the file cannot be read.
        """
        done = 0
        try:
            with closing(self._read()) as read:
                for batch in read:
                    numbers = self._numbers(done, batch.num_rows)
                    done += batch.num_rows
                    said = _says_something(batch)
                    yield batch.filter(said), numbers[said.to_numpy(zero_copy_only=False)]
        except pa.ArrowInvalid as error:
            raise self._explained(error) from error
        last = done + len(self._left_out) + 1
        for row, expected, actual in self._left_out:
            if row == last and 0 < actual < expected:
                raise self._cut(row, expected, actual)
            if actual:
                self.problems.add(_length(row, expected, actual))

    def _cut(self, row: int, expected: int, actual: int) -> Refusal:
        # Half a file says nothing of the people in its other half: even with --keep-good it is no result.
        return Refusal(
            f"The file ends in the middle of a row: it has {actual} fields.",
            where=f"{self.path.name}, row {row}",
            remedy=f"Expected {expected} fields. Nothing was kept, also with --keep-good; send the file whole.",
        )

    def _numbers(self, done: int, rows: int) -> npt.NDArray[np.int64]:
        places = np.arange(done, done + rows, dtype=np.int64)
        # Rows left out so far stand before some of these; the reader is ahead of us, so all of them are known.
        gaps = np.array([row - 2 for row, _, _ in self._left_out], dtype=np.int64)
        return places + 2 + np.searchsorted(gaps - np.arange(len(gaps)), places, side="right")

    def _read(self) -> Generator[pa.RecordBatch, None, None]:
        on_invalid = partial(self._on_invalid)
        _HANDLERS.add(on_invalid)
        let_go = weakref.ref(on_invalid)
        reader = None
        try:
            try:
                # This reads the first block already, and so refuses a small file right here.
                reader = self._reader(on_invalid)
            finally:
                del on_invalid
            yield from reader
        finally:
            del reader
            # Arrow's thread may still be reading ahead, and lets go of our handler when it is done. Where Python has
            # begun to end by then, that thread takes the process down (SIGABRT), so we wait for it.
            until = time.monotonic() + PATIENCE
            while let_go() is not None and time.monotonic() < until:
                time.sleep(0.001)

    def _reader(self, on_invalid: Callable[[pacsv.InvalidRow], str]) -> pacsv.CSVStreamingReader:
        try:
            return pacsv.open_csv(
                self.path,
                # One thread of its own, so that the reader knows the row's number; the caller reads ahead.
                read_options=pacsv.ReadOptions(
                    block_size=BLOCK, use_threads=False, column_names=self.names, skip_rows=1
                ),
                parse_options=pacsv.ParseOptions(
                    delimiter=self.delimiter,
                    newlines_in_values=self._quoted(),
                    ignore_empty_lines=False,
                    invalid_row_handler=on_invalid,
                ),
                convert_options=pacsv.ConvertOptions(
                    column_types=dict.fromkeys(self.names, pa.string()), strings_can_be_null=False
                ),
            )
        finally:
            # The traceback of an error would hold it beyond Arrow, and we wait until nothing does.
            del on_invalid

    def _quoted(self) -> bool:
        # Looking for line ends inside quotes is slow, and pointless where there is no quote.
        with self.path.open("rb") as file:
            return any(b'"' in block for block in iter(lambda: file.read(BLOCK), b""))

    def _on_invalid(self, row: pacsv.InvalidRow) -> str:
        blank = not row.text.strip()
        self._left_out.append((row.number, row.expected_columns, 0 if blank else row.actual_columns))
        return "skip" if blank or self.problems.keep_good else "error"

    def _explained(self, error: pa.ArrowInvalid) -> Refusal:
        wrong = next((found for found in self._left_out if found[2]), None)
        if wrong and not self.problems.keep_good:
            return self.problems.refusal(_length(*wrong))
        row = _first_undecodable(self.path)
        if row:
            return _encoding(self.path, row, "is not UTF-8")
        return Refusal(
            "The file is not a CSV table.",
            where=self.path.name,
            remedy=f"Expected one row a person ({str(error)[:120]}).",
        )


def _every_other_is_nought(head: bytes) -> bool:
    # UTF-16 without its mark: Latin letters leave one byte of two empty.
    halves = (head[::2], head[1::2])
    return len(head) > 4 and any(half.count(0) > 0.8 * len(half) for half in halves) and head.count(0) < 0.6 * len(head)


def _says_something(batch: pa.RecordBatch) -> pa.Array:
    said = pc.not_equal(batch.column(0), "")
    for column in batch.columns[1:]:
        if said.true_count == len(said):
            break
        said = pc.or_(said, pc.not_equal(column, ""))
    return said


def _length(row: int, expected: int, actual: int) -> Problem:
    cut = " (half a file?)" if actual < expected else ""
    return Problem(row, "", f"The row has {actual} fields{cut}.", f"{expected} fields")


def _encoding(path: Path, row: int, what: str) -> Refusal:
    return Refusal(
        f"The text {what}.", where=f"{path.name}, row {row}", remedy="Expected UTF-8; save the file as CSV UTF-8."
    )


def _first_undecodable(path: Path) -> int:
    row, quoted = 1, False
    with path.open("rb") as file:
        for line in file:
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return row
            quoted ^= line.count(b'"') % 2 == 1
            row += not quoted
    return 0
