"""The figures a world is made from: published ones with source and grade, and named assumptions with their reasons."""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One published or recomputed figure.

    ``grade`` is A (recomputed from the data file) or B (read in an excerpt); ``source`` says where.
    """

    key: str
    id: str
    value: str
    meaning: str
    n: str
    period: str
    source: str
    grade: str
    how: str
    caveat: str


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a tab-separated table in ``world/data``."""
    text = files("palermo.world").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def figures() -> dict[str, Figure]:
    """Every calibration figure by its key (``world/data/calibration.tsv``)."""
    return {row["key"]: Figure(**row) for row in read_table("calibration.tsv")}


def published(key: str) -> float:
    """The value of a calibration figure, e.g. ``published("dtm.central")``."""
    return float(figures()[key].value)


@cache
def _assumptions() -> dict[str, dict[str, Any]]:
    text = files("palermo.world").joinpath("data", "assumptions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def assumed(table: str, name: str) -> float:
    """A named assumption, e.g. ``assumed("world", "prevalence")`` (``world/data/assumptions.toml``)."""
    return float(_assumptions()[table][name])


def assumed_shares(table: str, name: str) -> dict[str, float]:
    """A named table of assumptions, e.g. ``assumed_shares("exploited", "labour")``."""
    return {key: float(value) for key, value in _assumptions()[table][name].items()}


def assumed_pairs(table: str, name: str) -> tuple[tuple[str, str], ...]:
    """A named list of pairs among the assumptions."""
    return tuple((str(left), str(right)) for left, right in _assumptions()[table][name])


def assumption_reasons() -> dict[str, str]:
    """Why each table of assumptions is as it is."""
    return {table: content["reason"] for table, content in _assumptions().items()}


def assumed_numbers(table: str, name: str) -> tuple[float, ...]:
    """A named list of numbers among the assumptions."""
    return tuple(float(value) for value in _assumptions()[table][name])
