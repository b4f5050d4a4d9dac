"""Estimates of simulated regions beside the number of victims there are."""

from palermo.prevention.methods.estimation.against_truth import against_truth
from palermo.world import make_world
from palermo.world.histories import capture_histories

PEOPLE, SEEDS = 6000, (1, 2, 3)


def test_with_true_links_the_known_are_the_worlds_and_most_intervals_hold():
    found = against_truth(people=PEOPLE, seeds=SEEDS, linked=False, resamples=200)
    for trial in found.trials:
        world = make_world(people=PEOPLE, seed=trial.seed)
        assert trial.truth == sum(world.truth["persons"]["victim"].to_pylist())
        assert trial.known == len(capture_histories(world, only_victims=True))
        assert trial.known < trial.truth
    assert found.coverage == sum(trial.covers for trial in found.trials) / 3
    assert abs(found.bias) < 0.3


def test_linkage_by_names_finds_fewer_links_so_more_seem_known():
    true = against_truth(people=PEOPLE, seeds=SEEDS[:1], linked=False, resamples=200).trials[0]
    linked = against_truth(people=PEOPLE, seeds=SEEDS[:1], linked=True, carry=False, resamples=200).trials[0]
    assert linked.truth == true.truth
    assert linked.known > true.known


def test_an_interval_that_carries_the_doubt_of_links_is_wider():
    certain, carried = (
        against_truth(people=PEOPLE, seeds=SEEDS[:1], linked=True, carry=carry, resamples=400).trials[0]
        for carry in (False, True)
    )
    assert carried.known == certain.known
    assert carried.upper - carried.lower > certain.upper - certain.lower


def test_a_region_tries_the_same_way_again():
    first, second = (against_truth(people=PEOPLE, seeds=SEEDS[:1], linked=False, resamples=200) for _ in range(2))
    assert first == second


def test_people_who_tell_less_are_listed_less_and_the_output_warns():
    found = against_truth(people=20_000, seeds=(1001, 1002, 1003), heterogeneity=3.0, linked=False, resamples=100)
    assert found.coverage == 0
    assert found.warned_where_missed == 3
    assert found.told["warning: A hidden group"] == (3, 0)
    assert all(trial.warned and not trial.covers for trial in found.trials)
