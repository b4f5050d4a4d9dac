"""The fit itself, against dense algebra and SciPy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.stats import poisson

from palermo.prevention.methods.estimation.cells import subset_sums, superset_sums
from palermo.prevention.methods.estimation.fit import fit, information, solve
from palermo.prevention.methods.estimation.stepwise import main_effects, open_table, stepwise
from palermo.prevention.methods.estimation.tails import smaller_tail

COUNTS = np.array([0, 52, 90, 6, 114, 9, 12, 2], dtype=float)


def test_transforms_are_sums_over_super_and_subsets():
    values = np.arange(8.0)
    assert superset_sums(values, 3).tolist() == [sum(v for v in range(8) if v & c == c) for c in range(8)]
    assert subset_sums(values, 3).tolist() == [sum(v for v in range(8) if v & c == v) for c in range(8)]


def test_equal_to_a_general_optimiser():
    effects = np.append(main_effects(3), 3)
    beta, means, deviance = fit(COUNTS, effects, open_table(3), 3)
    design = np.array([[float(c & e == e) for e in effects] for c in range(1, 8)])

    def loss(b):
        return np.exp(design @ b).sum() - COUNTS[1:] @ (design @ b)

    best = minimize(loss, np.r_[4.0, np.zeros(4)], method="BFGS", options={"gtol": 1e-9}).x
    assert beta == pytest.approx(best, abs=1e-5)
    assert means[1:] == pytest.approx(np.exp(design @ beta))
    ratio = np.where(COUNTS[1:] > 0, COUNTS[1:] * np.log(COUNTS[1:] / means[1:]), 0)
    assert deviance == pytest.approx(2 * (ratio - COUNTS[1:] + means[1:]).sum())
    assert information(means, effects, 3) == pytest.approx((design.T * means[1:]) @ design)


def test_fitted_margins_equal_observed_margins():
    effects = np.append(main_effects(3), [3, 5])
    _, means, _ = fit(COUNTS, effects, open_table(3), 3)
    assert superset_sums(means, 3)[effects] == pytest.approx(superset_sums(COUNTS, 3)[effects])


def test_singular_systems_have_no_answer():
    assert solve(np.ones((2, 2)), np.ones(2)).size == 0


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 5000), st.floats(1e-3, 5000))
def test_tails_equal_scipy(count: int, mean: float):
    expected = min(poisson.cdf(count, mean), poisson.sf(count - 1, mean))
    assert smaller_tail(float(count), mean) == pytest.approx(expected, rel=1e-7, abs=1e-13)


def test_empty_overlap_enters_at_minus_infinity_and_shuts_its_cells():
    """Point 2: with a pair at minus infinity the fit is that of the table without the cells of the pair."""
    counts = np.array([0, 400, 300, 0, 200, 40, 30, 0], dtype=float)
    chosen, unseen = stepwise(counts, 3, np.array([3], dtype=np.int64), 0.5)
    assert chosen.tolist() == [True]
    open_cells = open_table(3)
    open_cells[[3, 7]] = False
    beta, means, _ = fit(counts, main_effects(3), open_cells, 3)
    assert unseen == np.exp(beta[0])
    assert means[[3, 7]].tolist() == [0.0, 0.0]


def test_the_threshold_is_strict():
    """Point 4: a p-value equal to the threshold does not enter."""
    beta, means, _ = fit(COUNTS, main_effects(3), open_table(3), 3)
    value = smaller_tail(superset_sums(COUNTS, 3)[3], superset_sums(means, 3)[3])
    pair = np.array([3], dtype=np.int64)
    assert stepwise(COUNTS, 3, pair, value)[0].tolist() == [False]
    assert stepwise(COUNTS, 3, pair, np.nextafter(value, 1))[0].tolist() == [True]
    assert beta.size == 4
