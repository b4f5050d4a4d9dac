"""The cells of a CSV file, whichever mark stands between them: for every list that offices send."""

import csv
import io
import re
from collections.abc import Iterator

from palermo.partnership.formats.limits import FORMULA

#: Characters of a cell. The csv module has one limit for the whole process, which readers of other files raise while
#: they read; so this one is kept here.
LONGEST = 131_072
_RUNS = re.compile(rf"'*[{re.escape(''.join(FORMULA))}]")


def guarded(text: str) -> str:
    """A text for a cell that may be opened in a spreadsheet: what would run there gets an apostrophe before it.

    A text that looks guarded already gets one more, so that `bare` gives back every text as it was.
    """
    return f"'{text}" if _RUNS.match(text) else text


def bare(cell: str) -> str:
    """The text of a cell without the apostrophe that `guarded` put before it; any other stays."""
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell) else cell


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
        #: Rows read so far, as a spreadsheet counts them: one may have several lines.
        self.number = 0

    def __next__(self) -> list[str]:
        row = next(self._rows)
        self.number += 1
        if any(len(cell) > LONGEST for cell in row):
            raise csv.Error(f"field larger than field limit ({LONGEST})")
        return row
