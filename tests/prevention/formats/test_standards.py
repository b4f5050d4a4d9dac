"""Standards: their tables, every error in a line, and back again without loss."""

import csv
import io
import itertools
import os
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from palermo.prevention.formats.standards import read_standard, write_standard
from palermo.prevention.methods.crosswalk import Lost, convert
from palermo.vocabulary import htcds, places
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.standards import (
    TITLES,
    load_concepts,
    load_regions,
    load_standard,
    read_concepts,
)

HTCDS, CTDC_21, CTDC_24 = (load_standard(name) for name in ("htcds", "ctdc-2021", "ctdc-2024"))
KINDS = {"codes", "many", "flag", "year", "number", "date", "checkbox", "iso2", "iso3", "many_iso2", "text"}


def reference(name: str) -> list[dict[str, str]]:
    path = Path(os.environ.get("PALERMO_SHARED", Path(__file__).parents[4] / "shared")) / "reference" / name
    if not path.exists():
        pytest.skip("The shared reference is not here; set PALERMO_SHARED to where it lies.")
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")), delimiter="\t"))


def test_columns_are_those_of_the_reference():
    rows = reference("ctdc/ctdc_kanon_2021_columns_and_mappings.tsv")
    assert list(CTDC_21.columns) == [row["ctdc_2021_column"] for row in rows]
    assert list(CTDC_24.columns) == [r["variable"] for r in reference("ctdc/ctdc_global_synthetic_codebook_2024.tsv")]
    assert list(HTCDS.columns) == list(htcds.load_fields())
    kinds = {column.kind for standard in (HTCDS, CTDC_21, CTDC_24) for column in standard.columns.values()}
    assert kinds <= KINDS


def test_concepts_carry_2021_to_2024_as_the_reference_maps_it():
    means = {}
    for row in reference("ctdc/ctdc_kanon_2021_columns_and_mappings.tsv"):
        there = row["ctdc_2024_synthetic_variable"].replace("meansWithholdDocs", "meansWithholdDocuments")
        if there and row["ctdc_2021_column"] != "gender":
            means[row["ctdc_2021_column"]] = there
    found = {
        old: new for c in load_concepts() for (old, _), (new, _) in itertools.product(c.cells["ctdc-2021"], c.cells["ctdc-2024"])
        if old != "gender"
    }  # fmt: skip
    assert {old: new for old, new in found.items() if old in means} == means


def test_every_cell_of_a_concept_is_one_of_its_standard():
    for concept, name in itertools.product(load_concepts(), ("htcds", "ctdc-2021", "ctdc-2024")):
        for column, code in (*concept.cells[name], *concept.widened[name]):
            held = load_standard(name).columns[column]
            assert not code or code in held.codes, (concept.name, column, code)
            assert code or concept.name.startswith("value.") or held.kind == "flag", (concept.name, column)


def test_regions_are_those_of_iso():
    assert {r.iso2: places.country_code(r.iso3) for r in load_regions()} == {c: c for c in places.countries()}
    assert Counter(r.region for r in load_regions()) == {
        "Africa": 60, "Americas": 57, "Asia": 51, "Europe": 51, "Oceania": 29, "Antarctica": 1,
    }  # fmt: skip


BAD = (
    b"yearOfRegistration,gender,ageBroad,citizenship,meansThreats,extra\n"
    b"2019,Woman,9\xe2\x80\x9417,MDA,1,x\n"
    b"19,woman,17,Moldova,0,x\n"
    b",NULL,48+,mda,,x\n"
)


def test_every_error_is_one_line_with_row_column_expected_and_remedy():
    found = read_standard(BAD, CTDC_24, name="f.csv")
    assert found.ignored == ("extra",)
    assert [(p.row, p.column, p.found) for p in found.problems] == [
        (3, "ageBroad", "17"), (3, "citizenship", "Moldova"), (3, "meansThreats", "0"), (3, "yearOfRegistration", "19"),
    ]  # fmt: skip
    assert str(found.problems[1]) == (
        "row 3, column 'citizenship': 'Moldova' is not a country's code of three letters (ISO 3166-1). "
        "Write it as MDA, not as a name."
    )
    assert all(p.expected and p.remedy and "\n" not in str(p) for p in found.problems)
    assert found.frame.rows() == [
        ("2019", "Woman", "9--17", "MDA", "1"), (None, "Woman", None, None, None), (None, None, "48+", "MDA", None),
    ]  # fmt: skip


def full(standard_name: str) -> pl.DataFrame:
    """One row with every column filled by its last code."""
    example = {"year": "2019", "number": "17", "date": "2019-02-28", "checkbox": "TRUE", "iso2": "MD", "iso3": "MDA",
               "many_iso2": "MD RO", "text": '=1+1, "quoted"\nline'}  # fmt: skip
    columns = load_standard(standard_name).columns.values()
    return pl.DataFrame({
        c.name: ["1" if c.kind == "flag" else " ".join(c.codes) if c.kind == "many" else example.get(c.kind, (c.codes or ("",))[-1])]
        for c in columns
    })  # fmt: skip


@pytest.mark.parametrize("name", ["htcds", "ctdc-2021", "ctdc-2024"])
def test_written_and_read_again_nothing_is_lost(name: str):
    frame, standard = full(name), load_standard(name)
    again = read_standard(write_standard(frame, standard), standard, name="f")
    assert again.problems == ()
    assert again.frame.equals(frame)


def test_the_form_s_own_names_groups_and_split_choices_are_read():
    data = (
        b"victim/prs_Gender,victim/vic_Methods_of_Control/DebtBondage,victim/vic_Methods_of_Control/Other,_uuid\n"
        b"Feminine,1,True,u1\nMasculine,0,,u2\n"
    )
    found = read_standard(data, HTCDS, name="f")
    assert found.ignored == ("_uuid",)
    assert found.frame.to_dict(as_series=False) == {
        "prs_Gender": ["Feminine", "Masculine"],
        "vic_MethodsOfControl": ["DebtBondage Other", None],
    }


def test_what_does_not_fit_is_not_written():
    with pytest.raises(Refusal, match="'Moldova' is not a country's code of three letters"):
        write_standard(pl.DataFrame({"citizenship": ["Moldova"]}), CTDC_24)
    with pytest.raises(Refusal, match="'name' is no column of CTDC"):
        write_standard(pl.DataFrame({"name": ["x"]}), CTDC_24)


def test_a_file_of_something_else_is_refused():
    with pytest.raises(Refusal, match="No column is one of HTCDS"):
        read_standard(b"a,b\n1,2\n", HTCDS, name="f")


def test_htcds_to_ctdc():
    frame = pl.DataFrame({
        "prs_Birthdate": ["2001-06-15", "2010-01-01", None],
        "cas_IncomingReferralDate": ["2019-06-14", "2019-06-14", "2020-01-01"],
        "prs_Gender": ["Feminine", "TransgenderMasculine", None],
        "prs_Citizenship": ["MD", "MD RO", None],
        "vic_MethodsOfControl": ["DebtBondage PhysicalAbuse", "Other", None],
        "vic_TypeOfExploitation": ["ForcedLabour SexualExploitation", "ForcedBegging", "OrganRemoval"],
        "hte_Country": ["Italy", "IT", "IT"],
        "hte_Type": ["Exploitation", "Transit", "Exploitation"],
    })  # fmt: skip
    made = convert(frame, HTCDS, CTDC_24)
    told = {name: made.frame[name].to_list() for name in made.frame.columns if made.frame[name].null_count() < 3}
    assert told == {
        "yearOfRegistration": ["2019", "2019", "2020"],
        "gender": ["Woman", "Trans/Transgender/NonConforming", None],
        "ageBroad": ["9--17", "9--17", None],
        "citizenship": ["MDA", None, None],
        "CountryOfExploitation": ["ITA", None, "ITA"],
        "meansDebtBondageEarnings": ["1", None, None],
        "meansAbusePsyPhySex": ["1", None, None],
        "isForcedLabour": ["1", "1", None],
        "isSexualExploit": ["1", None, None],
        "isOtherExploit": [None, None, "1"],
    }
    assert [(loss.column, loss.code, loss.records) for loss in made.lost] == [
        ("vic_MethodsOfControl", "Other", 1), ("prs_Citizenship", "", 1), ("hte_Type", "", 3),
    ]  # fmt: skip
    old = convert(frame, HTCDS, CTDC_21).frame
    assert old["isSexAndLabour"].to_list() == ["1", None, None]
    assert old["majorityStatus"].to_list() == ["Minor", "Minor", None]
    assert old["typeOfLabourBegging"].to_list() == [None, "1", None]


def test_what_the_target_tells_apart_and_the_source_does_not_is_lost_and_counted():
    frame = pl.DataFrame({"meansDebtBondageEarnings": ["1", None, "1"], "meansFalsePromises": ["1", None, None]})
    made = convert(frame, CTDC_24, HTCDS)
    assert made.frame["vic_MethodsOfControl"].to_list() == ["FalsePromises", None, None]
    why = "HTCDS 2.0 has no cell that says this and no more than this."
    assert made.lost == (Lost("meansDebtBondageEarnings", "", 2, why),)


def test_ic_tip_is_empty_until_its_lists_are_filled_in(tmp_path: Path):
    with pytest.raises(Refusal, match="The category lists of IC-TIP are not in our hands"):
        load_standard("ic-tip")
    rows = [
        {"concept": c.name, "label": c.label, "basis": c.basis,
         **{n: "; ".join(f"{a}={b}" if b else a for a, b in c.cells[n]) for n in TITLES}}
        for c in load_concepts()
    ]  # fmt: skip
    for row in rows:
        row["ic-tip"] = {"form.labour": "invented_form=F1", "form.sexual": "invented_form=F2"}.get(row["concept"], "")
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter="\t", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (tmp_path / "own.tsv").write_text(text.getvalue(), encoding="utf-8")
    own = read_concepts(tmp_path / "own.tsv")
    ic_tip = load_standard("ic-tip", own)
    assert list(ic_tip.columns) == ["invented_form"]
    both = pl.DataFrame({"isForcedLabour": ["1", None], "isSexualExploit": ["1", "1"]})
    made = convert(both, CTDC_24, ic_tip, concepts=own)
    assert made.frame["invented_form"].to_list() == ["F1 F2", "F2"]
    assert convert(made.frame, ic_tip, CTDC_24, concepts=own).frame.select(both.columns).equals(both)


def test_unknown_standards_and_the_same_twice_are_refused():
    with pytest.raises(Refusal, match="There is no standard 'x'"):
        load_standard("x")
    with pytest.raises(Refusal, match="Both are HTCDS"):
        convert(full("htcds"), HTCDS, HTCDS)
