"""Releases of standards: public codes only, nothing that names a person, countries above their regions."""

import numpy as np
import polars as pl
import pytest

from palermo.prevention.methods.release import encode, publish
from palermo.prevention.methods.release.presets import preset
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.standards import load_regions, load_standard


def test_ctdc_has_every_column_of_the_codebook_and_regions_above_countries():
    made = preset("ctdc-2024", pl.DataFrame({"citizenship": ["MDA", None], "isForcedLabour": ["1", None]}))
    assert list(made.codes) == list(load_standard("ctdc-2024").columns) == made.frame.columns
    above = made.parents["citizenship"]
    assert (above["MDA"], above["Eastern Europe"]) == ("Eastern Europe", "Europe")
    assert encode(made.frame, made.codes, absent=("",)).codes.sum(axis=1).tolist() == [
        made.codes["citizenship"].index("MDA") + 1 + 1,
        0,
    ]


def test_ctdc_2021_tells_a_yes_and_never_a_no():
    cases = pl.DataFrame({
        "citizenship": ["MD", "RO"], "isForcedLabour": ["1", "0"], "typeOfLabourConcatenated": ["Domestic", None],
    })  # fmt: skip
    made = preset("ctdc-2021", cases)
    assert made.frame["isForcedLabour"].to_list() == ["1", None]
    assert made.codes["isForcedLabour"] == ["1"]
    assert made.parents["citizenship"]["MD"] == "Eastern Europe"
    assert made.given == ("citizenship", "isForcedLabour")
    assert made.kept_out == ("typeOfLabourConcatenated",)
    assert len(made.codes) == 58


def test_htcds_releases_no_name_no_day_and_no_free_text():
    cases = pl.DataFrame({
        "prs_FirstName": ["Invented"], "prs_Birthdate": ["2001-05-05"], "prs_Gender": ["Feminine"],
        "cas_IncomingReferralDate": ["2020-01-01"], "prs_Citizenship": ["MD"], "vic_MethodsOfControl": ["DebtBondage Other"],
        "spl_Objectives": ["free text"],
    })  # fmt: skip
    made = preset("htcds", cases)
    told = {name: made.frame[name][0] for name in made.frame.columns if made.frame[name][0] is not None}
    assert told == {
        "prs_Gender": "Feminine",
        "year": "2020",
        "age": "18--20",
        "prs_Citizenship": "MDA",
        "vic_MethodsOfControl/DebtBondage": "1",
        "vic_MethodsOfControl/Other": "1",
    }
    allowed = {"prs_Gender", "year", "age", "prs_Citizenship", "vic_RelationshipToTrafficker", "vic_TraffickingStatus"}
    assert all(name in allowed or name.startswith("vic_") for name in made.codes)
    assert all(len(codes) <= 249 for codes in made.codes.values())


def test_a_release_by_the_preset_rolls_rare_countries_up():
    rng = np.random.default_rng(1)
    near = rng.choice(["MDA", "UKR", "ROU"], size=4000)
    west = [r.iso3 for r in load_regions() if r.subregion == "Western Africa"]
    rare = np.tile(west, 12)
    records = near.size + rare.size
    cases = pl.DataFrame({
        "gender": rng.choice(["Woman", "Man"], size=records).tolist(),
        "citizenship": [*near.tolist(), *rare.tolist()],
        "isForcedLabour": [None if flag else "1" for flag in rng.random(records) < 0.4],
    })  # fmt: skip
    made = preset("ctdc-2024", cases)
    table = encode(made.frame, made.codes, absent=("",))
    out = publish(
        table, epsilon=1.0, parents=made.parents, test_membership=False, longest=1, generator=np.random.default_rng(2)
    )
    shown = set(out.synthetic.frame()["citizenship"].drop_nulls())
    assert {"MDA", "UKR", "ROU"} <= shown
    assert "Western Africa" in shown
    assert len(shown & set(west)) < 3
    assert out.attack.smallest_class >= 15


def test_an_unknown_preset_is_refused():
    with pytest.raises(Refusal, match="There is no preset 'x'"):
        preset("x", pl.DataFrame({"a": ["1"]}))
