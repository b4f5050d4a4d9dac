"""The directory as a CSV file (RFC 4180, UTF-8): officials with their posts, one row a post.

Cells that a spreadsheet would run as a formula leave with an apostrophe before them and lose it on the way in.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from palermo.partnership.formats.csv_cells import Cells, bare, guarded
from palermo.partnership.formats.limits import SPREADSHEET, row_of
from palermo.vocabulary.errors import Refusal

LARGEST = 5_000_000
MOST_ROWS = 5_000
LONGEST_CELL = 400
_NUMBER = re.compile(r"[+-]?[\d ()./-]+", re.ASCII)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_YES = {"yes": True, "no": False, "": False}


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    """An official and, where `post` is given, one post; `number` is the row in the file (the header is row 1)."""

    number: int
    name: str
    name_own_script: str = ""
    organisation: str = ""
    organisation_kind: str = ""
    organisation_state: str = ""
    position: str = ""
    email: str = ""
    phone: str = ""
    #: ISO 639-3 codes, separated by blanks in the file.
    languages: tuple[str, ...] = ()
    consented_on: dt.date | None = None
    clearance: str = "office"
    post: str = ""
    #: ISO 3166-1 alpha-2; empty where the post is the organisation's.
    state: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    document: str = ""
    shared: bool = False
    confirmed_on: dt.date | None = None


COLUMNS = tuple(field.name for field in fields(DirectoryRow) if field.name != "number")
NEEDED = ("name",)
_DAYS = ("consented_on", "since", "until", "confirmed_on")


def write_directory(rows: Iterable[DirectoryRow]) -> bytes:
    """The rows as a file that a spreadsheet opens without running anything."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([guarded(_text(value)) for name, value in asdict(row).items() if name != "number"])
    return out.getvalue().encode("utf-8-sig")


def read_directory(data: bytes, *, where: str = "the file") -> list[DirectoryRow]:
    """The rows of a file, checked as far as a file can be.

    Raises:
        Refusal: too large, not UTF-8, no table, a column missing or unknown, a cell that is too long, holds control
            characters, a formula, or no date where one is due; the first such place is named.
    """
    if len(data) > LARGEST:
        raise Refusal(f"the file is larger than {LARGEST // 1_000_000} MB", where=where, remedy="Cut it into parts.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"{where}, row {row_of(error)}"
        raise Refusal("the text is not UTF-8", where=place, remedy="Save it as CSV UTF-8.") from error
    lines = _lines(text, where)
    header = next(lines, (1, []))[1]
    _check_header(header, where)
    return [_row(number, dict(zip(header, cells, strict=True)), where) for number, cells in lines]


def _lines(text: str, where: str) -> Iterator[tuple[int, list[str]]]:
    reader, width = Cells(text), 0
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            remedy = "Look for a quotation mark that is not closed, or a very long cell."
            raise Refusal("this is no CSV table", where=f"{where}, row {number}", remedy=remedy) from error
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        if number > MOST_ROWS + 1:
            raise Refusal(f"there are more than {MOST_ROWS} rows", where=where, remedy="Cut the file into parts.")
        width = width or len(cells)
        if len(cells) != width:
            raise Refusal(
                f"the row has {len(cells)} cells, {width} were expected",
                where=f"{where}, row {number}",
                remedy="Give every row a cell for every column of the first row.",
            )
        yield number, cells


def _check_header(header: list[str], where: str) -> None:
    place, expected = f"{where}, row 1", f"Expected columns: {', '.join(COLUMNS)}."
    for name in NEEDED:
        if name not in header:
            raise Refusal(f"the column {name!r} is missing", where=place, remedy=expected)
    for name in header:
        if name not in COLUMNS:
            raise Refusal(f"{name[:40]!r} is no column of the directory", where=place, remedy=expected)
        if header.count(name) > 1:
            raise Refusal(f"the column {name!r} stands there twice", where=place, remedy="Leave one of them out.")


def _row(number: int, cells: Mapping[str, str], where: str) -> DirectoryRow:
    said: dict[str, Any] = {name: _cell(text, f"{where}, row {number}, {name}", name) for name, text in cells.items()}
    for name in _DAYS:
        if name in said:
            said[name] = _day(said[name], f"{where}, row {number}, {name}")
    if "languages" in said:
        said["languages"] = tuple(said["languages"].split())
    if "shared" in said:
        said["shared"] = _yes(said["shared"], f"{where}, row {number}, shared")
    if not said.get("clearance"):
        said.pop("clearance", None)
    return DirectoryRow(number=number, **said)


def _cell(text: str, where: str, name: str) -> str:
    if len(text) > LONGEST_CELL:
        raise Refusal(f"the cell is longer than {LONGEST_CELL} characters", where=where, remedy="Shorten it.")
    if _CONTROL.search(text):
        raise Refusal("the cell holds control characters", where=where, remedy="Type it anew.")
    kept = text.strip()
    if (text := bare(kept)) != kept:
        return text
    if kept.startswith(SPREADSHEET) and not (name == "phone" and _NUMBER.fullmatch(kept)):
        raise Refusal(
            "the cell begins like a formula", where=where, remedy="Put an apostrophe before it if it is text."
        )
    return kept


def _day(text: str, where: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise Refusal(f"{text!r} is no date", where=where, remedy="Write it as YYYY-MM-DD.") from error


def _yes(text: str, where: str) -> bool:
    if text.lower() not in _YES:
        raise Refusal(f"{text!r} is neither yes nor no", where=where, remedy="Write yes, no, or nothing.")
    return _YES[text.lower()]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " ".join(value)
    return "" if value is None else str(value)
