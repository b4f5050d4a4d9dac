"""The floor on drawn records: nothing rarer than k, totals kept, and likely records of a wide table blurred."""

import numpy as np

from palermo.prevention.methods.release.fit import fitted, wanted
from palermo.prevention.methods.release.floor import alike, floored
from palermo.prevention.methods.release.measure import Measured, measure
from palermo.prevention.methods.release.table import Table


def table(codes: np.ndarray, codes_a_column: int) -> Table:
    columns = tuple(f"c{k}" for k in range(codes.shape[1]))
    return Table(columns, (tuple(map(str, range(codes_a_column))),) * len(columns), codes.astype(np.int32))


def measured(one: Table) -> Measured:
    return measure(one, 5.0, generator=np.random.default_rng(1))


def test_every_combination_of_any_length_stands_k_times():
    rng = np.random.default_rng(4)
    real = table((rng.random((3000, 6)) < [0.5, 0.4, 0.3, 0.2, 0.1, 0.02]).astype(int), 1)
    counts = measured(real)
    made = floored(Table(real.columns, real.values, np.repeat(real.codes, 2, axis=0)), counts, k=15)
    assert alike(made.codes)[2].min() >= 15
    assert abs(made.codes.shape[0] - counts.total) <= 1


def test_weights_never_fall_below_their_least():
    rng = np.random.default_rng(5)
    real = table((rng.random((2000, 5)) < 0.4).astype(int), 1)
    first, _, sizes = alike(real.codes)
    kinds = Table(real.columns, real.values, real.codes[first])
    goal = wanted(kinds, sizes.astype(float), measured(real), least=15)
    assert goal.triples.shape == (10, 3)
    assert fitted(kinds, sizes.astype(float), goal, least=15.0).min() >= 15.0


def test_records_that_a_wide_field_draws_twice_lose_a_fact():
    rng = np.random.default_rng(6)
    real = table(rng.integers(1, 41, size=(2000, 6)), 40)
    counts = measured(real)
    first = table(rng.integers(1, 41, size=(counts.total, 6)), 40).codes
    again = np.concatenate([first, first[:50], table(rng.integers(1, 41, size=(2000, 6)), 40).codes])
    made = floored(Table(real.columns, real.values, again), counts, k=15)
    stated = (made.codes > 0).sum(axis=1)
    assert stated[:50].tolist() == [5] * 50
    assert stated[50:].tolist() == [6] * (first.shape[0] - 50)
