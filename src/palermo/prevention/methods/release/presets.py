"""Public lists of codes for cases in a standard, so that no list is read from the records.

Names, contacts, days and free text never enter: a release has coded columns only. Countries have their sub-region and
region above them (United Nations M49), so that a rare one is rolled up before it is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from palermo.prevention.methods.crosswalk import BANDS, convert, says
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.standards import Standard, load_regions, load_standard

PRESETS = ("ctdc-2024", "htcds")
YEARS = (2002, 2035)  # the codebook begins with 2002; years that nobody was registered in are found empty
_CHOICES = ("vic_TypeOfExploitation", "vic_TypeOfSexExploitation", "vic_MethodsOfControl", "vic_ForcedLabourIndustry",
            "vic_MethodOfRecruitment")  # fmt: skip
_PLAIN = ("prs_Gender", "vic_RelationshipToTrafficker", "vic_TraffickingStatus")


@dataclass(frozen=True, slots=True, eq=False)
class Preset:
    """What a release of a standard is made of.

    Args:
        frame: text columns, None for "not known".
        codes: the public codes of each column.
        parents: what rare codes become.
    """

    frame: pl.DataFrame
    codes: Mapping[str, list[str]]
    parents: Mapping[str, Mapping[str, str]]


def preset(name: str, cases: pl.DataFrame) -> Preset:
    """The columns of a standard that may be released.

    Args:
        name: ``ctdc-2024`` or ``htcds``.
        cases: as `formats.standards.read_standard` gives.

    Raises:
        Refusal: there is no such preset.
    """
    if name not in PRESETS:
        raise Refusal(f"There is no preset {name!r}.", remedy=f"Name one of {', '.join(PRESETS)}.")
    standard = load_standard(name)
    return _ctdc(cases, standard) if name == "ctdc-2024" else _htcds(cases, standard)


def _ctdc(cases: pl.DataFrame, standard: Standard) -> Preset:
    codes, parents = {}, {}
    for column in standard.columns.values():
        if column.kind == "iso3":
            codes[column.name], parents[column.name] = _countries("iso3")
        else:
            codes[column.name] = _years() if column.kind == "year" else list(column.codes)
    return Preset(_complete(cases, codes), codes, parents)


def _htcds(cases: pl.DataFrame, standard: Standard) -> Preset:
    """Choices of several as one column a code; ages in the bands of CTDC on the day of referral."""
    told = convert(cases, standard, load_standard("ctdc-2024")).frame
    codes: dict[str, list[str]] = {name: list(standard.columns[name].codes) for name in _PLAIN}
    out = {name: cases[name] for name in _PLAIN if name in cases.columns}
    out |= {"year": told["yearOfRegistration"], "age": told["ageBroad"], "prs_Citizenship": told["citizenship"]}
    codes |= {"year": _years(), "age": [band for _, band in BANDS]}
    codes["prs_Citizenship"], above = _countries("iso3")
    for field in _CHOICES:
        for code in standard.columns[field].codes:
            title = f"{field}/{code}"
            codes[title] = ["1"]
            if field in cases.columns:
                out[title] = says(cases[field], code).cast(pl.Int8).cast(pl.String).replace("0", None).alias(title)
    frame = pl.DataFrame({name: series.alias(name) for name, series in out.items()})
    return Preset(_complete(frame, codes), codes, {"prs_Citizenship": above})


def _years() -> list[str]:
    return [str(year) for year in range(YEARS[0], YEARS[1] + 1)]


def _countries(which: str) -> tuple[list[str], dict[str, str]]:
    above = {getattr(r, which): r.subregion for r in load_regions()} | {r.subregion: r.region for r in load_regions()}
    return [getattr(r, which) for r in load_regions()], above


def _complete(frame: pl.DataFrame, codes: Mapping[str, list[str]]) -> pl.DataFrame:
    """All columns of the preset; those the file lacks are not known throughout."""
    every = [pl.col(c) if c in frame.columns else pl.lit(None, pl.String).alias(c) for c in codes]
    return frame.select(every)
