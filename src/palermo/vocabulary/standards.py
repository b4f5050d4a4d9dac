"""Standards in which cases are exchanged and published, column by column, and how they say the same thing.

HTCDS 2.0 of IOM; the columns of CTDC's k-anonymous file of 2021 and of its synthetic file of 2024; IC-TIP, which the
Statistical Commission endorsed in 2025. The category lists of IC-TIP are not in our hands: its column in the table of
concepts is empty, and who holds the lists fills it in and hands the table over (:func:`read_concepts`).

``grade`` of a column: A read in the codebook, B read in programs that use the file, K known but to be checked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from palermo.vocabulary import htcds
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.tables import Row, read_data, read_file

Kind = Literal["codes", "many", "flag", "year", "number", "date", "checkbox", "iso2", "iso3", "many_iso2", "text"]

TITLES: Mapping[str, str] = {
    "htcds": "HTCDS 2.0",
    "ctdc-2021": "CTDC, k-anonymous file of 2021",
    "ctdc-2024": "CTDC, synthetic file of 2024",
    "ic-tip": "IC-TIP",
}
_HTCDS_KINDS: Mapping[str, Kind] = {
    "Picklist": "codes", "Multiselect Picklist": "many", "Checkbox": "checkbox", "Date": "date", "Number": "number",
}  # fmt: skip
_COUNTRIES = {"org_ShippingCountry", "prs_MailingCountry"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a standard.

    Attributes:
        codes: what it may hold, for ``codes``, ``many`` and ``flag``; first and last year for ``year``.
        alias: another name that the standard's own documents use.
    """

    name: str
    kind: Kind
    codes: tuple[str, ...] = ()
    alias: str = ""
    grade: str = "A"


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard's columns by name, in order."""

    name: str
    columns: Mapping[str, Column]

    @property
    def title(self) -> str:
        """What people call it."""
        return TITLES[self.name]


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that can be said of a case, and the cells that say it.

    Attributes:
        cells: for each standard, the cells (column, code; the code is "" for a whole column) that say it. A cell that
            several concepts share says one of them, not which.
        widened: cells that also hold where it is true, but that mean something else when they are read.
        basis: ``reference``, or ``ours`` where the two texts were brought together by our own judgement.
    """

    name: str
    label: str
    cells: Mapping[str, tuple[tuple[str, str], ...]]
    widened: Mapping[str, tuple[tuple[str, str], ...]]
    basis: str


@cache
def load_concepts() -> tuple[Concept, ...]:
    """The concepts as they ship, without IC-TIP."""
    return _concepts(read_data("standards/concepts.tsv"))


def read_concepts(path: Path) -> tuple[Concept, ...]:
    """An agency's own table of concepts, such as one in which IC-TIP is filled in.

    Raises:
        Refusal: the file is missing, malformed or lacks a column.
    """
    return _concepts(row for _, row in read_file(path, ("concept", "label", *TITLES, "basis")))


def _concepts(rows: Iterable[Row]) -> tuple[Concept, ...]:
    return tuple(
        Concept(
            row["concept"],
            row["label"],
            {name: _cells(row[name], widened=False) for name in TITLES},
            {name: _cells(row[name], widened=True) for name in TITLES},
            row["basis"],
        )
        for row in rows
    )


def _cells(text: str, *, widened: bool) -> tuple[tuple[str, str], ...]:
    parts = [part.strip() for part in text.split(";") if part.strip()]
    chosen = [part.removeprefix(">") for part in parts if part.startswith(">") == widened]
    return tuple((column, code) for column, _, code in (part.partition("=") for part in chosen))


def load_standard(name: str, concepts: tuple[Concept, ...] | None = None) -> Standard:
    """A standard by its name.

    Args:
        name: ``htcds``, ``ctdc-2021``, ``ctdc-2024`` or ``ic-tip``.
        concepts: an agency's own table, from which the columns of IC-TIP are taken.

    Raises:
        Refusal: there is no such standard, or IC-TIP is asked for and the table does not fill it in.
    """
    if name not in TITLES:
        raise Refusal(f"There is no standard {name!r}.", remedy=f"Name one of {', '.join(TITLES)}.")
    if name == "htcds":
        return Standard(name, {c.name: c for c in map(_htcds, htcds.load_fields().values())})
    if name == "ic-tip":
        return Standard(name, _mapped(name, concepts or load_concepts()))
    rows = [row for row in read_data("standards/columns.tsv") if row["standard"] == name]
    return Standard(name, {row["column"]: _column(row) for row in rows})


def _column(row: Row) -> Column:
    kind: Kind = row["kind"]  # type: ignore[assignment]  # the table holds kinds only, as a test shows
    return Column(row["column"], kind, tuple(filter(None, row["codes"].split("|"))), row["alias"], row["grade"])


def _htcds(field: htcds.Field) -> Column:
    codes = tuple(htcds.load_codes().get(field.name, ()))
    kind = _HTCDS_KINDS.get(field.type, "text")
    if field.name == "prs_Citizenship":
        kind = "many_iso2"
    elif field.name in _COUNTRIES:
        kind = "iso2"
    elif field.name == "vic_ForcedLabourIndustry":
        kind = "many"  # one choice in the standard's text, several in its own form
    elif kind in {"codes", "many"} and not codes:
        kind = "text"
    alias = next((form for form, name in htcds.aliases().items() if name == field.name), "")
    return Column(field.name, kind, codes, alias)


def _mapped(name: str, concepts: tuple[Concept, ...]) -> dict[str, Column]:
    """Columns that a table of concepts names: with codes a choice of several, without a flag or a value."""
    codes: dict[str, list[str]] = {}
    kinds: dict[str, Kind] = {}
    for concept in concepts:
        for column, code in (*concept.cells[name], *concept.widened[name]):
            held = codes.setdefault(column, [])
            kinds.setdefault(column, "many" if code else "text" if concept.name.startswith("value.") else "flag")
            if code and code not in held:
                held.append(code)
    if not codes:
        raise Refusal(
            "The category lists of IC-TIP are not in our hands, and the table of concepts leaves them empty.",
            remedy="Take the table from `palermo standards table`, fill in its column ic-tip, give it with --concepts.",
        )
    return {c: Column(c, kinds[c], tuple(codes[c]) or (("1",) if kinds[c] == "flag" else ()), grade="K") for c in codes}


@dataclass(frozen=True, slots=True)
class Region:
    """Where a country lies by the United Nations' M49 (Taiwan, which M49 does not list, under Eastern Asia)."""

    iso2: str
    iso3: str
    subregion: str
    region: str


@cache
def load_regions() -> tuple[Region, ...]:
    """The 249 countries and areas of ISO 3166-1."""
    return tuple(Region(r["iso2"], r["iso3"], r["subregion"], r["region"]) for r in read_data("regions.tsv"))
