"""Groups are estimated apart; their total is their sum, and what has no estimate counts as known only."""

import numpy as np
import pytest

from palermo.prevention.methods.estimation import Lists, by_stepwise, by_strata
from palermo.prevention.methods.estimation.error_rates import head


def region(people, rates, seed):
    rng = np.random.default_rng(seed)
    seen = rng.random((people, len(rates))) < np.array(rates)
    counts = np.bincount(seen @ (1 << np.arange(len(rates))), minlength=1 << len(rates)).astype(float)
    counts[0] = 0
    return Lists(tuple("ABCD"[: len(rates)]), counts)


GROUPS = {("female", "adult"): region(2000, [0.1, 0.2, 0.1], 1), ("male", "adult"): region(1000, [0.2, 0.1, 0.2], 2)}


def test_the_total_is_the_sum_of_the_groups():
    found = by_strata(GROUPS, by=("sex", "age"), resamples=300)
    assert [stratum.group for stratum in found.groups] == [("female", "adult"), ("male", "adult")]
    alone = [by_stepwise(lists, resamples=300).estimate for _, lists in sorted(GROUPS.items())]
    assert [stratum.estimate.estimate for stratum in found.groups] == alone
    assert found.total == pytest.approx(sum(alone))
    assert not found.at_least
    assert found.lower < found.total < found.upper
    # Independent groups: the sum is surer than the sum of the groups' own ends.
    assert found.upper - found.lower < sum(s.estimate.upper - s.estimate.lower for s in found.groups)


def test_one_group_alone_is_the_plain_estimate():
    (lists,) = [GROUPS["female", "adult"]]
    found = by_strata({("all",): lists}, by=("all",), resamples=500)
    percentile = by_stepwise(lists, resamples=500).intervals[1]
    assert (found.lower, found.upper) == pytest.approx((percentile.lower, percentile.upper))


def test_a_group_without_estimate_counts_with_those_known():
    small = Lists(("A", "B", "C"), np.array([0, 3, 2, 0, 1, 0, 0, 0], dtype=float))
    found = by_strata(GROUPS | {("other", "adult"): small}, by=("sex", "age"), resamples=300)
    (one,) = [stratum for stratum in found.groups if stratum.group == ("other", "adult")]
    assert one.estimate is None
    assert one.reason == "No person is on two lists, so nothing tells how many are on none."
    assert found.at_least
    assert found.total == pytest.approx(by_strata(GROUPS, by=("sex", "age"), resamples=300).total + 6)
    assert [head(warning) for warning in found.warnings] == ["A group without an estimate"]
    assert one.interval is None


def overlooked(seed):
    """Half of the people are found by no list but hardly."""
    rng = np.random.default_rng(seed)
    easy = rng.random(2000) < 0.5
    seen = rng.random((2000, 4)) < np.where(easy[:, None], 0.3, 0.05)
    counts = np.bincount(seen @ (1 << np.arange(4)), minlength=16).astype(float)
    counts[0] = 0
    return Lists(tuple("ABCD"), counts)


def test_the_total_is_warned_of_by_all_groups_together():
    found = by_strata({("a",): overlooked(1), ("b",): overlooked(2)}, by=("g",), resamples=300)
    assert [head(warning) for warning in found.warnings] == ["A hidden group"]
    named = [[head(w) for w in s.estimate.warnings] for s in found.groups]
    assert named == [[], ["A hidden group"]]  # each of two is held to half the rate


def test_groups_are_quiet_where_all_together_are():
    found = by_strata(GROUPS, by=("sex", "age"), resamples=300)
    assert found.warnings == ()
    assert [s.estimate.warnings for s in found.groups] == [(), ()]
    assert [s.interval for s in found.groups] == [s.estimate.intervals[1] for s in found.groups]


def test_a_list_that_holds_nobody_of_a_group_is_left_out_of_it():
    counts = np.zeros(16)
    counts[:8] = GROUPS["female", "adult"].counts  # nobody on list D
    found = by_strata({("female",): Lists(tuple("ABCD"), counts)}, by=("sex",), resamples=300)
    assert found.groups[0].lists.names == ("A", "B", "C")
    assert found.groups[0].estimate.estimate == by_stepwise(GROUPS["female", "adult"], resamples=300).estimate
