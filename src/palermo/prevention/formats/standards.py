"""Files of cases in HTCDS 2.0, the CTDC columns or IC-TIP: read with a report of every cell that does not fit, written.

A cell that is wrong is left out and reported by row, column, what was expected and the remedy; nothing is guessed.
Choices of several are read as one column with codes between spaces, commas or semicolons, or as one column a code
(``vic_MethodsOfControl/DebtBondage``), and written with spaces as the HTCDS form does.
"""

import datetime as dt
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from palermo.prevention.formats.records import read_records
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.standards import Column, Standard, load_regions

NOT_KNOWN = frozenset({"", "NULL", "NA", "N/A", "-99"})  # -99 stands for "not known" in the CTDC files up to 2021
_TRUE, _FALSE = frozenset({"1", "true", "yes", "ok"}), frozenset({"0", "false", "no"})
_DASHES = re.compile(r"\s*(?:--|[-‐-―−])\s*(?=\d)")  # the dashes between two ages
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that does not fit.

    Args:
        row: of the file, the header being row 1.
        column: as the file calls it.
        found: the beginning of what stands there.
        expected: what may stand there.
        remedy: what to do.
    """

    row: int
    column: str
    found: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        return f"row {self.row}, column {self.column!r}: {self.found!r} is not {self.expected}. {self.remedy}"


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What a file says.

    Args:
        frame: text columns of the standard, those in the file; None for "not known".
        problems: cells that do not fit, by row.
        ignored: columns of the file that are not of the standard.
    """

    frame: pl.DataFrame
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...]


def read_standard(data: bytes, standard: Standard, *, name: str) -> Reading:
    """A file of cases, checked against a standard.

    Raises:
        Refusal: neither CSV nor Parquet, empty, or without any column of the standard.
    """
    raw = read_records(data, name=name)
    places = {title: _place(title, standard) for title in raw.columns}
    ignored = tuple(title for title, (column, _) in places.items() if column is None)
    if len(ignored) == len(places):
        some = ", ".join(list(standard.columns)[:5])
        raise Refusal(f"No column is one of {standard.title}.", where=name, remedy=f"Its columns are {some} and so on.")
    problems: list[Problem] = []
    out: dict[str, pl.Series] = {}
    for title, (column, code) in places.items():
        if column is not None:
            read = _read(raw[title].cast(pl.String), column, code, problems)
            out[column.name] = _joined(out[column.name], read) if column.name in out else read.alias(column.name)
    frame = pl.DataFrame([out[c] for c in standard.columns if c in out])
    return Reading(frame, tuple(sorted(problems, key=lambda p: (p.row, p.column))), ignored)


def write_standard(frame: pl.DataFrame, standard: Standard) -> bytes:
    """The frame as CSV with every column of the standard in its order; empty for "not known".

    Raises:
        Refusal: a cell does not fit the standard.
    """
    for name in frame.columns:
        column = standard.columns.get(name)
        if column is None:
            raise Refusal(f"{name!r} is no column of {standard.title}.", remedy="Leave it out.")
        problems: list[Problem] = []
        _read(frame[name], column, "", problems)
        if problems:
            raise Refusal(str(problems[0]))
    every = [
        pl.col(name) if name in frame.columns else pl.lit(None, pl.String).alias(name) for name in standard.columns
    ]
    buffer = io.BytesIO()
    frame.select(every).write_csv(buffer)
    return buffer.getvalue()


def _place(title: str, standard: Standard) -> tuple[Column | None, str]:
    """The column a header means, and the code where it is one of a choice of several, groups before it undone."""
    names = {**{c.alias: c for c in standard.columns.values() if c.alias}, **standard.columns}
    if title.strip() in names:
        return names[title.strip()], ""
    parts = [piece.strip() for piece in re.split(r"[/:]", title)]
    for at in range(len(parts) - 1, -1, -1):
        found = names.get(parts[at]) or names.get(parts[at].rsplit("-", 1)[-1])
        if found is not None:
            code = "/".join(parts[at + 1 :])
            return (found, code) if not code or code in found.codes else (None, "")
    return None, ""


def _read(texts: pl.Series, column: Column, code: str, problems: list[Problem]) -> pl.Series:
    """Canonical texts of one column; what does not fit becomes None and a problem."""
    clean = _CLEAN["checkbox"] if code else _CLEAN[column.kind]
    expected, remedy = _EXPECTED["checkbox" if code else column.kind](column)
    seen: dict[str, str | None] = {}
    bad: set[str] = set()
    for text in texts.unique().to_list():
        if text is None or text.strip().upper() in NOT_KNOWN:
            continue
        seen[text] = clean(text.strip(), column)
        if seen[text] is None:
            bad.add(text)
    for at, text in enumerate(texts.to_list(), start=2) if bad else ():
        if text in bad:
            problems.append(Problem(at, texts.name, text.strip()[:_SHOWN], expected, remedy))
    read = [(seen.get(text) or None) if text is not None else None for text in texts.to_list()]
    out = pl.Series(read, dtype=pl.String)
    if code:
        out = pl.Series([code if text == "TRUE" else None for text in out.to_list()], dtype=pl.String)
    return out.alias(column.name)


def _joined(one: pl.Series, other: pl.Series) -> pl.Series:
    """Codes of two columns of one choice."""
    pairs = zip(one.to_list(), other.to_list(), strict=True)
    return pl.Series(one.name, [" ".join(dict.fromkeys(f"{a or ''} {b or ''}".split())) or None for a, b in pairs])


def _code(text: str, column: Column) -> str | None:
    plain = {_DASHES.sub("--", code).casefold(): code for code in column.codes}
    return plain.get(_DASHES.sub("--", text).casefold())


def _many(text: str, column: Column) -> str | None:
    parts = text.split(";") if ";" in text else text.replace(",", " ").split()
    codes = [_code(part.strip(), column) for part in parts]
    return None if None in codes else " ".join(dict.fromkeys(filter(None, codes)))


def _year(text: str, column: Column) -> str | None:
    return text if text.isdecimal() and len(text) == 4 and text >= column.codes[0] else None


def _number(text: str, _: Column) -> str | None:
    return text if re.fullmatch(r"-?\d{1,9}(\.\d{1,9})?", text) else None


def _date(text: str, _: Column) -> str | None:
    try:
        return dt.date.fromisoformat(text[:10]).isoformat() if len(text) >= 10 else None
    except ValueError:
        return None


def _checkbox(text: str, _: Column) -> str | None:
    return "TRUE" if text.casefold() in _TRUE else "FALSE" if text.casefold() in _FALSE else None


def _iso(length: int) -> Callable[[str, Column], str | None]:
    codes = {(r.iso2 if length == 2 else r.iso3) for r in load_regions()}

    def clean(text: str, _: Column) -> str | None:
        return text.upper() if text.upper() in codes else "" if text in {"0", "00"} else None

    return clean


def _many_iso2(text: str, column: Column) -> str | None:
    parts = [_CLEAN["iso2"](part, column) for part in re.split(r"[\s,;]+", text) if part]
    return None if None in parts else " ".join(filter(None, parts))


_CLEAN: Mapping[str, Callable[[str, Column], str | None]] = {
    "codes": _code,
    "flag": _code,
    "many": _many,
    "year": _year,
    "number": _number,
    "date": _date,
    "checkbox": _checkbox,
    "iso2": _iso(2),
    "iso3": _iso(3),
    "many_iso2": _many_iso2,
    "text": lambda text, _: text,
}
_EXPECTED: Mapping[str, Callable[[Column], tuple[str, str]]] = {
    "codes": lambda c: (f"one of {', '.join(c.codes)}", "Correct it or leave it empty."),
    "flag": lambda c: (
        " or ".join(c.codes) + " or empty",
        "Leave it empty where it is not so or not known." if "0" not in c.codes else "Leave it empty where not known.",
    ),
    "many": lambda c: (f"one or more of {', '.join(c.codes)}", "Correct the codes, with spaces between them."),
    "year": lambda c: (f"a year from {c.codes[0]}", "Write four digits."),
    "number": lambda _: ("a number", "Write digits only."),
    "date": lambda _: ("a day that exists", "Write it as 2026-03-31."),
    "checkbox": lambda _: ("TRUE or FALSE", "Write one of them, or 1 or 0."),
    "iso2": lambda _: ("a country's code of two letters (ISO 3166-1)", "Write it as MD, not as a name."),
    "iso3": lambda _: ("a country's code of three letters (ISO 3166-1)", "Write it as MDA, not as a name."),
    "many_iso2": lambda _: ("countries' codes of two letters (ISO 3166-1)", "Write them as MD RO."),
    "text": lambda _: ("text", ""),
}
