"""The Human Trafficking Case Data Standard 2.0 of IOM (CC BY 4.0): fields, codes, and what a code tells of our items.

The form that agencies fill in ODK or Kobo writes three field names in its own way, ``DebtBondage`` with a trailing
space and ``vic_ForcedLabourIndustry`` as a choice of several; the pick list of means of control lacks two codes that
its definitions name. :func:`field_of` and the codes marked ``extension`` mend this.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from palermo.vocabulary.tables import read_data


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the standard; ``status`` is ``draft`` (live) or ``deprecated``."""

    name: str
    section: str
    status: str
    core: bool
    label: str
    type: str


@cache
def load_fields() -> dict[str, Field]:
    """The 83 fields by name, 3 of them deprecated."""
    return {
        r["field"]: Field(r["field"], r["section"], r["status"], r["core"] == "yes", r["label"], r["type"])
        for r in read_data("htcds/fields.tsv")
    }


@cache
def load_codes() -> dict[str, dict[str, str]]:
    """For each field with a list, the label of each code."""
    codes: dict[str, dict[str, str]] = {}
    for row in read_data("htcds/codes.tsv"):
        codes.setdefault(row["field"], {})[row["code"]] = row["label"]
    return codes


@cache
def aliases() -> Mapping[str, str]:
    """The standard's field name for each name that the XLSForm writes otherwise."""
    return {row["form_name"]: row["field"] for row in read_data("htcds/aliases.tsv")}


@cache
def load_item_map() -> dict[tuple[str, str], str]:
    """The item that a chosen code says yes to, by field and code."""
    return {(row["field"], row["code"]): row["item"] for row in read_data("htcds/items.tsv")}


def field_of(column: str) -> str:
    """The standard's field name for a column of an export: groups (``a/b``, ``a-b``, ``a:b``) and aliases undone."""
    name = column.replace("-", "/").replace(":", "/").rsplit("/", 1)[-1]
    return aliases().get(name, name)
