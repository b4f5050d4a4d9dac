"""Cases of one standard in another, with a list of all that could not be carried over.

A cell of the source says that one of its concepts is true. It is carried to a cell of the target that stands for all of
them or more; where the target tells apart what the source does not, nothing is written and the loss is counted.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import polars as pl

from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.places import country_code
from palermo.vocabulary.standards import Column, Concept, Standard, load_concepts, load_regions

#: Last age of each band of CTDC, and the band.
BANDS = ((8, "0--8"), (17, "9--17"), (20, "18--20"), (23, "21--23"), (26, "24--26"), (29, "27--29"), (38, "30--38"),
         (47, "39--47"), (120, "48+"))  # fmt: skip
OF_AGE = 18
MINOR_BANDS = ("0--8", "9--17")
VALUE = "value."

Cells = dict[tuple[str, str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Lost:
    """What could not be carried over.

    Args:
        column: of the source.
        code: of the source, empty for a whole column.
        records: how many say it.
        why: in one sentence.
    """

    column: str
    code: str
    records: int
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class Converted:
    """Cases in the target's columns (text, None for "not known"), and what was lost."""

    frame: pl.DataFrame
    lost: tuple[Lost, ...]


def convert(
    frame: pl.DataFrame, source: Standard, target: Standard, *, concepts: tuple[Concept, ...] | None = None
) -> Converted:
    """Carry cases over.

    Args:
        frame: as `formats.standards.read_standard` gives.
        source: its standard.
        target: the standard wanted.
        concepts: an agency's own table; the one that ships unless given.

    Raises:
        Refusal: the two standards are the same.
    """
    if source.name == target.name:
        raise Refusal(f"Both are {source.title}.", remedy="Name two standards.")
    known = concepts or load_concepts()
    said = _facts(frame, source, _meanings(known, source, widened=False))
    out, lost = _coded(said, frame.height, target, known, source)
    values, more = _values(frame, source, target, known)
    lost += more + _unmapped(frame, known, source)
    out |= values
    _derive(out, target)
    empty = pl.Series([None] * frame.height, dtype=pl.String)
    return Converted(pl.DataFrame({c: out.get(c, empty) for c in target.columns}), tuple(lost))


def _meanings(concepts: tuple[Concept, ...], standard: Standard, *, widened: bool) -> Cells:
    """For each cell that is a fact, the concepts it stands for."""
    out: dict[tuple[str, str], set[str]] = {}
    for concept in concepts:
        if concept.name.startswith(VALUE):
            continue
        for cell in (*concept.cells[standard.name], *(concept.widened[standard.name] if widened else ())):
            out.setdefault(cell, set()).add(concept.name)
    return {cell: frozenset(names) for cell, names in out.items()}


def _facts(
    frame: pl.DataFrame, source: Standard, cells: Cells
) -> list[tuple[tuple[str, str], frozenset[str], pl.Series]]:
    """Which records say each cell: boolean series of the frame's height."""
    out = []
    for (column, code), names in cells.items():
        if column in frame.columns:
            many = source.columns[column].kind == "many"
            said = says(frame[column], code) if many else (frame[column] == (code or "1")).fill_null(value=False)
            out.append(((column, code), names, said))
    return out


def says(column: pl.Series, code: str) -> pl.Series:
    """Which cells of a choice of several (codes with spaces between) hold the code; "not known" does not."""
    return column.str.split(" ").list.contains(code).fill_null(value=False)


def _coded(
    said: list[tuple[tuple[str, str], frozenset[str], pl.Series]],
    height: int,
    target: Standard,
    concepts: tuple[Concept, ...],
    source: Standard,
) -> tuple[dict[str, pl.Series], list[Lost]]:
    """The target's facts, joined to columns, and the source's that found no cell."""
    wanted = _meanings(concepts, target, widened=True)
    carried: set[tuple[str, str]] = set()
    columns: dict[str, list[list[str]]] = {}
    for (column, code), names in wanted.items():
        holds = pl.Series([False] * height, dtype=pl.Boolean)
        for cell, meant, records in said:
            if meant <= names:
                holds |= records
                carried.add(cell)
        rows = columns.setdefault(column, [[] for _ in range(height)])
        for at in holds.arg_true().to_list():
            rows[at].append(code or "1")
    lost = [
        Lost(*cell, int(records.sum()), f"{target.title} has no cell that says this and no more than this.")
        for cell, _, records in said
        if cell not in carried and records.any()
    ]
    out = {}
    for column, rows in columns.items():
        several = target.columns[column].kind == "many"
        out[column] = pl.Series([" ".join(r) if several or len(r) == 1 else None for r in rows], dtype=pl.String)
        out[column] = out[column].replace("", None)
        clash = sum(len(r) > 1 for r in rows)
        if clash and not several:
            lost.append(Lost(column, "", clash, f"{source.title} says several things; one can stand in this column."))
    return out, lost


def _values(
    frame: pl.DataFrame, source: Standard, target: Standard, concepts: tuple[Concept, ...]
) -> tuple[dict[str, pl.Series], list[Lost]]:
    """Whole columns: years, ages, countries."""
    days = next((c for c in _whole(concepts, "value.year", source) if source.columns[c].kind == "date"), "")
    seen = frame[days].to_list() if days in frame.columns else [None] * frame.height
    out, lost = {}, []
    for concept in concepts:
        for column in _whole(concepts, concept.name, source):
            if not concept.name.startswith(VALUE) or column not in frame.columns:
                continue
            there = _whole(concepts, concept.name, target)
            held = frame[column].to_list()
            if column == "hte_Country" and "hte_Type" in frame.columns:
                held = [h if t == "Exploitation" else None for h, t in zip(held, frame["hte_Type"], strict=True)]
            count = sum(h is not None for h in held)
            how = _CHANGES.get((_kind(source.columns[column]), _kind(target.columns[there[0]]))) if there else None
            if how is None:
                if count:
                    lost.append(Lost(column, "", count, f"{target.title} has no column that this can be told in."))
                continue
            made = [how(h, s) if h is not None else None for h, s in zip(held, seen, strict=True)]
            out[there[0]] = pl.Series(made, dtype=pl.String)
            if gone := count - sum(m is not None for m in made):
                lost.append(Lost(column, "", gone, f"The value cannot be told in {there[0]}."))
    return out, lost


def _whole(concepts: tuple[Concept, ...], name: str, standard: Standard) -> list[str]:
    return [column for c in concepts if c.name == name for column, _ in c.cells[standard.name]]


def _unmapped(frame: pl.DataFrame, concepts: tuple[Concept, ...], source: Standard) -> list[Lost]:
    """Columns, and codes of choices, that no concept speaks of."""
    every = [c for concept in concepts for c in (*concept.cells[source.name], *concept.widened[source.name])]
    held = {cell for concept in concepts for cell in concept.cells[source.name]}
    out = []
    for column in frame.columns:
        why = "The table of concepts does not speak of it."
        if column not in {name for name, _ in every}:
            if count := frame.height - frame[column].null_count():
                out.append(Lost(column, "", count, why))
            continue
        for code in source.columns[column].codes if (column, "") not in held else ():
            if (column, code) not in held:
                found = int(says(frame[column], code).sum())
                out += [Lost(column, code, found, why)] if found else []
    return out


def _derive(out: dict[str, pl.Series], target: Standard) -> None:
    """Columns of the file of 2021 that follow from others."""
    if "majorityStatus" in target.columns and "ageBroad" in out:
        out["majorityStatus"] = pl.Series(
            [None if a is None else "Minor" if a in MINOR_BANDS else "Adult" for a in out["ageBroad"]], dtype=pl.String
        )
    if "isSexAndLabour" in target.columns:
        both = zip(out["isSexualExploit"], out["isForcedLabour"], strict=True)
        out["isSexAndLabour"] = pl.Series(["1" if a == b == "1" else None for a, b in both], dtype=pl.String)


def _kind(column: Column) -> str:
    if column.name == "majorityEntry":
        return "majority"
    return "band" if column.name == "ageBroad" else column.kind


def _band(born: str, seen: str | None) -> str | None:
    """The band of the age on the day of registration."""
    if seen is None:
        return None
    day, then = dt.date.fromisoformat(born), dt.date.fromisoformat(seen)
    age = then.year - day.year - ((then.month, then.day) < (day.month, day.day))
    return next((band for last, band in BANDS if 0 <= age <= last), None)


def _country(text: str) -> str | None:
    try:
        return country_code(text)
    except Refusal:
        return None


@cache
def _by_iso2() -> dict[str, str]:
    return {region.iso2: region.iso3 for region in load_regions()}


@cache
def _by_iso3() -> dict[str, str]:
    return {region.iso3: region.iso2 for region in load_regions()}


def _iso3(text: str | None) -> str | None:
    return _by_iso2().get(text) if text is not None else None


def _iso2(text: str) -> str | None:
    return _by_iso3().get(text)


def _single(text: str) -> str | None:
    return text if " " not in text else None


_CHANGES: dict[tuple[str, str], Callable[[str, str | None], str | None]] = {
    ("date", "year"): lambda text, _: text[:4],
    ("date", "band"): _band,
    ("number", "majority"): lambda text, _: "Minor" if float(text) < OF_AGE else "Adult",
    ("many_iso2", "iso2"): lambda text, _: _single(text),
    ("many_iso2", "iso3"): lambda text, _: _iso3(_single(text)),
    ("iso2", "iso3"): lambda text, _: _iso3(text),
    ("iso3", "iso2"): lambda text, _: _iso2(text),
    ("iso2", "many_iso2"): lambda text, _: text,
    ("iso3", "many_iso2"): lambda text, _: _iso2(text),
    ("text", "iso2"): lambda text, _: _country(text),
    ("text", "iso3"): lambda text, _: _iso3(_country(text)),
    ("iso2", "text"): lambda text, _: text,
    ("iso3", "text"): lambda text, _: _iso2(text),
    **{(kind, kind): (lambda text, _: text) for kind in ("year", "band", "codes", "iso2", "iso3", "majority", "text")},
    **{(kind, "text"): (lambda text, _: text) for kind in ("year", "band", "codes", "date", "number", "many_iso2")},
}
