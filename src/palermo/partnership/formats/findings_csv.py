"""Findings as CSV, in and out. What comes in is taken whole or not at all."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from palermo.partnership.formats.csv_cells import Cells, bare, guarded
from palermo.partnership.formats.limits import FORMULA, row_of
from palermo.vocabulary.errors import Refusal

MOST_BYTES, MOST_ROWS, MOST_CELL = 5_000_000, 20_000, 50_000


@dataclass(frozen=True)
class FindingRow:
    """One row; all fields are text as in the file but the two days."""

    reference: str
    kind: str
    state: str
    body: str
    title: str
    themes: tuple[str, ...]
    source_kind: str
    source_reference: str
    found_on: dt.date
    urgency: str
    addressee: str
    deadline: dt.date | None
    stage: str
    language: str
    text: str
    clearance: str


COLUMNS = tuple(field.name for field in fields(FindingRow))
NEEDED = ("kind", "title", "source_kind", "found_on")


def read_findings_csv(data: bytes, *, name: str = "file") -> Iterator[tuple[int, FindingRow]]:
    """Each row with its number (the header is row 1).

    Raises:
        Refusal: naming file, row and column: too large, not UTF-8, a column that is missing or unknown, a row of the
            wrong length, a cell that is too long, a formula or no day. A cell that was
            guarded against being one is read as it was.
    """
    if len(data) > MOST_BYTES:
        raise Refusal(f"the file has more than {MOST_BYTES:,} bytes", where=name, remedy="Divide it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = f"{name}, row {row_of(error)}"
        raise Refusal("the file is not UTF-8", where=where, remedy="Save it as UTF-8.") from error
    if "\x00" in text:
        raise Refusal("the file holds a null character", where=name, remedy="Save it as plain UTF-8 text.")
    rows = Cells(text)
    try:
        yield from _rows(rows, name)
    except csv.Error as error:
        raise Refusal(
            f"the row cannot be read: {error}",
            where=f"{name}, row {rows.number + 1}",
            remedy="Look at its quotation marks.",
        ) from error


def _rows(rows: Iterator[list[str]], name: str) -> Iterator[tuple[int, FindingRow]]:
    header = [column.strip() for column in next(rows, [])]
    missing = [column for column in NEEDED if column not in header]
    unknown = [column for column in header if column not in COLUMNS]
    if missing or unknown or len(set(header)) != len(header):
        wrong = f"“{missing[0]}” is missing" if missing else f"“{(unknown or header)[0]}” is unknown or stands twice"
        raise Refusal(f"the column {wrong}", where=f"{name}, row 1", remedy=f"Use {', '.join(COLUMNS)}.")
    for number, cells in enumerate(rows, 2):
        if not any(cells):
            continue
        if number > MOST_ROWS + 1:
            raise Refusal(f"the file has more than {MOST_ROWS:,} rows", where=name, remedy="Divide it.")
        where = f"{name}, row {number}"
        if len(cells) != len(header):
            raise Refusal(
                f"the row has {len(cells)} cells, {len(header)} were expected",
                where=where,
                remedy="Look at its delimiters.",
            )
        yield number, _row(dict(zip(header, cells, strict=True)), where)


def _row(cells: dict[str, str], where: str) -> FindingRow:
    said = {column: cells.get(column, "").strip() for column in COLUMNS}
    for column, cell in said.items():
        if cell.startswith(FORMULA):
            raise Refusal(
                f"the cell begins with {cell[0]!r}, as a formula does",
                where=f"{where}, {column}",
                remedy="Begin with a word.",
            )
        if len(cell) > MOST_CELL:
            raise Refusal(
                f"the cell has more than {MOST_CELL:,} characters",
                where=f"{where}, {column}",
                remedy="Shorten it.",
            )
    for column in NEEDED:
        if not said[column]:
            raise Refusal("the cell is empty", where=f"{where}, {column}", remedy="Fill it.")
    found_on, deadline = _day(said["found_on"], f"{where}, found_on"), said["deadline"]
    themes = tuple(code.strip() for code in said["themes"].split("|") if code.strip())
    days = {"found_on": found_on, "deadline": _day(deadline, f"{where}, deadline") if deadline else None}
    texts = {column: bare(said[column]) for column in COLUMNS if column not in {"themes", *days}}
    return FindingRow(**texts, themes=themes, **days)  # type: ignore[arg-type]  # one value a field, by its name


def _day(text: str, where: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise Refusal(f"“{text[:20]}” is no day", where=where, remedy="Write it as 2017-05-10.") from error


def write_findings_csv(rows: Iterable[FindingRow]) -> bytes:
    """The same columns; a cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        cells = (getattr(row, column) for column in COLUMNS)
        writer.writerow([guarded(_cell(cell)) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return "|".join(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")
