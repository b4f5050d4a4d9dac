"""Expectation-maximisation on agreement patterns with a known truth."""

import numpy as np
import pytest

from palermo.prevention.methods.linkage.learn import NULL, learn, pooled

CHANCE = {"a": np.array([0.9, 0.1]), "b": np.array([0.8, 0.2]), "c": np.array([0.95, 0.05])}
SAME = {"a": np.array([0.1, 0.9]), "b": np.array([0.2, 0.8]), "c": np.array([0.05, 0.95])}
START = {name: np.array([1.0, 4.0]) for name in CHANCE}


def patterns(pairs: int, share: float, seed: int):
    rng = np.random.default_rng(seed)
    true = rng.random(pairs) < share
    levels = {
        n: np.where(true, rng.random(pairs) < SAME[n][1], rng.random(pairs) < CHANCE[n][1]).astype(int) for n in CHANCE
    }
    for column in levels.values():
        column[rng.random(pairs) < 0.1] = NULL
    found, counts = np.unique(np.stack(list(levels.values())), axis=1, return_counts=True)
    return dict(zip(CHANCE, found, strict=True)), counts


def test_agreement_within_persons_is_found_again():
    vectors, counts = patterns(60_000, 0.3, 1)
    learnt = learn(vectors, counts, CHANCE, start=START)
    for name in CHANCE:
        assert learnt[name] == pytest.approx(SAME[name], abs=0.02)


def test_what_never_differs_keeps_a_small_probability():
    vectors = {"a": np.array([1, 1]), "b": np.array([0, 1])}
    learnt = learn(vectors, np.array([50, 50]), CHANCE, start=START)
    assert 0 < learnt["a"][0] < 0.05


def test_rules_are_pooled_by_their_geometric_mean():
    first, second = {"a": np.array([0.5, 0.5])}, {"a": np.array([0.1, 0.9])}
    mean = np.sqrt(np.array([0.05, 0.45]))
    out = pooled([first, second], {"a": np.array([1.0, 1.0]), "b": np.array([1.0, 3.0])})
    assert out["a"] == pytest.approx(mean / mean.sum())
    assert out["b"].tolist() == [0.25, 0.75]
