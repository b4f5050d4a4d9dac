"""A file of an office's year (TOML) as records and figures, checked whole before anything is kept."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from palermo.partnership.formats.limits import FORMULA
from palermo.partnership.formats.record_figures import FileFigure, as_figure, context_figure
from palermo.partnership.formats.records_spec import CONTEXT, CONTEXT_KEYS, MANY, SINGLE, UNITS, Spec
from palermo.partnership.formats.toml_lines import Lines, read_toml
from palermo.vocabulary.dates import PartialDate
from palermo.vocabulary.errors import Refusal

MOST_TEXT, MOST_LIST = 2_000, 500
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


@dataclass(frozen=True)
class FileRecord:
    """One record: its table, the name by which it stays the same, its values without figures, its place."""

    table: str
    reference: str
    values: Mapping[str, Any]
    where: str


@dataclass(frozen=True)
class RecordsFile:
    """What a file holds."""

    office: Mapping[str, Any]
    records: tuple[FileRecord, ...]
    figures: tuple[FileFigure, ...]

    @property
    def year(self) -> int:
        """The year that the file reports on."""
        return int(self.office["year"])


def read_records(data: bytes, *, file: str = "file") -> RecordsFile:
    """Read and check a file of records.

    Raises:
        Refusal: the first thing that is wrong, with table and line.
    """
    found, lines = read_toml(data, file=file)
    reader = _Reader(file, lines)
    known = {*SINGLE, *MANY, CONTEXT}
    for table, value in found.items():
        if table not in known:
            raise Refusal(
                f"there is no table “{_short(table)}”.",
                where=lines.where(file, table),
                remedy=f"Tables are: {', '.join(sorted(known))}.",
            )
        reader.read_table(table, value)
    if "office" not in found:
        raise Refusal("the table [office] is missing.", where=file, remedy="Say whose year it is: name and year.")
    reader.check_references()
    office = next(record for record in reader.records if record.table == "office")
    rest = tuple(record for record in reader.records if record.table != "office")
    return RecordsFile(office.values, rest, tuple(reader.figures))


def slug(*parts: object) -> str:
    """A short name of Latin letters, digits and hyphens, the same for the same parts."""
    from anyascii import anyascii  # noqa: PLC0415 -- only here

    text = anyascii(unicodedata.normalize("NFC", " ".join(str(part) for part in parts if part)))
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:80].strip("-")


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


class _Reader:
    """Walks the tables; keeps records, figures, and where each name was first given."""

    def __init__(self, file: str, lines: Lines) -> None:
        self.file, self.lines = file, lines
        self.records: list[FileRecord] = []
        self.figures: list[FileFigure] = []
        self._named: dict[tuple[str, str], str] = {}

    def read_table(self, table: str, value: Any) -> None:
        if table == CONTEXT:
            self._context(value)
        elif table in SINGLE:
            if not isinstance(value, dict):
                raise self._wrong(table, 0, "", f"[{table}] stands once, as a table", f"Write [{table}].")
            self._record(table, 0, value, SINGLE[table])
        else:
            if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
                raise self._wrong(table, 0, "", f"{table} is a list of tables", f"Write [[{table}]].")
            for index, row in enumerate(value):
                self._record(table, index, row, MANY[table])

    def check_references(self) -> None:
        """Projects of events and events of projects stand in the same file."""
        for record in self.records:
            named = [("project", record.values.get("project"))] if record.table == "event" else []
            for part in record.values.get("declared", []):
                named += [("event", one) for one in part["events"]]
            for table, reference in named:
                if reference and (table, reference) not in self._named:
                    raise Refusal(
                        f"there is no {table} “{reference}”.",
                        where=record.where,
                        remedy=f"Name one by its id, or add a [[{table}]].",
                    )

    def _record(self, table: str, index: int, row: dict[str, Any], spec: Spec) -> None:
        for key in row:
            if key not in spec:
                raise self._wrong(
                    table, index, key, f"there is no key “{_short(key)}”", f"Keys are: {', '.join(sorted(spec))}."
                )
        for key, kind in spec.items():
            if kind.endswith("!") and key not in row:
                raise self._wrong(table, index, "", f"the key “{key}” is missing", f"Add {key} = ….")
        values = {key: self._value(table, index, key, value, spec[key].rstrip("!")) for key, value in row.items()}
        self._when(table, index, values)
        reference = _reference(table, values)
        where = self.lines.where(self.file, table, index)
        # By name, not by place: tables written inline all stand at the same one.
        if before := self._named.get((table, reference)):
            raise Refusal(f"“{reference}” stands here twice: {before}.", where=where, remedy="Give each its own id.")
        self._named[table, reference] = where
        title = str(values.get("title") or values.get("name") or values.get("country") or reference)
        plain = {key: value for key, value in values.items() if not _is_figure(value)}
        self.records.append(FileRecord(table, reference, plain, where))
        prefix = table if table in SINGLE else f"{table}.{reference}"
        for key, value in values.items():
            self.figures += _named_figures(f"{prefix}.{key}", f"{title}: {key.replace('_', ' ')}", value)

    def _when(self, table: str, index: int, values: dict[str, Any]) -> None:
        start, end = values.get("start"), values.get("end")
        if end and not start:
            raise self._wrong(table, index, "end", "an end needs a start", "Add start = ….")
        if start and end and end < start:
            raise self._wrong(table, index, "end", f"it ends on {end}, before it starts", "Give the later day as end.")

    def _context(self, value: Any) -> None:
        if not isinstance(value, dict):
            raise self._wrong(CONTEXT, 0, "", "[context] is a table", "Write [context].")
        for key, row in value.items():
            if not isinstance(row, dict) or "value" not in row or not set(row) <= CONTEXT_KEYS:
                raise self._wrong(
                    CONTEXT,
                    0,
                    key,
                    f"“{_short(key)}” is no figure with a source",
                    'Write { value = 1, source = "…" }, with as_of and unit if known.',
                )
            figure = context_figure(f"{CONTEXT}.{key}", key.replace("_", " "), row)
            if figure is None:
                raise self._wrong(
                    CONTEXT,
                    0,
                    key,
                    f"“{_short(row['value'])}” is no number",
                    "Write a number, or “almost one in four”.",
                )
            self.figures.append(figure)

    def _value(self, table: str, index: int, key: str, value: Any, kind: str) -> Any:
        good, expected = _READ[kind](value)
        if good is None:
            raise self._wrong(table, index, key, f"“{key}” is {_short(repr(value))}", f"Expected {expected}.")
        return good

    def _wrong(self, table: str, index: int, key: str, message: str, remedy: str) -> Refusal:
        return Refusal(f"{message}.", where=self.lines.where(self.file, table, index, key), remedy=remedy)


def _reference(table: str, values: Mapping[str, Any]) -> str:
    if "id" in values:
        return str(values["id"])
    if table in SINGLE:
        return table
    when = values.get("year") or str(values.get("start") or values.get("month") or "")[:4]
    if "country" in values:
        return slug(values["country"], values.get("kind") if "follow" in str(values.get("kind")) else "", when)
    return slug(values.get("title") or when)


def _is_figure(value: Any) -> bool:
    figures = isinstance(value, dict) and any(isinstance(one, FileFigure) for one in value.values())
    return isinstance(value, FileFigure) or figures


def _named_figures(name: str, definition: str, value: Any) -> Iterator[FileFigure]:
    if isinstance(value, FileFigure):
        key = "partners_for_cooperation" if name.endswith(".states.partners") else name.rsplit(".", 1)[1]
        yield value.called(name, definition, UNITS.get(key, ""))
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _named_figures(f"{name}.{key}", f"{definition}: {key.replace('_', ' ')}", one)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for number, one in enumerate(value, start=1):
            events = ", ".join(one.get("events", []))
            yield from _named_figures(f"{name}.{number}", f"{definition} ({events})", one)


def _text(value: Any) -> tuple[Any, str]:
    good = isinstance(value, str) and 0 < len(value.strip()) <= MOST_TEXT and not value.strip().startswith(FORMULA)
    expected = f"text of 1 to {MOST_TEXT} characters that does not begin as a spreadsheet's formula does"
    return value.strip() if good else None, expected


def _texts(value: Any) -> tuple[Any, str]:
    good = isinstance(value, list) and len(value) <= MOST_LIST and all(_text(one)[0] for one in value)
    return [one.strip() for one in value] if good else None, 'a list such as ["Vienna", "Vicenza"]'


def _slug(value: Any) -> tuple[Any, str]:
    good = isinstance(value, str) and len(value) <= 80 and _SLUG.fullmatch(value)
    return value if good else None, "small letters, digits and hyphens, such as alliance-17"


def _date(value: Any) -> tuple[Any, str]:
    good = isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    return value if good else None, "a day without quotes, such as 2017-04-03"


def _month(value: Any) -> tuple[Any, str]:
    return _partial_of(value, r"\d{4}-\d{2}"), 'a month such as "2017-06"'


def _year(value: Any) -> tuple[Any, str]:
    good = isinstance(value, int) and not isinstance(value, bool) and 1900 <= value <= 2200
    return value if good else None, "a year between 1900 and 2200"


def _partial(value: Any) -> tuple[Any, str]:
    return (_year(value)[0] if isinstance(value, int) else _text(value)[0]), 'a year, or words such as "early 2018"'


def _partial_of(value: Any, form: str) -> str | None:
    if not isinstance(value, str) or not re.fullmatch(form, value, re.ASCII):
        return None
    try:
        return str(PartialDate.parse(value))
    except Refusal:
        return None


def _months(value: Any) -> tuple[Any, str]:
    good = (
        isinstance(value, list) and len(value) <= 12 and all(isinstance(one, str) and one in _MONTHS for one in value)
    )
    return value if good else None, 'months such as ["04", "12"]'


_MONTHS = {f"{month:02d}" for month in range(1, 13)}


def _flag(value: Any) -> tuple[Any, str]:
    return value if isinstance(value, bool) else None, "true or false"


_FIGURE = 'a whole number, or { count = 350, bound = "min" } (bound: min for “over”, max for “almost” and “up to”)'


def _figure(value: Any) -> tuple[Any, str]:
    return as_figure(value), _FIGURE


def _figures(value: Any) -> tuple[Any, str]:
    if not isinstance(value, dict):
        return None, "a table of figures"
    period = value.get("period", "")
    found = {key: as_figure(one, period=str(period)) for key, one in value.items() if key != "period"}
    good = (
        found
        and all(found.values())
        and isinstance(period, str)
        and all(_SLUG.fullmatch(k.replace("_", "-")) for k in found)
    )
    return found if good else None, "a table of whole numbers, with a period in words if there is one"


def _partners(value: Any) -> tuple[Any, str]:
    return _texts(value) if isinstance(value, list) else _figure(value)


def _declared(value: Any) -> tuple[Any, str]:
    expected = "a list of tables with events = […] and figures"
    if not isinstance(value, list) or not value or len(value) > MOST_LIST:
        return None, expected
    found = []
    for part in value:
        events = _texts(part.get("events")) if isinstance(part, dict) else (None, "")
        figures = _figures({key: one for key, one in part.items() if key != "events"}) if events[0] else (None, "")
        if not events[0] or not figures[0]:
            return None, expected
        found.append({"events": events[0], **figures[0]})
    return found, expected


_READ = {
    "text": _text,
    "texts": _texts,
    "slug": _slug,
    "date": _date,
    "month": _month,
    "months": _months,
    "year": _year,
    "partial": _partial,
    "flag": _flag,
    "figure": _figure,
    "figures": _figures,
    "partners": _partners,
    "declared": _declared,
}
