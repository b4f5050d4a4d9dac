"""A group that all lists overlook is warned of, and lists without one are left in peace."""

import numpy as np
import pytest

from palermo.prevention.methods.estimation import Lists, by_bic, by_decomposable, by_stepwise
from palermo.prevention.methods.estimation.hidden_group import hidden_group_warning, two_groups

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


def test_it_is_told_in_nine_of_ten_and_rarely_without():
    assert sum(bool(hidden_group_warning(hidden(seed))) for seed in range(20)) >= 18
    assert sum(bool(hidden_group_warning(independent(seed))) for seed in range(20)) <= 2


def test_two_groups_find_the_truth_where_there_are_two():
    totals = [two_groups(hidden(seed).counts, 5)[1] for seed in range(8)]
    stepwise = [by_stepwise(hidden(seed), resamples=0).estimate for seed in range(8)]
    assert np.median(totals) == pytest.approx(PEOPLE, rel=0.35)
    assert all(total > plain for total, plain in zip(totals, stepwise, strict=True))


def test_groups_of_one_kind_are_no_likelier_than_independent_lists():
    lists = independent(3)
    likelihood, total = two_groups(lists.counts, 5)
    again, _ = two_groups(lists.counts, 5)
    assert likelihood == again
    assert total == pytest.approx(PEOPLE, rel=0.25)


@pytest.mark.parametrize("method", [by_stepwise, by_bic])
def test_every_method_carries_it(method):
    lists = hidden(1)
    (warning,) = hidden_group_warning(lists)
    assert warning in method(lists, resamples=0).warnings
    assert warning in by_decomposable(lists).warnings


def test_three_lists_cannot_tell():
    rng = np.random.default_rng(0)
    assert hidden_group_warning(lists_of(rng.random((PEOPLE, 3)) < 0.2)) == ()
