"""The bounded search gives what fitting every model gives."""

from itertools import combinations

import numpy as np
import pytest

from palermo.prevention.methods.estimation.cells import members, superset_sums
from palermo.prevention.methods.estimation.hierarchical import (
    IN,
    baseline,
    best_of_many,
    fit_model,
    interactions,
    model_exists,
    search,
)
from palermo.prevention.methods.estimation.stepwise import main_effects


def hierarchies(lists: int, order: int) -> list[frozenset[int]]:
    found = [frozenset[int]()]
    for size in range(2, order + 1):
        effects = [sum(1 << b for b in group) for group in combinations(range(lists), size)]
        wider = []
        for model in found:
            may = [e for e in effects if size == 2 or all((e ^ (1 << b)) in model for b in members(e))]
            wider += [model | set(g) for k in range(len(may) + 1) for g in combinations(may, k)]
        found = wider
    return found


def every_score(counts: np.ndarray, lists: int, order: int) -> dict[frozenset[int], tuple[float, float]]:
    margins, out = superset_sums(counts, lists), {}
    for model in hierarchies(lists, order):
        effects = np.concatenate(
            [main_effects(lists), np.array(sorted(model, key=lambda e: (e.bit_count(), e)), dtype=np.int64)]
        )
        if model_exists(counts, margins, lists, effects):
            deviance, unseen = fit_model(counts, margins, lists, effects)
            if np.isfinite(deviance):
                out[model] = (deviance + baseline(counts) + effects.size * np.log(counts.sum()), unseen)
    return out


def test_how_many_models_there_are():
    assert [len(hierarchies(*c)) for c in ((3, 2), (4, 2), (4, 3), (5, 2))] == [8, 64, 113, 1024]


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("order", [2, 3])
def test_the_search_finds_all_models_near_the_best(seed: int, order: int):
    rng = np.random.default_rng(seed)
    rates = rng.uniform(0.02, 0.3, size=4)
    histories = (rng.random((3000, 4)) < rates) | (rng.random((3000, 1)) < 0.02)
    counts = np.bincount(histories @ (1 << np.arange(4)), minlength=16).astype(float)
    counts[0] = 0
    scores = every_score(counts, 4, order)
    best = min(value for value, _ in scores.values())
    values, unseen, states, effects, finished = search(counts, 4, interactions(4, order), 2.0)
    found = {
        frozenset(int(e) for e in effects[state == IN]): (value, hidden)
        for state, value, hidden in zip(states, values, unseen, strict=True)
    }
    assert finished
    expected = {model: pair for model, pair in scores.items() if pair[0] <= best + 2.0}
    assert {m: pytest.approx(pair, rel=1e-6) for m, pair in expected.items()} == found


def test_many_tables_are_each_searched():
    rng = np.random.default_rng(3)
    tables = rng.multinomial(600, np.array([0, 9, 9, 1, 9, 1, 1, 0.5]) / 30.5, size=20).astype(float)
    may = interactions(3, 2)
    one_by_one = []
    for table in tables:
        values, unseen, *_ = search(table, 3, may, 0.0)
        one_by_one.append(unseen[np.argmin(values)] if values.size else np.inf)
    assert best_of_many(tables, 3, may).tolist() == one_by_one


def test_the_saturated_model_is_never_offered():
    assert interactions(3, 3).tolist() == [3, 5, 6]
