"""What published lists make of what can be asked or seen.

An *item* is one observable thing with a stable code (``documents_confiscated_at_destination``). An *indicator* says
what a list makes of an item for a *profile*, which is an age path and a form of exploitation (``child_sexual``): the
dimension and element it speaks for and how strongly. Lists that observe the same thing share the item.

Of UNODC's items the dimension is our own reading, since its lists have none. Where no strength is in hand an indicator
counts as medium and says so (``strength_basis`` is ``assumed``), because a presumption should rather be made than
missed. An agency that holds the ILO brochure replaces strengths in one file: see :func:`load_indicators`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path

from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.tables import Row, read_data, read_file

AGES = ("adult", "child")
FORMS = (
    "labour",
    "sexual",
    "domestic_servitude",
    "begging_and_crime",
    "forced_marriage",
    "organ_removal",
    "armed_groups",
    "other",
)
PROFILES = tuple(f"{age}_{form}" for age in AGES for form in FORMS)
"""The two age paths × eight forms; ``other`` holds what no list names (unlawful adoption, surrogacy …)."""


class Element(StrEnum):
    """The three elements of the crime (Palermo Protocol, article 3)."""

    ACT = "act"
    MEANS = "means"
    PURPOSE = "purpose"


class Dimension(StrEnum):
    """The six dimensions of ILO/EC 2009, and two of our own for what the Protocol asks and no list has."""

    ACT = "act"
    DECEPTIVE_RECRUITMENT = "deceptive_recruitment"
    COERCIVE_RECRUITMENT = "coercive_recruitment"
    RECRUITMENT_BY_ABUSE_OF_VULNERABILITY = "recruitment_by_abuse_of_vulnerability"
    EXPLOITATION = "exploitation"
    COERCION_AT_DESTINATION = "coercion_at_destination"
    ABUSE_OF_VULNERABILITY_AT_DESTINATION = "abuse_of_vulnerability_at_destination"
    PURPOSE = "purpose"


class Strength(StrEnum):
    """How much one indicator weighs (ILO/EC 2009)."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


class StrengthBasis(StrEnum):
    """Whether a list in hand gives the strength, or we assume it."""

    SOURCE = "source"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Item:
    """One observable thing; ``kind`` is ``question`` (asked of the person) or ``observation`` (seen by the officer)."""

    code: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """What one list makes of one item for one profile.

    ``label`` completes "The person …" or is a sentence about the place, in our own words. ``verification`` is how well
    the source was read (``sources.tsv``).
    """

    item: str
    profile: str
    dimension: Dimension
    element: Element
    strength: Strength
    strength_basis: StrengthBasis
    label: str
    verification: str
    source: str
    code_local: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where an indicator comes from, and how well it was read."""

    code: str
    verification: str
    citation: str


@cache
def load_items() -> dict[str, Item]:
    """Every item by its code, in the order of the lists."""
    return {row["item"]: Item(row["item"], row["kind"], row["label"]) for row in read_data("items.tsv")}


@cache
def load_sources() -> dict[str, Source]:
    """Every source of an indicator by its code."""
    return {r["source"]: Source(r["source"], r["verification"], r["citation"]) for r in read_data("sources.tsv")}


def load_indicators(overrides: Path | None = None) -> tuple[Indicator, ...]:
    """Every indicator, one row for each list that has it and each profile that it holds for.

    Args:
        overrides: an agency's own strengths, tab-separated UTF-8 with the columns ``item profile strength source``
            and, if an item stands in more than one dimension, ``dimension``. ``profile`` may use ``any`` for either
            part (``any_sexual``, ``child_any``). A replaced strength loses its assumed mark and carries this source.

    Raises:
        Refusal: a row of ``overrides`` names no known item, profile, dimension or strength.
    """
    rows = _own_indicators()
    return _override(rows, overrides) if overrides else rows


def scoring_indicators(indicators: Iterable[Indicator]) -> dict[tuple[str, Dimension, str], Indicator]:
    """One indicator for each profile, dimension and item, so that two lists never count one observation twice.

    A strength that a source gives goes before an assumed one; of two such the stronger is taken.
    """
    chosen: dict[tuple[str, Dimension, str], Indicator] = {}
    for indicator in indicators:
        key = (indicator.profile, indicator.dimension, indicator.item)
        if key not in chosen or _rank(indicator) < _rank(chosen[key]):
            chosen[key] = indicator
    return chosen


def expand_profile(pattern: str) -> tuple[str, ...]:
    """The profiles that a pattern such as ``any_sexual`` or ``child_any`` stands for; empty if there is none."""
    age, _, form = pattern.partition("_")
    return tuple(f"{a}_{f}" for a in AGES if age in ("any", a) for f in FORMS if form in ("any", f))


def _rank(indicator: Indicator) -> tuple[bool, int]:
    return indicator.strength_basis is StrengthBasis.ASSUMED, list(Strength).index(indicator.strength)


@cache
def _own_indicators() -> tuple[Indicator, ...]:
    return tuple(indicator for row in read_data("indicators.tsv") for indicator in _expand(row))


def _expand(row: Row) -> Iterator[Indicator]:
    source = load_sources()[row["source"]]
    for profile in expand_profile(row["profile"]):
        yield Indicator(
            item=row["item"],
            profile=profile,
            dimension=Dimension(row["dimension"]),
            element=Element(row["element"]),
            strength=Strength(row["strength"]),
            strength_basis=StrengthBasis(row["strength_basis"]),
            label=load_items()[row["item"]].label,
            verification=source.verification,
            source=source.code,
            code_local=row["code_local"],
        )


def _override(rows: tuple[Indicator, ...], path: Path) -> tuple[Indicator, ...]:
    replaced: dict[tuple[str, Dimension, str], Indicator] = {}
    by_key = scoring_indicators(rows)
    for number, row in read_file(path, ("item", "profile", "strength", "source")):
        for key in _override_keys(row, by_key, f"{path.name}, row {number}"):
            replaced[key] = replace(
                by_key[key],
                strength=Strength(row["strength"]),
                strength_basis=StrengthBasis.SOURCE,
                source=row["source"],
                verification="agency",
            )
    kept = tuple(row for row in rows if (row.profile, row.dimension, row.item) not in replaced)
    return kept + tuple(replaced.values())


def _override_keys(
    row: Row, by_key: dict[tuple[str, Dimension, str], Indicator], where: str
) -> list[tuple[str, Dimension, str]]:
    if row["strength"] not in list(Strength):
        raise Refusal(
            f"Unknown strength {row['strength']!r}.",
            where=f"{where}, column strength",
            remedy="Expected strong, medium or weak.",
        )
    if not row["source"].strip():
        raise Refusal(
            "The source is empty.", where=f"{where}, column source", remedy="Name the list that gives the strength."
        )
    profiles, dimension = expand_profile(row["profile"]), row.get("dimension", "")
    keys = [
        key for key in by_key if key[2] == row["item"] and key[0] in profiles and (not dimension or key[1] == dimension)
    ]
    if not keys:
        raise Refusal(
            f"No indicator has item {row['item']!r}, profile {row['profile']!r}"
            + (f" and dimension {dimension!r}." if dimension else "."),
            where=where,
            remedy="See vocabulary/data/indicators.tsv for the codes.",
        )
    return keys
