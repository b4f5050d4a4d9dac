"""Groups and their sum, told as JSON and as lines: warnings and notes apart, the intervals those of percentiles."""

import json

import numpy as np

from palermo.prevention.formats.strata import as_object, as_text
from palermo.prevention.methods.estimation import Lists, by_strata

NAMES = ("a", "b", "c", "d")
WELL = Lists(NAMES, np.array([0, 90, 70, 12, 60, 9, 8, 2, 40, 5, 6, 1, 4, 0, 1, 0], dtype=float))
THIN = Lists(NAMES, np.array([0, 30, 20, 4, 20, 3, 2, 0, 10, 1, 1, 0, 1, 0, 0, 0], dtype=float))
SMALL = Lists(NAMES, np.array([0, 3, 2, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0], dtype=float))
FOUND = by_strata({("well",): WELL, ("thin",): THIN, ("small",): SMALL}, by=("group",), resamples=200)


def test_the_object_tells_both_and_the_ends_of_percentiles():
    told = json.loads(json.dumps(as_object(FOUND), allow_nan=False))
    small, thin, well = told["groups"]
    assert (small["estimate"], small["lower"], small["warnings"], small["notes"]) == (None, None, [], [])
    assert thin["warnings"] == []
    assert "Few shared persons: 12 of 92 are on two lists or more; a few links decide." in thin["notes"]
    span = FOUND.groups[2].estimate.intervals[1]
    assert (span.kind, well["lower"], well["upper"]) == ("percentile", span.lower, span.upper)
    assert told["total"]["warnings"] == list(FOUND.warnings)
    assert told["total"]["at_least"]


def test_the_lines_say_which_is_which():
    lines = as_text(FOUND).splitlines()
    assert "  note: Few shared persons: 12 of 92 are on two lists or more; a few links decide." in lines
    assert lines[-1].startswith("  warning: A group without an estimate: it counts with its known persons only")
    assert lines[-2].startswith("together: at least ")
