"""Shares of a world against the published figures they come from, within sampling error (four standard errors)."""

import numpy as np
import pytest

from palermo.world.figures import assumption_reasons, figures, published
from palermo.world.networks import ROLES, _sizes
from palermo.world.people import FEMALE
from palermo.world.trafficking import MEANS


def near(share, expected, count, slack=0.0):
    error = (expected * (1 - expected) / count) ** 0.5
    return abs(share - expected) <= 4 * error + slack


@pytest.fixture(scope="module")
def held(world, people, persons):
    at = np.flatnonzero(persons["victim"])
    return {"sex": people["sex"][at], "age": persons["age"][at], "form": persons["form"][at]}


def in_class(held, name):
    sex, age = name.split("_")
    return (held["sex"] == sex) & ((held["age"] < 18) == (age == "child"))


CLASSES = ("female_child", "female_adult", "male_child", "male_adult")


@pytest.mark.parametrize("name", CLASSES)
def test_victims_by_sex_and_age(held, name):
    assert near(in_class(held, name).mean(), published(f"victims.{name}"), len(held["sex"]))


@pytest.mark.parametrize("name", CLASSES)
def test_forms_by_sex_and_age(held, name):
    here = in_class(held, name) & (held["age"] >= 9)
    groups = {"sexual": ["sexual"], "labour": ["labour", "domestic"]}
    groups["other"] = ["begging", "crime", "marriage", "organ", "armed_group"]
    for group, forms in groups.items():
        share = np.isin(held["form"][here], forms).mean()
        assert near(share, published(f"forms.{name}.{group}"), here.sum(), slack=0.002)


def test_forced_crime_is_eight_in_a_hundred(held):
    grown = held["age"] >= 9
    assert near((held["form"][grown] == "crime").mean(), published("forms.forced_crime"), grown.sum())


@pytest.fixture(scope="module")
def happened(world, people):
    """Which people have an event of a kind."""
    events = world.truth["events"]
    person = np.searchsorted(people["person_id"], np.array(events["person_id"].to_pylist()))
    kind = np.array(events["kind"].to_pylist())

    def flags(*kinds):
        found = np.zeros(len(people["person_id"]), dtype=bool)
        found[person[np.isin(kind, kinds)]] = True
        return found

    return flags


def test_dtm_questions_have_their_shares_by_route(people, happened):
    any_of_four = happened(
        "held_in_transit", "worked_unpaid_in_transit", "forced_work_in_transit", "marriage_offered_in_transit"
    )
    for route in ("central", "eastern", "overland"):
        here = people["route"] == route
        assert near(any_of_four[here].mean(), published(f"dtm.{route}"), here.sum(), slack=0.01)
    sea = np.isin(people["route"], ["central", "eastern"])
    assert near(any_of_four[sea].mean(), published("dtm.both"), sea.sum(), slack=0.02)
    central = people["route"] == "central"
    assert near(happened("beaten_in_transit")[central].mean(), published("dtm.violence.central"), central.sum(), 0.01)


def test_acts_as_often_as_case_law_names_them(persons, happened):
    victim = persons["victim"]
    for kind, key in (("transported", "transportation"), ("harboured", "harbouring"), ("transferred", "transfer")):
        assert near(happened(kind)[victim].mean(), published(f"act.{key}"), victim.sum())


def test_means_of_control_have_their_shares_once_exploitation_has_begun(held, victims):
    begun = victims["stage"] != "not_yet_exploited"
    adult = held["age"] >= 18
    sexual = np.isin(victims["form"], ["sexual", "marriage"])
    for sex, name in (("female", "women"), ("male", "men")):
        for form, kind in (("sexual", sexual), ("labour", ~sexual)):
            here = begun & adult & kind & (held["sex"] == sex)
            for group in MEANS:
                expected = published(f"means.{name}.{form}.{group}")
                assert near(victims[f"means_{group}"][here].mean(), expected, here.sum(), slack=0.015), (name, group)


def test_means_come_together_as_they_do_in_records(victims):
    begun = victims["stage"] != "not_yet_exploited"
    used = np.stack([victims[f"means_{group}"][begun] for group in MEANS]).astype(float)
    phi = np.corrcoef(used)
    for key, figure in figures().items():
        if key.startswith("means.phi."):
            left, right = (MEANS.index(group) for group in key.split(".")[2:])
            assert abs(phi[left, right] - float(figure.value)) < 0.1, key
    assert abs(used.sum(axis=0).mean() - published("means.count.mean")) < 0.25


def test_sizes_of_networks():
    rng = np.random.default_rng(1)
    for kind, slack in (("victims", 0.08), ("members", 0.12)):
        sizes = _sizes(rng, kind, rng.standard_normal(100_000))
        assert abs(np.quantile(sizes, 0.9) / published(f"network.{kind}.p90") - 1) < slack
        assert abs(np.median(sizes) - published(f"network.{kind}.p50")) <= 0.5


def test_members_of_networks(world):
    members = world.truth["members"]
    sex = np.array(members["sex"].to_pylist())
    assert near((sex == "female").mean(), published("members.female"), len(sex))
    role = np.array(members["role"].to_pylist())
    assert set(role) == set(ROLES)
    assert (role == "organiser").sum() == len(world.truth["networks"])
    age = np.array(members["age"].to_pylist())
    assert abs(np.median(age) - published("members.age.median")) <= 1.5


def test_relation_of_the_recruiter(held, victims):
    adult_sexual = (held["age"] >= 18) & (victims["form"] == "sexual")
    for relation in ("stranger", "friend", "family"):
        expected = published(f"relation.sexual.{relation}")
        share = (victims["relation"][adult_sexual] == relation).mean()
        assert near(share, expected, adult_sexual.sum(), slack=0.01)


def test_few_identify_themselves(persons):
    victim = persons["victim"]
    assert near(persons["self_identifies"][victim].mean(), published("self_identified"), victim.sum())
    assert not persons["self_identifies"][~victim].any()


def test_prevalence_is_the_dial(persons):
    assert near(persons["victim"].mean(), 0.05, len(persons["victim"]))


def test_every_figure_has_source_and_grade_and_every_assumption_a_reason():
    for figure in figures().values():
        assert figure.source
        assert figure.grade in {"A", "B"}
        assert figure.id.startswith("C")
    assert FEMALE == 0
    for table, reason in assumption_reasons().items():
        assert len(reason) > 40, table
