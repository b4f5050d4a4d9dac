"""XLSX as rows of text: the first sheet, dates as ISO, numbers as the shortest decimal; formulas are refused."""

import datetime as dt
import io
import re
import zipfile
from xml.etree.ElementTree import Element

from palermo.prosecution.formats.statements.camt import read_xml
from palermo.vocabulary.errors import Refusal

_MOST_BYTES = 200_000_000
_EPOCH = dt.date(1899, 12, 30)
_DATE_FORMATS = {14, 15, 16, 17, 22}


def read_xlsx(data: bytes, file: str) -> list[list[str]]:
    """The cells of the first sheet as text, row by row.

    Raises:
        Refusal: no workbook, a bomb (over 200 MB unpacked), or a formula in a cell.
    """
    try:
        book = zipfile.ZipFile(io.BytesIO(data))
        if sum(part.file_size for part in book.infolist()) > _MOST_BYTES:
            raise Refusal("The workbook unpacks to more than 200 MB.", where=file, remedy="Save the sheet as CSV.")
        strings = _strings(book, file)
        dates = _date_styles(book, file)
        sheet = _part(book, "xl/worksheets/sheet1.xml", file)
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError) as error:
        raise Refusal(
            f"The workbook cannot be read ({error}).", where=file, remedy="Save it anew, or as CSV."
        ) from None
    return _rows(sheet, strings, dates, file)


def _part(book: zipfile.ZipFile, name: str, file: str) -> Element:
    root = read_xml(book.read(name), f"{file}, {name}")
    for node in root.iter():
        node.tag = node.tag.rsplit("}", 1)[-1]
    return root


def _strings(book: zipfile.ZipFile, file: str) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    return [
        "".join(t.text or "" for t in one.iter("t")) for one in _part(book, "xl/sharedStrings.xml", file).iter("si")
    ]


def _date_styles(book: zipfile.ZipFile, file: str) -> set[int]:
    """Numbers of the cell styles that show a number as a date."""
    if "xl/styles.xml" not in book.namelist():
        return set()
    styles = _part(book, "xl/styles.xml", file)
    own = {
        int(one.get("numFmtId", "0"))
        for one in styles.iter("numFmt")
        if re.search(r"[dy]", re.sub(r'"[^"]*"|\[[^\]]*\]', "", one.get("formatCode", "").lower()))
    }
    formats = styles.find("cellXfs")
    cells = list(formats) if formats is not None else []
    return {n for n, one in enumerate(cells) if int(one.get("numFmtId", "0")) in _DATE_FORMATS | own}


def _rows(sheet: Element, strings: list[str], dates: set[int], file: str) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in sheet.iter("row"):
        number = int(row.get("r", str(len(rows) + 1)))
        rows += [[] for _ in range(min(number, 1_048_576) - len(rows) - 1)]
        cells: list[str] = []
        for cell in row.iter("c"):
            place = _column(cell.get("r", "")) if cell.get("r") else len(cells)
            cells += [""] * (place - len(cells))
            cells.append(_cell(cell, strings, dates, f"{file}, row {number}"))
        rows.append(cells)
    widest = max((len(row) for row in rows), default=0)
    return [row + [""] * (widest - len(row)) for row in rows]


def _column(reference: str) -> int:
    place = 0
    for letter in re.sub(r"[^A-Z]", "", reference.upper())[:3]:
        place = place * 26 + ord(letter) - 64
    return place - 1


def _cell(cell: Element, strings: list[str], dates: set[int], where: str) -> str:
    if cell.find("f") is not None:
        raise Refusal(
            "A cell holds a formula, so its value is not what the bank wrote.",
            where=f"{where}, cell {cell.get('r', '')}",
            remedy="Ask for the bank's own export, or save values only.",
        )
    value, kind = cell.findtext("v") or "", cell.get("t", "n")
    if kind == "s":
        at = int(value) if value.isdigit() else -1
        return strings[at] if 0 <= at < len(strings) else ""
    if kind != "n" or not value:
        return "".join(t.text or "" for t in cell.iter("t")) if kind == "inlineStr" else value
    try:
        number = float(value)
    except ValueError:
        return value
    if int(cell.get("s", "0")) in dates and 0 < number < 2_958_466:
        return (_EPOCH + dt.timedelta(days=int(number))).isoformat()
    return f"{number:.15g}" if number == number and abs(number) < 1e15 else value  # noqa: PLR0124
