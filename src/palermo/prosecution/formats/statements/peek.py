"""A look at a table before it is read: its first rows, which one is the header, and which column was taken for what."""

from dataclasses import dataclass

from palermo.prosecution.formats.statements.bank_csv import Reading, columns_of, csv_rows
from palermo.prosecution.formats.statements.xlsx import read_xlsx

_SEARCHED, _SHOWN, _WIDEST, _LONGEST = 40, 8, 40, 80


@dataclass(frozen=True)
class Peek:
    """What a person needs to show the columns of a table.

    Attributes:
        header: the names of the columns, from the row that looks most like a header.
        row: its number in the file, counted from one.
        columns: column name by field, as far as it was said or guessed.
        first: the rows after it, at most eight.
    """

    header: tuple[str, ...]
    row: int
    columns: dict[str, str]
    first: tuple[tuple[str, ...], ...]


def is_table(data: bytes) -> bool:
    """Whether the file is a table of cells (CSV, workbook) and not a format that says itself what is what."""
    start = data[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    says_itself = (
        b"OFXHEADER" in start
        or start.startswith(b"<")
        or data.startswith((b"\xff\xfe<", b"\xfe\xff\0<"))
        or (b":20:" in start and (b":25:" in start or b":60" in start))
    )
    return bool(start) and not says_itself


def peek(data: bytes, name: str, reading: Reading) -> Peek:
    """Look at the first rows of a CSV file or workbook.

    Raises:
        Refusal: it cannot be opened at all.
    """
    rows = read_xlsx(data, name) if data.startswith(b"PK\x03\x04") else csv_rows(data, name)
    searched = [list(row) for row in rows[:_SEARCHED]]
    if not searched:
        return Peek((), 1, {}, ())

    def likely(at: int) -> tuple[int, int]:
        row = searched[at]
        return len(columns_of(row, reading)), sum(bool(cell.strip()) for cell in row)

    best = max(range(len(searched)), key=lambda at: (*likely(at), -at))
    header = tuple(cell.strip()[:_LONGEST] for cell in searched[best][:_WIDEST])
    columns = {field: searched[best][place].strip() for field, place in columns_of(searched[best], reading).items()}
    first = [tuple(cell.strip()[:_LONGEST] for cell in row[:_WIDEST]) for row in rows[best + 1 : best + 1 + _SHOWN]]
    return Peek(header, best + 1, columns, tuple(first))
