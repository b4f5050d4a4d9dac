"""Attendance as CSV: our own columns and those of Indico's registration export; formula-safe when written."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from palermo.partnership.formats.csv_cells import Cells, bare, guarded
from palermo.partnership.formats.limits import plain, row_of
from palermo.vocabulary.errors import Refusal

MOST_BYTES, MOST_ROWS, MOST_CELL = 5_000_000, 20_000, 2_000


@dataclass(frozen=True)
class AttendanceRow:
    """One person of the file, in our own codes."""

    name: str = ""
    organisation: str = ""
    state: str = ""
    delegation: str = ""
    capacity: str = "participant"
    gender: str = "not_known"
    sector: str = "other"
    step: str = "present"
    mode: str = "in_person"
    trained: str = "no"
    trained_as_trainer: str = "no"
    publish_name: str = "nobody"
    email: str = ""
    row: int = 0


#: Columns as our own export writes them.
COLUMNS = tuple(field.name for field in fields(AttendanceRow) if field.name != "row")
#: Heads of Indico's registration export (its labels may be translated by the event's manager), and ours for them.
INDICO = {
    "Name": "name",
    "First Name": "first",
    "Last Name": "last",
    "Email Address": "email",
    "Affiliation": "organisation",
    "Country": "state",
    "Position": "delegation",
    "Registration state": "step",
    "Registration status": "step",
    "Checked in": "checked_in",
    "Consent to publish": "publish_name",
    "Gender": "gender",
    "Role": "capacity",
    "Sector": "sector",
    "Attendance": "mode",
}
#: Words for our codes in either kind of file, in small letters.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "gender": {"f": "woman", "female": "woman", "m": "man", "male": "man", "": "not_known", "unknown": "not_known"},
    "mode": {"": "in_person", "present": "in_person", "on site": "in_person", "virtual": "online", "remote": "online"},
    "step": {
        "": "present",
        "completed": "registered",
        "complete": "registered",
        "approved": "registered",
        "pending": "invited",
        "rejected": "declined",
        "withdrawn": "declined",
    },
    "publish_name": {
        "": "nobody",
        "no": "nobody",
        "not given": "nobody",
        "participants": "nobody",
        "yes": "all",
        "everyone": "all",
        "for all": "all",
    },
    "capacity": {"": "participant"},
    "sector": {"": "other"},
    "trained": {"": "no", "true": "yes", "false": "no"},
    "trained_as_trainer": {"": "no", "true": "yes", "false": "no"},
}


def read_attendance(data: bytes, *, codes: Mapping[str, Iterable[str]], file: str = "file") -> list[AttendanceRow]:
    """Read a CSV of attendance.

    Args:
        data: the file's bytes, UTF-8, comma or semicolon.
        codes: for each column of codes, those that are known.
        file: its name, for errors.

    Raises:
        Refusal: names row and column.
    """
    rows = _rows(data, file)
    heads = [_head(head) for head in rows[0]] if rows else []
    if "name" not in heads and "last" not in heads and "organisation" not in heads:
        raise Refusal(
            "there is no column with names.",
            where=f"{file}, row 1",
            remedy=f"Columns are: {', '.join(COLUMNS)}; or those of Indico's export: {', '.join(INDICO)}.",
        )
    twice = {head for head in heads if head and heads.count(head) > 1}
    if twice:
        raise Refusal(
            f"the column “{min(twice)}” stands twice.", where=f"{file}, row 1", remedy="Leave one of them out."
        )
    found = []
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(heads):
            raise Refusal(
                f"the row has {len(row)} fields, {len(heads)} were expected.",
                where=f"{file}, row {number}",
                remedy="Put text with commas into quotes.",
            )
        found.append(_read_row(dict(zip(heads, row, strict=True)), number, codes, file))
    return found


def _rows(data: bytes, file: str) -> list[list[str]]:
    if len(data) > MOST_BYTES:
        raise Refusal(f"the file has more than {MOST_BYTES} bytes.", where=file, remedy="Import one event at a time.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = f"{file}, row {row_of(error)}"
        raise Refusal("the text is not UTF-8.", where=where, remedy="Save it as CSV UTF-8.") from error
    if "\x00" in text:
        raise Refusal("the file is not text.", where=file, remedy="Save it as CSV UTF-8.")
    rows: list[list[str]] = []
    try:
        for row in Cells(text):
            rows.append(row)
            if len(rows) > MOST_ROWS:
                raise Refusal(
                    f"there are more than {MOST_ROWS} rows.", where=file, remedy="Import one event at a time."
                )
            long = next((place for place, cell in enumerate(row) if len(cell) > MOST_CELL), None)
            if long is not None:
                column = rows[0][long][:40] if long < len(rows[0]) else long + 1
                raise Refusal(
                    f"a field has more than {MOST_CELL} characters.",
                    where=f"{file}, row {len(rows)}, column {column}",
                    remedy="Shorten it; a quote may be missing.",
                )
    except csv.Error as error:
        raise Refusal(
            f"the file is not CSV ({error}).", where=f"{file}, row {len(rows) + 1}", remedy="A quote may be missing."
        ) from error
    return rows


def _head(text: str) -> str:
    known = {label.casefold(): ours for label, ours in INDICO.items()}
    plain = text.strip()
    name = plain.casefold().replace(" ", "_")
    return name if name in COLUMNS else known.get(plain.casefold(), "")


def _read_row(cells: dict[str, str], number: int, codes: Mapping[str, Iterable[str]], file: str) -> AttendanceRow:
    for head in ("name", "first", "last", "organisation", "delegation"):
        plain(cells.get(head, ""), where=f"{file}, row {number}, column {head}")
    said = {head: bare(cell.strip()) for head, cell in cells.items() if head}
    first, last, came = (said.pop(key, "") for key in ("first", "last", "checked_in"))
    if not said.get("name"):
        said["name"] = f"{first} {last}".strip()
    for column, known in codes.items():
        if column in said:
            said[column] = _code(column, said[column], list(known), f"{file}, row {number}, column {column}")
    if came:
        said["step"] = (
            "present" if came.casefold() in ("yes", "true", "1", "checked in") else said.get("step", "absent")
        )
    if not said.get("name") and not said.get("organisation"):
        raise Refusal(
            "there is neither a name nor an organisation.",
            where=f"{file}, row {number}, column name",
            remedy="Say who it was, or take the row out.",
        )
    return AttendanceRow(**said, row=number)


def _code(column: str, text: str, known: list[str], where: str) -> str:
    plain = text.strip().casefold()
    code = _WORDS.get(column, {}).get(plain, plain.replace(" ", "_").replace("-", "_"))
    if code not in known:
        raise Refusal(f"“{text[:60]}” is not known.", where=where, remedy=f"Use one of: {', '.join(known)}.")
    return code


def write_attendance(rows: Iterable[Mapping[str, str]]) -> bytes:
    """CSV in UTF-8 with our columns; what a spreadsheet would run as a formula is written as text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([guarded(row.get(column, "")) for column in COLUMNS])
    return ("\ufeff" + out.getvalue()).encode()
