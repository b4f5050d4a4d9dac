"""Every row of a ledger as CSV or XLSX that a spreadsheet shows and never runs."""

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from palermo.prosecution.methods.ledger import Ledger
from palermo.vocabulary.errors import Refusal

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
COLUMNS = ("id", "time", "source", "target", "amount", "currency", "line")
_MOST_XLSX = 1_048_575
_MOMENT = dt.datetime(2000, 1, 1)  # noqa: DTZ001 -- workbooks know no zone; the same bytes each time


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before signs that begin one (CSV injection)."""
    return f"'{text}" if text.startswith(_RUNS) else text


def rows(ledger: Ledger, extra: pl.DataFrame | None = None) -> Iterator[Sequence[str]]:
    """A header and all rows as text; `extra` has `line` and more columns, which stand behind."""
    more = [name for name in extra.columns if name != "line"] if extra is not None else []
    behind = {row["line"]: row for row in extra.iter_rows(named=True)} if extra is not None else {}
    yield (*COLUMNS, *more)
    frame = ledger.rows.select("id", "time", "line")
    for (row_id, time, line), source, target, amount in zip(
        frame.iter_rows(), ledger.source, ledger.target, ledger.amount, strict=True
    ):
        known = behind.get(line, {})
        yield (
            safe(row_id), time.date().isoformat() if ledger.by_day else time.isoformat(), safe(ledger.name(source)),
            safe(ledger.name(target)), ledger.text(int(amount)), ledger.currency, str(line),
            *(safe(str(known.get(name) or "")) for name in more),
        )  # fmt: skip


def csv_bytes(table: Iterator[Sequence[str]]) -> bytes:
    """CSV in UTF-8 with a mark that spreadsheets know it by, lines ended as RFC 4180 has it."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(table)
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(table: Iterator[Sequence[str]]) -> bytes:
    """A workbook whose cells are all text: nothing in it is a formula, no amount becomes a float.

    Raises:
        Refusal: more rows than a sheet holds.
    """
    from openpyxl import Workbook  # noqa: PLC0415 -- heavy
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 -- heavy
    from openpyxl.writer.excel import save_workbook  # noqa: PLC0415 -- heavy

    from palermo.ui.documents import settled  # noqa: PLC0415 -- heavy

    book = Workbook(write_only=True)
    book.properties.created = _MOMENT
    sheet = book.create_sheet("rows")
    for number, row in enumerate(table):
        if number > _MOST_XLSX:
            raise Refusal("A sheet holds 1,048,576 rows.", remedy="Write CSV instead.")
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=text)
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    save_workbook(book, out)
    return settled(_undated(out), moment=_MOMENT.replace(tzinfo=dt.UTC))


def _undated(workbook: io.BytesIO) -> bytes:
    """The workbook without the second in which it was saved, which the writer puts in whatever it is told."""
    out = io.BytesIO()
    with zipfile.ZipFile(workbook) as saved, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as still:
        for name in saved.namelist():
            data = saved.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + f"{_MOMENT.isoformat()}Z".encode(), data)
            still.writestr(name, data)
    return out.getvalue()


def write_rows(ledger: Ledger, out: Path, extra: pl.DataFrame | None = None) -> None:
    """Write CSV or XLSX by the name's ending.

    Raises:
        Refusal: another ending.
    """
    kinds = {".csv": csv_bytes, ".xlsx": xlsx_bytes}
    if out.suffix.lower() not in kinds:
        raise Refusal(f"{out.name!r} is neither CSV nor XLSX.", remedy="End the name in .csv or .xlsx.")
    out.write_bytes(kinds[out.suffix.lower()](rows(ledger, extra)))
