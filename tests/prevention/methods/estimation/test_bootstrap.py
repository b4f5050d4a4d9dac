"""BCa by hand (point 5), and its Monte-Carlo error (point 6)."""

import numpy as np
import pytest
from scipy.stats import norm

from palermo.prevention.methods.estimation.bootstrap import Bootstrap, acceleration, ends, intervals, resample


def first_cell(tables):
    """Stands for an estimator: unseen persons are the square of cell 1."""
    return tables[:, 1] ** 2


COUNTS = np.array([0.0, 10.0, 20.0, 5.0])


def test_acceleration_weighs_each_history_by_its_persons():
    totals = np.repeat([34 + 81.0, 34 + 100.0, 34 + 100.0], [10, 20, 5])
    gaps = totals.mean() - totals
    assert acceleration(COUNTS, first_cell) == pytest.approx((gaps**3).sum() / (6 * (gaps**2).sum() ** 1.5))


def test_resamples_draw_observed_histories_only_and_keep_the_number_of_persons():
    seen = []

    def spy(tables):
        seen.append(tables)
        return tables[:, 1]

    boot = resample(COUNTS, spy, estimate=45.0, resamples=50, seed=1)
    assert boot.totals.shape == (50,)
    assert set(seen[0].sum(axis=1)) == {35.0}
    assert set(seen[1].sum(axis=1)) == {34.0}
    assert set(seen[0][:, 0]) == {0.0}


def test_ends_are_type_8_quantiles_at_corrected_shares():
    totals = np.arange(1.0, 101.0)
    boot = Bootstrap(totals, 40.5, 0.05)
    z0 = norm.ppf(0.40)
    assert boot.bias == pytest.approx(z0)
    z = np.array([norm.ppf(0.025), norm.ppf(0.975)])
    shares = norm.cdf(z0 + (z0 + z) / (1 - 0.05 * (z0 + z)))
    assert ends(boot, 0.95) == pytest.approx(np.quantile(totals, shares, method="median_unbiased"))


def test_infinite_resamples_give_an_infinite_end():
    totals = np.r_[np.linspace(10, 20, 90), np.full(10, np.inf)]
    lower, upper = ends(Bootstrap(totals, 15.0, 0.0), 0.95)
    assert (10 < lower < 12, upper) == (True, np.inf)


def test_noise_of_the_ends_is_that_of_fresh_runs():
    rng = np.random.default_rng(0)
    made = [Bootstrap(rng.lognormal(size=1000), 1.0, 0.0) for _ in range(60)]
    fresh = np.std([ends(one, 0.95) for one in made], axis=0)
    told = intervals(made[0], level=0.95, seed=1)[0].noise
    assert told == pytest.approx(fresh, rel=0.5)
