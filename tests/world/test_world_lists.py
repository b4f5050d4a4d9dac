from collections import defaultdict

import numpy as np
import pyarrow.compute as pc
import pytest
from anyascii import anyascii
from hypothesis import given
from hypothesis import strategies as st

from palermo.world import capture_histories, make_world
from palermo.world.contacts import AGENCIES, capture_model
from palermo.world.figures import assumed_shares
from palermo.world.lists import ERRORS, slip


@pytest.fixture(scope="module")
def rows(world):
    lists, links = world.tables["lists"], world.truth["list_links"]
    assert lists["list_row"].equals(links["list_row"])
    columns = {name: np.array(lists[name].to_pylist(), dtype=object) for name in lists.column_names}
    columns["person_id"] = np.array(links["person_id"].to_pylist(), dtype=object)
    errors = [set(words.split()) for words in links["errors"].to_pylist()]
    return columns | {error: np.array([error in found for found in errors]) for error in ERRORS}


@pytest.fixture(scope="module")
def true_rows(rows, people, persons):
    at = np.searchsorted(people["person_id"], rows["person_id"].astype(str))
    return {name: people[name][at] for name in people} | {
        "victim": persons["victim"][at],
        "child": persons["child"][at],
    }


def test_every_agency_has_a_partial_list_of_its_own(rows, people):
    for agency in AGENCIES:
        share = len(set(rows["person_id"][rows["agency"] == agency])) / len(people["person_id"])
        assert 0.01 < share < 0.5, agency


def test_every_two_lists_overlap_unless_one_meets_adults_and_the_other_children(rows):
    on = {agency: set(rows["person_id"][rows["agency"] == agency]) for agency in AGENCIES}
    for left in AGENCIES:
        for right in AGENCIES:
            apart = {left, right} == {"labour_inspectorate", "child_protection"}
            assert bool(on[left] & on[right]) != apart


def test_labour_inspectors_meet_adults_and_child_protection_children(rows, true_rows):
    assert not true_rows["child"][rows["agency"] == "labour_inspectorate"].any()
    assert true_rows["child"][rows["agency"] == "child_protection"].all()


@pytest.mark.parametrize("error", ERRORS)
def test_every_kind_of_error_is_made_in_every_agency_that_can(rows, error):
    for agency in AGENCIES:
        expected = not (error == "native_script" and not assumed_shares("entry_errors", "native_script")[agency])
        assert rows[error][rows["agency"] == agency].any() == expected, agency


def test_rows_without_an_error_are_exactly_the_person(rows, true_rows):
    clean = ~np.any([rows[error] for error in ERRORS], axis=0)
    assert 0.05 < clean.mean() < 0.4
    for name in ("given_name", "family_name", "birth_date", "sex", "citizenship"):
        assert np.array_equal(rows[name][clean], true_rows[name][clean].astype(object)), name


def test_errors_are_what_they_say(rows, true_rows):
    missing = np.array([value is None for value in rows["birth_date"]])
    assert np.array_equal(missing, rows["birth_missing"])
    january = rows["first_of_january"]
    assert {(day.month, day.day) for day in rows["birth_date"][january]} == {(1, 1)}
    assert np.array_equal(np.array([value is None for value in rows["sex"]]), rows["sex_missing"])
    wrong = rows["citizenship_wrong"]
    assert np.all(rows["citizenship"][wrong] != true_rows["citizenship"][wrong])
    unnamed = np.array([a is None or b is None for a, b in zip(rows["given_name"], rows["family_name"], strict=True)])
    assert np.array_equal(unnamed, rows["name_missing"])
    assert not any(a is None and b is None for a, b in zip(rows["given_name"], rows["family_name"], strict=True))
    only = rows["swapped"] & ~np.any([rows[e] for e in ERRORS[:5] if e != "swapped"], axis=0)
    assert only.sum() > 50
    assert np.array_equal(rows["given_name"][only], true_rows["family_name"][only].astype(object))


def test_names_in_other_scripts_meet_again_when_romanised(rows, true_rows):
    native = rows["native_script"] & ~rows["typo"] & ~rows["swapped"] & ~rows["name_missing"]
    native &= true_rows["script"] != "Latn"
    assert native.sum() > 100
    same = [
        anyascii(written)[0].lower() == known[0].lower()
        for written, known in zip(rows["family_name"][native], true_rows["family_name"][native], strict=True)
    ]
    assert np.mean(same) > 0.6


def test_one_person_twice_in_one_list_is_marked(rows):
    seen = defaultdict(int)
    for agency, person in zip(rows["agency"], rows["person_id"], strict=True):
        seen[agency, person] += 1
    assert sum(count - 1 for count in seen.values()) == rows["entered_twice"].sum() > 100


def test_presumed_victims_are_caught_in_the_stated_shares(rows, true_rows, persons):
    for agency in AGENCIES:
        path = persons["victim"] & {
            "labour_inspectorate": ~persons["child"],
            "child_protection": persons["child"],
        }.get(agency, np.ones(len(persons["victim"]), dtype=bool))
        on = (rows["agency"] == agency) & rows["presumed"].astype(bool) & true_rows["victim"]
        expected = assumed_shares("contacts", agency)["presumed"]
        error = (expected * (1 - expected) / path.sum()) ** 0.5
        assert abs(len(set(rows["person_id"][on])) / path.sum() - expected) < 4 * error, agency


def test_some_are_presumed_wrongly_but_few(rows, true_rows):
    wrong = rows["presumed"].astype(bool) & ~true_rows["victim"]
    assert wrong.any()
    assert wrong.sum() < (rows["presumed"].astype(bool) & true_rows["victim"]).sum()


def test_capture_histories_are_the_presumed_rows_by_person(world, rows, persons):
    histories = capture_histories(world)
    presumed = rows["presumed"].astype(bool)
    assert histories["person_id"].to_pylist() == sorted(set(rows["person_id"][presumed]))
    for agency in AGENCIES:
        on = set(rows["person_id"][presumed & (rows["agency"] == agency)])
        caught = histories.filter(pc.equal(histories[agency], 1))["person_id"].to_pylist()
        assert caught == sorted(on)
    victims = capture_histories(world, only_victims=True)["person_id"].to_pylist()
    assert victims == sorted(set(histories["person_id"].to_pylist()) & set(persons["person_id"][persons["victim"]]))
    assert 0.3 < len(victims) / persons["victim"].sum() < 0.8


def odds_ratio(world, left, right):
    """Log odds ratio between two lists among all victims, and its standard error."""
    victim = world.truth["persons"].filter(world.truth["persons"]["victim"])["person_id"].to_pylist()
    histories = capture_histories(world, only_victims=True)
    on = {a: set(histories.filter(pc.equal(histories[a], 1))["person_id"].to_pylist()) for a in (left, right)}
    a, b = (np.array([person in on[agency] for person in victim]) for agency in (left, right))
    cells = [(a & b).sum(), (a & ~b).sum(), (~a & b).sum(), (~a & ~b).sum()]
    both, first, second, none = (cell + 0.5 for cell in cells)
    return np.log(both * none / (first * second)), np.sqrt(sum(1 / (cell + 0.5) for cell in cells))


@pytest.mark.parametrize("value", [0.0, 2.0])
def test_dependence_is_the_log_odds_ratio_between_two_lists(value):
    world = make_world(people=12_000, seed=3, prevalence=0.3, dependence={("police", "ngo"): value})
    found, error = odds_ratio(world, "police", "ngo")
    assert abs(found - value) < 4 * error
    other, error = odds_ratio(world, "asylum", "ngo")
    assert abs(other) < 4 * error


def test_heterogeneity_makes_every_two_lists_depend():
    world = make_world(people=12_000, seed=3, prevalence=0.3, heterogeneity=3.0)
    for left, right in (("police", "ngo"), ("asylum", "first_reception")):
        found, error = odds_ratio(world, left, right)
        assert found > 2 * error


@given(
    st.lists(st.floats(0.01, 0.6), min_size=2, max_size=5),
    st.floats(-1.5, 2.5),
)
def test_capture_model_keeps_shares_and_odds_ratio(capture, value):
    lists = list(AGENCIES)[: len(capture)]
    patterns, chance = capture_model(lists, capture, {(lists[0], lists[1]): value})
    assert np.isclose(chance.sum(), 1.0)
    assert np.allclose(chance @ patterns, capture, atol=1e-6)
    rest = ~patterns[:, 2:].any(axis=1)
    cell = {tuple(pattern[:2].tolist()): part for pattern, part in zip(patterns[rest], chance[rest], strict=True)}
    ratio = cell[True, True] * cell[False, False] / (cell[True, False] * cell[False, True])
    assert np.isclose(np.log(ratio), value, atol=1e-6)


@given(st.text("abcdeгдёαβγبتث", min_size=2, max_size=12), st.floats(0, 0.999), st.floats(0, 0.999))
def test_a_slip_changes_one_place_and_keeps_the_first_letter(name, how, where):
    slipped = slip(name, how, where)
    assert abs(len(slipped) - len(name)) <= 1
    assert slipped[0] == name[0]
    if len(slipped) == len(name):
        assert sorted(slipped) == sorted(name)
