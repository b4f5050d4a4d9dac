"""The cells of a CSV file, whichever mark stands between them: for every list that offices send."""

import csv
import io
from collections.abc import Iterator

#: Characters of a cell. The csv module has one limit for the whole process, which readers of other files raise while
#: they read; so this one is kept here.
LONGEST = 131_072


class Cells(Iterator[list[str]]):
    """The rows of a text, cell by cell; comma, semicolon or tab, whichever its first line has most of.

    Args:
        text: the whole file.

    Raises:
        csv.Error: while reading; a quotation mark stands where none can, or a cell is longer than `LONGEST`.
    """

    def __init__(self, text: str) -> None:
        mark = max(",;\t", key=text.partition("\n")[0].count)
        self._rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)

    @property
    def line_num(self) -> int:
        """Lines read so far; a row may have several."""
        return self._rows.line_num

    def __next__(self) -> list[str]:
        row = next(self._rows)
        if any(len(cell) > LONGEST for cell in row):
            raise csv.Error(f"field larger than field limit ({LONGEST})")
        return row
