"""What the demonstration's figures mean: they fall with reticence and come to nothing when the truth is shuffled."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.protection.methods.forms import load_form
from palermo.protection.methods.screening import screen
from palermo.training.methods.scoring import (
    Rate,
    Screened,
    age_band,
    by_group,
    reticence_band,
    sensitivity,
    specificity,
)
from palermo.world import CODES, make_world

WORDS = {code: word for word, code in CODES.items()}


def screened(world, limit=400):
    """Victims and as many others of a world, screened by their answers to the short form; no records needed."""
    truth = world.truth["persons"].to_pylist()
    table = world.answers
    items = sorted({item for question in load_form("intake").questions for item in question.items})
    columns = {item: table[item].to_pylist() for item in items}
    victims = [n for n, row in enumerate(truth) if row["victim"]][:limit]
    others = [n for n, row in enumerate(truth) if not row["victim"]][:limit]
    rows = []
    for n in victims + others:
        result = screen({item: WORDS[columns[item][n]] for item in items}, age=truth[n]["age"])
        rows.append(
            Screened(
                presumed=result.presumption.value == "presumed",
                victim=truth[n]["victim"],
                form=truth[n]["form"] or "",
                age=age_band(truth[n]["age"]),
                reticence=reticence_band(truth[n]["reticence_intake"]),
            )
        )
    return rows


@pytest.fixture(scope="module")
def open_world():
    return screened(make_world(people=6000, seed=11, disclosure=0.9))


@pytest.fixture(scope="module")
def silent_world():
    return screened(make_world(people=6000, seed=11, disclosure=0.15))


def test_sensitivity_falls_as_reticence_rises(open_world, silent_world):
    told, silent = sensitivity(open_world), sensitivity(silent_world)
    assert told.of == silent.of > 200
    assert told.interval[0] > silent.interval[1]


def test_it_collapses_to_chance_when_the_truth_is_shuffled(open_world):
    found, spared = sensitivity(open_world).value, specificity(open_world).value
    assert found + spared - 1 > 0.3
    labels = [row.victim for row in open_world]
    random.Random(5).shuffle(labels)
    shuffled = [Screened(row.presumed, victim) for row, victim in zip(open_world, labels, strict=True)]
    informedness = sensitivity(shuffled).value + specificity(shuffled).value - 1
    # Youden's J of a rule that knows nothing is 0; its standard error here is about 0.035.
    assert abs(informedness) < 0.12


@given(st.integers(0, 300), st.integers(1, 300))
def test_wilsons_interval_holds_the_share(hits, more):
    rate = Rate(hits, hits + more)
    low, high = rate.interval
    assert 0 <= low <= rate.value <= high <= 1


def test_nobody_counted_is_not_nought():
    assert Rate(0, 0).as_dict() == {"value": None, "hits": 0, "of": 0, "interval": None}


def test_groups_count_victims_only():
    rows = [Screened(True, True, form="labour"), Screened(False, True, form="labour"), Screened(True, False, form="")]
    assert by_group(rows, "form") == {"labour": Rate(1, 2)}
