"""Noise, budget, roll-up, floors and reports."""

from itertools import combinations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr
from scipy.stats import chisquare

from palermo.prevention.formats.ledger import read_ledger, write_ledger
from palermo.prevention.methods.release import Ledger, declared, encode, epsilon_of, publish, rho_for
from palermo.prevention.methods.release.kinds import alike
from palermo.prevention.methods.release.measure import _pair_noise, _single_noise, measure
from palermo.prevention.methods.release.noise import rounded_gaussian
from palermo.prevention.methods.release.reports import attack, utility
from palermo.prevention.methods.release.shrink import shrunk
from palermo.prevention.methods.release.table import Table
from palermo.vocabulary.errors import Refusal


def cases(records: int, seed: int) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    labour = rng.random(records) < 0.4
    return pl.DataFrame({
        "gender": np.where(rng.random(records) < np.where(labour, 0.3, 0.8), "Woman", "Man"),
        "age": rng.choice(["9-17", "18-20", "21-29", "30+"], size=records, p=[0.2, 0.2, 0.4, 0.2]),
        "labour": np.where(labour, "1", "0"),
        "sexual": np.where(labour & (rng.random(records) < 0.9), "0", "1"),
        "threats": np.where(rng.random(records) < 0.3, "1", ""),
        "country": rng.choice(["AAA", "BBB", "CCC", "DDD"], size=records, p=[0.6, 0.39, 0.006, 0.004]),
    })  # fmt: skip


FRAME = cases(6000, 1)
TABLE = encode(FRAME, declared(FRAME))


def test_noise_has_the_distribution_it_names():
    drawn = rounded_gaussian(200_000, 2.5, generator=np.random.default_rng(1))
    values = np.arange(-8, 9)
    expected = np.diff(ndtr((np.arange(-8, 10) - 0.5) / 2.5))
    found = np.array([(drawn == v).sum() for v in values])
    assert chisquare(found, expected / expected.sum() * found.sum()).pvalue > 0.001
    assert drawn.var() == pytest.approx(2.5**2 + 1 / 12, rel=0.02)


def test_noise_is_not_repeated():
    assert rounded_gaussian(50, 30.0).tolist() != rounded_gaussian(50, 30.0).tolist()


@settings(max_examples=25, deadline=None)
@given(st.floats(0.05, 8.0), st.sampled_from([1e-5, 1e-6, 1e-9]))
def test_rho_spends_what_was_asked_and_no_more(epsilon: float, delta: float):
    rho = rho_for(epsilon, delta)
    assert epsilon_of(rho, delta) <= epsilon
    assert epsilon_of(rho * 1.001, delta) > epsilon * 0.999
    assert rho >= (np.sqrt(np.log(1 / delta) + epsilon) - np.sqrt(np.log(1 / delta))) ** 2 * 0.999  # the simpler bound


def test_the_ledger_adds_up_and_refuses_to_overspend():
    book = Ledger(1.0, 1e-6)
    part = rho_for(0.6, 1e-6)
    book = book.spend("first", part)
    assert book.told == pytest.approx(0.6, rel=1e-6)
    book = book.spend("second", part)
    assert 0.6 < book.told < 1.0  # squares add up, not epsilons
    with pytest.raises(Refusal, match="would bring the total to epsilon"):
        book.spend("third", part)
    assert read_ledger(write_ledger(book), name="l") == book


@pytest.mark.parametrize("data", [b"", b"{}", b'{"epsilon": 1, "delta": 1e-6, "spent": [{"what": "x", "rho": -1}]}'])
def test_a_damaged_ledger_stops_everything(data: bytes):
    with pytest.raises(Refusal, match="ledger"):
        read_ledger(data, name="l")


def test_codes_come_from_public_lists():
    with pytest.raises(Refusal, match="The code 'Woman' of 'gender' is not on its public list"):
        encode(FRAME, {"gender": ["Man"]})
    with pytest.raises(Refusal, match="There is no column 'x'"):
        encode(FRAME, {"x": ["1"]})
    assert TABLE.values[TABLE.columns.index("labour")] == ("1",)


def test_missing_stays_missing():
    assert encode(FRAME, declared(FRAME)).frame()["threats"].null_count() == int((FRAME["threats"] == "").sum())


def test_counts_are_near_and_rare_codes_become_their_parent():
    parents = {"country": {"CCC": "south", "DDD": "south"}}
    found = measure(TABLE, 0.5, floor=50, parents=parents, generator=np.random.default_rng(2))
    assert found.rolled == {"country": ["CCC", "DDD"]}
    assert found.table.values[TABLE.columns.index("country")] == ("AAA", "BBB", "south")
    at = int(found.table.offsets[found.table.columns.index("country")])
    assert found.single[at] == pytest.approx(3600, abs=150)
    assert found.single[at + 2] == pytest.approx(60, abs=40)
    assert found.pairs.tolist() == found.pairs.T.tolist()


@given(st.lists(st.integers(1, 200), min_size=2, max_size=7), st.integers(2, 7), st.floats(0.001, 2.0))
def test_no_record_within_the_cap_tells_more_than_was_spent(sizes: list[int], cap: int, rho: float):
    """What a record tells is 1 / (2 sigma^2) for each of its facts and pairs; the worst record is looked for."""
    columns = np.array(sizes)
    stated = list(combinations(range(len(sizes)), min(cap, len(sizes))))
    single = 1 / (2 * _single_noise(columns, cap, rho) ** 2)
    assert max(single[list(facts)].sum() for facts in stated) == pytest.approx(rho)
    pairs = 1 / (2 * _pair_noise(columns, cap, rho) ** 2)
    assert max(sum(pairs[a, b] for a, b in combinations(facts, 2)) for facts in stated) <= rho * (1 + 1e-9)


def test_records_keep_to_the_cap():
    found = measure(TABLE, 1.0, generator=np.random.default_rng(0))
    assert 2 <= found.cap <= len(TABLE.columns)


def test_codes_that_nobody_has_are_not_made_up():
    """A public list of 150 codes of which three are used: noise alone would let some two dozen others through."""
    parents = {"country": {f"X{k}": "far" for k in range(150)}}
    listed = {**declared(FRAME), "country": ["AAA", "BBB", "CCC", "DDD", *(f"X{k}" for k in range(150))]}
    found = measure(encode(FRAME, listed), 0.02, floor=15, parents=parents, generator=np.random.default_rng(7))
    shown = found.table.values[found.table.columns.index("country")]
    assert shown[:2] == ("AAA", "BBB")
    assert len([code for code in shown if code.startswith("X")]) <= 2


def test_parents_roll_up_in_turn():
    """CCC and DDD are too rare, and so is their sub-region; their region is not, with a code of another sub-region."""
    above = {"CCC": "south", "DDD": "east", "south": "region", "east": "region"}
    found = measure(TABLE, 50.0, floor=50, parents={"country": above}, generator=np.random.default_rng(2))
    assert found.table.values[TABLE.columns.index("country")] == ("AAA", "BBB", "region")


def test_counts_of_independent_values_are_drawn_to_independence():
    rng = np.random.default_rng(3)
    offsets, single = np.array([0, 30, 60]), np.concatenate([np.full(30, 400.0), np.full(30, 400.0)])
    noise = np.full((60, 60), 20.0)
    noisy = 400.0 * 400.0 / 12_000 + rng.normal(0, 20, size=(60, 60))
    noisy[0, 30] = 300.0  # a pair that goes together
    both = np.triu(noisy, 1) + np.triu(noisy, 1).T
    found = shrunk(both, single, noise, offsets, 12_000)
    assert found[0, 30] == 300.0
    others = found[:30, 30:].ravel()[1:]
    assert np.abs(others - 400 / 30).mean() < 0.35 * np.abs(noisy[:30, 30:].ravel()[1:] - 400 / 30).mean()
    assert (found == found.T).all()
    assert (found[:30, :30] == 0).all()


@pytest.fixture(scope="module")
def release():
    return publish(TABLE, epsilon=2.0, generator=np.random.default_rng(3))


def test_synthetic_records_keep_the_counts(release):
    for line, most in zip(release.utility, (0.1, 0.15, 0.35), strict=True):
        assert line.error < most
    assert release.synthetic.codes.shape[0] == pytest.approx(6000, rel=0.03)


def test_nothing_stands_below_the_floor(release):
    assert release.attack.smallest_class >= 15
    assert all(frame["count"].min() >= 15 for frame in release.tables.values())


def test_attacks_stay_within_the_bound(release):
    assert release.attack.advantage <= release.attack.bound
    assert release.attack.reproduced <= 0.02 * max(release.attack.unique, 50)


def test_reports_of_a_perfect_copy():
    """The true table as its own release: no error, and every unique record given away."""
    lines = utility(TABLE, TABLE)
    assert [(line.error, line.suppressed, line.fabricated) for line in lines] == [(0.0, 0, 0.0)] * 3
    found = attack(TABLE, TABLE, epsilon=1.0, delta=1e-6)
    assert found.reproduced == found.unique > 0
    assert found.smallest_class == 1


def test_alike_groups_equal_records():
    first, which, sizes = alike(np.array([[1, 2], [3, 4], [1, 2]], dtype=np.int32))
    assert sorted(sizes.tolist()) == [1, 2]
    assert which[0] == which[2] != which[1]
    assert set(first.tolist()) == {0, 1}


@pytest.mark.parametrize(
    ("epsilon", "delta"), [(0.0, 1e-6), (-1.0, 1e-6), (float("inf"), 1e-6), (1.0, 0.0), (1.0, 1.0)]
)
def test_senseless_budgets_are_refused(epsilon: float, delta: float):
    with pytest.raises(Refusal):
        rho_for(epsilon, delta)


def test_an_empty_column_does_no_harm():
    codes = np.array(TABLE.codes)
    codes[:, 0] = 0
    empty = Table(TABLE.columns, TABLE.values, codes)
    found = publish(empty, epsilon=1.0, test_membership=False, longest=1, generator=np.random.default_rng(1))
    assert (found.synthetic.codes[:, 0] == 0).mean() > 0.98
