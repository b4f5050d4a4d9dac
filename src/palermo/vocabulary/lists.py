"""Short lists that several rooms share: forms of exploitation and professions."""

from dataclasses import dataclass
from functools import cache

from palermo.vocabulary.tables import read_data


@dataclass(frozen=True, slots=True)
class ExploitationForm:
    """A form of exploitation; ``basis`` is where the law names it, ``htcds_codes`` its codes in HTCDS 2.0."""

    code: str
    label: str
    basis: str
    htcds_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profession:
    """A profession that meets presumed victims; ``often_left_out`` is what SEC.GAL/182/17 says."""

    code: str
    label: str
    often_left_out: bool


@cache
def load_forms() -> dict[str, ExploitationForm]:
    """Every form of exploitation by code, in the order of ``indicators.FORMS``."""
    return {
        row["form"]: ExploitationForm(row["form"], row["label"], row["basis"], tuple(row["htcds_codes"].split()))
        for row in read_data("exploitation_forms.tsv")
    }


@cache
def load_professions() -> dict[str, Profession]:
    """Every profession by code."""
    return {
        row["profession"]: Profession(row["profession"], row["label"], row["often_left_out"] == "yes")
        for row in read_data("professions.tsv")
    }
