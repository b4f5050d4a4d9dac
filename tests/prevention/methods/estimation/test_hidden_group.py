"""A group that all lists overlook is warned of, and lists without one are left in peace, at the rate that is set."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import ndtr
from scipy.stats import poisson

from palermo.prevention.methods.estimation import Lists, by_bic, by_decomposable, by_stepwise
from palermo.prevention.methods.estimation.error_rates import RATES, Rates, head
from palermo.prevention.methods.estimation.hidden_group import (
    Depth,
    depth,
    hidden_group_warning,
    hidden_groups_warning,
    lower_bound,
    together,
)

PEOPLE = 5000


def lists_of(seen):
    counts = np.bincount(seen @ (1 << np.arange(seen.shape[1])), minlength=1 << seen.shape[1]).astype(float)
    counts[0] = 0
    return Lists(tuple("ABCDEFGH"[: seen.shape[1]]), counts)


def hidden(seed):
    rng = np.random.default_rng(seed)
    well = rng.random(PEOPLE) < 0.25
    return lists_of(
        rng.random((PEOPLE, 5)) < np.where(well[:, None], rng.uniform(0.2, 0.4, 5), rng.uniform(0.01, 0.05, 5))
    )


def independent(seed):
    rng = np.random.default_rng(seed)
    return lists_of(rng.random((PEOPLE, 5)) < rng.uniform(0.03, 0.15, 5))


def referred(seed):
    """Two pairs of lists depend."""
    rng = np.random.default_rng(seed)
    seen = rng.random((PEOPLE, 5)) < rng.uniform(0.03, 0.15, 5)
    seen[:, 1] |= seen[:, 0] & (rng.random(PEOPLE) < 0.3)
    seen[:, 3] &= ~(seen[:, 2] & (rng.random(PEOPLE) < 0.6))
    return lists_of(seen)


def test_it_is_told_in_nine_of_ten():
    assert sum(bool(hidden_group_warning(hidden(seed))) for seed in range(50)) >= 45


@pytest.mark.parametrize("make", [independent, referred])
def test_it_is_told_without_cause_no_oftener_than_the_rate_allows(make):
    """Of 200 regions 14 are expected at a rate of 0.07; 25 or more would be three standard deviations above."""
    assert sum(bool(hidden_group_warning(make(seed))) for seed in range(200)) < 25


def test_the_score_is_that_of_a_dense_design():
    lists = independent(3)  # the stepwise choice takes no pair here
    assert by_stepwise(lists, resamples=0).interactions == ()
    cells = np.arange(1, 32)
    on = (cells[:, None] >> np.arange(5)) & 1
    design = np.column_stack([np.ones(31), on])
    beyond = np.maximum(on.sum(axis=1) - 2, 0)
    beta = np.linalg.lstsq(design, np.log(lists.counts[1:] + 0.5), rcond=None)[0]
    for _ in range(50):
        means = np.exp(design @ beta)
        beta += np.linalg.solve((design.T * means) @ design, design.T @ (lists.counts[1:] - means))
    means = np.exp(design @ beta)
    residual = beyond - design @ np.linalg.solve((design.T * means) @ design, (design.T * means) @ beyond)
    found = depth(lists)
    assert found.surplus == pytest.approx(beyond @ (lists.counts[1:] - means), abs=1e-6)
    assert found.variance == pytest.approx((means * residual**2).sum())
    assert found.third == pytest.approx((means * residual**3).sum())


def test_groups_are_tested_at_once():
    weak = [Depth(2.0, 4.0, 0.0)] * 4  # each one standard deviation, together two
    assert together(weak) == Depth(8.0, 16.0, 0.0)
    assert together(weak).probability == pytest.approx(ndtr(-2.0), rel=0.01)
    assert together([]).probability == 1.0


def test_a_lopsided_surplus_is_judged_as_such():
    """A Poisson count of mean 2 less its mean has all cumulants 2; 6 and more come up 1.7 % of the time (middle: 1.0)."""
    found = Depth(4.0, 2.0, 2.0).probability
    assert poisson.sf(6, 2) < found < poisson.sf(5, 2)
    assert ndtr(-4.0 / 2**0.5) < found / 3  # as a normal one it would be far too rare


def test_pairs_that_were_found_halve_the_rate():
    rare = Depth(2.0, 1.5, 0.0)
    assert 0.05 < rare.probability < 0.06
    assert rare.improbable(0.07)
    assert replace(rare, pairs=1).improbable(0.07)
    assert not replace(rare, pairs=2).improbable(0.07)
    assert together([replace(rare, pairs=1)] * 2).pairs == 2


def test_thin_lists_are_not_warned_of_oftener():
    """Some 15 persons are shared; of 400 tables 28 are expected at the rate, 43 would be three standard deviations more."""
    rng = np.random.default_rng(7)
    tables = [lists_of(rng.random((1000, 5)) < [0.03, 0.05, 0.02, 0.07, 0.04]) for _ in range(400)]
    assert sum(bool(hidden_group_warning(lists)) for lists in tables) < 43


def test_what_holds_is_a_lower_bound():
    """By hand: 30 + 20 + 10 on one list alone, 4 on two: 60²-1400 over 2·5 are 220 unseen at least."""
    counts = np.zeros(8)
    counts[[1, 2, 4, 3, 7]] = [30, 20, 10, 4, 1]
    assert lower_bound(Lists(("A", "B", "C"), counts)) == 65 + 220
    assert all(lower_bound(hidden(seed)) < PEOPLE for seed in range(20))


def test_many_sound_groups_do_not_outweigh_one():
    sound = [independent(3)] * 4
    assert hidden_groups_warning(sound) == ()
    assert together(depth(lists) for lists in [*sound, hidden(2)]).probability > RATES.hidden
    assert [head(told) for told in hidden_groups_warning([*sound, hidden(2)])] == ["A hidden group"]


def test_the_warning_says_how_rare_and_what_holds():
    lists = hidden(2)
    (warning,) = hidden_groups_warning([lists, independent(3)])
    assert head(warning) == "A hidden group"
    assert "less than once in 1,000 times" in warning
    assert f"a lower bound of about {lower_bound(lists) + lower_bound(independent(3)):,.0f} " in warning
    assert hidden_groups_warning([independent(3)]) == ()


@pytest.mark.parametrize("method", [by_stepwise, by_bic])
def test_every_method_carries_it(method):
    lists = hidden(2)
    (warning,) = hidden_group_warning(lists)
    assert warning in method(lists, resamples=0).warnings
    assert warning in by_decomposable(lists).warnings


def test_three_lists_cannot_tell():
    rng = np.random.default_rng(0)
    lists = lists_of(rng.random((PEOPLE, 3)) < 0.2)
    assert depth(lists) == Depth(0.0, 0.0, 0.0)
    assert hidden_group_warning(lists) == ()


def test_all_rates_together_leave_a_false_warning_in_one_of_ten():
    assert RATES.hidden + RATES.alone + RATES.scatter < 0.1
    assert RATES.among(4, hidden=True) == Rates(RATES.hidden / 4, RATES.alone / 4, RATES.scatter / 4)
    assert RATES.among(4, hidden=False).hidden == 0.0
