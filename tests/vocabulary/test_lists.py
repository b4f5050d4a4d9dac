"""The short lists: complete, consistent with each other, and equal to the reference where it is present."""

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from palermo.vocabulary import htcds, places
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.indicators import FORMS, load_items
from palermo.vocabulary.lists import load_forms, load_professions
from palermo.vocabulary.states import load_states, reflection_period


def reference(name: str) -> list[dict[str, str]]:
    shared = Path(os.environ.get("PALERMO_SHARED", Path(__file__).parents[3] / "shared"))
    path = shared / "reference" / name
    if not path.exists():
        pytest.skip(f"the reference is not present at {shared}")
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_states():
    states = load_states()
    assert Counter(s.kind for s in states.values()) == {
        "participating_state": 57,
        "partner_mediterranean": 6,
        "partner_asian": 5,
    }
    assert sum(s.coe_convention_party for s in states.values()) == 48
    assert str(states["MN"].joined) == "2012-11-21"
    assert str(states["TH"].joined) == "2000"
    assert {places.country_code(s.iso3) for s in states.values()} == set(states)


def test_states_equal_the_reference():
    read = {(r["iso2"], r["iso3"], r["name"], r["kind"], r["joined"]) for r in reference("osce_states.tsv")}
    assert {(s.iso2, s.iso3, s.name, s.kind, str(s.joined)) for s in load_states().values()} == read


def test_reflection_period_is_never_under_thirty_days():
    assert min(reflection_period(iso2).days for iso2 in load_states()) == 30
    assert (reflection_period("DE").days, reflection_period("DE").known) == (90, True)
    unknown = reflection_period("IT")
    assert (unknown.days, unknown.known) == (30, False)
    assert "not known, the minimum applies" in unknown.note
    assert (reflection_period("XX").days, reflection_period("XX").known) == (30, False)


def test_places():
    assert places.countries()["MD"] == "Moldova"
    assert places.country_code(" mda ") == "MD"
    assert places.language_code("ro") == "ron"
    assert places.languages()["tir"] == "Tigrinya"
    with pytest.raises(Refusal):
        places.country_code("Atlantis")
    with pytest.raises(Refusal):
        places.language_code("xx-xx")


def test_forms_and_professions():
    assert tuple(load_forms()) == FORMS
    types = set(htcds.load_codes()["vic_TypeOfExploitation"])
    assert {code for form in load_forms().values() for code in form.htcds_codes} == types
    assert {p.code for p in load_professions().values() if p.often_left_out} == {
        "medical_practitioner",
        "teacher",
        "labour_inspector",
        "community_police",
        "cyber_police",
        "municipality",
    }


def test_htcds_fields_and_codes():
    fields = htcds.load_fields()
    assert Counter(f.status for f in fields.values()) == {"draft": 80, "deprecated": 3}
    assert sum(f.core and f.status == "draft" for f in fields.values()) == 38
    assert sum(map(len, htcds.load_codes().values())) == 182 + 2
    assert set(htcds.load_codes()) <= set(fields)
    assert set(htcds.aliases().values()) <= set(fields)


def test_htcds_codes_equal_the_reference():
    read = {(r["field"], r["code"], r["label"]) for r in reference("htcds/htcds_2.0_codelists_tidy.tsv")}
    ours = {(field, code, label) for field, codes in htcds.load_codes().items() for code, label in codes.items()}
    extension = {(f, c) for f, c, _ in ours - read}
    assert read <= ours
    assert extension == {("vic_MethodsOfControl", "RestrictsMovement"), ("vic_MethodsOfControl", "UsesChildren")}


def test_every_code_of_control_recruitment_and_exploitation_speaks_for_an_item():
    mapped = htcds.load_item_map()
    fields = {field for field, _ in mapped}
    assert set(mapped) == {(field, code) for field in fields for code in htcds.load_codes()[field]}
    assert set(mapped.values()) <= set(load_items())


@pytest.mark.parametrize(
    "column",
    ["vic_Methods_of_Control", "victim/vic_Methods_of_Control", "victim-vic_MethodsOfControl", "vic_MethodsOfControl"],
)
def test_columns_of_an_export_lead_to_the_field(column):
    assert htcds.field_of(column) == "vic_MethodsOfControl"
