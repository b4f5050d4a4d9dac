"""A series told with noise: little is lost where counts are large, nothing below the floor is shown."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.prevention.methods.release import rho_for
from palermo.prevention.methods.release.delays import tell_delays
from palermo.prevention.methods.release.weeks import Weekly, distinguishable, sigma_for, tell_weeks
from palermo.prevention.methods.trends import nowcast, stretches
from palermo.vocabulary.errors import Refusal

RHO = rho_for(1.0, 1e-6)


def series(mean=60.0, rise=1.0, seed=1, weeks=260):
    rng = np.random.default_rng(seed)
    rate = np.full(weeks, mean)
    rate[130:] *= 1.5
    rate[-6:-2] *= rise
    return Weekly("all", [f"w{n:03d}" for n in range(weeks)], rng.poisson(rate).astype(float), known=(130,))


def told(one, rho=RHO, floor=15, seed=2, **more):
    return tell_weeks([one], rho, floor=floor, generator=np.random.default_rng(seed), **more)


def test_noise_has_the_scale_that_rho_asks_and_is_whole():
    one = series()
    out = told(one)
    differences = out.weeks["count"].to_numpy() - one.counts
    assert out.sigma == sigma_for(RHO, 1)
    assert differences.std() == pytest.approx(out.sigma, rel=0.15)
    assert out.weeks["count"].dtype == pl.Int64


def test_one_person_counted_more_often_takes_more_noise():
    assert sigma_for(RHO, 4) == 4 * sigma_for(RHO, 1)
    assert distinguishable(sigma_for(RHO, 4), 4) == pytest.approx(distinguishable(sigma_for(RHO, 1), 1))
    assert distinguishable(sigma_for(RHO, 1), 1) < np.tanh(0.5) + 2e-6


def test_a_large_rise_is_still_an_alarm_and_the_known_change_a_cut():
    out = told(series(rise=1.9))
    alarms = out.weeks.filter(pl.col("alarm") == 1)["week"].to_list()
    assert set(alarms) >= {"w254", "w255", "w256", "w257"}
    assert out.stretches.filter(pl.col("detection_changed") == 1)["from"].to_list() == ["w130"]


def test_noise_makes_no_cut_and_widens_the_interval():
    one = series(mean=12.0)
    plain = stretches(one.counts, known=(130,))
    out = told(one)
    assert out.stretches.height == len(plain) == 2
    row = out.stretches.row(0, named=True)
    assert row["upper"] - row["lower"] > plain[0].upper - plain[0].lower
    assert row["lower"] < 12.0 < row["upper"]


@settings(max_examples=15, deadline=None)
@given(st.integers(2, 60), st.integers(0, 1000))
def test_no_count_below_the_floor_is_shown_and_none_of_them_alarms(floor, seed):
    out = told(series(mean=20.0, weeks=170), floor=floor, seed=seed).weeks
    assert (out["count"].drop_nulls() >= floor).all()
    assert out.filter(pl.col("count").is_null() & (pl.col("alarm") == 1)).is_empty()


def cells(weeks=80, mean=60, seed=3):
    """Counts by week and delay, and the cases that they count; delays of two weeks on average."""
    rng = np.random.default_rng(seed)
    event = np.repeat(np.arange(weeks), rng.poisson(mean, size=weeks))
    delay = rng.geometric(1 / 3, size=event.size) - 1
    seen = event + delay < weeks
    event, delay = event[seen], delay[seen]
    found = {}
    for week, wait in zip(event.tolist(), delay.tolist(), strict=True):
        found[week, wait] = found.get((week, wait), 0) + 1
    return np.array([(*key, n) for key, n in found.items()]), event, event + delay


def test_a_nowcast_told_is_near_the_one_from_the_cases_and_its_interval_is_wider():
    counts, event, report = cells()
    out = tell_delays(counts, 79, RHO, floor=15, generator=np.random.default_rng(4)).weeks
    plain = {each.week: each for each in nowcast(event, report, now=79)}
    newest = out.filter(pl.col("week") > 74)
    assert newest["week"].to_list() == [75, 76, 77, 78, 79]
    for row in newest.iter_rows(named=True):
        each = plain[row["week"]]
        assert row["lower"] <= each.upper
        assert row["upper"] >= each.lower
        assert row["upper"] - row["lower"] > each.upper - each.lower


def test_without_noise_to_speak_of_it_is_the_nowcast_of_the_cases():
    counts, event, report = cells()
    out = tell_delays(counts, 79, 1e6, floor=2, generator=np.random.default_rng(4)).weeks
    plain = nowcast(event, report, now=79)
    assert out["registered"].to_list() == [each.reported for each in plain]
    for row, each in zip(out.iter_rows(named=True), plain, strict=True):
        assert row["expected"] == pytest.approx(each.expected, abs=max(2.0, 0.03 * each.expected))


def test_too_few_cases_under_their_noise_are_refused():
    few = np.array([[70, 1, 3], [71, 0, 2]])
    with pytest.raises(Refusal, match="too few cases are left"):
        tell_delays(few, 79, 1e-1, floor=2, generator=np.random.default_rng(12))
