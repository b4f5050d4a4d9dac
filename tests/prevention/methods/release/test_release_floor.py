"""The floor on drawn records: nothing rarer than k, totals kept, and likely records of a wide table blurred."""

import itertools
from dataclasses import replace

import numpy as np

from palermo.prevention.methods.release.cover import covering
from palermo.prevention.methods.release.fit import fitted, wanted
from palermo.prevention.methods.release.floor import floored
from palermo.prevention.methods.release.kinds import Kinds, alike
from palermo.prevention.methods.release.measure import Measured, measure
from palermo.prevention.methods.release.table import Table
from palermo.prevention.methods.release.thin import thinned


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
    real = table(rng.integers(1, 13, size=(20_000, 6)), 12)
    counts = measured(real)
    first = table(rng.integers(1, 13, size=(counts.total, 6)), 12).codes
    again = np.concatenate([first, first[:50], table(rng.integers(1, 13, size=(20_000, 6)), 12).codes])
    made = floored(Table(real.columns, real.values, again), counts, k=15)
    stated = (made.codes > 0).sum(axis=1)
    assert stated[:50].tolist() == [5] * 50
    assert (stated[50:] == 6).mean() > 0.95


def test_rare_pairs_and_triples_are_taken_out_by_their_commonest_fact():
    codes = np.array([[1, 1, 1]] * 900 + [[2, 2, 1]] * 90 + [[2, 1, 1]] * 4, dtype=np.int32)
    drawn = table(codes, 2)
    counts = measured(drawn)
    out = thinned(drawn, drawn, counts, floor=15, seldom=0).codes
    assert out[:990].tolist() == codes[:990].tolist()
    assert out[990:].tolist() == [[2, 0, 1]] * 4  # second value of the first column, first of the second: too rare
    allowed_only = replace(counts, pairs=np.full_like(counts.pairs, 100.0))
    out = thinned(drawn, drawn, allowed_only, floor=15, seldom=5).codes
    assert out[990:].tolist() == [[2, 1, 0]] * 4


def test_what_no_long_record_holds_is_held_by_a_short_one():
    """Forty records share three facts and hold any three of six others: none of their kinds is common."""
    three = [row for row in itertools.product([0, 1], repeat=6) if sum(row) == 3]
    spread = np.array([(1, 1, 1, *row) for row in three * 2], dtype=np.int32)
    many = np.tile(np.array([0, 0, 0, 1, 1, 1, 0, 0, 0], dtype=np.int32), (500, 1))
    real = table(np.concatenate([many, spread]), 1)
    first, _, sizes = alike(real.codes)
    drawn = Kinds(real.codes[first], sizes.astype(float))
    spare = Table(real.columns, real.values, drawn.codes)
    goal = wanted(spare, drawn.expected, measured(real), least=15)
    extra = covering(many[:1], spare, drawn, goal, least=15.0)
    assert any(row[:3].all() for row in extra)
    expected = [sizes[(drawn.codes[:, row > 0] == row[row > 0]).all(axis=1)].sum() for row in extra]
    assert min(expected) >= 15
    assert not drawn.telling(extra).any()
