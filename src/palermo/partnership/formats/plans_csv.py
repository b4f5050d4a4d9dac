"""Plans as CSV: read with suspicion, written without formulas."""

import csv
import io
from collections.abc import Iterable, Sequence

from palermo.partnership.formats.csv_cells import Cells, bare, guarded
from palermo.partnership.formats.limits import FORMULA, MOST_ENTRIES, decoded
from palermo.partnership.formats.plan_rows import Said
from palermo.vocabulary.errors import Refusal

STEP_COLUMNS = (
    "uid",
    "body",
    "cycle",
    "state",
    "step",
    "starts",
    "ends",
    "certainty",
    "holder",
    "confirmed_on",
    "themes",
    "note",
)
INITIATIVE_COLUMNS = ("uid", "structure", "kind", "title", "states", "starts", "ends", "certainty", "themes", "note")
#: Columns without which a row says nothing.
NEEDED = {STEP_COLUMNS: ("body", "state", "step", "starts"), INITIATIVE_COLUMNS: ("structure", "title", "starts")}


def read_csv(data: bytes, columns: tuple[str, ...], *, name: str = "the file") -> list[Said]:
    """The rows of a CSV (comma, semicolon or tab) with a header line.

    Args:
        data: the file.
        columns: `STEP_COLUMNS` or `INITIATIVE_COLUMNS`; the order is free, and those not needed may be left out.
        name: how the file is called in refusals.

    Raises:
        Refusal: naming file, row and column, what was expected and the remedy.
    """
    text = decoded(data, name=name)
    rows = Cells(text)
    found: list[Said] = []
    names: list[str] = []
    try:
        for fields in rows:
            where = f"{name}, row {rows.number}"
            if not names:
                names = _header(fields, columns, name)
            elif any(field.strip() for field in fields):
                found.append(Said(where, _fields(fields, names, where), checked=True))
                if len(found) > MOST_ENTRIES:
                    raise Refusal(f"there are more than {MOST_ENTRIES:,} rows.", where=where, remedy="Split the file.")
    except csv.Error as error:
        raise Refusal(
            "the row is no CSV: a quotation mark or a line break stands where none can.",
            where=f"{name}, row {rows.number + 1}",
            remedy="Export the table anew.",
        ) from error
    if not found:
        raise Refusal("there is no row.", where=name, remedy=f"Write a header with {', '.join(columns)}, then rows.")
    return found


def _header(fields: Sequence[str], columns: tuple[str, ...], name: str) -> list[str]:
    names = [field.strip().lower() for field in fields]
    for needed in NEEDED[columns]:
        if needed not in names:
            raise Refusal(
                f"the column {needed!r} is missing.", where=f"{name}, row 1", remedy=f"Columns: {', '.join(columns)}."
            )
    for column in names:
        if column not in columns or names.count(column) > 1:
            raise Refusal(
                f"the column {column[:40]!r} is not known, or stands there twice.",
                where=f"{name}, row 1",
                remedy=f"Columns: {', '.join(columns)}.",
            )
    return names


def _fields(fields: Sequence[str], names: Sequence[str], where: str) -> dict[str, str]:
    if len(fields) != len(names):
        raise Refusal(
            f"the row has {len(fields)} fields, the header {len(names)}.",
            where=where,
            remedy="Put texts with commas into quotation marks.",
        )
    for name, field in zip(names, fields, strict=True):
        if field.strip().startswith(FORMULA):
            raise Refusal(
                f"the text begins with {field.strip()[0]!r}, as a spreadsheet's formula does.",
                where=f"{where}, {name}",
                remedy="Put a word before it, or an apostrophe.",
            )
    return {name: bare(field) for name, field in zip(names, fields, strict=True)}


def write_csv(rows: Iterable[Sequence[str]], columns: Sequence[str]) -> bytes:
    """A CSV with a header, in UTF-8, no cell of which a spreadsheet takes for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode()
