"""Public lists of codes for cases in a standard, so that no list is read from the records.

Names, contacts, days and free text never enter: a release has coded columns only. Countries have their sub-region and
region above them (United Nations M49), so that a rare one is rolled up before it is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from palermo.prevention.methods.choices import PRESETS
from palermo.prevention.methods.crosswalk import BANDS, convert, says
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.standards import Standard, load_regions, load_standard

YEARS = (2002, 2035)  # the codebook begins with 2002; years that nobody was registered in are found empty
_CHOICES = ("vic_TypeOfExploitation", "vic_TypeOfSexExploitation", "vic_MethodsOfControl", "vic_ForcedLabourIndustry",
            "vic_MethodOfRecruitment")  # fmt: skip
_COUNTRY = ("iso2", "iso3")
#: Told as a year, a band of age and a country; the day itself is not.
_BANDED = ("prs_Citizenship", "prs_Birthdate", "cas_IncomingReferralDate")
_PLAIN = ("prs_Gender", "vic_RelationshipToTrafficker", "vic_TraffickingStatus")


@dataclass(frozen=True, slots=True, eq=False)
class Preset:
    """What a release of a standard is made of.

    Args:
        frame: text columns, None for "not known".
        codes: the public codes of each column.
        parents: what rare codes become.
        given: columns of the release that the file has something to say about.
        kept_out: columns of the file that are not released: names, days, free text.
    """

    frame: pl.DataFrame
    codes: Mapping[str, list[str]]
    parents: Mapping[str, Mapping[str, str]]
    given: tuple[str, ...]
    kept_out: tuple[str, ...]


def preset(name: str, cases: pl.DataFrame) -> Preset:
    """The columns of a standard that may be released.

    Args:
        name: ``ctdc-2021``, ``ctdc-2024`` or ``htcds``.
        cases: as `formats.standards.read_standard` gives.

    Raises:
        Refusal: there is no such preset.
    """
    if name not in PRESETS:
        raise Refusal(f"There is no preset {name!r}.", remedy=f"Name one of {', '.join(PRESETS)}.")
    standard = load_standard(name)
    return _htcds(cases, standard) if name == "htcds" else _ctdc(cases, standard)


def _ctdc(cases: pl.DataFrame, standard: Standard) -> Preset:
    """All columns of codes. Of a mark that says yes or no only the yes is told, as the file of 2024 does.

    The file of 2021 says no in most cells; counted as facts, they would take the noise's allowance from the others.
    """
    codes, parents = {}, {}
    for column in standard.columns.values():
        if column.kind in _COUNTRY:
            codes[column.name], parents[column.name] = _countries(column.kind)
        elif column.kind != "text":
            codes[column.name] = _years() if column.kind == "year" else [code for code in column.codes if code != "0"]
    flags = [c.name for c in standard.columns.values() if c.kind == "flag" and c.name in cases.columns]
    told = cases.with_columns(pl.col(flag).replace("0", None) for flag in flags)
    given = tuple(name for name in codes if name in cases.columns)
    kept_out = tuple(name for name in cases.columns if name not in codes)
    return Preset(_complete(told, codes), codes, parents, given, kept_out)


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
    kept_out = tuple(name for name in cases.columns if name not in {*_PLAIN, *_CHOICES, *_BANDED})
    return Preset(_complete(frame, codes), codes, {"prs_Citizenship": above}, tuple(out), kept_out)


def _years() -> list[str]:
    return [str(year) for year in range(YEARS[0], YEARS[1] + 1)]


def _countries(which: str) -> tuple[list[str], dict[str, str]]:
    above = {getattr(r, which): r.subregion for r in load_regions()} | {r.subregion: r.region for r in load_regions()}
    return [getattr(r, which) for r in load_regions()], above


def _complete(frame: pl.DataFrame, codes: Mapping[str, list[str]]) -> pl.DataFrame:
    """All columns of the preset; those the file lacks are not known throughout."""
    every = [pl.col(c) if c in frame.columns else pl.lit(None, pl.String).alias(c) for c in codes]
    return frame.select(every)
