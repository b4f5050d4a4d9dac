"""What is told beside the numbers: variants, ties, conclusions, refusals."""

from dataclasses import replace

import numpy as np
import pytest

from palermo.prevention.methods.estimation import (
    Estimate,
    Interval,
    Lists,
    by_decomposable,
    conclude,
    left_out,
    survey,
    variants,
)
from palermo.prevention.methods.estimation.cells import members
from palermo.prevention.methods.estimation.chains import r_hat
from palermo.prevention.methods.estimation.decomposable import decomposable_graphs
from palermo.vocabulary.errors import Refusal


def independent(total: int, rates: list[float], seed: int) -> Lists:
    """A region whose lists find people independently."""
    rng = np.random.default_rng(seed)
    histories = rng.random((total, len(rates))) < rates
    counts = np.bincount(histories @ (1 << np.arange(len(rates))), minlength=1 << len(rates)).astype(float)
    counts[0] = 0
    return Lists(tuple("ABCDEFGHIJ"[: len(rates)]), counts)


TOWN = independent(4000, [0.1, 0.15, 0.2, 0.1], 5)


def test_every_method_finds_the_truth_where_lists_are_independent():
    found = survey(TOWN, resamples=300, seed=2)
    assert [e.method for e in found.methods] == ["stepwise", "bic", "bayes", "decomposable", "latent"]
    for each in found.methods:
        assert each.lower < 4000 < each.upper
        assert each.estimate == pytest.approx(4000, rel=0.15)
    assert found.spread[0] <= found.methods[0].estimate <= found.spread[1]
    assert found.conclusion.startswith(f"{TOWN.observed:,} persons are known from 4 lists, ")


def test_one_list_left_out_and_two_merged():
    """Point 13."""
    found = variants(TOWN)
    assert [v.change for v in found] == [
        *[f"without {n}" for n in "ABCD"],
        *[f"{a} and {b} merged" for a, b in ("AB", "AC", "AD", "BC", "BD", "CD")],
    ]
    assert [len(v.estimates) for v in found] == [2] * 10
    assert all(len(v.estimates[0].intervals) == 1 for v in found)
    assert variants(TOWN.without("D")) == ()


def test_a_variant_that_supports_nothing_says_why():
    counts = np.zeros(16)
    counts[[1, 2, 4, 8, 0b0011]] = [50, 40, 30, 20, 6]
    counts[0b1100] = 2
    told = {v.change: v.reasons for v in variants(Lists(tuple("ABCD"), counts))}
    assert told["without A"] == ("Only 2 persons are on two lists or more; any number could be behind them.",)


def test_unusable_lists_are_refused():
    counts = np.zeros(8)
    counts[[1, 2, 4]] = 30
    with pytest.raises(Refusal, match="No person is on two lists"):
        survey(Lists(tuple("ABC"), counts))


def answer(method: str, point: float, lower: float, upper: float) -> Estimate:
    return Estimate(method, point, (Interval("bca", lower, upper, 0.95),))


def test_disagreement_is_said_first():
    told = conclude(TOWN, [answer("stepwise", 11313, 9000, 15000), answer("bic", 22991, 11000, 44000)], [])
    assert "Methods and near-tied models place the total anywhere from 11,313 to 22,991" in told
    assert "no single figure should be published" in told
    assert "the range is 9,000 to 44,000." in told


def test_an_interval_that_leaves_out_others_is_not_to_be_relied_on():
    narrow, wide = answer("stepwise", 11313, 9000, 15000), answer("bic", 22991, 11000, 44000)
    assert left_out([narrow, wide], []) == ("stepwise",)
    assert left_out([wide], [Estimate("bic", 45000.0)]) == ("bic",)
    stuck = Estimate("latent", 90000.0, warnings=("The chains do not agree: R-hat is 2.",))
    assert left_out([wide, stuck], []) == ()
    told = conclude(TOWN, [narrow, wide], [])
    assert "The interval of stepwise leaves out what other methods or near-tied models give" in told


def test_a_method_with_a_warning_is_named():
    stuck = replace(answer("latent", 4000, 3500, 4500), warnings=("The chains do not agree: R-hat is 2.",))
    assert "Do not rely on the interval of latent: read the warnings." in conclude(TOWN, [stuck], [])


def test_agreement_is_said_too():
    told = conclude(TOWN, [answer("stepwise", 4000, 3500, 4500), answer("bic", 4100, 3500, 4600)], [])
    assert "agree on about 4,000 to 4,100." in told
    assert "no single figure" not in told


def test_nothing_to_say_is_said():
    told = conclude(
        TOWN, [Estimate("bic", None, reasons=("No hierarchical model has an estimate on these lists.",))], []
    )
    assert told.endswith(
        "publish the count of known persons only. No hierarchical model has an estimate on these lists."
    )


def test_how_many_decomposable_graphs_there_are():
    """8, 61, 822 graphs are decomposable on 3, 4, 5 vertices (OEIS A058862); the complete one is left out."""
    assert [len(decomposable_graphs(n)) + 1 for n in (3, 4, 5)] == [8, 61, 822]
    assert all(members(c) != () for graph in decomposable_graphs(4) for c, _ in graph)


def test_too_many_lists_for_graphs():
    found = by_decomposable(independent(3000, [0.1] * 7, 1))
    assert (found.estimate, found.reasons) == (
        None,
        ("Decomposable graphs are weighed for up to 6 lists; there are 7.",),
    )


def test_r_hat_tells_agreeing_chains_from_others():
    rng = np.random.default_rng(1)
    calm = np.exp(rng.normal(size=(8, 1000)))
    assert r_hat(calm) == pytest.approx(1.0, abs=0.01)
    assert r_hat(calm * np.arange(1, 9)[:, None]) > 1.1


def test_ten_lists():
    big = independent(20_000, [0.02, 0.03, 0.05, 0.02, 0.04, 0.03, 0.02, 0.05, 0.03, 0.04], 3)
    found = survey(big, methods=["stepwise"], resamples=100).methods[0]
    assert found.lower < 20_000 < found.upper
