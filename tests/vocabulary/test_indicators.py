"""Our indicator tables agree with themselves and, where the reference is present, with what was read."""

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from palermo.vocabulary import indicators as vocabulary
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.indicators import (
    PROFILES,
    Dimension,
    Element,
    Strength,
    StrengthBasis,
    expand_profile,
    load_indicators,
    load_items,
    load_sources,
    scoring_indicators,
)
from palermo.vocabulary.tables import read_data

PER_DIMENSION = {
    Dimension.DECEPTIVE_RECRUITMENT: 10,
    Dimension.COERCIVE_RECRUITMENT: 10,
    Dimension.RECRUITMENT_BY_ABUSE_OF_VULNERABILITY: 16,
    Dimension.EXPLOITATION: 9,
    Dimension.COERCION_AT_DESTINATION: 15,
    Dimension.ABUSE_OF_VULNERABILITY_AT_DESTINATION: 7,
}


def reference(name: str) -> list[dict[str, str]]:
    shared = Path(os.environ.get("PALERMO_SHARED", Path(__file__).parents[3] / "shared"))
    path = shared / "reference" / "indicators" / name
    if not path.exists():
        pytest.skip(f"the reference is not present at {shared}")
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def ilo_labour(age: str):
    return [i for i in load_indicators() if i.source == "ilo_ec_2009_labour" and i.profile == f"{age}_labour"]


def test_the_labour_lists_have_the_counts_that_are_published():
    adult = Counter(i.dimension for i in ilo_labour("adult"))
    child = Counter(i.dimension for i in ilo_labour("child"))
    assert adult == PER_DIMENSION
    assert sum(adult.values()) == 67
    assert sum(child.values()) == 65
    assert {i.code_local for i in ilo_labour("adult")} - {i.code_local for i in ilo_labour("child")} == {
        "D3.08",
        "D4.08",
    }


def test_the_labour_lists_have_the_strengths_that_were_read():
    assert Counter(i.strength for i in ilo_labour("adult")) == {"strong": 7, "medium": 53, "weak": 7}
    assert Counter(i.strength for i in ilo_labour("child")) == {"strong": 15, "medium": 50}


def test_the_labour_lists_equal_the_reference():
    rows = reference("ilo_ec_delphi_2009_labour.tsv")
    read = {
        (r["profile"], r["code_local"]): (
            r["dimension"].replace("exploitative_conditions_of_work", "exploitation"),
            r["palermo_element"],
            r["strength"],
            r["verification"],
        )
        for r in rows
    }
    ours = {
        (i.profile, i.code_local): (i.dimension, i.element, i.strength, i.verification)
        for age in ("adult", "child")
        for i in ilo_labour(age)
    }
    assert ours == read
    texts = {r["indicator"] for r in rows}
    assert not texts & {item.label for item in load_items().values()}, "labels are in our own words"


def test_each_unodc_item_is_loaded_or_says_why_not():
    read = {r["code_local"] for r in reference("unodc_human_trafficking_indicators.tsv")}
    assert len(read) == 81
    ours = {i.code_local for i in load_indicators() if i.source.startswith("unodc_")}
    left_out = {r["code_local"] for r in read_data("not_loaded.tsv")}
    assert ours | left_out == read
    assert ours & left_out == set()


def test_the_four_facts_of_the_sexual_lists_hold():
    rows = reference("ilo_ec_delphi_2009_sexual_PARTIAL.tsv")
    strong = {(r["profile"], r["indicator"]) for r in rows if r["strength"] == "strong"}
    items = {"Forced tasks or clients": "forced_tasks_or_clients", "Hazardous work": "hazardous_work"}
    ours = {(i.profile, i.item) for i in load_indicators() if i.source == "ilo_ec_2009_sexual"}
    assert ours == {(profile, items[indicator]) for profile, indicator in strong}
    scored = scoring_indicators(load_indicators())
    assert not [
        i
        for (profile, dimension, _), i in scored.items()
        if profile == "adult_sexual" and dimension is Dimension.EXPLOITATION and i.strength is Strength.STRONG
    ]


def test_what_no_list_weighs_is_medium_and_says_so():
    assert {i.strength for i in load_indicators() if i.strength_basis is StrengthBasis.ASSUMED} == {Strength.MEDIUM}
    weighed = {i.source for i in load_indicators() if i.strength_basis is StrengthBasis.SOURCE}
    assert weighed == {"ilo_ec_2009_labour", "ilo_ec_2009_sexual"}


def test_every_profile_can_show_every_element():
    shown = {(i.profile, i.element) for i in load_indicators()}
    assert shown == {(profile, element) for profile in PROFILES for element in Element}


def test_items_rows_and_sources_refer_to_each_other():
    rows = load_indicators()
    assert {i.item for i in rows} == set(load_items())
    assert {i.source for i in rows} == set(load_sources())
    assert {item.kind for item in load_items().values()} == {"question", "observation"}
    keys = [(i.item, i.profile, i.dimension, i.source, i.code_local) for i in rows]
    assert len(keys) == len(set(keys))
    by_dimension = {i.dimension: i.element for i in rows}
    assert all(by_dimension[i.dimension] is i.element for i in rows)


def test_a_weighed_strength_goes_before_an_assumed_one():
    papers = scoring_indicators(load_indicators())[
        "adult_labour", Dimension.COERCION_AT_DESTINATION, "documents_confiscated_at_destination"
    ]
    assert (papers.strength, papers.source, papers.code_local) == (Strength.STRONG, "ilo_ec_2009_labour", "D5.01")


def test_profiles_expand():
    assert expand_profile("any_sexual") == ("adult_sexual", "child_sexual")
    assert len(expand_profile("any_any")) == len(PROFILES)
    assert len(expand_profile("child_any")) == len(vocabulary.FORMS)
    assert expand_profile("adult") == ()


HEADER = "item\tprofile\tstrength\tsource\n"


def test_an_agency_replaces_a_strength(tmp_path):
    file = tmp_path / "brochure.tsv"
    file.write_text(HEADER + "violence_at_destination\tany_sexual\tstrong\tWCMS_105023, p. 5\n", encoding="utf-8")
    before, after = (scoring_indicators(load_indicators(overrides)) for overrides in (None, file))
    changed = {key: value for key, value in after.items() if before[key] != value}
    assert set(changed) == {
        (profile, Dimension.COERCION_AT_DESTINATION, "violence_at_destination")
        for profile in ("adult_sexual", "child_sexual")
    }
    for indicator in changed.values():
        assert indicator.strength is Strength.STRONG
        assert indicator.strength_basis is StrengthBasis.SOURCE
        assert (indicator.source, indicator.verification) == ("WCMS_105023, p. 5", "agency")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("item\tprofile\tstrength\n", "own.tsv, row 1"),
        (HEADER + "violence_at_destination\tany_sexual\thuge\tx\n", "own.tsv, row 2, column strength"),
        (HEADER + "violence_at_destination\tany_sexual\tstrong\t\n", "own.tsv, row 2, column source"),
        (HEADER + "no_such_item\tany_sexual\tstrong\tx\n", "own.tsv, row 2"),
        (HEADER + "violence_at_destination\tany_sexual\tstrong\n", "own.tsv, row 2"),
    ],
)
def test_a_bad_override_is_refused(tmp_path, text, where):
    file = tmp_path / "own.tsv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        load_indicators(file)
    assert refused.value.where == where
    assert refused.value.remedy
