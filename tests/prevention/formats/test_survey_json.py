"""An estimate is kept as JSON and comes back as it was."""

import json

import numpy as np

from palermo.prevention.formats.survey import as_object, estimate_object, estimate_of
from palermo.prevention.methods.estimation import Estimate, Interval, Lists, conclude, survey

LISTS = Lists(("a", "b", "c", "d"), np.array([0, 90, 70, 12, 60, 9, 8, 2, 40, 5, 6, 1, 4, 0, 1, 0], dtype=float))


def test_the_conclusion_of_what_was_kept_is_that_of_what_was_found():
    found = survey(LISTS, methods=("stepwise", "decomposable"), resamples=100)
    kept = json.loads(json.dumps(as_object(found), allow_nan=False))
    back = [[estimate_of(each) for each in kept[name]] for name in ("methods", "near_ties")]
    assert conclude(LISTS, *back) == found.conclusion == kept["conclusion"]
    assert [e.interactions for e in back[0]] == [e.interactions for e in found.methods]


def test_an_end_without_bound_is_null_and_comes_back_infinite():
    found = Estimate("bic", 90.0, (Interval("bca", 80.0, float("inf"), 0.95),), figures={"r": float("inf")})
    told = estimate_object(found)
    assert (told["upper"], told["figures"]) == (None, {"r": None})
    assert estimate_of(told).upper == float("inf")
